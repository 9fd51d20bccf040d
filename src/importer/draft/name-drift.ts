import { bare, fold } from '../../kernel/text-folding.ts';

const NUMBER = /\d+(?:\.\d+)?/gu;

const numbersOf = (text: string): ReadonlySet<string> => new Set(fold(text).match(NUMBER) ?? []);

export type Strange = { readonly words: string; readonly clause: string };

/** The runs of a clause's characters that neither with the one before nor with the one after stand so in `whole`. */
const strangeRuns = (clause: string, whole: string): readonly string[] => {
  const letters = bare(clause);
  const known = (at: number): boolean => at >= 0 && at + 2 <= letters.length && whole.includes(letters.slice(at, at + 2));
  let marked = '';
  for (let at = 0; at < letters.length; at += 1) marked += known(at - 1) || known(at) ? ' ' : letters.charAt(at);
  return marked.split(' ').filter((run) => run !== '');
};

/**
 * What a row says and its task does not. A row leaves words out and cuts enumerations apart, which is no drift; 规上 for
 * 规模以上 (row 15), 年度任务 (row 47) and a number of its own are.
 */
export const drift = (row: string, task: string): readonly Strange[] => {
  const whole = bare(task);
  const numbers = numbersOf(task);
  return fold(row)
    .split(/[、,;。]/u)
    .flatMap((clause) => {
      const strangeNumbers = numbersOf(clause).difference(numbers);
      return [...new Set([...strangeRuns(clause, whole), ...strangeNumbers])].map((words) => ({ words, clause }));
    });
};
