import { foldBrackets } from '../../kernel/text-folding.ts';

const DASHES = /[–―─−﹣]/gu;
/** 【市教育局、市财政局】 holds who is to do it as round brackets do; 【牵头单位】, 【大】 and [2025] are no such brackets. */
const SQUARE = /(?<open>[【[])(?<inside>[^【】[\]]{2,400})[】\]]/gu;
const HOLDS_PARTIES = /[:、,;]|(?:牵头|配合|负责|落实)$|^.*(?:局|委|厅|政府|管委会|公司|集团)$/u;
const roundedBrackets = (text: string): string =>
  text.includes('【') || text.includes('[')
    ? text.replace(SQUARE, (whole, _open: string, inside: string) => (HOLDS_PARTIES.test(inside) ? `(${inside})` : whole))
    : text;

const BLANKS = /[\u00a0\u2000-\u200a\u202f\u3000]/gu;

/**
 * One character for one, so that a position in the folded text is the same position in the printed one: half-width, round
 * brackets, one kind of blank, dash and colon. What a web page left of a blank (`&nbsp;`) becomes as many blanks as it has letters.
 */
export const folded = (text: string): string =>
  roundedBrackets(foldBrackets(text))
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
