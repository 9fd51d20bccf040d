import { rmSync } from 'node:fs';
import { sqliteSideFiles } from '../kernel/data-files.ts';
import { renameDurably } from '../store/durable-file.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Row } from './cells.ts';
import type { Doing } from '../kernel/sqlite-errors.ts';
import { define, type Definitions, type EventReader, type Sink } from './definitions.ts';
import { digestOfRows } from './digest.ts';
import { appendedQuery, appendedUpTo } from './append-only-queries.ts';
import { StaleViews } from './file-head.ts';
import type {
  AnyProjection,
  AppendedOf,
  AppendedOptions,
  AppendOnlyTable,
  FoundBy,
  KeyOf,
  ListedBy,
  RowOf,
  TableRef,
  VersionedTable,
} from './projection.ts';
import { ViewsDamaged, type Database } from './sql.ts';
import type { AppendOnlySchema, VersionedSchema } from './table-schema.ts';
import { asOfQuery, rowAsOf, rowsAsOf, versionsUpTo, type Version } from './version-queries.ts';
import { openViewFile, type ViewFile } from './view-file.ts';
import { createWaiters } from './waiters.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/**
 * The views, read as of a position. A table is named by its handle (`tableOf`), which gives the rows their types, or
 * by its name in SQLite, `<projection>_<table>`. A position beyond the views is a RangeError: wait for it first.
 */
export type Views = {
  /** The last position projected; 0 while stale views are being rebuilt. */
  readonly position: () => number;
  /** Why the file must be rebuilt, where it must; until then the views are empty and the file stays as it is. */
  readonly stale: () => Text | undefined;
  /** Rows valid at a position, by a list of `listedBy`, in order of their keys. */
  readonly asOf: <Of extends VersionedTable>(table: TableRef<Of> | string, where: ListedBy<Of>, position: number) => readonly RowOf<Of>[];
  readonly one: <Of extends VersionedTable>(table: TableRef<Of> | string, key: KeyOf<Of>, position: number) => RowOf<Of> | undefined;
  /** Every version of a row known as of a position, oldest first. */
  readonly versions: <Of extends VersionedTable>(
    table: TableRef<Of> | string,
    key: KeyOf<Of>,
    position: number,
  ) => readonly VersionOf<Of>[];
  /** Rows of an append-only table by an index, or all, in order of knowledge. Those of one position are told apart by `seq`. */
  readonly appended: <Of extends AppendOnlyTable>(
    table: TableRef<Of> | string,
    where: FoundBy<Of>,
    options: AppendedOptions & { readonly upTo: number },
  ) => readonly AppendedOf<Of>[];
  /** SQLite's plan of such a read, a line for each step. */
  readonly plan: <Of extends VersionedTable | AppendOnlyTable>(
    table: TableRef<Of> | string,
    where: Row,
    position: number,
  ) => readonly string[];
  /** True once the views have reached a position, false when the time is over first or the views are closed. */
  readonly waitFor: (position: number, timeoutMs?: number) => Promise<boolean>;
  /** SHA-256 of all rows; see `digestOfRows`. */
  readonly digest: () => string;
  /** The file at present, for what a sink has written there. A rebuild changes it: ask each time. */
  readonly database: () => Database;
  readonly close: () => void;
  /** For the projector alone. */
  readonly writer: ViewWriter;
};

export type VersionOf<Of extends VersionedTable> = Omit<Version, 'row'> & { readonly row: RowOf<Of> };

export type ViewWriter = {
  readonly path: string;
  readonly definitions: Definitions;
  /** Leaf hash of the last event projected. */
  readonly leaf: () => Uint8Array | undefined;
  /** @throws ProjectionFailed */
  readonly project: (events: readonly StoredEvent[]) => void;
  /** Whether anybody waits for a position. */
  readonly isAwaited: () => boolean;
  /** Is told whenever somebody begins to. */
  readonly onAwaited: (listener: () => void) => void;
  /** Is told where the present file is found to be damaged; the read that found it fails. */
  readonly onDamage: (listener: (damage: ViewsDamaged) => void) => void;
  /** Something other than SQLite has found it. */
  readonly damaged: (why: Text) => void;
  /** Puts the present rows aside as not of this log, or not to be read. */
  readonly disown: (reason: Message | ViewsDamaged) => void;
  /** Takes a finished file, closed by now, in place of the present one. */
  readonly replace: (path: string) => void;
};

type OnDamage = (damage: ViewsDamaged) => void;

/** A file, or an empty one in memory where the one on disk is of no use. */
const openOrStale = (
  path: string,
  definitions: Definitions,
  onDamage: OnDamage,
): { readonly file: ViewFile; readonly stale: Text | undefined } => {
  try {
    return { file: openViewFile(path, definitions, 'live', onDamage), stale: undefined };
  } catch (error) {
    if (!(error instanceof StaleViews) && !(error instanceof ViewsDamaged)) throw error;
    return { file: openViewFile(':memory:', definitions, 'live'), stale: error.told };
  }
};

