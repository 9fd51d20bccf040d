import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { ConfigError, readConfig } from '../../src/main/config.ts';
import { createAuth, loadKeys, type Auth } from '../../src/http/auth.ts';
import { loadLocalKey, mintToken, parseTtl } from '../../src/http/local-key.ts';
import { Problem } from '../../src/http/problem.ts';
import { toyKey } from './toy-app.ts';

const NOW = '2023-03-15T04:00:00.000Z';
const SECONDS = Date.parse(NOW) / 1000;

/** A clock that a test turns. */
const newClock = () => {
  const clock = { millis: Date.parse(NOW), now: () => Temporal.Instant.fromEpochMilliseconds(clock.millis) };
  return clock;
};

const temporary = (t: Test): string => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-auth-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  return dir;
};

/** The problem that it ends in; what it gives otherwise is no problem. */
const refusal = async (auth: Auth, header: string | undefined): Promise<Problem> => {
  try {
    await auth(header);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was let in');
};

const claims = (more: Record<string, unknown> = {}) =>
  new SignJWT({ role: 'office', ...more }).setSubject('clerk').setExpirationTime(SECONDS + 60);
const signed = (jwt: SignJWT, key: CryptoKey, alg: string, kid?: string) =>
  jwt.setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);

const publicJwk = async (key: CryptoKey, kid: string): Promise<JWK> => ({ ...(await exportJWK(key)), kid });

const ed = await generateKeyPair('EdDSA', { extractable: true });
const rsa = await generateKeyPair('RS256', { extractable: true });
const other = await generateKeyPair('EdDSA', { extractable: true });
const es = await generateKeyPair('ES256', { extractable: true });
const jwks = { keys: [await publicJwk(ed.publicKey, 'ed'), await publicJwk(rsa.publicKey, 'rsa'), await publicJwk(es.publicKey, 'es')] };

const fileAuth = async (t: Test, clock = newClock()): Promise<Auth> => {
  const path = join(temporary(t), 'jwks.json');
  writeFileSync(path, JSON.stringify(jwks));
  return createAuth(await loadKeys({ jwks: path }), clock);
};

await test('a token of a known key, by EdDSA or RS256, says who sends', async (t) => {
  const auth = await fileAuth(t);
  const byEd = `Bearer ${await signed(claims(), ed.privateKey, 'EdDSA', 'ed')}`;
  t.strictSame(await auth(byEd), { role: 'office', sub: 'clerk' });
  t.strictSame(auth(byEd), { role: 'office', sub: 'clerk' }, 'the second time at once');
  t.strictSame(auth(byEd.replace('Bearer ', 'bearer  ')), { role: 'office', sub: 'clerk' }, 'the scheme has no case');
  t.strictSame(await auth(`Bearer ${await signed(claims({ role: 'unit', unit: 'u1', admin: true }), rsa.privateKey, 'RS256', 'rsa')}`), {
    role: 'unit',
    sub: 'clerk',
    unit: 'u1',
  });
  t.strictSame(
    await auth(`Bearer ${await signed(claims({ role: 'auditor', unit: 'u1' }), ed.privateKey, 'EdDSA')}`),
    { role: 'auditor', sub: 'clerk' },
    'only a unit has a unit',
  );
});

