import * as fc from 'fast-check';
import { test } from 'tap';
import { reminderDecider, standingAt, UNDER_WAY_MILLIS, type ReminderCommand } from '../../../src/domain/reminders/decide.ts';
import type { ReminderEvent } from '../../../src/domain/reminders/events.ts';
import { momentAt } from '../../../src/kernel/moment.ts';
import { MAIL_LIMIT_MILLIS } from '../../../src/sending/mail.ts';
import type { ReminderState, ReminderStatus } from '../../../src/domain/reminders/state.ts';

/** A reminder is sent once; only what is known not to have gone is tried again, or what a person sends again. */

const heading = {
  directive: 'd',
  unit: 'u',
  kind: 'monthly',
  period: '2023-03',
  step: 's',
  day: '2023-03-27',
  to: 'unit',
  leader: null,
} as const;
const claim = (again: string | null = null): ReminderCommand => ({
  type: 'ClaimReminder',
  heading,
  tasks: ['t'],
  channel: 'email',
  addresses: 1,
  subject: '催办',
  text: '请报送',
  again,
});
const answer = (attempt: number, outcome: 'sent' | 'failed' | 'unknown'): ReminderCommand => ({
  type: 'AnswerReminder',
  attempt,
  outcome,
  answer: '250 OK',
});
const miss: ReminderCommand = { type: 'MissReminder', heading, tasks: ['t'], reason: 'not sent in time', subject: '催办', text: '请报送' };

const MINUTE = 60_000;

const run = (
  commands: readonly (readonly [minute: number, command: ReminderCommand])[],
): { readonly state: ReminderState; readonly said: readonly string[] } => {
  let state = reminderDecider.initial;
  const said: string[] = [];
  for (const [minute, command] of commands) {
    const decision = reminderDecider.decide(state, command, minute * MINUTE);
    if (!decision.ok) throw new Error('refused');
    for (const event of decision.events) {
      said.push(event.type === 'ReminderAnswered' ? event.data.outcome : event.type);
      state = reminderDecider.evolve(state, event, minute * MINUTE);
    }
  }
  return { state, said };
};

await test('claimed once, whoever comes second', (t) => {
  t.same(
    run([
      [0, claim()],
      [0, claim()],
      [600, claim()],
    ]).said,
    ['ReminderClaimed'],
    'and not again after hours without an answer',
  );
  t.same(
    run([
      [0, claim()],
      [1, answer(1, 'sent')],
      [600, claim()],
      [600, claim('again')],
    ]).said,
    ['ReminderClaimed', 'sent'],
  );
  t.end();
});

await test('what did not go is tried again, five times at most, each time later', (t) => {
  t.same(
    run([
      [0, claim()],
      [0, answer(1, 'failed')],
      [14, claim()],
    ]).said,
    ['ReminderClaimed', 'failed'],
  );
  t.same(
    run([
      [0, claim()],
      [0, answer(1, 'failed')],
      [15, claim()],
    ]).said,
    ['ReminderClaimed', 'failed', 'ReminderClaimed'],
  );
  const often = Array.from({ length: 10 }, (_, n) => [[n * 120, claim()] as const, [n * 120, answer(n + 1, 'failed')] as const]).flat();
  t.equal(run(often).said.filter((each) => each === 'ReminderClaimed').length, 5);
  t.end();
});

await test('what may have gone is sent again by a person alone, and not while it is under way', (t) => {
  const unknown = [
    [0, claim()],
    [1, answer(1, 'unknown')],
  ] as const;
  t.same(run([...unknown, [600, claim()]]).said, ['ReminderClaimed', 'unknown']);
  t.same(run([...unknown, [2, claim('没有收到')]]).said, ['ReminderClaimed', 'unknown', 'ReminderClaimed']);
  t.same(
    run([
      [0, claim()],
      [UNDER_WAY_MILLIS / MINUTE - 1, claim('没有收到')],
    ]).said,
    ['ReminderClaimed'],
  );
  t.same(
    run([
      [0, claim()],
      [UNDER_WAY_MILLIS / MINUTE, claim('没有收到')],
    ]).said,
    ['ReminderClaimed', 'ReminderClaimed'],
  );
  t.same(
    run([
      [0, claim()],
      [20, claim('没有收到')],
      [21, answer(1, 'sent')],
      [22, answer(2, 'failed')],
    ]).said,
    ['ReminderClaimed', 'ReminderClaimed', 'failed'],
    'a late answer is of another attempt',
  );
  t.end();
});

await test('what was missed is not sent of its own accord, and what was sent is not missed', (t) => {
  t.same(
    run([
      [0, miss],
      [0, miss],
      [1, claim()],
    ]).said,
    ['ReminderMissed'],
  );
  t.same(
    run([
      [0, miss],
      [1, claim('补发')],
    ]).said,
    ['ReminderMissed', 'ReminderClaimed'],
  );
  t.same(
    run([
      [0, claim()],
      [1, miss],
      [2, answer(1, 'sent')],
      [3, miss],
    ]).said,
    ['ReminderClaimed', 'sent'],
  );
  t.same(run([[0, claim('补发')]]).said, [], 'nobody sends again what was never to be sent');
  t.end();
});

await test('a claim without an answer is unknown once no sender can be waiting any more', (t) => {
  const standing = (status: ReminderStatus, millis: number): ReminderStatus =>
    standingAt(status, 1_000, momentAt(1_000 + millis, 'Asia/Shanghai'));
  t.equal(standing('claimed', UNDER_WAY_MILLIS - 1), 'claimed');
  t.equal(standing('claimed', UNDER_WAY_MILLIS), 'unknown');
  for (const status of ['sent', 'failed', 'unknown', 'missed'] as const) t.equal(standing(status, 10 * UNDER_WAY_MILLIS), status);
  t.ok(MAIL_LIMIT_MILLIS + MINUTE <= UNDER_WAY_MILLIS, 'a mail takes less');
  t.end();
});

await test('in whatever order machines and their answers come: without a person nothing follows what went or may have gone', (t) => {
  const step = fc.oneof(
    fc.constant(claim()),
    fc.constant(miss),
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('sent' as const, 'failed' as const, 'unknown' as const))
      .map(([n, what]) => answer(n, what)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), step), { maxLength: 40 }), (steps) => {
      let minute = 0;
      const events: ReminderEvent[] = [];
      let state = reminderDecider.initial;
      for (const [wait, command] of steps) {
        minute += wait;
        const decision = reminderDecider.decide(state, command, minute * MINUTE);
        if (!decision.ok) return false;
        for (const event of decision.events) {
          const last = events.at(-1);
          if (
            event.type === 'ReminderClaimed' &&
            last !== undefined &&
            !(last.type === 'ReminderAnswered' && last.data.outcome === 'failed')
          )
            return false;
          events.push(event);
          state = reminderDecider.evolve(state, event, minute * MINUTE);
        }
      }
      return events.filter(({ type }) => type === 'ReminderClaimed').length <= 5;
    }),
  );
  t.end();
});
