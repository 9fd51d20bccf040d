import { spawnSync } from 'node:child_process';
import ExcelJs from 'exceljs';
import tap, { test } from 'tap';
import { OWN } from '../support/acts.ts';
import { printPage } from '../support/print-page.ts';
import { lacks, printed, textOf } from '../support/printed.ts';
import { openSheetWorld, SEEDED, sheetUrls } from '../support/sheet-world.ts';
import { textWidth } from '../../src/publishing/sheets/text-width.ts';
import { shownIn } from '../support/shown-cell.ts';

/** Sheets as an office prints them: read without a glass, nothing cut off, and each page says what it is. */

const SMALLEST = 7;
const HEAD = 2;

const world = await openSheetWorld(tap);
const LANGUAGES = ['zh-CN', 'en'] as const;

const bytesOf = async (url: string, language: string): Promise<Uint8Array> => {
  const { status, bytes, text } = await world.office.get(url, { 'accept-language': language });
  if (status !== 200) throw new Error(`${url}: ${text}`);
  return bytes;
};
const openSheet = async (bytes: Uint8Array): Promise<ExcelJs.Worksheet> => {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer); // its type asks for another Buffer than Node's
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
};

const { body: snapshot } = await world.office.post('/v1/snapshots', { directive: SEEDED, period: '2023-02' });
await world.settled();
const FORM = `/v1/returns/template?unit=${OWN}&period=2023-03`;
const URLS = [...(await sheetUrls(world)), `/v1/snapshots/${snapshot.subject}?format=xlsx`, FORM];

const readAll = async (language: string): Promise<ReadonlyMap<string, ExcelJs.Worksheet>> => {
  const sheets = new Map<string, ExcelJs.Worksheet>();
  for (const url of URLS) sheets.set(url, await openSheet(await bytesOf(url, language)));
  return sheets;
};
const SHEETS = { 'zh-CN': await readAll('zh-CN'), en: await readAll('en') } as const;

await test('nothing is printed smaller than 7 points on A4 or A3 across', (t) => {
  for (const language of LANGUAGES)
    for (const [url, sheet] of SHEETS[language]) {
      const { points } = printPage(sheet);
      t.ok(points >= SMALLEST, `${url} ${language}: ${points.toFixed(1)} points`);
      t.equal(sheet.pageSetup.fitToPage, true, 'one page across');
    }
  t.end();
});

await test('every page has the title, the headings and its number', (t) => {
  for (const language of LANGUAGES)
    for (const [url, sheet] of SHEETS[language]) {
      t.equal(sheet.pageSetup.printTitlesRow, `1:${HEAD}`, url);
      t.match(sheet.views, [{ state: 'frozen', ySplit: HEAD }]);
      const footer = language === 'en' && url !== FORM ? /Page &P of &N$/u : /第 &P 页 共 &N 页$/u;
      t.match(sheet.headerFooter.oddFooter, footer, url);
    }
  t.end();
});

await test('a row is as high as what wraps in it, and a day or a figure has the room that it needs', (t) => {
  const LINE = 13.5; // of 宋体 at 11 points, as programs set it
  for (const [url, sheet] of SHEETS['zh-CN'])
    sheet.eachRow((row, number) =>
      row.eachCell((cell, column) => {
        const { width = 8.43, hidden } = sheet.getColumn(column);
        if (hidden || number === 1) return;
        const shown = shownIn(cell);
        const wide = textWidth(shown);
        if (cell.value instanceof Date || typeof cell.value === 'number') {
          if (wide > width - 0.6) t.fail(`${url} ${cell.address}: ${shown} does not fit ${width}`);
          return;
        }
        const lines = shown.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / (width - 0.6))), 0);
        if (lines * LINE > (row.height ?? 15) && (row.height ?? 15) < 409)
          t.fail(`${url} ${cell.address}: ${lines} lines in ${row.height} points`);
      }),
    );
  t.pass('looked at every cell');
  t.end();
});

/** Columns of names and of the words of a document, which may look like a day: a period, and what is printed of a deadline. */
const WORDS: ReadonlySet<string> = new Set(['报送期', '时限原文']);

