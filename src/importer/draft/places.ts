import { fold } from '../../kernel/text-folding.ts';
import { numberOf } from '../words/numerals.ts';
import type { DraftItem } from './items.ts';

/** Where an item stands among the headings: its theme and its group. */

export type Place = {
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
};

const NOWHERE: Place = { theme: null, group: null };
const LONGEST = 200;

const MARKER = /^(?:第?\(?([一二三四五六七八九十百\d]{1,4})\)?[、.章节部分]*)/u;
const IS_BRACKETED = /^\([一二三四五六七八九十]{1,3}\)/u;

const partsOf = (section: string): readonly string[] => section.split('/').filter((part) => part.trim() !== '');

const numberIn = (heading: string): number | null => numberOf(MARKER.exec(fold(heading))?.[1] ?? '');

/** What a heading says, without its number and without the sentences after its first. */
const nameIn = (heading: string): string => {
  const marker = MARKER.exec(fold(heading))?.[0] ?? '';
  const name = heading.slice(marker.length).split('。')[0]?.trim() ?? '';
  return (name === '' ? heading.trim() : name).slice(0, LONGEST).toWellFormed();
};

/** A theme is what is headed (一), wherever a document has such headings; the level above is then only a part of the document. */
const themeAt = (parts: readonly string[], bracketed: boolean): number =>
  bracketed ? parts.findIndex((part) => IS_BRACKETED.test(fold(part))) : parts.length > 0 ? 0 : -1;

/** Numbers as printed, as long as no two headings have the same; otherwise in their order. */
const numbered = (paths: readonly (readonly [path: string, heading: string])[]): ReadonlyMap<string, number> => {
  const printed = new Map(paths.map(([path, heading]) => [path, numberIn(heading)]));
  const unlike = new Set(printed.values()).size === printed.size && ![...printed.values()].some((number) => number === null || number < 1);
  return new Map([...printed].map(([path, number], index) => [path, unlike && number !== null ? number : index + 1]));
};

export const placesOf = (items: readonly DraftItem[]): ((item: DraftItem) => Place) => {
  const sections = items.flatMap(({ section }) => (section === null ? [] : [partsOf(section)]));
  const bracketed = sections.some((parts) => parts.some((part) => IS_BRACKETED.test(fold(part))));
  const themes: [string, string][] = [];
  const groups: [string, string][] = [];
  const keyOf = (parts: readonly string[], to: number): string => parts.slice(0, to + 1).join('/');
  for (const parts of sections) {
    const at = themeAt(parts, bracketed);
    const [theme, group] = [parts[at], parts[at + 1]];
    if (at >= 0 && theme !== undefined) themes.push([keyOf(parts, at), theme]);
    if (at >= 0 && group !== undefined) groups.push([keyOf(parts, at + 1), group]);
  }
  const themeNumbers = numbered(themes);
  const byTheme = Map.groupBy(groups, ([path]) => path.slice(0, path.lastIndexOf('/')));
  const groupNumbers = new Map([...byTheme.values()].flatMap((of) => [...numbered(of)]));
  return ({ section }) => {
    const parts = section === null ? [] : partsOf(section);
    const at = themeAt(parts, bracketed);
    const [theme, group] = [parts[at], parts[at + 1]];
    if (at < 0 || theme === undefined) return NOWHERE;
    const number = themeNumbers.get(keyOf(parts, at)) ?? 1;
    return {
      theme: { number, name: nameIn(theme) },
      group: group === undefined ? null : { number: `${number}.${groupNumbers.get(keyOf(parts, at + 1)) ?? 1}`, name: nameIn(group) },
    };
  };
};
