import { isPeriodIn, periodForm, periodsBetween, type Period } from '../../../kernel/periods.ts';
import { dueUnder, type Due } from '../../directives/due.ts';
import type { Policy } from '../../directives/events.ts';

/** Which policy judged what, by the first rules: the version in force on the day on which it makes a period due. */

type Scheduled = { readonly policy: Policy; readonly due: Due };

/** There were a monthly and an annual report, and no other duty. */
const dutyFor = ({ duties }: Policy, period: Period) => {
  const kind = periodForm(period) === 'month' ? 'monthly' : 'annual';
  return duties.find(({ id }) => id === kind);
};

const dueOf = (policy: Policy, period: Period): Due | undefined => {
  const duty = dutyFor(policy, period);
  return duty && dueUnder(duty, policy, period);
};

const covers = (policy: Policy, period: Period): boolean => {
  const duty = dutyFor(policy, period);
  return duty !== undefined && isPeriodIn(period, duty.from, duty.to);
};

export const policyOn = (policies: readonly Policy[], day: string): Policy | undefined =>
  policies.findLast(({ effectiveFrom }) => effectiveFrom <= day);

/** Undefined where that version does not demand the period, or a later one, in force by that day, demands none of its kind. */
const judgedBy = (policies: readonly Policy[], period: Period): Scheduled | undefined => {
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

export const schedule = (policies: readonly Policy[]): readonly Scheduled[] => {
  const periods = new Set(policies.flatMap(({ duties }) => duties.flatMap(({ from, to }) => periodsBetween(from, to))));
  return [...periods]
    .flatMap((period) => judgedBy(policies, period) ?? [])
    .sort((a, b) => a.due.end - b.due.end || (a.due.period < b.due.period ? -1 : 1));
};
