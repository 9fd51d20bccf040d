import type ExcelJs from 'exceljs';
import { xmlText } from '../../kernel/xml-text.ts';

/**
 * Texts of a workbook (ECMA-376 Part 1, 22.9.2.19): `_x0041_` in one is read as the character of that number, so where a
 * text has such a word of its own, its first character is written as its number.
 */

const LIKE_ESCAPE = /_(?=x[0-9a-f]{4}_)/giu;
/** A character of XML that the library leaves out. */
const DELETE = '\u007F';
/** The most that a cell takes, in UTF-16 code units. */
const LONGEST_CELL = 32_767;

/** What a cell shows of a text: as much of it as there is room for. */
export const cellText = (text: string): string => xmlText(text.slice(0, LONGEST_CELL));

/** What is written for a text that `cellText` gives, so that it reads as it is. */
const escapedText = (text: string): string => text.replaceAll(LIKE_ESCAPE, '_x005F_').replaceAll(DELETE, '_x007F_');

/**
 * What the library is given for a text. It writes one as the result of a formula, in which only Excel reads an escape;
 * a text with one is written as a text in runs, in which all programs do.
 */
export const writtenText = (text: string): string | ExcelJs.CellRichTextValue => {
  const escaped = escapedText(text);
  return escaped === text ? text : { richText: [{ text: escaped }] };
};
