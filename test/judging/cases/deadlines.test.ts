import { test } from 'tap';
import type { ListBody } from '../../support/app.ts';
import { DECEMBER, openCounty, WHY, type County } from './county.ts';

/** docs/judging.md, rules 6, 7 and 9: deadlines, milestones, and acts out of order. */

const claim = (county: County, task: string, unit: string, receivedAt: string) =>
  county.paper(`/v1/tasks/${task}/completion-claims`, unit, { evidence: '竣工验收单' }, receivedAt);
const decide = (county: County, task: string, n: number, verified: boolean, receivedAt: string) =>
  county.office(`/v1/tasks/${task}/completion-claims/${n}/decision`, { verified, reason: '现场核验' }, receivedAt);
const ask = (county: County, task: string, unit: string, until: string, receivedAt: string) =>
  county.paper(`/v1/tasks/${task}/extension-requests`, unit, { until, reason: '汛期' }, receivedAt);
const grant = (county: County, task: string, n: number, receivedAt: string) =>
  county.office(`/v1/tasks/${task}/extension-requests/${n}/decision`, { granted: true, ...WHY }, receivedAt);

/** A task `t` of the unit `jia` with its deadline on 30 June, and nothing to report before December. */
const june = async (t: Parameters<typeof openCounty>[0], rules: object = {}): Promise<County> => {
  const county = await openCounty(t);
  await county.units('jia');
  await county.directive('d', { ...DECEMBER, ...rules });
  await county.task('d', 't', 'jia', { deadline: '2026-06-30' });
  return county;
};
const stateOn = async (county: County, on: string): Promise<string> => {
  const [row] = await county.obligations(`task=t&kind=deadline&on=${on}`);
  return row === undefined ? 'none' : `${row.due.slice(0, 10)} ${row.state} ${row.daysLate}`;
};

await test('a claim that came in time awaits the office, which names nobody for its own delay', async (t) => {
  const county = await june(t);
  await claim(county, 't', 'jia', '2026-06-28T10:00:00+08:00');
  t.equal(await stateOn(county, '2026-06-27'), '2026-07-01 not-yet-due 0');
  t.equal(await stateOn(county, '2026-07-05'), '2026-07-01 awaiting 0');
  t.same(await county.named({ directive: 'd', on: '2026-07-05' }), []);
  t.match(await county.board('directive=d&period=2026-06&kind=deadline&on=2026-07-05'), { totals: { owed: 0, awaiting: 1, missing: 0 } });
  t.same(
    (await county.get<ListBody<{ readonly state: string }>>('/v1/deadlines?directive=d&on=2026-07-05')).items.map(({ state }) => state),
    ['awaiting'],
  );
  await decide(county, 't', 1, true, '2026-07-15T10:00:00+08:00');
  t.equal(await stateOn(county, '2026-07-20'), '2026-07-01 on-time 0');
  t.equal(await stateOn(county, '2026-07-05'), '2026-07-01 awaiting 0', 'and on 5 July it waited still');
});

await test('a claim that was rejected kept nothing; the next one counts by its own receipt', async (t) => {
  const county = await june(t);
  await claim(county, 't', 'jia', '2026-06-28T10:00:00+08:00');
  await decide(county, 't', 1, false, '2026-07-02T10:00:00+08:00');
  await claim(county, 't', 'jia', '2026-07-03T00:00:00+08:00');
  t.equal(await stateOn(county, '2026-07-02'), '2026-07-01 missing 2');
  t.equal(await stateOn(county, '2026-07-05'), '2026-07-01 missing 5', 'what came too late does not wait for anybody');
  await decide(county, 't', 2, true, '2026-07-15T10:00:00+08:00');
  t.equal(await stateOn(county, '2026-07-20'), '2026-07-01 late 3');
});

await test('more time granted before the end moves the deadline, to the last millisecond', async (t) => {
  const county = await june(t);
  await ask(county, 't', 'jia', '2026-07-31', '2026-06-20T10:00:00+08:00');
  t.equal(await stateOn(county, '2026-07-05'), '2026-07-01 awaiting 0', 'asked in time and not decided, the office is asked');
  await grant(county, 't', 1, '2026-06-30T23:59:59.999+08:00');
  t.equal(await stateOn(county, '2026-06-29'), '2026-07-01 awaiting 0');
  t.equal(await stateOn(county, '2026-07-05'), '2026-08-01 not-yet-due 0');
  t.equal(await stateOn(county, '2026-08-02'), '2026-08-01 missing 2');
});

