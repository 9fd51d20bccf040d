import { endOfDay, localInstantText, parseDate, startOfDay } from '../../kernel/calendar.ts';

/** A civil day of a zone: epoch ms of its first instant and of the first after it, and the latter as answers show it. */
export type CivilDay = { readonly from: number; readonly end: number; readonly endText: string };

const KEPT = 10_000;
const kept = new Map<string, CivilDay>();

/**
 * When a civil day begins and ends in a zone. Boards and lists ask it for every task of the few days that deadlines
 * fall on, and the zone's rules cost more than all else there, so what was found is kept.
 * @throws RangeError  not a civil date
 */
export const civilDay = (date: string, timeZone: string): CivilDay => {
  const key = `${date} ${timeZone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`not a civil date: ${date}`);
  const end = endOfDay(day, timeZone);
  const found = { from: startOfDay(day, timeZone).epochMilliseconds, end: end.epochMilliseconds, endText: localInstantText(end, timeZone) };
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, found);
  return found;
};
