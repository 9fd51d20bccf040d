import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import type { Draft } from '../../src/kernel/envelope.ts';
import { StoreUnavailable, WrongRevision, type EventStore, type ExpectedRevision } from '../../src/store/event-store.ts';
import type { EventStoreDbStore } from '../../src/store/eventstoredb.ts';
import { draft, freshStream } from '../contract/drafts.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import type { Double } from '../support/eventstoredb-double.ts';
import type { AppendFate, ReadFate } from '../support/eventstoredb-double/faults.ts';
import { factsOf, givenCluster, givenServer, IMPATIENT, realUrl, untilReady, type Stores } from './cluster-fixture.ts';

/**
 * Many writers on two replicas of one cluster, in which everything goes wrong by chance. On the server that
 * EVENTSTORE_URL names nothing is made to go wrong; what does is up to whoever runs it.
 */

const WRITERS = 40;

type Written = { readonly acknowledged: string[]; readonly unacknowledged: string[] };

const oneOf = <Item>(items: readonly [Item, ...Item[]]): Item => items[Math.floor(Math.random() * items.length)] ?? items[0];
const isLucky = (probability: number): boolean => Math.random() < probability;

const lastRevision = async (store: EventStore, stream: string): Promise<ExpectedRevision> => {
  for (;;)
    try {
      return (await store.readStream(stream)).at(-1)?.revision ?? 'none';
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
};

/** Appends to a stream of its own, by either replica. What is not acknowledged it sends again, or gives up. */
const write = async (stores: readonly [EventStore, ...EventStore[]], written: Written, appends: number): Promise<void> => {
  const stream = freshStream();
  let expected: ExpectedRevision = 'none';
  let hasGivenUp = false;
  const appendOrGiveUp = async (events: readonly Draft[]): Promise<void> => {
    const ids = events.map(({ id }) => id);
    for (;;)
      try {
        expected = (await oneOf(stores).append(stream, expected, events)).revision;
        written.acknowledged.push(...ids);
        return;
      } catch (error) {
        // What was given up may be written yet, after the last revision was read.
        if (hasGivenUp && error instanceof WrongRevision) {
          expected = await lastRevision(oneOf(stores), stream);
          continue;
        }
        if (!(error instanceof StoreUnavailable)) throw error;
        if (isLucky(0.5)) continue;
        hasGivenUp = true;
        written.unacknowledged.push(...ids);
        expected = await lastRevision(oneOf(stores), stream);
        return;
      }
  };
  for (let count = 0; count < appends; count += 1) await appendOrGiveUp(Array.from({ length: 1 + (count % 2) }, () => draft(stream)));
};

const APPEND_FATES: readonly [AppendFate, ...AppendFate[]] = [
  'not-ready',
  'timeout',
  'hang',
  'written-timeout',
  'written-broken',
  'written-ended',
  'written-late',
  'written-twice',
  'written-garbled',
];
const READ_FATES: readonly [ReadFate, ...ReadFate[]] = ['not-ready', 'hang', 'break'];
const SUBSCRIBE_FATES: readonly [ReadFate, ...ReadFate[]] = ['not-ready', 'break'];

/** Lets go wrong what can, until told to stop; then all is well again. */
const makeTrouble = async ({ nodes, elect }: Double, signal: AbortSignal): Promise<void> => {
  for (const { faults } of nodes) {
    faults.append = () => (isLucky(0.15) ? oneOf(APPEND_FATES) : 'answer');
    faults.read = () => (isLucky(0.1) ? oneOf(READ_FATES) : 'answer');
    faults.subscribe = () => (isLucky(0.2) ? oneOf(SUBSCRIBE_FATES) : 'answer');
    faults.gossip = () => (isLucky(0.1) ? 'fail' : 'answer');
    faults.deliver = (record) => (isLucky(0.05) ? [record, record] : [record]);
  }
  for (let round = 0; !signal.aborted; round += 1) {
    await sleep(100 + Math.random() * 150);
    const node = nodes[round % nodes.length];
    if (round % 4 === 3) {
      node?.kill();
      elect(undefined);
      await sleep(Math.random() * 30);
      elect(nodes.find(({ alive }) => alive()));
      await sleep(Math.random() * 100);
      await node?.start();
    } else node?.endSubscriptions(oneOf(['end', 'break']));
  }
  for (const { faults } of nodes) {
    faults.append = faults.read = faults.subscribe = faults.gossip = () => 'answer';
    faults.deliver = (record) => [record];
  }
};

/** Appends, and again until it is acknowledged: each try is given no longer than while all went wrong. */
const appendSurely = async (store: EventStore, stream: string): Promise<void> => {
  const events = [draft(stream)];
  for (;;)
    try {
      await store.append(stream, 'none', events);
      return;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
};

const isSequenced = (store: EventStore, stream: string): boolean => store.readHistory(stream, Number.MAX_SAFE_INTEGER).length > 0;

const soak = async (t: Test, { double, ...cluster }: Stores & { readonly double?: Double }, appendsOfEach: number): Promise<void> => {
  const open = async (mirror: string): Promise<EventStoreDbStore> =>
    untilReady(
      await cluster.open({
        mirror,
        query: realUrl === undefined ? '&maxDiscoverAttempts=2&discoveryInterval=10' : '',
        timing: realUrl === undefined ? { ...IMPATIENT, positionsWithin: 300, retryFor: 300 } : {},
      }),
    );
  const [one, other] = [await open('one'), await open('other')];
  const base = one.head().position;

  const written: Written = { acknowledged: [], unacknowledged: [] };
  const peace = new AbortController();
  const trouble = double && makeTrouble(double, peace.signal);
  await Promise.all(Array.from({ length: WRITERS }, () => write([one, other], written, appendsOfEach)));
  peace.abort();
  await trouble;

  // What comes last shows that everything before it has come.
  const last = freshStream();
  await appendSurely(one, last);
  await eventually('both replicas have it all', () => isSequenced(one, last) && isSequenced(other, last));

  const log = one.readAll(base, Number.MAX_SAFE_INTEGER);
  const counts = new Map<string, number>();
  for (const { id } of log) counts.set(id, (counts.get(id) ?? 0) + 1);
  t.same(
    written.acknowledged.filter((id) => counts.get(id) !== 1),
    [],
    `all of ${written.acknowledged.length} acknowledged, once`,
  );
  t.same(
    written.unacknowledged.filter((id) => (counts.get(id) ?? 0) > 1),
    [],
    `none of ${written.unacknowledged.length} not acknowledged, twice`,
  );
  t.equal(new Set([...written.acknowledged, ...written.unacknowledged]).size, (WRITERS * appendsOfEach * 3) / 2, 'and that is all');
  t.equal(
    log.length - 1,
    [...written.acknowledged, ...written.unacknowledged].filter((id) => counts.has(id)).length,
    'nothing else is there',
  );
  for (const events of Map.groupBy(log, ({ stream }) => stream).values()) checkLinks(events);
  t.same(factsOf(one), factsOf(other), 'both replicas are one log');
  t.same([one.anomaly(), other.anomaly()], [undefined, undefined]);
  t.comment(JSON.stringify([one.stats(), other.stats()]));
};

await test('of 2,000 appends every acknowledged event is in the log once, every other at most once', async (t) =>
  soak(t, realUrl === undefined ? await givenCluster(t, { nodes: 3 }) : givenServer(t, realUrl), 50));

await test(
  'so it is on servers that take each append by a call of its own',
  { skip: realUrl === undefined ? false : 'as this one does not' },
  async (t) => {
    const given = await givenCluster(t, { nodes: 3 });
    for (const { faults } of given.double.nodes) faults.batch = () => 'unimplemented';
    await soak(t, given, 24);
  },
);
