import * as fc from 'fast-check';
import { test } from 'tap';
import { totalsOf, unitLines } from '../../../src/domain/compliance/board.ts';
import { bindingDeadline } from '../../../src/domain/compliance/deadline.ts';
import { factsAt } from '../../../src/domain/compliance/facts-at.ts';
import { inDocumentOrder, type Facts } from '../../../src/domain/compliance/facts.ts';
import { judge } from '../../../src/domain/compliance/judge.ts';
import { momentAt } from '../../../src/kernel/moment.ts';
import {
  at,
  cooperating,
  COUNTIES,
  COUNTY,
  DISTRICT,
  endOf,
  facts,
  FINANCE,
  lead,
  policy,
  report,
  reportOf,
  SCIENCE,
  shown,
  task,
  TASK,
  verdicts,
  type PolicyGiven,
  type TaskGiven,
  type Version,
} from './fixtures.ts';

const march = { period: '2023-03' } as const;
const onMarch = (of: Facts, on = '2023-06-30'): readonly string[] => verdicts(of, on, 'monthly', march);
const received = (...times: readonly string[]): Facts => facts({ reports: [report(SCIENCE, '2023-03', ...times)] });
const under = (rules: PolicyGiven, time: string): Facts =>
  facts({ policies: [policy(rules)], reports: [report(SCIENCE, '2023-03', time)] });

await test('the last millisecond of the due day is in time, the next is late by a day', async (t) => {
  t.same(onMarch(received('2023-03-30T23:59:59.999+08:00')), [`${SCIENCE} 2023-03 on-time *`]);
  t.same(onMarch(received('2023-03-31T00:00:00.000+08:00')), [`${SCIENCE} 2023-03 late +1`]);
  t.same(onMarch(received('2023-03-30T00:00:00.000+08:00')), [`${SCIENCE} 2023-03 on-time *`]);
  t.same(onMarch(received('2023-03-29T23:59:59.999+08:00')), [`${SCIENCE} 2023-03 on-time`]);
  t.same(onMarch(received('2023-04-09T12:00:00+08:00')), [`${SCIENCE} 2023-03 late +10`]);
  t.same(onMarch(received('2023-03-30T16:00:00Z')), [`${SCIENCE} 2023-03 late +1`], 'by the office’s clock, whatever the sender’s');
});

const february = (year: number, time: string) => {
  const period = `${year}-02`;
  const known = facts({ policies: [policy({ monthly: { from: period, to: period, day: 30 } })], reports: [report(SCIENCE, period, time)] });
  return verdicts(known, `${year}-06-30`, 'monthly', { period });
};

await test('February is judged at the end of the 28th, in a leap year of the 29th', async (t) => {
  t.same(february(2023, '2023-02-28T23:59:59.999+08:00'), [`${SCIENCE} 2023-02 on-time`], 'under either reading of 前');
  t.same(february(2023, '2023-03-01T00:00:00+08:00'), [`${SCIENCE} 2023-02 late +1`]);
  t.same(february(2024, '2024-02-29T23:59:59.999+08:00'), [`${SCIENCE} 2024-02 on-time`]);
  t.same(february(2024, '2024-03-01T00:00:00+08:00'), [`${SCIENCE} 2024-02 late +1`]);
});

await test('nothing is missing before the end of its due day, and only what came by the end of the day judged counts', async (t) => {
  const nothing = facts({});
  t.same(onMarch(nothing, '2023-03-29'), [`${SCIENCE} 2023-03 not-yet-due`]);
  t.same(onMarch(nothing, '2023-03-30'), [`${SCIENCE} 2023-03 not-yet-due`], 'its last instant is still in time');
  t.same(onMarch(nothing, '2023-03-31'), [`${SCIENCE} 2023-03 missing +1`]);
  const late = received('2023-04-02T00:00:00+08:00');
  t.same(onMarch(late, '2023-04-01'), [`${SCIENCE} 2023-03 missing +2`], 'on the day before it came');
  t.same(onMarch(late, '2023-04-02'), [`${SCIENCE} 2023-03 late +3`], 'received at the first moment of the day');
  t.same(onMarch(received('2023-03-01T08:00:00+08:00'), '2023-03-02'), [`${SCIENCE} 2023-03 on-time`], 'done before it is due');
});

await test('under the exclusive reading the due day itself is a day late', async (t) => {
  t.same(onMarch(under({ bound: 'exclusive' }, '2023-03-29T23:59:59.999+08:00')), [`${SCIENCE} 2023-03 on-time`]);
  t.same(onMarch(under({ bound: 'exclusive' }, '2023-03-30T00:00:00+08:00')), [`${SCIENCE} 2023-03 late +1 *`]);
});

