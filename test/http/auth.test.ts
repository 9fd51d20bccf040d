import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { test, type Test } from 'tap';
import { createAuth, localAuth, type Auth, type AuthOptions } from '../../src/http/auth.ts';
import { readJwks } from '../../src/http/jwks.ts';
import { fixedKeys, type KeySet } from '../../src/http/key-set.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import { Problem } from '../../src/http/problem.ts';
import { LONGEST_TTL, type TokenRules } from '../../src/http/token-claims.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { newIssuer, setOf, withClaims, type Claims, type Issuer } from '../support/tokens.ts';
import { toyKey } from './toy-app.ts';
import { isMessage } from '../../src/messages/message.ts';
import { Told } from '../../src/messages/told.ts';

const NOW = '2023-03-15T04:00:00.000Z';
const SECONDS = Date.parse(NOW) / 1000;
const DAY = 86_400;

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

const then = { now: () => Date.parse(NOW) };
const ed = await newIssuer('ed', then);
const rsa = await newIssuer('rsa', { alg: 'RS256', ...then });
const es = await newIssuer('es', { alg: 'ES256', ...then });
const stranger = await newIssuer('ed', then);

const keysOf = (...issuers: readonly Issuer[]): KeySet => {
  const read = readJwks(setOf(...issuers));
  if (isMessage(read)) throw new Told(read);
  return fixedKeys(read.keys);
};

const RULES: TokenRules = { maxTtl: DAY, clockSkew: 60 };
const authOf = (options: Partial<AuthOptions> = {}): Auth =>
  createAuth({ keys: keysOf(ed, rsa, es), rules: RULES, clock: newClock(), ...options });

await test('a token of a known key, by EdDSA or RS256, says who sends', async (t) => {
  const auth = authOf();
  const byEd = `Bearer ${await ed.sign()}`;
  t.strictSame(await auth(byEd), { role: 'office', sub: 'clerk' });
  t.strictSame(auth(byEd), { role: 'office', sub: 'clerk' }, 'the second time at once');
  t.strictSame(auth(byEd.replace('Bearer ', 'bearer  ')), { role: 'office', sub: 'clerk' }, 'the scheme has no case');
  t.strictSame(await auth(`Bearer ${await rsa.sign({ role: 'unit', unit: 'u1', admin: true, jti: 'one' })}`), {
    role: 'unit',
    sub: 'clerk',
    jti: 'one',
    unit: 'u1',
  });
  t.strictSame(
    await auth(`Bearer ${await ed.sign({ role: 'auditor', unit: 'u1' }, { kid: undefined })}`),
    { role: 'auditor', sub: 'clerk' },
    'only a unit has a unit; one key of its algorithm needs no name',
  );
});

await test('anything else is not let in', async (t) => {
  const auth = authOf();
  const good = await ed.sign();
  const [head = '', body = '', signature = ''] = good.split('.');
  const hmac = await new SignJWT({ role: 'admin', sub: 'x', iat: SECONDS, exp: SECONDS + 60 })
    .setProtectedHeader({ alg: 'HS256', kid: 'ed' })
    .sign(new TextEncoder().encode(JSON.stringify(ed.jwk)));
  const bad: Readonly<Record<string, string>> = {
    garbage: 'abc',
    'another key of the same name': await stranger.sign(),
    'an unknown key': await stranger.sign({}, { kid: 'unknown' }),
    'changed claims': withClaims(good, { role: 'admin', sub: 'clerk', iat: SECONDS, exp: SECONDS + 60 }),
    'a cut signature': `${head}.${body}.${signature.slice(4)}`,
    'no signature': new UnsecuredJWT({ role: 'admin', sub: 'x', iat: SECONDS, exp: SECONDS + 60 }).encode(),
    'an HMAC with the public key': hmac,
    'another algorithm': await es.sign(),
    'the name of a key of another kind': await rsa.sign({}, { kid: 'ed' }),
    'no role': await ed.sign({ role: undefined }),
    'a made-up role': await ed.sign({ role: 'king' }),
    "the system's own role": await ed.sign({ role: 'system' }),
    'a unit without its id': await ed.sign({ role: 'unit' }),
    'a unit with no id at all': await ed.sign({ role: 'unit', unit: 'Not An Id' }),
    'no subject': await ed.sign({ sub: undefined }),
    'a subject that breaks a log line': await ed.sign({ sub: 'a\nb' }),
    'an endless subject': await ed.sign({ sub: 'x'.repeat(201) }),
    'a name that breaks a log line': await ed.sign({ jti: 'a\nb' }),
  };
  for (const [name, token] of Object.entries(bad)) {
    const found = await refusal(auth, `Bearer ${token}`);
    t.equal(found.status, 401, name);
    t.equal(found.more.headers?.['www-authenticate'], 'Bearer error="invalid_token"', name);
  }
  t.equal((await refusal(auth, undefined)).more.headers?.['www-authenticate'], 'Bearer');
  for (const header of ['', 'Bearer', 'Bearer ', `Basic ${good}`, good, `Bearer ${good} x`, 'Bearer ü'])
    t.equal((await refusal(auth, header)).status, 401, header.slice(0, 12));
});

