/** A table for people, before it has a file format: its columns in order, and how an item gives its cells. */

import type { Language } from '../../messages/language.ts';

export type { Language };
export type Words = Readonly<Record<Language, string>>;

export type CellValue = string | number | boolean | null;

export type Column<Item> = {
  readonly heading: Words;
  /** In characters of the sheet's font. */
  readonly width: number;
  readonly value: (item: Item, language: Language) => CellValue;
};

export type Sheet<Item> = {
  readonly title: Words;
  /** What the file is called: ASCII in English. */
  readonly fileName: Words;
  readonly columns: readonly Column<Item>[];
  /** The column, from 0, that says how a row stands, and what its words mean: its cells get the colour. */
  readonly lights?: { readonly column: number; readonly of: Readonly<Record<string, Light>> };
};

/** 红黄绿: how boards of offices show what stands how. */
export type Light = 'green' | 'yellow' | 'red' | 'blue' | 'grey';

/** What a spreadsheet would run: a formula's first character, full width too, whatever stands unseen before it. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Whether a spreadsheet that reads text would run it. Files that give cells a type need nothing against it. */
export const wouldRun = (text: string): boolean => FORMULA.test(text);
