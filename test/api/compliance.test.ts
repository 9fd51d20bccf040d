import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import canonicalize from 'canonicalize';
import { ACTS_AT, asPaper, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import {
  openWorld,
  SEED_DIRECTIVE,
  type Answer,
  type BasisBody,
  type CommandBody,
  type ListBody,
  type ProblemBody,
  type World,
} from '../support/app.ts';

/** Who owed what by when, judged over HTTP from papers that the office enters. */

type Owed = {
  readonly unit: string;
  readonly task: string;
  readonly period: string;
  readonly kind: string;
  readonly due: string;
  readonly receivedAt: string | null;
  readonly state: string;
  readonly daysLate: number;
  readonly onTheDay: boolean;
  readonly report: string | null;
};
type Counts = {
  readonly owed: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly notYetDue: number;
  readonly excused: number;
  readonly waived: number;
};
type Board = {
  readonly totals: Counts;
  readonly units: readonly (Counts & { readonly unit: string })[];
  readonly excludedCollectives: readonly { readonly party: string; readonly name: string; readonly tasks: readonly string[] }[];
};

/** A target of one bureau and six county governments: seven obligations a month. */
const TARGET = 'sanzhengban-2023-1-target-3';
const COUNTY = 'hu-bin-qu-zheng-fu';

const enter = (world: World, task: string, unit: string, period: string, receivedAt: string): Promise<Answer<CommandBody>> =>
  world.office.post(`/v1/tasks/${task}/reports`, { ...asPaper({ period, ...REPORT }, unit), receivedAt });

const owedBy = async (world: World, unit: string, query: string): Promise<Owed | undefined> => {
  const found = await world.all<Owed>(world.office, `/v1/obligations?unit=${unit}&${query}`);
  if (found.length > 1) throw new Error(`${unit} owes more than one for ${query}`);
  return found[0];
};

await test('the 30th of each month, clamped to its end, to the last millisecond in Shanghai', async (t) => {
  const world = await openWorld(t, { at: '2024-02-01T09:00:00+08:00' });
  const dues = await world.all<Owed>(world.office, `/v1/obligations?task=${TARGET}&unit=${OWN}`);
  t.same(
    dues.map(({ period, due }) => `${period} ${due}`),
    [
      '2023-01 2023-01-31T00:00:00+08:00',
      '2023-02 2023-03-01T00:00:00+08:00', // the 28th is its last day
      '2023-03 2023-03-31T00:00:00+08:00',
      '2023-04 2023-05-01T00:00:00+08:00',
      '2023-05 2023-05-31T00:00:00+08:00',
      '2023-06 2023-07-01T00:00:00+08:00',
      '2023-07 2023-07-31T00:00:00+08:00',
      '2023-08 2023-08-31T00:00:00+08:00',
      '2023-09 2023-10-01T00:00:00+08:00',
      '2023-10 2023-10-31T00:00:00+08:00',
      '2023-11 2023-12-01T00:00:00+08:00',
      '2023 2023-12-26T00:00:00+08:00',
      '2023-12 2023-12-31T00:00:00+08:00',
    ],
  );

  const tries: readonly (readonly [
    unit: string,
    period: string,
    receivedAt: string,
    state: string,
    daysLate: number,
    onTheDay: boolean,
  ])[] = [
    [OWN, '2023-03', '2023-03-30T23:59:59.999+08:00', 'on-time', 0, true],
    [COUNTY, '2023-03', '2023-03-31T00:00:00.000+08:00', 'late', 1, false],
    ['shan-zhou-qu-zheng-fu', '2023-03', '2023-03-29T23:59:59.999+08:00', 'on-time', 0, false],
    ['yi-ma-shi-zheng-fu', '2023-03', '2023-03-30T00:00:00+08:00', 'on-time', 0, true],
    ['lu-shi-xian-zheng-fu', '2023-03', '2023-04-30T12:00:00+08:00', 'late', 31, false],
    ['ling-bao-shi-zheng-fu', '2023-03', '2023-03-30T15:59:59.999Z', 'on-time', 0, true], // the same instant as the first, said in UTC
    [OWN, '2023-02', '2023-02-28T23:59:59.999+08:00', 'on-time', 0, false], // before the 30th under either reading of 前
    [COUNTY, '2023-02', '2023-03-01T00:00:00+08:00', 'late', 1, false],
    [OWN, '2023', '2023-12-25T23:59:59.999+08:00', 'on-time', 0, true],
    [COUNTY, '2023', '2023-12-26T00:00:00+08:00', 'late', 1, false],
  ];
  for (const [unit, period, receivedAt, state, daysLate, onTheDay] of tries) {
    const { status, text, body } = await enter(world, TARGET, unit, period, receivedAt);
    t.equal(status, 201, text);
    t.match(
      await owedBy(world, unit, `task=${TARGET}&period=${period}`),
      { state, daysLate, onTheDay, receivedAt: new Date(receivedAt).toISOString(), report: body.subject },
      `${period} received ${receivedAt}`,
    );
  }
});

await test('what is not due by the end of the day is not missing, unless it came already', async (t) => {
  const world = await openWorld(t, { at: '2023-03-20T09:00:00+08:00' });
  await enter(world, TARGET, COUNTY, '2023-03', '2023-03-15T09:00:00+08:00');
  const stateOn = async (unit: string, on: string): Promise<string> => {
    const { state, daysLate } = (await owedBy(world, unit, `task=${TARGET}&period=2023-03&on=${on}`)) ?? {};
    return `${state} ${daysLate}`;
  };
  t.equal(await stateOn(OWN, '2023-03-14'), 'not-yet-due 0');
  t.equal(await stateOn(COUNTY, '2023-03-14'), 'not-yet-due 0', 'by the end of that day it had not come');
  t.equal(await stateOn(COUNTY, '2023-03-15'), 'on-time 0');
  t.equal(await stateOn(OWN, '2023-03-29'), 'not-yet-due 0');
  t.equal(await stateOn(OWN, '2023-03-30'), 'not-yet-due 0', 'nobody is missing while the due day runs');
  t.equal(await stateOn(OWN, '2023-03-31'), 'missing 1');
  t.equal(await stateOn(OWN, '2023-04-02'), 'missing 3');
  await t.test('what was known on a day, and what is known of it today', async (tt) => {
    const known = world.head();
    world.clock.set('2023-04-20T09:00:00+08:00');
    await enter(world, TARGET, OWN, '2023-03', '2023-03-28T09:00:00+08:00');
    tt.match(
      await owedBy(world, OWN, `task=${TARGET}&period=2023-03&on=2023-04-02`),
      { state: 'on-time' },
      'a paper entered later tells of it',
    );
    tt.match(
      await owedBy(world, OWN, `task=${TARGET}&period=2023-03&on=2023-04-02&asOf=@${known}`),
      { state: 'missing', daysLate: 3 },
      'it was not known then',
    );
    tt.match(
      await owedBy(world, OWN, `task=${TARGET}&period=2023-03&on=2023-04-02&asOf=2023-04-02T00:00:00%2B08:00`),
      { state: 'missing' },
      'nor at that instant',
    );
    tt.match(
      await owedBy(world, OWN, `task=${TARGET}&period=2023-03&on=2023-03-27`),
      { state: 'not-yet-due' },
      'nor had it been received the day before',
    );
  });
});

await test('a reassignment from 15 May leaves March and April with the old unit and moves May on', async (t) => {
  const world = await openWorld(t, { at: '2023-06-10T09:00:00+08:00' });
  const task = 'sanzhengban-2023-1-task-26'; // led by the science bureau alone
  const url = `/v1/tasks/${task}/reassignments`;
  const body = {
    assignees: [{ role: 'lead', party: OTHER }],
    reason: '职责调整',
    authority: '纪要3号',
    effectiveFrom: '2023-05-15',
    receivedAt: '2023-05-12T09:00:00+08:00',
    basis: '来文第12号',
  };
  const before = world.head();
  t.match(await world.office.post<ProblemBody>(url, body), { status: 428 });
  t.match(await world.office.post<ProblemBody>(url, body, { 'if-match': '"3"' }), { status: 412, body: { currentRevision: 0 } });
  t.equal(world.head(), before);
  const { headers } = await world.office.get(`/v1/tasks/${task}`);
  t.match(await world.office.post(url, body, { 'if-match': headers['etag'] ?? '' }), {
    status: 201,
    body: { events: [{ type: 'TaskReassigned.v1' }], revision: 1 },
  });
  const responsible = async (more: string): Promise<readonly string[]> =>
    (await world.all<Owed>(world.office, `/v1/obligations?task=${task}${more}`))
      .filter(({ kind }) => kind === 'monthly')
      .map(({ period, unit }) => `${period.slice(5)} ${unit}`);
  t.same(
    await responsible(''),
    ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `${month} ${Number(month) < 5 ? OWN : OTHER}`),
  );
  t.same([...new Set((await responsible(`&asOf=@${before}`)).map((line) => line.slice(3)))], [OWN], 'as was known before');
  t.match(await world.office.get(`/v1/tasks/${task}?on=2023-05-14`), { body: { assignees: [{ party: OWN }] } });
  t.match(await world.office.get(`/v1/tasks/${task}?on=2023-05-15`), { body: { assignees: [{ party: OTHER }] } });
  t.match(await enter(world, task, OWN, '2023-04', '2023-05-20T09:00:00+08:00'), { status: 201 }, 'the old unit still answers for April');
  t.match(await owedBy(world, OWN, `task=${task}&period=2023-04`), { state: 'late', daysLate: 20 });
});