/** What SQLite keeps beside a file. */
export const removeSideFiles = (path: string): void => {
  for (const side of Object.values(sqliteSideFiles(path))) rmSync(side, { force: true });
};

/**
 * Opens the views of a log in one SQLite file, and makes it where there is none. Only this process may use it.
 * @throws TypeError  where the projections cannot work
 */
export const openViews = (
  path: string,
  projections: readonly AnyProjection[],
  catalogue: EventReader,
  options: { readonly sink?: Sink } = {},
): Views => {
  const definitions = define(projections, catalogue, options.sink);
  const waiters = createWaiters();
  let heard: OnDamage = () => undefined;
  const onDamage: OnDamage = (damage) => heard(damage);
  let { file, stale } = openOrStale(path, definitions, onDamage);
  /** Why what was there to be read is not there any more. */
  let gone: ViewsDamaged | undefined;

  const schemaOf = (table: TableRef | string) => {
    const name = typeof table === 'string' ? table : table.name;
    const schema = definitions.tables.get(name);
    if (schema === undefined) throw new TypeError(`there is no table ${name}`);
    return schema;
  };
  const versioned = (table: TableRef | string): VersionedSchema => {
    const schema = schemaOf(table);
    if (schema.kind !== 'versioned') throw new TypeError(`${schema.name} is append-only`);
    return schema;
  };
  const appendOnly = (table: TableRef | string): AppendOnlySchema => {
    const schema = schemaOf(table);
    if (schema.kind !== 'append-only') throw new TypeError(`${schema.name} is versioned`);
    return schema;
  };
  const known = (position: number): number => {
    // A read that goes on over several turns can find the file gone under it.
    if (gone !== undefined) throw gone;
    if (!Number.isSafeInteger(position) || position < 0 || position > file.position())
      throw new RangeError(`no position ${position} in views that are at ${file.position()}`);
    return position;
  };

  const planOf = (table: TableRef | string, where: Row, position: number): readonly string[] => {
    const schema = schemaOf(table);
    const { sql, values } =
      schema.kind === 'versioned'
        ? asOfQuery(schema, where, known(position), file.position())
        : appendedQuery(schema, where, known(position), {});
    return file.db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(values)
      .map((step) => String(step.at(-1)));
  };

  const writer: ViewWriter = {
    path,
    definitions,
    leaf: () => file.leaf(),
    project: (events) => {
      try {
        file.project(events);
      } finally {
        waiters.reached(file.position());
      }
    },
    onDamage: (listener) => {
      heard = listener;
    },
    damaged: (why) => heard(new ViewsDamaged(why)),
    isAwaited: waiters.any,
    onAwaited: waiters.onWait,
    disown: (reason) => {
      file.close();
      file = openViewFile(':memory:', definitions, 'live');
      gone = reason instanceof ViewsDamaged ? reason : new ViewsDamaged(reason);
      stale = reason instanceof ViewsDamaged ? reason.told : reason;
    },
    replace: (next) => {
      file.close();
      // A WAL that a crash left beside an unreadable file would be taken for the new one's.
      removeSideFiles(path);
      try {
        renameDurably(next, path);
      } finally {
        gone = undefined;
        ({ file, stale } = openOrStale(path, definitions, onDamage));
      }
      waiters.reached(file.position());
    },
  };

  /** What stands in a cell was written by this program: text that is no JSON any more is damage. */
  const reading: Doing = (read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const damage = new ViewsDamaged(say('views.row-not-as-written'), { cause: error });
      heard(damage);
      throw damage;
    }
  };

  // The casts tie rows to the type of the table's handle: `definitions` was made from the same tables.
  return {
    position: () => file.position(),
    stale: () => stale,
    asOf: <Of extends VersionedTable>(table: TableRef<Of> | string, where: ListedBy<Of>, position: number) =>
      reading(() => rowsAsOf(file.db, versioned(table), where, known(position), file.position())) as readonly RowOf<Of>[],
    one: <Of extends VersionedTable>(table: TableRef<Of> | string, key: KeyOf<Of>, position: number) =>
      reading(() => rowAsOf(file.db, versioned(table), key, known(position))) as RowOf<Of> | undefined,
    versions: <Of extends VersionedTable>(table: TableRef<Of> | string, key: KeyOf<Of>, position: number) =>
      reading(() => versionsUpTo(file.db, versioned(table), key, known(position))) as readonly VersionOf<Of>[],
    appended: <Of extends AppendOnlyTable>(
      table: TableRef<Of> | string,
      where: FoundBy<Of>,
      read: AppendedOptions & { readonly upTo: number },
    ) => reading(() => appendedUpTo(file.db, appendOnly(table), where, known(read.upTo), read)) as readonly AppendedOf<Of>[],
    plan: planOf,
    waitFor: async (position, timeoutMs) => position <= file.position() || waiters.wait(position, timeoutMs),
    digest: () => digestOfRows(file.db, definitions.tables.values()),
    database: () => file.db,
    close: () => {
      waiters.end();
      file.close();
    },
    writer,
  };
};
