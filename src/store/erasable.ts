import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { canonicalText } from '../kernel/canonical.ts';
import { commitmentOf } from '../kernel/commitment.ts';
import { makeDirectory, syncDirectory } from './durable-file.ts';

/**
 * Values that may have to be erased, outside the log that cannot erase: contact details, names, addresses, secrets. The
 * log has their commitments.
 *
 * The value comes first and the event after it, so that no event is without its value. Whatever ends the process between
 * the two leaves a value that no event speaks of; `settle` finds and removes it. Erasing is the other way round: the
 * event first, and whatever is left of the value then goes at the next `settle`.
 *
 * The file is made when the first value comes. What is deleted in it is overwritten (`secure_delete`), and there is no
 * write-ahead log that would keep it for a while. Replicas may share it: each transaction takes SQLite's own lock.
 */

/** A value on its way into the log. */
export type Held = {
  readonly commitment: string;
  /** An event has it: it stays until it is erased. */
  readonly keep: () => void;
  /** No event has it, nor will have. What was kept stays. */
  readonly drop: () => void;
};

export type ErasableValue = { readonly value: unknown; readonly salt: Uint8Array };

export type ErasableStore = {
  /**
   * Durable when it returns. The same value under the same `request` (one name for a request and its retries) gets the
   * same commitment, so that a retry is seen to be one.
   */
  readonly hold: (value: unknown, request?: string) => Held;
  /** Undefined where it was erased, or was never here. */
  readonly read: (commitment: string) => ErasableValue | undefined;
  /** Gone when it returns. False where it was not here. */
  readonly erase: (commitment: string) => boolean;
  /**
   * Removes what was erased by an event, and what was held before `until` (epoch ms) and never came into the log.
   * @returns how many of each
   */
  readonly settle: (known: {
    readonly isRecorded: (commitment: string) => boolean;
    readonly isErased: (commitment: string) => boolean;
    readonly until: number;
  }) => { readonly erased: number; readonly orphans: number };
  readonly close: () => void;
};

const SALT_BYTES = 32;
const BUSY_MILLIS = 5_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS held (
    commitment TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    value TEXT NOT NULL,
    request TEXT,
    held_at INTEGER NOT NULL,
    kept INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS held_request ON held (request) WHERE request IS NOT NULL;
`;

const open = (path: string): DatabaseSync => {
  const directory = dirname(path);
  makeDirectory(directory, 0o700);
  closeSync(openSync(path, 'a', 0o600)); // SQLite would make it readable by all
  syncDirectory(directory);
  const db = new DatabaseSync(path, { timeout: BUSY_MILLIS });
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;');
  db.exec(SCHEMA);
  return db;
};

const text = (value: SQLOutputValue | undefined): string => String(value);
const bytes = (value: SQLOutputValue | undefined): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array());

/**
 * @param path  of the file, which need not be there
 * @param now  epoch ms
 */
export const openErasableStore = (path: string, now: () => number = Date.now): ErasableStore => {
  let opened: DatabaseSync | undefined;
  const forWriting = (): DatabaseSync => (opened ??= open(path));
  /** Another process may have made the file meanwhile. */
  const ifThere = (): DatabaseSync | undefined => (opened === undefined && !existsSync(path) ? undefined : forWriting());

  const insert = (commitment: string, salt: Uint8Array, value: string, request: string | undefined, kept: 0 | 1): void => {
    forWriting()
      .prepare(
        'INSERT INTO held (commitment, salt, value, request, held_at, kept) VALUES (?, ?, ?, ?, ?, ?) ' +
          'ON CONFLICT (commitment) DO UPDATE SET kept = max(kept, excluded.kept)',
      )
      .run(commitment, salt, value, request ?? null, now(), kept);
  };
  const remove = (commitment: string): boolean => ifThere()?.prepare('DELETE FROM held WHERE commitment = ?').run(commitment).changes === 1;

  return {
    hold: (value, request) => {
      const canonical = canonicalText(value);
      const before =
        request === undefined
          ? undefined
          : forWriting().prepare('SELECT commitment, salt FROM held WHERE request = ? AND value = ?').get(request, canonical);
      const salt = before === undefined ? new Uint8Array(randomBytes(SALT_BYTES)) : bytes(before['salt']);
      const commitment = before === undefined ? commitmentOf(salt, value) : text(before['commitment']);
      if (before === undefined) insert(commitment, salt, canonical, request, 0);
      return {
        commitment,
        // A retry of what was refused may have dropped it meanwhile: then it comes back.
        keep: () => insert(commitment, salt, canonical, request, 1),
        drop: () => {
          forWriting().prepare('DELETE FROM held WHERE commitment = ? AND kept = 0').run(commitment);
        },
      };
    },
    read: (commitment) => {
      const row = ifThere()?.prepare('SELECT salt, value FROM held WHERE commitment = ?').get(commitment);
      return row === undefined ? undefined : { value: JSON.parse(text(row['value'])) as unknown, salt: bytes(row['salt']) };
    },
    erase: remove,
    settle: ({ isRecorded, isErased, until }) => {
      const rows = ifThere()?.prepare('SELECT commitment, held_at, kept FROM held').all() ?? [];
      let erased = 0;
      let orphans = 0;
      for (const row of rows) {
        const commitment = text(row['commitment']);
        if (isErased(commitment)) erased += remove(commitment) ? 1 : 0;
        else if (isRecorded(commitment)) ifThere()?.prepare('UPDATE held SET kept = 1 WHERE commitment = ? AND kept = 0').run(commitment);
        else if (row['kept'] === 0 && Number(row['held_at']) <= until) orphans += remove(commitment) ? 1 : 0;
      }
      return { erased, orphans };
    },
    close: () => {
      opened?.close();
      opened = undefined;
    },
  };
};
