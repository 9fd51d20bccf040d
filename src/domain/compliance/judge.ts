import { civilDate, type Period } from '../../kernel/calendar.ts';
import { millisText } from '../../kernel/clock.ts';
import { UNSAID, type Policy } from '../directives/events.ts';
import { carriersOn } from '../tasks/assignment.ts';
import { successorOn } from '../roster/state.ts';
import type { TaskKind } from '../tasks/events.ts';
import { civilDay } from '../directives/civil-days.ts';
import { nameOn, reportKey, type CompletionFact, type Facts, type ReportFacts, type TaskFacts } from './facts.ts';
import { daysAfter, policyOn, schedule, type Due } from '../directives/schedule.ts';

/**
 * The judging rules: from facts and a day, who owed what and whether it came in time. Pure. A change that gives
 * another answer for the same facts is a new version, so that what was published keeps its meaning.
 */
export const JUDGE_VERSION = 1;

export type ObligationKind = 'monthly' | 'annual' | 'deadline';
export type ObligationState = 'on-time' | 'late' | 'missing' | 'not-yet-due' | 'excused' | 'waived';

export type Obligation = {
  readonly unit: string;
  readonly name: string;
  readonly task: string;
  readonly taskKind: TaskKind;
  /** The report's period; for a deadline, its month. */
  readonly period: Period;
  readonly kind: ObligationKind;
  /** Exclusive end of what is in time, RFC 3339 in the zone's offset. */
  readonly due: string;
  readonly dueRule: string;
  /** RFC 3339 ms UTC of the receipt that decides; null where nothing had been received. */
  readonly receivedAt: string | null;
  readonly state: ObligationState;
  /** Civil days after the due day: of the receipt, or of the day judged where nothing came. */
  readonly daysLate: number;
  /** Received on the day itself: on time under the inclusive reading of 前, late under the exclusive one. */
  readonly onTheDay: boolean;
  readonly report: string | null;
  /** Version of the policy that judged; null where none was in force. */
  readonly policy: number | null;
};

export type Question = {
  /** The civil day judged. */
  readonly on: string;
  readonly kinds: readonly ObligationKind[];
  /** A month or a year. For deadlines, those that fall in it. */
  readonly period?: Period | undefined;
  readonly unit?: string | undefined;
  /** The units whose obligations may be told; all unless given. */
  readonly among?: ((unit: string) => boolean) | undefined;
};

/** A collective that owes something and whose members are not recorded for the day: named, not guessed. */
export type Excluded = { readonly party: string; readonly name: string; readonly tasks: readonly string[] };

export type Judgement = { readonly obligations: readonly Obligation[]; readonly excluded: readonly Excluded[] };

type Receipt = { readonly at: number; readonly report: string | null };

/** The receipt that decides timeliness among what had been received by the end of the day judged. */
const decisiveReceipt = (report: ReportFacts | undefined, decides: Policy['decides'], end: number): Receipt | undefined => {
  if (report === undefined) return undefined;
  let at = Infinity;
  for (const { receivedAt, acceptedAt } of report.submissions)
    if (receivedAt < end && (decides === 'first-submission' || (acceptedAt !== null && acceptedAt < end))) at = Math.min(at, receivedAt);
  return at === Infinity ? undefined : { at, report: report.id };
};

const earlier = (one: Receipt | undefined, other: Receipt | undefined): Receipt | undefined =>
  one === undefined || (other !== undefined && other.at < one.at) ? other : one;

const dateOf = (millis: number, timeZone: string): string => civilDate(Temporal.Instant.fromEpochMilliseconds(millis), timeZone).toString();

/** The due day is one of the zone of whoever set it, the day judged one of the office's. */
const verdict = (
  due: Pick<Due, 'day' | 'end' | 'disputed'> & { readonly timeZone: string },
  receipt: Receipt | undefined,
  day: { readonly on: string; readonly end: number },
): { readonly state: ObligationState; readonly daysLate: number; readonly onTheDay: boolean } => {
  if (receipt === undefined) {
    if (due.end > day.end) return { state: 'not-yet-due', daysLate: 0, onTheDay: false };
    return { state: 'missing', daysLate: daysAfter(due.day, day.on), onTheDay: false };
  }
  const onTheDay = due.disputed.from <= receipt.at && receipt.at < due.disputed.to;
  if (receipt.at < due.end) return { state: 'on-time', daysLate: 0, onTheDay };
  return { state: 'late', daysLate: daysAfter(due.day, dateOf(receipt.at, due.timeZone)), onTheDay };
};