await test('after the cutoff it is late, by no whole day while the due day lasts', async (t) => {
  t.same(onMarch(under({ cutoff: '17:30' }, '2023-03-30T17:29:59.999+08:00')), [`${SCIENCE} 2023-03 on-time *`]);
  t.same(onMarch(under({ cutoff: '17:30' }, '2023-03-30T17:30:00+08:00')), [`${SCIENCE} 2023-03 late`]);
  t.same(onMarch(under({ cutoff: '17:30' }, '2023-03-31T09:00:00+08:00')), [`${SCIENCE} 2023-03 late +1`]);
});

await test('the due day is one of the policy’s zone, the day judged one of the office’s', async (t) => {
  t.same(
    onMarch(under({ timeZone: 'Asia/Urumqi' }, '2023-03-31T01:59:59+08:00')),
    [`${SCIENCE} 2023-03 on-time *`],
    'still the 30th in Urumqi',
  );
  t.same(onMarch(under({ timeZone: 'Asia/Urumqi' }, '2023-03-31T02:00:00+08:00')), [`${SCIENCE} 2023-03 late +1`]);
  t.same(
    onMarch(facts({ policies: [policy({ timeZone: 'Asia/Urumqi' })] }), '2023-03-30'),
    [`${SCIENCE} 2023-03 not-yet-due`],
    'two hours remain when the office’s day ends',
  );
});

await test('the first submission decides, or under another policy the first that was accepted', async (t) => {
  const submissions: readonly Version[] = [
    { receivedAt: at('2023-03-28T09:00:00+08:00'), acceptedAt: null },
    { receivedAt: at('2023-04-03T09:00:00+08:00'), acceptedAt: at('2023-04-05T09:00:00+08:00') },
    { receivedAt: at('2023-04-10T09:00:00+08:00'), acceptedAt: at('2023-04-11T09:00:00+08:00') },
  ];
  const judged = (decides: 'first-submission' | 'first-accepted', on: string, of = submissions) =>
    onMarch(facts({ policies: [policy({ decides })], reports: [reportOf(SCIENCE, '2023-03', ...of)] }), on);
  t.same(judged('first-submission', '2023-06-30'), [`${SCIENCE} 2023-03 on-time`]);
  t.same(judged('first-accepted', '2023-06-30'), [`${SCIENCE} 2023-03 late +4`], 'by the receipt of the version that was accepted');
  t.same(
    judged('first-accepted', '2023-04-04'),
    [`${SCIENCE} 2023-03 awaiting`],
    'nothing was accepted yet, and what came in time is open',
  );
  const tooLate = [{ receivedAt: at('2023-03-31T00:00:00+08:00'), acceptedAt: null }];
  t.same(judged('first-accepted', '2023-04-04', tooLate), [`${SCIENCE} 2023-03 missing +5`], 'what came too late awaits nobody');
  const sentBack = [{ receivedAt: at('2023-03-28T09:00:00+08:00'), acceptedAt: null, returnedAt: at('2023-04-02T09:00:00+08:00') }];
  t.same(judged('first-accepted', '2023-04-01', sentBack), [`${SCIENCE} 2023-03 awaiting`]);
  t.same(judged('first-accepted', '2023-04-02', sentBack), [`${SCIENCE} 2023-03 missing +3`], 'nor does what was sent back');
  t.same(
    judged('first-accepted', '2023-04-02', [{ receivedAt: at('2023-03-20T09:00:00+08:00'), acceptedAt: null }, ...sentBack]),
    [`${SCIENCE} 2023-03 missing +3`],
    'sending back closes the versions before it too',
  );
  t.same(judged('first-accepted', '2023-04-05'), [`${SCIENCE} 2023-03 late +4`]);
  const inTime = [{ receivedAt: at('2023-03-28T09:00:00+08:00'), acceptedAt: at('2023-04-20T09:00:00+08:00') }];
  t.same(judged('first-accepted', '2023-06-30', inTime), [`${SCIENCE} 2023-03 on-time`], 'accepted late, but received in time');
  const signedBefore = [{ receivedAt: at('2023-04-20T09:00:00+08:00'), acceptedAt: at('2023-04-02T09:00:00+08:00') }];
  t.same(
    judged('first-accepted', '2023-04-10', signedBefore),
    [`${SCIENCE} 2023-03 missing +11`],
    'not received by then, whatever its acceptance says',
  );
});

