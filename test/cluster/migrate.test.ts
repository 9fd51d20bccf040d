import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { migrateLog } from '../../src/main/cluster/migrate.ts';
import { rootFromLeaves } from '../../src/tlog/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import { lockDataDir } from '../../src/store/data-lock.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { draft, drafts, freshStream } from '../contract/drafts.ts';
import { OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, seededDir, temporaryDir } from '../support/app.ts';
import { startDouble, type Double } from '../support/eventstoredb-double.ts';
import type { AppendFate } from '../support/eventstoredb-double/faults.ts';
import { runProgram, startProgram } from '../support/process.ts';
import { eventually, openReplica, QUICK, siblingDir, untilReady } from './fixture.ts';

/** An embedded log becomes that of a cluster, and nobody can tell from any proof. */

const ALL = Number.MAX_SAFE_INTEGER;

const eventsIn = (path: string): readonly StoredEvent[] => {
  const log = openLogFile(path);
  const events = log.readAll(0, ALL);
  log.close();
  return events;
};

const facts = (events: readonly StoredEvent[]): readonly unknown[] =>
  events.map(({ position, stream, revision, id, recordedAt, bytes, leaf }) => [
    position,
    stream,
    revision,
    id,
    recordedAt,
    Buffer.from(bytes).toString('utf8'),
    leaf.toHex(),
  ]);

const rootOf = (events: readonly StoredEvent[]): string => Buffer.from(rootFromLeaves(events.map(({ leaf }) => leaf))).toString('base64');

/** How often each event of ours stands in the cluster. */
const timesHeld = ({ log }: Double): ReadonlySet<number> => {
  const ours = log.all().filter(({ stream }) => !stream.startsWith('$'));
  return new Set(
    Map.groupBy(ours, ({ id }) => id)
      .values()
      .map(({ length }) => length),
  );
};

await test('the events are the same, in the same order, under the same root', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dataDir = await seededDir(t);
  const [log, mirror, aside] = ['log.sqlite', 'mirror.sqlite', 'log-migrated.sqlite'].map((name) => join(dataDir, name)) as [
    string,
    string,
    string,
  ];
  const before = eventsIn(log);
  const { root, ...migrated } = await migrateLog({ dataDir, url: double.url, timing: QUICK });
  t.same(migrated, { events: 508, sent: 508, putAside: aside });
  t.equal(Buffer.from(root).toString('base64'), rootOf(before));
  t.same(facts(eventsIn(mirror)), facts(before));
  t.same(facts(eventsIn(aside)), facts(before), 'what was put aside is as it was');
  t.same([log, join(dataDir, 'migration.sqlite')].filter(existsSync), []);
  await t.rejects(migrateLog({ dataDir, url: double.url, timing: QUICK }), { message: /is migrated already/u });
  await t.rejects(migrateLog({ dataDir: temporaryDir(t), url: double.url, timing: QUICK }), { message: /there is no embedded log/u });

  const world = await openReplica(t, double.url, dataDir);
  t.match(world.duban().services.ledger.last(), { size: 508 }, 'the checkpoint signed before is there');
  await untilReady(world);
  t.match(await world.unit(OWN).post(`/v1/tasks/${SEED_DIRECTIVE}-task-26/reports`, { period: '2023-03', ...REPORT }), {
    status: 201,
    body: { position: 509 },
  });
  await world.settled();
  const { ledger } = world.duban().services;
  ledger.seal();
  t.match(ledger.last(), { size: 509 }, 'and the next follows it');
  t.equal(ledger.stopped(), undefined);

  const sibling = await openReplica(t, double.url, siblingDir(t, dataDir));
  await untilReady(sibling);
  await sibling.settled();
  t.same(sibling.duban().services.ledger.root(508), root, 'for a replica that reads the cluster alone too');
});

await test('an interrupted migration goes on; until it is done the log is that of its directory', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dataDir = await seededDir(t);
  const before = eventsIn(join(dataDir, 'log.sqlite'));
  const fates: AppendFate[] = [];
  let tries = 0;
  double.node.faults.append = () => {
    tries += 1;
    return fates[tries % 7] ?? (tries > 120 ? 'not-ready' : 'answer');
  };
  fates[3] = 'written-timeout';
  fates[5] = 'written-broken';
  const timing = { ...QUICK, retryFor: 200 };
  await t.rejects(migrateLog({ dataDir, url: double.url, timing }), { message: /Run it again/u });
  t.ok(double.log.size() > 50 && double.log.size() < 400, `cut short at ${double.log.size()}`);
  t.notOk(existsSync(join(dataDir, 'mirror.sqlite')));

  // The office works on: the migration is not in its way.
  const world = await openWorld(t, { dataDir });
  t.match(await world.unit(OWN).post(`/v1/tasks/${SEED_DIRECTIVE}-task-26/reports`, { period: '2023-01', ...REPORT }), {
    status: 201,
    body: { position: 509 },
  });
  await t.rejects(migrateLog({ dataDir, url: double.url, timing }), { name: 'DataDirInUse' });
  await world.close();

  // Ambiguous answers alone are no interruption.
  double.node.faults.append = () => fates[(tries += 1) % 7] ?? 'answer';
  const { events, sent } = await migrateLog({ dataDir, url: double.url, timing: QUICK });
  t.equal(events, 509);
  t.ok(sent < 509, `${sent} were left`);
  t.same([...timesHeld(double)], [1], 'nothing stands there twice');
  const after = eventsIn(join(dataDir, 'mirror.sqlite'));
  t.same(facts(after.slice(0, 508)), facts(before));
  t.equal(after.length, 509);
});

