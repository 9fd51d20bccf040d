import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a work goes on before it lets others go before: much less than anybody notices. */
const SLICE_MILLIS = 8;

/** Rests for a work that takes no turns with others: the event loop turns whenever it has not for so long. */
export const nowAndThen = (): (() => Promise<void> | undefined) => {
  let last = performance.now();
  const turn = async (): Promise<void> => {
    await nextTurn();
    last = performance.now();
  };
  return () => (performance.now() - last < SLICE_MILLIS ? undefined : turn());
};
