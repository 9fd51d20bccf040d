import * as fc from 'fast-check';
import { test, type Test } from 'tap';
import { z } from 'zod';
import { cut, page, readCursor, writeCursor } from '../../src/http/lists.ts';
import { parseAcceptDatetime } from '../../src/http/memento.ts';
import { Problem } from '../../src/http/problem.ts';
import { createSentBodies } from '../../src/http/sent-bodies.ts';
import { toyApp, type Doubles } from './toy-app.ts';

/**
 * The toy's log: @1 on 1 March 08:00 (Shanghai), @2 on the 2nd 18:00, @3 on the 3rd 01:30 (still the 2nd in UTC),
 * @4 on the 10th 16:00; now is the 15th, noon.
 */
const { kit, doubles, token } = await toyApp();
const { app } = kit;

/** For a month: the tests turn the clock. */
const bearer = async (request: Parameters<typeof token>[0]) => ({
  authorization: `Bearer ${await token({ ttl: 30 * 86_400, ...request })}`,
});
const office = await bearer({ role: 'office' });
const auditor = await bearer({ role: 'auditor' });
const unit = await bearer({ role: 'unit', unit: 'u1' });

const IMMUTABLE = 'private, max-age=31536000, immutable';

type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, unknown>;
  readonly text: string;
};

const get = async (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET'): Promise<Got> => {
  const answer = await app.inject({ method, url, headers: { ...office, ...headers } });
  const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== '';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: isJson ? answer.json<Record<string, unknown>>() : {},
    text: answer.body,
  };
};

const BOARD = '/v1/board';
const THING = '/v1/things/a';

/** The doubles as they were, after the test. */
const changing = (t: Test, change: Partial<Doubles>): void => {
  const before = { ...doubles };
  Object.assign(doubles, change);
  t.teardown(() => {
    doubles.waits.length = 0;
    Object.assign(doubles, before);
  });
};

await test('a read says what it rests on, and defaults to what the views hold and to today', async (t) => {
  const now = await get(BOARD);
  t.equal(now.status, 200);
  t.strictSame(now.body, {
    owed: 4,
    basis: { position: 4, recordedAt: '2023-03-10T08:00:00.000Z', on: '2023-03-15', timeZone: 'Asia/Shanghai' },
  });
  t.equal(now.headers['cache-control'], 'private, no-cache');
  t.equal(now.headers['content-location'], `${BOARD}?asOf=@4&on=2023-03-15`);
  t.equal(now.headers['vary'], 'authorization, accept');

  changing(t, { viewsAt: 2, now: '2023-03-15T16:00:00.000Z' });
  t.match(
    (await get(BOARD)).body,
    { owed: 2, basis: { position: 2, on: '2023-03-16' } },
    'the day is that of the office, past its midnight',
  );
});

await test('asOf: a position, or the last one recorded at or before an instant', async (t) => {
  const cases: readonly (readonly [query: string, position: number, on: string, immutable: boolean])[] = [
    ['asOf=@1', 1, '2023-03-01', true],
    ['asOf=@3', 3, '2023-03-03', true],
    ['asOf=@4', 4, '2023-03-10', true],
    ['asOf=@2&on=2023-01-31', 2, '2023-01-31', true],
    ['asOf=2023-03-02T10:00:00Z', 2, '2023-03-02', true],
    ['asOf=2023-03-02T09:59:59.999Z', 1, '2023-03-02', true],
    ['asOf=2023-03-03T00:00:00%2B08:00', 2, '2023-03-03', true],
    ['asOf=2023-03-03T00:00:00+08:00', 2, '2023-03-03', true],
    ['asOf=2023-03-02T18:00:00-05:00', 3, '2023-03-03', true],
    ['asOf=2023-02-01T00:00:00Z&on=2023-01-31', 0, '2023-01-31', true],
    // Nothing is recorded after these yet: what comes next could still fall on the same millisecond.
    ['asOf=2023-03-10T08:00:00Z', 4, '2023-03-10', false],
    ['asOf=2023-03-15T04:00:00Z', 4, '2023-03-15', false],
    ['on=2023-01-31', 4, '2023-01-31', false],
    ['asOf=@0&on=2023-03-01', 0, '2023-03-01', true],
    ['asOf=@0', 0, '2023-03-15', false],
  ];
  for (const [query, position, on, immutable] of cases) {
    const got = await get(`${BOARD}?${query}`);
    t.match(got.body, { owed: position, basis: { position, on } }, query);
    t.equal(got.headers['cache-control'], immutable ? IMMUTABLE : 'private, no-cache', query);
    t.equal(got.headers['content-location'], `${BOARD}?asOf=@${position}&on=${on}`);
    const lasting = await get(String(got.headers['content-location']));
    t.strictSame(lasting.body, got.body, 'the lasting URL gives the same answer');
  }
  t.strictSame(((await get(`${BOARD}?asOf=@0`)).body['basis'] as { recordedAt: unknown }).recordedAt, null);
  t.equal(
    (await get(`${BOARD}?period=2023-01&minPosition=3&asOf=@2`)).headers['content-location'],
    `${BOARD}?period=2023-01&asOf=@2&on=2023-03-02`,
  );
});

