import { test } from 'tap';
import type { Row } from './answers.ts';
import type { Duty, Entry, Policy } from './entries.ts';
import { oracle } from './oracle.ts';
import { dueOf, span } from './periods.ts';

/** The second judge against small cases worked out by hand: who judges the judge has been judged too. */

const millis = (text: string): number => Temporal.Instant.from(text.includes('T') ? text : `${text}T10:00:00+08:00`).epochMilliseconds;
type Told = readonly [stream: string, type: string, received: string, data?: object];

const logOf = (told: readonly Told[]): readonly Entry[] =>
  told.map(([stream, type, received, data = {}], index) => ({
    position: index + 1,
    type,
    stream,
    // The cast is the edge: each case gives the members that its type of event has.
    data: data as Entry['data'],
    receivedAt: millis(received),
    recordedAt: millis('2030-01-01'),
  }));

const WHO = { target: ['lead'], task: ['lead', 'cooperating'], item: ['responsible'] };
const SHORT = {
  directive: 'd',
  version: 1,
  effectiveFrom: '2026-01-01',
  timeZone: 'Asia/Shanghai',
  monthly: { from: '2026-03', to: '2026-03', day: 30 },
  annual: null,
  bound: 'inclusive',
  cutoff: '24:00',
  shift: 'none',
  reporters: WHO,
  decides: 'first-submission',
} as const;
const issued: Told = ['directive-d', 'DirectiveIssued', '2026-01-05', { directive: 'd', timeZone: 'Asia/Shanghai' }];
const adopted = (received: string, rules: object = {}): Told => ['policy-d', 'PolicyAdopted', received, { ...SHORT, ...rules }];
const lead = (...parties: readonly string[]): object => ({
  assignees: parties.map((party) => ({ role: 'lead', party, kind: party.startsWith('all') ? 'collective' : 'unit' })),
});
const assigned = (more: object = {}): Told => [
  'task-t',
  'TaskAssigned',
  '2026-01-06',
  { directive: 'd', kind: 'task', theme: null, deadline: null, effectiveFrom: '2026-01-06', ...lead('a'), ...more },
];
const act = (type: string, received: string, data: object = {}): Told => ['task-t', type, received, data];
const report = (received: string, unit = 'a', period = '2026-03', more: object = {}): Told =>
  act('ReportSubmitted', received, { report: `${unit}-${period}`, unit, period, ...more });
const onReport = (type: string, received: string, unit = 'a'): Told =>
  act(type, received, { report: `${unit}-2026-03`, unit, period: '2026-03' });
const began: readonly Told[] = [issued, adopted('2026-01-06'), assigned()];

/** Rows as `unit kind period state daysLate`. */
const rows = (told: readonly Told[], at: string): readonly string[] =>
  oracle(logOf(told), 'd', millis(at)).rows.map(
    ({ unit, kind, period, day, state, daysLate }: Row) => `${unit} ${kind} ${kind === 'deadline' ? day : period} ${state} ${daysLate}`,
  );

const owed = (what: string, told: readonly Told[], answers: Readonly<Record<string, readonly string[]>>): Promise<unknown> =>
  test(what, async (t) => {
    for (const [at, right] of Object.entries(answers)) t.same(rows(told, at), right, at);
  });

await test('periods begin and end where the calendar says', async (t) => {
  const shown = (period: string): string => span(period).join(' ');
  t.equal(shown('2024-02'), '2024-02-01 2024-02-29');
  t.equal(shown('2023-Q1'), '2023-01-01 2023-03-31');
  t.equal(shown('2023-H2'), '2023-07-01 2023-12-31');
  t.equal(shown('2023'), '2023-01-01 2023-12-31');
  t.equal(shown('2023-W01'), '2023-01-02 2023-01-08', 'the week with the year’s first Thursday');
  t.equal(shown('2020-W53'), '2020-12-28 2021-01-03');
  t.equal(shown('2023-02-T3'), '2023-02-21 2023-02-28');
});

