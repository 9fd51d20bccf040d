import { test } from 'tap';
import { acts, ACTS_AT, asPaper, handTask, OTHER, OWN, type Act, type Prepared } from '../support/acts.ts';
import { openWorld, type Answer, type Client, type CommandBody, type ProblemBody, type World } from '../support/app.ts';

/** What every command promises: preconditions, retries, receipts. Every one of them is tried. */

const sender = (world: World, { whose }: Act): Client => (whose === 'unit' ? world.unit(OWN) : world.office);
type Said = CommandBody & ProblemBody & { readonly entries?: readonly { readonly position: number }[] };

const send = (
  client: Client,
  { route }: Act,
  { url, headers }: Prepared,
  body: object | string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer<Said>> => client.send(route.split(' ', 1)[0] ?? 'POST', url, body, { ...headers, ...more });

const revisionOf = async (world: World, subject: string): Promise<string> => {
  const { headers, body } = await world.office.get<{ readonly revision: number }>(subject);
  if (headers['etag'] !== `"${body.revision}"`)
    throw new Error(`${subject}: the ETag ${headers['etag']} is not the revision ${body.revision}`);
  return headers['etag'];
};

/** What stays the same of an answer that is given again. */
const lasting = ({ body, headers }: Answer<CommandBody>) => ({
  events: body.events,
  subject: body.subject,
  revision: body.revision,
  position: body.position,
  receipt: body.receipt,
  etag: headers['etag'],
  location: headers['location'],
});

/** No event is made of a subscription; nothing is sent again without a mail server (test/reminders). */
const APART = ['POST /v1/subscriptions', 'POST /v1/reminders/{id}/resend'];

await test('the table of acts names every command of the app', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const { body } = await world.nobody.get<{
    readonly paths: Readonly<
      Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[] }>>>
    >;
  }>('/openapi.json');
  const commands = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.entries(item)
      // Every command takes an idempotency key, and nothing else does, but for what is apart.
      .filter(([, { parameters }]) =>
        parameters?.some(({ $ref, name }) => name === 'Idempotency-Key' || $ref?.endsWith('/IdempotencyKey') === true),
      )
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  t.same(acts.map(({ route }) => route).sort(), commands.filter((route) => !APART.includes(route)).sort());
});

await test('what is recorded is answered with its ids, revision, receipt and place', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const act of acts) {
    const prepared = await act.prepare(world, 'plain');
    const before = world.head();
    const more = act.ifMatch === 'required' ? { 'if-match': '*' } : {};
    const answer = await send(sender(world, act), act, prepared, prepared.body, more);
    t.equal(answer.status, 201, `${act.route} ${answer.text.slice(0, 200)}`);
    const { events, subject, revision, position, receipt } = answer.body;
    t.ok(events.length > 0 && events.every(({ id, type }) => /^[0-9a-f-]{36}$/u.test(id) && /^[A-Z]\w+\.v[1-9]$/u.test(type)), 'events');
    // A return answers with its cover; its reports stand in its entries.
    const recorded = [...(answer.body.entries ?? []).map((entry) => entry.position), ...events.map((event) => event.position)];
    t.same(
      recorded,
      Array.from({ length: world.head() - before }, (_, index) => before + 1 + index),
      'exactly these were appended',
    );
    t.equal(position, world.head());
    t.equal(answer.headers['etag'], `"${revision}"`);
    t.equal(receipt, `/v1/log/events/${events.at(-1)?.id}/proof`);
    t.match(answer.headers['location'], /^\/v1\//u);
    t.ok(subject.length > 0);
    if (prepared.subject !== null)
      t.equal(await revisionOf(world, prepared.subject), answer.headers['etag'], 'the ETag of the subject is now this one');
  }
});

await test('an act that makes its subject says where it can be read', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const act of acts.filter(({ ifMatch, whose }) => ifMatch === 'none' && whose === 'office')) {
    const prepared = await act.prepare(world, 'located');
    const { headers, body } = await send(world.office, act, prepared, prepared.body);
    const read = await world.office.get<{ readonly id: string }>(headers['location'] ?? '');
    t.equal(read.status, 200, `${act.route} ${headers['location']}`);
    t.equal(read.body.id, body.subject);
    t.ok(headers['location']?.endsWith(`/${body.subject}`));
  }
});

