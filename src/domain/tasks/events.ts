import { z } from 'zod';
import { committed } from '../../kernel/commitment.ts';
import { defineEvent, isOneOf, type EventOf } from '../../kernel/event.ts';
import { attachment, authority, date, decimal, id, line, period, reason, type ValueOf } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Stream `task-<id>`: one accountable item's whole life. What is said in each act stands once, in `taskActs`: the command,
 * the event that records it and the body of its request are made from there.
 */

export const taskKind = z.enum(['target', 'task', 'item']);
export type TaskKind = ValueOf<typeof taskKind>;

export const assignee = z.strictObject({
  role: z.enum(['lead', 'cooperating', 'responsible']),
  /** A unit's or a collective's id. */
  party: id,
  kind: z.enum(['unit', 'collective']),
});
export type Assignee = ValueOf<typeof assignee>;

const comparator = z.enum(['gte', 'gt', 'lte', 'lt', 'eq', 'approx', 'qualitative']);

export const measurement = z.strictObject({
  metric: line(200),
  comparator,
  /** A decimal; null where the text gives no number. */
  target: decimal.nullable(),
  unit: line(40).nullable(),
});
export type Measurement = ValueOf<typeof measurement>;

/** What is measured of a task, as it is recorded, or as a request says it. */
export const measurementsOf = <One extends z.ZodType>(one: One): z.ZodArray<One> => z.array(one).max(50);

/** What a report says of it: figures by what they measure. */
export const figuresOf = <Value extends z.ZodType>(value: Value) => measurementsOf(z.strictObject({ metric: line(200), value }));

/** What is to be reached by a civil day. */
export const milestone = z.strictObject({ title: line(200), due: date });
export type Milestone = ValueOf<typeof milestone>;

export const deadlineTerms = z.strictObject({
  /** The document's own words; empty where it has none. */
  printed: z.string().trim().max(300),
  kind: z.enum(['date', 'period', 'standing', 'continuous', 'immediate', 'recurring', 'none']),
  /** How exactly the words name a day: 年底前 names it to the year. */
  precision: z.enum(['day', 'ten-days', 'month', 'quarter', 'half-year', 'year']),
  /** Stages on the way. */
  milestones: z.array(milestone).max(100),
});
export type DeadlineTerms = ValueOf<typeof deadlineTerms>;

/** What a report says; a decimal measurement value is kept as text. */
export const reportBody = z.strictObject({
  status: z.enum(['ahead', 'on-track', 'behind', 'done']),
  percent: z.int().min(0).max(100).optional(),
  narrative: line(20_000),
  measurements: figuresOf(decimal).optional(),
  attachments: z.array(attachment).max(50).optional(),
  /** Titles of milestones of the task or of its plans that are reached. */
  milestones: z.array(line(200)).max(100).optional(),
  /** Who can be asked about it: held apart from the log. */
  contact: committed.optional().meta({ description: wording('tasks.what-said-who-can-be-asked') }),
});
export type ReportBody = ValueOf<typeof reportBody>;

const unit = id;
/** The duty that a report settles; every duty of its period where it names none. */
const duty = id.optional();
/** Plans, extension requests and claims of a task count from 1, each kind by itself. */
const n = z.int().min(1);
const leaders = z.array(line(60)).max(20);

/** A leader by name, by post (分管副市长), or both. */
export const leaderPost = z
  .strictObject({ name: line(60).nullable(), title: line(60).nullable() })
  .refine(({ name, title }) => name !== null || title !== null, wording('tasks.must-have-name-or-title'));
export type LeaderPost = ValueOf<typeof leaderPost>;
export const leaderPostsOf = <One extends z.ZodType>(one: One): z.ZodArray<One> => z.array(one).max(20);
const leaderPosts = leaderPostsOf(leaderPost);
const allLeaders = { leaders, leaderPosts: leaderPosts.optional() };

const explained = z.strictObject({ reason });
const authorised = z.strictObject({ reason, authority });
/** `deadline` is the one that binds from then on; left out, the one before does. */
const going = authorised.extend({ deadline: date.optional() });

/** Who carries a task, in the document's order: parties as they are recorded, or as a request names them. */
export const assigneesOf = <Party extends z.ZodType>(party: Party): z.ZodArray<Party> => z.array(party).min(1).max(200);
const assignees = assigneesOf(assignee);

/** Where an imported document says it: the document's digest, and the place in it. */
export const citedSource = z.strictObject({ sha256: attachment.shape.sha256, address: line(200) });
export type CitedSource = ValueOf<typeof citedSource>;

const theme = z.strictObject({ number: z.int().min(1), name: line(200) });
const group = z.strictObject({ number: line(20), name: line(200) });

/** What is printed of a task, all but who carries and who leads it: acts of their own change those. */
export const printed = z.strictObject({
  number: z.int().min(1).nullable(),
  title: line(200),
  text: line(8000),
  theme: theme.nullable(),
  group: group.nullable(),
  deadline: date.nullable(),
  /** null: nothing but what follows from the day. */
  deadlineTerms: deadlineTerms.nullable(),
  measurements: measurementsOf(measurement),
});
export type Printed = ValueOf<typeof printed>;
/** Some of it: what an amendment changes. */
const partly = printed.partial();
export type PartlyPrinted = ValueOf<typeof partly>;