await test('due days', async (t) => {
  const rest = {
    '2022': { holidays: ['2022-12-31'], workdays: [] },
    '2023': { holidays: ['2023-01-02', '2023-05-01'], workdays: ['2023-05-06'] },
  };
  const due = (every: Duty['every'], period: string, named: Partial<Duty['due']>, bound: Policy['bound'] = 'inclusive'): string =>
    dueOf(
      { ...SHORT, bound, calendar: { years: rest } },
      { id: 'x', every, from: period, to: period, who: WHO, asks: 'report', due: { offset: 0, cutoff: '24:00', shift: 'none', ...named } },
      period,
    ).day.toString();
  t.equal(due('month', '2023-02', { day: 30 }), '2023-02-28', 'the 30th of February is its last day');
  t.equal(due('month', '2023-02', { day: 30 }, 'exclusive'), '2023-02-28', 'and stays: the month ends before it comes');
  t.equal(due('month', '2023-03', { day: 30 }, 'exclusive'), '2023-03-29');
  t.equal(due('month', '2023-12', { day: 5, offset: 1 }), '2024-01-05', 'by the 5th of the next month');
  t.equal(due('quarter', '2023-Q1', { day: 20 }), '2023-03-20', 'of the last month');
  t.equal(due('quarter', '2023-Q4', { day: 20, offset: 1 }), '2024-01-20', 'of the first month of the next quarter');
  t.equal(due('quarter', '2023-Q1', { day: 31, month: 2 }), '2023-02-28');
  t.equal(due('half-year', '2023-H1', { day: 15, offset: 1 }), '2023-07-15');
  t.equal(due('year', '2023', { date: '12-25' }), '2023-12-25');
  t.equal(due('year', '2023', { date: '02-29', offset: 1 }), '2024-02-29');
  t.equal(due('week', '2023-W01', { weekday: 5 }), '2023-01-06');
  t.equal(due('week', '2020-W53', { weekday: 1, offset: 1 }), '2021-01-04');
  t.equal(due('ten-days', '2023-02-T3', { day: 9 }), '2023-02-28');
  t.equal(due('ten-days', '2023-02-T3', { day: 2, offset: 1 }), '2023-03-02');
  t.equal(due('once', '2023-H1', { date: '2023-07-03' }), '2023-07-03');
  t.equal(due('month', '2022-12', { day: 31, shift: 'next-working-day' }), '2023-01-03', 'over a year’s end');
  t.equal(due('month', '2023-05', { day: 5, shift: 'nth-working-day' }), '2023-05-06', 'a make-up Saturday is worked');
  t.equal(due('week', '2023-W01', { day: 5, shift: 'nth-working-day' }), '2023-01-06', 'only four are worked: the last one');
});

await test('the first instant that is too late', async (t) => {
  const end = (cutoff: string, zone: string, period: string, day: number): string => {
    const duty = {
      id: 'x',
      every: 'month',
      from: period,
      to: period,
      who: WHO,
      asks: 'report',
      due: { day, offset: 0, cutoff, shift: 'none' },
    } as const;
    return Temporal.Instant.fromEpochMilliseconds(dueOf({ ...SHORT, timeZone: zone }, duty, period).end).toString();
  };
  t.equal(end('24:00', 'Asia/Shanghai', '2026-03', 30), '2026-03-30T16:00:00Z');
  t.equal(end('17:30', 'Asia/Shanghai', '2026-03', 30), '2026-03-30T09:30:00Z');
  t.equal(end('24:00', 'America/New_York', '2026-03', 8), '2026-03-09T04:00:00Z', 'a day of 23 hours');
  t.equal(end('24:00', 'America/Santiago', '2026-09', 5), '2026-09-06T04:00:00Z', 'a day that begins at one');
});

