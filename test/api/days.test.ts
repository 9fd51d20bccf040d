import { test } from 'tap';
import { acts, ACTS_AT, handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Client, type ListBody, type ProblemBody } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';
import { commands } from '../domain/tasks/fixtures.ts';
import { taskDecider } from '../../src/domain/tasks/decide.ts';
import { taskStream } from '../../src/domain/tasks/state.ts';

/** Days whose end RFC 3339 cannot write, in some zone. */
const OUTSIDE = ['9999-01-01', '9999-12-31', '0000-01-01', '0000-12-31'];
const EDGES = ['0001-01-01', '9998-12-31'];

const refusal = (pointer: string) => ({
  status: 400,
  body: { code: 'invalid-input', errors: [{ pointer, message: 'must be of the years 0001 to 9998' }] },
});

const dueOf = async (who: Client, task: string): Promise<string | undefined> =>
  (await who.get<ListBody<{ readonly due: string }>>(`/v1/obligations?task=${task}&kind=deadline`)).body.items[0]?.due;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The value with another at each place in turn where a civil day stands, by JSON Pointer. */
const withDay = (value: Json, day: string, pointer = ''): readonly (readonly [pointer: string, value: Json])[] => {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/u.test(value) ? [[pointer, day]] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value))
    return value.flatMap((item, at) =>
      withDay(item, day, `${pointer}/${at}`).map(([where, changed]) => [where, value.with(at, changed)] as const),
    );
  return Object.entries(value).flatMap(([name, member]) =>
    withDay(member, day, `${pointer}/${name}`).map(([where, changed]) => [where, { ...value, [name]: changed }] as const),
  );
};

await test('a day in any command that is of no year that is judged is refused with its field', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  let found = 0;
  for (const act of acts) {
    const { url, body, headers } = await act.prepare(world, 'days');
    if (typeof body === 'string') continue;
    const who: Client = act.whose === 'unit' ? world.unit(OWN) : world.office;
    for (const [pointer, changed] of withDay(JSON.parse(JSON.stringify(body)) as Json, '9999-12-31')) {
      found += 1;
      const head = world.head();
      const sent = await who.send<ProblemBody>(act.route.split(' ')[0] ?? 'POST', url, changed as object, {
        'if-match': '*',
        ...headers,
      });
      t.match(sent, refusal(pointer), `${act.route}: ${pointer}`);
      t.equal(world.head(), head);
    }
  }
  t.ok(found > 8, `${found} days`);
});

await test('days are of the years 0001 to 9998, wherever they stand in a body, a query or a row of a ledger', async (t) => {
  const world = await openWorld(t);
  const { office } = world;
  const task = { ...handTask('far'), deadline: null };
  const policy = {
    effectiveFrom: '2023-01-01',
    duties: [{ id: 'once', every: 'once', from: '2023', to: '2023', due: { date: '2023-12-31' } }],
  };
  for (const day of OUTSIDE) {
    const milestones = [
      { title: '一期', due: '2023-06-30' },
      { title: '二期', due: day },
    ];
    t.match(await office.post('/v1/tasks', { ...task, deadline: day }), refusal('/deadline'), day);
    t.match(await office.post('/v1/tasks', { ...task, effectiveFrom: day }), refusal('/effectiveFrom'), day);
    const terms = { printed: '分期', kind: 'standing', precision: 'day', milestones };
    t.match(await office.post('/v1/tasks', { ...task, deadlineTerms: terms }), refusal('/deadlineTerms/milestones/1/due'), day);
    const once = { ...policy, duties: [{ ...policy.duties[0], due: { date: day } }] };
    t.match(await office.post(`/v1/directives/${SEED_DIRECTIVE}/policies`, once), refusal('/duties/0/due/date'), day);
    const calendar = { source: '通知', years: { '2023': { holidays: [day], workdays: [] } } };
    t.match(
      await office.post(`/v1/directives/${SEED_DIRECTIVE}/policies`, { ...policy, calendar }),
      refusal('/calendar/years/2023/holidays/0'),
      day,
    );
    t.match(await office.get(`/v1/tasks?dueBefore=${day}`), refusal('/dueBefore'), day);
  }
  const csv = ['编号,工作内容,责任单位,完成时限', ...OUTSIDE.map((day, n) => `far-${n},远期工作,市科技局（牵头）,${day}`)].join('\r\n');
  const ledger = await office.post<{ readonly rows: readonly object[] }>(`/v1/tasks?directive=${SEED_DIRECTIVE}`, csv, {
    'content-type': 'text/csv',
  });
  t.match(
    ledger.body.rows,
    OUTSIDE.map(() => ({ verdict: 'refused', code: 'invalid-input', detail: 'must be of the years 0001 to 9998' })),
    'each row by itself',
  );
  for (const [n, day] of EDGES.entries()) {
    const effectiveFrom = '0001-01-01';
    t.equal((await office.post('/v1/tasks', { ...handTask(`edge-${n}`), deadline: day, effectiveFrom })).status, 201, day);
  }
  t.match(await dueOf(office, 'edge-0'), '0001-01-02T00:00:00+08:06', 'Shanghai went by the sun');
  t.equal(await dueOf(office, 'edge-1'), '9999-01-01T00:00:00+08:00');
});

