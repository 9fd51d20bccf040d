import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { canonicalBytes } from '../../src/kernel/canonical.ts';
import { openEvent } from '../../src/kernel/envelope.ts';
import { leafHash } from '../../src/tlog/index.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { grow, handClock, open, temporaryDir } from '../ledger/fixture.ts';

/** A copy of a data directory holds events that came after the last checkpoint: nobody has signed them, and each can be looked at. */

const SIGNED = 585;
const HELD = 587;

const changeFile = (path: string, change: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(path);
  // The column asked for.
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { readonly name: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  change(db);
  db.close();
};

/** 587 events, the first 585 of them signed. */
const copyWithTail = async (t: Test): Promise<string> => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, SIGNED);
  duban.services.ledger.seal();
  await grow(duban, clock, HELD - SIGNED);
  await duban.close();
  // What was signed at the end, a copy that was taken a moment before does not have.
  changeFile(join(dir, 'ledger.sqlite'), (db) => db.exec(`DELETE FROM checkpoint WHERE size > ${SIGNED}`));
  return dir;
};

const verify = (dir: string): Promise<Report> =>
  verifyLog({ kind: 'data', dir }, { memoryOf: undefined, skew: 60_000, clock: handClock(Date.parse('2023-04-01T00:00:00.000Z')) });

type Row = { readonly bytes: Uint8Array };

/** The last event as another text says it; with the hash that belongs to it, or with the one that it had. */
const changeLast = (dir: string, rehashed: boolean, change: (event: ReturnType<typeof openEvent>) => object): void =>
  changeFile(join(dir, 'log.sqlite'), (db) => {
    const { bytes } = db.prepare('SELECT bytes FROM event WHERE position = ?').get(HELD) as unknown as Row;
    const forged = canonicalBytes(change(openEvent(bytes)));
    db.prepare('UPDATE event SET bytes = ? WHERE position = ?').run(forged, HELD);
    if (rehashed) db.prepare('UPDATE event SET leaf = ? WHERE position = ?').run(leafHash(forged), HELD);
  });

const REMARK = /^2 events after the last checkpoint, to position 587, are not signed yet/u;

await test('what came after the last checkpoint is checked, and said to be signed by nobody yet', async (t) => {
  const report = await verify(await copyWithTail(t));
  t.match(report, { ok: true, size: SIGNED, streams: 7, faults: [] }, 'the tree is that of the checkpoint');
  t.ok(report.remarks.some((remark) => REMARK.test(remark)));
});

await test('an event after the last checkpoint whose bytes were changed is a fault', async (t) => {
  const dir = await copyWithTail(t);
  changeLast(dir, false, (event) => ({ ...event, data: { ...Object(event.data), reason: '从未发生' } }));
  const report = await verify(dir);
  t.match(report, { ok: false, size: SIGNED, faults: [{ check: 'row', position: HELD }] });
  t.ok(report.remarks.some((remark) => REMARK.test(remark)));
});

await test('an event after the last checkpoint that does not follow its predecessor is a fault', async (t) => {
  const dir = await copyWithTail(t);
  changeLast(dir, true, (event) => ({ ...event, prevleaf: '0'.repeat(64) }));
  t.match(await verify(dir), { ok: false, faults: [{ check: 'link', position: HELD }] });
});

await test('an event after the last checkpoint that is missing is a fault', async (t) => {
  const dir = await copyWithTail(t);
  changeFile(join(dir, 'log.sqlite'), (db) => db.exec(`DELETE FROM event WHERE position = ${HELD - 1}`));
  t.match(await verify(dir), { ok: false, faults: [{ check: 'bundle', position: HELD - 1, detail: 'is missing' }] });
});
