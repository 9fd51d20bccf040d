import * as fc from 'fast-check';
import { test } from 'tap';
import {
  civilDate,
  clampedDay,
  cutoffInstant,
  endOfDay,
  isTimeZone,
  localInstantText,
  parseDate,
  startOfDay,
} from '../../src/kernel/calendar.ts';
import { instantMillis, instantText, millisText } from '../../src/kernel/clock.ts';
import { cutoff, date, decimal, id, instant, line, period, timeZone } from '../../src/kernel/schema.ts';

const SHANGHAI = 'Asia/Shanghai';
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const month = (text: string): Temporal.PlainYearMonth => Temporal.PlainYearMonth.from(text);
const clamped = (text: string, named: number): string => clampedDay(month(text), named).toString();
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

await test('a day that the month does not have is its last one', async (t) => {
  t.equal(clamped('2023-02', 30), '2023-02-28');
  t.equal(clamped('2024-02', 30), '2024-02-29');
  t.equal(clamped('1900-02', 29), '1900-02-28', 'no leap year');
  t.equal(clamped('2000-02', 31), '2000-02-29');
  t.equal(clamped('2023-04', 31), '2023-04-30');
  t.equal(clamped('2023-03', 30), '2023-03-30');
  t.equal(clamped('2023-03', 1), '2023-03-01');
});

await test('clamping never leaves the month and never moves a day that exists', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2200 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      (year, of, named) => {
        const found = clampedDay(Temporal.PlainYearMonth.from({ year, month: of }), named);
        return found.year === year && found.month === of && found.day === Math.min(named, found.daysInMonth);
      },
    ),
  );
});

await test('a civil date is read only as YYYY-MM-DD, and only if it exists', async (t) => {
  t.equal(parseDate('2024-02-29')?.toString(), '2024-02-29');
  for (const text of [
    '2023-02-29',
    '2023-02-30',
    '2023-13-01',
    '2023-00-10',
    '2023-1-1',
    '20230101',
    '2023-01-01T00:00',
    '2023-01-01[u-ca=chinese]',
    '',
    '+002023-01-01',
  ])
    t.equal(parseDate(text), undefined, text);
});

await test('a day ends at the first moment of the next, by the rules of its zone', async (t) => {
  const ends = (text: string, zone: string): string => endOfDay(day(text), zone).toString();
  t.equal(ends('2023-03-30', SHANGHAI), '2023-03-30T16:00:00Z');
  t.equal(ends('2024-02-29', SHANGHAI), '2024-02-29T16:00:00Z');
  t.equal(ends('2023-12-31', 'UTC'), '2024-01-01T00:00:00Z');
  t.equal(ends('1986-05-03', SHANGHAI), '1986-05-03T16:00:00Z', 'the day before summer time began');
  t.equal(ends('1986-05-04', SHANGHAI), '1986-05-04T15:00:00Z', 'that day had 23 hours');
  t.equal(ends('1986-09-14', SHANGHAI), '1986-09-14T16:00:00Z', 'and the day on which it ended had 25');
  t.equal(ends('2018-11-03', 'America/Sao_Paulo'), '2018-11-04T03:00:00Z', 'a day that begins at 01:00');
  t.equal(startOfDay(day('2023-03-30'), SHANGHAI).toString(), '2023-03-29T16:00:00Z');
});

await test('every instant of a civil day lies from its start to before its end', async () => {
  const zones = fc.constantFrom(SHANGHAI, 'UTC', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu');
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2040, 0) }), zones, (millis, zone) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(millis);
      const on = civilDate(moment, zone);
      return startOfDay(on, zone).epochMilliseconds <= millis && millis < endOfDay(on, zone).epochMilliseconds;
    }),
    { numRuns: 300 },
  );
});

await test('a cutoff within the day ends what is in time', async (t) => {
  t.equal(cutoffInstant(day('2023-03-30'), '17:30', SHANGHAI).toString(), '2023-03-30T09:30:00Z');
  t.equal(cutoffInstant(day('2023-03-30'), '24:00', SHANGHAI).toString(), '2023-03-30T16:00:00Z');
  t.equal(cutoffInstant(day('1986-05-04'), '24:00', SHANGHAI).toString(), '1986-05-04T15:00:00Z', 'the end of a day of 23 hours');
  t.equal(cutoffInstant(day('2023-03-30'), '00:00', SHANGHAI).toString(), '2023-03-29T16:00:00Z');
  t.equal(cutoffInstant(day('1986-05-04'), '02:30', SHANGHAI).toString(), '1986-05-03T18:30:00Z', 'an hour that the clocks left out');
});

