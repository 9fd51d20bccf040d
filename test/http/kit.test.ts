import { Validator } from '@seriousme/openapi-schema-validator';
import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { test } from 'tap';
import { z } from 'zod';
import { duplicateMember } from '../../src/http/duplicate-members.ts';
import { check } from '../../src/http/input.ts';
import { preferred } from '../../src/http/negotiate.ts';
import { problemSchema } from '../../src/http/openapi-components.ts';
import { namesTag, parseIfMatch } from '../../src/http/preconditions.ts';
import { Problem } from '../../src/http/problem.ts';
import { problemTypes, statusesOf } from '../../src/http/problems.ts';
import { say } from '../../src/messages/message.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { command, plain } from '../../src/http/routes.ts';
import { NOW, toyApp } from './toy-app.ts';

const { kit, doubles, token } = await toyApp();
const { app } = kit;
const bearer = async (...request: Parameters<typeof token>) => ({ authorization: `Bearer ${await token(...request)}` });
const office = await bearer({ role: 'office' });
const admin = await bearer({ role: 'admin' });
const auditor = await bearer({ role: 'auditor' });
const unit = await bearer({ role: 'unit', unit: 'u1', sub: 'clerk' });

type Sent = { readonly headers?: Record<string, string>; readonly payload?: unknown };
type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, unknown>;
  readonly text: string;
};

