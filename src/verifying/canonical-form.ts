import { canonicalText } from '../kernel/canonical.ts';
import { say, type Text } from '../messages/message.ts';

/*
 * Whether a text is the RFC 8785 form of what it says. The definition is to write it again and compare; that is slow,
 * so one pass over the bytes comes first, which knows a plain text to be canonical when it sees one. What it does not
 * know, the definition decides.
 */

const QUOTE = 0x22;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const SPACE = 0x20;
const ASCII_END = 0x80;

/** Integers of so many characters are written as ECMAScript would write them: they are exact, and have no exponent. */
const PLAIN_DIGITS = 15;

/** `"` `\` b f n r t: what RFC 8785 §3.2.2.2 writes behind one backslash. Not `/`, nor u. */
const isShortEscape = (byte: number | undefined): boolean =>
  byte === QUOTE || byte === BACKSLASH || byte === 0x62 || byte === 0x66 || byte === 0x6e || byte === 0x72 || byte === 0x74;

/** Behind the end of a number that is more than an integer: a fraction or an exponent. */
const goesOn = (byte: number | undefined): boolean => byte === DOT || byte === 0x65 || byte === 0x45;

/** Whether the name [a, aEnd) comes before [b, bEnd). Both are ASCII, so bytes stand in the order of UTF-16 code units (§3.2.3). */
const comesBefore = (bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean => {
  let i = a;
  let j = b;
  while (i < aEnd && j < bEnd && bytes[i] === bytes[j]) {
    i += 1;
    j += 1;
  }
  return i === aEnd ? j < bEnd : j < bEnd && (bytes[i] ?? 0) < (bytes[j] ?? 0);
};

/**
 * Whether bytes that JSON.parse took are canonical beyond doubt: no space between tokens, the members of every object
 * in order, numbers that are plain integers, no escape that is not the shortest. False where only the definition can tell.
 */
const isPlainly = (bytes: Uint8Array): boolean => {
  // Where the last name stands in the object at each depth; -1 before the first.
  const nameBegin: number[] = [];
  const nameEnd: number[] = [];
  let depth = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const begin = at + 1;
      let isAscii = true;
      at = begin;
      for (let inside = bytes[at] ?? QUOTE; inside !== QUOTE; inside = bytes[at] ?? QUOTE) {
        if (inside >= ASCII_END) isAscii = false;
        else if (inside === BACKSLASH) {
          at += 1;
          if (!isShortEscape(bytes[at])) return false;
          isAscii = false; // a name with an escape stands in the order of what it means, which is not read here
        }
        at += 1;
      }
      const end = at;
      at += 1;
      if (bytes[at] !== COLON) continue;
      const before = nameBegin[depth] ?? -1;
      if (!isAscii || (before >= 0 && !comesBefore(bytes, before, nameEnd[depth] ?? before, begin, end))) return false;
      nameBegin[depth] = begin;
      nameEnd[depth] = end;
      at += 1;
    } else if (byte === OPEN) {
      depth += 1;
      nameBegin[depth] = -1;
      at += 1;
    } else if (byte === CLOSE) {
      depth -= 1;
      at += 1;
    } else if (byte <= SPACE) return false;
    else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
      const begin = at;
      at += 1;
      while ((bytes[at] ?? 0) >= ZERO && (bytes[at] ?? 0) <= NINE) at += 1;
      // -0 is 0 (§3.2.2.3).
      if (at - begin > PLAIN_DIGITS || goesOn(bytes[at]) || (byte === MINUS && bytes[begin + 1] === ZERO)) return false;
    } else at += 1; // a comma, a bracket, a letter of true, false and null
  }
  return true;
};

const rewritten = (value: unknown): string | undefined => {
  try {
    return canonicalText(value);
  } catch {
    return undefined; // lone surrogates, which RFC 8785 §3.2.2.2 does not allow
  }
};

const firstDifference = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
};

/** Why bytes are not canonical; undefined where they are. `text` is what they say, and `value` what JSON.parse made of it. */
export const uncanonical = (bytes: Uint8Array, text: string, value: unknown): Text | undefined => {
  if (isPlainly(bytes)) return undefined;
  const again = rewritten(value);
  if (again === undefined) return say('verifying.not-well-formed-unicode');
  // A member that stands twice is lost in parsing, and so found here too.
  return again === text ? undefined : say('verifying.not-in-canonical-form', { n: firstDifference(text, again) + 1 });
};
