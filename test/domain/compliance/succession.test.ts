import { test } from 'tap';
import { judge } from '../../../src/domain/compliance/judge.ts';
import type { Obligation } from '../../../src/domain/compliance/obligation.ts';
import { standsFor, successorOn, type Mergers } from '../../../src/domain/roster/state.ts';
import { answersFor, carriersOn, everCarried, type Assignment, type Parties } from '../../../src/domain/tasks/assignment.ts';
import { asPaper, REPORT } from '../../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type ListBody, type ProblemBody, type World } from '../../support/app.ts';
import { differenceFromReplay } from './against-replay.ts';
import { cooperating, COUNTIES, DISTRICT, endOf, facts, FINANCE, lead, report, SCIENCE, shown, task } from './fixtures.ts';

/** A unit that is renamed or merged in mid-year: what it carried is carried on, and what was due before stays its own. */

const GRAIN = 'shi-liang-shi-ju';
const FARMING = 'shi-nong-ye-nong-cun-ju';
const REFORM = 'shi-fa-gai-wei';

const merged = (...mergers: readonly (readonly [unit: string, into: string, from: string])[]): Mergers =>
  new Map(
    [GRAIN, FARMING, REFORM, SCIENCE].map((unit) => {
      const [, into, from] = mergers.find(([each]) => each === unit) ?? [];
      return [unit, { mergedInto: into === undefined || from === undefined ? null : { unit: into, from } }];
    }),
  );

const twice = merged([GRAIN, FARMING, '2023-07-15'], [FARMING, REFORM, '2023-10-01']);

await test('a merged unit is followed by its successor from the day on, and through every merger after it', async (t) => {
  const on = (unit: string, ...days: readonly string[]): readonly string[] => days.map((day) => successorOn(twice, unit, day));
  t.same(on(GRAIN, '2023-07-14', '2023-07-15', '2023-09-30', '2023-10-01'), [GRAIN, FARMING, FARMING, REFORM]);
  t.same(on(FARMING, '2023-09-30', '2023-10-01'), [FARMING, REFORM]);
  t.same(on('unheard-of', '2023-10-01'), ['unheard-of']);
  const backwards = merged([GRAIN, FARMING, '2023-10-01'], [FARMING, REFORM, '2023-03-01']);
  t.same(
    ['2023-06-01', '2023-10-01'].map((day) => successorOn(backwards, GRAIN, day)),
    [GRAIN, REFORM],
    'into one that was merged itself by then',
  );
  t.same(
    [GRAIN, FARMING, REFORM, SCIENCE].map((other) => standsFor(twice, REFORM, other)),
    [true, true, true, false],
  );
  t.notOk(standsFor(twice, GRAIN, FARMING), 'never the other way');
});

const parties: Parties = {
  units: twice,
  collectives: new Map([[COUNTIES, { memberships: [{ from: '2023-01-01', members: [GRAIN, SCIENCE], receivedAt: 0 }] }]]),
};
const named: readonly Assignment[] = [{ receivedAt: 0, effectiveFrom: '2023-01-10', assignees: [lead(GRAIN), cooperating(FARMING)] }];
const counted: readonly Assignment[] = [{ receivedAt: 0, effectiveFrom: '2023-01-10', assignees: [lead(COUNTIES, 'collective')] }];

await test('the successor carries in the role that the old unit had, by name or as a member, once', async (t) => {
  const carriers = (of: readonly Assignment[], day: string): readonly string[] =>
    [...carriersOn(of, day, parties).units].map(([unit, role]) => `${role} ${unit}`);
  t.same(carriers(named, '2023-07-14'), [`lead ${GRAIN}`, `cooperating ${FARMING}`]);
  t.same(carriers(named, '2023-07-15'), [`lead ${FARMING}`]);
  t.same(carriers(named, '2023-10-01'), [`lead ${REFORM}`]);
  t.same(carriers(counted, '2023-08-01'), [`lead ${FARMING}`, `lead ${SCIENCE}`]);
  t.ok(everCarried(named, REFORM, parties) && everCarried(counted, FARMING, parties), 'it may read what the old unit was given');
  t.ok(everCarried(named, GRAIN, parties), 'and the old unit still may');
  t.notOk(everCarried(named, SCIENCE, parties));
});