await test('anything else is not let in', async (t) => {
  const auth = await fileAuth(t);
  const good = await signed(claims(), ed.privateKey, 'EdDSA', 'ed');
  const [head = '', body = '', signature = ''] = good.split('.');
  const changed = base64url.encode(JSON.stringify({ role: 'admin', sub: 'clerk', exp: SECONDS + 60 }));
  const hmac = await new SignJWT({ role: 'admin' })
    .setSubject('x')
    .setProtectedHeader({ alg: 'HS256', kid: 'ed' })
    .sign(new TextEncoder().encode(JSON.stringify(jwks.keys[0])));
  const by = async (jwt: SignJWT) => signed(jwt, ed.privateKey, 'EdDSA', 'ed');
  const bad: Readonly<Record<string, string>> = {
    garbage: 'abc',
    'another key': await signed(claims(), other.privateKey, 'EdDSA', 'ed'),
    'an unknown key': await signed(claims(), other.privateKey, 'EdDSA', 'unknown'),
    'changed claims': `${head}.${changed}.${signature}`,
    'a cut signature': `${head}.${body}.${signature.slice(4)}`,
    'no signature': new UnsecuredJWT({ role: 'admin', sub: 'x' }).encode(),
    'an HMAC with the public key': hmac,
    'another algorithm': await signed(claims(), es.privateKey, 'ES256', 'es'),
    expired: await by(claims().setExpirationTime(SECONDS)),
    'not valid yet': await by(claims().setNotBefore(SECONDS + 5)),
    'no role': await by(claims({ role: undefined })),
    'a made-up role': await by(claims({ role: 'king' })),
    "the system's own role": await by(claims({ role: 'system' })),
    'a unit without its id': await by(claims({ role: 'unit' })),
    'a unit with no id at all': await by(claims({ role: 'unit', unit: 'Not An Id' })),
    'no subject': await by(new SignJWT({ role: 'office' }).setExpirationTime(SECONDS + 60)),
    'a subject that breaks a log line': await by(claims().setSubject('a\nb')),
    'an endless subject': await by(claims().setSubject('x'.repeat(201))),
  };
  for (const [name, token] of Object.entries(bad)) {
    const found = await refusal(auth, `Bearer ${token}`);
    t.equal(found.status, 401, name);
    t.equal(found.more.headers?.['www-authenticate'], 'Bearer error="invalid_token"', name);
  }
  t.equal((await refusal(auth, undefined)).more.headers?.['www-authenticate'], 'Bearer');
  for (const header of ['', 'Bearer', 'Bearer ', `Basic ${good}`, good, `Bearer ${good} x`, 'Bearer ü'])
    t.equal((await refusal(auth, header)).status, 401, header.slice(0, 12));
  t.match((await refusal(auth, `Bearer ${bad['expired'] ?? ''}`)).message, /expired/u);
});

await test('a verified token is believed until it expires, and ten minutes at most', async (t) => {
  const clock = newClock();
  const auth = await fileAuth(t, clock);
  const short = `Bearer ${await signed(claims(), ed.privateKey, 'EdDSA', 'ed')}`;
  const long = `Bearer ${await signed(claims().setExpirationTime(SECONDS + 86_400), ed.privateKey, 'EdDSA', 'ed')}`;
  const endless = `Bearer ${await signed(new SignJWT({ role: 'office' }).setSubject('x'), ed.privateKey, 'EdDSA', 'ed')}`;
  await Promise.all([auth(short), auth(long), auth(endless)]);
  clock.millis += 59_999;
  t.notOk(auth(short) instanceof Promise);
  clock.millis += 1;
  t.match((await refusal(auth, short)).message, /expired/u);
  clock.millis = Date.parse(NOW) + 599_999;
  t.notOk(auth(long) instanceof Promise || auth(endless) instanceof Promise);
  clock.millis += 1;
  t.ok(auth(long) instanceof Promise, 'verified again');
  t.strictSame(await auth(endless), { role: 'office', sub: 'x' });
});

