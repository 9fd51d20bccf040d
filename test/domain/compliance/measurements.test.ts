import { test, type Test } from 'tap';
import type { Facts, StatementFact, TaskFacts } from '../../../src/domain/compliance/facts.ts';
import { plansOwed } from '../../../src/domain/compliance/plans.ts';
import { measured, standingCounts, standings, type Standing } from '../../../src/domain/compliance/progress.ts';
import type { Policy } from '../../../src/domain/directives/events.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type ListBody, type ProblemBody, type World } from '../../support/app.ts';
import { differenceFromReplay } from './against-replay.ts';
import {
  at,
  cooperating,
  DISTRICT,
  endOf,
  facts,
  FINANCE,
  lead,
  policy,
  reportOf,
  SCIENCE,
  task,
  TASK,
  type PolicyGiven,
  type TaskGiven,
  type Version,
} from './fixtures.ts';

/** How far the work has come: plans, where tasks stand, what was measured against what is demanded. */

const says = (receivedAt: string, more: Partial<StatementFact>): Version => ({
  receivedAt: at(receivedAt),
  acceptedAt: null,
  says: { status: 'on-track', percent: null, figures: [], ...more },
});
const figures = (value: string, metric = '研发投入强度'): Pick<StatementFact, 'figures'> => ({ figures: [{ metric, value }] });

const stands = (of: Facts, on = '2024-01-31'): Standing | undefined => standings(of, endOf(on)).get(TASK);

await test('behind is who says so, or by the year’s schedule who reports less than the share of it that has passed', async (t) => {
  const table: readonly (readonly [
    period: string,
    status: StatementFact['status'],
    percent: number | null,
    declared: string | null,
    proRata: string | null,
  ])[] = [
    ['2023-01', 'on-track', 8, 'on-track', 'behind'], // 8 / 100 < 1 / 12 = 8.33 %
    ['2023-01', 'on-track', 9, 'on-track', 'on-track'],
    ['2023-03', 'ahead', 24, 'ahead', 'behind'],
    ['2023-03', 'ahead', 25, 'ahead', 'ahead'], // exactly a quarter
    ['2023-03', 'behind', 25, 'behind', 'on-track'],
    ['2023-11', 'on-track', 91, 'on-track', 'behind'], // 11 / 12 = 91.67 %
    ['2023-11', 'on-track', 92, 'on-track', 'on-track'],
    ['2023-12', 'done', 99, 'done', 'behind'],
    ['2023-12', 'done', 100, 'done', 'done'],
    ['2023', 'on-track', 99, 'on-track', 'behind'], // the year has passed at its end
    ['2023-06', 'on-track', null, 'on-track', null], // no percentage to hold against the schedule
  ];
  for (const [period, status, percent, declared, proRata] of table) {
    const under = (behind: Policy['behind']) =>
      stands(
        facts({
          policies: [policy({ behind })],
          reports: [reportOf(SCIENCE, period, says('2023-12-20T09:00:00+08:00', { status, percent }))],
        }),
      );
    const elapsed = { months: period === '2023' ? 12 : Number(period.slice(5)), of: 12 };
    const rest = { policy: 1, declared: status, percent, elapsed, unit: SCIENCE, period };
    t.strictSame(under('declared'), { state: declared, rule: 'declared', ...rest }, `${period} ${status} ${percent}`);
    t.strictSame(under('pro-rata'), { state: proRata, rule: 'pro-rata', ...rest }, `${period} ${status} ${percent} pro rata`);
  }
});

await test('the rule is that of the policy that judges the report', async (t) => {
  const switched = [policy(), policy({ version: 2, effectiveFrom: '2023-06-15', behind: 'pro-rata' })];
  const reported = (period: string) =>
    stands(facts({ policies: switched, reports: [reportOf(SCIENCE, period, says('2023-07-01T09:00:00+08:00', { percent: 30 }))] }));
  t.match(reported('2023-05'), { state: 'on-track', rule: 'declared', policy: 1 });
  t.match(reported('2023-06'), { state: 'behind', rule: 'pro-rata', policy: 2, percent: 30, elapsed: { months: 6, of: 12 } });
});

