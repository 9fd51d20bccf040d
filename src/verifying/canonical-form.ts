import { canonicalText } from '../kernel/canonical.ts';

/*
 * Whether a text is the RFC 8785 form of what it says. The definition is to write it again and compare; that is slow,
 * and nearly always what JSON.stringify gives is the same, if only the members of every object stand in order.
 */

/** Members in the order of their UTF-16 code units (RFC 8785 §3.2.3), at every depth. */
const isSorted = (value: object): boolean => {
  let before: string | undefined;
  for (const [key, item] of Object.entries(value)) {
    if (before !== undefined && !Array.isArray(value) && before >= key) return false;
    before = key;
    if (typeof item === 'object' && item !== null && !isSorted(item)) return false;
  }
  return true;
};

// A lone surrogate, which has no canonical form, is written by JSON.stringify as it was read: \ud800.
const isPlainly = (text: string, value: unknown): boolean =>
  !text.includes(String.raw`\ud`) && JSON.stringify(value) === text && (typeof value !== 'object' || value === null || isSorted(value));

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

/** Why a text is not canonical; undefined where it is. `value` is what JSON.parse made of it. */
export const uncanonical = (text: string, value: unknown): string | undefined => {
  if (isPlainly(text, value)) return undefined;
  const again = rewritten(value);
  if (again === undefined) return 'has text that is not well-formed Unicode';
  // A member that stands twice is lost in parsing, and so found here too.
  return again === text ? undefined : `is not in its RFC 8785 form from character ${firstDifference(text, again) + 1} on`;
};
