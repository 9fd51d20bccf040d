import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { createAuth, type Auth } from '../../src/http/auth.ts';
import { readJwks } from '../../src/http/jwks.ts';
import { fileSource, keySource, urlSource } from '../../src/http/key-source.ts';
import { followKeys, type KeySet, type KeyTiming } from '../../src/http/key-set.ts';
import { Problem } from '../../src/http/problem.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { serveHttp } from '../support/serve-http.ts';
import { newIssuer, setOf } from '../support/tokens.ts';
import { isMessage } from '../../src/messages/message.ts';
import { Told } from '../../src/messages/told.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** The issuer's keys: which are of use, and how they come and go. */

const [first, second, rsa] = await Promise.all([newIssuer('first'), newIssuer('second'), newIssuer('rsa', { alg: 'RS256' })]);

await test('keys that verify EdDSA or RS256 are taken, and of the others it is said why not', async (t) => {
  const es = await newIssuer('es', { alg: 'ES256' });
  const read = readJwks(setOf(first, rsa, es));
  if (isMessage(read)) throw new Told(read);
  t.match(read.keys, [
    { kid: 'first', kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' },
    { kid: 'rsa', kty: 'RSA', alg: 'RS256' },
  ]);
  t.same(read.faults.map(inEnglish), ['key "es" is neither Ed25519 nor RSA']);
  const { n: _, ...rest } = rsa.jwk;
  const short = { ...rest, n: Buffer.concat([Buffer.from([0x80]), Buffer.alloc(126), Buffer.from([1])]).toString('base64url') };
  const why = (text: string): string => {
    const found = readJwks(text);
    return isMessage(found) ? inEnglish(found) : 'is of use';
  };
  const only = (key: object): string => why(JSON.stringify({ keys: [key] })).replace('holds no key that verifies EdDSA or RS256; ', '');
  const reasons: readonly (readonly [key: object, reason: string])[] = [
    [first.jwk, 'is of use'],
    [{ ...first.jwk, alg: 'EdDSA', use: 'sig', key_ops: ['verify'] }, 'is of use'],
    [{ ...first.jwk, alg: 'HS256' }, 'key "first" is for HS256, not for EdDSA'],
    [{ ...rsa.jwk, alg: 'RS384' }, 'key "rsa" is for RS384, not for RS256'],
    [{ ...first.jwk, use: 'enc' }, 'key "first" is for enc, not for signatures'],
    [{ ...first.jwk, key_ops: ['sign'] }, 'key "first" is not for verifying'],
    [{ ...first.jwk, d: 'abc' }, 'key "first" is a private key'],
    [{ ...first.jwk, x: 'abc' }, 'key "first" is not well-formed'],
    [short, 'key "rsa" has 1024 bits, and 2048 are the least'],
    [{ kty: 'oct', k: 'c2VjcmV0' }, 'key 1 is neither Ed25519 nor RSA'],
    [{ kty: 5 }, 'key 1 is no JSON Web Key'],
  ];
  for (const [key, reason] of reasons) t.equal(only(key), reason);
  t.equal(why('{"keys":[]}'), 'holds no key that verifies EdDSA or RS256');
  t.equal(why('keys: []'), 'is not JSON');
  for (const text of ['[]', '{}', '{"keys":{}}', 'null']) t.equal(why(text), 'is no JSON Web Key Set: an object with a list of keys');
});

const QUICK: KeyTiming = { refresh: 40, retry: 20, slowestRetry: 40, cooldown: 10, maxAge: 60_000 };
const SLOW: KeyTiming = { ...QUICK, refresh: 60_000, retry: 60_000, slowestRetry: 60_000 };

type Heard = { readonly changes: string[]; readonly failures: string[] };

const follow = async (t: Test, setting: string, timing: KeyTiming): Promise<{ readonly keys: KeySet; readonly auth: Auth } & Heard> => {
  const heard: Heard = { changes: [], failures: [] };
  const keys = await followKeys(
    keySource(setting),
    { onChange: (message) => heard.changes.push(message), onFailure: (message) => heard.failures.push(message) },
    timing,
  );
  t.teardown(keys.close);
  return { keys, auth: createAuth({ keys, rules: { maxTtl: 86_400, clockSkew: 60 }, clock: systemClock }), ...heard };
};

/** `in`, or the status that is answered. */
const answerTo = async (auth: Auth, token: string): Promise<'in' | number> => {
  try {
    await auth(`Bearer ${token}`);
    return 'in';
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
};

const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + 5_000; performance.now() < end; await sleep(5)) if (await holds()) return;
  throw new Error(`in vain: ${what}`);
};

