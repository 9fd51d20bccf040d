import { SAID_NOTHING, type Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { namesOf } from '../parts/names.ts';
import { partiesOf, type Role } from '../parts/parties.ts';
import type { Row, RowCell } from './elements.ts';
import type { HeadedColumn } from './table-header.ts';
import { say } from '../../messages/message.ts';

/** A matrix of who does what: a column a unit, and a mark where it has a part: ▲ 牵头, △ 配合. */

const MARKS: ReadonlyMap<string, Role> = new Map([
  ...['▲', '★', '●', '■', '◆', '√√', '牵头', '主办', '主'].map((mark) => [mark, 'lead'] as const),
  ...['△', '☆', '○', '□', '◇', '配合', '协办', '协', '辅'].map((mark) => [mark, 'cooperating'] as const),
  ...['√', '✓', '✔', '责任', '承办'].map((mark) => [mark, 'responsible'] as const),
]);
const roleOf = (cell: RowCell | undefined): Role | undefined => MARKS.get(cell?.folded.trim() ?? '');

/** Columns that are headed by a unit each and hold nothing but such marks; none where a table has only one. */
export const matrixColumns = (columns: readonly HeadedColumn[], rows: readonly Row[], { profile }: Context): readonly HeadedColumn[] => {
  const found = columns.filter(({ column, heading, index }) => {
    if (column !== null && column !== 'extra') return false;
    const cells = rows
      .map(({ cells: all }) => all[index])
      .filter((cell) => cell !== undefined && cell.folded.trim() !== '' && cell.text.trim() !== heading);
    const { tokens } = namesOf(heading, profile);
    const isUnit = tokens.length === 1 && tokens.every(({ kind }) => kind === 'unit' || kind === 'collective');
    return isUnit && cells.length > 0 && cells.every((cell) => roleOf(cell) !== undefined);
  });
  return found.length < 2 ? [] : found;
};

/** What the marks of a row say. That a filled mark leads is a guess, which a person confirms once for the table. */
export const saidByMarks = (
  columns: readonly HeadedColumn[],
  cells: ReadonlyMap<HeadedColumn, RowCell>,
  context: Context,
): readonly Said[] =>
  columns.flatMap((column): readonly Said[] => {
    const cell = cells.get(column);
    const role = roleOf(cell);
    if (cell === undefined || role === undefined) return [];
    const { leaders, ...parties } = partiesOf(column.heading, () => role, cell.address, context);
    return [{ ...SAID_NOTHING, parties: { ...parties, leaders: [] }, leaders }];
  });

export const raiseMarks = (columns: readonly HeadedColumn[], address: string, { raise }: Context): void => {
  if (columns.length > 0)
    raise('role-guessed', address, say('finding.marks-say-who-leads', { names: columns.map(({ heading }) => heading).join('、') }), true);
};
