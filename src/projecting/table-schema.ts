import { columnOf, columnSql, encodeRow, type Column, type Row } from './cells.ts';
import { tableName, type AppendOnlyTable, type Table, type VersionedTable } from './projection.ts';
import type { SqlRow, SqlValue } from './sql.ts';

/** Table definitions turned into SQL, once: what is made, and by which index each question is answered. */

export type Index = { readonly name: string; readonly sql: string };

/** A list of columns by which rows are asked for. */
export type Access<Indexes> = {
  readonly columns: readonly Column[];
  /**
   * `"unit" = ? AND "role" IS ? AND `; empty for the list of all rows. A list of versions names its table `v`: beside
   * json_each a bare `key` or `parent` would be ambiguous.
   */
  readonly match: string;
  readonly indexes: Indexes;
};

/** Open versions by where they begin; closed ones under their node of the interval tree, by end and by beginning. */
export type VersionIndexes = { readonly open: Index; readonly left: Index; readonly right: Index };

type Common = {
  /** In SQLite: `<projection>_<table>`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** The columns in an SQL select or insert, in the order in which `decodeRow` takes them. */
  readonly selectList: string;
  readonly createTable: string;
  /** Needed from the first row on, by its guarantees. */
  readonly firstIndexes: readonly Index[];
  /** May be made after a load, when sorting once is cheaper than inserting a million times in random places. */
  readonly laterIndexes: readonly Index[];
};

export type VersionedSchema = Common & {
  readonly kind: 'versioned';
  readonly key: Access<Index>;
  /** The last version of a key that begins at or before a position: `[rowid, vf, vt, …columns]`. */
  readonly lastVersion: string;
  /** The version of a rowid, in the same columns. */
  readonly versionAt: string;
  readonly lists: ReadonlyMap<string, Access<VersionIndexes>>;
};

export type AppendOnlySchema = Common & { readonly kind: 'append-only'; readonly finds: ReadonlyMap<string, Access<Index | undefined>> };

export type TableSchema = VersionedSchema | AppendOnlySchema;

/**
 * An appended row's key in SQLite is position · 2^20 + its ordinal among the position's rows: order of keys is order of
 * knowledge, every index on other columns ends in it without being told, and batches leave no trace in it.
 */
export const ROWS_PER_POSITION = 2 ** 20;

/** Of projections, tables and columns. */
export const NAME = /^[a-z][a-zA-Z0-9_]*$/u;
const RESERVED = new Set(['vf', 'vt', 'node', 'place', 'position', 'seq', 'rowid', 'oid', '_rowid_']);

const columnsOf = (table: string, definition: Table): readonly Column[] => {
  const columns = Object.entries(definition.columns).map(([name, type]) => columnOf(name, type));
  if (columns.length === 0) throw new TypeError(`${table}: a table without columns`);
  for (const { name } of columns)
    if (!NAME.test(name) || RESERVED.has(name)) throw new TypeError(`${table}: ${name} cannot be a column's name`);
  return columns;
};

const chosen = (table: string, columns: readonly Column[], names: readonly string[]): readonly Column[] => {
  if (new Set(names).size !== names.length) throw new TypeError(`${table}: a column stands twice in ${names.join(', ')}`);
  return names.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined || column.type === 'json' || column.type === 'blob')
      throw new TypeError(`${table}: ${name} is no text or integer column`);
    return column;
  });
};

const quoted = (columns: readonly { readonly name: string }[]): readonly string[] => columns.map(({ name }) => `"${name}"`);
const label = (columns: readonly Column[]): string => columns.map(({ name }) => name).join('_') || 'all';

/** `=` never finds NULL; IS does, and uses the index as well. */
const matching = (columns: readonly Column[], table = ''): string =>
  columns.map(({ name, nullable }) => `${table}"${name}" ${nullable ? 'IS' : '='} ? AND `).join('');

/** Column lists are found by their names in this order, whatever the order in the question. */
const nameOfList = (names: readonly string[]): string => names.toSorted().join(',');

const byNames = <Indexes>(table: string, accesses: readonly Access<Indexes>[]): ReadonlyMap<string, Access<Indexes>> => {
  const map = new Map(accesses.map((access) => [nameOfList(access.columns.map(({ name }) => name)), access]));
  if (map.size !== accesses.length) throw new TypeError(`${table}: the same list of columns stands twice`);
  return map;
};

const versionIndexes = (table: string, columns: readonly Column[]): VersionIndexes => {
  const index = (part: string, last: readonly string[], where: string): Index => {
    const name = `${table}__${label(columns)}__${part}`;
    return { name, sql: `CREATE INDEX "${name}" ON "${table}" (${[...quoted(columns), ...last].join(', ')}) WHERE ${where}` };
  };
  return {
    open: index('open', ['vf'], 'vt IS NULL'),
    left: index('left', ['node', 'vt'], 'vt IS NOT NULL'),
    right: index('right', ['node', 'vf'], 'vt IS NOT NULL'),
  };
};

