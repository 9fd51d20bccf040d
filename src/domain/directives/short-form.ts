import { z } from 'zod';
import { sameJson } from '../../kernel/json.ts';
import { ownValue } from '../../kernel/own-value.ts';
import { cutoff, type ValueOf, month, yearNumber } from '../../kernel/schema.ts';
import { monthDay, reporters, type Duty } from './duty.ts';

/**
 * The short form of a policy's duties: a report every month, a report on the year, and one cutoff, shift and list of
 * reporters for both. In it were all policies adopted before there were duties.
 */

export const shortDuties = z.strictObject({
  monthly: z.strictObject({ from: month, to: month, day: z.int().min(1).max(31) }).nullable(),
  annual: z.strictObject({ year: yearNumber, due: monthDay }).nullable(),
  cutoff,
  /** Where a due day goes that is a day of rest by `calendar` (民法典 art. 203). A task's own deadline stays where it was set. */
  shift: z.enum(['none', 'next-working-day']),
  reporters,
});
export type ShortDuties = ValueOf<typeof shortDuties>;

const NAMES: Readonly<Record<string, string>> = { monthly: '月报', annual: '年报' };
/** What a duty is called that nobody has named. */
export const nameFor = (id: string): string => ownValue(NAMES, id) ?? id;

const dutiesOf = ({ monthly, annual, cutoff: until, shift, reporters: who }: ShortDuties): readonly Duty[] => {
  const common = { monthEnd: 'clamp', who, asks: 'report' } as const;
  const terms = { offset: 0, cutoff: until, shift };
  const duties: Duty[] = [];
  if (monthly !== null) {
    const { from, to, day } = monthly;
    duties.push({ id: 'monthly', name: nameFor('monthly'), every: 'month', from, to, due: { day, ...terms }, ...common });
  }
  if (annual !== null) {
    const year = String(annual.year);
    duties.push({
      id: 'annual',
      name: nameFor('annual'),
      every: 'year',
      from: year,
      to: year,
      due: { date: annual.due, ...terms },
      ...common,
    });
  }
  return duties;
};

/** Rules whose duties were in the short form; null there is a duty that is no more. */
export const inLongForm = <Rules extends ShortDuties>({ monthly, annual, cutoff: until, shift, reporters: who, ...rules }: Rules) => ({
  ...rules,
  duties: dutiesOf({ monthly, annual, cutoff: until, shift, reporters: who }),
  withdrawn: [...(monthly === null ? ['monthly'] : []), ...(annual === null ? ['annual'] : [])],
});

/** The short form of duties that fit it. */
export const shortFormOf = (duties: readonly Duty[]): ShortDuties | undefined => {
  const [first] = duties;
  if (first === undefined || first.due.shift === 'nth-working-day') return undefined;
  const monthly = duties.find(({ id }) => id === 'monthly');
  const annual = duties.find(({ id }) => id === 'annual');
  const short: ShortDuties = {
    monthly: monthly === undefined ? null : { from: monthly.from, to: monthly.to, day: monthly.due.day ?? 0 },
    annual: annual === undefined ? null : { year: Number(annual.from), due: annual.due.date ?? '' },
    cutoff: first.due.cutoff,
    shift: first.due.shift,
    reporters: first.who,
  };
  return sameJson(dutiesOf(short), duties) ? short : undefined;
};
