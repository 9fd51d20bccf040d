import { Validator } from '@seriousme/openapi-schema-validator';
import { test } from 'tap';
import { acts, ACTS_AT, OWN, type Act, type Prepared } from '../support/acts.ts';
import { openWorld, type Answer, type Client } from '../support/app.ts';
import { documentOf, mismatchBy, type Schema } from '../support/openapi.ts';
import { prepareThings, reads } from '../support/reads.ts';

/** The document says what the app does: what it answers, on every route, fits the schema that the document gives. */

await test('it is valid OpenAPI 3.1', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const document = await documentOf(world);
  const result = await new Validator().validate({ ...document });
  t.ok(result.valid, JSON.stringify(result.errors));
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  t.equal(new Set(ids).size, ids.length, 'every operation has a name of its own');
  const page = await world.nobody.get('/docs');
  t.match(page, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } }, 'and can be browsed');
  t.match((await world.nobody.get('/docs/static/swagger-initializer.js')).text, /"filter":true/u, 'with a box that filters');
});

type Described = { readonly where: string; readonly node: Schema };

/** Every node under a name of its own, with the path that leads to it. */
const nodesUnder = (value: unknown, name: string, where: string): readonly Described[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(key === name && typeof member === 'object' && member !== null ? [{ where, node: member as Schema }] : []), // a node of the document
    ...nodesUnder(member, name, `${where}/${key}`),
  ]);
};

await test('everything in it is described: chapters, operations, parameters, every property of every body and answer', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const document = await documentOf(world);
  const nameless = (described: Readonly<Record<string, Schema>>): readonly string[] =>
    Object.entries(described).flatMap(([name, schema]) =>
      schema['description'] === undefined && schema['$ref'] === undefined ? [name] : [],
    );
  const properties = nodesUnder(document, 'properties', '');
  t.ok(properties.length > 400);
  t.same(
    properties.flatMap(({ where, node }) => nameless(node as Readonly<Record<string, Schema>>).map((name) => `${where}: ${name}`)),
    [],
    'a new property needs a word: in its schema, or in src/api/documentation/words.ts',
  );
  const chapters = new Set((document.tags ?? []).map(({ name }) => name));
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const route = `${method.toUpperCase()} ${path}`;
      const parameters = (operation.parameters ?? []).filter((each) => each.$ref === undefined && each.description === undefined);
      t.same(
        parameters.map(({ name }) => name),
        [],
        `${route}: its parameters are described`,
      );
      t.match(operation, { summary: /\S/u, description: /\S/u }, `${route} says what it is for`);
      t.ok(
        operation.tags.every((tag) => chapters.has(tag)),
        `${route} is in a chapter that is described`,
      );
    }
});

await test('a time is a time, a day a day and a number a number, and no pattern says what a format says', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const document = await documentOf(world);
  const formats: Readonly<Record<string, string>> = {
    receivedAt: 'date-time',
    recordedAt: 'date-time',
    occurredAt: 'date-time',
    deadline: 'date',
    effectiveFrom: 'date',
  };
  const formatsIn = (schema: Schema): readonly unknown[] => [
    schema['format'],
    ...(Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly Schema[]).map(({ format }) => format) : []),
  ];
  for (const { where, node } of nodesUnder(document, 'properties', ''))
    for (const [name, schema] of Object.entries(node as Readonly<Record<string, Schema>>)) {
      const format = formats[name];
      const isText = schema['type'] === 'string' || JSON.stringify(schema['anyOf'] ?? []).includes('"string"');
      const isObject = JSON.stringify(schema['anyOf'] ?? schema).includes('"properties"');
      if (format !== undefined && isText && !isObject) t.ok(formatsIn(schema).includes(format), `${where}: ${name} is a ${format}`);
    }
  const whole = new Set(['limit', 'n', 'minPosition', 'after', 'position', 'size', 'theme', 'policy']);
  for (const item of Object.values(document.paths))
    for (const { operationId, parameters = [] } of Object.values(item))
      for (const { name, schema } of parameters) if (whole.has(name)) t.equal(schema['type'], 'integer', `${operationId}: ${name}`);
  t.notMatch(JSON.stringify(document), /9007199254740991|02468/u, 'neither the largest number nor the leap years');
});