/** An issuer's server whose answer a test changes. */
const serveKeys = async (t: Test) => {
  const state = { status: 200, text: setOf(first), authorization: '', asked: 0, down: false };
  const url = await serveHttp(t, (request, response) => {
    state.asked += 1;
    state.authorization = request.headers.authorization ?? '';
    if (state.down) request.socket.destroy();
    else response.writeHead(state.status, { 'content-type': 'application/json', location: '/elsewhere' }).end(state.text);
  });
  return { state, url: `${url}/jwks` };
};

/** A file that is whole at every moment, as a mounted secret is. */
const keysFile = (t: Test) => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-keys-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'jwks.json');
  const write = (text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  return { path, write };
};

const rotates = async (t: Test, setting: string, write: (text: string) => void): Promise<void> => {
  const { auth, keys, changes } = await follow(t, setting, QUICK);
  const [byFirst, bySecond] = await Promise.all([first.sign(), second.sign()]);
  t.equal(await answerTo(auth, byFirst), 'in');
  t.equal(await answerTo(auth, bySecond), 401);
  t.equal(keys.fault(), undefined);
  const before = keys.edition();
  write(setOf(first, second));
  await sleep(QUICK.cooldown);
  t.equal(await answerTo(auth, bySecond), 'in', 'a new key is fetched when the first token of it comes');
  t.equal(await answerTo(auth, byFirst), 'in', 'beside the old one');
  t.not(keys.edition(), before);
  write(setOf(second));
  await until('the old key goes', async () => (await answerTo(auth, byFirst)) === 401);
  t.equal(await answerTo(auth, bySecond), 'in', 'an old key that left the set is good for nothing, though its token was verified before');
  t.equal(changes.length, 3, 'each change is told');
};

await test('the keys at a URL come and go', async (t) => {
  const { state, url } = await serveKeys(t);
  await rotates(t, url, (text) => {
    state.text = text;
  });
});

await test('the keys in a file come and go', async (t) => {
  const { path, write } = keysFile(t);
  write(setOf(first));
  await rotates(t, path, write);
});

await test('while the keys cannot be read the last good ones are believed, for a time', async (t) => {
  const { state, url } = await serveKeys(t);
  const { auth, keys, failures } = await follow(t, url, { ...QUICK, maxAge: 300 });
  const [byFirst, bySecond] = await Promise.all([first.sign(), second.sign()]);
  t.equal(await answerTo(auth, byFirst), 'in');
  state.status = 500;
  await until('a failure is told', () => failures.length > 2);
  t.match(failures[0], /^AUTH_JWKS: http:\/\/127\.0\.0\.1:\d+\/jwks answers 500$/u);
  t.equal(await answerTo(auth, byFirst), 'in', 'the last good set holds');
  t.equal(keys.fault(), undefined);
  t.equal(await answerTo(auth, bySecond), 503, 'of an unknown key nobody can say whether it is the issuer’s new one');
  const measured = (name: string): number => keys.measures.find((measure) => measure.name === name)?.read() ?? NaN;
  t.ok(measured('duban_auth_key_failures_total') > 2, 'failures are counted');
  await until('the keys are too old', () => keys.fault() !== undefined);
  t.match(inEnglish(keys.fault() ?? ''), /^the keys that verify tokens are too old; AUTH_JWKS: .* answers 500$/u);
  t.equal(await answerTo(auth, byFirst), 503, 'though its token was verified before');
  t.equal(measured('duban_auth_keys'), 0);
  state.status = 200;
  await until('they are read again', () => keys.fault() === undefined);
  t.equal(await answerTo(auth, byFirst), 'in');
  t.equal(measured('duban_auth_keys'), 1);
});

