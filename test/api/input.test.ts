import { test } from 'tap';
import { ACTS_AT, asPaper, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type BasisBody, type Client, type Headers, type ProblemBody, type World } from '../support/app.ts';

/** What a request gets wrong is named, at the field, by a problem whose page exists; and nothing is appended. */

const TARGET = 'sanzhengban-2023-1-target-3';
const REPORTS = `/v1/tasks/${TARGET}/reports`;
const SAID = { period: '2023-03', ...REPORT };

type Wrong = {
  readonly what: string;
  readonly who?: (world: World) => Client;
  readonly method?: string;
  readonly url: string;
  /** Text is sent as it stands. */
  readonly body?: object | string;
  readonly headers?: Headers;
  readonly status: number;
  readonly code: string;
  readonly pointer?: string;
};

const own = (world: World): Client => world.unit(OWN);
const other = (world: World): Client => world.unit(OTHER);

/** A report of OWN, as text, with one member more or another. */
const raw = (member: string): string => `{"period":"2023-03","status":"on-track","percent":40,"narrative":"按计划推进"${member}}`;

const wrong: readonly Wrong[] = [
  {
    what: 'a unit that no roster knows, in a paper',
    url: REPORTS,
    body: asPaper(SAID, 'no-such-unit'),
    status: 400,
    code: 'unit-unknown',
    pointer: '/unit',
  },
  { what: 'an id that is none', url: REPORTS, body: asPaper(SAID, '市科技局'), status: 400, code: 'invalid-input', pointer: '/unit' },
  {
    what: 'a period before the schedule',
    who: own,
    url: REPORTS,
    body: { ...SAID, period: '2022-12' },
    status: 400,
    code: 'period-outside-schedule',
    pointer: '/period',
  },
  {
    what: 'a period after the schedule',
    who: own,
    url: REPORTS,
    body: { ...SAID, period: '2024-01' },
    status: 400,
    code: 'period-outside-schedule',
    pointer: '/period',
  },
  {
    what: 'another year',
    who: own,
    url: REPORTS,
    body: { ...SAID, period: '2024' },
    status: 400,
    code: 'period-outside-schedule',
    pointer: '/period',
  },
  {
    what: 'a month that has not begun',
    who: own,
    url: REPORTS,
    body: { ...SAID, period: '2023-05' },
    status: 400,
    code: 'period-not-begun',
    pointer: '/period',
  },
  {
    what: 'a month that had not begun when the paper came',
    url: REPORTS,
    body: { ...asPaper(SAID), receivedAt: '2023-02-28T23:59:59.999+08:00' },
    status: 400,
    code: 'period-not-begun',
    pointer: '/period',
  },
  {
    what: 'no period',
    who: own,
    url: REPORTS,
    body: { ...SAID, period: '2023-13' },
    status: 400,
    code: 'invalid-input',
    pointer: '/period',
  },
  { what: 'a task that the unit does not carry', who: other, url: REPORTS, body: SAID, status: 404, code: 'task-unknown' },
  {
    what: 'a paper of a unit that does not carry the task',
    url: REPORTS,
    body: asPaper(SAID, OTHER),
    status: 400,
    code: 'not-assigned',
    pointer: '/unit',
  },
  { what: 'a task that there is not', who: own, url: '/v1/tasks/no-such-task/reports', body: SAID, status: 404, code: 'task-unknown' },
  {
    what: 'a path that is no id',
    who: own,
    url: '/v1/tasks/No_Such/reports',
    body: SAID,
    status: 400,
    code: 'invalid-input',
    pointer: '/id',
  },
  {
    what: 'a receipt in the future',
    url: REPORTS,
    body: { ...asPaper(SAID), receivedAt: '2023-04-10T09:00:00.001+08:00' },
    status: 400,
    code: 'received-in-future',
    pointer: '/receivedAt',
  },
  {
    what: 'an act in the future',
    who: own,
    url: REPORTS,
    body: { ...SAID, occurredAt: '2023-05-01T00:00:00Z' },
    status: 400,
    code: 'occurred-in-future',
    pointer: '/occurredAt',
  },
  {
    what: 'a receipt without its offset',
    url: REPORTS,
    body: { ...asPaper(SAID), receivedAt: '2023-03-30T09:00:00' },
    status: 400,
    code: 'invalid-input',
    pointer: '/receivedAt',
  },
  {
    what: 'a lone surrogate',
    who: own,
    url: REPORTS,
    body: raw(',"attachments":[{"sha256":"x","name":"\\ud800","size":1,"mediaType":"a/b"}]'),
    status: 400,
    code: 'invalid-input',
    pointer: '/attachments/0/name',
  },
  { what: 'a lone surrogate in a name', who: own, url: REPORTS, body: raw(',"\\udc00":1'), status: 400, code: 'invalid-input' },
  {
    what: 'a NUL',
    who: own,
    url: REPORTS,
    body: raw(',"occurredAt":"\\u0000"'),
    status: 400,
    code: 'invalid-input',
    pointer: '/occurredAt',
  },
  {
    what: 'a number beyond 2^53',
    who: own,
    url: REPORTS,
    body: raw(',"measurements":[{"metric":"x","value":9007199254740993}]'),
    status: 400,
    code: 'invalid-input',
    pointer: '/measurements/0/value',
  },
  {
    what: 'a number that is no integer',
    who: own,
    url: REPORTS,
    body: raw('').replace('40', '40.5'),
    status: 400,
    code: 'invalid-input',
    pointer: '/percent',
  },
  {
    what: 'an infinite number',
    who: own,
    url: REPORTS,
    body: raw('').replace('40', '1e999'),
    status: 400,
    code: 'invalid-input',
    pointer: '/percent',
  },
  {
    what: 'a percentage over 100',
    who: own,
    url: REPORTS,
    body: { ...SAID, percent: 101 },
    status: 400,
    code: 'invalid-input',
    pointer: '/percent',
  },
  {
    what: 'a status that there is not',
    who: own,
    url: REPORTS,
    body: { ...SAID, status: 'finished' },
    status: 400,
    code: 'invalid-input',
    pointer: '/status',
  },
  {
    what: 'nothing said',
    who: own,
    url: REPORTS,
    body: { ...SAID, narrative: '  ' },
    status: 400,
    code: 'invalid-input',
    pointer: '/narrative',
  },
  {
    what: 'a field missing',
    who: own,
    url: REPORTS,
    body: { period: '2023-03', status: 'done' },
    status: 400,
    code: 'invalid-input',
    pointer: '/narrative',
  },
  {
    what: 'a field that nobody knows',
    who: own,
    url: REPORTS,
    body: { ...SAID, colour: 'red' },
    status: 400,
    code: 'invalid-input',
    pointer: '/colour',
  },
  {
    what: 'a field that nobody knows, further in',
    who: own,
    url: REPORTS,
    body: { ...SAID, measurements: [{ metric: 'x', value: '1', note: 1 }] },
    status: 400,
    code: 'invalid-input',
    pointer: '/measurements/0/note',
  },
  {
    what: 'a name that stands twice',
    who: own,
    url: REPORTS,
    body: raw(',"percent":41'),
    status: 400,
    code: 'invalid-input',
    pointer: '/percent',
  },
  { what: '__proto__', who: own, url: REPORTS, body: raw(',"__proto__":{}'), status: 400, code: 'invalid-input', pointer: '/__proto__' },
  {
    what: 'a query parameter that nobody knows',
    who: own,
    url: `${REPORTS}?dryRun=true`,
    body: SAID,
    status: 400,
    code: 'invalid-input',
    pointer: '/dryRun',
  },
  {
    what: 'a body over the limit',
    who: own,
    url: REPORTS,
    body: raw(`,"x":"${'长'.repeat(100_000)}"`),
    status: 413,
    code: 'body-too-large',
  },
  {
    what: 'an event over the limit',
    who: own,
    url: REPORTS,
    body: {
      ...SAID,
      narrative: '长'.repeat(20_000),
      attachments: Array.from({ length: 3 }, (_, n) => ({
        sha256: String(n).repeat(64),
        name: '附'.repeat(255),
        size: 1,
        mediaType: 'text/plain',
      })),
    },
    status: 413,
    code: 'event-too-large',
  },
  {
    what: 'another media type',
    who: own,
    url: REPORTS,
    body: raw(''),
    headers: { 'content-type': 'text/plain' },
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    what: 'a form',
    who: own,
    url: REPORTS,
    body: 'period=2023-03',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    what: 'another encoding',
    who: own,
    url: REPORTS,
    body: raw(''),
    headers: { 'content-type': 'application/json; charset=gb18030' },
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    what: 'a compressed body',
    who: own,
    url: REPORTS,
    body: raw(''),
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    code: 'unsupported-media-type',
  },
  { what: 'no JSON', who: own, url: REPORTS, body: '{"period":', status: 400, code: 'malformed-json' },
  { what: 'a list', who: own, url: REPORTS, body: [SAID], status: 400, code: 'invalid-input', pointer: '' },
  { what: 'no body', who: own, url: REPORTS, status: 400, code: 'invalid-input', pointer: '/period' },
  {
    what: 'an idempotency key that is none',
    who: own,
    url: REPORTS,
    body: SAID,
    headers: { 'idempotency-key': 'a b' },
    status: 400,
    code: 'invalid-header',
  },
  { what: 'an id given before', url: '/v1/tasks', body: handTask(TARGET), status: 409, code: 'task-exists' },
  {
    what: 'a party that nobody knows',
    url: '/v1/tasks',
    body: {
      ...handTask('t'),
      assignees: [
        { role: 'lead', party: OWN },
        { role: 'lead', party: 'nobody' },
      ],
    },
    status: 400,
    code: 'party-unknown',
    pointer: '/assignees/1/party',
  },
  {
    what: 'a directive that nobody knows',
    url: '/v1/tasks',
    body: { ...handTask('t'), directive: 'none' },
    status: 400,
    code: 'directive-unknown',
    pointer: '/directive',
  },
  {
    what: 'a parent that nobody knows',
    url: '/v1/tasks',
    body: { ...handTask('t'), parent: 'none' },
    status: 400,
    code: 'parent-unknown',
    pointer: '/parent',
  },
  {
    what: 'a day that there is not',
    url: '/v1/tasks',
    body: { ...handTask('t'), deadline: '2023-02-29' },
    status: 400,
    code: 'invalid-input',
    pointer: '/deadline',
  },
  { what: 'a plan that was never made', url: `/v1/tasks/${TARGET}/plans/1/accept`, body: {}, status: 404, code: 'plan-unknown' },
  { what: 'a report that was never made', url: `/v1/tasks/${TARGET}/reports/none/accept`, body: {}, status: 404, code: 'report-unknown' },
  {
    what: 'a report by a name that every object answers to',
    url: `/v1/tasks/${TARGET}/reports/constructor/accept`,
    body: {},
    status: 404,
    code: 'report-unknown',
  },
  { what: 'number 0', url: `/v1/tasks/${TARGET}/plans/0/accept`, body: {}, status: 400, code: 'invalid-input', pointer: '/n' },
  {
    what: 'a finding that was never raised',
    url: `/v1/directives/${SEED_DIRECTIVE}/findings/999/decision`,
    body: { decision: 'x' },
    status: 404,
    code: 'finding-unknown',
  },
  {
    what: 'a unit renamed that nobody knows',
    method: 'PATCH',
    url: '/v1/units/nobody',
    body: { name: 'x', from: '2023-01-01', reason: 'x' },
    status: 404,
    code: 'unit-unknown',
  },
  { what: 'a name that another has', url: '/v1/units', body: { id: 'new', name: '市科技局' }, status: 409, code: 'name-taken' },
  {
    what: 'a member that nobody knows',
    method: 'PUT',
    url: '/v1/collectives/ge-xian-shi-qu-zheng-fu/members',
    body: { members: [OWN, 'nobody'], basis: 'x' },
    status: 400,
    code: 'unit-unknown',
    pointer: '/members/1',
  },
  {
    what: 'a snapshot of a directive that nobody knows',
    url: '/v1/snapshots',
    body: { directive: 'none' },
    status: 400,
    code: 'directive-unknown',
    pointer: '/directive',
  },
  {
    what: 'a snapshot of a period that nobody owes',
    url: '/v1/snapshots',
    body: { directive: SEED_DIRECTIVE, period: '2022-01' },
    status: 400,
    code: 'period-outside-schedule',
    pointer: '/period',
  },
  {
    what: 'a snapshot of what will be known',
    url: '/v1/snapshots',
    body: { directive: SEED_DIRECTIVE, asOf: '@509' },
    status: 400,
    code: 'as-of-out-of-range',
    pointer: '/asOf',
  },
  {
    what: 'a notice of a snapshot that was never taken',
    url: '/v1/notices',
    body: { snapshot: 'none' },
    status: 400,
    code: 'snapshot-unknown',
    pointer: '/snapshot',
  },
  {
    what: 'a text that is no notice',
    url: '/v1/directives/import?commit=true',
    body: '# 会议纪要\n一、……\n',
    headers: { 'content-type': 'text/plain' },
    status: 400,
    code: 'notice-unreadable',
  },
  { what: 'a notice as JSON', url: '/v1/directives/import?commit=true', body: {}, status: 415, code: 'unsupported-media-type' },
  {
    what: 'a notice over the limit',
    url: '/v1/directives/import?commit=true',
    body: '长'.repeat(1_400_000),
    headers: { 'content-type': 'text/plain' },
    status: 413,
    code: 'body-too-large',
  },
  {
    what: 'commit=maybe',
    url: '/v1/directives/import?commit=maybe',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
    status: 400,
    code: 'invalid-input',
    pointer: '/commit',
  },
  { what: 'a method that there is not', method: 'DELETE', url: `/v1/tasks/${TARGET}`, status: 405, code: 'method-not-allowed' },
  { what: 'a URL that there is not', url: '/v1/nothing', body: {}, status: 404, code: 'not-found' },

  { what: 'beyond the head', method: 'GET', url: '/v1/tasks?asOf=@509', status: 400, code: 'as-of-out-of-range', pointer: '/asOf' },
  {
    what: 'the future',
    method: 'GET',
    url: '/v1/tasks?asOf=2023-04-10T09:00:00.001%2B08:00',
    status: 400,
    code: 'as-of-out-of-range',
    pointer: '/asOf',
  },
  { what: 'an asOf that is none', method: 'GET', url: '/v1/tasks?asOf=yesterday', status: 400, code: 'invalid-input', pointer: '/asOf' },
  { what: 'a position that is none', method: 'GET', url: '/v1/tasks?asOf=@-1', status: 400, code: 'invalid-input', pointer: '/asOf' },
  {
    what: 'an instant without its offset',
    method: 'GET',
    url: '/v1/tasks?asOf=2023-04-01T00:00:00',
    status: 400,
    code: 'invalid-input',
    pointer: '/asOf',
  },
  { what: 'a day that is none', method: 'GET', url: '/v1/tasks?on=2023-02-30', status: 400, code: 'invalid-input', pointer: '/on' },
  { what: 'a limit over 500', method: 'GET', url: '/v1/tasks?limit=501', status: 400, code: 'invalid-input', pointer: '/limit' },
  { what: 'a limit of 0', method: 'GET', url: '/v1/tasks?limit=0', status: 400, code: 'invalid-input', pointer: '/limit' },
  {
    what: 'a cursor that no list gave',
    method: 'GET',
    url: '/v1/tasks?cursor=abc',
    status: 400,
    code: 'invalid-input',
    pointer: '/cursor',
  },
  { what: 'a parameter twice', method: 'GET', url: '/v1/tasks?kind=task&kind=item', status: 400, code: 'invalid-input', pointer: '/kind' },
  {
    what: 'a parameter that nobody knows',
    method: 'GET',
    url: '/v1/tasks?colour=red',
    status: 400,
    code: 'invalid-input',
    pointer: '/colour',
  },
  {
    what: 'a directive that nobody knows, read',
    method: 'GET',
    url: '/v1/compliance?directive=none&period=2023-03',
    status: 400,
    code: 'directive-unknown',
    pointer: '/directive',
  },
  {
    what: 'a board of no period',
    method: 'GET',
    url: `/v1/compliance?directive=${SEED_DIRECTIVE}`,
    status: 400,
    code: 'invalid-input',
    pointer: '/period',
  },
  {
    what: 'a month of annual reports',
    method: 'GET',
    url: `/v1/compliance?directive=${SEED_DIRECTIVE}&kind=annual&period=2023-03`,
    status: 400,
    code: 'invalid-input',
    pointer: '/period',
  },
  { what: 'a task that there is not, read', method: 'GET', url: '/v1/tasks/none', status: 404, code: 'task-unknown' },
  { what: 'a task before it was assigned', method: 'GET', url: `/v1/tasks/${TARGET}?asOf=@1`, status: 404, code: 'task-unknown' },
  {
    what: 'statements on a task that there is not',
    method: 'GET',
    url: '/v1/tasks/none/statements?period=2023-03',
    status: 404,
    code: 'task-unknown',
  },
  { what: 'an event that is none', method: 'GET', url: '/v1/log/events/none', status: 400, code: 'invalid-input', pointer: '/id' },
  {
    what: 'a type that there is not',
    method: 'GET',
    url: '/v1/log/events?type=Nothing',
    status: 400,
    code: 'invalid-input',
    pointer: '/type',
  },
  { what: 'events as a page', method: 'GET', url: '/v1/log/events', headers: { accept: 'text/html' }, status: 406, code: 'not-acceptable' },
  { what: 'a URL that cannot be decoded', method: 'GET', url: '/v1/tasks/%E4%', status: 400, code: 'malformed-request' },
];