/** Whether a task was suspended or cancelled at an instant, as known at the end of the day judged. */
export const pausedAt = (task: TaskFacts, instant: number, end: number): boolean =>
  task.pauses.some(({ from, to }) => from < end && from < instant && (to === null || to >= end || to > instant));

type Judging = {
  readonly facts: Facts;
  readonly question: Question;
  readonly day: { readonly on: string; readonly end: number; readonly timeZone: string };
  /** Units that were merged into another one. */
  readonly merged: readonly string[];
  readonly obligations: Obligation[];
  readonly excluded: Map<string, string[]>;
};

const askedFor = ({ unit, among }: Question, owing: string): boolean =>
  (unit === undefined || unit === owing) && (among === undefined || among(owing));

const exclude = (judging: Judging, parties: readonly string[], task: string): void => {
  for (const party of parties) {
    const tasks = judging.excluded.get(party) ?? [];
    if (!tasks.includes(task)) tasks.push(task);
    judging.excluded.set(party, tasks);
  }
};

/** What settles a unit's report: its own, or that of a unit which had filed it before it was merged into this one. */
const receiptFor = ({ facts, day, merged }: Judging, policy: Policy, due: Due, task: string, unit: string): Receipt | undefined => {
  const of = (filer: string): Receipt | undefined =>
    decisiveReceipt(facts.reports.get(reportKey(task, filer, due.period)), policy.decides, day.end);
  const own = of(unit);
  if (merged.length === 0) return own;
  return merged
    .filter((other) => successorOn(facts.units, other, due.day) === unit)
    .map(of)
    .reduce(earlier, own);
};

const judgePeriod = (judging: Judging, policy: Policy, due: Due): void => {
  const { facts, question, day, obligations } = judging;
  const inZone = { ...due, timeZone: policy.timeZone };
  for (const task of facts.tasks) {
    const { units, unresolved } = carriersOn(task.assignments, due.day, facts, policy.reporters[task.kind]);
    exclude(judging, unresolved, task.id);
    const waived = pausedAt(task, due.end, day.end);
    for (const unit of units.keys()) {
      if (!askedFor(question, unit)) continue;
      const receipt = receiptFor(judging, policy, due, task.id, unit);
      const judged = verdict(inZone, receipt, day);
      obligations.push({
        unit,
        name: nameOn(facts, unit, day.on),
        task: task.id,
        taskKind: task.kind,
        period: due.period,
        kind: due.kind,
        due: due.text,
        dueRule: due.rule,
        receivedAt: receipt === undefined ? null : millisText(receipt.at),
        ...judged,
        state: waived ? 'waived' : judged.state,
        report: receipt?.report ?? null,
        policy: due.policyVersion,
      });
    }
  }
};

/** Roles that answer for a task itself and its own deadline, whoever a policy says must report. */
export const ANSWERABLE = ['lead', 'responsible'] as const;

/** The deadline in force on a day: extensions granted, as received by its end. */
export const deadlineIn = (task: TaskFacts, end: number): string | null =>
  task.extensions.findLast(({ grantedAt }) => grantedAt < end)?.until ?? task.originalDeadline;

/** What a late extension does to a deadline, by the policy in force on its day. */
const lateExtensionsOn = (policies: readonly Policy[], deadline: string): Policy['lateExtensions'] =>
  policyOn(policies, deadline)?.lateExtensions ?? UNSAID.lateExtensions;

/** The deadline that judges: an extension counts if it was granted while the deadline before it ran, or if the policy counts late ones. */
const bindingDeadline = (task: TaskFacts, policies: readonly Policy[], end: number, timeZone: string): string | null => {
  let deadline = task.originalDeadline;
  for (const { until, grantedAt } of task.extensions) {
    if (deadline === null || grantedAt >= end) continue;
    const inTime = grantedAt < civilDay(deadline, timeZone).end;
    if (inTime || lateExtensionsOn(policies, deadline) === 'count') deadline = until;
  }
  return deadline;
};

/** The completion that stands at the end of the day judged. */
export const standingCompletion = (task: TaskFacts, end: number): CompletionFact | undefined =>
  task.completions.findLast(({ verifiedAt, reopenedAt }) => verifiedAt < end && (reopenedAt === null || reopenedAt >= end));

export type DeadlineVerdict = {
  readonly deadline: string;
  /** Exclusive end of what is in time, RFC 3339 in the zone's offset. */
  readonly due: string;
  readonly completedAt: number | undefined;
  readonly state: ObligationState;
  readonly daysLate: number;
  readonly onTheDay: boolean;
  readonly policy: number | null;
};

