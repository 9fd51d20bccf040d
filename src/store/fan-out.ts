import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreUnavailable, type EventStore, type StoredEvent, type Subscription } from './event-store.ts';
import { say } from '../messages/message.ts';

/**
 * Subscriptions over a sequenced log. Each goes by position alone: it takes the events just appended where they
 * follow what it has, and reads pages of the log wherever it is behind, so there is no seam to lose events at.
 */
export type FanOut = {
  /** Hands on what was just appended: contiguous, in log order, readable in the log already. */
  readonly publish: (events: readonly StoredEvent[]) => void;
  readonly subscribe: EventStore['subscribeAll'];
  /** Closes every subscription. */
  readonly close: () => Promise<void>;
};

/** Most events handed over at once. */
const PAGE = 1000;
/** A subscriber with this many events waiting gets no more pushed: it reads them in the log when it comes to them. */
const MAX_WAITING = 4 * PAGE;

type Subscriber = { readonly offer: (events: readonly StoredEvent[]) => void; readonly subscription: Subscription };

const subscriber = (
  readAll: EventStore['readAll'],
  afterPosition: number,
  onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
): Subscriber => {
  let delivered = afterPosition;
  let waiting: StoredEvent[] = [];
  const closing = new AbortController();
  let news = Promise.withResolvers<void>();

  const run = async (): Promise<void> => {
    await nextTurn(); // whoever subscribes holds the subscription before the first call
    while (!closing.signal.aborted) {
      news = Promise.withResolvers();
      const behind = waiting.length === 0;
      const batch = behind ? readAll(delivered, PAGE) : waiting.splice(0, PAGE);
      const last = batch.at(-1);
      if (last === undefined) await news.promise;
      else {
        delivered = last.position;
        await onEvents(batch);
        // A long catch-up must not keep the process from everything else.
        if (behind) await nextTurn();
      }
    }
  };

  const ended = run();
  return {
    offer: (events) => {
      const follows = (waiting.at(-1)?.position ?? delivered) + 1 === events[0]?.position;
      if (follows && waiting.length < MAX_WAITING) waiting = [...waiting, ...events];
      news.resolve();
    },
    subscription: {
      ended,
      close: async () => {
        closing.abort();
        news.resolve();
        // Its failure is told by `ended`.
        await Promise.allSettled([ended]);
      },
    },
  };
};

export const createFanOut = (readAll: EventStore['readAll']): FanOut => {
  const subscribers = new Set<Subscriber>();
  let closed = false;
  return {
    publish: (events) => {
      if (events.length > 0) for (const { offer } of subscribers) offer(events);
    },
    subscribe: (afterPosition, onEvents) => {
      if (closed) throw new StoreUnavailable(say('store.is-closed'));
      const added = subscriber(readAll, afterPosition, onEvents);
      subscribers.add(added);
      const leave = (): void => void subscribers.delete(added);
      added.subscription.ended.then(leave, leave);
      return added.subscription;
    },
    close: async () => {
      closed = true;
      await Promise.all([...subscribers].map(({ subscription }) => subscription.close()));
    },
  };
};
