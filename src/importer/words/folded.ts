import { foldBrackets } from '../../kernel/text-folding.ts';

const DASHES = /[–―─−﹣]/gu;
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u3000]/gu;

/**
 * One character for one, so that a position in the folded text is the same position in the printed one: half-width, round
 * brackets, one kind of blank, dash and colon. What a web page left of a blank (`&nbsp;`) becomes as many blanks as it has letters.
 */
export const folded = (text: string): string =>
  foldBrackets(text)
    .replaceAll('﹝', '(')
    .replaceAll('﹞', ')')
    .replace(/[∶︰﹕]/gu, ':')
    .replaceAll('﹑', '、')
    .replaceAll('｡', '。')
    .replace(DASHES, '—')
    .replace(BLANKS, ' ')
    .replaceAll('&nbsp;', '      ');

/** As a person sees it: without what a web page left of blanks. */
export const shown = (text: string): string => text.replaceAll('&nbsp;', ' ').trim();

export const withoutBlanks = (text: string): string => text.replace(/\s/gu, '');