/** What the sender of each command says. Who carries the task is looked up in the roster and comes in beside it (`commands.ts`). */
export const taskActs = {
  AssignTask: z.strictObject({
    directive: id,
    kind: taskKind,
    number: z.int().min(1).nullable(),
    title: line(200),
    text: line(8000),
    /** 1-based line of the imported source; null where assigned by hand. */
    sourceLine: z.int().min(1).nullable(),
    theme: theme.nullable(),
    group: group.nullable(),
    parent: id.nullable(),
    ...allLeaders,
    deadline: date.nullable(),
    deadlineTerms: deadlineTerms.optional(),
    measurements: measurementsOf(measurement),
    effectiveFrom: date,
    source: citedSource.optional(),
  }),
  Acknowledge: z.strictObject({ unit }),
  SubmitPlan: z.strictObject({ unit, milestones: z.array(milestone).min(1).max(100), leader: line(60), measures: line(8000) }),
  SendBackPlan: explained.extend({ n }),
  AcceptPlan: z.strictObject({ n }),
  SubmitReport: z.strictObject({ unit, period, duty, body: reportBody }),
  /** Only the changed fields. */
  AmendReport: explained.extend({ report: id, unit, changes: reportBody.partial() }),
  SendBackReport: explained.extend({ report: id }),
  AcceptReport: z.strictObject({ report: id }),
  /** `source`: where the edition of the document says it on which this rests. */
  Reassign: authorised.extend({ effectiveFrom: date, source: citedSource.optional() }),
  ChangeLeaders: authorised.extend({ ...allLeaders, source: citedSource.optional() }),
  /** What is printed of it is to be otherwise, from a day on: only the changed fields. */
  Amend: authorised.extend({ to: partly, effectiveFrom: date, source: citedSource.optional() }),
  RequestExtension: explained.extend({ unit, until: date }),
  /** `until` null: as it was asked for. */
  DecideExtension: authorised.extend({ n, granted: z.boolean(), until: date.nullable() }),
  Remind: z.strictObject({ unit, period, channel: line(60), text: line(2000).nullable() }),
  ClaimCompletion: z.strictObject({ unit, evidence: line(8000), attachments: z.array(attachment).max(50).optional() }),
  DecideClaim: explained.extend({ n, verified: z.boolean() }),
  Suspend: authorised,
  Resume: going,
  /** `source`: the edition of the document that leaves it out, where it rests on that. */
  Cancel: authorised.extend({ source: citedSource.shape.sha256.optional() }),
  Reopen: going,
} as const;

export const TaskAssigned = defineEvent('TaskAssigned', 1, taskActs.AssignTask.extend({ assignees }));
export const AssignmentAcknowledged = defineEvent('AssignmentAcknowledged', 1, taskActs.Acknowledge);

export const PlanSubmitted = defineEvent('PlanSubmitted', 1, taskActs.SubmitPlan.extend({ n }));
export const PlanReturned = defineEvent('PlanReturned', 1, taskActs.SendBackPlan.extend({ unit }));
export const PlanAccepted = defineEvent('PlanAccepted', 1, taskActs.AcceptPlan.extend({ unit }));

export const ReportSubmitted = defineEvent('ReportSubmitted', 1, reportBody.extend({ report: id, unit, period, duty }));
export const ReportAmended = defineEvent('ReportAmended', 1, taskActs.AmendReport.extend({ period }));
export const ReportReturned = defineEvent('ReportReturned', 1, taskActs.SendBackReport.extend({ unit, period }));
export const ReportAccepted = defineEvent('ReportAccepted', 1, taskActs.AcceptReport.extend({ unit, period }));

export const TaskReassigned = defineEvent('TaskReassigned', 1, taskActs.Reassign.extend({ from: z.array(assignee), to: assignees }));
export const LeaderChanged = defineEvent(
  'LeaderChanged',
  1,
  authorised.extend({
    from: leaders,
    to: leaders,
    /** Both lists with their posts, where either has some. */
    posts: z.strictObject({ from: leaderPosts, to: leaderPosts }).optional(),
    source: citedSource.optional(),
  }),
);
export const TaskAmended = defineEvent('TaskAmended', 1, taskActs.Amend.extend({ from: partly }));

export const ExtensionRequested = defineEvent('ExtensionRequested', 1, taskActs.RequestExtension.extend({ n, deadline: date }));
export const ExtensionGranted = defineEvent('ExtensionGranted', 1, authorised.extend({ n, from: date, until: date }));
export const ExtensionRefused = defineEvent('ExtensionRefused', 1, authorised.extend({ n }));

export const ReminderSent = defineEvent(
  'ReminderSent',
  1,
  taskActs.Remind.extend({
    /** Of the reminder that was sent by a rule, and what the channel said; a person who noted one has neither. */
    reminder: z.uuid().optional(),
    answer: line(500).optional(),
  }),
);

export const CompletionClaimed = defineEvent('CompletionClaimed', 1, taskActs.ClaimCompletion.extend({ n }));
export const CompletionVerified = defineEvent('CompletionVerified', 1, explained.extend({ n, unit }));
export const CompletionRejected = defineEvent('CompletionRejected', 1, explained.extend({ n, unit }));

export const TaskSuspended = defineEvent('TaskSuspended', 1, taskActs.Suspend);
export const TaskResumed = defineEvent('TaskResumed', 1, taskActs.Resume);
export const TaskCancelled = defineEvent('TaskCancelled', 1, taskActs.Cancel);
export const TaskReopened = defineEvent('TaskReopened', 1, taskActs.Reopen);

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
  TaskAmended,
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
export const isTaskEvent = isOneOf(taskEvents);
