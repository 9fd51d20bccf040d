import { test } from 'tap';
import { acts, ACTS_AT, handTask, OWN, REPORT, type Act } from '../support/acts.ts';
import { openWorld, type ProblemBody, type World } from '../support/app.ts';

/** Text as people and their programs send it: byte order marks, characters that show nothing, marks without end. Over sockets. */

const listening = async (world: World) => {
  const base = await world.app().listen({ host: '127.0.0.1', port: 0 });
  const authorization = `Bearer ${await world.tokenOf('office')}`;
  return async (method: string, path: string, body: string | Buffer<ArrayBuffer> | undefined, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    // What the tests read of a body: the app checks every answer against its schema.
    return { status: answer.status, body: (await answer.json()) as ProblemBody & { readonly name?: string } };
  };
};

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

await test('a byte order mark before JSON is passed over, and nothing else is', async (t) => {
  const send = await listening(await openWorld(t, { seeded: false, at: ACTS_AT }));
  const marked = (text: string): Buffer<ArrayBuffer> => Buffer.concat([BYTE_ORDER_MARK, Buffer.from(text)]);
  t.match(await send('POST', '/v1/units', marked('{"id":"marked","name":"\uFEFF柳河县水利站"}')), { status: 201 });
  t.equal((await send('GET', '/v1/units/marked', undefined)).body.name, '柳河县水利站', 'at the ends of a text it is a blank');
  for (const text of [`\uFEFF{"id":"twice","name":"站"}`, '\u200b{"id":"other","name":"站"}'])
    t.match(await send('POST', '/v1/units', marked(text)), { status: 400, body: { code: 'malformed-json' } });
  t.match(
    await send('POST', '/v1/units', marked('')),
    { status: 400, body: { code: 'invalid-input', detail: /\/id is required/u } },
    'no body',
  );
});

await test('two units cannot look alike, and one is found however it is written', async (t) => {
  const world = await openWorld(t, { seeded: false, at: ACTS_AT });
  const register = (body: object) => world.office.post<ProblemBody>('/v1/units', body);
  t.equal((await register({ id: 'a', name: '柳河县水利站', aliases: ['水\u200b利站'] })).status, 201);
  t.equal((await register({ id: 'b', name: '柳河县民政站' })).status, 201);
  for (const [name, pointer] of [
    ['柳河县\u200b水利站', '/name'],
    ['柳河县水利站\u{e0061}', '/name'],
    ['\u202e柳河县水利站', '/name'],
    ['柳河县\u3164水利站', '/name'],
    ['水利\ufe0f站', '/name'],
  ] as const)
    t.match(await register({ id: 'c', name }), { status: 409, body: { code: 'name-taken', errors: [{ pointer }] } }, JSON.stringify(name));
  t.match(await register({ id: 'c', name: '新站', aliases: ['新', '柳河县\u2060民政站'] }), {
    status: 409,
    body: { errors: [{ pointer: '/aliases/1' }] },
  });
  t.match(await world.office.send('PATCH', '/v1/units/b', { name: '水\u00ad利站', from: '2023-04-01', reason: '机构改革' }), {
    status: 409,
    body: { code: 'name-taken' },
  });
  for (const q of ['水利站', '水\u200d利', '\u2066县水利\u2069'])
    t.match(
      await world.all(world.office, `/v1/units?q=${encodeURIComponent(q)}`),
      [{ id: 'a', aliases: ['水\u200b利站'] }],
      'kept as it was sent',
    );
  t.match(await world.office.get(`/v1/units?q=${encodeURIComponent('\u200b')}`), { status: 400, body: { errors: [{ pointer: '/q' }] } });
});

/** Every text in a body, by its pointer, and the body with something else in its place. */
const texts = (body: unknown, pointer = ''): readonly { readonly pointer: string; readonly put: (text: string) => unknown }[] => {
  if (typeof body === 'string') return [{ pointer, put: (text) => text }];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) =>
    texts(value, `${pointer}/${key}`).map((found) => ({
      pointer: found.pointer,
      put: (text: string) => (Array.isArray(body) ? body.with(Number(key), found.put(text)) : { ...body, [key]: found.put(text) }),
    })),
  );
};

await test('no text of any command may show nothing: the field is named, and nothing recorded', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const sent = async (act: Act, url: string, body: unknown, headers: Readonly<Record<string, string>>) =>
    (act.whose === 'unit' ? world.unit(OWN) : world.office).send<ProblemBody>(act.route.split(' ', 1)[0] ?? '', url, Object(body), headers);
  let tried = 0;
  for (const act of acts) {
    const { url, body, headers } = await act.prepare(world, 'unseen');
    if (typeof body === 'string') continue;
    const head = world.head();
    const wrong: string[] = [];
    const whole = act.whose === 'office' ? { basis: '来文', ...body } : body;
    for (const { pointer, put } of texts(whole))
      for (const text of ['\u200b', ' \u3164\u{e0020} ', '\u202e\ufe0f\n']) {
        const answer = await sent(act, url, put(text), { 'if-match': '*', ...headers });
        const named = answer.body.errors?.map((error) => error.pointer) ?? [];
        if (answer.status !== 400 || !named.includes(pointer))
          wrong.push(`${pointer} ${JSON.stringify(text)}: ${answer.status} ${answer.text}`);
        tried += 1;
      }
    t.same(wrong, [], act.route);
    t.equal(world.head(), head);
  }
  t.ok(tried > 200);
});

await test('a body full of marks on one letter is refused at once', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await world.office.post('/v1/tasks', handTask('marks'));
  const send = await listening(world);
  const piled = `a${'\u0315\u0300'.repeat(63_000)}`;
  const paper = { period: '2023-03', unit: OWN, basis: '来文', ...REPORT };
  for (const [body, pointer] of [
    [{ ...paper, narrative: piled }, '/narrative'],
    [{ ...paper, measurements: [{ metric: piled, value: '1' }] }, '/measurements/0/metric'],
    [{ ...paper, [piled]: 1 }, `/${piled}`],
  ] as const) {
    const began = performance.now();
    const answer = await send('POST', '/v1/tasks/marks/reports', JSON.stringify(body));
    t.match(answer, { status: 400, body: { code: 'invalid-input', errors: [{ pointer, message: /more than 30 combining marks/u }] } });
    t.ok(performance.now() - began < 1_000, `${Math.round(performance.now() - began)} ms`);
  }
  const began = performance.now();
  const text = { 'content-type': 'text/plain' };
  t.match(await send('POST', '/v1/directives/import', piled, text), { status: 400, body: { code: 'notice-unreadable' } });
  t.match(await send('POST', '/v1/directives/import', `a${'\u0315\u0300'.repeat(2_000)}\n`.repeat(60), text), { status: 400 });
  t.ok(performance.now() - began < 1_000);
});
