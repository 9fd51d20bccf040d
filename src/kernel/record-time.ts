import { millisText } from './clock.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * Record times never go back in a log, and each is taken from a clock. So where the last one is later than the clock says
 * it is now, one of the two is wrong, and the log cannot tell which: a little of that is a clock that was corrected, more
 * is a reason to stop before wrong times are recorded, or right ones are called late.
 */

/** How far the last record time may be ahead of the clock, for anything to be recorded or judged by that clock. */
export const MOST_AHEAD_MILLIS = 10_000;

/** By how much the last record time is ahead of the clock; both epoch ms. Null is the time of an empty log. */
export const aheadOfClock = (last: number | null, now: number): number => Math.max(0, (last ?? -Infinity) - now);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** In the largest unit of which it is two or more: `3652 days`. */
export const spanText = (millis: number): Message => {
  const [unit, length] = UNITS.find(([, each]) => millis >= 2 * each) ?? (['ms', 1] as const);
  return say(`kernel.span-${unit}`, { n: Math.floor(millis / length) });
};

/** Why nothing can be recorded at this time of the clock, and what to do; undefined where it can. */
export const clockFault = (last: number | null, now: number, mostAhead = MOST_AHEAD_MILLIS): Message | undefined => {
  const ahead = aheadOfClock(last, now);
  if (last === null || ahead <= mostAhead) return undefined;
  return say('kernel.last-event-log-was-recorded-at', { last: millisText(last), ahead: spanText(ahead), now: millisText(now) });
};

/** When an event is recorded that follows the last one of a log: now, and not before that one. Epoch ms. */
export const recordTimeAfter = (last: number | null, now: number): number => Math.max(now, last ?? 0);

/**
 * The same where other replicas record too, by clocks of their own. What one recorded with its clock a little ahead is not
 * gone below; a time that is far ahead is nobody's to follow, for then one wrong clock would be everybody's.
 */
export const recordTimeOnCluster = (last: number | null, now: number): number =>
  aheadOfClock(last, now) <= MOST_AHEAD_MILLIS ? recordTimeAfter(last, now) : now;

/** Why nothing can be recorded by a clock that differs so much from the cluster's; negative where it is behind. Ms. */
export const differenceFault = (difference: number, most: number): Message | undefined => {
  if (Math.abs(difference) <= most) return undefined;
  const span = spanText(Math.abs(difference));
  return difference > 0 ? say('kernel.clock-ahead', { span }) : say('kernel.clock-behind', { span });
};
