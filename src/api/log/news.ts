import type { EventStore } from '../../store/event-store.ts';

/** Tells those who have read the log to its end that there is more: one subscription for all of them. */
export type News = {
  /** `onEnd`: the log cannot be followed any more. Gives what ends it. */
  readonly listen: (listener: Listener) => () => void;
};

type Listener = { readonly onNews: () => void; readonly onEnd: () => void };

export const createNews = (store: Pick<EventStore, 'head' | 'subscribeAll'>): News => {
  const listeners = new Set<Listener>();
  let close: (() => void) | undefined;

  const follow = (): void => {
    const subscription = store.subscribeAll(store.head().position, () => {
      for (const { onNews } of listeners) onNews();
    });
    const closeThis = (): void => void subscription.close();
    close = closeThis;
    const ended = (): void => {
      if (close !== closeThis) return; // nobody listened any more
      close = undefined;
      for (const { onEnd } of listeners) onEnd();
    };
    subscription.ended.then(ended, ended);
  };

  return {
    listen: (listener) => {
      listeners.add(listener);
      if (close === undefined) follow();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        close?.();
        close = undefined;
      };
    },
  };
};
