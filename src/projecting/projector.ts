import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogDamaged, type EventStore, type StoredEvent, type Subscription } from '../store/event-store.ts';
import { BATCH_EVENTS, rebuildViews, removeUnfinished, type Loader } from './rebuild.ts';
import { isPassing } from '../kernel/sqlite-errors.ts';
import { ViewsDamaged } from './sql.ts';
import { ProjectionFailed } from './view-file.ts';
import type { Views } from './views.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/**
 * Keeps the views at the log's end. It never skips an event: one that cannot be projected halts it, the rows stay as
 * they were before that event, and a corrected program goes on from there. A halt for a reason that may pass, such as
 * a full disk, is tried again until it has passed.
 */
export type ProjectorState =
  | { readonly state: 'running' }
  /** No longer following the log. `position` is that of the event it halted at, or of the next to come. */
  | { readonly state: 'halted'; readonly position: number; readonly reason: Text };

/** What a projector does of its own accord, for a log. */
export type ProjectorNote =
  | { readonly kind: 'rebuild-begun'; readonly reason: Text; readonly head: number }
  /** `error`: why the rebuild came to nothing. */
  | { readonly kind: 'rebuild-ended'; readonly position: number; readonly millis: number; readonly error?: unknown }
  /** A halt has ended by itself. */
  | { readonly kind: 'resumed'; readonly position: number };

export type Projector = {
  readonly state: () => ProjectorState;
  /** How far a rebuild under way has come in the log, and where that ends now; undefined while there is none. */
  readonly rebuilding: () => { readonly position: number; readonly head: number } | undefined;
  /** Events in the log that the views do not hold yet. */
  readonly lag: () => number;
  /** Resolves when the views hold what the log holds now; rejects with the error that halts the projector first. */
  readonly caughtUp: () => Promise<void>;
  /** Builds the views again and swaps them in; a second call while it runs joins the first. Ends a halt. */
  readonly rebuild: (onAdvance?: OnAdvance) => Promise<void>;
  /** Stops following, and gives up a rebuild under way. Store and views stay open. */
  readonly close: () => Promise<void>;
};

/**
 * A small batch changes nearly as many pages as one of ten times its size, so while events come without pause the
 * projector rests between batches, this many times as long as the last one took, and takes what came meanwhile
 * together. Nobody waits for that: whoever asks for a position ends the rest.
 */
const REST = 4;
const MAX_REST_MILLIS = 50;

/** The first try after a halt; each further one waits twice as long, up to the longest. */
const FIRST_RETRY_MILLIS = 500;
const LONGEST_RETRY_MILLIS = 15_000;

/** What only a corrected program can project, or a restored log, is not tried again. Whatever else stopped the projector may pass. */
const mayPass = (error: unknown): boolean =>
  error instanceof ProjectionFailed ? isPassing(error.cause) || error.cause instanceof ViewsDamaged : !(error instanceof LogDamaged);

/** The event that an error is about. */
const positionOf = (error: unknown): number | undefined =>
  error instanceof ProjectionFailed || error instanceof LogDamaged ? error.position : undefined;

/** New views of a log of this many events are built as by a rebuild, in half the time that following it from its start takes. */
const BUILT_AT_ONCE = 10_000;

/** Whether the last event projected is the one the log has at that position: the log may have been exchanged. */
const isOfLog = (views: Views, store: EventStore): boolean => {
  const leaf = views.writer.leaf();
  if (leaf === undefined) return true;
  const event = store.at(views.position());
  return event !== undefined && Buffer.compare(event.leaf, leaf) === 0;
};

/** Rejected by a halt, whether or not anybody waits for one. */
const untilHalted = (): PromiseWithResolvers<never> => {
  const halted = Promise.withResolvers<never>();
  halted.promise.catch(() => undefined);
  return halted;
};

/**
 * Starts to follow the log; stale views, and those of another log, are rebuilt first.
 * `onError` hears why the projector halted, or why a rebuild at the start failed, which also halts it.
 */