await test('what a URL may answer instead of keys, in one sentence each', async (t) => {
  const { state, url } = await serveKeys(t);
  const says = async (): Promise<string | undefined> => {
    const { keys, auth, failures } = await follow(t, url, SLOW);
    t.equal(await answerTo(auth, await first.sign()), 503);
    t.equal(failures.length, 1);
    t.equal(inEnglish(keys.fault() ?? ''), failures[0], 'not ready, and why');
    keys.close();
    return inEnglish(keys.fault() ?? '').replace(url, 'it');
  };
  state.text = '<html>';
  t.equal(await says(), 'AUTH_JWKS: it is not JSON');
  state.text = '{"keys":[]}';
  t.equal(await says(), 'AUTH_JWKS: it holds no key that verifies EdDSA or RS256');
  state.text = 'x'.repeat(2 * 1024 * 1024);
  t.equal(await says(), 'AUTH_JWKS: it cannot be fetched: it answers more than 1048576 bytes');
  state.status = 302;
  state.text = '';
  t.equal(await says(), 'AUTH_JWKS: it answers 302', 'whoever can redirect does not choose the keys');
  state.down = true;
  t.match(await says(), /^AUTH_JWKS: it cannot be fetched: .+/u);
});

await test('an issuer that comes to answer after the start is believed from then on', async (t) => {
  const { state, url } = await serveKeys(t);
  state.down = true;
  const { keys, auth } = await follow(t, url, QUICK);
  t.match(inEnglish(keys.fault() ?? ''), /AUTH_JWKS/u);
  const token = await first.sign();
  t.equal(await answerTo(auth, token), 503);
  state.down = false;
  await until('it is asked again', () => keys.fault() === undefined);
  t.equal(await answerTo(auth, token), 'in');
});

await test('tokens of made-up keys do not make us a burden to the issuer', async (t) => {
  const { state, url } = await serveKeys(t);
  const { auth } = await follow(t, url, { ...SLOW, cooldown: 60_000 });
  t.equal(await answerTo(auth, await first.sign()), 'in');
  const made = await Promise.all(Array.from({ length: 30 }, (_, n) => second.sign({}, { kid: `made-up-${n}` })));
  t.same(new Set(await Promise.all(made.map((token) => answerTo(auth, token)))), new Set([401]));
  t.equal(state.asked, 1);
});

await test('user and password of a URL are sent, and told to nobody', async (t) => {
  const { state, url } = await serveKeys(t);
  const secret = url.replace('http://', 'http://reader:p%40ss@').concat('?key=s3cret');
  const source = urlSource(secret);
  t.equal(await source.read(), setOf(first));
  t.equal(Buffer.from(state.authorization.replace('Basic ', ''), 'base64').toString(), 'reader:p@ss');
  t.equal(source.name, url);
  state.down = true;
  const { keys, failures } = await follow(t, secret, SLOW);
  await until('it fails', () => failures.length > 0);
  for (const text of [...failures, inEnglish(keys.fault() ?? '')]) t.notMatch(text, /p%40ss|p@ss|s3cret|reader/u);
});

await test('a file that is of no use is refused at the start, and why is said in one sentence', async (t) => {
  const { path, write } = keysFile(t);
  const heard = { onChange: () => undefined, onFailure: () => undefined };
  const refused = (): Promise<unknown> => followKeys(fileSource(path), heard, QUICK);
  await t.rejects(refused(), { message: `AUTH_JWKS: ${path} is not there (ENOENT)` });
  write('x');
  await t.rejects(refused(), { message: `AUTH_JWKS: ${path} is not JSON` });
  write('[]');
  await t.rejects(refused(), { message: `AUTH_JWKS: ${path} is no JSON Web Key Set: an object with a list of keys` });
  write('{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}');
  await t.rejects(refused(), { message: `AUTH_JWKS: ${path} holds no key that verifies EdDSA or RS256; key 1 is neither Ed25519 nor RSA` });
});

await test('a file that becomes of no use while the service runs does no harm for a time', async (t) => {
  const { path, write } = keysFile(t);
  write(setOf(first));
  const { auth, keys, failures } = await follow(t, path, QUICK);
  write('{"keys":');
  await until('it is told', () => failures.length > 0);
  t.equal(failures[0], `AUTH_JWKS: ${path} is not JSON`);
  t.equal(await answerTo(auth, await first.sign()), 'in');
  t.equal(keys.fault(), undefined);
});
