import type { Definitions } from './definitions.ts';
import type { Database } from './sql.ts';
import { changesSince, type Stamp } from './stamps.ts';
import { say, type Message } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** What a file of views says of itself: how far it holds the log, and what its rows were built by. */

/** Older programs look for these columns too, and so recognise a file that they must rebuild. */
const HEAD_TABLE = '_projected';
/** Missing in the files of older programs. */
const STAMP_TABLE = '_stamps';

export type Head = {
  /** That of the definitions by which the file was made. */
  readonly layout: string;
  readonly position: number;
  /** Leaf hash of the event at that position; undefined before the first. */
  readonly leaf: Uint8Array | undefined;
};

export const createHead = (db: Database, { layout, stamps }: Definitions): void => {
  db.exec(`CREATE TABLE ${HEAD_TABLE} (definitions TEXT NOT NULL, position INTEGER NOT NULL, leaf BLOB) STRICT`);
  db.prepare(`INSERT INTO ${HEAD_TABLE} (definitions, position) VALUES (?, 0)`).run([layout]);
  db.exec(`CREATE TABLE ${STAMP_TABLE} (name TEXT PRIMARY KEY, version INTEGER NOT NULL, definition TEXT NOT NULL) STRICT`);
  const insert = db.prepare(`INSERT INTO ${STAMP_TABLE} (name, version, definition) VALUES (?, ?, ?)`);
  for (const { name, version, definition } of stamps) insert.run([name, version, definition]);
};

export const moveHead = (db: Database, from: number, to: { readonly position: number; readonly leaf: Uint8Array }): void => {
  const moved = db.prepare(`UPDATE ${HEAD_TABLE} SET position = ?, leaf = ? WHERE position = ?`).run([to.position, to.leaf, from]);
  if (moved !== 1) throw new Error(`the file is not at position ${from}`);
};

const has = (db: Database, table: string): boolean => db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get([table]) !== undefined;

/** `path` is for the message alone. */
export const readHead = (db: Database, path: string): Head => {
  // Never taken for stale views, which are replaced: it may be the log.
  if (!has(db, HEAD_TABLE)) throw new Error(`${path} is a database, but none of views`);
  const [layout, position, leaf] = db.prepare(`SELECT definitions, position, leaf FROM ${HEAD_TABLE}`).get([]) ?? [];
  return { layout: String(layout), position: Number(position), leaf: leaf instanceof Uint8Array ? leaf : undefined };
};

const readStamps = (db: Database): readonly Stamp[] => {
  if (!has(db, STAMP_TABLE)) return [];
  const rows = db.prepare(`SELECT name, version, definition FROM ${STAMP_TABLE}`).all([]);
  return rows.map(([name, version, definition]) => ({ name: String(name), version: Number(version), definition: String(definition) }));
};

/** The file was made by other projections, or other versions of them. */
export class StaleViews extends Told {
  constructor(changes: readonly Message[]) {
    super(say('views.of-other-projections', { changes: { clauses: changes } }));
  }
}

/** @throws StaleViews */
export const checkCurrent = (db: Database, { layout }: Head, definitions: Definitions): void => {
  const changes = changesSince(readStamps(db), definitions.stamps);
  if (changes.length > 0) throw new StaleViews(changes);
  if (layout !== definitions.layout) throw new StaleViews([say('views.laid-out-otherwise')]);
};
