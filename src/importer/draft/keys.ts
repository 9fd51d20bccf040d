import { fold } from '../../kernel/text-folding.ts';
import { syllables } from '../ids.ts';
import { numberOf } from '../words/numerals.ts';
import type { ReadItem } from '../document-reading.ts';

/** Names of what was read: an item by its kind and number, a directive by its document number. */

const NUMERALS = /[〇零○一二三四五六七八九十百千]+/gu;
const LONGEST_KEY = 24;

/** `12`, `十二` and `第12项` give `12`; `二(一)-2` gives `2-1-2`. */
const slug = (number: string): string =>
  fold(number)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(NUMERALS, (numeral) => ` ${numberOf(numeral) ?? ''} `)
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, LONGEST_KEY)
    .replace(/-+$/u, '') || 'x';

/** The number as a whole one, where that is all it says. */
export const ordinalOf = (number: string): number | null => {
  const value = numberOf(fold(number).trim());
  return value !== null && value > 0 ? value : null;
};

export type Keyed = Omit<ReadItem, 'children'> & {
  /** `task-12`, of a part `task-12-1`; items of one kind and number are told apart by `-2` in their order. */
  readonly key: string;
  readonly children: readonly Keyed[];
};

/** What items are known by, in whatever way the directive is called: the same reading gives the same keys. */
export const withKeys = (items: readonly ReadItem[]): readonly Keyed[] => {
  const taken = new Set<string>();
  const free = (wanted: string): string => {
    let key = wanted;
    for (let n = 2; taken.has(key); n += 1) key = `${wanted}-${n}`;
    taken.add(key);
    return key;
  };
  const keyed = (item: ReadItem, within: string | null): Keyed => {
    const key = free(`${within ?? item.kind}-${slug(item.number)}`);
    return { ...item, key, children: item.children.map((child) => keyed(child, key)) };
  };
  return items.map((item) => keyed(item, null));
};

const DOCUMENT_NUMBER = /^(\p{Script=Han}{1,12})[〔[(【](\d{4})[〕\])】]第?(\d{1,5})号$/u;
const LONGEST_ID = 48;

/** 三政办〔2023〕1号 is `sanzhengban-2023-1`; a number of another shape is read out. null where nothing is left of it. */
export const directiveIdOf = (number: string): string | null => {
  const [, prefix, year, serial] = DOCUMENT_NUMBER.exec(fold(number).replaceAll(/\s/gu, '')) ?? [];
  if (prefix !== undefined && year !== undefined && serial !== undefined)
    return `${syllables(prefix).join('')}-${year}-${Number(serial)}`.slice(0, LONGEST_ID);
  const read = syllables(number.normalize('NFKC')).join('-').slice(0, LONGEST_ID).replace(/-+$/u, '');
  return read === '' ? null : read;
};
