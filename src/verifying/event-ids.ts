import { randomInt } from 'node:crypto';

/*
 * Whether an event id stands twice in a log. Ids are kept as the 16 bytes that they are, in typed arrays, and found
 * through a table of indexes: 24 to 32 bytes an event and no object, where a Set of texts takes some 120. Two ids are
 * compared whole, so the answer is exact and not likely.
 */

/** 32-bit words of an id. All zero where an entry has none: the nil UUID (RFC 9562 §5.9) is no id. */
const WORDS = 4;
const DIGITS_OF_WORD = 8;

const LENGTH = 36;
const HYPHEN = 0x2d;
const isHyphenPlace = (n: number): boolean => n === 8 || n === 13 || n === 18 || n === 23;

/** The value of a lower-case hex digit, -1 for anything else. */
const digitOf = (unit: number): number => {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x57 : -1;
};

/** Writes a UUID in lower case to the four words from `at` on. False, and zeros, where the text is none. */
const readId = (text: string, words: Uint32Array, at: number): boolean => {
  let word = 0;
  let digits = 0;
  let any = 0;
  let isGood = text.length === LENGTH;
  for (let n = 0; n < LENGTH && isGood; n += 1) {
    const unit = text.charCodeAt(n);
    if (isHyphenPlace(n)) {
      isGood = unit === HYPHEN;
      continue;
    }
    const digit = digitOf(unit);
    isGood = digit >= 0;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % DIGITS_OF_WORD > 0) continue;
    words[at + digits / DIGITS_OF_WORD - 1] = word;
    any |= word;
  }
  isGood &&= any !== 0;
  if (!isGood) words.fill(0, at, at + WORDS);
  return isGood;
};

/** The ids of a run of entries, four words each. */
export type RunIds = { readonly begin: number; readonly words: Uint32Array<ArrayBuffer> };

/** Collects the ids of the entries [begin, end). */
export const collectIds = (begin: number, end: number) => {
  const words = new Uint32Array((end - begin) * WORDS);
  return {
    ids: { begin, words } satisfies RunIds as RunIds,
    /** False where the text is no UUID in lower case. */
    add: (text: string, index: number): boolean => readId(text, words, (index - begin) * WORDS),
  };
};

export type Twice = { readonly index: number; /** Where it stands already. */ readonly before: number };

/** Takes runs of one length in their order, from the first entry on, and tells of every id that stood before. */
export const createIdBook = (runLength: number): { readonly add: (ids: RunIds) => readonly Twice[] } => {
  const runs: Uint32Array[] = [];
  // Open addressing: a slot holds a leaf index plus one, or 0. Who forges a log cannot aim at its slots without the seed.
  const seed = randomInt(2 ** 32);
  let slots = new Uint32Array(2 ** 12);
  let taken = 0;

  /** Whether the id at `at` of `words` is that of the entry at an index. */
  const isIdOf = (words: Uint32Array, at: number, index: number): boolean => {
    const run = runs[Math.floor(index / runLength)] ?? words;
    const other = (index % runLength) * WORDS;
    return (
      words[at] === run[other] && words[at + 1] === run[other + 1] && words[at + 2] === run[other + 2] && words[at + 3] === run[other + 3]
    );
  };

  const slotOf = (words: Uint32Array, at: number): number => {
    let mixed = seed;
    for (let n = at; n < at + WORDS; n += 1) {
      mixed = Math.imul(mixed ^ (words[n] ?? 0), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    return mixed & (slots.length - 1);
  };

  /** The index at which the id stands; puts this one in where there is none. */
  const place = (words: Uint32Array, at: number, index: number): number | undefined => {
    for (let slot = slotOf(words, at); ; slot = (slot + 1) & (slots.length - 1)) {
      const held = slots[slot] ?? 0;
      if (held === 0) {
        slots[slot] = index + 1;
        return undefined;
      }
      if (isIdOf(words, at, held - 1)) return held - 1;
    }
  };

  const grow = (): void => {
    const before = slots;
    slots = new Uint32Array(before.length * 2);
    for (const held of before) {
      const run = runs[Math.floor((held - 1) / runLength)];
      if (run !== undefined) place(run, ((held - 1) % runLength) * WORDS, held - 1);
    }
  };

  return {
    add: ({ begin, words }) => {
      runs.push(words);
      const found: Twice[] = [];
      for (let at = 0; at < words.length; at += WORDS) {
        if (((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0) continue; // none
        if (taken * 2 >= slots.length) grow();
        const index = begin + at / WORDS;
        const before = place(words, at, index);
        if (before === undefined) taken += 1;
        else found.push({ index, before });
      }
      return found;
    },
  };
};
