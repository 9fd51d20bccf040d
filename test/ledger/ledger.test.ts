import { cpSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import {
  cosigner,
  formatSignature,
  formatVerifierKey,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signText,
  verifierOf,
  verifyConsistency,
  openNote,
} from '../../src/tlog/index.ts';
import type { PinnedCheckpoint } from '../../src/ledger/agreement.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { openLedgerKeys } from '../../src/ledger/ledger-key.ts';
import { createSigners } from '../../src/ledger/signers.ts';
import { openCheckpointStore } from '../../src/ledger/checkpoint-store.ts';
import type { SignedCheckpoint } from '../../src/ledger/checkpoint-store.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import {
  fileIn,
  grow,
  handClock,
  logLine,
  open,
  temporaryDir,
  witnessKey,
  witnessLines,
  eventually,
  record,
  type Opened,
} from './fixture.ts';
import { english, readinessOf } from '../support/english.ts';

const last = ({ services: { ledger } }: Opened): SignedCheckpoint => {
  const checkpoint = ledger.last();
  if (checkpoint === undefined) throw new Error('nothing was signed');
  return checkpoint;
};

const verifierIn = (vkey = '') => {
  const key = parseVerifierKey(vkey);
  if (!key.ok) throw new Error(key.reason);
  return verifierOf(key.value);
};

await test('checkpoints are signed as the log grows, and each is the beginning of the next', async (t) => {
  const clock = handClock();
  const duban = open(t, temporaryDir(t), clock);
  const { ledger, checkpointStore } = duban.services;
  t.equal(ledger.tick(), undefined, 'an empty log has nothing to sign');
  const signed: SignedCheckpoint[] = [];
  for (const events of [1, 3, 40, 200, 30]) {
    await grow(duban, clock, events);
    ledger.tick();
    signed.push(last(duban));
  }
  t.same(
    signed.map(({ size }) => size),
    [1, 1, 44, 244, 274],
    'the three that came within ten seconds of the first had time',
  );

  const sizes = checkpointStore.after(0, 1000);
  for (const [at, checkpoint] of sizes.entries()) {
    const note = openNote(checkpoint.note, [verifierIn(ledger.verifierKeys()[0])]);
    t.ok(note.ok, `size ${checkpoint.size} is signed by the key that is shown`);
    const parsed = note.ok ? parseCheckpoint(note.value.text) : note;
    t.match(parsed, { ok: true, value: { origin: ledger.origin, size: checkpoint.size } });
    const before = sizes[at - 1];
    if (before === undefined) continue;
    const proof = ledger.consistency(before.size, checkpoint.size);
    t.strictSame(verifyConsistency({ from: before.size, to: checkpoint.size, rootFrom: before.root, rootTo: checkpoint.root, proof }), {
      ok: true,
    });
  }

  const before = last(duban);
  await grow(duban, clock, 1);
  ledger.tick();
  t.equal(last(duban).size, before.size, 'one more event a second later has time');
  clock.advance(-3_600_000);
  ledger.tick();
  t.equal(last(duban).size, before.size + 1, 'a clock that was set back does not make it wait for an hour');
  t.throws(() => checkpointStore.add(last(duban)), /UNIQUE/u, 'a size is signed once');
});

await test('what is left unsigned is signed at the end, and a start goes on from there', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 20);
  duban.services.ledger.tick();
  await grow(duban, clock, 2);
  await duban.close();

  const again = open(t, dir, clock);
  t.equal(last(again).size, 22);
  t.same(again.readiness(), { ready: true, reasons: [] });
  t.same(again.services.ledger.verifierKeys(), duban.services.ledger.verifierKeys(), 'with the same key');
  t.equal(statSync(join(dir, 'keys', 'ledger.key')).mode & 0o777, 0o600);
  await grow(again, clock, 20);
  again.services.ledger.tick();
  t.equal(last(again).size, 42);
});

await test('views that are built again give the same tree, and prove nothing before they have it', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 300);
  const { ledger } = duban.services;
  ledger.seal();
  const { size, root } = last(duban);
  const tile = ledger.tile({ level: 0, index: 0, width: 256 });
  await duban.projector.rebuild();
  ledger.tick();
  t.strictSame(ledger.root(size), root);
  t.strictSame(ledger.tile({ level: 0, index: 0, width: 256 }), tile);
  t.equal(ledger.stopped(), undefined);
  await duban.close();

  rmSync(join(dir, 'views.sqlite'));
  const again = open(t, dir, clock);
  t.equal(again.services.ledger.cover(10), undefined, 'while the views are empty nothing is covered');
  t.equal(again.services.ledger.stopped(), undefined, 'and nothing contradicts');
  await again.projector.caughtUp();
  const covering = again.services.ledger.cover(10);
  t.equal(covering?.size, size);
  t.ok(again.services.ledger.receipt(10, last(again)).length > 0);
  t.strictSame(again.services.ledger.root(size), root);
});

