import { test } from 'tap';
import { readSource } from '../../src/documents/read-source.ts';
import { draftOf } from '../../src/importer/draft/draft.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { HOSTILE_FILES } from './hostile-files.ts';
import { problemOf, shownBlocks, sourceOf, utf8 } from './reading.ts';
import { docxOf, xlsxOf, zipOf } from './zip-writer.ts';

/** Files that were made to break, to hang or to lie. Each is answered with a sentence, or read as the data that it holds. */

const MIB = 1024 * 1024;
const cell = (text: string): string => `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData>`;
const compound = (stream: string): Uint8Array =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000), Buffer.from(stream, 'utf16le'), Buffer.alloc(1000)]);

await test('what unzips to more than such a file can need is broken off while it unzips, whatever size it claims', async (t) => {
  const bomb = `<sheetData>${' '.repeat(60 * MIB)}</sheetData>`;
  const bytes = xlsxOf({ sheets: { S: bomb } });
  t.ok(bytes.length < MIB);
  t.match(await problemOf(bytes), { code: 'file-too-large', detail: /^Unzipped, the file has more than 17 MiB/u });
  const parts = Array.from({ length: 2001 }, (_, at) => ({ name: `p${at}`, data: '' }));
  t.match(await problemOf(zipOf(parts)), { code: 'file-too-large', detail: /^The file holds 2001 parts/u });
  const main = { name: '[Content_Types].xml', data: 'x'.repeat(1000), claimedSize: 10 };
  t.match(await problemOf(zipOf([main])), { code: 'file-damaged', detail: /cannot be unzipped/u });
});

await test('entities are not declared in an office file, so none can unfold', async (t) => {
  const lol = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><styles>&b;</styles>';
  t.match(await problemOf(docxOf('', { styles: lol })), { code: 'file-damaged', detail: /declares a document type/u });
});

await test('areas that are merged a million times, or over a whole sheet, cost nothing or are refused', async (t) => {
  const merges = (count: number, ref: string): string => `<mergeCells>${`<mergeCell ref="${ref}"/>`.repeat(count)}</mergeCells>`;
  t.match(await problemOf(xlsxOf({ sheets: { S: cell('甲') + merges(300_000, 'A1:B2') } })), { code: 'file-too-large', detail: /merges/u });
  const { blocks } = await sourceOf(xlsxOf({ sheets: { S: cell('甲') + merges(1, 'A1:XFD1048576') } }));
  t.equal(blocks.length, 1);
  const wide = `<sheetData>${`<row>${'<c><v>1</v></c>'.repeat(1000)}</row>`.repeat(100)}</sheetData>`;
  t.match(await problemOf(xlsxOf({ sheets: { S: wide + merges(1000, 'A1:XFD1048576') } })), { code: 'file-too-large', detail: /merges/u });
});

await test('a cell at the far corner of a sheet makes no empty cells on the way', async (t) => {
  const far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>';
  const { blocks } = await sourceOf(xlsxOf({ sheets: { S: far } }));
  t.match(blocks, [{ cells: [{ address: 'S!A1' }] }, { cells: [{ text: '' }, { address: 'S!XFD1048576', text: '2' }] }]);
  const diagonal = Array.from({ length: 1500 }, (_, at) => `<row r="${at + 1}">${`<c><v>1</v></c>`.repeat(at + 1)}</row>`).join('');
  t.match(await problemOf(xlsxOf({ sheets: { S: `<sheetData>${diagonal}</sheetData>` } })), { code: 'file-too-large', detail: /cells/u });
});

await test('elements that nest without end are refused', async (t) => {
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  t.match(await problemOf(xlsxOf({ sheets: { S: deep } })), { code: 'file-damaged', detail: /nested more than 200/u });
});

