import { test } from 'tap';
import { ACTS_AT, handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, type CommandBody, type ListBody, type ProblemBody } from '../support/app.ts';

/** Reports of quarters, half-years, weeks and ten days: their ids, addresses and pages. */

const DIRECTIVE = 'forms';
const duty = (id: string, every: string, from: string, to: string, due: object, more = {}) => ({
  id,
  every,
  from,
  to,
  due,
  who: { target: [], task: ['lead'], item: [] },
  ...more,
});

const DUTIES = [
  duty('weekly', 'week', '2023-W01', '2023-W12', { weekday: 5 }),
  duty('tens', 'ten-days', '2023-01-T1', '2023-03-T3', { day: 10 }),
  duty('quarterly', 'quarter', '2023-Q1', '2023-Q4', { day: 10, offset: 1 }),
  duty('review', 'quarter', '2023-Q1', '2023-Q4', { day: 20, offset: 1 }),
  duty('half-yearly', 'half-year', '2023-H1', '2023-H2', { day: 31 }),
  duty('planning', 'quarter', '2023-Q1', '2023-Q4', { day: 31 }, { asks: 'plan' }),
];

const worldWithForms = async (t: Parameters<typeof openWorld>[0]) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const heading = { id: DIRECTIVE, number: '三政办〔2023〕9号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' };
  await office.post('/v1/directives', heading);
  const { status, text } = await office.post(`/v1/directives/${DIRECTIVE}/policies`, { effectiveFrom: '2023-01-01', duties: DUTIES });
  if (status !== 201) throw new Error(text);
  await office.post('/v1/tasks', { ...handTask('own'), directive: DIRECTIVE });
  return world;
};

const REPORTED = [
  ['2023-W07', `${OWN}-2023-w07`],
  ['2023-03-T1', `${OWN}-2023-03-t1`],
  ['2023-Q1', `${OWN}-2023-q1`],
  ['2023-H1', `${OWN}-2023-h1`],
] as const;

await test('a report of every form of period has an id, and is found by it', async (t) => {
  const { office, unit } = await worldWithForms(t);
  for (const [period, id] of REPORTED) {
    const sent = await unit(OWN).post('/v1/tasks/own/reports', { ...REPORT, period });
    t.match(sent, { status: 201, body: { subject: id }, headers: { location: `/v1/tasks/own/reports/${id}` } }, period);
    t.match(await office.get(`/v1/tasks/own/reports/${id}`), { status: 200, body: { id, period, duty: null } }, period);
    t.match(await unit(OWN).post(`/v1/tasks/own/reports/${id}/amendments`, { percent: 41, reason: '更正' }), { status: 201 }, period);
    t.match(await office.post(`/v1/tasks/own/reports/${id}/accept`), { status: 201 }, period);
    t.match((await office.get(`/v1/reports?directive=${DIRECTIVE}&period=${period}`)).body, { items: [{ report: id, state: 'accepted' }] });
  }
  for (const period of ['2023-W53', '2023-q1', '2023-Q5', '2023-03-T4'])
    t.match(await unit(OWN).post('/v1/tasks/own/reports', { ...REPORT, period }), { status: 400, body: { code: 'invalid-input' } }, period);
});

await test('a return of every form of period is kept under its unit and period', async (t) => {
  const { office, unit } = await worldWithForms(t);
  for (const [period, id] of REPORTED) {
    const file = () => unit(OWN).post('/v1/returns', { period, entries: [{ task: 'own', ...REPORT }] });
    const { status, body, headers } = await file();
    t.match({ status, body }, { status: 201, body: { subject: id, entries: [{ verdict: 'recorded', report: id }] } }, period);
    const { items } = (await office.get<ListBody<{ readonly period: string; readonly report: string | null }>>(headers['location'] ?? ''))
      .body;
    t.ok(items.every((row) => row.period === period) && items.some(({ report }) => report === id));
    t.match(await file(), { status: 200, body: { entries: [{ verdict: 'already-recorded' }] } });
    const { body: recorded } = await office.get<{ readonly event: { readonly subject: string } }>(`/v1/log/events/${body.events[0]?.id}`);
    t.equal(recorded.event.subject, `return-${id}`);
  }
});

await test('one report stands for each duty of a period; a plan is none', async (t) => {
  const { office, unit, all } = await worldWithForms(t);
  const report = (of?: string) =>
    unit(OWN).post<CommandBody & ProblemBody>('/v1/tasks/own/reports', { ...REPORT, period: '2023-Q1', duty: of });
  t.match(await report('review'), { status: 201, body: { subject: `${OWN}-2023-q1-review` } });
  t.match(await report('review'), { status: 409, body: { code: 'already-reported' } });
  for (const named of ['planning', 'weekly', 'monthly'])
    t.match(await report(named), { status: 400, body: { code: 'duty-unknown', errors: [{ pointer: '/duty' }] } }, named);
  const rows = async () =>
    (
      await all<{ readonly kind: string; readonly state: string; readonly report: string | null }>(
        office,
        `/v1/obligations?task=own&period=2023-Q1&on=2023-04-10`,
      )
    ).map(({ kind, state, report: by }) => [kind, state, by]);
  t.same(await rows(), [
    ['planning', 'missing', null],
    ['quarterly', 'not-yet-due', null],
    ['review', 'on-time', `${OWN}-2023-q1-review`],
  ]);
  t.match(await report(), { status: 201, body: { subject: `${OWN}-2023-q1` } });
  t.match(await rows(), [['planning'], ['quarterly', 'on-time', `${OWN}-2023-q1`], ['review', 'on-time']]);
});

await test('pages of obligations go through every form of period', async (t) => {
  const { office, all } = await worldWithForms(t);
  type Row = { readonly kind: string; readonly period: string };
  const url = '/v1/obligations?task=own';
  const whole = (await all<Row>(office, url)).map(({ kind, period }) => `${kind} ${period}`);
  t.same(
    (await all<Row>(office, url, 1)).map(({ kind, period }) => `${kind} ${period}`),
    whole,
  );
  for (const named of ['weekly 2023-W07', 'tens 2023-03-T1', 'quarterly 2023-Q1', 'half-yearly 2023-H2', 'deadline 2023-10'])
    t.ok(whole.includes(named), named);
  t.equal(new Set(whole).size, whole.length);
});
