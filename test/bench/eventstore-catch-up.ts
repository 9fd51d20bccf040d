import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import type { Figure } from './benchmark.ts';
import { startServer } from './started-server.ts';
import { interleave, median, medianRatio } from './statistics.ts';

/** A replica that starts from nothing, until its views hold all of the log; against a bare subscription with the same filter. */

/** Events a second until the subscription is caught up, and how many they are. */
const bareSubscription = async (url: string): Promise<{ readonly rate: number; readonly events: number }> => {
  const client = EventStoreDBClient.connectionString(url);
  const begun = performance.now();
  let events = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const subscription = client.subscribeToAll({ fromPosition: 'start', filter: streamNameFilter({ prefixes: [...STREAM_PREFIXES] }) });
  subscription.on('data', () => {
    events += 1;
  });
  subscription.on('caughtUp', resolve);
  subscription.on('error', reject);
  await promise;
  const millis = performance.now() - begun;
  await subscription.unsubscribe();
  await client.dispose();
  return { rate: (events * 1000) / millis, events };
};

/** @param url  of a cluster that holds an office's log */
export const catchUpFigures = async (url: string, rounds: number): Promise<readonly Figure[]> => {
  const { events } = await bareSubscription(url);
  const replica = async () => {
    const server = await startServer({ kind: 'duban', dataDir: mkdtempSync(join(tmpdir(), 'duban-bench-')), cluster: url });
    const memory = await server.memory();
    await server.stop();
    return { rate: (events * 1000) / server.caughtUpAfter, memory };
  };
  const measured = await interleave(rounds, { bare: async () => (await bareSubscription(url)).rate, replica });
  const rates = measured.replica.map(({ rate }) => rate);
  return [
    { name: 'events taken in by a new replica', value: median(rates), unit: 'events/s' },
    { name: 'bare subscription', value: median(measured.bare), unit: 'events/s' },
    { name: 'replica of bare', value: medianRatio(rates, measured.bare), unit: '×', aim: { at: 'least', value: 0.6 } },
    {
      name: 'memory of the replica',
      value: median(measured.replica.map(({ memory }) => memory)),
      unit: 'MiB',
      aim: { at: 'most', value: 300 },
    },
    { name: 'events in that log', value: events, unit: '' },
  ];
};
