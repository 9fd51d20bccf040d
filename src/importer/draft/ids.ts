import { pinyin } from 'pinyin-pro';

// 人行 in a name is the People's Bank, bank read háng; the dictionary takes the two characters for "pedestrian", xíng.
const CENTRAL_BANK = '人行';

const LONGEST = 80;

const readings = (text: string): readonly string[] =>
  pinyin(text, { toneType: 'none', type: 'array', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/gu, ''))
    .filter((syllable) => syllable !== '');

/** Syllables without tones, ü as v; brackets and other marks give none. */
export const syllables = (name: string): readonly string[] =>
  name.startsWith(CENTRAL_BANK) ? ['ren', 'hang', ...readings(name.slice(CENTRAL_BANK.length))] : readings(name);

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
