import * as fc from 'fast-check';
import { test, type Test } from 'tap';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { totalsOf, unitLines, versionsUsed } from '../../../src/domain/compliance/board.ts';
import { underPolicy } from '../../../src/domain/compliance/facts.ts';
import { judge } from '../../../src/domain/compliance/judge.ts';
import type { Obligation } from '../../../src/domain/compliance/obligation.ts';
import { dueOf } from '../../../src/domain/directives/due.ts';
import { periodsOf } from '../../../src/domain/directives/schedule.ts';
import { policyDecider, type AdoptPolicy } from '../../../src/domain/directives/decide.ts';
import { PolicyAdopted, policyRules, UNSAID, workingCalendar, type Policy } from '../../../src/domain/directives/events.ts';
import { policyFolding, policyStream } from '../../../src/domain/directives/state.ts';
import { firstWorkingDay, isWorkingDay } from '../../../src/kernel/working-days.ts';
import calendar2023 from '../../../seed/calendar-2023.json' with { type: 'json' };
import { draft } from '../../contract/drafts.ts';
import { openWorld, type ListBody, type ProblemBody, type World } from '../../support/app.ts';
import { given } from '../../support/given.ts';
import { differenceFromReplay } from './against-replay.ts';
import { at, endOf, facts, policy, report, reportOf, rulesOf, SCIENCE, shortRules, task, verdicts, type PolicyGiven } from './fixtures.ts';

/** The rules that a policy can set, each in every reading: the same facts, counted by hand under each of them. */

/** 国办发明电〔2022〕16号, and of the year after only what is needed here: New Year's Day. */
const CALENDAR_2023 = workingCalendar.parse(calendar2023);
const TWO_YEARS = { ...CALENDAR_2023, years: { ...CALENDAR_2023.years, '2024': { holidays: ['2024-01-01'], workdays: [] } } };

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const workingFrom = (text: string, calendar = CALENDAR_2023): string => {
  const found = firstWorkingDay(calendar, day(text));
  return 'unknownYear' in found ? `${found.unknownYear}?` : found.toString();
};

await test('the official calendar of 2023 says which days are worked', async (t) => {
  const { holidays = [], workdays = [] } = CALENDAR_2023.years['2023'] ?? {};
  t.equal(holidays.length, 3 + 7 + 1 + 5 + 3 + 8);
  t.equal(workdays.length, 2 + 2 + 1 + 2);
  t.equal(isWorkingDay(CALENDAR_2023, day('2023-01-28')), true, 'a Saturday that makes up for the spring festival');
  t.equal(isWorkingDay(CALENDAR_2023, day('2023-04-05')), false, 'a Wednesday, 清明');
  t.equal(isWorkingDay(CALENDAR_2023, day('2023-03-25')), false, 'a Saturday');
  t.equal(isWorkingDay(CALENDAR_2023, day('2023-03-24')), true);
  t.equal(isWorkingDay(CALENDAR_2023, day('2024-03-25')), undefined, 'nothing is known of 2024');
  t.same(
    ['2023-04-30', '2023-07-30', '2023-09-30', '2023-12-29', '2023-12-30'].map((text) => workingFrom(text)),
    ['2023-05-04', '2023-07-31', '2023-10-07', '2023-12-29', '2024?'],
    'the Saturday 7 October is a make-up day',
  );
  t.equal(workingFrom('2023-12-30', TWO_YEARS), '2024-01-02');
  t.equal(
    isWorkingDay({ years: { '2022': { holidays: [], workdays: [] }, ...CALENDAR_2023.years } }, day('2022-12-31')),
    false,
    'announced with the year after',
  );
});

const SHIFTED = { shift: 'next-working-day', calendar: TWO_YEARS } as const;

const adopt = (more: PolicyGiven): AdoptPolicy => ({
  type: 'AdoptPolicy',
  directive: 'd',
  directiveKnown: true,
  onlyFirst: false,
  form: 'short',
  rules: rulesOf(more),
});
const toNovember = { from: '2023-01', to: '2023-11', day: 30 };

