import * as fc from 'fast-check';
import { test } from 'tap';
import { dueOf, unkeepable } from '../../../src/domain/directives/due.ts';
import type { Duty } from '../../../src/domain/directives/duty.ts';
import {
  dutiesOf,
  dutiesOn,
  EVERYTHING,
  periodsOf,
  policyOn,
  schedule,
  type AdoptedPolicy,
} from '../../../src/domain/directives/schedule.ts';
import { daysAfter } from '../../../src/kernel/civil-days.ts';
import { momentAt } from '../../../src/kernel/moment.ts';
import { at, dutyOf, policy, type PolicyGiven } from './fixtures.ts';

const due = (period: string, more: PolicyGiven = {}) => dueOf(policy(more), period.length === 4 ? 'annual' : 'monthly', period);
const lastDay = (period: string, more: PolicyGiven = {}): string | undefined => due(period, more)?.day;

await test('each month is due by the 30th, February at its end', async (t) => {
  const days = periodsOf([policy()]).map((period) => lastDay(period));
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
  t.equal(lastDay('2024-02', { monthly: { from: '2024-01', to: '2024-12', day: 30 } }), '2024-02-29');
});

await test('due is the exclusive end of what is in time, in the offset of the zone', async (t) => {
  t.match(due('2023-02'), { text: '2023-03-01T00:00:00+08:00', end: Date.UTC(2023, 1, 28, 16), kind: 'monthly' });
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
  t.equal(lastDay('2024-02', { bound, monthly: { from: '2024-02', to: '2024-02', day: 30 } }), '2024-02-29');
  t.equal(lastDay('2023', { bound }), '2023-12-24');
  const on = (day: number) => ({ bound, monthly: { from: '2023-01', to: '2024-12', day } }) as const;
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

/** `period version day`, for what is owed by what had been received at an instant. */
const owedAt = (instant: string | undefined, ...policies: readonly AdoptedPolicy[]): readonly string[] =>
  schedule(policies, instant === undefined ? EVERYTHING : momentAt(at(instant), 'Asia/Shanghai')).map(
    ({ policy: { version }, due: { period, day } }) => `${period} v${version} ${day}`,
  );
const owed = (...policies: readonly AdoptedPolicy[]): readonly string[] => owedAt(undefined, ...policies);
const is = (policies: readonly AdoptedPolicy[], period: string): readonly string[] =>
  dutiesOf(policies, period, EVERYTHING).map(({ policy: { version }, due: { kind } }) => `${kind} v${version}`);

const fromApril = (day: number) => ({ annual: null, monthly: { from: '2023-04', to: '2023-07', day } }) as const;

await test('what falls due after a later version was received is owed as that one says', async (t) => {
  const first = policy(fromApril(30));
  const second = policy({ version: 2, effectiveFrom: '2023-06-01', ...fromApril(25) });
  t.same(owed(first, second), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-06 v2 2023-06-25', '2023-07 v2 2023-07-25']);
  const onTheDay = policy({ version: 2, effectiveFrom: '2023-05-25', ...fromApril(25) });
  t.same(owed(first, onTheDay)[1], '2023-05 v2 2023-05-25', 'in force on the very day');
  const corrected = policy({ version: 3, effectiveFrom: '2023-06-01', ...fromApril(20) });
  t.same(owed(first, second, corrected)[2], '2023-06 v3 2023-06-20', 'of two that hold from one day, the later');
  t.same(owedAt('2023-05-31T23:59:59.999+08:00', first, second), owed(first), 'before it was received nobody knew of it');
});

await test('what fell due keeps its policy, and no change shortens a time that is over', async (t) => {
  const first = policy(fromApril(30));
  const received = (version: number, text: string, day: number): AdoptedPolicy =>
    policy({ version, effectiveFrom: '2023-06-01', receivedAt: at(text), ...fromApril(day) });
  t.same(owed(first, received(2, '2023-06-30T23:59:59.999+08:00', 30))[2], '2023-06 v2 2023-06-30', 'in the last instant');
  t.same(owed(first, received(2, '2023-07-01T00:00:00+08:00', 30))[2], '2023-06 v1 2023-06-30', 'too late by the older one');
  t.same(owed(first, received(2, '2023-06-26T00:00:00+08:00', 25))[2], '2023-06 v1 2023-06-30', 'too late by its own due day');
  t.same(owed(first, received(2, '2023-06-25T23:59:59.999+08:00', 25))[2], '2023-06 v2 2023-06-25');
  t.same(
    owed(policy({ ...fromApril(30), receivedAt: at('2023-12-01T00:00:00+08:00') }))[0],
    '2023-04 v1 2023-04-30',
    'the first that speaks of a period counts whenever it was received',
  );
});

await test('a later version takes away what it withdraws, and nothing by silence', async (t) => {
  const first = policy({ monthly: { from: '2023-04', to: '2023-07', day: 30 } });
  const shorter = policy({ version: 2, effectiveFrom: '2023-06-01', monthly: { from: '2023-04', to: '2023-06', day: 30 } });
  t.same(owed(first, shorter), [
    '2023-04 v1 2023-04-30',
    '2023-05 v1 2023-05-30',
    '2023-06 v2 2023-06-30',
    '2023-07 v1 2023-07-30',
    '2023 v2 2023-12-25',
  ]);
  const annualOnly = policy({ version: 2, effectiveFrom: '2023-06-01', monthly: null });
  t.same(owed(first, annualOnly), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023 v2 2023-12-25'], 'null is no more');
  const silent = policy({ version: 2, effectiveFrom: '2023-06-01', duties: [], withdrawn: [] });
  t.same(owed(first, silent), owed(first));
  const late = policy({ version: 2, effectiveFrom: '2023-06-01', monthly: null, receivedAt: at('2023-07-01T00:00:00+08:00') });
  t.same(owed(first, late)[2], '2023-06 v1 2023-06-30', 'what fell due is not withdrawn');
  t.same(owed(first, late)[3], '2023 v2 2023-12-25', 'what had not is');
  const again = policy({ version: 3, effectiveFrom: '2023-07-01', monthly: { from: '2023-04', to: '2023-07', day: 30 } });
  t.same(owed(first, annualOnly, again), ['2023-04 v1 2023-04-30', '2023-05 v1 2023-05-30', '2023-07 v3 2023-07-30', '2023 v3 2023-12-25']);
  t.same(is([first, annualOnly], '2023-07'), []);
});

await test('what is owed stands in the order in which it falls due', async (t) => {
  const periods = schedule([policy()], EVERYTHING).map(({ due: { period } }) => period);
  t.same(periods.slice(0, 2), ['2023-01', '2023-02']);
  t.same(periods.slice(-3), ['2023-11', '2023', '2023-12'], 'the year is due on the 25th, December on the 30th');
});

await test('what no version demands is not owed', async (t) => {
  t.same(is([policy()], '2024-01'), []);
  t.same(is([policy()], '2022'), []);
  t.same(is([policy({ annual: null })], '2023'), []);
  t.same(is([], '2023-03'), []);
  t.same(is([policy({ effectiveFrom: '2023-04-01' })], '2023-03'), [], 'due before the first version holds');
  t.same(schedule([], EVERYTHING), []);
});

await test('of several duties that demand a period the first of the first policy stands first', async (t) => {
  const figures = dutyOf('figures', { due: { day: 5, offset: 1 } });
  const words = dutyOf('words', { due: { day: 20 } });
  t.same(is([policy({ duties: [figures, words] })], '2023-03'), ['figures v1', 'words v1'], 'though it is due later');
  t.same(is([policy({ duties: [words] }), policy({ version: 2, duties: [figures] })], '2023-03'), ['words v1', 'figures v2']);
});

/** The last day in time of a period of one duty. */
const dayOf = (more: Parameters<typeof dutyOf>[1], period: string, rules: PolicyGiven = {}): string | undefined => {
  const duty: Duty = dutyOf('d', { from: period, to: period, ...more });
  return dueOf(policy({ duties: [duty], ...rules }), 'd', period)?.day;
};

await test('every form of period has its due day, in itself or in a later one', async (t) => {
  const table: readonly (readonly [Duty['every'], period: string, due: Partial<Duty['due']>, day: string])[] = [
    ['month', '2023-03', { day: 5, offset: 1 }, '2023-04-05'],
    ['month', '2023-12', { day: 31, offset: 2 }, '2024-02-29'],
    ['quarter', '2023-Q1', { day: 20 }, '2023-03-20'],
    ['quarter', '2023-Q1', { day: 31, month: 2 }, '2023-02-28'],
    ['quarter', '2023-Q4', { day: 10, offset: 1 }, '2024-01-10'],
    ['quarter', '2023-Q1', { day: 10, month: 3, offset: 1 }, '2023-06-10'],
    ['half-year', '2023-H1', { day: 30 }, '2023-06-30'],
    ['half-year', '2023-H2', { day: 15, offset: 1 }, '2024-01-15'],
    ['half-year', '2023-H2', { day: 15, month: 6, offset: 1 }, '2024-06-15'],
    ['year', '2023', { day: 10, offset: 1 }, '2024-01-10'],
    ['year', '2023', { day: 31, month: 11 }, '2023-11-30'],
    ['year', '2023', { date: '02-29', offset: 1 }, '2024-02-29'],
    ['year', '2022', { date: '02-29' }, '2022-02-28'],
    ['week', '2023-W01', { weekday: 1 }, '2023-01-02'],
    ['week', '2023-W52', { weekday: 7 }, '2023-12-31'],
    ['week', '2020-W53', { weekday: 5 }, '2021-01-01'],
    ['week', '2020-W53', { weekday: 3, offset: 1 }, '2021-01-06'],
    ['ten-days', '2023-02-T1', { day: 1 }, '2023-02-01'],
    ['ten-days', '2023-02-T3', { day: 10 }, '2023-02-28'],
    ['ten-days', '2023-03-T3', { day: 11 }, '2023-03-31'],
    ['ten-days', '2023-03-T3', { day: 2, offset: 1 }, '2023-04-02'],
    ['once', '2023-Q2', { date: '2023-07-31' }, '2023-07-31'],
  ];
  for (const [every, period, on, day] of table) t.equal(dayOf({ every, due: on }, period), day, `${every} ${period} ${JSON.stringify(on)}`);
});

/** The first week of 2023 begins on 2 January, which is a holiday; the Saturday 28 January is worked. */
const CALENDAR = {
  source: '国办发明电〔2022〕16号',
  years: {
    '2023': {
      holidays: ['2023-01-01', '2023-01-02', '2023-01-23', '2023-01-24', '2023-01-25', '2023-01-26', '2023-01-27'],
      workdays: ['2023-01-28', '2023-01-29'],
    },
  },
};

await test('the n-th working day of a month or a week is counted, and the last one ends the term where there are fewer', async (t) => {
  const counted = (every: Duty['every'], period: string, day: number, bound: 'inclusive' | 'exclusive' = 'inclusive') =>
    dayOf({ every, due: { day, shift: 'nth-working-day' } }, period, { calendar: CALENDAR, bound });
  t.equal(counted('month', '2023-01', 1), '2023-01-03');
  t.equal(counted('month', '2023-01', 15), '2023-01-28', 'a Saturday that is worked');
  t.equal(counted('month', '2023-01', 31), '2023-01-31', 'the last of fewer');
  t.equal(counted('week', '2023-W01', 1), '2023-01-03');
  t.equal(counted('week', '2023-W04', 1), '2023-01-28');
  t.equal(counted('week', '2023-W04', 3), '2023-01-29', 'the last of fewer');
  t.equal(counted('month', '2023-01', 1, 'exclusive'), '2023-01-02', 'the day before the one that is named');
  t.equal(counted('week', '2023-W04', 3, 'exclusive'), '2023-01-29', 'what was the last stays in time');
  t.equal(
    dayOf({ every: 'week', due: { weekday: 1, shift: 'next-working-day' } }, '2023-W04', { calendar: CALENDAR }),
    '2023-01-28',
    'a Monday of rest moves on',
  );
});

await test('the rule is told in words', async (t) => {
  const rule = (more: Parameters<typeof dutyOf>[1], period: string): string | undefined =>
    dueOf(policy({ duties: [dutyOf('d', { from: period, to: period, ...more })], calendar: CALENDAR }), 'd', period)?.rule;
  const end = 'inclusive to 24:00 Asia/Shanghai (policy 1)';
  t.equal(
    rule({ every: 'quarter', due: { day: 10, month: 2, offset: 1 } }, '2023-Q1'),
    `each quarter by the 10 of its 2nd month, clamped to its end in the period after it, ${end}`,
  );
  t.equal(rule({ every: 'week', due: { weekday: 5 } }, '2023-W07'), `each week by its 5th day, ${end}`);
  t.equal(
    rule({ every: 'ten-days', due: { day: 3, offset: 2 } }, '2023-03-T1'),
    `each ten days by their 3rd day in the 2nd period after it, ${end}`,
  );
  t.equal(rule({ every: 'once', due: { date: '2023-07-31' } }, '2023-Q2'), `once by 2023-07-31, ${end}`);
  t.equal(rule({ due: { day: 1, shift: 'nth-working-day' } }, '2023-01'), `each month by the 1st working day, ${end}`);
});

await test('a duty that nobody can keep is found by its period, or by the year that its calendar lacks', async (t) => {
  const found = (more: Parameters<typeof dutyOf>[1], rules: PolicyGiven = {}) =>
    unkeepable(dutyOf('d', more), policy({ duties: [], ...rules }));
  t.equal(found({}), undefined);
  t.same(found({ due: { day: 1 } }, { bound: 'exclusive' }), { before: '2023-01', day: '2022-12-31' });
  t.same(found({ every: 'once', from: '2023-03', to: '2023-03', due: { date: '2023-02-28' } }), { before: '2023-03', day: '2023-02-28' });
  t.same(found({ due: { day: 1, cutoff: '00:00' } }), { before: '2023-01', day: '2023-01-01' });
  t.equal(found({ due: { day: 1, cutoff: '00:01' } }), undefined);
  t.same(found({ due: { day: 5, offset: 1, shift: 'next-working-day' } }, { calendar: CALENDAR }), { unknownYear: '2024' });
});

await test('on a day hold the policies received before it was over, and of each duty the newest that speaks of it', async (t) => {
  const first = policy();
  const second = policy({ version: 2, effectiveFrom: '2023-06-01', receivedAt: at('2023-06-10T09:00:00+08:00'), monthly: null });
  const on = (day: string, instant = '2023-12-31T00:00:00+08:00') =>
    [[first, second], day, 'Asia/Shanghai', momentAt(at(instant), 'Asia/Shanghai')] as const;
  t.equal(policyOn(...on('2023-01-09')), undefined);
  t.equal(policyOn(...on('2023-06-09'))?.version, 1, 'received the day after');
  t.equal(policyOn(...on('2023-06-10'))?.version, 2);
  t.equal(policyOn(...on('2023-06-10', '2023-06-10T08:59:59+08:00'))?.version, 1, 'not received at the moment judged');
  t.same(
    dutiesOn(...on('2023-06-10')).map(({ id }) => id),
    ['annual'],
  );
  t.same(
    dutiesOn(...on('2023-06-09')).map(({ id }) => id),
    ['monthly', 'annual'],
  );
});

await test('days are counted in civil days after the due day', async (t) => {
  t.equal(daysAfter('2023-03-30', '2023-03-30'), 0);
  t.equal(daysAfter('2023-03-30', '2023-03-29'), 0);
  t.equal(daysAfter('2023-02-28', '2023-03-01'), 1);
  t.equal(daysAfter('2023-12-31', '2024-12-31'), 366);
  t.throws(() => daysAfter('2023-02-30', '2023-03-01'), RangeError);
});
