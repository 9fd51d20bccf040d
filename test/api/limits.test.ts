import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { test, type Test } from 'tap';
import { DEFAULT_LIMITS, type Limits } from '../../src/http/limits/limits.ts';
import { createTurns } from '../../src/http/limits/turns.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { CHUNK_BYTES, eventStream } from '../../src/api/log/event-stream.ts';
import { OTHER, OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** What one client may take, over real HTTP: each limit is set low, reached, and found to hold for nobody else. */

const PATIENCE_MILLIS = 30_000;

const limited = (t: Test, limits: Partial<Limits>): Promise<World> => openWorld(t, { overHttp: true, limits });
const portOf = (world: World): number => (world.app().server.address() as AddressInfo).port; // it listens on a port, not on a pipe

/** A connection of its own, and all that comes on it until it is closed. */
const raw = async (t: Test, world: World): Promise<{ readonly socket: Socket; readonly all: Promise<string> }> => {
  const socket = connect(portOf(world), '127.0.0.1');
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part;
  });
  socket.on('error', () => undefined);
  return { socket, all: once(socket, 'close').then(() => text) };
};

await test('one subject may send so many requests a minute, and another is not counted with it', async (t) => {
  const world = await limited(t, { requests: 3, requestsOfAddress: 4 });
  for (let n = 0; n < 3; n += 1) t.equal((await world.office.get('/v1/units')).status, 200);
  const refused = await world.office.get<ProblemBody>('/v1/units');
  t.match(refused, { status: 429, body: { code: 'too-many-requests' }, headers: { 'content-type': /^application\/problem\+json/u } });
  t.ok(Number(refused.headers['retry-after']) >= 1);
  t.equal((await world.auditor.get('/v1/units')).status, 200);
  t.equal((await world.unit(OWN).get('/v1/units')).status, 200);

  for (let n = 0; n < 4; n += 1) t.equal((await world.nobody.get('/v1/units')).status, 401);
  t.match(
    await world.nobody.get('/v1/units'),
    { status: 429, headers: { 'retry-after': /^[1-9]\d*$/u } },
    'nor one address without a token',
  );
  t.match(await world.nobody.get('/openapi.json'), { status: 429 });
  t.equal((await world.auditor.get('/v1/units')).status, 200, 'who has a token is known by it');
  for (let n = 0; n < 6; n += 1) t.equal((await world.nobody.get('/health/live')).status, 200, 'whoever watches it is not counted');
});