await test('a due day is moved only by a calendar that has the year: what is not known is refused, not guessed', async (t) => {
  const deciding = given(policyDecider, []);
  await deciding.when(adopt({ shift: 'next-working-day' })).thenRejected('calendar-missing', '/shift')(t);
  const only2023 = adopt({ shift: 'next-working-day', calendar: CALENDAR_2023 });
  await deciding.when(only2023).thenRejected('calendar-missing', '/calendar/years')(t);
  t.match(
    deciding.when(only2023).decision,
    { refusal: { facts: { year: '2024' }, detail: { values: { year: '2024' } } } },
    '30 December 2023 moves into 2024',
  );
  const adopted = (more: PolicyGiven) => PolicyAdopted({ directive: 'd', version: 1, ...rulesOf(more) });
  const november = { shift: 'next-working-day', calendar: CALENDAR_2023, monthly: toNovember } as const;
  await deciding.when(adopt(november)).then([adopted(november)])(t);
  await deciding.when(adopt(SHIFTED)).then([adopted(SHIFTED)])(t);
  await deciding.when(adopt({ ...SHIFTED, calendar: { ...TWO_YEARS, years: {} } })).thenRejected('calendar-missing', '/calendar/years')(t);
  const exclusive = { shift: 'next-working-day', calendar: CALENDAR_2023, bound: 'exclusive' } as const;
  await deciding.when(adopt(exclusive)).then([adopted(exclusive)])(t); // its last day is the 29th, a Friday
  await deciding.when(adopt({ calendar: CALENDAR_2023 })).then([adopted({ calendar: CALENDAR_2023 })])(t);
});

await test('a calendar that contradicts itself is malformed', async (t) => {
  // As a client might send it.
  const refused = (years: object): boolean => !policyRules.safeParse(rulesOf({ calendar: { source: '公告', years } as never })).success;
  t.notOk(refused(CALENDAR_2023.years));
  t.ok(refused({ '2023': { holidays: [], workdays: ['2023-04-03'] } }), 'a Monday is no make-up day');
  t.ok(refused({ '2023': { holidays: ['2023-04-01'], workdays: ['2023-04-01'] } }), 'a day cannot be both');
  t.ok(refused({ '2023': { holidays: ['2023-02-30'], workdays: [] } }));
  t.ok(refused({ '23': { holidays: [], workdays: [] } }));
  t.ok(refused({ '2023': { holidays: [] } }));
});

/** When each report of a year came, chosen to lie on the edges of the readings. October's never came. */
const RECEIVED: Readonly<Record<string, string>> = {
  '2023-01': '2023-01-30T12:00:00+08:00',
  '2023-02': '2023-02-28T12:00:00+08:00',
  '2023-03': '2023-03-31T09:00:00+08:00',
  '2023-04': '2023-05-04T10:00:00+08:00',
  '2023-05': '2023-05-29T10:00:00+08:00',
  '2023-06': '2023-06-30T17:00:00+08:00',
  '2023-07': '2023-07-31T09:00:00+08:00',
  '2023-08': '2023-08-30T23:59:59.999+08:00',
  '2023-09': '2023-10-07T12:00:00+08:00',
  '2023-11': '2023-11-30T00:00:00+08:00',
  '2023-12': '2024-01-02T12:00:00+08:00',
  '2023': '2023-12-25T12:00:00+08:00',
};

