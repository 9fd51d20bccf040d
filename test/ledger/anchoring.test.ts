import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { migrateLog } from '../../src/main/cluster/migrate.ts';
import { openDuban, openDubanOnCluster } from '../../src/main/duban.ts';
import type { LedgerSettings } from '../../src/ledger/service.ts';
import { openReplica, QUICK, siblingDir, untilReady } from '../cluster/fixture.ts';
import { openWorld, seededDir, TIME_ZONE, type ProblemBody, type World } from '../support/app.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { eventually, fileIn, logLine, startWitness, temporaryDir, witnessKey, witnessLines } from './fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** What others vouch for, and what they know that is not here: said where somebody looks. */

type Checkpoints = {
  readonly size: number;
  readonly signedThrough: number;
  readonly anchoredThrough: number;
  readonly unanchored: number;
  readonly unanchoredSince: string | null;
  readonly stopped: string | null;
  readonly waiting: string | null;
};

const rethrow = (error: unknown): never => {
  throw error;
};

/** A port that nobody listens at. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** The figures of /metrics that the ledger gives. */
const figures = async (world: World): Promise<ReadonlyMap<string, number>> => {
  const { text } = await world.admin.send('GET', '/metrics');
  return new Map([...text.matchAll(/^(duban_ledger_\w+) (\S+)$/gmu)].map(([, name = '', value]) => [name, Number(value)]));
};

const report = (world: World, task: string, unit: string) =>
  world.unit(unit).post<ProblemBody>(`/v1/tasks/${task}/reports`, { period: '2023-02', status: 'on-track', narrative: '按计划推进' });

const aTask = async (world: World): Promise<{ readonly task: string; readonly unit: string }> => {
  const tasks = await world.all<{ readonly id: string; readonly assignees: readonly { readonly party: string; readonly kind: string }[] }>(
    world.office,
    '/v1/tasks?kind=task',
  );
  const found = tasks.find(({ assignees }) => assignees[0]?.kind === 'unit');
  return { task: found?.id ?? '', unit: found?.assignees[0]?.party ?? '' };
};

const opening = (settings: LedgerSettings, told: string[]) => ({
  timeZone: TIME_ZONE,
  ledger: settings,
  onError: rethrow,
  onLedger: (message: string) => void told.push(message),
});

await test('with witnesses that are down from the start the office works, and it is said that nobody vouches for it', async (t: Test) => {
  const dataDir = await seededDir(t);
  const before = await openWorld(t, { dataDir });
  const logs = logLine(before.duban().services.ledger.verifierKeys()[0] ?? '');
  await before.close();
  const key = witnessKey('w.example');
  const port = await freePort();
  const policy = fileIn(temporaryDir(t), 'policy', logs + witnessLines([{ key, url: `http://127.0.0.1:${port}` }], 1));
  const told: string[] = [];
  const world = await openWorld(t, {
    dataDir,
    open: (dir, clock) => openDuban({ dataDir: dir, clock, relaxedDurability: true, ...opening({ policy }, told) }),
  });
  const seeded = world.head();
  world.clock.set('2023-03-01T09:00:00+08:00');
  const { task, unit } = await aTask(world);
  const done = await world.unit(unit).post(`/v1/tasks/${task}/reports`, { period: '2023-02', status: 'on-track', narrative: '按计划推进' });
  t.equal(done.status, 201, 'a command is done');
  t.equal((await world.nobody.get('/health/ready')).status, 200, 'and the server ready');

  const first = world.duban().services.store.readAll(0, 1)[0]?.envelope.time;
  const shown = await world.auditor.get<Checkpoints>('/v1/ledger/checkpoints');
  t.match(shown.body, {
    size: seeded + 1,
    signedThrough: seeded,
    anchoredThrough: 0,
    unanchored: seeded + 1,
    unanchoredSince: first,
    stopped: null,
    waiting: /no quorum of the witnesses has said yet/u,
  });
  t.match(await world.auditor.get(done.body.receipt), { status: 503, body: { code: 'not-anchored-yet' } }, 'its receipt is told to wait');
  const down = await figures(world);
  t.equal(down.get('duban_ledger_signed_position'), seeded);
  t.equal(down.get('duban_ledger_anchored_position'), 0);
  t.ok((down.get('duban_ledger_unanchored_seconds') ?? 0) > 40 * 86_400);
  const LATE = 'the quorum of witnesses does not vouch for the newest events';
  const AGAIN = 'the quorum of witnesses vouches for the log again';
  await eventually('it is told', () => told.includes(LATE) && told.includes('a witness could not be reached'));

  await startWitness(t, { key, logs: `${logs}quorum none\n`, clock: world.clock, state: join(temporaryDir(t), 'witness.sqlite'), port });
  await eventually(
    'it is cosigned once the witness is there',
    () => world.duban().services.ledger.anchoredThrough() === seeded + 1,
    20_000,
  );
  await eventually('and that is told too', () => told.includes(AGAIN));
  t.same(
    told.filter((message) => message === LATE || message === AGAIN),
    [LATE, AGAIN],
    'each once',
  );
  t.match((await world.auditor.get<Checkpoints>('/v1/ledger/checkpoints')).body, {
    anchoredThrough: seeded + 1,
    unanchored: 0,
    unanchoredSince: null,
    waiting: null,
  });
  t.equal((await world.auditor.get(done.body.receipt)).status, 200);
  const up = await figures(world);
  t.same([up.get('duban_ledger_anchored_position'), up.get('duban_ledger_unanchored_seconds')], [seeded + 1, 0]);

  const alone = await openWorld(t);
  const unwitnessed = await figures(alone);
  t.equal(up.get('duban_ledger_witnessed'), 1);
  t.equal(unwitnessed.get('duban_ledger_witnessed'), 0);
  t.ok(unwitnessed.has('duban_ledger_unanchored_seconds'), 'without witnesses the age is told too');
});

