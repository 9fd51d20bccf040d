import * as fc from 'fast-check';
import { test } from 'tap';
import { remindersDue, type DueReminder } from '../../../src/domain/reminders/due.ts';
import { reminderDays } from '../../../src/domain/reminders/days.ts';
import type { ReminderStep } from '../../../src/domain/reminders/events.ts';
import type { RulesSet } from '../../../src/domain/reminders/state.ts';
import { at, cooperating, FINANCE, facts, lead, policy, report, SCIENCE, TASK, task } from '../compliance/fixtures.ts';

/** Who is to be reminded of what, worked out by hand: the notice wants each month's report by the 30th, 24:00. */

const step = (id: string, more: Partial<ReminderStep> = {}): ReminderStep => ({
  id,
  when: 'on',
  to: ['unit'],
  channel: 'email',
  of: ['monthly'],
  ...more,
});
const BEFORE = step('before', { when: 'before', days: 3 });
const ON = step('on');
const AFTER = step('after', { when: 'after', days: 2, times: 3 });

const rules = (steps: readonly ReminderStep[], more: Partial<RulesSet> = {}): RulesSet => ({
  at: '09:00',
  workingDays: false,
  steps: [...steps],
  receivedAt: at('2023-01-10T09:00:00+08:00'),
  ...more,
});

const shown = (due: readonly DueReminder[]): readonly string[] =>
  due.map(
    ({ heading: { unit, leader, to, kind, period, step: of, day } }) => `${to} ${leader ?? unit ?? '–'} ${kind} ${period} ${of} ${day}`,
  );

const at9 = (day: string): number => at(`${day}T09:00:00+08:00`);

