import { test } from 'tap';
import { ACTS_AT, handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ProblemBody } from '../support/app.ts';

/** Deadlines as documents print them, beside the day that is judged; and the stages on the way. */

const terms = {
  printed: '力争三季度完成主体工程,年底前竣工',
  kind: 'period',
  precision: 'year',
  milestones: [
    { title: '主体工程', due: '2023-09-30' },
    { title: '竣工', due: '2023-12-31' },
  ],
};

await test('a deadline is shown as it was printed, and by its day where nobody said how', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const assign = (id: string, more: object) => office.post<ProblemBody>('/v1/tasks', { ...handTask(id), ...more });
  t.match(await assign('staged', { deadline: '2023-12-31', deadlineTerms: terms }), { status: 201 });
  const always = { printed: '长期坚持', kind: 'standing', precision: 'day' };
  t.match(await assign('standing', { deadline: null, deadlineTerms: always }), { status: 201 });
  await assign('dated', {});
  await assign('open', { deadline: null });

  const shown = async (id: string) => (await office.get<{ readonly deadlineTerms: object }>(`/v1/tasks/${id}`)).body.deadlineTerms;
  const due = { ...terms, milestones: terms.milestones.map((milestone) => ({ ...milestone, state: 'due' })) };
  t.same(await shown('staged'), due);
  t.same(await shown('standing'), { ...always, milestones: [] });
  t.same(await shown('dated'), { printed: '2023-10-31', kind: 'date', precision: 'day', milestones: [] });
  t.same(await shown('open'), { printed: '', kind: 'none', precision: 'day', milestones: [] });
  const deadlines = await world.all<{ readonly task: string }>(office, `/v1/deadlines?directive=${SEED_DIRECTIVE}`);
  t.match(
    deadlines.find(({ task }) => task === 'staged'),
    { deadline: '2023-12-31', deadlineTerms: due },
  );
  t.notOk(deadlines.some(({ task }) => task === 'standing'));
  const listed = await world.all<{ readonly id: string }>(office, `/v1/tasks?directive=${SEED_DIRECTIVE}`);
  t.match(
    listed.find(({ id }) => id === 'staged'),
    { deadlineTerms: terms },
  );

  const refused = (pointer: string) => ({ status: 400, body: { code: 'invalid-input', errors: [{ pointer }] } });
  t.match(await assign('bad', { deadlineTerms: { ...terms, kind: 'none' } }), refused('/deadlineTerms/kind'));
  t.match(await assign('bad', { deadline: null, deadlineTerms: { ...terms, kind: 'date' } }), refused('/deadlineTerms/kind'));
  t.match(await assign('bad', { deadlineTerms: { ...terms, kind: 'someday' } }), refused('/deadlineTerms/kind'));
  t.match(
    await assign('bad', { deadlineTerms: { ...terms, milestones: [{ title: '主体工程' }] } }),
    refused('/deadlineTerms/milestones/0/due'),
  );
});

await test('a milestone is kept by a report of its day at the latest, or by a completion before; else it is missed', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office, unit } = world;
  const milestones = [
    { title: '完成招标', due: '2023-04-20' },
    { title: '开工', due: '2023-04-30' },
    { title: '主体工程', due: '2023-09-30' },
  ];
  const deadlineTerms = { printed: '9月底前', kind: 'date', precision: 'month', milestones };
  for (const id of ['one', 'other']) await office.post('/v1/tasks', { ...handTask(id), deadlineTerms });
  const states = async (task: string, on: string): Promise<readonly string[]> => {
    type Terms = { readonly milestones: readonly { readonly state: string }[] };
    const { body } = await office.get<{ readonly deadlineTerms: Terms }>(`/v1/tasks/${task}?on=${on}`);
    const lines = await world.all<{ readonly task: string; readonly deadlineTerms: object }>(
      office,
      `/v1/deadlines?directive=${SEED_DIRECTIVE}&on=${on}`,
    );
    t.same(lines.find((line) => line.task === task)?.deadlineTerms, body.deadlineTerms, `the register says the same of ${on}`);
    return body.deadlineTerms.milestones.map(({ state }) => state);
  };
  world.clock.set('2023-04-20T23:59:59.999+08:00');
  t.match(await unit(OWN).post('/v1/tasks/one/reports', { ...REPORT, period: '2023-04', milestones: ['完成招标'] }), { status: 201 });
  world.clock.set('2023-05-01T00:00:00.000+08:00');
  const late = { milestones: ['完成招标', '开工'], reason: '补充' };
  t.match(await unit(OWN).post(`/v1/tasks/one/reports/${OWN}-2023-04/amendments`, late), { status: 201 });
  world.clock.set('2023-06-01T09:00:00.000+08:00');
  t.same(await states('one', '2023-04-19'), ['due', 'due', 'due'], 'nobody had reported yet');
  t.same(await states('one', '2023-04-20'), ['kept', 'due', 'due']);
  t.same(await states('one', '2023-04-30'), ['kept', 'due', 'due'], 'as long as its day is not over');
  t.same(await states('one', '2023-05-01'), ['kept', 'missed', 'due'], 'what is received at its end is too late');
  t.same(await states('one', '2023-06-01'), ['kept', 'missed', 'due']);
  t.same(await states('other', '2023-06-01'), ['missed', 'missed', 'due'], 'another task’s report keeps nothing');

  await unit(OWN).post('/v1/tasks/other/completion-claims', { evidence: '验收单' });
  t.match(await office.post('/v1/tasks/other/completion-claims/1/decision', { verified: true, reason: '属实' }, { 'if-match': '*' }), {
    status: 201,
  });
  t.same(await states('other', '2023-06-01'), ['missed', 'missed', 'kept'], 'what is done before keeps the rest');
});

await test('a report says which milestones are reached, of those that the task or its plans have', async (t) => {
  const { office, unit } = await openWorld(t, { at: ACTS_AT });
  t.match(await office.post('/v1/tasks', { ...handTask('staged'), deadline: '2023-12-31', deadlineTerms: terms }), { status: 201 });
  const plan = { milestones: [{ title: '完成招标', due: '2023-05-31' }], leader: '王局长', measures: '专班推进' };
  t.match(await unit(OWN).post('/v1/tasks/staged/plans', plan), { status: 201 });
  const report = (milestones: readonly string[], period = '2023-02') =>
    unit(OWN).post<ProblemBody>('/v1/tasks/staged/reports', { ...REPORT, period, milestones });
  t.match(await report(['主体工程', '通车']), {
    status: 400,
    body: { code: 'milestone-unknown', errors: [{ pointer: '/milestones/1', message: /通车/u }] },
  });
  t.match(await report(['完成招标', '主体工程']), { status: 201 });
  const at = `/v1/tasks/staged/reports/${OWN}-2023-02`;
  t.match((await office.get(at)).body, { milestones: ['完成招标', '主体工程'] });
  t.match(await unit(OWN).post(`${at}/amendments`, { milestones: ['通车'], reason: '更正' }), {
    status: 400,
    body: { code: 'milestone-unknown' },
  });
  t.match(await unit(OWN).post(`${at}/amendments`, { milestones: ['完成招标'], reason: '更正' }), { status: 201 });
  t.match((await office.get(at)).body, { milestones: ['完成招标'] });
  t.match(await unit(OWN).post('/v1/returns', { period: '2023-03', entries: [{ task: 'staged', ...REPORT, milestones: ['通车'] }] }), {
    body: { entries: [{ verdict: 'refused', code: 'milestone-unknown' }] },
  });
});