await test('days and figures are held as such, and no row of a list is without its filter', (t) => {
  for (const [url, sheet] of SHEETS['zh-CN']) {
    if (url === FORM) continue; // takes what a unit writes, as text
    sheet.eachRow((row, number) =>
      row.eachCell((cell, column) => {
        if (number <= HEAD || sheet.getColumn(column).hidden || typeof cell.value !== 'string') return;
        if (WORDS.has(sheet.getRow(HEAD).getCell(column).text)) return;
        if (/^(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|-?(?:0|[1-9]\d{0,8})(?:\.\d+)?)$/u.test(cell.value))
          t.fail(`${url} ${cell.address}: ${cell.value} is a text`);
      }),
    );
    if (sheet.rowCount > HEAD) t.match(sheet.autoFilter, /^A2:[A-Z]+\d+$/u, url);
  }
  t.end();
});

/** The sizes of what LibreOffice prints, in points: poppler says each as the whole number below three times as many. */
const sizesIn = (pdf: string): readonly number[] => {
  const { stdout } = spawnSync('pdftohtml', ['-xml', '-i', '-zoom', '3', '-stdout', pdf], { encoding: 'utf8' });
  return [...stdout.matchAll(/<fontspec [^>]*size="(?<size>\d+)"/gu)].map(({ groups }) => (Number(groups?.['size']) + 1) / 3);
};

/** 宋体 itself is seldom there, and the figures of what stands for it are a little wider or narrower. */
const OTHER_FONT = 0.2;

await test('LibreOffice prints them so', { skip: lacks }, async (t) => {
  const wide = await bytesOf(`/v1/tasks?format=xlsx&directive=${SEEDED}`, 'zh-CN');
  const owing = await bytesOf(`/v1/owing?format=xlsx&directive=${SEEDED}&period=2023-02`, 'zh-CN');
  for (const [name, bytes, heading] of [
    ['wide', wide, '工作内容'],
    ['owing', owing, '最近催办'],
  ] as const) {
    const pdf = printed(`${name}.xlsx`, bytes);
    const sizes = sizesIn(pdf);
    t.ok(sizes.length > 0 && Math.min(...sizes) >= SMALLEST, `${name}: ${Math.min(...sizes).toFixed(1)} points`);
    const reckoned = printPage(await openSheet(bytes)).points;
    t.ok(Math.abs(Math.min(...sizes) / reckoned - 1) < OTHER_FONT, `${name}: ${sizes.join(' ')}, reckoned ${reckoned.toFixed(1)}`);
    const [first, second] = [textOf(pdf, 1), textOf(pdf, 2)];
    t.match(first, /第 1 页 共 \d+ 页/u);
    t.match(second, /第 2 页 共 \d+ 页/u);
    t.match(second, heading, 'headings stand on the second page too');
    t.match(second, '三政办〔2023〕1号', 'and the title');
    t.notMatch(first, '###');
  }
});

await test('who owes is told task by task, with the ids by their names in JSON beside it', async (t) => {
  type Owing = { readonly unit: string; readonly name: string } & Readonly<Record<'missing' | 'notYetDue' | 'settled', readonly string[]>>;
  const url = `/v1/owing?directive=${SEEDED}&period=2023-02`;
  const units = await world.all<Owing>(world.office, url);
  const sheet = await openSheet(await bytesOf(`${url}&format=xlsx`, 'en'));
  const at = (heading: string): number => {
    let found = 0;
    sheet.getRow(HEAD).eachCell((cell, column) => {
      if (cell.text === heading) found = column;
    });
    return found;
  };
  const back = new Map<string, { unit: string; name: string; missing: string[]; notYetDue: string[]; settled: string[] }>();
  sheet.eachRow((row, number) => {
    if (number <= HEAD) return;
    const text = (heading: string): string => row.getCell(at(heading)).text;
    const unit = text('unit');
    const one = back.getOrInsertComputed(unit, () => ({ unit, name: text('name'), missing: [], notYetDue: [], settled: [] }));
    for (const list of ['missing', 'notYetDue', 'settled'] as const) if (text(list) !== '') one[list].push(text(list));
    t.ok(text('taskTitle').length < 120, 'one task');
  });
  t.same(
    [...back.values()],
    units.map(({ unit, name, missing, notYetDue, settled }) => ({ unit, name, missing, notYetDue, settled })),
  );
});
