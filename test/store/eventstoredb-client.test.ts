import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test, type Test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import { outcomeOf } from '../../src/store/eventstoredb/batch-messages.ts';
import { superviseClients } from '../../src/store/eventstoredb/clients.ts';
import { failureOf } from '../../src/store/eventstoredb/failures.ts';
import type { Delivered } from '../../src/store/eventstoredb/delivered.ts';
import { follow } from '../../src/store/eventstoredb/follow.ts';
import { readToEnd } from '../../src/store/eventstoredb/read-to-end.ts';
import { createSendOnce } from '../../src/store/eventstoredb/send-once.ts';
import { draft, drafts, freshStream } from '../contract/drafts.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import type { Double } from '../support/eventstoredb-double.ts';
import { errorStatus } from '../support/eventstoredb-double/appending.ts';
import type { AppendFate } from '../support/eventstoredb-double/faults.ts';
import { startSecured } from '../support/eventstoredb-secured.ts';
import { factsOf, givenCluster, IMPATIENT, QUICK, untilReady, type Given } from './cluster-fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { readinessOf } from '../support/english.ts';

/**
 * What the client (@eventstore/db-client 6.2.1) is known to do, and must not do to this process: one test each.
 * A rejection that nobody handles, or an exception, would end the file.
 */

const openInMemory = (url: string) => openEventStoreDbStore({ url, streamPrefixes: STREAM_PREFIXES, path: ':memory:', clock: systemClock });

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const warnings: string[] = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));

/** Appends go by one call for many, or on an older server by a call each. */
type Way = 'one call' | 'a call each';
type GivenWay = { readonly way: Way; readonly given: (options?: { readonly nodes?: number }) => Promise<Given> };

const eachWay = async (sentence: string, work: (t: Test, by: GivenWay) => Promise<void>): Promise<void> => {
  for (const way of ['one call', 'a call each'] as const)
    await test(`${sentence}; by ${way}`, (t) => {
      const given = async (options?: { readonly nodes?: number }): Promise<Given> => {
        const cluster = await givenCluster(t, options);
        if (way === 'a call each') for (const { faults } of cluster.double.nodes) faults.batch = () => 'unimplemented';
        return cluster;
      };
      return work(t, { way, given });
    });
};

/** Lets appends meet these fates, one after the other, and then be answered. */
const destine = ({ node }: Double, ...fates: readonly AppendFate[]): void => {
  const next = fates[Symbol.iterator]();
  node.faults.append = () => next.next().value ?? 'answer';
};

await test('data that has no JSON never reaches the client, which would neither answer nor let the process live', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await open();
  const stream = freshStream();
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  await t.rejects(store.append(stream, 'none', [draft(stream, { data: { amount: 1n } })]), 'a big integer');
  await t.rejects(store.append(stream, 'none', [draft(stream, { data: circular })]), 'a circle');
  t.match(double.node.served(), { append: undefined, batchAppend: undefined });
  t.match(await store.append(stream, 'none', [draft(stream)]), { revision: 0, positions: [1] });
});

await eachWay('the death of one cluster touches no append to another, though the process is the same', async (t, { way, given }) => {
  const [one, other] = [await given(), await given()];
  const [dying, healthy] = [await one.open({ timing: { retryFor: 100 } }), await other.open()];
  let hanging = 0;
  one.double.node.faults.append = () => {
    hanging += 1;
    return 'hang';
  };
  const lost = times(20).map((index) => dying.append(`task-lost-${index}`, 'none', drafts(`task-lost-${index}`, 1)));
  await eventually('appends hang', () => hanging === lost.length);
  const kept = times(100).map((index) => healthy.append(`task-kept-${index}`, 'none', drafts(`task-kept-${index}`, 1)));
  one.double.node.kill();
  for (const { status, reason } of (await Promise.allSettled(lost)) as PromiseRejectedResult[])
    t.match({ status, reason }, { status: 'rejected', reason: { name: 'StoreUnavailable' } });
  t.same(new Set((await Promise.all(kept)).flatMap(({ positions }) => positions)).size, 100);
  t.match(other.double.node.served(), way === 'one call' ? { append: undefined, batchAppend: 1 } : { append: 100 });
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
  await eventually('it is said', () =>
    /has not caught up with the cluster: Failed to discover/u.test(store.ready().reasons.map(inEnglish).join()),
  );
  t.ok(failed >= 6);
  for (const { faults } of double.nodes) faults.gossip = () => 'answer';
  t.match(await answer, { revision: 0, positions: [1] });
  await untilReady(store);
});

