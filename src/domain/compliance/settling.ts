import type { Policy } from '../directives/events.ts';
import type { Scheduled } from '../directives/schedule.ts';
import { successorOn } from '../roster/state.ts';
import type { FactsAt } from './facts-at.ts';
import type { ReportFacts, SubmissionFact, TaskFacts } from './facts.ts';
import { isWaived } from './paused.ts';
import type { ObligationState } from './obligation.ts';

/** What settles a unit's report or plan, and what state that gives it (docs/judging.md, rule 5). */

/** A version of what settles a duty: its receipt, whether it was accepted or awaits the office, and the report it is of. */
type Version = { readonly receivedAt: number; readonly isAccepted: boolean; readonly isOpen: boolean; readonly report: string | null };

/** Sending back closes the versions before it too. */
const isClosed = (submissions: readonly SubmissionFact[], from: number): boolean =>
  submissions.some(({ returnedAt }, index) => index >= from && returnedAt !== null);

const versionsOf = ({ id, submissions }: ReportFacts): readonly Version[] =>
  submissions.map(({ receivedAt, acceptedAt }, index) => ({
    receivedAt,
    isAccepted: acceptedAt !== null,
    isOpen: acceptedAt === null && !isClosed(submissions, index),
    report: id,
  }));

/** Reports of a task by which a duty's period is settled, whoever filed them. */
export const settles = (
  { duty, due }: Pick<Scheduled, 'duty' | 'due'>,
  { period, duty: named }: Pick<ReportFacts, 'period' | 'duty'>,
): boolean => duty.asks !== 'plan' && period === due.period && (named === null || named === duty.id);

/** What a unit filed, or one that it stands for on the due day; its own first. */
const filed = (facts: FactsAt, task: TaskFacts, scheduled: Scheduled, unit: string): readonly Version[] => {
  const { duty, due } = scheduled;
  const own = <Item extends { readonly unit: string }>(items: readonly Item[]): readonly Item[] => [
    ...items.filter((item) => item.unit === unit),
    ...items.filter((item) => item.unit !== unit && successorOn(facts.units, item.unit, due.day) === unit),
  ];
  if (duty.asks === 'plan')
    return own(task.plans).map(({ submittedAt, acceptedAt, returnedAt }) => ({
      receivedAt: submittedAt,
      isAccepted: acceptedAt !== null,
      isOpen: acceptedAt === null && returnedAt === null,
      report: null,
    }));
  const reports = (facts.reports.get(task.id) ?? []).filter((report) => settles(scheduled, report));
  return own(reports).flatMap(versionsOf);
};

const earliest = (versions: readonly Version[]): Version | undefined =>
  versions.reduce<Version | undefined>(
    (first, version) => (first === undefined || version.receivedAt < first.receivedAt ? version : first),
    undefined,
  );

const decisive = (versions: readonly Version[], decides: Policy['decides']): Version | undefined =>
  earliest(decides === 'first-submission' ? versions : versions.filter(({ isAccepted }) => isAccepted));

export type Settled = { readonly state: ObligationState; readonly receipt: Version | undefined };

/** The state of what a unit owes, and the version that decides it or awaits the office. */
export const settledBy = (facts: FactsAt, task: TaskFacts, scheduled: Scheduled, unit: string): Settled => {
  const { policy, due } = scheduled;
  const versions = filed(facts, task, scheduled, unit);
  const deciding = decisive(versions, policy.decides);
  const open =
    deciding === undefined && policy.decides === 'first-accepted' ? earliest(versions.filter(({ isOpen }) => isOpen)) : undefined;
  const awaits = open !== undefined && open.receivedAt < due.end;
  const receipt = deciding ?? (awaits ? open : undefined);
  if (isWaived(task, due.end)) return { state: 'waived', receipt };
  if (deciding !== undefined) return { state: deciding.receivedAt < due.end ? 'on-time' : 'late', receipt };
  if (awaits) return { state: 'awaiting', receipt };
  return { state: facts.moment.reached(due.end) ? 'missing' : 'not-yet-due', receipt };
};