await test('an instant is shown with the offset its zone had then', async (t) => {
  t.equal(localInstantText(at('2023-03-30T16:00:00Z'), SHANGHAI), '2023-03-31T00:00:00+08:00');
  t.equal(localInstantText(at('1986-07-01T15:00:00Z'), SHANGHAI), '1986-07-02T00:00:00+09:00');
  t.equal(localInstantText(at('9999-12-31T15:59:59Z'), SHANGHAI), '9999-12-31T23:59:59+08:00');
  t.equal(localInstantText(at('9999-12-31T16:00:00Z'), SHANGHAI), '9999-12-31T16:00:00+00:00', 'where the year there has five digits');
  t.equal(localInstantText(at('+010000-01-01T05:00:00Z'), 'America/New_York'), '9999-12-31T23:59:59+00:00', 'the last of RFC 3339');
  t.equal(civilDate(at('2023-03-30T15:59:59.999Z'), SHANGHAI).toString(), '2023-03-30');
  t.equal(civilDate(at('2023-03-30T16:00:00Z'), SHANGHAI).toString(), '2023-03-31');
});

await test('stored instants have three decimals and count milliseconds', async (t) => {
  t.equal(instantText(at('2023-03-30T10:00:00+08:00')), '2023-03-30T02:00:00.000Z');
  t.equal(instantText(at('2023-03-30T02:00:00.9999Z')), '2023-03-30T02:00:00.999Z', 'never into the next millisecond');
  t.equal(instantMillis('2023-03-30T02:00:00.123Z'), Date.UTC(2023, 2, 30, 2, 0, 0, 123));
  t.equal(millisText(instantMillis('2023-03-30T02:00:00.123Z')), '2023-03-30T02:00:00.123Z');
  for (const text of ['2023-03-30T02:00:00Z', '2023-03-30T02:00:00.1234Z', '2023-03-30T10:00:00.000+08:00', '2023-03-30'])
    t.throws(() => instantMillis(text), RangeError, text);
});

await test('time zones are those of the IANA', async (t) => {
  t.same([SHANGHAI, 'UTC', 'Asia/Urumqi', 'Mars/Olympus', '', 'local'].map(isTimeZone), [true, true, true, false, false, false]);
});

await test('the wire forms take what the contract says, and no more', async (t) => {
  const takes = (
    schema: { readonly safeParse: (value: unknown) => { readonly success: boolean } },
    good: readonly unknown[],
    bad: readonly unknown[],
  ): void => {
    for (const value of good) t.ok(schema.safeParse(value).success, `${JSON.stringify(value)} is taken`);
    for (const value of bad) t.notOk(schema.safeParse(value).success, `${JSON.stringify(value)} is refused`);
  };
  takes(id, ['a', '0', 'shi-ke-ji-ju', 'a'.repeat(80)], ['', '-a', 'A', 'a_b', 'a'.repeat(81), '市', 'a\n']);
  takes(date, ['2024-02-29'], ['2023-02-29', '2024-2-9', 20240229]);
  takes(
    period,
    ['2023', '2023-03', '2023-Q4', '2023-H1', '2023-W52', '2020-W53', '2023-03-T3'],
    ['2023-13', '2023-3', '23', '2023-Q5', '2023-H3', '2023-W53', '2023-W00', '2023-03-T4', '2023-q1', '2023-01-01'],
  );
  takes(cutoff, ['00:00', '17:30', '24:00'], ['24:01', '7:30', '17:60', '']);
  takes(timeZone, [SHANGHAI], ['Mars/Olympus']);
  takes(decimal, ['0', '-2.4', '100000000000000000', '0.000000000000000001'], ['01', '.5', '5.', '1e3', '', '+1', '1'.repeat(19), 2.4]);
  takes(
    instant,
    ['2023-03-30T10:00:00+08:00', '2023-03-30T02:00:00Z', '2023-03-30T02:00:00.123456Z'],
    ['2023-03-30T10:00:00', '2023-02-30T10:00:00Z', '2023-03-30T25:00:00Z', '2023-03-30 10:00:00Z', '2023-03-30T10:00Z'],
  );
  takes(line(3), ['abc', ' abc '], ['', '   ', 'abcd', 'ab\u0000'.repeat(2)]);
  t.equal(line(3).parse(' a '), 'a');
});
