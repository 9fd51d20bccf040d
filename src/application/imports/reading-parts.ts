import type { FileReading } from './reading.ts';
import type { SourceReading } from '../../documents/source.ts';

/**
 * What was read as it passes from one thread to another: what the thread that answers requests takes in at a time is
 * small, however long the document is, so that nobody waits for it.
 */

/** A document as it was understood, or a file as it stands. Both hold their long lists under one member. */
export type Handed = FileReading | SourceReading;
const HOLDERS = ['reading', 'source'] as const;

export type ReadingSlice = { readonly list: string; readonly entries: readonly unknown[] };
export type ReadingPart = { readonly shell: Handed; readonly slices: number } | ReadingSlice;

type Lists = Readonly<Record<string, readonly unknown[]>>;

/** Entries that a thread takes in within a few milliseconds. */
const AT_A_TIME = 2000;

/** The same with other members in place of some under the one that holds the lists. */
const withMembers = (read: Handed, membersOf: (held: object) => object): Handed => {
  const held = Object.entries(read).find(([name]) => HOLDERS.some((holder) => holder === name));
  if (held === undefined || typeof held[1] !== 'object' || held[1] === null) return read;
  return { ...read, [held[0]]: { ...held[1], ...membersOf(held[1]) } };
};

/** The shell comes first and says how many slices follow. */
export const partsOf = (read: Handed): readonly ReadingPart[] => {
  let lists: Lists = {};
  const shell = withMembers(read, (held) => {
    lists = Object.fromEntries(Object.entries(held).filter(([, value]) => Array.isArray(value)));
    return Object.fromEntries(Object.keys(lists).map((list) => [list, []]));
  });
  const slices = Object.entries(lists).flatMap(([list, entries]) =>
    Array.from({ length: Math.ceil(entries.length / AT_A_TIME) }, (_, n) => ({
      list,
      entries: entries.slice(n * AT_A_TIME, (n + 1) * AT_A_TIME),
    })),
  );
  return [{ shell, slices: slices.length }, ...slices];
};

export const joined = (shell: Handed, slices: readonly ReadingSlice[]): Handed =>
  withMembers(shell, () =>
    Object.fromEntries([...Map.groupBy(slices, ({ list }) => list)].map(([list, of]) => [list, of.flatMap(({ entries }) => entries)])),
  );
