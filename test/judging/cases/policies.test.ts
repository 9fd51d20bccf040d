import { test } from 'tap';
import { duty, openCounty, RULES } from './county.ts';

/** docs/judging.md, rule 4: what is owed by when, and which policy governs. */

const fifteenth = { ...RULES, monthly: { from: '2026-01', to: '2026-12', day: 15 } };

await test('a schedule that holds from the 20th does not judge again what fell due on the 15th', async (t) => {
  const county = await openCounty(t, '2026-03-16T09:00:00+08:00');
  await county.units('jia', 'yi', 'bing');
  const d = await county.directive('swap', fifteenth);
  await county.task(d, 'a', 'jia');
  await county.task(d, 'b', 'yi');
  county.now('2026-03-18T10:00:00+08:00');
  await county.report('a', 'jia', '2026-03', '2026-03-18T10:00:00+08:00');
  county.now('2026-03-19T10:00:00+08:00');
  await county.adopt(d, { ...RULES, effectiveFrom: '2026-03-20' });
  county.now('2026-11-28T09:00:00+08:00');
  const march = async (on: string) =>
    (await county.obligations(`directive=${d}&period=2026-03&on=${on}`)).map(
      ({ unit, due, state, daysLate, policy }) => `${unit} ${due.slice(0, 10)} ${state} ${daysLate} ${policy}`,
    );
  t.same(await march('2026-03-19'), ['jia 2026-03-16 late 3 1', 'yi 2026-03-16 missing 4 1']);
  t.same(await march('2026-03-25'), ['jia 2026-03-16 late 3 1', 'yi 2026-03-16 missing 10 1']);
  const april = (await county.obligations(`directive=${d}&period=2026-04&on=2026-03-25`)).map(
    ({ due, policy }) => `${due.slice(0, 10)} ${policy}`,
  );
  t.same(april, ['2026-05-01 2', '2026-05-01 2'], 'April is owed by the new one');

  const e = await county.directive('gone', fifteenth);
  await county.task(e, 'c', 'bing');
  await county.adopt(e, { ...RULES, effectiveFrom: '2026-03-20', monthly: { from: '2026-04', to: '2026-12', day: 30 } });
  t.same(
    await county.rows('task=c&period=2026-03&on=2026-04-10'),
    ['bing 2026-03 missing 26'],
    'one that begins with April does not make March vanish',
  );
});

await test('the schedule of next year leaves December, due in January, with that of this year', async (t) => {
  const county = await openCounty(t);
  await county.units('caizheng');
  const years = {
    '2022': { holidays: ['2022-12-31'], workdays: [] },
    '2023': { holidays: ['2023-01-01', '2023-01-02'], workdays: [] },
    '2024': { holidays: [], workdays: [] },
  };
  const calendar = { source: '国办发明电〔2022〕16号', years };
  const shifted = { ...RULES, shift: 'next-working-day', calendar };
  const d = await county.directive(
    'jan',
    { ...shifted, effectiveFrom: '2022-01-01', monthly: { from: '2022-12', to: '2022-12', day: 31 } },
    { date: '2022-01-04' },
  );
  await county.task(d, 't', 'caizheng', { effectiveFrom: '2022-01-05' });
  const december = async () =>
    (await county.obligations('task=t&period=2022-12&on=2023-01-05')).map(({ due, state, daysLate }) => [
      due.slice(0, 10),
      state,
      daysLate,
    ]);
  t.same(await december(), [['2023-01-04', 'missing', 2]], '31 December and 1, 2 January are days of rest');
  await county.adopt(d, { ...shifted, effectiveFrom: '2023-01-01', monthly: { from: '2023-01', to: '2023-12', day: 31 } });
  t.same(await december(), [['2023-01-04', 'missing', 2]]);
  await county.report('t', 'caizheng', '2022-12', '2023-01-03T10:00:00+08:00');
  t.same(await county.rows('task=t&period=2022-12&on=2023-01-05'), ['caizheng 2022-12 on-time 0']);
});

