import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { openRevocations, revoke, type Revocation, type Revocations } from '../../src/application/revocations.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { temporaryDir } from '../support/app.ts';

/** The list of revoked tokens, as processes that share the keys of a data directory see it. */

const AT = Date.parse('2023-03-15T04:00:00Z');
const DAY = 86_400;

const revocationOf = (jti: string, exp = AT / 1000 + 3600): Revocation => ({
  jti,
  exp,
  reason: '遗失',
  by: 'root',
  at: '2023-03-15T04:00:00.000Z',
});

const open = (t: Test, dataDir: string, clock = { millis: AT }, onFailure: (message: string) => void = () => undefined): Revocations => {
  const list = openRevocations(dataDir, { now: () => Temporal.Instant.fromEpochMilliseconds(clock.millis) }, onFailure);
  t.teardown(list.close);
  return list;
};

const within = async (millis: number, holds: () => boolean): Promise<boolean> => {
  for (const end = performance.now() + millis; performance.now() < end; await sleep(10)) if (holds()) return true;
  return holds();
};

await test('what is revoked is so at once here, within a second elsewhere, and after a restart', async (t) => {
  const dataDir = temporaryDir(t);
  const [here, there] = [open(t, dataDir), open(t, dataDir)];
  t.notOk(here.isRevoked('one'));
  t.ok(here.add(revocationOf('one')));
  t.ok(here.isRevoked('one'));
  t.notOk(here.isRevoked('two'));
  t.ok(await within(1_000, () => there.isRevoked('one')), 'at a replica that shares the keys');
  t.ok(revoke(dataDir, revocationOf('two')), 'by a command beside the server');
  t.ok(await within(1_000, () => here.isRevoked('two')));
  t.same(open(t, dataDir).list().length, 2);
  const { revokedTokens } = dataFiles(dataDir);
  t.same(
    readdirSync(revokedTokens).map((name) => [name.length, (statSync(join(revokedTokens, name)).mode & 0o777).toString(8)]),
    [
      [64, '600'],
      [64, '600'],
    ],
    'a file for each, and no draft is left',
  );
});

await test('the first word stands, but for a later expiry', async (t) => {
  const dataDir = temporaryDir(t);
  const list = open(t, dataDir);
  t.ok(list.add(revocationOf('one', 2_000_000_000)));
  t.notOk(list.add({ ...revocationOf('one', 1_900_000_000), by: 'another' }));
  t.match(list.list(), [{ by: 'root', exp: 2_000_000_000 }]);
  t.notOk(list.add({ ...revocationOf('one', 2_100_000_000), by: 'another' }));
  t.match(list.list(), [{ by: 'root', exp: 2_100_000_000 }]);
});

await test('a token that has expired is dropped from the list, a day later', async (t) => {
  const dataDir = temporaryDir(t);
  const clock = { millis: AT };
  const list = open(t, dataDir, clock);
  list.add(revocationOf('short', AT / 1000 + 60));
  list.add(revocationOf('long', AT / 1000 + 10 * DAY));
  const { revokedTokens } = dataFiles(dataDir);
  clock.millis = AT + (60 + DAY) * 1000;
  await sleep(600);
  t.ok(list.isRevoked('short'), 'a clock that is set back must not make it good again');
  clock.millis += 1;
  t.ok(await within(1_500, () => readdirSync(revokedTokens).length === 1));
  t.notOk(list.isRevoked('short'));
  t.ok(list.isRevoked('long'));
});

await test('an expiry that another process has learnt of is heeded', async (t) => {
  const dataDir = temporaryDir(t);
  const clock = { millis: AT };
  const list = open(t, dataDir, clock);
  list.add(revocationOf('one', AT / 1000 + 60));
  revoke(dataDir, revocationOf('one', AT / 1000 + 10 * DAY));
  clock.millis = AT + 2 * DAY * 1000;
  await sleep(1_100);
  t.ok(list.isRevoked('one'));
  t.match(list.list(), [{ exp: AT / 1000 + 10 * DAY }]);
});

await test('a file that is damaged, or gone, still revokes', async (t) => {
  const dataDir = temporaryDir(t);
  const { revokedTokens } = dataFiles(dataDir);
  revoke(dataDir, revocationOf('one'));
  const [name = ''] = readdirSync(revokedTokens);
  writeFileSync(join(revokedTokens, name), '{"jti":"on');
  const list = open(t, dataDir, { millis: AT + 1000 * DAY * 1000 });
  t.ok(list.isRevoked('one'), 'its name says which token');
  rmSync(revokedTokens, { recursive: true });
  await sleep(1_100);
  t.ok(list.isRevoked('one'), 'a directory that is not mounted for a while makes no token good');
  t.equal(list.fault(), undefined);
});

await test('a list that cannot be read is told', async (t) => {
  const dataDir = temporaryDir(t);
  const failures: string[] = [];
  const list = open(t, dataDir, { millis: AT }, (message) => failures.push(message));
  const { keys, revokedTokens } = dataFiles(dataDir);
  mkdirSync(keys, { recursive: true });
  writeFileSync(revokedTokens, 'no directory');
  t.ok(await within(1_500, () => failures.length > 0));
  t.match(inEnglish(list.fault() ?? ''), /^the list of revoked tokens cannot be read: ENOTDIR/u);
  await sleep(1_100);
  t.equal(failures.length, 1, 'once');
  t.throws(() => openRevocations(dataDir), /ENOTDIR/u, 'nobody starts without it');
  rmSync(revokedTokens);
  t.ok(await within(1_500, () => list.fault() === undefined));
  t.notOk(existsSync(revokedTokens));
});
