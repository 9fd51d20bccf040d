import { retryLater } from '../problem.ts';
import { say } from '../../messages/message.ts';

/** How many answers without end may be open: each holds a connection, and something in memory. */
export type StreamLimits = {
  readonly atOnce: number;
  readonly atOnceOfOne: number;
  /** A reader that has taken nothing for so long, while there is something to take, is closed. */
  readonly stalledMillis: number;
};

export type Streams = {
  /** Gives what is to be called once it is closed. @throws Problem  there are as many as there may be */
  readonly open: (subject: string) => () => void;
  readonly count: () => number;
  readonly stalledMillis: number;
};

const RETRY_SECONDS = 10;

export const createStreams = ({ atOnce, atOnceOfOne, stalledMillis }: StreamLimits): Streams => {
  const open = new Map<string, number>();
  let count = 0;
  return {
    count: () => count,
    stalledMillis,
    open: (subject) => {
      const own = open.get(subject) ?? 0;
      if (own >= atOnceOfOne)
        throw retryLater('too-many-streams', say('http.this-subject-follows-log-times-already', { own }), RETRY_SECONDS);
      if (count >= atOnce) throw retryLater('overloaded', say('http.log-followed-times-as-often-as', { count }), RETRY_SECONDS);
      open.set(subject, own + 1);
      count += 1;
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        count -= 1;
        const left = (open.get(subject) ?? 1) - 1;
        if (left === 0) open.delete(subject);
        else open.set(subject, left);
      };
    },
  };
};
