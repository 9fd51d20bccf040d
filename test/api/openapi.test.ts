import { Validator } from '@seriousme/openapi-schema-validator';
import * as fc from 'fast-check';
import { test } from 'tap';
import { acts, ACTS_AT, OWN, type Act, type Prepared } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type Answer, type Client } from '../support/app.ts';
import { documentOf, mismatchBy, type Document, type Operation, type Parameter, type Schema } from '../support/openapi.ts';
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
    for (const client of who === 'readers' ? [world.auditor, world.office] : [world.auditor, world.unit(OWN)])
      fits(route, await client.send(method, at), 'read');
    fits(route, await world.nobody.send(method, at), 'without a token');
    fits(route, await world.auditor.send(method, `${at}${at.includes('?') ? '&' : '?'}unknown=1`), 'with an unknown parameter');
    if (method === 'GET') {
      const head = await world.auditor.send('HEAD', at);
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

const TARGET = `${SEED_DIRECTIVE}-target-3`;

/** Real values, by the name of a parameter or field: without them nothing made up would ever be found. */
const REAL: Readonly<Record<string, readonly string[]>> = {
  id: [TARGET, `${SEED_DIRECTIVE}-task-26`, SEED_DIRECTIVE, OWN, 'ge-xian-shi-qu-zheng-fu'],
  directive: [SEED_DIRECTIVE],
  task: [TARGET],
  unit: [OWN, 'hu-bin-qu-zheng-fu'],
  party: [OWN, 'hu-bin-qu-zheng-fu', 'ge-xian-shi-qu-zheng-fu'],
  mergedInto: [OWN],
  members: [OWN],
  units: [OWN],
  reportId: [`${OWN}-2023-02`],
  period: ['2023-02', '2023-03', '2023'],
  year: ['2023'],
  n: ['1', '2'],
  asOf: ['@508', '@1', '@0', '2023-02-01T00:00:00+08:00'],
  from: ['2023-01-01', '@1', '1'],
  to: ['2023-12-31', '@508', '508'],
  position: ['1', '508'],
  size: ['508'],
  limit: ['1', '500'],
  after: ['0', '500'],
  path: ['0/000', '0/001.p/252', 'entries/000', '1/000.p/1'],
  type: ['TaskAssigned', 'TaskAssigned.v1'],
  status: ['in-progress'],
  metric: ['研发投入强度'],
  effectiveFrom: ['2023-04-10', '2023-06-01'],
};

/** Values that a schema admits, real ones for what has a name. */
const valuesOf = (schema: Schema, document: Document, name: string, depth = 0): fc.Arbitrary<unknown> => {
  // A schema's parts are schemas.
  const inner = (of: unknown, as = name): fc.Arbitrary<unknown> => valuesOf(of as Schema, document, as, depth + 1);
  const { $ref, anyOf, oneOf, allOf, type, properties = {}, required = [], items, pattern, format } = schema;
  if (typeof $ref === 'string') return inner(document.components['schemas']?.[$ref.slice('#/components/schemas/'.length)]);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as readonly unknown[]));
  for (const branches of [anyOf, oneOf, allOf]) if (Array.isArray(branches)) return fc.oneof(...branches.map((branch) => inner(branch)));
  switch (Array.isArray(type) ? type[0] : type) {
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(Number(schema['minimum'] ?? -10), -1e6), max: Math.min(Number(schema['maximum'] ?? 1000), 1e6) });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return depth > 4
        ? fc.constant([])
        : fc.array(inner(items), { minLength: Math.min(Number(schema['minItems'] ?? 0), 2), maxLength: 2 });
    case 'object': {
      const fields = Object.entries(properties as Readonly<Record<string, Schema>>).map(
        ([field, of]) => [field, inner(of, field)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(required as readonly string[])] });
    }
    case 'null':
      return fc.constant(null);
    default: {
      const made = (): fc.Arbitrary<string> => {
        if (format === 'date') return fc.constantFrom('2023-03-30', '2023-02-28', '2024-02-29', '1900-01-01');
        if (format === 'date-time') return fc.constantFrom('2023-03-30T23:59:59.999+08:00', '2023-01-01T00:00:00Z');
        if (format === 'uuid') return fc.uuid();
        if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern, 'u'));
        return fc.string({ minLength: Number(schema['minLength'] ?? 0), maxLength: 40, unit: 'grapheme' });
      };
      const real = REAL[name];
      return real === undefined ? made() : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...real) }, { weight: 1, arbitrary: made() });
    }
  }
};

/** Now and then a value that the schema does not admit. */
const perhapsWrong = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 15, arbitrary: values }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

