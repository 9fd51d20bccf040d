import { cpSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { OWN, REPORT } from '../support/acts.ts';
import { SEED_DIRECTIVE, seededDir, temporaryDir } from '../support/app.ts';
import { runProgram, startProgram, startServer, tokenFor, type Server } from '../support/process.ts';
import { serveHttp } from '../support/serve-http.ts';
import { newIssuer, setOf } from '../support/tokens.ts';

/** Who is let in, by the program as it is run: real keys, real tokens, real HTTP. */

const issuer = await newIssuer('one', { alg: 'RS256' });

const statusOf = async ({ url }: Pick<Server, 'url'>, token: string, path = '/v1/units?limit=1'): Promise<number> =>
  (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

const readinessOf = async ({ url }: Pick<Server, 'url'>): Promise<{ readonly status: number; readonly detail: string | undefined }> => {
  const answer = await fetch(`${url}/health/ready`);
  const { detail } = (await answer.json()) as { readonly detail?: string };
  return { status: answer.status, detail };
};

const until = async (what: string, millis: number, holds: () => Promise<boolean>): Promise<number> => {
  const began = performance.now();
  while (performance.now() - began < millis) {
    if (await holds()) return performance.now() - began;
    await sleep(20);
  }
  throw new Error(`in vain: ${what}`);
};

await test('keys in a file that are of no use stop the start, in one sentence', async (t) => {
  const dir = temporaryDir(t);
  const dataDir = join(dir, 'data');
  const path = join(dir, 'jwks.json');
  const start = () => runProgram(t, ['serve'], { DATA_DIR: dataDir, SEED: 'none', PORT: '0', AUTH_JWKS: path });
  for (const [text, says] of [
    [undefined, 'is not there (ENOENT)'],
    ['<html>', 'is not JSON'],
    ['{"keys":[]}', 'holds no key that verifies EdDSA or RS256'],
  ] as const) {
    if (text !== undefined) writeFileSync(path, text);
    t.match(await start(), {
      code: 1,
      stderr: `AUTH_JWKS: ${path} ${says}: mend it, or set AUTH_JWKS to a file or URL with your issuer's keys\n`,
    });
  }
  t.notOk(existsSync(dataDir), 'before anything is made');
});

await test('an issuer that does not answer: not ready, and why, until it does; then its tokens are held to what is set', async (t) => {
  const state = { status: 503, text: '' };
  const issuers = await serveHttp(t, (_request, response) => {
    response.writeHead(state.status).end(state.text);
  });
  const server = await startServer(t, await seededDir(t), {
    AUTH_JWKS: `${issuers}/jwks`,
    AUTH_ISSUER: 'https://issuer.example',
    AUTH_AUDIENCE: 'duban',
  });
  const told = `AUTH_JWKS: ${issuers}/jwks answers 503`;
  t.match(await readinessOf(server), { status: 503, detail: told });
  const claims = { iss: 'https://issuer.example', aud: 'duban' };
  const good = await issuer.sign(claims);
  t.equal(await statusOf(server, good), 503);
  t.ok(await server.says(new RegExp(`"msg":"${RegExp.escape(told)}"`, 'u')), 'the log has it');
  t.match(await (await fetch(`${server.url}/metrics`)).text(), /^duban_auth_key_failures_total [1-9]/mu);

  state.status = 200;
  state.text = setOf(issuer);
  await until('it is asked again', 10_000, async () => (await readinessOf(server)).status === 200);
  t.equal(await statusOf(server, good), 200);
  for (const [token, why] of [
    [await issuer.sign({ ...claims, aud: 'another' }), 'meant for another'],
    [await issuer.sign({ ...claims, iss: 'https://another.example' }), 'of another issuer'],
    [await issuer.sign({ ...claims, exp: undefined }), 'without end'],
    [await issuer.sign({ ...claims, exp: 1e300 }), 'of no day'],
    [await issuer.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 90_000 }), 'longer than a day'],
    [await tokenFor(await seededDir(t), { role: 'office' }), 'of a local key'],
  ] as const)
    t.equal(await statusOf(server, token), 401, why);
});