export const startProjector = (options: {
  readonly store: EventStore;
  readonly views: Views;
  readonly onError: (error: unknown) => void;
  readonly onAdvance?: OnAdvance;
  readonly onNote?: (note: ProjectorNote) => void;
  /** Builds views in place of this thread. */
  readonly load?: Loader | undefined;
  /** Whether the log is still being filled: new views are then built at once, since it will be long. */
  readonly isFilling?: () => boolean;
}): Projector => {
  const { store, views, onError, onAdvance = () => undefined, onNote = () => undefined, isFilling = () => false } = options;
  const closing = new AbortController();
  let state: ProjectorState = { state: 'running' };
  let halted = untilHalted();
  let subscription: Subscription | undefined;
  let rebuilding: Promise<void> | undefined;
  let rebuiltTo: number | undefined;
  let retries = 0;
  let retry: NodeJS.Timeout | undefined;
  /** Ends a rest. */
  let wake = (): void => undefined;
  views.writer.onAwaited(() => wake());
  removeUnfinished(views);

  const haltedBy = (error: unknown): ProjectorState => ({
    state: 'halted',
    position: positionOf(error) ?? views.position() + 1,
    reason: toldBy(error),
  });

  const halt = (error: unknown): void => {
    if (state.state === 'halted' || closing.signal.aborted) return;
    state = haltedBy(error);
    halted.reject(error);
    onError(error);
    if (mayPass(error)) tryLater();
  };

  /** A damaged file is put aside as soon as the read that found it is over, and built again: until then nothing is read of it. */
  const replaceDamaged = (damage: ViewsDamaged): void => {
    if (closing.signal.aborted || views.stale() !== undefined) return;
    void subscription?.close();
    views.writer.disown(damage);
    if (state.state === 'halted') tryLater();
    else halt(damage);
  };
  views.writer.onDamage((damage) => queueMicrotask(() => replaceDamaged(damage)));

  const run = (): void => {
    state = { state: 'running' };
    halted = untilHalted();
  };

  const tryLater = (): void => {
    clearTimeout(retry);
    retry = setTimeout(() => void tryAgain(), Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** retries));
    retries += 1;
  };

  /** Ends the halt only once an event of those that wait is projected: until then the reason stays to be read. */
  const tryAgain = async (): Promise<void> => {
    if (following() || closing.signal.aborted) return;
    try {
      if (views.stale() !== undefined) await rebuild();
      else views.writer.project(store.readAll(views.position(), BATCH_EVENTS));
      if (state.state === 'halted') {
        run();
        follow();
      }
      onNote({ kind: 'resumed', position: views.position() });
    } catch (error) {
      if (following() || closing.signal.aborted) return;
      state = haltedBy(error);
      if (mayPass(error)) tryLater();
      else onError(error);
    }
  };

  const following = (): boolean => state.state === 'running' && !closing.signal.aborted;

  const rest = async (millis: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, millis);
    wake = resolve;
    await promise;
    clearTimeout(timer);
  };

  const take = async (events: readonly StoredEvent[]): Promise<void> => {
    for (let from = 0; from < events.length && following(); from += BATCH_EVENTS) {
      if (from > 0) await nextTurn();
      const begun = performance.now();
      views.writer.project(events.slice(from, from + BATCH_EVENTS));
      retries = 0;
      if (events.length - from < BATCH_EVENTS && !views.writer.isAwaited())
        await rest(Math.min(MAX_REST_MILLIS, (performance.now() - begun) * REST));
    }
  };

  const follow = (): void => {
    if (closing.signal.aborted) return;
    subscription = store.subscribeAll(views.position(), take);
    // The subscription ends by itself with what `take` throws, or with the store's own failure.
    subscription.ended.catch(halt);
  };

  const runRebuild = async (onRebuildAdvance: OnAdvance): Promise<void> => {
    const begun = performance.now();
    const ended = (error?: unknown): void => {
      rebuiltTo = undefined;
      const millis = Math.round(performance.now() - begun);
      onNote({ kind: 'rebuild-ended', position: views.position(), millis, ...(error === undefined ? {} : { error }) });
    };
    rebuiltTo = 0;
    onNote({ kind: 'rebuild-begun', reason: views.stale() ?? say('views.new-or-asked-for'), head: store.head().position });
    try {
      await rebuildViews({
        store,
        views,
        signal: closing.signal,
        load: options.load,
        onAdvance: (done, total) => {
          rebuiltTo = done;
          onRebuildAdvance(done, total);
        },
      });
    } catch (error) {
      ended(error);
      throw error;
    }
    ended();
    if (state.state === 'running') return;
    run();
    follow();
  };

  const rebuild = (onRebuildAdvance: OnAdvance = onAdvance): Promise<void> =>
    (rebuilding ??= runRebuild(onRebuildAdvance).finally(() => {
      rebuilding = undefined;
    }));

  const begin = (): void => {
    if (views.stale() === undefined && !isOfLog(views, store)) views.writer.disown(say('views.of-another-log'));
    if (views.stale() !== undefined) rebuild().then(follow).catch(halt);
    else if (views.position() > 0 || (store.head().position < BUILT_AT_ONCE && !isFilling())) follow();
    // Where an event cannot be projected, following halts at it with all that came before.
    else
      rebuild()
        .catch(() => undefined)
        .then(follow)
        .catch(halt);
  };

  try {
    begin();
  } catch (error) {
    // The views stay as they are: that the log cannot be read is nothing against them.
    if (!(error instanceof LogDamaged)) throw error;
    halt(error);
  }

  return {
    state: () => state,
    rebuilding: () => (rebuiltTo === undefined ? undefined : { position: rebuiltTo, head: store.head().position }),
    lag: () => Math.max(0, store.head().position - views.position()),
    caughtUp: async () => {
      await Promise.race([views.waitFor(store.head().position), halted.promise]);
    },
    rebuild,
    close: async () => {
      closing.abort();
      clearTimeout(retry);
      wake();
      await Promise.allSettled([rebuilding, subscription?.close()]);
    },
  };
};