await test('a replica of a cluster that does not hold what a kept checkpoint covers says so, and adds nothing', async (t) => {
  // One log on two clusters: on the first it went on, the second is an older copy of it.
  const [now, older] = await Promise.all([startDouble({ nodes: 1 }), startDouble({ nodes: 1 })]);
  for (const double of [now, older]) t.teardown(double.close);
  const dataDir = await seededDir(t);
  await migrateLog({ dataDir, url: now.url, timing: QUICK });
  await migrateLog({ dataDir: await seededDir(t), url: older.url, timing: QUICK });
  const first = await openReplica(t, now.url, siblingDir(t, dataDir));
  await untilReady(first);
  first.clock.set('2023-03-01T09:00:00+08:00');
  const { task, unit } = await aTask(first);
  t.equal((await report(first, task, unit)).status, 201);
  await first.settled();
  const { ledger } = first.duban().services;
  ledger.seal();
  const newest = ledger.last();
  const head = first.head();
  t.equal(newest?.size, head);
  const pinned = fileIn(temporaryDir(t), 'checkpoint', Buffer.from(newest?.note ?? []).toString('utf8'));

  const told: string[] = [];
  const replica = await openWorld(t, {
    dataDir: siblingDir(t, dataDir),
    at: '2023-03-01T09:00:00+08:00',
    open: (dir, clock) => openDubanOnCluster({ dataDir: dir, url: older.url, clock, timing: QUICK, ...opening({ pinned }, told) }),
  });
  await eventually('it has caught up', replica.duban().caughtUp);
  await replica.settled();
  t.equal(replica.head(), head - 1);
  const lack = new RegExp(
    `the ledger waits: position ${head} is missing or still to come: ` +
      `${pinned} keeps a checkpoint of size ${head}, but the log here ends at ${head - 1}`,
    'u',
  );
  t.match(await replica.nobody.get('/health/ready'), { status: 503, body: { detail: lack } });
  t.match(await report(replica, task, unit), { status: 503 }, 'what would be added now would stand in its place');
  t.equal(replica.duban().services.ledger.last(), undefined, 'nothing is signed');
  t.match((await replica.auditor.get<Checkpoints>('/v1/ledger/checkpoints')).body, { stopped: null, waiting: /still to come/u });

  // A replica that was not told adds something else in that place.
  const careless = await openReplica(t, older.url, siblingDir(t, dataDir));
  await untilReady(careless);
  t.equal((await report(careless, task, unit)).status, 201);
  await eventually('it is seen that this is not what was kept', () => replica.duban().services.ledger.contradicted());
  t.match(
    replica.duban().readiness().reasons.map(inEnglish).join(),
    new RegExp(`the first ${head} events are not those of the checkpoint of size ${head}`, 'u'),
  );
});
