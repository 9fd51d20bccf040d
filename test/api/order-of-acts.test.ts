import { test } from 'tap';
import { ACTS_AT, asPaper, handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type CommandBody, type ProblemBody, type World } from '../support/app.ts';
import { smallDirective } from '../importer/documents.ts';

/** Papers that the office enters in another order than they can have been written in: refused, and the field is named. */

const TASK = 'order';
const at = `/v1/tasks/${TASK}`;
const WHY = { reason: '工作需要', authority: '市长办公会' };

type Said = CommandBody & ProblemBody;
const enter = (world: World, path: string, body: object, receivedAt: string): Promise<Answer<Said>> =>
  world.office.post(path, { ...body, basis: '来文第9号', receivedAt }, { 'if-match': '*' });

const recorded = async (sent: Promise<Answer<Said>>): Promise<void> => {
  const { status, text } = await sent;
  if (status >= 300) throw new Error(`${status} ${text}`);
};

const outOfOrder = (pointer: string) => ({ status: 400, body: { code: 'date-order', errors: [{ pointer }] } });

const day = (number: number): string => `2023-03-${String(number).padStart(2, '0')}T10:00:00+08:00`;

const worldWithTask = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { at: ACTS_AT });
  await recorded(world.office.post('/v1/tasks', handTask(TASK)));
  return world;
};

await test('a paper that answers another came no earlier: the office enters it with another receipt, or not at all', async (t) => {
  const world = await worldWithTask(t);
  const report = { period: '2023-03', ...REPORT };
  const reportAt = `${at}/reports/${OWN}-2023-03`;
  const pairs = [
    ['/plans', { milestones: [{ title: '方案', due: '2023-05-31' }], leader: '李', measures: '专班' }, '/plans/1/accept', {}],
    ['/extension-requests', { until: '2023-11-30', reason: '汛期' }, '/extension-requests/1/decision', { granted: true, ...WHY }],
    ['/completion-claims', { evidence: '验收单' }, '/completion-claims/1/decision', { verified: false, reason: '核验' }],
  ] as const;
  for (const [asked, body, decided, decision] of pairs) {
    await recorded(enter(world, `${at}${asked}`, asPaper(body), day(20)));
    t.match(await enter(world, `${at}${decided}`, decision, day(19)), outOfOrder('/receivedAt'), decided);
    t.match(await enter(world, `${at}${decided}`, decision, day(20)), { status: 201 }, decided);
  }

  await recorded(enter(world, `${at}/reports`, asPaper(report), day(20)));
  const amendment = asPaper({ percent: 41, reason: '更正' });
  t.match(await enter(world, `${reportAt}/amendments`, amendment, day(19)), outOfOrder('/receivedAt'));
  await recorded(enter(world, `${reportAt}/amendments`, amendment, day(22)));
  for (const decided of ['return', 'accept'])
    t.match(
      await enter(world, `${reportAt}/${decided}`, decided === 'return' ? { reason: '补充' } : {}, day(21)),
      outOfOrder('/receivedAt'),
    );
  t.match(await enter(world, `${reportAt}/accept`, {}, day(22)), { status: 201 });

  await recorded(enter(world, `${at}/suspension`, WHY, day(23)));
  t.match(await enter(world, `${at}/resumption`, WHY, day(22)), outOfOrder('/receivedAt'));
  await recorded(enter(world, `${at}/resumption`, WHY, day(24)));
  await recorded(enter(world, `${at}/cancellation`, WHY, day(25)));
  t.match(await enter(world, `${at}/reopening`, WHY, day(24)), outOfOrder('/receivedAt'));
  t.match(await enter(world, `${at}/reopening`, WHY, day(25)), { status: 201 });
});

await test('a task is signed for when it was said or when it holds, and nothing is due before that', async (t) => {
  const world = await worldWithTask(t);
  const early = { effectiveFrom: '2023-03-10' };
  t.match(await world.office.post('/v1/tasks', { ...handTask('early'), ...early, deadline: '2023-03-09' }), outOfOrder('/deadline'));
  await recorded(world.office.post('/v1/tasks', { ...handTask('early'), ...early, deadline: '2023-03-10' }));
  const signing = '/v1/tasks/early/acknowledgements';
  t.match(await enter(world, signing, asPaper({}), day(9)), outOfOrder('/receivedAt'));
  t.match(await enter(world, signing, asPaper({}), day(10)), { status: 201 });

  const give = (effectiveFrom: string, party: string): Promise<Answer<Said>> =>
    world.office.post(`${at}/reassignments`, { assignees: [{ role: 'lead', party }], effectiveFrom, ...WHY }, { 'if-match': '*' });
  await recorded(give('2023-05-01', 'shi-cai-zheng-ju'));
  t.match(await give('2023-04-30', 'shi-jiao-yu-ju'), outOfOrder('/effectiveFrom'));
});

