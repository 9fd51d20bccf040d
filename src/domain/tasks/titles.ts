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

/** A heading before the text: it says what about, and not what (围绕强突破, 养老保障方面, 强化数字赋能). */
const ABOUT = /^(?:围绕|坚持|突出|以)|(?:方面|产业)$/u;
const LONGEST_ABOUT = 12;
const SHORT = 8;
/** Of the text, where the title says too little. */
const BEGINNING = 20;
const CLOSED_BY: ReadonlyMap<string, string> = new Map(
  [...'“”‘’《》（）()'.matchAll(/(.)(.)/gu)].map(([, opens = '', closes = '']) => [opens, closes]),
);

const saysTooLittle = (title: string, rest: string): boolean =>
  /[\p{L}\p{N}]/u.test(rest) && (title.length <= SHORT || (title.length <= LONGEST_ABOUT && ABOUT.test(title)));

/** What is opened in a text and not closed, closed in its order. */
const closing = (text: string): string => {
  let open = '';
  for (const character of text) {
    const closer = CLOSED_BY.get(character);
    if (closer !== undefined) open = `${closer}${open}`;
    else if (open.startsWith(character)) open = open.slice(1);
  }
  return open;
};

const OPENINGS_AND_PAUSES_AT_END = /[,，、。;；:：“‘《（(\s]+$/u;

/** What a task is called where nothing else is shown of it: its title, or the beginning of its text where the title says too little. */
export const callingOf = ({ title, text }: { readonly title: string; readonly text: string }): string => {
  if (!text.startsWith(title) || !saysTooLittle(title, text.slice(title.length))) return title;
  const line = text.replaceAll(/\s+/gu, ' ');
  if (line.length <= BEGINNING) return line.replace(/[。；;.\s]+$/u, '');
  const beginning = line.slice(0, BEGINNING).toWellFormed().replace(OPENINGS_AND_PAUSES_AT_END, '');
  return `${beginning}…${closing(beginning)}`;
};
