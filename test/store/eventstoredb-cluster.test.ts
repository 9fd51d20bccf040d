import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { sealEvent } from '../../src/kernel/envelope.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { EventStoreDbStore } from '../../src/store/eventstoredb.ts';
import type { AnomalyKind } from '../../src/store/eventstoredb/anomaly.ts';
import { createArrivals } from '../../src/store/eventstoredb/arrivals.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { draft, drafts, freshId, freshStream, settableClock } from '../contract/drafts.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import type { Double } from '../support/eventstoredb-double.ts';
import type { LogRecord } from '../support/eventstoredb-double/record-log.ts';
import { factsOf, givenCluster, untilReady, type Given } from './cluster-fixture.ts';
import { readinessOf } from '../support/english.ts';

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** What another program does with a client of the same cluster's. */
const asStranger = async (double: Double, work: (client: EventStoreDBClient) => Promise<unknown>): Promise<void> => {
  const client = EventStoreDBClient.connectionString(double.url);
  try {
    await work(client);
  } finally {
    await client.dispose();
  }
};

const appendMany = async (store: EventStore, stream: string, count: number): Promise<void> => {
  for (const index of times(count)) await store.append(stream, index === 0 ? 'none' : index - 1, drafts(stream, 1));
};

await test('every replica gives every event the same position, the same time and the same leaf', async (t) => {
  const { open } = await givenCluster(t, { nodes: 3 });
  const replica = (n: number): Promise<EventStoreDbStore> =>
    open({ mirror: `replica-${n}`, clock: settableClock(Date.UTC(2023, 2, 30) - n * 60_000) });
  const [first, second, third] = [await replica(1), await replica(2), await replica(3)];
  const streams = times(12).map(freshStream);
  const appending = [first, second, third].flatMap((store, index) =>
    streams.slice(4 * index, 4 * index + 4).map((stream) => appendMany(store, stream, 10)),
  );
  await Promise.all(appending);
  const late = await replica(4);
  for (const other of [second, third, late]) {
    await eventually('it has everything', () => other.head().position === 120);
    t.same(factsOf(other), factsOf(first));
  }
  const recorded = first.readAll(0, 200).map(({ recordedAt }) => recordedAt);
  t.same(
    recorded,
    recorded.toSorted((a, b) => a - b),
    'time never goes back, though the replicas disagree on it',
  );
  t.equal(new Set(first.readAll(0, 200).map(({ envelope }) => envelope.time)).size, 3, 'what they wrote stays as it was');
  for (const stream of streams) checkLinks(await late.readStream(stream));
});

