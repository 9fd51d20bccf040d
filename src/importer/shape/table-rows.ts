import type { Context } from '../parts/context.ts';
import { isDeadline } from '../parts/deadlines.ts';
import { namesOf } from '../parts/names.ts';
import { withoutBlanks } from '../words/folded.ts';
import { isNote } from '../words/noise.ts';
import type { Row, RowCell } from './elements.ts';
import { markerOf } from './numbering.ts';
import { isHeaderAgain, type HeadedColumn, type Header } from './table-header.ts';
import { say, type Message } from '../../messages/message.ts';

/** A row below the header, by what it is. */
export type TableRow =
  | {
      readonly kind: 'item';
      readonly row: Row;
      readonly cells: ReadonlyMap<HeadedColumn, RowCell>;
      readonly inherited: ReadonlySet<HeadedColumn>;
    }
  | { readonly kind: 'section'; readonly row: Row; readonly cell: RowCell }
  | { readonly kind: 'note'; readonly row: Row; readonly cell: RowCell }
  | { readonly kind: 'aside'; readonly row: Row; readonly why: Message };

const TOTAL = /^(?:合计|总计|小计|共计|总数)(?:[:0-9一二三四五六七八九十项件个]|$)/u;

/** The one text of a row whose other cells are empty or merged with it; null where several stand in it. */
export const onlyCell = ({ cells }: Row): RowCell | null => {
  const texts = new Set(cells.map(({ folded }) => folded).filter((text) => text !== ''));
  return texts.size === 1 ? (cells.find(({ folded }) => folded !== '') ?? null) : null;
};

/** 一 | 经济发展目标: a heading within the table that has a number of its own, in Chinese numerals, and nobody beside it. */
const sectionIn = ({ cells: [number, ...others] }: Row, text: HeadedColumn | undefined): RowCell | null => {
  if (number === undefined || !/^\(?[一二三四五六七八九十]{1,3}\)?[、.]?$/u.test(number.folded.trim())) return null;
  const filled = others.filter(({ folded }) => folded !== '');
  const [first] = filled;
  const isOne = first !== undefined && filled.every(({ folded }) => folded === first.folded);
  // One cell alone may be an item that lacks the rest, where it stands in the column of texts.
  return isOne && (filled.length === others.length || filled.length > 2) && text !== undefined ? first : null;
};

const isParty = ({ column }: HeadedColumn): boolean => column === 'lead' || column === 'responsible' || column === 'cooperating';

/** A deadline one cell too far left, where nobody cooperates: the cell of the cooperating units was left out. */
const shifted = (cells: Map<HeadedColumn, RowCell>, row: Row, columns: readonly HeadedColumn[], context: Context): void => {
  const deadline = columns.find(({ column }) => column === 'deadline');
  if (deadline === undefined || (cells.get(deadline)?.folded ?? '') !== '') return;
  const holder = columns.find((column) => isParty(column) && isDeadline(cells.get(column)?.folded ?? '', context.year ?? 2000));
  const cell = holder === undefined ? undefined : cells.get(holder);
  if (holder === undefined || cell === undefined || namesOf(cell.folded, context.profile).tokens.some(({ kind }) => kind === 'collective'))
    return;
  cells.set(deadline, cell);
  cells.delete(holder);
  const [far] = row.cells.slice(holder.index + 1).filter(({ folded }) => folded !== '');
  context.raise(
    'cell-shifted',
    cell.address,
    say('finding.the-deadline-stands-in-the-cell-of', { text: cell.text, heading: holder.heading }),
    far !== undefined,
  );
};

const uneven = (row: Row, columns: readonly HeadedColumn[], context: Context): void => {
  const over = row.cells.slice(columns.length);
  if (row.cells.length === columns.length) return;
  const lost = over.filter(({ folded }) => folded !== '').map(({ text }) => text);
  const more = row.cells.length > columns.length;
  if (lost.length > 0)
    context.raise('row-uneven', row.address, say('finding.the-row-has-more-cells-than-the', { lost: lost.join(' | ') }), true);
  else
    context.raise(
      'row-uneven',
      row.address,
      say('finding.the-row-has-cells-and-the-header', { count: row.cells.length, count2: columns.length }),
      !more && columns.length - row.cells.length > 1,
    );
};

