import type { Actor } from '../kernel/envelope.ts';
import type { DomainEvent } from '../kernel/event.ts';

/**
 * A view is a name, a version, tables, and pure functions from events to row changes. No clock, no randomness and
 * nothing remembered between calls: the same log must always give the same rows. A change of what a handler does
 * needs a higher `version`, so that files built by the old one are seen to be stale; a test finds it forgotten where
 * the demo year's rows change.
 */

declare const shape: unique symbol;

/** A JSON document of a known shape; see `json`. */
export type JsonColumn<Document> = 'json' & { readonly [shape]: Document };

/** What a column holds; with `?` it may also be null. JSON documents are stored as text and parsed on reading. */
export type ColumnType = 'text' | 'integer' | 'json' | 'blob' | 'text?' | 'integer?' | 'json?' | 'blob?';

// The cast adds a shape that exists for the compiler alone.
/** A 'json' column whose documents have this type for whoever reads it. */
export const json = <Document>(): JsonColumn<Document> => 'json' as JsonColumn<Document>;

type Columns = Readonly<Record<string, ColumnType>>;

/** Rows that change: each is a version [vf, vt) in positions; the current one is open-ended (vt NULL). */
export type VersionedTable = {
  readonly kind: 'versioned';
  /** Columns that name a row; not nullable, text or integer. */
  readonly key: readonly string[];
  readonly columns: Columns;
  /** Column lists by which rows are listed as of a position; [] lists all rows. */
  readonly listedBy: readonly (readonly string[])[];
};

/** Rows that are added and never change, each with the `position` at which it became known. */
export type AppendOnlyTable = {
  readonly kind: 'append-only';
  readonly columns: Columns;
  /** Column lists by which rows are found, in order of positions without a sort. All rows are found without one. */
  readonly indexes: readonly { readonly columns: readonly string[]; readonly unique?: boolean }[];
};

export type Table = VersionedTable | AppendOnlyTable;
export type Tables = Readonly<Record<string, Table>>;

type Content<Type extends ColumnType> =
  Type extends JsonColumn<infer Document>
    ? Document
    : Type extends 'text'
      ? string
      : Type extends 'text?'
        ? string | null
        : Type extends 'integer'
          ? number
          : Type extends 'integer?'
            ? number | null
            : Type extends 'blob'
              ? Uint8Array
              : Type extends 'blob?'
                ? Uint8Array | null
                : unknown;

/** A row of a table, all columns given: an absent value is null, never left out. */
export type RowOf<Of extends Table> = { readonly [Column in keyof Of['columns']]: Content<Of['columns'][Column]> };

/** No columns at all; `{}` would admit any. */
type Nothing = Readonly<Record<string, never>>;
type PickEach<Row, List> = List extends readonly []
  ? Nothing
  : List extends readonly (infer Column)[]
    ? Pick<Row, Column & keyof Row>
    : never;

export type KeyOf<Of extends VersionedTable> = Pick<RowOf<Of>, Of['key'][number] & keyof RowOf<Of>>;

/** Values for exactly the columns of one list of `listedBy`. */
export type ListedBy<Of extends VersionedTable> = PickEach<RowOf<Of>, Of['listedBy'][number]>;

/** Values for exactly the columns of one index, or none. */
export type FoundBy<Of extends AppendOnlyTable> = PickEach<RowOf<Of>, Of['indexes'][number]['columns']> | Nothing;

/** Where a row stands in an append-only table: rows of one position are counted from 0. */
export type Place = { readonly position: number; readonly seq: number };

export type AppendedOf<Of extends AppendOnlyTable> = RowOf<Of> & Place;

export type AppendedOptions = {
  /** Only what comes after, in the order of reading: a whole position, or one row. */
  readonly after?: number | Place | undefined;
  readonly limit?: number | undefined;
  readonly newestFirst?: boolean | undefined;
};

/** An event with its place in the log: built once, shared by all projections. */
export type Recorded<Event extends DomainEvent> = Event & {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  /** RFC 3339 ms UTC, as stored. */
  readonly receivedAt: string;
  readonly occurredAt: string | undefined;
  readonly actor: Actor;
  readonly basis: string | undefined;
};

