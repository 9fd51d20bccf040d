import { decodeRow, encodeRow, sameValues, sortByKey, type Row } from './cells.ts';
import { forkNode } from './interval.ts';
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

type OpenVersion = { readonly from: number; readonly values: SqlRow; /** Once written. */ rowid: number | undefined };
type Change = { readonly before: OpenVersion | undefined; readonly after: SqlRow | undefined };

/** Open versions kept after they were written, to spare looking them up again. */
const CACHED_VERSIONS = 8192;

export const versionedRows = (db: Database, schema: VersionedSchema, needIndex: (index: Index) => void): VersionedRows => {
  /** Open versions by key as of the last event settled; undefined where there is known to be none. */
  const known = new Map<string, OpenVersion | undefined>();
  /** What the event at hand has changed. */
  const changes = new Map<string, Change>();
  const unwritten = new Set<OpenVersion>();
  /** Written while open, ended since. */
  let ended: { readonly rowid: number; readonly from: number; readonly to: number }[] = [];
  /** Begun and ended since the last write. */
  let passed: { readonly version: OpenVersion; readonly to: number }[] = [];

  const { columns } = schema;
  const keyPlaces = schema.key.columns.map((column) => columns.indexOf(column));
  const insert = db.prepare(`INSERT INTO "${schema.name}" (${schema.selectList}, vf, vt, node) VALUES (${columns.map(() => '?, ').join('')}?, ?, ?)`);
  const end = db.prepare(`UPDATE "${schema.name}" SET vt = ?, node = ? WHERE rowid = ?`);
  const lastVersion = db.prepare(schema.lastVersion);

  const keyOf = (values: SqlRow): SqlRow => keyPlaces.map((place) => values[place] ?? null);

  const lookUp = (key: SqlRow): OpenVersion | undefined => {
    const found = lastVersion.get([...key, Number.MAX_SAFE_INTEGER]);
    if (found === undefined) return undefined;
    const [rowid, from, to, ...values] = found;
    return to === null ? { rowid: Number(rowid), from: Number(from), values } : undefined;
  };

  const settled = (text: string, key: SqlRow): OpenVersion | undefined => {
    if (known.has(text)) return known.get(text);
    const version = lookUp(key);
    known.set(text, version);
    return version;
  };

  const change = (key: SqlRow, after: SqlRow | undefined): void => {
    const text = keyText(key);
    changes.set(text, { before: settled(text, key), after });
  };

  const write = (): void => {
    for (const { rowid, from, to } of ended) end.run([to, forkNode(from, to), rowid]);
    for (const { version, to } of passed) insert.run([...version.values, version.from, to, forkNode(version.from, to)]);
    for (const version of unwritten) version.rowid = insert.run([...version.values, version.from, null, null]).rowid;
    ended = [];
    passed = [];
    unwritten.clear();
    if (known.size > CACHED_VERSIONS) known.clear();
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
      const values = keyValues(schema, key);
      const text = keyText(values);
      const open = changes.has(text) ? changes.get(text)?.after : settled(text, values)?.values;
      return open && decodeRow(columns, open);
    },
    list: (where) => {
      const { access, values } = accessFor(schema.name, schema.lists, where);
      needIndex(access.indexes.open);
      write();
      const places = access.columns.map((column) => columns.indexOf(column));
      const query = openVersionsQuery(schema, access, values);
      const untouched = db.prepare(query.sql).all(query.values).filter((found) => !changes.has(keyText(keyOf(found))));
      const changed = [...changes.values()].flatMap(({ after }) => (after && places.every((place, at) => after[place] === values[at]) ? [after] : []));
      return sortByKey(schema.key.columns, [...untouched, ...changed].map((found) => decodeRow(columns, found)));
    },
    settle: (position) => {
      if (changes.size === 0) return;
      for (const [text, { before, after }] of changes) {
        if (before && after ? sameValues(before.values, after) : before === after) continue;
        if (before) finish(before, position);
        const version = after && { from: position, values: after, rowid: undefined };
        if (version) unwritten.add(version);
        known.set(text, version);
      }
      changes.clear();
    },
    write,
    forget: () => {
      known.clear();
      changes.clear();
      unwritten.clear();
      ended = [];
      passed = [];
    },
  };
};