await test('a schedule received before both due instants judges, one received after its own does not', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  for (const [id, receivedAt, right] of [
    ['in-time', '2026-03-15T23:59:59.999+08:00', 'jia 2026-03 missing 4'],
    ['too-late', '2026-03-16T00:00:00+08:00', 'jia 2026-03 not-yet-due 0'],
  ] as const) {
    const d = await county.directive(id);
    await county.task(d, `t-${id}`, 'jia');
    await county.adopt(d, { ...fifteenth, effectiveFrom: '2026-03-01' }, receivedAt);
    t.same(await county.rows(`directive=${d}&period=2026-03&on=2026-03-19`), [right], id);
  }
});

await test('a duty is withdrawn by name, for what is not due yet', async (t) => {
  const county = await openCounty(t, '2026-04-10T09:00:00+08:00');
  await county.units('jia');
  const d = await county.directive('no-more');
  await county.task(d, 't', 'jia');
  await county.adopt(d, { ...RULES, effectiveFrom: '2026-04-01', monthly: null, annual: { year: 2026, due: '12-25' } });
  county.now('2026-11-28T09:00:00+08:00');
  t.same(
    (await county.obligations('task=t')).map(({ kind, period }) => `${kind} ${period}`),
    ['monthly 2026-01', 'monthly 2026-02', 'monthly 2026-03', 'annual 2026'],
    'what fell due before stays, what was silently left stays too, what was withdrawn is no more',
  );
});

await test('several duties side by side, each with its rhythm, its due day and its units', async (t) => {
  const county = await openCounty(t, '2026-01-06T09:00:00+08:00');
  await county.units('jia', 'yi');
  const d = await county.directive('many', null);
  const lead = { target: ['lead'], task: ['lead'], item: ['lead'] };
  await county.adopt(d, {
    effectiveFrom: '2026-01-01',
    calendar: {
      source: '公告',
      years: {
        '2026': { holidays: ['2026-01-01', '2026-01-02', '2026-04-06'], workdays: ['2026-01-04'] },
        '2027': { holidays: ['2027-01-01'], workdays: [] },
      },
    },
    duties: [
      duty('week', '2026-W13', '2026-W14', { weekday: 5, cutoff: '17:00' }, { id: 'weekly', who: lead, tasks: ['a'] }),
      duty('ten-days', '2026-03-T3', '2026-03-T3', { day: 2, offset: 1 }, { id: 'bulletin', tasks: [{ theme: 2 }] }),
      duty('month', '2026-03', '2026-03', { day: 4, offset: 1, shift: 'next-working-day' }, { id: 'monthly-report' }),
      duty('quarter', '2026-Q1', '2026-Q1', { day: 5, offset: 1, shift: 'nth-working-day' }, { id: 'quarterly', asks: 'summary' }),
      duty('half-year', '2026-H1', '2026-H1', { day: 30, month: 6 }, { id: 'half-yearly' }),
      duty('year', '2026', '2026', { date: '02-29', offset: 1 }, { id: 'yearly' }),
      duty('once', '2026-H1', '2026-H1', { date: '2026-05-06' }, { id: 'review' }),
    ],
  });
  await county.task(d, 'a', 'jia', {
    assignees: [
      { role: 'lead', party: 'jia' },
      { role: 'cooperating', party: 'yi' },
    ],
  });
  await county.task(d, 'b', 'yi', { theme: { number: 2, name: '民生' } });
  const due = (await county.obligations(`directive=${d}`)).map(
    ({ kind, period, task, unit, due: end }) => `${end.slice(0, 16)} ${kind} ${period} ${task} ${unit}`,
  );
  t.same(due.toSorted(), [
    '2026-03-27T17:00 weekly 2026-W13 a jia',
    '2026-04-03T00:00 bulletin 2026-03-T3 b yi',
    '2026-04-03T17:00 weekly 2026-W14 a jia',
    '2026-04-08T00:00 monthly-report 2026-03 a jia', // the 4th is a Saturday, the 5th a Sunday, the 6th a holiday
    '2026-04-08T00:00 monthly-report 2026-03 a yi',
    '2026-04-08T00:00 monthly-report 2026-03 b yi',
    '2026-04-09T00:00 quarterly 2026-Q1 a jia', // 1, 2, 3, 7, 8 April
    '2026-04-09T00:00 quarterly 2026-Q1 a yi',
    '2026-04-09T00:00 quarterly 2026-Q1 b yi',
    '2026-05-07T00:00 review 2026-H1 a jia',
    '2026-05-07T00:00 review 2026-H1 a yi',
    '2026-05-07T00:00 review 2026-H1 b yi',
    '2026-07-01T00:00 half-yearly 2026-H1 a jia',
    '2026-07-01T00:00 half-yearly 2026-H1 a yi',
    '2026-07-01T00:00 half-yearly 2026-H1 b yi',
    '2027-03-01T00:00 yearly 2026 a jia', // 2027 has no 29 February
    '2027-03-01T00:00 yearly 2026 a yi',
    '2027-03-01T00:00 yearly 2026 b yi',
  ]);
  t.match(
    await county.board(`directive=${d}&period=2026-H1`),
    { kind: 'half-yearly', totals: { owed: 3 } },
    'without a kind the first duty of the period',
  );
  t.match(await county.board(`directive=${d}&period=2026-H1&kind=review`), { kind: 'review', totals: { owed: 3 } });
});

