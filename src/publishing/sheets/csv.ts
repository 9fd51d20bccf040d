import { wouldRun, type CellValue, type Column, type Language, type Sheet } from './sheet.ts';
import { isTyped } from './typed.ts';

/** RFC 4180, and a byte order mark, without which Excel takes it for GBK. */

/** A cell; what a spreadsheet would run is shown as text. */
const cell = (value: CellValue): string => {
  const text = value === null ? '' : isTyped(value) ? value.text : String(value);
  const safe = typeof value === 'string' && wouldRun(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (cells: readonly CellValue[]): string => `${cells.map(cell).join(',')}\r\n`;

const columnsOf = <Item>({ columns }: Sheet<Item>): readonly Column<Item>[] => columns.filter(({ seen }) => seen !== 'people');

export const csvHead = <Item>(sheet: Sheet<Item>, language: Language): string =>
  `\uFEFF${line(columnsOf(sheet).map(({ heading }) => heading[language]))}`;

export const csvRows = <Item>(sheet: Sheet<Item>, items: readonly Item[], language: Language): string => {
  const columns = columnsOf(sheet);
  return items.map((item) => line(columns.map(({ value }) => value(item, { language })))).join('');
};
