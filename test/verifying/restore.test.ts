import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { formatVerifierKey, generateKey, openNote, parseVerifierKey, verifierOf, type Policy } from '../../src/tlog/index.ts';
import { readKeyFile } from '../../src/ledger/key-file.ts';
import { keysInOrder, keySteps } from '../../src/domain/ledger/key-steps.ts';
import { nextKeyPath } from '../../src/ledger/ledger-key.ts';
import { openCheckpointStore } from '../../src/ledger/checkpoint-store.ts';
import { metadataEvents } from '../../src/ledger/metadata-events.ts';
import { restartLedger, type Restarted } from '../../src/ledger/restart.ts';
import { restoreFrom, type Restored } from '../../src/verifying/restore.ts';
import { rotateKey } from '../../src/ledger/rotate.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import {
  fileIn,
  grow,
  handClock,
  logLine,
  open,
  policyOf,
  startWitness,
  temporaryDir,
  witnessKey,
  witnessLines,
  eventually,
  type HandClock,
  type Opened,
} from '../ledger/fixture.ts';
import { english } from '../support/english.ts';

const exported = async (dataDir: string, out: string): Promise<string> => {
  const source = openSource({ kind: 'data', dir: dataDir });
  try {
    await exportBundle(source, out);
    return out;
  } finally {
    source.close();
  }
};

const verify = (dir: string, memory?: string, policy?: Policy, kind: 'bundle' | 'data' = 'bundle'): Promise<Report> =>
  verifyLog({ kind, dir }, { policy, memoryOf: memory === undefined ? undefined : (origin) => openMemory(memory, origin), skew: 60_000 });

const offline = async <Result>(
  dir: string,
  work: (log: ReturnType<typeof openLogFile>, checkpointStore: ReturnType<typeof openCheckpointStore>) => Result | Promise<Result>,
): Promise<Result> => {
  const log = openLogFile(join(dir, 'log.sqlite'));
  const checkpointStore = openCheckpointStore(dir);
  try {
    return await work(log, checkpointStore);
  } finally {
    checkpointStore.close();
    log.close();
  }
};

const restore = (dataDir: string, bundle: string, ownKeys?: readonly string[], policy?: Policy): Promise<Restored> =>
  offline(dataDir, (log, checkpointStore) =>
    restoreFrom({ dir: bundle, log, checkpointStore, policy, ownKeys, onAdvance: () => undefined }),
  );

const bytesOf = (dataDir: string): Promise<readonly string[]> =>
  offline(dataDir, (log) => log.readAll(0, 100_000).map(({ bytes }) => Buffer.from(bytes).toString('utf8')));

/** A log of 600 events with a bundle of it, and a copy from when it had 280. */
const lost = async (t: Test) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 280);
  await duban.close();
  const older = join(temporaryDir(t), 'older');
  cpSync(dir, older, { recursive: true });
  const longer = open(t, dir, clock);
  await grow(longer, clock, 320);
  longer.services.ledger.seal();
  await longer.close();
  const bundle = await exported(dir, join(temporaryDir(t), 'bundle'));
  return { dir, clock, older, bundle, keys: duban.services.ledger.verifierKeys(), origin: duban.services.ledger.origin };
};

await test('events that were lost are added from a bundle, byte for byte', async (t) => {
  const { dir, clock, older, bundle, keys, origin } = await lost(t);
  t.match(await restore(older, bundle, keys), { origin, added: 320, size: 600, checkpoints: 1 });
  t.same(await bytesOf(older), await bytesOf(dir), 'the same bytes in the same order');
  const restored = open(t, older, clock);
  await restored.projector.caughtUp();
  t.same(restored.readiness(), { ready: true, reasons: [] });
  t.equal(restored.services.ledger.last()?.size, 600, 'and it remembers what was signed of them');
  await grow(restored, clock, 5);
  restored.services.ledger.seal();
  await restored.close();
  const memory = temporaryDir(t);
  t.ok((await verify(bundle, memory)).ok);
  t.match(await verify(older, memory, undefined, 'data'), { ok: true, size: 605, remembered: 600 }, 'to an auditor nothing has happened');
  t.match(await restore(older, bundle, keys), { added: 0, size: 605 }, 'again there is nothing to add');

  // The log alone was lost: the ledger beside it remembers, and the bundle fills it from the first event on.
  rmSync(join(dir, 'log.sqlite'));
  const empty = open(t, dir, clock);
  t.match(english(empty.services.ledger.stopped()), /positions 1 to 600 are missing/u);
  await empty.close();
  t.match(await restore(dir, bundle, keys), { added: 600, size: 600, checkpoints: 0 });
  const whole = open(t, dir, clock);
  await whole.projector.caughtUp();
  t.ok(whole.readiness().ready);
});

