import { instantMillis } from '../src/kernel/clock.ts';
import { defineProjection, json, type Recorded, type RowOf, type Rows, type Tables } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { assignedFacts, evolveReportFacts, evolveTaskFacts, submittedFacts } from '../src/domain/compliance/evolve-facts.ts';
import type { ReportFacts, TaskFacts } from '../src/domain/compliance/facts.ts';
import type { Assignee, TaskEvent } from '../src/domain/tasks/events.ts';
import { advance, signedFor, taskStream, underWay, type TaskStatus } from '../src/domain/tasks/state.ts';

/** What changes rarely about a task; its reports stand in rows of their own. */
export type TaskDoc = {
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
  readonly parent: string | null;
  readonly leaders: readonly string[];
  readonly deadline: string | null;
  readonly acknowledgedBy: readonly string[];
  readonly facts: TaskFacts;
};

/** Status stands in narrow rows: nearly every report reads it, and few change it. */
export type StatusDoc = { readonly directive: string; readonly status: TaskStatus; readonly suspendedFrom: TaskStatus | null };

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
/** One report, in small: its text stays in the log. `submitted` is the position of the submission, `returned` how often it was sent back. */
export type ReportRow = RowOf<(typeof tables)['report']>;

type TaskRecorded = Recorded<TaskEvent>;
type Of<Type extends TaskEvent['type']> = Recorded<Extract<TaskEvent, { type: Type }>>;

const taskOf = ({ stream }: { readonly stream: string }): string => taskStream.idOf(stream);

const received = <Event extends TaskRecorded>(event: Event): { readonly event: Event; readonly receivedAt: number } => ({
  event,
  receivedAt: instantMillis(event.receivedAt),
});

const docOf = (event: TaskRecorded, rows: TaskRows): TaskDoc => known(rows.get('task', { task: taskOf(event) }), event).doc;

const changeDoc = (event: TaskRecorded, rows: TaskRows, change: (doc: TaskDoc) => TaskDoc): void => {
  const task = taskOf(event);
  const doc = docOf(event, rows);
  const changed = change(doc);
  const { kind, directive } = changed.facts;
  rows.put('task', {
    task,
    directive,
    kind,
    parent: changed.parent,
    doc: { ...changed, facts: evolveTaskFacts(changed.facts, received(event)) },
  });
};

const statusOf = (event: TaskRecorded, rows: TaskRows): StatusDoc => known(rows.get('status', { task: taskOf(event) }), event).doc;

const setStatus = (event: TaskRecorded, rows: TaskRows, status: TaskStatus, suspendedFrom: TaskStatus | null = null): void =>
  rows.put('status', { task: taskOf(event), doc: { directive: statusOf(event, rows).directive, status, suspendedFrom } });

const advanceStatus = (event: TaskRecorded, rows: TaskRows, before: StatusDoc, step: (status: TaskStatus) => TaskStatus): void => {
  const after = advance(before, step);
  if (after.status !== before.status || after.suspendedFrom !== before.suspendedFrom)
    setStatus(event, rows, after.status, after.suspendedFrom);
};

/** Everyone to whom it was ever given, kept after a reassignment: who once carried a task may still read it. */
const noteParties = (event: TaskRecorded, rows: TaskRows, assignees: readonly Assignee[]): void => {
  for (const { party } of assignees) rows.put('assignee', { task: taskOf(event), party });
};

const reportOf = (event: Of<'ReportAmended' | 'ReportReturned' | 'ReportAccepted'>, rows: TaskRows): ReportRow =>
  known(rows.get('report', { task: taskOf(event), report: event.data.report }), event);

const factsOf = ({ report, task, unit, period, submissions }: ReportRow): ReportFacts => ({ id: report, task, unit, period, submissions });

export const tasks = defineProjection<TaskEvent>()({
  name: 'tasks',
  version: 4,
  tables,
  on: {
    TaskAssigned: (event, rows) => {
      const task = taskOf(event);
      const { directive, kind, number, title, text, sourceLine, theme, group, parent, leaders, deadline, assignees } = event.data;
      const doc: TaskDoc = {
        number,
        title,
        text,
        sourceLine,
        theme,
        group,
        parent,
        leaders,
        deadline,
        acknowledgedBy: [],
        facts: assignedFacts(task, event),
      };
      rows.put('task', { task, directive, kind, parent, doc });
      rows.put('status', { task, doc: { directive, status: 'assigned', suspendedFrom: null } });
      noteParties(event, rows, assignees);
    },
    AssignmentAcknowledged: (event, rows) => {
      changeDoc(event, rows, (doc) => ({ ...doc, acknowledgedBy: [...doc.acknowledgedBy, event.data.unit] }));
      advanceStatus(event, rows, statusOf(event, rows), signedFor);
    },
    PlanSubmitted: (event, rows) => changeDoc(event, rows, (doc) => doc),
    PlanReturned: (event, rows) => changeDoc(event, rows, (doc) => doc),
    PlanAccepted: (event, rows) => changeDoc(event, rows, (doc) => doc),
    ReportSubmitted: (event, rows) => {
      const task = taskOf(event);
      const { report, unit, period, percent, status } = event.data;
      const { submissions } = submittedFacts(task, received(event));
      const taskStatus = statusOf(event, rows);
      rows.put('report', {
        task,
        report,
        unit,
        directive: taskStatus.directive,
        period,
        submitted: event.position,
        percent: percent ?? null,
        status,
        state: 'submitted',
        returned: 0,
        submissions,
      });
      advanceStatus(event, rows, taskStatus, underWay);
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
    TaskReassigned: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      noteParties(event, rows, event.data.to);
    },
    LeaderChanged: (event, rows) => changeDoc(event, rows, (doc) => ({ ...doc, leaders: event.data.to })),
    ExtensionGranted: (event, rows) => changeDoc(event, rows, (doc) => ({ ...doc, deadline: event.data.until })),
    CompletionClaimed: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, 'claimed');
    },
    CompletionVerified: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, 'completed');
    },
    CompletionRejected: (event, rows) => setStatus(event, rows, 'in-progress'),
    TaskSuspended: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, 'suspended', statusOf(event, rows).status);
    },
    TaskResumed: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, statusOf(event, rows).suspendedFrom ?? 'in-progress');
    },
    TaskCancelled: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, 'cancelled');
    },
    TaskReopened: (event, rows) => {
      changeDoc(event, rows, (doc) => doc);
      setStatus(event, rows, 'in-progress');
    },
  },
});
