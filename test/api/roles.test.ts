import { createHash } from 'node:crypto';
import { test } from 'tap';
import { acts, ACTS_AT, asPaper, OTHER, OWN, type Act, type Prepared } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type Client, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import { prepareThings, reads, REPORTED } from '../support/reads.ts';
import type { Role } from '../../src/http/principal.ts';

/** Who may do and see what: every route of the app for every role. */

/** Tried elsewhere than by these tables, each with why. */
const apart: Readonly<Record<string, string>> = {
  'GET /v1/log/stream': 'has no end: below',
  'POST /v1/ledger/cosignatures': 'takes the line of a witness: below',
  'POST /v1/attachments': 'takes bytes: below',
  'GET /v1/attachments/{sha256}': 'gives them: below',
  'POST /v1/tokens/revocations': 'takes the name of a token: below',
  'POST /v1/reminders/{id}/resend': 'needs a mail server: below, and test/reminders/',
  'GET /v1/subscriptions': 'below, with the others of it',
  'POST /v1/subscriptions': 'below',
  'GET /v1/subscriptions/{id}': 'below',
  'PATCH /v1/subscriptions/{id}': 'below',
  'DELETE /v1/subscriptions/{id}': 'below',
  'GET /v1/subscriptions/{id}/deliveries': 'below',
  'POST /v1/subscriptions/{id}/deliveries/{delivery}/redeliver': 'below',
};

const ROLES: readonly Role[] = ['office', 'unit', 'auditor', 'admin'];

const roles = (world: World): Readonly<Record<'office' | 'own' | 'other' | 'auditor' | 'admin', Client>> => ({
  office: world.office,
  own: world.unit(OWN),
  other: world.unit(OTHER),
  auditor: world.auditor,
  admin: world.admin,
});

/** `METHOD /path/{id}` of every route that the app was given, whether or not OpenAPI tells of it. */
const routesOf = (world: World): readonly string[] => {
  const found: string[] = [];
  const stack: string[] = [];
  for (const line of world.app().printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/u.exec(line);
    if (match === null) continue;
    const [, indent = '', part = '', methods = ''] = match;
    const depth = indent.length / 4;
    stack.length = depth;
    stack.push(part);
    const path = stack
      .join('')
      .replaceAll(/:(\w+)/gu, '{$1}')
      .replace(/\*$/u, '{path}');
    for (const method of methods.split(', ')) if (method !== '' && method !== 'HEAD') found.push(`${method} ${path}`);
  }
  return found;
};

type Operation = { readonly 'x-roles'?: readonly Role[] };

/** Who may, as every route under /v1 was registered. */
const declaredIn = async (world: World): Promise<ReadonlyMap<string, readonly Role[]>> => {
  const { body } = await world.nobody.get<{ readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>(
    '/openapi.json',
  );
  return new Map(
    Object.entries(body.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation['x-roles'] ?? []] as const),
    ),
  );
};

await test('these tables name every route of the app, and say of each what it was registered with', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const printed = routesOf(world).filter((route) => !/^GET \/docs(?:\/|$)/u.test(route));
  const declared = await declaredIn(world);
  t.same(
    printed.filter((route) => route.includes(' /v1/') && !declared.has(route)),
    [],
    'every route is documented',
  );
  const routes = new Set([...printed, ...declared.keys()]);
  routes.delete('GET /{path}'); // a wildcard is printed without what stands before it but the root; the document has it whole
  t.equal((await world.nobody.get('/nothing')).status, 404, 'none stands at the root');
  t.ok(routes.size > 60);
  const named = new Set([...acts.map(({ route }) => route), ...Object.keys(reads), ...Object.keys(apart)]);
  t.same([...routes.difference(named)], [], 'a new route says here who may use it');
  t.same([...named.difference(routes)], [], 'and none that is gone');

  const told: Readonly<Record<string, readonly Role[]>> = Object.fromEntries([
    ...acts.map(({ route, roles: who }) => [route, who]),
    ...Object.entries(reads).flatMap(([route, { who }]) =>
      who === 'open' || who === 'admin-or-loopback'
        ? []
        : [[route, who === 'readers' ? ['office', 'auditor', 'admin'] : who === 'kept' ? ['office', 'unit'] : ROLES]],
    ),
  ]);
  for (const [route, who] of Object.entries(told)) t.same(declared.get(route)?.toSorted(), who.toSorted(), route);
});