await test('a cluster that holds other events of Duban’s is left alone; what others keep there does not matter', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const strange = {
    id: crypto.randomUUID(),
    type: 'InvoicePaid',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: new Uint8Array(0),
  };
  double.log.append('invoice-1', 'none', [strange]);
  const other = await openEventStoreDbStore({
    url: double.url,
    streamPrefixes: STREAM_PREFIXES,
    path: ':memory:',
    clock: systemClock,
    timing: QUICK,
  });
  const stream = freshStream();
  await other.append(stream, 'none', [draft(stream)]);
  await other.close();
  const dataDir = await seededDir(t);
  const held = double.log.size();
  await t.rejects(migrateLog({ dataDir, url: double.url, timing: QUICK }), { message: /holds other events: at position 1 /u });
  t.equal(double.log.size(), held, 'nothing was sent');

  const empty = await startDouble();
  t.teardown(empty.close);
  empty.log.append('invoice-1', 'none', [strange]);
  t.match(await migrateLog({ dataDir, url: empty.url, timing: QUICK }), { events: 508, sent: 508 }, 'another cluster can be tried');

  // A log that ended before the cluster's: somebody has used the cluster since.
  const short = await seededDir(t);
  const used = await openReplica(t, empty.url, siblingDir(t, short));
  await untilReady(used);
  await used.unit(OWN).post(`/v1/tasks/${SEED_DIRECTIVE}-task-26/reports`, { period: '2023-01', ...REPORT });
  await t.rejects(migrateLog({ dataDir: short, url: empty.url, timing: QUICK }), {
    message: /holds 509 events, but the log only 508|holds other events/u,
  });
});

await test('a user that may not write there is told at once', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  double.node.faults.access = ({ act }) => (act === 'append' ? 'denied' : 'allowed');
  const dataDir = await seededDir(t);
  await t.rejects(migrateLog({ dataDir, url: double.url, timing: QUICK }), { message: /its user may not write to the cluster/u });
  double.node.kill();
  await t.rejects(migrateLog({ dataDir, url: double.url, timing: { ...QUICK, retryFor: 50 } }), {
    message: /^asking what the user may do: /u,
  });
});

await test('somebody who writes there meanwhile is noticed', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dataDir = await seededDir(t);
  const foreign = {
    id: crypto.randomUUID(),
    type: 'TaskAssigned.v1',
    contentType: 'application/octet-stream',
    data: Buffer.from('{}'),
    metadata: new Uint8Array(0),
  };
  let tries = 0;
  double.node.faults.append = () => {
    tries += 1;
    if (tries === 20) double.log.append(`task-${SEED_DIRECTIVE}-item-85`, 'none', [foreign]);
    return 'answer';
  };
  await t.rejects(migrateLog({ dataDir, url: double.url, timing: QUICK }), {
    message: /item-85 of the cluster is at revision 0: somebody else writes there|was changed: foreign-event/u,
  });
  t.ok(existsSync(join(dataDir, 'log.sqlite')), 'the log stays where it is');
});

await test('a log that went on under another name keeps it, on every replica', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dataDir = temporaryDir(t);
  lockDataDir(dataDir).release();
  const embedded = openSqliteStore({ path: join(dataDir, 'log.sqlite'), clock: systemClock, source: '/duban/2' });
  const stream = freshStream();
  await embedded.append(stream, 'none', drafts(stream, 2));
  await embedded.close();
  await migrateLog({ dataDir, url: double.url, timing: QUICK });
  const replica = await openEventStoreDbStore({
    url: double.url,
    streamPrefixes: STREAM_PREFIXES,
    path: ':memory:',
    clock: systemClock,
    timing: QUICK,
  });
  t.teardown(replica.close);
  await eventually('it has caught up', () => replica.ready().ready);
  await replica.append(stream, 1, drafts(stream, 1));
  t.same(
    (await replica.readStream(stream)).map(({ envelope }) => envelope.source),
    ['/duban/2', '/duban/2', '/duban/2'],
  );
});

await test('the command, killed in the middle and run again', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const dataDir = await seededDir(t);
  const before = eventsIn(join(dataDir, 'log.sqlite'));
  const args = ['migrate', '--from', dataDir, '--to', double.url];
  const killed = startProgram(t, args, {});
  await eventually('it is under way', () => double.log.size() > 100);
  t.match(await killed.kill('SIGKILL'), { signal: 'SIGKILL' });
  t.ok(double.log.size() < 500, `killed at ${double.log.size()}`);
  const ran = await runProgram(t, args, {});
  t.match(ran, { code: 0, stderr: /is now the directory of a replica/u });
  t.match(JSON.parse(ran.stdout), { events: 508, root: rootOf(before), putAside: join(dataDir, 'log-migrated.sqlite') });
  t.same([...timesHeld(double)], [1]);
  t.match(await runProgram(t, args, {}), { code: 1, stdout: '', stderr: /is migrated already\n$/u });
  t.match(await runProgram(t, ['migrate', '--from', dataDir], {}), { code: 2, stderr: /--to is required/u });
});
