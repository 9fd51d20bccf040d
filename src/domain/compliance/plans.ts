import { millisText } from '../../kernel/clock.ts';
import { successorOn } from '../roster/state.ts';
import { carriersOn } from '../tasks/assignment.ts';
import type { TaskKind } from '../tasks/events.ts';
import { nameOn, type Facts, type PlanFact, type TaskFacts } from './facts.ts';
import { dayJudged, pausedAt, standingCompletion } from './judge.ts';
import { policyOn } from '../directives/schedule.ts';

/**
 * Who owes a plan (落实方案). The notice demands one of every responsible unit and names no day, so a plan can be owed
 * and never be late: it is listed here and is no obligation with a due day.
 */

export type PlanState = 'none' | 'submitted' | 'returned' | 'accepted';

export type OwedPlan = {
  readonly unit: string;
  readonly name: string;
  readonly task: string;
  readonly taskKind: TaskKind;
  readonly state: PlanState;
  /** The number of the unit's last plan on the task. */
  readonly n: number | null;
  readonly submittedAt: string | null;
  /** When it was returned or accepted. */
  readonly decidedAt: string | null;
};

type Standing = { readonly n: number; readonly plan: PlanFact };

/** A unit's last plan among those received by the end of the day; a successor's begins with its predecessor's. */
const lastPlan = (
  facts: Facts,
  { plans }: TaskFacts,
  unit: string,
  day: { readonly on: string; readonly end: number },
): Standing | undefined => {
  const index = plans.findLastIndex((plan) => plan.submittedAt < day.end && successorOn(facts.units, plan.unit, day.on) === unit);
  const plan = plans[index];
  return plan && { n: index + 1, plan };
};

const stateAt = (
  { plan: { returnedAt, acceptedAt } }: Standing,
  end: number,
): { readonly state: PlanState; readonly decidedAt: number | null } => {
  if (acceptedAt !== null && acceptedAt < end) return { state: 'accepted', decidedAt: acceptedAt };
  if (returnedAt !== null && returnedAt < end) return { state: 'returned', decidedAt: returnedAt };
  return { state: 'submitted', decidedAt: null };
};

const textOf = (millis: number | null | undefined): string | null => (millis == null ? null : millisText(millis));

/**
 * One for each unit that carries a task in a role that reports, by the policy in force on the day. A task that is
 * suspended, cancelled or done needs no plan.
 */
export const plansOwed = (facts: Facts, on: string): readonly OwedPlan[] => {
  const policy = policyOn(facts.policies, on);
  if (policy === undefined) return [];
  const day = dayJudged(on, facts.timeZone);
  const open = facts.tasks.filter((task) => !pausedAt(task, day.end, day.end) && standingCompletion(task, day.end) === undefined);
  return open.flatMap((task) =>
    [...carriersOn(task.assignments, on, facts, policy.reporters[task.kind]).units.keys()].map((unit) => {
      const last = lastPlan(facts, task, unit, day);
      const { state, decidedAt } = last === undefined ? { state: 'none' as const, decidedAt: null } : stateAt(last, day.end);
      return {
        unit,
        name: nameOn(facts, unit, on),
        task: task.id,
        taskKind: task.kind,
        state,
        n: last?.n ?? null,
        submittedAt: textOf(last?.plan.submittedAt),
        decidedAt: textOf(decidedAt),
      };
    }),
  );
};
