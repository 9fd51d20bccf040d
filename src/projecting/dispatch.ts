import type { DomainEvent } from '../kernel/event.ts';
import { ownValue } from '../kernel/own-value.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Row } from './cells.ts';
import type { Definitions } from './definitions.ts';
import { appendedRows, type AppendedRows } from './append-only-rows.ts';
import type { AppendedOptions, Recorded, Rows } from './projection.ts';
import { recorded } from './recorded.ts';
import type { Database } from './sql.ts';
import type { Index } from './table-schema.ts';
import { versionedRows, type VersionedRows } from './versioned-rows.ts';

/** Hands events to the projections and keeps what they change until it is written. */
export type Dispatch = {
  /** Throws what a handler throws, an `Error` that names the projection. */
  readonly project: (event: StoredEvent) => void;
  readonly write: () => void;
  readonly forget: () => void;
};

type Handler = (event: Recorded<DomainEvent>, rows: Rows) => unknown;
type Bound = { readonly projection: string; readonly handle: Handler; readonly rows: Rows };

const named = <Of>(tables: ReadonlyMap<string, Of>, name: string, kind: string): Of => {
  const table = tables.get(name);
  if (table === undefined) throw new TypeError(`there is no table of ${kind} ${name}`);
  return table;
};

const bind = (tables: ReadonlyMap<string, VersionedRows>, appended: ReadonlyMap<string, AppendedRows>, position: () => number): Rows => {
  const versioned = (name: string): VersionedRows => named(tables, name, 'versions');
  const appendOnly = (name: string): AppendedRows => named(appended, name, 'appended rows');
  return {
    put: (table: string, row: Row) => versioned(table).put(row),
    close: (table: string, key: Row) => versioned(table).close(key),
    get: (table: string, key: Row) => versioned(table).get(key),
    list: (table: string, where: Row) => versioned(table).list(where),
    add: (table: string, row: Row) => appendOnly(table).add(row, position()),
    appended: (table: string, where: Row, options: AppendedOptions = {}) => appendOnly(table).appended(where, position(), options),
  };
};

const call = ({ projection, handle, rows }: Bound, event: Recorded<DomainEvent>): void => {
  let result: unknown;
  try {
    result = handle(event, rows);
  } catch (error) {
    throw new Error(`${projection}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (result instanceof Promise) throw new TypeError(`${projection}: a handler must not be asynchronous`);
};

export const createDispatch = (definitions: Definitions, db: Database, needIndex: (index: Index) => void, isNew: boolean): Dispatch => {
  let position = 0;
  const allVersioned: VersionedRows[] = [];
  const allAppended: AppendedRows[] = [];

  const bound = definitions.projections.map(({ projection, tables }) => {
    const versioned = new Map<string, VersionedRows>();
    const appended = new Map<string, AppendedRows>();
    for (const [name, schema] of tables)
      if (schema.kind === 'versioned') versioned.set(name, versionedRows(db, schema, needIndex, isNew));
      else appended.set(name, appendedRows(db, schema, needIndex));
    allVersioned.push(...versioned.values());
    allAppended.push(...appended.values());
    return { projection, rows: bind(versioned, appended, () => position) };
  });

  // The casts: a handler is called with events of its own type, by the name under which it stands, and with its own tables.
  const handlersOf = (type: string): readonly Bound[] =>
    bound.flatMap(({ projection, rows }) =>
      [ownValue(projection.on, type), projection.onEvery].flatMap((handle) =>
        handle ? [{ projection: projection.name, handle: handle as Handler, rows }] : [],
      ),
    );
  const handlers = new Map(definitions.catalogue.types.map((type) => [type, handlersOf(type)]));

  return {
    project: (stored) => {
      const event = recorded(definitions.catalogue, stored);
      ({ position } = stored);
      for (const handler of handlers.get(event.type) ?? []) call(handler, event);
      for (const rows of allVersioned) rows.settle(position);
    },
    write: () => {
      for (const rows of allVersioned) rows.write();
      for (const rows of allAppended) rows.write();
    },
    forget: () => {
      for (const rows of allVersioned) rows.forget();
      for (const rows of allAppended) rows.forget();
    },
  };
};
