import { EventStoreDBClient, type streamNameFilter } from '@eventstore/db-client';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import { superviseClients } from '../../src/store/eventstoredb/clients.ts';
import { follow } from '../../src/store/eventstoredb/follow.ts';
import { draft, drafts, freshStream } from '../contract/drafts.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import { factsOf, givenCluster, IMPATIENT, QUICK, untilReady } from './cluster-fixture.ts';

/**
 * What the client (@eventstore/db-client 6.2.1) is known to do, and must not do to this process: one test each.
 * A rejection that nobody handles, or an exception, would end the file.
 */

const openInMemory = (url: string) => openEventStoreDbStore({ url, path: ':memory:', clock: systemClock });

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

await test('data that has no JSON never reaches the client, which would neither answer nor let the process live', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await open();
  const stream = freshStream();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  await t.rejects(store.append(stream, 'none', [draft(stream, { data: { amount: 1n } })]), 'a big integer');
  await t.rejects(store.append(stream, 'none', [draft(stream, { data: circular })]), 'a circle');
  t.equal(double.node.served()['append'], undefined);
  t.match(await store.append(stream, 'none', [draft(stream)]), { revision: 0, positions: [1] });
});

await test('the death of one cluster touches no append to another, though the process is the same', async (t) => {
  const [one, other] = [await givenCluster(t), await givenCluster(t)];
  const [dying, healthy] = [await one.open({ timing: { retryFor: 100 } }), await other.open()];
  one.double.node.faults.append = () => 'hang';
  const lost = times(20).map((index) => dying.append(`task-lost-${index}`, 'none', drafts(`task-lost-${index}`, 1)));
  await eventually('appends hang', () => one.double.node.openCalls() > 10);
  const kept = times(100).map((index) => healthy.append(`task-kept-${index}`, 'none', drafts(`task-kept-${index}`, 1)));
  one.double.node.kill();
  for (const { status, reason } of (await Promise.allSettled(lost)) as PromiseRejectedResult[]) t.match({ status, reason }, { status: 'rejected', reason: { name: 'StoreUnavailable' } });
  t.same(new Set((await Promise.all(kept)).flatMap(({ positions }) => positions)).size, 100);
  const { append = 0, batchAppend = 0 } = other.double.node.served();
  t.ok(append >= 100, 'each append was a call of its own');
  t.equal(batchAppend, 0, 'the path with the shared state is not taken');
});

await test('a search for a node that failed once is not remembered for ever', async (t) => {
  const { double, open } = await givenCluster(t, { nodes: 3 });
  let failed = 0;
  for (const { faults } of double.nodes)
    faults.gossip = () => {
      failed += 1;
      return 'fail';
    };
  const store = await open({ query: '&maxDiscoverAttempts=2&discoveryInterval=5', timing: { retryFor: 20_000 } });
  const stream = freshStream();
  const answer = store.append(stream, 'none', [draft(stream)]);
  await eventually('clients are replaced', () => store.stats().replacedClients >= 2);
  await eventually('it is said', () => /has not caught up with the cluster: Failed to discover/u.test(store.ready().reasons.join()));
  t.ok(failed >= 6);
  for (const { faults } of double.nodes) faults.gossip = () => 'answer';
  t.match(await answer, { revision: 0, positions: [1] });
  await untilReady(store);
});

await test('a server that keeps the connection and answers nothing keeps nobody waiting for ever', async (t) => {
  const { double, open } = await givenCluster(t);
  const { faults } = double.node;
  const store = await untilReady(await open({ timing: { ...IMPATIENT, retryFor: 500 } }));
  const stream = freshStream();
  const events = drafts(stream, 2);

  faults.append = () => 'hang';
  await t.rejects(store.append(stream, 'none', events), { name: 'StoreUnavailable', message: /appending to task-.*deadline/u });
  faults.append = () => 'answer';
  t.match(await store.append(stream, 'none', events), { revision: 1, duplicate: false }, 'the same ids, when it answers again');

  faults.read = () => 'hang';
  await t.rejects(store.readStream(stream), { name: 'StoreUnavailable', message: /reading task-.*no answer within/u });
  faults.read = () => 'answer';
  t.equal((await store.readStream(stream)).length, 2);

  const { replacedClients, subscriptions } = store.stats();
  t.ok(replacedClients > 0, 'and another node would have been looked for');
  faults.subscribe = () => 'hang';
  double.node.endSubscriptions('break');
  await eventually('the subscription is opened in vain', () => store.stats().subscriptions >= subscriptions + 2);
  t.match(store.ready(), { ready: false, reasons: [/^the cluster is not followed: /u] });
  faults.subscribe = () => 'answer';
  t.match(await store.append(stream, 1, [draft(stream)]), { positions: [3] });
  await untilReady(store);
});

