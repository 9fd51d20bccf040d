import { LRUCache } from 'lru-cache';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Envelope } from '../kernel/envelope.ts';
import { uuidBytes } from '../kernel/ids.ts';
import { checkedRows, type CheckedRows, type EventRow } from './checked-rows.ts';
import { claimsIn } from './claims.ts';
import { storedEvent, type Claim, type Head, type LogDamaged, type StoredEvent } from './event-store.ts';
import { prepareSchema } from './log-schema.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * The sequenced log in one SQLite file: the whole log of the embedded store, and the local mirror of a
 * cluster's log, whose adapter appends what it is delivered and the remote position in one transaction.
 * One process writes the file (see `lockDataDir`); others may read it.
 */

/** A stream's last event, from which the next one follows. */
export type StreamHead = { readonly revision: number; readonly leaf: Uint8Array };

/** An event that has its place in its stream, but none in the log yet. */
export type SealedEvent = Omit<StoredEvent, 'position' | 'envelope'>;

export type LogWriter = {
  /** Gives the event the next position. What it is given is read back at once, and durable with the transaction. */
  readonly append: (event: SealedEvent, envelope?: Envelope) => StoredEvent;
  readonly setMeta: (key: string, value: string) => void;
  /** Gives a name its use, unless it has one, and answers whether it has this one now. */
  readonly claim: (claim: Claim) => boolean;
};

export type LogFile = {
  readonly head: () => Head;
  readonly at: (position: number) => StoredEvent | undefined;
  readonly readAll: (afterPosition: number, limit: number) => readonly StoredEvent[];
  /** From a revision on (inclusive); all unless limited. */
  readonly readStream: (stream: string, fromRevision: number, limit?: number) => readonly StoredEvent[];
  /** A stream's events with positions up to one, inclusive. */
  readonly readHistory: (stream: string, upToPosition: number) => readonly StoredEvent[];
  /** Leaf hashes of positions from + 1 … to, concatenated. Throws RangeError beyond the log. */
  readonly leaves: (from: number, to: number) => Buffer;
  /** The last position recorded at or before an instant (epoch ms), or 0. */
  readonly positionAt: (millis: number) => number;
  readonly streamHead: (stream: string) => StreamHead | undefined;
  readonly meta: (key: string) => string | undefined;
  /** What was found first in the file that is not as it was recorded. Each read of it throws it again. */
  readonly damage: () => LogDamaged | undefined;
  /**
   * Runs `work` in one transaction, and returns when it is durable. Whatever throws, `work` or the commit, undoes
   * all of it. Reads inside `work` see what it has appended.
   */
  readonly write: <Result>(work: (writer: LogWriter) => Result) => Result;
  /**
   * From now on a commit moves the WAL's pages into the database only once there are so many of them, default 1,000: each
   * time the disk is waited for, and pages that changed meanwhile are written once.
   */
  readonly checkpointEvery: (pages?: number) => void;
  /** Moves committed pages from the WAL into the database, as far as readers allow. */
  readonly checkpoint: () => void;
  /** Closes the file; the last connection's close checkpoints the WAL and removes it. */
  readonly close: () => void;
};

/** How long a statement waits, with the process, for another connection's lock: nobody else should write. */
const BUSY_TIMEOUT_MS = 500;
const CACHE_KIB = 64 * 1024;
/**
 * Pages in the WAL after which a commit checkpoints by itself. Measured with 100 writers without pause: 1,000 pages
 * stall some 8 ms at a time, 4,096 some 20 ms, 16,384 some 90 ms, all at the same throughput.
 */
const CHECKPOINT_PAGES = 1000;
/** SQLite's default. */
const PAGE_BYTES = 4096;
const CACHED_STREAM_HEADS = 50_000;

const LEAF_BYTES = 32;
/** The columns of an `EventRow`. */
const EVENTS = `SELECT event.position, stream.name, event.revision, lower(hex(event.id)), event.recorded_at, event.leaf, event.bytes
  FROM event JOIN stream ON stream.id = event.stream`;