const verified = {
  claims: [at('2023-05-20T09:00:00+08:00')],
  completions: [
    {
      claimedAt: at('2023-05-20T09:00:00+08:00'),
      verifiedAt: at('2023-06-10T09:00:00+08:00'),
      reopenedAt: at('2023-09-10T09:00:00+08:00'),
    },
  ],
};

await test('where a task stands on a day is what had been said by then of the last period', async (t) => {
  const known = facts({
    tasks: [task(verified)],
    reports: [
      reportOf(
        SCIENCE,
        '2023-02',
        says('2023-02-27T09:00:00+08:00', { status: 'ahead' }),
        says('2023-08-01T09:00:00+08:00', { status: 'behind' }),
      ),
      reportOf(
        SCIENCE,
        '2023-04',
        says('2023-04-28T09:00:00+08:00', { status: 'on-track' }),
        says('2023-05-10T09:00:00+08:00', { status: 'behind' }),
      ),
      reportOf(SCIENCE, '2023-03', says('2023-07-01T09:00:00+08:00', { status: 'ahead' })),
    ],
  });
  const on = (day: string): string => {
    const { state, rule, period } = stands(known, day) ?? {};
    return `${state} ${rule} ${period}`;
  };
  t.equal(on('2023-02-26'), 'null null null');
  t.equal(on('2023-02-27'), 'ahead declared 2023-02');
  t.equal(on('2023-04-28'), 'on-track declared 2023-04');
  t.equal(on('2023-05-10'), 'behind declared 2023-04', 'amended');
  t.equal(on('2023-06-10'), 'done verified 2023-04', 'the office has verified it, whatever the report says');
  t.equal(on('2023-09-09'), 'done verified 2023-04', 'reports on earlier periods that arrive late do not speak of today');
  t.equal(on('2023-09-10'), 'behind declared 2023-04', 'reopened');
});

await test('where units say different things of one period, the task stands where the furthest behind does', async (t) => {
  const reported = (...said: readonly (readonly [unit: string, period: string, status: StatementFact['status']])[]) => {
    const { state, unit } =
      stands(
        facts({
          reports: said.map(([by, period, status], index) => reportOf(by, period, says(`2023-06-2${index}T09:00:00+08:00`, { status }))),
        }),
      ) ?? {};
    return `${state} ${unit}`;
  };
  t.equal(reported([SCIENCE, '2023-06', 'behind'], [FINANCE, '2023-06', 'ahead']), `behind ${SCIENCE}`);
  t.equal(reported([SCIENCE, '2023-06', 'done'], [FINANCE, '2023-06', 'ahead'], [DISTRICT, '2023-06', 'on-track']), `on-track ${DISTRICT}`);
  t.equal(reported([SCIENCE, '2023-06', 'ahead'], [FINANCE, '2023-06', 'ahead']), `ahead ${FINANCE}`, 'the last to say so');
  t.equal(reported([SCIENCE, '2023-05', 'behind'], [FINANCE, '2023-06', 'ahead']), `ahead ${FINANCE}`, 'an earlier period is over');
  t.equal(
    reported([SCIENCE, '2023-12', 'behind'], [FINANCE, '2023', 'ahead']),
    `behind ${SCIENCE}`,
    'December and the year close together',
  );
  t.strictSame(standingCounts(['ahead', 'on-track', 'behind', 'done', 'behind', null].map((state) => ({ state }) as Standing)), {
    ahead: 1,
    onTrack: 1,
    behind: 2,
    done: 1,
    unknown: 1,
  });
});

