import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { readKeyFile } from '../../src/ledger/key-file.ts';
import { openDubanOnCluster } from '../../src/main/duban.ts';
import { formatCheckpoint, formatNote, generateKey, noteSigner, signNote } from '../../src/tlog/index.ts';
import { openWorld, temporaryDir, TIME_ZONE, type World } from '../support/app.ts';
import { readinessOf } from '../support/english.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { runProgram } from '../support/process.ts';
import { eventually, QUICK, siblingDir } from './fixture.ts';
import { writeLongLog } from './long-log.ts';

/**
 * A replica that begins with nothing but the keys of today and a checkpoint that somebody kept (`LEDGER_REMEMBERED`), signed by
 * a key that was since changed: which keys there were it can know from the log alone, which is long and has yet to come.
 */

const EVENTS = 4_000;

const givenLongOffice = async (t: Test) => {
  const double = await startDouble();
  t.teardown(double.close);
  writeLongLog(double, EVENTS);
  const dataDir = temporaryDir(t);
  const open = (dir: string, pinned?: string): Promise<World> =>
    openWorld(t, {
      dataDir: dir,
      at: systemClock.now().toString(), // the program that changes the key has no other
      open: (at, clock) =>
        openDubanOnCluster({
          dataDir: at,
          url: double.url,
          timeZone: TIME_ZONE,
          clock,
          timing: QUICK,
          ledger: dir === dataDir ? {} : { key: dataFiles(dataDir).ledgerKey, pinned },
          onError: (error) => {
            throw error;
          },
        }),
    });
  const first = await open(dataDir);
  const rotate = async (): Promise<void> => {
    const env = { DATA_DIR: siblingDir(t, dataDir), EVENTSTORE_URL: double.url, LEDGER_KEY: dataFiles(dataDir).ledgerKey };
    t.match(await runProgram(t, ['rotate-key', '--reason', '例行更换', '--authority', '市政府办公室'], env), { code: 0 });
  };
  return { double, dataDir, open, first, rotate };
};

const BREATH = 300;

/** The newest checkpoint, once all that the views hold is signed for by the key that the log named last. */
const signedNow = async (world: World) => {
  const { ledger } = world.duban().services;
  await eventually('all is signed for', () => {
    ledger.seal();
    return ledger.last()?.size === world.head();
  });
  const last = ledger.last();
  if (last === undefined) throw new Error('nothing is signed');
  return last;
};

const keptIn = (t: Test, ...notes: readonly Uint8Array[]): string => {
  const dir = temporaryDir(t);
  for (const [index, note] of notes.entries()) writeFileSync(join(dir, `checkpoint-${index}`), note);
  return dir;
};

await test('a checkpoint of a key before the last is known by a replica that begins on a long log', async (t) => {
  const { double, dataDir, open, first, rotate } = await givenLongOffice(t);
  const ready = (world: World): Promise<void> => eventually('it is ready', () => world.duban().readiness().ready);
  await ready(first);
  await first.settled();
  const oldKey = readKeyFile(dataFiles(dataDir).ledgerKey, 'ed25519');
  if (oldKey === undefined) throw new Error('there is no key');
  const kept = [await signedNow(first)];
  for (const change of [1, 2]) {
    await rotate();
    first.clock.set(systemClock.now().toString());
    await eventually('the log names another key', () => {
      first.duban().services.ledger.seal();
      return first.duban().services.ledger.verifierKeys().length === change + 1;
    });
    await first.settled();
    kept.push(await signedNow(first));
    t.equal((await first.office.post('/v1/units', { id: `new-${change}`, name: `新单位${change}` })).status, 201);
    await first.settled();
    kept.push(await signedNow(first));
  }

  const [oldest] = kept;
  const ways = [kept.slice(0, 1), kept];
  for (const remembered of ways) {
    const held = Promise.withResolvers<void>();
    let sent = 0;
    double.node.faults.lag = () => {
      sent += 1;
      return sent > EVENTS / 2 ? held.promise : undefined;
    };
    const dir = siblingDir(t, dataDir);
    const late = await open(dir, keptIn(t, ...remembered.map(({ note }) => note)));
    await eventually('half of the log is here', () => late.head() >= EVENTS / 2 - BREATH);
    const { ledger } = late.duban().services;
    ledger.seal();
    t.equal(ledger.last(), undefined, 'nothing is signed before it is known whether it agrees');
    t.match(readinessOf(late.duban().readiness()), { ready: false, reasons: [/./u] });
    held.resolve();
    double.node.faults.lag = () => undefined;
    await ready(late);
    await late.settled();
    t.ok((await signedNow(late)).size >= (oldest?.size ?? 0), 'it agrees, and signs');
    t.same(ledger.verifierKeys(), first.duban().services.ledger.verifierKeys());
    await late.close();
    const verified = await runProgram(t, ['verify', dir, '--state', temporaryDir(t)], {});
    if (remembered.length === kept.length)
      t.match(verified, { code: 0, stdout: /\nverified\n$/u }, 'with all, its own book shows each change of key');
    else t.match(verified, { code: 1, stdout: /is not signed by both keys/u }, 'with that one, it cannot show what it was not there for');
  }

  const [{ size } = { size: 0 }] = kept;
  const { origin } = first.duban().services.ledger;
  const forged = (key: typeof oldKey): Uint8Array => {
    const text = formatCheckpoint({ origin, size, root: Buffer.alloc(32, 7), extensions: [] });
    return formatNote(signNote({ text, signatures: [] }, [noteSigner(key)]));
  };
  const other = await open(siblingDir(t, dataDir), keptIn(t, forged(oldKey)));
  await eventually('it has heard of another tree', () =>
    (readinessOf(other.duban().readiness()).reasons ?? []).some((reason) => /are not those of/u.test(reason)),
  );
  t.equal(other.duban().services.ledger.last(), undefined);

  const strange = await open(siblingDir(t, dataDir), keptIn(t, forged(generateKey(origin, 'ed25519'))));
  await eventually('all of the log is here', strange.duban().caughtUp);
  await strange.settled();
  strange.duban().services.ledger.seal();
  t.match(readinessOf(strange.duban().readiness()).reasons, [/is signed by no key that the log has named so far/u]);
  t.equal(strange.duban().services.ledger.last(), undefined);
});