await test('what is wrong is said, and nothing is appended', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const head = world.head();
  const codes = new Set<string>();
  for (const { what, who, method = 'POST', url, body, headers, status, code, pointer } of wrong) {
    const answer = await (who?.(world) ?? world.office).send<ProblemBody>(method, url, body, headers);
    t.match(
      answer,
      {
        status,
        body: { status, code, type: `/problems/${code}` },
        headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
      },
      `${what}: ${answer.text.slice(0, 300)}`,
    );
    if (pointer !== undefined)
      t.ok(
        answer.body.errors?.some((error) => error.pointer === pointer && error.message !== ''),
        `${what}: ${pointer} is named in ${JSON.stringify(answer.body.errors)}`,
      );
    t.ok(answer.body.title.length > 0 && answer.body.detail.length > 0, what);
    t.notMatch(answer.text, /\bat \w+ \(|node_modules|\.ts:\d/u, `${what}: no stack`);
    if (!t.equal(world.head(), head, `${what}: nothing was appended`)) break;
    codes.add(code);
  }
  for (const code of codes) {
    const page = await world.nobody.get(`/problems/${code}`, { accept: 'text/html' });
    t.match(page, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } }, code);
    t.match(page.text, code);
  }
});

await test('a report of measures that the task has, exact and as text', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const [period, value] of [
    ['2023-01', '2.45'],
    ['2023-02', 3],
    ['2023-03', '0.000000000000000001'],
  ] as const)
    t.equal(
      (await own(world).post(REPORTS, { ...SAID, period, measurements: [{ metric: '研发投入强度', value }] })).status,
      201,
      String(value),
    );
  const { body } = await own(world).get<{ readonly measurements: readonly object[] }>(`/v1/tasks/${TARGET}`);
  t.match(body.measurements, [
    {
      metric: '研发投入强度',
      comparator: 'gt',
      target: '2.4',
      latest: { value: '0.000000000000000001', period: '2023-03', unit: OWN },
      attained: false,
    },
  ]);
});