await test('a token is made with a name, and is good for nothing within a second of being revoked', async (t) => {
  const dataDir = await seededDir(t);
  const server = await startServer(t, dataDir);
  const [made, admin] = await Promise.all([
    runProgram(t, ['token', '--role', 'unit', '--unit', OWN], { DATA_DIR: dataDir }),
    tokenFor(dataDir, { role: 'admin' }),
  ]);
  const token = made.stdout.trim();
  const { jti = '' } = decodeJwt(token);
  t.equal(await statusOf(server, token), 200);
  const revoked = await runProgram(t, ['token', '--revoke', jti, '--reason', '遗失'], { DATA_DIR: dataDir });
  t.match(revoked, { code: 0, stdout: `${JSON.stringify({ jti })}\n`, stderr: '' });
  t.ok((await until('it is refused', 1_000, async () => (await statusOf(server, token)) === 401)) < 1_000);
  const answer = await fetch(`${server.url}/v1/units`, { headers: { authorization: `Bearer ${token}` } });
  t.match(await answer.json(), { code: 'unauthenticated', detail: 'the token was revoked' });
  t.match(answer.headers.get('www-authenticate'), /invalid_token/u);

  const another = await tokenFor(dataDir, { role: 'unit', unit: OWN });
  t.equal(await statusOf(server, another), 200, 'another of the same unit is as good as before');
  const whole = await runProgram(t, ['token', '--revoke', another], { DATA_DIR: dataDir });
  t.same(JSON.parse(whole.stdout), { jti: decodeJwt(another).jti }, 'the token itself says which');
  await until('it is refused', 1_000, async () => (await statusOf(server, another)) === 401);

  const third = await tokenFor(dataDir, { role: 'auditor' });
  t.equal(await statusOf(server, third), 200);
  const post = (body: object, by = admin): Promise<Response> =>
    fetch(`${server.url}/v1/tokens/revocations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const request = { jti: decodeJwt(third).jti, reason: '离职' };
  t.equal((await post(request, await tokenFor(dataDir, { role: 'office' }))).status, 403);
  const posted = await post(request);
  t.equal(posted.status, 201);
  t.match(await posted.json(), { ...request, by: 'admin', exp: Number, at: String });
  t.equal(await statusOf(server, third), 401, 'at once');
  t.equal((await post(request)).status, 200, 'revoked before');
  for (const exp of [Math.floor(Date.now() / 1000) - 1, 4_000_000_000, 1.5])
    t.equal((await post({ ...request, exp })).status, 400, String(exp));
  const listed = await fetch(`${server.url}/v1/tokens/revocations`, { headers: { authorization: `Bearer ${admin}` } });
  t.match(await listed.json(), { items: [{ jti, reason: '遗失' }, { reason: null }, request] });

  const copy = join(temporaryDir(t), 'copy');
  t.match(await runProgram(t, ['backup', '--out', copy], { DATA_DIR: dataDir }), { code: 0 });
  t.equal(readdirSync(dataFiles(copy).revokedTokens).length, 3, 'a copy takes the list along, also without the keys');

  await server.kill('SIGTERM');
  const restarted = await startServer(t, dataDir);
  for (const refused of [token, another, third]) t.equal(await statusOf(restarted, refused), 401, 'after a restart, too');
  t.equal(await statusOf(restarted, admin), 200);
});

await test('what is revoked at one replica is refused at another that shares the keys', async (t) => {
  const [one, other] = await Promise.all([seededDir(t), seededDir(t)]);
  const shared = join(temporaryDir(t), 'keys');
  cpSync(dataFiles(one).keys, shared, { recursive: true });
  for (const dataDir of [one, other]) {
    const { keys } = dataFiles(dataDir);
    rmSync(keys, { recursive: true });
    symlinkSync(shared, keys);
  }
  const [first, second] = await Promise.all([startServer(t, one), startServer(t, other)]);
  const token = await tokenFor(one, { role: 'auditor' });
  t.equal(await statusOf(first, token), 200);
  t.equal(await statusOf(second, token), 200);
  const { jti } = decodeJwt(token);
  const posted = await fetch(`${first.url}/v1/tokens/revocations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenFor(one, { role: 'admin' })}`, 'content-type': 'application/json' },
    body: JSON.stringify({ jti, reason: '停用' }),
  });
  t.equal(posted.status, 201);
  t.equal(await statusOf(first, token), 401);
  await until('the other hears of it', 1_000, async () => (await statusOf(second, token)) === 401);
});

await test('tokens are made only for units that exist', async (t) => {
  const dataDir = await seededDir(t);
  const token = (unit: string, ...more: readonly string[]) =>
    runProgram(t, ['token', '--role', 'unit', '--unit', unit, ...more], { DATA_DIR: dataDir });
  const wrong = 'shi-ke-ji-j';
  const refused = {
    code: 1,
    stdout: '',
    stderr: `no unit ${wrong} is registered in ${dataDir}: the nearest is ${OWN} (市科技局); --force makes the token all the same\n`,
  };
  t.match(await token(wrong), refused);
  const server = await startServer(t, dataDir);
  t.match(await token(wrong), refused, 'also while a server has the directory');
  const good = await token(OWN);
  t.match(good, { code: 0, stderr: '' });
  t.equal(await statusOf(server, good.stdout.trim()), 200);

  const forced = await token(wrong, '--force');
  t.match(forced, { code: 0, stdout: /^[\w-]+\.[\w-]+\.[\w-]+\n$/u, stderr: '' });
  const send = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${forced.stdout.trim()}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const target = `/v1/tasks/${SEED_DIRECTIVE}-target-3`;
  for (const answer of await Promise.all([
    send('GET', '/v1/tasks'),
    send('GET', target),
    send('GET', '/v1/units'),
    send('GET', '/v1/ledger/checkpoint'),
    send('POST', `${target}/reports`, { period: '2023-03', ...REPORT }),
    send('POST', '/v1/attachments', {}),
  ])) {
    t.equal(answer.status, 403, answer.url);
    t.match(await answer.json(), {
      code: 'unit-not-registered',
      detail: `no unit ${wrong} is registered, so its token speaks for nobody`,
    });
  }

  const office = await tokenFor(dataDir, { role: 'office' });
  const registered = await fetch(`${server.url}/v1/units`, {
    method: 'POST',
    headers: { authorization: `Bearer ${office}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: wrong, name: '市科学技术局（筹）' }),
  });
  t.equal(registered.status, 201);
  t.equal((await send('GET', '/v1/tasks')).status, 200, 'from the moment that it is registered');
  t.match(await token(wrong), { code: 0, stderr: '' });
  t.match(await token('市科学技术局（筹）'), { code: 2, stderr: new RegExp(`that of 市科学技术局（筹） is ${wrong}\n`, 'u') });

  const empty = join(temporaryDir(t), 'none');
  t.match(await runProgram(t, ['token', '--role', 'unit', '--unit', OWN], { DATA_DIR: empty }), {
    code: 1,
    stderr: `there is no log in ${empty} yet, so no unit is registered; --force makes the token all the same\n`,
  });
  t.notOk(existsSync(empty), 'and none is made');
});

