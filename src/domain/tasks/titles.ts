import { foldBrackets } from '../../kernel/text-folding.ts';

const LONGEST = 40;

/** The first clause of a text, for lists; where it is long, up to a 、 and then `…`. A comma in quotes or brackets ends none. */
export const titleOf = (text: string): string => {
  const folded = foldBrackets(text);
  let depth = 0;
  let pause = 0;
  for (let at = 0; at < folded.length; at += 1) {
    const character = folded.charAt(at);
    if ('(“《'.includes(character)) depth += 1;
    if (')”》'.includes(character)) depth -= 1;
    if (depth <= 0 && ',。;:'.includes(character)) return text.slice(0, at);
    if (depth <= 0 && character === '、') pause = at;
    if (at >= LONGEST) return `${text.slice(0, pause > 0 ? pause : LONGEST).toWellFormed()}…`;
  }
  return text;
};
