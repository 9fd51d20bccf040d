import { parseDate } from '../kernel/calendar.ts';
import { civilDay, civilDayOf } from '../kernel/civil-days.ts';
import { instantSent } from '../kernel/schema.ts';

/** The moment that a question is about (docs/judging.md §1): from a civil day of the office or an instant, one instant. */

export type On = { readonly day: string } | { readonly millis: number };

/** Epoch ms. `fixed`: it is the same whenever it is asked for; a forecast becomes another answer once it has come. */
export type Judged = { readonly millis: number; readonly day: string; readonly forecast: boolean; readonly fixed: boolean };

/** In a query string a bare `+` reads as a space, and the offset of an instant is the one place where that happens. */
const withOffset = (text: string): string => text.replace(/ (?=\d{2}:\d{2}$)/u, '+');

/** Epoch ms of an RFC 3339 instant; what is finer is cut off. */
export const parseMillis = (text: string): number | undefined => {
  const read = instantSent.safeParse(withOffset(text));
  return read.success ? Temporal.Instant.from(read.data).epochMilliseconds : undefined;
};

const parseDay = (text: string): On | undefined => {
  const day = parseDate(text);
  return day === undefined || day.year < 1 || day.year > 9998 ? undefined : { day: text };
};

export const parseOn = (text: string): On | undefined => {
  const millis = parseMillis(text);
  return millis === undefined ? parseDay(text) : { millis };
};

export type OfficeDays = {
  /** The civil day of an instant. */
  readonly dayOf: (millis: number) => string;
  /** The moment that is asked for at the instant `now`. */
  readonly moment: (on: On, now: number) => Judged;
  /** Whether a moment is the one asked for, or on the day asked for. */
  readonly isOn: (on: On, millis: number) => boolean;
};

/** The days of the office's zone. */
export const officeDays = (zone: string): OfficeDays => {
  const dayOf = (millis: number): string => civilDayOf(millis, zone).date;
  const at = (millis: number, now: number, fixed: boolean): Judged => ({
    millis,
    day: dayOf(millis),
    forecast: millis > now,
    fixed: fixed && millis <= now,
  });

  return {
    dayOf,
    moment: (on, now) => {
      if ('millis' in on) return at(on.millis, now, true);
      const today = dayOf(now);
      if (on.day === today) return at(now, now, false);
      return at(civilDay(on.day, zone).end - 1, now, true);
    },
    isOn: (on, millis) => ('millis' in on ? on.millis === millis : on.day === dayOf(millis)),
  };
};