await test('what a successor files on a day before the merger is the old unit’s, unless it carried the task itself', async (t) => {
  const owner = (of: readonly Assignment[], unit: string, day: string, dueDay: string): string =>
    answersFor(of, unit, { day, dueDays: [dueDay] }, parties);
  const alone: readonly Assignment[] = [{ receivedAt: 0, effectiveFrom: '2023-01-10', assignees: [lead(GRAIN)] }];
  t.equal(owner(alone, FARMING, '2023-07-20', '2023-06-30'), GRAIN);
  t.equal(owner(alone, FARMING, '2023-07-14', '2023-06-30'), FARMING, 'not before it has taken over');
  t.equal(owner(alone, FARMING, '2023-07-20', '2023-07-30'), FARMING);
  t.equal(owner(alone, REFORM, '2023-10-02', '2023-06-30'), GRAIN);
  t.equal(owner(alone, REFORM, '2023-10-02', '2023-08-30'), FARMING);
  t.equal(owner(named, FARMING, '2023-07-20', '2023-06-30'), FARMING);
  t.equal(owner(alone, SCIENCE, '2023-07-20', '2023-06-30'), SCIENCE);
  const ofBoth = { day: '2023-10-02', dueDays: ['2023-06-30', '2023-08-30'] };
  t.equal(answersFor(alone, FARMING, { ...ofBoth, day: '2023-07-20' }, parties), FARMING, 'what it carried itself on one of the days');
  t.equal(answersFor(alone, REFORM, ofBoth, parties), GRAIN, 'of several duties the first that it has taken over');
});

await test('due days before the merger stay with the old unit, later ones are the successor’s, settled by what either filed', async (t) => {
  const known = {
    ...facts({
      tasks: [
        task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(GRAIN), lead(FARMING)] }], originalDeadline: '2023-08-31' }),
      ],
      reports: [
        report(GRAIN, '2023-06', '2023-06-30T09:00:00+08:00'),
        report(GRAIN, '2023-07', '2023-07-10T09:00:00+08:00'),
        report(FARMING, '2023-07', '2023-07-20T09:00:00+08:00'),
        report(FARMING, '2023-09', '2023-09-20T09:00:00+08:00'),
        report(GRAIN, '2023-08', '2023-09-02T09:00:00+08:00'),
      ],
    }),
    units: new Map(
      [...twice].map(([unit, { mergedInto }]) => [unit, { names: [], mergedInto: mergedInto && { ...mergedInto, receivedAt: 0 } }]),
    ),
  };
  const { obligations } = judge(known, { at: endOf('2023-10-31'), kinds: ['monthly', 'deadline'] });
  t.same(obligations.filter(({ period }) => period >= '2023-06' && period <= '2023-10').map(shown), [
    `${GRAIN} 2023-06 on-time *`,
    `${FARMING} 2023-06 missing +123`,
    `${FARMING} 2023-07 on-time`,
    `${FARMING} 2023-08 late +3`,
    `${FARMING} 2023-09 on-time`,
    `${REFORM} 2023-10 missing +1`,
    `${FARMING} 2023-08 missing +61`,
  ]);
  t.match(
    obligations.find(({ period }) => period === '2023-07'),
    { report: `${GRAIN}-2023-07`, receivedAt: '2023-07-10T01:00:00.000Z' },
    'the earlier of the two',
  );
});

const must = async <Body>(sent: Promise<Answer<Body>>): Promise<Answer<Body>> => {
  const answer = await sent;
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
};

const at = (world: World, day: string): void => world.clock.set(`${day}T10:00:00+08:00`);
const say = (world: World, unit: string, on: string, period: string, more: object = {}) =>
  world
    .unit(unit)
    .post<ProblemBody & { readonly subject: string; readonly events: readonly { readonly id: string }[] }>(`/v1/tasks/${on}/reports`, {
      period,
      ...REPORT,
      ...more,
    });

