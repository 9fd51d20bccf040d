import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * node:sqlite behind the few calls used here. Values bind by place and rows come as arrays in the order of the
 * columns. The driver binds `undefined` as NULL and a boolean as a number, in silence: the types of what is bound here
 * admit neither, and `encodeRow` refuses them in what handlers write.
 */

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = readonly SqlValue[];

export type Statement = {
  /** How many rows it changed. */
  readonly run: (values: readonly SqlValue[]) => number;
  readonly get: (values: readonly SqlValue[]) => SqlRow | undefined;
  readonly all: (values: readonly SqlValue[]) => readonly SqlRow[];
  /** One row at a time, for what does not fit in memory. */
  readonly iterate: (values: readonly SqlValue[]) => Iterable<SqlRow>;
};

export type Database = {
  /** Prepared at the first use, kept for the next. */
  readonly prepare: (sql: string) => Statement;
  /** Several statements without values. */
  readonly exec: (sql: string) => void;
  readonly inTransaction: () => boolean;
  readonly close: () => void;
};

// The casts say what the driver's types do not know: that rows are set to come as arrays, and no integer as bigint.
const wrap = (statement: StatementSync): Statement => {
  statement.setReturnArrays(true);
  return {
    run: (values) => Number(statement.run(...values).changes),
    get: (values) => statement.get(...values) as SqlRow | undefined,
    all: (values) => statement.all(...values) as unknown as readonly SqlRow[],
    iterate: (values) => statement.iterate(...values) as unknown as Iterable<SqlRow>,
  };
};

/** Opens a file, or makes it; `:memory:` has none. Throws at once where another process holds the file. */
export const openDatabase = (path: string): Database => {
  const db = new DatabaseSync(path, { timeout: 0 });
  const statements = new Map<string, Statement>();
  return {
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = wrap(db.prepare(sql));
      statements.set(sql, statement);
      return statement;
    },
    exec: (sql) => db.exec(sql),
    inTransaction: () => db.isTransaction,
    close: () => {
      if (db.isOpen) db.close();
    },
  };
};

/** Primary result codes (sqlite.org/rescode.html). */
const [BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB] = [5, 6, 7, 8, 10, 11, 13, 14, 26] as const;

const hasCode = (error: unknown, codes: readonly number[]): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && codes.includes(error.errcode & 0xff);

/** Whether an error says that a file is no database, or a damaged one. */
export const isUnreadable = (error: unknown): boolean => hasCode(error, [CORRUPT, NOTADB]);

/** Whether an error is of the machine, not of what was written: a full disk, a file in use, a read that failed. */
export const isPassing = (error: unknown): boolean => hasCode(error, [BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN]);
