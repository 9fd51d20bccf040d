import { createHash } from 'node:crypto';
import type { Database } from './sql.ts';
import type { TableSchema } from './table-schema.ts';

/** Reads all rows of a table, in the order of their keys. */
export const orderedRows = (schema: TableSchema): string => {
  if (schema.kind === 'append-only') return `SELECT place, ${schema.selectList} FROM "${schema.name}" ORDER BY place`;
  const key = schema.key.columns.map(({ name }) => `"${name}"`).join(', ');
  return `SELECT vf, vt, node, ${schema.selectList} FROM "${schema.name}" ORDER BY ${key}, vf`;
};

/**
 * Lower-case hex SHA-256 over every row of the tables, versions with their positions, in order of keys. Equal for files
 * that answer equally, whatever batches they were written in. Reads everything.
 */
export const digestOfRows = (db: Database, tables: Iterable<TableSchema>): string => {
  const digest = createHash('sha256');
  for (const schema of tables) {
    digest.update(`${schema.name}\n`);
    for (const row of db.prepare(orderedRows(schema)).iterate([]))
      digest.update(`${JSON.stringify(row.map((value) => (value instanceof Uint8Array ? { blob: value.toHex() } : value)))}\n`);
  }
  return digest.digest('hex');
};
