import type { PersonalData } from '../application/personal-data.ts';
import type { Clock } from '../kernel/clock.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

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
  readonly onWarning: (message: Text) => void;
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
      if (erased + orphans > 0) onWarning(say('cli.personal-data-settled', { orphans, erased }));
    } catch (error) {
      onWarning(say('cli.personal-data-not-settled', { why: toldBy(error) }));
    }
  };
  let timer = setTimeout(settle, 0).unref();
  return { stop: () => clearTimeout(timer) };
};