const INTENSITY = { metric: '研发投入强度', comparator: 'gte', target: '2.4', unit: '%' } as const;
const PATENTS = { metric: '发明专利', comparator: 'approx', target: '300', unit: '件' } as const;

await test('of every measurement the last figure of each who reported one, the newest last', async (t) => {
  const known = facts({
    tasks: [task({ measurements: [INTENSITY, PATENTS] })],
    reports: [
      reportOf(SCIENCE, '2023-03', says('2023-03-30T09:00:00+08:00', figures('2.2')), says('2023-06-05T09:00:00+08:00', figures('2.25'))),
      reportOf(SCIENCE, '2023-05', says('2023-05-29T09:00:00+08:00', figures('2.3')), says('2023-06-20T09:00:00+08:00', figures('2.45'))),
      reportOf(
        FINANCE,
        '2023-04',
        says('2023-06-10T09:00:00+08:00', {
          figures: [
            { metric: '研发投入强度', value: '2.1' },
            { metric: '发明专利', value: '280' },
            { metric: '其他', value: '1' },
          ],
        }),
      ),
      reportOf(FINANCE, '2023-06', says('2023-06-29T09:00:00+08:00', {})),
    ],
  });
  const on = (day: string): readonly string[] =>
    measured(known, endOf(day)).map(
      ({ measurement, figures: of }) =>
        `${measurement.metric}: ${of.map(({ unit, period, value }) => `${unit} ${period} ${value}`).join(', ')}`,
    );
  t.same(on('2023-03-29'), ['研发投入强度: ', '发明专利: ']);
  t.same(on('2023-05-29'), [`研发投入强度: ${SCIENCE} 2023-05 2.3`, '发明专利: ']);
  t.same(
    on('2023-06-10'),
    [`研发投入强度: ${FINANCE} 2023-04 2.1, ${SCIENCE} 2023-05 2.3`, `发明专利: ${FINANCE} 2023-04 280`],
    'by the period that is spoken of, not by arrival',
  );
  t.same(
    on('2023-06-30'),
    [`研发投入强度: ${FINANCE} 2023-04 2.1, ${SCIENCE} 2023-05 2.45`, `发明专利: ${FINANCE} 2023-04 280`],
    'a report without figures takes none away',
  );
  const merged = {
    ...known,
    units: new Map(
      [...known.units].map(([unit, of]) => [
        unit,
        unit === SCIENCE ? { ...of, mergedInto: { unit: FINANCE, from: '2023-06-15', receivedAt: 0 } } : of,
      ]),
    ),
  };
  t.match(measured(merged, endOf('2023-06-14'))[0], { figures: [{ unit: FINANCE }, { unit: SCIENCE }] });
  t.match(
    measured(merged, endOf('2023-06-15'))[0]?.figures,
    [{ unit: SCIENCE, period: '2023-05' }],
    'a successor goes on where the old unit stopped',
  );
  t.equal(measured(merged, endOf('2023-06-15'))[0]?.figures.length, 1);
});

const plan = (
  unit: string,
  submitted: string,
  decided: { readonly returned?: string; readonly accepted?: string } = {},
): NonNullable<TaskGiven['plans']>[number] => ({
  unit,
  submittedAt: at(submitted),
  returnedAt: decided.returned === undefined ? null : at(decided.returned),
  acceptedAt: decided.accepted === undefined ? null : at(decided.accepted),
});

