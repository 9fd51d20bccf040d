import { firstWorkingDay, isWorkingDay, type WorkingCalendar } from '../../kernel/working-days.ts';
import type { ReminderStep } from './events.ts';

/** On which days a step reminds of what is due on a day. Calendar arithmetic alone. */

const DEFAULT_TIMES = 5;

/** The working day so many of them before a day; with 0 the day itself, or the last before it. Undefined where the calendar ends. */
const back = (calendar: WorkingCalendar, from: Temporal.PlainDate, count: number): Temporal.PlainDate | undefined => {
  let left = count;
  for (let day = from; ;) {
    const working = isWorkingDay(calendar, day);
    if (working === undefined) return undefined;
    if (working && left === 0) return day;
    day = day.subtract({ days: 1 });
    if (isWorkingDay(calendar, day) === true && left > 0) left -= 1;
  }
};

const onOrAfter = (calendar: WorkingCalendar, day: Temporal.PlainDate): Temporal.PlainDate => {
  const found = firstWorkingDay(calendar, day);
  return 'unknownYear' in found ? day : found;
};

/**
 * Civil days, in order. `calendar` null: every day is a day like another.
 * @param due  the last day in time
 */
export const reminderDays = (
  { when, days = 0, times = DEFAULT_TIMES }: ReminderStep,
  due: Temporal.PlainDate,
  calendar: WorkingCalendar | null,
): readonly Temporal.PlainDate[] => {
  if (when === 'before') return [(calendar && back(calendar, due, days)) ?? due.subtract({ days })];
  if (when === 'on') return [(calendar && back(calendar, due, 0)) ?? due];
  const after = Array.from({ length: times }, (_, n) => due.add({ days: days * (n + 1) }));
  return calendar === null ? after : after.map((day) => onOrAfter(calendar, day));
};
