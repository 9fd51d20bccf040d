import { spawnSync } from 'node:child_process';
import ExcelJs from 'exceljs';
import mammoth from 'mammoth';
import { test } from 'tap';
import { letterDocx } from '../../src/publishing/letters/docx.ts';
import { docxWords } from '../../src/publishing/letters/docx-words.ts';
import { letterHtml } from '../../src/publishing/letters/html.ts';
import { letterLines, signedFromRight, widthOf, type Letter } from '../../src/publishing/letters/letter.ts';
import { titleLines } from '../../src/publishing/letters/title-lines.ts';
import { DEFAULT_TEMPLATE, readTemplate, writeLetter } from '../../src/publishing/letters/template.ts';
import { xlsxOf } from '../../src/publishing/sheets/xlsx.ts';
import { lacks, printed, textOf } from '../support/printed.ts';
import { FACTS } from './facts.ts';

/** The files, opened by other programs than made them. */

const read = readTemplate(DEFAULT_TEMPLATE);
const letter = (): Letter => {
  if (!read.ok) throw new Error('the built-in template cannot be read');
  return writeLetter(read.template, FACTS);
};

/** The part of the file that holds the text. */
const documentXml = (bytes: Uint8Array): string =>
  spawnSync(
    'python3',
    ['-c', 'import io,sys,zipfile;print(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read("word/document.xml").decode())'],
    {
      input: bytes,
      encoding: 'utf8',
    },
  ).stdout;

await test('a letter as .docx has the words of the letter, read by another library and by our own reader', async (t) => {
  const bytes = await letterDocx(letter());
  const { value, messages } = await mammoth.extractRawText({ buffer: bytes });
  t.same(
    messages.filter(({ type }) => type === 'error'),
    [],
  );
  const wanted = letterLines(letter());
  const seen = value.replaceAll(/\s+/gu, '');
  for (const line of wanted) t.ok(seen.includes(line.replaceAll(/\s+/gu, '')), line);
  t.same(
    docxWords(bytes),
    wanted.map((line) => line.replace(/^\t/u, '\t')),
  );
  t.same(await letterDocx(letter()), bytes, 'the same letter is the same file');
  t.equal(docxWords(Buffer.from('PK')), undefined);
  t.equal(docxWords(bytes.subarray(0, bytes.length - 30)), undefined);
});

await test('a letter is laid out as the standard wants: A4, the type area, fonts by name', async (t) => {
  const bytes = await letterDocx(letter());
  const xml = documentXml(bytes);
  // A4 in twips; 37, 26, 35, 28 mm.
  t.ok(/<w:pgSz w:w="11906" w:h="16838"/u.test(xml));
  t.ok(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/u.test(xml));
  for (const font of ['方正小标宋简体', '仿宋_GB2312', '黑体']) t.ok(xml.includes(`w:eastAsia="${font}"`), font);
  t.ok(/<w:sz w:val="44"\/>/u.test(xml), 'title of 二号');
  t.ok(/<w:sz w:val="32"\/>/u.test(xml), 'text of 三号');
});

await test('LibreOffice prints 22 lines of 28 characters a page', { skip: lacks }, async (t) => {
  const full = '责任单位要明确时间节点责任领导主要措施按期报送重点工作进展'.slice(0, 28);
  const pdf = printed(
    'long.docx',
    await letterDocx({
      number: null,
      title: '通报',
      addressee: null,
      blocks: Array.from({ length: 40 }, () => ({ kind: 'paragraph', text: full.repeat(3).slice(2) })),
      attachments: [],
      signature: null,
      date: null,
    }),
  );
  const lines = textOf(pdf, 2)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  t.match(lines.at(-1), /^[—-]\s*2\s*[—-]$/u, 'the page number stands below');
  const text = lines.slice(0, -1);
  t.equal(text.length, 22);
  t.equal(Math.max(...text.map((line) => Array.from(line).length)), 28);
});

await test('LibreOffice prints the notice with both annexes on pages of their own', { skip: lacks }, async (t) => {
  const pdf = printed('notice.docx', await letterDocx(letter()));
  const pages = [1, 2, 3, 4].map((page) => textOf(pdf, page).replaceAll(/\s+/gu, ''));
  t.match(pages[0], '关于2024年2月份重点工作进展情况报送的通报');
  t.match(pages.at(-2), /^附件1责任单位报送情况统计表/u);
  t.match(pages.at(-1), /^附件2逾期和未报送事项清单/u);
});

