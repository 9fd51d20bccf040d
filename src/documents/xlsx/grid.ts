import { LIMITS, RefusedFile } from '../limits.ts';
import type { Cell } from '../source.ts';
import { columnLetters, type Area } from './cell-reference.ts';
import type { SheetCells } from './sheet-cells.ts';
import { say } from '../../messages/message.ts';

/** Texts by row and column → rows of cells, with merged cells spread and columns that are empty throughout left out. */

/** A row by its number in the sheet, up to its last cell that says anything. */
export type GridRow = { readonly row: number; readonly cells: readonly Cell[] };

const sortedNumbers = (numbers: Iterable<number>): readonly number[] => [...numbers].toSorted((a, b) => a - b);

/** Index of the first that is not below. */
const lowerBound = (numbers: readonly number[], value: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
const within = (numbers: readonly number[], from: number, to: number): readonly number[] =>
  numbers.slice(lowerBound(numbers, from), lowerBound(numbers, to + 1));

type Origins = ReadonlyMap<number, ReadonlyMap<number, Area['from']>>;

/** For each cell that is merged with another: which. Areas that are as large as the sheet are cut to what is used of it. */
const mergedWith = (merged: readonly Area[], rows: readonly number[], columns: readonly number[]): Origins => {
  const origins = new Map<number, Map<number, Area['from']>>();
  let count = 0;
  for (const { from, to } of merged) {
    const across = within(columns, from.column, to.column);
    for (const row of across.length === 0 ? [] : within(rows, from.row, to.row)) {
      count += across.length;
      if (count > LIMITS.places)
        throw new RefusedFile('file-too-large', say('document.the-sheet-merges-more-than-cells', { places: LIMITS.places }));
      const inRow = origins.get(row) ?? new Map<number, Area['from']>();
      origins.set(row, inRow);
      for (const column of across) if (row !== from.row || column !== from.column) inRow.set(column, from);
    }
  }
  return origins;
};

export const gridOf = (sheet: string, { rows, merged }: SheetCells): readonly GridRow[] => {
  const rowNumbers = sortedNumbers(rows.keys());
  const columns = sortedNumbers(new Set([...rows.values()].flatMap((row) => [...row.keys()])));
  const origins = mergedWith(merged, rowNumbers, columns);
  const address = (column: number, row: number): string => `${sheet}!${columnLetters(column)}${row}`;
  let places = 0;
  return rowNumbers.map((row) => {
    const texts = rows.get(row);
    const cells = columns.map((column): Cell => {
      const own = texts?.get(column);
      const from = origins.get(row)?.get(column);
      // A text that is hidden below a merged cell is still in the file, and is read.
      if (own !== undefined || from === undefined) return { address: address(column, row), text: own ?? '' };
      return {
        address: address(column, row),
        text: rows.get(from.row)?.get(from.column) ?? '',
        mergedWith: address(from.column, from.row),
      };
    });
    const end = cells.findLastIndex(({ text }) => text !== '') + 1;
    places += end;
    if (places > LIMITS.places)
      throw new RefusedFile('file-too-large', say('document.the-sheet-has-more-than-cells', { sheet, places: LIMITS.places }));
    return { row, cells: cells.slice(0, end) };
  });
};