await test('keys from a URL follow the issuer; while it cannot be reached that is no fault of the token', async (t) => {
  const served: { keys: readonly JWK[]; status: number } = { keys: [await publicJwk(ed.publicKey, 'ed')], status: 200 };
  const server = createServer((_request, response) => {
    response.writeHead(served.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: served.keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/jwks`;

  const token = `Bearer ${await signed(claims(), ed.privateKey, 'EdDSA', 'ed')}`;
  const fresh = async () => createAuth(await loadKeys({ jwks: url }), newClock());
  t.strictSame(await (await fresh())(token), { role: 'office', sub: 'clerk' });
  t.equal((await refusal(await fresh(), `Bearer ${await signed(claims(), other.privateKey, 'EdDSA', 'other')}`)).status, 401);
  served.status = 500;
  const down = await refusal(await fresh(), token);
  t.equal(down.status, 503);
  t.equal(down.code, 'keys-unavailable');
  t.ok(down.more.headers?.['retry-after']);
  server.close();
  server.closeAllConnections();
  t.equal((await refusal(await fresh(), token)).code, 'keys-unavailable', 'nobody answers');
});

await test('a file that is no key set stops the start and is named', async (t) => {
  const dir = temporary(t);
  for (const [name, content] of [
    ['a', 'x'],
    ['b', '{}'],
    ['c', '[]'],
  ] as const) {
    writeFileSync(join(dir, name), content);
    await t.rejects(loadKeys({ jwks: join(dir, name) }), { message: `AUTH_JWKS: ${join(dir, name)} does not hold a JSON Web Key Set` });
  }
  await t.rejects(loadKeys({ jwks: join(dir, 'missing') }), /AUTH_JWKS/u);
});

await test('the local key is made once, readable by its owner alone', async (t) => {
  const dir = join(temporary(t), 'data');
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadLocalKey(dir)));
  t.equal(new Set(keys.map(({ kid }) => kid)).size, 1, 'of several that start at once, one makes it');
  t.equal(statSync(dataFiles(dir).tokenKey).mode & 0o777, 0o600);
  t.strictSame(readdirSync(join(dir, 'keys')), ['auth.json'], 'and no draft is left');
  t.strictSame(await loadLocalKey(dir), keys[0]);
  t.match(JSON.parse(readFileSync(dataFiles(dir).tokenKey, 'utf8')), { kty: 'OKP', crv: 'Ed25519' });

  const auth = createAuth(await loadKeys({ local: await loadLocalKey(dir) }), newClock());
  const token = await mintToken(await loadLocalKey(dir), { role: 'unit', unit: 'u1', ttl: 60 }, newClock());
  t.strictSame(await auth(`Bearer ${token}`), { role: 'unit', sub: 'u1', unit: 'u1' });
  t.equal(
    (await refusal(auth, `Bearer ${await mintToken(toyKey, { role: 'office', ttl: 60 }, newClock())}`)).status,
    401,
    'the key of another installation',
  );

  writeFileSync(dataFiles(dir).tokenKey, '{"kty":"OKP"}');
  await t.rejects(loadLocalKey(dir), { message: `${dataFiles(dir).tokenKey} does not hold an Ed25519 private key (JWK)` });
});

await test('minting: role and unit fit, and the token lives as long as it was asked to', async (t) => {
  const clock = newClock();
  const auth = createAuth(await loadKeys({ local: toyKey }), clock);
  const token = await mintToken(toyKey, { role: 'office', sub: '张三', ttl: 30 }, clock);
  t.strictSame(await auth(`Bearer ${token}`), { role: 'office', sub: '张三' });
  clock.millis += 30_000;
  t.equal((await refusal(auth, `Bearer ${token}`)).status, 401);
  await t.rejects(mintToken(toyKey, { role: 'unit', ttl: 1 }), /needs a unit/u);
  await t.rejects(mintToken(toyKey, { role: 'office', unit: 'u1', ttl: 1 }), /has no unit/u);
  t.strictSame(['90s', '30m', '8h', '7d'].map(parseTtl), [90, 1800, 28_800, 604_800]);
  for (const bad of ['', '8', 'h', '0h', '-1h', '1.5h', '8 h', '8H', '1w', '08h', '8h ']) t.equal(parseTtl(bad), undefined, bad);
});

await test('settings come from the environment', async (t) => {
  for (const env of [{}, { PORT: '', HOST: '', EVENTSTORE_URL: '', AUTH_JWKS: '', BODY_LIMIT: '', PATH: '/bin' }]) {
    const config = readConfig(env);
    t.match(
      config,
      { host: '127.0.0.1', port: 3000, dataDir: './data', seed: 'notice', logLevel: 'info', timeZone: 'Asia/Shanghai' },
      'empty is unset',
    );
    t.strictSame([config.eventStoreUrl, config.authJwks, config.bodyLimit], [undefined, undefined, undefined]);
  }
  t.match(
    readConfig({
      HOST: '::',
      PORT: '0',
      DATA_DIR: '/var/duban',
      SEED: 'none',
      EVENTSTORE_URL: 'esdb+discover://a:2113,b:2113?tls=false',
      AUTH_JWKS: 'https://issuer.example/jwks',
      LOG_LEVEL: 'debug',
      TIME_ZONE: 'Asia/Urumqi',
      BODY_LIMIT: '1048576',
    }),
    {
      host: '::',
      port: 0,
      dataDir: '/var/duban',
      seed: 'none',
      eventStoreUrl: 'esdb+discover://a:2113,b:2113?tls=false',
      authJwks: 'https://issuer.example/jwks',
      logLevel: 'debug',
      timeZone: 'Asia/Urumqi',
      bodyLimit: 1_048_576,
    },
  );
  const bad: readonly (readonly [name: string, value: string])[] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['SEED', 'all'],
    ['EVENTSTORE_URL', 'http://localhost:2113'],
    ['AUTH_JWKS', 'https://'],
    ['LOG_LEVEL', 'loud'],
    ['TIME_ZONE', 'Beijing'],
    ['BODY_LIMIT', '12'],
    ['BODY_LIMIT', '1MB'],
  ];
  for (const [name, value] of bad) t.throws(() => readConfig({ [name]: value }), new RegExp(`^${name} must be `, 'u'), `${name}=${value}`);
  t.throws(
    () => readConfig({ PORT: 'x', SEED: 'y' }),
    new ConfigError(['PORT must be a port, 0 to 65535', 'SEED must be notice or none']),
    'every fault at once',
  );
});