await test('what does not fit is not restored', async (t) => {
  const { clock, older, bundle, keys } = await lost(t);
  const damaged = join(temporaryDir(t), 'damaged');
  cpSync(bundle, damaged, { recursive: true });
  const path = 'tile/entries/002.p/88';
  fileIn(damaged, path, readFileSync(join(damaged, path), 'latin1').replace('2023-03-01', '2023-03-02'));
  await t.rejects(restore(older, damaged, keys), { name: 'RestoreRefused', message: /does not hold: @\d+ / });
  const before = await bytesOf(older);

  const other = temporaryDir(t);
  const stranger = open(t, other, clock);
  await grow(stranger, clock, 400);
  stranger.services.ledger.seal();
  await stranger.close();
  const strange = await exported(other, join(temporaryDir(t), 'strange'));
  await t.rejects(restore(older, strange, keys), { name: 'RestoreRefused', message: /does not hold: key/u }, 'another log’s');
  await t.rejects(restore(older, strange), { name: 'RestoreRefused', message: /is a bundle of .*, but this log is/u });

  const forked = open(t, older, clock);
  await grow(forked, clock, 10);
  await forked.close();
  await t.rejects(restore(older, bundle, keys), {
    name: 'RestoreRefused',
    message: /position 281 of the log is not the event of the bundle/u,
  });
  t.same((await bytesOf(older)).slice(0, 280), before, 'and nothing was added');
});

const restart = (dataDir: string, notes: readonly Uint8Array[], clock: Clock, origin?: string): Promise<Restarted> =>
  offline(dataDir, (log, checkpointStore) => {
    const key = readKeyFile(dataFiles(dataDir).ledgerKey, 'ed25519');
    const last = checkpointStore.last();
    const own = last === undefined ? [] : [last.note];
    const present = key === undefined ? (checkpointStore.keys().at(-1) ?? '') : formatVerifierKey(key);
    return restartLedger({
      log,
      keyPath: dataFiles(dataDir).ledgerKey,
      old: { origin: checkpointStore.origin() ?? '', keys: keysInOrder(keySteps(metadataEvents(log)), present) },
      notes: [...own, ...notes],
      origin,
      reason: '机房失火',
      authority: '市政府办公室',
      clock,
    });
  });