await test('token: wrong usage', async (t) => {
  const dataDir = join(temporaryDir(t), 'none');
  const run = (...args: readonly string[]) => runProgram(t, ['token', ...args], { DATA_DIR: dataDir, AUTH_MAX_TTL: '8h' });
  for (const [args, says] of [
    [['--role', 'office', '--ttl', '9h'], /--ttl must be at most 28800s/u],
    [['--role', 'office', '--reason', 'x'], /--reason goes with --revoke/u],
    [['--revoke', 'x', '--role', 'office'], /--revoke goes with --reason alone/u],
    [['--revoke', 'a\nb'], /--revoke takes a token that has a jti, or its jti/u],
    [['--revoke', await issuer.sign()], /--revoke takes a token that has a jti/u],
  ] as const)
    t.match(await run(...args), { code: 2, stdout: '', stderr: says }, args.join(' '));
  t.notOk(existsSync(dataDir));
  const other = await runProgram(t, ['token', '--role', 'office'], { DATA_DIR: dataDir, AUTH_JWKS: '/keys/jwks.json', AUTH_ISSUER: 'us' });
  t.match(other, { code: 0, stderr: /^AUTH_JWKS is set: a service with this setting does not believe tokens of the local key\n$/u });
  t.match(decodeJwt(other.stdout.trim()), { iss: 'us' });
});

