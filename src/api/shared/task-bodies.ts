import { z } from 'zod';
import { sameJson } from '../../kernel/json.ts';
import { citedAttachments, date, decimal, id } from '../../kernel/schema.ts';
import { person } from '../../domain/personal/events.ts';
import { leadersOf } from '../../domain/tasks/leaders.ts';
import {
  assignee,
  assigneesOf,
  deadlineTerms,
  figuresOf,
  leaderPost,
  leaderPostsOf,
  measurement,
  measurementsOf,
  reportBody,
  taskActs,
  type LeaderPost,
} from '../../domain/tasks/events.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Bodies of the commands on tasks (docs/http.md, "Tasks"): what the domain's acts say (`taskActs`), without what the path and
 * the common fields say already, and with what may be left out. Where a body is all that the act says it has no line here.
 */

/** An exact figure: a decimal as text, or a whole number. A JSON fraction would have been rounded before anyone saw it. */
const figure = z.union([decimal, z.int().transform(String)]);

/** What kind of party it is, the roster knows. */
const namedAssignees = assigneesOf(assignee.omit({ kind: true }));

/** A leader without a name, or without a title, may leave it out. */
const leaderNamed = z
  .strictObject({ name: leaderPost.shape.name.optional(), title: leaderPost.shape.title.optional() })
  .transform(({ name = null, title = null }) => ({ name, title }))
  .pipe(leaderPost);
const leaderPosts = leaderPostsOf(leaderNamed).optional();

type LeadersSaid = { readonly leaders?: readonly string[] | undefined; readonly leaderPosts?: readonly LeaderPost[] | undefined };
const isSaid = ({ leaders, leaderPosts: posts }: LeadersSaid): boolean => leaders !== undefined || posts !== undefined;
const saysOneThing = ({ leaders, leaderPosts: posts }: LeadersSaid): boolean =>
  leaders === undefined || posts === undefined || sameJson(leaders, leadersOf(posts).leaders);
const NAMES = { path: ['leaders'], error: wording('api.shared.must-be-names-in-leaderposts-where') };

/** What an edition of a document says is cited by who reads it there, not by hand. */
const CITED = { source: true } as const;

export const leaderChange = taskActs.ChangeLeaders.omit(CITED)
  .partial({ leaders: true })
  .extend({ leaderPosts })
  .refine(isSaid, { path: ['leaders'], error: wording('api.shared.required-or-leaderposts') })
  .refine(saysOneThing, NAMES);

const measuredAs = measurementsOf(measurement.extend({ target: figure.nullable() }).partial({ target: true, unit: true }));

type Measured = { readonly target?: string | null | undefined; readonly unit?: string | null | undefined };
/** As it is recorded: what a body leaves out is null. */
export const asRecorded = <One extends Measured>(all: readonly One[]) =>
  all.map(({ target = null, unit = null, ...rest }) => ({ ...rest, target, unit }));

/** Only what is to be otherwise; at least one of them. */
export const taskAmendment = taskActs.Amend.omit({ to: true, source: true })
  .partial({ effectiveFrom: true })
  .extend({ ...taskActs.Amend.shape.to.shape, measurements: measuredAs.optional() });
export const cancellation = taskActs.Cancel.omit(CITED);

export const assignBody = taskActs.AssignTask.omit({ title: true, sourceLine: true, source: true })
  .partial({ number: true, parent: true, theme: true, group: true, leaders: true, deadline: true, effectiveFrom: true })
  .extend({
    id,
    assignees: namedAssignees,
    leaderPosts,
    deadlineTerms: deadlineTerms.partial({ milestones: true }).optional(),
    measurements: measuredAs.optional(),
  })
  .refine(saysOneThing, NAMES)
  .refine(({ deadline = null, deadlineTerms: terms }) => deadline !== null || terms?.kind !== 'date', {
    path: ['deadlineTerms', 'kind'],
    error: wording('api.shared.date-deadline-says-which'),
  })
  .refine(({ deadline = null, deadlineTerms: terms }) => deadline === null || terms?.kind !== 'none', {
    path: ['deadlineTerms', 'kind'],
    error: wording('api.shared.says-that-there-none-and-deadline'),
  });

export const planBody = taskActs.SubmitPlan.omit({ unit: true });

const statements = reportBody.extend({
  attachments: citedAttachments.optional(),
  measurements: figuresOf(figure).optional(),
  contact: person.optional().meta({ description: wording('api.shared.who-can-be-asked-about-held') }),
});
export const reportSubmission = taskActs.SubmitReport.pick({ period: true, duty: true }).extend(statements.shape);
export const amendment = taskActs.AmendReport.pick({ reason: true }).extend(statements.partial().shape);

export const sentBack = taskActs.SendBackPlan.omit({ n: true });

export const reassignment = taskActs.Reassign.omit(CITED).partial({ effectiveFrom: true }).extend({ assignees: namedAssignees });
export const extensionRequest = taskActs.RequestExtension.omit({ unit: true });
export const extensionDecision = taskActs.DecideExtension.omit({ n: true }).extend({ until: date.optional() });
export const reminder = taskActs.Remind.extend({ text: taskActs.Remind.shape.text.unwrap().optional() });
export const completionClaim = taskActs.ClaimCompletion.omit({ unit: true }).extend({ attachments: citedAttachments.optional() });
export const claimDecision = taskActs.DecideClaim.omit({ n: true });
