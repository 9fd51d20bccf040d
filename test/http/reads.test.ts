import * as fc from 'fast-check';
import { test, type Test } from 'tap';
import { z } from 'zod';
import { cut, page, readCursor, writeCursor } from '../../src/http/pages.ts';
import { parseAcceptDatetime } from '../../src/http/memento.ts';
import { Problem } from '../../src/http/problem.ts';
import { createSentBodies } from '../../src/http/sent-bodies.ts';
import { preferredLanguage } from '../../src/http/negotiate.ts';
import { createOwnCommands } from '../../src/http/own-commands.ts';
import { NOW, toyApp, type Doubles } from './toy-app.ts';

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

await test('a read says what it rests on, and defaults to what the views hold and to now', async (t) => {
  const now = await get(BOARD);
  t.equal(now.status, 200);
  t.strictSame(now.body, {
    owed: 4,
    basis: { position: 4, recordedAt: '2023-03-10T08:00:00.000Z', on: '2023-03-15', at: NOW, timeZone: 'Asia/Shanghai' },
  });
  t.equal(now.headers['cache-control'], 'private, no-cache');
  t.equal(now.headers['content-location'], `${BOARD}?asOf=@4&on=${NOW}`);
  t.equal(now.headers['vary'], 'authorization, accept');

  changing(t, { viewsAt: 2, viewsCatchUp: false, now: '2023-03-15T16:00:00.000Z' });
  t.match(
    (await get(BOARD)).body,
    { owed: 2, basis: { position: 2, on: '2023-03-16' } },
    'the day is that of the office, past its midnight',
  );
});

/** The last instant of a day in Shanghai. */
const endOf = (day: string): string => Temporal.Instant.from(`${day}T23:59:59.999+08:00`).toString({ fractionalSecondDigits: 3 });

await test('asOf: a position, or the last one recorded at or before an instant', async (t) => {
  const cases: readonly (readonly [query: string, position: number, at: string, immutable: boolean])[] = [
    ['asOf=@1', 1, '2023-03-01T00:00:00.000Z', true],
    ['asOf=@3', 3, '2023-03-02T17:30:00.000Z', true],
    ['asOf=@4', 4, '2023-03-10T08:00:00.000Z', true],
    ['asOf=@2&on=2023-01-31', 2, endOf('2023-01-31'), true],
    ['asOf=2023-03-02T10:00:00Z', 2, '2023-03-02T10:00:00.000Z', true],
    ['asOf=2023-03-02T09:59:59.999Z', 1, '2023-03-02T09:59:59.999Z', true],
    ['asOf=2023-03-03T00:00:00%2B08:00', 2, '2023-03-02T16:00:00.000Z', true],
    ['asOf=2023-03-03T00:00:00+08:00', 2, '2023-03-02T16:00:00.000Z', true],
    ['asOf=2023-03-02T18:00:00-05:00', 3, '2023-03-02T23:00:00.000Z', true],
    ['asOf=2023-02-01T00:00:00Z&on=2023-01-31', 0, endOf('2023-01-31'), true],
    // Nothing is recorded after these yet: what comes next could still fall on the same millisecond.
    ['asOf=2023-03-10T08:00:00Z', 4, '2023-03-10T08:00:00.000Z', false],
    ['asOf=2023-03-15T04:00:00Z', 4, NOW, false],
    ['on=2023-01-31', 4, endOf('2023-01-31'), false],
    ['asOf=@0&on=2023-03-01', 0, endOf('2023-03-01'), true],
    ['asOf=@0', 0, NOW, false],
  ];
  for (const [query, position, at, immutable] of cases) {
    const got = await get(`${BOARD}?${query}`);
    const on = Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
    t.match(got.body, { owed: position, basis: { position, on, at } }, query);
    t.equal(got.headers['cache-control'], immutable ? IMMUTABLE : 'private, no-cache', query);
    t.equal(got.headers['content-location'], `${BOARD}?asOf=@${position}&on=${at}`);
    const lasting = await get(String(got.headers['content-location']));
    t.equal(lasting.text, got.text, 'the lasting URL gives the same bytes');
  }
  t.strictSame(((await get(`${BOARD}?asOf=@0`)).body['basis'] as { recordedAt: unknown }).recordedAt, null);
  t.equal(
    (await get(`${BOARD}?period=2023-01&minPosition=3&asOf=@2`)).headers['content-location'],
    `${BOARD}?period=2023-01&asOf=@2&on=2023-03-02T10:00:00.000Z`,
  );
});

