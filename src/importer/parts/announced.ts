import { folded } from '../words/folded.ts';
import { numberOf } from '../words/numerals.ts';

const COUNT = /([一二三四五六七八九十百]{1,4}|\d{1,3})(?:件|项|个)(?:.{0,6}(?:实事|任务|工作|工程|项目|事项|问题|建议|提案))/u;

/** How many items a title announces: 十件民生实事 is 10. */
export const announcedIn = (title: string): number | null => {
  const count = COUNT.exec(folded(title))?.[1];
  const value = count === undefined ? null : numberOf(count);
  return value === null || value < 2 ? null : value;
};
