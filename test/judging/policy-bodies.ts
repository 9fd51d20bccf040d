import type { Duty, Policy } from './entries.ts';
import { after, civil, periodOn, type Day } from './periods.ts';
import type { Demand, PolicySpec, Rhythm, Spec } from './spec.ts';

/** A policy of a history as it is sent: in its short form, or with duties. */
export type PolicyBody = Omit<Policy, 'version' | 'timeZone' | 'cutoff' | 'shift' | 'reporters'> & Partial<Policy>;

/** Days of rest of the years that any history can reach; the first Saturday of each October is worked. */
const CALENDAR = {
  source: '公告',
  years: Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => 2022 + index).map((year) => {
      const october = civil(`${year}-10-01`);
      const workdays = [october.add({ days: (13 - october.dayOfWeek) % 7 }).toString()];
      return [String(year), { holidays: [`${year}-01-01`, `${year}-01-02`, `${year}-03-30`, `${year}-12-31`], workdays }];
    }),
  ),
};

const dueTerms = ({ every }: Rhythm, demand: Demand, first: Day): Duty['due'] => {
  const dated = every === 'once' || (every === 'year' && demand.dated);
  const shift = demand.shift === 'nth-working-day' && (dated || every === 'ten-days') ? 'next-working-day' : demand.shift;
  const terms = { offset: every === 'once' ? 0 : demand.offset, cutoff: demand.cutoff, shift };
  if (every === 'once') return { ...terms, date: first.add({ days: demand.day }).toString() };
  if (dated) return { ...terms, date: `0${demand.month ?? 3}-${String(demand.day).padStart(2, '0')}` };
  if (every === 'week')
    return shift === 'nth-working-day' ? { ...terms, day: (demand.day % 6) + 1 } : { ...terms, weekday: demand.weekday };
  if (every === 'ten-days') return { ...terms, day: (demand.day % 11) + 1 };
  const day = shift === 'nth-working-day' ? (demand.day % 24) + 1 : demand.day;
  const month = every === 'half-year' || every === 'year' ? (demand.month ?? 0) * 2 : demand.month;
  return { ...terms, day, ...(every === 'month' || !month ? {} : { month: Math.min(month, every === 'half-year' ? 6 : 12) }) };
};

const rangeOf = (every: Rhythm['every'], { more }: Demand, first: Day): { readonly from: string; readonly to: string } => {
  const from = periodOn(every === 'once' ? 'month' : every, first);
  let to = from;
  const steps = every === 'once' || every === 'year' ? 0 : more;
  for (let step = 0; step < steps; step += 1) to = after(every, to);
  return { from, to };
};

const ALL = ['lead', 'cooperating', 'responsible'];
const whoOf = (roles: readonly string[]): Duty['who'] => ({ target: roles, task: roles, item: ALL });

/** `id` gives a task its id. */
export const policyBody = (spec: Spec, policy: PolicySpec, id: (name: string) => string): PolicyBody => {
  const day = (n: number): Day => civil(spec.base).add({ days: n });
  const { bound, decides, lateExtensions } = policy;
  const common = {
    effectiveFrom: day(policy.effectiveFrom).toString(),
    bound,
    decides,
    lateExtensions,
    calendar: CALENDAR,
    ...(policy.zone === null ? {} : { timeZone: policy.zone }),
  };
  const demands = policy.demands.filter(({ rhythm }, index) => policy.demands.findIndex((other) => other.rhythm === rhythm) === index);
  if (policy.short) {
    const [first, second] = policy.demands;
    const year = first && periodOn('year', day(first.first));
    const annual = second === undefined && policy.withdrawn.length > 0 ? null : { year: Number(year), due: `0${first?.month ?? 4}-28` };
    const monthly = first === undefined || (annual !== null && policy.withdrawn.includes(0)) ? null : first;
    return {
      ...common,
      monthly: monthly && { ...rangeOf('month', monthly, day(monthly.first)), day: monthly.day },
      annual,
      cutoff: first?.cutoff ?? '24:00',
      shift: first === undefined || first.shift === 'none' ? 'none' : 'next-working-day',
      reporters: whoOf(spec.rhythms[0]?.roles ?? ALL),
    };
  }
  const duties = demands.flatMap((demand) => {
    const rhythm = spec.rhythms[demand.rhythm];
    if (rhythm === undefined) return [];
    const first = day(demand.first);
    const tasks = rhythm.tasks?.map((each) => (typeof each === 'string' ? id(each) : each));
    return {
      id: rhythm.id,
      name: rhythm.id,
      every: rhythm.every,
      ...rangeOf(rhythm.every, demand, first),
      due: dueTerms(rhythm, demand, first),
      monthEnd: 'clamp',
      who: whoOf(rhythm.roles),
      asks: rhythm.asks,
      ...(tasks === undefined ? {} : { tasks }),
    };
  });
  const withdrawn = policy.withdrawn.flatMap((n) => spec.rhythms[n]?.id ?? []).filter((each) => !duties.some((duty) => duty.id === each));
  return { ...common, duties, withdrawn, completed: policy.completed ? 'release' : 'owe' };
};
