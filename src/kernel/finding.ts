import { foldText } from './json.ts';
import { readingsOf } from './pinyin.ts';

/** Finding by words: Chinese text as it is written, and names also as they sound (`kejiju` or `kjj` for 科技局). */

/** What each character of a name may be read as; marks are passed over. */
type Spoken = readonly (readonly string[])[];

export type Findable = {
  /** For comparing, as `foldText` gives it. */
  readonly folded: readonly string[];
  readonly spoken: readonly Spoken[];
};

export type Word = {
  readonly folded: string;
  /** As letters of pinyin; null where it has none. */
  readonly typed: string | null;
};

const TONED: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: 'āáǎà', e: 'ēéěèê', i: 'īíǐì', o: 'ōóǒò', u: 'ūúǔù', v: 'üǖǘǚǜ' }).flatMap(([plain, toned]) =>
    Array.from(toned, (letter) => [letter, plain] as const),
  ),
);

const withoutTones = (text: string): string => text.replaceAll(/[^\0-\x7f]/gu, (letter) => TONED.get(letter) ?? letter);

const SYLLABLES_APART = /['’·-]/gu;

const spokenOf = (folded: string): Spoken =>
  Array.from(folded).flatMap((character) => {
    if (/\p{Script=Han}/u.test(character)) return [readingsOf(character)];
    return /[\p{L}\p{N}]/u.test(character) ? [[withoutTones(character)]] : [];
  });

/** Names are found by their sound too; in a long text so much sounds alike that everything would be found. */
export const findable = (names: readonly string[], texts: readonly string[] = []): Findable => {
  const folded = names.map(foldText);
  return { folded: [...folded, ...texts.map(foldText)], spoken: folded.map(spokenOf) };
};

const typedOf = (folded: string): string | null => {
  const typed = withoutTones(folded).replaceAll(SYLLABLES_APART, '');
  return /[a-z]/u.test(typed) ? typed : null;
};

/** The words of a query, which blanks part. */
export const wordsOf = (query: string): readonly Word[] =>
  query
    .split(/\s+/u)
    .map(foldText)
    .filter((folded) => folded !== '')
    .map((folded) => ({ folded, typed: typedOf(folded) }));

/** Whether characters that follow each other give the letters typed, each by a whole `piece` of one of its readings. */
const spells = (spoken: Spoken, typed: string, piece: (reading: string) => string): boolean => {
  // How far the runs that end at the character before have come in what was typed; a run may begin at every character.
  let ends: readonly number[] = [];
  for (const readings of spoken) {
    const next: number[] = [];
    for (const reading of readings) {
      const letters = piece(reading);
      for (const from of [0, ...ends]) {
        const end = from + letters.length;
        if (typed.startsWith(letters, from) && !next.includes(end)) next.push(end);
      }
    }
    if (next.includes(typed.length)) return true;
    ends = next;
  }
  return false;
};

const whole = (reading: string): string => reading;
const initial = (reading: string): string => reading.charAt(0);

/** Whether the characters from the first to the last give the letters typed. */
const spellsAll = (spoken: Spoken, typed: string, piece: (reading: string) => string): boolean => {
  let ends: ReadonlySet<number> = new Set([0]);
  for (const readings of spoken) {
    const letters = readings.map(piece);
    ends = new Set([...ends].flatMap((from) => letters.flatMap((each) => (typed.startsWith(each, from) ? [from + each.length] : []))));
  }
  return ends.has(typed.length);
};

/** Whether a name is meant as a whole: as it is written, or as it sounds, by all its syllables or the initials of all. */
export const isCalled = (name: string, asked: string): boolean => {
  const [folded, word] = [foldText(name), foldText(asked)];
  if (folded === word) return true;
  const typed = typedOf(word);
  const spoken = spokenOf(folded);
  return typed !== null && (spellsAll(spoken, typed, whole) || spellsAll(spoken, typed, initial));
};

export const isFoundBy = ({ folded, spoken }: Findable, { folded: word, typed }: Word): boolean =>
  folded.some((text) => text.includes(word)) ||
  (typed !== null && spoken.some((name) => spells(name, typed, whole) || spells(name, typed, initial)));

/** Whether every word is found. */
export const isFound = (thing: Findable, words: readonly Word[]): boolean => words.every((word) => isFoundBy(thing, word));
