/** A table for people, before it has a file format: its columns in order, and how an item gives its cells. */

import type { Language } from '../../messages/language.ts';

import type { Typed } from './typed.ts';

export type { Language };
export type Words = Readonly<Record<Language, string>>;

/** For programs a text is a text; for people days and figures are held as such. */
export type CellValue = string | number | boolean | null | Typed;

/** What people call what an id names, and the zone in which they read the time; an id that names nothing stays as it is. */
export type Names = {
  readonly task: (id: string) => string;
  readonly unit: (id: string) => string;
  /** The short number of a document, 三政办〔2023〕1号. */
  readonly directive: (id: string) => string;
  /** What its policy calls a duty. */
  readonly duty: (id: string) => string;
  readonly timeZone: string;
  /** The day as of which the table is made, `YYYY-MM-DD`. */
  readonly day: string;
};

/** Who reads a table: in which language, and with which names; without them, a program, which wants ids and instants as they are. */
export type Reader = { readonly language: Language; readonly names?: Names };

export type Column<Item> = {
  readonly heading: Words;
  /** In figures: the most that long texts take, where other columns need room too. */
  readonly width: number;
  /** Of days and figures, which are seen whole or not at all: what they need, whatever the first rows hold. */
  readonly least?: number;
  /**
   * `hidden`: in a workbook it is there and not seen, for a sheet that comes back. `folded`: there, shown with one click, and
   * not printed. `people`: it stands in a workbook alone, beside what programs read.
   */
  readonly seen?: 'hidden' | 'folded' | 'people';
  readonly value: (item: Item, reader: Reader) => CellValue;
};

export type Sheet<Item> = {
  readonly title: Words;
  /** Of the page in a workbook, where it is another than the title. */
  readonly name?: Words;
  /** What the file is called: ASCII in English. */
  readonly fileName: Words;
  readonly columns: readonly Column<Item>[];
  /** Rows that an item has in a workbook, where it has several. */
  readonly split?: (item: Item) => readonly Item[];
  /** The column, from 0, that says how a row stands, and what its words mean: its cells get the colour. */
  readonly lights?: { readonly column: number; readonly of: Readonly<Record<string, Light>> };
  /** Below the rows of a workbook, with a word in its first column that is seen. */
  readonly total?: { readonly item: Item; readonly word: Words };
  /** Columns of counts, from 0: a cell that is not nought gets the colour. */
  readonly counts?: readonly { readonly column: number; readonly light: Light }[];
};

/** 红黄绿: how boards of offices show what stands how. */
export type Light = 'green' | 'yellow' | 'red' | 'blue' | 'grey';

/** What a spreadsheet would run: a formula's first character, full width too, whatever stands unseen before it. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Whether a spreadsheet that reads text would run it. Files that give cells a type need nothing against it. */
export const wouldRun = (text: string): boolean => FORMULA.test(text);