await test('asOf: what is not known yet, or not a time at all', async (t) => {
  for (const query of ['asOf=@5', 'asOf=2023-03-15T04:00:00.001Z', 'asOf=2099-01-01T00:00:00Z']) {
    const got = await get(`${BOARD}?${query}`);
    t.equal(got.status, 400, query);
    t.match(got.body, { code: 'as-of-out-of-range', errors: [{ pointer: '/asOf' }] });
  }
  for (const asOf of [
    '',
    '@',
    '@-1',
    '@01',
    '@1.5',
    '@1e3',
    '5',
    'yesterday',
    '2023-03-01',
    '2023-03-01T00:00:00',
    '2023-02-29T00:00:00Z',
    `@${'9'.repeat(17)}`,
  ]) {
    const got = await get(`${BOARD}?asOf=${encodeURIComponent(asOf)}`);
    t.equal(got.status, 400, asOf);
    t.match(got.body, { code: 'invalid-input', errors: [{ pointer: '/asOf', message: /^must be @<position> or/u }] });
  }
});

await test('a read waits for the views, and not for ever', async (t) => {
  changing(t, { viewsAt: 2, recorded: [...doubles.recorded] });
  t.match((await get(`${BOARD}?asOf=@3`)).body, { owed: 3 });
  t.strictSame(doubles.waits, [{ position: 3, millis: 5000 }], 'a position that the log has and the views have not');
  t.match((await get(`${BOARD}?minPosition=3`)).body, { owed: 3 }, 'held already');
  t.equal(doubles.waits.length, 1);
  t.match((await get(`${BOARD}?minPosition=9`)).body, { owed: 9 }, 'a replica ahead of this one may have said so');
  t.strictSame(doubles.waits.at(-1), { position: 9, millis: 5000 });
  t.match((await get(`${BOARD}?minPosition=3&asOf=@1`)).body, { owed: 1 });
  t.match((await get(`${BOARD}?minPosition=12&asOf=@12`)).body, { owed: 12 }, 'nor is that beyond a log which holds it by then');

  doubles.viewsCatchUp = false;
  doubles.viewsAt = 2;
  for (const query of ['minPosition=3', 'asOf=@4', 'asOf=2023-03-12T00:00:00Z']) {
    const behind = await get(`${BOARD}?${query}`);
    t.equal(behind.status, 503, query);
    t.equal(behind.body['code'], 'views-behind');
    t.match(behind.headers['retry-after'], /^\d+$/u);
  }
});

await test('an empty log can be read', async (t) => {
  changing(t, { viewsAt: 0, recorded: [] });
  const own = await toyApp();
  t.teardown(() => own.kit.app.close());
  own.doubles.recorded.length = 0;
  own.doubles.viewsAt = 0;
  const got = await own.kit.app.inject({ url: BOARD, headers: { authorization: `Bearer ${await own.token({ role: 'auditor' })}` } });
  t.strictSame(got.json(), { owed: 0, basis: { position: 0, recordedAt: null, on: '2023-03-15', timeZone: 'Asia/Shanghai' } });
});