await test('a task given in June owes nothing that fell due before', async (t) => {
  const given = task({ assignments: [{ effectiveFrom: '2023-06-10', assignees: [lead(SCIENCE)] }] });
  const { obligations } = judge(facts({ tasks: [given] }), { at: endOf('2023-12-31'), kinds: ['monthly'] });
  t.same(
    obligations.map(({ period }) => period),
    ['2023-06', '2023-07', '2023-08', '2023-09', '2023-10', '2023-11', '2023-12'],
  );
});

await test('a reassignment on 15 May leaves March and April with the old unit and moves May on', async (t) => {
  const known = facts({
    tasks: [
      task({
        assignments: [
          { effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE)] },
          { effectiveFrom: '2023-05-15', assignees: [lead(FINANCE)] },
        ],
      }),
    ],
    reports: [report(SCIENCE, '2023-05', '2023-05-10T09:00:00+08:00'), report(FINANCE, '2023-04', '2023-05-20T09:00:00+08:00')],
  });
  t.same(
    verdicts(known, '2023-06-29').slice(2, 6),
    [
      `${SCIENCE} 2023-03 missing +91`,
      `${SCIENCE} 2023-04 missing +60`,
      `${FINANCE} 2023-05 missing +30`,
      `${FINANCE} 2023-06 not-yet-due`,
    ],
    'and a report of who does not owe it settles nothing',
  );
});

const reporters = (roles: readonly ('lead' | 'cooperating')[]) => policy({ reporters: { target: [], task: [...roles], item: [] } });

await test('who must report is for the policy to say, by kind of task and role', async (t) => {
  const both = task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), cooperating(FINANCE)] }] });
  const judged = (roles: readonly ('lead' | 'cooperating')[], of = both) => onMarch(facts({ policies: [reporters(roles)], tasks: [of] }));
  t.same(judged(['lead']), [`${SCIENCE} 2023-03 missing +92`]);
  t.same(judged(['lead', 'cooperating']), [`${SCIENCE} 2023-03 missing +92`, `${FINANCE} 2023-03 missing +92`]);
  t.same(judged(['cooperating']), [`${FINANCE} 2023-03 missing +92`]);
  t.same(judged([]), []);
  t.same(judged(['lead'], { ...both, kind: 'item' }), []);
});

await test('the members of a collective owe each; where they are not recorded for the due day, the collective is named', async (t) => {
  const known = facts({
    tasks: [task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(COUNTIES, 'collective')] }] })],
    members: [
      { from: '2023-03-01', members: [DISTRICT, COUNTY] },
      { from: '2023-04-30', members: [COUNTY] },
    ],
    reports: [report(DISTRICT, '2023-03', '2023-03-30T10:00:00+08:00')],
  });
  const { obligations, excluded } = judge(known, { at: endOf('2023-04-30'), kinds: ['monthly'] });
  t.same(obligations.map(shown).slice(0, 4), [
    `${DISTRICT} 2023-03 on-time *`,
    `${COUNTY} 2023-03 missing +31`,
    `${COUNTY} 2023-04 not-yet-due`,
    `${COUNTY} 2023-05 not-yet-due`,
  ]);
  t.same(excluded, [{ party: COUNTIES, name: '各县(市、区)政府', tasks: [TASK] }], 'for January and February');
  t.same(judge(known, { at: endOf('2023-04-30'), kinds: ['monthly'], period: '2023-03' }).excluded, []);
});

const paused = (from: string, to: string | null) =>
  facts({ tasks: [task({ pauses: [{ from: at(from), to: to === null ? null : at(to) }] })] });
/** Of February to May. */
const states = (of: Facts, on: string): readonly string[] =>
  judge(of, { at: endOf(on), kinds: ['monthly'] })
    .obligations.slice(1, 5)
    .map(({ state }) => state);

