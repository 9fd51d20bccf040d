import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDirectory, syncDirectory } from './durable-file.ts';

/**
 * The file of what is handed on: its tables, and whether it is the one that this installation has worked with all along.
 *
 * A copy of it, put back in its place, would know less than what was sent since. So the file knows its own inode and
 * birth, which no copy has, and when it was last at work: a snapshot of a whole machine keeps the inode.
 */

const BUSY_MILLIS = 5_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    identity TEXT NOT NULL,
    since INTEGER NOT NULL,
    alive INTEGER NOT NULL,
    sender TEXT,
    sender_until INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS subscription (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    types TEXT NOT NULL,
    units TEXT NOT NULL,
    secret TEXT NOT NULL,
    secret_before TEXT,
    secret_before_until INTEGER,
    state TEXT NOT NULL,
    why TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    read_to INTEGER NOT NULL,
    read_event TEXT,
    not_before INTEGER NOT NULL,
    sent TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS delivery (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subscription TEXT NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    last_at INTEGER,
    answer TEXT,
    UNIQUE (subscription, position)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS delivery_state ON delivery (subscription, state, n);
  CREATE INDEX IF NOT EXISTS delivery_subject ON delivery (subscription, subject, n) WHERE state = 'pending';
`;

/** A file from before digests of requests were kept gets their column; programs that know of none leave it alone. */
const widen = (db: DatabaseSync): void => {
  const isThere = (): boolean => db.prepare("SELECT 1 FROM pragma_table_info('subscription') WHERE name = 'sent'").get() !== undefined;
  if (isThere()) return;
  try {
    db.exec('ALTER TABLE subscription ADD COLUMN sent TEXT');
  } catch (error) {
    if (!isThere()) throw error; // otherwise another process was first
  }
};

/** What no copy of a file has. */
const identityOf = (path: string): string => {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return `${ino}:${birthtimeNs}`;
};

export type OutboxFile = {
  readonly db: DatabaseSync;
  /** From when on (epoch ms) everything that this installation has sent is known to this file. */
  readonly since: number;
  /** Why what stands in it may have been sent already; undefined where it is the file that was worked with all along. */
  readonly doubt: 'copied' | 'silent' | undefined;
};

/**
 * @param now  epoch ms
 * @param silenceMillis  not at work for longer, it is taken for an old copy
 */
export const openOutboxFile = (path: string, now: number, silenceMillis: number): OutboxFile => {
  const directory = dirname(path);
  makeDirectory(directory, 0o700);
  closeSync(openSync(path, 'a', 0o600)); // it holds secrets: SQLite would make it readable by all
  syncDirectory(directory);
  const db = new DatabaseSync(path, { timeout: BUSY_MILLIS });
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  db.exec(SCHEMA);
  widen(db);
  const identity = identityOf(path);
  const mark = db.prepare('SELECT identity, since, alive FROM mark').get();
  if (mark === undefined) {
    db.prepare('INSERT INTO mark (one, identity, since, alive, sender_until) VALUES (1, ?, ?, ?, 0)').run(identity, now, now);
    return { db, since: now, doubt: undefined };
  }
  const isCopy = mark['identity'] !== identity;
  const doubt = isCopy ? 'copied' : now - Number(mark['alive']) > silenceMillis ? 'silent' : undefined;
  if (doubt === undefined) {
    db.prepare('UPDATE mark SET alive = ?').run(now);
    return { db, since: Number(mark['since']), doubt };
  }
  db.prepare('UPDATE mark SET identity = ?, since = ?, alive = ?, sender = NULL, sender_until = 0').run(identity, now, now);
  return { db, since: now, doubt };
};