await test('the ETag of a subject is its revision; 304 only for the very body that was sent', async (t) => {
  changing(t, {});
  const first = await get(THING);
  t.equal(first.headers['etag'], '"12"');
  t.equal(first.headers['vary'], 'authorization');
  t.equal((await get(THING, { 'if-none-match': '"11"' })).status, 200);
  const kept = await get(THING, { 'if-none-match': 'W/"12", "x"' });
  t.equal(kept.status, 304);
  t.equal(kept.text, '');
  t.equal(kept.headers['etag'], '"12"');
  t.equal(kept.headers['cache-control'], 'private, no-cache');
  t.equal((await get(THING, { 'if-none-match': '*' })).status, 304);
  t.equal((await get(THING, { ...auditor, 'if-none-match': '"12"' })).status, 200, 'nothing was sent to the auditor yet');
  t.equal((await get(`${THING}?on=2023-01-31`, { 'if-none-match': '"12"' })).status, 200, 'another URL');

  doubles.viewsAt = 3;
  t.equal((await get(THING, { 'if-none-match': '"12"' })).status, 304, 'the basis alone has moved');
  doubles.now = '2023-03-16T04:00:00.000Z';
  const changed = await get(THING, { 'if-none-match': '"12"' });
  t.equal(changed.status, 200, 'the day has changed the body under the same revision');
  t.match(changed.body, { dayOfMonth: '16', revision: 12 });
  t.equal((await get(THING, { 'if-none-match': '"12"' })).status, 200, 'now the tag alone says no longer which body the sender has');
});

await test('what was only asked for by HEAD was not sent', async (t) => {
  const url = '/v1/things/headed';
  const head = await get(url, {}, 'HEAD');
  t.equal(head.status, 200);
  t.equal(head.text, '');
  t.equal(head.headers['etag'], '"12"');
  t.equal((await get(url, { 'if-none-match': '"12"' })).status, 200);
  t.equal((await get(url, { 'if-none-match': '"12"' }, 'HEAD')).status, 304);
  t.equal(head.headers['content-length'], (await get(url)).headers['content-length']);

  const sent = createSentBodies();
  t.notOk(sent.isSame('k', 'a'));
  sent.note('k', 'a');
  t.ok(sent.isSame('k', 'a') && !sent.isSame('k', 'b'));
  sent.note('k', 'b');
  t.notOk(sent.isSame('k', 'a') || sent.isSame('k', 'b'));
});

await test('the ETag of any other read stands for position, day, URL and scope', async (t) => {
  changing(t, {});
  const tagOf = async (url: string, headers: Record<string, string> = {}) => String((await get(url, headers)).headers['etag']);
  const tag = await tagOf(BOARD);
  t.match(tag, /^"[0-9a-f]{32}"$/u);
  t.equal(await tagOf(BOARD), tag);
  const reads = doubles.reads;
  t.equal((await get(BOARD, { 'if-none-match': tag })).status, 304);
  t.equal(doubles.reads, reads, 'known before it is computed');
  t.not(await tagOf(`${BOARD}?period=2023-01`), tag);
  t.not(await tagOf(BOARD, unit), tag);
  t.not(await tagOf(BOARD, { accept: 'text/csv' }), tag);
  doubles.viewsAt = 3;
  t.not(await tagOf(BOARD), tag, 'an event was recorded');
  doubles.viewsAt = 4;
  doubles.now = '2023-03-16T04:00:00.000Z';
  t.not(await tagOf(BOARD), tag, 'a day has passed');
  t.equal((await get(BOARD, { 'if-none-match': '*' })).status, 304);
  t.equal((await get('/v1/things', {}, 'HEAD')).headers['etag'], await tagOf('/v1/things'));
});

await test('what was fixed once keeps its own basis, its bytes and its ETag', async (t) => {
  changing(t, {});
  const first = await get('/v1/records/r');
  t.strictSame(first.body, {
    id: 'r',
    basis: { position: 2, recordedAt: '2023-03-02T10:00:00.000Z', on: '2023-02-28', timeZone: 'Asia/Shanghai' },
  });
  t.equal(first.headers['cache-control'], IMMUTABLE);
  doubles.viewsAt = 3;
  doubles.now = '2023-03-20T00:00:00.000Z';
  t.equal((await get('/v1/records/r')).text, first.text);
  t.equal((await get('/v1/records/r', { 'if-none-match': String(first.headers['etag']) })).status, 304);
});

