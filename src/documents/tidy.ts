import { normalized, showsNothing } from '../kernel/visible-text.ts';
import { LIMITS, RefusedFile } from './limits.ts';
import type { Address } from './source.ts';
import { say } from '../messages/message.ts';

/** Characters that are no text: controls but the blanks, zero-width blanks, marks of direction, lone surrogates. */
const HIDDEN = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\p{Cs}]/gu;
const NO_BLANK = /[^\t\n\v\f\r\u0085]/u;

/** Whether `tidy` takes something out of the text. */
export const hasHidden = (text: string): boolean =>
  showsNothing(text) || (text.match(HIDDEN)?.some((found) => NO_BLANK.test(found)) ?? false);

/** Text as it can be read: NFC, line feeds for line ends, no blanks at its ends, without characters that nobody sees. */
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
  return showsNothing(shown) ? '' : normalized(shown, 'NFC');
};
