import { readFileSync } from 'node:fs';
import { utf8 } from './reading.ts';
import { docxOf, xlsxOf, zipOf } from './zip-writer.ts';

/** Files that were made to break a reader, to hang it or to lie to it; each small to send, and none that an office would. */

export type HostileFile = {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** How it is refused; undefined where it is read as the data that it holds. */
  readonly refused?: 'file-damaged' | 'file-unknown' | 'file-encrypted' | 'file-too-large';
};

const MIB = 1024 * 1024;
const NOTICE = readFileSync(new URL('../../docs/example-notice.txt', import.meta.url), 'utf8');
const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const inline = (text: string): string => `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData>`;
const many = (count: number, one: (at: number) => string): string => Array.from({ length: count }, (_, at) => one(at)).join('');
const sheet = (xml: string, more: Omit<Parameters<typeof xlsxOf>[0], 'sheets'> = {}): Uint8Array => xlsxOf({ sheets: { S: xml }, ...more });
const rows = (xml: string): Uint8Array => sheet(`<sheetData>${xml}</sheetData>`);
const good = (): Uint8Array => docxOf(p('甲'));
const wide = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const page = (body: string, charset: string): string => `<html><head><meta charset="${charset}"></head><body>${body}</body></html>`;
const types = (xml: string): Uint8Array => zipOf([{ name: '[Content_Types].xml', data: xml }]);
const LONG = '新建学校3所。（市教育局牵头）'.repeat(110_000);
/** 牵头 in GB 18030, which is no UTF-8. */
const GB = Buffer.from('c7a3cdb7', 'hex');

const zips: readonly HostileFile[] = [
  { name: 'a bomb in the part that is read', bytes: () => docxOf(`<w:p>${' '.repeat(30 * MIB)}</w:p>`), refused: 'file-too-large' },
  { name: 'a bomb in a part that is not read', bytes: () => docxOf(p('甲'), { media1: ' '.repeat(30 * MIB) }) },
  { name: 'a zip in a zip', bytes: () => zipOf([{ name: 'a.zip', data: good() }]), refused: 'file-unknown' },
  { name: 'a name that climbs', bytes: () => zipOf([{ name: '../../etc/passwd', data: 'x' }]), refused: 'file-damaged' },
  { name: 'a name with backslashes', bytes: () => zipOf([{ name: 'word\\document.xml', data: 'x' }]), refused: 'file-unknown' },
  { name: 'a file cut in half', bytes: () => good().subarray(0, 450), refused: 'file-damaged' },
  { name: 'bytes behind the end', bytes: () => Buffer.concat([good(), Buffer.alloc(1000, 7)]), refused: 'file-damaged' },
  { name: 'nothing but the mark of a zip', bytes: () => utf8('PK\x03\x04'), refused: 'file-damaged' },
  { name: 'a locked part', bytes: () => zipOf([{ name: '[Content_Types].xml', data: 'x', flags: 0x801 }]), refused: 'file-encrypted' },
];

const xml: readonly HostileFile[] = [
  { name: 'entities', bytes: () => docxOf(p('甲'), { styles: '<!DOCTYPE s [<!ENTITY a "b">]><s>&a;</s>' }), refused: 'file-damaged' },
  { name: 'a part from elsewhere', bytes: () => types('<!DOCTYPE l SYSTEM "file:///etc/passwd"><Types/>'), refused: 'file-damaged' },
  { name: 'an entity that nobody declared', bytes: () => docxOf(p('&foo;')), refused: 'file-damaged' },
  { name: 'half a surrogate', bytes: () => docxOf(p('&#xD800;')), refused: 'file-damaged' },
  { name: 'NUL', bytes: () => docxOf(p('&#0;')), refused: 'file-damaged' },
  { name: '10⁶ comments', bytes: () => docxOf('<!-- a -->'.repeat(1_000_000)) },
  { name: '10⁵ attributes', bytes: () => docxOf(`<w:p ${many(100_000, (at) => `a${at}="1" `)}/>`) },
  { name: 'tables in tables', bytes: () => docxOf('<w:tbl><w:tr><w:tc>'.repeat(60) + p('甲') + '</w:tc></w:tr></w:tbl>'.repeat(60)) },
  { name: 'elements 300 deep', bytes: () => docxOf('<w:sdt>'.repeat(300) + '</w:sdt>'.repeat(300)), refused: 'file-damaged' },
  { name: '5 MB in one paragraph', bytes: () => docxOf(p(LONG)), refused: 'file-too-large' },
];

