import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import type { Figure } from './benchmark.ts';
import { load } from './load.ts';
import { OFFICE, reports, tokens } from './reports.ts';
import { startServer } from './started-server.ts';
import { interleave, median, medianRatio, quantile } from './statistics.ts';
import { assignedOffice, type Office, type Step } from './synthetic.ts';

/**
 * Reports over HTTP to a server on the cluster, as a unit sends them, against the client's bare classic append of the
 * bytes of one report, by as many writers as there are connections.
 */

const CONNECTIONS = 50;

/** Writes an office's tasks to the cluster, each stream in order, many streams side by side. */
const assign = async (url: string, office: Office): Promise<void> => {
  const path = join(mkdtempSync(join(tmpdir(), 'duban-bench-')), 'mirror.sqlite');
  const store = await openEventStoreDbStore({ url, streamPrefixes: STREAM_PREFIXES, path, clock: systemClock });
  const streams = Map.groupBy(assignedOffice(office), ({ stream }: Step) => stream);
  const queue = [...streams].values();
  const work = async (): Promise<void> => {
    for (const [stream, steps] of queue) {
      const drafts = steps.map(({ draft }) => draft);
      for (let at = 0; at < drafts.length; at += 50) await store.append(stream, at === 0 ? 'none' : at - 1, drafts.slice(at, at + 50));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await store.close();
};

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
  await assign(url, OFFICE);
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
      const { rate, latencies } = await load(server.url, CONNECTIONS, part, 201);
      return { rate, latencies, cpu: ((await server.cpu()) - before) / part.length };
    };
    const variants = { raw: () => rawAppends(appends, CONNECTIONS), http };
    await interleave(1, variants); // warms up
    const measured = await interleave(rounds, variants);
    const rates = measured.http.map(({ rate }) => rate);
    const latencies = measured.http.flatMap((round) => round.latencies);
    return [
      { name: 'reports over HTTP', value: median(rates), unit: 'req/s' },
      { name: 'bare classic append, 50 writers', value: median(measured.raw), unit: 'events/s' },
      { name: 'HTTP of bare', value: medianRatio(rates, measured.raw), unit: '×', aim: { at: 'least', value: 0.5 } },
      { name: 'CPU of a report', value: median(measured.http.map(({ cpu }) => cpu)), unit: 'µs', aim: { at: 'most', value: 1000 } },
      { name: 'latency p50', value: quantile(latencies, 0.5), unit: 'ms' },
      { name: 'latency p99', value: quantile(latencies, 0.99), unit: 'ms' },
    ];
  } finally {
    await server.stop();
  }
};