await test('a long title stands in lines of about one length that break between words', (t) => {
  t.same(titleLines('责任单位报送情况统计表'), ['责任单位报送情况统计表']);
  t.same(titleLines('关于2023年12月份重点工作进展情况报送的通报'), ['关于2023年12月份重点工作', '进展情况报送的通报']);
  for (const title of ['关于明确政府工作报告提出的2023年重点工作责任单位的通知落实情况的通报', '甲'.repeat(50), 'a'.repeat(90)]) {
    t.equal(titleLines(title).join(''), title, 'nothing is lost');
    t.ok(titleLines(title).every((line) => widthOf(line) <= 22 || titleLines(title).length === 1));
  }
  t.end();
});

await test('a signature never stands on a page alone', { skip: lacks }, async (t) => {
  const filler = (lines: number): Letter => ({
    ...letter(),
    attachments: [{ title: '统计表', blocks: [] }],
    blocks: Array.from({ length: lines }, (_, n) => ({ kind: 'paragraph', text: `第${n}行。` })),
  });
  // Some of these fill the first page to where the signature no longer has room.
  for (const lines of [11, 13]) {
    const pdf = printed(`signed-${lines}.docx`, await letterDocx(filler(lines)));
    const page = [1, 2].map((n) => textOf(pdf, n).replaceAll(/\s+/gu, '')).find((text) => text.includes('河州市人民政府办公室2024年'));
    t.match(page, /第\d+行。/u, `${lines} lines`);
  }
});

await test('the organ that signs stands in the middle above the day', (t) => {
  t.same(signedFromRight({ signature: '三门峡市人民政府办公室', date: '2023年2月6日' }), { signature: 1.5, date: 4 });
  t.same(signedFromRight({ signature: '市府', date: '2023年12月26日' }), { signature: 6.5, date: 4 });
  t.same(signedFromRight({ signature: '市'.repeat(40), date: '2023年2月6日' }), { signature: 0, date: 4 }, 'it never leaves the page');
  t.end();
});

await test('as a page it names no other file and runs nothing', (t) => {
  const html = letterHtml({ ...letter(), title: '<script>alert(1)</script>&"' });
  t.notMatch(html, /<script|src=|href=|@import|url\(/u);
  t.match(html, '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;');
  t.match(html, '<td>市教育局</td>');
  t.end();
});

async function* inPages<Item>(...of: readonly (readonly Item[])[]): AsyncGenerator<readonly Item[]> {
  yield* of;
}

await test('a sheet opens in another program with its head, its types, its colours; nothing in it is run', { skip: lacks }, async (t) => {
  type Row = { readonly name: string; readonly late: number; readonly state: string };
  const sheet = {
    title: { en: 'Tasks: all/none', zh: '任务' },
    fileName: { en: 'tasks', zh: '任务' },
    columns: [
      { heading: { en: 'unit', zh: '单位' }, width: 20, value: (row: Row) => row.name },
      { heading: { en: 'days late', zh: '逾期天数' }, width: 10, value: (row: Row) => row.late },
      { heading: { en: 'state', zh: '状态' }, width: 10, value: (row: Row) => row.state },
    ],
    lights: { column: 2, of: { late: 'red', 'on-time': 'green' } },
  } as const;
  const rows: readonly Row[] = [
    { name: '=1+1', late: 2, state: 'late' },
    { name: '市科技局\u0001', late: 0, state: 'on-time' },
  ];
  const bytes = Buffer.concat(await xlsxOf(sheet, inPages(rows.slice(0, 1), rows.slice(1)), { language: 'zh' }).toArray());
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer); // its type asks for another Buffer than Node's
  const found = book.worksheets[0];
  t.equal(found?.name, '任务');
  t.same(
    [1, 2, 3, 4].map((row) => found?.getRow(row).getCell(1).value),
    ['任务', '单位', '=1+1', '市科技局\uFFFD'],
  );
  t.equal(found?.getRow(3).getCell(1).type, ExcelJs.ValueType.String, 'a text, no formula');
  t.equal(found?.getRow(3).getCell(2).value, 2);
  t.match(found?.views, [{ state: 'frozen', ySplit: 2 }]);
  const text = textOf(printed('sheet.xlsx', bytes), 1);
  t.match(text, /单位\s+逾期天数\s+状态/u);
  t.match(text, /=1\+1\s+2\s+late/u);
});
