import { json, type Recorded, type RowOf, type Rows, type Tables } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { receiptOf } from './receipt.ts';
import { unseen, viewOf } from './view.ts';
import {
  assignedFacts,
  changesTaskFacts,
  evolveReportFacts,
  evolveTaskFacts,
  submittedFacts,
} from '../src/domain/compliance/evolve-facts.ts';
import type { ReportFacts, TaskFacts } from '../src/domain/compliance/facts.ts';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import { statusAfter, TASK_EFFECTS } from '../src/domain/tasks/effects.ts';
import { isTaskEvent, type Assignee, type DeadlineTerms, type TaskEvent } from '../src/domain/tasks/events.ts';
import { leadersOf, postsOf, type Leaders } from '../src/domain/tasks/leaders.ts';
import { taskStream } from '../src/domain/tasks/state.ts';
import { stays, type WithStatus } from '../src/domain/tasks/status.ts';

/** What changes rarely about a task; its reports stand in rows of their own. */
export type TaskDoc = {
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
  readonly parent: string | null;
  readonly leaders: Leaders['leaders'];
  readonly leaderPosts?: Leaders['leaderPosts'];
  readonly deadline: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
  readonly acknowledgedBy: readonly string[];
  readonly facts: TaskFacts;
};

/** Status stands in narrow rows: nearly every report reads it, and few change it. */
export type StatusDoc = WithStatus & { readonly directive: string };

type ReportState = 'submitted' | 'amended' | 'returned' | 'accepted';

const tables = {
  task: {
    kind: 'versioned',
    key: ['task'],
    columns: { task: 'text', directive: 'text', kind: 'text', parent: 'text?', doc: json<TaskDoc>() },
    listedBy: [[], ['directive'], ['parent']],
  },
  status: { kind: 'versioned', key: ['task'], columns: { task: 'text', doc: json<StatusDoc>() }, listedBy: [[]] },
  assignee: {
    kind: 'versioned',
    key: ['task', 'party'],
    columns: { task: 'text', party: 'text' },
    listedBy: [['party']],
  },
  report: {
    kind: 'versioned',
    key: ['task', 'report'],
    columns: {
      task: 'text',
      report: 'text',
      unit: 'text',
      directive: 'text',
      period: 'text',
      submitted: 'integer',
      percent: 'integer?',
      status: 'text',
      state: json<ReportState>(),
      returned: 'integer',
      submissions: json<ReportFacts['submissions']>(),
    },
    listedBy: [['task'], ['directive', 'period']],
  },
} as const satisfies Tables;

type TaskRows = Rows<typeof tables>;
/** One report, in small: its text stays in the log. `submitted` is its submission's position, `returned` how often it was sent back. */
export type ReportRow = RowOf<(typeof tables)['report']>;

type TaskRecorded = Recorded<TaskEvent>;
type Of<Type extends TaskEvent['type']> = Recorded<Extract<TaskEvent, { type: Type }>>;

const taskOf = ({ stream }: { readonly stream: string }): string => taskStream.idOf(stream);

const received = <Event extends TaskRecorded>(event: Event): { readonly event: Event; readonly receivedAt: number } => ({
  event,
  receivedAt: receiptOf(event),
});

const changeDoc = (event: TaskRecorded, rows: TaskRows, change: (doc: TaskDoc) => TaskDoc): void => {
  const task = taskOf(event);
  const doc = change(known(rows.get('task', { task }), event).doc);
  rows.put('task', { task, directive: doc.facts.directive, kind: doc.facts.kind, parent: doc.parent, doc });
};

const statusOf = (event: TaskRecorded, rows: TaskRows): StatusDoc => known(rows.get('status', { task: taskOf(event) }), event).doc;

/** What every event of a task does by the table of effects, beside what its handler shows of it. */
const follow = (event: Recorded<DubanEvent>, rows: TaskRows): void => {
  if (!isTaskEvent(event)) return;
  if (changesTaskFacts(event)) changeDoc(event, rows, (doc) => ({ ...doc, facts: evolveTaskFacts(doc.facts, received(event)) }));
  if (TASK_EFFECTS[event.type].status === stays) return;
  const before = statusOf(event, rows);
  const after = statusAfter(before, event);
  if (after.status !== before.status || after.suspendedFrom !== before.suspendedFrom)
    rows.put('status', { task: taskOf(event), doc: { directive: before.directive, ...after } });
};

