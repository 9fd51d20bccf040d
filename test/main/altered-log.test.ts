import { openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { openDuban } from '../../src/main/duban.ts';
import { startLogCheck } from '../../src/ledger/log-check.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { leafHash } from '../../src/tlog/index.ts';
import { openWorld, temporaryDir, TIME_ZONE, type ProblemBody, type World, type WorldOptions } from '../support/app.ts';
import { eventually, handClock, record } from '../ledger/fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Somebody writes into log.sqlite past the program. Nothing is served of what he wrote, added after it or signed over it. */

const POSITION = 40;

const openHalting: NonNullable<WorldOptions['open']> = (dataDir, clock) =>
  openDuban({ dataDir, timeZone: TIME_ZONE, clock, onError: () => undefined });

const inLog = (dataDir: string, work: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(join(dataDir, 'log.sqlite'));
  db.exec('DROP TRIGGER IF EXISTS event_no_update');
  work(db);
  db.close();
};

const bytesAt = (dataDir: string, position: number): Buffer => {
  let bytes: Buffer = Buffer.alloc(0);
  inLog(dataDir, (db) => {
    // The column asked for.
    const row = db.prepare('SELECT bytes FROM event WHERE position = ?').get(position) as { readonly bytes: Uint8Array };
    bytes = Buffer.from(row.bytes);
  });
  return bytes;
};

const putBytes = (dataDir: string, position: number, bytes: Uint8Array): void =>
  inLog(dataDir, (db) => void db.prepare('UPDATE event SET bytes = ? WHERE position = ?').run(bytes, position));

/** The event says something else, in valid JSON of the same length. Gives what stood there. */
const alter = (dataDir: string, position: number): Buffer => {
  const before = bytesAt(dataDir, position);
  const told = before.toString('utf8').replace(/"sub":"[^"]/u, (sub) => `${sub.slice(0, -1)}${sub.endsWith('x') ? 'y' : 'x'}`);
  putBytes(dataDir, position, Buffer.from(told, 'utf8'));
  if (before.equals(bytesAt(dataDir, position))) throw new Error('nothing was altered');
  return before;
};

const idAt = (world: World, position: number): string => world.duban().services.store.at(position)?.id ?? '';

const newUnit = (id: string) => ({ id, name: `${id} office`, kind: 'department' });

const refusesToGoOn = async (world: World): Promise<string> => {
  const { ready, reasons } = world.duban().readiness();
  if (ready) throw new Error('it is ready');
  const before = world.head();
  const answer = await world.office.post<ProblemBody>('/v1/units', newUnit('unit-after'));
  if (answer.status < 500) throw new Error(`a command was answered ${answer.status}`);
  if (world.head() !== before) throw new Error('something was recorded');
  return reasons.map(inEnglish).join('\n');
};

await test('an event altered while it is served is not given out, and nothing goes on over it', async (t) => {
  const world = await openWorld(t, { open: openHalting });
  await world.settled();
  const { ledger } = world.duban().services;
  const id = idAt(world, POSITION);
  t.equal((await world.office.get(`/v1/log/events/${id}`)).status, 200);
  t.equal((await world.office.get(`/v1/log/events/${id}/proof`)).status, 200);
  const signed = ledger.last()?.size;
  t.equal((await world.office.post('/v1/units', newUnit('unit-before'))).status, 201, 'there is something to sign');

  alter(world.dataDir, POSITION);
  for (const url of [
    `/v1/log/events/${id}`,
    `/v1/log/events/${id}/proof`,
    '/v1/log/events?limit=500',
    `/v1/ledger/proof/inclusion?position=${POSITION}`,
  ]) {
    const answer = await world.auditor.get<ProblemBody>(url);
    t.match(answer, { status: 503, body: { code: 'log-damaged', facts: { position: POSITION } } }, url);
  }
  t.match(await refusesToGoOn(world), /position 40 of log\.sqlite does not hold the bytes .* duban restore --from <bundle>/su);
  world.clock.advance(60_000);
  ledger.tick();
  ledger.seal();
  t.equal(ledger.last()?.size, signed, 'nothing new is signed');
});