/** The key of a directory, as a ledger of its own takes it. */
const keysOf = (dir: string) => openLedgerKeys(dataFiles(dir).ledgerKey, [], { shared: false });

await test('nothing is signed while an old event waits to be hashed', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  const { checkpointStore, views, store } = duban.services;
  await grow(duban, clock, 5);
  duban.services.ledger.seal();
  await grow(duban, clock, 1);
  // A log that is ahead of the views by one event.
  const recordedAt = clock.now().epochMilliseconds;
  const ahead = {
    head: () => ({ position: 7, recordedAt }),
    at: (position: number): StoredEvent | undefined => {
      const sixth = store.at(6);
      return position === 7 && sixth !== undefined ? { ...sixth, position, recordedAt, envelope: sixth.envelope } : store.at(position);
    },
  };
  const ledger = openLedger({ views, store: ahead, checkpointStore, signers: createSigners(keysOf(dir), checkpointStore), clock });
  clock.advance(60_000);
  ledger.seal();
  t.equal(checkpointStore.last()?.size, 5, 'a witness would vouch that what follows came later');
  clock.advance(-59_000);
  ledger.seal();
  t.equal(checkpointStore.last()?.size, 6, 'a moment is nothing');
});

await test('while the views are built again, what they have is proved by an earlier checkpoint', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  const { checkpointStore, store, views, ledger } = duban.services;
  for (const events of [50, 200]) {
    await grow(duban, clock, events);
    ledger.seal();
  }
  const behind = openLedger({
    views: { ...views, position: () => 100 },
    store,
    checkpointStore,
    signers: createSigners(keysOf(dir), checkpointStore),
    clock,
  });
  const covering = behind.cover(30);
  t.equal(covering?.size, 50);
  t.ok(covering !== undefined && behind.receipt(30, covering).length > 0);
  t.equal(behind.cover(60), undefined, 'between the two there is none yet');
  t.equal(behind.stopped(), undefined);
});

await test('a log that lost its end, or holds other events than were signed, signs nothing and takes nothing', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 10);
  await duban.close();
  const older = temporaryDir(t);
  cpSync(join(dir, 'log.sqlite'), join(older, 'log.sqlite'));
  const second = open(t, dir, clock);
  await grow(second, clock, 5);
  await second.close();
  cpSync(join(older, 'log.sqlite'), join(dir, 'log.sqlite'));

  const restored = open(t, dir, clock);
  await restored.projector.caughtUp();
  t.match(readinessOf(restored.readiness()), {
    ready: false,
    reasons: [/positions 11 to 15 are missing: this data directory keeps a checkpoint of size 15, but the log ends at 10/u],
  });
  restored.services.ledger.seal();
  t.equal(last(restored).size, 15, 'nothing was signed');
  t.equal(restored.services.ledger.cover(3), undefined, 'and no receipt is made up');
  await t.rejects(restored.services.store.append('record-z', 'none', [record('record-z', 1)]), {
    name: 'StoreUnavailable',
    message: /not whole/u,
  });
  await restored.close();
  t.equal(openCheckpointStore(dir).last()?.size, 15);

  // Another history of the same length.
  const other = temporaryDir(t);
  const fork = open(t, other, clock);
  await grow(fork, clock, 15);
  await fork.close();
  cpSync(join(other, 'log.sqlite'), join(dir, 'log.sqlite'));
  const forked = open(t, dir, clock);
  await forked.projector.caughtUp();
  await eventually('the other tree is noticed without a new event', () => forked.services.ledger.contradicted());
  t.match(
    english(forked.services.ledger.stopped()),
    /the first 15 events are not those of the checkpoint of size 15 that this data directory keeps/u,
  );
});

