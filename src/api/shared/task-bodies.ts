import { z } from 'zod';
import { attachment, authority, date, decimal, id, line, period, reason } from '../../kernel/schema.ts';
import { assignee, measurement, milestone, reportBody, taskKind } from '../../domain/tasks/events.ts';

/** Bodies of the commands on tasks (CONTRACT, "Tasks"). The common fields are added where they are registered. */

/** An exact figure: a decimal as text, or a whole number. A JSON fraction would have been rounded before anyone saw it. */
const figure = z.union([decimal, z.int().transform(String)]);

const namedAssignees = z
  .array(assignee.omit({ kind: true }))
  .min(1)
  .max(200);

export const assignBody = z.strictObject({
  id,
  directive: id,
  kind: taskKind,
  number: z.int().min(1).nullable().optional(),
  text: line(8000),
  parent: id.nullable().optional(),
  theme: z
    .strictObject({ number: z.int().min(1), name: line(200) })
    .nullable()
    .optional(),
  group: z
    .strictObject({ number: line(20), name: line(200) })
    .nullable()
    .optional(),
  assignees: namedAssignees,
  leaders: z.array(line(60)).max(20).optional(),
  deadline: date.nullable().optional(),
  measurements: z
    .array(measurement.extend({ target: figure.nullable().optional(), unit: line(40).nullable().optional() }))
    .max(50)
    .optional(),
  effectiveFrom: date.optional(),
});

export const planBody = z.strictObject({ milestones: z.array(milestone).min(1).max(100), leader: line(60), measures: line(8000) });

const statements = {
  ...reportBody.shape,
  measurements: z
    .array(z.strictObject({ metric: line(200), value: figure }))
    .max(50)
    .optional(),
};
export const reportFields = z.strictObject(statements);
export const reportSubmission = z.strictObject({ period, ...statements });
export const amendment = reportFields.partial().extend({ reason });

export const withReason = z.strictObject({ reason });

export const reassignment = z.strictObject({ assignees: namedAssignees, reason, authority, effectiveFrom: date.optional() });
export const leaderChange = z.strictObject({ leaders: z.array(line(60)).max(20), reason, authority });
export const extensionRequest = z.strictObject({ until: date, reason });
export const extensionDecision = z.strictObject({ granted: z.boolean(), until: date.optional(), reason, authority });
export const reminder = z.strictObject({ unit: id, period, channel: line(60), text: line(2000).optional() });
export const completionClaim = z.strictObject({ evidence: line(8000), attachments: z.array(attachment).max(50).optional() });
export const claimDecision = z.strictObject({ verified: z.boolean(), reason });
export const authorised = z.strictObject({ reason, authority });
