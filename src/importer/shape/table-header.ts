import type { Profile } from '../profile.ts';
import { MONEY } from '../parts/goals.ts';
import { columnOf, isStep, OWN, type Column } from '../words/columns.ts';
import { folded as fold, withoutBlanks } from '../words/folded.ts';
import type { Row } from './elements.ts';

export type HeadedColumn = { readonly index: number; readonly heading: string; readonly column: Column | null; readonly rank: number };
/** Index of the first row of a header and of the row after it. */
export type HeaderPlace = { readonly at: number; readonly next: number };
export type Header = HeaderPlace & {
  readonly columns: readonly HeadedColumn[];
  /** Of figures, where a note above the table says it. */
  readonly unit: string | null;
  /** Columns of a matrix: each headed by a unit, with marks below. */
  readonly marks: readonly HeadedColumn[];
};

const known = (row: Row, profile: Profile): number =>
  new Set(row.cells.filter(({ folded }) => columnOf(folded, profile) !== null).map(({ folded }) => withoutBlanks(folded))).size;
const filled = (row: Row): number => new Set(row.cells.map(({ folded }) => withoutBlanks(folded)).filter((text) => text !== '')).size;

const isHeader = (row: Row, profile: Profile): boolean => {
  const names = known(row, profile);
  return names >= 2 && names * 2 >= filled(row) && filled(row) >= 2;
};

/** The second row of a header repeats or leaves empty what the first one has, and parts the rest. */
const isUnder = (first: Row, second: Row, profile: Profile): boolean => {
  const differing = second.cells.filter(({ folded }, index) => folded !== '' && folded !== first.cells[index]?.folded);
  const inherits = second.cells.some(({ folded, merged }, index) => (folded === '' || merged) && (first.cells[index]?.folded ?? '') !== '');
  return inherits && differing.length >= 2 && differing.every(({ folded }) => columnOf(folded, profile) !== null);
};

const NUMBER = /^[A-Za-z]{0,4}\d{0,4}[-—]?\d{1,4}\.?$/u;

/** Where no column counts, one of bare numbers does, whatever it is called. */
const withNumbers = (columns: readonly HeadedColumn[], rows: readonly Row[]): readonly HeadedColumn[] => {
  if (columns.some(({ column }) => column === 'number')) return columns;
  const counts = columns.find(({ index, column, heading }) => {
    // Figures of money, or with a unit, count nothing.
    if (MONEY.test(heading) || /[()（）]/u.test(heading)) return false;
    if (column !== 'text' && column !== 'section' && column !== null && column !== 'extra') return false;
    const values = rows.map(({ cells }) => cells[index]?.folded ?? '').filter((text) => text !== '');
    const numbers = values.filter((text) => NUMBER.test(text));
    return numbers.length > 0 && numbers.length * 2 >= values.length;
  });
  return columns.map((each) => (each === counts ? { ...each, column: 'number' } : each));
};

/** A project's name and what is built stand in two columns and are one text. */
const NAME = /^(?:项目|工程|实事|任务|事项|实事项目|项目\(工程\))?名称$|^(?:实事)?(?:项目|工程|实事)$/u;
const CONTENT = /内容$/u;
/** What a project is to reach stands beside it, and is no text of its own. */
const TARGET = /目标(?:任务)?$|^年度任务$/u;

/** One column holds what is to be done: the best of those that may; the others are kept beside it. */
const withOneText = (columns: readonly HeadedColumn[], profile: Profile): readonly HeadedColumn[] => {
  if (
    profile.columns !== null &&
    columns.filter(({ column, heading }) => column === 'text' && columnOf(heading, profile)?.rank === OWN).length > 1
  )
    return columns;
  const [best] = columns.filter(({ column }) => column === 'text').toSorted((a, b) => a.rank - b.rank || a.index - b.index);
  const project =
    best !== undefined && TARGET.test(best.heading)
      ? columns.find(({ column, heading }) => column === 'text' && NAME.test(heading))
      : undefined;
  if (project !== undefined)
    return columns.map((each) => (each.column === 'text' && each !== project ? { ...each, column: 'extra' } : each));
  const named =
    best !== undefined && CONTENT.test(best.heading)
      ? columns.find(({ column, heading }) => column === 'text' && NAME.test(heading))
      : undefined;
  return columns.map((each) => (each.column === 'text' && each !== best && each !== named ? { ...each, column: 'extra' } : each));
};

/** The first row from one on that is such; −1 where none is. */
export const indexFrom = (rows: readonly Row[], from: number, isSuch: (row: Row) => boolean): number => {
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (row !== undefined && isSuch(row)) return at;
  }
  return -1;
};

/** The first header from a row on; none of what stands below it is looked at. */
export const headerFrom = (rows: readonly Row[], from: number, profile: Profile): HeaderPlace | null => {
  const at = indexFrom(rows, from, (row) => isHeader(row, profile));
  const [first, second] = [rows[at], rows[at + 1]];
  if (first === undefined) return null;
  return { at, next: at + (second !== undefined && isUnder(first, second, profile) ? 2 : 1) };
};

export const headerOf = (rows: readonly Row[], profile: Profile): Header | null => {
  const place = headerFrom(rows, 0, profile);
  const first = place === null ? undefined : rows[place.at];
  if (place === null || first === undefined) return null;
  const { at, next } = place;
  const under = next === at + 2 ? rows[at + 1] : undefined;
  const width = Math.max(first.cells.length, under?.cells.length ?? 0);
  const columns = Array.from({ length: width }, (_, index): HeadedColumn => {
    const parent = withoutBlanks(first.cells[index]?.text ?? '');
    const child = withoutBlanks(under?.cells[index]?.text ?? '');
    const own = child !== '' && child !== parent ? child : parent;
    const found = columnOf(withoutBlanks(under?.cells[index]?.folded ?? '') || withoutBlanks(first.cells[index]?.folded ?? ''), profile);
    return { index, heading: own, column: found?.column ?? null, rank: found?.rank ?? 0 };
  });
  return { at, next, columns: withOneText(withNumbers(columns, rows.slice(next)), profile), unit: null, marks: [] };
};

const isSameRow = (row: Row, other: Row | undefined): boolean =>
  row.cells.every(({ folded }, index) => folded === '' || withoutBlanks(folded) === withoutBlanks(other?.cells[index]?.folded ?? ''));

/** The header, or the second row of it, once more: the same words in the same columns. */
export const isHeaderAgain = (row: Row, rows: readonly Row[], { at, next }: HeaderPlace): boolean =>
  filled(row) >= 2 && (isSameRow(row, rows[at]) || isSameRow(row, rows[next - 1]));

/** A header below this one that has other columns, or these in another order. */
export const isOtherHeader = (row: Row, rows: readonly Row[], header: HeaderPlace, profile: Profile): boolean =>
  isHeader(row, profile) && !isHeaderAgain(row, rows, header);

export const isStepColumn = ({ column, heading }: HeadedColumn): boolean => column === 'milestone' && isStep(fold(heading));
