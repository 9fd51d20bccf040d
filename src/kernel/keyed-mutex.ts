/** Work on one stream waits for the work on it that was asked for before. */
export type Lanes = <Result>(stream: string, work: () => Promise<Result>) => Promise<Result>;

export const createLanes = (): Lanes => {
  const last = new Map<string, Promise<unknown>>();
  return async (stream, work) => {
    const before = last.get(stream);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (last.get(stream) === mine) last.delete(stream);
    }
  };
};
