import { crc32, deflateRawSync } from 'node:zlib';

/** Zip files put together part by part, honest ones and others. */

export type Part = {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** What the file says of the part where it lies. */
  readonly claimedSize?: number;
  readonly flags?: number;
};

const bytesOf = (data: string | Uint8Array): Buffer => Buffer.from(data);

const header = (signature: number, size: number, write: (view: Buffer) => void): Buffer => {
  const head = Buffer.alloc(size);
  head.writeUInt32LE(signature, 0);
  write(head);
  return head;
};

export const zipOf = (parts: readonly Part[]): Uint8Array => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimedSize, flags = 0x800 } of parts) {
    const [raw, label] = [bytesOf(data), Buffer.from(name)];
    const packed = deflateRawSync(raw);
    const common = (view: Buffer, at: number): void => {
      view.writeUInt16LE(20, at);
      view.writeUInt16LE(flags, at + 2);
      view.writeUInt16LE(8, at + 4);
      view.writeUInt32LE(crc32(raw), at + 10);
      view.writeUInt32LE(packed.length, at + 14);
      view.writeUInt32LE(claimedSize ?? raw.length, at + 18);
      view.writeUInt16LE(label.length, at + 22);
    };
    const file = [header(0x04034b50, 30, (view) => common(view, 4)), label, packed];
    const placed = offset;
    directory.push(
      header(0x02014b50, 46, (view) => {
        view.writeUInt16LE(20, 4);
        common(view, 6);
        view.writeUInt32LE(placed, 42);
      }),
      label,
    );
    files.push(...file);
    offset += file.reduce((sum, { length }) => sum + length, 0);
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = header(0x06054b50, 22, (view) => {
    view.writeUInt16LE(parts.length, 8);
    view.writeUInt16LE(parts.length, 10);
    view.writeUInt32LE(size, 12);
    view.writeUInt32LE(offset, 16);
  });
  return Buffer.concat([...files, ...directory, end]);
};

const OFFICE = 'http://schemas.openxmlformats.org';
const relations = (list: readonly string[]): string =>
  `<Relationships xmlns="${OFFICE}/package/2006/relationships">${list.join('')}</Relationships>`;
const relation = (id: string, type: string, target: string, mode = ''): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`;
const types = (part: string, type: string): string =>
  `<Types xmlns="${OFFICE}/package/2006/content-types"><Override PartName="/${part}" ContentType="application/vnd.${type}+xml"/></Types>`;

/** The sheets' XML inside of `<worksheet>`, by their names. */
export type WorkbookParts = {
  readonly sheets: Readonly<Record<string, string>>;
  readonly styles?: string;
  readonly strings?: string;
  readonly workbook?: string;
  readonly more?: readonly Part[];
  readonly relations?: readonly string[];
  readonly type?: string;
};

export const xlsxOf = ({ sheets, styles, strings, workbook = '', more = [], relations: others = [], type }: WorkbookParts): Uint8Array => {
  const names = Object.keys(sheets);
  const main = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at + 1}"/>`).join('');
  return zipOf([
    {
      name: '[Content_Types].xml',
      data: types('xl/workbook.xml', type ?? 'openxmlformats-officedocument.spreadsheetml.sheet.main'),
    },
    { name: '_rels/.rels', data: relations([relation('r1', 'officeDocument', 'xl/workbook.xml')]) },
    { name: 'xl/workbook.xml', data: `<workbook xmlns:r="r">${workbook}<sheets>${main}</sheets></workbook>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations([
        ...names.map((_, at) => relation(`s${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
        ...(styles === undefined ? [] : [relation('st', 'styles', '/xl/styles.xml')]),
        ...(strings === undefined ? [] : [relation('ss', 'sharedStrings', 'sharedStrings.xml')]),
        ...others,
      ]),
    },
    ...Object.values(sheets).map((xml, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, data: `<worksheet>${xml}</worksheet>` })),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', data: `<styleSheet>${styles}</styleSheet>` }]),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `<sst>${strings}</sst>` }]),
    ...more,
  ]);
};

/** The body's XML and further parts by their names; `relations` are the document's. */
export const docxOf = (body: string, more: Readonly<Record<string, string>> = {}): Uint8Array => {
  const named = Object.entries(more).map(([name, data]) => ({ name: `word/${name}.xml`, data }));
  return zipOf([
    { name: '[Content_Types].xml', data: types('word/document.xml', 'openxmlformats-officedocument.wordprocessingml.document.main') },
    { name: '_rels/.rels', data: relations([relation('r1', 'officeDocument', 'word/document.xml')]) },
    {
      name: 'word/_rels/document.xml.rels',
      data: relations(Object.keys(more).map((name) => relation(name, name.replace(/\d+$/u, ''), `${name}.xml`))),
    },
    { name: 'word/document.xml', data: `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` },
    ...named,
  ]);
};
