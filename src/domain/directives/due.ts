import { clampedDay, cutoffInstant, localInstantText } from '../../kernel/calendar.ts';
import { isPeriodIn, periodAfter, periodEnd, periodsBetween, periodStart, type Period } from '../../kernel/periods.ts';
import { firstWorkingDay, nthWorkingDay } from '../../kernel/working-days.ts';
import type { Duty } from './duty.ts';
import type { Policy } from './events.ts';

/** When a period is due under a duty of a policy (docs/judging.md, rule 4): calendar arithmetic, no judgement. */

export type Due = {
  readonly period: Period;
  /** The duty's id. */
  readonly kind: string;
  /** The last civil day in time, YYYY-MM-DD. */
  readonly day: string;
  /** Epoch ms of the exclusive end of what is in time. */
  readonly end: number;
  /**
   * What is received in [from, to), epoch ms, is in time under the inclusive reading of 前 and late under the exclusive
   * one; empty where they agree or the other is not known.
   */
  readonly disputed: { readonly from: number; readonly to: number };
  /** The same instant as the contract shows it, in the zone's own offset. */
  readonly text: string;
  /** The rule in words, with the policy's version. */
  readonly rule: string;
};

type Bound = Policy['bound'];
type Unknown = { readonly unknownYear: string };

/** The day that a rule names; where there is no such day it is the last one before it, and ends the term under either reading of 前. */
type Named = { readonly day: Temporal.PlainDate; readonly isLast: boolean };

/** The month in which a duty names a day: of what has several, the last in the period itself, the first in a later one. */
const monthOf = ({ due: { month, offset } }: Duty, period: Period): Temporal.PlainYearMonth => {
  const first = periodStart(period).toPlainYearMonth();
  if (month !== undefined) return first.add({ months: month - 1 });
  return offset === 0 ? periodEnd(period).toPlainYearMonth() : first;
};

const workingDayOf = (duty: Duty, { calendar }: Policy, period: Period, day: number): Named | Unknown => {
  const month = monthOf(duty, period);
  const span =
    duty.every === 'week'
      ? { first: periodStart(period), last: periodEnd(period) }
      : { first: month.toPlainDate({ day: 1 }), last: month.toPlainDate({ day: month.daysInMonth }) };
  return nthWorkingDay(calendar ?? { years: {} }, span, day);
};

const dayOfTen = (period: Period, day: number): Named => {
  const [named, last] = [periodStart(period).add({ days: day - 1 }), periodEnd(period)];
  return Temporal.PlainDate.compare(named, last) <= 0 ? { day: named, isLast: false } : { day: last, isLast: true };
};

const dayOfMonth = (month: Temporal.PlainYearMonth, day: number): Named => {
  const named = clampedDay(month, day);
  return { day: named, isLast: named.day !== day };
};

const namedDay = (duty: Duty, policy: Policy, reported: Period): Named | Unknown => {
  const { every, due } = duty;
  if (every === 'once') return { day: Temporal.PlainDate.from(due.date ?? ''), isLast: false };
  const period = periodAfter(reported, due.offset);
  if (due.weekday !== undefined) return { day: periodStart(period).add({ days: due.weekday - 1 }), isLast: false };
  if (due.date !== undefined) {
    const [month, day] = due.date.split('-');
    return dayOfMonth(Temporal.PlainYearMonth.from(`${period}-${month}`), Number(day));
  }
  const { day = 1 } = due; // a duty names a day, a weekday or a date
  if (due.shift === 'nth-working-day') return workingDayOf(duty, policy, period, day);
  return every === 'ten-days' ? dayOfTen(period, day) : dayOfMonth(monthOf(duty, period), day);
};

/** Under the exclusive reading of 前 the named day itself is too late; but what was the last day there is stays in time. */
const within = (bound: Bound, { day, isLast }: Named): Temporal.PlainDate =>
  bound === 'exclusive' && !isLast ? day.subtract({ days: 1 }) : day;

const isUnknown = (found: object): found is Unknown => 'unknownYear' in found;

/** The last day in time, or the year that its calendar would have to know. */
const lastDay = (duty: Duty, policy: Policy, bound: Bound, period: Period): Temporal.PlainDate | Unknown => {
  const named = namedDay(duty, policy, period);
  if (isUnknown(named)) return named;
  const last = within(bound, named);
  // Where the last day is a day of rest, the first working day after it (民法典 art. 203).
  return duty.due.shift === 'next-working-day' ? firstWorkingDay(policy.calendar ?? { years: {} }, last) : last;
};

