import { RefusedFile } from './limits.ts';
import { say, type Message } from '../messages/message.ts';

/** Bytes to text, by what the bytes themselves say: a byte order mark, or the only encoding that makes sense of them. */

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
export type Decoded = {
  readonly text: string;
  readonly encoding: Encoding;
  /** What is doubtful about it, as a sentence. */
  readonly doubt: Message | null;
};

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

const isValid = (bytes: Uint8Array, encoding: Encoding): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

const REPLACED = /\uFFFD/gu;
/** Without a list of what is found, which for a long text is longer than the text. */
const count = (text: string, pattern: RegExp): number => {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found += 1;
  return found;
};

/** What documents consist of: Han, CJK punctuation and full-width forms, printable ASCII, line ends. */
const USUAL = /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\u2460-\u24ff\u0020-\u007e\t\r\n]/gu;
const usualShare = (text: string): number => (text === '' ? 1 : count(text, USUAL) / text.length);

/** UTF-16 without a mark shows in its line ends and digits: a zero byte beside each. */
const wideWithoutMark = (bytes: Uint8Array): Encoding | null => {
  if (bytes.length % 2 !== 0 || !bytes.includes(0)) return null;
  const sample = bytes.subarray(0, 64 * 1024);
  const [little, big] = [usualShare(decode(sample, 'utf-16le')), usualShare(decode(sample, 'utf-16be'))];
  if (Math.max(little, big) < 0.9) return null;
  return little >= big ? 'utf-16le' : 'utf-16be';
};

/** The 3755 characters of GB 2312's first level are nearly all of any Chinese text, and by chance a third of what Big5 looks like. */
const isLikelyGb = (bytes: Uint8Array): boolean => {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < Math.min(bytes.length, 64 * 1024) - 1; at += 1) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x81) continue;
    at += 1;
    if (lead >= 0xa1 && lead <= 0xa9 && trail >= 0xa1) continue;
    pairs += 1;
    if (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) common += 1;
  }
  return pairs < 8 || common / pairs >= 0.6;
};

const BIG5 = say('document.the-text-reads-as-gb18030-but-with');
const damage = (replaced: number, encoding: Encoding): Message =>
  say('document.place-s-are-no-and-were-replaced', { replaced, encoding: encoding.toUpperCase() });

/** Too many for a text that was merely cut. */
const isBroken = (bad: number, { length }: string): boolean => bad > Math.max(1, length / 100);

const withoutMark = (bytes: Uint8Array): Decoded => {
  const wide = wideWithoutMark(bytes);
  if (wide !== null) return { text: decode(bytes, wide), encoding: wide, doubt: null };
  const utf8 = decode(bytes, 'utf-8');
  if (isValid(bytes, 'utf-8')) return { text: utf8, encoding: 'utf-8', doubt: null };
  // Bytes of another encoding hardly ever make a sequence of UTF-8: many of those and a few broken ones are a cut text.
  const broken = count(utf8, REPLACED);
  if (count(utf8, /[^\0-\x7f\uFFFD]/gu) >= broken * 4) return { text: utf8, encoding: 'utf-8', doubt: damage(broken, 'utf-8') };
  const gb = decode(bytes, 'gb18030');
  if (isValid(bytes, 'gb18030')) return { text: gb, encoding: 'gb18030', doubt: isLikelyGb(bytes) ? null : BIG5 };
  const bad = count(gb, REPLACED);
  if (isBroken(bad, gb)) {
    throw new RefusedFile('file-unknown', say('document.the-bytes-are-no-text-in-utf'));
  }
  return { text: gb, encoding: 'gb18030', doubt: damage(bad, 'gb18030') };
};

/** Throws `RefusedFile` where the bytes are no text. The byte order mark is not part of the text. */
export const decodeText = (bytes: Uint8Array): Decoded => {
  const mark = MARKS.find(([, start]) => start.every((byte, at) => bytes[at] === byte));
  if (mark === undefined) return withoutMark(bytes);
  const [encoding, { length }] = mark;
  const text = decode(bytes.subarray(length), encoding);
  const replaced = count(text, REPLACED);
  if (isBroken(replaced, text)) {
    throw new RefusedFile('file-damaged', say('document.the-file-begins-as-does-and-is', { encoding: encoding.toUpperCase() }));
  }
  return { text, encoding, doubt: replaced > 0 && !isValid(bytes.subarray(length), encoding) ? damage(replaced, encoding) : null };
};
