import { test } from 'tap';
import { letterLines } from '../../src/publishing/letters/letter.ts';
import { reminderLetter, type Owed } from '../../src/publishing/letters/reminder.ts';

/** The words of a reminder letter (催办单). What is due at an hour is not said to be due by the end of its day. */

const owed = (due: string): Owed => ({
  label: '第1项“工作1”',
  kind: 'report',
  due,
  dueOn: '2026-12-04',
  state: 'not-yet-due',
  light: 'yellow',
  daysLate: 0,
});

const wordsOf = (...obligations: readonly Owed[]): string =>
  letterLines(
    reminderLetter({
      name: '市科技局',
      period: '2026-11',
      issuers: ['市政府办公室'],
      obligations,
      missing: 0,
      dueSoon: obligations.length,
      on: '2026-12-02',
    }),
  ).join('\n');

await test('what is due at the end of a day is due with that day', async (t) => {
  const words = wordsOf(owed('2026-12-05T00:00:00+08:00'));
  t.match(words, '\t2026年12月4日\t');
  t.match(words, '其中最近一项时限为2026年12月4日（含当日）。');
});

await test('what is due at an hour is said with its hour', async (t) => {
  const words = wordsOf(owed('2026-12-04T17:00:00+08:00'));
  t.match(words, '\t2026年12月4日17时前\t');
  t.match(words, '其中最近一项时限为2026年12月4日17时前。');
  t.notMatch(words, '含当日');
  t.match(wordsOf(owed('2026-12-04T08:30:00+08:00')), '时限为2026年12月4日8时30分前。');
});

await test('of two that are due on one day, the earlier is the next', async (t) =>
  t.match(wordsOf(owed('2026-12-05T00:00:00+08:00'), owed('2026-12-04T17:00:00+08:00')), '最近一项时限为2026年12月4日17时前。'));