const OF_AN_ITEM: ReadonlySet<string> = new Set(['lead', 'cooperating', 'responsible', 'leader', 'deadline', 'milestone', 'frequency']);

const FILLED_DOWN: ReadonlySet<string | null> = new Set(['section', 'leader', 'lead', 'responsible']);

/** Rows below the header, told apart; empty cells below a merged one take what stands above. */
export const rowsOf = (rows: readonly Row[], header: Header, context: Context): readonly TableRow[] => {
  const { columns } = header;
  const above = new Map<HeadedColumn, RowCell>();
  const text = columns.find(({ column }) => column === 'text');
  const section = columns.find(({ column }) => column === 'section');

  const item = (row: Row): TableRow => {
    const cells = new Map(
      columns.flatMap((column) => (row.cells[column.index] === undefined ? [] : [[column, row.cells[column.index] as RowCell] as const])),
    );
    uneven(row, columns, context);
    shifted(cells, row, columns, context);
    const isEmpty = (column: HeadedColumn | undefined): boolean => column !== undefined && (cells.get(column)?.folded ?? '') === '';
    const ofAbove = isEmpty(section);
    const carriers = columns.filter(({ column }) => column === 'lead' || column === 'responsible');
    const nobody = carriers.length > 0 && carriers.every(isEmpty);
    const inherited = new Set<HeadedColumn>();
    for (const column of columns) {
      const cell = cells.get(column);
      if (cell?.merged === true && cell.folded !== '') inherited.add(column);
      if (!isEmpty(column)) {
        if (cell !== undefined) above.set(column, cell);
        continue;
      }
      const told = context.profile.fillDown.includes(column.heading);
      const last = above.get(column);
      const carries = column.column === 'lead' || column.column === 'responsible';
      const fills = told || (FILLED_DOWN.has(column.column) && (column.column === 'section' || (ofAbove && (!carries || nobody))));
      if (!fills || last === undefined) {
        above.delete(column);
        continue;
      }
      cells.set(column, last);
      inherited.add(column);
      const doubtful = carries && !told;
      context.raise(
        'cell-inherited',
        row.address,
        say(doubtful ? 'finding.empty-merged-or-forgotten' : 'finding.empty-row-above-taken', { heading: column.heading, text: last.text }),
        doubtful,
      );
    }
    return { kind: 'item', row, cells, inherited };
  };

  return rows.slice(header.next).map((row): TableRow => {
    const first = row.cells.find(({ folded }) => folded !== '');
    if (first === undefined) return { kind: 'aside', row, why: say('finding.an-empty-row') };
    if (row.cells.every(({ folded }) => /^:?[-—=]*:?$/u.test(folded))) return { kind: 'aside', row, why: say('finding.a-rule') };
    if (isHeaderAgain(row, rows, header)) return { kind: 'aside', row, why: say('finding.the-header-again') };
    if (row.cells.slice(0, 4).some(({ folded }) => TOTAL.test(withoutBlanks(folded))))
      return { kind: 'aside', row, why: say('finding.a-row-of-totals') };
    const told = sectionIn(row, text);
    if (told !== null) return { kind: 'section', row, cell: told };
    const only = onlyCell(row);
    const alone = only !== null && row.cells.filter(({ folded }) => folded !== '').length === 1;
    const under = alone ? columns[row.cells.indexOf(only)]?.column : undefined;
    // A name or a day alone is what the row above has left over, and no heading.
    if (under !== undefined && under !== null && OF_AN_ITEM.has(under)) return item(row);
    if (
      only === null ||
      (text !== undefined &&
        only.ref === row.cells[text.index]?.ref &&
        row.cells[0] !== only &&
        row.cells.filter(({ folded }) => folded !== '').length === 1)
    )
      return item(row);
    if (isNote(only.folded) || only.folded.length > 40 || only.folded.endsWith('。')) return { kind: 'note', row, cell: only };
    return markerOf(only.folded) !== null || only.folded.length <= 30
      ? { kind: 'section', row, cell: only }
      : { kind: 'note', row, cell: only };
  });
};