await owed('a report counts as received before the due instant, and not at it', [...began, report('2026-03-30T23:59:59.999+08:00')], {
  '2026-03-30T23:59:59.998+08:00': ['a monthly 2026-03 not-yet-due 0'],
  '2026-04-30': ['a monthly 2026-03 on-time 0'],
});
await owed('one millisecond later it is late by one day', [...began, report('2026-03-31T00:00:00+08:00')], {
  '2026-03-30T23:59:59.999+08:00': ['a monthly 2026-03 not-yet-due 0'],
  '2026-03-31T00:00:00+08:00': ['a monthly 2026-03 late 1'],
});
await owed('what never came is missing from the due instant on, and the days are counted in the zone of the policy', began, {
  '2026-03-30T15:59:59.999Z': ['a monthly 2026-03 not-yet-due 0'],
  '2026-03-30T16:00:00Z': ['a monthly 2026-03 missing 1'],
  '2026-04-01T16:00:00Z': ['a monthly 2026-03 missing 3'],
});
await owed(
  'past a cutoff on the due day itself it is late by no day',
  [issued, adopted('2026-01-06', { cutoff: '17:30' }), assigned(), report('2026-03-30T17:30:00+08:00')],
  { '2026-04-30': ['a monthly 2026-03 late 0'] },
);

await owed(
  'a hand-over received before the due instant moves what falls due',
  [
    ...began,
    act('TaskReassigned', '2026-03-30T23:59:59.999+08:00', {
      to: [{ role: 'lead', party: 'b', kind: 'unit' }],
      effectiveFrom: '2026-03-15',
    }),
  ],
  {
    '2026-03-30': ['a monthly 2026-03 not-yet-due 0'],
    '2026-03-31': ['b monthly 2026-03 missing 1'],
  },
);
await owed(
  'one received at it does not, whatever its day',
  [
    ...began,
    act('TaskReassigned', '2026-03-31T00:00:00+08:00', { to: [{ role: 'lead', party: 'b', kind: 'unit' }], effectiveFrom: '2026-01-06' }),
  ],
  {
    '2026-05-10': ['a monthly 2026-03 missing 41'],
  },
);
await owed('before the assignment holds nobody owes', [issued, adopted('2026-01-06'), assigned({ effectiveFrom: '2026-03-31' })], {
  '2026-05-10': [],
});

const members = (received: string, from: string, ...units: readonly string[]): Told => [
  'roster',
  'CollectiveMembershipChanged',
  received,
  { collective: 'all', members: units, from },
];
await owed(
  'first members count whenever they were recorded',
  [issued, adopted('2026-01-06'), assigned(lead('all')), members('2026-06-01', '2026-03-01', 'b', 'c')],
  {
    '2026-03-31': ['b monthly 2026-03 missing 1', 'c monthly 2026-03 missing 1'],
  },
);
await owed(
  'later members only what falls due after they were received; a unit found twice owes once, where it stands first',
  [
    issued,
    adopted('2026-01-06'),
    assigned(lead('c', 'all')),
    members('2026-01-07', '2026-01-01', 'b', 'c'),
    members('2026-04-01', '2026-03-01', 'd'),
  ],
  { '2026-05-10': ['c monthly 2026-03 missing 41', 'b monthly 2026-03 missing 41'] },
);
await test('a collective without members is named', async (t) => {
  const { rows: none, excluded } = oracle(
    logOf([issued, adopted('2026-01-06'), assigned(lead('all')), members('2026-01-07', '2026-04-01', 'b')]),
    'd',
    millis('2026-05-10'),
  );
  t.same(none, []);
  t.same(excluded, [{ party: 'all', task: 't', kind: 'monthly', period: '2026-03', day: '2026-03-30' }]);
});
const merged: Told = ['roster', 'UnitsMerged', '2026-06-01', { unit: 'a', into: 'b', from: '2026-03-15' }];
await owed(
  'a merger holds from its day, and the report of the unit that is no more settles its successor’s',
  [...began, report('2026-03-10'), merged],
  {
    '2026-03-31': ['b monthly 2026-03 on-time 0'],
  },
);