await eachWay('a server that keeps the connection and answers nothing keeps nobody waiting for ever', async (t, { way, given }) => {
  const { double, open } = await given();
  const { faults } = double.node;
  const store = await untilReady(await open({ timing: { ...IMPATIENT, retryFor: 500 } }));
  const stream = freshStream();
  const events = drafts(stream, 2);

  faults.append = () => 'hang';
  await t.rejects(store.append(stream, 'none', events), {
    name: 'StoreUnavailable',
    message: way === 'one call' ? /appending to task-.*no answer within/u : /appending to task-.*deadline/u,
  });
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
  t.match(readinessOf(store.ready()), { ready: false, reasons: [/^the cluster is not followed: /u] });
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

await test('a search for a node that outlasts whoever wanted one leaves no call behind', async (t) => {
  const { double } = await givenCluster(t, { nodes: 2 });
  let hanging = 0;
  for (const { faults } of double.nodes)
    faults.gossip = () => {
      hanging += 1;
      return 'hang';
    };
  const clients = superviseClients(() => EventStoreDBClient.connectionString(`${double.url}&gossipTimeout=1&discoveryInterval=5`));
  const sendOnce = await createSendOnce({
    clients,
    module: { binaryEvent },
    credentials: { username: 'none', password: 'none' },
    timing: { ...QUICK, ...IMPATIENT },
  });
  await t.rejects(sendOnce({ stream: 'task-1', expected: 'none', events: [] }), { name: 'NoAnswer', message: /^the search for a node/u });
  t.ok(hanging > 0);
  for (const { faults } of double.nodes) faults.gossip = () => 'answer';
  // What the call of nobody goes by, this does too, and comes after it.
  const found = await clients.use((client) =>
    readToEnd('nothing', { idle: 10_000, signal: new AbortController().signal }, client.readAll({ maxCount: 1 })),
  );
  t.equal(found.length, 1);
  await eventually('nothing is open', () => double.nodes.every(({ openCalls }) => openCalls() === 0));
  await clients.close();
});

await eachWay('a conflict is told rightly, also where the connection string asks for no exceptions', async (t, { given }) => {
  const { double, open } = await given();
  const store = await open({ query: '&throwOnAppendFailure=false' });
  const [stream, missing] = [freshStream(), freshStream()];
  t.match(await store.append(stream, 'none', drafts(stream, 3)), { revision: 2 });
  await t.rejects(store.append(stream, 0, drafts(stream, 1)), { name: 'WrongRevision', expected: 0, actual: 2 });
  await t.rejects(store.append(missing, 0, drafts(missing, 1)), { name: 'WrongRevision', expected: 0, actual: 'none' });

  double.node.faults.subscribe = () => 'hang';
  const other = await open({ mirror: 'other', query: '&throwOnAppendFailure=false' });
  await t.rejects(
    other.append(stream, 'none', drafts(stream, 1)),
    { name: 'WrongRevision', expected: 'none', actual: 2 },
    'by the cluster itself',
  );
});

await eachWay('whatever leaves it open whether an append was made, it is sent again with the same ids', async (t, { given }) => {
  const { double, open } = await given();
  const store = await untilReady(await open());
  const stream = freshStream();
  destine(double, 'not-ready', 'timeout', 'written-timeout', 'written-broken', 'written-ended', 'not-ready');
  double.node.faults.read = () => (double.node.served()['read'] === 1 ? 'not-ready' : 'answer');
  t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [1, 2], duplicate: false });
  t.match(store.stats(), { appends: 1, tries: 7 });
  t.equal((await store.readStream(stream)).length, 2);
});

