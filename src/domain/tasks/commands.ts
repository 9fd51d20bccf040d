import type { Parties } from './assignment.ts';
import type { Assignee, Measurement, ReportBody, TaskKind } from './events.ts';

/**
 * Commands on a task. Time and the facts of other streams come in with them: `day` is the civil date of
 * receivedAt in the directive's zone, `parties` the roster's, `schedule` what the policy says of a period.
 *
 * A plan or a report that the office does not take as it is, it sends back; a return is the filing of a unit's reports of a
 * period. Where bytes and addresses are kept as they were, sending back is called a return: PlanReturned, ReportReturned,
 * the state `returned`, `/return`.
 */

export type AssignTask = {
  readonly type: 'AssignTask';
  readonly task: string;
  readonly directive: string;
  readonly directiveKnown: boolean;
  readonly kind: TaskKind;
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
  readonly parent: string | null;
  readonly parentKnown: boolean;
  readonly assignees: readonly ResolvedAssignee[];
  readonly leaders: readonly string[];
  readonly deadline: string | null;
  readonly measurements: readonly Measurement[];
  readonly effectiveFrom: string;
};

/** A party as looked up in the roster; `kind` null where no unit or collective has this id. */
export type ResolvedAssignee = { readonly role: Assignee['role']; readonly party: string; readonly kind: Assignee['kind'] | null };

type ByUnit = { readonly unit: string; readonly day: string; readonly parties: Parties };

export type Acknowledge = ByUnit & { readonly type: 'Acknowledge' };

export type SubmitPlan = ByUnit & {
  readonly type: 'SubmitPlan';
  readonly milestones: readonly { readonly title: string; readonly due: string }[];
  readonly leader: string;
  readonly measures: string;
};
export type SendBackPlan = { readonly type: 'SendBackPlan'; readonly n: number; readonly reason: string };
export type AcceptPlan = { readonly type: 'AcceptPlan'; readonly n: number };

export type SubmitReport = ByUnit & {
  readonly type: 'SubmitReport';
  readonly period: string;
  readonly body: ReportBody;
  /** The period under the policy: its first day and the last day in time; null where no policy demands it. */
  readonly schedule: { readonly begins: string; readonly dueDay: string } | null;
  readonly policyKnown: boolean;
};
export type AmendReport = {
  readonly type: 'AmendReport';
  readonly unit: string;
  readonly report: string;
  /** Fields that are absent or undefined stay as they are. */
  readonly changes: { readonly [Field in keyof ReportBody]?: ReportBody[Field] | undefined };
  readonly reason: string;
};
export type SendBackReport = { readonly type: 'SendBackReport'; readonly report: string; readonly reason: string };
export type AcceptReport = { readonly type: 'AcceptReport'; readonly report: string };

export type Reassign = {
  readonly type: 'Reassign';
  readonly assignees: readonly ResolvedAssignee[];
  readonly reason: string;
  readonly authority: string;
  readonly effectiveFrom: string;
};
export type ChangeLeaders = {
  readonly type: 'ChangeLeaders';
  readonly leaders: readonly string[];
  readonly reason: string;
  readonly authority: string;
};

export type RequestExtension = ByUnit & { readonly type: 'RequestExtension'; readonly until: string; readonly reason: string };
export type DecideExtension = {
  readonly type: 'DecideExtension';
  readonly n: number;
  readonly granted: boolean;
  readonly until: string | null;
  readonly reason: string;
  readonly authority: string;
};

export type Remind = ByUnit & { readonly type: 'Remind'; readonly period: string; readonly channel: string; readonly text: string | null };

export type ClaimCompletion = ByUnit & {
  readonly type: 'ClaimCompletion';
  readonly evidence: string;
  readonly attachments: ReportBody['attachments'];
};
export type DecideClaim = { readonly type: 'DecideClaim'; readonly n: number; readonly verified: boolean; readonly reason: string };

/** Acts of the office on the task as a whole. */
export type Suspend = { readonly type: 'Suspend'; readonly reason: string; readonly authority: string };
export type Resume = { readonly type: 'Resume'; readonly reason: string; readonly authority: string };
export type Cancel = { readonly type: 'Cancel'; readonly reason: string; readonly authority: string };
export type Reopen = { readonly type: 'Reopen'; readonly reason: string; readonly authority: string };

export type TaskCommand =
  | AssignTask
  | Acknowledge
  | SubmitPlan
  | SendBackPlan
  | AcceptPlan
  | SubmitReport
  | AmendReport
  | SendBackReport
  | AcceptReport
  | Reassign
  | ChangeLeaders
  | RequestExtension
  | DecideExtension
  | Remind
  | ClaimCompletion
  | DecideClaim
  | Suspend
  | Resume
  | Cancel
  | Reopen;
