import { DatabaseSync } from 'node:sqlite';
import type { WitnessState } from '../tlog/index.ts';

/** What a witness remembers of each log: one SQLite file. */

export type Kept = { readonly state: WitnessState; /** The note with the log's signatures and ours. */ readonly note: Uint8Array };

export type WitnessBook = {
  /**
   * Reads what is kept of a log, lets `decide` say what to keep instead, and has that on disk when it returns: nobody
   * comes in between, in this process or another (C2SP tlog-witness: checking and persisting must be atomic).
   */
  readonly decide: <Answer>(
    origin: string,
    decide: (state: WitnessState | undefined) => { readonly answer: Answer; readonly keep?: Kept },
  ) => Answer;
  readonly note: (origin: string) => Uint8Array | undefined;
  readonly close: () => void;
};

const BUSY_TIMEOUT_MILLIS = 5_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS log (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL CHECK (length(root) = 32),
  note BLOB NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS log_grows BEFORE UPDATE ON log WHEN NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
CREATE TRIGGER IF NOT EXISTS log_kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'a log is never forgotten'); END;
`;

type Row = { readonly size: number; readonly root: Uint8Array; readonly note: Uint8Array };

export const openWitnessBook = (path: string): WitnessBook => {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MILLIS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec(SCHEMA);
  const select = db.prepare('SELECT size, root, note FROM log WHERE origin = ?');
  const write = db.prepare(
    `INSERT INTO log (origin, size, root, note) VALUES (?, ?, ?, ?)
     ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note`,
  );
  // The cast says what SQLite's types do not: the columns of the table above.
  const read = (origin: string): Row | undefined => select.get(origin) as Row | undefined;

  return {
    decide: (origin, decide) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const row = read(origin);
        const { answer, keep } = decide(row && { size: row.size, root: row.root });
        if (keep !== undefined) write.run(origin, keep.state.size, keep.state.root, keep.note);
        db.exec('COMMIT');
        return answer;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    note: (origin) => read(origin)?.note,
    close: () => db.close(),
  };
};
