/** Those who wait until a position is reached. */
export type Waiters = {
  /** True once the position is reached, false when the time is over first. Without a time it waits for ever. */
  readonly wait: (position: number, timeoutMs?: number) => Promise<boolean>;
  readonly reached: (position: number) => void;
  /** Whether anybody waits. */
  readonly any: () => boolean;
  /** Is told whenever somebody begins to wait. */
  readonly onWait: (listener: () => void) => void;
  /** Tells everyone that their position will not be reached here. */
  readonly end: () => void;
};

type Waiter = { readonly position: number; readonly tell: (reached: boolean) => void };

export const createWaiters = (): Waiters => {
  const waiting = new Set<Waiter>();
  const listeners: (() => void)[] = [];
  return {
    wait: (position, timeoutMs) =>
      new Promise((resolve) => {
        const timer = timeoutMs === undefined ? undefined : setTimeout(() => waiter.tell(false), timeoutMs);
        const waiter: Waiter = {
          position,
          tell: (reached) => {
            waiting.delete(waiter);
            clearTimeout(timer);
            resolve(reached);
          },
        };
        waiting.add(waiter);
        for (const listener of listeners) listener();
      }),
    reached: (position) => {
      for (const waiter of waiting) if (waiter.position <= position) waiter.tell(true);
    },
    any: () => waiting.size > 0,
    onWait: (listener) => void listeners.push(listener),
    end: () => {
      for (const waiter of waiting) waiter.tell(false);
    },
  };
};
