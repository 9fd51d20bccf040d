import { civilDay } from '../../kernel/civil-days.ts';
import { perCut, type Reached } from '../../kernel/per-cut.ts';
import { periodsBetween, type Period } from '../../kernel/periods.ts';
import { dueOf, type Due } from './due.ts';
import type { Duty } from './duty.ts';
import type { Policy } from './events.ts';

/** Which policy governs what is owed (docs/judging.md, rule 4). */

/** A policy and when its adoption was received, epoch ms. Policies stand in the order in which they were adopted. */
export type AdoptedPolicy = Policy & { readonly receivedAt: number };

/** A period of a duty that is owed, by the policy that governs it. */
export type Scheduled = { readonly policy: AdoptedPolicy; readonly duty: Duty; readonly due: Due };

const scheduledIn = (policy: AdoptedPolicy, kind: string, period: Period): Scheduled | undefined => {
  const due = dueOf(policy, kind, period);
  const duty = policy.duties.find(({ id }) => id === kind);
  // What was due before the policy holds is not its to demand.
  return due === undefined || duty === undefined || due.day < policy.effectiveFrom ? undefined : { policy, duty, due };
};

/**
 * Who governs a period of a duty, by what had been received: the first that demands it, whenever it was received,
 * and then each later one that was received before the period fell due. So what fell due keeps its policy.
 */
const governing = (policies: readonly AdoptedPolicy[], kind: string, period: Period, reached: Reached): Scheduled | undefined => {
  let current: Scheduled | undefined;
  let founded = false;
  for (const policy of policies) {
    const next = scheduledIn(policy, kind, period);
    if (!founded) {
      current = next;
      founded = next !== undefined;
      continue;
    }
    const { receivedAt, effectiveFrom, withdrawn } = policy;
    if (!reached(receivedAt) || (current !== undefined && receivedAt >= current.due.end)) continue;
    if (next !== undefined && receivedAt < next.due.end) current = next;
    else if (withdrawn.includes(kind) && current !== undefined && effectiveFrom <= current.due.day) current = undefined;
  }
  return current;
};

/** Every period that some policy demands, in the order of policies and their duties. */
const demanded = (policies: readonly AdoptedPolicy[]): readonly (readonly [kind: string, period: Period])[] => {
  const periods = new Map<string, Set<Period>>();
  for (const { duties } of policies)
    for (const { id, from, to } of duties) {
      const known = periods.get(id) ?? new Set();
      for (const period of periodsBetween(from, to)) known.add(period);
      periods.set(id, known);
    }
  return [...periods].flatMap(([kind, of]) => [...of].map((period) => [kind, period] as const));
};

const scheduleAt = perCut(
  (policies: readonly AdoptedPolicy[]) => policies.map(({ receivedAt }) => receivedAt),
  (policies, reached): readonly Scheduled[] =>
    demanded(policies)
      .flatMap(([kind, period]) => governing(policies, kind, period, reached) ?? [])
      .sort((a, b) => a.due.end - b.due.end || (a.due.period === b.due.period ? 0 : a.due.period < b.due.period ? -1 : 1)),
);

/** Every period of every duty that is owed by what had been received at the moment, by due instant. */
export const schedule = (policies: readonly AdoptedPolicy[], moment: { readonly reached: Reached }): readonly Scheduled[] =>
  scheduleAt(policies, moment);

const periodsKnown = new WeakMap<readonly AdoptedPolicy[], readonly Period[]>();

/** Every period that some policy demands. */
export const periodsOf = (policies: readonly AdoptedPolicy[]): readonly Period[] => {
  let periods = periodsKnown.get(policies);
  if (periods === undefined) periodsKnown.set(policies, (periods = [...new Set(demanded(policies).map(([, period]) => period))]));
  return periods;
};

/** Of all that has ever been received: what a report that comes now is held against. */
export const EVERYTHING: { readonly reached: Reached } = { reached: () => true };

/** In the order of the governing policies, and of the duties in each. */
const byPolicy = (a: Scheduled, b: Scheduled): number =>
  a.policy.version - b.policy.version || a.policy.duties.indexOf(a.duty) - b.policy.duties.indexOf(b.duty);

const scheduleByPeriodAt = perCut(
  (policies: readonly AdoptedPolicy[]) => policies.map(({ receivedAt }) => receivedAt),
  (policies, reached): ReadonlyMap<Period, readonly Scheduled[]> => {
    const byPeriod = Map.groupBy(scheduleAt(policies, { reached }), ({ due }) => due.period);
    for (const scheduled of byPeriod.values()) scheduled.sort(byPolicy);
    return byPeriod;
  },
);

/** The duties that demand a period, the first of which a board shows that is not told which. */
export const dutiesOf = (policies: readonly AdoptedPolicy[], period: Period, moment: { readonly reached: Reached }): readonly Scheduled[] =>
  scheduleByPeriodAt(policies, moment).get(period) ?? [];

/** The policies that hold on a civil day: the first, and later ones that had been received before the day was over. */
const holdingOn = (
  policies: readonly AdoptedPolicy[],
  day: string,
  timeZone: string,
  { reached }: { readonly reached: Reached },
): readonly AdoptedPolicy[] =>
  policies.filter(
    ({ effectiveFrom, receivedAt }, index) =>
      effectiveFrom <= day && (index === 0 || (receivedAt < civilDay(day, timeZone).end && reached(receivedAt))),
  );

/** The policy in force on a civil day. */
export const policyOn = (...asked: Parameters<typeof holdingOn>): AdoptedPolicy | undefined => holdingOn(...asked).at(-1);

/** The duties in force on a civil day, each as the newest policy has it that speaks of it. */
export const dutiesOn = (...asked: Parameters<typeof holdingOn>): readonly Duty[] => {
  const duties = new Map<string, Duty>();
  for (const policy of holdingOn(...asked)) {
    for (const duty of policy.duties) duties.set(duty.id, duty);
    for (const id of policy.withdrawn) duties.delete(id);
  }
  return [...duties.values()];
};

/** Whether a duty is about a task, by the number of its theme when it falls due. */
export const covers = ({ tasks }: Duty, { id, theme }: { readonly id: string; readonly theme: number | null }): boolean =>
  tasks === undefined || tasks.some((each) => (typeof each === 'string' ? each === id : each.theme === theme));