/** Verdicts of January to December and of the year; `*` where the other reading of 前 would say otherwise. */
const BY_HAND: readonly (readonly [
  name: string,
  rules: PolicyGiven,
  verdicts: string,
  counts: readonly [onTime: number, late: number, missing: number, onTheDay: number],
])[] = [
  ['inclusive', {}, 'on* on +1 +4 on on* +1 on* +7 - on* +3 on*', [7, 5, 1, 5]],
  ['exclusive', { bound: 'exclusive' }, '+1* on +2 +5 on +1* +2 +1* +8 - +1* +4 +1*', [2, 10, 1, 5]],
  // 30 April moves to 4 May, 30 July to the 31st, 30 September to 7 October, 30 December to 2 January.
  ['shifted', SHIFTED, 'on* on +1 on on on* on on* on - on* on* on', [11, 1, 1, 5]],
  // 29 January is a make-up day and stays; 29 April, 29 July, 29 September and 24 December move as far as the days after them.
  ['exclusive and shifted', { bound: 'exclusive', ...SHIFTED }, '+1* on +2 on on +1* on +1* on - +1* +4* on', [6, 6, 1, 5]],
  // The 31st is clamped in five months; on the day itself came March and July.
  ['by the 31st', { monthly: { from: '2023-01', to: '2023-12', day: 31 } }, 'on on on* +4 on on on* on +7 - on +2 on*', [9, 3, 1, 3]],
  // Every report but those of February, May, July and November came after four in the afternoon or on a later day.
  ['until noon', { cutoff: '12:00' }, '+0 +0 +1 +4 on +0 +1 +0 +7 - on* +3 +0', [2, 10, 1, 1]],
];

const received = Object.entries(RECEIVED).map(([period, time]) => report(SCIENCE, period, time));

const brief = ({ state, daysLate, onTheDay }: Obligation): string =>
  `${state === 'on-time' ? 'on' : state === 'late' ? `+${daysLate}` : '-'}${onTheDay ? '*' : ''}`;

const inOrder = (obligations: readonly Obligation[]): readonly Obligation[] =>
  obligations.toSorted((a, b) => Number(a.kind === 'annual') - Number(b.kind === 'annual') || (a.period < b.period ? -1 : 1));

await test('the same year under each reading gives the counts made by hand', async (t) => {
  for (const [name, reading, expected, [onTime, late, missing, onTheDay]] of BY_HAND) {
    const known = facts({ policies: [policy(reading)], reports: received });
    const { obligations } = judge(known, { at: endOf('2024-01-31'), kinds: ['monthly', 'annual'] });
    t.equal(inOrder(obligations).map(brief).join(' '), expected, name);
    const counts = { owed: 13, onTime, late, missing, notYetDue: 0, awaiting: 0, excused: 0, waived: 0, onTheDay };
    t.strictSame(totalsOf(obligations), counts, name);
    t.strictSame(unitLines(obligations), [{ unit: SCIENCE, name: '市科技局', ...counts }], name);
  }
});

await test('the same facts under another adopted version are judged as if it had always been in force', async (t) => {
  const versions = BY_HAND.map(([, reading], index) => policy({ ...reading, version: index + 1, effectiveFrom: `2023-0${index + 1}-15` }));
  const known = facts({ policies: versions, reports: received });
  for (const [index, [name, , expected]] of BY_HAND.entries()) {
    const under = underPolicy(known, index + 1);
    const { obligations } = judge(under ?? known, { at: endOf('2024-01-31'), kinds: ['monthly', 'annual'] });
    t.equal(inOrder(obligations).map(brief).join(' '), expected, name);
    t.same(versionsUsed(obligations), [index + 1]);
  }
  t.equal(underPolicy(known, 7), undefined);
});

await test('a switch in mid-year judges each due day by the version in force on it', async (t) => {
  const known = facts({ policies: [policy(), policy({ version: 2, effectiveFrom: '2023-06-15', bound: 'exclusive' })], reports: received });
  const { obligations } = judge(known, { at: endOf('2024-01-31'), kinds: ['monthly', 'annual'] });
  t.equal(inOrder(obligations).map(brief).join(' '), 'on* on +1 +4 on +1* +2 +1* +8 - +1* +4 +1*');
  t.same(
    inOrder(obligations).map(({ policy: version }) => version),
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2],
  );
  t.same(versionsUsed(obligations), [1, 2]);
  t.match(obligations[0], { due: '2023-01-31T00:00:00+08:00', dueRule: /inclusive to 24:00 Asia\/Shanghai \(policy 1\)$/u });
  const shifting = facts({ policies: [policy(), policy({ version: 2, effectiveFrom: '2023-06-15', ...SHIFTED })], reports: received });
  const december = judge(shifting, { at: endOf('2024-01-31'), kinds: ['monthly'], period: '2023-12' }).obligations;
  t.match(december, [
    { due: '2024-01-03T00:00:00+08:00', dueRule: /, from a day of rest to the next working day \(policy 2\)$/u, state: 'on-time' },
  ]);
});