type KnownStream = StreamHead & { readonly key: number };

type Opened = Pick<CheckedRows, 'reading' | 'eventOf'> & { readonly db: DatabaseSync };

/** A prepared statement whose rows have the type that its columns give: the edge to SQLite, hence the casts. */
const prepared = <Row>({ db, reading }: Opened, sql: string) => {
  const statement = db.prepare(sql);
  return {
    get: (...values: SQLInputValue[]) => reading(() => statement.get(...values)) as Row | undefined,
    iterate: (...values: SQLInputValue[]) => statement.iterate(...values) as NodeJS.Iterator<Row>,
    run: (...values: SQLInputValue[]) => reading(() => statement.run(...values)),
  };
};

const preparedEvents = ({ db, reading, eventOf }: Opened, rest: string) => {
  const statement = db.prepare(`${EVENTS} ${rest}`);
  statement.setReturnArrays(true);
  return {
    get: (...values: SQLInputValue[]) => {
      const row = reading(() => statement.get(...values)) as unknown as EventRow | undefined;
      return row && eventOf(row);
    },
    all: (...values: SQLInputValue[]) => (reading(() => statement.all(...values)) as unknown as EventRow[]).map(eventOf),
  };
};

const prepareAll = (db: Opened) => ({
  begin: prepared(db, 'BEGIN IMMEDIATE'),
  commit: prepared(db, 'COMMIT'),
  insertStream: prepared(db, 'INSERT INTO stream (name) VALUES (?)'),
  insertEvent: prepared(db, 'INSERT INTO event (position, stream, revision, id, recorded_at, leaf, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)'),
  setMeta: prepared(db, 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'),
  meta: prepared<{ readonly value: string }>(db, 'SELECT value FROM meta WHERE key = ?'),
  head: prepared<{ readonly position: number; readonly recordedAt: number }>(
    db,
    'SELECT position, recorded_at AS recordedAt FROM event ORDER BY position DESC LIMIT 1',
  ),
  streamHead: prepared<KnownStream>(
    db,
    `SELECT stream.id AS key, event.revision, event.leaf FROM stream JOIN event ON event.stream = stream.id
     WHERE stream.name = ? ORDER BY event.revision DESC LIMIT 1`,
  ),
  at: preparedEvents(db, 'WHERE event.position = ?'),
  after: preparedEvents(db, 'WHERE event.position > ? ORDER BY event.position LIMIT ?'),
  ofStream: preparedEvents(db, 'WHERE stream.name = ? AND event.revision >= ? ORDER BY event.revision LIMIT ?'),
  history: preparedEvents(db, 'WHERE stream.name = ? AND event.position <= ? ORDER BY event.revision'),
  leaves: prepared<{ readonly leaf: Uint8Array }>(db, 'SELECT leaf FROM event WHERE position > ? AND position <= ? ORDER BY position'),
  positionAt: prepared<{ readonly position: number }>(
    db,
    'SELECT position FROM event WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1',
  ),
});

export type LogFileOptions = {
  readonly readOnly?: boolean;
  /**
   * Whether `write` returns before what it wrote is durable: a loss of power then takes the last transactions with it,
   * and leaves the file whole. For a log that is made at one go, and made again where that was interrupted, and for one
   * that can be read again elsewhere.
   */
  readonly relaxedDurability?: boolean | undefined;
  /** Of SQLite's cache of the file's pages. */
  readonly cacheKib?: number;
  /** What whoever runs this can do where the file is found to be damaged, as a sentence. */
  readonly remedy?: Message;
};

const REMEDY = say('store.log-remedy');

/** Opens the log, and makes it where there is none unless `readOnly`. Throws on a file that is no log, or a newer one. */
export const openLogFile = (path: string, options: LogFileOptions = {}): LogFile => {
  const { readOnly = false, relaxedDurability = false, cacheKib = CACHE_KIB, remedy = REMEDY } = options;
  const db = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
  const { eventOf, reading, damage } = checkedRows(path, remedy);
  try {
    reading(() => {
      prepareSchema(db, path);
      db.exec(
        `PRAGMA synchronous = ${relaxedDurability ? 'NORMAL' : 'FULL'}; PRAGMA cache_size = -${cacheKib};
         PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`,
      );
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const statements = prepareAll({ db, eventOf, reading });
  const claimIn = claimsIn(db);

  // A reader's cache would not notice what the writing process appends.
  const committedHeads = readOnly ? undefined : new LRUCache<string, KnownStream>({ max: CACHED_STREAM_HEADS });
  /** Heads moved by the running transaction; they reach the cache only after its commit. */
  let movedHeads = new Map<string, KnownStream>();
  /** The log's own head in the same way: every append and every answer asks for it. */
  let committedHead: Head | undefined;
  let movedHead: Head | undefined;

  const storedHead = (): Head => statements.head.get() ?? { position: 0, recordedAt: null };
  const head = (): Head => movedHead ?? (readOnly ? storedHead() : (committedHead ??= storedHead()));

  const knownStream = (name: string): KnownStream | undefined => {
    const cached = movedHeads.get(name) ?? committedHeads?.get(name);
    if (cached !== undefined) return cached;
    const stored = statements.streamHead.get(name);
    if (stored !== undefined) committedHeads?.set(name, stored);
    return stored;
  };

  const writerAfter = ({ position: last }: Head): LogWriter => {
    let position = last;
    return {
      append: (event, envelope) => {
        const { stream, revision, leaf } = event;
        const key = knownStream(stream)?.key ?? Number(statements.insertStream.run(stream).lastInsertRowid);
        position += 1;
        statements.insertEvent.run(position, key, revision, uuidBytes(event.id), event.recordedAt, leaf, event.bytes);
        movedHeads.set(stream, { key, revision, leaf });
        movedHead = { position, recordedAt: event.recordedAt };
        return storedEvent({ ...event, position }, envelope);
      },
      setMeta: (key, value) => void statements.setMeta.run(key, value),
      claim: (claim) => reading(() => claimIn(claim)),
    };
  };

  const rollback = (): void => {
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (db.isTransaction) db.exec('ROLLBACK');
  };

  return {
    head,
    at: statements.at.get,
    readAll: statements.after.all,
    readStream: (stream, from, limit = -1) => {
      // Who follows a stream asks again and again for what is new in it: mostly nothing, which its cached head tells.
      const ends = readOnly ? undefined : knownStream(stream);
      return ends !== undefined && ends.revision < from ? [] : statements.ofStream.all(stream, from, limit);
    },
    readHistory: (stream, upTo) => statements.history.all(stream, upTo),
    leaves: (from, to) => {
      if (from < 0 || to < from || to > head().position)
        throw new RangeError(`no leaves from ${from} to ${to} in a log of ${head().position}`);
      const hashes = Buffer.alloc((to - from) * LEAF_BYTES);
      let offset = 0;
      reading(() => {
        for (const { leaf } of statements.leaves.iterate(from, to)) {
          hashes.set(leaf, offset);
          offset += LEAF_BYTES;
        }
      });
      return hashes;
    },
    positionAt: (millis) => statements.positionAt.get(millis)?.position ?? 0,
    streamHead: knownStream,
    damage,
    meta: (key) => statements.meta.get(key)?.value,
    write: (work) => {
      statements.begin.run();
      try {
        const result = work(writerAfter(head()));
        statements.commit.run();
        for (const [name, moved] of movedHeads) committedHeads?.set(name, moved);
        committedHead = head();
        return result;
      } catch (error) {
        rollback();
        throw error;
      } finally {
        movedHeads = new Map();
        movedHead = undefined;
      }
    },
    checkpointEvery: (pages = CHECKPOINT_PAGES) =>
      db.exec(`PRAGMA wal_autocheckpoint = ${pages}; PRAGMA journal_size_limit = ${pages * PAGE_BYTES}`),
    checkpoint: () => db.exec('PRAGMA wal_checkpoint(PASSIVE)'),
    close: () => db.close(),
  };
};