await test('of two replicas that race for a revision one wins, and the other is told', async (t) => {
  const { open } = await givenCluster(t);
  const [one, other] = [await open({ mirror: 'one' }), await open({ mirror: 'other' })];
  const stream = freshStream();
  for (const revision of times(20)) {
    const expected = revision === 0 ? 'none' : revision - 1;
    const answers = await Promise.allSettled([one, other].map((store) => store.append(stream, expected, drafts(stream, 1))));
    t.same(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    t.match(
      answers.find(({ status }) => status === 'rejected'),
      { reason: { name: 'WrongRevision', actual: revision } },
    );
  }
  checkLinks(await one.readStream(stream));
  t.equal((await other.readStream(stream)).length, 20);
});

await test('what lost against an append that nobody can read yet is sent again, until that is settled', async (t) => {
  const { double, open } = await givenCluster(t);
  const [store, rival] = [await open({ mirror: 'one' }), await open({ mirror: 'rival' })];
  const { faults } = double.node;
  const cases: readonly (readonly [query: string, batch: 'answer' | 'unimplemented'])[] = [
    ['', 'answer'],
    ['', 'unimplemented'],
    ['&throwOnAppendFailure=false', 'unimplemented'],
  ];
  for (const [query, batch] of cases) {
    const replica = query === '' ? store : await open({ mirror: 'quiet', query });
    faults.batch = () => batch;
    const stream = freshStream();
    await appendMany(replica, stream, 2);
    let tries = 0;
    const settles = () => ((tries += 1) <= 5 ? 'unsettled' : 'answer');
    faults.append = settles;
    t.match(await replica.append(stream, 1, drafts(stream, 1)), { revision: 2, duplicate: false }, 'it came to nothing');
    t.equal(tries, 6);
    faults.append = () => 'unsettled';
    const never = replica.append(stream, 2, drafts(stream, 1));
    await t.rejects(never, { name: 'StoreUnavailable', message: /another append to .* is not settled yet/u });
    faults.append = () => 'answer';

    tries = 0;
    faults.append = () => ((tries += 1) <= 2 ? 'unsettled' : 'answer');
    const answers = await Promise.allSettled([replica, rival].map((each) => each.append(stream, 2, drafts(stream, 1))));
    t.match(
      answers.find(({ status }) => status === 'rejected'),
      { reason: { name: 'WrongRevision', actual: 3 } },
      'it came to something',
    );
    checkLinks(await store.readStream(stream));
  }
});

await test('a command that reaches two replicas is one event, the bytes of which are those of the log', async (t) => {
  const { open } = await givenCluster(t);
  const now = Date.UTC(2023, 2, 30);
  const [one, other] = [
    await open({ mirror: 'one', clock: settableClock(now) }),
    await open({ mirror: 'other', clock: settableClock(now + 1) }),
  ];
  for (const _ of times(10)) {
    const stream = freshStream();
    const events = drafts(stream, 2);
    const answers = await Promise.all([one, other].map((store) => store.append(stream, 'none', events)));
    t.same(answers[0]?.positions, answers[1]?.positions);
    t.equal(answers.filter(({ duplicate }) => duplicate).length, 1, 'one of them was the second');
    await Promise.all([one.append(stream, 1, drafts(stream, 1)), other.append(stream, 'none', events)]);
    checkLinks(await other.readStream(stream));
  }
});

await test('who reads a stream sees what any replica was answered, sequenced here or not', async (t) => {
  const { double, open } = await givenCluster(t);
  const writer = await untilReady(await open({ mirror: 'writer' }));
  double.node.faults.subscribe = () => 'hang';
  const cutOff = await open({ mirror: 'cut-off', timing: { positionsWithin: 20 } });
  const stream = freshStream();
  await appendMany(writer, stream, 3);
  const seen = await cutOff.readStream(stream);
  t.same(
    seen.map(({ revision, position }) => [revision, position]),
    [
      [0, null],
      [1, null],
      [2, null],
    ],
  );
  t.same(
    seen.map(({ bytes }) => Buffer.from(bytes).toString()),
    (await writer.readStream(stream)).map(({ bytes }) => Buffer.from(bytes).toString()),
  );
  checkLinks(seen);
  t.same(
    (await cutOff.readStream(stream, 2)).map(({ revision }) => revision),
    [2],
  );

  const waiting = await open({ mirror: 'waiting', timing: { positionsWithin: 60_000 } });
  const willSee = waiting.readStream(stream);
  const events = drafts(stream, 2);
  t.match(
    await cutOff.append(stream, 2, events),
    { revision: 4, positions: [null, null], duplicate: false },
    'it may append, though it cannot say where',
  );
  t.equal(cutOff.head().position, 0);
  double.node.faults.subscribe = () => 'answer';
  double.node.endSubscriptions('end');
  t.same(
    (await willSee).slice(0, 3).map(({ position }) => position),
    [1, 2, 3],
    'a read waits a while for what is not sequenced yet',
  );
  await eventually('it is sequenced', () => cutOff.head().position === 5);
  t.match(await cutOff.append(stream, 2, events), { revision: 4, positions: [4, 5], duplicate: true });
  t.same(
    (await cutOff.readStream(stream, 1)).map(({ position }) => position),
    [2, 3, 4, 5],
  );
  checkLinks(await cutOff.readStream(stream));
});

await test('a restart goes on where it was, and scans no foreign events again', async (t) => {
  const { double, open } = await givenCluster(t);
  const foreign = (count: number): Promise<void> =>
    asStranger(double, (client) =>
      client.appendToStream(
        `order-${freshId()}`,
        times(count).map((n) => jsonEvent({ type: 'Ordered', data: { n } })),
      ),
    );
  const first = await untilReady(await open());
  const stream = freshStream();
  await appendMany(first, stream, 3);
  await foreign(3_000);
  await first.append(stream, 2, drafts(stream, 1));
  await foreign(2_500);
  await eventually('it was scanned', () => (double.node.served()['scanned'] ?? 0) >= 5_505);
  await first.close();

  const delivered: string[] = [];
  double.node.faults.deliver = (record) => {
    delivered.push(record.id);
    return [record];
  };
  const scanned = double.node.served()['scanned'] ?? 0;
  const events = drafts(stream, 1);
  await (await untilReady(await open({ mirror: 'other' }))).append(stream, 3, events);
  delivered.length = 0;
  const before = double.node.served()['scanned'] ?? 0;
  t.ok(before - scanned > 5_500, 'a new mirror scans everything');
  const again = await untilReady(await open());
  t.equal(again.head().position, 5);
  t.same(
    delivered,
    events.map(({ id }) => id),
    'only what was new',
  );
  t.ok((double.node.served()['scanned'] ?? 0) - before < 2_500, 'after the last of ours and of what was passed over');
  t.match(again.stats(), { repeated: 0 });
  t.equal(again.anomaly(), undefined);

  await again.close();
  t.equal(
    await open()
      .then(untilReady)
      .then((store) => store.head().position),
    5,
  );
});

await test('who waits for what he appended is given just that, however much came with it', async (t) => {
  const { open } = await givenCluster(t);
  const store = await untilReady(await open());
  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 6));
  const stored = store.readAll(0, 10);
  const arrivals = createArrivals({ readStream: (_, from, count = 0) => stored.slice(from, from + count), streamHead: () => stored[4] });
  const positions = async (first: number, count: number): Promise<readonly number[]> =>
    (await arrivals.arrival(stream, first, count, 10_000)).map(({ position }) => position);
  arrivals.announce(stored.slice(2, 5));
  t.same(await positions(2, 1), [3]);
  t.same(await positions(3, 2), [4, 5]);
  t.same(await positions(1, 3), [2, 3, 4], 'also where part of it came before');
  const awaited = positions(5, 1);
  arrivals.announce(stored.slice(5));
  t.same(await awaited, [6]);
  const rest = arrivals.arrival(stream, 5, 2, 10_000);
  arrivals.end();
  t.match(await rest, [{ position: 6 }], 'and what there is when nothing comes any more');
});

