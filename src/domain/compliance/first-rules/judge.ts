import { civilDay, civilDayOf, daysAfter } from '../../../kernel/civil-days.ts';
import { millisText } from '../../../kernel/clock.ts';
import type { Period } from '../../../kernel/periods.ts';
import type { AssigneeRole } from '../../directives/duty.ts';
import type { Due } from '../../directives/due.ts';
import { UNSAID, type Policy } from '../../directives/events.ts';
import { successorOn } from '../../roster/state.ts';
import { carriersOn } from '../../tasks/assignment.ts';
import { nameOn, type Facts, type TaskFacts } from '../facts.ts';
import type { Excluded, Judgement } from '../judge.ts';
import { DEADLINE, type Obligation, type ObligationState } from '../obligation.ts';
import { policyOn, schedule } from './schedule.ts';

/**
 * The judge as it was before docs/judging.md, version 1: it judged the end of a civil day, and cut neither changes of
 * hands nor rosters nor policies by their receipt. It stands so that what was published under it can be computed again,
 * byte for byte. It judges nothing new and is not to be changed.
 */

type Day = { readonly on: string; readonly end: number };
type Term = Pick<Due, 'day' | 'end' | 'disputed'> & { readonly timeZone: string };
type Receipt = { readonly at: number; readonly report: string | null };
type Verdict = Pick<Obligation, 'state' | 'daysLate' | 'onTheDay'>;

const verdict = (due: Term, receipt: Receipt | undefined, day: Day): Verdict => {
  if (receipt === undefined) {
    if (due.end > day.end) return { state: 'not-yet-due', daysLate: 0, onTheDay: false };
    return { state: 'missing', daysLate: daysAfter(due.day, day.on), onTheDay: false };
  }
  const onTheDay = due.disputed.from <= receipt.at && receipt.at < due.disputed.to;
  if (receipt.at < due.end) return { state: 'on-time', daysLate: 0, onTheDay };
  return { state: 'late', daysLate: daysAfter(due.day, civilDayOf(receipt.at, due.timeZone).date), onTheDay };
};

type Pause = { readonly from: number; readonly to: number | null };

/** Each beginning ended the pause before it, as each end did. */
const pausesOf = ({ pauses }: TaskFacts): readonly Pause[] =>
  pauses.reduce<readonly Pause[]>((spans, { begins, receivedAt }) => {
    const ended = spans.map((span) => (span.to === null ? { ...span, to: receivedAt } : span));
    return begins ? [...ended, { from: receivedAt, to: null }] : ended;
  }, []);

const isWaived = (task: TaskFacts, instant: number, { end }: Day): boolean =>
  pausesOf(task).some(({ from, to }) => from < end && from < instant && (to === null || to >= end || to > instant));

/** What settles a unit's report: its own, or that of a unit which had filed it before it was merged into this one. */
const receiptFor = (facts: Facts, { decides }: Policy, due: Due, task: string, unit: string, { end }: Day): Receipt | undefined => {
  const filed = (facts.reports.get(task) ?? []).filter(({ period }) => period === due.period);
  const receipts = (filer: string): readonly Receipt[] =>
    filed
      .filter((report) => report.unit === filer)
      .flatMap(({ id, submissions }) =>
        submissions
          .filter(
            ({ receivedAt, acceptedAt }) =>
              receivedAt < end && (decides === 'first-submission' || (acceptedAt !== null && acceptedAt < end)),
          )
          .map(({ receivedAt }) => ({ at: receivedAt, report: id })),
      );
  const taken = [...facts.units].flatMap(([other, { mergedInto }]) =>
    mergedInto !== null && successorOn(facts.units, other, due.day) === unit ? [other] : [],
  );
  return [unit, ...taken]
    .flatMap(receipts)
    .reduce<Receipt | undefined>((first, each) => (first === undefined || each.at < first.at ? each : first), undefined);
};

const lateExtensionsOn = (policies: readonly Policy[], deadline: string): Policy['lateExtensions'] =>
  policyOn(policies, deadline)?.lateExtensions ?? UNSAID.lateExtensions;

const bindingDeadline = ({ originalDeadline, deadlines }: TaskFacts, { policies, timeZone }: Facts, day: Day): string | null => {
  let deadline = originalDeadline;
  for (const { until, receivedAt } of deadlines) {
    if (deadline === null || receivedAt >= day.end) continue;
    if (receivedAt < civilDay(deadline, timeZone).end || lateExtensionsOn(policies, deadline) === 'count') deadline = until;
  }
  return deadline;
};