await test('the two readings of 前: the named day is in time, or the day before it is, and a clamped day stays', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  for (const [bound, ends] of [
    ['inclusive', ['2026-01-31', '2026-03-01', '2026-03-31']],
    ['exclusive', ['2026-01-30', '2026-03-01', '2026-03-30']],
  ] as const) {
    const d = await county.directive(bound, { bound });
    await county.task(d, `t-${bound}`, 'jia');
    await county.report(`t-${bound}`, 'jia', '2026-03', '2026-03-30T10:00:00+08:00');
    await county.report(`t-${bound}`, 'jia', '2026-02', '2026-02-28T10:00:00+08:00');
    const rows = await county.obligations(`directive=${d}&on=2026-05-10`);
    t.same(
      rows.slice(0, 3).map(({ due }) => due.slice(0, 10)),
      ends,
      bound,
    );
    t.same(
      rows.slice(1, 3).map(({ state, onTheDay }) => [state, onTheDay]),
      [
        ['on-time', false], // of February no reading ends earlier
        [bound === 'inclusive' ? 'on-time' : 'late', true],
      ],
    );
  }
});

await test('a report is due by the clock of the policy’s zone, whatever its clocks do', async (t) => {
  const county = await openCounty(t);
  await county.units('jia');
  const d = await county.directive('clocks', {
    timeZone: 'America/New_York',
    monthly: { from: '2026-03', to: '2026-03', day: 8 },
    cutoff: '02:30',
  });
  await county.task(d, 't', 'jia');
  const [row] = await county.obligations(`directive=${d}`);
  t.equal(row?.due, '2026-03-08T03:30:00-04:00', 'the clocks skip from two to three: half past two is half past three');
});

await test('a schedule that nobody can keep is refused, and its field named', async (t) => {
  const county = await openCounty(t);
  const d = await county.directive('never', null);
  const fault = async (rules: object): Promise<string> => {
    const answer = await county.adopt(d, rules);
    return `${answer.body.code} ${(answer.body.errors ?? []).map(({ pointer }) => pointer).join(' ')}`;
  };
  const one = (every: string, from: string, to: string, due: object): object => ({
    effectiveFrom: '2026-01-01',
    duties: [duty(every, from, to, due)],
  });
  t.match(await fault(one('month', '2026-05', '2026-04', { day: 5 })), /\/duties\/0\/to\b/u, 'an empty range');
  t.match(
    await fault({ ...one('week', '2026-W10', '2026-W10', { weekday: 1 }), bound: 'exclusive' }),
    /\/duties\/0\/due\b/u,
    'due on the Sunday before its week begins',
  );
  t.match(
    await fault(one('week', '2026-W10', '2026-W10', { weekday: 1, cutoff: '00:00' })),
    /\/duties\/0\/due\b/u,
    'due at the instant at which its week begins',
  );
  t.match(await fault(one('month', '2026-05', '2026-05', { weekday: 5 })), /\/duties\/0\/due\/weekday\b/u, 'a weekday of a month');
  t.match(await fault(one('month', '2026-05', '2026-05', { day: 5, cutoff: '24:01' })), /\/duties\/0\/due\/cutoff\b/u);
  t.match(await fault(one('month', '2026-05', '2026-05', { day: 5, shift: 'next-working-day' })), /^calendar-missing /u);
  t.match(
    await fault({ effectiveFrom: '2026-01-01', duties: [duty('month', '2026-05', '2026-05', { day: 5 }, { id: 'deadline' })] }),
    /\/duties\/0\/id\b/u,
    'a name that is taken',
  );
});
