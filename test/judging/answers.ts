/** What is answered about obligations, and what boards make of the rows: docs/judging.md, rule 8. */

export type State = 'waived' | 'on-time' | 'late' | 'awaiting' | 'not-yet-due' | 'missing' | 'excused';
/** One thing owed. `due` and `receivedAt` in epoch milliseconds; the `period` of a deadline is its day. */
export type Row = {
  readonly unit: string;
  readonly task: string;
  readonly kind: string;
  readonly period: string;
  readonly due: number;
  readonly state: State;
  readonly daysLate: number;
  readonly receivedAt: number | null;
  readonly policy: number | null;
  readonly onTheDay: boolean;
};
/** A collective whose members are not recorded, and what they would owe. */
export type Excluded = Pick<Row, 'task' | 'kind' | 'period'> & { readonly party: string };
/** `plan` is null for a milestone of the assignment itself. */
export type MilestoneRow = {
  readonly task: string;
  readonly plan: number | null;
  readonly title: string;
  readonly due: number;
  readonly state: 'kept' | 'due' | 'missed';
};
