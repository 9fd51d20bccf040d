import type { DatabaseSync } from 'node:sqlite';
import { LogDamaged } from './event-store.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** 'DUBA': marks the file as ours in its header. */
const APPLICATION_ID = 0x44554241;
const SCHEMA_VERSION = 1;

/**
 * The triggers guard against mistakes, also those made with another program: nothing is changed or removed, and
 * what is added follows. That positions are dense, a stream's revisions contiguous and recorded-at monotone is
 * thereby a property of the file. (They also keep INSERT OR REPLACE out, which fires no delete trigger.)
 */
const SCHEMA = `
CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE event (
  position    INTEGER PRIMARY KEY,
  stream      INTEGER NOT NULL REFERENCES stream (id),
  revision    INTEGER NOT NULL,
  id          BLOB    NOT NULL CHECK (length(id) = 16),
  recorded_at INTEGER NOT NULL,
  leaf        BLOB    NOT NULL CHECK (length(leaf) = 32),
  bytes       BLOB    NOT NULL,
  UNIQUE (stream, revision)
) STRICT;

CREATE INDEX event_recorded_at ON event (recorded_at);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN NEW.position <> (SELECT ifnull(max(position), 0) + 1 FROM event)
  OR NEW.revision <> (SELECT ifnull(max(revision), -1) + 1 FROM event WHERE stream = NEW.stream)
  OR NEW.recorded_at < (SELECT ifnull(max(recorded_at), NEW.recorded_at) FROM event)
BEGIN SELECT RAISE(ABORT, 'an event must follow the one before it, in the log, in its stream and in time'); END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER stream_once BEFORE INSERT ON stream
WHEN EXISTS (SELECT 1 FROM stream WHERE id = NEW.id OR name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'a stream is named once'); END;
CREATE TRIGGER stream_no_update BEFORE UPDATE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never changed'); END;
CREATE TRIGGER stream_no_delete BEFORE DELETE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never deleted'); END;

PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

// The cast is the edge to SQLite: all of these ask for one integer.
const integer = (db: DatabaseSync, sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0]);

/**
 * Makes the tables in a new file, and refuses what is not a log or was written by a newer program, before
 * anything in it is touched.
 */
export const prepareSchema = (db: DatabaseSync, path: string): void => {
  const application = integer(db, 'PRAGMA application_id');
  const version = integer(db, 'PRAGMA user_version');
  const isNew = application === 0 && version === 0 && integer(db, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (isNew) {
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    return;
  }
  if (application !== APPLICATION_ID) throw new LogDamaged(say('store.is-no-log', { path }), undefined);
  if (version > SCHEMA_VERSION) throw new Told(say('store.newer-schema', { path, version, known: SCHEMA_VERSION }));
};
