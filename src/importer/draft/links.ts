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

// In the directive the right task holds at least 0.46 of a row's pairs (row 11, whose wording drifts) and no other task comes
// within 0.23 of it; texts that have nothing to do with each other share some 0.2.
const ENOUGH = 0.4;
const CLEAR = 0.15;

/** The tasks that hold each pair of letters, by their places. */
const holdersOf = (tasks: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const holders = new Map<string, number[]>();
  for (const [place, task] of tasks.entries())
    for (const pair of pairs(task)) {
      const known = holders.get(pair);
      if (known === undefined) holders.set(pair, [place]);
      else known.push(place);
    }
  return holders;
};

/** The places of the two that hold most; of two that hold as much the first. */
const twoMost = (held: Uint32Array): readonly number[] => {
  let [first, second] = [-1, -1];
  for (let place = 0; place < held.length; place += 1) {
    const most = held[place] ?? 0;
    if (first < 0 || most > (held[first] ?? 0)) [first, second] = [place, first];
    else if (second < 0 || most > (held[second] ?? 0)) second = place;
  }
  return [first, second].filter((place) => place >= 0);
};

/** A row of the schedule repeats its task's words, so it belongs to the task that holds most of its pairs of neighbouring characters. */
export const linkRows = (rows: readonly string[], tasks: readonly string[]): readonly Link[] => {
  const holders = holdersOf(tasks);
  const held = new Uint32Array(tasks.length);
  return rows.map((row) => {
    const part = pairs(row);
    held.fill(0);
    for (const pair of part) for (const place of holders.get(pair) ?? []) held[place] = (held[place] ?? 0) + 1;
    const nearest = twoMost(held).map((place) => ({ number: place + 1, score: part.size === 0 ? 0 : (held[place] ?? 0) / part.size }));
    const [best, second] = nearest;
    const clear = best !== undefined && best.score >= ENOUGH && best.score - (second?.score ?? 0) >= CLEAR;
    return { task: clear ? best.number : null, nearest };
  });
};
