import type { Behind } from '../kernel/measure.ts';
import { fieldProblem, problem, retryLater, type Problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import type { LogClock, ViewsClock } from './time-travel.ts';
import { say } from '../messages/message.ts';

/**
 * Positions that a request names. Where this process alone adds to the log, a position beyond its end belongs to
 * another log, for example to one that was since restored from an older copy. On a cluster another replica may be ahead
 * for a moment: the position is waited for, and if it does not come the answer is 503, ask again.
 */
export type Reaching = {
  /** Undefined once the views hold all that they owe: what the log held when it was opened. */
  readonly present: () => Promise<Problem | undefined>;
  /** Undefined once anything at all can be said of the log. */
  readonly begun: () => Problem | undefined;
  /** Undefined as soon as the views hold the position. `pointer` names the field. */
  readonly views: (position: number, pointer: string, code?: ProblemCode) => Promise<Problem | undefined>;
  /** Undefined as soon as the log holds it here. */
  readonly log: (position: number, pointer: string) => Promise<Problem | undefined>;
};

const WAIT_MILLIS = 5_000;
const RETRY_SECONDS = 1;

/** The service is not as far as an answer needs: how far it is, and when to ask again. */
const viewsBehind = ({ reason, position, head }: Behind): Problem =>
  problem('views-behind', say('http.at', { reason, position, head }), {
    facts: { position, head },
    headers: { 'retry-after': String(RETRY_SECONDS) },
  });

export const createReaching = (deps: {
  readonly log: Pick<LogClock, 'head'>;
  readonly views: ViewsClock;
  readonly singleWriter: boolean;
  readonly behind: () => Behind | undefined;
}): Reaching => {
  const { log, views, singleWriter, behind } = deps;
  const beyond = (position: number, pointer: string, code: ProblemCode = 'beyond-the-log'): Problem | undefined =>
    singleWriter && position > log.head().position
      ? fieldProblem(code, pointer, say('http.beyond-log-which-ends-at', { position: log.head().position }))
      : undefined;
  return {
    present: async () => {
      const found = behind();
      if (found?.soon === true) await views.waitFor(found.head, WAIT_MILLIS);
      const still = found === undefined ? undefined : behind();
      return still && viewsBehind(still);
    },
    begun: () => {
      const found = behind();
      return found?.empty === true ? viewsBehind(found) : undefined;
    },
    views: async (position, pointer, code) => {
      if (position <= views.position()) return undefined;
      const never = beyond(position, pointer, code);
      const late = behind();
      if (never === undefined && late?.soon === false) return viewsBehind(late);
      if (never !== undefined || (await views.waitFor(position, WAIT_MILLIS))) return never;
      return retryLater(
        'views-behind',
        say('http.position-cannot-be-read-yet-views', { position, position2: views.position() }),
        RETRY_SECONDS,
      );
    },
    log: async (position, pointer) => {
      const arrived = (): boolean => position <= log.head().position;
      if (arrived()) return undefined;
      const never = beyond(position, pointer);
      if (never !== undefined || (await views.waitFor(position, WAIT_MILLIS)) || arrived()) return never;
      return retryLater(
        'views-behind',
        say('http.position-not-in-log-this-replica', { position, position2: log.head().position }),
        RETRY_SECONDS,
      );
    },
  };
};
