import { z } from 'zod';
import { date, instant } from '../../kernel/schema.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import {
  assignee,
  citedSource,
  deadlineTerms,
  leaderPost,
  measurement,
  milestone,
  reportBody,
  taskKind,
} from '../../domain/tasks/events.ts';

/** The shapes in which tasks are shown (docs/http.md, "Tasks"). */

const compliance = z
  .strictObject({ owed: z.int(), onTime: z.int(), late: z.int(), missing: z.int(), notYetDue: z.int(), awaiting: z.int() })
  .meta({
    id: 'ComplianceCounts',
    description: 'What the task owes, judged at the moment of `basis.at`; what awaits the office is counted apart.',
  });

export const shownAssignee = assignee
  .extend({
    name: z.string(),
    members: z
      .array(z.string())
      .nullable()
      .optional()
      .meta({ description: 'Units of a collective on the day; null where they are not recorded.' }),
    succeededBy: z.string().optional().meta({ description: 'The unit into which it was merged by the day.' }),
  })
  .meta({ id: 'Assignee' });

/** Names, and everyone with the post. */
export const shownLeaders = {
  leaders: z.array(z.string()).meta({ description: 'The names in leaderPosts.' }),
  leaderPosts: z.array(leaderPost.meta({ id: 'LeaderPost', description: 'A person, a post, or a person by the post.' })),
};

export const shownMilestone = milestone
  .extend({ state: z.enum(['kept', 'due', 'missed']) })
  .meta({ id: 'Milestone', description: 'Judged as docs/judging.md says, rule 7; for a unit by its own reports.' });

/** What a document says of the deadline, or what follows from the day alone. */
export const shownTerms = deadlineTerms
  .extend({ milestones: z.array(shownMilestone) })
  .meta({ id: 'DeadlineTerms', description: 'The deadline as the document prints it.' });

const declared = reportBody.shape.status;

export const standingAnswer = z
  .strictObject({
    state: declared.nullable().meta({ description: 'null: nothing was reported, or the rule cannot tell.' }),
    rule: z.enum(['verified', 'declared', 'pro-rata']).nullable().meta({ description: '`verified`: the office verified its completion.' }),
    policy: z.int().nullable().meta({ description: 'Version of the policy whose rule it is.' }),
    declared: declared.nullable(),
    percent: z.int().nullable(),
    elapsed: z
      .strictObject({ months: z.int(), of: z.int() })
      .nullable()
      .meta({ description: 'The share of the year that had passed at the end of the period.' }),
    unit: z.string().nullable(),
    period: z.string().nullable(),
  })
  .meta({ id: 'Standing', description: 'Where the work stands by the last period reported; the furthest behind where units differ.' });

export const taskAnswer = z
  .strictObject({
    id: z.string(),
    directive: z.string(),
    kind: taskKind,
    number: z.int().nullable(),
    title: z.string(),
    text: z.string(),
    sourceLine: z.int().nullable().meta({ description: '1-based line of the imported source.' }),
    source: citedSource.nullable().meta({ id: 'CitedSource', description: 'The imported document, by its digest, and the place in it.' }),
    theme: z.strictObject({ number: z.int(), name: z.string() }).nullable(),
    group: z.strictObject({ number: z.string(), name: z.string() }).nullable(),
    parent: z.string().nullable(),
    children: z.array(z.string()),
    assignees: z.array(shownAssignee),
    ...shownLeaders,
    deadline: date.nullable(),
    deadlineTerms: shownTerms,
    originalDeadline: date.nullable(),
    status: z.enum(['assigned', 'acknowledged', 'in-progress', 'claimed', 'completed', 'suspended', 'cancelled']),
    revision: z.int(),
    progress: z.strictObject({
      percent: z.int().optional(),
      lastReport: z.strictObject({ unit: z.string(), period: z.string(), receivedAt: instant }).nullable(),
    }),
    measurements: z.array(
      measurement.extend({
        latest: z.strictObject({ value: z.string(), unit: z.string(), period: z.string() }).optional(),
        attained: z.boolean().nullable().optional().meta({ description: 'null: the comparator needs a person’s judgement.' }),
      }),
    ),
    standing: standingAnswer,
    compliance,
  })
  .meta({ id: 'Task' });
export type TaskAnswer = ValueOf<typeof taskAnswer>;

export const reportAnswer = z
  .strictObject({
    id: z.string(),
    task: z.string(),
    unit: z.string(),
    period: z.string(),
    duty: z.string().nullable().meta({ description: 'The one that it settles; null where it settles every duty of its period.' }),
    state: z.enum(['submitted', 'amended', 'returned', 'accepted']),
    ...reportBody.shape,
    versions: z.array(z.strictObject({ position: z.int(), type: z.string(), receivedAt: instant, reason: z.string().nullable() })),
    revision: z.int().meta({ description: 'Of the task: what If-Match takes.' }),
  })
  .meta({ id: 'Report' });
export type ReportAnswer = ValueOf<typeof reportAnswer>;

export const numberedAnswer = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    state: z.string(),
    events: z.array(z.strictObject({ position: z.int(), type: z.string(), receivedAt: instant, data: z.unknown() })),
    revision: z.int().meta({ description: 'Of the task: what If-Match takes.' }),
  })
  .meta({ id: 'Numbered', description: 'An extension request or a completion claim, with the events that made it what it is.' });
export type NumberedAnswer = ValueOf<typeof numberedAnswer>;

export const planAnswer = numberedAnswer
  .extend({ milestones: z.array(shownMilestone) })
  .meta({ id: 'Plan', description: 'A plan, with the events that made it what it is.' });
export type PlanAnswer = ValueOf<typeof planAnswer>;

export const historyItem = z
  .strictObject({
    position: z.int(),
    id: z.string(),
    type: z.string(),
    subject: z.string(),
    actor: z.strictObject({ sub: z.string(), role: z.string(), unit: z.string().optional() }),
    occurredAt: instant.nullable(),
    receivedAt: instant,
    recordedAt: instant,
    backdated: z.boolean(),
    basis: z.string().nullable(),
    data: z.unknown(),
    redacted: z.boolean().meta({ description: '`data` leaves out what a unit may not see: its bytes are not those of `leafHash`.' }),
    changes: z.array(z.strictObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
    leafHash: z.string().meta({ description: 'RFC 6962 leaf hash of the stored bytes, base64.' }),
  })
  .meta({ id: 'HistoryItem' });
export type HistoryItem = ValueOf<typeof historyItem>;