await test('a later version that covers no December leaves it to the one before, whatever its calendar does not know', async (t) => {
  const later = policy({
    version: 2,
    effectiveFrom: '2023-06-15',
    shift: 'next-working-day',
    calendar: CALENDAR_2023,
    monthly: toNovember,
  });
  const { obligations } = judge(facts({ policies: [policy(), later], reports: received }), { at: endOf('2024-01-31'), kinds: ['monthly'] });
  t.equal(inOrder(obligations).map(brief).join(' '), 'on* on +1 +4 on on* on on* on - on* +3');
});

const calendarOf = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 60 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 51 }), { maxLength: 20 }),
  )
  .map(([off, sundays]) => {
    const workdays = sundays.map((week) => day('2023-01-01').add({ weeks: week }).toString());
    const holidays = off.map((days) => day('2023-01-01').add({ days }).toString()).filter((text) => !workdays.includes(text));
    return { source: '公告', years: { '2023': { holidays, workdays }, '2024': { holidays: [], workdays: [] } } };
  });

await test('whatever the calendar, a due day moves over rest days alone to a working day, and an empty shift moves none', async () => {
  fc.assert(
    fc.property(
      calendarOf,
      fc.integer({ min: 1, max: 31 }),
      fc.constantFrom('inclusive' as const, 'exclusive' as const),
      (calendar, monthDay, bound) => {
        const plain = policy({ bound, monthly: { from: '2023-01', to: '2023-12', day: monthDay } });
        const shifting = policy({ bound, monthly: { from: '2023-01', to: '2023-12', day: monthDay }, shift: 'next-working-day', calendar });
        return periodsOf([plain]).every((period) => {
          const kind = period.length === 4 ? 'annual' : 'monthly';
          const from = dueOf(plain, kind, period)?.day ?? '';
          const to = dueOf(shifting, kind, period)?.day ?? '';
          const between = Array.from({ length: day(from).until(day(to)).days }, (_, days) => day(from).add({ days }));
          if (from < '2023-01-01') return to === from; // under the exclusive reading the 1st of January is due in an unknown year
          return isWorkingDay(calendar, day(to)) === true && between.every((date) => isWorkingDay(calendar, date) === false);
        });
      },
    ),
    { numRuns: 200 },
  );
});

const lateGrant = { originalDeadline: '2023-06-30', extensions: [{ until: '2023-09-30', grantedAt: at('2023-07-10T09:00:00+08:00') }] };
const done = (claimed: string) => ({
  claims: [at(claimed)],
  completions: [{ claimedAt: at(claimed), verifiedAt: at('2023-10-20T09:00:00+08:00'), reopenedAt: null }],
});

await test('an extension granted after the deadline excuses, changes nothing, or counts as in time', async (t) => {
  const judged = (lateExtensions: Policy['lateExtensions'], more: object, on: string): readonly string[] =>
    verdicts(facts({ policies: [policy({ lateExtensions })], tasks: [task({ ...lateGrant, ...more })] }), on, 'deadline').map((line) =>
      line.replace(`${SCIENCE} `, ''),
    );
  const september = done('2023-09-20T09:00:00+08:00');
  const october = done('2023-10-05T09:00:00+08:00');
  const table: readonly (readonly [on: string, more: object, excuse: string, ignore: string, count: string])[] = [
    ['2023-07-09', {}, '2023-06 missing +9', '2023-06 missing +9', '2023-06 missing +9'],
    ['2023-07-10', {}, '2023-06 excused', '2023-06 missing +10', '2023-09 not-yet-due'],
    ['2023-10-01', {}, '2023-06 missing +93', '2023-06 missing +93', '2023-09 missing +1'],
    ['2023-12-31', september, '2023-06 excused', '2023-06 late +82', '2023-09 on-time'],
    ['2023-12-31', october, '2023-06 late +97', '2023-06 late +97', '2023-09 late +5'],
  ];
  for (const [on, more, ...expected] of table)
    t.same(
      (['excuse', 'ignore', 'count'] as const).map((rule) => judged(rule, more, on).join()),
      expected,
      `on ${on}`,
    );
  const inTime = { extensions: [{ until: '2023-09-30', grantedAt: at('2023-06-20T09:00:00+08:00') }] };
  for (const rule of ['excuse', 'ignore', 'count'] as const)
    t.same(
      judged(rule, { ...inTime, ...september }, '2023-12-31'),
      ['2023-09 on-time'],
      'what was granted in time counts under every rule',
    );
});

