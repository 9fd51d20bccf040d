import * as fc from 'fast-check';
import { test } from 'tap';
import { daysAfter, dueOf, judgedBy, periodsOf, schedule } from '../../../src/domain/directives/schedule.ts';
import type { Policy } from '../../../src/domain/directives/events.ts';
import { policy } from './fixtures.ts';

const due = (period: string, more: Partial<Policy> = {}) => dueOf(policy(more), period);
const lastDay = (period: string, more: Partial<Policy> = {}): string | undefined => due(period, more)?.day;

await test('each month is due by the 30th, February at its end', async (t) => {
  const days = periodsOf(policy()).map((period) => lastDay(period));
  t.same(days, [
    '2023-01-30',
    '2023-02-28',
    '2023-03-30',
    '2023-04-30',
    '2023-05-30',
    '2023-06-30',
    '2023-07-30',
    '2023-08-30',
    '2023-09-30',
    '2023-10-30',
    '2023-11-30',
    '2023-12-30',
    '2023-12-25',
  ]);
  t.equal(lastDay('2024-02'), '2024-02-29');
});

await test('due is the exclusive end of what is in time, in the offset of the zone', async (t) => {
  t.match(due('2023-02'), { text: '2023-03-01T00:00:00+08:00', end: Date.UTC(2023, 1, 28, 16), kind: 'monthly', policyVersion: 1 });
  t.match(due('2023-03'), { text: '2023-03-31T00:00:00+08:00' });
  t.match(due('2023'), { text: '2023-12-26T00:00:00+08:00', kind: 'annual' });
  t.match(due('2023-03', { cutoff: '17:30' }), { text: '2023-03-30T17:30:00+08:00', day: '2023-03-30' });
  t.match(due('2023-03', { timeZone: 'UTC' }), { text: '2023-03-31T00:00:00+00:00', day: '2023-03-30' });
  t.equal(due('2023-03')?.rule, 'each month by the 30, clamped to its end, inclusive to 24:00 Asia/Shanghai (policy 1)');
  t.equal(due('2023', { version: 3 })?.rule, 'each year by 12-25, inclusive to 24:00 Asia/Shanghai (policy 3)');
});

await test('under the exclusive reading of 前 the day before is the last, but a month without the day still ends in time', async (t) => {
  const bound = 'exclusive';
  t.equal(lastDay('2023-03', { bound }), '2023-03-29');
  t.equal(lastDay('2023-02', { bound }), '2023-02-28', '28 February is before the 30th under either reading');
  t.equal(lastDay('2024-02', { bound }), '2024-02-29');
  t.equal(lastDay('2023', { bound }), '2023-12-24');
  const on = (day: number) => ({ bound, monthly: { from: '2023-01', to: '2023-12', day } }) as const;
  t.equal(lastDay('2023-04', on(31)), '2023-04-30');
  t.equal(lastDay('2023-05', on(31)), '2023-05-30');
  t.equal(lastDay('2023-02', on(29)), '2023-02-28');
  t.equal(lastDay('2024-02', on(29)), '2024-02-28');
  t.equal(lastDay('2023-03', on(1)), '2023-02-28', 'before the 1st is the month before');
  t.match(due('2023-03', { bound, cutoff: '17:30' }), { text: '2023-03-29T17:30:00+08:00' });
});

await test('the exclusive end is never after the inclusive one, and at most a day before', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 2020, max: 2030 }),
      (month, day, year) => {
        const period = `${year}-${String(month).padStart(2, '0')}`;
        const monthly = { from: period, to: period, day };
        const inclusive = due(period, { monthly })?.end ?? 0;
        const exclusive = due(period, { monthly, bound: 'exclusive' })?.end ?? 0;
        return exclusive <= inclusive && inclusive - exclusive <= 24 * 60 * 60 * 1000;
      },
    ),
  );
});

/** `period: version`, for what is owed. */
const owed = (...policies: readonly Policy[]): readonly string[] =>
  schedule(policies).map(({ policy: { version }, due: { period, day } }) => `${period} v${version} ${day}`);

await test('a period is judged by the version in force when it falls due', async (t) => {
  const first = policy({ annual: null, monthly: { from: '2023-04', to: '2023-07', day: 30 } });
  const second = policy({ version: 2, effectiveFrom: '2023-06-01', annual: null, monthly: { from: '2023-04', to: '2023-07', day: 25 } });
  t.same(owed(first, second), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-06 v2 2023-06-25', '2023-07 v2 2023-07-25']);
  const onTheDay = policy({ ...second, effectiveFrom: '2023-05-25' });
  t.same(owed(first, onTheDay)[1], '2023-05 v2 2023-05-25', 'in force on the very day');
  const corrected = policy({ ...second, version: 3, monthly: { from: '2023-04', to: '2023-07', day: 20 } });
  t.same(owed(first, second, corrected)[2], '2023-06 v3 2023-06-20', 'of two that hold from one day, the later');
});

await test('a version that no longer demands a period takes it away from its day on', async (t) => {
  const first = policy({ monthly: { from: '2023-04', to: '2023-07', day: 30 } });
  const shorter = policy({ version: 2, effectiveFrom: '2023-06-01', monthly: { from: '2023-04', to: '2023-06', day: 30 } });
  t.same(owed(first, shorter), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-06 v2 2023-06-30', '2023 v2 2023-12-25']);
  const annualOnly = policy({ version: 2, effectiveFrom: '2023-06-01', monthly: null });
  t.same(
    owed(first, annualOnly),
    ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023 v2 2023-12-25'],
    'also when it demands no months at all',
  );
  const monthlyOnly = policy({
    version: 2,
    effectiveFrom: '2023-06-01',
    annual: null,
    monthly: { from: '2023-07', to: '2023-07', day: 30 },
  });
  t.same(owed(first, monthlyOnly), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-07 v2 2023-07-30']);
  const again = policy({ version: 3, effectiveFrom: '2023-07-01', monthly: { from: '2023-04', to: '2023-07', day: 30 } });
  t.same(owed(first, annualOnly, again), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-07 v3 2023-07-30', '2023 v3 2023-12-25']);
  t.equal(judgedBy([first, annualOnly], '2023-07'), undefined);
});

await test('what is owed stands in the order in which it falls due', async (t) => {
  const periods = schedule([policy()]).map(({ due: { period } }) => period);
  t.same(periods.slice(0, 2), ['2023-01', '2023-02']);
  t.same(periods.slice(-3), ['2023-11', '2023', '2023-12'], 'the year is due on the 25th, December on the 30th');
});

await test('what no version demands is not owed', async (t) => {
  t.equal(judgedBy([policy()], '2024-01'), undefined);
  t.equal(judgedBy([policy()], '2022'), undefined);
  t.equal(judgedBy([policy({ annual: null })], '2023'), undefined);
  t.equal(judgedBy([], '2023-03'), undefined);
  t.equal(judgedBy([policy({ effectiveFrom: '2023-04-01' })], '2023-03'), undefined, 'due before the first version holds');
  t.same(schedule([]), []);
});

await test('days are counted in civil days after the due day', async (t) => {
  t.equal(daysAfter('2023-03-30', '2023-03-30'), 0);
  t.equal(daysAfter('2023-03-30', '2023-03-29'), 0);
  t.equal(daysAfter('2023-02-28', '2023-03-01'), 1);
  t.equal(daysAfter('2023-12-31', '2024-12-31'), 366);
  t.throws(() => daysAfter('2023-02-30', '2023-03-01'), RangeError);
});
