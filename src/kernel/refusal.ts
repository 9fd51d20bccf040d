import type { Message, Text } from '../messages/message.ts';

/**
 * Every reason for which the domain refuses a command, a closed union. `http/problems.ts` maps each to its
 * status in one table; adding a code without a status does not compile.
 */
export type RefusalCode =
  // what is named does not exist
  | 'unit-unknown'
  | 'collective-unknown'
  | 'directive-unknown'
  | 'finding-unknown'
  | 'policy-unknown'
  | 'task-unknown'
  | 'report-unknown'
  | 'plan-unknown'
  | 'milestone-unknown'
  | 'claim-unknown'
  | 'extension-unknown'
  | 'snapshot-unknown'
  | 'notice-unknown'
  | 'objection-unknown'
  | 'inspection-unknown'
  | 'inspection-finding-unknown'
  | 'rectification-unknown'
  | 'import-unknown'
  | 'item-unknown'
  | 'source-missing'
  | 'personal-data-unknown'
  // what exists already
  | 'unit-exists'
  | 'name-taken'
  | 'collective-exists'
  | 'directive-exists'
  | 'task-exists'
  | 'already-acknowledged'
  | 'already-reported'
  | 'already-claimed'
  | 'already-decided'
  | 'already-erased'
  // what the state forbids
  | 'task-closed'
  | 'task-suspended'
  | 'task-not-suspended'
  | 'task-not-closed'
  | 'unit-merged'
  | 'report-accepted'
  | 'report-returned'
  | 'extension-pending'
  | 'no-deadline'
  | 'notice-issued'
  | 'notice-number-taken'
  | 'notice-not-issued'
  | 'notice-withdrawn'
  | 'objection-pending'
  | 'inspection-concluded'
  | 'rectification-closed'
  | 'nothing-rectified'
  | 'source-differs'
  | 'directive-importing'
  | 'import-open'
  | 'base-changed'
  | 'import-committed'
  // what the command itself gets wrong
  | 'not-assigned'
  | 'not-named'
  | 'outside-scope'
  | 'period-outside-schedule'
  | 'period-not-begun'
  | 'duty-unknown'
  | 'moment-not-come'
  | 'policy-missing'
  | 'received-in-future'
  | 'occurred-in-future'
  | 'basis-missing'
  | 'unit-missing'
  | 'party-unknown'
  | 'duplicate-party'
  | 'until-not-later'
  | 'date-order'
  | 'nothing-changed'
  | 'parent-unknown'
  | 'calendar-missing'
  | 'answer-missing'
  | 'notice-unreadable'
  | 'event-too-large';

/** What a refusal rests on: JSON, in which a sentence is still a message. */
export type Fact = string | number | boolean | null | Message | readonly Fact[] | { readonly [member: string]: Fact };

export type Refusal = {
  readonly code: RefusalCode;
  readonly detail: Text;
  /** JSON Pointer into the command's body, where one field is at fault. */
  readonly pointer?: string;
  readonly facts?: Fact;
};
