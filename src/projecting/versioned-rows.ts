import { decodeRow, encodeRow, sameValues, sortByKey, type Row } from './cells.ts';
import { insertsInto } from './inserts.ts';
import { forkNode } from './interval.ts';
import { lastRows } from './last-rows.ts';
import type { Database, SqlRow } from './sql.ts';
import { accessFor, keyText, type Index, type VersionedSchema } from './table-schema.ts';
import { keyValues, openVersionsQuery } from './version-queries.ts';

/**
 * The open versions of one table while events are projected, and what is still to be written of them. A version
 * that begins and ends between two writes goes to the file once, closed already.
 */
export type VersionedRows = {
  readonly put: (row: Row) => void;
  readonly close: (key: Row) => void;
  readonly get: (key: Row) => Row | undefined;
  readonly list: (where: Row) => readonly Row[];
  /** Ends an event: what it changed becomes versions from its position on. */
  readonly settle: (position: number) => void;
  readonly write: () => void;
  /** Drops all that is held in memory, after a rollback. */
  readonly forget: () => void;
};

type OpenVersion = {
  readonly key: Key;
  readonly from: number;
  readonly values: SqlRow;
  /** Once written. */
  rowid: number | undefined;
  /**
   * Decoded when first asked for, and never the object that was put: a handler sees the same whether or not the row
   * came from the file.
   */
  row: Row | undefined;
};

type Key = {
  readonly text: string;
  /** The version open as of the last event settled. */
  open: OpenVersion | undefined;
  /** Of its last version in the file. */
  rowid: number | undefined;
  /** Whether the event at hand changes it, and into what. */
  changed: boolean;
  after: SqlRow | undefined;
};

/** Keys remembered after their versions were written, to spare looking them up again. */
const CACHED_KEYS = 8192;

/** `isNew`: the file has been empty and is loaded; its keys have no index yet. */
export const versionedRows = (db: Database, schema: VersionedSchema, needIndex: (index: Index) => void, isNew: boolean): VersionedRows => {
  const known = new Map<string, Key>();
  let changed: Key[] = [];
  const unwritten = new Set<OpenVersion>();
  /** Written while open, ended since. */
  let ended: { readonly rowid: number; readonly from: number; readonly to: number }[] = [];
  /** Begun and ended since the last write. */
  let passed: { readonly version: OpenVersion; readonly to: number }[] = [];

  const { columns } = schema;
  const keyPlaces = schema.key.columns.map((column) => columns.indexOf(column));
  const inserts = insertsInto(db, schema.name, ['rowid', ...columns.map(({ name }) => name), 'vf', 'vt', 'node']);
  const end = db.prepare(`UPDATE "${schema.name}" SET vt = ?, node = ? WHERE rowid = ?`);
  const lastVersion = db.prepare(schema.lastVersion);
  const versionAt = db.prepare(schema.versionAt);
  const lastRowid = db.prepare(`SELECT ifnull(max(rowid), 0) FROM "${schema.name}"`);
  const loaded = isNew ? lastRows() : undefined;
  let rowids: number | undefined;

  const keyOf = (values: SqlRow): SqlRow => keyPlaces.map((place) => values[place] ?? null);

  const isOf = (key: SqlRow, [, , , ...values]: SqlRow): boolean => sameValues(key, keyOf(values));

  const lookUp = (text: string, key: SqlRow): SqlRow | undefined => {
    if (loaded === undefined) return lastVersion.get([...key, Number.MAX_SAFE_INTEGER]);
    return loaded
      .of(text)
      .map((rowid) => versionAt.get([rowid]))
      .find((found) => found !== undefined && isOf(key, found));
  };

  const keyFrom = (text: string, found: SqlRow | undefined): Key => {
    const key: Key = { text, open: undefined, rowid: undefined, changed: false, after: undefined };
    if (found === undefined) return key;
    const [rowid, from, to, ...values] = found;
    key.rowid = Number(rowid);
    if (to === null) key.open = { key, from: Number(from), values, rowid: key.rowid, row: undefined };
    return key;
  };

  const knownKey = (values: SqlRow): Key => {
    const text = keyText(values);
    const cached = known.get(text);
    if (cached !== undefined) return cached;
    const key = keyFrom(text, lookUp(text, values));
    known.set(text, key);
    return key;
  };

  const change = (values: SqlRow, after: SqlRow | undefined): void => {
    const key = knownKey(values);
    if (!key.changed) changed.push(key);
    key.changed = true;
    key.after = after;
  };

  const forgetOldest = (): void => {
    for (const text of known.keys()) {
      if (known.size <= CACHED_KEYS) return;
      known.delete(text);
    }
  };

  const insert = (version: OpenVersion, to: number | null): void => {
    const { key, from, values } = version;
    const rowid = (rowids ??= Number(lastRowid.get([])?.[0])) + 1;
    inserts.add([rowid], values, [from, to, to === null ? null : forkNode(from, to)]);
    loaded?.set(key.text, rowid, key.rowid);
    rowids = rowid;
    key.rowid = rowid;
    version.rowid = rowid;
  };

  const write = (): void => {
    for (const { rowid, from, to } of ended) end.run([to, forkNode(from, to), rowid]);
    for (const { version, to } of passed) insert(version, to);
    for (const version of unwritten) insert(version, null);
    inserts.write();
    ended = [];
    passed = [];
    unwritten.clear();
    if (changed.length === 0) forgetOldest();
  };

  const finish = (version: OpenVersion, to: number): void => {
    if (version.rowid !== undefined) ended.push({ rowid: version.rowid, from: version.from, to });
    else if (unwritten.delete(version)) passed.push({ version, to });
  };

  return {
    put: (row) => {
      const values = encodeRow(columns, row);
      change(keyOf(values), values);
    },
    close: (key) => change(keyValues(schema, key), undefined),
    get: (key) => {
      const { open, changed: isChanged, after } = knownKey(keyValues(schema, key));
      if (isChanged) return after && decodeRow(columns, after);
      return open && (open.row ??= decodeRow(columns, open.values));
    },
    list: (where) => {
      const { access, values } = accessFor(schema.name, schema.lists, where);
      needIndex(access.indexes.open);
      write();
      const places = access.columns.map((column) => columns.indexOf(column));
      const query = openVersionsQuery(schema, access, values);
      const untouched = db
        .prepare(query.sql)
        .all(query.values)
        .filter((found) => known.get(keyText(keyOf(found)))?.changed !== true);
      const touched = changed.flatMap(({ after }) => (after && places.every((place, at) => after[place] === values[at]) ? [after] : []));
      return sortByKey(
        schema.key.columns,
        [...untouched, ...touched].map((found) => decodeRow(columns, found)),
      );
    },
    settle: (position) => {
      if (changed.length === 0) return;
      for (const key of changed) {
        const { open, after } = key;
        key.changed = false;
        key.after = undefined;
        if (open && after ? sameValues(open.values, after) : open === after) continue;
        if (open) finish(open, position);
        key.open = after && { key, from: position, values: after, rowid: undefined, row: undefined };
        if (key.open) unwritten.add(key.open);
      }
      changed = [];
    },
    write,
    forget: () => {
      known.clear();
      changed = [];
      unwritten.clear();
      ended = [];
      passed = [];
      rowids = undefined;
      inserts.forget();
    },
  };
};
