import type { SourceReading } from '../../documents/source.ts';
import type { Understanding } from './reading.ts';

/**
 * What was read as it passes from one thread to another: what the thread that answers requests takes in at a time is
 * small, however long the document is, so that nobody waits for it.
 */

/** A document as it was understood, or a file as it stands. Both hold their long lists under these members. */
export type Handed = Understanding | SourceReading;
const HOLDERS: ReadonlySet<string> = new Set(['draft', 'parties', 'plan', 'source']);

export type ReadingSlice = { readonly holder: string; readonly list: string; readonly entries: readonly unknown[] };
export type ReadingPart = { readonly shell: Handed; readonly slices: number } | ReadingSlice;

/** Entries that a thread takes in within a few milliseconds: an item with all that is said of it takes some microseconds. */
const AT_A_TIME = 500;

/** The same with other members in place of some under those that hold the lists. */
const withMembers = (read: Handed, membersOf: (holder: string, held: object) => object): Handed => {
  const others = Object.entries(read).flatMap(([holder, held]: readonly [string, unknown]) =>
    HOLDERS.has(holder) && typeof held === 'object' && held !== null ? [[holder, { ...held, ...membersOf(holder, held) }] as const] : [],
  );
  return others.length === 0 ? read : { ...read, ...Object.fromEntries(others) };
};

/** The shell comes first and says how many slices follow. */
export const partsOf = (read: Handed): readonly ReadingPart[] => {
  const slices: ReadingSlice[] = [];
  const shell = withMembers(read, (holder, held) => {
    const lists = Object.entries(held).filter((entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]));
    for (const [list, entries] of lists)
      for (let from = 0; from < entries.length; from += AT_A_TIME)
        slices.push({ holder, list, entries: entries.slice(from, from + AT_A_TIME) });
    return Object.fromEntries(lists.map(([list]) => [list, []]));
  });
  return [{ shell, slices: slices.length }, ...slices];
};

export const joined = (shell: Handed, slices: readonly ReadingSlice[]): Handed => {
  const byHolder = Map.groupBy(slices, ({ holder }) => holder);
  return withMembers(shell, (holder) =>
    Object.fromEntries(
      [...Map.groupBy(byHolder.get(holder) ?? [], ({ list }) => list)].map(([list, of]) => [list, of.flatMap(({ entries }) => entries)]),
    ),
  );
};
