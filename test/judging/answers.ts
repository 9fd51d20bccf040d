/** What is answered about obligations, and what boards make of the rows: docs/judging.md, rule 8. */
import { span } from './periods.ts';

export type State = 'waived' | 'on-time' | 'late' | 'awaiting' | 'not-yet-due' | 'missing' | 'excused';
/** One thing owed. `due` and `receivedAt` in epoch milliseconds; `day` is the last in time, the `period` of a deadline its month. */
export type Row = {
  readonly unit: string;
  readonly task: string;
  readonly kind: string;
  readonly period: string;
  readonly day: string;
  readonly due: number;
  readonly state: State;
  readonly daysLate: number;
  readonly receivedAt: number | null;
  readonly policy: number | null;
  readonly onTheDay: boolean;
};
/** A collective whose members are not recorded, and what they would owe. */
export type Excluded = Pick<Row, 'task' | 'kind' | 'period' | 'day'> & { readonly party: string };
/** `plan` is null for a milestone of the assignment itself. */
export type MilestoneRow = {
  readonly task: string;
  readonly plan: number | null;
  readonly title: string;
  readonly due: number;
  readonly units: readonly string[];
  readonly state: 'kept' | 'due' | 'missed';
};

export type Counts = Readonly<
  Record<'owed' | 'onTime' | 'late' | 'missing' | 'notYetDue' | 'awaiting' | 'excused' | 'waived' | 'onTheDay', number>
>;

export const countsOf = (rows: readonly Row[]): Counts => {
  const among = (...states: readonly State[]): readonly Row[] => rows.filter(({ state }) => states.includes(state));
  const owed = among('on-time', 'late', 'missing', 'not-yet-due');
  return {
    owed: owed.length,
    onTime: among('on-time').length,
    late: among('late').length,
    missing: among('missing').length,
    notYetDue: among('not-yet-due').length,
    awaiting: among('awaiting').length,
    excused: among('excused').length,
    waived: among('waived').length,
    onTheDay: owed.filter(({ onTheDay }) => onTheDay).length,
  };
};

/** Whether a row, or what is excluded, belongs to a period: a deadline to that into which it falls. */
export const isOf = (period: string, { kind, period: own, day }: Pick<Row, 'kind' | 'period' | 'day'>): boolean => {
  if (kind !== 'deadline') return own === period;
  const [first, last] = span(period);
  return first.toString() <= day && day <= last.toString();
};
