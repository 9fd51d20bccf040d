import { civilDate, cutoffInstant } from '../../kernel/calendar.ts';
import { momentAt } from '../../kernel/moment.ts';
import type { Facts } from '../compliance/facts.ts';
import { factsAt } from '../compliance/facts-at.ts';
import { judge } from '../compliance/judge.ts';
import type { Obligation } from '../compliance/obligation.ts';
import { isPausedAt } from '../compliance/paused.ts';
import { reminderDays } from './days.ts';
import type { Recipient, ReminderHeading, ReminderStep } from './events.ts';
import { reminderId, type RulesSet } from './state.ts';

/**
 * Who is to be reminded of what at a moment: from what is owed and has not come, and the rules of the directive. What was
 * reported, awaits the office, was waived or excused, or is paused is nothing to be reminded of.
 */

export type OwedTask = { readonly unit: string; readonly name: string; readonly task: string };

export type DueReminder = {
  readonly id: string;
  readonly heading: ReminderHeading;
  /** From when on it is to be sent, epoch ms. */
  readonly at: number;
  /** The last day in time, YYYY-MM-DD. */
  readonly dueDay: string;
  readonly isOverdue: boolean;
  /** In the order in which they are owed. */
  readonly owed: readonly OwedTask[];
};

/** Older ones are not looked for: they were sent, or missed, long ago. */
const LOOKED_BACK_MILLIS = 7 * 86_400_000;

/** Whether a step is about what is owed, as it stands: what is overdue is not reminded of as if it were still to come. */
const isAbout = ({ when, of }: ReminderStep, { state, kind }: Obligation): boolean =>
  (of === undefined || of.includes(kind)) && state === (when === 'after' ? 'missing' : 'not-yet-due');

/** To whom, one by one: a leader gets what is his. */
const addressed = (
  to: Recipient,
  { unit }: Obligation,
  leaders: readonly string[],
): readonly Pick<ReminderHeading, 'unit' | 'leader'>[] => {
  if (to === 'unit') return [{ unit, leader: null }];
  if (to === 'office') return [{ unit: null, leader: null }];
  return leaders.map((leader) => ({ unit, leader }));
};

/**
 * @param now  epoch ms
 * @returns by the time at which they are to be sent
 */
export const remindersDue = (facts: Facts, rules: RulesSet, now: number): readonly DueReminder[] => {
  const { steps, at: time, workingDays, receivedAt } = rules;
  if (steps.length === 0) return [];
  const moment = momentAt(now, facts.timeZone);
  const known = factsAt(facts, moment);
  const tasks = new Map(known.tasks.map((task) => [task.id, task]));
  const calendars = new Map(facts.policies.map(({ version, calendar }) => [version, calendar]));
  const found = new Map<string, DueReminder & { readonly owed: OwedTask[] }>();

  const isDue = (day: Temporal.PlainDate): boolean => {
    const at = cutoffInstant(day, time, facts.timeZone).epochMilliseconds;
    return at <= now && at >= receivedAt && now - at <= LOOKED_BACK_MILLIS;
  };

  for (const obligation of judge(facts, { at: moment }).obligations) {
    if (obligation.state !== 'not-yet-due' && obligation.state !== 'missing') continue;
    const task = tasks.get(obligation.task);
    if (task === undefined || isPausedAt(task, now)) continue;
    const dueDay = civilDate(Temporal.Instant.from(obligation.due).subtract({ milliseconds: 1 }), facts.timeZone);
    const calendar = workingDays && obligation.policy !== null ? (calendars.get(obligation.policy) ?? null) : null;
    const leaders = task.leaders.at(-1)?.posts.flatMap(({ name }) => name ?? []) ?? [];
    for (const step of steps) {
      if (!isAbout(step, obligation)) continue;
      // Of several that are due, as after some days in which nothing ran, the last one says it all.
      const day = reminderDays(step, dueDay, calendar).findLast(isDue);
      if (day === undefined) continue;
      for (const to of step.to)
        for (const party of addressed(to, obligation, leaders)) {
          const { kind, period, unit, name } = obligation;
          const heading = { directive: facts.directive, ...party, kind, period, step: step.id, day: day.toString(), to };
          const id = reminderId(heading);
          const at = cutoffInstant(day, time, facts.timeZone).epochMilliseconds;
          const reminder = found.get(id) ?? { id, heading, at, dueDay: dueDay.toString(), isOverdue: step.when === 'after', owed: [] };
          reminder.owed.push({ unit, name, task: obligation.task });
          found.set(id, reminder);
        }
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
};
