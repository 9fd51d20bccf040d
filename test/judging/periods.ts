/** Days, periods and due days of docs/judging.md, rule 4, on Temporal alone. */
import type { Duty, Every, Policy } from './entries.ts';

export type Day = Temporal.PlainDate;
/** The last day in time, and the first instant that is too late, in epoch milliseconds. */
export type Due = { readonly day: Day; readonly end: number };

export const civil = (text: string): Day => Temporal.PlainDate.from(text);
export const startOf = (day: Day, zone: string): number => day.toZonedDateTime(zone).epochMilliseconds;
export const endOf = (day: Day, zone: string): number => startOf(day.add({ days: 1 }), zone);
export const dayOf = (millis: number, zone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(zone).toPlainDate();
export const daysFrom = (from: Day, to: Day): number => Math.max(0, from.until(to, { largestUnit: 'days' }).days);
const MONTHS: Partial<Record<Every, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** First and last day. The form of a period tells its length. */
export const span = (period: string): readonly [Day, Day] => {
  const months = (first: number, count: number): readonly [Day, Day] => {
    const begins = new Temporal.PlainDate(Number(period.slice(0, 4)), first, 1);
    return [begins, begins.add({ months: count }).subtract({ days: 1 })];
  };
  const n = Number(period.at(-1));
  if (period.length === 4) return months(1, 12);
  if (period.includes('H')) return months(n * 6 - 5, 6);
  if (period.includes('Q')) return months(n * 3 - 2, 3);
  if (period.includes('W')) {
    const fourth = civil(`${period.slice(0, 4)}-01-04`); // always in the first ISO week
    const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(period.slice(6)) - 1 });
    return [monday, monday.add({ days: 6 })];
  }
  const [begins, ends] = months(Number(period.slice(5, 7)), 1);
  return period.includes('T') ? [begins.add({ days: n * 10 - 10 }), n === 3 ? ends : begins.add({ days: n * 10 - 1 })] : [begins, ends];
};

/** The period of a rhythm that holds a day. */
export const periodOn = (every: Every, day: Day): string => {
  const year = day.toString().slice(0, 4);
  if (every === 'year') return year;
  if (every === 'half-year') return `${year}-H${Math.ceil(day.month / 6)}`;
  if (every === 'quarter') return `${year}-Q${Math.ceil(day.month / 3)}`;
  if (every === 'week') return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
  return day.toString().slice(0, 7) + (every === 'ten-days' ? `-T${Math.min(3, Math.ceil(day.day / 10))}` : '');
};
export const after = (every: Every, period: string): string => periodOn(every, span(period)[1].add({ days: 1 }));
export const periodsOf = ({ every, from, to }: Duty): readonly string[] => {
  const periods = [from];
  for (let next = from; next !== to; periods.push(next)) next = after(every, next);
  return periods;
};

const works = ({ calendar }: Policy, day: Day): boolean => {
  const year = calendar?.years[day.year];
  if (year === undefined) throw new Error(`no calendar of ${day.year}`);
  return year.workdays.includes(day.toString()) || (day.dayOfWeek < 6 && !year.holidays.includes(day.toString()));
};

export const dueOf = (policy: Policy, { every, due }: Duty, period: string, bound = policy.bound): Due => {
  let target = period;
  for (let step = 0; step < due.offset; step += 1) target = after(every, target);
  let [first, last] = span(target);
  const months = MONTHS[every] ?? 0;
  if (months > 1) {
    first = first.add({ months: (due.month ?? (due.offset === 0 ? months : 1)) - 1 });
    last = first.add({ months: 1 }).subtract({ days: 1 });
  }
  let day = first;
  let clamped = false;
  if (due.shift === 'nth-working-day') {
    const working: Day[] = [];
    for (let each = first; Temporal.PlainDate.compare(each, last) <= 0; each = each.add({ days: 1 }))
      if (works(policy, each)) working.push(each);
    const nth = working[(due.day ?? 1) - 1];
    day = nth ?? working.at(-1) ?? last;
    clamped = nth === undefined;
  } else if (due.weekday !== undefined) day = first.add({ days: due.weekday - 1 });
  else if (due.date !== undefined && every === 'once') day = civil(due.date);
  else if (due.date !== undefined) {
    const named = { year: first.year, month: Number(due.date.slice(0, 2)), day: Number(due.date.slice(3)) };
    day = Temporal.PlainDate.from(named, { overflow: 'constrain' });
    clamped = day.day !== named.day;
  } else {
    day = first.add({ days: (due.day ?? 1) - 1 });
    clamped = Temporal.PlainDate.compare(day, last) > 0;
    if (clamped) day = last;
  }
  if (bound === 'exclusive' && !clamped) day = day.subtract({ days: 1 });
  while (due.shift === 'next-working-day' && !works(policy, day)) day = day.add({ days: 1 });
  const zone = policy.timeZone;
  return {
    day,
    end: due.cutoff === '24:00' ? endOf(day, zone) : day.toZonedDateTime({ timeZone: zone, plainTime: due.cutoff }).epochMilliseconds,
  };
};

/** The duties of a policy in either form, and the ids of those that it withdraws. */
export const dutiesOf = (policy: Policy): { readonly duties: readonly Duty[]; readonly withdrawn: readonly string[] } => {
  if (policy.duties !== undefined) return { duties: policy.duties, withdrawn: policy.withdrawn ?? [] };
  const { monthly, annual, cutoff, shift, reporters: who } = policy;
  const duties: Duty[] = [];
  const rest = { offset: 0, cutoff, shift };
  if (monthly) duties.push({ ...monthly, id: 'monthly', every: 'month', due: { ...rest, day: monthly.day }, who, asks: 'report' });
  const year = String(annual?.year);
  if (annual) duties.push({ id: 'annual', every: 'year', from: year, to: year, due: { ...rest, date: annual.due }, who, asks: 'summary' });
  return { duties, withdrawn: [...(monthly === null ? ['monthly'] : []), ...(annual === null ? ['annual'] : [])] };
};
