import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { backUp } from '../../src/main/backup.ts';
import { openOwnViews } from '../../src/main/open-views.ts';
import { OWN, REPORT } from '../support/acts.ts';
import { SEED_DIRECTIVE, seededDir, temporaryDir } from '../support/app.ts';
import { runProgram, startServer, tokenFor, type Server } from '../support/process.ts';
import { givenOffice, openReplica, untilReady } from './fixture.ts';

/** A copy of a data directory takes its place, or saves a new replica the reading of the whole log. */

const PERIODS = ['2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'];
const OF_TASK = `/v1/tasks/${SEED_DIRECTIVE}-task-26`;
const NO_METER = (): void => undefined;

const outIn = (t: Test): string => join(temporaryDir(t), 'copy');

await test('a replica is seeded from the backup of another that is at work', async (t) => {
  const office = await givenOffice(t);
  const world = await office.replica(office.dataDir);
  const report = (period: string) => world.unit(OWN).post(`${OF_TASK}/reports`, { period, ...REPORT });
  const attached = await world
    .unit(OWN)
    .send<{ readonly sha256: string }>('POST', '/v1/attachments', 'what is attached', { 'content-type': 'application/octet-stream' });
  await report('2023-01');
  await world.settled();

  const out = outIn(t);
  t.same(await backUp({ dataDir: office.dataDir, out, withKeys: false, onAdvance: NO_METER }), {
    kind: 'replica',
    position: 509,
    views: 'built',
    checkpoints: false,
    keys: false,
    personal: false,
  });
  t.equal(statSync(out).mode & 0o077, 0, 'for nobody else to read');
  t.same(
    readdirSync(out).filter((name) => !/^(?:attachments|mirror\.sqlite|views\.sqlite)$/u.test(name)),
    [],
    'nothing else is in it',
  );
  const views = openOwnViews(join(out, 'views.sqlite'));
  t.equal(views.position(), 509, 'the views are at the end of the log');
  t.equal(views.digest(), world.duban().services.views.digest());
  views.close();
  await report('2023-02');
  await report('2023-03');

  cpSync(join(office.dataDir, 'keys'), join(out, 'keys'), { recursive: true });
  const scanned = (): number => office.double.node.served()['scanned'] ?? 0;
  const before = scanned();
  const seeded = await openReplica(t, office.url, out);
  await untilReady(seeded);
  await seeded.settled();
  t.equal(seeded.head(), 511);
  t.ok(scanned() - before < 20, `the cluster went through ${scanned() - before} events for it`);
  await world.settled();
  t.equal(seeded.duban().services.views.digest(), world.duban().services.views.digest());
  t.same(seeded.duban().services.ledger.root(511), world.duban().services.ledger.root(511));
  t.match(await seeded.unit(OWN).post(`${OF_TASK}/reports`, { period: '2023-04', ...REPORT }), { status: 201, body: { position: 512 } });
  t.match(await seeded.auditor.send('GET', `/v1/attachments/${attached.body.sha256}`), { status: 200, text: 'what is attached' });
});

await test('of a directory that nobody uses the views are copied too', async (t) => {
  const office = await givenOffice(t);
  const world = await office.replica(office.dataDir);
  await world.settled();
  const digest = world.duban().services.views.digest();
  await world.close();
  const out = outIn(t);
  mkdirSync(out);
  const done = await backUp({ dataDir: office.dataDir, out, withKeys: true, onAdvance: () => t.fail('the views are built') });
  t.match(done, { kind: 'replica', position: 508, views: 'copied', checkpoints: true, keys: true });
  const copy = await openReplica(t, office.url, out);
  t.equal(copy.duban().services.views.digest(), digest);
  t.match(copy.duban().services.ledger.last(), { size: 508 });

  await t.rejects(backUp({ dataDir: office.dataDir, out, withKeys: false, onAdvance: NO_METER }), {
    message: /is there already, and not empty/u,
  });
  await t.rejects(backUp({ dataDir: temporaryDir(t), out: outIn(t), withKeys: false, onAdvance: NO_METER }), {
    message: /is no data directory/u,
  });
  t.match(await runProgram(t, ['backup'], {}), { code: 2, stderr: /--out is required/u });
});

const reportTo = async (server: Server, token: string, period: string): Promise<number> => {
  const answer = await fetch(`${server.url}${OF_TASK}/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ period, ...REPORT }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { readonly position: number }).position; // as its schema says
};

await test('the embedded log, under a server that writes, and after one that was killed', async (t) => {
  const dataDir = await seededDir(t);
  const server = await startServer(t, dataDir, { SEED: 'none' });
  const token = await tokenFor(dataDir, { role: 'unit', unit: OWN });
  let done = false;
  const writing = (async () => {
    for (const period of PERIODS.slice(0, 4)) await reportTo(server, token, period);
    done = true;
  })();
  const [live, killed] = [outIn(t), outIn(t)];
  const ran = await runProgram(t, ['backup', '--out', live, '--with-keys'], { DATA_DIR: dataDir });
  await writing;
  t.ok(done);
  t.match(ran, { code: 0, stderr: '' });
  const copied = JSON.parse(ran.stdout) as { readonly position: number }; // what the command prints
  t.match(copied, { out: live, kind: 'embedded', views: 'built', checkpoints: true, keys: true });
  t.ok(copied.position >= 508 && copied.position <= 512, `at ${copied.position}`);
  t.match(await runProgram(t, ['verify', live], {}), { code: 0, stdout: /verified/u }, 'it holds by itself');

  const last = await reportTo(server, token, PERIODS[4] ?? '');
  await server.kill('SIGKILL');
  t.ok(existsSync(join(dataDir, 'log.sqlite-wal')), 'the last events are not in the file of the log yet');
  t.match(JSON.parse((await runProgram(t, ['backup', '--out', killed], { DATA_DIR: dataDir })).stdout), { position: last, keys: false });
  t.notOk(existsSync(join(killed, 'keys')));

  writeFileSync(join(live, 'note.txt'), 'a copy is a data directory');
  const restored = await startServer(t, live, { SEED: 'none' });
  t.equal(await reportTo(restored, token, PERIODS[5] ?? ''), copied.position + 1, 'a server goes on from the copy');
});