await test('a suspended or cancelled task owes nothing that falls due meanwhile', async (t) => {
  const suspended = paused('2023-03-15T00:00:00+08:00', '2023-05-10T00:00:00+08:00');
  t.same(states(suspended, '2023-06-01'), ['missing', 'waived', 'waived', 'missing'], 'February was due before, May after');
  t.same(states(suspended, '2023-04-01'), ['missing', 'waived', 'waived', 'waived'], 'on that day nobody knew of an end');
  t.same(states(suspended, '2023-03-14'), ['missing', 'not-yet-due', 'not-yet-due', 'not-yet-due'], 'nor on that one of a beginning');
  t.same(states(paused('2023-03-15T00:00:00+08:00', null), '2023-06-01'), ['missing', 'waived', 'waived', 'waived'], 'cancelled');
  t.same(
    states(paused('2023-03-31T00:00:00+08:00', null), '2023-06-01'),
    ['missing', 'missing', 'waived', 'waived'],
    'suspended at the due instant is too late',
  );
  t.same(states(paused('2023-03-30T23:59:59.999+08:00', null), '2023-06-01'), ['missing', 'waived', 'waived', 'waived']);
  t.same(
    states(paused('2023-03-15T00:00:00+08:00', '2023-03-20T00:00:00+08:00'), '2023-06-01'),
    ['missing', 'missing', 'missing', 'missing'],
    'over before anything fell due',
  );
});

const withDeadline = (more: TaskGiven): Facts => facts({ tasks: [task({ originalDeadline: '2023-06-30', ...more })] });
const deadline = (more: TaskGiven, on = '2023-12-31'): readonly string[] => verdicts(withDeadline(more), on, 'deadline');
const completed = (
  claimed: string,
  verified: string,
  reopened: string | null = null,
): Required<Pick<TaskGiven, 'claims' | 'completions'>> => ({
  claims: [at(claimed)],
  completions: [{ claimedAt: at(claimed), verifiedAt: at(verified), reopenedAt: reopened === null ? null : at(reopened) }],
});

await test('a task meets its own deadline by the receipt of a claim that was verified', async (t) => {
  t.same(deadline({ originalDeadline: null }), []);
  t.same(deadline({}, '2023-06-29'), [`${SCIENCE} 2023-06 not-yet-due`]);
  t.same(deadline({}, '2023-06-30'), [`${SCIENCE} 2023-06 not-yet-due`]);
  t.same(deadline({}, '2023-07-10'), [`${SCIENCE} 2023-06 missing +10`]);
  const inTime = completed('2023-06-30T23:59:59.999+08:00', '2023-07-20T10:00:00+08:00');
  t.same(deadline(inTime), [`${SCIENCE} 2023-06 on-time *`], 'verified after the deadline, claimed before its end');
  t.same(deadline(inTime, '2023-07-19'), [`${SCIENCE} 2023-06 awaiting *`], 'as long as nobody had verified it');
  t.same(deadline({ claims: [at('2023-06-01T09:00:00+08:00')] }), [`${SCIENCE} 2023-06 awaiting`], 'a claim alone is none');
  t.same(deadline({ claims: [at('2023-07-01T00:00:00+08:00')] }), [`${SCIENCE} 2023-06 missing +184`], 'one made too late awaits nobody');
  const asked = (requestedAt: string, decidedAt: string | null) => ({
    requests: [{ requestedAt: at(requestedAt), decidedAt: decidedAt === null ? null : at(decidedAt) }],
  });
  t.same(deadline(asked('2023-06-30T23:59:59+08:00', '2023-07-09T09:00:00+08:00'), '2023-07-08'), [`${SCIENCE} 2023-06 awaiting`]);
  t.same(deadline(asked('2023-06-30T23:59:59+08:00', '2023-07-09T09:00:00+08:00'), '2023-07-09'), [`${SCIENCE} 2023-06 missing +9`]);
  t.same(deadline(asked('2023-07-01T00:00:00+08:00', null), '2023-07-08'), [`${SCIENCE} 2023-06 missing +8`], 'asked too late');
  t.same(deadline(completed('2023-07-02T00:00:00+08:00', '2023-07-20T10:00:00+08:00')), [`${SCIENCE} 2023-06 late +2`]);
});

await test('reopening undoes the completion, and a later one counts by its own claim', async (t) => {
  const kept = completed('2023-06-20T09:00:00+08:00', '2023-06-25T09:00:00+08:00', '2023-07-05T09:00:00+08:00');
  t.same(deadline(kept, '2023-07-04'), [`${SCIENCE} 2023-06 on-time`]);
  t.same(deadline(kept, '2023-07-05'), [`${SCIENCE} 2023-06 on-time`], 'a deadline that had been kept stays kept');
  const undone = completed('2023-06-20T09:00:00+08:00', '2023-06-25T09:00:00+08:00', '2023-06-30T23:59:59.999+08:00');
  t.same(deadline(undone, '2023-06-29'), [`${SCIENCE} 2023-06 on-time`]);
  t.same(deadline(undone, '2023-07-05'), [`${SCIENCE} 2023-06 missing +5`], 'undone while it ran');
  const again = completed('2023-07-08T09:00:00+08:00', '2023-07-09T09:00:00+08:00');
  const both = { claims: [...undone.claims, ...again.claims], completions: [...undone.completions, ...again.completions] };
  t.same(deadline(both), [`${SCIENCE} 2023-06 late +8`]);
  t.same(deadline(both, '2023-07-08'), [`${SCIENCE} 2023-06 missing +8`]);
});