type DeadlineVerdict = Verdict & { readonly deadline: string; readonly due: string; readonly claimedAt: number | undefined };

const judgeDeadline = (task: TaskFacts, facts: Facts, day: Day): DeadlineVerdict | undefined => {
  const deadline = bindingDeadline(task, facts, day);
  if (deadline === null) return undefined;
  const wholeDay = (on: string): Term => {
    const { from, end } = civilDay(on, facts.timeZone);
    return { day: on, end, disputed: { from, to: end }, timeZone: facts.timeZone };
  };
  const completion = task.completions.findLast(
    ({ verifiedAt, reopenedAt }) => verifiedAt < day.end && (reopenedAt === null || reopenedAt >= day.end),
  );
  const receipt = completion && { at: completion.claimedAt, report: null };
  const judged = verdict(wholeDay(deadline), receipt, day);
  const extended = task.deadlines.findLast(({ receivedAt }) => receivedAt < day.end)?.until ?? task.originalDeadline;
  const isExcused =
    (judged.state === 'late' || judged.state === 'missing') &&
    extended !== null &&
    extended !== deadline &&
    lateExtensionsOn(facts.policies, deadline) === 'excuse' &&
    verdict(wholeDay(extended), receipt, day).state !== judged.state;
  const { end, endText: due } = civilDay(deadline, facts.timeZone);
  const state: ObligationState = isWaived(task, end, day) ? 'waived' : isExcused ? 'excused' : judged.state;
  return { deadline, due, claimedAt: receipt?.at, ...judged, state };
};

/** Everything that was owed on a day, or what of it falls into a period. */
export const judgeByFirstRules = (facts: Facts, { on, period }: { readonly on: string; readonly period: Period | null }): Judgement => {
  const day: Day = { on, end: civilDay(on, facts.timeZone).end };
  const obligations: Obligation[] = [];
  const excluded = new Map<string, string[]>();

  const owing = (task: TaskFacts, due: string, roles: readonly AssigneeRole[]): readonly string[] => {
    const { units, unresolved } = carriersOn(task.assignments, due, facts, roles);
    for (const party of unresolved) {
      const tasks = excluded.get(party) ?? [];
      if (!tasks.includes(task.id)) tasks.push(task.id);
      excluded.set(party, tasks);
    }
    return [...units.keys()];
  };

  for (const { policy, due } of schedule(facts.policies)) {
    if (period !== null && period !== due.period) continue;
    for (const task of facts.tasks) {
      const who = policy.duties.find(({ id }) => id === due.kind)?.who[task.kind] ?? [];
      for (const unit of owing(task, due.day, who)) {
        const receipt = receiptFor(facts, policy, due, task.id, unit, day);
        const judged = verdict({ ...due, timeZone: policy.timeZone }, receipt, day);
        obligations.push({
          unit,
          name: nameOn(facts, unit, on),
          task: task.id,
          taskKind: task.kind,
          period: due.period,
          kind: due.kind,
          due: due.text,
          dueRule: due.rule,
          receivedAt: receipt === undefined ? null : millisText(receipt.at),
          ...judged,
          state: isWaived(task, due.end, day) ? 'waived' : judged.state,
          report: receipt?.report ?? null,
          policy: policy.version,
        });
      }
    }
  }

  for (const task of facts.tasks) {
    const judged = judgeDeadline(task, facts, day);
    if (judged === undefined || (period !== null && !judged.deadline.startsWith(period))) continue;
    const { deadline, due, claimedAt, ...verdictOf } = judged;
    for (const unit of owing(task, deadline, ['lead', 'responsible']))
      obligations.push({
        unit,
        name: nameOn(facts, unit, on),
        task: task.id,
        taskKind: task.kind,
        period: deadline.slice(0, 'YYYY-MM'.length),
        kind: DEADLINE,
        due,
        dueRule: `the task's own deadline, inclusive to 24:00 ${facts.timeZone}`,
        receivedAt: claimedAt === undefined ? null : millisText(claimedAt),
        ...verdictOf,
        report: null,
        policy: policyOn(facts.policies, deadline)?.version ?? null,
      });
  }
  const named: readonly Excluded[] = [...excluded].map(([party, tasks]) => ({
    party,
    name: facts.collectives.get(party)?.name ?? party,
    tasks,
  }));
  return { obligations, excluded: named };
};
