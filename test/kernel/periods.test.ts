import * as fc from 'fast-check';
import { test } from 'tap';
import {
  isPeriodIn,
  PERIOD_FORMS,
  periodAfter,
  periodEnd,
  periodForm,
  periodsBetween,
  periodsIn,
  periodStart,
} from '../../src/kernel/periods.ts';

const extent = (of: string): readonly string[] => [periodStart(of).toString(), periodEnd(of).toString()];

await test('a period is a month, a quarter, a half-year, a year, an ISO week or ten days, and nothing else', async (t) => {
  t.same(['2023-01', '2023-12', '2023', '0001', '2023-Q1', '2023-H2', '2023-W07', '2023-03-T1'].map(periodForm), [
    'month',
    'month',
    'year',
    'year',
    'quarter',
    'half-year',
    'week',
    'ten-days',
  ]);
  const wrong = ['2023-00', '2023-13', '2023-1', '23', '2023-01-01', '', ' 2023', '2023\n', '2023-Q0', '2023-Q5', '2023-H0', '2023-H3'];
  for (const text of [...wrong, '2023-W00', '2023-W54', '2023-W7', '2023-03-T0', '2023-03-T4', '2023-T1', '2023-q1', '2023-w07'])
    t.equal(periodForm(text), undefined, JSON.stringify(text));
  t.equal(periodForm('2020-W53'), 'week');
  t.equal(periodForm('2023-W53'), undefined, 'the year has 52 weeks');
  t.throws(() => periodStart('2023-W53'), RangeError);
});

await test('it begins and ends on its days', async (t) => {
  t.same(extent('2024-02'), ['2024-02-01', '2024-02-29']);
  t.same(extent('2023-02'), ['2023-02-01', '2023-02-28']);
  t.same(extent('2023'), ['2023-01-01', '2023-12-31']);
  t.same(extent('2023-Q1'), ['2023-01-01', '2023-03-31']);
  t.same(extent('2023-Q4'), ['2023-10-01', '2023-12-31']);
  t.same(extent('2023-H1'), ['2023-01-01', '2023-06-30']);
  t.same(extent('2023-H2'), ['2023-07-01', '2023-12-31']);
  t.same(extent('2023-03-T1'), ['2023-03-01', '2023-03-10']);
  t.same(extent('2023-03-T2'), ['2023-03-11', '2023-03-20']);
  t.same(extent('2024-02-T3'), ['2024-02-21', '2024-02-29']);
});

await test('the first week of a year is the one with its 4 January', async (t) => {
  t.same(extent('2023-W01'), ['2023-01-02', '2023-01-08']);
  t.same(extent('2022-W52'), ['2022-12-26', '2023-01-01']);
  t.same(extent('2020-W53'), ['2020-12-28', '2021-01-03']);
  t.same(extent('2021-W01'), ['2021-01-04', '2021-01-10']);
  t.same(extent('2025-W01'), ['2024-12-30', '2025-01-05']);
});

await test('periods run from the first to the last, over a new year too', async (t) => {
  t.same(periodsBetween('2022-11', '2023-02'), ['2022-11', '2022-12', '2023-01', '2023-02']);
  t.same(periodsBetween('2023-05', '2023-05'), ['2023-05']);
  t.same(periodsBetween('2023-05', '2023-04'), []);
  t.same(periodsBetween('2022-Q4', '2023-Q2'), ['2022-Q4', '2023-Q1', '2023-Q2']);
  t.same(periodsBetween('2020-W52', '2021-W02'), ['2020-W52', '2020-W53', '2021-W01', '2021-W02']);
  t.same(periodsBetween('2022-12-T3', '2023-01-T2'), ['2022-12-T3', '2023-01-T1', '2023-01-T2']);
  t.equal(periodsIn('2021', '2030'), 10);
  t.ok(isPeriodIn('2023-01', '2022-11', '2023-02') && isPeriodIn('2023-02', '2022-11', '2023-02'));
  t.notOk(isPeriodIn('2023-03', '2022-11', '2023-02'));
  t.notOk(isPeriodIn('2023-Q1', '2022-11', '2023-02'), 'of another form');
});

/** A period of any form, in the years in which civil dates are kept. */
const anyPeriod = fc
  .tuple(
    fc.constantFrom(...PERIOD_FORMS),
    fc.integer({ min: 1950, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([form, year, month, third]) => {
    const padded = String(month).padStart(2, '0');
    switch (form) {
      case 'month':
        return `${year}-${padded}`;
      case 'quarter':
        return `${year}-Q${Math.ceil(month / 3)}`;
      case 'half-year':
        return `${year}-H${Math.ceil(month / 6)}`;
      case 'year':
        return String(year);
      case 'week':
        return `${year}-W${String(month * 4 + third).padStart(2, '0')}`;
      default:
        return `${year}-${padded}-T${third}`;
    }
  });

await test('periods of a form follow each other without gaps, in the order of their texts', async () => {
  fc.assert(
    fc.property(anyPeriod, (period) => {
      const next = periodAfter(period, 1);
      return (
        periodForm(next) === periodForm(period) &&
        periodEnd(period).add({ days: 1 }).equals(periodStart(next)) &&
        period < next &&
        periodAfter(next, -1) === period &&
        periodsIn(period, next) === 2
      );
    }),
    { numRuns: 2000 },
  );
});