await test('a resumption or a reopening can name the deadline that binds from then on', async (t) => {
  const named = (by: 'resumption' | 'reopening', until: string, time: string) =>
    ({ by, until, receivedAt: at(time), reopenings: by === 'reopening' ? 1 : 0 }) as const;
  const resumed = {
    pauses: [{ from: at('2023-06-01T09:00:00+08:00'), to: at('2023-07-10T09:00:00+08:00') }],
    deadlines: [named('resumption', '2023-09-30', '2023-07-10T09:00:00+08:00')],
  };
  t.same(deadline(resumed, '2023-07-09'), [`${SCIENCE} 2023-06 waived`]);
  t.same(deadline(resumed, '2023-07-10'), [`${SCIENCE} 2023-09 not-yet-due`]);
  t.same(deadline(resumed, '2023-10-02'), [`${SCIENCE} 2023-09 missing +2`]);
  const undone = completed('2023-06-20T09:00:00+08:00', '2023-06-25T09:00:00+08:00', '2023-07-05T09:00:00+08:00');
  const reopened = { ...undone, deadlines: [named('reopening', '2023-08-31', '2023-07-05T09:00:00+08:00')] };
  t.same(deadline(reopened, '2023-07-04'), [`${SCIENCE} 2023-06 on-time`]);
  t.same(deadline(reopened, '2023-07-05'), [`${SCIENCE} 2023-08 not-yet-due`], 'what was done before keeps the new one no more');
  t.same(deadline(reopened, '2023-09-01'), [`${SCIENCE} 2023-08 missing +1`]);
  const again = {
    claimedAt: at('2023-08-20T09:00:00+08:00'),
    verifiedAt: at('2023-09-10T09:00:00+08:00'),
    reopenedAt: null,
    reopenings: 1,
  };
  const done = { ...reopened, claims: [...undone.claims, again.claimedAt], completions: [...undone.completions, again] };
  t.same(deadline(done, '2023-09-09'), [`${SCIENCE} 2023-08 awaiting`]);
  t.same(deadline(done, '2023-09-10'), [`${SCIENCE} 2023-08 on-time`]);
});

const extended = (until: string, granted: string) => ({ until, grantedAt: at(granted) });

await test('more time binds though it is granted late where the deadline was waived', async (t) => {
  const more = {
    pauses: [{ from: at('2023-06-01T09:00:00+08:00'), to: at('2023-07-10T09:00:00+08:00') }],
    extensions: [extended('2023-09-30', '2023-07-12T09:00:00+08:00')],
  };
  t.same(deadline(more, '2023-07-11'), [`${SCIENCE} 2023-06 waived`]);
  t.same(deadline(more, '2023-07-12'), [`${SCIENCE} 2023-09 not-yet-due`]);
});

await test('an extension granted while the deadline ran moves it', async (t) => {
  const extensions = [extended('2023-09-30', '2023-06-30T23:59:59.999+08:00')];
  t.same(deadline({ extensions }, '2023-09-29'), [`${SCIENCE} 2023-09 not-yet-due`]);
  t.same(deadline({ extensions }, '2023-10-01'), [`${SCIENCE} 2023-09 missing +1`]);
  t.same(deadline({ extensions, ...completed('2023-09-30T09:00:00+08:00', '2023-10-08T09:00:00+08:00') }), [
    `${SCIENCE} 2023-09 on-time *`,
  ]);
  t.same(deadline({ extensions }, '2023-06-29'), [`${SCIENCE} 2023-06 not-yet-due`], 'before it was granted');
  const twice = [...extensions, extended('2023-12-31', '2023-09-15T09:00:00+08:00')];
  t.same(deadline({ extensions: twice }, '2023-12-30'), [`${SCIENCE} 2023-12 not-yet-due`]);
  const binding = (instant: string): string | undefined => {
    const known = factsAt(withDeadline({ extensions: twice }), momentAt(at(instant), 'Asia/Shanghai'));
    return known.tasks.map((each) => bindingDeadline(each, known)?.deadline).at(0);
  };
  t.equal(binding('2023-09-16T00:00:00+08:00'), '2023-12-31');
  t.equal(binding('2023-09-15T00:00:00+08:00'), '2023-09-30');
});