/** Grain and farming lead: one task alone, one together, one as members of a collective; the fourth is another's. */
const openOffices = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { seeded: false, at: '2023-01-10T10:00:00+08:00' });
  const { office } = world;
  for (const [id, name] of [
    [GRAIN, '市粮食局'],
    [FARMING, '市农业农村局'],
    [SCIENCE, '市科技局'],
  ])
    await must(office.post('/v1/units', { id, name }));
  await must(office.post('/v1/collectives', { id: 'xiang-guan', name: '相关部门', members: [GRAIN, SCIENCE] }));
  await must(office.post('/v1/directives', { id: 'd', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-10' }));
  await must(office.post('/v1/directives/d/policies', { monthly: { from: '2023-05', to: '2023-08', day: 30 } }));
  const assign = (id: string, led: readonly string[], deadline: string | null) =>
    must(
      office.post('/v1/tasks', {
        id,
        directive: 'd',
        kind: 'task',
        text: `${id}的工作`,
        deadline,
        assignees: led.map((party) => ({ role: 'lead', party })),
      }),
    );
  await assign('alone', [GRAIN], '2023-06-30');
  await assign('together', [GRAIN, FARMING], '2023-12-31');
  await assign('counted', ['xiang-guan'], null);
  await assign('other', [SCIENCE], null);
  return world;
};

await test('a merger in mid-year, over HTTP: who sees, who files, who owes', async (t) => {
  const world = await openOffices(t);
  at(world, '2023-05-20');
  for (const each of ['alone', 'together', 'counted']) await must(say(world, GRAIN, each, '2023-05'));
  await must(say(world, FARMING, 'together', '2023-05'));
  await must(
    world
      .unit(GRAIN)
      .post('/v1/tasks/alone/plans', { milestones: [{ title: '方案', due: '2023-06-30' }], leader: '王局长', measures: '专班' }),
  );
  at(world, '2023-06-28');
  await must(say(world, FARMING, 'together', '2023-06'));
  at(world, '2023-07-05');
  await must(say(world, GRAIN, 'alone', '2023-07'));
  t.equal((await world.unit(FARMING).get('/v1/tasks/alone')).status, 404, 'before the merger it is as if the task were not there');

  at(world, '2023-07-10');
  await must(world.office.send('PATCH', `/v1/units/${GRAIN}`, { mergedInto: FARMING, from: '2023-07-15', reason: '机构改革' }));
  at(world, '2023-07-12');
  t.match(
    await say(world, FARMING, 'alone', '2023-06'),
    { status: 400, body: { code: 'not-assigned' } },
    'announced, but not yet taken over',
  );
  t.match(await say(world, FARMING, 'together', '2023-06', { unit: GRAIN }), {
    status: 403,
    body: { code: 'forbidden', errors: [{ pointer: '/unit' }] },
  });

  at(world, '2023-07-20');
  const june = await must(say(world, FARMING, 'alone', '2023-06'));
  t.equal(june.body.subject, `${GRAIN}-2023-06`, 'what was due before is filed for the old unit');
  const lastEvent = () => world.duban().services.store.at(world.head())?.envelope;
  t.match(
    lastEvent(),
    { type: 'ReportSubmitted.v1', actor: { role: 'unit', unit: FARMING }, data: { unit: GRAIN, report: `${GRAIN}-2023-06` } },
    'and the log says who filed it',
  );
  t.match(
    await say(world, FARMING, 'together', '2023-06'),
    { status: 409, body: { code: 'already-reported' } },
    'its own, which it has filed',
  );
  t.match(
    await say(world, FARMING, 'together', '2023-06', { unit: GRAIN }),
    { status: 201, body: { subject: `${GRAIN}-2023-06` } },
    'the old unit’s, by its name',
  );
  t.match(lastEvent(), { actor: { role: 'unit', unit: FARMING }, data: { unit: GRAIN } });
  t.match(
    await say(world, SCIENCE, 'counted', '2023-06', { unit: GRAIN }),
    { status: 403, body: { code: 'forbidden' } },
    'nobody else speaks for it',
  );
  t.equal((await say(world, SCIENCE, 'alone', '2023-06')).status, 404);
  const amendment = { percent: 50, reason: '数据更正' };
  t.match(await world.unit(FARMING).post(`/v1/tasks/alone/reports/${GRAIN}-2023-06/amendments`, amendment), { status: 201 });
  t.match(await world.unit(FARMING).post(`/v1/tasks/alone/reports/${GRAIN}-2023-05/amendments`, { ...amendment, unit: GRAIN }), {
    status: 201,
  });
  t.match(await world.unit(SCIENCE).post(`/v1/tasks/counted/reports/${GRAIN}-2023-05/amendments`, amendment), {
    status: 404,
    body: { code: 'report-unknown' },
  });
  t.match(await say(world, GRAIN, 'alone', '2023-08'), { status: 400, body: { code: 'period-not-begun' } });

  at(world, '2023-08-20');
  t.match(
    await say(world, GRAIN, 'alone', '2023-08'),
    { status: 400, body: { code: 'not-assigned' } },
    'the old unit carries nothing any more',
  );
  const filing = { period: '2023-08', entries: [{ task: 'counted', ...REPORT }] };
  t.match(await world.unit(FARMING).post('/v1/returns', filing), {
    status: 201,
    body: { entries: [{ verdict: 'recorded', report: `${FARMING}-2023-08` }] },
  });
  const earlier = { period: '2023-06', entries: [{ task: 'counted', ...REPORT }] };
  t.match(await world.unit(FARMING).post('/v1/returns', earlier), {
    status: 201,
    body: { entries: [{ verdict: 'recorded', report: `${GRAIN}-2023-06` }] },
  });
  t.match(await world.unit(FARMING).post('/v1/tasks/alone/acknowledgements', {}), { status: 201 });

  at(world, '2023-08-31');
  const owed = await world.all<Obligation>(world.office, '/v1/obligations?directive=d');
  const of = (id: string): readonly string[] => owed.filter((each) => each.task === id).map(shown);
  t.same(of('alone'), [
    `${GRAIN} 2023-05 on-time`,
    `${GRAIN} 2023-06 late +20`,
    `${FARMING} 2023-07 on-time`, // as the grain bureau had reported before it was merged
    `${FARMING} 2023-08 missing +1`,
    `${GRAIN} 2023-06 missing +62`, // the task's own deadline
  ]);
  t.same(of('together'), [
    `${GRAIN} 2023-05 on-time`,
    `${FARMING} 2023-05 on-time`,
    `${GRAIN} 2023-06 late +20`,
    `${FARMING} 2023-06 on-time`,
    `${FARMING} 2023-07 missing +32`,
    `${FARMING} 2023-08 missing +1`,
    `${FARMING} 2023-12 not-yet-due`,
  ]);
  t.same(
    of('counted').filter((line) => !line.startsWith(SCIENCE)),
    [`${GRAIN} 2023-05 on-time`, `${GRAIN} 2023-06 late +51`, `${FARMING} 2023-07 missing +32`, `${FARMING} 2023-08 on-time`],
  );

  const { body: board } = await world.unit(FARMING).get<{ readonly units: readonly object[] }>('/v1/compliance?directive=d&period=2023-06');
  t.match(
    board.units,
    [
      { unit: GRAIN, owed: 3, late: 3 },
      { unit: FARMING, owed: 1, onTime: 1 },
    ],
    'it sees the old unit’s line beside its own',
  );
  t.equal(board.units.length, 2);
  t.same(
    (await world.all<Obligation>(world.unit(FARMING), '/v1/obligations?directive=d')).length,
    owed.filter(({ unit }) => unit !== SCIENCE).length,
  );
  t.same((await world.all<Obligation>(world.unit(FARMING), `/v1/obligations?directive=d&unit=${SCIENCE}`)).length, 0);
  const scorecard = (who: string, unit: string) => world.unit(who).get(`/v1/units/${unit}/scorecard?year=2023`);
  t.match(await scorecard(FARMING, GRAIN), { status: 200, body: { unit: GRAIN, totals: { owed: 7, onTime: 3, late: 3, missing: 1 } } });
  t.match(await scorecard(FARMING, FARMING), { status: 200, body: { totals: { owed: 9 } } }, 'its own record stays its own');
  t.equal((await scorecard(SCIENCE, GRAIN)).status, 404);

  const tasks = async (query: string) =>
    (await world.all<{ readonly id: string }>(world.office, `/v1/tasks?directive=d&${query}`)).map(({ id }) => id);
  t.same(await tasks(`unit=${FARMING}&on=2023-07-14`), ['together']);
  t.same(await tasks(`unit=${FARMING}&on=2023-07-15`), ['alone', 'counted', 'together']);
  t.same(await tasks(`unit=${GRAIN}&on=2023-07-15`), []);
  t.same(
    (await world.all<{ readonly id: string }>(world.unit(FARMING), '/v1/tasks')).map(({ id }) => id),
    ['alone', 'counted', 'together'],
  );
  const assignees = async (on: string) =>
    (await world.office.get<{ readonly assignees: readonly object[] }>(`/v1/tasks/alone?on=${on}`)).body.assignees;
  t.strictSame(await assignees('2023-07-15'), [{ role: 'lead', party: GRAIN, kind: 'unit', name: '市粮食局', succeededBy: FARMING }]);
  t.strictSame(await assignees('2023-07-14'), [{ role: 'lead', party: GRAIN, kind: 'unit', name: '市粮食局' }]);
  t.match(
    await world.office.get('/v1/units?q=粮食'),
    { body: { items: [{ id: GRAIN, mergedInto: { unit: FARMING, from: '2023-07-15' } }] } },
    'found by its old name, with who took it over',
  );
  t.match(
    await world.office.get(`/v1/plans?directive=d&unit=${FARMING}&task=alone`),
    { body: { items: [{ unit: FARMING, state: 'submitted', n: 1 }] } },
    'the old unit’s plan is its successor’s',
  );
  const events = (
    await world.all<{ readonly event: { readonly type: string } }>(world.auditor, `/v1/log/events?unit=${GRAIN}&type=ReportSubmitted`)
  ).length;
  t.equal(events, 7, 'events about the old unit, whoever sent them: four of its own, three filed for it');

  t.equal(differenceFromReplay(world.duban().services, 'd', ['2023-07-14', '2023-08-31']), undefined);
  await world.duban().projector.rebuild();
  t.equal(differenceFromReplay(world.duban().services, 'd', ['2023-07-14', '2023-08-31']), undefined);
});

await test('the office enters a paper of the successor, or of the old unit, on what was due before', async (t) => {
  const world = await openOffices(t);
  at(world, '2023-07-01');
  await must(world.office.send('PATCH', `/v1/units/${GRAIN}`, { mergedInto: FARMING, from: '2023-07-15', reason: '机构改革' }));
  at(world, '2023-07-20');
  const enter = (unit: string, period: string) =>
    world.office.post('/v1/tasks/alone/reports', { ...asPaper({ period, ...REPORT }, unit), receivedAt: '2023-07-18T09:00:00+08:00' });
  t.match(await enter(FARMING, '2023-05'), { status: 201, body: { subject: `${GRAIN}-2023-05` } });
  t.match(await enter(GRAIN, '2023-06'), { status: 201, body: { subject: `${GRAIN}-2023-06` } });
  t.match(await enter(GRAIN, '2023-07'), { status: 400, body: { code: 'not-assigned' } }, 'July is due of the successor');
  t.match(await enter(FARMING, '2023-07'), { status: 201, body: { subject: `${FARMING}-2023-07` } });
});

type Named = { readonly id: string; readonly name: string };

await test('a branch of the central bank is renamed on 18 August 2023: its August report comes under a name of no notice', async (t) => {
  const world = await openWorld(t, { at: '2023-07-20T10:00:00+08:00' });
  const find = async (q: string) => (await world.office.get<ListBody<Named>>(`/v1/units?q=${encodeURIComponent(q)}`)).body.items;
  const [branch] = await find('人行三门峡市中心支行');
  if (branch === undefined) throw new Error('the notice names no branch of the central bank');
  const carried = (await world.all<Named>(world.office, `/v1/tasks?unit=${branch.id}`)).map(({ id }) => id);
  t.same(carried, [`${SEED_DIRECTIVE}-task-43`, `${SEED_DIRECTIVE}-task-96`, `${SEED_DIRECTIVE}-item-42`]);

  const ledTask = `${SEED_DIRECTIVE}-task-96`;
  await must(say(world, branch.id, ledTask, '2023-07'));
  at(world, '2023-08-18');
  const renamed = '中国人民银行三门峡市分行';
  await must(world.office.send('PATCH', `/v1/units/${branch.id}`, { name: renamed, from: '2023-08-18', reason: '机构改革,挂牌更名' }));
  at(world, '2023-08-25');
  const [found] = await find(renamed);
  t.equal(found?.id, branch.id, 'the new name finds the unit that the notice means');
  t.match(await find('中心支行'), [{ id: branch.id, name: renamed }], 'and so does the old one');
  await must(say(world, found?.id ?? '', ledTask, '2023-08'));

  at(world, '2023-09-10');
  const owed = await world.all<Obligation>(world.office, `/v1/obligations?task=${ledTask}&unit=${branch.id}`);
  t.same(owed.filter(({ period }) => period === '2023-07' || period === '2023-08').map(shown), [
    `${branch.id} 2023-07 on-time`,
    `${branch.id} 2023-08 on-time`,
  ]);
  const nameOn = async (on: string) => {
    const obligations = await world.all<Obligation>(
      world.office,
      `/v1/obligations?task=${ledTask}&unit=${branch.id}&period=2023-08&on=${on}`,
    );
    const { assignees } = (
      await world.office.get<{ readonly assignees: readonly { readonly party: string; readonly name: string }[] }>(
        `/v1/tasks/${ledTask}?on=${on}`,
      )
    ).body;
    return [obligations[0]?.name, assignees.find(({ party }) => party === branch.id)?.name];
  };
  t.same(await nameOn('2023-08-17'), [branch.name, branch.name]);
  t.same(await nameOn('2023-08-18'), [renamed, renamed]);
});

await test('without a merger nobody’s report settles what another owes', async (t) => {
  const known = facts({
    tasks: [task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE)] }] })],
    reports: [report(FINANCE, '2023-03', '2023-03-20T09:00:00+08:00'), report(DISTRICT, '2023-03', '2023-03-20T09:00:00+08:00')],
  });
  t.same(judge(known, { at: endOf('2023-03-31'), kinds: ['monthly'], period: '2023-03' }).obligations.map(shown), [
    `${SCIENCE} 2023-03 missing +1`,
  ]);
});