await eachWay('an append that is refused for good is not sent again, and it is said why', async (t, { given }) => {
  const { double, open } = await given();
  const store = await untilReady(await open());
  const stream = freshStream();
  destine(double, 'too-large');
  await t.rejects(store.append(stream, 'none', drafts(stream, 1)), {
    name: 'StoreUnavailable',
    message: /^appending to task-\S+ was refused: maximum-append-size-exceeded/u,
  });
  double.node.faults.access = ({ act }) => (act === 'append' ? 'denied' : 'allowed');
  await t.rejects(store.append(stream, 'none', drafts(stream, 1)), { name: 'StoreUnavailable', message: /was refused: access-denied/u });
  double.node.faults.access = ({ act }) => (act === 'append' ? 'unknown-user' : 'allowed');
  await t.rejects(store.append(stream, 'none', drafts(stream, 1)), {
    name: 'StoreUnavailable',
    message: /was refused: .*UNAUTHENTICATED/u,
  });
  t.match(store.stats(), { appends: 0, tries: 3 });
  double.node.faults.access = () => 'allowed';
  t.match(await store.append(stream, 'none', drafts(stream, 1)), { revision: 0, positions: [1] }, 'nothing was written, and it goes on');
  double.log.tombstone(stream);
  await t.rejects(store.append(stream, 0, drafts(stream, 1)), { name: 'SourceContradiction', message: /^stream-removed at task-/u });
});

await eachWay('an answer that comes when it was given up is no second event, and no surprise', async (t, { given }) => {
  const { double, open } = await given();
  const store = await untilReady(await open({ timing: IMPATIENT }));
  const stream = freshStream();
  destine(double, 'written-late');
  t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1, positions: [1, 2] });
  t.ok(store.stats().tries >= 2);
  t.equal(store.head().position, 2);
});

await test('an append that is lost, or answered late, twice or unreadably, does not concern the others on its call', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: IMPATIENT }));
  const unlucky = freshStream();
  const fates: AppendFate[] = ['hang', 'written-late', 'written-garbled', 'written-twice'];
  double.node.faults.append = (stream) => (stream === unlucky ? fates.shift() : undefined) ?? 'answer';
  const settled = new AbortController();
  const answer = store.append(unlucky, 'none', drafts(unlucky, 2)).finally(() => settled.abort());
  const others = freshStream();
  let appended = 0;
  for (; !settled.signal.aborted; appended += 1) await store.append(others, appended === 0 ? 'none' : appended - 1, drafts(others, 1));
  t.match(await answer, { revision: 1, duplicate: false });
  t.match(await store.append(unlucky, 1, drafts(unlucky, 1)), { revision: 2 }, 'the second answer was nobody’s');
  await sleep(600); // until the late answer has come
  t.match(await store.append(unlucky, 2, drafts(unlucky, 1)), { revision: 3 });
  t.equal(store.stats().tries, store.stats().appends + 3);
  t.equal((await store.readStream(others)).length, appended);
  checkLinks(await store.readStream(unlucky));
  t.match(double.node.served(), { batchAppend: 1 }, 'there never was another call');
});

await test('when the one call breaks off in the middle all that was pending is sent again, and stands there once', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open());
  for (const [calls, end] of (['written-broken', 'written-ended', 'not-ready'] as const).entries()) {
    destine(double, 'answer', 'hang', 'hang', end);
    const streams = times(10).map(freshStream);
    const answers = await Promise.all(streams.map((stream) => store.append(stream, 'none', drafts(stream, 1))));
    t.equal(new Set(answers.flatMap(({ positions }) => positions)).size, 10, `after: ${end}`);
    t.match(double.node.served(), { batchAppend: calls + 2 }, 'one new call for all');
  }
  t.equal(store.head().position, 30);
  t.equal(double.log.all().filter(({ stream }) => stream.startsWith('task-')).length, 30);
  t.ok(store.stats().tries > 30);
});

await test('a call that falls silent is left, and opened anew on another connection when it stays silent', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open({ timing: IMPATIENT }));
  const streams = times(5).map(freshStream);
  await Promise.all(streams.map((stream) => store.append(stream, 'none', drafts(stream, 1))));
  t.equal(double.node.openCalls(), 2, 'the subscription, and the call for the appends');
  const lonely = freshStream();
  destine(double, 'hang');
  await store.append(lonely, 'none', drafts(lonely, 1));
  t.match(double.node.served(), { batchAppend: 2 }, 'another call');
  t.equal(store.stats().replacedClients, 0, 'of the same client');
  destine(double, ...times(5).map(() => 'hang' as const));
  await Promise.all(streams.map((stream) => store.append(stream, 0, drafts(stream, 1))));
  t.equal(store.head().position, 11);
  t.match(double.node.served(), { batchAppend: 3 });
  await eventually('the one that was left is cancelled', () => double.node.openCalls() === 2);
  t.equal(store.stats().replacedClients, 1, 'and the client with it');
});