await test('a mirror whose end was lost with the power becomes the same again', async (t) => {
  const { open, pathOf } = await givenCluster(t);
  const store = await untilReady(await open());
  const stream = freshStream();
  await appendMany(store, stream, 3);
  await store.close();
  copyFileSync(pathOf('mirror'), pathOf('earlier'));
  const later = await untilReady(await open());
  await later.append(stream, 2, drafts(stream, 4));
  await later.close();
  const restored = await untilReady(await open({ mirror: 'earlier' }));
  t.same(factsOf(restored), factsOf(await open()));
  t.match(await restored.append(stream, 6, drafts(stream, 1)), { positions: [8] });
  checkLinks(await restored.readStream(stream));
});

await test('a mirror is one cluster’s log, of the streams it was made of', async (t) => {
  const { open, pathOf } = await givenCluster(t);
  const embedded = openSqliteStore({ path: pathOf('embedded'), clock: systemClock });
  await embedded.append('task-1', 'none', drafts('task-1', 1));
  await embedded.close();
  await t.rejects(open({ mirror: 'embedded' }), {
    message: /embedded\.sqlite is the log of an embedded store, not a mirror of a cluster's/u,
  });

  const log = openLogFile(pathOf('older'));
  log.write(({ setMeta }) => setMeta('remote-stream-prefixes', 'task- ledger'));
  log.close();
  await t.rejects(open({ mirror: 'older' }), { message: /was sequenced from the streams task- ledger; this program sequences roster/u });

  const store = await open();
  await t.rejects(store.append('order-1', 'none', drafts('order-1', 1)), {
    name: 'TypeError',
    message: 'not a stream of the log: order-1',
  });
  const stream = freshStream();
  const large = times(20).map(() => draft(stream, { data: { text: 'x'.repeat(58_000) } }));
  await t.rejects(store.append(stream, 'none', large), { name: 'TypeError', message: /a cluster takes 1048576 at once/u });
});

