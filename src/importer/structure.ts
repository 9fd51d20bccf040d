import type { Line } from './lines.ts';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 一 to 九十九; null for anything else. */
export const numeralValue = (numeral: string): number | null => {
  const [, tens, units = ''] = /^(?:([二三四五六七八九]?)十)?([一二三四五六七八九]?)$/u.exec(numeral) ?? [];
  if (numeral === '' || (tens === undefined && units === '')) return null;
  const ten = tens === undefined ? 0 : Math.max(1, NUMERALS.indexOf(tens) + 1);
  return ten * 10 + NUMERALS.indexOf(units) + 1;
};

/** 一 to 九十九. */
export const numeral = (value: number): string => {
  const tens = Math.trunc(value / 10);
  const units = NUMERALS[(value % 10) - 1] ?? '';
  if (tens === 0) return units;
  return `${tens === 1 ? '' : (NUMERALS[tens - 1] ?? '')}十${units}`;
};

/**
 * The four ways a numbered line begins. What `1.` stands for depends on where it stands: a target in section 一 (line 9),
 * a group of tasks in section 二 (line 24).
 */
export const THEME = /^\(([一二三四五六七八九十]{1,3})\)([^。]+)(?:。|$)/u;
export const TASK = /^\((\d{1,3})\)(?=.)/u;
export const TARGET = /^(\d{1,2})\.(?=.)/u;
export const GROUP = /^(\d{1,2})\.([^。,:;()]+)。?$/u;

const STRUCTURAL = /^\s*(?:\d{1,3}\s*[.、\s]|\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|\(牵头单位|[一二三四五六七八九十]{1,3}、)|\|/u;

/** Whether a line looks like a part of the plan: such a line is never taken as free text. */
export const looksStructural = (line: Line): boolean => STRUCTURAL.test(line.folded);
