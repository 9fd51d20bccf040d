import type { Anchoring } from './anchoring.ts';
import type { Ledger } from './ledger.ts';
import type { Timestamper } from './timestamper.ts';
import type { Witnesses } from './witnesses.ts';
import type { Text } from '../messages/message.ts';

/** Signs and asks for cosignatures as time goes by. */

export type Signing = {
  /** Signs what is still unsigned, and stops. */
  readonly close: () => Promise<void>;
};

const TICK_MILLIS = 250;

type Asker = Witnesses | Timestamper;

/**
 * Where there are witnesses, nothing is signed before a quorum of them has said what it remembers of this log: a
 * directory that was restored from an older copy may have forgotten it itself. `onError` hears of each failure once;
 * the next tick tries again, since what was not written down was not signed.
 */
export const startSigning = (
  ledger: Ledger,
  {
    witnesses,
    timestamper,
    anchoring,
  }: {
    readonly witnesses?: Witnesses | undefined;
    readonly timestamper?: Timestamper | undefined;
    readonly anchoring?: Anchoring | undefined;
  },
  onError: (error: unknown) => void,
): Signing => {
  const askers = [witnesses, timestamper].filter((asker) => asker !== undefined);
  const asking = new Map<Asker, Promise<void>>();
  let told: Text | undefined;

  const attempt = (work: () => void): void => {
    try {
      work();
      told = undefined;
    } catch (error) {
      if (told !== String(error)) onError(error);
      told = String(error);
    }
  };

  /** Each by itself: one that is slow holds up no other. */
  const ask = (): void => {
    for (const asker of askers)
      if (!asking.has(asker))
        asking.set(
          asker,
          asker.ask().finally(() => void asking.delete(asker)),
        );
  };

  const tick = (): void => {
    if (witnesses === undefined || witnesses.heard()) ledger.begin();
    attempt(ledger.tick);
    anchoring?.look();
    if (askers.length > 0 && ledger.stopped() === undefined) ask();
  };

  tick();
  const timer = setInterval(tick, TICK_MILLIS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await Promise.all(asking.values());
      attempt(ledger.seal);
    },
  };
};
