import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test, type Test } from 'tap';
import { openWorld } from '../support/app.ts';

/** Requests that only a hand, or a tool against a proxy, writes: each is answered as the client's fault, or as what it says. */

const BODY = '{"id":"odd","name":"怪局"}';
const LENGTH = `Content-Length: ${Buffer.byteLength(BODY)}\r\n`;

const asked = async (t: Test) => {
  const world = await openWorld(t, { seeded: false, overHttp: true });
  const { port } = world.app().server.address() as AddressInfo; // it listens on a port
  const token = await world.tokenOf('office');
  const authorization = `Authorization: Bearer ${token}\r\n`;
  const raw = async (sent: string | Buffer): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(10_000, () => socket.destroy());
    socket.write(sent);
    return text(socket);
  };
  const get = (path: string, headers = authorization): Promise<string> =>
    raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`);
  const post = (headers: string, body: string): Promise<string> =>
    raw(
      `POST /v1/units HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n${authorization}${headers}\r\n${body}`,
    );
  return { world, authorization, raw, get, post };
};

await test('a request that two readers would read in two ways is refused', async (t) => {
  const { world, authorization, get, post, raw } = await asked(t);
  const chunked = 'Transfer-Encoding: chunked\r\n';
  const whole = `${Buffer.byteLength(BODY).toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
  for (const [headers, body] of [
    [`${LENGTH}${chunked}`, whole],
    [`${chunked}Transfer-Encoding: identity\r\n`, whole],
    ['Transfer-Encoding: xchunked\r\n', whole],
    ['Transfer-Encoding : chunked\r\n', whole],
    [`${LENGTH}Content-Length: 3\r\n`, BODY],
    ['Content-Length: +5\r\n', 'hello'],
    [chunked, '-1\r\nx\r\n0\r\n\r\n'],
    [`${LENGTH}Content-Type: text/plain\r\n`, BODY],
    [`${LENGTH}${authorization}`, BODY],
    [`${LENGTH}Host: b\r\n`, BODY],
    [`${LENGTH}Idempotency-Key: a\r\nIdempotency-Key: b\r\n`, BODY],
  ] as const)
    t.match(await post(headers, body), /^HTTP\/1\.1 400 /u, headers);
  t.match(await get('/v1/units', `Authorization: Bearer x\r\n${authorization}`), /^HTTP\/1\.1 400 [\s\S]*authorization stands twice/u);
  t.match(await raw(`GET /v1/units HTTP/1.1\nHost: a\n${authorization}\n`), /^HTTP\/1\.1 400 /u, 'lines end as they must');
  t.equal(world.head(), 0, 'nothing was recorded');
  t.match(await post(`${LENGTH}Expect: 100-continue\r\n`, BODY), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /u);
  t.equal(world.head(), 1);
});

await test('Chinese text that stands unencoded in a URL is refused, with how it is written', async (t) => {
  const { authorization, get, raw } = await asked(t);
  const end = ` HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${authorization}\r\n`;
  const encodings = { 'UTF-8': Buffer.from('局'), GB18030: Buffer.from([0xbe, 0xd6]) };
  for (const [encoding, bytes] of Object.entries(encodings))
    for (const before of ['/v1/units?q=', '/v1/units/', '/v1/units?q=a'])
      t.match(
        await raw(Buffer.concat([Buffer.from(`GET ${before}`), bytes, Buffer.from(end)])),
        /^HTTP\/1\.1 400 [\s\S]*malformed-request[\s\S]*percent-encode/u,
        `${encoding} after ${before}`,
      );
  const inChinese = await raw(`GET /v1/units?q=局 HTTP/1.1\r\nHost: a\r\nAccept-Language: zh-CN,en;q=0.5\r\n${authorization}\r\n`);
  t.match(inChinese, /content-language: zh-CN[\s\S]*网址中有未经编码/u, 'in the language of its reader');
  t.match(await get('/v1/units?q=%E5%B1%80'), /^HTTP\/1\.1 200 /u, 'as the refusal writes it');
  t.notMatch(await get('/v1/units?q=\u0001'), 'percent-encode', 'another fault is not taken for it');
});

await test('a query that is encoded from another encoding than UTF-8, or not at all, is refused', async (t) => {
  const { world } = await asked(t);
  for (const q of ['%BF%C6%BC%BC', '%FF', '%ED%A0%80', '%zz', '100%'])
    t.match(
      await world.office.send('GET', `/v1/units?q=${q}`),
      { status: 400, body: { code: 'malformed-request', detail: /percent-encoded UTF-8/u } },
      q,
    );
  t.match(await world.office.send('GET', '/v1/units?q=%E7%A7%91+100%25'), { status: 200 });
});

await test('a path leads out of nothing', async (t) => {
  const { get } = await asked(t);
  for (const folder of ['/docs/static/', '/docs/', '/v1/', '/problems/', '/v1/attachments/', '/v1/ledger/tile/'])
    for (const path of [
      '%2e%2e/%2e%2e/package.json',
      '..%2f..%2fpackage.json',
      '../../package.json',
      '%00',
      'a%00b',
      '%5c..%5cpackage.json',
      '.env',
    ]) {
      const answer = await get(`${folder}${path}`);
      t.match(answer, /^HTTP\/1\.1 (?:400|404) /u, `${folder}${path}`);
      t.notMatch(answer, '"dependencies"');
    }
  t.match(await get('//evil.example/'), /^HTTP\/1\.1 404 /u, 'nor to another server');
});
