import { ownValue } from '../../kernel/own-value.ts';
import { byDigits, byUnits, formal } from '../chinese-numerals.ts';
import type { FormatSection, FormatToken } from './format-sections.ts';
import { dateOf, type SerialDate } from './serial-date.ts';

/** A serial number as the day and time that its format shows. */

const WEEKDAYS = '日一二三四五六';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

/** `m` is minutes after hours and before seconds (ECMA-376 part 1, 18.8.31). */
const isMinutes = (tokens: readonly FormatToken[], at: number): boolean => {
  const isTime = (token: FormatToken | undefined, letter: string): boolean =>
    token?.kind === 'date' && token.text.replace('[', '').startsWith(letter);
  const isDate = ({ kind }: FormatToken): boolean => kind === 'date';
  return isTime(tokens.slice(0, at).findLast(isDate), 'h') || isTime(tokens.slice(at + 1).find(isDate), 's');
};

const month = (value: number, length: number): string => {
  if (length === 3) return MONTHS[value - 1] ?? '';
  if (length === 4) return MONTH_NAMES[value - 1] ?? '';
  if (length === 5) return (MONTHS[value - 1] ?? '').slice(0, 1);
  return padded(value, length);
};

const half = (text: string, hour: number): string => {
  const [before = '', after = ''] = text === '上午/下午' ? ['上午', '下午'] : text === 'a/p' ? ['A', 'P'] : ['AM', 'PM'];
  return hour < 12 ? before : after;
};

const elapsed = (serial: number, unit: string, length: number): string => {
  const parts = ownValue({ h: 24, m: 1440, s: 86_400 }, unit) ?? 1;
  return padded(Math.floor(Math.round(serial * 86_400) / (86_400 / parts)), length);
};

type Setting = { readonly date: SerialDate; readonly serial: number; readonly isHalf: boolean; readonly isMinutes: boolean };

const piece = (text: string, { date, serial, isHalf, isMinutes: minutes }: Setting): string => {
  if (text.startsWith('[')) return elapsed(serial, text.charAt(1), text.length - 2);
  if (text.includes('/')) return half(text, date.hour);
  const length = text.replace(/\..*$/u, '').length;
  switch (text.charAt(0)) {
    case 'y':
    case 'e':
      return text.length > 2 || text.startsWith('e') ? String(date.year) : padded(date.year % 100, 2);
    case 'm':
      return minutes ? padded(date.minute, Math.min(length, 2)) : month(date.month, length);
    case 'd':
      return length < 3 ? padded(date.day, length) : `${length === 3 ? '周' : '星期'}${WEEKDAYS.charAt(date.weekday)}`;
    case 'a':
      return `${length === 3 ? '' : '星期'}${WEEKDAYS.charAt(date.weekday)}`;
    case 'h':
      return padded(isHalf ? date.hour % 12 || 12 : date.hour, Math.min(length, 2));
    case 's':
      return padded(date.second, Math.min(length, 2));
    default:
      return '';
  }
};

/** Year by its digits, the rest by its units: 二〇二四年四月十八日. */
const inCharacters = (token: string, text: string, numerals: 1 | 2): string => {
  const characters = /^[ye]/u.test(token) ? byDigits(text) : text.replaceAll(/\d+/gu, (figure) => byUnits(Number(figure)));
  return numerals === 2 ? formal(characters) : characters;
};

/** null where the number is no date, such as a negative one. */
export const formatDate = (serial: number, { tokens, numerals }: FormatSection, is1904: boolean): string | null => {
  const date = dateOf(serial, is1904);
  if (date === null) return null;
  const isHalf = tokens.some(({ kind, text }) => kind === 'date' && text.includes('/'));
  return tokens
    .map((token, at) => {
      // A digit, point or slash of a date's format stands for itself.
      if (token.kind !== 'date') return token.text;
      const text = piece(token.text, { date, serial, isHalf, isMinutes: token.text.startsWith('m') && isMinutes(tokens, at) });
      return numerals === 0 ? text : inCharacters(token.text, text, numerals);
    })
    .join('');
};