await test('a plan is owed by each unit in a role that reports, open for ever and never late', async (t) => {
  const both = task({
    assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), cooperating(FINANCE)] }],
    plans: [
      plan(SCIENCE, '2023-02-01T09:00:00+08:00', { returned: '2023-02-05T09:00:00+08:00' }),
      plan(FINANCE, '2023-02-02T09:00:00+08:00'),
      plan(SCIENCE, '2023-02-20T09:00:00+08:00', { accepted: '2023-03-01T09:00:00+08:00' }),
    ],
  });
  const owed = (on: string, of: TaskFacts = both, rules: PolicyGiven = {}): readonly string[] =>
    plansOwed(facts({ policies: [policy(rules)], tasks: [of] }), endOf(on)).map(({ unit, state, n }) => `${unit} ${state} ${n}`);
  t.same(owed('2023-01-09'), [], 'before a policy says who reports');
  t.same(owed('2023-01-31'), [`${SCIENCE} none null`]);
  t.same(owed('2023-02-01'), [`${SCIENCE} submitted 1`]);
  t.same(owed('2023-02-05'), [`${SCIENCE} returned 1`]);
  t.same(owed('2023-02-20'), [`${SCIENCE} submitted 3`]);
  t.same(owed('2023-12-31'), [`${SCIENCE} accepted 3`]);
  t.same(owed('2023-12-31', both, { reporters: { target: [], task: ['lead', 'cooperating'], item: [] } }), [
    `${SCIENCE} accepted 3`,
    `${FINANCE} submitted 2`,
  ]);
  t.same(owed('2023-01-31', task({ pauses: [{ from: at('2023-01-20T09:00:00+08:00'), to: null }] })), [], 'not while it is suspended');
  t.same(owed('2023-06-09', task(verified)), [`${SCIENCE} none null`]);
  t.same(owed('2023-06-10', task(verified)), [], 'nor once it is done');
});

const must = async <Body>(sent: Promise<Answer<Body>>): Promise<Answer<Body>> => {
  const answer = await sent;
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
};