const send = async (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  { headers = {}, payload }: Sent = {},
): Promise<Got> => {
  const raw = typeof payload === 'string' || Buffer.isBuffer(payload);
  const answer = await app.inject({
    method,
    url,
    headers: { ...office, ...(raw ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(payload === undefined ? {} : { payload: raw ? payload : (payload as object) }),
  });
  const json = String(answer.headers['content-type']).includes('json') ? answer.json<Record<string, unknown>>() : {};
  if (answer.statusCode >= 400) {
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/u, `${method} ${url}: a problem document`);
    const { type, code, status } = problemSchema.parse(json);
    assert.deepEqual([type, status, answer.headers['cache-control']], [`/problems/${code}`, answer.statusCode, 'no-store']);
  }
  return { status: answer.statusCode, headers: answer.headers, body: json, text: answer.body };
};
const post = (url: string, sent?: Sent) => send('POST', url, sent);
const noteUrl = '/v1/things/a/notes';
const asUnit = (payload?: unknown, headers: Record<string, string> = {}) =>
  post(noteUrl, { headers: { ...unit, ...headers }, ...(payload === undefined ? {} : { payload }) });
const errorsOf = ({ body }: Got) => body['errors'];

await test('every problem has a page, in HTML and in JSON, and its status is one that the table gives', async (t) => {
  for (const [code, type] of Object.entries(problemTypes)) {
    const html = await app.inject({ url: `/problems/${code}`, headers: { accept: 'text/html,*/*;q=0.8' } });
    t.equal(html.statusCode, 200, code);
    t.match(html.headers['content-type'], /^text\/html/u);
    t.ok(html.body.includes(code) && html.body.includes(`<title>`), `${code} is explained`);
    const json = await app.inject({ url: `/problems/${code}`, headers: { accept: 'application/json' } });
    t.strictSame(json.json(), {
      type: `/problems/${code}`,
      code,
      title: inEnglish(say(type.title)),
      statuses: statusesOf(type),
      explanation: inEnglish(say(type.explanation)),
    });
    t.ok(inEnglish(say(type.explanation)).length > 20 && inEnglish(say(type.title)).length > 3);
    t.equal(new Problem(code as keyof typeof problemTypes, 'x').status, statusesOf(type)[0]);
    t.equal(
      new Problem(code as keyof typeof problemTypes, 'x', { errors: [{ pointer: '/x', message: 'y' }] }).status,
      statusesOf(type).at(-1),
    );
  }
  const all = await app.inject({ url: '/problems', headers: { accept: 'application/problem+json' } });
  t.same(all.json().items.length, Object.keys(problemTypes).length);
  t.match((await app.inject('/problems')).body, /href="\/problems\/task-closed"/u);
  t.equal((await send('GET', '/problems/nonsense')).body['code'], 'not-found');
});

await test('what nothing answers is 404, and a wrong method 405 with what is allowed', async (t) => {
  t.equal((await send('GET', '/nope')).status, 404);
  t.equal((await send('POST', '/nope', { payload: '{' })).status, 404, 'whatever its body');
  const wrong = await send('DELETE', '/v1/things/a');
  t.equal(wrong.status, 405);
  t.equal(wrong.headers['allow'], 'PATCH, GET, HEAD');
  t.equal((await send('PUT', '/v1/things', { payload: '{' })).status, 405);
  t.equal((await send('GET', '/v1/things/%zz')).body['code'], 'malformed-request');
  t.equal((await send('GET', `/v1/things/${'a'.repeat(101)}`)).body['code'], 'url-too-long');
});

await test('the root leads on, for people and for programs', async (t) => {
  const page = await app.inject({ url: '/', headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': 'zh-CN' } });
  t.match(page, { statusCode: 200, headers: { 'content-type': /^text\/html/u, 'content-language': 'zh-CN' } });
  const data = await app.inject({ url: '/', headers: { accept: 'application/json' } });
  const { links } = data.json<{ readonly links: Readonly<Record<string, string>> }>();
  t.match(links, { docs: '/docs', openapi: '/openapi.json', live: '/health/live' });
  for (const path of Object.values(links)) {
    t.match(page.body, `<a href="${path}">`);
    t.equal((await app.inject(path)).statusCode, 200, path);
  }
});

await test('a bare socket gets a problem too', async (t) => {
  await app.listen({ port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const talk = async (text: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(text);
    let all = '';
    socket.on('data', (chunk) => {
      all += String(chunk);
    });
    await once(socket, 'close');
    return all;
  };
  const garbage = await talk('this is not HTTP\r\n\r\n');
  t.match(garbage, /^HTTP\/1\.1 400 Bad Request\r\n/u);
  t.equal(problemSchema.parse(JSON.parse(garbage.split('\r\n\r\n')[1] ?? '')).code, 'malformed-request');
  t.match(await talk(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 [\s\S]*"headers-too-large"/u);
});

await test('a command answers with what was recorded', async (t) => {
  const made = await post('/v1/things', { payload: { id: 'new', name: ' 名 ' } });
  t.equal(made.status, 201);
  t.equal(made.headers['etag'], '"0"');
  t.equal(made.headers['location'], '/v1/things/new');
  t.equal(made.headers['cache-control'], 'no-store');
  t.equal(made.headers['x-content-type-options'], 'nosniff');
  const [event] = made.body['events'] as [{ id: string; position: number }];
  t.strictSame(made.body, {
    events: [{ id: event.id, type: 'ThingHappened.v1', position: 5 }],
    subject: 'new',
    revision: 0,
    position: 5,
    receipt: `/v1/log/events/${event.id}/proof`,
  });
  const nothing = await asUnit({ nothing: true });
  t.equal(nothing.status, 200, 'nothing to change');
  t.match(nothing.body, { events: [], position: null, receipt: null, revision: 12 });
  t.type(nothing.body['note'], 'string', 'its own member stands beside the common ones');
});

await test('bodies: JSON without surprises', async (t) => {
  const cases: readonly (readonly [payload: string | Buffer, code: string, pointer?: string])[] = [
    ['{', 'malformed-json'],
    ['{"text":"x"', 'malformed-json'],
    [Buffer.from('{"text":"\xff"}', 'latin1'), 'malformed-json'],
    ['[]', 'invalid-input', ''],
    ['null', 'invalid-input', ''],
    ['"x"', 'invalid-input', ''],
    ['{"text":"a","text":"b"}', 'invalid-input', '/text'],
    [String.raw`{"text":"a","\u0074ext":"b"}`, 'invalid-input', '/text'],
    ['{"refuse":{"facts":[{"a":1},{"b":2,"b":3}]}}', 'invalid-input', '/refuse/facts/1/b'],
    [String.raw`{"text":"\ud800"}`, 'invalid-input', '/text'],
    [String.raw`{"text":"a\u0000"}`, 'invalid-input', '/text'],
    ['{"refuse":{"code":"x","facts":9007199254740993}}', 'invalid-input', '/refuse/facts'],
    ['{"__proto__":{"a":1}}', 'invalid-input', '/__proto__'],
    ['{"constructor":{}}', 'invalid-input', '/constructor'],
    [`{"refuse":{"code":"x","facts":${'['.repeat(40)}${']'.repeat(40)}}}`, 'invalid-input'],
    ['['.repeat(100_000), 'malformed-json'],
  ];
  for (const [payload, code, pointer] of cases) {
    const got = await asUnit(payload);
    t.equal(got.status, 400, String(payload).slice(0, 60));
    t.equal(got.body['code'], code);
    if (pointer !== undefined) t.match(errorsOf(got), [{ pointer }]);
  }
  await asUnit({ text: 'e\u0301' });
  t.strictSame(doubles.last?.body, { text: '\u00e9' }, 'text arrives in NFC');
});

await test('bodies: an absent one is an empty object', async (t) => {
  t.equal((await asUnit()).status, 201);
  t.equal((await asUnit(Buffer.alloc(0), { 'content-type': 'application/json' })).status, 201);
  t.equal((await asUnit(Buffer.alloc(0), { 'content-type': 'application/x-www-form-urlencoded' })).status, 201, 'as curl -d "" sends it');
  const missing = await post('/v1/things');
  t.equal(missing.status, 400);
  t.strictSame(errorsOf(missing), [
    { pointer: '/id', message: 'is required' },
    { pointer: '/name', message: 'is required' },
  ]);
});

await test('bodies: size and media type', async (t) => {
  t.equal((await asUnit(`{"text":"${'x'.repeat(300_000)}"}`)).status, 413);
  t.equal(
    (await post('/v1/imports', { payload: 'x'.repeat(3000), headers: { 'content-type': 'text/plain' } })).status,
    413,
    'a route has its own limit',
  );
  for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=gbk', 'nonsense'])
    t.equal((await asUnit('{}', { 'content-type': type })).status, 415, type);
  t.equal((await asUnit('{}', { 'content-type': 'application/json; charset="UTF-8"' })).status, 201);
  const coded = await asUnit('{}', { 'content-encoding': 'gzip' });
  t.equal(coded.status, 415);
  t.equal(coded.headers['accept-encoding'], 'identity');
});

await test('a document arrives byte for byte', async (t) => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xd6, 0xd0, 0x0d, 0x0a, 0x00, 0xff]);
  const plainHeaders = { 'content-type': 'text/plain; charset=gbk' };
  const shown = await post('/v1/imports', { payload: bytes, headers: plainHeaders });
  t.equal(shown.status, 200);
  t.strictSame(shown.body, { bytes: bytes.toString('hex') });
  t.equal((await post('/v1/imports?commit=true', { payload: bytes, headers: plainHeaders })).status, 201);
  t.equal((await post('/v1/imports', { payload: '{}' })).status, 415, 'not JSON');
  t.strictSame((await post('/v1/imports')).body, { bytes: '' });
  t.strictSame(errorsOf(await post('/v1/imports?commit=maybe', { payload: bytes, headers: plainHeaders })), [
    { pointer: '/commit', message: 'must be one of "true", "false"' },
  ]);
});

const NO_ID = [
  'must match ^[a-z0-9][a-z0-9-]{0,79}$: an id, of small letters, digits and hyphens, is no name; ',
  'GET /v1/units?q=… finds units, GET /v1/tasks?q=… tasks',
].join('');

await test('wrong input is named field by field', async (t) => {
  const cases: readonly (readonly [payload: object, errors: readonly (readonly [pointer: string, message: string])[]])[] = [
    [{ id: 'B', name: 'x' }, [['/id', NO_ID]]],
    [{ id: 'b', name: '  ' }, [['/name', 'must not be empty']]],
    [{ id: 'b', name: 'x'.repeat(21) }, [['/name', 'must have at most 20 characters']]],
    [{ id: 'b', name: 7 }, [['/name', 'must be a string']]],
    [{ id: 'b', name: 'x', size: 0 }, [['/size', 'must be at least 1']]],
    [{ id: 'b', name: 'x', size: 10 }, [['/size', 'must be at most 9']]],
    [{ id: 'b', name: 'x', size: '3' }, [['/size', 'must be a number']]],
    [{ id: 'b', name: 'x', colour: 'green' }, [['/colour', 'must be one of "red", "blue"']]],
    [{ id: 'b', name: 'x', parts: {} }, [['/parts', 'must be an array']]],
    [
      { id: 'b', name: 'x', parts: [{ n: 1 }, {}, { n: 1, 'a/b~c': 1 }] },
      [
        ['/parts/1/n', 'is required'],
        ['/parts/2/a~1b~0c', 'is not a known field'],
      ],
    ],
    [{ id: 'b', name: 'x', parts: Array.from({ length: 4 }, () => ({ n: 1 })) }, [['/parts', 'must have at most 3 items']]],
    [
      { id: 'b', name: 'x', other: 1, unit: 'u1' },
      [
        ['/other', 'is not a known field'],
        ['/unit', 'is not a known field'],
      ],
    ],
    [{ id: 'b', name: 'x', occurredAt: '2023-02-30T00:00:00Z' }, [['/occurredAt', 'must be an RFC 3339 date-time with an offset']]],
  ];
  for (const [payload, errors] of cases) {
    const got = await post('/v1/things', { payload });
    t.equal(got.status, 400);
    t.strictSame(
      errorsOf(got),
      errors.map(([pointer, message]) => ({ pointer, message })),
    );
  }
  const many = await post('/v1/things', { payload: Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`x${index}`, 1])) });
  t.equal((errorsOf(many) as unknown[]).length, 50, 'a list of faults has an end');
  t.match(many.body['detail'], /and 79 more$/u);
});