/** Everyone to whom it was ever given, kept after a reassignment: who once carried a task may still read it. */
const noteParties = (event: TaskRecorded, rows: TaskRows, assignees: readonly Assignee[]): void => {
  for (const { party } of assignees) rows.put('assignee', { task: taskOf(event), party });
};

const setDeadline = (event: TaskRecorded, rows: TaskRows, deadline: string | undefined): void => {
  if (deadline !== undefined) changeDoc(event, rows, (doc) => ({ ...doc, deadline }));
};

const reportOf = (event: Of<'ReportAmended' | 'ReportReturned' | 'ReportAccepted'>, rows: TaskRows): ReportRow =>
  known(rows.get('report', { task: taskOf(event), report: event.data.report }), event);

const factsOf = ({ report, task, unit, period, submissions }: ReportRow): ReportFacts => ({ id: report, task, unit, period, submissions });

export const tasks = viewOf<TaskEvent>()({
  name: 'tasks',
  version: 4,
  tables,
  on: {
    TaskAssigned: (event, rows) => {
      const task = taskOf(event);
      const { directive, kind, number, title, text, sourceLine, theme, group, parent, deadline, deadlineTerms, assignees } = event.data;
      const doc: TaskDoc = {
        number,
        title,
        text,
        sourceLine,
        theme,
        group,
        parent,
        ...leadersOf(postsOf(event.data)),
        deadline,
        ...(deadlineTerms && { deadlineTerms }),
        acknowledgedBy: [],
        facts: assignedFacts(task, event),
      };
      rows.put('task', { task, directive, kind, parent, doc });
      rows.put('status', { task, doc: { directive, ...statusAfter(null, event) } });
      noteParties(event, rows, assignees);
    },
    AssignmentAcknowledged: (event, rows) => {
      changeDoc(event, rows, (doc) => ({ ...doc, acknowledgedBy: [...doc.acknowledgedBy, event.data.unit] }));
    },
    ReportSubmitted: (event, rows) => {
      const task = taskOf(event);
      const { report, unit, period, percent, status } = event.data;
      const { submissions } = submittedFacts(task, received(event));
      rows.put('report', {
        task,
        report,
        unit,
        directive: statusOf(event, rows).directive,
        period,
        submitted: event.position,
        percent: percent ?? null,
        status,
        state: 'submitted',
        returned: 0,
        submissions,
      });
    },
    ReportAmended: (event, rows) => {
      const row = reportOf(event, rows);
      const { changes } = event.data;
      const { submissions } = evolveReportFacts(factsOf(row), received(event));
      rows.put('report', {
        ...row,
        percent: changes.percent ?? row.percent,
        status: changes.status ?? row.status,
        state: 'amended',
        submissions,
      });
    },
    ReportReturned: (event, rows) => {
      const row = reportOf(event, rows);
      rows.put('report', { ...row, state: 'returned', returned: row.returned + 1 });
    },
    ReportAccepted: (event, rows) => {
      const row = reportOf(event, rows);
      rows.put('report', { ...row, state: 'accepted', submissions: evolveReportFacts(factsOf(row), received(event)).submissions });
    },
    TaskReassigned: (event, rows) => noteParties(event, rows, event.data.to),
    LeaderChanged: (event, rows) =>
      changeDoc(event, rows, ({ leaderPosts: _, ...doc }) => {
        const { to, posts } = event.data;
        return { ...doc, ...leadersOf(postsOf({ leaders: to, leaderPosts: posts?.to })) };
      }),
    ExtensionGranted: (event, rows) => setDeadline(event, rows, event.data.until),
    TaskResumed: (event, rows) => setDeadline(event, rows, event.data.deadline),
    TaskReopened: (event, rows) => setDeadline(event, rows, event.data.deadline),
    // Their facts and the status alone, and of the others what the task's own history shows.
    ...unseen('PlanSubmitted', 'PlanReturned', 'PlanAccepted', 'CompletionClaimed', 'CompletionVerified', 'CompletionRejected'),
    ...unseen('TaskSuspended', 'TaskCancelled', 'ExtensionRequested', 'ExtensionRefused', 'ReminderSent'),
  },
  onEvery: follow,
});