await test('a search for a node that never ends keeps nobody waiting either', async (t) => {
  const { double, open } = await givenCluster(t, { nodes: 2 });
  for (const { faults } of double.nodes) faults.gossip = () => 'hang';
  const store = await open({ timing: { ...IMPATIENT, retryFor: 300 } });
  const stream = freshStream();
  await t.rejects(store.append(stream, 'none', [draft(stream)]), { name: 'StoreUnavailable' });
  await t.rejects(store.readStream(stream), { name: 'StoreUnavailable' });
});

await test('a conflict is told rightly, also where the connection string asks for no exceptions', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await open({ query: '&throwOnAppendFailure=false' });
  const [stream, missing] = [freshStream(), freshStream()];
  t.match(await store.append(stream, 'none', drafts(stream, 3)), { revision: 2 });
  await t.rejects(store.append(stream, 0, drafts(stream, 1)), { name: 'WrongRevision', expected: 0, actual: 2 });
  await t.rejects(store.append(missing, 0, drafts(missing, 1)), { name: 'WrongRevision', expected: 0, actual: 'none' });

  double.node.faults.subscribe = () => 'hang';
  const other = await open({ mirror: 'other', query: '&throwOnAppendFailure=false' });
  await t.rejects(other.append(stream, 'none', drafts(stream, 1)), { name: 'WrongRevision', expected: 'none', actual: 2 }, 'by the cluster itself');
});

await test('a node that is not ready, has no leader or no quorum is asked again with the same ids', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open());
  const stream = freshStream();
  const fates = (['not-ready', 'timeout', 'written-timeout', 'written-broken', 'answer'] as const)[Symbol.iterator]();
  double.node.faults.append = () => fates.next().value ?? 'answer';
  double.node.faults.read = () => (double.node.served()['read'] === 1 ? 'not-ready' : 'answer');
  t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [1, 2], duplicate: false });
  t.match(store.stats(), { appends: 1, tries: 5 });
  t.equal((await store.readStream(stream)).length, 2);
});

await test('an answer that comes when it was given up is no second event, and no surprise', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: IMPATIENT }));
  const stream = freshStream();
  const fates = (['written-late', 'answer'] as const)[Symbol.iterator]();
  double.node.faults.append = () => fates.next().value ?? 'answer';
  t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [1, 2] });
  t.ok(store.stats().tries >= 2);
  t.equal(store.head().position, 2);
});

await test('whoever is left is left on the server too', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: { readIdle: 300, retryFor: 0 } }));
  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 10));
  t.equal(double.node.openCalls(), 1, 'the subscription');
  double.node.faults.read = () => 'hang';
  await t.rejects(store.readStream(stream), { name: 'StoreUnavailable' });
  await eventually('the read is cancelled', () => double.node.openCalls() === 1);
  t.equal(store.stats().replacedClients, 0, 'which is not the doing of a client that was given up');
  await store.close();
  await eventually('the subscription is cancelled', () => double.node.openCalls() === 0);
});

await test('a call begins in a turn of its own, for the channel may be dropped in the turn that asks for it', async (t) => {
  const clients = superviseClients(() => EventStoreDBClient.connectionString('esdb://127.0.0.1:1?tls=false'));
  let begun = false;
  const using = clients.use(async () => {
    begun = true;
  });
  for (const _ of times(100)) await Promise.resolve();
  t.notOk(begun);
  await using;
  t.ok(begun);
  await clients.close();
});

await test('the client is loaded only where a cluster is used, and its successor never beside it', async (t) => {
  const child = fileURLToPath(new URL('children/load-eventstoredb.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [child]);
  t.same(JSON.parse(stdout), { imported: false, opened: true });
  const lock: { packages: object } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  t.same(Object.keys(lock.packages).filter((name) => name.endsWith('db-client')), ['node_modules/@eventstore/db-client'], 'both register the same names globally');
});

await test('a subscription goes on, whatever ended it', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: { positionsWithin: 60_000 } }));
  const stream = freshStream();
  const seen: number[] = [];
  store.subscribeAll(0, (events) => void seen.push(...events.map(({ position }) => position)));
  let revision = -1;
  const append = async (): Promise<void> => {
    const events = drafts(stream, 3);
    await store.append(stream, revision === -1 ? 'none' : revision, events);
    revision += events.length;
  };
  await append();
  for (const how of ['end', 'break', 'kill'] as const) {
    const { subscriptions } = store.stats();
    if (how === 'kill') {
      double.node.kill();
      await double.node.start();
    } else double.node.endSubscriptions(how);
    await append();
    await eventually(`it is opened again after: ${how}`, () => store.stats().subscriptions > subscriptions);
    await append();
  }
  // One that breaks in the middle of what it has to give, a few times over.
  let breaks = 3;
  double.node.faults.subscribe = () => ((breaks -= 1) >= 0 ? 'break' : 'answer');
  const late = await open({ mirror: 'late' });
  await untilReady(late);
  t.equal(late.head().position, 21);
  t.same(factsOf(late), factsOf(store));
  await eventually('all is seen', () => seen.length >= 21);
  t.same(seen, times(21).map((index) => index + 1), 'without gap or repetition');
  t.equal(store.stats().repeated, 0, 'it went on behind the last event it had');
});

