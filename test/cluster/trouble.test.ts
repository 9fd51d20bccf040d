import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import { seed } from '../../seed/index.ts';
import { readConfig } from '../../src/main/config.ts';
import { directiveStream } from '../../src/domain/directives/state.ts';
import { createLogger } from '../../src/main/logger.ts';
import { serve, type Running } from '../../src/main/server.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { taskStream } from '../../src/domain/tasks/state.ts';
import { handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, temporaryDir, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import type { AppendFate, Faults } from '../support/eventstoredb-double/faults.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { runProgram, tokenFor } from '../support/process.ts';
import { prepareThings, reads, type Readers } from '../support/reads.ts';
import { IMPATIENT } from '../store/cluster-fixture.ts';
import { eventually, givenOffice, openReplica, QUICK, siblingDir, untilReady } from './fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { english } from '../support/english.ts';

/** What a replica does when its cluster is gone, or is not to be trusted, and how several begin together. */

const OF_TASK = `/v1/tasks/${SEED_DIRECTIVE}-task-26`;

const readiness = (world: World) => world.nobody.send<ProblemBody>('GET', '/health/ready');

/** Who may read what is read by `who`. */
const readerOf = (world: World, who: Readers) => {
  if (who === 'open') return world.nobody;
  if (who === 'kept') return world.office;
  return who === 'admin-or-loopback' ? world.admin : world.auditor;
};

/** Every GET, by somebody who may read it; those that are refused. */
const readEverything = async (world: World, things: Awaited<ReturnType<typeof prepareThings>>): Promise<readonly string[]> => {
  const refused: string[] = [];
  for (const [name, { url, who }] of Object.entries(reads)) {
    if (!name.startsWith('GET ') || name === 'GET /health/ready') continue;
    const { status, text } = await readerOf(world, who).send('GET', typeof url === 'string' ? url : url(things));
    if (status >= 300) refused.push(`${name}: ${status} ${text}`);
  }
  return refused;
};

await test('without its cluster a replica reads on, and refuses commands until it is back', async (t) => {
  const office = await givenOffice(t);
  const world = await office.replica(office.dataDir);
  const things = await prepareThings(world);
  await world.settled();
  world.clock.advance(60_000); // checkpoints are signed
  t.match(await readiness(world), { status: 200 });

  office.double.node.kill();
  await eventually('it is not ready', () => !world.duban().readiness().ready);
  const notReady = await readiness(world);
  t.match(notReady, {
    status: 503,
    headers: { 'retry-after': /^\d+$/u },
    body: { code: 'not-ready', detail: /the cluster is not followed/u },
  });
  const report = {
    url: `${OF_TASK}/reports`,
    body: { period: '2023-03', ...REPORT },
    headers: { 'idempotency-key': 'through-the-failure' },
  };
  const refused = await world.unit(OWN).post(report.url, report.body, report.headers);
  t.match(refused, { status: 503, headers: { 'retry-after': /^\d+$/u }, body: { code: 'store-unavailable' } });
  t.same(await readEverything(world, things), [], 'every read is answered');

  await world.restart();
  t.same(await readEverything(world, things), [], 'also by one that is started meanwhile');
  t.match(await readiness(world), { status: 503, body: { detail: /has not caught up with the cluster/u } });
  t.match(await world.unit(OWN).post(report.url, report.body, report.headers), { status: 503, body: { code: 'store-unavailable' } });

  await office.double.node.start();
  await untilReady(world);
  const done = await world.unit(OWN).post(report.url, report.body, report.headers);
  t.match(done, { status: 201, body: { position: world.head() } }, 'the same request again');
  t.same(await readEverything(world, things), []);
});

await test('readiness follows the commands: a cluster that answers nobody, or has no leader, is one that does none', async (t) => {
  const office = await givenOffice(t);
  const world = await openReplica(t, office.url, office.dataDir, { ...QUICK, pulseWithin: 100, pulseLost: 300 });
  await untilReady(world);
  const { node, elect } = office.double;
  const reasons = (): string => world.duban().readiness().reasons.map(inEnglish).join('; ');
  node.faults.gossip = () => 'hang'; // as a frozen process: its connections stay
  await eventually('it is not ready', () => /^the cluster has not answered for \d+ s/u.test(reasons()));
  node.faults.gossip = () => 'answer';
  await untilReady(world);
  elect(undefined);
  await eventually('it is not ready', () => reasons() === 'the cluster has no leader');
  elect(node);
  await untilReady(world);
});

await test('a leader that fails is one failure, and no command lost', async (t) => {
  const office = await givenOffice(t, { nodes: 3 });
  // On a busy machine the new leader is found late; how long a command waits for it is not the question here.
  const world = await openReplica(t, office.url, office.dataDir, { ...QUICK, retryFor: 30_000 });
  await untilReady(world);
  const { nodes, elect } = office.double;
  const [leader, next] = nodes;
  const periods = ['2023-01', '2023-02', '2023-03', '2023-04'];
  const answers = periods.map((period) => world.unit(OWN).post(`${OF_TASK}/reports`, { period, ...REPORT }));
  elect(next);
  leader?.kill();
  t.same(
    (await Promise.all(answers)).map(({ status }) => status),
    [201, 201, 201, 201],
  );
  await untilReady(world);
  await leader?.start();
});

await test('a leader that falls silent is left, though commands are acknowledged without pause', async (t) => {
  const office = await givenOffice(t, { nodes: 3 });
  // Shorter than a read may be silent: each command that does not arrive in time doubts the subscription before that.
  // Time enough to find another leader, though who looks for one may ask the silent one first, more than once.
  const timing = { ...QUICK, ...IMPATIENT, positionsWithin: 200, readIdle: 1_000, retryFor: 20_000 };
  const world = await openReplica(t, office.url, siblingDir(t, office.dataDir), timing);
  await untilReady(world);
  const [leader, next] = office.double.nodes;
  if (leader === undefined) throw new RangeError('no nodes');
  // As a machine that hangs: its connections stay, and nothing comes.
  Object.assign(leader.faults, {
    append: () => 'hang',
    read: () => 'hang',
    subscribe: () => 'hang',
    gossip: () => 'hang',
    deliver: () => [],
  } satisfies Partial<Faults>);
  office.double.elect(next);
  const positions: (number | null)[] = [];
  while (positions.length < 100 && typeof positions.at(-1) !== 'number') {
    const { status, body } = await world.office.post('/v1/tasks', handTask(`in-trouble-${positions.length}`));
    t.equal(status, 201);
    positions.push(body.position);
  }
  t.equal(positions[0], null, 'what does not arrive is acknowledged all the same');
  t.type(positions.at(-1), 'number', `of ${positions.length}`);
  await untilReady(world);
});

await test('commands on one task wait together for a log that does not answer', async (t) => {
  const office = await givenOffice(t);
  const dataDir = siblingDir(t, office.dataDir);
  // One try and no more, which takes long enough for all commands to come meanwhile.
  const world = await openReplica(t, office.url, dataDir, { ...QUICK, ...IMPATIENT, retryFor: 0 });
  await untilReady(world);
  await world.office.post('/v1/tasks', handTask('awaited'));
  const { faults } = office.double.node;
  let asked = 0;
  faults.append = () => {
    asked += 1;
    return 'hang';
  };
  const periods = ['2023-01', '2023-02', '2023-03', '2023-04'];
  const answers = await Promise.all(
    periods.map((period) => world.unit(OWN).post<ProblemBody>('/v1/tasks/awaited/reports', { period, ...REPORT })),
  );
  for (const answer of answers) t.match(answer, { status: 503, headers: { 'retry-after': /^\d+$/u }, body: { code: 'store-unavailable' } });
  t.equal(asked, 1, 'the first has asked for all');

  faults.append = () => 'answer';
  const again = await Promise.all(periods.map((period) => world.unit(OWN).post('/v1/tasks/awaited/reports', { period, ...REPORT })));
  t.same(
    again.map(({ status }) => status),
    [201, 201, 201, 201],
  );
});

await test('what one replica could not tell, another tells: the same key is the same act', async (t) => {
  const office = await givenOffice(t);
  const one = await openReplica(t, office.url, office.dataDir, { ...QUICK, retryFor: 0 });
  const other = await openReplica(t, office.url, siblingDir(t, office.dataDir));
  await Promise.all([one, other].map(untilReady));
  const { faults } = office.double.node;
  const report = (world: World, period: string) =>
    world.unit(OWN).post(`${OF_TASK}/reports`, { period, ...REPORT }, { 'idempotency-key': `of-${period}` });
  const fates: Readonly<Record<string, AppendFate>> = {
    '2023-01': 'written-timeout',
    '2023-02': 'written-broken',
    '2023-03': 'timeout',
    '2023-04': 'not-ready',
  };
  for (const [period, fate] of Object.entries(fates)) {
    faults.append = () => fate;
    t.match(await report(one, period), { status: 503, headers: { 'retry-after': /^\d+$/u }, body: { code: 'store-unavailable' } }, fate);
    faults.append = () => 'answer';
    const told = await report(other, period);
    t.equal(told.status, fate.startsWith('written') ? 200 : 201, 'done before, or only now');
    t.match(await report(one, period), {
      status: 200,
      body: { events: told.body.events, revision: told.body.revision, position: told.body.position },
    });
  }
  const reports = office.double.log.all().filter(({ type }) => type === 'ReportSubmitted.v1');
  t.equal(reports.length, Object.keys(fates).length);
});

await test('a service that stops does not wait for a log that does not answer', async (t) => {
  const office = await givenOffice(t);
  const dataDir = siblingDir(t, office.dataDir);
  const world = await openReplica(t, office.url, dataDir, { ...QUICK, appendDeadline: IMPATIENT.appendDeadline, retryFor: 600_000 });
  await untilReady(world);
  const { faults } = office.double.node;
  const arrived = Promise.withResolvers<void>();
  faults.append = () => {
    arrived.resolve();
    return 'hang';
  };
  const answer = world.unit(OWN).post<ProblemBody>(`${OF_TASK}/reports`, { period: '2023-03', ...REPORT });
  await arrived.promise;
  const duban = world.duban();
  duban.giveUp();
  t.match(await answer, { status: 503, headers: { 'retry-after': /^\d+$/u }, body: { code: 'store-unavailable' } });
  t.match(await world.unit(OWN).post(`${OF_TASK}/acknowledgements`, {}), { status: 503 }, 'nor does what comes then');
  t.match(await world.auditor.send('GET', OF_TASK), { status: 200 }, 'reads go on to the end');
  await world.close();
});

/** Whatever is wrong with the cluster: it is said, nothing more is signed or written, and what is known can be read. */
const contradictions: readonly {
  readonly name: string;
  readonly tamper: (office: Awaited<ReturnType<typeof givenOffice>>, world: World) => void;
  readonly says: RegExp;
  readonly recorded: object;
}[] = [
  {
    name: 'somebody else writes into a stream of the log',
    tamper: ({ double }) => {
      const foreign = {
        id: crypto.randomUUID(),
        type: 'TaskCancelled.v1',
        contentType: 'application/octet-stream',
        data: Buffer.from('{}'),
        metadata: new Uint8Array(0),
      };
      double.log.append(`task-${SEED_DIRECTIVE}-task-1`, 0n, [foreign]);
    },
    says: /foreign-event at task-sanzhengban-2023-1-task-1@1/u,
    recorded: { kind: 'foreign-event', stream: 'task-sanzhengban-2023-1-task-1', revision: 1, position: null },
  },
  {
    name: 'an event was changed',
    tamper: ({ double }, world) => {
      const last = world.duban().services.store.at(world.head());
      double.log.alter(
        last?.stream ?? '',
        last?.revision ?? 0,
        Buffer.from(
          Buffer.from(last?.bytes ?? [])
            .toString('utf8')
            .replace('按计划推进', '已全部完成'),
        ),
      );
      double.node.endSubscriptions('break');
    },
    says: /event-altered at task-of-mine@1/u,
    recorded: { kind: 'event-altered', stream: 'task-of-mine', revision: 1, position: 510 },
  },
  {
    name: 'a stream was deleted',
    tamper: ({ double }) => double.log.tombstone(`task-${SEED_DIRECTIVE}-task-2`),
    says: /stream-removed at task-sanzhengban-2023-1-task-2/u,
    recorded: { kind: 'stream-removed', stream: 'task-sanzhengban-2023-1-task-2', revision: null, position: null },
  },
  {
    name: 'the database was restored from an old backup',
    tamper: ({ double }) => {
      double.log.restore(200);
      double.node.endSubscriptions('break');
    },
    says: /log-behind at task-of-mine@1/u,
    recorded: { kind: 'log-behind', stream: 'task-of-mine', revision: 1, position: 510 },
  },
];

const anomaliesIn = ({ double }: Awaited<ReturnType<typeof givenOffice>>): readonly unknown[] =>
  double.log
    .all()
    .filter(({ type }) => type === 'SourceAnomalyDetected.v1')
    // The cast: an envelope, as it was sealed.
    .map(({ data }) => (JSON.parse(Buffer.from(data).toString('utf8')) as { readonly data: unknown }).data);

for (const { name, tamper, says, recorded } of contradictions)
  await test(`contradiction: ${name}`, async (t) => {
    const office = await givenOffice(t);
    const world = await office.replica(office.dataDir);
    await world.office.post('/v1/tasks', handTask('of-mine'));
    const reported = await world.unit(OWN).post('/v1/tasks/of-mine/reports', { period: '2023-03', ...REPORT });
    t.match(reported, { status: 201 });
    await world.settled();
    const { ledger } = world.duban().services;
    const size = world.head() - 1;

    tamper(office, world);
    await eventually('it is noticed', () =>
      world
        .duban()
        .readiness()
        .reasons.some((reason) => says.test(inEnglish(reason))),
    );
    t.match(await readiness(world), { status: 503, body: { detail: says } });
    t.match(await world.office.post('/v1/tasks', handTask('another')), { status: 503, headers: { 'retry-after': /^\d+$/u } });
    const signed = ledger.last()?.size ?? 0;
    ledger.seal();
    t.equal(ledger.last()?.size ?? 0, signed, 'nothing more is signed');
    t.match(await world.auditor.send('GET', `/v1/tasks/of-mine?asOf=@${size}`), { status: 200 }, 'what is known can be read');
    t.match(english(ledger.stopped()), says);

    await eventually('it is recorded', () => anomaliesIn(office).length > 0);
    await world.restart();
    await eventually('it is noticed again', () =>
      world
        .duban()
        .readiness()
        .reasons.some((reason) => says.test(inEnglish(reason))),
    );
    await world.close();
    t.match(anomaliesIn(office), [recorded], 'once');
  });

await test('two that begin together on an empty cluster make one import', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dirs = [temporaryDir(t), temporaryDir(t)] as const;
  const running = new Set<Running>();
  const stop = async (server: Running): Promise<void> => {
    running.delete(server);
    await server.stop();
  };
  t.teardown(() => Promise.all([...running].map(stop)));
  const start = async (dataDir: string): Promise<Running> => {
    const started = await serve(readConfig({ DATA_DIR: dataDir, PORT: '0', EVENTSTORE_URL: double.url }), createLogger('silent'));
    running.add(started);
    return started;
  };
  /** The reasons that it gives until it is ready. */
  const untilAnswers = async ({ address }: Running): Promise<readonly string[]> => {
    const reasons = new Set<string>();
    for (;;) {
      const answer = await fetch(`${address}/health/ready`);
      const { detail = '' } = (await answer.json()) as Partial<ProblemBody>; // a problem, or `ready`
      if (answer.ok) return [...reasons];
      reasons.add(detail);
      await sleep(20);
    }
  };
  const interrupted = await start(dirs[0]);
  await eventually('it has begun', () => double.log.size() > 60);
  await stop(interrupted);
  t.ok(double.log.size() < 300, `cut short at ${double.log.size()}`);

  const servers = [await start(dirs[0]), await start(dirs[1])];
  for (const reasons of await Promise.all(servers.map(untilAnswers)))
    t.ok(reasons.includes('the directive is being imported'), reasons.join());
  for (const [index, { address }] of servers.entries()) {
    const headers = { authorization: `Bearer ${await tokenFor(dirs[index] ?? '', { role: 'office' })}` };
    // The cast is the edge: the schemas of the answers promise it.
    const listOf = async <Item>(url: string): Promise<readonly Item[]> =>
      ((await (await fetch(`${address}${url}`, { headers })).json()) as ListBody<Item>).items;
    t.equal((await listOf('/v1/tasks?limit=500')).length, 197);
    t.ok(
      (await listOf<{ readonly decision: unknown }>(`/v1/directives/${SEED_DIRECTIVE}/findings?limit=500`)).some(
        ({ decision }) => decision !== null,
      ),
    );
  }
  await Promise.all(servers.map(stop));

  const logs = dirs.map((dir) => openLogFile(join(dir, 'mirror.sqlite'), { readOnly: true }));
  const [one, other] = logs.map((log) => log.readAll(0, 1_000).map(({ leaf }) => leaf.toHex()));
  t.same(one, other, 'one log');
  const sayings =
    logs[0]?.readAll(0, 1_000).map(({ envelope }) => `${envelope.subject} ${envelope.type} ${JSON.stringify(envelope.data)}`) ?? [];
  t.equal(sayings.length, 508, 'as one import makes it');
  t.equal(new Set(sayings).size, 508, 'nothing twice');
  for (const log of logs) log.close();
});