/** Why nobody can keep a duty: the first period of it that is over for reporting when it begins, or whose due day is not known. */
export const unkeepable = (
  duty: Duty,
  policy: Policy,
): { readonly before: Period; readonly day: string } | { readonly unknownYear: string } | undefined => {
  const { cutoff } = duty.due;
  for (const period of periodsBetween(duty.from, duty.to)) {
    const last = lastDay(duty, policy, policy.bound, period);
    if (isUnknown(last)) return last;
    const order = Temporal.PlainDate.compare(last, periodStart(period));
    if (order < 0 || (order === 0 && cutoff === '00:00')) return { before: period, day: last.toString() };
  }
  return undefined;
};

const ordinal = (n: number): string =>
  `${n}${n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th'}`;

/** The named day in words. */
const dayText = ({ every, due: { day, weekday, date, month, shift } }: Pick<Duty, 'every' | 'due'>): string => {
  if (date !== undefined) return date;
  if (weekday !== undefined) return `its ${ordinal(weekday)} day`;
  const place = month === undefined ? '' : ` of its ${ordinal(month)} month`;
  if (shift === 'nth-working-day') return `the ${ordinal(day ?? 1)} working day${place}`;
  return every === 'ten-days' ? `their ${ordinal(day ?? 1)} day` : `the ${day}${place}, clamped to its end`;
};

const MOVED = { none: '', 'nth-working-day': '', 'next-working-day': ', from a day of rest to the next working day' } as const;

/** Snapshots hold it under their digest, so it stays as it is; `due-rule.ts` says it in another language. */
export const ruleText = (
  duty: Pick<Duty, 'every' | 'due'>,
  { bound, timeZone, version }: Pick<Policy, 'bound' | 'timeZone' | 'version'>,
): string => {
  const { every, due } = duty;
  const which = every === 'once' ? 'once' : every === 'ten-days' ? 'each ten days' : `each ${every}`;
  const later = due.offset === 0 ? '' : due.offset === 1 ? ' in the period after it' : ` in the ${ordinal(due.offset)} period after it`;
  return `${which} by ${dayText(duty)}${later}, ${bound} to ${due.cutoff} ${timeZone}${MOVED[due.shift]} (policy ${version})`;
};

/** When a period would be due under a duty, whether or not it has it. */
export const dueUnder = (duty: Duty, policy: Policy, period: Period): Due => {
  const known = (bound: Bound, of = duty): Temporal.PlainDate | undefined => {
    const last = lastDay(of, policy, bound, period);
    return isUnknown(last) ? undefined : last;
  };
  const endOf = (day: Temporal.PlainDate): Temporal.Instant => cutoffInstant(day, duty.due.cutoff, policy.timeZone);
  // A policy is adopted only where its calendar has the years that it needs; in a log of other times the day would stay.
  const day = known(policy.bound) ?? known(policy.bound, { ...duty, due: { ...duty.due, shift: 'none' } }) ?? periodEnd(period);
  const end = endOf(day);
  const otherEnd = endOf(known(policy.bound === 'inclusive' ? 'exclusive' : 'inclusive') ?? day).epochMilliseconds;
  return {
    period,
    kind: duty.id,
    day: day.toString(),
    end: end.epochMilliseconds,
    disputed: { from: Math.min(end.epochMilliseconds, otherEnd), to: Math.max(end.epochMilliseconds, otherEnd) },
    text: localInstantText(end, policy.timeZone),
    rule: ruleText(duty, policy),
  };
};

const dues = new WeakMap<Policy, Map<string, Due>>();

/**
 * When a period is due under a policy's duty; undefined where the policy does not have the duty, or not for the period.
 * Computed once for each policy object.
 */
export const dueOf = (policy: Policy, kind: string, period: Period): Due | undefined => {
  const duty = policy.duties.find(({ id }) => id === kind);
  if (duty === undefined || !isPeriodIn(period, duty.from, duty.to)) return undefined;
  let known = dues.get(policy);
  if (known === undefined) dues.set(policy, (known = new Map()));
  const key = `${kind} ${period}`;
  let due = known.get(key);
  if (due === undefined) known.set(key, (due = dueUnder(duty, policy, period)));
  return due;
};
