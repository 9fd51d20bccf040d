import type { Line } from './reading.ts';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

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
export const THEME = /^\(([一二三四五六七八九十]{1,3})\)([^。]+)(?:。|$)/du;
export const TASK = /^\((\d{1,3})\)(?=.)/u;
export const TARGET = /^(\d{1,2})\.(?=.)/u;
export const GROUP = /^(\d{1,2})\.([^。,:;()]+)。?$/du;

/** A heading's name as printed: patterns match the folded text, whose positions are those of the printed one. */
export const nameOf = (line: Line, heading: RegExpExecArray): string => line.text.slice(...(heading.indices?.[2] ?? [0, 0])).trim();

const STRUCTURAL = /^\s*(?:\d{1,3}\s*[.、\s]|\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|\(牵头单位|[一二三四五六七八九十]{1,3}、)|\|/u;

/** Whether a line looks like a part of the plan: such a line is never taken as free text. */
export const looksStructural = (line: Line): boolean => STRUCTURAL.test(line.folded);
