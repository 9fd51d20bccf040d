import {
  clampedDay,
  cutoffInstant,
  localInstantText,
  monthsBetween,
  periodKind,
  type Period,
  type PeriodKind,
} from '../../kernel/calendar.ts';
import { firstWorkingDay } from '../../kernel/working-days.ts';
import type { Policy } from './events.ts';
import { civilDay } from './civil-days.ts';

/** When a period's report is due under a policy: pure calendar arithmetic, no judgement. */

export type Due = {
  readonly period: Period;
  readonly kind: PeriodKind;
  /** The last civil day in time, YYYY-MM-DD. */
  readonly day: string;
  /** Epoch ms of the exclusive end of what is in time. */
  readonly end: number;
  /** What is received in [from, to), epoch ms, is in time under the inclusive reading of 前 and late under the exclusive one; empty where they agree or the other is not known. */
  readonly disputed: { readonly from: number; readonly to: number };
  /** The same instant as answers show it, in the zone's own offset. */
  readonly text: string;
  /** The rule in words, with the policy's version. */
  readonly rule: string;
  readonly policyVersion: number;
};

/** The periods a policy demands: its months, then its year. */
export const periodsOf = (policy: Policy): readonly Period[] => [
  ...(policy.monthly === null ? [] : monthsBetween(policy.monthly.from, policy.monthly.to)),
  ...(policy.annual === null ? [] : [String(policy.annual.year)]),
];

type Bound = Policy['bound'];

/**
 * The last day in time for a day that a rule names. Under the exclusive reading of 前 the named day itself is too
 * late; but a month that does not have it ends before it comes, so its last day is in time under either reading.
 */
const lastDay = (bound: Bound, month: Period, named: number): Temporal.PlainDate => {
  const clamped = clampedDay(month, named);
  return bound === 'exclusive' && clamped.day === named ? clamped.subtract({ days: 1 }) : clamped;
};

const namedDayFor = (policy: Policy, period: Period, bound: Bound): Temporal.PlainDate | undefined => {
  const kind = periodKind(period);
  if (kind === 'monthly') return policy.monthly === null ? undefined : lastDay(bound, period, policy.monthly.day);
  if (kind === 'annual' && policy.annual !== null) {
    const [month, day] = policy.annual.due.split('-');
    return lastDay(bound, `${period}-${month}`, Number(day));
  }
  return undefined;
};

/** Where the last day is a day of rest, the first working day after it (民法典 art. 203). */
const shifted = ({ shift, calendar }: Policy, day: Temporal.PlainDate): Temporal.PlainDate | { readonly unknownYear: string } =>
  shift === 'none' ? day : firstWorkingDay(calendar ?? { years: {} }, day);

/** The first year that a shifting policy would have to know to set its due days, and that its calendar does not have. */
export const unknownYearOf = (policy: Policy): string | undefined => {
  for (const period of periodsOf(policy)) {
    const named = namedDayFor(policy, period, policy.bound);
    const last = named && shifted(policy, named);
    if (last !== undefined && 'unknownYear' in last) return last.unknownYear;
  }
  return undefined;
};

const covers = (policy: Policy, period: Period): boolean =>
  periodKind(period) === 'monthly'
    ? policy.monthly !== null && policy.monthly.from <= period && period <= policy.monthly.to
    : policy.annual !== null && String(policy.annual.year) === period;

const ruleText = (policy: Policy, kind: PeriodKind): string => {
  const when = kind === 'monthly' ? `each month by the ${policy.monthly?.day}, clamped to its end` : `each year by ${policy.annual?.due}`;
  const moved = policy.shift === 'none' ? '' : ', from a day of rest to the next working day';
  return `${when}, ${policy.bound} to ${policy.cutoff} ${policy.timeZone}${moved} (policy ${policy.version})`;
};

