import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FileDamaged, unlessDamaged, type Doing } from '../kernel/sqlite-errors.ts';
import { say, type Text } from '../messages/message.ts';

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

/** The file is not whole, so nothing that is read of it can be believed. Views can be made again from the log. */
export class ViewsDamaged extends FileDamaged {
  constructor(why: Text, options?: ErrorOptions) {
    super('views', say('views.cannot-be-read', { why }), options);
    this.name = 'ViewsDamaged';
  }
}

// The casts say what the driver's types do not know: that rows are set to come as arrays, and no integer as bigint.
const wrap = (statement: StatementSync, doing: Doing): Statement => {
  statement.setReturnArrays(true);
  return {
    run: (values) => doing(() => Number(statement.run(...values).changes)),
    get: (values) => doing(() => statement.get(...values) as SqlRow | undefined),
    all: (values) => doing(() => statement.all(...values) as unknown as readonly SqlRow[]),
    iterate: function* (values) {
      const rows = doing(() => statement.iterate(...values) as unknown as Iterator<SqlRow>);
      for (let next = doing(() => rows.next()); next.done !== true; next = doing(() => rows.next())) yield next.value;
    },
  };
};

/**
 * Opens a file, or makes it; `:memory:` has none. Throws at once where another process holds the file.
 * @param onDamage  hears that the file is found to be damaged, before whoever reads it gets the same as an error
 */
export const openDatabase = (path: string, onDamage: (damage: ViewsDamaged) => void = () => undefined): Database => {
  const doing = unlessDamaged((said, cause) => {
    const damage = new ViewsDamaged(said, { cause });
    onDamage(damage);
    return damage;
  });
  const db = new DatabaseSync(path, { timeout: 0 });
  const statements = new Map<string, Statement>();
  return {
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = wrap(
        doing(() => db.prepare(sql)),
        doing,
      );
      statements.set(sql, statement);
      return statement;
    },
    exec: (sql) => doing(() => db.exec(sql)),
    inTransaction: () => db.isTransaction,
    close: () => {
      if (db.isOpen) db.close();
    },
  };
};