await test('what each route answers is what the document says', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const mismatchOf = mismatchBy(await documentOf(world));
  const fits = (route: string, answer: Answer, what: string): void => {
    const [method = '', path = ''] = route.split(' ');
    t.equal(mismatchOf(method, path, answer), undefined, `${route} ${what}`);
  };

  const send = (client: Client, act: Act, { url, headers }: Prepared, body: object | string, more = {}): Promise<Answer> =>
    client.send(act.route.split(' ', 1)[0] ?? 'POST', url, body, { ...headers, ...more });
  for (const act of acts) {
    const prepared = await act.prepare(world, 'documented');
    const by = act.whose === 'unit' ? world.unit(OWN) : world.office;
    const keyed = { 'idempotency-key': 'documented', ...(act.ifMatch === 'required' ? { 'if-match': '*' } : {}) };
    if (act.ifMatch === 'required') fits(act.route, await send(by, act, prepared, prepared.body), 'without If-Match');
    fits(act.route, await send(by, act, prepared, prepared.body, { 'if-match': '"999"' }), 'with another revision');
    fits(act.route, await send(by, act, prepared, prepared.body, keyed), 'accepted');
    fits(act.route, await send(by, act, prepared, prepared.body, keyed), 'again');
    fits(act.route, await send(by, act, prepared, prepared.otherBody, keyed), 'with the key of another');
    fits(act.route, await send(world.nobody, act, prepared, prepared.body), 'without a token');
    fits(act.route, await send(world.auditor, act, prepared, prepared.body), 'as auditor');
    fits(act.route, await send(by, act, prepared, '{', { 'content-type': 'application/json' }), 'of no JSON');
  }

  const things = await prepareThings(world);
  world.clock.advance(60_000);
  for (const [route, { url, who }] of Object.entries(reads)) {
    if (!route.includes(' /v1/')) continue;
    const method = route.split(' ', 1)[0] ?? 'GET';
    await world.settled();
    const at = typeof url === 'string' ? url : url(things);
    const reader = who === 'kept' ? world.office : world.auditor;
    for (const client of who === 'readers' ? [world.auditor, world.office] : [reader, world.unit(OWN)])
      fits(route, await client.send(method, at), 'read');
    fits(route, await world.nobody.send(method, at), 'without a token');
    fits(route, await reader.send(method, `${at}${at.includes('?') ? '&' : '?'}unknown=1`), 'with an unknown parameter');
    if (method === 'GET') {
      const head = await reader.send('HEAD', at);
      t.match(head, { status: 200, text: '' }, `${route} HEAD`);
    }
  }
  fits('GET /v1/snapshots/{id}', await world.auditor.get(`/v1/snapshots/${things.snapshot}`, { accept: 'text/csv' }), 'as CSV');
  fits('GET /v1/snapshots/{id}', await world.auditor.get(`/v1/snapshots/${things.snapshot}`, { accept: 'image/png' }), 'as a picture');
  fits('GET /v1/log/events', await world.auditor.get('/v1/log/events', { accept: 'application/x-ndjson' }), 'as lines');
  fits('GET /v1/log/events', await world.auditor.get('/v1/log/events', { accept: 'image/png' }), 'as a picture');
  const upload = (): Promise<Answer> =>
    world.office.send('POST', '/v1/attachments', Buffer.from('bytes'), { 'content-type': 'application/octet-stream' });
  const stored = await upload();
  fits('POST /v1/attachments', stored, 'new');
  fits('POST /v1/attachments', await upload(), 'known');
  fits('GET /v1/attachments/{sha256}', await world.office.get(stored.headers['location'] ?? ''), 'read');
});
