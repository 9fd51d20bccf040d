import { daysAfter, civilDayOf } from '../../kernel/civil-days.ts';
import type { Moment } from '../../kernel/moment.ts';
import type { Period } from '../../kernel/periods.ts';
import type { TaskKind } from '../tasks/events.ts';

/** One thing owed, as it is shown and counted. */

export type ObligationState = 'on-time' | 'late' | 'missing' | 'not-yet-due' | 'awaiting' | 'excused' | 'waived';

/** What is due by a task's own deadline; the other kinds are the ids of duties. */
export const DEADLINE = 'deadline';

export type Obligation = {
  readonly unit: string;
  readonly name: string;
  readonly task: string;
  readonly taskKind: TaskKind;
  /** The period reported on; for a deadline, its month. */
  readonly period: Period;
  /** The duty's id, or `deadline`. */
  readonly kind: string;
  /** Exclusive end of what is in time, RFC 3339 in the zone's offset. */
  readonly due: string;
  readonly dueRule: string;
  /** RFC 3339 ms UTC of the receipt that decides, or of the one that awaits the office; null where nothing had been received. */
  readonly receivedAt: string | null;
  readonly state: ObligationState;
  /** Civil days after the due day: of the receipt, or of the moment judged where nothing came. */
  readonly daysLate: number;
  /** Received in time under one reading of 前 and too late under the other. */
  readonly onTheDay: boolean;
  readonly report: string | null;
  /** Version of the policy that judged; null where none was in force. */
  readonly policy: number | null;
};

/** A due day of a zone, and the first instant that is too late. */
export type Term = { readonly day: string; readonly end: number; readonly timeZone: string };

export const daysLateOf = (state: ObligationState, { day, timeZone }: Term, receivedAt: number | undefined, moment: Moment): number => {
  if (state === 'missing') return daysAfter(day, moment.day(timeZone));
  return state === 'late' && receivedAt !== undefined ? daysAfter(day, civilDayOf(receivedAt, timeZone).date) : 0;
};
