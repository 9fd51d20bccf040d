import { LRUCache } from 'lru-cache';
import type { StoredEvent } from '../event-store.ts';
import type { LogFile } from '../log-file.ts';

/** An event's position, and what stands there. */
export type Arrival = Pick<StoredEvent, 'position' | 'leaf'>;

/** A writer waits until its events are sequenced, since only then do they have positions. */
export type Arrivals = {
  /** What was just sequenced, in order; it can be read in the log already. */
  readonly announce: (appended: readonly StoredEvent[]) => void;
  /**
   * As many of a stream's events from a revision on, or those of them that were sequenced when the time (ms) was up, or
   * when nothing could come any more.
   */
  readonly arrival: (stream: string, first: number, count: number, millis: number) => Promise<readonly Arrival[]>;
  /** Nothing comes any more. */
  readonly end: () => void;
};

type Run = { readonly first: number; readonly arrivals: Arrival[] };
type Waiter = { readonly revision: number; readonly done: () => void };

/** Streams of which the last transaction's events are kept: who waits for them asks at once. */
const RECENT_STREAMS = 1_000;

export const createArrivals = (log: Pick<LogFile, 'readStream' | 'streamHead'>): Arrivals => {
  const waiters = new Map<string, Set<Waiter>>();
  /** It costs more to read an event in the log than to send it to the cluster. */
  const recent = new LRUCache<string, Run>({ max: RECENT_STREAMS });
  let ended = false;

  const keep = (appended: readonly StoredEvent[]): ReadonlyMap<string, number> => {
    const ends = new Map<string, number>();
    for (const { stream, revision, position, leaf } of appended) {
      if (ends.has(stream)) recent.get(stream)?.arrivals.push({ position, leaf });
      else recent.set(stream, { first: revision, arrivals: [{ position, leaf }] });
      ends.set(stream, revision);
    }
    return ends;
  };

  const untilReached = async (stream: string, revision: number, millis: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { revision, done: resolve };
    const waiting = waiters.get(stream) ?? new Set();
    waiters.set(stream, waiting.add(waiter));
    const timer = setTimeout(resolve, millis);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      waiting.delete(waiter);
      if (waiting.size === 0) waiters.delete(stream);
    }
  };

  return {
    announce: (appended) => {
      for (const [stream, end] of keep(appended)) for (const { revision, done } of waiters.get(stream) ?? []) if (revision <= end) done();
    },
    arrival: async (stream, first, count, millis) => {
      const last = first + count - 1;
      if (!ended && (log.streamHead(stream)?.revision ?? -1) < last) await untilReached(stream, last, millis);
      const run = recent.get(stream);
      const skipped = first - (run?.first ?? Infinity);
      const arrivals = skipped < 0 ? [] : (run?.arrivals.slice(skipped, skipped + count) ?? []);
      return arrivals.length === count ? arrivals : log.readStream(stream, first, count);
    },
    end: () => {
      ended = true;
      for (const waiting of waiters.values()) for (const { done } of waiting) done();
    },
  };
};
