import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { canonicalBytes } from '../../src/kernel/canonical.ts';
import { openEvent } from '../../src/kernel/envelope.ts';
import { derivedId } from '../../src/kernel/ids.ts';
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
  verifyTlogProof,
  type Hash,
  type NoteKey,
} from '../../src/tlog/index.ts';
import { readKeyFile } from '../../src/ledger/key-file.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { markIn } from '../../src/store/signed-mark.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import {
  eventually,
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
} from './fixture.ts';
import { english } from '../support/english.ts';

/**
 * Whoever has the machine has the databases and the key. He changes an event, makes every hash after it again, signs
 * the checkpoints anew, and leaves nothing inconsistent behind.
 */

const dropTriggers = (db: DatabaseSync): void => {
  // The column asked for.
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { readonly name: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
};

type Row = { readonly position: number; readonly bytes: Uint8Array };

/** Changes the data of one event, and the links of its stream after it. Gives the leaves of the log as it is now. */
const rewriteLog = (dataDir: string, position: number, { keepViews = false } = {}): readonly Hash[] => {
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
  if (!keepViews) rmSync(join(dataDir, 'views.sqlite'), { force: true });
  return leaves;
};

const resign = (leaves: readonly Hash[], size: number, key: NoteKey): { readonly root: Hash; readonly note: Uint8Array } => {
  const root = rootAt(size, nodesFromLeaves(leaves));
  const text = formatCheckpoint({ origin: key.name, size, root, extensions: [] });
  return { root, note: formatNote(signNote({ text, signatures: [] }, [noteSigner(key)])) };
};

/** Signs every checkpoint anew, and one of the whole log where there was none; the log's own mark of the last one too. */
const rewriteCheckpointStore = (dataDir: string, leaves: readonly Hash[], key: NoteKey): void => {
  const db = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  dropTriggers(db);
  db.exec('DELETE FROM cosignature');
  db.prepare('DELETE FROM checkpoint WHERE size > ?').run(leaves.length);
  db.prepare("INSERT INTO checkpoint (size, root, note, signed_at) VALUES (?, x'', x'', 0) ON CONFLICT DO NOTHING").run(leaves.length);
  const sizes = db.prepare('SELECT size FROM checkpoint').all() as { readonly size: number }[];
  for (const { size } of sizes) {
    const { root, note } = resign(leaves, size, key);
    db.prepare('UPDATE checkpoint SET root = ?, note = ? WHERE size = ?').run(root, note, size);
  }
  db.close();
  const log = openLogFile(dataFiles(dataDir).log);
  markIn(log).write({ origin: key.name, size: leaves.length, ...resign(leaves, leaves.length, key), signedAt: 0 });
  log.close();
};

/** Writes the log anew from its rows as `forge` has them: positions, times, revisions, links and ids fit, and so do the checkpoints. */
const forgeAll = (dataDir: string, forge: (rows: readonly Row[]) => readonly Row[]): void => {
  const db = new DatabaseSync(join(dataDir, 'log.sqlite'));
  dropTriggers(db);
  const rows = db.prepare('SELECT position, bytes FROM event ORDER BY position').all() as unknown as readonly Row[];
  const times = rows.map(({ bytes }) => openEvent(bytes).time);
  const streams = new Map(
    (db.prepare('SELECT id, name FROM stream').all() as { readonly id: number; readonly name: string }[]).map(({ id, name }) => [name, id]),
  );
  const insert = db.prepare('INSERT INTO event (position, stream, revision, id, recorded_at, leaf, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const heads = new Map<string, { readonly revision: number; readonly leaf: string }>();
  const ids = new Set<string>();
  db.exec('DELETE FROM event');
  const leaves = forge(rows).map((row, index) => {
    const { prevleaf: _, ...event } = openEvent(row.bytes);
    const before = heads.get(event.subject);
    const revision = (before?.revision ?? -1) + 1;
    const time = times[index] ?? times.at(-1) ?? event.time;
    const id = ids.has(event.id) ? derivedId('forged', String(index)) : event.id;
    ids.add(id);
    const bytes = canonicalBytes({
      ...event,
      id,
      time,
      streamrev: String(revision),
      ...(before === undefined ? {} : { prevleaf: before.leaf }),
    });
    const leaf = leafHash(bytes);
    heads.set(event.subject, { revision, leaf: leaf.toHex() });
    insert.run(
      index + 1,
      streams.get(event.subject) ?? 0,
      revision,
      Buffer.from(id.replaceAll('-', ''), 'hex'),
      Date.parse(time),
      leaf,
      bytes,
    );
    return leaf;
  });
  db.close();
  rewriteCheckpointStore(dataDir, leaves, stolenKey(dataDir));
};

const stolenKey = (dataDir: string): NoteKey => {
  const key = readKeyFile(dataFiles(dataDir).ledgerKey, 'ed25519');
  if (key === undefined) throw new Error('there is no key to steal');
  return key;
};

await test('a history rewritten with the stolen key convinces nobody who remembers', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await first.close();
  const [vkey = ''] = first.services.ledger.verifierKeys();
  const key = witnessKey('w.example');
  const witness = await startWitness(t, {
    key,
    logs: `${logLine(vkey)}quorum none\n`,
    clock,
    state: join(temporaryDir(t), 'witness.sqlite'),
  });
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
    verifyLog(
      { kind: 'data', dir },
      {
        policy: withPolicy ? policyOf(policyText) : undefined,
        memoryOf: memory === undefined ? undefined : (origin) => openMemory(memory, origin),
        skew: 600_000,
      },
    );
  const memory = temporaryDir(t);
  t.match(await verify(memory, false), { ok: true, size: 300 });
  t.match(await verify(undefined, true), { ok: true, anchored: { size: 300 } });
  const honest = join(temporaryDir(t), 'honest');
  cpSync(dir, honest, { recursive: true });

  // The events alone: the checkpoint store beside them contradicts.
  const leaves = rewriteLog(dir, 77);
  t.match(await verify(undefined, false), { ok: false, faults: [{ check: 'root', detail: /the first 300 events give the root/u }] });
  const contradicted = open(t, dir, clock);
  await contradicted.projector.caughtUp();
  await eventually('it is noticed', () => contradicted.services.ledger.contradicted());
  t.match(contradicted.readiness(), { ready: false });
  await contradicted.close();

  // The checkpoint store too: in itself everything is right now.
  rewriteCheckpointStore(dir, leaves, stolenKey(dir));
  t.match(await verify(undefined, false), { ok: true }, 'who sees it for the first time and asks nobody is deceived');
  const deceived = await verify(memory, false);
  t.match(deceived, { ok: false, faults: [{ check: 'history', detail: /rewritten/u }] }, 'an auditor who remembers is not');
  t.match(readFileSync(join(openMemory(memory, vkey.split('+')[0] ?? '').dir, 'fork-evidence.txt'), 'utf8'), '---- remembered ----');
  t.match(await verify(undefined, true), { ok: false, faults: [{ check: 'quorum' }] }, 'nor one who asks for a witness');

  const found = open(t, dir, clock, { policy });
  await eventually('the witness tells', () => found.services.ledger.contradicted());
  t.match(
    english(found.services.ledger.stopped()),
    /the first 300 events are not those of the checkpoint of size 300 that witness w1 keeps/u,
  );
  await found.close();

  // And the witness itself signs neither the forged tree nor its continuation.
  const grown = [...leaves, leafHash(Buffer.from('one more'))];
  const forged = resign(leaves, 300, stolenKey(dir));
  const longer = resign(grown, 301, stolenKey(dir));
  const post = async (body: Uint8Array): Promise<number> =>
    (await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) })).status;
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
    ["UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '依法', '违法') AS BLOB) WHERE position = 14", 'row', 14],
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

