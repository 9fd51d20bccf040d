import { ownValue } from '../../kernel/own-value.ts';

const DIGITS = '〇一二三四五六七八九';
const digit = (letter: string): number => (letter === '零' || letter === '○' ? 0 : letter === '两' ? 2 : DIGITS.indexOf(letter));
const POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** A numeral in Chinese or European digits below 10000, `二十三`, `二〇二四`, `12`; null for anything else. */
export const numberOf = (text: string): number | null => {
  if (/^\d{1,4}$/u.test(text)) return Number(text);
  if (!/^[〇零○一二两三四五六七八九十百千]{1,9}$/u.test(text)) return null;
  if (!/[十百千]/u.test(text)) return Number(Array.from(text, digit).join(''));
  let total = 0;
  let current = 0;
  for (const letter of text) {
    const power = ownValue(POWERS, letter);
    if (power === undefined) {
      current = digit(letter);
      continue;
    }
    total += (current === 0 ? 1 : current) * power;
    current = 0;
  }
  return total + current;
};

/** Every year, month and day in Chinese numerals written in European ones: 二〇二四年二月一日 is 2024年2月1日. Lengths may change. */
export const withDigits = (text: string): string =>
  text.replace(/([〇零○一二三四五六七八九十]{1,4})(?=年|月|日)/gu, (numeral) => String(numberOf(numeral) ?? numeral));