await test('granted too late it excuses for as long as it lasts, counts or does nothing, as the policy says', async (t) => {
  for (const [lateExtensions, right] of [
    ['excuse', ['2026-07-01 excused 0', '2026-07-01 missing 32', '2026-07-01 late 33']],
    ['ignore', ['2026-07-01 missing 20', '2026-07-01 missing 32', '2026-07-01 late 33']],
    ['count', ['2026-08-01 not-yet-due 0', '2026-08-01 missing 1', '2026-08-01 late 2']],
  ] as const) {
    const county = await june(t, { lateExtensions });
    await ask(county, 't', 'jia', '2026-07-31', '2026-06-20T10:00:00+08:00');
    await grant(county, 't', 1, '2026-07-10T10:00:00+08:00');
    await claim(county, 't', 'jia', '2026-08-02T10:00:00+08:00');
    await decide(county, 't', 1, true, '2026-08-10T10:00:00+08:00');
    t.same(
      [await stateOn(county, '2026-07-20'), await stateOn(county, '2026-08-01'), await stateOn(county, '2026-08-15')],
      right,
      lateExtensions,
    );
  }
});

await test('a deadline that passed while the task was suspended is waived; the resumption may name another', async (t) => {
  const county = await june(t);
  await county.office('/v1/tasks/t/suspension', WHY, '2026-06-30T23:59:59.999+08:00');
  await county.office('/v1/tasks/t/resumption', { ...WHY, deadline: '2026-09-30' }, '2026-08-01T10:00:00+08:00');
  t.equal(await stateOn(county, '2026-06-30'), '2026-07-01 waived 0');
  t.equal(await stateOn(county, '2026-07-05'), '2026-07-01 waived 0');
  t.equal(await stateOn(county, '2026-08-02'), '2026-10-01 not-yet-due 0');
  t.equal(await stateOn(county, '2026-10-02'), '2026-10-01 missing 2');
});

await test('a claim that nobody has verified is no completion, also where the deadline was waived', async (t) => {
  const county = await june(t);
  await claim(county, 't', 'jia', '2026-06-10T10:00:00+08:00');
  await county.office('/v1/tasks/t/suspension', WHY, '2026-06-20T10:00:00+08:00');
  const listed = async () =>
    (await county.get<ListBody<{ readonly state: string; readonly completedAt: string | null }>>('/v1/deadlines?directive=d')).items.map(
      ({ state, completedAt }) => ({ state, completedAt }),
    );
  t.same(await listed(), [{ state: 'waived', completedAt: null }]);
});

await test('what had been kept stays kept when it is undone later; undone in time it must be kept again', async (t) => {
  const later = await june(t);
  await claim(later, 't', 'jia', '2026-06-10T10:00:00+08:00');
  await decide(later, 't', 1, true, '2026-06-12T10:00:00+08:00');
  await later.office('/v1/tasks/t/reopening', WHY, '2026-07-01T00:00:00+08:00');
  t.equal(await stateOn(later, '2026-07-05'), '2026-07-01 on-time 0');
  const before = await june(t);
  await claim(before, 't', 'jia', '2026-06-10T10:00:00+08:00');
  await decide(before, 't', 1, true, '2026-06-12T10:00:00+08:00');
  await before.office('/v1/tasks/t/reopening', WHY, '2026-06-30T23:59:59.999+08:00');
  t.equal(await stateOn(before, '2026-06-29'), '2026-07-01 on-time 0');
  t.equal(await stateOn(before, '2026-07-05'), '2026-07-01 missing 5');
  const anew = await june(t);
  await claim(anew, 't', 'jia', '2026-06-10T10:00:00+08:00');
  await decide(anew, 't', 1, true, '2026-06-12T10:00:00+08:00');
  await anew.office('/v1/tasks/t/reopening', { ...WHY, deadline: '2026-08-31' }, '2026-07-10T10:00:00+08:00');
  t.equal(await stateOn(anew, '2026-07-05'), '2026-07-01 on-time 0');
  t.equal(await stateOn(anew, '2026-09-02'), '2026-09-01 missing 2');
});

await test('handed on after its end, a deadline stays with who had it', async (t) => {
  const county = await june(t);
  await county.units('yi');
  await county.office(
    '/v1/tasks/t/reassignments',
    { assignees: [{ role: 'lead', party: 'yi' }], effectiveFrom: '2026-06-01', ...WHY },
    '2026-07-01T00:00:00+08:00',
  );
  t.same(await county.rows('task=t&kind=deadline&on=2026-07-05').then((rows) => rows.map((row) => row.split(' ')[0])), ['jia']);
});

await test('an act is not received before what it follows from', async (t) => {
  const county = await june(t);
  await ask(county, 't', 'jia', '2026-07-31', '2026-07-05T10:00:00+08:00');
  t.equal(
    await county.refused('/v1/tasks/t/extension-requests/1/decision', { granted: true, ...WHY }, '2026-06-29T10:00:00+08:00'),
    'date-order',
    'a grant before its request',
  );
  await county.task('d', 's', 'jia');
  await claim(county, 's', 'jia', '2026-06-20T10:00:00+08:00');
  t.equal(
    await county.refused('/v1/tasks/s/completion-claims/1/decision', { verified: true, reason: '核验' }, '2026-06-01T10:00:00+08:00'),
    'date-order',
    'a verification before its claim',
  );
  await county.task('d', 'v', 'jia');
  await county.office('/v1/tasks/v/suspension', WHY, '2026-05-10T18:00:00+08:00');
  t.equal(
    await county.refused('/v1/tasks/v/resumption', WHY, '2026-04-01T09:00:00+08:00'),
    'date-order',
    'a resumption before its suspension',
  );
  await county.office('/v1/tasks/v/cancellation', WHY, '2026-05-12T18:00:00+08:00');
  t.equal(
    await county.refused('/v1/tasks/v/reopening', WHY, '2026-05-11T09:00:00+08:00'),
    'date-order',
    'a reopening before its cancellation',
  );
});

