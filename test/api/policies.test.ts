import { test, type Test } from 'tap';
import { asPaper, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, type Answer, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** Schedules of a directive as they are adopted and shown, and what is owed under them. */

const DIRECTIVE = 'small';
const POLICIES = `/v1/directives/${DIRECTIVE}/policies`;
const WHO = { target: ['responsible'], task: ['lead'], item: ['responsible'] } as const;
const MONTHLY = { from: '2023-01', to: '2023-12', day: 25 } as const;
const DUTY = { id: 'monthly', every: 'month', from: '2023-01', to: '2023-12', due: { day: 25 } } as const;

const open = async (t: Test, at = '2023-01-12T09:00:00+08:00'): Promise<World> => {
  const world = await openWorld(t, { at });
  const heading = { id: DIRECTIVE, number: '2号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' };
  t.equal((await world.office.post('/v1/directives', heading)).status, 201);
  return world;
};

const adopt = ({ office }: World, rules: object): Promise<Answer<CommandBody & ProblemBody>> =>
  office.post(POLICIES, { effectiveFrom: '2023-01-01', ...rules }, { 'if-match': '*' });

/** What is given to a unit, without a deadline of its own. */
const assign = async (t: Test, { office }: World, id: string, more: object = {}): Promise<void> => {
  const body = { ...handTask(id), directive: DIRECTIVE, deadline: undefined, ...more };
  t.equal((await office.post('/v1/tasks', body)).status, 201);
};

type Row = { readonly period: string; readonly kind: string; readonly task: string; readonly state: string; readonly policy: number };
const owed = async (world: World, query = ''): Promise<readonly string[]> =>
  (await world.all<Row>(world.office, `/v1/obligations?directive=${DIRECTIVE}${query}`)).map(
    ({ kind, period, task, state }) => `${kind} ${period} ${task} ${state}`,
  );

type Shown = { readonly version: number; readonly duties: readonly object[]; readonly monthly: object | null };
const shown = async ({ office }: World): Promise<readonly Shown[]> => (await office.get<ListBody<Shown>>(POLICIES)).body.items;

await test('a policy is shown by its duties, and in the short form where they fit it', async (t) => {
  const world = await open(t);
  t.match(await adopt(world, { monthly: MONTHLY, annual: { year: 2023, due: '12-20' }, cutoff: '17:30' }), { status: 201 });
  t.match(await adopt(world, { duties: [DUTY], completed: 'owe' }), { status: 201 });
  const quarterly = { id: 'quarterly', every: 'quarter', from: '2023-Q1', to: '2023-Q4', due: { day: 10, offset: 1 } };
  t.match(await adopt(world, { duties: [quarterly], withdrawn: ['monthly'] }), { status: 201 });
  const due = { offset: 0, cutoff: '17:30', shift: 'none' };
  t.match(await shown(world), [
    {
      version: 1,
      monthly: MONTHLY,
      annual: { year: 2023, due: '12-20' },
      cutoff: '17:30',
      shift: 'none',
      reporters: WHO,
      completed: 'release',
      duties: [
        { ...DUTY, who: WHO, asks: 'report', due: { day: 25, ...due } },
        { id: 'annual', every: 'year', from: '2023', to: '2023', due: { date: '12-20', ...due } },
      ],
      withdrawn: [],
    },
    { version: 2, monthly: MONTHLY, annual: null, cutoff: '24:00', completed: 'owe', duties: [{ ...DUTY, name: '月报' }] },
    { version: 3, monthly: null, annual: null, cutoff: null, shift: null, reporters: null, withdrawn: ['monthly'] },
  ]);
});

await test('what was shown can be adopted again, and the two forms must not say two things', async (t) => {
  const world = await open(t);
  t.match(await adopt(world, { duties: [DUTY] }), { status: 201 });
  const [first] = await shown(world);
  const { version: _, revision: __, ...rules } = { revision: 0, ...first };
  t.match(await adopt(world, { ...rules, effectiveFrom: '2023-02-01' }), { status: 201 });
  t.match(
    (await shown(world)).map(({ monthly }) => monthly),
    [MONTHLY, MONTHLY],
  );
  for (const [field, value] of [
    ['monthly', { ...MONTHLY, day: 26 }],
    ['cutoff', '18:00'],
    ['reporters', { ...WHO, item: [] }],
    ['annual', { year: 2023, due: '12-20' }],
  ] as const)
    t.match(await adopt(world, { duties: [DUTY], [field]: value }), { status: 400, body: { errors: [{ pointer: `/${field}` }] } }, field);
});

await test('a policy that nobody can keep is refused, and its field named', async (t) => {
  const world = await open(t);
  const duty = (more: object): object => ({ duties: [{ ...DUTY, ...more }] });
  const cases: readonly (readonly [rules: object, pointer: string])[] = [
    [duty({ from: '2023-05', to: '2023-04' }), '/duties/0/to'],
    [duty({ from: '2023-Q1' }), '/duties/0/from'],
    [duty({ id: 'deadline' }), '/duties/0/id'],
    [duty({ due: { weekday: 5 } }), '/duties/0/due/weekday'],
    [duty({ due: {} }), '/duties/0/due/day'],
    [duty({ due: { day: 25, cutoff: '24:30' } }), '/duties/0/due/cutoff'],
    [duty({ due: { day: 25, shift: 'next-working-day' } }), '/duties/0/due/shift'],
    [duty({ every: 'week', from: '2023-W01', to: '2023-W53', due: { weekday: 5 } }), '/duties/0/to'],
    [{ duties: [DUTY, DUTY] }, '/duties/1/id'],
    [{ duties: [DUTY], withdrawn: ['monthly'] }, '/withdrawn/0'],
    [{ monthly: MONTHLY, shift: 'next-working-day' }, '/shift'],
    [{ monthly: { ...MONTHLY, from: '2024-01' } }, '/monthly/to'],
  ];
  for (const [rules, pointer] of cases) {
    const { status, body, text } = await adopt(world, rules);
    t.same([status, body.errors?.[0]?.pointer], [400, pointer], text);
  }
  t.same(await shown(world), []);
});

await test('duties of weeks, of themes and of plans, each with its own board', async (t) => {
  const world = await open(t);
  await assign(t, world, 'themed', { theme: { number: 3, name: '项目建设' } });
  await assign(t, world, 'plain');
  const weekly = { id: 'weekly', every: 'week', from: '2023-W03', to: '2023-W04', due: { weekday: 5 }, tasks: [{ theme: 3 }] };
  const plans = { id: 'plans', every: 'once', from: '2023-01', to: '2023-01', due: { date: '2023-01-31' }, asks: 'plan' };
  t.match(await adopt(world, { duties: [weekly, { ...DUTY, to: '2023-01' }, plans] }), { status: 201 });
  t.match(await world.unit(OWN).post('/v1/tasks/themed/reports', { period: '2023-W03', ...REPORT }), { status: 400 }, 'not begun');
  world.clock.set('2023-01-18T09:00:00+08:00');
  t.match(await world.unit(OWN).post('/v1/tasks/themed/reports', { period: '2023-W03', ...REPORT }), { status: 201 });
  const plan = { milestones: [{ title: '过半', due: '2023-06-30' }], leader: '张三', measures: '按月调度' };
  t.match(await world.unit(OWN).post('/v1/tasks/plain/plans', plan), { status: 201 });
  t.same(await owed(world, '&on=2023-02-01'), [
    'weekly 2023-W03 themed on-time',
    'monthly 2023-01 plain missing',
    'monthly 2023-01 themed missing',
    'weekly 2023-W04 themed missing',
    'plans 2023-01 plain on-time',
    'plans 2023-01 themed missing',
  ]);
  type Board = { readonly kind: string; readonly totals: Readonly<Record<string, number>> };
  const board = async (query: string): Promise<Board> =>
    (await world.office.get<Board>(`/v1/compliance?directive=${DIRECTIVE}&on=2023-02-01&${query}`)).body;
  t.match(await board('period=2023-01'), { kind: 'monthly', totals: { owed: 2, missing: 2 } }, 'the first duty that demands the period');
  t.match(await board('period=2023-01&kind=plans'), { kind: 'plans', totals: { owed: 2, onTime: 1, missing: 1 } });
  t.match(await board('period=2023-W04'), { kind: 'weekly', totals: { owed: 1, missing: 1 } });
});

await test('a duty that is withdrawn is owed no more from what is not due yet, and what fell due stays owed', async (t) => {
  const world = await open(t);
  await assign(t, world, 'one');
  t.match(await adopt(world, { monthly: { ...MONTHLY, to: '2023-03' } }), { status: 201 });
  world.clock.set('2023-02-10T09:00:00+08:00');
  t.match(await adopt(world, { effectiveFrom: '2023-02-01', monthly: null, annual: { year: 2023, due: '12-20' } }), { status: 201 });
  t.same(await owed(world), ['monthly 2023-01 one missing', 'annual 2023 one not-yet-due']);
  t.match((await shown(world))[1], { withdrawn: ['monthly'] });
  const before = ['monthly 2023-01 one missing', 'monthly 2023-02 one not-yet-due', 'monthly 2023-03 one not-yet-due'];
  t.same(await owed(world, '&kind=monthly&on=2023-02-09'), before, 'before that was received');
});

await test('what waits for the office is counted apart, and no notice names it', async (t) => {
  const world = await open(t);
  await assign(t, world, 'one');
  await assign(t, world, 'two', { assignees: [{ role: 'lead', party: OTHER }] });
  t.match(await adopt(world, { monthly: { ...MONTHLY, to: '2023-01' }, decides: 'first-accepted' }), { status: 201 });
  world.clock.set('2023-01-20T09:00:00+08:00');
  t.match(await world.unit(OWN).post('/v1/tasks/one/reports', { period: '2023-01', ...REPORT }), { status: 201 });
  world.clock.set('2023-01-27T09:00:00+08:00');
  t.same(await owed(world), ['monthly 2023-01 one awaiting', 'monthly 2023-01 two missing']);
  const board = `/v1/compliance?directive=${DIRECTIVE}&period=2023-01`;
  t.match((await world.office.get(board)).body, {
    totals: { owed: 1, onTime: 0, late: 0, missing: 1, notYetDue: 0, awaiting: 1 },
    units: [
      { unit: OWN, owed: 0, missing: 0, awaiting: 1 },
      { unit: OTHER, owed: 1, missing: 1, awaiting: 0 },
    ],
  });
  t.match((await world.office.get('/v1/tasks/one')).body, { compliance: { owed: 0, missing: 0, awaiting: 1 } });
  const taken = await world.office.post('/v1/snapshots', { directive: DIRECTIVE, period: '2023-01' });
  const drafted = await world.office.post('/v1/notices', { snapshot: taken.body.subject });
  t.match((await world.office.get(`/v1/notices/${drafted.body.subject}`)).body, { lines: [{ unit: OTHER }] });
  const report = `/v1/tasks/one/reports/${OWN}-2023-01`;
  t.match(await world.office.post(`${report}/return`, { reason: '太简' }), { status: 201 });
  t.match(await owed(world, '&task=one'), ['monthly 2023-01 one missing'], 'sent back, and not due time any more');
  t.match(await world.unit(OWN).post(`${report}/amendments`, { narrative: '补充', reason: '补充' }), { status: 201 });
  t.match(await world.office.post(`${report}/accept`), { status: 201 });
  t.match(await owed(world, '&task=one'), ['monthly 2023-01 one late']);
});

await test('a task that was verified as completed owes no more, unless the policy says so', async (t) => {
  for (const completed of ['release', 'owe'] as const) {
    const world = await open(t);
    await assign(t, world, 'one');
    t.match(await adopt(world, { monthly: { ...MONTHLY, to: '2023-03' }, completed }), { status: 201 });
    world.clock.set('2023-02-10T09:00:00+08:00');
    t.match(await world.office.post('/v1/tasks/one/completion-claims', asPaper({ evidence: '验收表' })), { status: 201 });
    t.match(
      await world.office.post('/v1/tasks/one/completion-claims/1/decision', { verified: true, reason: '核实' }, { 'if-match': '*' }),
      { status: 201 },
    );
    const january = 'monthly 2023-01 one missing';
    const later = ['monthly 2023-02 one not-yet-due', 'monthly 2023-03 one not-yet-due'];
    t.same(await owed(world), completed === 'release' ? [january] : [january, ...later], completed);
  }
});
