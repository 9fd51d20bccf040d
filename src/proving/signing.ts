import type { Ledger } from './ledger.ts';
import type { Witnesses } from './witnesses.ts';

/** Signs and asks for cosignatures as time goes by. */

export type Signing = { readonly close: () => Promise<void> };

const TICK_MILLIS = 250;

export const startSigning = (ledger: Ledger, witnesses: Witnesses | undefined, onError: (error: unknown) => void): Signing => {
  let asking: Promise<void> | undefined;

  const tick = (): void => {
    try {
      ledger.tick();
      if (witnesses === undefined || asking !== undefined) return;
      asking = witnesses.ask().finally(() => {
        asking = undefined;
      });
    } catch (error) {
      ledger.stop(`signing failed: ${error instanceof Error ? error.message : String(error)}`);
      onError(error);
    }
  };

  const timer = setInterval(tick, TICK_MILLIS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await asking;
    },
  };
};
