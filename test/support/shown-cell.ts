import type ExcelJs from 'exceljs';

/** What a cell shows: of a day or a figure, by the format that it has. */

const twoDigits = (part: number): string => String(part).padStart(2, '0');

const dated = (at: Date, format: string): string =>
  format
    .replaceAll('"', '')
    .replace('yyyy', String(at.getUTCFullYear()))
    .replace('mm', twoDigits(at.getUTCMonth() + 1))
    .replace('dd', twoDigits(at.getUTCDate()))
    .replace('hh', twoDigits(at.getUTCHours()))
    .replace('mm', twoDigits(at.getUTCMinutes()));

export const shownIn = (cell: ExcelJs.Cell): string => {
  const { value, numFmt } = cell;
  if (value instanceof Date) return dated(new Date(Math.round(value.getTime() / 60_000) * 60_000), numFmt);
  const places = /^0\.(?<places>0+)$/u.exec(numFmt ?? '')?.groups?.['places'];
  return typeof value === 'number' && places !== undefined ? value.toFixed(places.length) : cell.text;
};
