import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openOwnViews } from '../../src/main/open-views.ts';
import { startProjector } from '../../src/projecting/projector.ts';
import { leafHash, rootFromLeaves } from '../../src/tlog/index.ts';
import { handTask } from '../support/acts.ts';
import { temporaryDir, type ProblemBody, type World } from '../support/app.ts';
import { startDouble, type Double } from '../support/eventstoredb-double.ts';
import { startProgram } from '../support/process.ts';
import { eventually, openReplica, untilReady } from './fixture.ts';
import { writeLongLog } from './long-log.ts';

/** A replica that starts from nothing on a long log: what it says meanwhile, and what it then has. */

const EVENTS = 12_000;
/** At which the cluster stops to deliver until it is let go on. */
const HELD_AT = 4_000;

type Held = { readonly double: Double; readonly letGo: () => void };

const givenLongLog = async (t: Test): Promise<Held> => {
  const double = await startDouble();
  t.teardown(double.close);
  writeLongLog(double, EVENTS);
  const held = Promise.withResolvers<void>();
  let sent = 0;
  double.node.faults.lag = () => {
    sent += 1;
    return sent > HELD_AT ? held.promise : undefined;
  };
  return { double, letGo: held.resolve };
};

/** What is in the cluster, as everybody must have it. */
const rootOf = ({ log }: Double): string =>
  Buffer.from(
    rootFromLeaves(
      log
        .all()
        .filter(({ stream }) => !stream.startsWith('$'))
        .map(({ data }) => leafHash(data)),
    ),
  ).toString('hex');

/** The digest of views that follow the same log event by event, in one thread. */
const followedDigest = async (t: Test, world: World): Promise<string> => {
  const views = openOwnViews(join(temporaryDir(t), 'views.sqlite'));
  const store = world.duban().services.store;
  const projector = startProjector({
    store: { ...store, head: () => ({ position: 0, recordedAt: null }) }, // too short to be built at once
    views,
    onError: (error) => t.fail(String(error)),
  });
  await views.waitFor(store.head().position, 60_000);
  await projector.close();
  const digest = views.digest();
  views.close();
  return digest;
};

const isWhole = async (t: Test, world: World, double: Double): Promise<void> => {
  const { services } = world.duban();
  t.equal(services.store.head().position, EVENTS);
  t.equal(services.views.position(), EVENTS);
  t.equal(Buffer.from(services.ledger.root(EVENTS)).toString('hex'), rootOf(double), 'the same root');
  t.equal(services.views.digest(), await followedDigest(t, world), 'the same rows');
};

await test('a replica that is being filled says how far it is, and nothing else', async (t) => {
  const { double, letGo } = await givenLongLog(t);
  const world = await openReplica(t, double.url, temporaryDir(t));
  const ready = () => world.nobody.send<ProblemBody>('GET', '/health/ready');
  await eventually('all that was sent is sequenced', () => world.head() > HELD_AT - 10);
  await eventually('views are built of what is there', () => (world.duban().projector.rebuilding()?.position ?? 0) === world.head());
  const { status, body } = await ready();
  t.equal(status, 503);
  t.match(body, { code: 'not-ready', detail: /the mirror is being filled from the cluster: at \d+ of \d+/u });
  const catchingUp = body.facts?.['catchingUp'] as Record<string, number>;
  t.match(catchingUp, { stage: 'mirror', position: world.head() });
  const toCome = EVENTS - world.head();
  t.ok(Math.abs((catchingUp['behind'] ?? 0) - toCome) < toCome / 4, `behind by ${catchingUp['behind']}, in truth ${toCome}`);

  t.match(
    await world.auditor.send('GET', '/v1/tasks'),
    { status: 503, body: { code: 'views-behind' } },
    'no part of the log is told as the whole',
  );
  t.match(await world.office.post('/v1/tasks', handTask('too-early')), { status: 503 });
  t.equal(world.duban().services.views.position(), 0);

  letGo();
  await untilReady(world);
  t.match(await ready(), { status: 200, body: { ready: true } });
  await isWhole(t, world, double);
});

await test('stopped while it is filled, a replica goes on where it was', async (t) => {
  const { double, letGo } = await givenLongLog(t);
  const dataDir = temporaryDir(t);
  const world = await openReplica(t, double.url, dataDir);
  await eventually('views are being built', () => (world.duban().projector.rebuilding()?.position ?? 0) > 0);
  const restarting = world.restart(() => {
    t.notOk(existsSync(`${dataFiles(dataDir).views}.next`), 'what was begun is thrown away');
  });
  letGo();
  await restarting;
  await untilReady(world);
  await world.settled();
  await isWhole(t, world, double);
});

await test('killed while it is filled, a replica goes on where it was', async (t) => {
  const { double, letGo } = await givenLongLog(t);
  const dataDir = temporaryDir(t);
  const program = startProgram(t, ['serve'], { DATA_DIR: dataDir, PORT: '0', SEED: 'none', EVENTSTORE_URL: double.url });
  const [, url = ''] = await program.says(/"msg":"listening on (http:\/\/[^"]+)"/u);
  await program.says(/"msg":"taking in the log of the cluster: \d+ events/u);
  const answer = await fetch(`${url}/health/ready`);
  t.equal(answer.status, 503, 'it listens, and is not ready');
  t.ok(existsSync(`${dataFiles(dataDir).views}.next`), 'views are being built');
  await program.kill('SIGKILL');

  letGo();
  const world = await openReplica(t, double.url, dataDir);
  await untilReady(world);
  await world.settled();
  await isWhole(t, world, double);
});