await test('the rule on late extensions is that in force on the day of the deadline', async (t) => {
  const switched = [policy(), policy({ version: 2, effectiveFrom: '2023-07-01', lateExtensions: 'count' })];
  const known = facts({ policies: switched, tasks: [task(lateGrant)] });
  t.same(verdicts(known, '2023-08-01', 'deadline'), [`${SCIENCE} 2023-06 excused`]);
  t.same(verdicts(underPolicy(known, 2) ?? known, '2023-08-01', 'deadline'), [`${SCIENCE} 2023-09 not-yet-due`]);
  const july = facts({ policies: switched, tasks: [task({ ...lateGrant, originalDeadline: '2023-07-01' })] });
  t.match(judge(july, { at: endOf('2023-08-01'), kinds: ['deadline'] }).obligations, [{ state: 'not-yet-due', policy: 2 }]);
});

/** As the first version of the event stood in the log, in the members that it had. */
const FIRST_VERSION = (() => {
  const { calendar: _, lateExtensions: __, behind: ___, verifies: ____, completed: _____, ...adopted } = shortRules();
  return { directive: 'd-old', version: 1, monthEnd: 'clamp', ...adopted };
})();

/** What it says, as it is read: its duties in the long form, and completed tasks go on owing. */
const READ = { ...rulesOf({ completed: 'owe' }), version: 1 };

await test('a policy of the first version reads as it was judged then', async (t) => {
  const read = { type: 'PolicyAdopted', data: { directive: 'd-old', ...READ } };
  t.strictSame(catalogue.fromWire('PolicyAdopted.v1', FIRST_VERSION), read);
  t.strictSame(catalogue.fromWire('PolicyAdopted.v2', { ...FIRST_VERSION, ...UNSAID }), read);
  t.match(catalogue.fromWire('PolicyAdopted.v1', { ...FIRST_VERSION, annual: null }), { data: { withdrawn: ['annual'] } });
  t.equal(PolicyAdopted.version, 3);
  t.throws(() => catalogue.toWire(PolicyAdopted(FIRST_VERSION as never)), 'and is written no more');
});

type Owed = {
  readonly period: string;
  readonly state: string;
  readonly due: string;
  readonly policy: number | null;
  readonly onTheDay: boolean;
};
type Board = {
  readonly policyVersions: readonly number[];
  readonly totals: Readonly<Record<string, number>>;
  readonly units: readonly Readonly<Record<string, unknown>>[];
};

const must = async (
  sent: Promise<{ readonly status: number; readonly text: string; readonly headers: Readonly<Record<string, string | undefined>> }>,
) => {
  const answer = await sent;
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
};

