import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { uuidBytes } from '../kernel/ids.ts';
import type { Claim } from './event-store.ts';

/**
 * Uses of claimed names, in the log's file beside the log. Made at the first claim: a file from before there were any has
 * no such table, and programs that know of none leave it alone.
 */
const TABLE = 'CREATE TABLE IF NOT EXISTS claim (name BLOB PRIMARY KEY CHECK (length(name) = 16), use TEXT NOT NULL) STRICT, WITHOUT ROWID';

/** Gives a name its use unless it has one, and answers whether it has this one now. To be called inside a transaction. */
export const claimsIn = (db: DatabaseSync): ((claim: Claim) => boolean) => {
  let statements: { readonly insert: StatementSync; readonly find: StatementSync } | undefined;
  return ({ name, use }) => {
    db.exec(TABLE); // each time, since the transaction that made it may have been undone
    statements ??= {
      insert: db.prepare('INSERT INTO claim (name, use) VALUES (?, ?) ON CONFLICT (name) DO NOTHING'),
      find: db.prepare('SELECT use FROM claim WHERE name = ?'),
    };
    const { insert, find } = statements;
    if (insert.run(uuidBytes(name), use).changes > 0) return true;
    return find.get(uuidBytes(name))?.['use'] === use;
  };
};
