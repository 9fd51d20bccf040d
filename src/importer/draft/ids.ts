import { syllables } from '../../kernel/pinyin.ts';

const LONGEST = 80;

const withinLength = (id: string, room: number): string => (id.length <= room ? id : id.slice(0, id.lastIndexOf('-', room)));

/**
 * Ids for names in the order given, syllables joined by `-`: 市科技局 is `shi-ke-ji-ju`. Names that sound alike are told
 * apart by `-2`, `-3`.
 */
export const idsFor = (names: readonly string[]): ReadonlyMap<string, string> => {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  /** For each sound the number from which on one may be free. */
  const next = new Map<string, number>();
  for (const name of names) {
    // A character without a reading would leave nothing to go by.
    const sound = withinLength(syllables(name).join('-') || 'x', LONGEST - '-999'.length);
    let id = sound;
    let n = next.get(sound) ?? 2;
    for (; taken.has(id); n += 1) id = `${sound}-${n}`;
    next.set(sound, n);
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
};