await test('text is NFC at the door, and otherwise as it was sent', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const narrative = 'e\u0301tat 𠮷 ㈱ ｆｕｌｌ\n第二行';
  const sent = await own(world).post(REPORTS, { ...SAID, narrative });
  const { body } = await own(world).get<{ readonly narrative: string }>(sent.headers['location'] ?? '');
  t.equal(body.narrative, 'état 𠮷 ㈱ ｆｕｌｌ\n第二行');
});

await test('a position beyond the log is refused at once, and the field named', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const began = performance.now();
  const refusal = (pointer: string) => ({ status: 400, body: { code: 'beyond-the-log', errors: [{ pointer }] } });
  t.match(await world.office.get<ProblemBody>('/v1/collectives?minPosition=509'), refusal('/minPosition'));
  t.match(await world.office.get<ProblemBody>(`/v1/tasks/${TARGET}/timemap?minPosition=509`), refusal('/minPosition'));
  t.ok(performance.now() - began < 4_000, 'nobody waits for what cannot come');
  const { body } = await world.office.post('/v1/units', { id: 'late', name: '后到单位' });
  t.equal(body.position, 509);
  t.match(await world.auditor.send('GET', '/v1/units/late?minPosition=509'), { status: 200, body: { basis: { position: 509 } } });
});

