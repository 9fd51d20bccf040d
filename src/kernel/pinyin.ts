import { pinyin } from 'pinyin-pro';

/** How Chinese text is read: syllables without tones, ü as v. */

const READING = { toneType: 'none', type: 'array', v: true } as const;

// 人行 in a name is the People's Bank, bank read háng; the dictionary takes the two characters for "pedestrian", xíng.
const CENTRAL_BANK = '人行';

const readings = (text: string): readonly string[] =>
  pinyin(text, READING)
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/gu, ''))
    .filter((syllable) => syllable !== '');

/** A text in the reading that its words suggest; brackets and other marks give none. */
export const syllables = (text: string): readonly string[] =>
  text.startsWith(CENTRAL_BANK) ? ['ren', 'hang', ...readings(text.slice(CENTRAL_BANK.length))] : readings(text);

/** The dictionary of words has 阿房宫 as ē páng gōng; that of characters does not know 房 as páng. */
const ONLY_IN_WORDS: ReadonlyMap<string, readonly string[]> = new Map([['房', ['pang']]]);

const known = new Map<string, readonly string[]>();

/** Every reading of a character, whatever word it stands in; none where the dictionary has none. */
export const readingsOf = (character: string): readonly string[] => {
  let found = known.get(character);
  if (found === undefined) {
    const all = [...pinyin(character, { ...READING, multiple: true }), ...(ONLY_IN_WORDS.get(character) ?? [])];
    found = [...new Set(all)].filter((reading) => /^[a-z]+$/u.test(reading));
    known.set(character, found);
  }
  return found;
};