/** Two tasks of the science bureau, one of them with the finance bureau, and a target that only a person can judge. */
const openOffices = async (t: Pick<Test, 'teardown'>): Promise<World> => {
  const world = await openWorld(t, { seeded: false, at: '2023-01-10T10:00:00+08:00' });
  const { office } = world;
  for (const [id, name] of [
    [SCIENCE, '市科技局'],
    [FINANCE, '市财政局'],
    [DISTRICT, '湖滨区政府'],
  ])
    await must(office.post('/v1/units', { id, name }));
  await must(office.post('/v1/directives', { id: 'd', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-10' }));
  const schedule = {
    monthly: { from: '2023-01', to: '2023-12', day: 30 },
    reporters: { target: ['responsible'], task: ['lead', 'cooperating'], item: ['responsible'] },
  };
  await must(office.post('/v1/directives/d/policies', { ...schedule, behind: 'pro-rata' }));
  const assign = (id: string, kind: string, assignees: readonly object[], more: object = {}) =>
    must(office.post('/v1/tasks', { id, directive: 'd', kind, text: `${id}的工作`, assignees, ...more }));
  const theme = { number: 2, name: '创新' };
  await assign(
    't-1',
    'task',
    [
      { role: 'lead', party: SCIENCE },
      { role: 'cooperating', party: FINANCE },
    ],
    { number: 1, theme, leaders: ['杨红忠'], measurements: [INTENSITY, PATENTS] },
  );
  await assign('t-2', 'task', [{ role: 'lead', party: SCIENCE }], { number: 2, theme, measurements: [{ ...INTENSITY, comparator: 'gt' }] });
  await assign('t-3', 'target', [{ role: 'responsible', party: DISTRICT }], {
    number: 1,
    leaders: ['卫祥玉'],
    measurements: [{ metric: '环境质量', comparator: 'qualitative' }],
  });
  return world;
};

type Counted<Item, Counts> = ListBody<Item> & { readonly counts: Counts };
type Measurement = {
  readonly task: string;
  readonly metric: string;
  readonly value: string | null;
  readonly attained: boolean | null;
  readonly state: string;
  readonly reportedBy: { readonly unit: string; readonly name: string } | null;
};

const inMarch = async (t: Pick<Test, 'teardown'>): Promise<World> => {
  const world = await openOffices(t);
  world.clock.set('2023-03-28T10:00:00+08:00');
  const say = (unit: string, on: string, body: object) =>
    must(world.unit(unit).post(`/v1/tasks/${on}/reports`, { period: '2023-03', narrative: '进展', ...body }));
  await say(SCIENCE, 't-1', {
    status: 'ahead',
    percent: 40,
    measurements: [
      { metric: '研发投入强度', value: '2.4' },
      { metric: '发明专利', value: '310' },
    ],
  });
  await say(FINANCE, 't-1', { status: 'on-track', percent: 24, measurements: [{ metric: '研发投入强度', value: '2.39' }] });
  await say(SCIENCE, 't-2', { status: 'on-track', percent: 30, measurements: [{ metric: '研发投入强度', value: '2.4' }] });
  const PLAN = { milestones: [{ title: '方案', due: '2023-06-30' }], leader: '王局长', measures: '专班' };
  for (const on of ['t-1', 't-2']) await must(world.unit(SCIENCE).post(`/v1/tasks/${on}/plans`, PLAN));
  await must(world.office.post('/v1/tasks/t-1/plans/1/return', { reason: '缺节点' }));
  await must(world.unit(DISTRICT).post('/v1/tasks/t-3/plans', PLAN));
  world.clock.set('2023-03-29T10:00:00+08:00');
  await must(world.office.post('/v1/tasks/t-3/plans/1/accept', {}));
  return world;
};

await test('over HTTP: who owes a plan, with counts over all of them', async (t) => {
  const world = await inMarch(t);
  type Plan = { readonly task: string; readonly unit: string; readonly state: string };
  const plans = async (query = '', who = world.office) => (await who.get<Counted<Plan, object>>(`/v1/plans?directive=d${query}`)).body;
  const lines = ({ items }: { readonly items: readonly Plan[] }): readonly string[] =>
    items.map(({ task: of, unit, state }) => `${of} ${unit} ${state}`);
  const all = await plans();
  t.same(lines(all), [`t-3 ${DISTRICT} accepted`, `t-1 ${SCIENCE} returned`, `t-1 ${FINANCE} none`, `t-2 ${SCIENCE} submitted`]);
  const counts = { none: 1, submitted: 1, returned: 1, accepted: 1 };
  t.strictSame(all.counts, counts);
  const open = await plans('&state=none');
  t.same(lines(open), [`t-1 ${FINANCE} none`]);
  t.strictSame(open.counts, counts, 'whatever state is asked for');
  const first = await plans('&limit=1');
  t.same([lines(first), first.counts], [[`t-3 ${DISTRICT} accepted`], counts], 'on every page');
  t.same((await world.all<Plan>(world.office, '/v1/plans?directive=d', 1)).length, 4);
  t.match(await plans(`&unit=${SCIENCE}`), { counts: { none: 0, submitted: 1, returned: 1, accepted: 0 } });
  t.match(
    await plans('&task=t-3&on=2023-03-28'),
    { items: [{ state: 'submitted', n: 1, submittedAt: '2023-03-28T02:00:00.000Z', decidedAt: null }] },
    'as the day knew it',
  );
  t.match(await plans('&task=t-3'), {
    items: [{ title: 't-3的工作', kind: 'target', number: 1, name: '湖滨区政府', decidedAt: '2023-03-29T02:00:00.000Z' }],
  });
  t.same(lines(await plans('', world.unit(DISTRICT))), [`t-3 ${DISTRICT} accepted`], 'a unit sees those of its own tasks');
  t.match(await world.office.get<ProblemBody>('/v1/plans?directive=unheard-of'), {
    status: 400,
    body: { code: 'directive-unknown', errors: [{ pointer: '/directive' }] },
  });
});

await test('over HTTP: where each task stands, by theme, unit and leader', async (t) => {
  const world = await inMarch(t);
  type Line = { readonly task: string; readonly state: string | null };
  const standing = async (query = '', who = world.office) =>
    (await who.get<Counted<Line, object>>(`/v1/standings?directive=d${query}`)).body;
  const lines = ({ items }: { readonly items: readonly Line[] }): readonly string[] => items.map(({ task: of, state }) => `${of} ${state}`);
  const all = await standing();
  t.same(lines(all), ['t-3 null', 't-1 behind', 't-2 on-track'], 'the finance bureau reports 24 % when a quarter of the year has passed');
  t.strictSame(all.counts, { ahead: 0, onTrack: 1, behind: 1, done: 0, unknown: 1 });
  t.match(all.items[1], {
    rule: 'pro-rata',
    policy: 1,
    declared: 'on-track',
    percent: 24,
    elapsed: { months: 3, of: 12 },
    unit: FINANCE,
    period: '2023-03',
    responsible: [SCIENCE],
    leaders: ['杨红忠'],
    theme: { number: 2 },
  });
  t.same(lines(await standing('&state=unknown')), ['t-3 null']);
  t.same(lines(await standing('&theme=2&state=behind')), ['t-1 behind']);
  t.same(lines(await standing(`&unit=${FINANCE}`)), ['t-1 behind']);
  t.same(lines(await standing(`&leader=${encodeURIComponent('卫祥玉')}`)), ['t-3 null']);
  t.same(lines(await standing('&on=2023-03-27')), ['t-3 null', 't-1 null', 't-2 null']);
  t.same(lines(await standing('', world.unit(FINANCE))), ['t-1 behind']);
  t.match(await world.office.get('/v1/tasks/t-1'), { body: { standing: { state: 'behind', unit: FINANCE, percent: 24 } } });
  t.match(await world.office.get('/v1/tasks/t-3'), { body: { standing: { state: null, rule: null, unit: null } } });
  t.match(await world.office.get(`/v1/units/${SCIENCE}/scorecard?year=2023`), {
    body: { standing: { ahead: 0, onTrack: 1, behind: 1, done: 0, unknown: 0 } },
  });
  t.match(
    await world.office.get(`/v1/units/${FINANCE}/scorecard?year=2023`),
    { body: { standing: { behind: 0, onTrack: 0, unknown: 0 } } },
    'it leads none',
  );
});

await test('over HTTP: what was measured, by whom, and whether it attains the target', async (t) => {
  const world = await inMarch(t);
  const measurements = async (query = '', who = world.office) =>
    (await who.get<Counted<Measurement, object>>(`/v1/measurements?directive=d${query}`)).body;
  const lines = ({ items }: { readonly items: readonly Measurement[] }): readonly string[] =>
    items.map(
      ({ task: of, metric, value, attained, state, reportedBy }) =>
        `${of} ${metric} ${reportedBy?.name ?? '-'} ${value} ${attained} ${state}`,
    );
  const all = await measurements();
  t.same(lines(all), [
    't-3 环境质量 - null null not-measured',
    't-1 研发投入强度 市财政局 2.39 false not-attained',
    't-1 研发投入强度 市科技局 2.4 true attained',
    't-1 发明专利 市科技局 310 null needs-judgement', // 左右 gives no tolerance
    't-2 研发投入强度 市科技局 2.4 false not-attained', // 超过 is not 达到
  ]);
  t.strictSame(all.counts, { attained: 1, 'not-attained': 2, 'needs-judgement': 1, 'not-measured': 1 });
  t.match(all.items[2], {
    comparator: 'gte',
    target: '2.4',
    unit: '%',
    period: '2023-03',
    reportedBy: { unit: SCIENCE, report: `${SCIENCE}-2023-03`, receivedAt: '2023-03-28T02:00:00.000Z' },
  });
  t.same(lines(await measurements('&state=not-attained&task=t-2')), ['t-2 研发投入强度 市科技局 2.4 false not-attained']);
  t.same((await world.all<Measurement>(world.office, '/v1/measurements?directive=d', 2)).length, 5);
  t.same(lines(await measurements('', world.unit(DISTRICT))), ['t-3 环境质量 - null null not-measured']);

  world.clock.set('2023-06-05T10:00:00+08:00');
  const amend = { measurements: [{ metric: '研发投入强度', value: '2.5' }], reason: '数据更正' };
  await must(
    world.unit(SCIENCE).post('/v1/tasks/t-2/reports', {
      period: '2023-05',
      status: 'on-track',
      narrative: '进展',
      measurements: [{ metric: '研发投入强度', value: '2.41' }],
    }),
  );
  await must(world.unit(SCIENCE).post(`/v1/tasks/t-2/reports/${SCIENCE}-2023-03/amendments`, amend));
  const latest = async (on = '') =>
    (await world.office.get<{ readonly measurements: readonly object[] }>(`/v1/tasks/t-2${on}`)).body.measurements;
  t.strictSame(
    await latest(),
    [
      {
        metric: '研发投入强度',
        comparator: 'gt',
        target: '2.4',
        unit: '%',
        latest: { value: '2.41', unit: SCIENCE, period: '2023-05' },
        attained: true,
      },
    ],
    'of the last period, though an earlier one was amended since',
  );
  t.match(await latest('?on=2023-06-04'), [{ latest: { value: '2.4', period: '2023-03' }, attained: false }]);
  t.strictSame(await latest('?on=2023-03-27'), [{ metric: '研发投入强度', comparator: 'gt', target: '2.4', unit: '%' }]);
  world.clock.set('2023-06-06T10:00:00+08:00');
  await must(
    world
      .unit(SCIENCE)
      .post(`/v1/tasks/t-2/reports/${SCIENCE}-2023-05/amendments`, { ...amend, measurements: [{ metric: '研发投入强度', value: '2.39' }] }),
  );
  t.match(
    await latest(),
    [{ latest: { value: '2.39', period: '2023-05' }, attained: false }],
    'a figure that is amended is the one that counts',
  );
  t.match(await latest('?on=2023-06-05'), [{ latest: { value: '2.41' }, attained: true }], 'from the day on which the amendment came');
  t.equal(differenceFromReplay(world.duban().services, 'd', ['2023-03-28', '2023-06-05']), undefined);
});

await test('the notice’s own measurements stand on the board, those without a number waiting for a person', async (t) => {
  const world = await openWorld(t, { at: '2023-01-20T10:00:00+08:00' });
  const target = (n: number): string => `${SEED_DIRECTIVE}-target-${n}`;
  for (const [n, metric, value] of [
    [3, '研发投入强度', '2.4'],
    [6, '社会消费品零售总额', '8'],
    [9, '城镇调查失业率', '5.5'],
  ] as const) {
    const { body } = await world.office.get<Counted<Measurement, object>>(`/v1/measurements?directive=${SEED_DIRECTIVE}&task=${target(n)}`);
    const printed = body.items[0]?.metric ?? '';
    t.ok(printed.includes(metric), printed);
    const unit =
      (await world.office.get<{ readonly assignees: readonly { readonly party: string }[] }>(`/v1/tasks/${target(n)}`)).body.assignees[0]
        ?.party ?? '';
    await must(
      world.unit(unit).post(`/v1/tasks/${target(n)}/reports`, {
        period: '2023-01',
        status: 'on-track',
        narrative: '进展',
        measurements: [{ metric: printed, value }],
      }),
    );
  }
  const board = await world.all<Measurement>(world.office, `/v1/measurements?directive=${SEED_DIRECTIVE}&kind=target`);
  const states = (n: number): readonly string[] => board.filter(({ task: of }) => of === target(n)).map(({ state }) => state);
  t.same(states(3), ['not-attained'], '超过2.4%');
  t.same(states(6), ['needs-judgement'], '8%左右');
  t.same(states(9), ['attained'], '5.5%以内');
  t.same(states(7), ['not-measured'], '保持平稳增长');
});