const patch = (payload: object) => send('PATCH', '/v1/things/a', { payload });

const put = (payload: object) => send('PUT', '/v1/things/a/shape', { payload });

await test('wrong input in one of several shapes names the field of the shape that was meant', async (t) => {
  t.strictSame(errorsOf(await patch({ name: 'x', from: 'soon' })), [{ pointer: '/from', message: 'must be a civil date, YYYY-MM-DD' }]);
  t.strictSame(errorsOf(await patch({ mergedInto: 'b', from: '2023-01-01', size: 1 })), [
    { pointer: '/size', message: 'is not a known field' },
  ]);
  t.strictSame(errorsOf(await patch({ mergedInto: 'b', from: 'soon', basis: '' })), [
    { pointer: '/from', message: 'must be a civil date, YYYY-MM-DD' },
    { pointer: '/basis', message: 'must not be empty' },
  ]);
  t.strictSame(errorsOf(await patch({ mergedInto: 7, from: '2023-01-01' })), [{ pointer: '/mergedInto', message: 'must be a string' }]);
  t.equal(
    (await patch({ mergedInto: 'b', from: '2023-01-01', occurredAt: NOW, receivedAt: NOW, basis: 'p' })).status,
    201,
    'the common fields fit every shape',
  );
  t.strictSame(doubles.last?.body, { mergedInto: 'b', from: '2023-01-01' });
  t.strictSame(errorsOf(await put({ kind: 'oval' })), [{ pointer: '/kind', message: 'must be one of "circle", "square"' }]);
  t.strictSame(errorsOf(await put({ kind: 'circle', radius: 0 })), [{ pointer: '/radius', message: 'must be at least 1' }]);
  t.equal((await put({ kind: 'square', side: 2, occurredAt: NOW })).status, 201);
  t.strictSame(doubles.last?.body, { kind: 'square', side: 2 });

  const faultsOf = (schema: z.ZodType, value: unknown): readonly string[] => {
    const checked = check(schema, value, 'body');
    return checked.ok ? [] : checked.errors.map(({ pointer, message }) => `${pointer} ${inEnglish(message)}`);
  };
  t.strictSame(faultsOf(z.strictObject({ n: z.int() }), { n: 1.5 }), ['/n must be an integer']);
  const either = z.strictObject({ value: z.union([z.string(), z.int(), z.literal('x')]) });
  t.strictSame(faultsOf(either, { value: null }), ['/value must be a string or a number or "x"']);
});

