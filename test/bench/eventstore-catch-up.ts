import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import type { Figure } from './benchmark.ts';
import { writeToCluster } from './cluster-log.ts';
import { spent } from './cpu.ts';
import { startServer } from './started-server.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { reportingOffice, type Office } from './synthetic.ts';

/** A replica that starts from nothing, until its views hold all of the log; against a bare subscription with the same filter. */

/** Events delivered until the subscription is caught up. */
const followBare = async (url: string): Promise<number> => {
  const client = EventStoreDBClient.connectionString(url);
  let events = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const subscription = client.subscribeToAll({ fromPosition: 'start', filter: streamNameFilter({ prefixes: [...STREAM_PREFIXES] }) });
  subscription.on('data', () => {
    events += 1;
  });
  subscription.on('caughtUp', resolve);
  subscription.on('error', reject);
  await promise;
  await subscription.unsubscribe();
  await client.dispose();
  return events;
};

/** @param url  of a cluster that holds an office's log */
export const catchUpFigures = async (url: string, rounds: number): Promise<readonly Figure[]> => {
  const events = await followBare(url);
  const bare = () =>
    spent(events, async () => {
      const begun = performance.now();
      await followBare(url);
      return (events * 1000) / (performance.now() - begun);
    });
  const replica = async () => {
    let memory = { now: 0, most: 0 };
    let cpu = 0;
    const { rate, cluster } = await spent(events, async () => {
      const server = await startServer({ kind: 'duban', dataDir: mkdtempSync(join(tmpdir(), 'duban-bench-')), cluster: url });
      memory = await server.memory();
      cpu = server.caughtUpCpu / events;
      await server.stop();
      return (events * 1000) / server.caughtUpAfter;
    });
    return { rate, cpu, cluster, memory };
  };
  const measured = await interleave(rounds, { bare, replica });
  const middle = <Of>(values: readonly Of[], of: (value: Of) => number): number => median(values.map(of));
  const rates = measured.replica.map(({ rate }) => rate);
  const bareRates = measured.bare.map(({ rate }) => rate);
  return [
    { name: 'events taken in by a new replica', value: median(rates), unit: 'events/s' },
    { name: 'bare subscription', value: median(bareRates), unit: 'events/s' },
    { name: 'replica of bare', value: medianRatio(rates, bareRates), unit: '×', aim: { at: 'least', value: 0.6 } },
    { name: 'CPU of the replica for an event', value: middle(measured.replica, ({ cpu }) => cpu), unit: 'µs' },
    { name: 'CPU of the cluster for it', value: middle(measured.replica, ({ cluster }) => cluster), unit: 'µs' },
    { name: 'CPU of a bare subscriber for it', value: middle(measured.bare, ({ sender }) => sender), unit: 'µs' },
    { name: 'CPU of the cluster for it', value: middle(measured.bare, ({ cluster }) => cluster), unit: 'µs' },
    { name: 'memory of the replica', value: middle(measured.replica, ({ memory }) => memory.now), unit: 'MiB' },
    {
      name: 'at most',
      value: middle(measured.replica, ({ memory }) => memory.most),
      unit: 'MiB',
      aim: { at: 'most', value: 300 },
    },
    { name: 'events in that log', value: events, unit: '' },
  ];
};

const YEARS: Office = { directives: 8, tasks: 100, carriers: 3, units: 120 };

/** On a log of an office's years, so many events of them; where the cluster holds a log already, on that. */
export const longCatchUpFigures = async (url: string, events: number, rounds: number): Promise<readonly Figure[]> => {
  if ((await followBare(url)) === 0) await writeToCluster(url, reportingOffice(YEARS).take(events));
  return catchUpFigures(url, rounds);
};