await test('a mirror that cannot be written is a reason not to be ready, and nothing is left out', async (t) => {
  const { open, pathOf } = await givenCluster(t);
  // Each write waits half a second for the lock, and the process with it.
  const store = await untilReady(await open({ timing: { positionsWithin: 50, appendDeadline: 20_000 } }));
  const stream = freshStream();
  const blocker = new DatabaseSync(pathOf('mirror'));
  blocker.exec('BEGIN IMMEDIATE');
  t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [null, null] }, 'the cluster has it');
  await eventually('it is said', () => !store.ready().ready);
  t.match(readinessOf(store.ready()).reasons, [/^the cluster is not followed: .*locked/u]);
  blocker.exec('ROLLBACK');
  blocker.close();
  await eventually('it goes on', () => store.head().position === 2 && store.ready().ready);
  checkLinks(await store.readStream(stream));
});

/** A store that has sequenced a stream of three events; what then happens to its source; and what it makes of it. */
type Contradicted = Given & { readonly stream: string; readonly store: EventStoreDbStore; readonly at: (revision: number) => LogRecord };

const anomaly = (sentence: string, expected: AnomalyKind, happen: (given: Contradicted) => Promise<EventStoreDbStore | void>): void =>
  void test(`${sentence} stops the sequencing: ${expected}`, async (t) => {
    const given = await givenCluster(t);
    const { double } = given;
    const store = await untilReady(await given.open());
    const stream = freshStream();
    await appendMany(store, stream, 3);
    const at = (revision: number): LogRecord => {
      const found = double.log.all().find((record) => record.stream === stream && record.revision === BigInt(revision));
      if (found === undefined) throw new Error(`no ${stream}@${revision}`);
      return found;
    };
    const contradicted = (await happen({ ...given, stream, store, at })) ?? store;
    await eventually('an anomaly', () => contradicted.anomaly() !== undefined);
    t.match(contradicted.anomaly(), { kind: expected });
    t.match(readinessOf(contradicted.ready()), {
      ready: false,
      reasons: [new RegExp(`^the cluster contradicts the log: ${expected} at `, 'u')],
    });

    const head = contradicted.head().position;
    const other = freshStream();
    t.match(
      await contradicted.append(other, 'none', drafts(other, 2)),
      { revision: 1, positions: [null, null] },
      'a report of it can still be appended',
    );
    t.equal((await contradicted.readStream(other)).length, 2);
    t.equal(contradicted.head().position, head, 'and nothing more is sequenced');
  });

const refused = async (answer: Promise<unknown>): Promise<void> => {
  const [{ status }] = await Promise.allSettled([answer]);
  if (status === 'fulfilled') throw new Error('it was answered as if nothing had happened');
};

const reopened = async ({ open, store }: Contradicted): Promise<EventStoreDbStore> => {
  await store.close();
  return open();
};

const appendRaw = async (double: Double, stream: string, revision: number, data: Uint8Array): Promise<void> => {
  const [id, type] = [freshId(), 'ReportSubmitted.v1'];
  const expected = revision === 0 ? 'none' : BigInt(revision - 1);
  double.log.append(stream, expected, [{ id, type, contentType: 'application/octet-stream', data, metadata: new Uint8Array(0) }]);
};

anomaly('another event where the last one was sequenced', 'event-altered', async (given) => {
  await given.store.close();
  given.double.log.alter(given.stream, 2, Buffer.from(Buffer.from(given.at(2).data).toString().replace('on-track', 'done')));
  return given.open();
});

anomaly('other bytes for a revision that was sequenced', 'event-altered', async ({ double, store, stream, at }) => {
  const forged = { ...at(1), data: Buffer.from('{}') };
  double.node.faults.deliver = (record) => [record, forged];
  await store.append(stream, 2, drafts(stream, 1));
});

anomaly('another event at the stream’s end than was sequenced', 'event-altered', async ({ double, store, stream }) => {
  double.log.alter(
    stream,
    2,
    Buffer.from(
      Buffer.from((await store.readStream(stream, 2))[0]?.bytes ?? [])
        .toString()
        .replace('on-track', 'done'),
    ),
  );
  await refused(store.readStream(stream));
});

anomaly('an event that is left out', 'revision-gap', async ({ double, store, stream }) => {
  double.node.faults.deliver = (record) => (record.revision === 3n ? [] : [record]);
  await store.append(stream, 2, drafts(stream, 2));
});