await test('parameters: unknown, repeated and malformed ones are refused', async (t) => {
  const cases: readonly (readonly [url: string, pointer: string, message: string])[] = [
    ['/v1/things?colour=red', '/colour', 'is not a known parameter'],
    ['/v1/things?q=a&q=b', '/q', 'is given more than once'],
    ['/v1/things?q=%00', '/q', 'contains a NUL character'],
    ['/v1/things?limit=0', '/limit', 'must be 1 to 500'],
    ['/v1/things?limit=501', '/limit', 'must be 1 to 500'],
    ['/v1/things?limit=1e2', '/limit', 'must be a whole number'],
    [
      '/v1/things?on=2023-02-30',
      '/on',
      'must be a civil date, YYYY-MM-DD, or an RFC 3339 date-time with an offset, of the years 0001 to 9998',
    ],
    ['/v1/things?minPosition=-1', '/minPosition', 'must be a position'],
    ['/v1/things/UPPER', '/id', NO_ID],
    ['/v1/log/things/0', '/n', 'must be a number from 1'],
  ];
  for (const [url, pointer, message] of cases) {
    const got = await send('GET', url, { headers: url.includes('/log/') ? auditor : office });
    t.equal(got.status, 400, url);
    t.strictSame(errorsOf(got), [{ pointer, message }]);
  }
  t.equal((await post(`${noteUrl}?x=1`, { headers: unit })).status, 400, 'commands take none that they do not name');
});

const refuse = (code: string, more: object = {}) => asUnit({ refuse: { code, ...more } });

await test('refusals: the status follows from the code, and from whether a field is at fault', async (t) => {
  t.equal((await refuse('task-closed')).status, 409);
  t.equal((await refuse('already-reported')).status, 409);
  t.equal((await refuse('unit-unknown')).status, 404, 'about what the URL names');
  const field = await refuse('unit-unknown', { pointer: '/assignees/0/party' });
  t.equal(field.status, 400, 'about a field');
  t.strictSame(errorsOf(field), [{ pointer: '/assignees/0/party', message: 'refused by the toy' }]);
  t.equal((await refuse('period-not-begun', { pointer: '/period' })).status, 400);
  t.equal((await refuse('period-outside-schedule')).status, 400);
  t.equal((await refuse('task-suspended', { pointer: '/period' })).status, 409, 'a state stays a state');
  const facts = await refuse('notice-unreadable', { facts: { line: 3 } });
  t.equal(facts.status, 400);
  t.strictSame(facts.body['facts'], { line: 3 });
  t.equal((await refuse('event-too-large')).status, 413);
});

