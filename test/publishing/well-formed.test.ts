import assert from 'node:assert/strict';
import ExcelJs from 'exceljs';
import * as fc from 'fast-check';
import JsZip from 'jszip';
import { SaxesParser } from 'saxes';
import { test } from 'tap';
import { xmlText } from '../../src/kernel/xml-text.ts';
import { docxWords } from '../../src/publishing/letters/docx-words.ts';
import { letterDocx } from '../../src/publishing/letters/docx.ts';
import { letterHtml } from '../../src/publishing/letters/html.ts';
import type { Letter } from '../../src/publishing/letters/letter.ts';
import { formFile, FIRST_ROW } from '../../src/publishing/sheets/form.ts';
import type { Sheet } from '../../src/publishing/sheets/sheet.ts';
import { xlsxOf } from '../../src/publishing/sheets/xlsx.ts';
import { lacks, printed, textOf } from '../support/printed.ts';

/** Whatever text comes in, each file that goes out is well-formed, and other programs read in it what the text says. */

const AWKWARD = ['\0', '\u0001', '\b', '\t', '\n', '\v', '\f', '\r', '\u001f', '\u007f', '\u0085', '\ufffe', '\uffff', '\ud800', '\udfff'];
const ESCAPES = [
  '_x0041_',
  '_x005F_',
  '_x00ab_',
  '_x0000_',
  '_x',
  '_',
  'x005F_',
  '0041_',
  '&',
  '<',
  '>',
  '"',
  "'",
  ']]>',
  '=',
  '工作',
  ' ',
];
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...AWKWARD),
    fc.constantFrom(...ESCAPES),
    fc.integer({ min: 0, max: 0x10_ff_ff }).map(String.fromCodePoint),
  ),
  maxLength: 12,
});
const texts = fc.array(text, { minLength: 1, maxLength: 8 });
const RUNS = { numRuns: 60 };

/** What a text reads as in XML, which knows one line end. */
const read = (from: string): string => xmlText(from).replaceAll(/\r\n?/gu, '\n');

/** Throws where a part of an office file is no well-formed XML. */
const parseParts = async (bytes: Uint8Array): Promise<void> => {
  for (const [name, part] of Object.entries((await JsZip.loadAsync(bytes)).files)) {
    if (!/\.(?:xml|rels)$/u.test(name)) continue;
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(await part.async('nodebuffer'))).close();
  }
};

const firstSheet = async (bytes: Uint8Array): Promise<ExcelJs.Worksheet> => {
  const book = new ExcelJs.Workbook();
  // Its type asks for an older kind of buffer than Node's.
  await book.xlsx.load(Buffer.from(bytes) as never);
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('there is no sheet');
  return sheet;
};

const letterWith = (of: string): Letter => ({
  number: of,
  title: of,
  addressee: of,
  blocks: [
    { kind: 'heading', level: 1, text: of },
    { kind: 'paragraph', text: of },
    { kind: 'table', table: { columns: [{ heading: of, weight: 1 }], rows: [[of]] } },
  ],
  attachments: [{ title: of, blocks: [{ kind: 'paragraph', text: of }] }],
  signature: of,
  date: of,
});

const listOf = (rows: readonly string[], title = '清单', heading = '内容'): Promise<Buffer> => {
  const sheet: Sheet<string> = {
    title: { en: title, zh: title },
    fileName: { en: 'list', zh: '清单' },
    columns: [{ heading: { en: heading, zh: heading }, width: 20, value: (row) => row }],
    lights: { column: 0, of: { [heading]: 'red' } },
  };
  const pages = async function* (): AsyncGenerator<readonly string[]> {
    yield rows;
  };
  return xlsxOf(sheet, pages(), { language: 'zh' })
    .toArray()
    .then((chunks: readonly Uint8Array[]) => Buffer.concat(chunks));
};

const formOf = (rows: readonly string[], title = '表', unit = 'unit-a'): Promise<Uint8Array> =>
  formFile({
    name: '表',
    title,
    kept: [{ heading: '内容', width: 20 }],
    filled: [{ heading: '状态', width: 9 }],
    rows: rows.map((row) => [row]),
    stamp: { unit },
  });

await test('characters that XML does not have are replaced one by one, and all others stay', (t) => {
  t.equal(xmlText('a\0\u0001\b\v\f\u001fb'), 'a\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdb');
  t.equal(xmlText('\ufffe\uffff'), '\ufffd\ufffd');
  t.equal(xmlText('\ud800a\udc00'), '\ufffda\ufffd', 'half of a pair is no character');
  t.equal(xmlText('\t\n\r \u007f\u0085\ud7ff\ue000\ufffd😀𠀀\u{10ffff}'), '\t\n\r \u007f\u0085\ud7ff\ue000\ufffd😀𠀀\u{10ffff}');
  t.end();
});

await test('a letter as .docx is well-formed, whatever stands in it', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (of) => {
      const bytes = await letterDocx(letterWith(of));
      await parseParts(bytes);
      const words = docxWords(bytes)?.join('\n') ?? '';
      assert.ok(words.includes(xmlText(of)), JSON.stringify(words));
    }),
    RUNS,
  );
});

await test('a letter as .html has no character that a page may not have', (t) => {
  fc.assert(
    fc.property(text, (of) => {
      const page = letterHtml(letterWith(of));
      return page === xmlText(page) && page.isWellFormed();
    }),
  );
  t.end();
});

await test('a list as .xlsx is well-formed, and each cell reads as its text does', async () => {
  await fc.assert(
    fc.asyncProperty(texts, text, async (rows, title) => {
      const bytes = await listOf(rows, title, title);
      await parseParts(bytes);
      const sheet = await firstSheet(bytes);
      const seen = rows.map((_, at) => sheet.getCell(at + 3, 1).text);
      assert.deepEqual([sheet.getCell(1, 1).text, sheet.getCell(2, 1).text, ...seen], [title, title, ...rows].map(read));
    }),
    RUNS,
  );
});

await test('a form to be filled in is well-formed, and each cell reads as its text does', async () => {
  await fc.assert(
    fc.asyncProperty(texts, text, async (rows, title) => {
      const bytes = await formOf(rows, title, title);
      await parseParts(bytes);
      const sheet = await firstSheet(bytes);
      const seen = rows.map((_, at) => sheet.getCell(FIRST_ROW + at, 1).text);
      assert.deepEqual([sheet.getCell(1, 1).text, ...seen], [title, ...rows].map(read));
      assert.equal(sheet.workbook.getWorksheet('duban')?.getCell(1, 2).text, read(title));
    }),
    RUNS,
  );
});

await test('LibreOffice opens a letter, a list and a form with such texts, and shows them', { skip: lacks }, async (t) => {
  const of = 'left\ufffe\uffff\u0001right _x0041_ end';
  const shown = /left.*right _x0041_ end/u;
  t.match(textOf(printed('letter.docx', await letterDocx(letterWith(of))), 1), /left/u);
  t.match(textOf(printed('list.xlsx', await listOf([of])), 1).replaceAll(/\s+/gu, ' '), shown);
  t.match(textOf(printed('form.xlsx', await formOf([of])), 1).replaceAll(/\s+/gu, ' '), shown);
});
