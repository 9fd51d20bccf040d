import type { Entry } from './entries.ts';

/** docs/judging.md, rule 9: what no log of this program holds. */

/** What an act follows from: the newest event of these types on the same thing. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  PlanReturned: ['PlanSubmitted'],
  PlanAccepted: ['PlanSubmitted'],
  ReportAmended: ['ReportSubmitted', 'ReportAmended'],
  ReportReturned: ['ReportSubmitted', 'ReportAmended'],
  ReportAccepted: ['ReportSubmitted', 'ReportAmended'],
  ExtensionGranted: ['ExtensionRequested'],
  ExtensionRefused: ['ExtensionRequested'],
  CompletionVerified: ['CompletionClaimed'],
  CompletionRejected: ['CompletionClaimed'],
  TaskResumed: ['TaskSuspended'],
  TaskReopened: ['CompletionVerified', 'TaskCancelled'],
};
const sameThing = (one: Entry, other: Entry): boolean =>
  one.stream === other.stream && one.data.n === other.data.n && one.data.report === other.data.report;

/** The first act that was received before what it follows from, or is dated before what it takes the place of. */
export const outOfOrder = (log: readonly Entry[]): string | undefined => {
  for (const [index, event] of log.entries()) {
    const before = log.slice(0, index);
    const pauses = event.type === 'TaskReopened' || event.type === 'TaskResumed';
    const cause = before.findLast(
      (other) => FOLLOWS[event.type]?.includes(other.type) === true && (pauses ? other.stream === event.stream : sameThing(other, event)),
    );
    if (cause !== undefined && event.receivedAt < cause.receivedAt)
      return `${event.type} @${event.position} was received before ${cause.type} @${cause.position}`;
    const assigned = before.find(({ type, stream }) => type === 'TaskAssigned' && stream === event.stream)?.data;
    for (const day of [event.data.deadline, event.data.until])
      if (assigned !== undefined && day != null && day < assigned.effectiveFrom)
        return `${event.type} @${event.position} names a day before the assignment holds`;
    const dated = before.findLast(
      (other) =>
        other.stream === event.stream && (other.type === event.type || (event.type === 'TaskReassigned' && other.type === 'TaskAssigned')),
    );
    if (
      ['TaskReassigned', 'PolicyAdopted', 'TaskAmended'].includes(event.type) &&
      dated !== undefined &&
      event.data.effectiveFrom < dated.data.effectiveFrom
    )
      return `${event.type} @${event.position} is dated before @${dated.position}`;
  }
  return undefined;
};
