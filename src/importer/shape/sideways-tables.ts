import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import { columnOf } from '../words/columns.ts';
import { withoutBlanks } from '../words/folded.ts';
import type { Row, RowCell } from './elements.ts';
import { say } from '../../messages/message.ts';

/** Tables that lie on their side: the headings stand in the first column, and each other column is an item. */

const isHeading = (cell: RowCell | undefined, profile: Profile): boolean =>
  cell !== undefined && columnOf(withoutBlanks(cell.folded).replace(/:$/u, ''), profile) !== null;

const LEAST = 3;

/** Headings down the first column and none beside it, with something in two columns and more. */
export const isSideways = (rows: readonly Row[], profile: Profile): boolean => {
  const filled = rows.filter(({ cells }) => cells.some(({ folded }) => folded !== ''));
  const width = Math.max(0, ...filled.map(({ cells }) => cells.length));
  if (filled.length < LEAST || width < LEAST || filled.some(({ cells }) => (cells[0]?.folded ?? '') === '')) return false;
  const headed = filled.filter(({ cells }) => isHeading(cells[0], profile)).length;
  // 序号 | 1 | 任务 | …: labels stand in another column, too.
  const isOfLabels = (column: number): boolean =>
    filled.filter(({ cells }) => isHeading(cells[column], profile)).length * 2 >= filled.length;
  // An item says at least two things.
  const saysLittle = (column: number): boolean => filled.filter(({ cells }) => (cells[column]?.folded ?? '') !== '').length === 1;
  const beside = Array.from({ length: width - 1 }, (_, at) => at + 1);
  return headed * 4 >= filled.length * 3 && !beside.some((column) => isOfLabels(column) || saysLittle(column));
};

/** No cell of the file: no use of it is kept. */
const NOT_IN_FILE = -1;
/** A file leaves out the empty cells at the end of a row; without them what stands below would move up. */
const emptyCellOf = ({ address }: Row): RowCell => ({ ref: NOT_IN_FILE, address, text: '', folded: '', merged: false });

/** The same table on its feet: a header, and a row for each of its columns. */
export const upright = (rows: readonly Row[], raise: Context['raise']): readonly Row[] => {
  const filled = rows.filter(({ cells }) => cells.some(({ folded }) => folded !== ''));
  const width = Math.max(0, ...filled.map(({ cells }) => cells.length));
  const [first] = filled;
  if (first === undefined) return rows;
  raise('layout', first.address, say('finding.the-table-lies-on-its-side'), false);
  return Array.from({ length: width }, (_, column): Row => {
    const cells = filled.map((row) => row.cells[column] ?? emptyCellOf(row));
    return { kind: 'row', table: first.table, address: cells[0]?.address ?? first.address, cells };
  });
};