await test('a proxy that is trusted says whose address it is', async (t) => {
  const world = await limited(t, { requestsOfAddress: 1, trustedProxies: ['127.0.0.1'] });
  const from = async (address: string): Promise<number> => (await world.nobody.get('/v1/units', { 'x-forwarded-for': address })).status;
  t.same([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.2')], [401, 429, 401]);
  const distrusting = await limited(t, { requestsOfAddress: 1 });
  const claimed = async (address: string): Promise<number> =>
    (await distrusting.nobody.get('/v1/units', { 'x-forwarded-for': address })).status;
  t.same([await claimed('10.0.0.1'), await claimed('10.0.0.2')], [401, 429]);
});

await test('heavy reads wait for their turn, so many of one subject, and do not keep others', async (t) => {
  const world = await limited(t, { reads: { atOnce: 2, atOnceOfOne: 1, waiting: 40, waitingOfOne: 10 } });
  await world.settled();
  const heavy = `/v1/obligations?directive=${SEED_DIRECTIVE}&limit=500`;
  const asked = Array.from({ length: 40 }, () => world.office.send<ProblemBody>('GET', heavy));
  const other = await world.auditor.send('GET', `/v1/tasks/${SEED_DIRECTIVE}-target-1`);
  t.equal(other.status, 200);
  const statuses = Map.groupBy(await Promise.all(asked), ({ status }) => status);
  t.same(
    [...statuses.keys()].toSorted((a, b) => a - b),
    [200, 429],
  );
  t.ok((statuses.get(200)?.length ?? 0) >= 11, 'those that were begun and those that could wait');
  for (const { body, headers } of statuses.get(429) ?? []) t.match([body.code, headers['retry-after']], ['too-many-reads', '1']);
  t.equal((await world.office.send('GET', heavy)).status, 200, 'and afterwards it may ask again');
});

await test('while the process hears requests late they are refused, but for those who watch it', async (t) => {
  const world = await limited(t, { delayMillis: 10 });
  await world.nobody.get('/health/live');
  /** Keeps the process from everything else, again and again. */
  const busy = setInterval(() => {
    const end = performance.now() + 120;
    while (performance.now() < end);
  }, 1);
  t.teardown(() => clearInterval(busy));
  const end = performance.now() + PATIENCE_MILLIS;
  let answer = await world.office.send<ProblemBody>('GET', '/v1/units');
  while (answer.status === 200 && performance.now() < end) answer = await world.office.send<ProblemBody>('GET', '/v1/units');
  t.match(answer, { status: 503, body: { code: 'overloaded' }, headers: { 'retry-after': '2' } });
  t.equal((await world.nobody.send('GET', '/health/live')).status, 200);
  t.equal((await world.nobody.send('GET', '/metrics')).status, 200);
  clearInterval(busy);
  while (answer.status !== 200 && performance.now() < end) answer = await world.office.send<ProblemBody>('GET', '/v1/units');
  t.equal(answer.status, 200, 'and it ends by itself');
});

const streamOf = async (t: Test, world: World, token: string): Promise<{ readonly socket: Socket; readonly all: Promise<string> }> => {
  const stream = await raw(t, world);
  stream.socket.write(`GET /v1/log/stream?after=0 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
  return stream;
};

await test('so many follow the log, and so many of one subject; who leaves makes room', async (t) => {
  const world = await limited(t, { streams: { atOnce: 3, atOnceOfOne: 2, stalledMillis: 60_000 } });
  const open = async (role: 'office' | 'auditor' | 'admin') => {
    const stream = await streamOf(t, world, await world.tokenOf(role));
    const [head] = (await once(stream.socket, 'data')) as [string];
    return { ...stream, head };
  };
  const first = await open('office');
  t.match([first.head, (await open('office')).head], [/ 200 /u, / 200 /u]);
  t.match((await open('office')).head, / 429 .*too-many-streams/su);
  t.match((await open('auditor')).head, / 200 /u);
  t.match((await open('admin')).head, / 503 .*overloaded/su, 'all have as many as there can be');
  first.socket.destroy();
  const end = performance.now() + PATIENCE_MILLIS;
  let again = await open('office');
  while (!/ 200 /u.test(again.head) && performance.now() < end) again = await open('office');
  t.match(again.head, / 200 /u);
});

/** A log without end of one large event. */
const endless = (event: StoredEvent) => {
  let pages = 0;
  return {
    pages: () => pages,
    store: {
      readAll: (after: number, count: number): readonly StoredEvent[] => {
        pages += 1;
        return Array.from({ length: count }, (_, n) => ({ ...event, envelope: event.envelope, position: after + n + 1 }));
      },
    },
  };
};

await test('a reader that takes nothing holds a page in memory, and is given up after a while; one that reads is not', async (t) => {
  const world = await openWorld(t);
  const event = world.duban().services.store.at(1);
  if (event === undefined) throw new Error('the log is empty');
  const follow = (onStalled: () => void) => {
    const { pages, store } = endless(event);
    const closing = new AbortController();
    const turns = createTurns(DEFAULT_LIMITS.reads);
    const news = { listen: () => () => undefined };
    const reader = { store, news, turns, subject: 'x', after: 0, endings: [closing.signal], stalledMillis: 500, onStalled };
    const content = Readable.from(eventStream(reader), { objectMode: false, highWaterMark: CHUNK_BYTES });
    t.teardown(() => content.destroy());
    return { pages, content };
  };
  const stalled = Promise.withResolvers<void>();
  const slow = follow(stalled.resolve);
  await once(slow.content, 'readable');
  await stalled.promise;
  t.ok(slow.pages() <= 4, 'nothing is read that nobody takes');
  t.ok(slow.content.readableLength <= 3 * CHUNK_BYTES);

  let given = 0;
  const quick = follow(() => t.fail('it was taken'));
  for await (const chunk of quick.content) {
    given += (chunk as Buffer).length; // the stream is one of bytes
    if (given > 20 * CHUNK_BYTES) break;
  }
  t.ok(quick.pages() > slow.pages());
});

await test('a request that arrives too slowly is given up', async (t) => {
  const world = await limited(t, { headersMillis: 300, requestMillis: 600 });
  const head = await raw(t, world);
  head.socket.write('GET /v1/units HTTP/1.1\r\nhost: x\r\n');
  t.match(await head.all, /^HTTP\/1\.1 408 .*request-timeout/su);
  const body = await raw(t, world);
  body.socket.write(
    `POST /v1/units HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await world.tokenOf('office')}\r\n` +
      'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"id":',
  );
  t.match(await body.all, /^HTTP\/1\.1 408 .*request-timeout/su);
});

await test('URLs, JSON and pages have bounds', async (t) => {
  const world = await limited(t, { urlLength: 300, jsonDepth: 5, jsonMembers: 100, pageBytes: 4_000 });
  t.match(await world.office.get(`/v1/units?q=${'a'.repeat(300)}`), { status: 414, body: { code: 'url-too-long' } });
  const deep = `{"id":"a","name":${'['.repeat(9)}${']'.repeat(9)}}`;
  const json = { 'content-type': 'application/json' };
  t.match(await world.office.post('/v1/units', deep, json), { status: 400, body: { detail: /nested deeper than 5 levels/u } });
  const many = `{"id":"a","name":"甲","aliases":[${Array.from({ length: 101 }, (_, n) => `"a${n}"`).join(',')}]}`;
  t.match(await world.office.post('/v1/units', many, json), { status: 400, body: { detail: /more than 100 members/u } });
  t.match(
    await world.office.post('/v1/units', '{"id":"a-1","name":"甲, [乙] {丙"}', json),
    { status: 201 },
    'what stands in a text is text',
  );

  const url = `/v1/tasks?directive=${SEED_DIRECTIVE}`;
  const page = await world.auditor.get<ListBody<{ readonly id: string }> & { readonly total: number }>(`${url}&limit=500`);
  t.ok(page.text.length < 8_000 && page.body.items.length > 0 && page.body.next !== null);
  const ids = (await world.all<{ readonly id: string }>(world.auditor, url)).map(({ id }) => id);
  t.equal(ids.length, page.body.total, 'page by page nothing is left out');
  t.equal(new Set(ids).size, ids.length);
  const events = await world.auditor.get<{ readonly items: readonly unknown[]; readonly next: number }>('/v1/log/events?limit=500');
  t.ok(events.body.items.length > 0 && events.body.items.length < 20);
  t.equal(events.body.next, events.body.items.length);
});

await test('a unit may send so many attachments, and so many bytes; the office is not bound', async (t) => {
  const world = await limited(t, { attachmentBytes: 100, attachmentsOfUnit: 3, attachmentBytesOfUnit: 150 });
  const octets = { 'content-type': 'application/octet-stream' };
  const send = async (text: string, who = world.unit(OWN)): Promise<readonly [number, unknown]> => {
    const { status, body } = await who.post<Partial<ProblemBody>>('/v1/attachments', text, octets);
    return [status, body.code];
  };
  t.same(await send('a'.repeat(101)), [413, 'body-too-large']);
  t.same(await send('a'.repeat(90)), [201, undefined]);
  t.same(await send('b'.repeat(61)), [409, 'attachment-quota'], 'too many bytes with what it has sent');
  t.same(await send('b'.repeat(10)), [201, undefined]);
  await world.restart();
  t.same(await send('c'), [201, undefined]);
  t.same(await send('d'), [409, 'attachment-quota'], 'what it has sent is counted again after a restart');
  t.same(await send('d', world.unit(OTHER)), [201, undefined]);
  t.same(await send('d', world.office), [201, undefined]);
});

await test('the defaults are no hindrance to what an office does in a day', (t) => {
  t.ok(DEFAULT_LIMITS.requests >= 10_000 && DEFAULT_LIMITS.reads.waitingOfOne >= 200 && DEFAULT_LIMITS.pageBytes >= 1024 * 1024);
  t.end();
});