/** Names of the tables of one kind. */
type Named<All extends Tables, Kind extends Table> = {
  readonly [Name in keyof All & string]: [Extract<All[Name], Kind>] extends [never] ? never : Name;
}[keyof All & string];
type Versioned<All extends Tables, Name extends keyof All> = Extract<All[Name], VersionedTable>;
type AppendOnly<All extends Tables, Name extends keyof All> = Extract<All[Name], AppendOnlyTable>;

/** A projection's own tables, as an event's handler sees and changes them at that event's position. */
export type Rows<All extends Tables = Tables> = {
  /**
   * Makes `row` the open version of its key. Within one position only the last state counts: a key that ends an
   * event as it began it has not changed, and nothing is written.
   */
  readonly put: <Name extends Named<All, VersionedTable>>(table: Name, row: RowOf<Versioned<All, Name>>) => void;
  /** Ends the open version; where there is none, nothing happens. */
  readonly close: <Name extends Named<All, VersionedTable>>(table: Name, key: KeyOf<Versioned<All, Name>>) => void;
  /** The open version, one object for all who ask for it: never to be changed. */
  readonly get: <Name extends Named<All, VersionedTable>>(
    table: Name,
    key: KeyOf<Versioned<All, Name>>,
  ) => RowOf<Versioned<All, Name>> | undefined;
  /** Open versions, in order of their keys. */
  readonly list: <Name extends Named<All, VersionedTable>>(
    table: Name,
    where: ListedBy<Versioned<All, Name>>,
  ) => readonly RowOf<Versioned<All, Name>>[];
  /** Adds a row at this event's position. */
  readonly add: <Name extends Named<All, AppendOnlyTable>>(table: Name, row: RowOf<AppendOnly<All, Name>>) => void;
  /** Rows added up to this event, its own included. */
  readonly appended: <Name extends Named<All, AppendOnlyTable>>(
    table: Name,
    where: FoundBy<AppendOnly<All, Name>>,
    options?: AppendedOptions,
  ) => readonly AppendedOf<AppendOnly<All, Name>>[];
};

export type Projection<Event extends DomainEvent, All extends Tables = Tables> = {
  /** Lower case with underscores; its tables are `<name>_<table>` in SQLite. */
  readonly name: string;
  readonly version: number;
  readonly tables: All;
  readonly on: { readonly [Type in Event['type']]?: (event: Recorded<Extract<Event, { readonly type: Type }>>, rows: Rows<All>) => void };
  /** Called for every event, after the handler of its type: a log index. */
  readonly onEvery?: (event: Recorded<Event>, rows: Rows<All>) => void;
};

/** Any projection, its events and tables unknown: what the machinery takes. */
export type AnyProjection = {
  readonly name: string;
  readonly version: number;
  readonly tables: Tables;
  readonly on: Readonly<Record<string, ((event: never, rows: never) => void) | undefined>>;
  readonly onEvery?: (event: never, rows: never) => void;
};

/** `defineProjection<DubanEvent>()({ name, version, tables, on })`: events and rows get their types in the handlers. */
export const defineProjection =
  <Event extends DomainEvent>() =>
  <const All extends Tables>(projection: Projection<Event, All>): Projection<Event, All> =>
    projection;

/** A table by which views are read; the type gives the rows theirs. */
export type TableRef<Of extends Table = Table> = { readonly name: string; readonly table: Of };

export const tableName = (projection: string, table: string): string => `${projection}_${table}`;

/** `tableOf(tasks, 'task')`: the handle for `views.asOf` and its like. */
export const tableOf = <All extends Tables, Name extends keyof All & string>(
  projection: { readonly name: string; readonly tables: All },
  name: Name,
): TableRef<All[Name]> => {
  const table = projection.tables[name];
  if (table === undefined) throw new TypeError(`${projection.name} has no table ${name}`);
  return { name: tableName(projection.name, name), table };
};
