import { mkdtempSync, readFileSync } from 'node:fs';
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

/** CPU time so far of the process that `EVENTSTORE_PID` names, µs; undefined where it names none. Ticks of Linux are 10 ms. */
const clusterCpu = (): number | undefined => {
  const pid = process.env['EVENTSTORE_PID'];
  if (pid === undefined) return undefined;
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/u, '');
  const [user, system] = afterName.split(/\s+/u).slice(12); // proc_pid_stat(5)
  return (Number(user) + Number(system)) * 10_000;
};

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

type Spent = { readonly rate: number; readonly sender: number; readonly cluster: number };

/** What work of a size cost the processes that take part, µs for each piece. */
const spent = async (size: number, work: () => Promise<number>): Promise<Spent> => {
  const [own, cluster] = [ownCpu(), clusterCpu()];
  const rate = await work();
  return { rate, sender: (ownCpu() - own) / size, cluster: ((clusterCpu() ?? Number.NaN) - (cluster ?? Number.NaN)) / size };
};

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