await test('after a loss for good the log goes on under another name, and says so', async (t) => {
  const { dir, clock, older, bundle, keys, origin } = await lost(t);
  const memory = temporaryDir(t);
  t.ok((await verify(bundle, memory)).ok, 'an auditor remembers the old log at 600');
  const note = readFileSync(join(bundle, 'checkpoint'));

  const restarted = await restart(older, [note], clock);
  t.match(restarted, { position: 281, origin: `${origin}/2`, lost: { from: 281, to: 600 } });
  const duban = open(t, older, clock);
  const { ledger, store } = duban.services;
  await duban.projector.caughtUp();
  t.equal(ledger.origin, `${origin}/2`);
  t.same(ledger.verifierKeys(), [restarted.key]);
  await grow(duban, clock, 20);
  ledger.seal();
  t.same(duban.readiness(), { ready: true, reasons: [] });
  t.match(store.at(281)?.envelope, { source: '/duban/2', subject: 'ledger', type: 'LedgerRestarted.v1' });
  t.match(store.at(301)?.envelope, { source: '/duban/2' }, 'what follows is of the new incarnation');
  t.ok(existsSync(join(older, 'ledger-before-281.sqlite')), 'what the old name signed is kept');
  t.notOk(existsSync(nextKeyPath(dataFiles(older).ledgerKey)));
  await duban.close();

  const after = await exported(older, join(temporaryDir(t), 'after'));
  const report = await verify(after, memory);
  t.match(report, {
    ok: true,
    origin: `${origin}/2`,
    trust: 'first-use',
    restarts: [{ position: 281, from: origin, survived: 280, lost: { from: 281, to: 600 }, reason: '机房失火' }],
  });
  t.ok(
    report.remarks.some((remark) => /a checkpoint of size 600 is remembered, but only 280 events survived/u.test(remark)),
    'an auditor of the old log is told what is lost',
  );
  t.match(await verify(after, temporaryDir(t)), { ok: true });

  // Once more, and under a name of its own.
  const again = await restart(older, [], clock, 'elsewhere.example');
  t.match(again, { position: 302, origin: 'elsewhere.example', lost: null });
  const third = open(t, older, clock);
  await third.projector.caughtUp();
  third.services.ledger.seal();
  t.match(third.services.store.at(302)?.envelope.source, '/duban/3');
  await third.close();
  t.match(await verify(await exported(older, join(temporaryDir(t), 'third')), memory), {
    ok: true,
    restarts: [{ position: 281 }, { position: 302, from: `${origin}/2` }],
  });

  // What was changed cannot be passed off as lost.
  await t.rejects(restart(dir, [], clock, origin), { name: 'RestartRefused', message: /is the old name/u });
  const other = temporaryDir(t);
  const fork = open(t, other, clock, { origin });
  await grow(fork, clock, 600);
  await fork.close();
  cpSync(join(other, 'log.sqlite'), join(dir, 'log.sqlite'));
  await t.rejects(restart(dir, [], clock), { name: 'RestartRefused', message: /cannot be passed off as lost/u });
  t.same(keys.length, 1);
});

await test('a restart that was cut short is finished at the next start', async (t) => {
  const { clock, older, origin } = await lost(t);
  const crashes: readonly ((dir: string) => void)[] = [
    () => undefined, // after the event, before anything else
    (dir) => {
      // after the old checkpoint store was put aside
      cpSync(join(dir, 'ledger.sqlite'), join(dir, 'ledger-before-281.sqlite'));
      rmSync(join(dir, 'ledger.sqlite'));
    },
  ];
  for (const crash of crashes) {
    const dir = join(temporaryDir(t), 'copy');
    cpSync(older, dir, { recursive: true });
    await restart(dir, [], clock);
    crash(dir);
    const duban = open(t, dir, clock);
    await duban.projector.caughtUp();
    duban.services.ledger.seal();
    t.equal(duban.services.ledger.origin, `${origin}/2`);
    t.equal(duban.services.ledger.last()?.size, 281);
    t.equal(duban.services.ledger.stopped(), undefined);
    t.same(
      readdirSync(join(dir, 'keys')).filter((name) => name.startsWith('ledger')),
      ['ledger.key'],
    );
    await duban.close();
  }
  // The new key was lost before it took its place: the old name must not go on for it.
  const keyless = join(temporaryDir(t), 'copy');
  cpSync(older, keyless, { recursive: true });
  await restart(keyless, [], clock);
  rmSync(nextKeyPath(dataFiles(keyless).ledgerKey));
  const stopped = open(t, keyless, clock);
  await stopped.projector.caughtUp();
  stopped.services.ledger.seal();
  t.match(english(stopped.services.ledger.stopped()), /the log says that .*\/2\+.* signs for it/u);
  t.equal(stopped.services.ledger.last()?.size, 280);
  await stopped.close();
  // Before the event was written: the key that was made is of no use, and the old name goes on.
  const dir = join(temporaryDir(t), 'copy');
  cpSync(older, dir, { recursive: true });
  cpSync(dataFiles(dir).ledgerKey, nextKeyPath(dataFiles(dir).ledgerKey));
  const duban = open(t, dir, clock);
  t.equal(duban.services.ledger.origin, origin);
  t.notOk(existsSync(nextKeyPath(dataFiles(dir).ledgerKey)));
});