await test('cached answers: 304 while they hold, for ever where nothing can change them', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const urls = [
    `/v1/tasks/${TARGET}`,
    '/v1/tasks?kind=target',
    `/v1/compliance?directive=${SEED_DIRECTIVE}&period=2023-03`,
    `/v1/units/${OWN}`,
    `/v1/directives/${SEED_DIRECTIVE}`,
  ];
  for (const url of urls) {
    const first = await world.office.get<{ readonly basis: BasisBody }>(url);
    const tag = first.headers['etag'] ?? '';
    t.match(tag, /^(?:W\/)?"[0-9a-f]+"$/u, url);
    t.match(first.headers['cache-control'], 'private, no-cache');
    const again = await world.office.get(url, { 'if-none-match': tag });
    t.match(again, { status: 304, text: '', headers: { etag: tag } }, `${url}: not modified`);
    t.equal((await world.office.get(url, { 'if-none-match': `"zzz", W/${tag.replace(/^W\//u, '')}` })).status, 304);
    t.equal((await world.office.get(url, { 'if-none-match': '"zzz"' })).status, 200);
    const head = await world.office.send('HEAD', url);
    t.match(
      head,
      { status: 200, text: '', headers: { etag: tag, 'content-length': String(Buffer.byteLength(first.text)) } },
      `${url}: HEAD`,
    );
    t.equal((await world.office.send('HEAD', url, undefined, { 'if-none-match': tag })).status, 304);
    const past = await world.office.get(`${url}${url.includes('?') ? '&' : '?'}asOf=@508&on=${first.body.basis.at}`);
    t.match(past.headers['cache-control'], /immutable/u, `${url}: the past is for ever`);
    t.equal(past.text, first.text);
    t.equal((await world.office.get(first.headers['content-location'] ?? '')).text, first.text, `${url}: and has its own URL`);
  }
  const kept = new Map<string, string>();
  for (const url of urls) kept.set(url, (await world.office.get(url)).headers['etag'] ?? '');
  world.clock.set('2023-04-10T23:00:00+08:00');
  for (const url of urls)
    t.equal((await world.office.get(url, { 'if-none-match': kept.get(url) ?? '' })).status, 304, `${url}: hours later, nothing fell due`);
  await world.unit(OWN).post(REPORTS, SAID);
  for (const url of urls.slice(0, 3))
    t.equal((await world.office.get(url, { 'if-none-match': kept.get(url) ?? '' })).status, 200, `${url}: after a report it is another`);
});