await test('every route lets in whom it was registered for, and nobody else', async (t) => {
  const world = await openWorld(t, { overHttp: true });
  const declared = await declaredIn(world);
  t.ok(declared.size > 90);
  for (const [route, allowed] of declared) {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replaceAll(/\{[^}]+\}/gu, '1');
    const send = (client: Client): Promise<Answer<ProblemBody>> => client.send(method, url, method === 'GET' ? undefined : {});
    t.ok(allowed.length > 0, route);
    t.match(await send(world.nobody), { status: 401, body: { code: 'unauthenticated' } }, `${route} without a token`);
    for (const [role, client] of Object.entries(roles(world))) {
      const as = role === 'own' || role === 'other' ? 'unit' : (role as Role); // the other names are those of roles
      if (!allowed.includes(as)) t.match(await send(client), { status: 403, body: { code: 'forbidden' } }, `${route} as ${role}`);
      else if (path !== '/v1/log/stream') t.not((await send(client)).body?.code, 'forbidden', `${route} as ${role}`);
    }
    t.match(
      await send(world.unit('nobody-of-that-id')),
      { status: 403, body: { code: allowed.includes('unit') ? 'unit-not-registered' : 'forbidden' } },
      `${route} as a unit that is not registered`,
    );
  }
});

await test('reads: who sees what', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT, overHttp: true });
  const things = await prepareThings(world);
  world.clock.advance(60_000); // a receipt needs a checkpoint, and a checkpoint some time since the one before
  for (const [route, { url: where, who }] of Object.entries(reads)) {
    const url = typeof where === 'string' ? where : where(things);
    const method = route.split(' ', 1)[0] ?? 'GET';
    const statusOf = async (client: Client): Promise<number> => {
      await world.settled();
      return (await client.send(method, url)).status;
    };
    const unauthorised = await world.nobody.send<ProblemBody>(method, url);
    if (who === 'open' || who === 'admin-or-loopback') t.equal(unauthorised.status, 200, route);
    else t.match(unauthorised, { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { code: 'unauthenticated' } }, route);
    for (const [role, client] of Object.entries(roles(world))) {
      const unit = role === 'own' || role === 'other';
      const isClosed = (who === 'readers' && unit) || (who === 'kept' && (role === 'auditor' || role === 'admin'));
      const expected = isClosed ? 403 : (who === 'own' || who === 'kept') && role === 'other' ? 404 : 200;
      t.equal(await statusOf(client), expected, `${route} as ${role}`);
    }
  }
});

const expectedOf = (act: Act, role: 'office' | 'own' | 'other' | 'auditor' | 'admin'): number => {
  // An auditor is in no list.
  const allowed = act.roles.includes(role === 'own' || role === 'other' ? 'unit' : (role as 'office' | 'admin'));
  if (!allowed) return 403;
  if (role !== 'other') return 201;
  if (act.route === 'POST /v1/contacts') return 201; // its own
  return act.route === 'POST /v1/returns' ? 200 : 404;
};

await test('commands: who may say what', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT, overHttp: true });
  const send = (client: Client, { route }: Act, { url, headers }: Prepared, body: object | string): Promise<Answer<ProblemBody>> =>
    client.send(route.split(' ', 1)[0] ?? 'POST', url, body, { ...headers, 'if-match': '*' });
  for (const act of acts) {
    if (act.ifMatch === 'none') continue;
    const shared = await act.prepare(world, 'shared');
    t.equal((await send(world.nobody, act, shared, shared.body)).status, 401, `${act.route} without a token`);
    for (const [role, client] of Object.entries(roles(world)) as [keyof ReturnType<typeof roles>, Client][]) {
      const expected = expectedOf(act, role);
      const before = world.head();
      const prepared = expected === 201 ? await act.prepare(world, role) : shared;
      const head = expected === 201 ? world.head() : before;
      const body = role === 'office' && act.whose === 'unit' && typeof prepared.body === 'object' ? asPaper(prepared.body) : prepared.body;
      const { status, text } = await send(client, act, prepared, body);
      t.equal(status, expected, `${act.route} as ${role} ${text.slice(0, 200)}`);
      if (expected !== 201) t.equal(world.head(), head, 'nothing was appended');
    }
  }
});