anomaly('a stream that begins in its middle', 'late-start', async ({ double, open }) => {
  double.node.faults.deliver = (record) => (record.revision === 0n ? [] : [record]);
  return open({ mirror: 'new' });
});

anomaly('a log that no longer reaches the last event sequenced', 'log-behind', async (given) => {
  given.double.log.restore(3);
  return reopened(given);
});

anomaly('a log that was taken back and has grown again', 'log-behind', async (given) => {
  await given.store.close();
  given.double.log.restore(2);
  const grown = freshStream();
  await asStranger(given.double, (client) =>
    client.appendToStream(
      grown,
      times(9).map((n) => jsonEvent({ type: 'Ordered', data: { n: 10 ** n } })),
    ),
  );
  return given.open();
});

anomaly('another database', 'log-behind', async (given) => {
  given.double.log.restore(0);
  return reopened(given);
});

anomaly('a stream that was deleted', 'stream-removed', async ({ double, store, stream }) => {
  await asStranger(double, (client) => client.deleteStream(stream));
  await refused(store.readStream(stream));
});

anomaly('a stream that was deleted for good', 'stream-removed', async ({ double, stream }) => {
  await asStranger(double, (client) => client.tombstoneStream(stream));
});

anomaly('an append to a stream that was deleted for good', 'stream-removed', async ({ double, store, stream }) => {
  double.node.faults.deliver = () => [];
  await asStranger(double, (client) => client.tombstoneStream(stream));
  await refused(store.append(stream, 2, drafts(stream, 1)));
});

anomaly('a deleted stream that an append opens again', 'stream-removed', async ({ double, open, stream }) => {
  double.node.faults.subscribe = () => 'hang';
  const unaware = await open({ mirror: 'unaware' });
  await asStranger(double, (client) => client.deleteStream(stream));
  await refused(unaware.append(stream, 'none', drafts(stream, 1)));
  return unaware;
});

anomaly('another program’s event in a stream of ours', 'foreign-event', async ({ double, stream }) => {
  await asStranger(double, (client) =>
    client.appendToStream(stream, [jsonEvent({ type: 'ReportSubmitted.v1', data: { subject: stream } })]),
  );
});

anomaly('bytes that are no envelope', 'foreign-event', async ({ double, stream }) => {
  await asStranger(double, (client) =>
    client.appendToStream(stream, [binaryEvent({ type: 'ReportSubmitted.v1', data: Buffer.from('no JSON') })]),
  );
});

anomaly('an envelope that was written for another place', 'foreign-event', async ({ double, stream, at }) => {
  await appendRaw(double, stream, 3, at(2).data);
});

anomaly('an event that does not name the one before it', 'broken-link', async ({ double, stream }) => {
  const one = draft(stream);
  const { bytes } = sealEvent(one, { source: '/duban/1', time: '2023-03-30T08:15:30.123Z', revision: 3, prevLeaf: 'ab'.repeat(32) });
  double.log.append(stream, 2n, [
    { id: one.id, type: one.type, contentType: 'application/octet-stream', data: bytes, metadata: new Uint8Array(0) },
  ]);
});

await test('a node that lags is asked again, and is no anomaly', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open());
  const stream = freshStream();
  await appendMany(store, stream, 3);
  let lagging = 3;
  const lag = () => ((lagging -= 1) >= 0 ? 'empty' : 'answer');
  double.node.faults.read = lag;
  t.equal((await store.readStream(stream)).length, 3, 'by a read');
  lagging = 3;
  await store.close();
  const again = await open({ timing: { absence: 20_000 } });
  await untilReady(again);
  t.ok(lagging < 0, 'by a start');
  t.equal(again.anomaly(), undefined);
  t.match(await again.append(stream, 2, drafts(stream, 1)), { positions: [4] });
});

await test('an anomaly is found again after a restart, and what came before it is there', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open());
  const stream = freshStream();
  await appendMany(store, stream, 3);
  await store.close();
  await appendRaw(double, stream, 3, Buffer.from('{}'));
  for (const _ of times(3)) {
    const again = await open();
    await eventually('an anomaly', () => again.anomaly() !== undefined);
    t.match(again.anomaly(), { kind: 'foreign-event', stream, revision: 3 });
    t.equal(again.head().position, 3);
    await again.close();
  }
});
