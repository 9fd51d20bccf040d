import { encodeRow, type Row } from './cells.ts';
import { appendedUpTo, placeKey } from './append-only-queries.ts';
import { insertsInto } from './inserts.ts';
import type { AppendedOptions, Place } from './projection.ts';
import type { Database } from './sql.ts';
import { accessFor, ROWS_PER_POSITION, type AppendOnlySchema, type Index } from './table-schema.ts';

/** The rows of one append-only table while events are projected, and those still to be written. */
export type AppendedRows = {
  readonly add: (row: Row, position: number) => void;
  readonly appended: (where: Row, position: number, options: AppendedOptions) => readonly (Row & Place)[];
  readonly write: () => void;
  /** Drops all that is held in memory, after a rollback. */
  readonly forget: () => void;
};

export const appendedRows = (db: Database, schema: AppendOnlySchema, needIndex: (index: Index) => void): AppendedRows => {
  let last: Place = { position: 0, seq: 0 };
  const inserts = insertsInto(db, schema.name, ['place', ...schema.columns.map(({ name }) => name)]);

  return {
    add: (row, position) => {
      last = { position, seq: last.position === position ? last.seq + 1 : 0 };
      if (last.seq >= ROWS_PER_POSITION) throw new RangeError(`${schema.name}: more than ${ROWS_PER_POSITION} rows at one position`);
      inserts.add([placeKey(last)], encodeRow(schema.columns, row));
    },
    appended: (where, position, options) => {
      const { indexes } = accessFor(schema.name, schema.finds, where).access;
      if (indexes !== undefined) needIndex(indexes);
      inserts.write();
      return appendedUpTo(db, schema, where, position, options);
    },
    write: inserts.write,
    forget: () => {
      inserts.forget();
      last = { position: 0, seq: 0 };
    },
  };
};
