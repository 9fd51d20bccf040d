import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './benchmark.ts';
import { writeToCluster } from './cluster-log.ts';
import { spent } from './cpu.ts';
import { load } from './load.ts';
import { OFFICE, reports, tokens } from './reports.ts';
import { startServer } from './started-server.ts';
import { interleave, median, medianRatio, quantile } from './statistics.ts';
import { assignedOffice } from './synthetic.ts';

/**
 * Reports over HTTP to a server on the cluster, as a unit sends them, against the client's bare classic append of the
 * bytes of one report, by as many writers as there are connections.
 */

const CONNECTIONS = 50;

/**
 * @param url  the cluster's, without an office on it yet
 * @param rawAppends  classic appends of a report's bytes by so many writers: how many were made a second
 */
export const httpFigures = async (options: {
  readonly url: string;
  readonly rawAppends: (appends: number, writers: number) => Promise<number>;
  readonly appends: number;
  readonly rounds: number;
}): Promise<readonly Figure[]> => {
  const { url, rawAppends, appends, rounds } = options;
  await writeToCluster(url, assignedOffice(OFFICE));
  const dataDir = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const next = reports(await tokens(dataDir));
  const server = await startServer({ kind: 'duban', dataDir, cluster: url });
  try {
    const http = async () => {
      const part = Array.from({ length: appends }, () => {
        const { value, done } = next.next();
        if (done === true) throw new Error('there is nothing left to report on');
        return value;
      });
      const before = await server.cpu();
      let latencies: readonly number[] = [];
      const cost = await spent(appends, async () => {
        const loaded = await load(server.url, CONNECTIONS, part, 201);
        ({ latencies } = loaded);
        return loaded.rate;
      });
      return { ...cost, latencies, cpu: ((await server.cpu()) - before) / appends };
    };
    const variants = { raw: () => spent(appends, () => rawAppends(appends, CONNECTIONS)), http };
    await interleave(1, variants); // warms up
    const measured = await interleave(rounds, variants);
    const rates = measured.http.map(({ rate }) => rate);
    const latencies = measured.http.flatMap((round) => round.latencies);
    return [
      { name: 'reports over HTTP', value: median(rates), unit: 'req/s' },
      { name: 'bare classic append, 50 writers', value: median(measured.raw.map(({ rate }) => rate)), unit: 'events/s' },
      {
        name: 'HTTP of bare',
        value: medianRatio(
          rates,
          measured.raw.map(({ rate }) => rate),
        ),
        unit: '×',
        aim: { at: 'least', value: 0.5 },
      },
      { name: 'CPU of a report', value: median(measured.http.map(({ cpu }) => cpu)), unit: 'µs', aim: { at: 'most', value: 1000 } },
      { name: 'CPU of its sender', value: median(measured.http.map(({ sender }) => sender)), unit: 'µs' },
      { name: 'CPU of the cluster for it', value: median(measured.http.map(({ cluster }) => cluster)), unit: 'µs' },
      { name: 'CPU of a bare append', value: median(measured.raw.map(({ sender }) => sender)), unit: 'µs' },
      { name: 'CPU of the cluster for it', value: median(measured.raw.map(({ cluster }) => cluster)), unit: 'µs' },
      { name: 'latency p50', value: quantile(latencies, 0.5), unit: 'ms' },
      { name: 'latency p99', value: quantile(latencies, 0.99), unit: 'ms' },
    ];
  } finally {
    await server.stop();
  }
};
