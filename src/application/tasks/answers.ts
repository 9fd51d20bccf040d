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
import { wording } from '../../messages/standing.ts';

/** The shapes in which tasks are shown (docs/http.md, "Tasks"). */

const compliance = z
  .strictObject({ owed: z.int(), onTime: z.int(), late: z.int(), missing: z.int(), notYetDue: z.int(), awaiting: z.int() })
  .meta({
    id: 'ComplianceCounts',
    description: wording('application.tasks.what-task-owes-judged-at-moment'),
  });

const shownAssignee = assignee
  .extend({
    name: z.string(),
    members: z
      .array(z.string())
      .nullable()
      .optional()
      .meta({ description: wording('application.tasks.units-collective-on-day-null-where') }),
    succeededBy: z
      .string()
      .optional()
      .meta({ description: wording('application.tasks.unit-into-which-was-merged-by') }),
  })
  .meta({ id: 'Assignee' });

/** Names, and everyone with the post. */
export const shownLeaders = {
  leaders: z.array(z.string()).meta({ description: wording('application.tasks.names-in-leaderposts') }),
  leaderPosts: z.array(leaderPost.meta({ id: 'LeaderPost', description: wording('application.tasks.person-post-or-person-by-post') })),
};

export const shownMilestone = milestone
  .extend({ state: z.enum(['kept', 'due', 'missed']) })
  .meta({ id: 'Milestone', description: wording('application.tasks.judged-as-docs-judging-md-says') });

/** What a document says of the deadline, or what follows from the day alone. */
export const shownTerms = deadlineTerms
  .extend({ milestones: z.array(shownMilestone) })
  .meta({ id: 'DeadlineTerms', description: wording('application.tasks.deadline-as-document-prints') });

const declared = reportBody.shape.status;

export const standingAnswer = z
  .strictObject({
    state: declared.nullable().meta({ description: wording('application.tasks.null-nothing-was-reported-or-rule') }),
    rule: z
      .enum(['verified', 'declared', 'pro-rata'])
      .nullable()
      .meta({ description: wording('application.tasks.verified-office-verified-completion') }),
    policy: z
      .int()
      .nullable()
      .meta({ description: wording('application.tasks.version-policy-whose-rule') }),
    declared: declared.nullable(),
    percent: z.int().nullable(),
    elapsed: z
      .strictObject({ months: z.int(), of: z.int() })
      .nullable()
      .meta({ description: wording('application.tasks.share-year-that-had-passed-at') }),
    unit: z.string().nullable(),
    period: z.string().nullable(),
  })
  .meta({ id: 'Standing', description: wording('application.tasks.where-work-stands-by-last-period') });

export const taskAnswer = z
  .strictObject({
    id: z.string(),
    directive: z.string(),
    kind: taskKind,
    number: z.int().nullable(),
    title: z.string(),
    text: z.string(),
    sourceLine: z
      .int()
      .nullable()
      .meta({ description: wording('application.tasks.1-based-line-imported-source') }),
    source: citedSource
      .nullable()
      .meta({ id: 'CitedSource', description: wording('application.tasks.imported-document-by-digest-and-place') }),
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
        attained: z
          .boolean()
          .nullable()
          .optional()
          .meta({ description: wording('application.tasks.null-comparator-needs-persons-judgement') }),
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
    duty: z
      .string()
      .nullable()
      .meta({ description: wording('application.tasks.one-that-settles-null-where-settles') }),
    state: z.enum(['submitted', 'amended', 'returned', 'accepted']),
    ...reportBody.shape,
    versions: z.array(z.strictObject({ position: z.int(), type: z.string(), receivedAt: instant, reason: z.string().nullable() })),
    revision: z.int().meta({ description: wording('application.tasks.task-what-if-match-takes') }),
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
    revision: z.int().meta({ description: wording('application.tasks.task-what-if-match-takes') }),
  })
  .meta({ id: 'Numbered', description: wording('application.tasks.extension-request-or-completion-claim-with') });
export type NumberedAnswer = ValueOf<typeof numberedAnswer>;

export const planAnswer = numberedAnswer
  .extend({ milestones: z.array(shownMilestone) })
  .meta({ id: 'Plan', description: wording('application.tasks.plan-with-events-that-made-what') });
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
    redacted: z.boolean().meta({ description: wording('application.tasks.data-leaves-out-what-unit-may') }),
    changes: z.array(z.strictObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
    leafHash: z.string().meta({ description: wording('application.tasks.rfc-6962-leaf-hash-stored-bytes') }),
  })
  .meta({ id: 'HistoryItem' });
export type HistoryItem = ValueOf<typeof historyItem>;
