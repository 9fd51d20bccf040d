import { civilDay } from '../../kernel/civil-days.ts';
import type { Moment } from '../../kernel/moment.ts';
import type { Milestone } from '../tasks/events.ts';
import { carriersOn } from '../tasks/assignment.ts';
import type { FactsAt } from './facts-at.ts';
import type { Facts, TaskFacts } from './facts.ts';
import { ANSWERABLE, factsFor } from './judge.ts';

/** Milestones of a task's deadline and of its plans: reached in time or not (docs/judging.md, rule 7). */

export type MilestoneState = 'kept' | 'due' | 'missed';

export type JudgedMilestone = {
  readonly task: string;
  readonly title: string;
  /** Its day, YYYY-MM-DD, and the exclusive end of it, RFC 3339 in the zone's offset. */
  readonly day: string;
  readonly due: string;
  /** The plan that names it; null where it is a stage of the task's deadline. */
  readonly plan: number | null;
  /** Units that lead or answer for the task on its day. */
  readonly units: readonly string[];
  readonly state: MilestoneState;
};

/** A milestone as a list shows it. */
export type ShownMilestone = Milestone & { readonly state: MilestoneState };

/** Whether a report received before an instant says that it is reached. */
const isReported = ({ reports }: FactsAt, task: string, title: string, end: number): boolean =>
  (reports.get(task) ?? []).some(({ submissions }) =>
    submissions.some(({ receivedAt, says }) => receivedAt < end && says.milestones?.includes(title) === true),
  );

const isCompleted = ({ completions }: TaskFacts, end: number): boolean =>
  completions.some(({ claimedAt, reopenedAt }) => reopenedAt === null && claimedAt < end);

const stateOf = (facts: FactsAt, task: TaskFacts, { title, due: day }: Milestone): MilestoneState => {
  const { end } = civilDay(day, facts.timeZone);
  if (isReported(facts, task.id, title, end) || isCompleted(task, end)) return 'kept';
  return facts.moment.reached(end) ? 'missed' : 'due';
};

const judged = (facts: FactsAt, task: TaskFacts, milestone: Milestone, plan: number | null): JudgedMilestone => {
  const { title, due: day } = milestone;
  const { end, endText: due } = civilDay(day, facts.timeZone);
  const units = [...carriersOn(task.assignments, day, facts, ANSWERABLE, end).units.keys()];
  return { task: task.id, title, day, due, plan, units, state: stateOf(facts, task, milestone) };
};

/** Milestones of one task, of its deadline or of one plan, by the reports that `facts` hold: a reader's own, where it sees no others. */
export const shownMilestones = (facts: FactsAt, task: TaskFacts, of: readonly Milestone[]): ShownMilestone[] =>
  of.map(({ title, due }) => ({ title, due, state: stateOf(facts, task, { title, due }) }));

/** Every milestone of every task, those of its deadline before those of its plans. */
export const milestones = (all: Facts, at: number | Moment): readonly JudgedMilestone[] => {
  const facts = factsFor(all, at);
  return facts.tasks.flatMap((task) => [
    ...task.milestones.map((milestone) => judged(facts, task, milestone, null)),
    ...task.plans.flatMap(({ n, milestones: planned }) => planned.map((milestone) => judged(facts, task, milestone, n))),
  ]);
};
