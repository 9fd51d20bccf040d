import { sha256Hex } from '../kernel/canonical.ts';
import type { Catalogue, DomainEvent } from '../kernel/event.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { AnyProjection } from './projection.ts';
import type { Database } from './sql.ts';
import { stampOf, type Stamp } from './stamps.ts';
import { NAME, tableSchemas, type TableSchema } from './table-schema.ts';

/**
 * Something else that follows the log in the views' transactions: rows, sink and position are written together or
 * not at all. What it writes is made again by a rebuild, so only what follows from the events may be kept here.
 */
export type Sink = {
  readonly name: string;
  readonly version: number;
  /** SQL that makes its tables, whose names begin with `<name>_`; run once in an empty file. */
  readonly schema: string;
  /**
   * Begins to write to a file, and begins again after a rollback: what is remembered between calls must come from
   * the file. `apply` gets every event once, in order.
   */
  readonly open: (db: Database) => { readonly apply: (events: readonly StoredEvent[]) => void };
};

/** What is needed of a catalogue to read the log. */
export type EventReader = Pick<Catalogue<DomainEvent>, 'types' | 'fromWire'>;

/** All that makes the rows what they are. */
export type Definitions = {
  readonly projections: readonly { readonly projection: AnyProjection; readonly tables: ReadonlyMap<string, TableSchema> }[];
  readonly tables: ReadonlyMap<string, TableSchema>;
  readonly catalogue: EventReader;
  readonly sink: Sink | undefined;
  /** One for each projection: a file that bears others is stale. */
  readonly stamps: readonly Stamp[];
  /** SHA-256 of how this machinery and the sink lay out a file: one that was laid out otherwise is stale. */
  readonly layout: string;
};

/** Grows when this machinery computes rows otherwise. */
const LAYOUT_VERSION = 1;

const check = ({ name, on }: AnyProjection, catalogue: EventReader): void => {
  if (!NAME.test(name)) throw new TypeError(`${name} cannot be a projection's name`);
  for (const type of Object.keys(on))
    if (!catalogue.types.includes(type)) throw new TypeError(`${name} handles ${type}, which is no event type`);
};

/** Throws TypeError on what cannot work: two tables of one name, a handler for an unknown event, a key that may be null. */
export const define = (projections: readonly AnyProjection[], catalogue: EventReader, sink: Sink | undefined): Definitions => {
  const defined = projections.map((projection) => {
    check(projection, catalogue);
    return { projection, tables: tableSchemas(projection) };
  });
  const all = defined.flatMap(({ tables }) => [...tables.values()]);
  const tables = new Map(all.map((schema) => [schema.name, schema]));
  if (tables.size !== all.length || new Set(projections.map(({ name }) => name)).size !== projections.length)
    throw new TypeError('two projections or two tables share a name');
  const sql = all.map((schema) => [schema.createTable, ...[...schema.firstIndexes, ...schema.laterIndexes].map((index) => index.sql)]);
  const layout = sha256Hex(JSON.stringify([LAYOUT_VERSION, sql, sink && [sink.name, sink.version, sink.schema]]));
  return { projections: defined, tables, catalogue, sink, stamps: projections.map(stampOf), layout };
};