await test('periods and years are of the same years as days, in every query and body that has one', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const { paths } = await documentOf(world);
  let found = 0;
  for (const [path, { get }] of Object.entries(paths)) {
    const parameters = get?.parameters?.filter(({ in: place }) => place === 'query') ?? [];
    for (const { name } of parameters.filter((each) => each.name === 'period' || each.name === 'year')) {
      found += 1;
      const others = parameters.some((each) => each.name === 'directive' && each.required === true) ? `directive=${SEED_DIRECTIVE}&` : '';
      const url = path.replace('{id}', path.startsWith('/v1/units/') ? OWN : path.startsWith('/v1/directives') ? SEED_DIRECTIVE : 'task-1');
      for (const value of name === 'year'
        ? ['0000', '9999']
        : ['0000', '0000-01', '9999-12', '0000-Q1', '9999-H2', '9999-W01', '0000-12-T3'])
        t.match(await office.get(`${url}?${others}${name}=${value}`), refusal(`/${name}`), `${path} ${value}`);
      for (const value of ['00000', '99999-01', '0000-00', '2023-13', ''])
        t.match(
          await office.get(`${url}?${others}${name}=${value}`),
          { status: 400, body: { errors: [{ pointer: `/${name}` }] } },
          `${path} ${value}`,
        );
    }
  }
  t.ok(found > 10, `${found} periods and years`);

  const unit = world.unit(OWN);
  for (const period of ['0000-01', '9999-12', '9999']) {
    t.match(await unit.post('/v1/tasks/task-1/reports', { period, ...REPORT }), refusal('/period'), period);
    t.match(await unit.post('/v1/returns', { period, entries: [{ task: 'task-1', ...REPORT }] }), refusal('/period'), period);
    t.match(await office.post('/v1/snapshots', { directive: SEED_DIRECTIVE, period }), refusal('/period'), period);
  }
  const calendar = { source: '通知', years: { '0000': { holidays: [], workdays: [] } } };
  t.match(
    await office.post(`/v1/directives/${SEED_DIRECTIVE}/policies`, { effectiveFrom: '2023-01-01', calendar }),
    refusal('/calendar/years/0000'),
  );
  for (const period of ['0001-01', '9998-12'])
    t.equal((await office.get(`/v1/compliance?directive=${SEED_DIRECTIVE}&period=${period}`)).status, 200, period);
});

await test('a deadline of 9999, as was once recorded, is read, extended no further, and due at an instant of RFC 3339', async (t) => {
  const world = await openWorld(t);
  const record = (task: string, timeZone: string) => {
    const assign = commands.assign({ task, deadline: '9999-12-31', assignees: [{ role: 'lead', party: OWN, kind: 'unit' }] });
    const meta = { actor: { sub: 'clerk', role: 'office' as const }, receivedAt: world.clock.now() };
    return world.duban().handler.handle(taskDecider, taskStream(task), { ...assign, directive: timeZone }, meta);
  };
  const heading = { number: '7号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' };
  const zones = { east: 'Asia/Shanghai', west: 'America/New_York' };
  for (const [id, timeZone] of Object.entries(zones)) {
    t.equal((await world.office.post('/v1/directives', { id, timeZone, ...heading })).status, 201);
    t.equal((await record(`of-${id}`, id)).kind, 'accepted');
  }
  t.equal(await dueOf(world.office, 'of-east'), '9999-12-31T16:00:00+00:00', 'the same instant, in UTC');
  t.equal(await dueOf(world.office, 'of-west'), '9999-12-31T23:59:59+00:00', 'the last that there is');
  const asked = { until: '9998-12-31', reason: '手续未完' };
  t.match(await world.unit(OWN).post('/v1/tasks/of-east/extension-requests', asked), { status: 400, body: { code: 'until-not-later' } });
});

await test('a duty that would fall due after those years is refused with its field', async (t) => {
  const world = await openWorld(t);
  const adopt = (rules: object) =>
    world.office.post<ProblemBody>(
      `/v1/directives/${SEED_DIRECTIVE}/policies`,
      { effectiveFrom: '2023-01-01', ...rules },
      { 'if-match': '*' },
    );
  const duty = { id: 'far', every: 'year', from: '9000', to: '9000', due: { date: '12-31', offset: 1200 } };
  const late = (pointer: string) => ({ status: 400, body: { code: 'date-order', errors: [{ pointer }] } });
  t.match(await adopt({ duties: [duty] }), late('/duties/0/due/offset'));
  t.match(await adopt({ duties: [{ ...duty, from: '9998', to: '9999', due: { date: '12-31' } }] }), refusal('/duties/0/to'));
  t.match(
    await adopt({ duties: [{ ...duty, from: '9998', to: '9998', due: { date: '12-31', offset: 1 } }] }),
    late('/duties/0/due/offset'),
  );
  t.match(
    await adopt({ duties: [{ id: 'far', every: 'week', from: '9998-W01', to: '9998-W52', due: { weekday: 1, offset: 60 } }] }),
    late('/duties/0/due/offset'),
  );
  t.match(await adopt({ monthly: { from: '9998-01', to: '9999-12', day: 25 } }), refusal('/monthly/to'));
  t.match(await adopt({ annual: { year: 9999, due: '12-25' } }), refusal('/annual/year'));
  t.equal((await adopt({ annual: { year: 9998, due: '12-25' } })).status, 201);
});