await test('a milestone is kept by a report that names it in time, or by completion', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  await county.directive('d', { monthly: { from: '2026-05', to: '2026-12', day: 30 } });
  const milestones = [
    { title: '开工', due: '2026-05-31' },
    { title: '封顶', due: '2026-08-31' },
    { title: '竣工', due: '2026-10-31' },
  ];
  await county.task('d', 't', 'jia', {
    deadline: '2026-12-31',
    deadlineTerms: { printed: '年底前', kind: 'date', precision: 'year', milestones },
  });
  await county.report('t', 'jia', '2026-05', '2026-05-31T23:59:59.999+08:00', { milestones: ['开工'] });
  await county.report('t', 'jia', '2026-08', '2026-09-01T00:00:00+08:00', { milestones: ['封顶'] });
  await claim(county, 't', 'jia', '2026-10-31T23:59:59.999+08:00');
  await decide(county, 't', 1, true, '2026-11-10T10:00:00+08:00');
  const statesOn = async (on: string): Promise<readonly string[]> => {
    const { deadlineTerms } = await county.get<{
      readonly deadlineTerms: { readonly milestones: readonly { readonly title: string; readonly state: string }[] };
    }>(`/v1/tasks/t?on=${on}`);
    return deadlineTerms.milestones.map(({ title, state }) => `${title} ${state}`);
  };
  t.same(await statesOn('2026-05-30'), ['开工 due', '封顶 due', '竣工 due']);
  t.same(await statesOn('2026-05-31'), ['开工 kept', '封顶 due', '竣工 due']);
  t.same(await statesOn('2026-09-10'), ['开工 kept', '封顶 missed', '竣工 due']);
  t.same(await statesOn('2026-11-09'), ['开工 kept', '封顶 missed', '竣工 missed'], 'until the claim is verified, nothing was completed');
  t.same(await statesOn('2026-11-10'), ['开工 kept', '封顶 missed', '竣工 kept']);
});

await test('a unit is told of milestones by its own reports, and those of a plan are shown with it', async (t) => {
  const county = await openCounty(t, '2026-06-20T09:00:00+08:00');
  await county.units('jia', 'yi');
  await county.directive('d', { monthly: { from: '2026-05', to: '2026-12', day: 30 } });
  await county.task('d', 't', 'jia', {
    assignees: [
      { role: 'lead', party: 'jia' },
      { role: 'responsible', party: 'yi' },
    ],
    deadline: '2026-12-31',
    deadlineTerms: { printed: '年底前', kind: 'date', precision: 'year', milestones: [{ title: '开工', due: '2026-05-31' }] },
  });
  const plan = { milestones: [{ title: '勘察', due: '2026-05-20' }], leader: '张三', measures: '专班推进' };
  await county.paper('/v1/tasks/t/plans', 'jia', plan, '2026-05-02T09:00:00+08:00');
  await county.report('t', 'jia', '2026-05', '2026-05-15T09:00:00+08:00', { milestones: ['开工', '勘察'] });

  type Milestones = readonly { readonly title: string; readonly state: string }[];
  const said = (milestones: Milestones): readonly string[] => milestones.map(({ title, state }) => `${title} ${state}`);
  const seenBy = async ({ get }: Pick<typeof county.world.office, 'get'>) => {
    const task = (await get<{ readonly deadlineTerms: { readonly milestones: Milestones } }>('/v1/tasks/t')).body;
    const plans = (await get<ListBody<{ readonly unit: string; readonly milestones: Milestones }>>('/v1/plans?directive=d')).body;
    return [said(task.deadlineTerms.milestones), ...plans.items.map(({ unit, milestones }) => [unit, ...said(milestones)])];
  };
  t.same(await seenBy(county.world.office), [['开工 kept'], ['jia', '勘察 kept'], ['yi']]);
  t.same(await seenBy(county.world.unit('jia')), [['开工 kept'], ['jia', '勘察 kept']]);
  t.same(await seenBy(county.world.unit('yi')), [['开工 missed'], ['yi']], 'it may not see what the other has reported');
  const one = async (on: string) =>
    said((await county.get<{ readonly milestones: Milestones }>(`/v1/tasks/t/plans/1?on=${on}`)).milestones);
  t.same(await one('2026-05-14'), ['勘察 due']);
  t.same(await one('2026-05-15'), ['勘察 kept']);
  t.equal((await county.world.office.get('/v1/tasks/t/plans/1?on=2026-05-01')).status, 404, 'it had not come');
});
