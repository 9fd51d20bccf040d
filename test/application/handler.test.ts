import * as fc from 'fast-check';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { catalogue, type DubanEvent } from '../../src/domain/catalogue.ts';
import { directiveDecider, type BeginImport } from '../../src/domain/directives/decide.ts';
import { directiveFolding } from '../../src/domain/directives/state.ts';
import { createHandler, TooContended, type Handler, type Meta, type Outcome } from '../../src/application/handler.ts';
import { instantMillis } from '../../src/kernel/clock.ts';
import type { Decider } from '../../src/kernel/decider.ts';
import { MAX_EVENT_BYTES } from '../../src/kernel/envelope.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { StoreUnavailable, WrongRevision, type EventStore } from '../../src/store/event-store.ts';
import type { Loaded } from '../../src/application/stream-states.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { lead } from '../domain/compliance/fixtures.ts';
import { settableClock } from '../contract/drafts.ts';
import { temporaryDir } from '../store/temporary-dir.ts';
import { countedReads } from '../support/counted-reads.ts';
import { commands, FINANCE, SCIENCE } from '../domain/tasks/fixtures.ts';
import type { TaskCommand } from '../../src/domain/tasks/commands.ts';
import { taskDecider } from '../../src/domain/tasks/decide.ts';
import type { TaskEvent } from '../../src/domain/tasks/events.ts';
import { evolveTask, taskFolding, type TaskState } from '../../src/domain/tasks/state.ts';

const NOW = Temporal.Instant.from('2023-03-10T09:00:00+08:00');
const clock = settableClock(NOW.epochMilliseconds);
const clerk = { sub: 'clerk-1', role: 'unit', unit: SCIENCE } as const;

const handlerOf = (store: EventStore): Handler<DubanEvent> => createHandler({ store, catalogue, clock, ids: randomIds });

const meta = (more: Partial<Meta> = {}): Meta => ({ actor: clerk, receivedAt: NOW, ...more });
const keyed = (key: string, body: unknown = { key }, more: Partial<Meta> = {}): Meta => meta({ idempotency: { key, body }, ...more });

const STREAM = 'task-1';
const onTask = (handler: Handler<DubanEvent>, command: TaskCommand, how: Meta = meta(), stream = STREAM): Promise<Outcome<TaskState>> =>
  handler.handle(taskDecider, stream, command, how);

/** A store in a file of its own. `reopen` closes it and opens the same file: what a crash leaves. */
const openLog = () => {
  const dir = temporaryDir();
  const open = () => openSqliteStore({ path: join(dir.path, 'log.sqlite'), clock });
  let store = open();
  return {
    store: () => store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    close: async () => {
      await store.close();
      dir.remove();
    },
  };
};

/** A log that holds one assigned task. */
const logWithTask = async (t: Test) => {
  const log = openLog();
  t.teardown(log.close);
  const handler = handlerOf(log.store());
  await onTask(handler, commands.assign());
  return { ...log, handler, head: () => log.store().head().position };
};

