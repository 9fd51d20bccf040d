import { isDeepStrictEqual } from 'node:util';
import { isPiled, MAX_MARKS, normalized, showsNothing, visible } from './visible-text.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/**
 * Plain JSON values as events carry them: objects, arrays, well-formed NFC text, booleans, null and safe
 * integers. Everything else is refused where it enters, with the JSON Pointer (RFC 6901) of the place.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonFault = { readonly pointer: string; readonly message: Text };

/** Nesting beyond this is refused: no document here needs it, and it bounds every recursion. */
const MAX_DEPTH = 32;

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** A lone surrogate has no UTF-8 form (RFC 8785 §3.2.2.2), NUL no honest use. */
const faultOf = (text: string): Message | undefined => {
  if (!text.isWellFormed()) return say('kernel.not-well-formed-unicode-lone-surrogate');
  if (text.includes('\0')) return say('kernel.contains-nul-character');
  if (isPiled(text)) return say('kernel.has-more-than-combining-marks-in', { maxMarks: MAX_MARKS });
  return showsNothing(text) ? say('kernel.shows-nothing-all-characters-invisible') : undefined;
};

/** NFC of one text, unless it is at fault. */
const cleanText = (text: string, pointer: string, faults: JsonFault[]): string => {
  const message = faultOf(text);
  if (message === undefined) return normalized(text, 'NFC');
  faults.push({ pointer, message });
  return text;
};

const cleanAt = (value: unknown, pointer: string, depth: number, faults: JsonFault[]): Json => {
  if (depth > MAX_DEPTH) {
    faults.push({ pointer, message: say('kernel.nested-deeper-than-levels', { maxDepth: MAX_DEPTH }) });
    return null;
  }
  if (typeof value === 'string') return cleanText(value, pointer, faults);
  if (typeof value === 'number') {
    // JSON.parse has rounded a larger integer already: 9007199254740993 arrives as …992 (RFC 8785 §3.2.2.3).
    if (!Number.isSafeInteger(value)) faults.push({ pointer, message: say('kernel.must-be-integer-within-2-53') });
    return value;
  }
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item, index) => cleanAt(item, `${pointer}/${index}`, depth + 1, faults));
  if (typeof value === 'object') {
    const clean = new Map<string, Json>();
    for (const [key, item] of Object.entries(value)) {
      const at = `${pointer}/${escapePointer(key)}`;
      const name = cleanText(key, at, faults);
      if (name === '__proto__') faults.push({ pointer: at, message: say('kernel.not-allowed-member-name') });
      else if (clean.has(name)) faults.push({ pointer: at, message: say('kernel.name-another-member-in-nfc') });
      else clean.set(name, cleanAt(item, at, depth + 1, faults));
    }
    return Object.fromEntries(clean);
  }
  faults.push({ pointer, message: say('kernel.not-json-value', { value: typeof value }) });
  return null;
};

/** A copy of `value` with all text in NFC, or every fault found with its pointer. */
export const cleanJson = (
  value: unknown,
): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly faults: readonly JsonFault[] } => {
  const faults: JsonFault[] = [];
  const clean = cleanAt(value, '', 0, faults);
  return faults.length === 0 ? { ok: true, value: clean } : { ok: false, faults };
};

/** Whether two JSON values are one: members may stand in any order, as in what was sent and what canonical bytes gave back. */
export const sameJson = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/**
 * A key for comparing names: NFKC folds full- and half-width forms, and the brackets 〔〕［］ that Chinese
 * documents use in place of () fold to them; what shows nothing does not count. For comparing only; what is stored
 * stays as printed.
 */
export const foldText = (text: string): string => {
  const folded = normalized(visible(text), 'NFKC')
    .replaceAll(/[〔[]/gu, '(')
    .replaceAll(/[〕\]]/gu, ')')
    .replaceAll(/\s+/gu, '')
    .toLowerCase();
  return normalized(folded, 'NFC'); // without its blanks it may be piled where it was not
};

export const isJsonObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