await test('an older server is asked once for what it does not have', async (t) => {
  const { double, open } = await givenCluster(t);
  double.node.faults.batch = () => 'unimplemented';
  const store = await untilReady(await open());
  const stream = freshStream();
  for (const revision of times(5)) await store.append(stream, revision === 0 ? 'none' : revision - 1, drafts(stream, 1));
  t.match(double.node.served(), { batchAppend: 1, append: 5 });
  t.match(store.stats(), { appends: 5, tries: 5, replacedClients: 0 });
});

await test('behind TLS an append is its user’s, in either way', async (t) => {
  const secured = await startSecured();
  t.teardown(secured.close);
  const callers = new Set<string | undefined>();
  const { access } = secured.double.node.faults;
  secured.double.node.faults.access = (act) => {
    if (act.act === 'append') callers.add(act.user?.name);
    return access(act);
  };
  const names: readonly (readonly [string, string])[] = [
    ['by-call', 'one'],
    ['by-calls', 'other'],
  ];
  for (const [name, password] of names) {
    secured.addUser(name, { password, groups: ['$admins'], disabled: false });
    secured.double.node.faults.batch = () => (name === 'by-call' ? 'answer' : 'unimplemented');
    const store = await untilReady(await openInMemory(secured.url(name, password)));
    t.teardown(store.close);
    const stream = freshStream();
    t.match(await store.append(stream, 'none', drafts(stream, 2)), { revision: 1 });
  }
  t.same([...callers], ['by-call', 'by-calls']);
  t.match(secured.double.node.served(), { batchAppend: 2, append: 1 });
});

await test('every refusal has its meaning, and what has none leaves it open whether the append was made', async (t) => {
  const append = { stream: 'task-1', expected: 4, events: [] };
  const answered = (name: string, message = new shared.Empty()): unknown =>
    outcomeOf(
      new messages.BatchAppendResp().setError(errorStatus(codes.Code.OK, 'because', { type: name, value: message.serializeBinary() })),
      append,
    );
  for (const [name, failure] of [
    ['StreamDeleted', 'stream-deleted'],
    ['AccessDenied', 'permanent'],
    ['MaximumAppendSizeExceeded', 'permanent'],
    ['MaximumAppendEventSizeExceeded', 'permanent'],
    ['BadRequest', 'permanent'],
    ['Timeout', 'ambiguous'],
    ['Unknown', 'ambiguous'],
    ['NeverHeardOf', 'ambiguous'],
  ] as const)
    t.equal(failureOf(answered(`event_store.client.${name}`)), failure, name);
  t.match(answered('google.protobuf.Empty'), { name: 'NodeUnavailable', message: 'because' });
  t.match(answered('event_store.client.WrongExpectedVersion', new shared.WrongExpectedVersion().setCurrentStreamRevision('7')), {
    name: 'WrongRevision',
    expected: 4,
    actual: 7,
  });
  t.match(answered('event_store.client.WrongExpectedVersion'), { name: 'WrongRevision', expected: 4, actual: 'none' });
  t.equal(failureOf(outcomeOf(new messages.BatchAppendResp(), append)), 'ambiguous');
  t.equal(failureOf(outcomeOf(new messages.BatchAppendResp().setError(new statuses.Status()), append)), 'ambiguous');
});

