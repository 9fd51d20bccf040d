import {
  clampedDay,
  cutoffInstant,
  localInstantText,
  monthsBetween,
  parseDate,
  periodKind,
  type Period,
  type PeriodKind,
} from '../kernel/calendar.ts';
import type { Policy } from '../directives/events.ts';

/** When a period's report is due under a policy: pure calendar arithmetic, no judgement. */

export type Due = {
  readonly period: Period;
  readonly kind: PeriodKind;
  /** The last civil day in time, YYYY-MM-DD. */
  readonly day: string;
  /** Epoch ms of the exclusive end of what is in time. */
  readonly end: number;
  /** The same instant as the contract shows it, in the zone's own offset. */
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

/**
 * The last day in time for a day that a rule names. Under the exclusive reading of 前 the named day itself is too
 * late; but a month that does not have it ends before it comes, so its last day is in time under either reading.
 */
const lastDay = ({ bound }: Policy, month: Period, named: number): Temporal.PlainDate => {
  const clamped = clampedDay(month, named);
  return bound === 'exclusive' && clamped.day === named ? clamped.subtract({ days: 1 }) : clamped;
};

const lastDayFor = (policy: Policy, period: Period): Temporal.PlainDate | undefined => {
  const kind = periodKind(period);
  if (kind === 'monthly') return policy.monthly === null ? undefined : lastDay(policy, period, policy.monthly.day);
  if (kind === 'annual' && policy.annual !== null) {
    const [month, day] = policy.annual.due.split('-');
    return lastDay(policy, `${period}-${month}`, Number(day));
  }
  return undefined;
};

const covers = (policy: Policy, period: Period): boolean =>
  periodKind(period) === 'monthly'
    ? policy.monthly !== null && policy.monthly.from <= period && period <= policy.monthly.to
    : policy.annual !== null && String(policy.annual.year) === period;

const ruleText = (policy: Policy, kind: PeriodKind): string => {
  const when = kind === 'monthly' ? `each month by the ${policy.monthly?.day}, clamped to its end` : `each year by ${policy.annual?.due}`;
  return `${when}, ${policy.bound} to ${policy.cutoff} ${policy.timeZone} (policy ${policy.version})`;
};

/** When `period` would be due under this policy, whether or not the policy covers it. */
const dueUnder = (policy: Policy, period: Period): Due | undefined => {
  const kind = periodKind(period);
  const day = lastDayFor(policy, period);
  if (kind === undefined || day === undefined) return undefined;
  const end = cutoffInstant(day, policy.cutoff, policy.timeZone);
  return {
    period,
    kind,
    day: day.toString(),
    end: end.epochMilliseconds,
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

/** Every period that some version demands and that is owed under the version in force when it falls due, by due instant. */
export const schedule = (policies: readonly Policy[]): readonly { readonly policy: Policy; readonly due: Due }[] => {
  const periods = [...new Set(policies.flatMap(periodsOf))];
  return periods.flatMap((period) => judgedBy(policies, period) ?? []).sort((a, b) => a.due.end - b.due.end || (a.due.period < b.due.period ? -1 : 1));
};

/** Whole civil days from the last day in time to the day of receipt; 0 when received on that day. */
export const daysAfter = (day: string, received: string): number => {
  const last = parseDate(day);
  const at = parseDate(received);
  if (last === undefined || at === undefined) throw new RangeError(`not civil dates: ${day}, ${received}`);
  return Math.max(0, last.until(at, { largestUnit: 'days' }).days);
};
