import { readRecord, readRecords } from './csv-records.ts';

/**
 * Tables inside of plain text: neighbouring lines with tabs or bars between their cells, and records with commas under a
 * header. A sentence with a comma is a line.
 */

/** A row, and how many lines it takes. */
export type TextRow = { readonly cells: readonly string[]; readonly lines: number };

const BARS = /[|｜│┃]/u;
const BAR_AT_AN_END = /^\s*[|｜│┃]|[|｜│┃]\s*$/gu;

type Style = {
  readonly separators: (line: string) => number;
  /** Whether a line without one is a row all the same, below one that has some. */
  readonly goesOn: (line: string) => boolean;
  readonly cells: (line: string) => readonly string[];
};

const bars: Style = {
  separators: (line) => line.split(BARS).length - 1,
  goesOn: () => false,
  cells: (line) => line.replaceAll(BAR_AT_AN_END, '').split(BARS),
};
/** Tabs that indent a line or trail it are no separators, though in a table the ones before a row are empty cells. */
const tabs: Style = {
  separators: (line) => line.trim().split('\t').length - 1,
  goesOn: (line) => /^\t\t+[^\s]/u.test(line),
  cells: (line) => line.split('\t'),
};

/** What stands from a line on: the rows of a table, or so many lines that belong to none. */
type Found = { readonly rows: readonly TextRow[]; readonly plain: number };

/** Neighbouring lines that all have a separator, and one of them two: a single one also stands in `首页 | 公开`. */
const run = (lines: readonly string[], from: number, { separators, goesOn, cells }: Style): Found => {
  let end = from;
  let most = 0;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const found = separators(line);
    if (found === 0 && !(most >= 2 && goesOn(line))) break;
    most = Math.max(most, found);
  }
  if (most < 2) return { rows: [], plain: end - from };
  return { rows: lines.slice(from, end).map((line) => ({ cells: cells(line), lines: 1 })), plain: 0 };
};

const HEADER_WORD = /序号|编号|项目|任务|事项|内容|单位|部门|时限|时间|名称/u;
const HEADER_FIELD = /^[^。；;！!？?]{1,20}$/u;
const isHeader = (fields: readonly string[]): boolean =>
  fields.length >= 3 && fields.every((field) => HEADER_FIELD.test(field.trim())) && fields.some((field) => HEADER_WORD.test(field));

/** Records of as many fields as the header that they stand under, at least two of them. */
const records = (text: string, offset: number): Found => {
  const header = readRecord(text, offset, ',').fields;
  const rows: TextRow[] = [];
  for (const { fields, lines } of isHeader(header) ? readRecords(text, ',', offset) : []) {
    if (fields.length !== header.length) break;
    rows.push({ cells: fields, lines });
  }
  return rows.length >= 3 ? { rows, plain: 0 } : { rows: [], plain: 1 };
};

/** `text` is the lines joined by line feeds, and `offset` where the line `from` begins in it. */
export const rowsFrom = (lines: readonly string[], from: number, text: string, offset: number): Found => {
  const line = lines[from] ?? '';
  if (bars.separators(line) > 0) return run(lines, from, bars);
  if (tabs.separators(line) > 0) return run(lines, from, tabs);
  return line.includes(',') ? records(text, offset) : { rows: [], plain: 1 };
};