/** Streams at which the other run comes in between, and whether it does when they are read or when they are acted on. */
const meetings: readonly { readonly at: string; readonly when: 'load' | 'handle' }[] = [
  { at: directiveStream(SEED_DIRECTIVE), when: 'load' },
  { at: taskStream(`${SEED_DIRECTIVE}-task-5`), when: 'handle' },
];

for (const { at, when } of meetings)
  await test(`two imports meet at ${at}, when one is about to ${when}`, async (t) => {
    const world = await openWorld(t, { seeded: false });
    const { handler } = world.duban();
    const meta = { actor: { sub: 'seed', role: 'system' }, receivedAt: world.clock.now() } as const;
    let met = false;
    const meet = async (stream: string): Promise<void> => {
      if (met || stream !== at) return;
      met = true;
      t.match(await seed(handler, meta), { ok: true });
    };
    const meeting: typeof handler = {
      ...handler,
      load: async (folding, stream) => {
        const loaded = await handler.load(folding, stream);
        if (when === 'load') await meet(stream);
        return loaded;
      },
      handle: async (decider, stream, command, more) => {
        if (when === 'handle') await meet(stream);
        return handler.handle(decider, stream, command, more);
      },
    };
    t.match(await seed(meeting, meta), { ok: true });
    t.ok(met);
    t.equal(world.head(), 508, 'one import');
  });

