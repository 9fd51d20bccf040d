import type { PersonalData } from '../application/personal-data.ts';
import type { Clock } from '../kernel/clock.ts';

/** Another replica may be between a value and its event for so long. */
const OTHERS_MILLIS = 3_600_000;
const POLL_MILLIS = 250;

/**
 * Once all of the log is here, whatever a process left half done is finished: values whose event never came are removed,
 * and those that an event has erased.
 */
export const settleOnceWhole = (options: {
  readonly personal: PersonalData;
  readonly clock: Clock;
  readonly singleWriter: boolean;
  readonly isWhole: () => boolean;
  readonly onWarning: (message: string) => void;
}): { readonly stop: () => void } => {
  const { personal, clock, singleWriter, isWhole, onWarning } = options;
  const until = clock.now().epochMilliseconds - (singleWriter ? 0 : OTHERS_MILLIS);
  const settle = (): void => {
    if (!isWhole()) {
      timer = setTimeout(settle, POLL_MILLIS).unref();
      return;
    }
    try {
      const { erased, orphans } = personal.settle(until);
      if (erased + orphans > 0)
        onWarning(`personal data of ${orphans} commands that were never recorded and ${erased} erasures is removed`);
    } catch (error) {
      onWarning(`personal data could not be settled: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  let timer = setTimeout(settle, 0).unref();
  return { stop: () => clearTimeout(timer) };
};
