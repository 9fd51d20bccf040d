import { millisText } from '../../kernel/clock.ts';
import { momentAt, type Moment } from '../../kernel/moment.ts';
import { atOnce, type Pieces } from '../../kernel/pieces.ts';
import { closingDay, periodStart, type Period } from '../../kernel/periods.ts';
import type { AssigneeRole } from '../directives/duty.ts';
import { covers, schedule, type Scheduled } from '../directives/schedule.ts';
import { carriersOn, type Carriers } from '../tasks/assignment.ts';
import { judgeDeadline } from './deadline.ts';
import { factsAt, themeOn, type FactsAt } from './facts-at.ts';
import { nameOn, type Facts, type TaskFacts } from './facts.ts';
import { DEADLINE, daysLateOf, type Obligation } from './obligation.ts';
import { wasCompletedBefore } from './paused.ts';
import { settledBy } from './settling.ts';

/**
 * The judging rules (docs/judging.md): from facts and a moment, who owed what and whether it came in time. Pure. A
 * change that gives another answer for the same facts is a new version, so that what was published keeps its meaning.
 */
export const JUDGE_VERSION = 2;

export type Question = {
  /** The moment judged: epoch ms, or one that notes for how long the answer holds. */
  readonly at: number | Moment;
  /** Ids of duties, and `deadline`; everything unless given. */
  readonly kinds?: readonly string[] | undefined;
  /** For deadlines, those that fall into it. */
  readonly period?: Period | undefined;
  readonly unit?: string | undefined;
  /** The units whose obligations may be told; all unless given. */
  readonly among?: ((unit: string) => boolean) | undefined;
};

/** A collective that owes something and whose members are not recorded for the day: named, not guessed. */
export type Excluded = { readonly party: string; readonly name: string; readonly tasks: readonly string[] };

export type Judgement = { readonly obligations: readonly Obligation[]; readonly excluded: readonly Excluded[] };

/** Roles that answer for a task itself and its own deadline, whoever a policy says must report. */
export const ANSWERABLE = ['lead', 'responsible'] as const;

/** The facts as they stood, in the office's zone that of the directive unless a moment says otherwise. */
export const factsFor = (facts: Facts, at: number | Moment): FactsAt =>
  factsAt(facts, typeof at === 'number' ? momentAt(at, facts.timeZone) : at);

type Judging = {
  readonly facts: FactsAt;
  readonly question: Question;
  readonly obligations: Obligation[];
  readonly excluded: Map<string, string[]>;
};

const askedFor = ({ unit, among }: Question, owing: string): boolean =>
  (unit === undefined || unit === owing) && (among === undefined || among(owing));

const exclude = ({ excluded }: Judging, { unresolved }: Carriers, task: string): void => {
  for (const party of unresolved) {
    const tasks = excluded.get(party) ?? [];
    if (!tasks.includes(task)) tasks.push(task);
    excluded.set(party, tasks);
  }
};

/** Who owes what is due on a day, by the changes of hands received before it fell due. */
const owing = (
  judging: Judging,
  task: TaskFacts,
  { day, end }: { readonly day: string; readonly end: number },
  roles: readonly AssigneeRole[],
): readonly string[] => {
  const carriers = carriersOn(task.assignments, day, judging.facts, roles, end);
  exclude(judging, carriers, task.id);
  return [...carriers.units.keys()].filter((unit) => askedFor(judging.question, unit));
};

const nameOf = ({ facts }: Judging, unit: string): string => nameOn(facts, unit, facts.moment.day());

const judgePeriod = (judging: Judging, scheduled: Scheduled): void => {
  const { policy, duty, due } = scheduled;
  const { facts } = judging;
  const term = { day: due.day, end: due.end, timeZone: policy.timeZone };
  for (const task of facts.tasks) {
    if (!covers(duty, { id: task.id, theme: themeOn(task, due) }) || (policy.completed === 'release' && wasCompletedBefore(task, due.end)))
      continue;
    for (const unit of owing(judging, task, term, duty.who[task.kind])) {
      const { state, receipt } = settledBy(facts, task, scheduled, unit);
      const { from, to } = due.disputed;
      judging.obligations.push({
        unit,
        name: nameOf(judging, unit),
        task: task.id,
        taskKind: task.kind,
        period: due.period,
        kind: due.kind,
        due: due.text,
        dueRule: due.rule,
        receivedAt: receipt === undefined ? null : millisText(receipt.receivedAt),
        state,
        daysLate: daysLateOf(state, term, receipt?.receivedAt, facts.moment),
        onTheDay: receipt !== undefined && from <= receipt.receivedAt && receipt.receivedAt < to,
        report: receipt?.report ?? null,
        policy: policy.version,
      });
    }
  }
};

/** Whether days fall into a period. */
const within = (period: Period | undefined): ((day: string) => boolean) => {
  if (period === undefined) return () => true;
  const [first, last] = [periodStart(period).toString(), closingDay(period)];
  return (day) => first <= day && day <= last;
};

const judgeDeadlines = (judging: Judging): void => {
  const { facts, question } = judging;
  const dueRule = `the task's own deadline, inclusive to 24:00 ${facts.timeZone}`;
  const isAsked = within(question.period);
  for (const task of facts.tasks) {
    const judged = judgeDeadline(task, facts);
    if (judged === undefined || !isAsked(judged.deadline)) continue;
    const { deadline, end, due, receivedAt, state, daysLate, onTheDay, policy } = judged;
    for (const unit of owing(judging, task, { day: deadline, end }, ANSWERABLE))
      judging.obligations.push({
        unit,
        name: nameOf(judging, unit),
        task: task.id,
        taskKind: task.kind,
        period: deadline.slice(0, 'YYYY-MM'.length),
        kind: DEADLINE,
        due,
        dueRule,
        receivedAt: receivedAt === undefined ? null : millisText(receivedAt),
        state,
        daysLate,
        onTheDay,
        report: null,
        policy,
      });
  }
};

/** Every obligation that the question asks for, by due instant, then in the order of tasks and of their assignees; deadlines last. */
export function* judgeInPieces(facts: Facts, question: Question): Pieces<Judgement> {
  const { kinds, period } = question;
  const judging: Judging = { facts: factsFor(facts, question.at), question, obligations: [], excluded: new Map() };
  const isAsked = (kind: string): boolean => kinds === undefined || kinds.includes(kind);
  yield;
  for (const scheduled of schedule(facts.policies, judging.facts.moment))
    if (isAsked(scheduled.due.kind) && (period === undefined || period === scheduled.due.period)) {
      judgePeriod(judging, scheduled);
      yield;
    }
  if (isAsked(DEADLINE)) judgeDeadlines(judging);
  const excluded = [...judging.excluded].map(([party, tasks]) => ({ party, name: facts.collectives.get(party)?.name ?? party, tasks }));
  return { obligations: judging.obligations, excluded };
}

export const judge = (facts: Facts, question: Question): Judgement => atOnce(judgeInPieces(facts, question));
