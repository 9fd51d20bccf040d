import { unreachable } from '../../kernel/decider.ts';
import { ownValue } from '../../kernel/own-value.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { Assignment } from './assignment.ts';
import { statusAfter } from './effects.ts';
import { leadersOf, postsOf, type Leaders } from './leaders.ts';
import type { DeadlineTerms, Printed, ReportBody, TaskEvent, TaskKind } from './events.ts';
import { printedAfter, printedOf } from './printed.ts';
import { withReceipt, type Receipts } from './receipts.ts';
import type { WithStatus } from './status.ts';

/** A task's state as its events make it. Plain JSON values only, so that history can show what each event changed. */

export type Report = {
  readonly unit: string;
  readonly period: string;
  readonly duty?: string;
  readonly state: 'submitted' | 'amended' | 'returned' | 'accepted';
  readonly body: ReportBody;
};
export type Plan = { readonly unit: string; readonly state: 'submitted' | 'returned' | 'accepted' };
export type Extension = { readonly unit: string; readonly until: string; readonly state: 'requested' | 'granted' | 'refused' };
export type Claim = { readonly unit: string; readonly state: 'claimed' | 'verified' | 'rejected' };

export type Task = WithStatus & {
  readonly directive: string;
  readonly kind: TaskKind;
  readonly number: Printed['number'];
  readonly title: string;
  readonly text: string;
  readonly theme: Printed['theme'];
  readonly group: Printed['group'];
  readonly measurements: Printed['measurements'];
  readonly assignments: readonly Assignment[];
  readonly leaders: Leaders['leaders'];
  readonly leaderPosts?: Leaders['leaderPosts'];
  readonly deadline: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
  readonly originalDeadline: string | null;
  /** The first day of the last amendment. */
  readonly amendedFrom?: string;
  readonly acknowledgedBy: readonly string[];
  /** Numbered from 1: entry n − 1. */
  readonly plans: readonly Plan[];
  /** Titles of the milestones of its plans. */
  readonly planned: readonly string[];
  readonly extensions: readonly Extension[];
  readonly claims: readonly Claim[];
  readonly reports: Readonly<Record<string, Report>>;
  readonly receipts: Receipts;
};

/** A task that was never assigned. */
export type TaskState = Task | null;

const numbered = <Item>(items: readonly Item[], n: number, change: (item: Item) => Item): readonly Item[] =>
  items.map((item, index) => (index === n - 1 ? change(item) : item));

/** A report by its id, whatever else an object may be asked for by that name. */
export const reportIn = ({ reports }: Pick<Task, 'reports'>, id: string): Report | undefined => ownValue(reports, id);

const withReport = (task: Task, id: string, change: (report: Report) => Report): Task => {
  const report = reportIn(task, id);
  if (report === undefined) throw new Error(`no report ${id} was submitted`);
  return { ...task, reports: { ...task.reports, [id]: change(report) } };
};

export const evolveTask = (before: TaskState, event: TaskEvent, receivedAt: number): Task => {
  if (event.type === 'TaskAssigned') {
    const { directive, kind, number, title, text, theme, group, measurements } = event.data;
    const { assignees, deadline, deadlineTerms, effectiveFrom } = event.data;
    return {
      directive,
      kind,
      number,
      title,
      text,
      theme,
      group,
      measurements,
      ...statusAfter(null, event),
      assignments: [{ effectiveFrom, assignees, receivedAt }],
      ...leadersOf(postsOf(event.data)),
      deadline,
      ...(deadlineTerms && { deadlineTerms }),
      originalDeadline: deadline,
      acknowledgedBy: [],
      plans: [],
      planned: [],
      extensions: [],
      claims: [],
      reports: {},
      receipts: withReceipt({}, event, receivedAt),
    };
  }
  if (before === null) throw new Error(`${event.type} before TaskAssigned`);
  const task: Task = { ...before, ...statusAfter(before, event), receipts: withReceipt(before.receipts, event, receivedAt) };
  switch (event.type) {
    case 'AssignmentAcknowledged':
      return { ...task, acknowledgedBy: [...task.acknowledgedBy, event.data.unit] };
    case 'PlanSubmitted':
      return {
        ...task,
        plans: [...task.plans, { unit: event.data.unit, state: 'submitted' }],
        planned: [...task.planned, ...event.data.milestones.map(({ title }) => title)],
      };
    case 'PlanReturned':
      return { ...task, plans: numbered(task.plans, event.data.n, (plan) => ({ ...plan, state: 'returned' })) };
    case 'PlanAccepted':
      return { ...task, plans: numbered(task.plans, event.data.n, (plan) => ({ ...plan, state: 'accepted' })) };
    case 'ReportSubmitted': {
      const { report, unit, period, duty, ...body } = event.data;
      return {
        ...task,
        reports: { ...task.reports, [report]: { unit, period, ...(duty && { duty }), state: 'submitted', body } },
      };
    }
    case 'ReportAmended': {
      const { report: id, changes } = event.data;
      // The cast: changed fields are never undefined, for JSON has no such value.
      return withReport(task, id, (report) => ({ ...report, state: 'amended', body: { ...report.body, ...changes } as ReportBody }));
    }
    case 'ReportReturned':
      return withReport(task, event.data.report, (report) => ({ ...report, state: 'returned' }));
    case 'ReportAccepted':
      return withReport(task, event.data.report, (report) => ({ ...report, state: 'accepted' }));
    case 'TaskReassigned': {
      const { to, effectiveFrom } = event.data;
      return { ...task, assignments: [...task.assignments, { effectiveFrom, assignees: to, receivedAt }] };
    }
    case 'LeaderChanged': {
      const { leaderPosts: _, ...rest } = task;
      const { to, posts } = event.data;
      return { ...rest, ...leadersOf(postsOf({ leaders: to, leaderPosts: posts?.to })) };
    }
    case 'TaskAmended': {
      const { deadlineTerms, ...amended } = printedAfter(printedOf(task), event.data.to);
      const { deadlineTerms: _, ...rest } = task;
      return { ...rest, ...amended, ...(deadlineTerms && { deadlineTerms }), amendedFrom: event.data.effectiveFrom };
    }
    case 'ExtensionRequested': {
      const { unit, until } = event.data;
      return { ...task, extensions: [...task.extensions, { unit, until, state: 'requested' }] };
    }
    case 'ExtensionGranted': {
      const { n, until } = event.data;
      return {
        ...task,
        deadline: until,
        extensions: numbered(task.extensions, n, (extension) => ({ ...extension, until, state: 'granted' })),
      };
    }
    case 'ExtensionRefused':
      return { ...task, extensions: numbered(task.extensions, event.data.n, (extension) => ({ ...extension, state: 'refused' })) };
    case 'CompletionClaimed':
      return { ...task, claims: [...task.claims, { unit: event.data.unit, state: 'claimed' }] };
    case 'CompletionVerified':
      return { ...task, claims: numbered(task.claims, event.data.n, (claim) => ({ ...claim, state: 'verified' })) };
    case 'CompletionRejected':
      return { ...task, claims: numbered(task.claims, event.data.n, (claim) => ({ ...claim, state: 'rejected' })) };
    case 'TaskResumed':
    case 'TaskReopened':
      return { ...task, deadline: event.data.deadline ?? task.deadline };
    case 'ReminderSent':
    case 'TaskSuspended':
    case 'TaskCancelled':
      return task; // nothing but the status, if that
    default:
      return unreachable(event);
  }
};

export const taskStream = streamsNamed('task-');

export const taskFolding = { initial: null as TaskState, evolve: evolveTask };
