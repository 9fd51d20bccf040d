import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { markAsCopied } from '../../src/main/backup-mark.ts';
import { backUp } from '../../src/main/backup.ts';
import { openCheckpointStore } from '../../src/ledger/checkpoint-store.ts';
import { lostBook } from '../../src/ledger/proof-book.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { markIn, type SignedMark } from '../../src/store/signed-mark.ts';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { restoreFrom } from '../../src/verifying/restore.ts';
import { fileIn, grow, handClock, open, temporaryDir, type Opened } from './fixture.ts';
import { english, readinessOf } from '../support/english.ts';

/** ledger.sqlite is the memory of what was promised: without it, or with an older one, nothing more is promised. */

const BOOK = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm'] as const;

const removeBook = (dir: string): void => BOOK.forEach((name) => rmSync(join(dir, name), { force: true }));

const markOf = (dir: string): SignedMark | undefined => {
  const log = openLogFile(dataFiles(dir).log, { readOnly: true });
  const mark = markIn(log).read();
  log.close();
  return mark;
};

const grown = async (duban: Opened, clock: ReturnType<typeof handClock>, events: number): Promise<void> => {
  await grow(duban, clock, events);
  duban.services.ledger.seal();
};

/** A log of 40 events that was signed at 30 and at 40, a copy of its book and a bundle from when it had 30. */
const signedTwice = async (t: Test) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await grown(first, clock, 30);
  await first.close();
  const olderBook = join(temporaryDir(t), 'ledger.sqlite');
  cpSync(join(dir, 'ledger.sqlite'), olderBook);
  const bundle = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir });
  await exportBundle(source, bundle);
  source.close();
  const second = open(t, dir, clock);
  await grown(second, clock, 10);
  const note = second.services.ledger.last()?.note ?? new Uint8Array();
  const { origin } = second.services.ledger;
  await second.close();
  return { dir, clock, olderBook, bundle, note, origin, keys: second.services.ledger.verifierKeys() };
};

const refusesToSign = async (t: Test, duban: Opened, clock: ReturnType<typeof handClock>, why: RegExp): Promise<void> => {
  await duban.projector.caughtUp();
  const { ledger, checkpointStore } = duban.services;
  const before = checkpointStore.last()?.size;
  await grown(duban, clock, 300);
  ledger.tick();
  t.match(english(ledger.stopped()), why);
  t.match(readinessOf(duban.readiness()), { ready: false, reasons: [why] });
  t.equal(checkpointStore.last()?.size, before, 'nothing is signed');
};

await test('a book that was deleted is not begun again', async (t) => {
  const { dir, clock, origin } = await signedTwice(t);
  t.match(markOf(dir), { origin, size: 40 });
  removeBook(dir);
  const duban = open(t, dir, clock);
  await refusesToSign(
    t,
    duban,
    clock,
    /signed up to size 40 as .*, but the store ledger\.sqlite holds none of its checkpoints.*duban restore --from/su,
  );
  t.equal(duban.services.ledger.cover(5), undefined, 'there are no receipts either');
  t.match(markOf(dir), { size: 40 }, 'and it is not forgotten');
});

await test('nor is an older copy of it gone on from', async (t) => {
  const { dir, clock, olderBook } = await signedTwice(t);
  removeBook(dir);
  cpSync(olderBook, join(dir, 'ledger.sqlite'));
  await refusesToSign(t, open(t, dir, clock), clock, /the last checkpoint in ledger\.sqlite is of size 30/u);
});

await test('nor the book and the key of another log', async (t) => {
  const { dir, clock, origin } = await signedTwice(t);
  const other = temporaryDir(t);
  await open(t, other, clock).close();
  removeBook(dir);
  cpSync(dataFiles(other).ledgerKey, dataFiles(dir).ledgerKey);
  await refusesToSign(t, open(t, dir, clock), clock, new RegExp(`this log was signed as ${origin} so far, and not as`, 'u'));
});

