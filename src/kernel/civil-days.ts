import { civilDate, endOfDay, localInstantText, parseDate, startOfDay } from './calendar.ts';

/** A civil day of a zone: epoch ms of its first instant and of the first after it, and the latter as answers show it. */
export type CivilDay = { readonly date: string; readonly from: number; readonly end: number; readonly endText: string };

const KEPT = 10_000;
const byDate = new Map<string, CivilDay>();
/** Civil days that share a day of UTC, of which a zone has two or three. */
const byInstant = new Map<string, readonly CivilDay[]>();

const keep = <Value>(kept: Map<string, Value>, key: string, value: Value): Value => {
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, value);
  return value;
};

/**
 * When a civil day begins and ends in a zone. Boards and lists ask it for every task of the few days that deadlines
 * fall on, and the zone's rules cost more than all else there, so what was found is kept.
 * @throws RangeError  not a civil date
 */
export const civilDay = (date: string, timeZone: string): CivilDay => {
  const key = `${date} ${timeZone}`;
  const known = byDate.get(key);
  if (known !== undefined) return known;
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`not a civil date: ${date}`);
  const end = endOfDay(day, timeZone);
  return keep(byDate, key, {
    date,
    from: startOfDay(day, timeZone).epochMilliseconds,
    end: end.epochMilliseconds,
    endText: localInstantText(end, timeZone),
  });
};

export const MILLIS_IN_DAY = 86_400_000;

/** The civil day of a zone in which an instant (epoch ms) lies. */
export const civilDayOf = (instant: number, timeZone: string): CivilDay => {
  const key = `${Math.floor(instant / MILLIS_IN_DAY)} ${timeZone}`;
  const known = byInstant.get(key) ?? [];
  const found = known.find(({ from, end }) => from <= instant && instant < end);
  if (found !== undefined) return found;
  const day = civilDay(civilDate(Temporal.Instant.fromEpochMilliseconds(instant), timeZone).toString(), timeZone);
  keep(byInstant, key, [...known, day]);
  return day;
};

/** Whole civil days from the last day in time to another, both YYYY-MM-DD; 0 where the other does not lie after it. */
export const daysAfter = (day: string, other: string): number =>
  // Days of UTC all have 24 hours.
  Math.max(0, (civilDay(other, 'UTC').from - civilDay(day, 'UTC').from) / MILLIS_IN_DAY);