await owed(
  'a policy received after the due instant judges nothing that fell due',
  [
    ...began,
    adopted('2026-03-31T00:00:00+08:00', { version: 2, effectiveFrom: '2026-01-01', monthly: { from: '2026-03', to: '2026-03', day: 15 } }),
  ],
  {
    '2026-05-10': ['a monthly 2026-03 missing 41'],
  },
);
const fifteenth = { version: 2, monthly: { from: '2026-03', to: '2026-03', day: 15 } };
await owed('one received before both due instants does', [...began, adopted('2026-03-15T23:59:59.999+08:00', fifteenth)], {
  '2026-03-15': ['a monthly 2026-03 not-yet-due 0'],
  '2026-03-16': ['a monthly 2026-03 missing 1'],
});
await owed(
  'one received after its own does not: no time is shortened that is over',
  [...began, adopted('2026-03-16T00:00:00+08:00', fifteenth)],
  {
    '2026-03-17': ['a monthly 2026-03 not-yet-due 0'],
  },
);
await owed(
  'one that speaks of other periods only drops nothing',
  [...began, adopted('2026-03-01', { version: 2, monthly: { from: '2026-04', to: '2026-04', day: 15 } })],
  {
    '2026-04-30': ['a monthly 2026-03 missing 31', 'a monthly 2026-04 missing 15'],
  },
);
await owed(
  'one that withdraws the duty in time does',
  [...began, adopted('2026-03-01', { version: 2, monthly: null, annual: { year: 2026, due: '12-25' } })],
  {
    '2026-02-28': ['a monthly 2026-03 not-yet-due 0', 'a annual 2026 not-yet-due 0'], // the first that speaks of the annual report
    '2026-04-30': ['a annual 2026 not-yet-due 0'],
  },
);

const acceptance = [issued, adopted('2026-01-06', { decides: 'first-accepted' }), assigned()];
await owed(
  'what is in and neither accepted nor sent back awaits the office',
  [...acceptance, report('2026-03-20'), onReport('ReportAccepted', '2026-04-20')],
  {
    '2026-03-19': ['a monthly 2026-03 not-yet-due 0'],
    '2026-04-10': ['a monthly 2026-03 awaiting 0'],
    '2026-04-30': ['a monthly 2026-03 on-time 0'],
  },
);
await owed(
  'sent back, it is missing until it comes again and is accepted',
  [
    ...acceptance,
    report('2026-03-20'),
    onReport('ReportReturned', '2026-03-21'),
    onReport('ReportAmended', '2026-04-02'),
    onReport('ReportAccepted', '2026-04-20'),
  ],
  {
    '2026-03-22': ['a monthly 2026-03 not-yet-due 0'],
    '2026-04-01': ['a monthly 2026-03 missing 2'],
    '2026-04-10': ['a monthly 2026-03 missing 11'],
    '2026-04-30': ['a monthly 2026-03 late 3'],
  },
);

await owed(
  'paused at the last instant in time, nothing is asked',
  [...began, act('TaskSuspended', '2026-03-30T23:59:59.999+08:00'), act('TaskResumed', '2026-03-31T00:00:00+08:00')],
  {
    '2026-03-30': ['a monthly 2026-03 not-yet-due 0'],
    '2026-05-10': ['a monthly 2026-03 waived 0'],
  },
);
await owed(
  'resumed at that instant, it is',
  [...began, act('TaskSuspended', '2026-03-20'), act('TaskResumed', '2026-03-30T23:59:59.999+08:00')],
  {
    '2026-03-29': ['a monthly 2026-03 waived 0'],
    '2026-05-10': ['a monthly 2026-03 missing 41'],
  },
);

const claim = (n: number, received: string): Told => act('CompletionClaimed', received, { n, unit: 'a' });
const verified = (n: number, received: string): Told => act('CompletionVerified', received, { n, unit: 'a' });
await owed(
  'struck off before the due instant, no report is owed; under an older policy it is',
  [
    issued,
    adopted('2026-01-06', { completed: 'release' }),
    assigned(),
    claim(1, '2026-03-01'),
    verified(1, '2026-03-30T23:59:59.999+08:00'),
  ],
  { '2026-03-29': ['a monthly 2026-03 not-yet-due 0'], '2026-05-10': [] },
);
await owed('by default it is owed still', [...began, claim(1, '2026-03-01'), verified(1, '2026-03-02')], {
  '2026-05-10': ['a monthly 2026-03 missing 41'],
});

