import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openWorld, seededDir, temporaryDir } from '../support/app.ts';
import { ACTS_AT } from '../support/acts.ts';
import { prepareThings, reads } from '../support/reads.ts';
import { runProgram, startServer, tokenFor } from '../support/process.ts';

/** Secrets are planted wherever the program is given some, and looked for in all that it says. */

const planted = (): string => `PLANTED${randomBytes(12).toString('hex')}`;

await test('what a request brings is not in the log, whatever the level: tokens, bodies, persons', async (t) => {
  const dataDir = await seededDir(t);
  const server = await startServer(t, dataDir, { LOG_LEVEL: 'trace', SEED: 'none' });
  const [inBody, inQuery, inPath, phone] = [planted(), planted(), planted(), planted()];
  const office = await tokenFor(dataDir, { role: 'office' });
  const unit = await tokenFor(dataDir, { role: 'unit', unit: 'shi-ke-ji-ju' });
  const json = { 'content-type': 'application/json' };
  const send = async (url: string, token: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(`${server.url}${url}`, { ...init, headers: { ...json, authorization: `Bearer ${token}` } })).status;
  t.equal(await send('/v1/units', office), 200);
  t.equal(await send(`/v1/units?token=${inQuery}`, office), 400);
  t.equal(await send(`/v1/units?access_token=${office}`, `${office}x`), 401);
  t.equal(await send(`/v1/nothing/${office}`, office), 404);
  t.equal(await send('/v1/units', office, { method: 'POST', body: `{"id":"${inBody}"` }), 400, 'broken JSON');
  t.equal(await send('/v1/units', office, { method: 'POST', body: JSON.stringify({ password: inBody }) }), 400);
  const contacts = [{ name: planted(), phone }];
  t.equal(await send('/v1/contacts', unit, { method: 'POST', body: JSON.stringify({ contacts }) }), 201);
  t.equal(await send('/v1/units', inPath), 401);
  await server.kill('SIGTERM');
  const said = server.stdout() + server.stderr();
  t.match(said, /"url":"\/v1\/contacts"/u, 'the requests are in it');
  const { ledgerKey, tokenKey } = dataFiles(dataDir);
  const signing = readFileSync(ledgerKey, 'utf8').trim().split('+').slice(4).join('+'); // PRIVATE+KEY+<name>+<hash>+<base64>
  const { d: minting = '' } = JSON.parse(readFileSync(tokenKey, 'utf8')) as { readonly d?: string }; // a JWK
  const secrets = [inBody, inQuery, inPath, phone, contacts[0]?.name ?? '', office, unit, signing, minting];
  for (const secret of secrets) {
    t.ok(secret.length > 16, 'a secret that could be found');
    t.notOk(said.includes(secret), `${secret.slice(0, 16)}… is not`);
  }
});

await test('passwords in addresses are in no message of a start that fails, nor of a command', async (t) => {
  const secret = planted();
  const nowhere = '127.0.0.1:9';
  const settings: readonly Readonly<Record<string, string>>[] = [
    { EVENTSTORE_URL: `esdb://duban:${secret}@${nowhere}?tls=false&maxDiscoverAttempts=1` },
    { EVENTSTORE_URL: `esdb://duban:${secret}@:?tls=maybe` },
    { AUTH_JWKS: `https://duban:${secret}@:x/keys` },
    { LEDGER_KEY: `/nowhere/key`, LEDGER_TSA: `http://duban:${secret}@:x/` },
  ];
  for (const setting of settings) {
    const { stdout, stderr, code } = await runProgram(t, ['rebuild'], { DATA_DIR: temporaryDir(t), ...setting });
    t.ok(code === 0 || stderr.length > 0, Object.keys(setting).join());
    t.notOk(
      (stdout + stderr).includes(secret),
      `${Object.keys(setting).join()}: ${stderr.replaceAll(secret, '<the secret>').slice(0, 300)}`,
    );
  }
  const admin = ['setup-eventstore', '--admin', `esdb://admin:${secret}@${nowhere}?tls=false&maxDiscoverAttempts=1`, '--user', 'duban'];
  const { stdout, stderr, code } = await runProgram(t, admin, { DUBAN_PASSWORD: secret });
  t.not(code, 0);
  t.notOk((stdout + stderr).includes(secret), stderr.replaceAll(secret, '<the secret>').slice(0, 300));
});

await test('what is read with a token is kept by no shared cache', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const things = await prepareThings(world);
  for (const [route, { url, who }] of Object.entries(reads)) {
    if (who === 'open' || !route.startsWith('GET')) continue;
    const { status, headers } = await world.office.get(typeof url === 'string' ? url : url(things));
    if (status === 200) t.match(headers['cache-control'], /\b(?:private|no-store)\b/u, route);
  }
});