await test('a log that only seems empty is not imported into', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const first = await openReplica(t, double.url, temporaryDir(t));
  await untilReady(first);
  t.match(await first.admin.post('/v1/units', { id: 'shi-ke-ji-ju', name: '市科技局' }), { status: 201 });
  await first.close();

  const { faults } = double.node;
  faults.subscribe = () => 'not-ready'; // the mirror stays empty, longer than a start waits for it
  const server = await serve(readConfig({ DATA_DIR: temporaryDir(t), PORT: '0', EVENTSTORE_URL: double.url }), createLogger('silent'));
  t.teardown(server.stop);
  const ready = () => fetch(`${server.address}/health/ready`);
  t.match(await (await ready()).json(), { detail: /whether the log is empty is not known yet/u });
  faults.subscribe = () => 'answer';
  while (!(await ready()).ok) await sleep(20);
  t.equal(double.log.all().filter(({ stream }) => !stream.startsWith('$')).length, 1, 'what was there before');
});

await test('commands of the program work on the cluster that the settings name', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const env = { DATA_DIR: temporaryDir(t), EVENTSTORE_URL: double.url };
  t.match(await runProgram(t, ['import', 'seed/notice.txt', '--commit'], env), {
    code: 0,
    stdout: /"events":508/u,
    stderr: /^the cluster is not secured/u,
  });
  t.equal(double.log.all().filter(({ stream }) => !stream.startsWith('$')).length, 510, 'with the draft and its profile');
  t.match(await runProgram(t, ['rebuild'], env), { code: 0, stdout: /"position":510/u });
  t.match(
    await runProgram(t, ['rebuild'], { ...env, EVENTSTORE_URL: double.url.replace('esdb', 'kurrentdb') }),
    { code: 0 },
    'as it is called now',
  );
  t.match(await runProgram(t, ['import', 'seed/notice.txt'], { ...env, EVENTSTORE_URL: 'esdb://127.0.0.1:port' }), {
    code: 1,
    stderr: /^the cluster's connection string cannot be read/u,
  });
});

await test('a directory is not opened as that of the other kind', async (t) => {
  const office = await givenOffice(t);
  const first = await office.replica(office.dataDir);
  await first.close();
  const config = readConfig({ DATA_DIR: office.dataDir, PORT: '0' });
  await t.rejects(serve(config, createLogger('silent')), {
    name: 'CannotOpen',
    message: /is the directory of a cluster's replica: set EVENTSTORE_URL/u,
  });
  const embedded = temporaryDir(t);
  openLogFile(join(embedded, 'log.sqlite')).close();
  await t.rejects(openReplica(t, office.url, embedded), { name: 'CannotOpen', message: /holds an embedded log: duban migrate/u });
});