await test('the board adds up, and is the obligations counted', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  await enter(world, TARGET, OWN, '2023-02', '2023-02-20T09:00:00+08:00');
  await enter(world, TARGET, COUNTY, '2023-02', '2023-03-20T09:00:00+08:00');
  await enter(world, 'sanzhengban-2023-1-item-1', 'shi-fa-zhan-gai-ge-wei', '2023-02', '2023-02-20T09:00:00+08:00');
  await world.office.post('/v1/tasks/sanzhengban-2023-1-task-18/suspension', { reason: '暂缓', authority: '纪要' }, { 'if-match': '*' });
  const count = (obligations: readonly Owed[]): Counts => {
    const of = (state: string): number => obligations.filter((obligation) => obligation.state === state).length;
    const [onTime, late, missing, notYetDue] = [of('on-time'), of('late'), of('missing'), of('not-yet-due')];
    return { owed: onTime + late + missing + notYetDue, onTime, late, missing, notYetDue, excused: of('excused'), waived: of('waived') };
  };
  for (const [kind, period] of [
    ['monthly', '2023-02'],
    ['monthly', '2023-04'],
    ['annual', '2023'],
    ['deadline', '2023-12'],
    ['deadline', '2023'],
  ] as const)
    for (const on of ['2023-02-25', '2023-04-05', '2024-01-01']) {
      const { status, body, text } = await world.office.get<Board>(
        `/v1/compliance?directive=${SEED_DIRECTIVE}&kind=${kind}&period=${period}&on=${on}`,
      );
      t.equal(status, 200, text.slice(0, 200));
      const obligations = await world.all<Owed>(
        world.office,
        `/v1/obligations?directive=${SEED_DIRECTIVE}&kind=${kind}&on=${on}` +
          (kind === 'deadline' && period === '2023' ? '' : `&period=${period}`),
      );
      const what = `${kind} ${period} on ${on}`;
      t.ok(obligations.length > 0, what);
      t.match(body.totals, count(obligations), `${what}: totals`);
      const units = [...new Set(obligations.map(({ unit }) => unit))];
      t.same(body.units.map(({ unit }) => unit).sort(), units.toSorted(), `${what}: every unit that owes, once`);
      for (const { unit, ...line } of body.units)
        t.match(line, count(obligations.filter((obligation) => obligation.unit === unit)), `${what}: ${unit}`);
      for (const [field, total] of Object.entries(body.totals))
        t.equal(
          body.units.reduce((sum, line) => sum + line[field as keyof Counts], 0),
          total,
          `${what}: ${field} adds up`,
        );
    }
  const totals = async (period: string): Promise<Counts> =>
    (await world.office.get<Board>(`/v1/compliance?directive=${SEED_DIRECTIVE}&period=${period}`)).body.totals;
  t.match(await totals('2023-02'), { onTime: 2, late: 1, waived: 0 });
  t.match(await totals('2023-04'), { waived: 3 }, 'a suspended task owes nothing of its three leads');
});