await test('three days before, on the day, and every second day after it', (t) => {
  const known = facts({});
  const due = (now: string): readonly string[] => shown(remindersDue(known, rules([BEFORE, ON, AFTER]), at(now)));
  t.same(due('2023-03-27T08:59:59+08:00'), [], 'at nine');
  t.same(due('2023-03-27T09:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 before 2023-03-27`]);
  t.same(due('2023-03-30T08:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 before 2023-03-27`]);
  t.same(
    due('2023-03-30T09:00:00+08:00').filter((line) => line.includes(' on ')),
    [`unit ${SCIENCE} monthly 2023-03 on 2023-03-30`],
  );
  t.same(
    due('2023-03-31T09:00:00+08:00').filter((line) => line.includes('2023-03')),
    [],
    'it is over, and the first after it is on 1 April',
  );
  t.same(due('2023-04-01T09:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 after 2023-04-01`]);
  t.same(due('2023-04-03T09:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 after 2023-04-03`], 'the last one says it all');
  t.same(due('2023-04-05T09:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 after 2023-04-05`]);
  t.same(due('2023-04-07T09:00:00+08:00'), [`unit ${SCIENCE} monthly 2023-03 after 2023-04-05`], 'and there is no fourth');
  t.end();
});

await test('who has reported is not reminded, nor who awaits the office; who is paused is not, nor who was never asked', (t) => {
  const now = at9('2023-03-27');
  const of = (known: Parameters<typeof facts>[0]): readonly string[] => shown(remindersDue(facts(known), rules([BEFORE]), now));
  t.same(of({ reports: [report(SCIENCE, '2023-03', '2023-03-20T10:00:00+08:00')] }), []);
  t.same(of({ tasks: [task({ pauses: [{ from: at('2023-03-01T00:00:00+08:00'), to: null }] })] }), [], 'paused');
  t.same(
    of({ tasks: [task({ pauses: [{ from: at('2023-02-01T00:00:00+08:00'), to: at('2023-03-01T00:00:00+08:00') }] })] }).length,
    1,
    'resumed',
  );
  t.same(
    of({ tasks: [task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), cooperating(FINANCE)] }] })] }),
    [`unit ${SCIENCE} monthly 2023-03 before 2023-03-27`],
    'who only cooperates reports nothing here',
  );
  const accepted = facts({
    policies: [policy({ decides: 'first-accepted' })],
    reports: [report(SCIENCE, '2023-03', '2023-03-20T10:00:00+08:00')],
  });
  t.same(shown(remindersDue(accepted, rules([BEFORE]), now)), [], 'it lies with the office');
  const overdue = facts({ tasks: [task({ pauses: [{ from: at('2023-03-31T10:00:00+08:00'), to: null }] })] });
  t.same(
    shown(remindersDue(overdue, rules([AFTER]), at9('2023-04-01'))),
    [],
    'paused after it fell due: still missing, and nobody reminds',
  );
  t.end();
});

await test('what was to be sent before the rules were set is not theirs', (t) => {
  const set = (when: string): readonly string[] =>
    shown(remindersDue(facts({}), rules([BEFORE], { receivedAt: at(when) }), at('2023-03-27T12:00:00+08:00')));
  t.equal(set('2023-03-27T09:00:00+08:00').length, 1);
  t.same(set('2023-03-27T09:00:01+08:00'), []);
  t.end();
});

await test('one to a unit for all its tasks, one to each leader with what is his, one to the office for all units', (t) => {
  const posts = (name: string) => [{ posts: [{ name, title: '副市长' }], receivedAt: at('2023-01-10T00:00:00+08:00') }];
  const known = facts({
    tasks: [
      task({ leaders: posts('万战伟') }),
      task({ id: 'task-26', number: 26, leaders: posts('牛兰英') }),
      task({
        id: 'task-27',
        number: 27,
        leaders: posts('万战伟'),
        assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(FINANCE)] }],
      }),
    ],
  });
  const due = remindersDue(known, rules([{ ...BEFORE, to: ['unit', 'leader', 'office'] }]), at9('2023-03-27'));
  t.same(
    due.map(({ heading: { to, unit, leader }, owed }) => [to, unit, leader, owed.map((each) => each.task)]),
    [
      ['unit', SCIENCE, null, [TASK, 'task-26']],
      ['leader', SCIENCE, '万战伟', [TASK]],
      ['office', null, null, [TASK, 'task-26', 'task-27']],
      ['leader', SCIENCE, '牛兰英', ['task-26']],
      ['unit', FINANCE, null, ['task-27']],
      ['leader', FINANCE, '万战伟', ['task-27']],
    ],
  );
  t.equal(new Set(due.map(({ id }) => id)).size, due.length);
  t.end();
});

await test('in working days: back over the holiday, forward to the day after it', (t) => {
  // 2023: Qingming is 5 April; May Day 29 April to 3 May, with 23 April and 6 May worked.
  const calendar = {
    years: {
      '2023': {
        holidays: ['2023-04-05', '2023-04-29', '2023-04-30', '2023-05-01', '2023-05-02', '2023-05-03'],
        workdays: ['2023-04-23', '2023-05-06'],
      },
    },
  };
  const days = (given: Partial<ReminderStep>, due: string): readonly string[] =>
    reminderDays(step('x', given), Temporal.PlainDate.from(due), calendar).map(String);
  t.same(days({ when: 'before', days: 1 }, '2023-04-06'), ['2023-04-04'], 'over Qingming');
  t.same(days({ when: 'before', days: 3 }, '2023-04-25'), ['2023-04-21'], 'Sunday the 23rd is worked, Saturday is not');
  t.same(days({ when: 'on' }, '2023-04-30'), ['2023-04-28'], 'the last day on which somebody reads it');
  t.same(days({ when: 'after', days: 1, times: 3 }, '2023-04-28'), ['2023-05-04', '2023-05-04', '2023-05-04'], 'once after the holiday');
  t.same(days({ when: 'after', days: 7, times: 2 }, '2023-04-29'), ['2023-05-06', '2023-05-15'], 'Saturday the 6th is worked');
  t.same(days({ when: 'before', days: 2 }, '2024-01-01'), ['2023-12-30'], 'a year that the calendar does not know: days like others');
  t.end();
});

await test('whenever and however often it is asked: a reminder has one name, one time, and something that is owed', (t) => {
  const days = fc.integer({ min: 1, max: 10 });
  const steps = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.oneof(
          days.map((n): ReminderStep => step(id, { when: 'before', days: n })),
          fc.constant<ReminderStep>(step(id)),
          days.map((n): ReminderStep => step(id, { when: 'after', days: n, times: 4 })),
        ),
      ),
    ),
  );
  const moment = fc.integer({ min: at('2023-02-01T00:00:00+08:00'), max: at('2023-12-31T00:00:00+08:00') });
  const received = fc.option(fc.integer({ min: at('2023-03-01T00:00:00+08:00'), max: at('2023-04-20T00:00:00+08:00') }));
  fc.assert(
    fc.property(steps, moment, fc.integer({ min: 0, max: 6 * 3_600_000 }), received, (given, now, later, reportedAt) => {
      const reports =
        reportedAt === null ? [] : [report(SCIENCE, '2023-03', Temporal.Instant.fromEpochMilliseconds(reportedAt).toString())];
      const known = facts({ reports });
      const [due, again] = [remindersDue(known, rules(given), now), remindersDue(known, rules(given), now + later)];
      const names = new Map(again.map((each) => [each.id, each]));
      return due.every((each) => {
        const { heading, at: when, owed, isOverdue } = each;
        const same = names.get(each.id);
        return (
          when <= now &&
          owed.length > 0 &&
          (same === undefined || same.at === when) &&
          isOverdue === heading.day > each.dueDay &&
          !(heading.period === '2023-03' && reportedAt !== null && reportedAt <= now)
        );
      });
    }),
    { numRuns: 60 },
  );
  t.end();
});

await test('asked every hour of two months, nothing is named twice at two times, and each is once within its day', (t) => {
  const known = facts({});
  const seen = new Map<string, number>();
  for (let now = at('2023-03-01T00:30:00+08:00'); now < at('2023-05-01T00:00:00+08:00'); now += 3_600_000)
    for (const { id, at: when } of remindersDue(known, rules([BEFORE, ON, AFTER]), now)) {
      if ((seen.get(id) ?? when) !== when) t.fail(`${id} is due at two times`);
      seen.set(id, when);
    }
  // February's is due on the 28th: after it on 2, 4 and 6 March. March: 27, 30, then 1, 3, 5 April. April: 27 and 30.
  const days = [...seen.values()].sort((a, b) => a - b).map((each) => new Date(each + 8 * 3_600_000).toISOString().slice(5, 10));
  t.same(days, ['03-02', '03-04', '03-06', '03-27', '03-30', '04-01', '04-03', '04-05', '04-27', '04-30']);
  t.end();
});
