import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { dataFiles } from '../kernel/data-files.ts';
import { FileDamaged, unlessDamaged } from '../kernel/sqlite-errors.ts';
import { formatSignature, keyLabel, type Hash, type Signature } from '../tlog/index.ts';
import { say } from '../messages/message.ts';

/**
 * Checkpoints that were signed, and who cosigned them: `ledger.sqlite`. Unlike the views it cannot be made again.
 * A checkpoint is written here before anyone sees it, and its size is the key: no size is ever signed twice.
 */

export type SignedCheckpoint = {
  readonly size: number;
  readonly root: Hash;
  /** The signed note, byte for byte. */ readonly note: Uint8Array;
  /** Epoch ms. */ readonly signedAt: number;
};
export type StoredCosignature = {
  readonly size: number;
  /** The witness's key: its name and id, as its verifier key begins. */
  readonly witness: string;
  /** Seconds since 1970, as the witness states. */
  readonly time: number;
  /** The signature line, with its newline. */
  readonly line: string;
};

export type CheckpointStore = {
  readonly origin: () => string | undefined;
  /** Once, when the log begins: the name under which it signs. */
  readonly setOrigin: (origin: string) => void;
  /** The verifier keys of this name, oldest first: for who reads this file without the key. */
  readonly setKeys: (verifierKeys: readonly string[]) => void;
  readonly keys: () => readonly string[];
  readonly last: () => SignedCheckpoint | undefined;
  /** The largest signed size of at most `size`. */
  readonly upTo: (size: number) => SignedCheckpoint | undefined;
  readonly at: (size: number) => SignedCheckpoint | undefined;
  /** In order of size, those larger than `after`. */
  readonly after: (after: number, limit: number) => readonly SignedCheckpoint[];
  /** Durable when it returns. Throws where the size was signed before. */
  readonly add: (checkpoint: SignedCheckpoint) => void;
  readonly cosignatures: (size: number) => readonly StoredCosignature[];
  /** Whether it was new. A witness's first cosignature of a size stays. */
  readonly addCosignature: (size: number, time: number, signature: Signature) => boolean;
  /** Sizes with a cosignature and smaller than `before`, largest first. */
  readonly cosignedSizes: (before: number, limit: number) => readonly number[];
  /** A time-stamping authority's reply about a size (RFC 3161), and when it came by our clock: epoch ms. */
  readonly addStamp: (size: number, stampedAt: number, reply: Uint8Array) => void;
  readonly stamp: (size: number) => Uint8Array | undefined;
  readonly lastStamp: () => { readonly size: number; readonly stampedAt: number } | undefined;
  /** How the file was found to be damaged. It stays until the file is opened again. */
  readonly damage: () => string | undefined;
  readonly close: () => void;
};

/** The file of the checkpoints is not whole: none of them can be shown, and none signed after them. */
export class CheckpointsDamaged extends FileDamaged {
  constructor(said: string, options?: ErrorOptions) {
    super('checkpoints', say('ledger.store-is-damaged', { why: said }), options);
    this.name = 'CheckpointsDamaged';
  }
}

/** The signed note with the cosignatures of its size that are here: as it is shown. */
export const cosignedNote = (store: Pick<CheckpointStore, 'cosignatures'>, { size, note }: SignedCheckpoint): Uint8Array =>
  Buffer.concat([note, ...store.cosignatures(size).map(({ line }) => Buffer.from(line, 'utf8'))]);

const SCHEMA = `
CREATE TABLE IF NOT EXISTS identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note BLOB NOT NULL, signed_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS cosignature (size INTEGER NOT NULL REFERENCES checkpoint, witness TEXT NOT NULL, time INTEGER NOT NULL,
  line TEXT NOT NULL, PRIMARY KEY (size, witness)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamp (size INTEGER PRIMARY KEY REFERENCES checkpoint, stamped_at INTEGER NOT NULL, reply BLOB NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS checkpoint_stays BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'a signed checkpoint is never changed'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_kept BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'a signed checkpoint is never deleted'); END;
`;

type Row = { readonly size: number; readonly root: Uint8Array; readonly note: Uint8Array; readonly signed_at: number };

