import type { Database, SqlRow, SqlValue, Statement } from './sql.ts';

/**
 * New rows of one table, many to a statement: calling one costs more than the row that it inserts.
 */
export type Inserts = {
  readonly add: (...parts: readonly SqlRow[]) => void;
  /** Inserts all that was added since the last time. */
  readonly write: () => void;
  readonly forget: () => void;
};

const ROWS_OF_STATEMENT = 32;

export const insertsInto = (db: Database, table: string, columns: readonly string[]): Inserts => {
  const statements: Statement[] = [];
  let added: SqlValue[] = [];

  const names = columns.map((name) => `"${name}"`).join(', ');
  const row = `(${columns.map(() => '?').join(', ')})`;
  // OR FAIL: to undo itself alone, a statement of several rows would keep copies of the pages that it changes. Where
  // one fails the whole transaction is undone.
  const statementOf = (rows: number): Statement =>
    (statements[rows] ??= db.prepare(
      `INSERT OR FAIL INTO "${table}" (${names}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`,
    ));

  return {
    add: (...parts) => {
      for (const values of parts) for (const value of values) added.push(value);
    },
    write: () => {
      const step = ROWS_OF_STATEMENT * columns.length;
      for (let from = 0; from < added.length; from += step) {
        const values = added.slice(from, from + step);
        statementOf(values.length / columns.length).run(values);
      }
      added = [];
    },
    forget: () => {
      added = [];
    },
  };
};