await test('a file that is locked, of an old program, or of another kind is told apart in a sentence', async (t) => {
  t.match(await problemOf(compound('EncryptedPackage')), { code: 'file-encrypted', detail: /password/u });
  t.match(await problemOf(compound('Workbook')), { code: 'file-unknown', detail: /\.xls, \.et\); save it as \.xlsx/u });
  t.match(await problemOf(compound('WordDocument')), { code: 'file-unknown', detail: /\.doc, \.wps\); save it as \.docx/u });
  t.match(await problemOf(zipOf([{ name: 'a', data: 'b', flags: 0x801 }])), { code: 'file-encrypted' });
  t.match(await problemOf(zipOf([{ name: 'OFD.xml', data: '' }])), { code: 'file-unknown', detail: /OFD/u });
  t.match(await problemOf(zipOf([{ name: 'mimetype', data: 'x' }])), { code: 'file-unknown', detail: /OpenDocument/u });
  t.match(await problemOf(zipOf([{ name: '通知.docx', data: 'x' }])), { code: 'file-unknown', detail: /archive of 1 files/u });
  t.match(await problemOf(utf8('%PDF-1.7\n')), { code: 'file-unknown', detail: /^The file is a PDF; send it as/u });
  t.match(await problemOf(utf8('{\\rtf1\\ansi}')), { code: 'file-unknown', detail: /Rich Text/u });
  for (const [start, what] of [
    ['\x89PNG\r\n\x1a\n', /picture/u],
    ['\xff\xd8\xff\xe0', /picture/u],
    ['\x1f\x8b\x08', /archive/u],
  ] as const)
    t.match(await problemOf(Buffer.from(start, 'latin1')), { code: 'file-unknown', detail: what });
});

await test('a file that is cut off, or lacks a part, is called damaged', async (t) => {
  const bytes = xlsxOf({ sheets: { S: cell('甲') } });
  t.match(await problemOf(bytes.subarray(0, bytes.length - 30)), { code: 'file-damaged' });
  t.match(await problemOf(xlsxOf({ sheets: { S: '<sheetData><row>' } })), {
    code: 'file-damaged',
    detail: /^xl\/worksheets\/sheet1\.xml is no/u,
  });
  const twice = { name: '[Content_Types].xml', data: '' };
  t.match(await problemOf(zipOf([twice, twice])), { code: 'file-damaged', detail: /twice/u });
});

await test('no such file of a mebibyte takes long', async (t) => {
  const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(14)}</row>`.repeat(14_000);
  const bytes = xlsxOf({ sheets: { S: `<sheetData>${rows}</sheetData>` }, strings: '<si><t>市教育局</t></si>' });
  t.ok(bytes.length < MIB);
  const began = performance.now();
  t.equal((await sourceOf(bytes)).blocks.length, 14_000);
  // Twice what is promised of a quiet machine, fifteen times what it takes there.
  t.ok(performance.now() - began < 30_000);
});

await test('what JavaScript calls by a name, a file does not: an element, a style of a list, an entity', async (t) => {
  const run = '<w:r><w:constructor/><w:t>甲</w:t><w:toString/><w:valueOf/></w:r>';
  t.same(await shownBlocks(docxOf(`<w:p>${run}</w:p>`)), ['paragraph 1: 甲']);
  const list = '<ol style="list-style: constructor"><li>&constructor;乙</li></ol>';
  t.same(await shownBlocks(utf8(`<html><body>${list}</body></html>`)), ['line 1: &constructor;乙']);
});

await test('each of a heap of such files is refused with a sentence or read as data, in good time, and nothing is thrown', async (t) => {
  for (const { name, bytes, refused } of HOSTILE_FILES) {
    const sent = bytes();
    const began = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that each has the machine
    const read = await readSource(sent, { name: 'a' });
    t.equal(read.ok ? undefined : read.problem.code, refused, name);
    if (read.ok) draftOf(readDocument(read.source), []);
    else t.match(inEnglish(read.problem.detail), /^.{10,400}$/su, name);
    // What is promised of a quiet machine is 2 s.
    t.ok(performance.now() - began < 30_000, `${name}: ${Math.round(performance.now() - began)} ms`);
  }
});

await test('a cell that names a text which the file does not have is no empty cell: a person is asked', async (t) => {
  const strings = '<si><t>市教育局</t></si>';
  const row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c><c r="C1" t="s"><v>x</v></c></row>';
  const { findings } = readDocument(await sourceOf(xlsxOf({ sheets: { S: `<sheetData>${row}</sheetData>` }, strings })));
  t.same(
    findings.filter(({ kind, blocks }) => kind === 'source-remark' && blocks).map(({ address }) => address),
    ['S!B1', 'S!C1'],
  );
});