const accepted = (outcome: Outcome<TaskState>) => {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const codeOf = (outcome: Outcome<unknown>): string => (outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind);

/** The stream folded anew from the store. */
const refolded = async (store: EventStore, stream = STREAM): Promise<TaskState> =>
  (await store.readStream(stream)).reduce<TaskState>(
    // The cast: a task's stream holds task events.
    (state, { envelope: { type, data, receivedat } }) =>
      evolveTask(state, catalogue.fromWire(type, data) as TaskEvent, instantMillis(receivedat)),
    null,
  );

await test('a command is recorded with who sent it, when, and on what it rests', async (t) => {
  const { handler, store } = await logWithTask(t);
  const outcome = accepted(
    await onTask(
      handler,
      commands.acknowledge(),
      meta({
        receivedAt: Temporal.Instant.from('2023-03-09T17:00:00.5+08:00'),
        occurredAt: Temporal.Instant.from('2023-03-08T10:00:00+08:00'),
        basis: '签收单',
        causation: '018f0000-0000-7000-8000-000000000009',
      }),
    ),
  );
  t.match(outcome, {
    revision: 1,
    replayed: false,
    events: [{ type: 'AssignmentAcknowledged.v1', position: 2 }],
    state: { status: 'acknowledged' },
  });
  const stored = store().at(2);
  t.match(stored?.envelope, {
    id: outcome.events[0]?.id,
    subject: STREAM,
    actor: clerk,
    receivedat: '2023-03-09T09:00:00.500Z',
    occurredat: '2023-03-08T02:00:00.000Z',
    basis: '签收单',
    causation: '018f0000-0000-7000-8000-000000000009',
    data: { unit: FINANCE },
  });
  t.notOk('requestdigest' in (stored?.envelope ?? {}), 'without an idempotency key there is no retry to tell');
});

await test('the same key and body get the first answer again, whatever happened since', async (t) => {
  const { handler, store, reopen, head } = await logWithTask(t);
  const first = accepted(await onTask(handler, commands.acknowledge(), keyed('k1')));
  await onTask(handler, commands.acknowledge({ unit: SCIENCE }));
  await onTask(handler, commands.cancel());
  const before = head();
  const again = { kind: 'accepted', events: first.events, revision: first.revision, replayed: true };
  t.match(await onTask(handler, commands.acknowledge(), keyed('k1')), again);
  t.match(await onTask(handlerOf(store()), commands.acknowledge(), keyed('k1')), again, 'from another replica');
  t.match(
    await onTask(handlerOf(await reopen()), commands.acknowledge(), keyed('k1')),
    again,
    'after a crash between the append and the answer',
  );
  t.equal(head(), before);
});

await test('a command of several events gets all of them again', async (t) => {
  const { store } = await logWithTask(t);
  const begin: BeginImport = {
    type: 'BeginImport',
    directive: 'd-1',
    number: '1号',
    title: '通知',
    issuer: '办公室',
    date: '2023-01-10',
    timeZone: 'Asia/Shanghai',
    sourceSha256: 'a'.repeat(64),
    importer: 'test/1',
    counts: {
      targets: 0,
      themes: 0,
      groups: 0,
      tasks: 0,
      items: 0,
      units: 0,
      collectives: 0,
      tasksWithCooperating: 0,
      tasksWithoutCooperating: 0,
    },
    findings: [1, 2].map((n) => ({ n, kind: 'other', subject: 'x', line: 1, detail: 'd' })),
  };
  const send = () => handlerOf(store()).handle(directiveDecider, 'directive-d-1', begin, keyed('k1'));
  const first = await send();
  t.match(first, {
    kind: 'accepted',
    revision: 2,
    events: [{ type: 'DirectiveImported.v1' }, { type: 'FindingRaised.v1' }, { type: 'FindingRaised.v1' }],
  });
  const again = await send();
  t.strictSame({ ...again, state: null }, { ...first, state: null, replayed: true });
});

await test('a key belongs to one sender, one stream and one body', async (t) => {
  const { handler, head } = await logWithTask(t);
  await onTask(handler, commands.assign(), meta(), 'task-2');
  const acknowledge = (how: Meta, unit: string, stream = STREAM) =>
    onTask(handler, commands.acknowledge({ unit }), how, stream).then(codeOf);
  t.equal(await acknowledge(keyed('k1'), FINANCE), 'accepted');
  const before = head();
  t.equal(await acknowledge(keyed('k1', { another: 'body' }), SCIENCE), 'key-reused');
  t.equal(head(), before);
  t.equal(await acknowledge(keyed('k1'), FINANCE, 'task-2'), 'accepted', 'another stream');
  t.equal(
    await acknowledge(keyed('k1', { another: 'body' }, { actor: { sub: 'clerk-2', role: 'unit', unit: SCIENCE } }), SCIENCE),
    'accepted',
    'another sender',
  );
  t.equal(
    await acknowledge(keyed('k1', { another: 'body' }, { actor: { ...clerk, unit: FINANCE } }), FINANCE, 'task-2'),
    'already-acknowledged',
    'the same person for another unit',
  );
  t.equal(await acknowledge(keyed('k1', { order: 1, of: 2 }, { actor: { sub: 'clerk-3', role: 'unit' } }), SCIENCE, 'task-2'), 'accepted');
  t.equal(
    await acknowledge(keyed('k1', { of: 2, order: 1 }, { actor: { sub: 'clerk-3', role: 'unit' } }), SCIENCE, 'task-2'),
    'accepted',
    'the same body in another order of members',
  );
});

await test('a key can be asked about before anything is done', async (t) => {
  const { handler, store } = await logWithTask(t);
  const recall = async (how: Meta, stream = STREAM) => (await handlerOf(store()).recall(taskFolding, stream, how)).key;
  t.equal(await recall(keyed('k1')), 'new');
  await onTask(handler, commands.acknowledge(), keyed('k1'));
  t.equal(await recall(keyed('k1')), 'done');
  t.equal(await recall(keyed('k1', { another: 'body' })), 'reused');
  t.equal(await recall(keyed('k2')), 'new');
  t.equal(await recall(keyed('k1'), 'task-2'), 'new');
  t.equal(await recall(meta()), 'new', 'without a key');
});

await test('a refused command leaves its key free', async (t) => {
  const { handler } = await logWithTask(t);
  t.equal(codeOf(await onTask(handler, commands.resume(), keyed('k1'))), 'task-not-suspended');
  await onTask(handler, commands.suspend());
  t.equal(codeOf(await onTask(handler, commands.resume(), keyed('k1'))), 'accepted');
});

await test('an expected revision is that of the newest event, or the command is not decided', async (t) => {
  const { handler, store, head } = await logWithTask(t);
  t.same(await onTask(handler, commands.suspend(), meta({ expected: 1 })), { kind: 'revision-mismatch', current: 0 });
  t.same(await onTask(handler, commands.suspend(), meta({ expected: 0 }), 'task-unknown'), { kind: 'revision-mismatch', current: 'none' });
  t.same(
    await onTask(handler, commands.suspend(), meta({ expected: 'none' })),
    { kind: 'revision-mismatch', current: 0 },
    'what begins a stream meets one that has begun',
  );
  t.equal(head(), 1);
  t.match(await onTask(handler, commands.assign(), meta({ expected: 'none' }), 'task-2'), { kind: 'accepted', revision: 0 });
  t.match(await onTask(handler, commands.suspend(), keyed('k1', {}, { expected: 0 })), { kind: 'accepted', revision: 1 });
  await onTask(handlerOf(store()), commands.resume());
  t.same(
    await onTask(handler, commands.cancel(), meta({ expected: 1 })),
    { kind: 'revision-mismatch', current: 2 },
    'what another replica appended counts',
  );
  t.match(
    await onTask(handler, commands.suspend(), keyed('k1', {}, { expected: 0 })),
    { kind: 'accepted', revision: 1, replayed: true },
    'a retry was in time when it was first sent',
  );
});

await test('a command with nothing to change is accepted without an event', async (t) => {
  const { handler, head } = await logWithTask(t);
  t.match(await onTask(handler, commands.changeLeaders({ leaders: ['杨红忠'] })), {
    kind: 'accepted',
    events: [],
    revision: 0,
    replayed: false,
  });
  t.equal(head(), 1);
});

/** A decider that counts how often it is asked. */
const counting = <State, Command, Event>(decider: Decider<State, Command, Event>) => {
  let decisions = 0;
  return {
    decisions: () => decisions,
    decider: {
      ...decider,
      decide: (state: State, command: Command, receivedAt: number) => {
        decisions += 1;
        return decider.decide(state, command, receivedAt);
      },
    },
  };
};

const UNITS = Array.from({ length: 20 }, (_, n) => `unit-${n}`);
const carriedByAll = commands.assign({ assignees: UNITS.map((unit) => lead(unit)) });

await test('commands that arrive together on one stream are each decided once, on the newest state', async (t) => {
  const { store } = await logWithTask(t);
  const handler = handlerOf(store());
  const counted = counting(taskDecider);
  await onTask(handler, carriedByAll, meta(), 'task-2');
  const signed = await Promise.all(UNITS.map((unit) => handler.handle(counted.decider, 'task-2', commands.acknowledge({ unit }), meta())));
  t.same(
    signed.map((outcome) => accepted(outcome).revision),
    UNITS.map((_, index) => index + 1),
    'one event each, in order of arrival',
  );
  t.equal(counted.decisions(), UNITS.length);
  const claims = await Promise.all(
    UNITS.map((unit) => handler.handle(counted.decider, 'task-2', commands.claimCompletion({ unit }), meta())),
  );
  t.same(claims.map(codeOf), ['accepted', ...UNITS.slice(1).map(() => 'already-claimed')]);
  t.strictSame((await handler.load(taskFolding, 'task-2')).state, await refolded(store(), 'task-2'));
});

const defective: typeof taskDecider = {
  ...taskDecider,
  decide: () => {
    throw new Error('a defect');
  },
};

await test('a refusal or an error does not hold up the commands behind it', async (t) => {
  const { handler } = await logWithTask(t);
  const all = await Promise.allSettled([
    handler.handle(defective, STREAM, commands.suspend(), meta()),
    onTask(handler, commands.resume()),
    onTask(handler, commands.suspend()),
    onTask(handler, commands.resume()),
  ]);
  t.match(all, [
    { status: 'rejected', reason: { message: 'a defect' } },
    { value: { kind: 'refused' } },
    { value: { kind: 'accepted', revision: 1 } },
    { value: { kind: 'accepted', revision: 2 } },
  ]);
});

await test('a race lost against another replica is decided again', async (t) => {
  const { store } = await logWithTask(t);
  const here = handlerOf(store());
  const there = handlerOf(store());
  const counted = counting(taskDecider);
  await onTask(here, carriedByAll, meta(), 'task-2');
  const send = (command: (unit: string) => TaskCommand) =>
    Promise.all(UNITS.map((unit, n) => (n % 2 === 0 ? here : there).handle(counted.decider, 'task-2', command(unit), meta())));
  const signed = await send((unit) => commands.acknowledge({ unit }));
  t.ok(signed.every(({ kind }) => kind === 'accepted'));
  t.ok(counted.decisions() > UNITS.length, `${counted.decisions()} decisions for ${UNITS.length} commands`);
  t.strictSame((await refolded(store(), 'task-2'))?.acknowledgedBy.toSorted(), UNITS.toSorted(), 'one effect each');
  const claims = await send((unit) => commands.claimCompletion({ unit }));
  t.same(claims.map(codeOf).toSorted(), ['accepted', ...UNITS.slice(1).map(() => 'already-claimed')]);
});

await test('with an expected revision a lost race is a mismatch, not another try', async (t) => {
  const { store } = await logWithTask(t);
  const outcomes = await Promise.all([
    onTask(handlerOf(store()), commands.suspend(), meta({ expected: 0 })),
    onTask(handlerOf(store()), commands.cancel(), meta({ expected: 0 })),
  ]);
  t.match(outcomes, [
    { kind: 'accepted', revision: 1 },
    { kind: 'revision-mismatch', current: 1 },
  ]);
});

await test('what was loaded for a command is not loaded again, unless the log has moved on', async (t) => {
  const { store } = await logWithTask(t);
  const counted = countedReads(store());
  const here = handlerOf(counted.store);
  const there = handlerOf(store());
  const sent = (loaded: Loaded<TaskState>, command: TaskCommand, how: Meta = meta()) =>
    here.handle(taskDecider, STREAM, command, how, loaded).then((outcome) => ({ outcome, reads: counted.take().length }));

  const first = await here.load(taskFolding, STREAM);
  counted.take();
  const suspend = keyed('k1');
  t.match(await sent(first, commands.suspend(), suspend), { outcome: { kind: 'accepted', revision: 1 }, reads: 0 });
  t.match(
    await sent(first, commands.resume()),
    { outcome: { kind: 'accepted', revision: 2 }, reads: 0 },
    'decided on what this replica did since, not on what was loaded',
  );
  t.match(
    await sent(first, commands.suspend(), suspend),
    { outcome: { kind: 'accepted', revision: 1, replayed: true }, reads: 0 },
    'a retry is known by what was loaded',
  );

  const before = await here.load(taskFolding, STREAM);
  await onTask(there, commands.suspend());
  counted.take();
  t.match(
    await sent(before, commands.changeLeaders({ leaders: ['王五'] })),
    { outcome: { kind: 'accepted', revision: 4, state: { status: 'suspended' } }, reads: 1 },
    'another replica was first: loaded, and decided again',
  );
  await onTask(there, commands.resume());
  const recalled = await here.recall(taskFolding, STREAM, suspend);
  t.equal(recalled.key, 'done');
  counted.take();
  t.match(await sent(recalled.loaded, commands.suspend()), { outcome: { kind: 'accepted', revision: 6 }, reads: 0 });

  const elsewhere = await there.load(taskFolding, STREAM);
  await onTask(there, commands.resume());
  const newest = await there.load(taskFolding, STREAM);
  t.match(await sent(newest, commands.suspend()), { outcome: { kind: 'accepted', revision: 8 }, reads: 1 }, 'what is kept is older');
  t.match(await sent(elsewhere, commands.resume(), meta({ expected: 8 })), { outcome: { kind: 'accepted', revision: 9 }, reads: 0 });
});

await test('an event over the limit is refused, and nothing of its command is written', async (t) => {
  const { handler, head } = await logWithTask(t);
  const narrative = '市'.repeat(Math.ceil(MAX_EVENT_BYTES / 3));
  const large = commands.submitReport({ body: { status: 'on-track', narrative: narrative.slice(0, 20_000) } });
  t.match(await onTask(handler, large), { kind: 'accepted' }, 'the longest narrative fits');
  const attachments = Array.from({ length: 50 }, (_, n) => ({
    sha256: 'a'.repeat(64),
    name: '件'.repeat(200) + String(n),
    size: 1,
    mediaType: 'application/pdf',
  }));
  const tooLarge = commands.submitReport({ unit: FINANCE, body: { ...large.body, attachments } });
  const before = head();
  t.match(await onTask(handler, tooLarge, keyed('k1')), {
    kind: 'refused',
    refusal: { code: 'event-too-large', detail: { values: { maxEventBytes: 61_440 } } },
  });
  t.equal(head(), before);
  t.match(await onTask(handler, commands.submitReport({ unit: FINANCE }), keyed('k1')), { kind: 'accepted', replayed: false });
});

await test('what cannot be read back is not recorded', async (t) => {
  const log = await logWithTask(t);
  const before = log.head();
  const unreadable: typeof taskDecider = {
    ...taskDecider,
    evolve: () => {
      throw new RangeError('cannot be folded');
    },
  };
  await t.rejects(log.handler.handle(unreadable, STREAM, commands.acknowledge(), meta()), /cannot be folded/u);
  t.equal(log.head(), before);
  for (const year of ['0000-01-01T00:00:00+14:00', '+010000-01-01T00:00:00Z'])
    await t.rejects(onTask(log.handler, commands.acknowledge(), meta({ receivedAt: Temporal.Instant.from(year) })), /cannot be stored/u);
  t.equal(log.head(), before);
  t.equal((await onTask(log.handler, commands.acknowledge())).kind, 'accepted', 'and what comes after is');
  t.equal(instantMillis('-000001-12-31T10:00:00.000Z'), Date.parse('-000001-12-31T10:00:00.000Z'), 'what was recorded once is read');
});

await test('an answer lost on the way is the first answer when asked for again', async (t) => {
  const { store, head } = await logWithTask(t);
  let losses = 1;
  const unreliable: EventStore = {
    ...store(),
    append: async (...args) => {
      const appended = await store().append(...args);
      if (losses-- > 0) throw new StoreUnavailable('no answer');
      return appended;
    },
  };
  const handler = handlerOf(unreliable);
  await t.rejects(onTask(handler, commands.acknowledge(), keyed('k1')), StoreUnavailable);
  t.match(await onTask(handler, commands.acknowledge(), keyed('k1')), {
    kind: 'accepted',
    revision: 1,
    events: [{ position: 2 }],
    replayed: true,
  });
  t.equal(head(), 2);
});

await test('an answer given before its events had their positions has them when asked for again', async (t) => {
  const { store } = await logWithTask(t);
  const late: EventStore = {
    ...store(),
    append: async (...call) => {
      const appended = await store().append(...call);
      return { ...appended, positions: appended.positions.map(() => null) };
    },
  };
  const handler = handlerOf(late);
  const first = accepted(await onTask(handler, commands.acknowledge(), keyed('a')));
  t.match(first, { events: [{ position: null }], replayed: false });
  t.match(accepted(await onTask(handler, commands.acknowledge(), keyed('a'))), {
    events: [{ id: first.events[0]?.id, position: 2 }],
    replayed: true,
  });
});

await test('a stream that changes at every try gives up in the end', async (t) => {
  const { store } = await logWithTask(t);
  let tries = 0;
  const contended: EventStore = {
    ...store(),
    append: (stream, expected) => {
      tries += 1;
      return Promise.reject(new WrongRevision(stream, expected, 'none'));
    },
  };
  await t.rejects(onTask(handlerOf(contended), commands.acknowledge()), TooContended);
  t.equal(tries, 16);
});

await test('the state after a command is the one that the log gives back', async (t) => {
  const { handler, store } = await logWithTask(t);
  const body = { status: 'on-track', narrative: '  三月进展。 \n' } as const;
  const outcome = accepted(await onTask(handler, commands.submitReport({ body })));
  t.strictSame(outcome.state, await refolded(store()));
  const same = commands.amendReport({ report: `${SCIENCE}-2023-03`, changes: { narrative: '三月进展。' } });
  t.equal(codeOf(await onTask(handler, same)), 'nothing-changed');
});

await test('loading gives the newest state, also of what others appended, and none of what is not there', async (t) => {
  const { handler, store } = await logWithTask(t);
  t.match(await handler.load(taskFolding, STREAM), { revision: 0, state: { status: 'assigned' } });
  await onTask(handlerOf(store()), commands.suspend());
  t.match(await handler.load(taskFolding, STREAM), { revision: 1, state: { status: 'suspended' } });
  t.same(await handler.load(taskFolding, 'task-unknown'), { revision: 'none', state: null });
  const types = { initial: [] as readonly string[], evolve: (seen: readonly string[], { type }: DubanEvent) => [...seen, type] };
  t.same(
    await handler.load(types, STREAM),
    { revision: 1, state: ['TaskAssigned', 'TaskSuspended'] },
    'each way of folding has its own state',
  );
  t.match(await handler.load(taskFolding, STREAM), { revision: 1, state: { status: 'suspended' } });
  t.same(await handler.load(directiveFolding, 'directive-unknown'), { revision: 'none', state: directiveFolding.initial });
});

const command: fc.Arbitrary<TaskCommand> = fc.oneof(
  fc.constantFrom(SCIENCE, FINANCE).map((unit) => commands.acknowledge({ unit })),
  fc
    .tuple(fc.constantFrom(SCIENCE, FINANCE), fc.constantFrom('2023-01', '2023-02'))
    .map(([unit, period]) => commands.submitReport({ unit, period })),
  fc.integer({ min: 1, max: 3 }).map((percent) => commands.amendReport({ changes: { percent } })),
  fc.constantFrom(commands.suspend(), commands.resume(), commands.cancel(), commands.reopen()),
  fc.constantFrom(
    commands.claimCompletion(),
    commands.verifyClaim(),
    commands.rejectClaim({ n: 2 }),
    commands.acceptReport(),
    commands.sendBackReport(),
  ),
  fc.constantFrom(['杨红忠'], ['万战伟'], []).map((leaders) => commands.changeLeaders({ leaders })),
  fc.constantFrom([lead(FINANCE)], [lead(SCIENCE), lead(FINANCE)]).map((assignees) => commands.reassign({ assignees })),
);

/** A command is sent so often at once; then come retries of earlier ones, named by how long ago they were sent. */
const step = fc.record({
  command,
  stream: fc.constantFrom('task-1', 'task-2'),
  atOnce: fc.integer({ min: 1, max: 3 }),
  /** Whether the stream is loaded for the command before it is handled. */
  loaded: fc.boolean(),
  retries: fc.array(fc.nat(10), { maxLength: 3 }),
  restart: fc.boolean(),
});

await test('however often and whenever a command is sent again, it has one effect and one answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const log = openLog();
      try {
        const store = log.store();
        let handlers = [handlerOf(store), handlerOf(store)];
        const send = (index: number, replica: number) => {
          const sent = steps[index];
          const handler = handlers[replica % handlers.length];
          if (sent === undefined || handler === undefined) throw new Error('no such step');
          const how = keyed(`k${index}`, sent.command);
          if (!sent.loaded) return onTask(handler, sent.command, how, sent.stream);
          return handler
            .load(taskFolding, sent.stream)
            .then((loaded) => handler.handle(taskDecider, sent.stream, sent.command, how, loaded));
        };
        for (const stream of ['task-1', 'task-2']) await onTask(handlerOf(store), commands.assign(), meta(), stream);
        const effects = new Map<number, string>();
        let events = 2;
        for (const [index, { atOnce, retries, restart }] of steps.entries()) {
          const outcomes = await Promise.all(Array.from({ length: atOnce }, (_, replica) => send(index, replica)));
          const answers = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' && outcome.events.length > 0 ? [outcome] : []));
          const [first] = answers;
          if (first !== undefined) {
            effects.set(index, JSON.stringify([first.events, first.revision]));
            events += first.events.length;
            if (outcomes.length !== answers.length || answers.filter(({ replayed }) => !replayed).length !== 1) return false;
            if (answers.some((answer) => JSON.stringify([answer.events, answer.revision]) !== effects.get(index))) return false;
          }
          if (restart) handlers = [handlerOf(store), handlerOf(store)];
          for (const ago of retries) {
            const expected = effects.get(index - ago);
            if (expected === undefined) continue;
            const again = await send(index - ago, ago);
            if (again.kind !== 'accepted' || !again.replayed || JSON.stringify([again.events, again.revision]) !== expected) return false;
          }
          if (store.head().position !== events) return false;
        }
        return true;
      } finally {
        await log.close();
      }
    }),
    { numRuns: 20 },
  );
});
