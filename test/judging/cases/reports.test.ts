import { test } from 'tap';
import { openCounty, RULES, WHY, type County } from './county.ts';

/** docs/judging.md, rules 5 and 8: what settles a report, and whom a board and a notice name. */

const send = (county: County, path: string, receivedAt: string, body: object = {}) =>
  county.office(`/v1/tasks/t/reports/jia-2026-03/${path}`, body, receivedAt);
const march = (county: County, on: string) => county.rows(`task=t&period=2026-03&on=${on}`);
const opened = async (t: Parameters<typeof openCounty>[0], rules: object = {}): Promise<County> => {
  const county = await openCounty(t);
  await county.units('jia');
  await county.directive('d', rules);
  await county.task('d', 't', 'jia', { deadline: '2026-04-30' });
  return county;
};

await test('the first submission decides, sent back or not', async (t) => {
  const county = await opened(t);
  await county.report('t', 'jia', '2026-03', '2026-03-28T10:00:00+08:00');
  await send(county, 'return', '2026-03-29T10:00:00+08:00', { reason: '数据不全' });
  await county.paper('/v1/tasks/t/reports/jia-2026-03/amendments', 'jia', { percent: 20, reason: '补充' }, '2026-04-03T10:00:00+08:00');
  t.same(await march(county, '2026-04-10'), ['jia 2026-03 on-time 0']);
});

await test('where acceptance decides, what is in awaits the office, what was sent back is owed again', async (t) => {
  const county = await opened(t, { decides: 'first-accepted' });
  await county.report('t', 'jia', '2026-03', '2026-03-28T10:00:00+08:00');
  t.same(await march(county, '2026-03-27'), ['jia 2026-03 not-yet-due 0']);
  t.same(await march(county, '2026-04-10'), ['jia 2026-03 awaiting 0']);
  t.same(await county.named({ directive: 'd', period: '2026-03', on: '2026-04-10' }), []);
  await send(county, 'return', '2026-04-15T10:00:00+08:00', { reason: '数据不全' });
  t.same(await march(county, '2026-04-10'), ['jia 2026-03 awaiting 0'], 'on the 10th nobody had sent it back');
  t.same(await march(county, '2026-04-16'), ['jia 2026-03 missing 17']);
  await county.paper('/v1/tasks/t/reports/jia-2026-03/amendments', 'jia', { percent: 20, reason: '补充' }, '2026-04-17T10:00:00+08:00');
  t.same(await march(county, '2026-04-18'), ['jia 2026-03 missing 19'], 'what comes after the due instant does not wait');
  await send(county, 'accept', '2026-04-20T10:00:00+08:00');
  t.same(await march(county, '2026-04-21'), ['jia 2026-03 late 18']);
});

await test('a task struck off owes no report that falls due afterwards', async (t) => {
  const county = await opened(t);
  await county.report('t', 'jia', '2026-01', '2026-01-20T10:00:00+08:00');
  await county.report('t', 'jia', '2026-02', '2026-02-20T10:00:00+08:00');
  await county.paper('/v1/tasks/t/completion-claims', 'jia', { evidence: '验收单' }, '2026-03-05T10:00:00+08:00');
  await county.office('/v1/tasks/t/completion-claims/1/decision', { verified: true, reason: '同意销号' }, '2026-03-10T10:00:00+08:00');
  t.same(await county.named({ directive: 'd', period: '2026-06', on: '2026-07-01' }), []);
  t.same(await march(county, '2026-05-10'), []);
  t.same(await march(county, '2026-03-09'), ['jia 2026-03 not-yet-due 0'], 'on the 9th it was not struck off');
  await county.office('/v1/tasks/t/reopening', WHY, '2026-04-10T10:00:00+08:00');
  t.same(
    (await county.obligations('task=t&kind=monthly&on=2026-05-10')).map(({ period, state }) => `${period} ${state}`).slice(0, 4),
    ['2026-01 on-time', '2026-02 on-time', '2026-04 missing', '2026-05 not-yet-due'],
    'reopened, it owes again from then on',
  );
});

await test('under a policy that says so it owes still', async (t) => {
  const county = await opened(t, { completed: 'owe' });
  await county.paper('/v1/tasks/t/completion-claims', 'jia', { evidence: '验收单' }, '2026-03-05T10:00:00+08:00');
  await county.office('/v1/tasks/t/completion-claims/1/decision', { verified: true, reason: '同意销号' }, '2026-03-10T10:00:00+08:00');
  t.same(await march(county, '2026-05-10'), ['jia 2026-03 missing 41']);
});

