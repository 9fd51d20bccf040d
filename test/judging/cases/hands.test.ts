import { test } from 'tap';
import { openCounty, WHY, type County } from './county.ts';

/** docs/judging.md, rule 3: who owes. */

const handOn = (county: County, task: string, party: string, effectiveFrom: string, receivedAt?: string) =>
  county.office(`/v1/tasks/${task}/reassignments`, { assignees: [{ role: 'lead', party }], effectiveFrom, ...WHY }, receivedAt);
const merge = (county: County, unit: string, mergedInto: string, from: string) =>
  county.change(`/v1/units/${unit}`, 'PATCH', { mergedInto, from, reason: '机构改革' });
const members = (county: County, of: readonly string[], from: string, receivedAt?: string) =>
  county.change('/v1/collectives/xiangzhen/members', 'PUT', {
    members: of,
    from,
    basis: '名册',
    ...(receivedAt === undefined ? {} : { receivedAt }),
  });

await test('who is given a task today has not failed to report on it for the months before', async (t) => {
  const county = await openCounty(t);
  await county.units('yuan', 'jie');
  const d = await county.directive('early');
  await county.task(d, 't', 'yuan');
  const march = `directive=${d}&period=2026-03&on=2026-03-31`;
  const before = (await county.board(march)).units;
  await handOn(county, 't', 'jie', '2026-03-15');
  t.same((await county.board(march)).units, before, 'received in November, it changes no board of March');
  const owing = (await county.obligations('task=t&on=2026-12-31')).map(({ period, unit }) => `${period} ${unit}`);
  t.same(owing.slice(9), ['2026-10 yuan', '2026-11 jie', '2026-12 jie'], 'it moves what falls due after it was received');
});

await test('a hand-over that came on paper before the due instant moves what falls due; at the instant it is too late', async (t) => {
  const county = await openCounty(t);
  await county.units('yuan', 'jie');
  const d = await county.directive('paper');
  await county.task(d, 'a', 'yuan');
  await county.task(d, 'b', 'yuan');
  await handOn(county, 'a', 'jie', '2026-03-15', '2026-03-30T23:59:59.999+08:00');
  await handOn(county, 'b', 'jie', '2026-03-15', '2026-03-31T00:00:00+08:00');
  t.same(
    (await county.obligations(`directive=${d}&period=2026-03&on=2026-04-30`)).map(({ task, unit }) => `${task} ${unit}`),
    ['a jie', 'b yuan'],
  );
  t.same(
    (await county.obligations(`task=a&period=2026-03&on=2026-03-30T23:59:59.998%2B08:00`)).map(({ unit }) => unit),
    ['yuan'],
    'judged before it was received, it does not count',
  );
});

await test('a second hand-over is not dated before the first one', async (t) => {
  const county = await openCounty(t);
  await county.units('chun', 'xia', 'qiu');
  const d = await county.directive('order');
  await county.task(d, 't', 'chun');
  await handOn(county, 't', 'xia', '2026-12-15');
  t.equal(
    await county.refused('/v1/tasks/t/reassignments', { assignees: [{ role: 'lead', party: 'qiu' }], effectiveFrom: '2026-12-01', ...WHY }),
    'date-order',
  );
  t.same((await county.obligations('task=t&on=2026-12-31')).map(({ period, unit }) => `${period} ${unit}`).slice(10), [
    '2026-11 chun',
    '2026-12 xia',
  ]);
});

await test('a merger holds from its day: the successor answers, by the reports of the unit that is no more', async (t) => {
  const county = await openCounty(t);
  await county.units('xiao', 'da');
  const d = await county.directive('merge');
  await county.task(d, 't', 'xiao');
  await county.report('t', 'xiao', '2026-02', '2026-02-10T10:00:00+08:00');
  await county.report('t', 'xiao', '2026-03', '2026-03-10T10:00:00+08:00');
  await merge(county, 'xiao', 'da', '2026-03-15');
  t.same(await county.rows('task=t&period=2026-02&on=2026-05-10'), ['xiao 2026-02 on-time 0'], 'what fell due before is its own');
  t.same(await county.rows('task=t&period=2026-03&on=2026-03-31'), ['da 2026-03 on-time 0'], 'though the merger was recorded in November');
  const listed = await county.get<{ readonly items: readonly { readonly unit: string; readonly timeliness: string }[] }>(
    `/v1/reports?directive=${d}&period=2026-03&on=2026-05-10`,
  );
  t.same(
    listed.items.map(({ unit, timeliness }) => `${unit} ${timeliness}`),
    ['xiao on-time'],
    'a list of reports says the same of it as the board',
  );
  t.match(await county.get(`/v1/reports?directive=${d}&period=2026-03&on=2026-05-10&timeliness=on-time`), { items: { length: 1 } });
});