await test('other representations by Accept', async (t) => {
  const csv = await get(`${BOARD}?asOf=@2`, { accept: 'text/csv' });
  t.equal(csv.text, 'owed,on\r\n2,2023-03-02\r\n');
  t.equal(csv.headers['content-type'], 'text/csv; charset=utf-8');
  t.equal(csv.headers['cache-control'], IMMUTABLE);
  t.match((await get(BOARD, { accept: 'text/html, application/*;q=0.5' })).body, { owed: 4 });
  t.match((await get(BOARD, { accept: 'image/png' })).body, { code: 'not-acceptable', status: 406 });
  t.equal((await get(THING, { accept: 'text/html' })).status, 200, 'where there is one, that is given');
});

await test('what is not there, or not for all eyes', async (t) => {
  const gone = await get('/v1/things/gone?asOf=@2');
  t.equal(gone.status, 404);
  t.equal(gone.headers['cache-control'], 'no-store', 'absence is not for ever');
  t.notOk(gone.headers['etag']);
  t.equal((await get('/v1/things/secret')).status, 200);
  t.match((await get('/v1/things/secret', unit)).body, { code: 'not-found', status: 404 });
  t.equal((await get('/v1/things/misfit')).status, 500, 'in tests an answer must fit its schema');
  t.match((await get(THING, await bearer({ role: 'admin' }))).body, { code: 'forbidden', status: 403 });
});

await test('lists come in pages that never shift', async (t) => {
  changing(t, {});
  const first = await get('/v1/things?limit=2');
  t.strictSame(first.body['items'], ['ant', 'bee']);
  t.type(first.body['next'], 'string');
  doubles.viewsAt = 4;
  doubles.recorded.push('2023-03-14T00:00:00.000Z');
  doubles.viewsAt = 5;
  doubles.now = '2023-03-20T00:00:00.000Z';
  const second = await get(`/v1/things?limit=3&cursor=${String(first.body['next'])}`);
  t.strictSame(second.body['items'], ['cat', 'dog', 'eel'], 'the limit may change from page to page');
  t.strictSame(second.body['basis'], first.body['basis'], 'position and day may not');
  t.equal(second.headers['cache-control'], IMMUTABLE);
  const last = await get(`/v1/things?cursor=${String(second.body['next'])}`);
  t.match(last.body, { items: ['fox'], next: null });
  doubles.recorded.pop();

  t.match((await get('/v1/things?limit=6')).body, { next: null }, 'no page after the last item');
  t.match((await get('/v1/things?q=z')).body, { items: [], next: null });
  t.match((await get('/v1/things?limit=500')).body, { next: null });
});

await test('a list read from a key on', async (t) => {
  const seen: unknown[] = [];
  let url = '/v1/numbers?limit=3';
  for (let pages = 0; pages < 5; pages += 1) {
    const { body } = await get(url);
    seen.push(...(body['items'] as unknown[]));
    if (typeof body['next'] !== 'string') break;
    url = `/v1/numbers?limit=3&cursor=${body['next']}`;
  }
  t.strictSame(
    seen,
    [1, 2, 3, 4, 5, 6, 7].map((n) => ({ n })),
  );
});

