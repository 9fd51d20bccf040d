import { unreachable } from '../../kernel/decider.ts';
import { derivedId } from '../../kernel/ids.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { ReminderEvent, ReminderHeading, ReminderRules, RuleEvent } from './events.ts';

/** The rules of a directive, and what has become of a reminder. */

export const reminderRulesStream = streamsNamed<readonly [directive: string]>('reminders-');
export const reminderStream = streamsNamed<readonly [reminder: string]>('reminder-');

/** The same for the same reminder, whoever thinks of it. */
export const reminderId = ({ directive, unit, kind, period, step, day, to, leader }: ReminderHeading): string =>
  derivedId('reminder', directive, unit ?? '', kind, period, step, day, to, leader ?? '');

/** With when they were set, epoch ms: what was to be sent before is not theirs. */
export type RulesSet = ReminderRules & { readonly receivedAt: number };

export const rulesFolding = {
  initial: null as RulesSet | null,
  evolve: (_: RulesSet | null, { data: { directive: __, ...rules } }: RuleEvent, receivedAt: number): RulesSet => ({
    ...rules,
    receivedAt,
  }),
};

export type ReminderStatus = 'claimed' | 'sent' | 'failed' | 'unknown' | 'missed';
/** `at`: of the last step, epoch ms. */
export type ReminderState = { readonly status: ReminderStatus; readonly attempts: number; readonly at: number } | null;

export const reminderFolding = {
  initial: null as ReminderState,
  evolve: (state: ReminderState, event: ReminderEvent, receivedAt: number): ReminderState => {
    switch (event.type) {
      case 'ReminderClaimed':
        return { status: 'claimed', attempts: event.data.attempt, at: receivedAt };
      case 'ReminderAnswered':
        return { status: event.data.outcome, attempts: event.data.attempt, at: receivedAt };
      case 'ReminderMissed':
        return { status: 'missed', attempts: state?.attempts ?? 0, at: receivedAt };
      default:
        return unreachable(event);
    }
  },
};