/** The last day of a deadline, in time under the inclusive reading only: 月底前 includes it (the notice's own row 9 against task 9). */
const wholeDay = (deadline: string, timeZone: string): Pick<Due, 'day' | 'end' | 'disputed'> & { readonly timeZone: string } => {
  const { from, end } = civilDay(deadline, timeZone);
  return { day: deadline, end, disputed: { from, to: end }, timeZone };
};

/**
 * A task against its own deadline. A verified completion is in time by the receipt of the claim that was
 * verified. What an extension granted after the deadline does is for the policy in force on that day to say: by
 * default it does not make the deadline kept; it excuses.
 */
export const judgeDeadline = (
  task: TaskFacts,
  policies: readonly Policy[],
  day: { readonly on: string; readonly end: number; readonly timeZone: string },
): DeadlineVerdict | undefined => {
  const deadline = bindingDeadline(task, policies, day.end, day.timeZone);
  if (deadline === null) return undefined;
  const { timeZone } = day;
  const due = civilDay(deadline, timeZone);
  const completion = standingCompletion(task, day.end);
  const receipt = completion && { at: completion.claimedAt, report: null };
  const judged = verdict(wholeDay(deadline, timeZone), receipt, day);
  const extended = deadlineIn(task, day.end);
  const excused =
    (judged.state === 'late' || judged.state === 'missing') &&
    extended !== null &&
    extended !== deadline &&
    lateExtensionsOn(policies, deadline) === 'excuse' &&
    verdict(wholeDay(extended, timeZone), receipt, day).state !== judged.state;
  const state = pausedAt(task, due.end, day.end) ? 'waived' : excused ? 'excused' : judged.state;
  return { deadline, due: due.endText, completedAt: receipt?.at, ...judged, state, policy: policyOn(policies, deadline)?.version ?? null };
};

const judgeDeadlines = (judging: Judging): void => {
  const { facts, question, day, obligations } = judging;
  for (const task of facts.tasks) {
    const judged = judgeDeadline(task, facts.policies, day);
    if (judged === undefined) continue;
    const { deadline, due, completedAt, state, daysLate, onTheDay, policy } = judged;
    if (question.period !== undefined && !deadline.startsWith(question.period)) continue;
    const { units, unresolved } = carriersOn(task.assignments, deadline, facts, ANSWERABLE);
    exclude(judging, unresolved, task.id);
    for (const unit of units.keys()) {
      if (!askedFor(question, unit)) continue;
      obligations.push({
        unit,
        name: nameOn(facts, unit, day.on),
        task: task.id,
        taskKind: task.kind,
        period: deadline.slice(0, 7),
        kind: 'deadline',
        due,
        dueRule: `the task's own deadline, inclusive to 24:00 ${facts.timeZone}`,
        receivedAt: completedAt === undefined ? null : millisText(completedAt),
        state,
        daysLate,
        onTheDay,
        report: null,
        policy,
      });
    }
  }
};

/** The exclusive end of a civil day, epoch ms: only what had been received before it counts. */
export const dayJudged = (on: string, timeZone: string): { readonly on: string; readonly end: number; readonly timeZone: string } => ({
  on,
  end: civilDay(on, timeZone).end,
  timeZone,
});

const mergedUnits = new WeakMap<Facts['units'], readonly string[]>();

/** Units that were merged into another one: looked for once in each roster, which all tasks of a list share. */
const mergedIn = (units: Facts['units']): readonly string[] => {
  let merged = mergedUnits.get(units);
  if (merged === undefined)
    mergedUnits.set(units, (merged = [...units].flatMap(([unit, { mergedInto }]) => (mergedInto === null ? [] : [unit]))));
  return merged;
};

/** Every obligation that the question asks for, by period, then in the order of tasks and of their assignees. */
export const judge = (facts: Facts, question: Question): Judgement => {
  const judging: Judging = {
    facts,
    question,
    day: dayJudged(question.on, facts.timeZone),
    merged: mergedIn(facts.units),
    obligations: [],
    excluded: new Map(),
  };
  for (const { policy, due } of schedule(facts.policies))
    if (question.kinds.includes(due.kind) && (question.period === undefined || question.period === due.period))
      judgePeriod(judging, policy, due);
  if (question.kinds.includes('deadline')) judgeDeadlines(judging);
  const excluded = [...judging.excluded].map(([party, tasks]) => ({ party, name: facts.collectives.get(party)?.name ?? party, tasks }));
  return { obligations: judging.obligations, excluded };
};
