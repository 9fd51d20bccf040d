import type { Gather } from './gather.ts';
import type { Address, Cell } from './source.ts';

/** Tables of documents and pages: cells by row and column, those that a wider or taller cell covers among them. */

export type GridCell = {
  readonly text: string;
  /** Row and column, from 0, of the cell that covers this one. */
  readonly origin?: readonly [row: number, column: number];
};

export const rowAddress = (table: number, row: number): Address => `table ${table}, row ${row + 1}`;
export const cellAddress = (table: number, row: number, column: number): Address => `${rowAddress(table, row)}, cell ${column + 1}`;

export const addTable = (found: Gather, table: number, grid: readonly (readonly GridCell[])[]): void => {
  for (const [row, line] of grid.entries()) {
    const cells = line.map(({ text, origin }, column): Cell => {
      const address = cellAddress(table, row, column);
      // A text that is covered is still in the file, and is read.
      if (origin === undefined || text !== '') return { address, text };
      return { address, text: grid[origin[0]]?.[origin[1]]?.text ?? '', mergedWith: cellAddress(table, ...origin) };
    });
    found.row(rowAddress(table, row), String(table), cells);
  }
};
