import { fieldProblem, retryLater, type Problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import type { LogClock, ViewsClock } from './time-travel.ts';

/**
 * Positions that a request names. Where this process alone adds to the log, a position beyond its end belongs to
 * another log, for example to one that was since restored from an older copy. On a cluster another replica may be ahead
 * for a moment: the position is waited for, and if it does not come the answer is 503, ask again.
 */
export type Reaching = {
  /** Undefined as soon as the views hold the position. `pointer` names the field. */
  readonly views: (position: number, pointer: string, code?: ProblemCode) => Promise<Problem | undefined>;
  /** Undefined as soon as the log holds it here. */
  readonly log: (position: number, pointer: string) => Promise<Problem | undefined>;
};

const WAIT_MILLIS = 5_000;

export const createReaching = (deps: {
  readonly log: Pick<LogClock, 'head'>;
  readonly views: ViewsClock;
  readonly singleWriter: boolean;
}): Reaching => {
  const { log, views, singleWriter } = deps;
  const beyond = (position: number, pointer: string, code: ProblemCode = 'beyond-the-log'): Problem | undefined =>
    singleWriter && position > log.head().position
      ? fieldProblem(code, pointer, `is beyond the log, which ends at ${log.head().position}`)
      : undefined;
  return {
    views: async (position, pointer, code) => {
      if (position <= views.position()) return undefined;
      const never = beyond(position, pointer, code);
      if (never !== undefined || (await views.waitFor(position, WAIT_MILLIS))) return never;
      return retryLater('views-behind', `position ${position} cannot be read yet; the views are at ${views.position()}`, 1);
    },
    log: async (position, pointer) => {
      const arrived = (): boolean => position <= log.head().position;
      if (arrived()) return undefined;
      const never = beyond(position, pointer);
      if (never !== undefined || (await views.waitFor(position, WAIT_MILLIS)) || arrived()) return never;
      return retryLater(
        'views-behind',
        `position ${position} is not in the log of this replica yet, which ends at ${log.head().position}`,
        1,
      );
    },
  };
};