await test('on: a day that is over, today, a day ahead, an instant', async (t) => {
  changing(t, {});
  const cases: readonly (readonly [on: string, at: string, day: string, forecast: boolean])[] = [
    ['2023-03-14', endOf('2023-03-14'), '2023-03-14', false],
    ['2023-03-15', NOW, '2023-03-15', false],
    ['2023-03-16', endOf('2023-03-16'), '2023-03-16', true],
    ['2023-03-15T04:00:00Z', NOW, '2023-03-15', false],
    ['2023-03-15T04:00:00.001Z', '2023-03-15T04:00:00.001Z', '2023-03-15', true],
    ['2023-03-14T23:30:00%2B08:00', '2023-03-14T15:30:00.000Z', '2023-03-14', false],
    ['2023-03-14T23:30:00+08:00', '2023-03-14T15:30:00.000Z', '2023-03-14', false],
    ['2023-03-14T23:30:00-05:00', '2023-03-15T04:30:00.000Z', '2023-03-15', true],
    ['2023-03-14T23:30:00.123999Z', '2023-03-14T23:30:00.123Z', '2023-03-15', false],
    ['1900-01-01', '1900-01-01T15:54:16.999Z', '1900-01-01', false], // the zone's own mean time, five minutes and 43 seconds ahead
  ];
  for (const [on, at, day, forecast] of cases) {
    const got = await get(`${BOARD}?on=${on}`);
    const basis = { position: 4, recordedAt: '2023-03-10T08:00:00.000Z', on: day, at, timeZone: 'Asia/Shanghai' };
    t.strictSame(got.body['basis'], forecast ? { ...basis, forecast } : basis, on);
    t.equal(got.headers['cache-control'], 'private, no-cache', 'more may be recorded that had been received by then');
    const fixed = await get(`${BOARD}?asOf=@4&on=${on}`);
    t.equal(fixed.text, got.text);
    t.equal(fixed.headers['cache-control'], forecast || on === '2023-03-15' ? 'private, no-cache' : IMMUTABLE, on);
  }
  for (const on of ['', '2023-02-29', '2023-3-1', '2023-03', 'today', '@4', '1678852800000', '2023-03-15T04:00:00', '+012023-01-01']) {
    const got = await get(`${BOARD}?on=${encodeURIComponent(on)}`);
    t.match(got, { status: 400, body: { code: 'invalid-input', errors: [{ pointer: '/on', message: /^must be a civil date/u }] } }, on);
  }
  for (const on of ['0000-12-31', '9999-01-01', '0001-01-01T00:00:00%2B08:00', '9998-12-31T23:59:59-08:00', '9999-12-31T23:59:59Z'])
    t.match((await get(`${BOARD}?on=${on}`)).body, { errors: [{ pointer: '/on', message: /years 0001 to 9998/u }] }, on);
  t.match((await get(`${BOARD}?asOf=0000-01-01T00:00:00Z`)).body, { errors: [{ pointer: '/asOf', message: /years 0001 to 9998/u }] });
  for (const on of ['0001-01-01', '9998-12-31', '0001-01-01T00:00:00Z', '9998-12-31T23:59:59.999Z'])
    t.equal((await get(`${BOARD}?on=${on}`)).status, 200, on);
});