await test('paper entries: on whose behalf a command is sent, and when it was received', async (t) => {
  const paper = { unit: 'u2', basis: '收文 12 号' };
  const enter = (payload: object) => post(noteUrl, { payload });

  t.equal((await asUnit({ unit: 'u1', occurredAt: '2023-03-14T08:00:00+08:00' })).status, 201, 'a unit may name itself');
  t.equal(doubles.last?.unit, 'u1');
  t.strictSame(doubles.last?.meta.actor, { sub: 'clerk', role: 'unit', unit: 'u1' });
  t.equal(String(doubles.last?.meta.occurredAt), '2023-03-14T00:00:00Z');
  t.equal(doubles.last?.meta.receivedAt.toString({ fractionalSecondDigits: 3 }), NOW);

  t.equal((await enter({ ...paper, receivedAt: '2023-02-28T16:00:00+08:00', text: 'x' })).status, 201);
  t.equal(doubles.last?.unit, 'u2');
  t.strictSame(doubles.last?.meta.actor, { sub: 'office', role: 'office', unit: 'u2' }, 'for whom it was entered is recorded');
  t.equal(String(doubles.last?.meta.receivedAt), '2023-02-28T08:00:00Z');
  t.equal(doubles.last?.meta.basis, paper.basis);
  t.strictSame(doubles.last?.body, { text: 'x' }, 'the body is without the common fields');

  const cases: readonly (readonly [got: Promise<Got>, status: number, code: string, pointers: readonly string[]])[] = [
    [asUnit({ unit: 'u2' }), 403, 'forbidden', ['/unit']],
    [asUnit({ receivedAt: NOW }), 403, 'forbidden', ['/receivedAt']],
    [asUnit({ basis: 'x' }), 403, 'forbidden', ['/basis']],
    [asUnit({ occurredAt: '2023-03-15T12:00:00.001+08:00' }), 400, 'occurred-in-future', ['/occurredAt']],
    [enter({ unit: 'u1' }), 400, 'basis-missing', ['/basis']],
    [enter({ basis: 'x' }), 400, 'unit-missing', ['/unit']],
    [enter({}), 400, 'basis-missing', ['/basis', '/unit']],
    [enter({ ...paper, receivedAt: '2023-03-15T04:00:00.001Z' }), 400, 'received-in-future', ['/receivedAt']],
    [enter({ ...paper, receivedAt: 'yesterday' }), 400, 'invalid-input', ['/receivedAt']],
    [enter({ ...paper, unit: 'No' }), 400, 'invalid-input', ['/unit']],
    [post('/v1/things', { payload: { id: 'q', name: 'q', receivedAt: NOW } }), 400, 'basis-missing', ['/basis']],
  ];
  for (const [answer, status, code, pointers] of cases) {
    const got = await answer;
    t.equal(got.status, status, code);
    t.equal(got.body['code'], code);
    t.strictSame(
      (errorsOf(got) as { pointer: string }[]).map(({ pointer }) => pointer),
      pointers,
    );
  }
  t.equal((await enter({ ...paper, receivedAt: NOW, occurredAt: NOW })).status, 201, 'now is not the future');
  t.equal(
    (await post('/v1/things', { payload: { id: 'paper', name: 'x', receivedAt: '2023-03-01T00:00:00Z', basis: '会议纪要' } })).status,
    201,
    'a decision on paper',
  );
});

await test('If-Match', async (t) => {
  const { kit: own, token: mint } = await toyApp();
  t.teardown(() => own.app.close());
  const headers = { authorization: `Bearer ${await mint({ role: 'office' })}` };
  const rename = (match: string | undefined, id = 'a') =>
    own.app.inject({
      method: 'POST',
      url: `/v1/things/${id}/renames`,
      headers: { ...headers, ...(match === undefined ? {} : { 'if-match': match }) },
      payload: { name: 'x' },
    });

  t.equal((await rename(undefined)).json().code, 'precondition-required');
  t.equal((await rename(undefined)).statusCode, 428);
  for (const garbage of ['12', '"12', 'W/12', '"a" "b"', '"a""b"', '"a",b', '', ',', '*, "12"']) {
    const got = await rename(garbage);
    t.equal(got.statusCode, 400, garbage);
    t.equal(got.json().code, 'invalid-header');
  }
  for (const other of ['"11"', 'W/"12"', '"abc"', '""', '"11", "13"', '"012"', '"1e1"']) {
    const got = await rename(other);
    t.equal(got.statusCode, 412, other);
    t.equal(got.json().currentRevision, 12);
    t.equal(got.headers['etag'], '"12"');
  }
  t.equal((await rename('"12"')).statusCode, 201);
  t.equal((await rename('"11" , W/"13",, "13"')).statusCode, 201, 'one of several');
  t.equal((await rename('*')).statusCode, 201, 'any');
  t.equal((await rename('"15"')).headers['etag'], '"16"');
  t.equal((await rename('"0"', 'nobody')).statusCode, 404, 'what does not exist has no revision to differ');

  const made = await own.app.inject({
    method: 'POST',
    url: '/v1/things',
    headers: { ...headers, 'if-match': '"0"' },
    payload: { id: 'm', name: 'm' },
  });
  t.equal(made.statusCode, 412, 'what makes its subject has none to match');
  t.equal(made.json().currentRevision, null);
  t.equal((await asUnit({}, { 'if-match': '"1"' })).status, 412, 'honoured where it is not demanded');
  await asUnit({});
  t.equal(doubles.last?.preconditioned, false);
  await asUnit({}, { 'if-match': '*' });
  t.equal(doubles.last?.preconditioned, true);
  t.equal(parseIfMatch(undefined), undefined);
  t.strictSame(parseIfMatch('"3"'), { revisions: [3] });
  t.ok(
    namesTag('W/"3"', '"3"') &&
      namesTag('"x", "3"', '"3"') &&
      !namesTag('"33"', '"3"') &&
      !namesTag('3', '"3"') &&
      !namesTag(undefined, '"3"'),
  );
});

