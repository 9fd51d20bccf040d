import { wouldRun, type CellValue, type Language, type Sheet } from './sheet.ts';

/** RFC 4180, and a byte order mark, without which Excel takes it for GBK. */

/** A cell; what a spreadsheet would run is shown as text. */
const cell = (value: CellValue): string => {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && wouldRun(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (cells: readonly CellValue[]): string => `${cells.map(cell).join(',')}\r\n`;

export const csvHead = <Item>({ columns }: Sheet<Item>, language: Language): string =>
  `\uFEFF${line(columns.map(({ heading }) => heading[language]))}`;

export const csvRows = <Item>({ columns }: Sheet<Item>, items: readonly Item[], language: Language): string =>
  items.map((item) => line(columns.map(({ value }) => value(item, language)))).join('');