await test('a collective whose members are not recorded is named, and counted once they are', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  const board = `/v1/compliance?directive=${SEED_DIRECTIVE}&kind=deadline&period=2023-12`;
  const task = handTask('of-a-collective');
  await world.office.post('/v1/tasks', {
    ...task,
    deadline: '2023-12-31',
    assignees: [{ role: 'lead', party: 'xiang-guan-xian-shi-qu-zheng-fu' }],
  });
  const unresolved = await world.office.get<Board>(board);
  const named = unresolved.body.excludedCollectives.find(({ party }) => party === 'xiang-guan-xian-shi-qu-zheng-fu');
  t.match(named, { name: '相关县(市、区)政府' });
  t.ok(named?.tasks.includes('of-a-collective'));
  t.equal(new Set(named?.tasks).size, named?.tasks.length, 'each task once');
  const gaps = await world.all<{ readonly kind: string; readonly task: string; readonly party: string | null }>(
    world.office,
    `/v1/gaps?directive=${SEED_DIRECTIVE}`,
  );
  t.ok(
    gaps.some(
      ({ kind, task: of, party }) =>
        kind === 'collective-unresolved' && of === 'of-a-collective' && party === 'xiang-guan-xian-shi-qu-zheng-fu',
    ),
  );
  const before = world.head();
  const members = [COUNTY, 'yi-ma-shi-zheng-fu'];
  t.match(
    await world.office.send('PUT', '/v1/collectives/xiang-guan-xian-shi-qu-zheng-fu/members', {
      members,
      from: '2023-01-01',
      basis: '名单',
    }),
    { status: 201 },
  );
  const resolved = await world.office.get<Board>(board);
  t.notOk(resolved.body.excludedCollectives.some(({ party }) => party === 'xiang-guan-xian-shi-qu-zheng-fu'));
  const owing = await world.all<Owed>(world.office, '/v1/obligations?task=of-a-collective&kind=deadline');
  t.same(
    owing.map(({ unit }) => unit),
    members,
  );
  t.equal((await world.office.get(`${board}&asOf=@${before}&on=2023-04-05`)).text, unresolved.text, 'as was known before');
});

