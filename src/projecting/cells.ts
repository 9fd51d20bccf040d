import { unreachable } from '../kernel/decider.ts';
import type { ColumnType } from './projection.ts';
import type { SqlRow, SqlValue } from './sql.ts';

/** What stands in a row's cells, and how SQLite holds it. */

export type Column = { readonly name: string; readonly type: 'text' | 'integer' | 'json' | 'blob'; readonly nullable: boolean };

/** A row as handlers write it and readers get it. */
export type Row = Readonly<Record<string, unknown>>;

const SQL_TYPES = { text: 'TEXT', integer: 'INTEGER', json: 'TEXT', blob: 'BLOB' } as const;

export const columnOf = (name: string, type: ColumnType): Column => {
  const nullable = type.endsWith('?');
  // The cast follows from the line before: what is left of a ColumnType without its question mark.
  return { name, type: (nullable ? type.slice(0, -1) : type) as Column['type'], nullable };
};

export const columnSql = ({ name, type, nullable }: Column): string => `"${name}" ${SQL_TYPES[type]}${nullable ? '' : ' NOT NULL'}`;

const wrong = (column: Column, value: unknown): never => {
  throw new TypeError(
    `${column.name} is a column of type ${column.type}${column.nullable ? '?' : ''}, not for ${value === null ? 'null' : typeof value}`,
  );
};

const encodeCell = (column: Column, value: unknown): SqlValue => {
  if (value === undefined) throw new TypeError(`${column.name} is not given`);
  if (value === null && column.nullable) return null;
  switch (column.type) {
    case 'text':
      return typeof value === 'string' ? value : wrong(column, value);
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : wrong(column, value);
    case 'json':
      // What JSON has no text for, a function say, gives undefined.
      return JSON.stringify(value) ?? wrong(column, value);
    case 'blob':
      return value instanceof Uint8Array ? value : wrong(column, value);
    default:
      return unreachable(column.type);
  }
};

/** The values of `columns`, all of which must be given, and nothing else. */
export const encodeRow = (columns: readonly Column[], row: Row): readonly SqlValue[] => {
  const values: SqlValue[] = [];
  for (const column of columns) values.push(encodeCell(column, row[column.name]));
  if (Object.keys(row).length === columns.length) return values;
  const known = new Set(columns.map(({ name }) => name));
  throw new TypeError(
    `there is no column ${Object.keys(row)
      .filter((name) => !known.has(name))
      .join(', ')}`,
  );
};

/** Values that begin at `offset` in an SQL row, back as a row. */
export const decodeRow = (columns: readonly Column[], values: SqlRow, offset = 0): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  let place = offset;
  for (const { name, type } of columns) {
    const value = values[place];
    row[name] = type === 'json' && typeof value === 'string' ? JSON.parse(value) : value;
    place += 1;
  }
  return row;
};

const sameValue = (one: SqlValue | undefined, other: SqlValue | undefined): boolean =>
  one === other || (one instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(one, other) === 0);

export const sameValues = (one: SqlRow, other: SqlRow): boolean => one.every((value, index) => sameValue(value, other[index]));

const compareValues = (one: unknown, other: unknown): number => {
  if (one === other) return 0;
  // Keys are text or integers, each column of one type; UTF-16 order, the same on every machine.
  return (one as string | number) < (other as string | number) ? -1 : 1;
};

/** Rows in the order of their keys, so that the same rows are always the same list. */
export const sortByKey = <Any extends Row>(key: readonly Column[], rows: Any[]): Any[] =>
  rows.sort((one, other) => {
    for (const { name } of key) {
      const order = compareValues(one[name], other[name]);
      if (order !== 0) return order;
    }
    return 0;
  });
