import type { Ledger } from './ledger.ts';
import type { Witnesses } from './witnesses.ts';

/** Signs and asks for cosignatures as time goes by. */

export type Signing = {
  /** Signs what is still unsigned, and stops. */
  readonly close: () => Promise<void>;
};

const TICK_MILLIS = 250;

/**
 * Where there are witnesses, nothing is signed before a quorum of them has said what it remembers of this log: a
 * directory that was restored from an older copy may have forgotten it itself. `onError` hears of each failure once;
 * the next tick tries again, since what was not written down was not signed.
 */
export const startSigning = (ledger: Ledger, witnesses: Witnesses | undefined, onError: (error: unknown) => void): Signing => {
  let asking: Promise<void> | undefined;
  let told: string | undefined;

  const attempt = (work: () => void): void => {
    try {
      work();
      told = undefined;
    } catch (error) {
      if (told !== String(error)) onError(error);
      told = String(error);
    }
  };

  const ask = (asked: Witnesses): void => {
    asking ??= asked.ask().finally(() => {
      asking = undefined;
    });
  };

  const tick = (): void => {
    if (witnesses === undefined || witnesses.heard()) ledger.begin();
    attempt(ledger.tick);
    if (witnesses !== undefined && ledger.stopped() === undefined) ask(witnesses);
  };

  tick();
  const timer = setInterval(tick, TICK_MILLIS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await asking;
      attempt(ledger.seal);
    },
  };
};