await test('views are not built from an altered event; put back, it is as if nothing had been', async (t) => {
  const world = await openWorld(t, { open: openHalting });
  await world.settled();
  let before: Buffer = Buffer.alloc(0);
  await world.restart(() => {
    before = alter(world.dataDir, POSITION);
    rmSync(join(world.dataDir, 'views.sqlite'));
  });
  await eventually('it is noticed', () => world.duban().projector.state().state === 'halted');
  t.match(await refusesToGoOn(world), /the views halted at @40: position 40 of log\.sqlite/u);
  t.match(await world.auditor.send('GET', '/v1/tasks'), { status: 503, body: { code: 'views-behind' } });

  await world.restart(() => putBytes(world.dataDir, POSITION, before));
  await world.settled();
  t.match(world.duban().readiness(), { ready: true });
  t.equal((await world.auditor.get('/v1/tasks')).status, 200);
});

await test('the event that the views ended with is looked at before they are believed', async (t) => {
  const world = await openWorld(t, { open: openHalting });
  await world.settled();
  const last = world.head();
  await world.restart(() => void alter(world.dataDir, last));
  t.match(await refusesToGoOn(world), new RegExp(`the views halted at @${last}: position ${last}`, 'u'));
});

await test('an event is not passed off as another stream’s, or under another id', async (t) => {
  const world = await openWorld(t, { open: openHalting });
  await world.settled();
  const { store } = world.duban().services;
  inLog(world.dataDir, (db) => db.exec(`UPDATE event SET id = zeroblob(16) WHERE position = ${POSITION}`));
  t.throws(() => store.at(POSITION), { name: 'LogDamaged', position: POSITION, message: /the row of position 40 in log\.sqlite/u });
  inLog(world.dataDir, (db) => db.exec(`UPDATE event SET revision = 900 WHERE position = ${POSITION + 1}`));
  t.throws(() => store.at(POSITION + 1), { name: 'LogDamaged', position: POSITION + 1 });
  inLog(world.dataDir, (db) => db.exec(`UPDATE event SET recorded_at = recorded_at - 1 WHERE position = ${POSITION + 2}`));
  t.throws(() => store.at(POSITION + 2), { name: 'LogDamaged', position: POSITION + 2 }, 'nor as recorded earlier than it says');
  t.match(await refusesToGoOn(world), /position 40/u, 'what was found first is what is told');
});

await test('a file that is overwritten in the middle is damage, not a defect of the program', async (t) => {
  const world = await openWorld(t, { open: openHalting });
  await world.settled();
  const path = join(world.dataDir, 'log.sqlite');
  const restarted = world.restart(() => {
    const { length } = readFileSync(path);
    const file = openSync(path, 'r+');
    // All but the first pages, which say what tables there are.
    writeSync(file, Buffer.alloc(length - 24 * 4096, 0xa5), 0, length - 24 * 4096, 24 * 4096);
    closeSync(file);
  });
  await t.rejects(restarted, { name: 'LogDamaged', message: /log\.sqlite cannot be read: .* duban restore/u });
});

await test('what nobody asks for is read through too', async (t) => {
  const dir = temporaryDir(t);
  const path = join(dir, 'log.sqlite');
  const store = openSqliteStore({ path, clock: handClock() });
  t.teardown(store.close);
  await store.append(
    'record-1',
    'none',
    Array.from({ length: 600 }, (_, n) => record('record-1', n)),
  );
  const leaves = store.leaves(0, 600);
  const found: string[] = [];
  const check = () =>
    startLogCheck({
      store,
      tile: ({ index, width }) => leaves.subarray(index * 256 * 32, (index * 256 + width) * 32),
      onFault: (reason) => found.push(inEnglish(reason)),
      stepMillis: 1,
    });
  const read = t.capture(store, 'readAll', store.readAll);
  const whole = check();
  let pages = 0;
  await eventually('it is through', () => (pages += read().length) >= 3);
  whole.close();
  t.same(found, [], 'a log that is as it was recorded');

  // With its hash made again, so that only the tree tells.
  const before = bytesAt(dir, 599);
  const other = Buffer.from(before.toString('utf8').replace('依法删除', '依规删除'), 'utf8');
  inLog(dir, (db) => void db.prepare('UPDATE event SET bytes = ?, leaf = ? WHERE position = 599').run(other, leafHash(other)));
  const second = check();
  await eventually('it is found', () => found.length > 0);
  second.close();
  t.same(found, ['position 599 of the log holds another event than the tree that was signed']);

  alter(dir, 300);
  const third = check();
  await eventually('it is found', () => found.length > 1);
  third.close();
  t.match(found[1], /position 300 of log\.sqlite does not hold the bytes/u);
  await t.rejects(store.append('record-2', 'none', [record('record-2', 1)]), { name: 'LogDamaged', position: 300 });
});
