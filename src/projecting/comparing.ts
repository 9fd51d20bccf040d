import { orderedRows } from './digest.ts';
import type { Database, SqlRow } from './sql.ts';
import type { TableSchema } from './table-schema.ts';

/** Rows of two files, one beside the other: what stands in the first and not in the second was not made from the log. */

/** The first row of a table that differs, as text; null where one has no such row. */
export type Difference = { readonly table: string; readonly stored: string | null; readonly rebuilt: string | null };

const textOf = (row: SqlRow | undefined): string | null =>
  row === undefined ? null : JSON.stringify(row.map((value) => (value instanceof Uint8Array ? { blob: value.toHex() } : value)));

/** One for each table that differs; the order of rows is that of their keys, so the first tells where to look. */
export const differencesOf = (stored: Database, rebuilt: Database, tables: Iterable<TableSchema>): readonly Difference[] =>
  [...tables].flatMap((schema) => {
    const [ours, theirs] = [stored, rebuilt].map((db) => db.prepare(orderedRows(schema)).iterate([])[Symbol.iterator]());
    for (;;) {
      const [one, other] = [ours?.next().value, theirs?.next().value].map((row: SqlRow | undefined) => textOf(row));
      if (one === null && other === null) return [];
      if (one !== other) return [{ table: schema.name, stored: one ?? null, rebuilt: other ?? null }];
    }
  });