const versionedSchema = (name: string, definition: VersionedTable): VersionedSchema => {
  const columns = columnsOf(name, definition);
  const key = chosen(name, columns, definition.key);
  if (key.length === 0 || key.some(({ nullable }) => nullable)) throw new TypeError(`${name}: a key has columns, none of them nullable`);
  const unique: Index = {
    name: `${name}__key`,
    sql: `CREATE UNIQUE INDEX "${name}__key" ON "${name}" (${[...quoted(key), 'vf'].join(', ')})`,
  };
  const lists = definition.listedBy
    .map((names) => chosen(name, columns, names))
    .map((list) => ({ columns: list, match: matching(list, 'v.'), indexes: versionIndexes(name, list) }));
  const keyMatch = matching(key);
  return {
    kind: 'versioned',
    name,
    columns,
    selectList: quoted(columns).join(', '),
    createTable: `CREATE TABLE "${name}" (${columns.map(columnSql).join(', ')}, vf INTEGER NOT NULL, vt INTEGER, node INTEGER) STRICT`,
    firstIndexes: [],
    laterIndexes: [unique, ...lists.flatMap(({ indexes }) => [indexes.open, indexes.left, indexes.right])],
    key: { columns: key, match: keyMatch, indexes: unique },
    lastVersion: `SELECT rowid, vf, vt, ${quoted(columns).join(', ')} FROM "${name}" WHERE ${keyMatch}vf <= ? ORDER BY vf DESC LIMIT 1`,
    versionAt: `SELECT rowid, vf, vt, ${quoted(columns).join(', ')} FROM "${name}" WHERE rowid = ?`,
    lists: byNames(name, lists),
  };
};

const appendOnlySchema = (name: string, definition: AppendOnlyTable): AppendOnlySchema => {
  const columns = columnsOf(name, definition);
  const indexed = definition.indexes.map(({ columns: names, unique = false }) => {
    const list = chosen(name, columns, names);
    if (list.length === 0) throw new TypeError(`${name}: an index without columns`);
    const index = `${name}__${label(list)}`;
    const sql = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX "${index}" ON "${name}" (${quoted(list).join(', ')})`;
    return { unique, columns: list, match: matching(list), indexes: { name: index, sql } };
  });
  const all: Access<Index | undefined> = { columns: [], match: '', indexes: undefined };
  return {
    kind: 'append-only',
    name,
    columns,
    selectList: quoted(columns).join(', '),
    createTable:
      `CREATE TABLE "${name}" (position INTEGER GENERATED ALWAYS AS (place / ${ROWS_PER_POSITION}) VIRTUAL, ` +
      `${columns.map((column) => `${columnSql(column)}, `).join('')}place INTEGER PRIMARY KEY) STRICT`,
    firstIndexes: indexed.filter(({ unique }) => unique).map(({ indexes }) => indexes),
    laterIndexes: indexed.filter(({ unique }) => !unique).map(({ indexes }) => indexes),
    finds: byNames(name, [all, ...indexed]),
  };
};

/** The tables of a projection, by their local names. Throws TypeError on a definition that cannot be kept. */
export const tableSchemas = (projection: {
  readonly name: string;
  readonly tables: Readonly<Record<string, Table>>;
}): ReadonlyMap<string, TableSchema> =>
  new Map(
    Object.entries(projection.tables).map(([local, definition]) => {
      const name = tableName(projection.name, local);
      if (!NAME.test(name)) throw new TypeError(`${name} cannot be a table's name`);
      return [local, definition.kind === 'versioned' ? versionedSchema(name, definition) : appendOnlySchema(name, definition)];
    }),
  );

/** The access whose columns are exactly those of `where`, and the values to bind. Throws TypeError where there is none. */
export const accessFor = <Indexes>(
  table: string,
  accesses: ReadonlyMap<string, Access<Indexes>>,
  where: Row,
): { readonly access: Access<Indexes>; readonly values: readonly SqlValue[] } => {
  const names = Object.keys(where);
  const access = accesses.get(nameOfList(names));
  if (access === undefined) throw new TypeError(`${table} is not read by ${names.length === 0 ? 'nothing' : names.join(', ')}`);
  return { access, values: encodeRow(access.columns, where) };
};

/** One text for a row's key: each value after its length, so that no two keys share one. */
export const keyText = (values: SqlRow): string => {
  if (values.length === 1) return String(values[0]);
  let text = '';
  for (const value of values) {
    const part = String(value);
    text += `${part.length}:${part}`;
  }
  return text;
};