const rotate = (dataDir: string, clock: Clock): Promise<{ readonly position: number; readonly key: string }> =>
  offline(dataDir, (log) => {
    const keyPath = dataFiles(dataDir).ledgerKey;
    const current = readKeyFile(keyPath, 'ed25519');
    if (current === undefined) throw new Error('no key');
    return rotateKey({ log, keyPath, current, reason: '例行更换', authority: '办公室', clock });
  });

const signersOf = (duban: Opened): number => {
  const last = duban.services.ledger.last();
  const keys = duban.services.ledger.verifierKeys().flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    return key.ok ? [verifierOf(key.value)] : [];
  });
  const opened = last === undefined ? undefined : openNote(last.note, keys);
  return opened?.ok === true ? opened.value.signatures.length : 0;
};

/** A log that has had so many keys after its first, with some events under each. */
const rotated = async (t: Test, dir: string, clock: HandClock, times: number): Promise<readonly string[]> => {
  const first = open(t, dir, clock);
  await grow(first, clock, 10);
  await first.close();
  for (let n = 0; n < times; n += 1) {
    await rotate(dir, clock);
    const duban = open(t, dir, clock);
    await grow(duban, clock, 10);
    await duban.close();
  }
  return offline(dir, (_log, checkpointStore) => checkpointStore.keys());
};

await test('one key follows another: both sign the checkpoint that covers the change', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const memory = temporaryDir(t);
  const first = open(t, dir, clock);
  await grow(first, clock, 10);
  await first.close();
  t.ok((await verify(dir, memory, undefined, 'data')).ok, 'the first key is remembered');

  const { key, position } = await rotate(dir, clock);
  t.equal(position, 11);
  const duban = open(t, dir, clock);
  await duban.projector.caughtUp();
  duban.services.ledger.seal();
  t.same(duban.services.ledger.verifierKeys(), [...first.services.ledger.verifierKeys(), key]);
  t.equal(signersOf(duban), 2, 'both signed');
  const path = dataFiles(dir).ledgerKey;
  const held = readKeyFile(path, 'ed25519');
  t.equal(held && formatVerifierKey(held), key, 'the new one is in its place');
  t.notOk(existsSync(nextKeyPath(path)), 'and the old one is gone');
  await grow(duban, clock, 5);
  duban.services.ledger.seal();
  t.equal(signersOf(duban), 1, 'from then on the new one alone');
  await duban.close();

  const both = [...first.services.ledger.verifierKeys(), key];
  t.match(
    await verify(dir, memory, undefined, 'data'),
    { ok: true, trust: 'remembered', keys: both },
    'who trusts the first key is led to the second',
  );
  const bundle = await exported(dir, join(temporaryDir(t), 'bundle'));
  for (const vkey of both)
    t.match(
      await verify(bundle, undefined, policyOf(`${logLine(vkey)}quorum none\n`)),
      { ok: true, trust: 'policy' },
      'who trusts either trusts both',
    );
  t.match(
    await verify(
      bundle,
      undefined,
      policyOf(`${logLine(formatVerifierKey(generateKey(first.services.ledger.origin, 'ed25519')))}quorum none\n`),
    ),
    { ok: false },
    'who trusts neither trusts none',
  );
});

