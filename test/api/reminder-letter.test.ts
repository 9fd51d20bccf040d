import mammoth from 'mammoth';
import { test } from 'tap';
import { docxWords } from '../../src/publishing/letters/docx-words.ts';
import { OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, recorded, type World } from '../support/app.ts';
import { smallDirective } from '../support/small-directive.ts';
import { lacks, printed, textOf } from '../support/printed.ts';

/** A unit's monthly reminder letter, over HTTP. */

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const LETTER = `/v1/units/${OWN}/reminder-letter?period=2023-03&directive=small`;

type Owed = { readonly task: string; readonly state: string; readonly light: string; readonly daysLate: number };
type Reminder = { readonly obligations: readonly Owed[]; readonly missing: number; readonly dueSoon: number };

/** Reports on March are due on the 25th: OWN has sent that on the second of its two tasks. OTHER owes one too. */
const owing = async (t: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(t, { at: '2023-03-20T09:00:00+08:00' });
  await smallDirective(world.office, { one: [OWN], two: [OWN], three: [OTHER] });
  await recorded(world.unit(OWN).post('/v1/tasks/two/reports', { period: '2023-03', ...REPORT }));
  return world;
};

const wordsOf = async (world: World, url: string): Promise<string> =>
  (docxWords((await world.office.get(url, { accept: DOCX })).bytes) ?? []).join('\n');

await test('a reminder letter names what is late and whom to answer; its figures are those of the obligations', async (t) => {
  const world = await owing(t);
  world.clock.set('2023-03-28T09:00:00+08:00');
  const file = await world.office.get(LETTER, { accept: DOCX });
  t.match(file, { status: 200, headers: { 'content-type': DOCX } });
  const text = (docxWords(file.bytes) ?? []).join('\n');
  t.match(text, '关于2023年3月份重点工作的催办单');
  t.match(text, '市科技局：\n截至2023年3月28日，你单位2023年3月份重点工作尚有1项待办，其中逾期1项，如下：');
  t.match(text, '1\t第1项“工作1”\t报送\t2023年3月25日\t红灯，逾期3天');
  t.match(text, '请于收到本单后立即向市政府办公室补报逾期事项，并说明原因。');
  t.match(text, '市政府办公室\n2023年3月28日');
  t.notMatch(text, /工作2|工作3|shi-|small/u);
  const { body } = await world.office.get<Reminder>(LETTER);
  const asked = await world.all<Owed>(world.office, `/v1/obligations?unit=${OWN}&period=2023-03&directive=small`);
  const open = asked.filter(({ state }) => state === 'missing' || state === 'not-yet-due');
  t.match(body.obligations, open, 'what the obligations say');
  t.match(body, { missing: open.length, dueSoon: 0 });
  const { value, messages } = await mammoth.extractRawText({ buffer: Buffer.from(file.bytes) });
  t.same(
    messages.filter(({ type }) => type === 'error'),
    [],
  );
  t.match(value, '红灯，逾期3天');
  const page = await world.office.get(LETTER, { accept: 'text/html' });
  t.match(page, { headers: { 'content-type': 'text/html; charset=utf-8' }, text: /<td>红灯，逾期3天<\/td>/u });
  t.match(await world.office.get(LETTER, { accept: 'text/csv' }), { status: 406, body: { code: 'not-acceptable' } });
});

await test('a reminder letter says what is due soon, what is not yet, and when nothing is owed', async (t) => {
  const world = await owing(t);
  world.clock.set('2023-03-28T09:00:00+08:00');
  const soon = await wordsOf(world, `${LETTER}&on=2023-03-24`);
  t.match(soon, '尚有1项待办，其中即将到期1项');
  t.match(soon, '2023年3月25日\t黄灯，即将到期');
  t.match(soon, '请按时限向市政府办公室报送，其中最近一项时限为2023年3月25日（含当日）。');
  t.match(await wordsOf(world, `${LETTER}&on=2023-03-20`), '其中尚未到期1项');
  await recorded(world.unit(OWN).post('/v1/tasks/one/reports', { period: '2023-03', ...REPORT }));
  t.match(await wordsOf(world, LETTER), '你单位2023年3月份重点工作无待办事项。');
});

await test('a unit reads its own reminder letter and no other’s', async (t) => {
  const world = await owing(t);
  t.equal((await world.unit(OWN).get(LETTER, { accept: DOCX })).status, 200);
  t.match(await world.unit(OTHER).get(LETTER), { status: 404, body: { code: 'unit-unknown' } });
  t.equal((await world.unit(OTHER).get(LETTER, { accept: DOCX })).status, 404);
});

await test('LibreOffice prints a reminder letter on one page without a warning', { skip: lacks }, async (t) => {
  const world = await owing(t);
  world.clock.set('2023-03-28T09:00:00+08:00');
  const pdf = printed('reminder.docx', (await world.office.get(LETTER, { accept: DOCX })).bytes);
  t.match(textOf(pdf, 1).replaceAll(/\s+/gu, ''), '市政府办公室2023年3月28日');
  t.equal(textOf(pdf, 2).trim(), '');
});