await test('what a token says of time', async (t) => {
  const auth = authOf();
  const good: readonly Claims[] = [
    { exp: SECONDS + 1 },
    { iat: SECONDS, exp: SECONDS + DAY },
    { iat: SECONDS - DAY + 1, exp: SECONDS + 1 },
    { iat: SECONDS + 60, exp: SECONDS + 120 },
    { nbf: SECONDS + 60 },
    { nbf: 0 },
  ];
  for (const claims of good) t.match(await auth(`Bearer ${await ed.sign(claims)}`), { sub: 'clerk' }, JSON.stringify(claims));
  const bad: readonly (readonly [claims: Claims, says: RegExp])[] = [
    [{ exp: SECONDS }, /has expired/u],
    [{ exp: SECONDS - 1 }, /has expired/u],
    [{ exp: undefined }, /when it expires/u],
    [{ exp: 1e300 }, /when it expires/u],
    [{ exp: SECONDS + 0.5 }, /when it expires/u],
    [{ exp: -1 }, /when it expires/u],
    [{ iat: undefined }, /when it was issued/u],
    [{ iat: 0.5 }, /when it was issued/u],
    [{ iat: SECONDS + 61, exp: SECONDS + 120 }, /issued in the future/u],
    [{ nbf: SECONDS + 61 }, /not good yet/u],
    [{ nbf: 1e300 }, /token/u],
    [{ iat: SECONDS, exp: SECONDS + DAY + 1 }, /86401 s, and 86400 s are the most/u],
    [{ iat: SECONDS - DAY, exp: SECONDS + 1 }, /are the most/u],
  ];
  for (const [claims, says] of bad) {
    const found = await refusal(auth, `Bearer ${await ed.sign(claims)}`);
    t.equal(found.status, 401, JSON.stringify(claims));
    t.match(found.message, says, JSON.stringify(claims));
  }
});

await test('issuer and audience are held to what is set, where it is set', async (t) => {
  const rules = { ...RULES, issuer: 'https://issuer.example', audience: 'duban' };
  const auth = authOf({ rules });
  const fit = { iss: 'https://issuer.example', aud: 'duban' };
  for (const claims of [fit, { ...fit, aud: ['other', 'duban'] }]) t.match(await auth(`Bearer ${await ed.sign(claims)}`), { sub: 'clerk' });
  for (const [claims, says] of [
    [{ ...fit, iss: 'https://issuer.example/' }, /\(iss\)/u],
    [{ aud: 'duban' }, /\(iss\)/u],
    [{ ...fit, aud: 'other' }, /\(aud\)/u],
    [{ ...fit, aud: ['dubanx', 'dub'] }, /\(aud\)/u],
    [{ iss: fit.iss }, /\(aud\)/u],
  ] as const)
    t.match((await refusal(auth, `Bearer ${await ed.sign(claims)}`)).message, says, JSON.stringify(claims));
  t.match(await authOf()(`Bearer ${await ed.sign({ iss: 'anybody', aud: 'anything' })}`), { sub: 'clerk' }, 'where neither is set');
});

await test('what was verified is believed until it expires, is revoked, or its key goes', async (t) => {
  const clock = newClock();
  let edition: number | undefined = 1;
  let verified = 0;
  const fixed = keysOf(ed);
  const revoked = new Set<string>();
  const keys: KeySet = {
    ...fixed,
    edition: () => edition,
    keyOf: (header, token) => {
      verified += 1;
      return fixed.keyOf(header, token);
    },
  };
  const auth = authOf({ clock, keys, isRevoked: (jti) => revoked.has(jti) });
  const token = `Bearer ${await ed.sign({ jti: 'one', exp: SECONDS + 3600 })}`;
  const again = async (): Promise<number> => {
    await auth(token);
    return verified;
  };
  t.equal(await again(), 1);
  t.equal(await again(), 1, 'once');
  edition = 2;
  t.equal(await again(), 2, 'and anew when the keys have changed');
  t.equal(await again(), 2);
  edition = undefined;
  t.equal(await again(), 3, 'and each time while there are none to be trusted');
  edition = 3;
  t.equal(await again(), 4);

  revoked.add('one');
  t.match(await refusal(auth, token), { status: 401, message: /revoked/u }, 'at once');
  t.match(
    await refusal(authOf({ keys, clock, isRevoked: (jti) => revoked.has(jti) }), token),
    { message: /revoked/u },
    'before anything is kept',
  );
  revoked.delete('one');
  clock.millis += 3_599_999;
  t.notOk(auth(token) instanceof Promise, 'to the last millisecond');
  clock.millis += 1;
  t.match((await refusal(auth, token)).message, /expired/u);
});

