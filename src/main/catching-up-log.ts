import type { CatchingUp } from '../kernel/measure.ts';
import type { Logger } from './logger.ts';

/** What the log of the service says while it takes in the log of its cluster; of the views `views-log.ts` tells. */

const INTERVAL_MILLIS = 5_000;

const lineOf = ({ position, behind, eventsPerSecond }: CatchingUp): string =>
  [
    `taking in the log of the cluster: ${position} events`,
    ...(behind === null ? [] : [`some ${behind} to come`]),
    ...(eventsPerSecond === null ? [] : [`${eventsPerSecond} a second`]),
  ].join(', ');

/** Tells from time to time how far it is, until it is caught up or stopped. A short while is not told of. */
export const logCatchingUp = (
  logger: Pick<Logger, 'info'>,
  { catchingUp, caughtUp }: { readonly catchingUp: () => CatchingUp | undefined; readonly caughtUp: () => boolean },
  every: number = INTERVAL_MILLIS,
): { readonly stop: () => void } => {
  let told = false;
  const tell = (): void => {
    const found = catchingUp();
    if (caughtUp()) {
      clearInterval(timer);
      if (told) logger.info('the log of the cluster is taken in');
    } else if (found?.stage === 'mirror') {
      told = true;
      logger.info(found, lineOf(found));
    }
  };
  const timer = setInterval(tell, every).unref();
  return { stop: () => clearInterval(timer) };
};
