import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openDubanOnCluster } from '../../src/main/duban.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { formatVerifierKey, openNote, parseVerifierKey, verifierOf } from '../../src/tlog/index.ts';
import { readKeyFile } from '../../src/ledger/key-file.ts';
import { nextKeyPath } from '../../src/ledger/ledger-key.ts';
import { OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, temporaryDir, TIME_ZONE, type World } from '../support/app.ts';
import { runProgram } from '../support/process.ts';
import { eventually, givenOffice, QUICK, siblingDir, untilReady } from './fixture.ts';
import { readinessOf } from '../support/english.ts';

/** Replicas share the key that signs; it is changed while they are at work. */

const OF_TASK = `/v1/tasks/${SEED_DIRECTIVE}-task-26`;

/** Labels of those keys of the log that signed the newest checkpoint. */
const signersOf = (world: World): readonly string[] => {
  const { ledger } = world.duban().services;
  ledger.seal();
  const last = ledger.last();
  return ledger.verifierKeys().filter((vkey) => {
    const key = parseVerifierKey(vkey);
    return last !== undefined && key.ok && openNote(last.note, [verifierOf(key.value)]).ok;
  });
};

const givenReplicas = async (t: Test) => {
  const office = await givenOffice(t);
  const keyPath = join(temporaryDir(t), 'ledger.key');
  cpSync(dataFiles(office.dataDir).ledgerKey, keyPath);
  const replica = async (key = keyPath): Promise<World> => {
    const world = await openWorld(t, {
      dataDir: siblingDir(t, office.dataDir),
      at: systemClock.now().toString(), // the program that changes the key has no other
      open: (dataDir, clock) =>
        openDubanOnCluster({
          dataDir,
          url: office.url,
          timeZone: TIME_ZONE,
          clock,
          timing: QUICK,
          ledger: { key },
          onError: (error) => {
            throw error;
          },
        }),
    });
    await untilReady(world);
    await world.settled();
    return world;
  };
  const operator = siblingDir(t, office.dataDir);
  const rotate = async (): Promise<void> => {
    const env = { DATA_DIR: operator, EVENTSTORE_URL: office.url, LEDGER_KEY: keyPath };
    t.match(await runProgram(t, ['rotate-key', '--reason', '例行更换', '--authority', '市政府办公室'], env), {
      code: 0,
      stdout: /"position":\d+,"key"/u,
    });
  };
  const keyIn = (path: string): string | undefined => {
    const key = readKeyFile(path, 'ed25519');
    return key && formatVerifierKey(key);
  };
  return { ...office, keyPath, replica, rotate, keyIn };
};

const reported = async (world: World, period: string): Promise<number> => {
  const { body } = await world.unit(OWN).post(`${OF_TASK}/reports`, { period, ...REPORT });
  return body.position ?? 0;
};

await test('the key that replicas share is changed while they are at work', async (t) => {
  const { replica, rotate, keyPath, keyIn } = await givenReplicas(t);
  const [one, other, stopped] = [await replica(), await replica(), await replica()];
  const first = keyIn(keyPath) ?? '';
  for (const world of [one, other, stopped]) t.same(signersOf(world), [first]);
  await stopped.close();

  await rotate();
  const second = keyIn(nextKeyPath(keyPath)) ?? '';
  t.ok(second !== '' && second !== first, 'the next key lies beside the one that signed so far');
  for (const world of [one, other]) {
    await eventually('both sign the checkpoint that covers the event', () => signersOf(world).length === 2);
    t.same(world.duban().services.ledger.verifierKeys(), [first, second]);
  }
  const position = await reported(one, '2023-01');
  await eventually('the report is there too', () => other.duban().services.views.position() >= position);
  for (const world of [one, other]) t.same(signersOf(world), [second], 'from then on the new one alone');

  await one.restart();
  await untilReady(one);
  t.same(signersOf(one), [second], 'also after a restart');
  await stopped.restart();
  await untilReady(stopped);
  await stopped.settled();
  t.same(signersOf(stopped), [first, second], 'who was away signs with both when it is back');
  const late = await replica();
  t.same(signersOf(late), [first, second], 'and so does who begins');

  await rotate();
  t.equal(keyIn(keyPath), second, 'the key before is gone');
  const third = keyIn(nextKeyPath(keyPath)) ?? '';
  for (const world of [one, other, stopped, late]) {
    await eventually('both sign again', () => signersOf(world).includes(third));
    t.same(signersOf(world), [second, third]);
    t.match(world.duban().readiness(), { ready: true });
  }
  for (const world of [one, other, stopped, late]) {
    t.same(world.duban().services.ledger.verifierKeys(), [first, second, third]);
    await world.close();
    t.match(await runProgram(t, ['verify', world.dataDir, '--state', temporaryDir(t)], {}), { code: 0, stdout: /\nverified\n$/u });
  }
});

await test('a replica that has not got the next key signs nothing, and says why, until it has', async (t) => {
  const { replica, rotate, keyPath } = await givenReplicas(t);
  const own = join(temporaryDir(t), 'ledger.key');
  cpSync(keyPath, own);
  const apart = await replica(own);
  t.equal(signersOf(apart).length, 1);
  const signed = apart.duban().services.ledger.last()?.size;

  await rotate();
  await eventually('it is noticed', () => {
    apart.duban().services.ledger.seal();
    return !apart.duban().readiness().ready;
  });
  t.match(readinessOf(apart.duban().readiness()).reasons, [/the log says that .* signs for it, but the key here is/u]);
  t.equal(apart.duban().services.ledger.last()?.size, signed);

  cpSync(nextKeyPath(keyPath), nextKeyPath(own));
  t.equal(signersOf(apart).length, 2, 'once it is there it signs with both');
  t.match(apart.duban().readiness(), { ready: true });
});
