import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/**
 * Reads take turns: what is asked for by many at once is done one piece after the other, and between two pieces the
 * process hears everybody else. Whoever has had the least time goes first, among subjects, and among the calls of one
 * subject by their route: so one who asks for much makes himself wait, and nobody else.
 */

/** Whose time it is. */
export type Party = { readonly subject: string; readonly route: string };

/** To be asked between two pieces of a long work: undefined where it may go on at once. */
export type Rest = () => Promise<void> | undefined;

export type TurnLimits = {
  /** Works that are begun and not finished: what they hold is in memory. */
  readonly atOnce: number;
  readonly atOnceOfOne: number;
  /** Works that are not begun. */
  readonly waiting: number;
  readonly waitingOfOne: number;
};

export type Turns = {
  /** Does the work when its turn comes. `isGone`: nobody waits for it any more. @throws TooManyWaiting */
  readonly take: <Result>(party: Party, work: (rest: Rest) => Result | Promise<Result>, isGone?: () => boolean) => Result | Promise<Result>;
  /** Works that wait to begin. */
  readonly waiting: () => number;
};

/** `own`: the subject itself has too many; otherwise all have, taken together. */
export class TooManyWaiting extends Told {
  readonly own: boolean;
  constructor(own: boolean) {
    super(own ? say('http.too-many-reads-one-subject-wait') : say('http.too-many-reads-wait'));
    this.own = own;
  }
}

/** Whoever asked has left before it was begun. */
export class Gone extends Told {
  constructor() {
    super(say('http.nobody-waits-for-answer-any-more'));
  }
}

/** For so long the process may do nothing but reads before it hears others. */
const SLICE_MILLIS = 4;

type Flow = { spent: number; readonly resumed: (() => void)[]; readonly begun: (() => void)[] };
type Subject = { spent: number; running: number; readonly flows: Map<string, Flow> };

const least = <Value extends { readonly spent: number }>(values: Iterable<Value>, fits: (value: Value) => boolean): Value | undefined => {
  let found: Value | undefined;
  for (const value of values) if ((found === undefined || value.spent < found.spent) && fits(value)) found = value;
  return found;
};

export const createTurns = (limits: TurnLimits, now: () => number = () => performance.now()): Turns => {
  const subjects = new Map<string, Subject>();
  /** How much the subject had had that came last: who comes anew has had as much, and does not catch up on what it never asked for. */
  let reached = 0;
  let running = 0;
  let waiting = 0;
  /** Time spent since the process last heard others. */
  const since = { spent: 0 };
  let isPlanned = false;

  const subjectOf = (name: string): Subject => {
    const known = subjects.get(name) ?? { spent: reached, running: 0, flows: new Map<string, Flow>() };
    subjects.set(name, known);
    return known;
  };
  const flowOf = ({ flows }: Subject, route: string): Flow => {
    const had = least(flows.values(), () => true)?.spent ?? 0;
    const known = flows.get(route) ?? { spent: had, resumed: [], begun: [] };
    flows.set(route, known);
    return known;
  };
  const waitingOf = ({ flows }: Subject): number => [...flows.values()].reduce((sum, { begun }) => sum + begun.length, 0);

  const mayBegin = (subject: Subject): boolean => running < limits.atOnce && subject.running < limits.atOnceOfOne;
  const isReady = (subject: Subject, { resumed, begun }: Flow): boolean => resumed.length > 0 || (begun.length > 0 && mayBegin(subject));
  const readyOf = (subject: Subject): Flow | undefined => least(subject.flows.values(), (flow) => isReady(subject, flow));

  const charge = (subject: Subject, flow: Flow, millis: number): void => {
    subject.spent += millis;
    flow.spent += millis;
    since.spent += millis;
    plan();
  };

  /** Who has nothing here any more is forgotten. */
  const tidy = (name: string, subject: Subject): void => {
    if (subject.running > 0 || [...subject.flows.values()].some(({ resumed, begun }) => resumed.length + begun.length > 0)) return;
    reached = Math.max(reached, subject.spent);
    subjects.delete(name);
  };

  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(turn);
  };

  const turn = (): void => {
    isPlanned = false;
    since.spent = 0;
    while (since.spent < SLICE_MILLIS) {
      const subject = least(subjects.values(), (each) => readyOf(each) !== undefined);
      const flow = subject === undefined ? undefined : readyOf(subject);
      if (subject === undefined || flow === undefined) return;
      reached = Math.max(reached, subject.spent);
      const resume = flow.resumed.shift();
      if (resume !== undefined) {
        plan();
        resume(); // it goes on after this function has ended: what it takes is not known here
        return;
      }
      waiting -= 1;
      flow.begun.shift()?.();
    }
    plan();
  };

  return {
    waiting: () => waiting,
    take: <Result>(party: Party, work: (rest: Rest) => Result | Promise<Result>, isGone = () => false) => {
      const subject = subjectOf(party.subject);
      const flow = flowOf(subject, party.route);

      const begin = (): Result | Promise<Result> => {
        let begun = now();
        running += 1;
        subject.running += 1;
        const end = (): void => {
          running -= 1;
          subject.running -= 1;
          charge(subject, flow, now() - begun);
          tidy(party.subject, subject);
        };
        const rest: Rest = () => {
          const millis = now() - begun;
          if (millis < SLICE_MILLIS) return undefined;
          charge(subject, flow, millis);
          const { promise, resolve } = Promise.withResolvers<void>();
          flow.resumed.push(() => {
            begun = now();
            resolve();
          });
          return promise;
        };
        try {
          const result = work(rest);
          if (result instanceof Promise) return result.finally(end);
          end();
          return result;
        } catch (error) {
          end();
          throw error;
        }
      };

      if (waiting === 0 && since.spent < SLICE_MILLIS && mayBegin(subject)) return begin();
      const own = waitingOf(subject) >= limits.waitingOfOne;
      if (own || waiting >= limits.waiting) {
        tidy(party.subject, subject);
        throw new TooManyWaiting(own);
      }
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      waiting += 1;
      flow.begun.push(() => {
        try {
          if (isGone()) throw new Gone();
          resolve(begin());
        } catch (error) {
          reject(error);
          tidy(party.subject, subject);
        }
      });
      plan();
      return promise;
    },
  };
};
