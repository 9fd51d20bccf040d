import { fold } from '../../kernel/text-folding.ts';
import { normalized } from '../../kernel/visible-text.ts';
import { syllables } from '../../kernel/pinyin.ts';
import { numberOf } from '../words/numerals.ts';
import type { ReadItem } from '../document-reading.ts';
import { countedByKind } from '../relative-ids.ts';

/** Names of what was read: an item by its kind and number, a directive by its document number. */

/** The number as a whole one, where that is all it says. */
export const ordinalOf = (number: string): number | null => {
  const value = numberOf(fold(number).trim());
  return value !== null && value > 0 ? value : null;
};

export type Keyed = Omit<ReadItem, 'children'> & {
  /** `task-12`: counted by kind, in the document's order. The id of its task is this, after the directive's. */
  readonly key: string;
  readonly children: readonly Keyed[];
};

/** What items are known by, in whatever way the directive is called: the same reading gives the same keys. */
export const withKeys = (items: readonly ReadItem[]): readonly Keyed[] => {
  const next = countedByKind();
  const keyed = (item: ReadItem): Keyed => ({ ...item, key: next(item.kind), children: item.children.map(keyed) });
  return items.map(keyed);
};

/** For an item that a person adds. */
export const nextKey = (kind: string, taken: readonly string[]): string => {
  const numbers = taken.filter((key) => key.startsWith(`${kind}-`)).map((key) => Number(key.slice(kind.length + 1)));
  return `${kind}-${Math.max(0, ...numbers) + 1}`;
};

const DOCUMENT_NUMBER = /^(\p{Script=Han}{1,12})[〔[(【](\d{4})[〕\])】]第?(\d{1,5})号$/u;
const LONGEST_ID = 48;

/** 三政办〔2023〕1号 is `sanzhengban-2023-1`; a number of another shape is read out. null where nothing is left of it. */
export const directiveIdOf = (number: string): string | null => {
  const [, prefix, year, serial] = DOCUMENT_NUMBER.exec(fold(number).replaceAll(/\s/gu, '')) ?? [];
  if (prefix !== undefined && year !== undefined && serial !== undefined)
    return `${syllables(prefix).join('')}-${year}-${Number(serial)}`.slice(0, LONGEST_ID);
  const read = syllables(normalized(number, 'NFKC')).join('-').slice(0, LONGEST_ID).replace(/-+$/u, '');
  return read === '' ? null : read;
};
