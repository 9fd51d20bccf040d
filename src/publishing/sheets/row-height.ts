import type { CellValue } from './sheet.ts';

/**
 * How high a row must be for its texts. Programs that open a workbook measure rows only when they are edited, and a text
 * that wraps would run into the next row; so it is reckoned when the row is written, by how wide characters are.
 */

/** 宋体 is what sheets of offices are in, and is half as wide for figures as for Chinese. */
export const FONT = '宋体';

/** Points of a line of 11-point text. */
const LINE = 15;
/** The most that the format takes. */
const HIGHEST = 409;
/** Full-width characters take the room of two figures: from Hangul on all but a few, and the quotation marks of Chinese. */
const WIDE = /[\u1100-\u115F\u2014\u2018-\u201D\u2026\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFFE6\u{20000}-\u{3FFFD}]/gu;

const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

const linesOf = (value: CellValue, width: number): number => {
  if (typeof value !== 'string' || width === 0) return 1;
  // A line breaks between words, so some room of it is lost.
  const room = Math.max(1, width - 2);
  return value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / room)), 0);
};

/** In points. `widths` in figures; nought is a column that is not seen. */
export const rowHeight = (cells: readonly CellValue[], widths: readonly number[]): number =>
  Math.min(HIGHEST, LINE * Math.max(1, ...cells.map((cell, index) => linesOf(cell, widths[index] ?? 0))) + 3);
