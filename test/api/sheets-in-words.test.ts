import ExcelJs from 'exceljs';
import tap, { test } from 'tap';
import { DIRECTIVE as MARKED } from '../support/planted.ts';
import { definitions } from '../../src/domain/catalogue.ts';
import { eventSaid } from '../../src/messages/named.ts';
import { inEach } from '../../src/messages/words.ts';
import { SEEDED, openSheetWorld, sheetUrls } from '../support/sheet-world.ts';
import { shownIn } from '../support/shown-cell.ts';

/** What a clerk who reads Chinese sees of every list's sheet: names and words, no id and no name of a member of JSON. */

const world = await openSheetWorld(tap);
const { planted } = world;

type Seen = { readonly column: string; readonly text: string };

const readSheet = async (url: string): Promise<readonly Seen[]> => {
  const file = await world.office.get(url, { 'accept-language': 'zh-CN' });
  if (file.status !== 200) throw new Error(`${url}: ${file.text}`);
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(file.bytes as unknown as ArrayBuffer); // its type asks for another Buffer than Node's
  const seen: Seen[] = [];
  for (const sheet of book.worksheets.filter(({ state }) => state === 'visible'))
    sheet.eachRow((row) =>
      row.eachCell((cell, column) => {
        if (!sheet.getColumn(column).hidden) seen.push({ column: sheet.getRow(2).getCell(column).text, text: shownIn(cell) });
      }),
    );
  return seen;
};

const sheetsRead = new Map<string, Promise<readonly Seen[]>>();
/** Each sheet is read once. */
const seenOf = async (url: string): Promise<readonly Seen[]> => sheetsRead.getOrInsertComputed(url, readSheet);

const LATIN = /[a-z][a-z0-9_-]*/giu;
/** Marks that were planted, weeks as in the interface, the account that decided on the seed's findings, and what a mail server said. */
const MAY_STAND = /^(?:MARK\d+|W\d+|seed|OK)$/u;

type Task = { readonly id: string; readonly text: string };
type Finding = { readonly decision: { readonly decision: string; readonly reason: string | null } | null };

await test('in Chinese no cell that people see holds an id or a word of the interface', async (t) => {
  const { office } = world;
  const tasks = [
    ...(await world.all<Task>(office, `/v1/tasks?directive=${SEEDED}`)),
    ...(await world.all<Task>(office, `/v1/tasks?directive=${MARKED}`)),
  ];
  const units = await world.all<{ readonly id: string }>(office, '/v1/units');
  const ids = new Set([
    SEEDED,
    MARKED,
    ...[...tasks, ...units].map(({ id }) => id),
    ...Object.values(planted.values)
      .flat()
      .filter((id) => /[a-z]{2}/u.test(id)),
  ]);
  // What documents and people wrote is shown as they wrote it.
  const printed = new Set(tasks.flatMap(({ text }) => text.match(LATIN) ?? []));
  const findings = await world.all<Finding>(office, `/v1/directives/${SEEDED}/findings`);
  const written = findings.flatMap(({ decision }) => [decision?.decision ?? '', decision?.reason ?? '']).filter((text) => text !== '');
  const sheets = await sheetUrls(world);
  t.ok(sheets.length > 40, sheets.join(' '));
  const wrong = new Map<string, string>();
  for (const url of sheets)
    for (const { column, text: shown } of await seenOf(url)) {
      const text = url.includes('/findings') ? written.reduce((left, said) => left.replaceAll(said, ''), shown) : shown;
      const found =
        text.split(/[^a-z0-9-]+/iu).find((word) => ids.has(word)) ??
        text.match(LATIN)?.find((word) => !MAY_STAND.test(word) && !printed.has(word));
      if (found !== undefined) wrong.set(`${url} ${column}`, `${found}: ${text.slice(0, 160)}`);
    }
  t.same(
    [...wrong].map((each) => each.join(' = ')),
    [],
  );
});

await test('a target in points is shown as the change that it is, and a line has one column of each name', async (t) => {
  const ledger = await seenOf(`/v1/tasks?directive=${SEEDED}&format=xlsx`);
  const urban = ledger.filter(({ column, text }) => column === '指标' && text.includes('常住人口城镇化率')).map(({ text }) => text);
  t.ok(urban.length > 0);
  for (const text of urban) t.match(text, /常住人口城镇化率 提高1\.2个百分点/u);
  for (const url of await sheetUrls(world)) {
    const seen = await seenOf(url);
    const headings = seen.filter(({ column, text }) => column === text).map(({ text }) => text);
    t.same(headings.toSorted(), [...new Set(headings)].toSorted(), url);
  }
});

await test('a board that is printed and filed says which document, month and day it is of, and ends with a total', async (t) => {
  const url = `/v1/compliance?directive=${SEEDED}&period=2023-03&format=xlsx`;
  const file = await world.office.get(url, { 'accept-language': 'zh-CN' });
  const saved = decodeURIComponent(/filename\*=UTF-8''(\S+)/u.exec(file.headers['content-disposition'] ?? '')?.[1] ?? '');
  t.equal(saved, '报送情况一览_sanzhengban-2023-1_2023-03.xlsx');
  const { number } = (await world.office.get<{ readonly number: string }>(`/v1/directives/${SEEDED}`)).body;
  const [title, ...cells] = await seenOf(url);
  t.equal(title?.text, `报送情况一览（${number}，2023年3月份，截至2023年4月10日）`);
  const { totals } = (
    await world.office.get<{ readonly totals: Readonly<Record<string, number>> }>(`/v1/compliance?directive=${SEEDED}&period=2023-03`)
  ).body;
  t.same(
    cells.slice(-10, -1).map(({ text }) => text),
    ['合计', ...['owed', 'onTime', 'late', 'missing', 'notYetDue', 'awaiting', 'excused', 'waived'].map((count) => String(totals[count]))],
  );
});

await test('a mail that was sent and an entry from a paper are rows, and every kind of event has a word', async (t) => {
  const shown = async (url: string, column: string): Promise<ReadonlySet<string>> =>
    new Set((await seenOf(url)).filter((cell) => cell.column === column).map(({ text }) => text));
  const reminders = '/v1/reminders?format=xlsx&directive=mailed';
  t.ok((await shown(reminders, '主题')).has('【催办提醒】2023年3月份月报报送（政办〔2023〕2号）'));
  t.equal((await shown(reminders, '正文')).size, 0, 'the whole mail is folded away');
  const backdated = '/v1/backdated?format=xlsx';
  t.ok((await shown(backdated, '事件类型')).has('报送报告'));
  t.ok((await shown(backdated, '对象')).has('“推进重点工作”'));
  t.ok((await shown(backdated, '来文')).has('来文第7号'));
  for (const { type } of definitions) t.match(inEach(eventSaid(type)).zh, /^\p{Script=Han}+$/u, type);
});