await test('without book and key no other key is made', async (t) => {
  const { dir, clock } = await signedTwice(t);
  removeBook(dir);
  rmSync(dataFiles(dir).ledgerKey);
  t.throws(() => open(t, dir, clock), /the key that signs this log's checkpoints is not there/u);
});

await test('the newest book put back, it goes on', async (t) => {
  const { dir, clock } = await signedTwice(t);
  const kept = join(temporaryDir(t), 'ledger.sqlite');
  cpSync(join(dir, 'ledger.sqlite'), kept);
  removeBook(dir);
  await open(t, dir, clock).close();
  removeBook(dir);
  cpSync(kept, join(dir, 'ledger.sqlite'));
  const duban = open(t, dir, clock);
  await grown(duban, clock, 5);
  t.match(duban.readiness(), { ready: true });
  t.equal(duban.services.ledger.last()?.size, 45);
});

await test('somebody’s copy of the last checkpoint stands in for the book, and an older one does not', async (t) => {
  const { dir, clock, note, olderBook } = await signedTwice(t);
  const older = openCheckpointStore(join(olderBook, '..'));
  const olderNote = older.last()?.note ?? new Uint8Array();
  older.close();
  removeBook(dir);
  const away = temporaryDir(t);
  const pinnedOld = open(t, dir, clock, { pinned: fileIn(away, 'old', Buffer.from(olderNote).toString('utf8')) });
  t.match(english(pinnedOld.services.ledger.stopped()), /signed up to size 40/u);
  await pinnedOld.close();
  const duban = open(t, dir, clock, { pinned: fileIn(away, 'new', Buffer.from(note).toString('utf8')) });
  await grown(duban, clock, 5);
  t.equal(duban.services.ledger.last()?.size, 45);
  await duban.close();
  t.match(open(t, dir, clock).readiness(), { ready: true }, 'from then on the new book is enough');
});

await test('a bundle brings the checkpoints back, and the log the last one, which is younger than the bundle', async (t) => {
  const { dir, clock, bundle, keys } = await signedTwice(t);
  removeBook(dir);
  const log = openLogFile(dataFiles(dir).log);
  const checkpointStore = openCheckpointStore(dir);
  const restored = await restoreFrom({ dir: bundle, log, checkpointStore, policy: undefined, ownKeys: keys, onAdvance: () => undefined });
  checkpointStore.close();
  log.close();
  t.match(restored, { added: 0, checkpoints: 2 });
  const duban = open(t, dir, clock);
  await grown(duban, clock, 5);
  t.equal(duban.services.ledger.last()?.size, 45);
});

await test('a directory from before there was a mark gets one at the first start', async (t) => {
  const { dir, clock } = await signedTwice(t);
  const db = new DatabaseSync(dataFiles(dir).log);
  db.exec("DELETE FROM meta WHERE key = 'last-signed'");
  db.close();
  await open(t, dir, clock).close();
  t.match(markOf(dir), { size: 40 });
});

await test('a backup goes on from the checkpoints in it, although more were signed while it was made', async (t) => {
  const { dir, clock, olderBook } = await signedTwice(t);
  const out = join(temporaryDir(t), 'copy');
  await backUp({ dataDir: dir, out, withKeys: true, onAdvance: () => undefined });
  t.match(markOf(out), { size: 40 });
  // As if 40 had been signed after the copy of the book and before that of the log.
  removeBook(out);
  cpSync(olderBook, join(out, 'ledger.sqlite'));
  markAsCopied(dir, out, 'log');
  t.match(markOf(out), { size: 30 });
  const duban = open(t, out, clock);
  await grown(duban, clock, 1);
  t.match(duban.readiness(), { ready: true });
});

await test('a backup of a directory that has lost its book has lost it too', async (t) => {
  const { dir, clock } = await signedTwice(t);
  removeBook(dir);
  const out = join(temporaryDir(t), 'copy');
  await backUp({ dataDir: dir, out, withKeys: true, onAdvance: () => undefined });
  await refusesToSign(t, open(t, out, clock), clock, /signed up to size 40/u);
});

await test('a log that says that it goes on under another name has a book of its own', (t) => {
  const marked = { origin: 'old', size: 4, root: new Uint8Array(32), note: new Uint8Array(1), signedAt: 0 };
  const part = { marked, book: { last: () => undefined, at: () => undefined }, origin: 'new', pinned: [] };
  t.equal(lostBook({ ...part, restartedAs: 'new' }), undefined);
  t.match(english(lostBook({ ...part, restartedAs: 'newer' })), /signed as old so far/u);
  t.end();
});