await test('If-Match: demanded where others rely on what is changed, and honoured wherever the subject exists', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  for (const act of acts) {
    const by = sender(world, act);
    const prepared = await act.prepare(world, 'matched');
    const before = world.head();
    if (act.ifMatch === 'required') {
      const missing = await send(by, act, prepared, prepared.body);
      t.match(missing, { status: 428, body: { code: 'precondition-required' } }, act.route);
      t.equal((await send(by, act, prepared, prepared.body, { 'idempotency-key': 'a-key-is-no-precondition' })).status, 428, act.route);
    }
    if (act.ifMatch === 'none') {
      t.match(
        await send(by, act, prepared, prepared.body, { 'if-match': '"0"' }),
        { status: 412, body: { code: 'precondition-failed' } },
        act.route,
      );
      t.equal(world.head(), before);
      continue;
    }
    if (prepared.subject === null) continue;
    const current = await revisionOf(world, prepared.subject);
    const stale = await send(by, act, prepared, prepared.body, { 'if-match': '"98765"' });
    t.match(
      stale,
      { status: 412, headers: { etag: current }, body: { code: 'precondition-failed', currentRevision: Number(current.slice(1, -1)) } },
      act.route,
    );
    t.equal((await send(by, act, prepared, prepared.body, { 'if-match': 'W/"0"' })).status, 412, 'a weak tag matches nothing');
    t.equal((await send(by, act, prepared, prepared.body, { 'if-match': '0' })).status, 400, 'not an entity tag');
    t.equal(world.head(), before, 'nothing was appended');
    const matched = await send(by, act, prepared, prepared.body, { 'if-match': `"98765", ${current}` });
    t.equal(matched.status, 201, `${act.route} ${matched.text.slice(0, 200)}`);
    t.equal((await send(by, act, prepared, prepared.otherBody, { 'if-match': current })).status, 412, 'and after it that revision is past');
  }
});

await test('the policy in force is replaced with If-Match only', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const policies = '/v1/directives/sanzhengban-2023-1/policies';
  const { body } = await world.office.get<{ readonly items: readonly { readonly version: number; readonly revision: number }[] }>(policies);
  const rules = { effectiveFrom: '2023-05-01', monthly: { from: '2023-01', to: '2023-12', day: 28 } };
  const before = world.head();
  t.match(await world.office.post(policies, rules), { status: 428, body: { code: 'precondition-required' } });
  t.match(await world.office.post(policies, rules, { 'idempotency-key': 'policy-2' }), { status: 428 }, 'a key is no precondition');
  t.match(await world.office.post(policies, rules, { 'if-match': '"7"' }), { status: 412, body: { currentRevision: 0 } });
  t.equal(world.head(), before);
  const keyed = { 'if-match': `"${body.items[0]?.revision}"`, 'idempotency-key': 'policy-2' };
  const adopted = await world.office.post(policies, rules, keyed);
  t.match(adopted, { status: 201, body: { events: [{ type: 'PolicyAdopted.v3' }], revision: 1 } });
  t.match(await world.office.post(policies, rules, keyed), { status: 200, body: { events: adopted.body.events } });
  t.match((await world.office.get(policies)).body, {
    items: [
      { version: 1, revision: 0 },
      { version: 2, revision: 1, effectiveFrom: '2023-05-01', monthly: { day: 28 } },
    ],
  });
  await t.test('and adopted first without, by a retry too', async (tt) => {
    await world.office.post('/v1/directives', { id: 'fresh', number: '9号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' });
    const first = await world.office.post('/v1/directives/fresh/policies', rules, { 'idempotency-key': 'first' });
    tt.equal(first.status, 201);
    tt.match(await world.office.post('/v1/directives/fresh/policies', rules, { 'idempotency-key': 'first' }), {
      status: 200,
      body: { events: first.body.events },
    });
  });
});

