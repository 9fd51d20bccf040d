import { say } from '../../messages/message.ts';
import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import { isNote } from '../words/noise.ts';
import { lineOf, type Accounts, type Element, type Line, type Row, type RowCell } from './elements.ts';
import { isAttachmentMark } from './head.ts';
import { isSideways, upright } from './sideways-tables.ts';
import { headerFrom, indexFrom, isOtherHeader, type HeaderPlace } from './table-header.ts';
import { onlyCell } from './table-rows.ts';
import { isForm } from './vertical-tables.ts';

/**
 * Sheets hold documents as tables do: a title, a number and paragraphs, each in a row of one text, above the table and below
 * it, or no table at all. Such rows are lines. A second header is the beginning of a second table.
 */

type Reading = { readonly profile: Profile; readonly accounts: Accounts; readonly raise: Context['raise'] };

const isEmpty = ({ cells }: Row): boolean => cells.every(({ folded }) => folded === '');

/** The one text of a row, unless it may be an item that lacks the rest: one cell alone that is not the first. */
const ownText = (row: Row): RowCell | null => {
  const cell = onlyCell(row);
  const alone = row.cells.filter(({ folded }) => folded !== '').length === 1;
  return cell !== null && (row.cells[0] === cell || !alone) ? cell : null;
};

const asLine = (row: Row, cell: RowCell, accounts: Accounts): Line => {
  for (const { ref } of row.cells) if (ref !== cell.ref) accounts.mark(ref, 'noise');
  return { ...lineOf(cell.ref, cell.address, cell.text), table: row.table };
};

const linesFirst = (rows: readonly Row[], accounts: Accounts): readonly Element[] =>
  rows.map((row) => {
    const cell = onlyCell(row);
    return cell === null ? row : asLine(row, cell, accounts);
  });

/** A row below the items that says something of them all, or of some. */
const saysSomething = ({ folded }: RowCell): boolean => isNote(folded) || folded.length > 40 || folded.trimEnd().endsWith('。');

/** How many rows at the end hold one text each, or none. */
const endingLines = (rows: readonly Row[]): number => rows.length - 1 - rows.findLastIndex((row) => !isEmpty(row) && ownText(row) === null);

const ending = (rows: readonly Row[], { accounts, raise }: Reading): readonly Element[] => {
  const first = rows.length - endingLines(rows);
  for (const row of rows.slice(first)) {
    const cell = onlyCell(row);
    if (cell !== null && saysSomething(cell)) raise('row-set-aside', row.address, say('finding.a-row-that-holds-a-note-and'), false);
  }
  return [...rows.slice(0, first), ...linesFirst(rows.slice(first), accounts)];
};

/** Where the table under a header ends: at other columns, or at the mark of another annex. */
const endOfTable = (rows: readonly Row[], header: HeaderPlace, profile: Profile): number => {
  const at = indexFrom(
    rows,
    header.next,
    (row) => isOtherHeader(row, rows, header, profile) || isAttachmentMark(onlyCell(row)?.folded ?? ''),
  );
  return at < 0 ? rows.length : at;
};

const withoutHeader = (rows: readonly Row[], reading: Reading): readonly Element[] => {
  const first = rows.findIndex((row) => !isEmpty(row) && ownText(row) === null);
  if (first < 0) return linesFirst(rows, reading.accounts);
  return [...linesFirst(rows.slice(0, first), reading.accounts), ...ending(rows.slice(first), reading)];
};

/** Rows that stand together in a file: one table, several below each other, or none. */
const told = (rows: readonly Row[], reading: Reading): readonly Element[] => {
  const { profile, accounts } = reading;
  const first = rows.findIndex((row) => !isEmpty(row) && onlyCell(row) === null);
  const last = rows.findLastIndex((row) => !isEmpty(row) && onlyCell(row) === null);
  const table = rows.slice(Math.max(0, first), last + 1);
  if (isSideways(table, profile))
    return [...linesFirst(rows.slice(0, first), accounts), ...upright(table, reading.raise), ...linesFirst(rows.slice(last + 1), accounts)];
  if (isForm(rows, profile)) return rows;
  const found: Element[] = [];
  let from = 0;
  for (let part = 1; from < rows.length; part += 1) {
    const header = headerFrom(rows, from, profile);
    if (header === null) {
      for (const each of withoutHeader(rows.slice(from), reading)) found.push(each);
      break;
    }
    const { at, next } = header;
    const end = endOfTable(rows, header, profile);
    const named = (row: Row): Row => (part === 1 ? row : { ...row, table: `${row.table}, part ${part}` });
    for (const each of linesFirst(rows.slice(from, at), accounts)) found.push(each);
    for (const row of rows.slice(at, next)) found.push(named(row));
    for (const each of ending(rows.slice(next, end).map(named), reading)) found.push(each);
    from = end;
  }
  return found;
};

export const withLinesOfRows = (elements: readonly Element[], reading: Reading): readonly Element[] => {
  const found: Element[] = [];
  for (let at = 0; at < elements.length;) {
    const element = elements[at];
    if (element === undefined) break;
    let end = at + 1;
    if (element.kind === 'row') {
      const rows: Row[] = [element];
      for (let next = elements[end]; next?.kind === 'row' && next.table === element.table; next = elements[end]) {
        rows.push(next);
        end += 1;
      }
      for (const each of told(rows, reading)) found.push(each);
    } else found.push(element);
    at = end;
  }
  return found;
};