/** A directive with one task of one unit, whose year of reports the office entered from papers. */
const openYear = async (t: Pick<Test, 'teardown'>): Promise<World> => {
  const world = await openWorld(t, { seeded: false, at: '2024-01-31T09:00:00+08:00' });
  const { office } = world;
  await must(office.post('/v1/units', { id: SCIENCE, name: '市科技局' }));
  await must(office.post('/v1/directives', { id: 'd', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-10' }));
  await must(office.post('/v1/directives/d/policies', shortRules({ effectiveFrom: '2023-01-10' })));
  await must(
    office.post('/v1/tasks', {
      id: 't',
      directive: 'd',
      kind: 'task',
      text: '研发投入',
      assignees: [{ role: 'lead', party: SCIENCE }],
      effectiveFrom: '2023-01-10',
    }),
  );
  for (const [period, receivedAt] of Object.entries(RECEIVED))
    await must(
      office.post('/v1/tasks/t/reports', { period, status: 'on-track', narrative: '进展', unit: SCIENCE, basis: '来文', receivedAt }),
    );
  return world;
};

/** Adopted by a paper of the day from which it holds. */
const replace = async ({ office }: World, more: PolicyGiven & { readonly effectiveFrom: string }) => {
  const { body } = await office.get<ListBody<{ readonly revision: number }>>('/v1/directives/d/policies');
  const rules = { ...shortRules(more), basis: '来文', receivedAt: `${more.effectiveFrom}T00:00:00+08:00` };
  return office.post<ProblemBody>('/v1/directives/d/policies', rules, { 'if-match': `"${body.items.at(-1)?.revision}"` });
};

await test('over HTTP a board and its obligations are judged under the version asked for, by default that in force', async (t) => {
  const world = await openYear(t);
  t.match(await replace(world, { effectiveFrom: '2023-06-15', shift: 'next-working-day', calendar: CALENDAR_2023 }), {
    status: 400,
    body: { code: 'calendar-missing', errors: [{ pointer: '/calendar/years' }], facts: { year: '2024' } },
  });
  t.match(
    await replace(world, {
      effectiveFrom: '2023-06-15',
      calendar: { source: '公告', years: { '2023': { holidays: [], workdays: ['2023-04-03'] } } },
    }),
    {
      status: 400,
      body: { code: 'invalid-input', errors: [{ pointer: '/calendar/years/2023/workdays/0' }] },
    },
  );
  t.match(await replace(world, { effectiveFrom: '2023-06-15', bound: 'exclusive' }), { status: 201 });
  t.match(await replace(world, { effectiveFrom: '2024-01-15', ...SHIFTED }), { status: 201 });

  const verdictsUnder = async (query: string): Promise<string> =>
    inOrder(await world.all<Obligation>(world.office, `/v1/obligations?directive=d${query}`, 5))
      .map(brief)
      .join(' ');
  const [inclusive, exclusive, shifted] = BY_HAND.map(([, , expected]) => expected);
  t.equal(await verdictsUnder('&policy=1'), inclusive);
  t.equal(await verdictsUnder('&policy=2'), exclusive);
  t.equal(await verdictsUnder('&policy=3'), shifted);
  t.equal(
    await verdictsUnder(''),
    'on* on +1 +4 on +1* +2 +1* +8 - +1* +4 +1*',
    'version 1 until June, then version 2; no due day is left to version 3',
  );
  t.equal(await verdictsUnder('&task=t&policy=3'), shifted);

  const board = async (query: string) => (await world.office.get<Board>(`/v1/compliance?directive=d&${query}`)).body;
  t.match(await board('period=2023-04'), { policyVersions: [1], totals: { owed: 1, late: 1, onTheDay: 0 } });
  t.match(await board('period=2023-04&policy=3'), { policyVersions: [3], totals: { owed: 1, onTime: 1, late: 0, onTheDay: 0 } });
  t.match(await board('period=2023-08'), {
    policyVersions: [2],
    totals: { late: 1, onTheDay: 1 },
    units: [{ unit: SCIENCE, late: 1, onTheDay: 1 }],
  });
  t.match(await board('period=2023-08&policy=1'), {
    policyVersions: [1],
    totals: { onTime: 1, late: 0, onTheDay: 1 },
    units: [{ onTime: 1, onTheDay: 1 }],
  });
  t.match(await world.office.get<ListBody<Owed>>('/v1/obligations?directive=d&period=2023-12&policy=3'), {
    body: { items: [{ due: '2024-01-03T00:00:00+08:00', policy: 3 }] },
  });
  t.match(await world.unit(SCIENCE).get<Board>('/v1/compliance?directive=d&period=2023-08&policy=1'), {
    status: 200,
    body: { totals: { onTime: 1 } },
  });

  for (const url of [
    '/v1/obligations?directive=d&policy=4',
    '/v1/obligations?task=t&policy=4',
    '/v1/compliance?directive=d&period=2023-08&policy=4',
  ])
    t.match(
      await world.office.get<ProblemBody>(url),
      { status: 400, body: { code: 'policy-unknown', errors: [{ pointer: '/policy' }] } },
      url,
    );
  t.match(await world.office.get<ProblemBody>('/v1/obligations?policy=1'), {
    status: 400,
    body: { code: 'invalid-input', errors: [{ pointer: '/policy' }] },
  });
  t.match(await world.office.get<ProblemBody>('/v1/obligations?directive=d&policy=0'), { status: 400, body: { code: 'invalid-input' } });
  t.match(
    await world.office.get<ProblemBody>('/v1/compliance?directive=d&period=2023-08&policy=2&asOf=@4'),
    { status: 400, body: { code: 'policy-unknown' } },
    'a version is not known before it was adopted',
  );

  t.equal(differenceFromReplay(world.duban().services, 'd', ['2023-05-01', '2024-01-31']), undefined);
});

await test('a log that begins with a policy of the first version is read, judged and followed by the second', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2023-01-12T09:00:00+08:00' });
  const { store, handler } = world.duban().services;
  await must(world.office.post('/v1/units', { id: SCIENCE, name: '市科技局' }));
  await must(
    world.office.post('/v1/directives', { id: 'd-old', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-10' }),
  );
  const stream = policyStream('d-old');
  await store.append(stream, 'none', [
    draft(stream, {
      type: 'PolicyAdopted.v1',
      actor: { sub: 'office-1', role: 'office' },
      receivedat: '2023-01-10T01:00:00.000Z',
      data: FIRST_VERSION,
    }),
  ]);
  await must(
    world.office.post('/v1/tasks', {
      id: 'old',
      directive: 'd-old',
      kind: 'task',
      text: '研发投入',
      assignees: [{ role: 'lead', party: SCIENCE }],
    }),
  );

  t.strictSame((await handler.load(policyFolding, stream)).state, [{ ...READ, receivedAt: at('2023-01-10T09:00:00+08:00') }]);
  const policies = (): Promise<readonly object[]> => world.all(world.office, '/v1/directives/d-old/policies');
  t.match(await policies(), [{ version: 1, ...UNSAID, revision: 0 }]);
  t.match(await world.all(world.office, '/v1/obligations?directive=d-old&period=2023-01'), [
    { due: '2023-01-31T00:00:00+08:00', policy: 1 },
  ]);
  t.match(await store.readStream(stream, 0), [{ envelope: { type: 'PolicyAdopted.v1', data: FIRST_VERSION } }], 'its bytes stay');

  await must(
    world.office.post('/v1/directives/d-old/policies', shortRules({ effectiveFrom: '2023-06-01', behind: 'pro-rata' }), {
      'if-match': '"0"',
    }),
  );
  t.match(await policies(), [
    { version: 1, behind: 'declared' },
    { version: 2, behind: 'pro-rata' },
  ]);
  await world.duban().projector.rebuild();
  t.match(await policies(), [
    { version: 1, ...UNSAID },
    { version: 2, behind: 'pro-rata' },
  ]);
  t.equal(differenceFromReplay(world.duban().services, 'd-old', ['2023-12-31']), undefined);
});

await test('a report counts once, whatever versions it has', async (t) => {
  const twice = reportOf(
    SCIENCE,
    '2023-03',
    { receivedAt: at('2023-03-30T12:00:00+08:00'), acceptedAt: null },
    { receivedAt: at('2023-04-05T12:00:00+08:00'), acceptedAt: null },
  );
  const { obligations } = judge(facts({ reports: [twice] }), { at: endOf('2023-06-30'), kinds: ['monthly'], period: '2023-03' });
  t.match(totalsOf(obligations), { owed: 1, onTime: 1, late: 0, onTheDay: 1 });
});