await test('the same key and body gives the first answer again, the same key with another body none', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const done: { readonly act: Act; readonly prepared: Prepared; readonly first: Answer<CommandBody> }[] = [];
  for (const act of acts) {
    const by = sender(world, act);
    const prepared = await act.prepare(world, 'keyed');
    const more = {
      'idempotency-key': `key-${act.route.length}-${done.length}`,
      ...(act.ifMatch === 'required' ? { 'if-match': '*' } : {}),
    };
    const first = await send(by, act, prepared, prepared.body, more);
    t.equal(first.status, 201, `${act.route} ${first.text.slice(0, 200)}`);
    const head = world.head();
    const again = await send(by, act, prepared, prepared.body, more);
    t.equal(again.status, 200, `${act.route} ${again.text.slice(0, 200)}`);
    t.strictSame(lasting(again), lasting(first), `${act.route}: the first answer`);
    const other = await send(by, act, prepared, prepared.otherBody, more);
    t.match(other, { status: 422, body: { code: 'idempotency-key-reused' } }, act.route);
    t.equal(world.head(), head, `${act.route}: nothing more was appended`);
    done.push({ act, prepared, first });
  }

  const retryAll = async (when: string): Promise<void> => {
    const head = world.head();
    for (const [index, { act, prepared, first }] of done.entries()) {
      const more = {
        'idempotency-key': `"key-${act.route.length}-${index}"`,
        ...(act.ifMatch === 'required' ? { 'if-match': '"0"' } : {}),
      };
      const again = await send(sender(world, act), act, prepared, prepared.body, more);
      t.equal(again.status, 200, `${when}: ${act.route}`);
      t.strictSame(lasting(again), lasting(first), `${when}: ${act.route}`);
      t.match(await send(sender(world, act), act, prepared, prepared.otherBody, more), { status: 422 }, `${when}: ${act.route}`);
    }
    t.equal(world.head(), head);
  };
  await retryAll('after everything else');
  await world.restart();
  await retryAll('after a restart');
});

await test('a key belongs to its sender', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const said = { period: '2023-02', status: 'done', narrative: '完成' };
  const key = { 'idempotency-key': 'one' };
  const url = '/v1/tasks/sanzhengban-2023-1-target-3/reports';
  const first = await world.unit(OWN).post(url, said, key);
  const of = (unit: string): Promise<Answer<CommandBody>> => world.unit(unit).post(url, said, key);
  t.match(await of('hu-bin-qu-zheng-fu'), { status: 201 }, 'another unit, its own report');
  t.match(await world.office.post(url, asPaper(said, 'ling-bao-shi-zheng-fu'), key), { status: 201 }, 'the office, for a third');
  t.match(
    await world.clerk('李').post(url, asPaper(said, 'ling-bao-shi-zheng-fu'), key),
    { status: 409, body: { code: 'already-reported' } },
    'another clerk did not send that',
  );
  t.strictSame((await of(OWN)).body.events, first.body.events);
});

const entry = (n: number): object => ({ task: `sanzhengban-2023-1-task-${n}`, status: 'on-track', narrative: `第${n}项` });

await test('under one key one thing is made, of whatever is sent with it at one time and afterwards', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { office } = world;
  const making: readonly (readonly [string, (n: number) => object | string, Readonly<Record<string, string>>?])[] = [
    ['/v1/tasks', (n) => handTask(`one-of-three-${n}`)],
    ['/v1/units', (n) => ({ id: `one-of-three-${n}`, name: `三者之${n}` })],
    ['/v1/collectives', (n) => ({ id: `one-of-three-${n}s`, name: `三者之众${n}` })],
    [
      '/v1/directives',
      (n) => ({ id: `one-of-three-${n}`, number: `三办〔2023〕${n}号`, title: '通知', issuer: '市政府办公室', date: '2023-02-01' }),
    ],
    ['/v1/snapshots', (n) => ({ directive: 'sanzhengban-2023-1', asOf: `@${500 + n}` })],
    ['/v1/returns', (n) => ({ unit: OWN, basis: '来文', period: `2023-0${n + 1}`, entries: [entry(18)] })],
    ['/v1/contacts', (n) => ({ unit: OWN, basis: '来文', contacts: [{ name: `张${n}`, phone: '13800000000' }] })],
    ['/v1/imports', (n) => `关于第${n}件事的通知`, { 'content-type': 'text/plain' }],
  ];
  const done: (readonly [string, object | string, object, number])[] = [];
  for (const [url, bodyOf, headers = {}] of making) {
    const key = { ...headers, 'idempotency-key': `one-of-three${url}` };
    const bodies = [0, 1, 2].map(bodyOf);
    const before = world.head();
    const answers = await Promise.all(bodies.map((body) => office.post(url, body, key)));
    t.same(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 422, 422],
      `${url} ${answers.map(({ text }) => text.slice(0, 150)).join(' ')}`,
    );
    const made = answers.findIndex(({ status }) => status === 201);
    const events = answers[made]?.body.events ?? [];
    t.ok(events.length > 0 && world.head() - before <= events.length + 1, `${url}: nothing stands in the log but that`);
    for (const [n, body] of bodies.entries()) done.push([url, body, key, n === made ? 200 : 422]);
  }
  await world.restart();
  const head = world.head();
  for (const [url, body, key, status] of done)
    t.equal((await world.office.post(url, body, { ...key })).status, status, `${url}, after a restart`);
  t.equal(world.head(), head);
});

