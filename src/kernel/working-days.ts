import { ownValue } from './own-value.ts';

/**
 * Working days by an official calendar, given as data: which days of a year are holidays, and which days of rest are
 * worked to make up for them. A year that is not in it is reported as unknown, never guessed.
 */

/** Civil dates, YYYY-MM-DD. The announcement for a year may reach into the December before it. */
export type CalendarYear = { readonly holidays: readonly string[]; readonly workdays: readonly string[] };

/** By year, `2023`. */
export type WorkingCalendar = { readonly years: Readonly<Record<string, CalendarYear>> };

const SATURDAY = 6;

export const isRestDay = (date: Temporal.PlainDate): boolean => date.dayOfWeek >= SATURDAY;

/** Undefined where the date's year is not in the calendar. */
export const isWorkingDay = ({ years }: WorkingCalendar, date: Temporal.PlainDate): boolean | undefined => {
  if (ownValue(years, String(date.year)) === undefined) return undefined;
  const day = date.toString();
  const announced = Object.values(years);
  if (announced.some(({ workdays }) => workdays.includes(day))) return true;
  return !announced.some(({ holidays }) => holidays.includes(day)) && !isRestDay(date);
};

/** The date itself where it is a working day, or the first one after it; or the year that would have to be known. */
export const firstWorkingDay = (
  calendar: WorkingCalendar,
  from: Temporal.PlainDate,
): Temporal.PlainDate | { readonly unknownYear: string } => {
  for (let date = from; ; date = date.add({ days: 1 })) {
    const working = isWorkingDay(calendar, date);
    if (working === undefined) return { unknownYear: String(date.year) };
    if (working) return date;
  }
};

/** A working day, and whether there were fewer than were counted on, so that it is the last one. */
export type CountedDay = { readonly day: Temporal.PlainDate; readonly isLast: boolean };

/**
 * The n-th working day from `first` to `last`, or their last one where there are fewer; `last` itself where nobody works.
 * Or the year that would have to be known.
 */
export const nthWorkingDay = (
  calendar: WorkingCalendar,
  { first, last }: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate },
  n: number,
): CountedDay | { readonly unknownYear: string } => {
  let found: Temporal.PlainDate | undefined;
  let count = 0;
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const working = isWorkingDay(calendar, date);
    if (working === undefined) return { unknownYear: String(date.year) };
    if (!working) continue;
    found = date;
    count += 1;
    if (count === n) return { day: date, isLast: false };
  }
  return { day: found ?? last, isLast: true };
};
