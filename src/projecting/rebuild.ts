import { rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { OnAdvance } from '../kernel/on-advance.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { differencesOf, type Difference } from './comparing.ts';
import type { Index } from './table-schema.ts';
import { threadEnd } from './thread-end.ts';
import { openViewFile, type ViewFile } from './view-file.ts';
import { removeSideFiles, type Views } from './views.ts';

/** Events between two turns of the event loop: some 20 ms in which nobody else is served. */
export const BATCH_EVENTS = 1000;

type Log = Pick<EventStore, 'readAll' | 'head'>;
type Rebuild = {
  readonly store: Log;
  readonly views: Views;
  readonly onAdvance: OnAdvance;
  readonly signal: AbortSignal;
  /** Does the greater part, unless it fails: then it is done here, where the reason is known by what it is. */
  readonly load?: Loader | undefined;
};

const readAfter = (store: Log, file: ViewFile): readonly StoredEvent[] => store.readAll(file.position(), BATCH_EVENTS);

/** Projects the log up to its end of the moment, leaving the event loop its turns. */
const catchUp = async (file: ViewFile, { store, onAdvance, signal }: Rebuild): Promise<void> => {
  for (let events = readAfter(store, file); events.length > 0; events = readAfter(store, file)) {
    signal.throwIfAborted();
    file.project(events);
    onAdvance(file.position(), store.head().position);
    await nextTurn();
  }
};

/** Sorting millions of rows into an index takes seconds: a thread of its own does it while this one serves. */
const makeIndexes = async (path: string, indexes: readonly Index[], signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  const worker = new Worker(new URL('index-maker.ts', import.meta.url), {
    workerData: { path, statements: indexes.map(({ sql }) => sql) },
  });
  await threadEnd(worker, 'making the indexes', signal);
};

/** Builds the views up to the log's end in a new file at `path`, whole and closed when it resolves. */
export type Loader = (task: { readonly path: string; readonly onAdvance: OnAdvance; readonly signal: AbortSignal }) => Promise<void>;

/** In this thread, between whose batches others have their turns. */
const loadHere = async (path: string, rebuild: Rebuild): Promise<void> => {
  const file = openViewFile(path, rebuild.views.writer.definitions, 'load');
  let indexes: readonly Index[];
  try {
    await catchUp(file, rebuild);
    indexes = file.finishLoad();
  } finally {
    file.close();
  }
  await makeIndexes(path, indexes, rebuild.signal);
};

const syncFile = async (path: string): Promise<void> => {
  await using file = await open(path, 'r+');
  await file.sync();
};

/** Where the new file is made. */
const nextOf = (path: string): string => `${path}.next`;

/** Throws away what a rebuild left that was interrupted by the end of its process. */
export const removeUnfinished = ({ writer }: Views): void => {
  const next = nextOf(writer.path);
  rmSync(next, { force: true });
  removeSideFiles(next);
};

/** Where they are made once more, to be held against those in use. */
const againOf = (path: string): string => `${path}.again`;

const removeFile = async (path: string): Promise<void> => {
  await rm(path, { force: true });
  removeSideFiles(path);
};

const load = async (next: string, rebuild: Rebuild): Promise<void> => {
  const { load: beside, onAdvance, signal } = rebuild;
  if (beside === undefined) return loadHere(next, rebuild);
  try {
    await beside({ path: next, onAdvance, signal });
  } catch {
    signal.throwIfAborted();
    await removeFile(next);
    await loadHere(next, rebuild);
  }
};

/**
 * Builds the views again from the first event, in `<path>.next` beside the file in use, which goes on serving and
 * being written; then takes its place in one turn of the event loop. Whatever stops it, the file in use is as it was.
 * @throws ProjectionFailed
 */
export const rebuildViews = async (rebuild: Rebuild): Promise<void> => {
  const { store, views, signal } = rebuild;
  const { path, definitions, replace } = views.writer;
  const next = nextOf(path);
  let file: ViewFile | undefined;
  await removeFile(next);
  try {
    await load(next, rebuild);
    await syncFile(next);
    signal.throwIfAborted();
    file = openViewFile(next, definitions, 'live');
    await catchUp(file, rebuild);
    signal.throwIfAborted();
    // Without a turn of the event loop between the last read and the swap, the file in use is not ahead of the new one.
    for (let events = readAfter(store, file); events.length > 0; events = readAfter(store, file)) file.project(events);
    file.close();
    replace(next);
  } catch (error) {
    file?.close();
    await removeFile(next);
    throw error;
  }
};

/** Builds the views again from the first event beside those in use, up to the position of these, and tells where they differ. */
export const compareViews = async ({ store, views, onAdvance }: Omit<Rebuild, 'signal' | 'load'>): Promise<readonly Difference[]> => {
  const { path, definitions } = views.writer;
  const again = againOf(path);
  await removeFile(again);
  const file = openViewFile(again, definitions, 'live');
  try {
    const end = views.position();
    while (file.position() < end) {
      const events = store.readAll(file.position(), Math.min(BATCH_EVENTS, end - file.position()));
      if (events.length === 0) throw new Error(`the log ends at ${file.position()}, and the views at ${end}`);
      file.project(events);
      onAdvance(file.position(), end);
      await nextTurn();
    }
    return differencesOf(views.database(), file.db, definitions.tables.values());
  } finally {
    file.close();
    await removeFile(again);
  }
};
