import { fault, type Fault } from './fault.ts';
import { say } from '../messages/message.ts';

/**
 * Record times in the order of the log. Whoever records by one clock never goes back, so where its own times do the log was
 * put out of order. Replicas of a cluster have a clock each: where the times of one stand against those of another, one of
 * the clocks was wrong, which is remarked on and binds nobody. Events without a replica's name were recorded by one process,
 * or before replicas gave theirs.
 */
export type TimeOrder = {
  /** @param replica  which recorded it; undefined where the event does not say */
  readonly look: (index: number, time: number, replica: string | undefined, place: string) => Fault | undefined;
  readonly seen: () => SeenTimes;
};

/** Of a run: the times of each that recorded, and where two of them contradict each other. */
export type SeenTimes = { readonly recorders: ReadonlyMap<string, Times>; readonly apart: Apart | undefined };

/** Epoch ms. */
export type Times = { readonly earliest: number; readonly earliestIndex: number; readonly latest: number };

/** The times of one replica stand up to `most` ms before those that another recorded ahead of them. */
export type Apart = {
  readonly count: number;
  readonly firstIndex: number;
  readonly most: number;
  /** The two whose times differ most; empty where an event names none. */
  readonly replica: string;
  readonly other: string;
};

const UNNAMED = '';

/** What is known of the latest times before a place in the log. */
type Latest = { readonly own: number | undefined; readonly of: string; readonly time: number };

const latestBefore = (recorders: ReadonlyMap<string, { readonly latest: number }>, replica: string): Latest => {
  let of = UNNAMED;
  let time = -Infinity;
  for (const [name, { latest }] of recorders) if (name !== replica && latest > time) [of, time] = [name, latest];
  return { own: recorders.get(replica)?.latest, of, time };
};

const wentBack = (by: number, index: number, place: string): Fault =>
  fault('time', place, say('verifying.recorded-before-one-before-it', { by }), index + 1);

const joinApart = (one: Apart | undefined, more: Apart | undefined): Apart | undefined => {
  if (one === undefined || more === undefined) return one ?? more;
  const widest = more.most > one.most ? more : one;
  return { ...widest, count: one.count + more.count, firstIndex: Math.min(one.firstIndex, more.firstIndex) };
};

/** @param skew  ms that clocks may differ by */
export const createTimeOrder = (skew: number): TimeOrder => {
  const recorders = new Map<string, Times>();
  let apart: Apart | undefined;
  return {
    look: (index, time, replica = UNNAMED, place) => {
      const { own, of, time: others } = latestBefore(recorders, replica);
      const known = recorders.get(replica);
      recorders.set(
        replica,
        known === undefined
          ? { earliest: time, earliestIndex: index, latest: time }
          : {
              ...(time < known.earliest ? { earliest: time, earliestIndex: index } : known),
              latest: Math.max(known.latest, time),
            },
      );
      if (own !== undefined && time < own - skew) return wentBack(own - time, index, place);
      if (time < others - skew) apart = joinApart(apart, { count: 1, firstIndex: index, most: others - time, replica, other: of });
      return undefined;
    },
    seen: () => ({ recorders, apart }),
  };
};

/** Runs one after the other: what is said of a run's earliest times is said of all of it. */
export const joinTimeOrder = (skew: number) => {
  const before = new Map<string, { readonly latest: number }>();
  let apart: Apart | undefined;
  const faults: Fault[] = [];
  return {
    add: ({ recorders, apart: within }: SeenTimes): void => {
      apart = joinApart(apart, within);
      for (const [replica, { earliest, earliestIndex }] of recorders) {
        const { own, of, time } = latestBefore(before, replica);
        if (own !== undefined && earliest < own - skew) faults.push(wentBack(own - earliest, earliestIndex, 'recorded-at'));
        else if (earliest < time - skew)
          apart = joinApart(apart, { count: 1, firstIndex: earliestIndex, most: time - earliest, replica, other: of });
      }
      for (const [replica, { latest }] of recorders) before.set(replica, { latest: Math.max(before.get(replica)?.latest ?? 0, latest) });
    },
    faults: (): readonly Fault[] => faults,
    apart: () => apart,
    latest: (): number | undefined => (before.size === 0 ? undefined : Math.max(...[...before.values()].map(({ latest }) => latest))),
  };
};
