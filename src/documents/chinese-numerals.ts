import { ownValue } from '../kernel/own-value.ts';

/** Numbers in Chinese characters, as word processors and sheets write them. */

const DIGITS = '〇一二三四五六七八九';
const UNITS = ['', '十', '百', '千'];
const GROUPS = ['', '万', '亿', '万亿'];

const FORMAL: Readonly<Record<string, string>> = {
  〇: '零',
  一: '壹',
  二: '贰',
  三: '叁',
  四: '肆',
  五: '伍',
  六: '陆',
  七: '柒',
  八: '捌',
  九: '玖',
  十: '拾',
  百: '佰',
  千: '仟',
};

/** Each digit by itself: 2024 → 二〇二四. What is no digit stays. */
export const byDigits = (text: string): string => text.replaceAll(/\d/gu, (digit) => DIGITS.charAt(Number(digit)));

const group = (value: number): string => {
  let text = '';
  let skipped = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      skipped = text !== '';
      continue;
    }
    text += `${skipped ? '〇' : ''}${DIGITS.charAt(digit)}${UNITS[place] ?? ''}`;
    skipped = false;
  }
  return text;
};

/** By units: 12 → 十二, 120 → 一百二十, 105 → 一百〇五. Whole numbers below 10¹⁶; others stay as they are. */
export const byUnits = (value: number): string => {
  if (!Number.isInteger(value) || value < 0 || value >= 1e16) return String(value);
  if (value === 0) return '〇';
  let text = '';
  let skipped = false;
  for (let at = 3; at >= 0; at -= 1) {
    const part = Math.floor(value / 10_000 ** at) % 10_000;
    if (part === 0) {
      skipped = text !== '';
      continue;
    }
    text += `${text !== '' && (skipped || part < 1000) ? '〇' : ''}${group(part)}${GROUPS[at] ?? ''}`;
    skipped = false;
  }
  return text.startsWith('一十') ? text.slice(1) : text;
};

/** In the forms that cannot be altered: 三 → 叁. */
export const formal = (text: string): string => text.replaceAll(/[〇一二三四五六七八九十百千]/gu, (each) => ownValue(FORMAL, each) ?? each);
