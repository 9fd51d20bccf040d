import { test, type Test } from 'tap';
import { createHandler } from '../../src/application/handler.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import { openDuban, type Duban } from '../../src/main/duban.ts';
import { openWorld, SEED_DIRECTIVE, type World } from '../support/app.ts';
import { ACTS_AT, OWN, REPORT } from '../support/acts.ts';
import { countedReads, type Read } from '../support/counted-reads.ts';

/**
 * What a command loads: each stream once. Mostly of what this process knows; where the log itself is asked, which on a
 * cluster is a round trip, one load beside the other.
 */

type Counted = {
  readonly world: World;
  readonly take: () => readonly Read[];
  /** As a command that was refused on what was known is run again. */
  readonly asking: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

const openCounted = async (t: Test): Promise<Counted> => {
  let take: (() => readonly Read[]) | undefined;
  const world = await openWorld(t, {
    at: ACTS_AT,
    open: (dataDir, clock): Duban => {
      const duban = openDuban({
        dataDir,
        timeZone: 'Asia/Shanghai',
        clock,
        onError: (error) => t.fail(String(error)),
        relaxedDurability: true,
      });
      const counted = countedReads(duban.services.store);
      ({ take } = counted);
      const handler = createHandler({ store: counted.store, catalogue, clock, ids: duban.ids });
      return { ...duban, handler, services: { ...duban.services, handler, singleWriter: false } };
    },
  });
  return { world, take: () => take?.() ?? [], asking: world.duban().services.handler.certainly };
};

const streams = (reads: readonly Read[]): readonly string[] => reads.map(({ stream }) => stream).toSorted();
const seedTask = (n: number): string => `${SEED_DIRECTIVE}-task-${n}`;
const OF_DIRECTIVE = [`directive-${SEED_DIRECTIVE}`, `policy-${SEED_DIRECTIVE}`];

await test('a report loads the roster, its task, the directive and the policy once each, in two steps', async (t) => {
  const { world, take, asking } = await openCounted(t);
  const url = `/v1/tasks/${seedTask(18)}/reports`;
  const body = { ...REPORT, period: '2023-03' };
  const key = { 'idempotency-key': 'r1' };
  const first = await asking(() => world.unit(OWN).post(url, body, key));
  t.equal(first.status, 201);
  const reads = take();
  t.same(streams(reads), [...OF_DIRECTIVE, 'roster', `task-${seedTask(18)}`]);
  t.same(
    reads.map(({ after }) => after),
    [0, 0, 2, 2],
    'what needs no answer of another is asked for beside it',
  );
  const again = await asking(() => world.unit(OWN).post(url, body, key));
  t.match(again, { status: 200, body: { events: first.body.events, revision: first.body.revision } });
  t.same(streams(take()), [...OF_DIRECTIVE, 'roster', `task-${seedTask(18)}`], 'and so does its retry');
});

await test('every other act on a task loads it once', async (t) => {
  const { world, take, asking } = await openCounted(t);
  t.match(await asking(() => world.unit(OWN).post(`/v1/tasks/${seedTask(18)}/acknowledgements`)), { status: 201 });
  const reads = take();
  t.same(streams(reads), [OF_DIRECTIVE[0], 'roster', `task-${seedTask(18)}`]);
  t.same(
    reads.map(({ after }) => after),
    [0, 0, 2],
  );
});

await test('a return loads the roster once, the policy once for each directive, each task once and its own stream once', async (t) => {
  const { world, take } = await openCounted(t);
  const other = 'another';
  const made = [
    await world.office.post('/v1/directives', { id: other, number: '2号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' }),
    await world.office.post(`/v1/directives/${other}/policies`, {
      effectiveFrom: '2023-01-01',
      monthly: { from: '2023-01', to: '2023-12', day: 25 },
    }),
    await world.office.post('/v1/tasks', {
      id: 'another-task',
      directive: other,
      kind: 'task',
      text: '另一项工作',
      assignees: [{ role: 'lead', party: OWN }],
      effectiveFrom: '2023-01-10',
    }),
  ];
  t.same(
    made.map(({ status }) => status),
    [201, 201, 201],
  );
  take();
  const tasks = [seedTask(18), seedTask(19), 'another-task', seedTask(23)];
  const file = () =>
    world
      .unit(OWN)
      .post('/v1/returns', { period: '2023-03', entries: tasks.map((task) => ({ ...REPORT, task })) }, { 'idempotency-key': 'r1' });
  const filed = await file();
  t.match(filed, { status: 201, body: { entries: tasks.map(() => ({ verdict: 'recorded' })) } });
  const expected = [
    ...OF_DIRECTIVE,
    `directive-${other}`,
    `policy-${other}`,
    'roster',
    `return-${OWN}-2023-03`,
    ...tasks.map((task) => `task-${task}`),
  ].toSorted();
  const reads = take();
  t.same(streams(reads), expected);
  t.ok(
    reads.filter(({ stream }) => stream.startsWith('task-')).every(({ after }) => after < 3),
    'no task waits for the one before',
  );
  t.match(await file(), { status: 200, body: { events: filed.body.events } });
  t.same(streams(take()), expected, 'and so does its retry');
});

await test('what is accepted asked nothing of the log; before a refusal each stream is asked for once', async (t) => {
  const { world, take } = await openCounted(t);
  const url = `/v1/tasks/${seedTask(18)}/acknowledgements`;
  t.match(await world.unit(OWN).post(url), { status: 201 });
  const known = take();
  t.same(streams(known), [OF_DIRECTIVE[0], 'roster', `task-${seedTask(18)}`]);
  t.notOk(known.some(({ asked }) => asked));
  t.match(await world.unit(OWN).post(url), { status: 409, body: { code: 'already-acknowledged' } });
  t.same(streams(take().filter(({ asked }) => asked)), [OF_DIRECTIVE[0], 'roster', `task-${seedTask(18)}`]);
});