// The casts say what SQLite's types do not: the columns of the tables above.
const signed = (row: unknown): SignedCheckpoint | undefined => {
  if (row === undefined) return undefined;
  const { size, root, note, signed_at: signedAt } = row as Row;
  return { size, root, note, signedAt };
};

/** @throws CheckpointsDamaged  as whatever reads or writes it afterwards */
export const openCheckpointStore = (dataDir: string): CheckpointStore => {
  let found: CheckpointsDamaged | undefined;
  const doing = unlessDamaged((said, cause) => {
    const damage = new CheckpointsDamaged(said, { cause });
    found ??= damage;
    return damage;
  });
  const db = new DatabaseSync(dataFiles(dataDir).checkpoints);
  try {
    doing(() => db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; ${SCHEMA}`));
  } catch (error) {
    db.close();
    throw error;
  }
  const prepared = (sql: string) => {
    const statement = doing(() => db.prepare(sql));
    return {
      get: (...values: SQLInputValue[]): unknown => doing(() => statement.get(...values)),
      all: (...values: SQLInputValue[]): readonly unknown[] => doing(() => statement.all(...values)),
      run: (...values: SQLInputValue[]) => doing(() => statement.run(...values)),
    };
  };
  const statements = {
    origin: prepared("SELECT value FROM identity WHERE name = 'origin'"),
    setOrigin: prepared("INSERT INTO identity (name, value) VALUES ('origin', ?)"),
    keys: prepared("SELECT value FROM identity WHERE name = 'keys'"),
    setKeys: prepared("INSERT INTO identity (name, value) VALUES ('keys', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
    last: prepared('SELECT * FROM checkpoint ORDER BY size DESC LIMIT 1'),
    upTo: prepared('SELECT * FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1'),
    at: prepared('SELECT * FROM checkpoint WHERE size = ?'),
    after: prepared('SELECT * FROM checkpoint WHERE size > ? ORDER BY size LIMIT ?'),
    add: prepared('INSERT INTO checkpoint (size, root, note, signed_at) VALUES (?, ?, ?, ?)'),
    cosignatures: prepared('SELECT * FROM cosignature WHERE size = ? ORDER BY witness'),
    cosign: prepared('INSERT INTO cosignature (size, witness, time, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    addStamp: prepared('INSERT INTO stamp (size, stamped_at, reply) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    stamp: prepared('SELECT reply FROM stamp WHERE size = ?'),
    lastStamp: prepared('SELECT size, stamped_at AS stampedAt FROM stamp ORDER BY size DESC LIMIT 1'),
    cosigned: prepared('SELECT DISTINCT size FROM cosignature WHERE size < ? ORDER BY size DESC LIMIT ?'),
  };
  return {
    origin: () => (statements.origin.get() as { readonly value: string } | undefined)?.value,
    setOrigin: (origin) => {
      statements.setOrigin.run(origin);
    },
    setKeys: (verifierKeys) => {
      statements.setKeys.run(verifierKeys.join('\n'));
    },
    keys: () => (statements.keys.get() as { readonly value: string } | undefined)?.value.split('\n') ?? [],
    last: () => signed(statements.last.get()),
    upTo: (size) => signed(statements.upTo.get(size)),
    at: (size) => signed(statements.at.get(size)),
    after: (after, limit) => statements.after.all(after, limit).flatMap((row) => signed(row) ?? []),
    add: ({ size, root, note, signedAt }) => {
      statements.add.run(size, root, note, signedAt);
    },
    cosignatures: (size) => statements.cosignatures.all(size) as unknown as readonly StoredCosignature[],
    addCosignature: (size, time, signature) =>
      statements.cosign.run(size, keyLabel(signature), time, formatSignature(signature)).changes > 0,
    cosignedSizes: (before, limit) =>
      (statements.cosigned.all(before, limit) as unknown as readonly { readonly size: number }[]).map(({ size }) => size),
    addStamp: (size, stampedAt, reply) => {
      statements.addStamp.run(size, stampedAt, reply);
    },
    stamp: (size) => (statements.stamp.get(size) as { readonly reply: Uint8Array } | undefined)?.reply,
    lastStamp: () => statements.lastStamp.get() as { readonly size: number; readonly stampedAt: number } | undefined,
    damage: () => found?.message,
    close: () => db.close(),
  };
};