await test('Idempotency-Key', async (t) => {
  const keyed = (key: string, payload: object = { text: 'once' }, headers = unit) =>
    post(noteUrl, { headers: { ...headers, 'idempotency-key': key }, payload });
  const first = await keyed('k-1');
  t.equal(first.status, 201);
  const again = await keyed('"k-1"', { text: ' once ' });
  t.equal(again.status, 200, 'a replay');
  t.strictSame(again.body, first.body, 'is the first answer');
  t.equal(again.headers['location'], first.headers['location'], 'with the same id of what it made');
  t.equal(again.headers['etag'], first.headers['etag']);
  const other = await keyed('k-1', { text: 'twice' });
  t.equal(other.status, 422);
  t.equal(other.body['code'], 'idempotency-key-reused');
  t.equal(
    (
      await post(noteUrl, {
        headers: { ...(await bearer({ role: 'unit', unit: 'u1', sub: 'other' })), 'idempotency-key': 'k-1' },
        payload: { text: 'twice' },
      })
    ).status,
    201,
    'another sender has other keys',
  );
  t.not((await keyed('k-2')).headers['location'], first.headers['location']);
  t.not((await asUnit()).body['note'], (await asUnit()).body['note'], 'without a key an id is new each time');
  for (const bad of ['', '""', 'a b', '"a b"', '"open', 'é', 'x'.repeat(256), '"a", "b"', '"a";p=1', String.raw`"\n"`])
    t.equal((await keyed(bad)).body['code'], 'invalid-header', JSON.stringify(bad));
  t.equal((await keyed('x'.repeat(255))).status, 201);
  const escaped = await keyed(String.raw`"q\"\\"`);
  t.equal(escaped.status, 201);
  t.equal((await keyed(String.raw`q"` + '\\')).status, 200, 'escapes stand for themselves');

  const document = { 'content-type': 'text/plain', 'idempotency-key': 'doc' };
  t.equal((await post('/v1/imports?commit=true', { headers: document, payload: 'one' })).status, 201);
  t.equal((await post('/v1/imports?commit=true', { headers: document, payload: 'one' })).status, 200);
  t.equal((await post('/v1/imports?commit=true', { headers: document, payload: 'two' })).status, 422, 'bytes are compared');
});

await test('failures say what to do and nothing of the inside', async (t) => {
  const lines: string[] = [];
  const { kit: own, token: mint } = await toyApp({ logger: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }) });
  t.teardown(() => own.app.close());
  const fail = async (how: string) =>
    own.app.inject({
      method: 'POST',
      url: '/v1/failures',
      headers: { authorization: `Bearer ${await mint({ role: 'office' })}`, 'x-request-id': 'trace-0001' },
      payload: { how },
    });

  const unknown = await fail('error');
  t.equal(unknown.statusCode, 500);
  t.strictSame(unknown.json(), {
    type: '/problems/internal',
    title: 'Internal error',
    status: 500,
    detail: 'the service failed; its log has the cause',
    code: 'internal',
    requestId: 'trace-0001',
  });
  t.equal(unknown.headers['x-request-id'], 'trace-0001');
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.match(
    entries.find(({ level }) => level === 50),
    { reqId: 'trace-0001', url: '/v1/failures', err: { message: 'secret: the password is 1234', stack: /toy-app/u } },
  );
  t.match(
    entries.find(({ msg }) => msg === 'request'),
    { level: 30, method: 'POST', url: '/v1/failures', status: 500, sub: 'office' },
  );
  await own.app.inject({
    url: '/v1/things/a?asOf=@2',
    headers: { authorization: `Bearer ${await mint({ role: 'unit', unit: 'u1', sub: 'clerk-7' })}` },
  });
  t.match(
    JSON.parse(lines.at(-1) ?? ''),
    { method: 'GET', url: '/v1/things/a?asOf=@2', sub: 'clerk-7', role: 'unit', unit: 'u1' },
    'who read what',
  );
  await own.app.inject('/health/live');
  t.match(JSON.parse(lines.at(-1) ?? ''), { level: 20, url: '/health/live' }, 'probes are not worth a line');

  const retry: readonly (readonly [how: string, code: string])[] = [
    ['store', 'store-unavailable'],
    ['contended', 'too-contended'],
  ];
  for (const [how, code] of retry) {
    const got = await fail(how);
    t.equal(got.statusCode, 503);
    t.equal(got.json().code, code);
    t.match(got.headers['retry-after'], /^\d+$/u);
    t.notMatch(got.body, /10\.0\.0\.7|thing-a/u);
  }
  t.equal((await fail('large')).statusCode, 413);
  t.equal((await fail('status')).statusCode, 500, 'a status from elsewhere is not ours');
  t.equal((await fail('misfit')).statusCode, 500, 'in tests an answer must fit its schema');
});