await test('what was read today is read again for ever, from its position and moment', async (t) => {
  changing(t, { now: '2023-03-15T15:59:59.999Z' });
  const seen = await get('/v1/moments');
  t.match(seen.body, { millis: Date.parse('2023-03-15T15:59:59.999Z'), basis: { on: '2023-03-15' } });
  const lasting = String(seen.headers['content-location']);
  for (const now of ['2023-03-15T15:59:59.999Z', '2023-03-15T16:00:00.000Z', '2023-04-10T00:00:00.000Z']) {
    doubles.now = now;
    const again = await get(lasting);
    t.equal(again.text, seen.text, now);
    t.equal(again.headers['cache-control'], IMMUTABLE);
  }
  t.match((await get('/v1/moments?on=2023-03-15')).body, { millis: Date.parse('2023-03-15T15:59:59.999Z') }, 'its day is over');
  t.match((await get('/v1/moments')).body, { millis: Date.parse('2023-04-10T00:00:00.000Z') });
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

/** A toy of its own, as one of several replicas unless said otherwise. */
const another = async (t: Test, change: Parameters<typeof toyApp>[0] = { singleWriter: false }) => {
  const toy = await toyApp(change);
  t.teardown(() => toy.kit.app.close());
  const authorization = `Bearer ${await toy.token({ role: 'office', sub: 'clerk' })}`;
  const send = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await toy.kit.app.inject({ url, headers: { authorization, ...headers } });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
  };
  return { ...toy, authorization, send };
};

await test('a read waits for the views, and not for ever', async (t) => {
  changing(t, { viewsAt: 2, recorded: [...doubles.recorded] });
  t.match((await get(`${BOARD}?asOf=@3`)).body, { owed: 3 });
  t.strictSame(doubles.waits, [{ position: 3, millis: 5000 }], 'a position that the log has and the views have not');
  t.match((await get(`${BOARD}?minPosition=3`)).body, { owed: 4 }, 'that is held already, and the present is all of the log');
  t.strictSame(doubles.waits.slice(1), [{ position: 4, millis: 250 }]);
  t.match((await get(`${BOARD}?minPosition=3&asOf=@1`)).body, { owed: 1 });

  doubles.viewsCatchUp = false;
  doubles.viewsAt = 2;
  for (const query of ['minPosition=3', 'asOf=@4', 'asOf=2023-03-12T00:00:00Z']) {
    const behind = await get(`${BOARD}?${query}`);
    t.equal(behind.status, 503, query);
    t.equal(behind.body['code'], 'views-behind');
    t.match(behind.headers['retry-after'], /^\d+$/u);
  }
});

await test('where nobody else adds to the log, a position beyond its end is refused at once', async (t) => {
  changing(t, {});
  t.match(await get(`${BOARD}?minPosition=5`), {
    status: 400,
    body: { code: 'beyond-the-log', errors: [{ pointer: '/minPosition', message: 'is beyond the log, which ends at 4' }] },
  });
  t.match((await get(`${BOARD}?minPosition=4`)).body, { owed: 4 });
  t.match(await get(`${BOARD}?asOf=@5`), { status: 400, body: { code: 'as-of-out-of-range', errors: [{ pointer: '/asOf' }] } });
  t.equal(doubles.waits.length, 0);
});

await test('on a cluster another replica may be ahead: what it named is waited for, and then it is 503', async (t) => {
  const { doubles: its, send } = await another(t);
  t.match((await send(`${BOARD}?minPosition=9`)).body, { owed: 9 });
  t.strictSame(its.waits, [{ position: 9, millis: 5000 }]);
  t.match((await send(`${BOARD}?asOf=@12`)).body, { owed: 12 }, 'nor is that beyond a log which holds it by then');
  its.viewsCatchUp = false;
  for (const query of ['minPosition=13', 'asOf=@13'])
    t.match(await send(`${BOARD}?${query}`), { status: 503, body: { code: 'views-behind' } }, query);
});

await test('a read sees what the reader has commanded, and waits a moment for what others have', async (t) => {
  const { kit: own, doubles: its, authorization, send, token: tokenOf } = await another(t, {});
  const note = async (who: string): Promise<number> => {
    const answer = await own.app.inject({
      method: 'POST',
      url: '/v1/things/a/renames',
      headers: { authorization: who, 'if-match': '*' },
      payload: { name: 'b' },
    });
    return answer.json<{ readonly position: number }>().position;
  };
  const other = `Bearer ${await tokenOf({ role: 'office', sub: 'another' })}`;
  t.equal(await note(authorization), 5);
  t.match((await send(`${BOARD}?asOf=@2`)).body, { owed: 2 }, 'a time that is named is that time');
  t.equal(its.waits.length, 0);
  t.match((await send(BOARD, { authorization: other })).body, { owed: 5 });
  t.strictSame(its.waits, [{ position: 5, millis: 250 }]);
  t.match((await send(BOARD)).body, { owed: 5 });
  t.equal(its.waits.length, 1, 'once it is there nothing is waited for');
  its.viewsCatchUp = false;
  t.equal(await note(authorization), 6);
  t.match((await send(BOARD, { authorization: other })).body, { owed: 5 }, 'the others get what there is');
  t.match(await send(BOARD), { status: 503, headers: { 'retry-after': '1' }, body: { code: 'views-behind' } }, 'never the state before it');
  t.strictSame(its.waits.slice(1), [
    { position: 6, millis: 250 },
    { position: 6, millis: 5000 },
  ]);
});

await test('whose commands they were: by name, and by the unit of the token', async (t) => {
  const own = createOwnCommands();
  own.note({ role: 'unit', sub: 'a', unit: 'u1' }, 7);
  own.note({ role: 'unit', sub: 'a', unit: 'u1' }, 5);
  own.note({ role: 'office', sub: 'b' }, 9);
  t.equal(own.lastOf({ role: 'unit', sub: 'a', unit: 'u1' }), 7, 'a retry answered with an earlier position takes nothing back');
  t.equal(own.lastOf({ role: 'unit', sub: 'a', unit: 'u2' }), 0);
  t.equal(own.lastOf({ role: 'office', sub: 'a' }), 0);
  t.equal(own.lastOf({ role: 'auditor', sub: 'b' }), 9);
});

await test('a clock that steps back does not judge at a moment before what is known', async (t) => {
  changing(t, { now: '2023-03-10T07:59:59.000Z' });
  t.match((await get(BOARD)).body, { basis: { at: '2023-03-10T08:00:00.000Z', recordedAt: '2023-03-10T08:00:00.000Z' } });
});

await test('an answer about a directive of another zone names that zone', async (t) => {
  const zones: Readonly<Record<string, string>> = { far: 'Asia/Urumqi', near: 'Asia/Shanghai' };
  const { send } = await another(t, {
    directiveTimeZone: ({ directive, task }, position) => (position === 0 ? undefined : zones[directive ?? task?.split('-')[0] ?? '']),
  });
  const zoneOf = async (url: string): Promise<unknown> =>
    ((await send(url)).body['basis'] as Readonly<Record<string, unknown>>)['directiveTimeZone'];
  t.equal(await zoneOf('/v1/notes?directive=far'), 'Asia/Urumqi', 'a filter names it');
  t.equal(await zoneOf('/v1/notes?task=far-1'), 'Asia/Urumqi');
  t.equal(await zoneOf('/v1/notes/far-1'), 'Asia/Urumqi', 'the URL names it');
  t.equal(await zoneOf('/v1/notes?directive=near'), undefined);
  t.equal(await zoneOf('/v1/notes'), undefined);
  t.equal(await zoneOf('/v1/notes/far-1?asOf=@0'), undefined, 'as known at the position');
  t.equal(await zoneOf('/v1/directed'), 'Asia/Urumqi', 'the answer itself names it');
});

await test('an empty log can be read', async (t) => {
  changing(t, { viewsAt: 0, recorded: [] });
  const own = await toyApp();
  t.teardown(() => own.kit.app.close());
  own.doubles.recorded.length = 0;
  own.doubles.viewsAt = 0;
  const got = await own.kit.app.inject({ url: BOARD, headers: { authorization: `Bearer ${await own.token({ role: 'auditor' })}` } });
  t.strictSame(got.json(), { owed: 0, basis: { position: 0, recordedAt: null, on: '2023-03-15', at: NOW, timeZone: 'Asia/Shanghai' } });
});

await test('the ETag of a subject is its revision; 304 only for the very body that was sent', async (t) => {
  changing(t, {});
  const first = await get(THING);
  t.equal(first.headers['etag'], '"12"');
  t.equal(first.headers['vary'], 'authorization, accept');
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

await test('the ETag of any other read stands for what it shows, whenever and wherever it was asked', async (t) => {
  changing(t, { viewsCatchUp: false });
  const tagOf = async (url: string, headers: Record<string, string> = {}) => String((await get(url, headers)).headers['etag']);
  const tag = await tagOf(BOARD);
  t.match(tag, /^W\/"[0-9a-f]{32}"$/u, 'weak: two answers of one tag differ in their basis');
  t.equal(await tagOf(BOARD), tag);
  t.equal((await get(BOARD, { 'if-none-match': tag })).status, 304);
  t.not(await tagOf(`${BOARD}?period=2023-01`), tag);
  t.not(await tagOf(BOARD, unit), tag);
  t.not(await tagOf(BOARD, { accept: 'text/csv' }), tag);
  t.not(await tagOf(`${BOARD}?on=2023-03-16`), tag, 'a forecast says that it is one');
  doubles.viewsAt = 3;
  t.not(await tagOf(BOARD), tag, 'an event was recorded that it shows');
  doubles.viewsAt = 4;
  doubles.now = '2023-03-16T04:00:00.000Z';
  t.equal(await tagOf(BOARD), tag, 'the moment alone has moved');
  t.equal((await get(BOARD, { 'if-none-match': `"x", ${tag}` })).status, 304);
  t.equal((await get(BOARD, { 'if-none-match': '*' })).status, 304);
  t.equal((await get('/v1/things', {}, 'HEAD')).headers['etag'], await tagOf('/v1/things'));
  const half = await tagOf('/v1/things?limit=2');
  doubles.now = '2023-03-17T04:00:00.000Z';
  t.equal(await tagOf('/v1/things?limit=2'), half, 'nor does the moment in the cursor count');
  t.not(await tagOf('/v1/things?limit=3'), half);
});

await test('what is asked of a fixed position and moment has a strong ETag, known before it is computed', async (t) => {
  changing(t, {});
  const { headers } = await get(`${BOARD}?asOf=@2`);
  const tag = String(headers['etag']);
  t.match(tag, /^"[0-9a-f]{32}"$/u);
  const { reads } = doubles;
  t.equal((await get(`${BOARD}?asOf=@2`, { 'if-none-match': tag })).status, 304);
  t.equal((await get(String(headers['content-location']), { 'if-none-match': tag })).status, 304, 'it is the same under its lasting URL');
  t.equal(doubles.reads, reads);
  t.not((await get(`${BOARD}?asOf=@2&on=2023-03-01`)).headers['etag'], tag);
});

await test('an answer is known to be unchanged until the next instant it was held against, not a millisecond longer', async (t) => {
  changing(t, { viewsCatchUp: false, now: '2023-03-15T04:00:00.000Z' });
  const url = '/v1/due?at=2023-03-20T16:00:00.000Z';
  const first = await get(url);
  t.match(first.body, { state: 'not-yet-due' });
  const tag = String(first.headers['etag']);
  const asked = async (now: string, headers: Record<string, string> = { 'if-none-match': tag }): Promise<readonly [number, boolean]> => {
    doubles.now = now;
    const { reads } = doubles;
    const { status } = await get(url, headers);
    return [status, doubles.reads > reads];
  };
  t.strictSame(await asked('2023-03-20T15:59:59.999Z'), [304, false], 'until it is due it is not made again');
  t.strictSame(await asked('2023-03-20T16:00:00.000Z'), [200, true], 'the due instant has passed');
  t.strictSame(await asked('2023-03-20T16:00:00.000Z'), [200, true], 'the old tag stays one of another answer');
  t.strictSame(await asked('2023-03-20T15:59:59.999Z'), [304, true], 'whoever asks of earlier than what was noted last is answered afresh');
  t.strictSame(await asked('2023-03-20T15:59:59.999Z', { 'if-none-match': '"x"' }), [200, true]);
  t.strictSame(await asked('2023-03-20T15:59:59.999Z', { ...unit, 'if-none-match': tag }), [200, true], 'another reader');
  doubles.viewsAt = 3;
  t.strictSame(await asked('2023-03-20T15:59:59.999Z'), [304, true], 'at another position it is made again, though it shows the same');
  doubles.viewsAt = 4;
  for (const [accept, made] of [
    ['application/json', 0],
    ['text/csv', 1],
  ] as const) {
    const timeless = String((await get(BOARD, { accept })).headers['etag']);
    const { reads } = doubles;
    t.equal((await get(BOARD, { accept, 'if-none-match': timeless })).status, 304);
    t.equal(doubles.reads - reads, made, `${accept}: what was held against no instant holds, but a file may write the moment itself`);
  }
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

await test('the language of a file: Chinese for whoever likes it best, else English', async (t) => {
  const cases: readonly (readonly [header: string | undefined, language: string])[] = [
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['zh', 'zh'],
    ['ZH-Hans-CN', 'zh'],
    ['zhuang', 'en'],
    ['de, fr;q=0.9', 'en'],
    ['de, zh;q=0.2', 'zh'],
    ['en;q=0.9, zh;q=0.8', 'en'],
    ['en;q=0.8, zh;q=0.9', 'zh'],
    ['zh;q=0', 'en'],
    ['en, zh', 'en'],
  ];
  for (const [header, language] of cases) t.equal(preferredLanguage(header), language, header ?? 'none');
});

await test('other representations by Accept', async (t) => {
  const csv = await get(`${BOARD}?asOf=@2`, { accept: 'text/csv' });
  t.equal(csv.text, 'owed,on\r\n2,2023-03-02\r\n');
  t.equal(csv.headers['content-type'], 'text/csv; charset=utf-8');
  t.equal(csv.headers['cache-control'], IMMUTABLE);
  t.equal(csv.headers['vary'], 'authorization, accept, accept-language');
  t.equal(csv.headers['content-language'], 'en');
  t.equal(
    csv.headers['content-disposition'],
    'attachment; filename="owed _now_ _-2023-03-02.csv"; filename*=UTF-8\'\'owed%20%22now%22%20%E2%82%AC-2023-03-02.csv',
  );
  const chinese = await get(`${BOARD}?asOf=@2`, { accept: 'text/csv', 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' });
  t.equal(chinese.text, '应报,日期\r\n2,2023-03-02\r\n');
  t.equal(chinese.headers['content-language'], 'zh-CN');
  t.equal(
    chinese.headers['content-disposition'],
    'attachment; filename="owed _now_ _-2023-03-02.csv"; filename*=UTF-8\'\'%E5%BA%94%E6%8A%A5%28%2A%29-2023-03-02.csv',
  );
  t.not(chinese.headers['etag'], csv.headers['etag'], 'another text, another tag');
  t.match((await get(BOARD, { accept: 'text/html, application/*;q=0.5' })).body, { owed: 4 });
  t.match((await get(BOARD, { accept: 'image/png' })).body, { code: 'not-acceptable', status: 406 });
  t.equal((await get(THING, { accept: 'text/html' })).status, 406, 'nor is JSON sent to who takes none');
  t.equal((await get(THING, { accept: 'text/html, */*;q=0.1' })).status, 200);
  t.match((await get(`${BOARD}?format=csv&asOf=@2`, { accept: 'application/json' })).text, /^owed,on/u, 'the URL says more');
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
  t.strictSame(second.body['basis'], first.body['basis'], 'position and moment may not');
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
  const at = endOf('2023-02-01');
  const next = String((await get('/v1/things?limit=1&q=e&asOf=@2&on=2023-02-01')).body['next']);
  t.match((await get(`/v1/things?limit=1&q=e&cursor=${next}`)).body, { items: ['eel'], basis: { position: 2, at } });
  t.equal((await get(`/v1/things?limit=1&q=e&cursor=${next}&asOf=@2&on=2023-02-01`)).status, 200, 'asked with the same times');
  t.equal((await get(`/v1/things?limit=1&q=e&cursor=${next}&on=${at}`)).status, 200);
  const forged = (position: number, key: unknown) => {
    const [, , , filters] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [number, number, string, string];
    return writeCursor({ position, at: Date.parse(at), key, filters });
  };
  const bad: readonly (readonly [query: string, message: RegExp])[] = [
    [`q=x&cursor=${next}`, /other filters/u],
    [`cursor=${next}`, /other filters/u],
    [`q=e&cursor=${next}&asOf=@3`, /another asOf or on/u],
    [`q=e&cursor=${next}&on=2023-02-02`, /another asOf or on/u],
    [`q=e&cursor=${next}&on=2023-02-01T12:00:00Z`, /another asOf or on/u],
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
  t.match(await get(`/v1/things?q=e&cursor=${forged(99, 'bee')}`), {
    status: 400,
    body: { code: 'beyond-the-log', errors: [{ pointer: '/cursor' }] },
  });
  const replica = await another(t);
  replica.doubles.viewsCatchUp = false;
  t.equal(
    (await replica.send(`/v1/things?q=e&cursor=${forged(99, 'bee')}`)).status,
    503,
    'a page begun at a replica ahead of this one waits',
  );
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
      const cursor = { position, at: 1_675_180_799_999, key, filters: 'f' };
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
    t.equal(gate.headers['vary'], 'authorization, accept, accept-datetime');
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