await test('a checkpoint kept elsewhere is held against the log', async (t) => {
  const dir = temporaryDir(t);
  const elsewhere = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 10);
  await duban.close();
  cpSync(dir, join(elsewhere, 'older'), { recursive: true });
  const longer = open(t, dir, clock);
  await grow(longer, clock, 5);
  longer.services.ledger.seal();
  const note = Buffer.from(last(longer).note).toString('utf8');
  const kept = fileIn(elsewhere, 'checkpoint', note);
  await longer.close();

  const older = open(t, join(elsewhere, 'older'), clock, { pinned: kept });
  t.match(
    english(older.services.ledger.stopped()),
    new RegExp(`positions 11 to 15 are missing: ${kept} keeps a checkpoint of size 15`, 'u'),
  );
  await older.close();
  const whole = open(t, dir, clock, { pinned: kept });
  await whole.projector.caughtUp();
  t.equal(whole.services.ledger.stopped(), undefined, 'the log that has them agrees');
  await whole.close();

  const stranger = fileIn(elsewhere, 'stranger', note.replace(/\n15\n/u, '\n16\n'));
  t.throws(() => open(t, dir, clock, { pinned: stranger }), /no checkpoint that this log has signed: bad-signature/u);
});

await test('where others add to the log too, what is kept of it may still come', async (t) => {
  const clock = handClock();
  const duban = open(t, temporaryDir(t), clock);
  await grow(duban, clock, 15);
  duban.services.ledger.seal();
  const { size, root } = last(duban);
  const { views, store } = duban.services;
  // As much of it as has come.
  let come = 10;
  const part = {
    views: { ...views, position: () => Math.min(come, views.position()) },
    store: { head: () => ({ ...store.head(), position: Math.min(come, store.head().position) }), at: store.at },
  };
  const storeDir = temporaryDir(t);
  const checkpointStore = openCheckpointStore(storeDir);
  t.teardown(checkpointStore.close);
  const keys = openLedgerKeys(dataFiles(storeDir).ledgerKey, [], { shared: false, newOrigin: 'log.example/part' });
  const opened = (pinned: readonly PinnedCheckpoint[], singleWriter: boolean) =>
    openLedger({ ...part, singleWriter, checkpointStore, signers: createSigners(keys, checkpointStore), clock, pinned });
  const kept: PinnedCheckpoint = { by: 'a file', size, root };

  t.match(
    english(opened([kept], true).stopped()),
    /positions 11 to 15 are missing: a file keeps/u,
    'who is alone knows that nothing will come',
  );
  const ledger = opened([kept], false);
  const lack = /positions 11 to 15 are missing or still to come: a file keeps a checkpoint of size 15, but the log here ends at 10/u;
  t.equal(ledger.stopped(), undefined);
  t.match(english(ledger.lacking()), lack);
  t.match(english(ledger.waiting()), lack);
  clock.advance(60_000);
  ledger.tick();
  ledger.seal();
  t.equal(ledger.last(), undefined, 'nothing is signed before');
  come = 15;
  t.equal(ledger.lacking(), undefined);
  ledger.tick();
  t.equal(ledger.last()?.size, 15, 'and then it goes on');

  come = 10;
  const other = openCheckpointStore(temporaryDir(t));
  t.teardown(other.close);
  const told = openLedger({ ...part, singleWriter: false, checkpointStore: other, signers: createSigners(keys, other), clock });
  told.pin({ by: 'witness w1', size, root });
  t.equal(told.lacking(), undefined, 'what another replica had cosigned a moment ago is on its way');
  clock.advance(3_000);
  t.equal(told.lacking(), undefined);
  told.pin({ by: 'witness w1', size, root });
  clock.advance(3_000);
  t.match(english(told.lacking()), /positions 11 to 15 are missing or still to come: witness w1 keeps/u, 'but not for ever');
});

await test('a key that is lost or changed is not taken for the log’s own', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 3);
  await duban.close();
  const path = join(dir, 'keys', 'ledger.key');
  const own = readFileSync(path, 'utf8');
  rmSync(path);
  t.throws(() => open(t, dir, clock), /the key that signs this log's checkpoints is not there/u);
  t.notOk(existsSync(path), 'and none is made in its place');

  const other = open(t, temporaryDir(t), clock, { origin: duban.services.ledger.origin });
  await other.close();
  t.throws(() => open(t, dir, clock, { key: join(dir, 'nowhere') }), /nowhere/u);
  const stranger = temporaryDir(t);
  const made = open(t, stranger, clock, { origin: duban.services.ledger.origin });
  await made.close();
  const changed = open(t, dir, clock, { key: join(stranger, 'keys', 'ledger.key') });
  await grow(changed, clock, 1);
  changed.services.ledger.seal();
  t.match(english(changed.services.ledger.stopped()), /is not the one that signed the last checkpoint/u);
  t.equal(last(changed).size, 3);
  await changed.close();

  fileIn(dir, 'keys/ledger.key', own);
  const back = open(t, dir, clock);
  await back.projector.caughtUp();
  back.services.ledger.seal();
  t.equal(last(back).size, 4, 'with its own key it goes on, and lost nothing meanwhile');
});