await test('calls of another kind', async (t) => {
  const number = await send('GET', '/v1/log/things/41', { headers: auditor });
  t.equal(number.text, '42\n');
  t.equal(number.headers['cache-control'], 'public, max-age=60');
  t.equal((await send('GET', '/v1/log/things/41')).status, 403);
  t.strictSame((await post('/v1/things/a/verify')).body, { match: true });
  t.equal((await post('/v1/things/gone/verify')).status, 404);
  t.equal((await post('/v1/things/a/verify', { payload: { x: 1 } })).status, 400);
});

await test('a route that forgets a rule cannot be registered', async (t) => {
  const words = { url: '/v1/forgetful', summary: 'x', tags: ['toy'] } as const;
  const { createKit } = await import('../../src/http/kit.ts');
  const fresh = await createKit({
    auth: () => ({ role: 'office', sub: 'x' }),
    clock: kit.clock,
    ids: kit.ids,
    log: kit.log,
    views: { position: () => 0, waitFor: () => Promise.resolve(true) },
    timeZone: 'Asia/Shanghai',
    singleWriter: true,
    readiness: () => ({ ready: true, reasons: [] }),
  });
  t.teardown(() => fresh.app.close());
  t.throws(() => fresh.app.get('/v1/forgetful', () => 'x'), /must say who may use it/u);
  t.throws(
    () =>
      command(fresh, {
        ...words,
        method: 'POST',
        roles: ['office'],
        onBehalfOf: 'office',
        ifMatch: 'none',
        body: z.object({ a: z.string() }),
        run: () => new Problem('not-found', 'x'),
      }),
    /must refuse unknown fields/u,
  );
  t.throws(
    () => plain(fresh, { ...words, method: 'GET', access: 'open', query: z.object({}), run: () => ({ json: {} }) }),
    /must refuse unknown fields/u,
  );
});

