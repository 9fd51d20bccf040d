import { widthOf } from './letter.ts';

/** A title in lines that are about as long as each other and break between words, as GB/T 9704-2012 §7.3.1 wants them. */

/** 二号 characters that 156 mm take. */
const MOST = 20;

/** What no line begins with: closing signs, and the words that hang on what is before them. */
const NOT_FIRST = /^[，、；：。！？）〕】》”’的等了和与及]/u;
/** What no line ends with. */
const NOT_LAST = /[（〔【《“‘和与及对]$/u;

/** Two words that are read as one. */
const TOGETHER = new Set(['重点工作', '责任单位', '工作报告', '专项督查']);

/** Words that stay whole, a number with what it counts. */
const wordsOf = (title: string): readonly string[] => {
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)) {
    const last = words.at(-1);
    const isJoined =
      last !== undefined &&
      (TOGETHER.has(last.slice(-2) + segment) ||
        NOT_FIRST.test(segment) ||
        NOT_LAST.test(last) ||
        /\d$/u.test(last) ||
        /^\d/u.test(segment));
    if (isJoined) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words;
};

/** The lines of a title; one that is short is one line. */
export const titleLines = (title: string): readonly string[] => {
  const whole = widthOf(title);
  const count = Math.ceil(whole / MOST);
  if (count <= 1) return [title];
  const lines: string[] = [];
  let line = '';
  let left = whole;
  for (const word of wordsOf(title)) {
    const share = left / (count - lines.length);
    const [before, after] = [widthOf(line), widthOf(line + word)];
    // To whichever side of the share the end is nearer, and never beyond the page.
    if (line !== '' && lines.length < count - 1 && (after > MOST || after - share > share - before)) {
      lines.push(line);
      left -= before;
      line = '';
    }
    line += word;
  }
  return [...lines, line];
};
