import { unreachable } from '../../kernel/decider.ts';
import type { TaskEvent } from './events.ts';

/**
 * When was received what a later act answers: a decision what it decides, an amendment the version before it, a
 * reopening what closed the task. No answer was received before it (docs/judging.md, "Order of acts").
 */

/** What can be answered: the assignment, what suspended or closed the task, a report, and what is counted by its number. */
export type Answerable = 'assignment' | 'suspension' | 'closing' | `report ${string}` | `${'plan' | 'extension' | 'claim'} ${number}`;

/** Epoch ms, of what was recorded last: of a report the newest version. */
export type Receipts = Readonly<Partial<Record<Answerable, number>>>;

const answerableIn = (event: TaskEvent): Answerable | null => {
  switch (event.type) {
    case 'TaskAssigned':
      return 'assignment';
    case 'PlanSubmitted':
      return `plan ${event.data.n}`;
    case 'ReportSubmitted':
    case 'ReportAmended':
      return `report ${event.data.report}`;
    case 'ExtensionRequested':
      return `extension ${event.data.n}`;
    case 'CompletionClaimed':
      return `claim ${event.data.n}`;
    case 'TaskSuspended':
      return 'suspension';
    case 'CompletionVerified':
    case 'TaskCancelled':
      return 'closing';
    case 'AssignmentAcknowledged':
    case 'PlanReturned':
    case 'PlanAccepted':
    case 'ReportReturned':
    case 'ReportAccepted':
    case 'TaskReassigned':
    case 'LeaderChanged':
    case 'TaskAmended':
    case 'ExtensionGranted':
    case 'ExtensionRefused':
    case 'ReminderSent':
    case 'CompletionRejected':
    case 'TaskResumed':
    case 'TaskReopened':
      return null;
    default:
      return unreachable(event);
  }
};

export const withReceipt = (receipts: Receipts, event: TaskEvent, receivedAt: number): Receipts => {
  const what = answerableIn(event);
  return what === null ? receipts : { ...receipts, [what]: receivedAt };
};
