/** Work under one key waits for the work under it that was asked for before; under different keys nothing waits. */
export type KeyedMutex = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * `isShared` picks the failures that fail those waiting behind as well, instead of letting them do their work. By
 * default there are none: each does its work, however the one before it ended.
 */
export const createKeyedMutex = (isShared: (error: unknown) => boolean = () => false): KeyedMutex => {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const afterFailure = (error: unknown): ReturnType<typeof work> => {
      if (isShared(error)) throw error;
      return work();
    };
    const before = last.get(key);
    const mine = before === undefined ? work() : before.then(work, afterFailure);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
};
