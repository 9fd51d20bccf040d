import { ownValue } from '../kernel/own-value.ts';
import { byDigits, byUnits, formal } from './chinese-numerals.ts';

/** The forms in which a word processor counts (ECMA-376 part 1, 17.18.59). */

type Form = (value: number) => string;

const letters = (value: number): string => {
  const letter = String.fromCharCode(97 + ((value - 1) % 26));
  return letter.repeat(Math.min(10, Math.ceil(value / 26)));
};

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
const roman = (value: number): string => {
  if (value >= 4000) return String(value);
  let left = value;
  let text = '';
  for (const [size, figure] of ROMAN) {
    for (; left >= size; left -= size) text += figure;
  }
  return text;
};

/** Characters that stand for 1, 2, …; beyond the last, figures. */
const series =
  (characters: string): Form =>
  (value) =>
    Array.from(characters)[value - 1] ?? String(value);

/** A block of characters that counts up from a code point. */
const block =
  (first: number, count: number): Form =>
  (value) =>
    value >= 1 && value <= count ? String.fromCodePoint(first + value - 1) : String(value);

const circled: Form = (value) => (value <= 20 ? block(0x2460, 20)(value) : block(0x3251, 15)(value - 20));
const wide: Form = (value) => String(value).replaceAll(/\d/gu, (digit) => String.fromCharCode(0xff10 + Number(digit)));
const digits: Form = (value) => byDigits(String(value));
const stems = series('甲乙丙丁戊己庚辛壬癸');
const branches = series('子丑寅卯辰巳午未申酉戌亥');
/** 一〇五 in the forms that count by units is 一百零五 in what Word shows. */
const units: Form = (value) => byUnits(value).replaceAll('〇', '零');

const FORMS: Readonly<Record<string, Form>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (value) => String(value).padStart(2, '0'),
  numberInDash: (value) => `- ${value} -`,
  decimalFullWidth: wide,
  decimalFullWidth2: wide,
  lowerLetter: letters,
  upperLetter: (value) => letters(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (value) => roman(value).toUpperCase(),
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedParen: block(0x2474, 20),
  decimalEnclosedFullstop: block(0x2488, 20),
  ideographEnclosedCircle: block(0x3280, 10),
  ideographTraditional: stems,
  ideographZodiac: branches,
  ideographZodiacTraditional: (value) => `${stems(((value - 1) % 10) + 1)}${branches(((value - 1) % 12) + 1)}`,
  ideographDigital: digits,
  japaneseDigitalTenThousand: digits,
  taiwaneseDigital: digits,
  koreanDigital2: digits,
  chineseCounting: units,
  chineseCountingThousand: units,
  japaneseCounting: units,
  taiwaneseCounting: units,
  taiwaneseCountingThousand: units,
  chineseLegalSimplified: (value) => formal(byUnits(value)),
  ideographLegalTraditional: (value) => formal(byUnits(value)),
  japaneseLegal: (value) => formal(byUnits(value)),
  none: () => '',
  bullet: () => '',
};

/** Forms of other languages, such as ordinals in words, are shown as figures. */
export const formOf = (name: string): Form => ownValue(FORMS, name) ?? String;