await test('a change of key that was cut short is finished at the next start', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await grow(first, clock, 10);
  await first.close();
  const { key } = await rotate(dir, clock);
  // The event stands; the process ends before a checkpoint covers it, and again after one does, before the key moved.
  const duban = open(t, dir, clock);
  await duban.projector.caughtUp();
  const path = dataFiles(dir).ledgerKey;
  const old = readFileSync(path, 'utf8');
  const next = readFileSync(nextKeyPath(path), 'utf8');
  duban.services.ledger.seal();
  await duban.close();
  fileIn(dir, 'keys/ledger.key', old);
  fileIn(dir, 'keys/ledger.key.next', next);
  const again = open(t, dir, clock);
  t.same(again.services.ledger.verifierKeys().at(-1), key);
  t.equal(readFileSync(path, 'utf8'), next, 'the key has moved');
  await grow(again, clock, 3);
  again.services.ledger.seal();
  t.equal(signersOf(again), 1);
  await again.close();
  t.match(await verify(dir, undefined, undefined, 'data'), { ok: true });

  // A key that has gone is put back, out of a backup or by a thief.
  fileIn(dir, 'keys/ledger.key', old);
  const retired = open(t, dir, clock);
  await grow(retired, clock, 3);
  retired.services.ledger.seal();
  t.match(english(retired.services.ledger.stopped()), /the log says that .* signs for it, but the key here is/u);
  t.notOk(retired.services.ledger.contradicted(), 'the log itself is in order');
  t.equal(retired.services.ledger.last()?.size, 14);
});

await test('a chain of keys is followed, and a retired key is not', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const keys = await rotated(t, dir, clock, 3);
  t.equal(keys.length, 4);
  const bundle = await exported(dir, join(temporaryDir(t), 'bundle'));
  for (const vkey of keys) t.match(await verify(bundle, undefined, policyOf(`${logLine(vkey)}quorum none\n`)), { ok: true, keys });

  // The checkpoint that covers a change, without the signature of the key that went.
  const sizes = readdirSync(join(bundle, 'checkpoints'))
    .map(Number)
    .toSorted((a, b) => a - b);
  const covering = sizes.find((size) => size >= 11) ?? 0;
  const path = `checkpoints/${covering}`;
  const note = readFileSync(join(bundle, path), 'utf8');
  const lines = note.split('\n');
  t.equal(lines.filter((line) => line.startsWith('\u2014')).length, 2);
  fileIn(
    bundle,
    path,
    lines
      .toSpliced(
        lines.findIndex((line) => line.startsWith('\u2014')),
        1,
      )
      .join('\n'),
  );
  const unsigned = await verify(bundle);
  t.ok(
    unsigned.faults.some(({ check, detail }) => check === 'key' && /not signed by both keys/u.test(detail)),
    JSON.stringify(unsigned.faults),
  );
  fileIn(bundle, path, note);
  t.ok((await verify(bundle)).ok);
});

await test('witnesses go along with a new key once they know it', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await first.close();
  const [vkey = ''] = first.services.ledger.verifierKeys();
  const state = join(temporaryDir(t), 'witness.sqlite');
  const key = witnessKey('w.example');
  const witness = await startWitness(t, { key, logs: `${logLine(vkey)}quorum none\n`, clock, state });
  const policy = fileIn(temporaryDir(t), 'policy', logLine(vkey) + witnessLines([witness], 1));
  const duban = open(t, dir, clock, { policy });
  await grow(duban, clock, 12);
  await eventually('it is cosigned', () => duban.services.ledger.anchoredThrough() > 0);
  await duban.close();
  const { key: next } = await rotate(dir, clock);
  const again = open(t, dir, clock, { policy });
  clock.advance(20_000);
  await again.projector.caughtUp();
  await eventually('the checkpoint of both keys is cosigned under the old one', () => again.services.ledger.anchoredThrough() === 13);
  clock.advance(20_000);
  await grow(again, clock, 2);
  await eventually('the next one is not', () => again.told.includes('a witness did not cosign'));
  const port = Number(new URL(witness.url).port);
  await witness.close();
  await startWitness(t, { key, logs: `${logLine(vkey)}${logLine(next)}quorum none\n`, clock, state, port });
  await eventually('until the witness was given the key', () => again.services.ledger.anchoredThrough() === 15, 30_000);
  t.same(again.services.ledger.cosigners(15), ['w1']);
});
