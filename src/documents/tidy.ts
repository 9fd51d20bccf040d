import { normalized, showsNothing } from '../kernel/visible-text.ts';
import { LIMITS, RefusedFile } from './limits.ts';
import type { Address } from './source.ts';
import { say } from '../messages/message.ts';

/**
 * Characters that are no text: controls but the blanks, zero-width blanks and joiners beside Han, marks of direction, lone
 * surrogates.
 */
const NO_TEXT = '[\\p{Cc}\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb\\p{Cs}]';
const HIDDEN = new RegExp(`(?<=\\p{Script=Han})[\\u200c\\u200d]|[\\u200c\\u200d](?=\\p{Script=Han})|${NO_TEXT}`, 'gu');
const NO_BLANK = /[^\t\n\v\f\r\u0085]/u;

/**
 * Radicals that copying from a PDF puts in the place of the characters that look like them: ⽔ for 水. All of the first block,
 * and those of the second that are met. Whoever searches for 水利局 would find no ⽔利局.
 */
const RADICALS = /[\u2e80-\u2fdf]/gu;
const FIRST = '⼾⺟⺠⺫⺮⺰⺼⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳';
const THEN = '户母民目竹纟肉西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟';
const SUPPLEMENTS: ReadonlyMap<string, string> = new Map(Array.from(FIRST, (radical, at) => [radical, THEN.charAt(at)] as const));
const withoutRadicals = (text: string): string =>
  text.replaceAll(RADICALS, (found) => SUPPLEMENTS.get(found) ?? (found >= '\u2f00' ? normalized(found, 'NFKC') : found));

/** Whether `tidy` takes something out of the text. */
export const hasHidden = (text: string): boolean =>
  showsNothing(text) || (text.match(HIDDEN)?.some((found) => NO_BLANK.test(found)) ?? false);

/** Text as it can be read: NFC, line feeds for line ends, no blanks at its ends, no characters that nobody sees, no radicals. */
export const tidy = (text: string, address: Address): string => {
  if (text.length > LIMITS.characters) {
    throw new RefusedFile(
      'file-too-large',
      say('document.has-characters-one-place-holds-at-most', { address, count: text.length, characters: LIMITS.characters }),
    );
  }
  const shown = text
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
    .replaceAll(HIDDEN, (found) => (NO_BLANK.test(found) ? '' : found))
    .trim();
  return showsNothing(shown) ? '' : normalized(withoutRadicals(shown), 'NFC');
};
