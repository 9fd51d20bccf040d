import type { CommandsOf, OfType } from '../../kernel/decider.ts';
import type { Parties } from './assignment.ts';
import type { Assignee, taskActs } from './events.ts';

/**
 * Commands on a task: what their senders say (`taskActs`), with time and the facts of other streams that come in beside
 * it. `day` is the civil date of receivedAt in the directive's zone, `parties` the roster's, `schedule` what the policy
 * says of a period.
 *
 * A plan or a report that the office does not take as it is, it sends back; a return is the filing of a unit's reports of a
 * period. Where bytes and addresses are kept as they were, sending back is called a return: PlanReturned, ReportReturned,
 * the state `returned`, `/return`.
 */

/** A party as looked up in the roster; `kind` null where no unit or collective has this id. */
export type ResolvedAssignee = { readonly role: Assignee['role']; readonly party: string; readonly kind: Assignee['kind'] | null };

export type OnDay = { readonly day: string; readonly parties: Parties };

type Grounds = {
  readonly AssignTask: {
    readonly task: string;
    readonly assignees: readonly ResolvedAssignee[];
    readonly directiveKnown: boolean;
    readonly parentKnown: boolean;
  };
  readonly Acknowledge: OnDay;
  readonly SubmitPlan: OnDay;
  readonly SubmitReport: OnDay & {
    /**
     * The period under the policies: its first day, and the last day in time for each duty that the report can settle; null
     * where none demands the period.
     */
    readonly schedule: { readonly begins: string; readonly dueDays: readonly string[] } | null;
    readonly policyKnown: boolean;
  };
  readonly Reassign: { readonly assignees: readonly ResolvedAssignee[] };
  readonly RequestExtension: OnDay;
  /** Of one that was sent by a rule: its id, and what the channel said. */
  readonly Remind: OnDay & { readonly reminder?: string | undefined; readonly answer?: string | null | undefined };
  readonly ClaimCompletion: OnDay;
};

export type TaskCommand = CommandsOf<typeof taskActs, Grounds>;
export type SubmitReport = OfType<TaskCommand, 'SubmitReport'>;