await test('cosignatures that are handed in are checked, kept once, and part of the note', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const keys = ['one.example', 'two.example', 'three.example'].map(witnessKey);
  const lines = witnessLines(
    keys.map((key) => ({ key, url: '' })),
    2,
  ).replaceAll(/ \n/gu, '\n');
  const first = open(t, dir, clock);
  await first.close();
  const policy = fileIn(dir, 'policy', logLine(first.services.ledger.verifierKeys()[0] ?? '') + lines);
  const duban = open(t, dir, clock, { policy });
  const { ledger, checkpointStore } = duban.services;
  await grow(duban, clock, 4);
  ledger.seal(); // its witnesses have no address to be heard at: nobody is waited for
  const note = parseNote(last(duban).note);
  const text = note.ok ? note.value.text : '';
  const by = (key: (typeof keys)[number], time: number): string => formatSignature(signText(text, cosigner(key, time)));
  const [one = witnessKey('x'), two = witnessKey('x'), three = witnessKey('x')] = keys;

  t.same(ledger.cosign(4, by(one, 100)), { ok: true, added: ['w1'] });
  t.same(ledger.cosign(4, by(one, 200)), { ok: true, added: ['w1'] });
  t.equal(checkpointStore.cosignatures(4).length, 1, 'the first one of a witness stays');
  t.equal(ledger.anchoredThrough(), 0, 'one of two');
  t.match(ledger.cosign(4, by(two, 100).replace(/.{6}\n$/u, 'AAAA==\n')), { ok: false });
  t.match(ledger.cosign(4, formatSignature(signText(text, cosigner(witnessKey('stranger.example'), 9)))), {
    ok: false,
    reason: 'no-known-signature',
  });
  t.match(ledger.cosign(4, formatSignature(signText(text.replace('\n4\n', '\n3\n'), cosigner(two, 9)))), {
    ok: false,
    reason: 'bad-signature',
  });
  t.match(ledger.cosign(3, by(two, 100)), { ok: false, reason: { key: 'ledger.no-such-size-signed', values: { size: 3 } } });
  t.match(ledger.cosign(4, 'nothing'), { ok: false, reason: { key: 'ledger.not-a-cosignature-line' } });
  t.same(ledger.cosign(4, by(two, 101) + by(three, 102)), { ok: true, added: ['w2', 'w3'] });
  t.equal(ledger.anchoredThrough(), 4);
  t.same([...ledger.cosigners(4)].toSorted(), ['w1', 'w2', 'w3']);

  const cosigned = openNote(ledger.note(last(duban)), [verifierIn(ledger.verifierKeys()[0]), ...keys.map(verifierOf)]);
  t.equal(cosigned.ok && cosigned.value.signatures.length, 4, 'the note with its cosignatures is still a note');
  await grow(duban, clock, 1);
  ledger.seal();
  t.equal(ledger.anchoredThrough(), 4, 'the newest is not anchored yet');
  await duban.close();

  // A policy that no longer knows a witness no longer counts it.
  const fewer = fileIn(
    dir,
    'fewer',
    logLine(ledger.verifierKeys()[0] ?? '') +
      witnessLines(
        [
          { key: one, url: '' },
          { key: witnessKey('new.example'), url: '' },
        ],
        2,
      ).replaceAll(/ \n/gu, '\n'),
  );
  const again = open(t, dir, clock, { policy: fewer });
  t.equal(again.services.ledger.anchoredThrough(), 0);
  t.ok(
    again.services.ledger.cosigners(4).includes(formatVerifierKey(two).slice(0, 'two.example+00000000'.length)),
    'who is not known is named by the key',
  );
});

await test('what a database administrator can do to the checkpoint store is refused by the database at least', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 3);
  await duban.close();
  const db = new DatabaseSync(join(dir, 'ledger.sqlite'));
  t.throws(() => db.exec('DELETE FROM checkpoint'), /never deleted/u);
  t.throws(() => db.exec('UPDATE checkpoint SET size = 2'), /never changed/u);
  db.close();
});