/** When `period` would be due under this policy, whether or not the policy covers it. */
const dueUnder = (policy: Policy, period: Period): Due | undefined => {
  const kind = periodKind(period);
  const lastUnder = (bound: Bound): Temporal.PlainDate | undefined => {
    const named = namedDayFor(policy, period, bound);
    const last = named && shifted(policy, named);
    return last !== undefined && 'unknownYear' in last ? undefined : last;
  };
  // A policy is adopted only where its calendar has the years of the periods that it covers: for another the day stays.
  const day = lastUnder(policy.bound) ?? namedDayFor(policy, period, policy.bound);
  if (kind === undefined || day === undefined) return undefined;
  const end = cutoffInstant(day, policy.cutoff, policy.timeZone);
  const otherDay = lastUnder(policy.bound === 'inclusive' ? 'exclusive' : 'inclusive') ?? day;
  const otherEnd = cutoffInstant(otherDay, policy.cutoff, policy.timeZone);
  return {
    period,
    kind,
    day: day.toString(),
    end: end.epochMilliseconds,
    disputed: {
      from: Math.min(end.epochMilliseconds, otherEnd.epochMilliseconds),
      to: Math.max(end.epochMilliseconds, otherEnd.epochMilliseconds),
    },
    text: localInstantText(end, policy.timeZone),
    rule: ruleText(policy, kind),
    policyVersion: policy.version,
  };
};

const known = new WeakMap<Policy, Map<Period, Due | undefined>>();

/** As `dueUnder`, computed once for each policy object and period: a board asks it for every obligation. */
export const dueOf = (policy: Policy, period: Period): Due | undefined => {
  let dues = known.get(policy);
  if (dues === undefined) known.set(policy, (dues = new Map()));
  if (!dues.has(period)) dues.set(period, dueUnder(policy, period));
  return dues.get(period);
};

/** The version in force on a day: the last one adopted among those that hold by then. */
export const policyOn = (policies: readonly Policy[], day: string): Policy | undefined =>
  policies.findLast(({ effectiveFrom }) => effectiveFrom <= day);

/**
 * The policy that judges a period and its due instant: the last version that is in force on the day on which
 * it makes the period due. Undefined where that version does not demand the period, or where a later one, in
 * force by that day, demands no reports of its kind at all.
 */
export const judgedBy = (policies: readonly Policy[], period: Period): { readonly policy: Policy; readonly due: Due } | undefined => {
  let droppedFrom: string | undefined;
  for (const policy of policies.toReversed()) {
    const due = dueOf(policy, period);
    if (due === undefined) droppedFrom = policy.effectiveFrom;
    else if (policy.effectiveFrom <= due.day) {
      const dropped = droppedFrom !== undefined && droppedFrom <= due.day;
      return covers(policy, period) && !dropped ? { policy, due } : undefined;
    }
  }
  return undefined;
};

export type Scheduled = { readonly policy: Policy; readonly due: Due };

const scheduleOf = (policies: readonly Policy[]): readonly Scheduled[] => {
  const periods = [...new Set(policies.flatMap(periodsOf))];
  return periods
    .flatMap((period) => judgedBy(policies, period) ?? [])
    .sort((a, b) => a.due.end - b.due.end || (a.due.period < b.due.period ? -1 : 1));
};

const schedules = new WeakMap<readonly Policy[], readonly Scheduled[]>();

/**
 * Every period that some version demands and that is owed under the version in force when it falls due, by due
 * instant. Computed once for each list of policies: it is asked for with every task shown.
 */
export const schedule = (policies: readonly Policy[]): readonly Scheduled[] => {
  let scheduled = schedules.get(policies);
  if (scheduled === undefined) schedules.set(policies, (scheduled = scheduleOf(policies)));
  return scheduled;
};

const MILLIS_IN_DAY = 86_400_000;

/** Whole civil days from the last day in time to the day of receipt; 0 when received on that day. */
export const daysAfter = (day: string, received: string): number =>
  // Days of UTC all have 24 hours.
  Math.max(0, (civilDay(received, 'UTC').from - civilDay(day, 'UTC').from) / MILLIS_IN_DAY);
