import { millisText } from '../../kernel/clock.ts';
import type { Moment } from '../../kernel/moment.ts';
import type { AssigneeRole, Duty } from '../directives/duty.ts';
import { covers, dutiesOn } from '../directives/schedule.ts';
import { successorOn } from '../roster/state.ts';
import { carriersOn } from '../tasks/assignment.ts';
import type { TaskKind } from '../tasks/events.ts';
import { themeOn } from './facts-at.ts';
import { nameOn, type Facts, type PlanFact, type TaskFacts } from './facts.ts';
import { factsFor } from './judge.ts';
import { shownMilestones, type ShownMilestone } from './milestones.ts';
import { isPausedAt, lastingCompletion } from './paused.ts';

/**
 * Who owes a plan (落实方案). The notice demands one of every responsible unit and names no day, so a plan can be owed
 * and never be late: it is listed here and is no obligation with a due day, unless a policy has a duty that asks for one.
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
  /** Those of that plan. */
  readonly milestones: ShownMilestone[];
};

const stateOf = ({ returnedAt, acceptedAt }: PlanFact): { readonly state: PlanState; readonly decidedAt: number | null } => {
  if (acceptedAt !== null) return { state: 'accepted', decidedAt: acceptedAt };
  return returnedAt === null ? { state: 'submitted', decidedAt: null } : { state: 'returned', decidedAt: returnedAt };
};

const textOf = (millis: number | null | undefined): string | null => (millis == null ? null : millisText(millis));

/** The roles in which units report on a task. */
const reportersOf = (duties: readonly Duty[], task: TaskFacts, day: string): readonly AssigneeRole[] => {
  const about = { id: task.id, theme: themeOn(task, { day, end: Infinity }) };
  return duties.filter((duty) => covers(duty, about)).flatMap(({ who }) => who[task.kind]);
};

/**
 * One for each unit that carries a task in a role that reports, by the duties in force. A task that is suspended,
 * cancelled or done needs no plan.
 */
export const plansOwed = (all: Facts, at: number | Moment): readonly OwedPlan[] => {
  const facts = factsFor(all, at);
  const on = facts.moment.day();
  const duties = dutiesOn(facts.policies, on, facts.timeZone, facts.moment);
  const open = facts.tasks.filter((task) => !isPausedAt(task, facts.moment.at) && lastingCompletion(task) === undefined);
  return open.flatMap((task) =>
    [...carriersOn(task.assignments, on, facts, reportersOf(duties, task, on)).units.keys()].map((unit) => {
      // A successor's begins with its predecessor's.
      const last = task.plans.findLast((plan) => successorOn(facts.units, plan.unit, on) === unit);
      const { state, decidedAt } = last === undefined ? { state: 'none' as const, decidedAt: null } : stateOf(last);
      return {
        unit,
        name: nameOn(facts, unit, on),
        task: task.id,
        taskKind: task.kind,
        state,
        n: last?.n ?? null,
        submittedAt: textOf(last?.submittedAt),
        decidedAt: textOf(decidedAt),
        milestones: shownMilestones(facts, task, last?.milestones ?? []),
      };
    }),
  );
};
