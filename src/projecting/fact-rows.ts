import { encodeRow, type Row } from './cells.ts';
import { factsUpTo, placeKey } from './fact-queries.ts';
import { insertsInto } from './inserts.ts';
import type { FactOptions, Place } from './projection.ts';
import type { Database } from './sql.ts';
import { accessFor, FACTS_PER_POSITION, type FactSchema, type Index } from './table-schema.ts';

/** The facts of one table while events are projected, and those still to be written. */
export type FactRows = {
  readonly add: (row: Row, position: number) => void;
  readonly facts: (where: Row, position: number, options: FactOptions) => readonly (Row & Place)[];
  readonly write: () => void;
  /** Drops all that is held in memory, after a rollback. */
  readonly forget: () => void;
};

export const factRows = (db: Database, schema: FactSchema, needIndex: (index: Index) => void): FactRows => {
  let last: Place = { position: 0, seq: 0 };
  const inserts = insertsInto(db, schema.name, ['place', ...schema.columns.map(({ name }) => name)]);

  return {
    add: (row, position) => {
      last = { position, seq: last.position === position ? last.seq + 1 : 0 };
      if (last.seq >= FACTS_PER_POSITION) throw new RangeError(`${schema.name}: more than ${FACTS_PER_POSITION} facts at one position`);
      inserts.add([placeKey(last)], encodeRow(schema.columns, row));
    },
    facts: (where, position, options) => {
      const { indexes } = accessFor(schema.name, schema.finds, where).access;
      if (indexes !== undefined) needIndex(indexes);
      inserts.write();
      return factsUpTo(db, schema, where, position, options);
    },
    write: inserts.write,
    forget: () => {
      inserts.forget();
      last = { position: 0, seq: 0 };
    },
  };
};
