import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { canonicalBytes } from '../../src/kernel/canonical.ts';
import {
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  leafHash,
  nodesFromLeaves,
  noteSigner,
  rootAt,
  signNote,
  consistencyProof,
  type Hash,
  type NoteKey,
} from '../../src/ledger/index.ts';
import { readKeyFile } from '../../src/proving/key-file.ts';
import { ledgerKeyPath } from '../../src/proving/ledger-key.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { eventually, fileIn, grow, handClock, logLine, open, policyOf, startWitness, temporaryDir, witnessKey, witnessLines } from './fixture.ts';

/**
 * Whoever has the machine has the databases and the key. He changes an event, makes every hash after it again, signs
 * the checkpoints anew, and leaves nothing inconsistent behind.
 */

const dropTriggers = (db: DatabaseSync): void => {
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { readonly name: string }[]; // the column asked for
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
};

type Row = { readonly position: number; readonly bytes: Uint8Array };

/** Changes the data of one event, and the links of its stream after it. Gives the leaves of the log as it is now. */
const rewriteLog = (dataDir: string, position: number): readonly Hash[] => {
  const db = new DatabaseSync(join(dataDir, 'log.sqlite'));
  dropTriggers(db);
  const rows = db.prepare('SELECT position, bytes FROM event ORDER BY position').all() as unknown as readonly Row[];
  const update = db.prepare('UPDATE event SET bytes = ?, leaf = ? WHERE position = ?');
  const heads = new Map<string, string>();
  const leaves = rows.map((row) => {
    // As they were stored; the cast is what a forger knows of them.
    const event = JSON.parse(Buffer.from(row.bytes).toString('utf8')) as { subject: string; data: object; prevleaf?: string };
    const before = heads.get(event.subject);
    const bytes = canonicalBytes({
      ...event,
      ...(before === undefined ? {} : { prevleaf: before }),
      data: row.position === position ? { ...event.data, reason: '从未发生' } : event.data,
    });
    const leaf = leafHash(bytes);
    heads.set(event.subject, leaf.toHex());
    update.run(bytes, leaf, row.position);
    return leaf;
  });
  db.close();
  rmSync(join(dataDir, 'views.sqlite'), { force: true });
  return leaves;
};

const resign = (leaves: readonly Hash[], size: number, key: NoteKey): { readonly root: Hash; readonly note: Uint8Array } => {
  const root = rootAt(size, nodesFromLeaves(leaves));
  const text = formatCheckpoint({ origin: key.name, size, root, extensions: [] });
  return { root, note: formatNote(signNote({ text, signatures: [] }, [noteSigner(key)])) };
};

const rewriteNotebook = (dataDir: string, leaves: readonly Hash[], key: NoteKey): void => {
  const db = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  dropTriggers(db);
  db.exec('DELETE FROM cosignature');
  const sizes = db.prepare('SELECT size FROM checkpoint').all() as { readonly size: number }[];
  for (const { size } of sizes) {
    const { root, note } = resign(leaves, size, key);
    db.prepare('UPDATE checkpoint SET root = ?, note = ? WHERE size = ?').run(root, note, size);
  }
  db.close();
};

const stolenKey = (dataDir: string): NoteKey => {
  const key = readKeyFile(ledgerKeyPath(dataDir), 'ed25519');
  if (key === undefined) throw new Error('there is no key to steal');
  return key;
};