await test('who resumes or reopens a task may set its deadline anew, and the register says on whose authority', async (t) => {
  const world = await worldWithTask(t);
  const say = (path: string, body: object): Promise<Answer<Said>> => world.office.post(`${at}/${path}`, body, { 'if-match': '*' });
  await recorded(say('suspension', WHY));
  t.match(await say('resumption', { ...WHY, deadline: '2023-01-09' }), outOfOrder('/deadline'));
  t.match(await say('resumption', { ...WHY, deadline: '2023-11-31' }), { status: 400, body: { code: 'invalid-input' } });
  t.match(await say('resumption', { ...WHY, deadline: '2023-11-30' }), { status: 201 });
  t.match((await world.office.get(at)).body, { deadline: '2023-11-30', originalDeadline: '2023-10-31' });
  await recorded(say('cancellation', WHY));
  await recorded(say('reopening', { ...WHY, deadline: '2023-12-31' }));
  t.match((await world.office.get(at)).body, { deadline: '2023-12-31', originalDeadline: '2023-10-31' });

  type Change = { readonly kind: string; readonly before: unknown; readonly after: unknown; readonly oldDeadline: string };
  const changes = await world.all<Change>(world.office, `/v1/changes?directive=${SEED_DIRECTIVE}&task=${TASK}`, 2);
  t.match(changes, [
    { kind: 'suspension', before: null, after: null, oldDeadline: '2023-10-31' },
    { kind: 'resumption', before: null, after: null, oldDeadline: '2023-10-31' },
    { kind: 'deadline', before: '2023-10-31', after: '2023-11-30', oldDeadline: '2023-10-31', ...WHY },
    { kind: 'cancellation', before: null, after: null, oldDeadline: '2023-11-30' },
    { kind: 'reopening', before: null, after: null, oldDeadline: '2023-11-30' },
    { kind: 'deadline', before: '2023-11-30', after: '2023-12-31', oldDeadline: '2023-11-30', ...WHY },
  ]);
  t.equal(changes.length, 6);
  type Item = { readonly type: string; readonly changes: readonly { readonly path: string }[] };
  const resumed = (await world.all<Item>(world.office, `${at}/history`)).find(({ type }) => type === 'TaskResumed.v1');
  t.match(
    resumed?.changes.find(({ path }) => path === '/deadline'),
    { before: '2023-10-31', after: '2023-11-30' },
  );
});

await test('an objection is answered, a rectification verified, no earlier than it was raised and reported', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { body: taken } = await world.office.post('/v1/snapshots', { directive: SEED_DIRECTIVE, period: '2023-02', on: '2023-03-31' });
  const { body: drafted } = await world.office.post('/v1/notices', { snapshot: taken.subject });
  const notice = `/v1/notices/${drafted.subject}`;
  await recorded(world.office.post(`${notice}/issue`, { number: '三政督〔2023〕2号' }));
  await recorded(enter(world, `${notice}/objections`, asPaper({ text: '已按时报送' }), day(20)));
  const answer = { upheld: false, text: '未收到' };
  t.match(await enter(world, `${notice}/objections/1/answer`, answer, day(19)), outOfOrder('/receivedAt'));
  t.match(await enter(world, `${notice}/objections/1/answer`, answer, day(20)), { status: 201 });

  const { body: opened } = await world.office.post('/v1/inspections', {
    directive: SEED_DIRECTIVE,
    title: '一季度督查',
    plan: '现场查看',
    units: [OWN],
  });
  const inspection = `/v1/inspections/${opened.subject}`;
  const rectification = `${inspection}/rectifications/1`;
  await recorded(world.office.post(`${inspection}/findings`, { unit: OWN, text: '台账不全' }));
  await recorded(world.office.post(`${inspection}/rectifications`, { finding: 1, text: '补齐' }));
  await recorded(enter(world, `${rectification}/reports`, asPaper({ text: '已补齐' }), day(12)));
  t.match(await enter(world, `${rectification}/verification`, { done: true, text: '属实' }, day(11)), outOfOrder('/receivedAt'));
  t.match(await enter(world, `${rectification}/verification`, { done: true, text: '属实' }, day(12)), { status: 201 });
  t.match((await world.office.get(inspection)).body, { rectifications: [{ state: 'verified', rounds: [{ text: '已补齐' }] }] });
});

await test('a document that sets a deadline before its own date is imported as printed, with a finding', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2024-02-01T09:00:00+08:00' });
  const text = smallDirective({ rows: ['1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2023年12月底前 |'] });
  const { status } = await world.office.send('POST', '/v1/directives/import?commit=true', text, { 'content-type': 'text/plain' });
  t.equal(status, 201);
  t.match((await world.office.get('/v1/directives/hezhengban-2024-7/findings?kind=date-order')).body, {
    items: [{ subject: 'hezhengban-2024-7-item-1', detail: /2023-12-31/u }],
  });
  t.match((await world.office.get('/v1/tasks/hezhengban-2024-7-item-1')).body, { deadline: '2023-12-31' });
});
