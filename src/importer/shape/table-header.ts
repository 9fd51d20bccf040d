import type { Profile } from '../profile.ts';
import { MONEY } from '../parts/goals.ts';
import { columnOf, isStep, OWN, type Column } from '../words/columns.ts';
import { withoutBlanks } from '../words/folded.ts';
import type { Row } from './elements.ts';

export type HeadedColumn = { readonly index: number; readonly heading: string; readonly column: Column | null; readonly rank: number };
export type Header = {
  /** Index of the first row and of the row after the header. */
  readonly at: number;
  readonly next: number;
  readonly columns: readonly HeadedColumn[];
  /** Of figures, where a note above the table says it. */
  readonly unit: string | null;
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

export const headerOf = (rows: readonly Row[], profile: Profile): Header | null => {
  const at = rows.findIndex((row) => isHeader(row, profile));
  const first = rows[at];
  if (first === undefined) return null;
  const second = rows[at + 1];
  const under = second !== undefined && isUnder(first, second, profile) ? second : null;
  const next = at + (under === null ? 1 : 2);
  const width = Math.max(first.cells.length, under?.cells.length ?? 0);
  const columns = Array.from({ length: width }, (_, index): HeadedColumn => {
    const parent = withoutBlanks(first.cells[index]?.text ?? '');
    const child = withoutBlanks(under?.cells[index]?.text ?? '');
    const own = child !== '' && child !== parent ? child : parent;
    const found = columnOf(withoutBlanks(under?.cells[index]?.folded ?? '') || withoutBlanks(first.cells[index]?.folded ?? ''), profile);
    return { index, heading: own, column: found?.column ?? null, rank: found?.rank ?? 0 };
  });
  return { at, next, columns: withOneText(withNumbers(columns, rows.slice(next)), profile), unit: null };
};

export const isStepColumn = ({ column, heading }: HeadedColumn): boolean => column === 'milestone' && isStep(heading);