await test('no secret reaches what the process writes', async (t) => {
  const dataDir = await seededDir(t);
  const issuers = await serveHttp(t, (_request, response) => {
    response.writeHead(200).end(setOf(issuer));
  });
  const server = await startServer(t, dataDir, {
    LOG_LEVEL: 'trace',
    AUTH_JWKS: issuers.replace('http://', 'http://reader:jwks-password@').concat('/jwks?key=jwks-query'),
  });
  const cluster = startProgram(t, ['serve'], {
    DATA_DIR: join(temporaryDir(t), 'replica'),
    PORT: '0',
    LOG_LEVEL: 'trace',
    EVENTSTORE_URL: 'esdb://duban:cluster-password@127.0.0.1:1?tls=false',
  });
  const migrated = await seededDir(t);
  const failing = Promise.all([
    runProgram(t, ['serve'], { DATA_DIR: join(temporaryDir(t), 'x'), EVENTSTORE_URL: 'esdb://duban:cluster-password@' }),
    runProgram(t, ['serve'], { DATA_DIR: join(temporaryDir(t), 'x'), EVENTSTORE_URL: 'http://duban:cluster-password@127.0.0.1' }),
    runProgram(t, ['migrate', '--from', migrated, '--to', 'esdb://duban:cluster-password@127.0.0.1:1?tls=false'], { DATA_DIR: migrated }),
    runProgram(t, ['serve'], { DATA_DIR: join(temporaryDir(t), 'x'), AUTH_JWKS: 'http://reader:jwks-password@' }),
  ]);

  const token = await issuer.sign({ sub: 'the-office' });
  const stranger = await (await newIssuer('one', { alg: 'RS256' })).sign();
  const authorization = `Bearer ${token}`;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers });
  await until('the keys are there', 5_000, async () => (await readinessOf(server)).status === 200);
  t.equal((await get('/v1/tasks', { authorization })).status, 200);
  t.equal((await get('/v1/tasks', { authorization: `Bearer ${stranger}` })).status, 401);
  t.equal((await get('/v1/tasks', { authorization: 'Basic YmFzaWMtcGFzc3dvcmQ=' })).status, 401);
  t.equal((await get(`/v1/tasks?access_token=${token}`)).status, 401, 'a token in the URL is no token');
  await get('/v1/tasks?token=opaque-token', { authorization });
  await get(`/v1/tasks?q=${token}`, { authorization });
  await get(`/v1/tasks?q=${token.replaceAll('.', '%2e')}`, { authorization });
  await get(`/v1/tasks/${token}`, { authorization });
  await get(`/v1/nothing/${token}?password=query-password`, { authorization });
  await get('/v1/tasks', { authorization, cookie: 'session=cookie-secret' });
  const post = (body: string, type = 'application/json'): Promise<Response> =>
    fetch(`${server.url}/v1/tasks/${SEED_DIRECTIVE}-target-3/reports`, {
      method: 'POST',
      headers: { authorization, 'content-type': type, 'idempotency-key': 'a-private-key-of-the-sender' },
      body,
    });
  await post(JSON.stringify({ period: '2023-03', ...REPORT, narrative: 'body-secret', token: 'body-token' }));
  await post(`{"token":"body-secret" ${token}`);
  await post(`token=body-secret&${token}`, 'application/x-www-form-urlencoded');
  await server.kill('SIGTERM');

  await cluster.kill('SIGTERM');
  const failed = await failing;
  const written = [server, cluster, ...failed.map((ran) => ({ stdout: () => ran.stdout, stderr: () => ran.stderr }))]
    .map(({ stdout, stderr }) => stdout() + stderr())
    .join('\n');
  t.match(written, /"url":"\/v1\/tasks\?access_token=\[redacted\]"/u, 'that it was tried is in the log');
  t.match(written, /"sub":"the-office"/u);
  const [, claims = '', signature = ''] = token.split('.');
  const planted = [
    token,
    claims,
    signature,
    stranger.split('.')[2] ?? '',
    Buffer.from('reader:jwks-password').toString('base64'),
    'opaque-token query-password cookie-secret YmFzaWMtcGFzc3dvcmQ basic-password body-secret body-token'.split(' '),
    'a-private-key-of-the-sender jwks-password jwks-query cluster-password'.split(' '),
  ].flat();
  t.same(
    planted.filter((secret) => written.includes(secret)),
    [],
  );
});