await eachWay('whoever is left is left on the server too', async (t, { way, given }) => {
  const { double, open } = await given();
  const held = way === 'one call' ? 2 : 1;
  const store = await untilReady(await open({ timing: { readIdle: 300, retryFor: 0 } }));
  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 10));
  t.equal(double.node.openCalls(), held, 'the subscription, and a call for all appends where there is one');
  double.node.faults.read = () => 'hang';
  await t.rejects(store.readStream(stream), { name: 'StoreUnavailable' });
  await eventually('the read is cancelled', () => double.node.openCalls() === held);
  t.equal(store.stats().replacedClients, 0, 'which is not the doing of a client that was given up');
  await store.close();
  await eventually('what stood is cancelled', () => double.node.openCalls() === 0);
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
  t.same(
    Object.keys(lock.packages).filter((name) => name.endsWith('db-client')),
    ['node_modules/@eventstore/db-client'],
    'both register the same names globally',
  );
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
  t.same(
    seen,
    times(21).map((index) => index + 1),
    'without gap or repetition',
  );
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
  const call = Object.assign(new Readable({ objectMode: true, read: () => undefined }), { cancel: () => undefined });
  const calls: string[] = [];
  const over = new AbortController();
  const following = follow(async (use) => use(call), QUICK, over.signal, {
    onEvents: (events) => void calls.push(`${events.length} events`),
    onCheckpoint: ({ commit }) => void calls.push(`checkpoint ${commit}`),
    onCaughtUp: () => void calls.push('caught up'),
  });
  const tell = (told: Delivered): void => void call.push(told);
  const deliver = (count: number): void => {
    for (const revision of times(count))
      tell({
        kind: 'event',
        event: { stream: 'task-1', revision, id: '', type: '', bytes: new Uint8Array(0), position: undefined, created: 0 },
      });
  };
  tell({ kind: 'confirmed' });
  deliver(3);
  tell({ kind: 'checkpoint', position: { commit: 30n, prepare: 30n } });
  deliver(1200);
  tell({ kind: 'checkpoint', position: { commit: 1230n, prepare: 1230n } });
  tell({ kind: 'caught-up' });
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
  await eventually('the one that was left is cancelled', () => double.node.openCalls() === 2);
});

await eachWay('a follower sends an append to the leader, and a new leader is found', async (t, { way, given }) => {
  const { double, open } = await given({ nodes: 3 });
  const store = await untilReady(await open({ query: '&nodePreference=follower' }));
  const stream = freshStream();
  t.match(await store.append(stream, 'none', drafts(stream, 1)), { positions: [1] });
  const [old, next, last] = double.nodes;
  t.equal(old?.served()[way === 'one call' ? 'batchAppend' : 'append'], 1);
  old?.kill();
  double.elect(undefined);
  const answer = store.append(stream, 0, drafts(stream, 1));
  await eventually('nobody leads', () => store.stats().tries >= 3);
  double.elect(next);
  t.match(await answer, { revision: 1, positions: [2] });
  double.elect(last);
  t.match(await store.append(stream, 1, drafts(stream, 1)), { revision: 2, positions: [3] }, 'also where the one before lives on');
  t.equal((await store.readStream(stream)).length, 3);
});

await test('a connection string is refused without being repeated', async (t) => {
  for (const url of [
    'eventstore://office:s3cret@127.0.0.1:2113',
    'esdb://office:s3cret@127.0.0.1:port',
    'esdb://office:s3cret@127.0.0.1:1?nodePreference=best',
  ])
    try {
      await openInMemory(url);
      t.fail(url);
    } catch (error) {
      t.match(error, { message: /^the cluster's connection string cannot be read: .* was expected$/u });
      t.notMatch(JSON.stringify(error, Object.getOwnPropertyNames(error)), /s3cret/u);
    }
  for (const scheme of ['esdb', 'kurrentdb', 'kurrent+discover', 'kdb'])
    await t.rejects(openInMemory(`${scheme}://127.0.0.1:2113`), {
      message: 'the connection string of a secure cluster must name a user and a password',
    });
});

await test('nothing was left listening', async (t) => {
  const { double, open } = await givenCluster(t);
  const store = await untilReady(await open());
  const streams = times(20).map(freshStream);
  await Promise.all(streams.map((stream) => store.append(stream, 'none', drafts(stream, 100))));
  t.equal((await untilReady(await open({ mirror: 'other' }))).head().position, 2_000, 'faster than it is read');
  for (const stream of streams) await store.append(stream, 99, drafts(stream, 1));
  t.match(double.node.served(), { batchAppend: 1 });
  t.same(warnings, []);
});