await test('health and metrics', async (t) => {
  t.strictSame((await app.inject('/health/live')).json(), { live: true });
  t.strictSame((await app.inject('/health/ready')).json(), { ready: true });
  doubles.ready = ['views are 900 events behind'];
  const not = await app.inject('/health/ready');
  t.equal(not.statusCode, 503);
  t.match(not.json(), { code: 'not-ready', detail: 'views are 900 events behind' });
  t.ok(not.headers['retry-after']);
  doubles.ready = [];

  const head = doubles.recorded.length;
  doubles.viewsAt = head - 1;
  const metrics = await app.inject('/metrics');
  doubles.viewsAt = head;
  t.match(metrics.headers['content-type'], /^text\/plain/u);
  t.match(metrics.body, new RegExp(`^duban_log_head_position ${head}$`, 'mu'));
  t.match(metrics.body, /^duban_views_lag_events 1$/mu);
  t.match(metrics.body, /^toy_commits_total 7$/mu);
  t.match((await app.inject('/metrics')).body, /^toy_commits_total 7$/mu, 'read, not added up');
  t.match(metrics.body, /http_request_duration_seconds_count\{method="POST",route="\/v1\/things\/:id\/notes",status="2xx"\} \d+/u);
  t.match(metrics.body, /route="none",status="4xx"/u);
  t.notMatch(metrics.body, /things\/a\//u, 'never the URL itself');

  const remote = (headers: Record<string, string>, remoteAddress: string) => app.inject({ url: '/metrics', headers, remoteAddress });
  t.equal((await remote({}, '10.1.1.1')).statusCode, 401);
  t.equal((await remote(office, '10.1.1.1')).statusCode, 403);
  t.equal((await remote(admin, '10.1.1.1')).statusCode, 200);
  t.equal((await remote({}, '::ffff:127.0.0.1')).statusCode, 200);
  t.equal((await remote({}, '::1')).statusCode, 200);
  t.equal((await remote({ 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1')).statusCode, 401, 'a proxy on this machine is not its clients');
});

await test('OpenAPI 3.1, valid, with the problems of each call and discriminators', async (t) => {
  const answer = await app.inject('/openapi.json');
  const document = answer.json();
  t.equal(document.openapi, '3.1.0');
  const result = await new Validator().validate(document);
  t.ok(result.valid, JSON.stringify(result.errors));
  const note = document.paths['/v1/things/{id}/notes'].post;
  const refused = note.responses['409'].content['application/problem+json'].schema;
  t.strictSame(refused.allOf[0], { $ref: '#/components/schemas/Problem' });
  t.strictSame(
    refused.allOf[1].properties.code.enum,
    ['task-closed', 'task-suspended', 'already-reported'],
    'those that it gives, and no others',
  );
  const statuses = [
    '200',
    '201',
    '400',
    '401',
    '403',
    '404',
    '408',
    '409',
    '412',
    '413',
    '414',
    '415',
    '422',
    '429',
    '431',
    '500',
    '503',
    '507',
  ];
  t.strictSame(Object.keys(note.responses), statuses);
  t.equal(note.requestBody.required, false);
  t.ok('occurredAt' in note.requestBody.content['application/json'].schema.properties);
  t.ok('note' in note.responses['201'].content['application/json'].schema.properties);
  t.match(document.paths['/v1/things/{id}/renames'].post, { requestBody: { required: true }, responses: { 428: {} } });
  t.ok('text/plain' in document.paths['/v1/imports'].post.requestBody.content);
  t.strictSame(document.paths['/v1/things/{id}'].get.responses['200'].content['application/json'].schema.properties.shape, {
    oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }],
    discriminator: { propertyName: 'kind', mapping: { circle: '#/components/schemas/Circle', square: '#/components/schemas/Square' } },
  });
  t.notOk('CircleInput' in document.components.schemas, 'nothing that nothing refers to');
  t.notMatch(answer.body, /x-notes/u);
  t.strictSame(document.components.securitySchemes.bearer, { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  );
  t.equal(new Set(ids).size, ids.length, 'operation ids are unique');
  t.ok(ids.includes('postThingsByIdRenames'));
  t.equal((await app.inject('/docs')).statusCode, 200);
  t.equal((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode, 200);
});

await test('where a body is not JSON is said in the language of who sent it', async (t) => {
  const cases = [
    ['{bad', /from line 1, character 2 on \(Expected property name/u, /错在第 1 行第 2 个字符处/u],
    ['{\n "甲": 1,\n "乙" 2}', /from line 3, character 6 on/u, /错在第 3 行第 6 个字符处/u],
    ['{"text":', /ends before its JSON does/u, /不完整/u],
    ['{"text": tru}', /not JSON \(Unexpected token/u, /不是合格的 JSON/u],
  ] as const;
  for (const [payload, english, chinese] of cases)
    for (const [language, says] of [
      ['en', english],
      ['zh-CN', chinese],
    ] as const) {
      const got = await asUnit(payload, { 'accept-language': language });
      t.match(got.body, { code: 'malformed-json', detail: says }, payload);
    }
});

/** JSON text of a string, `all` of it in escapes. */
const escape = (text: string, all: boolean): string =>
  all
    ? `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
    : JSON.stringify(text);

await test('duplicateMember finds a name that stands twice, wherever it is and however it is spelt', async (t) => {
  type Tree = null | string | number | readonly Tree[] | { readonly members: readonly (readonly [string, Tree])[] };
  const name = fc.oneof(fc.constantFrom('a', 'b', '"', '\\', '/', '~', 'a,b', '{', '名'), fc.string({ maxLength: 3 }));
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, 1, '', 'a', '{"a":1,"a":2}', '\\', '"', '\\"'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.record({ members: fc.array(fc.tuple(name, tie('tree')), { maxLength: 4 }) }),
    ),
  }));
  const isList = (value: Tree): value is readonly Tree[] => Array.isArray(value);
  const render = (value: Tree, all: boolean): string => {
    if (value === null || typeof value === 'number') return String(value);
    if (typeof value === 'string') return escape(value, all);
    if (isList(value)) return `[ ${value.map((item) => render(item, all)).join(' ,')}]`;
    return `{${value.members.map(([key, item], at) => `${escape(key, all && at % 2 === 0)} : ${render(item, all)}`).join(', ')} }`;
  };
  const twice = (value: Tree): boolean => {
    if (value === null || typeof value !== 'object') return false;
    if (isList(value)) return value.some(twice);
    return new Set(value.members.map(([key]) => key)).size < value.members.length || value.members.some(([, item]) => twice(item));
  };
  fc.assert(
    fc.property(tree, fc.boolean(), (value, all) => {
      const text = render(value, all);
      JSON.parse(text);
      return (duplicateMember(text) !== undefined) === twice(value);
    }),
    { numRuns: 2000 },
  );
  t.equal(duplicateMember('{"x":[0,{"a/b":{"~":1,"~":2}}]}'), '/x/1/a~1b/~0');
});

await test('Accept chooses the media type', async (t) => {
  const offered = ['application/json', 'text/csv'];
  const cases: readonly (readonly [accept: string | undefined, chosen: string | undefined])[] = [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['Text/CSV; header=present', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['application/json;q=0.5, text/csv;q=0.4', 'application/json'],
    ['text/csv;q=0, */*', 'application/json'],
    ['application/json;q=0, */*', 'text/csv'],
    ['*/*;q=0.1, text/csv;q=0.2', 'text/csv'],
    ['image/png', undefined],
    ['application/json;q=0', undefined],
  ];
  for (const [accept, chosen] of cases) t.equal(preferred(accept, offered), chosen, accept ?? 'none');
});

await app.close();