await test('an extension granted after the deadline excuses, as far as it goes', async (t) => {
  const extensions = [extended('2023-09-30', '2023-07-01T00:00:00+08:00')];
  t.same(deadline({ extensions }, '2023-06-30'), [`${SCIENCE} 2023-06 not-yet-due`], 'before it was granted');
  t.same(deadline({ extensions }, '2023-07-01'), [`${SCIENCE} 2023-06 excused`]);
  t.same(deadline({ extensions }, '2023-09-30'), [`${SCIENCE} 2023-06 excused`], 'until the end of the day that was granted');
  t.same(deadline({ extensions }, '2023-10-01'), [`${SCIENCE} 2023-06 missing +93`], 'and no longer');
  t.same(deadline({ extensions, ...completed('2023-09-30T09:00:00+08:00', '2023-10-08T09:00:00+08:00') }), [`${SCIENCE} 2023-06 excused`]);
  t.same(deadline({ extensions, ...completed('2023-10-01T09:00:00+08:00', '2023-10-08T09:00:00+08:00') }), [`${SCIENCE} 2023-06 late +93`]);
});

await test('a deadline binds who leads or answers on its day, and is waived while the task is suspended', async (t) => {
  const moved = [
    { effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), cooperating(DISTRICT)] },
    { effectiveFrom: '2023-06-30', assignees: [lead(FINANCE)] },
  ];
  t.same(deadline({ assignments: moved }), [`${FINANCE} 2023-06 missing +184`]);
  t.same(deadline({ assignments: moved.slice(0, 1) }), [`${SCIENCE} 2023-06 missing +184`], 'not who cooperates');
  t.same(deadline({ pauses: [{ from: at('2023-06-01T00:00:00+08:00'), to: null }] }), [`${SCIENCE} 2023-06 waived`]);
  const collective = [{ effectiveFrom: '2023-01-10', assignees: [lead(COUNTIES, 'collective')] }];
  t.match(judge(withDeadline({ assignments: collective }), { at: endOf('2023-12-31'), kinds: ['deadline'] }), {
    obligations: [],
    excluded: [{ party: COUNTIES, tasks: [TASK] }],
  });
});

await test('an obligation carries what it was judged by', async (t) => {
  const known = facts({
    tasks: [task({ assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(FINANCE)] }], originalDeadline: '2023-06-30' })],
    reports: [report(FINANCE, '2023-03', '2023-04-02T10:00:00+08:00')],
  });
  const [monthly] = judge(known, { at: endOf('2023-06-30'), kinds: ['monthly'], ...march }).obligations;
  t.strictSame(monthly, {
    unit: FINANCE,
    name: '市财政局',
    task: TASK,
    taskKind: 'task',
    period: '2023-03',
    kind: 'monthly',
    due: '2023-03-31T00:00:00+08:00',
    dueRule: 'each month by the 30, clamped to its end, inclusive to 24:00 Asia/Shanghai (policy 1)',
    receivedAt: '2023-04-02T02:00:00.000Z',
    state: 'late',
    daysLate: 3,
    onTheDay: false,
    report: `${FINANCE}-2023-03`,
    policy: 1,
  });
  t.match(
    judge(known, { at: endOf('2023-07-01'), kinds: ['monthly'], ...march }).obligations,
    [{ name: '市财政金融局' }],
    'named as on the day judged',
  );
  t.match(judge(known, { at: endOf('2023-07-01'), kinds: ['deadline'] }).obligations, [
    {
      kind: 'deadline',
      period: '2023-06',
      due: '2023-07-01T00:00:00+08:00',
      dueRule: "the task's own deadline, inclusive to 24:00 Asia/Shanghai",
      receivedAt: null,
      report: null,
    },
  ]);
});

await test('a question is answered by kind, period and unit', async (t) => {
  const known = facts({
    tasks: [
      task({ originalDeadline: '2023-06-30', assignments: [{ effectiveFrom: '2023-01-10', assignees: [lead(SCIENCE), lead(FINANCE)] }] }),
      task({ id: 'task-26', originalDeadline: '2023-12-31' }),
    ],
  });
  const asked = (question: Partial<Parameters<typeof judge>[1]>): number =>
    judge(known, { at: endOf('2023-12-31'), kinds: ['monthly', 'annual', 'deadline'], ...question }).obligations.length;
  t.equal(asked({}), 3 * 13 + 3);
  t.equal(asked({ kinds: ['annual'] }), 3);
  t.equal(asked({ kinds: [] }), 0);
  t.equal(asked({ period: '2023-06' }), 3 + 2);
  t.equal(asked({ period: '2023' }), 3 + 3, 'the annual reports, and every deadline of the year');
  t.equal(asked({ period: '2024' }), 0);
  t.equal(asked({ unit: FINANCE }), 13 + 1);
  t.equal(asked({ unit: 'unheard-of' }), 0);
  t.throws(() => asked({ at: endOf('2023-02-30') }), RangeError);
});