await test('a return filed again goes on, and a key that was used for another changes nothing', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const file = (entries: readonly object[], headers = {}) =>
    world
      .unit(OWN)
      .post<CommandBody & { readonly entries: readonly { readonly verdict: string; readonly code: string | null }[] }>(
        '/v1/returns',
        { period: '2023-03', entries },
        headers,
      );
  const first = await file([entry(18), entry(19), entry(1)], { 'idempotency-key': 'r1' });
  t.match(first, {
    status: 201,
    body: { entries: [{ verdict: 'recorded' }, { verdict: 'recorded' }, { verdict: 'refused', code: 'task-unknown' }] },
  });
  const head = world.head();
  t.match(await file([entry(23)], { 'idempotency-key': 'r1' }), { status: 422 });
  t.equal(world.head(), head, 'nothing was recorded under a key that belongs to another return');
  const again = await file([entry(18), entry(19), entry(1)], { 'idempotency-key': 'r1' });
  t.match(again, { status: 200, body: { events: first.body.events, revision: first.body.revision } });
  t.equal(world.head(), head);
  const more = await file([entry(18), entry(23)]);
  t.match(more, {
    status: 201,
    body: { entries: [{ verdict: 'already-recorded' }, { verdict: 'recorded' }], events: [{ type: 'ReturnFiled.v1' }] },
  });
  t.match(await file([entry(18), entry(23)]), { status: 200, body: { events: [] } }, 'nothing new: nothing recorded');
  t.match(
    await file([entry(23), entry(23)]),
    { body: { entries: [{ verdict: 'already-recorded' }, { verdict: 'refused', code: 'already-reported' }] } },
    'a task that stands twice',
  );
  t.equal(world.head(), head + 2);
  t.match(await world.office.post('/v1/returns', { period: '2023-03', unit: 'nobody', basis: '来文', entries: [entry(18)] }), {
    status: 400,
    body: { errors: [{ pointer: '/unit' }] },
  });
  t.equal(world.head(), head + 2);
});

await test('commands without If-Match that meet are decided one after the other', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const url = '/v1/tasks/sanzhengban-2023-1-target-3/reports';
  const units = [
    OWN,
    'hu-bin-qu-zheng-fu',
    'shan-zhou-qu-zheng-fu',
    'yi-ma-shi-zheng-fu',
    'mian-chi-xian-zheng-fu',
    'lu-shi-xian-zheng-fu',
    'ling-bao-shi-zheng-fu',
  ];
  const sent = units.flatMap((unit) =>
    ['2023-01', '2023-02', '2023-02', '2023-03'].map((period) => world.unit(unit).post(url, { period, status: 'done', narrative: '完成' })),
  );
  const answers = await Promise.all(sent);
  const taken = answers.filter(({ status }) => status === 201);
  t.equal(taken.length, units.length * 3);
  t.equal(new Set(taken.map(({ body }) => body.revision)).size, taken.length, 'each at a revision of its own');
  t.same(
    [...new Set(answers.filter(({ status }) => status !== 201).map(({ status }) => status))],
    [409],
    'the second report on a period is refused by its rule',
  );
  t.match(await world.unit(OTHER).post(url, { period: '2023-01', status: 'done', narrative: '完成' }), { status: 404 });
});
