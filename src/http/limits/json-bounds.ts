import { say, type Message } from '../../messages/message.ts';

/** How large the structure of a JSON text is, told from the text alone: before a value is made of it. */

export type JsonBounds = { readonly jsonDepth: number; readonly jsonMembers: number };

type Structure = { readonly deepest: number; readonly members: number; readonly isClosed: boolean };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** The index of the quote that ends the string that begins at `start`; that of the text's end where none does. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
};

/** Of a text that need not be JSON. An object or array counts as one member at least: for a bound that is near enough. */
const structureOf = (text: string): Structure => {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) members += 1;
    else if (CLOSE.has(code)) depth -= 1;
    else if (OPEN.has(code)) {
      members += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
    }
  }
  return { deepest, members, isClosed: depth === 0 };
};

/** What is too much of a text; undefined where nothing is, or where it is no JSON. */
export const beyondBounds = (text: string, { jsonDepth, jsonMembers }: JsonBounds): Message | undefined => {
  const { deepest, members, isClosed } = structureOf(text);
  if (!isClosed) return undefined; // nothing is made of it
  if (members > jsonMembers) return say('http.has-more-than-members-and-items', { jsonMembers });
  return deepest > jsonDepth + 1 ? say('http.nested-deeper-than-levels', { jsonDepth }) : undefined;
};
