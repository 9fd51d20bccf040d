import { test } from 'tap';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import { openWorld, type CommandBody, type ProblemBody, type World } from '../support/app.ts';

/** A finding that blocks is settled by doing what its `todo` says, and by nothing less. */

const NOTICE = [
  '洛川市财政局',
  '关于分解2027年财政重点任务的通知',
  '洛财〔2027〕2号',
  '各科室、有关单位：',
  '现将任务分解如下。',
  '1.完成预算公开。责任单位：市财政局；完成时限：春节前。',
  '2.开展检查2次。责任单位：市审计局；完成时限：惊蛰前。',
  '各责任单位每季度末月25日前报送进展。',
  '洛川市财政局',
  '2027年1月5日',
].join('\n');

type Draft = { readonly url: string; readonly world: World };

const drafted = async (world: World, text = NOTICE): Promise<Draft> => {
  const sent = await world.office.send('POST', '/v1/imports?name=w.txt', Buffer.from(text), { 'content-type': 'text/plain' });
  return { url: sent.headers['location'] ?? '', world };
};

const patch = ({ url, world }: Draft, body: object) => world.office.send<CommandBody & ProblemBody>('PATCH', url, body);
const shown = async ({ url, world }: Draft): Promise<ImportAnswer> => (await world.office.get<ImportAnswer>(url)).body;
const open = async (draft: Draft): Promise<readonly string[]> =>
  (await shown(draft)).findings
    .filter(({ blocks, decision }) => blocks && decision === null)
    .map(({ kind, address }) => `${kind} ${address}`);

const AT = '2027-01-06T09:00:00+08:00';
const UNREAD = ['deadline-unread line 6', 'deadline-unread line 7', 'schedule-guessed line 8'];

await test('a deadline that was not understood is settled by the day that a person says, item by item', async (t) => {
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }));
  t.same(await open(draft), UNREAD);
  const set = (item: string, deadline: object) => patch(draft, { items: [{ item, set: { deadline } }] });

  await patch(draft, { items: [{ item: '1', set: { text: '完成预算公开' } }] });
  t.same(await open(draft), UNREAD, 'another field says nothing of it');
  await set('1', { printed: '春节前', date: null, kind: 'period' });
  t.same(await open(draft), UNREAD, 'neither does the same deadline without its day');
  // The Spring Festival of 2027 is on 6 February.
  t.equal((await set('1', { printed: '春节前', date: '2027-02-05' })).status, 201);
  t.same(await open(draft), UNREAD.slice(1), 'the other item is still asked about');
  await set('2', { printed: '惊蛰前', date: '2027-03-05' });
  t.same(await open(draft), UNREAD.slice(2));
});

await test('an item that is left out is not asked about any more', async (t) => {
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }));
  await patch(draft, { items: [{ item: '2', drop: '另行布置' }] });
  t.same(await open(draft), ['deadline-unread line 6', 'schedule-guessed line 8']);
});

await test('what was guessed of the schedule is settled by the duties that a person says, which stand there in words', async (t) => {
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }));
  const [duty] = (await shown(draft)).duties;
  t.equal((await patch(draft, { duties: [{ ...duty, from: '2027-Q2' }] })).status, 201);
  t.same(await open(draft), UNREAD.slice(0, 2));
  t.same((await shown(draft)).schedule.words, [
    '季报: a report for each quarter from 2027-Q2 to 2027-Q4, by day 25 of month 3 of that very period, ' +
      'until 24:00; owed by responsible of every task',
  ]);
  await patch(draft, { duties: [] });
  t.match(await shown(draft), { schedule: { words: [] }, duties: [] });
});

await test('of two items in one line the one that is corrected is not the answer for the other', async (t) => {
  const line = '1.完成预算公开。责任单位：市财政局；完成时限：春节前。2.开展检查2次。责任单位：市审计局；完成时限：惊蛰前。';
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }), NOTICE.replace(/1\.[^\n]*\n2\.[^\n]*/u, line));
  const before = await open(draft);
  const { items } = await shown(draft);
  await patch(draft, { items: [{ item: items[0]?.key, set: { deadline: { printed: '春节前', date: '2027-02-05' } } }] });
  t.same(
    (await open(draft)).filter((each) => each.startsWith('deadline')).length,
    before.filter((each) => each.startsWith('deadline')).length - 1,
  );
});

const UNDATED = [
  '洛川市财政局关于分解财政重点任务的通知',
  '1.完成预算公开，6月底前完成。责任单位：市财政局。',
  '2.开展检查2次，2026年7月底前完成。责任单位：市审计局、市财政局。',
].join('\n');

await test('the year of a document is put right by it alone, and the rest of how its office writes stays as it was', async (t) => {
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }), UNDATED);
  const days = async () => (await shown(draft)).items.map(({ deadline }) => deadline?.date);
  t.same(await days(), ['2026-06-30', '2026-07-31']);
  t.ok((await open(draft)).includes('year-guessed line 3'));
  t.equal((await patch(draft, { profile: { firstListedLeads: true } })).status, 201);
  t.equal((await patch(draft, { profile: { year: 2027 } })).status, 201);
  t.same(await days(), ['2027-06-30', '2026-07-31'], 'a year that is printed stays');
  t.notOk(
    (await open(draft)).some((each) => each.startsWith('year-guessed')),
    'it is asked about no more',
  );
  t.match(await shown(draft), {
    profile: { year: 2027, firstListedLeads: true },
    items: [{}, { assignees: [{ name: '市审计局', role: 'lead' }, {}] }],
  });
  t.match(await patch(draft, { profile: { year: 1 } }), { status: 400, body: { errors: [{ pointer: '/profile/year' }] } });
  t.match(await patch(draft, { profile: { colour: 'red' } }), { status: 400 });
});

await test('a part of a profile leaves open what was guessed of the rest', async (t) => {
  const draft = await drafted(await openWorld(t, { seeded: false, at: AT }), `${UNDATED}\n责任单位中排在第一位的为牵头单位。`);
  const guessed = async () => (await shown(draft)).findings.filter(({ kind }) => kind === 'profile-guessed').length;
  const before = await guessed();
  t.ok(before > 0);
  await patch(draft, { profile: { year: 2027 } });
  t.equal(await guessed(), before, 'nobody has confirmed it by saying the year');
});