await test('a history rewritten with the stolen key convinces nobody who remembers', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await first.close();
  const [vkey = ''] = first.services.ledger.verifierKeys;
  const key = witnessKey('w.example');
  const witness = await startWitness(t, { key, logs: `${logLine(vkey)}quorum none\n`, clock, state: join(temporaryDir(t), 'witness.sqlite') });
  const policyText = logLine(vkey) + witnessLines([witness], 1);
  const policy = fileIn(temporaryDir(t), 'policy', policyText);

  const duban = open(t, dir, clock, { policy });
  await eventually('it may sign', () => {
    duban.services.ledger.tick();
    return !duban.told.includes('a witness could not be reached');
  });
  await grow(duban, clock, 300);
  await eventually('it is cosigned', () => duban.services.ledger.anchoredThrough() === 300);
  await duban.close();
  const verify = (memory: string | undefined, withPolicy: boolean): Promise<Report> =>
    verifyLog({ kind: 'data', dir }, { policy: withPolicy ? policyOf(policyText) : undefined, memoryOf: memory === undefined ? undefined : (origin) => openMemory(memory, origin), skew: 600_000 });
  const memory = temporaryDir(t);
  t.match(await verify(memory, false), { ok: true, size: 300 });
  t.match(await verify(undefined, true), { ok: true, anchored: { size: 300 } });
  const honest = join(temporaryDir(t), 'honest');
  cpSync(dir, honest, { recursive: true });

  // The events alone: the notebook beside them contradicts.
  const leaves = rewriteLog(dir, 77);
  t.match(await verify(undefined, false), { ok: false, faults: [{ check: 'root', detail: /the first 300 events give the root/u }] });
  const contradicted = open(t, dir, clock);
  await contradicted.projector.caughtUp();
  await eventually('it is noticed', () => contradicted.services.ledger.contradicted());
  t.match(contradicted.readiness(), { ready: false });
  await contradicted.close();

  // The notebook too: in itself everything is right now.
  rewriteNotebook(dir, leaves, stolenKey(dir));
  t.match(await verify(undefined, false), { ok: true }, 'who sees it for the first time and asks nobody is deceived');
  const deceived = await verify(memory, false);
  t.match(deceived, { ok: false, faults: [{ check: 'history', detail: /rewritten/u }] }, 'an auditor who remembers is not');
  t.match(readFileSync(join(openMemory(memory, vkey.split('+')[0] ?? '').dir, 'fork-evidence.txt'), 'utf8'), '---- remembered ----');
  t.match(await verify(undefined, true), { ok: false, faults: [{ check: 'quorum' }] }, 'nor one who asks for a witness');

  const found = open(t, dir, clock, { policy });
  await eventually('the witness tells', () => found.services.ledger.contradicted());
  t.match(found.services.ledger.stopped(), /the first 300 events are not those of the checkpoint of size 300 that witness w1 keeps/u);
  await found.close();

  // And the witness itself signs neither the forged tree nor its continuation.
  const grown = [...leaves, leafHash(Buffer.from('one more'))];
  const forged = resign(leaves, 300, stolenKey(dir));
  const longer = resign(grown, 301, stolenKey(dir));
  const post = async (body: Uint8Array): Promise<number> => (await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) })).status;
  t.equal(await post(formatAddCheckpoint(300, [], forged.note)), 422);
  t.equal(await post(formatAddCheckpoint(300, consistencyProof(300, 301, nodesFromLeaves(grown)), longer.note)), 422);
});

await test('what a database says beside an event’s bytes is held against them', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 40);
  await duban.close();
  const edits: readonly (readonly [sql: string, check: string, position: number | null])[] = [
    ["UPDATE stream SET name = 'record-other' WHERE name = 'record-3'", 'row', null],
    ["UPDATE event SET id = x'00000000000000000000000000000000' WHERE position = 9", 'row', 9],
    ["UPDATE event SET leaf = x'0000000000000000000000000000000000000000000000000000000000000000' WHERE position = 12", 'row', 12],
    ['UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), \'依法\', \'违法\') AS BLOB) WHERE position = 14', 'row', 14],
    ['DELETE FROM event WHERE position = 20', 'bundle', 20],
    ['UPDATE event SET position = 1000 WHERE position = 21', 'bundle', 21],
  ];
  for (const [sql, check, position] of edits) {
    const copy = join(temporaryDir(t), 'copy');
    cpSync(dir, copy, { recursive: true });
    const db = new DatabaseSync(join(copy, 'log.sqlite'));
    dropTriggers(db);
    db.exec(sql);
    db.close();
    const report = await verifyLog({ kind: 'data', dir: copy }, { memoryOf: undefined, skew: 60_000 });
    t.match(report.faults[0], { check, ...(position === null ? {} : { position }) }, sql);
  }
  t.match(await verifyLog({ kind: 'data', dir }, { memoryOf: undefined, skew: 60_000 }), { ok: true });
});