await test('an event that is edited under a running server is found, and the server goes on proving the true one', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 60);
  duban.services.ledger.seal();
  const memory = temporaryDir(t);
  const verify = (): Promise<Report> =>
    verifyLog({ kind: 'data', dir }, { memoryOf: (origin) => openMemory(memory, origin), skew: 60_000 });
  t.match(await verify(), { ok: true, size: 60 });
  const original = duban.services.store.at(33);

  rewriteLog(dir, 33, { keepViews: true });
  t.match(
    await verify(),
    { ok: false, faults: [{ check: 'root', detail: /the first 60 events give the root/u }] },
    'by the checkpoints beside it',
  );
  clock.advance(20_000);
  await grow(duban, clock, 5);
  duban.services.ledger.seal();
  const { ledger } = duban.services;
  const newest = ledger.last();
  t.equal(newest?.size, 65, 'the tree is that of the events as they were hashed');
  const [vkey = ''] = ledger.verifierKeys();
  const receipt = newest === undefined ? new Uint8Array(0) : ledger.receipt(33, newest);
  const policy = policyOf(`${logLine(vkey)}quorum none\n`);
  t.match(verifyTlogProof(receipt, original?.leaf ?? new Uint8Array(0), policy), { ok: true, value: { index: 32 } });
  t.match(
    verifyTlogProof(receipt, leafHash(duban.services.store.at(33)?.bytes ?? new Uint8Array(0)), policy),
    { ok: false, reason: 'root-mismatch' },
    'its receipt is not one of the forgery',
  );
  await duban.close();
  t.match(await verify(), { ok: false, faults: [{ check: 'link' }] }, 'and what follows it names it as it was');
});

await test('what the key’s thief does to the databases is in vain for who remembers', async (t) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 50);
  await duban.close();
  const memory = temporaryDir(t);
  const verify = (of: string, remembering: boolean): Promise<Report> =>
    verifyLog({ kind: 'data', dir: of }, { memoryOf: remembering ? (origin) => openMemory(memory, origin) : undefined, skew: 60_000 });
  t.match(await verify(dir, true), { ok: true, size: 50 });

  // All before him: the log file is written anew, the checkpoints signed anew with the key that was stolen.
  const forgeries: readonly (readonly [what: string, forge: (rows: readonly Row[]) => readonly Row[], says: RegExp])[] = [
    ['an event is deleted', (rows) => rows.toSpliced(20, 1), /rolled back/u],
    ['an event is deleted and another added at the end', (rows) => [...rows.toSpliced(20, 1), ...rows.slice(3, 4)], /rewritten/u],
    ['a backdated one is put in', (rows) => rows.toSpliced(20, 0, ...rows.slice(5, 6)), /rewritten/u],
    ['two change places', (rows) => [...rows.slice(0, 20), ...rows.slice(20, 22).toReversed(), ...rows.slice(22)], /rewritten/u],
    ['the end is cut off', (rows) => rows.slice(0, 40), /rolled back/u],
  ];
  for (const [what, forge, says] of forgeries) {
    const copy = join(temporaryDir(t), 'copy');
    cpSync(dir, copy, { recursive: true });
    forgeAll(copy, forge);
    const believed = await verify(copy, false);
    t.same(believed.faults, [], `${what}: in itself everything is right`);
    const report = await verify(copy, true);
    t.match(report.faults, [{ check: 'history', detail: says }], what);
    t.equal(report.faults.length, 1);
  }
});