const sheets: readonly HostileFile[] = [
  { name: 'a dimension of a whole sheet', bytes: () => sheet(`<dimension ref="A1:XFD1048576"/>${inline('甲')}`) },
  {
    name: '10⁵ merged areas',
    bytes: () => sheet(`${inline('甲')}<mergeCells>${many(100_000, (at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`)}</mergeCells>`),
    refused: 'file-too-large',
  },
  {
    name: 'a text that the file does not have',
    bytes: () => sheet('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>', { strings: '<si><t>甲</t></si>' }),
  },
  { name: 'a cell twice', bytes: () => rows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), refused: 'file-damaged' },
  { name: 'a cell of another row', bytes: () => rows('<row r="1"><c r="B7"><v>7</v></c></row>'), refused: 'file-damaged' },
  { name: 'a row that is none', bytes: () => rows('<row r="-3"><c><v>4</v></c></row>'), refused: 'file-damaged' },
  { name: 'a column that is none', bytes: () => rows('<row r="1"><c r="ZZZZ1"><v>4</v></c></row>'), refused: 'file-damaged' },
  {
    name: '10⁴ ranges of hidden columns',
    bytes: () =>
      sheet(
        `<cols>${many(10_000, (at) => `<col min="1" max="${16_384 - (at % 9)}" hidden="1"/>`)}</cols>` +
          `<sheetData>${many(100, () => `<row>${'<c><v>1</v></c>'.repeat(300)}</row>`)}</sheetData>`,
      ),
  },
  {
    name: 'formats without end',
    bytes: () =>
      sheet('<sheetData><row><c s="0"><v>1e308</v></c><c s="1"><v>45000</v></c></row></sheetData>', {
        styles:
          `<numFmts><numFmt numFmtId="200" formatCode="${'0'.repeat(100_000)}"/>` +
          `<numFmt numFmtId="201" formatCode="${'yyyy'.repeat(9000)}"/>` +
          '</numFmts><cellXfs><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>',
      }),
  },
  { name: '5 MB in one cell', bytes: () => sheet(inline(LONG)), refused: 'file-too-large' },
];

const texts: readonly HostileFile[] = [
  { name: 'UTF-8 with bytes of GB 18030', bytes: () => Buffer.concat([utf8(NOTICE), GB]) },
  { name: 'a page that says GB 2312 and is UTF-8', bytes: () => utf8(page(`<p>${NOTICE}</p>`, 'gb2312')) },
  { name: 'UTF-16 with half a surrogate', bytes: () => wide(`${NOTICE}\ud800。`) },
  { name: 'UTF-16 with half a character', bytes: () => Buffer.concat([wide(NOTICE), Buffer.from([0x41])]) },
  { name: 'UTF-8 with encoded surrogates', bytes: () => Buffer.concat([utf8(NOTICE), Buffer.from('eda080edb080', 'hex')]) },
  { name: 'two byte order marks', bytes: () => utf8(`\ufeff\ufeff${NOTICE}`) },
  { name: 'NUL within', bytes: () => utf8(NOTICE.replaceAll('局', '局\0')) },
  { name: 'nothing but NUL', bytes: () => Buffer.alloc(100_000) },
  { name: 'joiners within names', bytes: () => utf8(NOTICE.replaceAll('交', '交\u200d\u200c')) },
  { name: 'a name from right to left', bytes: () => utf8(NOTICE.replaceAll('县交通局', '\u202e局通交县\u202c')) },
  { name: '5 MB in one line', bytes: () => utf8(LONG), refused: 'file-too-large' },
  { name: 'a line of 90,000 characters', bytes: () => utf8(LONG.slice(0, 90_000)) },
  {
    name: 'spans without end',
    bytes: () => utf8(`<table>${'<tr><td rowspan=65534 colspan=1000>甲</tr>'.repeat(99)}`),
    refused: 'file-too-large',
  },
  { name: 'tags that open and never close', bytes: () => utf8(`<p>${'<b><i>'.repeat(9000)}`), refused: 'file-damaged' },
  { name: 'formulas in a csv', bytes: () => utf8('序号,任务,牵头单位\n1,=cmd|calc,市财政局\n2,"=HYPERLINK(""http://x"")",市水利局\n') },
];

export const HOSTILE_FILES: readonly HostileFile[] = [...zips, ...xml, ...sheets, ...texts];
