import { decodeRow, type Row } from './cells.ts';
import type { AppendedOptions, Place } from './projection.ts';
import type { Database, SqlValue } from './sql.ts';
import { accessFor, ROWS_PER_POSITION, type AppendOnlySchema } from './table-schema.ts';
import type { Query } from './version-queries.ts';

/** Reading append-only tables, in the order in which their rows became known or the reverse. */

export const placeKey = ({ position, seq }: Place): number => position * ROWS_PER_POSITION + seq;

const placeOf = (key: SqlValue | undefined): Place => {
  const place = Number(key);
  return { position: Math.floor(place / ROWS_PER_POSITION), seq: place % ROWS_PER_POSITION };
};

/** Keys strictly between which the rows asked for lie. */
const bounds = (upTo: number, { after, newestFirst = false }: AppendedOptions): { readonly above: number; readonly below: number } => {
  const end = placeKey({ position: upTo + 1, seq: 0 });
  if (after === undefined) return { above: -1, below: end };
  if (newestFirst) return { above: -1, below: Math.min(end, placeKey(typeof after === 'number' ? { position: after, seq: 0 } : after)) };
  return { above: typeof after === 'number' ? placeKey({ position: after + 1, seq: 0 }) - 1 : placeKey(after), below: end };
};

export const appendedQuery = (schema: AppendOnlySchema, where: Row, upTo: number, options: AppendedOptions): Query => {
  const { access, values } = accessFor(schema.name, schema.finds, where);
  const { above, below } = bounds(upTo, options);
  const index = access.indexes === undefined ? '' : ` INDEXED BY "${access.indexes.name}"`;
  return {
    sql: `SELECT place, ${schema.selectList} FROM "${schema.name}"${index}
   WHERE ${access.match}place > ? AND place < ? ORDER BY place${options.newestFirst === true ? ' DESC' : ''} LIMIT ?`,
    values: [...values, above, below, options.limit ?? -1],
  };
};

export const appendedUpTo = (
  db: Database,
  schema: AppendOnlySchema,
  where: Row,
  upTo: number,
  options: AppendedOptions,
): readonly (Row & Place)[] => {
  const { sql, values } = appendedQuery(schema, where, upTo, options);
  return db
    .prepare(sql)
    .all(values)
    .map((found) => ({ ...decodeRow(schema.columns, found, 1), ...placeOf(found[0]) }));
};
