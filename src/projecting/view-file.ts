import type { StoredEvent } from '../store/event-store.ts';
import type { Definitions, Sink } from './definitions.ts';
import { createDispatch } from './dispatch.ts';
import { checkCurrent, createHead, moveHead, readHead, type Head } from './file-head.ts';
import { openDatabase, type Database, type ViewsDamaged } from './sql.ts';
import type { Index } from './table-schema.ts';
import { say } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/**
 * One SQLite file of views: rows, and the position up to which they hold the log.
 * `live`: every batch is a transaction; WAL with synchronous=NORMAL, for a tail lost with the power is projected again.
 * `load`: a new file in one long transaction without journal or fsync, most indexes left for later; whoever stops in
 * between throws the file away.
 */
export type Mode = 'live' | 'load';

export type ViewFile = {
  readonly db: Database;
  readonly position: () => number;
  /** Leaf hash of the last event projected: whether the log of today is the log these rows come from. */
  readonly leaf: () => Uint8Array | undefined;
  /**
   * Projects what follows the position and passes over what does not. Where one event cannot be projected, those
   * before it are kept (`live` only) and `ProjectionFailed` names it.
   */
  readonly project: (events: readonly StoredEvent[]) => void;
  /** Ends a load; the indexes still to be made. */
  readonly finishLoad: () => readonly Index[];
  readonly close: () => void;
};

/** An event that cannot be projected: a defect of a projection, or an event of a newer program. */
export class ProjectionFailed extends Told {
  /** Its position; where a load as a whole was refused by the database, that of the batch's first event. */
  readonly position: number;
  constructor(position: number, cause: unknown) {
    super(say('views.event-cannot-be-projected', { position, why: toldBy(cause) }), { cause });
    this.position = position;
  }
}

/** Half the pages and a flatter tree than with the default of 4096, for rows that mostly come in groups. */
const PAGE_BYTES = 8192;
/** Pages in the WAL after which a commit moves them into the file: 32 MiB, so that a page changed often is moved seldom. */
const CHECKPOINT_PAGES = 4096;
const LIVE_CACHE_KIB = 64 * 1024;
/** A load writes at the ends of its tables, and little elsewhere. */
const LOAD_CACHE_KIB = 16 * 1024;

const PRAGMAS: Readonly<Record<Mode, string>> = {
  // Exclusive: no other process can have the file open when a rebuilt one is renamed over it.
  live: `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA cache_size = -${LIVE_CACHE_KIB}`,
  load: `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${LOAD_CACHE_KIB}`,
};

const createSchema = (db: Database, definitions: Definitions, mode: Mode): void => {
  const tables = [...definitions.tables.values()];
  const indexes = tables.flatMap(({ firstIndexes, laterIndexes }) => (mode === 'live' ? [...firstIndexes, ...laterIndexes] : firstIndexes));
  db.exec('BEGIN');
  for (const { createTable } of tables) db.exec(createTable);
  for (const { sql } of indexes) db.exec(sql);
  if (definitions.sink !== undefined) db.exec(definitions.sink.schema);
  createHead(db, definitions);
  db.exec('COMMIT');
};

const isEmpty = (db: Database): boolean => db.prepare('SELECT 1 FROM sqlite_schema').get([]) === undefined;

/**
 * Opens a file of views, and makes it where there is none. `path` may be `:memory:`.
 * @throws StaleViews  and leaves the file as it is, as with any other error
 */
export const openViewFile = (
  path: string,
  definitions: Definitions,
  mode: Mode,
  /** Hears that the file is damaged. */
  onDamage: (damage: ViewsDamaged) => void = () => undefined,
): ViewFile => {
  const db = openDatabase(path, onDamage);
  let head: Head;
  try {
    db.exec(`PRAGMA page_size = ${PAGE_BYTES}; ${PRAGMAS[mode]}`);
    if (isEmpty(db)) createSchema(db, definitions, mode);
    else if (mode === 'load') throw new Error(`${path} is not empty`);
    head = readHead(db, path);
    checkCurrent(db, head, definitions);
  } catch (error) {
    db.close();
    throw error;
  }

  const missing = new Map<string, Index>(
    mode === 'live'
      ? []
      : [...definitions.tables.values()].flatMap(({ laterIndexes }) => laterIndexes.map((index) => [index.name, index] as const)),
  );
  const needIndex = ({ name, sql }: Index): void => {
    if (missing.delete(name)) db.exec(sql);
  };
  const dispatch = createDispatch(definitions, db, needIndex, mode === 'load');
  let sink: ReturnType<Sink['open']> | undefined;

  const apply = (events: readonly StoredEvent[], last: StoredEvent): void => {
    sink ??= definitions.sink?.open(db);
    for (const event of events)
      try {
        dispatch.project(event);
      } catch (error) {
        throw new ProjectionFailed(event.position, error);
      }
    dispatch.write();
    sink?.apply(events);
    moveHead(db, head.position, last);
  };

  const undo = (): void => {
    dispatch.forget();
    sink = undefined; // it remembers what was not written; the next batch opens it anew
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (db.inTransaction()) db.exec('ROLLBACK');
  };

  const projectBatch = (events: readonly StoredEvent[], last: StoredEvent): void => {
    try {
      if (!db.inTransaction()) db.exec('BEGIN IMMEDIATE');
      apply(events, last);
      if (mode === 'live') db.exec('COMMIT');
      head = { ...head, position: last.position, leaf: last.leaf };
    } catch (error) {
      if (mode === 'live') undo();
      throw error instanceof ProjectionFailed ? error : new ProjectionFailed(head.position + 1, error);
    }
  };

  const project = (events: readonly StoredEvent[]): void => {
    const ahead = events.filter(({ position }) => position > head.position);
    const last = ahead.at(-1);
    if (last === undefined) return;
    if (ahead[0]?.position !== head.position + 1 || last.position !== head.position + ahead.length)
      throw new ProjectionFailed(head.position + 1, new Error('it is missing among the events to be projected'));
    try {
      projectBatch(ahead, last);
    } catch (error) {
      if (ahead.length === 1 || mode === 'load') throw error;
      // One by one, those before the event at fault are kept, and a fault found only at the write gets its event.
      for (const event of ahead) projectBatch([event], event);
    }
  };

  return {
    db,
    position: () => head.position,
    leaf: () => head.leaf,
    project,
    finishLoad: () => {
      if (db.inTransaction()) db.exec('COMMIT');
      return [...missing.values()];
    },
    close: db.close,
  };
};