await test('obligations by filter, in pages that do not shift while reports come in', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  const url = `/v1/obligations?directive=${SEED_DIRECTIVE}&period=2023-03`;
  const whole = await world.all<Owed>(world.office, url);
  t.ok(whole.length > 300);
  const state = (of: string): string => `${url}&state=${of}`;
  t.equal((await world.all(world.office, state('missing'))).length, whole.length);
  t.same(await world.all(world.office, state('on-time')), []);
  t.same(
    await world.all<Owed>(world.office, `${url}&unit=${OWN}`),
    whole.filter(({ unit }) => unit === OWN),
  );
  t.same(
    await world.all<Owed>(world.office, `${url}&task=${TARGET}`),
    whole.filter(({ task }) => task === TARGET),
  );
  t.same(await world.all(world.office, `${url}&kind=annual`), []);

  const paged: Owed[] = [];
  let cursor = '';
  let pages = 0;
  for (;;) {
    const page: Answer<ListBody<Owed>> = await world.office.get(`${state('missing')}&limit=50${cursor}`);
    t.equal(page.status, 200);
    paged.push(...page.body.items);
    pages += 1;
    // A report comes in before each next page, from the list's end and from its beginning.
    for (const owed of [whole[pages], whole.at(-pages)])
      if (owed !== undefined) await enter(world, owed.task, owed.unit, '2023-03', '2023-03-30T09:00:00+08:00');
    if (page.body.next === null) break;
    cursor = `&cursor=${page.body.next}`;
  }
  t.same(paged, whole, 'the pages are of the moment of the first');
  t.ok(pages > 5);
  t.equal((await world.all<Owed>(world.office, state('missing'))).length, whole.length - 2 * pages, 'while a list begun now is of now');
  const first = await world.office.get<ListBody<Owed>>(`${url}&limit=1`);
  t.match(
    await world.office.get<ProblemBody>(`${url}&unit=${OWN}&limit=1&cursor=${first.body.next}`),
    { status: 400, body: { errors: [{ pointer: '/cursor' }] } },
    'a cursor goes with its filters',
  );
  t.match(
    await world.office.get<ProblemBody>(`${url}&limit=1&asOf=@508&cursor=${first.body.next}`),
    { status: 400, body: { errors: [{ pointer: '/cursor' }] } },
    'and with its moment',
  );
  // What a cursor is made of is nobody's business but a forger's.
  const given = JSON.parse(Buffer.from(first.body.next ?? '', 'base64url').toString()) as [number, string, unknown, string];
  const forged = (change: (parts: typeof given) => unknown): string => Buffer.from(JSON.stringify(change(given))).toString('base64url');
  for (const cursorOf of [
    forged(([position, on, , filters]) => [position, on, '2023-03 monthly no-such-task nobody', filters]),
    forged(([position, on, , filters]) => [position, on, ['2023-03', 'monthly', 'no-such-task', 'nobody'], filters]),
    forged(([position, on, key]) => [position, on, key, 'of-another-list']),
    'AAAA',
    '%20',
  ])
    t.match(
      await world.office.get<ProblemBody>(`${url}&cursor=${cursorOf}`),
      { status: 400, body: { errors: [{ pointer: '/cursor' }] } },
      'a cursor that no list gave',
    );
});

