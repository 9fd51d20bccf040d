import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { attachment, authority, date, decimal, id, line, period, reason } from '../../kernel/schema.ts';

/** Stream `task-<id>`: one accountable item's whole life. */

export const taskKind = z.enum(['target', 'task', 'item']);
export type TaskKind = z.infer<typeof taskKind>;

export const assignee = z.strictObject({
  role: z.enum(['lead', 'cooperating', 'responsible']),
  /** A unit's or a collective's id. */
  party: id,
  kind: z.enum(['unit', 'collective']),
});
export type Assignee = z.infer<typeof assignee>;

const comparator = z.enum(['gte', 'gt', 'lte', 'lt', 'eq', 'approx', 'qualitative']);

export const measurement = z.strictObject({
  metric: line(200),
  comparator,
  /** A decimal; null where the text gives no number. */
  target: decimal.nullable(),
  unit: line(40).nullable(),
});
export type Measurement = z.infer<typeof measurement>;

const leaders = z.array(line(60)).max(20);
const unit = id;

export const TaskAssigned = defineEvent(
  'TaskAssigned',
  1,
  z.strictObject({
    directive: id,
    kind: taskKind,
    number: z.int().min(1).nullable(),
    title: line(200),
    text: line(8000),
    /** 1-based line of the imported source; null where assigned by hand. */
    sourceLine: z.int().min(1).nullable(),
    theme: z.strictObject({ number: z.int().min(1), name: line(200) }).nullable(),
    group: z.strictObject({ number: line(20), name: line(200) }).nullable(),
    parent: id.nullable(),
    assignees: z.array(assignee).min(1).max(200),
    leaders,
    deadline: date.nullable(),
    measurements: z.array(measurement).max(50),
    effectiveFrom: date,
  }),
);

export const AssignmentAcknowledged = defineEvent('AssignmentAcknowledged', 1, z.strictObject({ unit }));

export const milestone = z.strictObject({ title: line(200), due: date });

export const PlanSubmitted = defineEvent(
  'PlanSubmitted',
  1,
  z.strictObject({ n: z.int().min(1), unit, milestones: z.array(milestone).min(1).max(100), leader: line(60), measures: line(8000) }),
);
export const PlanReturned = defineEvent('PlanReturned', 1, z.strictObject({ n: z.int().min(1), unit, reason }));
export const PlanAccepted = defineEvent('PlanAccepted', 1, z.strictObject({ n: z.int().min(1), unit }));

/** What a report says; a decimal measurement value is kept as text. */
export const reportBody = z.strictObject({
  status: z.enum(['ahead', 'on-track', 'behind', 'done']),
  percent: z.int().min(0).max(100).optional(),
  narrative: line(20_000),
  measurements: z
    .array(z.strictObject({ metric: line(200), value: decimal }))
    .max(50)
    .optional(),
  attachments: z.array(attachment).max(50).optional(),
});
export type ReportBody = z.infer<typeof reportBody>;

const reportRef = { report: id, unit, period };

export const ReportSubmitted = defineEvent('ReportSubmitted', 1, z.strictObject({ ...reportRef, ...reportBody.shape }));
/** Only the changed fields. */
export const ReportAmended = defineEvent('ReportAmended', 1, z.strictObject({ ...reportRef, changes: reportBody.partial(), reason }));
export const ReportReturned = defineEvent('ReportReturned', 1, z.strictObject({ ...reportRef, reason }));
export const ReportAccepted = defineEvent('ReportAccepted', 1, z.strictObject(reportRef));

export const TaskReassigned = defineEvent(
  'TaskReassigned',
  1,
  z.strictObject({
    from: z.array(assignee),
    to: z.array(assignee).min(1).max(200),
    reason,
    authority,
    effectiveFrom: date,
  }),
);
export const LeaderChanged = defineEvent('LeaderChanged', 1, z.strictObject({ from: leaders, to: leaders, reason, authority }));

export const ExtensionRequested = defineEvent(
  'ExtensionRequested',
  1,
  z.strictObject({ n: z.int().min(1), unit, until: date, reason, deadline: date }),
);
export const ExtensionGranted = defineEvent(
  'ExtensionGranted',
  1,
  z.strictObject({ n: z.int().min(1), from: date, until: date, reason, authority }),
);
export const ExtensionRefused = defineEvent('ExtensionRefused', 1, z.strictObject({ n: z.int().min(1), reason, authority }));

export const ReminderSent = defineEvent(
  'ReminderSent',
  1,
  z.strictObject({ unit, period, channel: line(60), text: line(2000).nullable() }),
);

export const CompletionClaimed = defineEvent(
  'CompletionClaimed',
  1,
  z.strictObject({ n: z.int().min(1), unit, evidence: line(8000), attachments: z.array(attachment).max(50).optional() }),
);
export const CompletionVerified = defineEvent('CompletionVerified', 1, z.strictObject({ n: z.int().min(1), unit, reason }));
export const CompletionRejected = defineEvent('CompletionRejected', 1, z.strictObject({ n: z.int().min(1), unit, reason }));

const authorised = z.strictObject({ reason, authority });
export const TaskSuspended = defineEvent('TaskSuspended', 1, authorised);
export const TaskResumed = defineEvent('TaskResumed', 1, authorised);
export const TaskCancelled = defineEvent('TaskCancelled', 1, authorised);
export const TaskReopened = defineEvent('TaskReopened', 1, authorised);

export const taskEvents = [
  TaskAssigned,
  AssignmentAcknowledged,
  PlanSubmitted,
  PlanReturned,
  PlanAccepted,
  ReportSubmitted,
  ReportAmended,
  ReportReturned,
  ReportAccepted,
  TaskReassigned,
  LeaderChanged,
  ExtensionRequested,
  ExtensionGranted,
  ExtensionRefused,
  ReminderSent,
  CompletionClaimed,
  CompletionVerified,
  CompletionRejected,
  TaskSuspended,
  TaskResumed,
  TaskCancelled,
  TaskReopened,
] as const;
export type TaskEvent = EventOf<(typeof taskEvents)[number]>;