await test('commands that make their subject: who may say what', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const act of acts.filter(({ ifMatch }) => ifMatch === 'none')) {
    const shared = await act.prepare(world, 'shared');
    t.equal((await world.nobody.post(shared.url, shared.body, shared.headers)).status, 401, `${act.route} without a token`);
    for (const [role, client] of Object.entries(roles(world)) as [keyof ReturnType<typeof roles>, Client][]) {
      const expected = expectedOf(act, role);
      const prepared = expected === 201 ? await act.prepare(world, role) : shared;
      const body = role === 'office' && act.whose === 'unit' && typeof prepared.body === 'object' ? asPaper(prepared.body) : prepared.body;
      const { status, text } = await client.post(prepared.url, body, prepared.headers);
      t.equal(status, expected, `${act.route} as ${role} ${text.slice(0, 200)}`);
    }
  }
});

await test('a unit never acts for another, and enters no papers', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const act of acts.filter(({ whose }) => whose === 'unit')) {
    const { url, body } = await act.prepare(world, 'for-another');
    if (typeof body !== 'object') continue;
    const before = world.head();
    const own = world.unit(OWN);
    for (const [field, value] of [
      ['unit', OTHER],
      ['receivedAt', '2023-02-27T09:00:00+08:00'],
      ['basis', '来文'],
    ] as const)
      t.match(
        await own.post<ProblemBody>(url, { ...body, [field]: value }),
        { status: 403, body: { code: 'forbidden', errors: [{ pointer: `/${field}` }] } },
        `${act.route} with ${field}`,
      );
    t.match(
      await world.office.post<ProblemBody>(url, { ...body, unit: OWN }),
      { status: 400, body: { code: 'basis-missing', errors: [{ pointer: '/basis' }] } },
      `${act.route}: the office names the paper`,
    );
    t.match(
      await world.office.post<ProblemBody>(url, { ...body, basis: '来文' }),
      { status: 400, body: { code: 'unit-missing', errors: [{ pointer: '/unit' }] } },
      `${act.route}: and the unit`,
    );
    t.match(
      await world.office.post<ProblemBody>(url, { ...body, unit: OWN, receivedAt: '2023-02-27T09:00:00+08:00' }),
      { status: 400, body: { code: 'basis-missing' } },
      `${act.route}: receivedAt needs a paper`,
    );
    t.equal(world.head(), before, 'nothing was appended');
    t.equal((await own.post(url, { ...body, unit: OWN })).status, 201, `${act.route}: it may name itself`);
  }
});