await test('tasks stand in the order of the document', async (t) => {
  const listed = [
    { id: 'z', kind: 'task', number: null },
    { id: 'item-1', kind: 'item', number: 1 },
    { id: 'task-10', kind: 'task', number: 10 },
    { id: 'a', kind: 'task', number: null },
    { id: 'task-9', kind: 'task', number: 9 },
    { id: 'target-13', kind: 'target', number: 13 },
  ] as const;
  t.same(
    inDocumentOrder(listed).map(({ id }) => id),
    ['target-13', 'task-9', 'task-10', 'a', 'z', 'item-1'],
  );
});

const instant = fc.integer({ min: at('2023-01-01T00:00:00+08:00'), max: at('2024-01-31T00:00:00+08:00') });
const civilDay = instant.map((millis) =>
  Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString(),
);
const unit = fc.constantFrom(SCIENCE, FINANCE, DISTRICT, COUNTY);
const submission = fc.record({ receivedAt: instant, acceptedAt: fc.option(instant) });
const anyReport = fc
  .tuple(unit, fc.constantFrom('2023-01', '2023-02', '2023-03', '2023-12', '2023'), fc.array(submission, { minLength: 1, maxLength: 4 }))
  .map(([who, period, submissions]) => reportOf(who, period, ...submissions));
const assignment = fc.record({
  effectiveFrom: civilDay,
  receivedAt: instant,
  assignees: fc.uniqueArray(
    fc.oneof(
      fc.record({ role: fc.constantFrom('lead' as const, 'cooperating' as const), party: unit, kind: fc.constant('unit' as const) }),
      fc.constant(lead(COUNTIES, 'collective')),
    ),
    { minLength: 1, maxLength: 4, selector: ({ party }) => party },
  ),
});
const anyTask = fc
  .record({
    assignments: fc.array(assignment, { minLength: 1, maxLength: 3 }),
    originalDeadline: fc.option(civilDay),
    extensions: fc.array(fc.record({ until: civilDay, grantedAt: instant }), { maxLength: 2 }),
    pauses: fc.array(fc.record({ from: instant, to: fc.option(instant) }), { maxLength: 2 }),
    completions: fc.array(fc.record({ claimedAt: instant, verifiedAt: instant, reopenedAt: fc.option(instant) }), { maxLength: 2 }),
    claims: fc.array(instant, { maxLength: 1 }),
    requests: fc.array(fc.record({ requestedAt: instant, decidedAt: fc.option(instant) }), { maxLength: 1 }),
  })
  .map((more) => task(more));
const anyPolicy = fc
  .record({
    effectiveFrom: civilDay,
    receivedAt: instant,
    bound: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    cutoff: fc.constantFrom('24:00', '17:30'),
    decides: fc.constantFrom('first-submission' as const, 'first-accepted' as const),
    monthly: fc.option(
      fc.record({
        from: fc.constantFrom('2023-01', '2023-03'),
        to: fc.constantFrom('2023-06', '2023-12'),
        day: fc.integer({ min: 1, max: 31 }),
      }),
    ),
  })
  .map((more) => policy({ ...more, reporters: { target: [], task: ['lead', 'cooperating'], item: [] } }));
const known = fc
  .record({
    policies: fc.array(anyPolicy, { minLength: 1, maxLength: 3 }),
    tasks: fc
      .array(anyTask, { minLength: 1, maxLength: 2 })
      .map((tasks) => tasks.map((each, n) => ({ ...each, id: n === 0 ? TASK : `task-${n}` }))),
    reports: fc.array(anyReport, { maxLength: 8 }),
    members: fc.array(fc.record({ from: civilDay, members: fc.uniqueArray(unit), receivedAt: instant }), { maxLength: 3 }),
  })
  .map(({ policies, ...more }) =>
    facts({
      policies: policies
        .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
        .map((each, index) => ({ ...each, version: index + 1 })),
      ...more,
    }),
  );