await test('a unit’s scorecard counts what its obligations are', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  await enter(world, TARGET, OWN, '2023-02', '2023-02-20T09:00:00+08:00');
  type Card = { readonly totals: Counts; readonly periods: readonly (Counts & { readonly period: string; readonly kind: string })[] };
  const { body } = await world.unit(OWN).get<Card>(`/v1/units/${OWN}/scorecard?year=2023`);
  const own = await world.all<Owed>(world.unit(OWN), '/v1/obligations');
  t.equal(body.totals.owed, own.length);
  t.equal(
    body.totals.owed,
    body.periods.reduce((sum, { owed }) => sum + owed, 0),
  );
  t.match(
    body.periods.find(({ period, kind }) => period === '2023-02' && kind === 'monthly'),
    {
      onTime: 1,
      missing: own.filter(({ period, kind, state }) => period === '2023-02' && kind === 'monthly' && state === 'missing').length,
    },
  );
  const task = await world.office.get<{ readonly compliance: object }>(`/v1/tasks/${TARGET}`);
  const all = await world.all<Owed>(world.office, `/v1/obligations?task=${TARGET}`);
  const states = (state: string): number => all.filter((owed) => owed.state === state).length;
  t.same(task.body.compliance, {
    owed: all.length,
    onTime: states('on-time'),
    late: states('late'),
    missing: states('missing'),
    notYetDue: states('not-yet-due'),
    awaiting: states('awaiting'),
  });
});

