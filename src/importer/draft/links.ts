import { bare } from '../../kernel/text-folding.ts';

export type Scored = { readonly number: number; readonly score: number };

export type Link = {
  /** The task's number, or null where none is clearly the nearest. */
  readonly task: number | null;
  /** The nearest first; at most two. */
  readonly nearest: readonly Scored[];
};

const pairs = (text: string): ReadonlySet<string> => {
  const letters = bare(text);
  const found = new Set<string>();
  for (let at = 0; at + 2 <= letters.length; at += 1) found.add(letters.slice(at, at + 2));
  return found;
};

const containment = (part: ReadonlySet<string>, whole: ReadonlySet<string>): number =>
  part.size === 0 ? 0 : part.intersection(whole).size / part.size;

// In the directive the right task holds at least 0.46 of a row's pairs (row 11, whose wording drifts) and no other task comes
// within 0.23 of it; texts that have nothing to do with each other share some 0.2.
const ENOUGH = 0.4;
const CLEAR = 0.15;

/** A row of the schedule repeats its task's words, so it belongs to the task that holds most of its pairs of neighbouring characters. */
export const linkRows = (rows: readonly string[], tasks: readonly string[]): readonly Link[] => {
  const wholes = tasks.map(pairs);
  return rows.map((row) => {
    const part = pairs(row);
    const [best, second] = wholes
      .map((whole, index): Scored => ({ number: index + 1, score: containment(part, whole) }))
      .sort((a, b) => b.score - a.score || a.number - b.number);
    const clear = best !== undefined && best.score >= ENOUGH && best.score - (second?.score ?? 0) >= CLEAR;
    return { task: clear ? best.number : null, nearest: [best, second].filter((scored) => scored !== undefined) };
  });
};
