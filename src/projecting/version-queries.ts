import { decodeRow, encodeRow, sortByKey, type Row } from './cells.ts';
import { searchPath } from './interval.ts';
import type { Database, SqlValue } from './sql.ts';
import { accessFor, type Access, type VersionedSchema, type VersionIndexes } from './table-schema.ts';

/** Reading versioned rows as of a position. `head` is the last position projected. */

export type Version = {
  readonly row: Row;
  /** The position that made the row so. */
  readonly from: number;
  /** The position that ended it; null where nothing known as of the position asked for has. */
  readonly to: number | null;
};

export type Query = { readonly sql: string; readonly values: readonly SqlValue[] };

/**
 * At the head exactly the open versions are valid. All of them begin after 0; the query says so, to let SQLite use the
 * index also for all rows.
 */
export const openVersionsQuery = (schema: VersionedSchema, access: Access<VersionIndexes>, values: readonly SqlValue[]): Query => ({
  sql: `SELECT ${schema.selectList} FROM "${schema.name}" AS v INDEXED BY "${access.indexes.open.name}"
   WHERE ${access.match}vf > 0 AND vt IS NULL`,
  values,
});

const qualified = ({ columns }: VersionedSchema): string => columns.map(({ name }) => `v."${name}"`).join(', ');

/** `CROSS JOIN` and `INDEXED BY` fix the plan: the path's nodes first, then one descent of the index for each. */
const closedVersions = (schema: VersionedSchema, match: string, index: string, bound: string): string =>
  `SELECT ${qualified(schema)} FROM json_each(?) AS path CROSS JOIN "${schema.name}" AS v INDEXED BY "${index}"
   WHERE ${match}v.node = path.value AND ${bound} AND v.vt IS NOT NULL`;

/** The branches do not overlap: a version is filed under one node, and is open or closed. */
const pastQuery = (
  schema: VersionedSchema,
  access: Access<VersionIndexes>,
  values: readonly SqlValue[],
  position: number,
  head: number,
): Query => {
  const { left, right } = searchPath(position, head);
  const { match, indexes } = access;
  return {
    sql: `${closedVersions(schema, match, indexes.left.name, 'v.vt > ?')}
   UNION ALL ${closedVersions(schema, match, indexes.right.name, 'v.vf <= ?')}
   UNION ALL SELECT ${qualified(schema)} FROM "${schema.name}" AS v INDEXED BY "${indexes.open.name}"
   WHERE ${match}v.vf <= ? AND v.vt IS NULL`,
    values: [JSON.stringify(left), ...values, position, JSON.stringify(right), ...values, position, ...values, position],
  };
};

export const asOfQuery = (schema: VersionedSchema, where: Row, position: number, head: number): Query => {
  const { access, values } = accessFor(schema.name, schema.lists, where);
  return position === head ? openVersionsQuery(schema, access, values) : pastQuery(schema, access, values, position, head);
};

/** Rows of a list valid at a position, in order of their keys. */
export const rowsAsOf = (db: Database, schema: VersionedSchema, where: Row, position: number, head: number): readonly Row[] => {
  const { sql, values } = asOfQuery(schema, where, position, head);
  const rows = db
    .prepare(sql)
    .all(values)
    .map((found) => decodeRow(schema.columns, found));
  return sortByKey(schema.key.columns, rows);
};

export const keyValues = (schema: VersionedSchema, key: Row): readonly SqlValue[] => encodeRow(schema.key.columns, key);

/** The row of a key as of a position. */
export const rowAsOf = (db: Database, schema: VersionedSchema, key: Row, position: number): Row | undefined => {
  const found = db.prepare(schema.lastVersion).get([...keyValues(schema, key), position]);
  if (found === undefined) return undefined;
  const [, , end] = found;
  return end === null || Number(end) > position ? decodeRow(schema.columns, found, 3) : undefined;
};

/** Every version of a key known as of a position, oldest first. */
export const versionsUpTo = (db: Database, schema: VersionedSchema, key: Row, position: number): readonly Version[] =>
  db
    .prepare(`SELECT vf, vt, ${schema.selectList} FROM "${schema.name}" WHERE ${schema.key.match}vf <= ? ORDER BY vf`)
    .all([...keyValues(schema, key), position])
    .map((found) => {
      const [from, to] = found;
      return { row: decodeRow(schema.columns, found, 2), from: Number(from), to: to === null || Number(to) > position ? null : Number(to) };
    });