await test('what falls due while a task is suspended is waived, to the millisecond', async (t) => {
  const county = await opened(t);
  await county.office('/v1/tasks/t/suspension', WHY, '2026-02-28T23:59:59.999+08:00');
  await county.office('/v1/tasks/t/resumption', WHY, '2026-03-30T23:59:59.999+08:00');
  t.same((await county.obligations('task=t&kind=monthly&on=2026-05-10')).map(({ period, state }) => `${period} ${state}`).slice(0, 4), [
    '2026-01 missing',
    '2026-02 waived',
    '2026-03 missing',
    '2026-04 missing',
  ]);
  t.match(await county.board('directive=d&period=2026-02&on=2026-05-10'), { totals: { owed: 0, waived: 1, missing: 0 } });
});

await test('a report that names a duty settles that one, one that names none settles every duty of its period', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  const who = RULES.reporters;
  const one = (id: string): object => ({
    id,
    name: id,
    every: 'month',
    from: '2026-03',
    to: '2026-04',
    due: { day: 20, offset: 0, cutoff: '24:00', shift: 'none' },
    monthEnd: 'clamp',
    who,
    asks: 'report',
  });
  await county.directive('d', null);
  await county.adopt('d', { effectiveFrom: '2026-01-01', duties: [one('figures'), one('text')] });
  await county.task('d', 't', 'jia');
  await county.report('t', 'jia', '2026-03', '2026-03-10T10:00:00+08:00', { duty: 'text' });
  await county.report('t', 'jia', '2026-04', '2026-04-10T10:00:00+08:00');
  t.same((await county.obligations('task=t&on=2026-05-10')).map(({ kind, period, state }) => `${period} ${kind} ${state}`).toSorted(), [
    '2026-03 figures missing',
    '2026-03 text on-time',
    '2026-04 figures on-time',
    '2026-04 text on-time',
  ]);
});

await test('a duty that asks for a plan is settled by a plan', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  const plan = {
    id: 'plan',
    name: '落实方案',
    every: 'once',
    from: '2026',
    to: '2026',
    due: { date: '2026-02-10', offset: 0, cutoff: '24:00', shift: 'none' },
    monthEnd: 'clamp',
    who: RULES.reporters,
    asks: 'plan',
  };
  await county.directive('d', null);
  await county.adopt('d', { effectiveFrom: '2026-01-01', duties: [plan] });
  await county.task('d', 't', 'jia');
  await county.paper(
    '/v1/tasks/t/plans',
    'jia',
    { milestones: [{ title: '开工', due: '2026-05-31' }], leader: '张三', measures: '调度' },
    '2026-02-12T10:00:00+08:00',
  );
  t.same(await county.rows('task=t&on=2026-02-11'), ['jia 2026 missing 1']);
  t.same(await county.rows('task=t&on=2026-02-20'), ['jia 2026 late 2']);
});

await test('a board counts what it owes, and apart from it who waits, is excused or waived', async (t) => {
  const county = await openCounty(t);
  await county.units('jia', 'yi', 'bing', 'ding', 'wu');
  await county.directive('d', { decides: 'first-accepted' });
  for (const [task, unit] of [
    ['a', 'jia'],
    ['b', 'yi'],
    ['c', 'bing'],
    ['e', 'ding'],
    ['f', 'wu'],
  ] as const)
    await county.task('d', task, unit);
  await county.report('a', 'jia', '2026-03', '2026-03-10T10:00:00+08:00');
  await county.office('/v1/tasks/a/reports/jia-2026-03/accept', {}, '2026-03-12T10:00:00+08:00');
  await county.report('b', 'yi', '2026-03', '2026-04-02T10:00:00+08:00');
  await county.office('/v1/tasks/b/reports/yi-2026-03/accept', {}, '2026-04-03T10:00:00+08:00');
  await county.report('c', 'bing', '2026-03', '2026-03-10T10:00:00+08:00');
  await county.office('/v1/tasks/e/suspension', WHY, '2026-03-20T10:00:00+08:00');
  const right = { owed: 3, onTime: 1, late: 1, missing: 1, notYetDue: 0, awaiting: 1, waived: 1, excused: 0 };
  t.match(await county.board('directive=d&period=2026-03&on=2026-04-10'), { kind: 'monthly', totals: right });
  t.same(await county.named({ directive: 'd', period: '2026-03', on: '2026-04-10' }), ['yi late 2026-03', 'wu missing 2026-03']);
});
