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
  /**
   * Undefined once the views hold all that they owe: what the log held when it was opened. Then they mostly hold what it held
   * when the request came, too: views that go on have it within a moment, and views that stand still are not waited for.
   */
  readonly present: () => Promise<Problem | undefined>;
  /** Undefined once anything at all can be said of the log. */
  readonly begun: () => Problem | undefined;
  /** Undefined as soon as the views hold the position. `pointer` names the field. */
  readonly views: (position: number, pointer: string, code?: ProblemCode) => Promise<Problem | undefined>;
  /** Undefined as soon as the log holds it here. */
  readonly log: (position: number, pointer: string) => Promise<Problem | undefined>;
};

const WAIT_MILLIS = 5_000;
/** For what others were told is recorded before the request came: no longer, so that who writes much holds up nobody who reads. */
const OTHERS_WAIT_MILLIS = 250;
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
  /** Where the views were when they had not moved in time: as long as they are there, nobody waits. */
  let stillAt: number | undefined;

  const others = async (): Promise<void> => {
    const { position } = log.head();
    const from = views.position();
    if (from >= position || from === stillAt) return;
    const came = await views.waitFor(position, OTHERS_WAIT_MILLIS);
    if (!came && views.position() === from) stillAt = from;
  };

  return {
    present: async () => {
      const found = behind();
      if (found?.soon === true) await views.waitFor(found.head, WAIT_MILLIS);
      const still = found === undefined ? undefined : behind();
      if (still !== undefined) return viewsBehind(still);
      await others();
      return undefined;
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
