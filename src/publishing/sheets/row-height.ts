import { roomIn, textWidth } from './text-width.ts';

/**
 * How high a row must be for its texts. Programs that open a workbook measure rows only when they are edited, and a text
 * that wraps would run into the next row; so it is reckoned when the row is written, by how wide characters are.
 */

/** Points of a line of 11-point text, of any font. */
const LINE = 16;
const AROUND = 3;
/** The most that the format takes. */
export const HIGHEST = 409;
export const MOST_LINES = Math.floor((HIGHEST - AROUND) / LINE);

/** `room` in half ems. A line breaks between words and before no comma, so some room of it is lost. */
export const linesOf = (text: string, room: number): number =>
  text.split('\n').reduce((sum, line) => {
    const wide = textWidth(line);
    return sum + (wide <= room ? 1 : Math.ceil(wide / Math.max(1, room - 2)));
  }, 0);

/** In points, and it may be more than a row can have. `widths` of the columns; nought is one that is not seen. */
export const rowHeight = (cells: readonly (string | undefined)[], widths: readonly number[]): number => {
  const lines = cells.map((text, index) => {
    const width = widths[index] ?? 0;
    return text === undefined || width === 0 ? 1 : linesOf(text, roomIn(width));
  });
  return LINE * Math.max(1, ...lines) + AROUND;
};