await test('events delivered twice are sequenced once', async (t) => {
  const { double, open } = await givenCluster(t);
  double.node.faults.deliver = (record) => [record, record];
  const store = await untilReady(await open());
  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 5));
  await store.append(stream, 4, drafts(stream, 5));
  await eventually('all is delivered', () => store.stats().repeated === 10);
  t.match(store.stats(), { sequenced: 10 });
  t.equal(store.head().position, 10);
  checkLinks(await store.readStream(stream));
});

await test('a checkpoint counts only when the events before it have been handled', async (t) => {
  // The client tells a checkpoint at once, past the events that are still in its buffer.
  const stream = Object.assign(new Readable({ objectMode: true, read: () => undefined }), { unsubscribe: () => Promise.resolve() });
  let filter: Parameters<typeof streamNameFilter>[0] | undefined;
  const client = {
    subscribeToAll: (options: { readonly filter: typeof filter }) => {
      filter = options.filter;
      return stream;
    },
  };
  const calls: string[] = [];
  const over = new AbortController();
  // It needs no more of a client than that.
  const following = follow(client as unknown as EventStoreDBClient, { streamNameFilter: (options) => options as never }, 'start', QUICK, over.signal, {
    onEvents: (events) => void calls.push(`${events.length} events`),
    onCheckpoint: ({ commit }) => void calls.push(`checkpoint ${commit}`),
    onCaughtUp: () => void calls.push('caught up'),
  });
  const deliver = (count: number): void => {
    for (const n of times(count)) stream.push({ event: { streamId: 'task-1', revision: BigInt(n), id: '', type: '', data: new Uint8Array(0) } });
  };
  const checkpoint = (commit: bigint): void => void filter?.checkpointReached?.(stream, { commit, prepare: commit });
  deliver(3);
  checkpoint(30n);
  deliver(1200);
  checkpoint(1230n);
  stream.emit('caughtUp');
  deliver(1);
  await eventually('all is handled', () => calls.includes('caught up'));
  over.abort();
  await following;
  t.same(calls, ['500 events', 'checkpoint 30', '500 events', '204 events', 'checkpoint 1230', 'caught up']);
});

await test('a subscription that falls silent is left and opened anew', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: { silence: 50 } }));
  await eventually('for its silence', () => store.stats().subscriptions >= 3);
  await store.close();
  double.node.faults.deliver = () => [];
  const stalled = await untilReady(await open({ mirror: 'stalled', timing: { positionsWithin: 50 } }));
  const stream = freshStream();
  t.match(await stalled.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [null, null] });
  double.node.faults.deliver = (record) => [record];
  await eventually('for what was appended and did not come', () => stalled.head().position === 2);
  t.match(stalled.stats(), { subscriptions: 2, replacedClients: 0 });
  await eventually('the one that was left is cancelled', () => double.node.openCalls() === 1);
});

await test('a follower sends an append to the leader, and a new leader is found', async (t) => {
  const { double, open } = await givenCluster(t, { nodes: 3 });
  const store = await untilReady(await open({ query: '&nodePreference=follower' }));
  const stream = freshStream();
  t.match(await store.append(stream, 'none', drafts(stream, 1)), { positions: [1] });
  const [old, next] = double.nodes;
  t.equal(old?.served()['append'], 1);
  old?.kill();
  double.elect(undefined);
  const answer = store.append(stream, 0, drafts(stream, 1));
  await eventually('nobody leads', () => store.stats().tries >= 3);
  double.elect(next);
  t.match(await answer, { revision: 1, positions: [2] });
  t.equal((await store.readStream(stream)).length, 2);
});

await test('a connection string is refused without being repeated', async (t) => {
  for (const url of ['kurrentdb://office:s3cret@127.0.0.1:2113', 'esdb://office:s3cret@127.0.0.1:port', 'esdb://office:s3cret@127.0.0.1:1?nodePreference=best'])
    try {
      await openInMemory(url);
      t.fail(url);
    } catch (error) {
      t.match(error, { message: /^the cluster's connection string cannot be read: .* was expected$/u });
      t.notMatch(JSON.stringify(error, Object.getOwnPropertyNames(error)), /s3cret/u);
    }
  await t.rejects(openInMemory('esdb://127.0.0.1:2113'), { message: 'the connection string of a secure cluster must name a user and a password' });
});