await test('deadlines: done in time, done late, overdue, open, extended', async (t) => {
  const world = await openWorld(t, { at: '2023-07-10T09:00:00+08:00' });
  const assign = (id: string, deadline: string): Promise<unknown> =>
    world.office.post('/v1/tasks', { ...handTask(id), directive: 'deadlines', deadline, effectiveFrom: '2023-01-10' });
  await world.office.post('/v1/directives', { id: 'deadlines', number: '3号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' });
  for (const id of ['in-time', 'late', 'overdue', 'granted-before', 'granted-after', 'rejected']) await assign(id, '2023-06-30');
  await assign('open', '2023-08-31');
  const claim = async (task: string, claimedAt: string, verified: boolean): Promise<void> => {
    const claimed = await world.office.post(`/v1/tasks/${task}/completion-claims`, {
      ...asPaper({ evidence: '验收表' }),
      receivedAt: claimedAt,
    });
    t.equal(claimed.status, 201, claimed.text);
    const decided = await world.office.post(
      `/v1/tasks/${task}/completion-claims/1/decision`,
      { verified, reason: '核实' },
      { 'if-match': claimed.headers['etag'] ?? '' },
    );
    t.equal(decided.status, 201, decided.text);
  };
  await claim('in-time', '2023-06-30T23:59:59.999+08:00', true);
  await claim('late', '2023-07-01T00:00:00+08:00', true);
  await claim('rejected', '2023-06-20T09:00:00+08:00', false);
  const extend = async (task: string, at: string): Promise<void> => {
    const asked = await world.office.post(`/v1/tasks/${task}/extension-requests`, {
      ...asPaper({ until: '2023-09-30', reason: '征地' }),
      receivedAt: at,
    });
    t.equal(asked.status, 201, asked.text);
    const decision = { granted: true, reason: '同意', authority: '批示', basis: '批示1号', receivedAt: at };
    t.equal((await world.office.post(`/v1/tasks/${task}/extension-requests/1/decision`, decision, { 'if-match': '*' })).status, 201);
  };
  await extend('granted-before', '2023-06-29T09:00:00+08:00');
  await extend('granted-after', '2023-07-05T09:00:00+08:00');
  type Line = {
    readonly task: string;
    readonly deadline: string;
    readonly state: string;
    readonly daysLate: number;
    readonly completedAt: string | null;
  };
  const on = async (day: string): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      (await world.all<Line>(world.office, `/v1/deadlines?directive=deadlines&on=${day}`)).map(({ task, state, daysLate, deadline }) => [
        task,
        `${state} ${daysLate} ${deadline}`,
      ]),
    );
  t.same(await on('2023-07-10'), {
    'in-time': 'in-time 0 2023-06-30',
    late: 'late 1 2023-06-30',
    overdue: 'overdue 10 2023-06-30',
    rejected: 'overdue 10 2023-06-30',
    open: 'open 0 2023-08-31',
    'granted-before': 'open 0 2023-09-30',
    'granted-after': 'excused 0 2023-06-30', // what was granted too late excuses, and does not bind
  });
  t.match(await on('2023-06-29'), {
    'in-time': 'open 0 2023-06-30',
    overdue: 'open 0 2023-06-30',
    'granted-after': 'open 0 2023-06-30',
    'granted-before': 'open 0 2023-09-30',
  });
  // The claim had come in time, but its verification, received on 10 July, had not: it waits for the office.
  t.match(await on('2023-07-01'), { 'in-time': 'awaiting 0 2023-06-30', late: 'overdue 1 2023-06-30', overdue: 'overdue 1 2023-06-30' });
  const tasks = async (range: string): Promise<readonly string[]> =>
    (await world.all<Line>(world.office, `/v1/deadlines?directive=deadlines&${range}`)).map(({ task }) => task).sort();
  t.same(await tasks('from=2023-07-01'), ['granted-before', 'open']);
  t.same(await tasks('from=2023-08-31&to=2023-08-31'), ['open']);
  const obligations = await world.all<Owed>(world.office, '/v1/obligations?directive=deadlines&kind=deadline&on=2023-07-10');
  t.match(Object.fromEntries(obligations.map(({ task, state }) => [task, state])), {
    'in-time': 'on-time',
    late: 'late',
    overdue: 'missing',
    open: 'not-yet-due',
    'granted-after': 'excused',
  });
});

/** Independent of the code under test: another RFC 8785 writer would do; this is the library's, called directly. */
const digestOf = (body: unknown): string =>
  createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest('hex');

type SnapshotAnswer = {
  readonly id: string;
  readonly digest: string;
  readonly body: {
    readonly basis: { readonly position: number; readonly on: string };
    readonly totals: Counts;
    readonly obligations: readonly Owed[];
  };
};

const take = async (t: Test, world: World, scope: object): Promise<string> => {
  await world.settled();
  const taken = await world.office.post<CommandBody & { readonly digest: string }>('/v1/snapshots', {
    directive: SEED_DIRECTIVE,
    ...scope,
  });
  t.equal(taken.status, 201, taken.text);
  const { body } = await world.office.get<SnapshotAnswer>(taken.headers['location'] ?? '');
  t.equal(body.digest, taken.body.digest);
  return taken.body.subject;
};