const due = [issued, assigned({ deadline: '2026-06-30' })];
await owed(
  'claimed in time and verified later, the deadline was kept; in between it awaits the office',
  [...due, claim(1, '2026-06-30T23:59:59.999+08:00'), verified(1, '2026-07-15')],
  {
    '2026-06-30': ['a deadline 2026-06-30 not-yet-due 0'],
    '2026-07-05': ['a deadline 2026-06-30 awaiting 0'],
    '2026-07-16': ['a deadline 2026-06-30 on-time 0'],
  },
);
await owed(
  'claimed too late it is late by the claim, undone after it was kept it stays kept',
  [...due, claim(1, '2026-07-03'), verified(1, '2026-07-15')],
  {
    '2026-07-05': ['a deadline 2026-06-30 missing 5'],
    '2026-07-16': ['a deadline 2026-06-30 late 3'],
  },
);
await owed(
  'undone after it was kept it stays kept',
  [...due, claim(1, '2026-06-01'), verified(1, '2026-06-02'), act('TaskReopened', '2026-07-01')],
  {
    '2026-06-10': ['a deadline 2026-06-30 on-time 0'],
    '2026-07-10': ['a deadline 2026-06-30 on-time 0'],
  },
);
await owed(
  'undone before its end it has to be kept again',
  [...due, claim(1, '2026-06-01'), verified(1, '2026-06-02'), act('TaskReopened', '2026-06-30T23:59:59.999+08:00')],
  {
    '2026-07-10': ['a deadline 2026-06-30 missing 10'],
  },
);
await owed(
  'a reopening that names a deadline begins anew',
  [...due, claim(1, '2026-06-01'), verified(1, '2026-06-02'), act('TaskReopened', '2026-07-10', { deadline: '2026-08-31' })],
  {
    '2026-07-05': ['a deadline 2026-06-30 on-time 0'],
    '2026-07-11': ['a deadline 2026-08-31 not-yet-due 0'],
    '2026-09-01': ['a deadline 2026-08-31 missing 1'],
  },
);
const asked = (received: string): Told => act('ExtensionRequested', received, { n: 1, unit: 'a', until: '2026-07-31' });
const granted = (received: string): Told => act('ExtensionGranted', received, { n: 1, until: '2026-07-31' });
await owed(
  'more time granted before the end moves the deadline; a request not yet decided awaits the office',
  [...due, asked('2026-06-20'), granted('2026-06-30T23:59:59.999+08:00')],
  {
    '2026-06-25': ['a deadline 2026-06-30 awaiting 0'],
    '2026-07-01': ['a deadline 2026-07-31 not-yet-due 0'],
  },
);
await owed(
  'granted too late it excuses as long as it lasts',
  [...due, asked('2026-06-20'), granted('2026-07-01T00:00:00+08:00'), claim(1, '2026-08-03'), verified(1, '2026-08-10')],
  {
    '2026-06-30': ['a deadline 2026-06-30 awaiting 0'],
    '2026-07-20': ['a deadline 2026-06-30 excused 0'],
    '2026-08-01': ['a deadline 2026-06-30 missing 32'],
    '2026-08-11': ['a deadline 2026-06-30 late 34'],
  },
);
await owed(
  'or moves the deadline, or does nothing, as the policy of its day says',
  [...due, adopted('2026-01-06', { lateExtensions: 'count', monthly: null }), asked('2026-06-20'), granted('2026-07-10')],
  { '2026-07-20': ['a deadline 2026-07-31 not-yet-due 0'] },
);
await owed(
  'or does nothing',
  [...due, adopted('2026-01-06', { lateExtensions: 'ignore', monthly: null }), asked('2026-06-20'), granted('2026-07-10')],
  { '2026-07-20': ['a deadline 2026-06-30 missing 20'] },
);

await test('a milestone is kept by a report that names it in time', async (t) => {
  const terms = { deadlineTerms: { milestones: [{ title: '开工', due: '2026-03-31' }] } };
  const said = [...began.slice(0, 2), assigned(terms), report('2026-03-31T23:59:59.999+08:00', 'a', '2026-03', { milestones: ['开工'] })];
  const states = (told: readonly Told[], at: string): readonly string[] =>
    oracle(logOf(told), 'd', millis(at)).milestones.map(({ title, state }) => `${title} ${state}`);
  t.same(states(said, '2026-03-31T23:59:59.998+08:00'), ['开工 due']);
  t.same(states(said, '2026-04-30'), ['开工 kept']);
  t.same(states(said.slice(0, 3), '2026-04-01T00:00:00+08:00'), ['开工 missed']);
});
