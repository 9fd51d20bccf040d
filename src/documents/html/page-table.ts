import { LIMITS, RefusedFile } from '../limits.ts';
import type { GridCell } from '../table-grid.ts';
import { attribute, childElements, isHidden, outermost, weight, type Element } from './tree.ts';
import { say } from '../../messages/message.ts';

/** Tables of a page: rows, with cells that reach over several columns and rows. */

export type PageCell = { readonly element: Element; readonly across: number; readonly down: number };
export type PageRow = { readonly cells: readonly PageCell[]; readonly isHidden: boolean };

const SECTIONS = new Set(['thead', 'tbody', 'tfoot']);

/** Bounds are those of HTML (4.9.11); 0 rows means all that are left. */
const span = (element: Element, name: string, most: number): number => {
  const value = /^\s*\+?(\d+)/u.exec(attribute(element, name) ?? '')?.[1];
  if (value === undefined) return 1;
  return Number(value) === 0 ? (name === 'rowspan' ? most : 1) : Math.min(Number(value), most);
};

export const rowsOf = (table: Element): readonly PageRow[] =>
  childElements(table)
    .flatMap((child) => (SECTIONS.has(child.tagName) ? childElements(child) : [child]))
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => ({
      isHidden: isHidden(row),
      cells: childElements(row)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .map((element) => ({ element, across: span(element, 'colspan', 1000), down: span(element, 'rowspan', 65_534) })),
    }));

const cellsOf = (table: Element): readonly Element[] => rowsOf(table).flatMap(({ cells }) => cells.map(({ element }) => element));

/** A frame around a page's parts and no table: one cell, a heading inside, or tables that outweigh it. */
export const isLayout = (table: Element): boolean => {
  const cells = cellsOf(table);
  if (cells.length <= 1) return true;
  const inner = cells.flatMap((cell) => outermost(cell, /^(?:table|h[1-6])$/u));
  if (inner.some(({ tagName }) => tagName !== 'table')) return true;
  return (
    inner.some((each) => cellsOf(each).length > cells.length) || inner.reduce((sum, each) => sum + weight(each), 0) * 2 > weight(table)
  );
};

/** The grid that the cells make; `textOf` is asked for each cell once, in order, with its place. */
export const gridOf = (
  rows: readonly PageRow[],
  textOf: (cell: Element, row: number, column: number) => string,
): readonly (readonly GridCell[])[] => {
  const grid: GridCell[][] = rows.map(() => []);
  let places = 0;
  for (const [row, { cells }] of rows.entries()) {
    let column = 0;
    for (const { element, across, down } of cells) {
      while (grid[row]?.[column] !== undefined) column += 1;
      const last = Math.min(rows.length, row + down);
      places += (last - row) * across;
      if (places > LIMITS.places)
        throw new RefusedFile('file-too-large', say('document.a-table-of-the-page-has-more', { places: LIMITS.places }));
      for (let below = row; below < last; below += 1) {
        for (let beside = column; beside < column + across; beside += 1) {
          const line = grid[below];
          if (line === undefined || line[beside] !== undefined) continue;
          line[beside] = { text: '', origin: [row, column] };
        }
      }
      const own = grid[row];
      if (own !== undefined) own[column] = { text: textOf(element, row, column) };
      column += across;
    }
  }
  // Places that no cell reaches are empty cells.
  return grid.map((line) => Array.from(line, (cell: GridCell | undefined) => cell ?? { text: '' }));
};