await test('the local key is made once, readable by its owner alone', async (t) => {
  const dir = join(temporary(t), 'data');
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadLocalKey(dir)));
  t.equal(new Set(keys.map(({ kid }) => kid)).size, 1, 'of several that start at once, one makes it');
  t.equal(statSync(dataFiles(dir).tokenKey).mode & 0o777, 0o600);
  t.strictSame(readdirSync(join(dir, 'keys')), ['auth.json'], 'and no draft is left');
  t.strictSame(await loadLocalKey(dir), keys[0]);
  t.match(JSON.parse(readFileSync(dataFiles(dir).tokenKey, 'utf8')), { kty: 'OKP', crv: 'Ed25519' });

  const auth = localAuth(await loadLocalKey(dir), { clock: newClock() });
  const token = await mintToken(await loadLocalKey(dir), { role: 'unit', unit: 'u1', ttl: 60 }, newClock());
  t.match(await auth(`Bearer ${token}`), { role: 'unit', sub: 'u1', unit: 'u1' });
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
  const auth = localAuth(toyKey, { clock });
  const token = await mintToken(toyKey, { role: 'office', sub: '张三', ttl: 30 }, clock);
  const { jti } = decodeJwt(token);
  t.match(jti, /^[0-9a-f-]{36}$/u, 'it has a name, by which it can be revoked');
  t.strictSame(await auth(`Bearer ${token}`), { role: 'office', sub: '张三', jti });
  clock.millis += 30_000;
  t.equal((await refusal(auth, `Bearer ${token}`)).status, 401);
  await t.rejects(mintToken(toyKey, { role: 'unit', ttl: 1 }), /needs a unit/u);
  await t.rejects(mintToken(toyKey, { role: 'office', unit: 'u1', ttl: 1 }), /has no unit/u);
  const told = decodeJwt(await mintToken(toyKey, { role: 'office', ttl: 30, issuer: 'https://us.example', audience: 'duban' }));
  t.match(told, { iss: 'https://us.example', aud: 'duban' }, 'for a service that asks for them');
  const year = await mintToken(toyKey, { role: 'office', ttl: LONGEST_TTL }, clock);
  t.match(await auth(`Bearer ${year}`), { role: 'office' }, 'the local key signs for a year');
  t.match(
    (await refusal(auth, `Bearer ${await mintToken(toyKey, { role: 'office', ttl: LONGEST_TTL + 1 }, clock)}`)).message,
    /are the most/u,
  );
});

await test('a token of the future is the clock’s fault where that is known to be behind, and the sender’s otherwise', async (t) => {
  const fault = 'the last event of the log was recorded later';
  const now = Date.parse(NOW) / 1000;
  const future = { iat: now + 7200, nbf: now + 7200, exp: now + 10_800 };
  const behind = authOf({ clockFault: () => fault });
  t.match(await refusal(authOf(), `Bearer ${await ed.sign(future)}`), { status: 401 });
  t.match(await refusal(behind, `Bearer ${await ed.sign(future)}`), {
    code: 'clock-behind',
    status: 503,
    more: { headers: { 'retry-after': '2' } },
  });
  t.match(
    await refusal(behind, `Bearer ${await ed.sign({ ...future, exp: future.iat + 2 * DAY })}`),
    { status: 401 },
    'one that would not be good then either',
  );
  t.match(await refusal(behind, `Bearer ${await ed.sign({ ...future, exp: future.iat })}`), { status: 401 });
  t.match(
    await refusal(behind, `Bearer ${await ed.sign({ exp: now - 1, iat: now - 100 })}`),
    { status: 401 },
    'nor is one that has expired good',
  );
  t.match(await refusal(behind, `Bearer ${await stranger.sign(future)}`), { status: 401 }, 'and one that nobody knows stays unknown');
});
