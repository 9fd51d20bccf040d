/**
 * Civil dates and due instants, all on Temporal. Shanghai kept daylight saving time from
 * 1986 to 1991, so an offset is never assumed: every instant comes from the zone's rules.
 */

export const parseDate = (text: string): Temporal.PlainDate | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

/**
 * A day of a month, clamped to its end: the 30th of February is the 28th or 29th. Where the month has no such
 * day, its last day ends the term (民法典 art. 202).
 */
export const clampedDay = (month: Temporal.PlainYearMonth, day: number): Temporal.PlainDate =>
  month.toPlainDate({ day: Math.min(day, month.daysInMonth) });

/** The civil date of an instant. */
export const civilDate = (instant: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate();

/** The first instant after a civil day: `24:00` (民法典 art. 203), which is the next day's first moment. */
export const endOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  date.add({ days: 1 }).toZonedDateTime({ timeZone }).toInstant();

export const startOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant => date.toZonedDateTime({ timeZone }).toInstant();

const CUTOFF = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/u;
export const CUTOFF_PATTERN = CUTOFF;

/** The exclusive end of what is still in time on a day, for a cutoff `HH:MM` or `24:00`. */
export const cutoffInstant = (date: Temporal.PlainDate, cutoff: string, timeZone: string): Temporal.Instant => {
  if (cutoff === '24:00') return endOfDay(date, timeZone);
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(cutoff) }).toInstant();
};

const localText = (instant: Temporal.Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });

const inFourDigits = (text: string): boolean => /^\d{4}-/u.test(text);
const LAST_INSTANT = '9999-12-31T23:59:59+00:00';

/**
 * RFC 3339 with the zone's own offset and no fraction: `2023-03-31T00:00:00+08:00`. A day of 9999, as was once recorded, may
 * end in a year that RFC 3339 does not have: that is shown in UTC, or else as the last instant there is.
 */
export const localInstantText = (instant: Temporal.Instant, timeZone: string): string =>
  [timeZone, 'UTC'].map((zone) => localText(instant, zone)).find(inFourDigits) ?? LAST_INSTANT;

export const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
