import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { date, id, line, period, reason, type ValueOf } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Streams `reminders-<directive>` and `reminder-<id>`: when units are to be reminded of what they owe, and each reminder.
 *
 * A reminder is claimed before it is sent: its id follows from what it is about, so it can be claimed once, by whichever
 * replica comes first. Whoever dies in between leaves a claim without an answer, and nobody sends it again of his own accord:
 * a mail that may have come is not sent twice.
 */

const RECIPIENTS = ['unit', 'leader', 'office'] as const;
export const recipient = z.enum(RECIPIENTS);
export type Recipient = ValueOf<typeof recipient>;

const MOMENTS = ['before', 'on', 'after'] as const;

const MOST_DAYS = 60;
const MOST_TIMES = 20;

/** One step of a rule. */
const reminderStep = z
  .strictObject({
    id: id.meta({ description: wording('reminders.what-called-no-two-steps-have') }),
    when: z.enum(MOMENTS).meta({ description: wording('reminders.before-due-day-on-or-after') }),
    days: z
      .int()
      .min(1)
      .max(MOST_DAYS)
      .optional()
      .meta({ description: wording('reminders.how-many-days-before-or-after') }),
    times: z
      .int()
      .min(1)
      .max(MOST_TIMES)
      .optional()
      .meta({ description: wording('reminders.how-often-at-most-after-due') }),
    to: z
      .array(recipient)
      .min(1)
      .max(RECIPIENTS.length)
      .meta({
        description: wording('reminders.contacts-unit-leaders-tasks-office'),
      }),
    channel: z.literal('email').meta({ description: wording('reminders.by-what') }),
    of: z
      .array(id)
      .min(1)
      .max(50)
      .optional()
      .meta({ description: wording('reminders.ids-duties-and-deadline-everything-unless') }),
  })
  .superRefine(({ when, days, times }, context) => {
    const fault = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (when === 'on' && days !== undefined) fault('days', wording('reminders.does-not-go-with-on'));
    if (when !== 'on' && days === undefined) fault('days', wording('reminders.required'));
    if (when !== 'after' && times !== undefined) fault('times', wording('reminders.goes-with-after-alone'));
  });
export type ReminderStep = ValueOf<typeof reminderStep>;

export const reminderRules = z.strictObject({
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, wording('reminders.must-be-hh-mm-up-to'))
    .meta({ description: wording('reminders.from-which-time-day-on-hh'), examples: ['09:00'] }),
  workingDays: z.boolean().meta({
    description: wording('reminders.by-calendar-policy-days-before-working'),
  }),
  steps: z
    .array(reminderStep)
    .max(20)
    .superRefine((steps, context) => {
      const ids = steps.map((each) => each.id);
      const again = ids.findIndex((each, index) => ids.indexOf(each) < index);
      if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'id'], message: wording('reminders.id-another-step-too') });
    })
    .meta({ description: wording('reminders.when-each-for-itself-with-none') }),
});
export type ReminderRules = ValueOf<typeof reminderRules>;

export const ruleActs = { SetReminderRules: reminderRules.extend({ directive: id }) } as const;
export const ReminderRulesSet = defineEvent('ReminderRulesSet', 1, ruleActs.SetReminderRules);

/** What a reminder is about: its id is made of this. */
const reminderHeading = z.strictObject({
  directive: id,
  /** Null where it is about several, as one to the office is. */
  unit: id.nullable(),
  kind: id,
  period,
  step: id,
  /** The day on which it is to be sent. */
  day: date,
  to: recipient,
  /** Of the leader that it goes to, as printed; null for others. */
  leader: line(60).nullable(),
});
export type ReminderHeading = ValueOf<typeof reminderHeading>;

export const reminderActs = {
  ClaimReminder: z.strictObject({
    heading: reminderHeading,
    tasks: z.array(id).min(1).max(500),
    channel: z.literal('email'),
    /** To how many: the addresses themselves are in no event. */
    addresses: z.int().min(1),
    subject: line(300),
    text: line(20_000),
    /** Why a person has it sent again; null where nobody does. */
    again: reason.nullable(),
  }),
  AnswerReminder: z.strictObject({
    attempt: z.int().min(1),
    /** `unknown`: it may have been sent. */
    outcome: z.enum(['sent', 'failed', 'unknown']),
    /** What the channel said. */
    answer: line(500),
  }),
  MissReminder: z.strictObject({
    heading: reminderHeading,
    tasks: z.array(id).min(1).max(500),
    reason,
    /** What would have been sent. */
    subject: line(300),
    text: line(20_000),
  }),
} as const;

/** About to be sent, by whoever recorded this. */
export const ReminderClaimed = defineEvent('ReminderClaimed', 1, reminderActs.ClaimReminder.extend({ attempt: z.int().min(1) }));
/** What came of it. */
export const ReminderAnswered = defineEvent('ReminderAnswered', 1, reminderActs.AnswerReminder);
/** Its time went by, and it was not sent. */
export const ReminderMissed = defineEvent('ReminderMissed', 1, reminderActs.MissReminder);

export const ruleEvents = [ReminderRulesSet] as const;
export type RuleEvent = EventOf<(typeof ruleEvents)[number]>;
export const reminderEvents = [ReminderClaimed, ReminderAnswered, ReminderMissed] as const;
export type ReminderEvent = EventOf<(typeof reminderEvents)[number]>;