const ALL = ['monthly', 'annual', 'deadline'] as const;

await test('whatever the facts, the totals add up and the lines of the units make them', async () => {
  fc.assert(
    fc.property(known, civilDay, (of, on) => {
      const { obligations } = judge(of, { at: endOf(on), kinds: ALL });
      const totals = totalsOf(obligations);
      const lines = unitLines(obligations);
      const fields = ['owed', 'onTime', 'late', 'missing', 'notYetDue', 'awaiting', 'excused', 'waived'] as const;
      const sum = (field: (typeof fields)[number]): number => lines.reduce((all, line) => all + line[field], 0);
      return (
        totals.owed === totals.onTime + totals.late + totals.missing + totals.notYetDue &&
        totals.owed + totals.awaiting + totals.excused + totals.waived === obligations.length &&
        fields.every((field) => sum(field) === totals[field])
      );
    }),
    { numRuns: 300 },
  );
});

await test('the verdicts do not depend on the order in which reports and their versions are given', async () => {
  fc.assert(
    fc.property(known, civilDay, (of, on) => {
      const turned: Facts = {
        ...of,
        reports: new Map(
          [...of.reports]
            .toReversed()
            .map(([key, all]) => [key, all.toReversed().map((each) => ({ ...each, submissions: each.submissions.toReversed() }))]),
        ),
      };
      return JSON.stringify(judge(of, { at: endOf(on), kinds: ALL })) === JSON.stringify(judge(turned, { at: endOf(on), kinds: ALL }));
    }),
    { numRuns: 200 },
  );
});

await test('what is received, granted or decided after the day judged changes nothing on that day', async () => {
  fc.assert(
    fc.property(known, civilDay, (of, on) => {
      const end = Temporal.PlainDate.from(on).add({ days: 1 }).toZonedDateTime('Asia/Shanghai').epochMilliseconds;
      const by = (instantOf: number | null): boolean => instantOf !== null && instantOf < end;
      const or = (instantOf: number | null): number | null => (by(instantOf) ? instantOf : null);
      const founded = <Item extends { readonly receivedAt: number }>(items: readonly Item[]): readonly Item[] =>
        items.filter(({ receivedAt }, index) => index === 0 || by(receivedAt));
      const then: Facts = {
        ...of,
        collectives: new Map([...of.collectives].map(([id, each]) => [id, { ...each, memberships: founded(each.memberships) }])),
        tasks: of.tasks.map((each) => ({
          ...each,
          assignments: founded(each.assignments),
          deadlines: each.deadlines.filter(({ receivedAt }) => by(receivedAt)),
          requests: each.requests
            .filter(({ requestedAt }) => by(requestedAt))
            .map((request) => ({ ...request, decidedAt: or(request.decidedAt) })),
          pauses: each.pauses.filter(({ receivedAt }) => by(receivedAt)),
          claims: each.claims.filter(({ claimedAt }) => by(claimedAt)).map((claim) => ({ ...claim, decidedAt: or(claim.decidedAt) })),
          completions: each.completions
            .filter(({ claimedAt, verifiedAt }) => by(claimedAt) && by(verifiedAt))
            .map((completion) => ({ ...completion, reopenedAt: or(completion.reopenedAt) })),
        })),
        reports: new Map(
          [...of.reports].map(([key, all]) => [
            key,
            all.map((each) => ({
              ...each,
              submissions: each.submissions
                .filter(({ receivedAt }) => by(receivedAt))
                .map((version) => ({ ...version, acceptedAt: or(version.acceptedAt), returnedAt: or(version.returnedAt) })),
            })),
          ]),
        ),
      };
      return JSON.stringify(judge(of, { at: endOf(on), kinds: ALL })) === JSON.stringify(judge(then, { at: endOf(on), kinds: ALL }));
    }),
    { numRuns: 300 },
  );
});

await test('a judgement is the same at every moment that its own moment says it holds for', async () => {
  fc.assert(
    fc.property(known, instant, fc.double({ min: 0, max: 1, noNaN: true }), (of, then, part) => {
      const moment = momentAt(then, 'Asia/Shanghai');
      const judged = JSON.stringify(judge(of, { at: moment }));
      const { from, until } = moment.holds();
      const [first, last] = [Math.max(from, then - 40 * 86_400_000), Math.min(until, then + 40 * 86_400_000) - 1];
      return [first, last, Math.round(first + part * (last - first))].every((other) => JSON.stringify(judge(of, { at: other })) === judged);
    }),
    { numRuns: 500 },
  );
});
