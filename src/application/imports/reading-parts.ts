import type { FileRead, FileReading } from './reading.ts';

/**
 * A reading as it passes from one thread to another: what the thread that answers requests takes in at a time is small,
 * however long the document is, so that nobody waits for it.
 */

const LISTS = ['lines', 'items', 'findings', 'prose'] as const;
type List = (typeof LISTS)[number];
export type ReadingSlice = { readonly [Name in List]: { readonly list: Name; readonly entries: FileRead['reading'][Name] } }[List];

export type ReadingPart = { readonly shell: FileReading; readonly slices: number } | ReadingSlice;

/** Entries that a thread takes in within a few milliseconds. */
const AT_A_TIME = 2000;

const sliced = (list: List, { reading }: FileRead): readonly ReadingSlice[] => {
  const entries = reading[list];
  return Array.from({ length: Math.ceil(entries.length / AT_A_TIME) }, (_, n) => {
    const slice = entries.slice(n * AT_A_TIME, (n + 1) * AT_A_TIME);
    // The list and its entries belong together by `list`, which TypeScript loses track of in a union.
    return { list, entries: slice } as ReadingSlice;
  });
};

/** The shell comes first and says how many slices follow. */
export const partsOf = (read: FileReading): readonly ReadingPart[] => {
  if (!read.ok) return [{ shell: read, slices: 0 }];
  const slices = LISTS.flatMap((list) => sliced(list, read));
  const shell = { ...read, reading: { ...read.reading, lines: [], items: [], findings: [], prose: [] } };
  return [{ shell, slices: slices.length }, ...slices];
};

export const joined = (shell: FileReading, slices: readonly ReadingSlice[]): FileReading => {
  if (!shell.ok) return shell;
  const all = <Name extends List>(list: Name): FileRead['reading'][Name] =>
    // By the test before it, each slice holds entries of this list.
    slices.filter((slice) => slice.list === list).flatMap(({ entries }) => entries as unknown[]) as unknown as FileRead['reading'][Name];
  const reading = { ...shell.reading, lines: all('lines'), items: all('items'), findings: all('findings'), prose: all('prose') };
  return { ...shell, reading };
};