await test('what is about a directive of another zone says whose days its due days are', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const far = { id: 'far', number: '3号', title: '通知', issuer: '驻乌办事处', date: '2023-01-01', timeZone: 'Asia/Urumqi' };
  t.equal((await world.office.post('/v1/directives', far)).status, 201);
  const policy = { effectiveFrom: '2023-01-01', monthly: { from: '2023-01', to: '2023-12', day: 25 } };
  t.equal((await world.office.post('/v1/directives/far/policies', policy)).status, 201);
  t.equal((await world.office.post('/v1/tasks', { ...handTask('far-task'), directive: 'far' })).status, 201);
  const basisOf = async (url: string): Promise<BasisBody & { readonly directiveTimeZone?: string }> => {
    const answer = await world.office.get<{ readonly basis: BasisBody }>(url);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.text}`);
    const lasting = await world.office.get(answer.headers['content-location'] ?? '');
    t.equal(lasting.text, answer.text, `${url}: the same bytes again`);
    return answer.body.basis;
  };
  for (const url of [
    '/v1/directives/far',
    '/v1/directives/far/policies',
    '/v1/compliance?directive=far&period=2023-03',
    '/v1/obligations?task=far-task',
    '/v1/deadlines?directive=far',
    '/v1/tasks?directive=far',
    '/v1/tasks/far-task',
    '/v1/tasks/far-task/history',
    '/v1/tasks/far-task/responsibility',
  ])
    t.match(await basisOf(url), { timeZone: 'Asia/Shanghai', directiveTimeZone: 'Asia/Urumqi' }, url);
  for (const url of ['/v1/tasks', `/v1/tasks?directive=${SEED_DIRECTIVE}`, `/v1/tasks/${TARGET}`, `/v1/obligations?unit=${OWN}`])
    t.notOk('directiveTimeZone' in (await basisOf(url)), url);
});

await test('a snapshot is the same bytes for ever', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  await enter(world, TARGET, OWN, '2023-03', '2023-03-20T09:00:00+08:00');
  const then = world.head();
  const id = await take(t, world, { period: '2023-03' });
  const first = await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${id}`);
  const { body } = first.body;
  t.equal(first.body.digest, digestOf(body), 'the digest is SHA-256 of the RFC 8785 bytes of the body');
  t.match(body, {
    directive: SEED_DIRECTIVE,
    period: '2023-03',
    policyVersions: [1],
    basis: { position: then, on: '2023-04-05', timeZone: 'Asia/Shanghai' },
  });
  t.equal(body.totals.owed, body.obligations.length);
  t.same(
    body.obligations,
    (
      await world.all<{ readonly light: string }>(
        world.office,
        `/v1/obligations?directive=${SEED_DIRECTIVE}&period=2023-03&asOf=@${then}&on=2023-04-05`,
      )
    ).map(({ light: _, ...obligation }) => obligation),
  );
  const csv = await world.auditor.get(`/v1/snapshots/${id}`, { accept: 'text/csv' });
  t.match(csv, { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } });
  t.equal(csv.text.split('\r\n').length, body.obligations.length + 2, 'a heading and one row an obligation');
  t.match(csv.text, /^\uFEFFperiod,kind,unit,name,task,/u);
  const opened = await fetch(`${await world.app().listen({ host: '127.0.0.1', port: 0 })}/v1/snapshots/${id}`, {
    headers: { authorization: `Bearer ${await world.tokenOf('auditor')}`, accept: 'text/csv', 'accept-language': 'zh-CN,zh;q=0.9' },
  });
  const bytes = Buffer.from(await opened.arrayBuffer());
  t.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf', 'a spreadsheet is told that it is UTF-8');
  t.match(bytes.subarray(3).toString(), /^报送期,类别,单位编号,单位名称,/u);
  t.match(
    opened.headers.get('content-disposition'),
    `attachment; filename="compliance_${SEED_DIRECTIVE}_2023-03_2023-04-05.csv"; filename*=UTF-8''%E6%8A%A5%E9%80%81`,
  );
  t.match(first.headers['cache-control'], /immutable/u);
  t.equal((await world.auditor.get(`/v1/snapshots/${id}`, { 'if-none-match': first.headers['etag'] ?? '' })).status, 304);

  // What comes later changes neither it nor one that is taken of the same moment.
  world.clock.set('2023-05-20T09:00:00+08:00');
  await enter(world, TARGET, COUNTY, '2023-03', '2023-03-21T09:00:00+08:00');
  await world.office.send('PATCH', `/v1/units/${COUNTY}`, { name: '湖滨新区政府', from: '2023-01-01', reason: '更名' });
  t.equal((await world.auditor.get(`/v1/snapshots/${id}`)).text, first.text);
  const again = await take(t, world, { period: '2023-03', asOf: `@${then}`, on: '2023-04-05' });
  t.same(
    (await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${again}`)).body.body,
    { ...body, basis: { ...body.basis, at: '2023-04-05T15:59:59.999Z' } },
    'taken now of the end of that day',
  );
  const byInstant = await take(t, world, { period: '2023-03', asOf: '2023-04-06T00:00:00+08:00', on: '2023-04-05' });
  t.same(
    (await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${byInstant}`)).body.body.obligations,
    body.obligations,
    'or of an instant',
  );
  const now = await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${await take(t, world, { period: '2023-03' })}`);
  t.not(now.body.digest, first.body.digest);
  const whole = await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${await take(t, world, {})}`);
  t.equal(whole.body.digest, digestOf(whole.body.body), 'of all periods too');

  const verify = (of: string): Promise<Answer> => world.auditor.post(`/v1/snapshots/${of}/verify`, {});
  t.match(await world.auditor.post<ProblemBody>('/v1/snapshots/none/verify', {}), { status: 404, body: { code: 'snapshot-unknown' } });
  const head = world.head();
  for (const each of [id, again, now.body.id, whole.body.id]) t.match(await verify(each), { status: 200, body: { match: true } });
  t.equal(world.head(), head, 'a check records nothing');
  await world.restart();
  t.equal((await world.auditor.get(`/v1/snapshots/${id}`)).text, first.text, 'after a restart');
  t.match(await verify(id), { body: { match: true, digest: first.body.digest, recomputed: first.body.digest } });
  await world.duban().projector.rebuild();
  t.equal((await world.auditor.get(`/v1/snapshots/${id}`)).text, first.text, 'after the views were built again');
});