type Request = {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly role: string;
};

const requestsOf = (method: string, path: string, operation: Operation, document: Document): fc.Arbitrary<Request> => {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      parameter.$ref === undefined
        ? parameter
        : (document.components['parameters']?.[parameter.$ref.slice('#/components/parameters/'.length)] as Parameter), // as above
  );
  const valueOf = ({ name, in: place, schema }: Parameter): fc.Arbitrary<unknown> => {
    if (name === 'If-Match') return fc.constantFrom('*', '*', '"0"', 'x', '"0", "1"');
    if (name === 'If-None-Match') return fc.constantFrom('*', '*', '*', '"0"', 'W/"0"');
    if (name === 'minPosition') return fc.constantFrom('0', '508', '100000', '-1');
    if (place === 'header') return fc.string({ minLength: 1, maxLength: 20 }).map((text) => encodeURIComponent(text));
    return valuesOf(schema, document, name);
  };
  const given = fc.record(Object.fromEntries(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, valueOf(parameter)])), {
    requiredKeys: parameters
      .filter((parameter) => parameter.required === true && parameter.name !== 'If-Match')
      .map((parameter) => `${parameter.in} ${parameter.name}`),
  });
  const json = operation.requestBody?.content['application/json'];
  const body =
    json === undefined
      ? fc.constant(operation.requestBody === undefined ? undefined : '三政办〔2023〕1号')
      : perhapsWrong(valuesOf(json.schema, document, ''));
  const role = fc.constantFrom('office', 'office', 'office', 'office', 'unit', 'unit', 'auditor', 'admin');
  return fc.tuple(given, body, role).map(([values, content, as]) => {
    const entries = Object.entries(values as Readonly<Record<string, unknown>>).map(
      ([key, value]) => [key.split(' ')[0], key.split(' ')[1] ?? '', String(value)] as const,
    );
    const filled = entries
      .filter(([place]) => place === 'path')
      .reduce((url, [, name, value]) => url.replace(`{${name}}`, encodeURIComponent(value)), path);
    // A cursor that no list gave is refused: with one in every other request little else would be tried.
    const query = entries
      .filter(([place, name]) => place === 'query' && name !== 'cursor')
      .map(([, name, value]) => `${name}=${encodeURIComponent(value)}`);
    const headers = Object.fromEntries(
      entries.filter(([place]) => place === 'header').map(([, name, value]) => [name.toLowerCase(), value]),
    );
    return { method, path, url: query.length === 0 ? filled : `${filled}?${query.join('&')}`, headers, body: content, role: as };
  });
};

await test('requests made from the document, right and wrong ones, are answered as it says', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const document = await documentOf(world);
  const mismatchOf = mismatchBy(document);
  const operations = Object.entries(document.paths)
    .filter(([path]) => path !== '/v1/log/stream') // it has no end
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => requestsOf(method.toUpperCase(), path, operation, document)),
    );
  const roles: Readonly<Record<string, Client>> = {
    office: world.office,
    unit: world.unit(OWN),
    auditor: world.auditor,
    admin: world.admin,
  };
  const statuses = new Map<number, number>();
  const property = fc.asyncProperty(
    fc.noBias(fc.integer({ min: 0, max: operations.length - 1 })).chain((index) => operations[index] ?? fc.constant(undefined)),
    async (request) => {
      if (request === undefined) return;
      const { method, path, url, headers, body, role } = request;
      const content =
        typeof body === 'string' && path === '/v1/directives/import' ? body : body === undefined ? undefined : JSON.stringify(body);
      const type: Readonly<Record<string, string>> =
        content === undefined ? {} : { 'content-type': path === '/v1/directives/import' ? 'text/plain' : 'application/json' };
      await world.settled();
      const answer = await (roles[role] ?? world.office).send(method, url, content, { ...headers, ...type });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 304 && answer.text === '') return; // a HTTP cache’s business, on every read
      const fault = answer.status >= 500 && answer.status !== 503 ? answer.text : mismatchOf(method, path, answer);
      if (fault !== undefined) throw new Error(`${method} ${url} as ${role} ${JSON.stringify(headers)} ${content ?? ''}\n→ ${fault}`);
    },
  );
  await fc.assert(property, { numRuns: 900, seed: 3_100, endOnFailure: true });
  t.comment(JSON.stringify([...statuses].sort(([a], [b]) => a - b)));
  for (const status of [200, 201, 304, 400, 403, 404]) t.ok((statuses.get(status) ?? 0) >= 3, `${status}s among them`);
});
