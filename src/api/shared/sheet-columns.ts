import { ownValue } from '../../kernel/own-value.ts';
import { headingSaid } from '../../messages/named.ts';
import { inEach } from '../../messages/words.ts';
import type { CellValue, Column, Reader } from '../../publishing/sheets/sheet.ts';

/** The columns of a list's sheet: how wide they are, which people do not see, and the names that stand before ids. */

const WIDE = new Set([
  'text',
  'narrative',
  'title',
  'reason',
  'evidence',
  'detail',
  'assignees',
  'measurements',
  'standing',
  'decision',
  'missing',
  'notYetDue',
  'settled',
  'tasks',
]);

/** Fields that hold days, `YYYY-MM-DD`, and what became of one. */
export const DAYS: ReadonlySet<string> = new Set([
  'after',
  'before',
  'date',
  'day',
  'deadline',
  'effectiveFrom',
  'oldDeadline',
  'originalDeadline',
  'until',
]);
/** Fields that hold an instant. */
const INSTANTS = new Set(['at', 'due']);
const isInstant = (field: string): boolean => INSTANTS.has(field) || field.endsWith('At');
/** Fields that hold a decimal as a text, so that it keeps its places. */
export const FIGURES: ReadonlySet<string> = new Set(['target', 'value']);

/** What days and figures need, in figures: they do not wrap. */
const leastOf = (field: string): number | undefined =>
  isInstant(field) ? 19 : FIGURES.has(field) ? 10 : field !== 'before' && field !== 'after' && DAYS.has(field) ? 13 : undefined;

/** What people call what an id names stands before it, and the ids stand where no person looks. */
const HIDDEN = new Set(['id', 'task', 'report', 'directive', 'parent', 'dueRule', 'key', 'circulatedIn', 'policy']);

export type Cell = (field: string, value: unknown, reader: Reader) => CellValue;

const fieldOf = (item: object, field: string): unknown =>
  // The cast: fields are those of the item's schema.
  ownValue(item as Readonly<Record<string, unknown>>, field);

const widthOf = (field: string): number => (WIDE.has(field) ? 44 : 30);

/** Headings that a sheet has of its own, by field: keys of `heading.…`. */
export type Called = Readonly<Record<string, string>>;

/** A count, whatever it comes to. */
const COUNT = 6;
const leastWidth = (least: number | undefined): { readonly least?: number } => (least === undefined ? {} : { least });

/** How the columns of a sheet are made. */
type Making = {
  readonly isNumber: (field: string) => boolean;
  readonly cell: Cell;
  readonly called: Called;
  readonly folded: readonly string[];
};

const columnOf = (field: string, { isNumber, cell, called, folded }: Making, isHidden: boolean): Column<object> => ({
  heading: inEach(headingSaid(ownValue(called, field) ?? field) ?? field),
  width: widthOf(field),
  ...leastWidth(isNumber(field) ? COUNT : leastOf(field)),
  ...(isHidden ? { seen: 'hidden' } : folded.includes(field) ? { seen: 'folded' } : {}),
  value: (item, reader) => cell(field, fieldOf(item, field), reader),
});

const nameColumn = (field: 'task' | 'unit'): Column<object> => {
  const heading = field === 'task' ? 'task-title' : 'unit-name';
  return {
    heading: inEach(headingSaid(heading) ?? heading),
    width: field === 'task' ? 52 : 30,
    seen: 'people',
    value: (item, { names }) => {
      const value = fieldOf(item, field);
      return typeof value === 'string' ? (names?.[field](value) ?? value) : null;
    },
  };
};

/** `field`: of the item; empty where the column has no field of its own. */
type Placed = { readonly field: string; readonly column: Column<object> };

/** Of each field its column, and before an id the name where the item has none of its own. */
export const placed = (fields: readonly string[], making: Making): readonly Placed[] =>
  fields.flatMap((field): readonly Placed[] => {
    // Names of leaders stand in their posts too.
    const isHidden = HIDDEN.has(field) || (field === 'leaders' && fields.includes('leaderPosts'));
    const own = { field, column: columnOf(field, making, isHidden) };
    if (field === 'task' && !fields.includes('title')) return [{ field: '', column: nameColumn('task') }, own];
    // A measured figure has a `unit` too, and that is no office.
    if (field !== 'unit' || fields.includes('metric')) return [own];
    const hidden: Placed = { field, column: { ...own.column, heading: inEach(headingSaid('unit-id') ?? field), seen: 'hidden' } };
    return fields.includes('name') ? [hidden] : [{ field: '', column: nameColumn('unit') }, hidden];
  });