await test('what was changed in the views behind the program’s back is never passed on as a snapshot', async (t) => {
  const world = await openWorld(t, { at: '2023-04-05T09:00:00+08:00' });
  await enter(world, TARGET, COUNTY, '2023-03', '2023-04-02T09:00:00+08:00');
  const id = await take(t, world, { period: '2023-03' });
  const { body } = await world.auditor.get<SnapshotAnswer>(`/v1/snapshots/${id}`);
  t.equal(body.body.totals.late, 1);
  const tamper =
    (sql: string, ...values: readonly string[]) =>
    () => {
      const db = new DatabaseSync(join(world.dataDir, 'views.sqlite'));
      const { changes } = db.prepare(sql).run(...values);
      db.close();
      t.equal(changes, 1, sql);
    };
  const inTime = String(Date.parse('2023-03-20T09:00:00+08:00'));

  await t.test('a receipt', async (tt) => {
    await world.restart(
      tamper(
        `UPDATE tasks_report SET submissions = json_set(submissions, '$[0].receivedAt', CAST(? AS INTEGER)) WHERE task = ?`,
        inTime,
        TARGET,
      ),
    );
    tt.match(await owedBy(world, COUNTY, `task=${TARGET}&period=2023-03`), { state: 'on-time' }, 'the rows do say something else now');
    tt.match(
      await world.auditor.get<ProblemBody>(`/v1/snapshots/${id}`),
      { status: 500, body: { code: 'internal' } },
      'the snapshot is not shown as something else',
    );
    tt.match(
      await world.auditor.post(`/v1/snapshots/${id}/verify`, {}),
      { body: { match: true } },
      'and what the log says is still what was recorded',
    );
    const forged = await world.office.post('/v1/snapshots', { directive: SEED_DIRECTIVE, period: '2023-03' });
    await world.settled();
    tt.match(
      await world.auditor.post(`/v1/snapshots/${forged.body.subject}/verify`, {}),
      { body: { match: false } },
      'one taken of such rows does not verify',
    );
  });
  await t.test('a digest', async (tt) => {
    await world.duban().projector.rebuild();
    tt.equal((await world.auditor.get(`/v1/snapshots/${id}`)).status, 200, 'a rebuild repairs the rows');
    await world.restart(
      tamper(`UPDATE publications_snapshot SET doc = json_set(doc, '$.digest', ?) WHERE snapshot = ?`, 'f'.repeat(64), id),
    );
    tt.equal((await world.auditor.get(`/v1/snapshots/${id}`)).status, 500);
    tt.match(
      await world.auditor.post(`/v1/snapshots/${id}/verify`, {}),
      { body: { match: true, digest: body.digest, recomputed: body.digest } },
      'the check asks the log alone',
    );
  });
});