await test('after a merger the successor still files, late, what the unit that is no more owed', async (t) => {
  const county = await openCounty(t);
  await county.units('xiao', 'da');
  const d = await county.directive('after');
  await county.task(d, 't', 'xiao');
  await merge(county, 'xiao', 'da', '2026-04-10');
  await county.report('t', 'xiao', '2026-03', '2026-04-12T10:00:00+08:00');
  t.same(await county.rows('task=t&period=2026-03&on=2026-05-10'), ['xiao 2026-03 late 13']);
});

await test('the members first recorded of a collective count since ever, later ones for what falls due after them', async (t) => {
  const county = await openCounty(t);
  await county.units('dong', 'xi', 'nan');
  await county.office('/v1/collectives', { id: 'xiangzhen', name: '各乡镇' });
  const d = await county.directive('all');
  await county.task(d, 't', 'xiangzhen');
  const march = `directive=${d}&period=2026-03&on=2026-03-31`;
  const before = await county.board(march);
  t.same(
    [before.units, before.excludedCollectives.map(({ party, tasks }) => [party, tasks])],
    [[], [['xiangzhen', ['t']]]],
    'nobody is guessed',
  );
  await members(county, ['dong', 'xi'], '2026-03-01');
  t.same(await county.rows('task=t&period=2026-02&on=2026-05-10'), [], 'before their day they are not recorded either');
  t.same(await county.rows(`task=t&period=2026-03&on=2026-03-31`), ['dong 2026-03 missing 1', 'xi 2026-03 missing 1']);
  await members(county, ['nan'], '2026-03-15', '2026-04-01T09:00:00+08:00');
  t.same(
    await county.rows(`task=t&period=2026-03&on=2026-05-10`),
    ['dong 2026-03 missing 41', 'xi 2026-03 missing 41'],
    'received after the due instant',
  );
  t.same(await county.rows(`task=t&period=2026-04&on=2026-05-10`), ['nan 2026-04 missing 10']);
});

await test('a unit found twice owes once, and only roles that are asked owe', async (t) => {
  const county = await openCounty(t);
  await county.units('dong', 'xi');
  await county.office('/v1/collectives', { id: 'xiangzhen', name: '各乡镇', members: ['xi', 'dong'] });
  const d = await county.directive('twice', { reporters: { target: ['lead'], task: ['lead', 'cooperating'], item: ['responsible'] } });
  const three = [
    { role: 'lead', party: 'dong' },
    { role: 'cooperating', party: 'xiangzhen' },
  ];
  await county.task(d, 't', 'dong', { assignees: three });
  await county.task(d, 'i', 'dong', { kind: 'item', assignees: three });
  // The members are recorded in November, with their day: December is the first that they owe.
  t.same(
    (await county.obligations(`directive=${d}&period=2026-12&on=2026-12-31`)).map(({ task, unit }) => `${task} ${unit}`),
    ['t dong', 't xi'],
  );
});

await test('before the assignment holds nobody owes', async (t) => {
  const county = await openCounty(t);
  await county.units('dong');
  const d = await county.directive('later');
  await county.task(d, 't', 'dong', { effectiveFrom: '2026-03-31' });
  t.same(
    (await county.obligations('task=t&on=2026-05-10')).slice(0, 1).map(({ period }) => period),
    ['2026-04'],
  );
});

await test('the name of a unit is the one that it had', async (t) => {
  const county = await openCounty(t);
  await county.units('dong');
  const d = await county.directive('name');
  await county.task(d, 't', 'dong');
  await county.change('/v1/units/dong', 'PATCH', { name: '柳河县东新站', from: '2026-03-15', reason: '更名' });
  const nameAt = async (on: string) =>
    (
      await county.get<{ readonly units: readonly { readonly name: string }[] }>(`/v1/compliance?directive=${d}&period=2026-03&on=${on}`)
    ).units.map(({ name }) => name);
  t.same(await nameAt('2026-05-10'), ['柳河县dong站'], 'the new one was not received yet');
  t.same(await nameAt('2026-11-28'), ['柳河县东新站']);
});