await test('a unit sees its own, and of others not whether they exist', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const things = await prepareThings(world);
  const own = world.unit(OWN);
  const other = world.unit(OTHER);
  type Named = { readonly id: string };
  const ids = async (client: Client, url: string): Promise<readonly string[]> => (await world.all<Named>(client, url)).map(({ id }) => id);

  t.match((await ids(own, '/v1/tasks')).includes('mine'), true);
  t.match((await ids(other, '/v1/tasks')).includes('mine'), false);
  t.same(await ids(other, `/v1/tasks?unit=${OWN}&directive=small`), []);
  t.same(await ids(own, '/v1/notices'), [things.notice], 'what is issued and names it, and no draft');
  t.same(await ids(other, '/v1/notices'), []);
  t.equal((await own.get(`/v1/notices/${things.draft}`)).status, 404);
  t.same(await ids(other, '/v1/inspections'), []);
  type Owed = { readonly unit: string; readonly task: string };
  const obligations = (client: Client, url: string): Promise<readonly Owed[]> => world.all<Owed>(client, url);
  t.ok((await obligations(own, '/v1/obligations')).every(({ unit }) => unit === OWN));
  t.same(await obligations(own, `/v1/obligations?unit=${OTHER}`), []);
  t.same(await obligations(other, '/v1/obligations?directive=small'), []);
  t.match(await other.get<ProblemBody>('/v1/obligations?task=mine'), {
    status: 400,
    body: { code: 'task-unknown', errors: [{ pointer: '/task' }] },
  });
  t.same(
    (await other.get('/v1/obligations?task=mine')).text,
    (await other.get('/v1/obligations?task=nowhere')).text,
    'no word tells the two apart',
  );
  for (const path of ['', '/history', `/reports/${REPORTED}`])
    t.equal(
      (await other.get(`/v1/tasks/mine${path}`)).text,
      (await other.get(`/v1/tasks/nowhere${path}`)).text,
      `nor at /v1/tasks/{id}${path}`,
    );
  t.same(await world.all(other, `/v1/reports?directive=small&period=2023-02&unit=${OWN}`), []);

  const board = await own.get<{
    readonly units: readonly { readonly unit: string }[];
    readonly totals: object;
    readonly excludedCollectives: readonly object[];
  }>(`/v1/compliance?directive=${SEED_DIRECTIVE}&period=2023-02`);
  t.same(
    board.body.units.map(({ unit }) => unit),
    [OWN],
  );
  t.match(board.body.units[0], board.body.totals, 'its own line and its own total');
  const deadlines = await other.get<ListBody<{ readonly task: string }>>('/v1/deadlines?directive=small');
  t.same(deadlines.body.items, []);

  await t.test('what it once carried it may still read', async (tt) => {
    const before = world.head();
    await world.office.post(
      '/v1/tasks/mine/reassignments',
      { assignees: [{ role: 'lead', party: OTHER }], reason: '调整', authority: '纪要', effectiveFrom: '2023-04-10' },
      { 'if-match': '*' },
    );
    tt.equal((await own.get('/v1/tasks/mine')).status, 200);
    tt.equal((await other.get('/v1/tasks/mine')).status, 200);
    tt.match(
      await own.post<ProblemBody>('/v1/tasks/mine/acknowledgements', {}),
      { status: 400, body: { code: 'not-assigned' } },
      'and not act on',
    );
    tt.equal((await other.get(`/v1/tasks/mine?asOf=@${before}`)).status, 404, 'what it carries now it may not read as it was before');
  });
});

await test('tokens', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const sends = (authorization: string): Promise<Answer<ProblemBody>> => world.nobody.get('/v1/units', { authorization });
  for (const authorization of [
    'Bearer',
    'Bearer x.y.z',
    'Basic b2ZmaWNlOm9mZmljZQ==',
    'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoib2ZmaWNlIiwic3ViIjoieCJ9.',
  ])
    t.match(await sends(authorization), { status: 401, body: { code: 'unauthenticated' } }, authorization);
  t.match(
    await world.unit('nobody-of-that-id').get<ProblemBody>('/v1/tasks'),
    { status: 403, body: { code: 'unit-not-registered' } },
    'a unit that the roster does not know has not an empty list of tasks, but none at all',
  );
});

await test('a witness’s line and the stream are not for units', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const sent = { size: 1, cosignature: '— witness.example abc' };
  t.equal((await world.nobody.post('/v1/ledger/cosignatures', sent)).status, 401);
  t.equal((await world.unit(OWN).post('/v1/ledger/cosignatures', sent)).status, 403);
  for (const client of [world.office, world.auditor, world.admin])
    t.match(await client.post<ProblemBody>('/v1/ledger/cosignatures', sent), {
      status: 400,
      body: { errors: [{ pointer: '/cosignature' }] },
    });
  t.equal((await world.nobody.get('/v1/log/stream')).status, 401);
  t.equal((await world.unit(OWN).get('/v1/log/stream')).status, 403);
});

await test('tokens are revoked by the admin', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const revoke = (client: Client): Promise<Answer<ProblemBody>> => client.post('/v1/tokens/revocations', { jti: 'one', reason: '遗失' });
  t.equal((await revoke(world.nobody)).status, 401);
  for (const client of [world.office, world.auditor]) t.equal((await revoke(client)).status, 403);
  t.match(await revoke(world.unit(OWN)), { status: 403, body: { code: 'forbidden' } });
  t.equal((await revoke(world.admin)).status, 201);
  t.equal((await revoke(world.admin)).status, 200, 'once');
  t.match(await world.auditor.get('/v1/tokens/revocations'), { status: 200, body: { items: [{ jti: 'one', by: 'admin' }] } });
});

