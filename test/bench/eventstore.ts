import { binaryEvent, EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Draft } from '../../src/kernel/envelope.ts';
import { openEventStoreDbStore, type EventStoreDbStore } from '../../src/store/eventstoredb.ts';
import type { Figure } from './benchmark.ts';
import { catchUpFigures, longCatchUpFigures } from './eventstore-catch-up.ts';
import { httpFigures } from './eventstore-http.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { tableOf } from './table.ts';

/**
 * `npm run bench:eventstore -- [--quick] [--json] [--catching-up <events>]`: appends a second to a cluster, each acknowledged and given its
 * position here, against the client's bare classic append of the same bytes, by itself and with the events followed by
 * a bare subscription. On the server that EVENTSTORE_URL names,
 * or on a double in a process of its own; then both share the machine with it.
 * With `--catching-up` only how fast a new replica takes in a log, one of so many events where there is none yet.
 * `EVENTSTORE_PID`: the server's process, whose CPU time is told too.
 */

const WRITERS = 100;
/** Of streams that no server of Duban follows: what is appended to them is no history of tasks. */
const OWN_PREFIX = 'appended-';
/** As a report has. */
const NARRATIVE = '本月完成项目前期手续办理,施工单位已进场,累计完成投资占年度计划的六成;下一步将倒排工期、挂图作战,确保按期完成。';

const draftOf = (stream: string): Draft => ({
  id: randomUUID(),
  type: 'ReportSubmitted.v1',
  subject: stream,
  actor: { sub: 'clerk-1', role: 'unit', unit: 'shi-ke-ji-ju' },
  receivedat: '2023-03-30T08:15:30.123Z',
  correlation: '018f0000-0000-7000-8000-000000000000',
  data: {
    report: 'shi-ke-ji-ju-2023-03',
    period: '2023-03',
    status: 'on-track',
    percent: 40,
    narrative: NARRATIVE,
    measurements: [],
    attachments: [],
  },
});

/** Each writer appends to a stream of its own, one append after the other. Gives the appends a second of all together. */
const rate = async (
  appends: number,
  append: (stream: string, revision: number) => Promise<unknown>,
  prefix: string,
  writers = WRITERS,
): Promise<number> => {
  const each = Math.ceil(appends / writers);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      const stream = `${prefix}${randomUUID()}`;
      for (let revision = 0; revision < each; revision += 1) await append(stream, revision);
    }),
  );
  return (each * writers * 1000) / (performance.now() - begun);
};

const startCluster = async (): Promise<{ readonly url: string; readonly stop: () => void }> => {
  const named = process.env['EVENTSTORE_URL'];
  if (named !== undefined) return { url: named, stop: () => undefined };
  const child = fork(new URL('eventstore-double.ts', import.meta.url), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }]; // what the double sends
  return { url, stop: () => child.disconnect() };
};

const measure = async (
  url: string,
  store: EventStoreDbStore,
  { appends, rounds }: { readonly appends: number; readonly rounds: number },
): Promise<readonly Figure[]> => {
  const client = EventStoreDBClient.connectionString(url);
  const named = /^[^:]+:\/\/([^:]+):([^@]+)@/u.exec(url);
  const credentials = { username: decodeURIComponent(named?.[1] ?? 'none'), password: decodeURIComponent(named?.[2] ?? 'none') };
  const sample = `${OWN_PREFIX}sample`;
  await store.append(sample, (await store.readStream(sample)).at(-1)?.revision ?? 'none', [draftOf(sample)]);
  const bytes = (await store.readStream(sample)).at(-1)?.bytes ?? new Uint8Array(0);
  const bare = async (stream: string, revision: number): Promise<unknown> =>
    client.appendToStream(stream, binaryEvent({ id: randomUUID(), type: 'ReportSubmitted.v1', data: bytes }), {
      expectedRevision: revision === 0 ? 'no_stream' : BigInt(revision - 1),
      credentials,
      deadline: 10_000,
    });
  // What it costs at least to know an event's place: it comes back by a subscription, and only then is it answered.
  const awaited = new Map<string, () => void>();
  const subscription = client.subscribeToAll({ fromPosition: 'end', filter: streamNameFilter({ prefixes: ['followed-'] }) });
  subscription.on('data', ({ event }) => awaited.get(`${event?.streamId}@${event?.revision}`)?.());
  subscription.on('error', () => undefined);
  const followed = async (stream: string, revision: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const key = `${stream}@${revision}`;
    awaited.set(key, resolve);
    await Promise.all([bare(stream, revision), promise]);
    awaited.delete(key);
  };
  const ours = async (stream: string, revision: number): Promise<void> => {
    const { positions } = await store.append(stream, revision === 0 ? 'none' : revision - 1, [draftOf(stream)]);
    if (positions[0] === null) throw new Error('an append was given no position in time');
  };
  try {
    const variants = {
      bare: () => rate(appends, bare, 'bare-'),
      followed: () => rate(appends, followed, 'followed-'),
      ours: () => rate(appends, ours, OWN_PREFIX),
    };
    await interleave(1, variants); // warms up
    const measured = await interleave(rounds, variants);
    return [
      { name: 'appends, acknowledged and sequenced', value: median(measured.ours), unit: 'events/s' },
      { name: 'bare classic append', value: median(measured.bare), unit: 'events/s' },
      { name: 'bare, and followed by a bare subscription', value: median(measured.followed), unit: 'events/s' },
      { name: 'of bare', value: medianRatio(measured.ours, measured.bare), unit: '×', aim: { at: 'least', value: 0.8 } },
      { name: 'of bare and followed', value: medianRatio(measured.ours, measured.followed), unit: '×' },
      { name: 'tries for each append', value: store.stats().tries / store.stats().appends, unit: '' },
      ...(await httpFigures({ url, appends, rounds, rawAppends: (count, writers) => rate(count, bare, 'bare-', writers) })),
      ...(await catchUpFigures(url, Math.min(rounds, 3))),
    ];
  } finally {
    await subscription.unsubscribe();
    await client.dispose();
  }
};

const measureAll = async (url: string, quick: boolean): Promise<readonly Figure[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const store = await openEventStoreDbStore({ url, streamPrefixes: [OWN_PREFIX], path: join(dir, 'mirror.sqlite'), clock: systemClock });
  try {
    while (!store.ready().ready) await sleep(20);
    return await measure(url, store, quick ? { appends: 1_000, rounds: 3 } : { appends: 4_000, rounds: 7 });
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'catching-up': { type: 'string' },
  },
});
const { quick, json, 'catching-up': events } = values;
const cluster = await startCluster();
try {
  const figures =
    events === undefined ? await measureAll(cluster.url, quick) : await longCatchUpFigures(cluster.url, Number(events), quick ? 3 : 7);
  const measured = [{ benchmark: 'eventstore', figures }];
  process.stdout.write(json ? `${JSON.stringify(measured, null, 2)}\n` : `${tableOf(measured)}\n`);
} finally {
  cluster.stop();
}
