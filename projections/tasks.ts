import { json, type Recorded, type RowOf, type Rows, type Tables } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { receiptOf } from './receipt.ts';
import { unseen, viewOf } from './view.ts';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import {
  assignedFacts,
  changesTaskFacts,
  evolveReportFacts,
  evolveTaskFacts,
  submittedFacts,
  type ReportChange,
} from '../src/domain/compliance/evolve-facts.ts';
import type { ReportFacts, TaskFacts } from '../src/domain/compliance/facts.ts';
import { stepsAfter, TASK_EFFECTS, type StepFact } from '../src/domain/tasks/effects.ts';
import { isTaskEvent, type Assignee, type CitedSource, type DeadlineTerms, type TaskEvent } from '../src/domain/tasks/events.ts';
import { taskStream } from '../src/domain/tasks/state.ts';
import { stays } from '../src/domain/tasks/status.ts';

/** What changes rarely about a task; its reports stand in rows of their own. */
export type TaskDoc = {
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
  readonly parent: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
  readonly source?: CitedSource | undefined;
  readonly facts: TaskFacts;
};

/** What makes the status stands in narrow rows: nearly every report reads it, and few change it. */
export type StatusDoc = { readonly directive: string; readonly steps: readonly StepFact[] };

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
      duty: 'text?',
      submitted: 'integer',
      submissions: json<ReportFacts['submissions']>(),
    },
    listedBy: [['task'], ['directive', 'period']],
  },
} as const satisfies Tables;

type TaskRows = Rows<typeof tables>;
/** One report, in small: its text stays in the log. `submitted` is the position of the submission. */
export type ReportRow = RowOf<(typeof tables)['report']>;

type TaskRecorded = Recorded<TaskEvent>;

const taskOf = ({ stream }: { readonly stream: string }): string => taskStream.idOf(stream);

const received = <Event extends TaskRecorded>(event: Event): { readonly event: Event; readonly receivedAt: number } => ({
  event,
  receivedAt: receiptOf(event),
});

const statusOf = (event: TaskRecorded, rows: TaskRows): StatusDoc => known(rows.get('status', { task: taskOf(event) }), event).doc;

/** What every event of a task does by the table of effects, beside what its handler shows of it. */
const follow = (event: Recorded<DubanEvent>, rows: TaskRows): void => {
  if (!isTaskEvent(event)) return;
  const task = taskOf(event);
  if (changesTaskFacts(event) && event.type !== 'TaskAssigned') {
    const { doc } = known(rows.get('task', { task }), event);
    const { kind, directive } = doc.facts;
    rows.put('task', { task, directive, kind, parent: doc.parent, doc: { ...doc, facts: evolveTaskFacts(doc.facts, received(event)) } });
  }
  if (TASK_EFFECTS[event.type].status === stays) return;
  const status = statusOf(event, rows);
  const steps = stepsAfter(status.steps, event, receiptOf(event));
  if (steps !== status.steps) rows.put('status', { task, doc: { ...status, steps } });
};

/** Everyone to whom it was ever given, kept after a reassignment: who once carried a task may still read it. */
const noteParties = (event: TaskRecorded, rows: TaskRows, assignees: readonly Assignee[]): void => {
  for (const { party } of assignees) rows.put('assignee', { task: taskOf(event), party });
};

export const factsOfReport = ({ report, task, unit, period, duty, submissions }: ReportRow): ReportFacts => ({
  id: report,
  task,
  unit,
  period,
  duty,
  submissions,
});

const evolveReport = (event: Recorded<ReportChange>, rows: TaskRows): void => {
  const row = known(rows.get('report', { task: taskOf(event), report: event.data.report }), event);
  rows.put('report', { ...row, submissions: evolveReportFacts(factsOfReport(row), received(event)).submissions });
};

export const tasks = viewOf<TaskEvent>()({
  name: 'tasks',
  version: 6,
  tables,
  on: {
    TaskAssigned: (event, rows) => {
      const task = taskOf(event);
      const { directive, kind, number, title, text, sourceLine, theme, group, parent, deadlineTerms, source, assignees } = event.data;
      const facts = assignedFacts(task, received(event));
      const said = { ...(deadlineTerms && { deadlineTerms }), ...(source && { source }) };
      rows.put('task', {
        task,
        directive,
        kind,
        parent,
        doc: { number, title, text, sourceLine, theme, group, parent, ...said, facts },
      });
      rows.put('status', { task, doc: { directive, steps: [] } });
      noteParties(event, rows, assignees);
    },
    ReportSubmitted: (event, rows) => {
      const { id: report, ...facts } = submittedFacts(taskOf(event), received(event));
      rows.put('report', { ...facts, report, directive: statusOf(event, rows).directive, submitted: event.position });
    },
    ReportAmended: evolveReport,
    ReportReturned: evolveReport,
    ReportAccepted: evolveReport,
    TaskReassigned: (event, rows) => noteParties(event, rows, event.data.to),
    // Their facts and the status alone.
    ...unseen('AssignmentAcknowledged', 'PlanSubmitted', 'PlanReturned', 'PlanAccepted', 'LeaderChanged', 'TaskAmended'),
    ...unseen('ExtensionRequested', 'ExtensionGranted', 'ExtensionRefused'),
    ...unseen('CompletionClaimed', 'CompletionVerified', 'CompletionRejected'),
    ...unseen('TaskSuspended', 'TaskResumed', 'TaskCancelled', 'TaskReopened'),
    // And of this what the task's own history shows.
    ...unseen('ReminderSent'),
  },
  onEvery: follow,
});