await test('that a reminder is sent again is for the office to say', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const resend = '/v1/reminders/00000000-0000-4000-8000-000000000000/resend';
  t.equal((await world.nobody.post(resend, { reason: '没有收到' })).status, 401);
  for (const client of [world.auditor, world.admin, world.unit(OWN)]) {
    t.match(await client.post<ProblemBody>(resend, { reason: '没有收到' }), { status: 403, body: { code: 'forbidden' } });
  }
  t.match(await world.office.post<ProblemBody>(resend, { reason: '没有收到' }), { status: 503, body: { code: 'not-ready' } });
});

await test('subscriptions are the office’s alone: what is sent is all that it sees', async (t) => {
  const world = await openWorld(t, { seeded: true });
  const made = await world.office.post<{ readonly id: string }>('/v1/subscriptions', { url: 'https://oa.example.gov.cn/hooks' });
  t.equal(made.status, 201);
  const own = `/v1/subscriptions/${made.body.id}`;
  const calls: readonly (readonly [method: string, url: string, body: object | undefined, expected: number])[] = [
    ['GET', '/v1/subscriptions', undefined, 200],
    ['GET', own, undefined, 200],
    ['PATCH', own, { state: 'paused' }, 200],
    ['GET', `${own}/deliveries`, undefined, 200],
    ['POST', `${own}/deliveries/${made.body.id}/redeliver`, undefined, 404],
    ['DELETE', own, undefined, 200],
  ];
  for (const [method, url, body, expected] of calls) {
    t.equal((await world.nobody.send(method, url, body)).status, 401, `${method} ${url}`);
    for (const client of [world.auditor, world.admin, world.unit(OWN)])
      t.match(await client.send(method, url, body), { status: 403, body: { code: 'forbidden' } }, `${method} ${url}`);
    t.equal((await world.office.send(method, url, body)).status, expected, `${method} ${url}`);
  }
  for (const client of [world.auditor, world.admin, world.unit(OWN)])
    t.equal((await client.post('/v1/subscriptions', { url: 'https://oa.example.gov.cn/hooks' })).status, 403);
});

await test('attachments: a unit reads what it cited, and not what another cited on a task that both carry', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const bytes = Buffer.from('%PDF-1.7 竣工验收表');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const put = (client: Client): Promise<Answer<ProblemBody>> =>
    client.send('POST', '/v1/attachments', bytes, { 'content-type': 'application/octet-stream' });
  t.equal((await put(world.nobody)).status, 401);
  t.equal((await put(world.auditor)).status, 403);
  t.equal((await put(world.admin)).status, 403);
  const stored = await put(world.unit(OWN));
  t.match(stored, { status: 201, headers: { location: `/v1/attachments/${sha256}` }, body: { sha256, size: bytes.length } });
  t.equal((await put(world.office)).status, 201, 'the same bytes by another: nobody is told that they were here');
  t.equal((await put(world.office)).status, 200);
  const url = `/v1/attachments/${sha256}`;
  t.equal((await world.nobody.get(url)).status, 401);
  t.equal((await world.unit(OWN).get(url)).status, 200, 'who has sent it');
  t.equal((await world.unit('hu-bin-qu-zheng-fu').get(url)).status, 404);
  const attachments = [{ sha256, name: '验收表.pdf', size: bytes.length, mediaType: 'application/pdf' }];
  t.equal(
    (
      await world
        .unit(OWN)
        .post('/v1/tasks/sanzhengban-2023-1-target-3/reports', { period: '2023-03', status: 'done', narrative: '完成', attachments })
    ).status,
    201,
  );
  for (const client of [world.unit(OWN), world.office, world.auditor, world.admin])
    t.match(await client.get(url), { status: 200, text: bytes.toString() });
  t.equal((await world.unit(OTHER).get(url)).status, 404, 'it does not carry that task');
  t.equal((await world.unit('hu-bin-qu-zheng-fu').get(url)).status, 404, 'this one does');
  t.match(await world.auditor.send('HEAD', url), { status: 200, text: '', headers: { 'content-length': String(bytes.length) } });
  t.match(await world.auditor.get(`/v1/attachments/${'0'.repeat(64)}`), { status: 404 });
  t.match(await world.unit(OWN).post<ProblemBody>('/v1/attachments', {}), { status: 415 });
});