await test('a cursor belongs to its question', async (t) => {
  changing(t, {});
  const next = String((await get('/v1/things?limit=1&q=e&asOf=@2&on=2023-02-01')).body['next']);
  t.match((await get(`/v1/things?limit=1&q=e&cursor=${next}`)).body, { items: ['eel'], basis: { position: 2, on: '2023-02-01' } });
  t.equal((await get(`/v1/things?limit=1&q=e&cursor=${next}&asOf=@2&on=2023-02-01`)).status, 200, 'asked with the same times');
  const forged = (position: number, key: unknown) => {
    const [, , , filters] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [number, string, string, string];
    return writeCursor({ position, on: '2023-02-01', key, filters });
  };
  const bad: readonly (readonly [query: string, message: RegExp])[] = [
    [`q=x&cursor=${next}`, /other filters/u],
    [`cursor=${next}`, /other filters/u],
    [`q=e&cursor=${next}&asOf=@3`, /another asOf or on/u],
    [`q=e&cursor=${next}&on=2023-02-02`, /another asOf or on/u],
    [`q=e&cursor=${next.slice(2)}`, /not one that this list gave/u],
    ['q=e&cursor=', /not one that this list gave/u],
    [`q=e&cursor=${Buffer.from('[1]').toString('base64url')}`, /not one that this list gave/u],
    [`q=e&cursor=${forged(2, 7)}`, /not one that this list gave/u],
    [`q=e&cursor=${forged(2, 'nobody')}`, /not one that this list gave/u],
    [`q=e&cursor=${forged(-1, 'bee')}`, /not one that this list gave/u],
  ];
  for (const [query, message] of bad) {
    const got = await get(`/v1/things?${query}`);
    t.equal(got.status, 400, query);
    t.match(got.body, { code: 'invalid-input', errors: [{ pointer: '/cursor', message }] });
  }
  t.equal((await get(`/v1/numbers?cursor=${next}`)).status, 400, 'another list');
  doubles.viewsCatchUp = false;
  t.equal((await get(`/v1/things?q=e&cursor=${forged(99, 'bee')}`)).status, 503, 'a page begun at a replica ahead of this one waits');
});

await test('pages together are the list, whatever the limit', async (t) => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const seen: string[] = [];
      let after: string | undefined;
      for (;;) {
        const got = page(all, { limit, after }, (item) => item);
        if (got instanceof Problem) return false;
        seen.push(...got.items);
        if (got.items.length > limit || (got.next !== null && got.items.length < limit)) return false;
        if (got.next === null) return seen.length === all.length && seen.every((item, at) => item === all[at]);
        after = got.next;
      }
    }),
    { numRuns: 300 },
  );
  t.strictSame(
    cut([1, 2, 3], 2, (n) => n * 10),
    { items: [1, 2], next: 20 },
  );
  t.strictSame(
    cut([1, 2], 2, (n) => n * 10),
    { items: [1, 2], next: null },
  );
  t.strictSame(
    cut<number, number>([], 2, (n) => n),
    { items: [], next: null },
  );
  fc.assert(
    fc.property(fc.nat(), fc.tuple(fc.string(), fc.integer()), (position, key) => {
      const cursor = { position, on: '2023-01-31', key, filters: 'f' };
      const read = readCursor(writeCursor(cursor), z.tuple([z.string(), z.int()]), 'f');
      return !(read instanceof Problem) && JSON.stringify(read) === JSON.stringify(cursor);
    }),
    { numRuns: 200 },
  );
});

await test('Memento: a subject is its own time gate', async (t) => {
  const at = (date: string) => get(THING, { 'accept-datetime': date });
  const cases: readonly (readonly [date: string, position: number])[] = [
    ['Thu, 02 Mar 2023 10:00:00 GMT', 2],
    ['Thu, 02 Mar 2023 09:59:59 GMT', 1],
    ['Tue, 01 Jan 2030 00:00:00 GMT', 4],
  ];
  for (const [date, position] of cases) {
    const gate = await at(date);
    t.equal(gate.status, 302);
    t.equal(gate.headers['location'], `${THING}?asOf=@${position}`);
    t.equal(gate.headers['vary'], 'authorization, accept-datetime');
    t.match(
      gate.headers['link'],
      /<\/v1\/things\/a>; rel="original timegate", <\/v1\/things\/a\/timemap>; rel="timemap"; type="application\/link-format"/u,
    );
  }
  const memento = await get(`${THING}?asOf=@2`);
  t.equal(memento.headers['memento-datetime'], 'Thu, 02 Mar 2023 10:00:00 GMT');
  t.notOk((await get(THING)).headers['memento-datetime']);
  for (const bad of ['yesterday', '2023-03-02T10:00:00Z', 'Thu, 99 Mar 2023 10:00:00 GMT'])
    t.match((await at(bad)).body, { code: 'invalid-header', status: 400 }, bad);
  t.equal(parseAcceptDatetime('Tue, 01 Jan 2030 00:00:00 GMT', 5), 5, 'no later than now');
});

await app.close();
