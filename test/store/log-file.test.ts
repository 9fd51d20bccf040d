import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { leafHash } from '../../src/tlog/hash.ts';
import { openLogFile, type SealedEvent } from '../../src/store/log-file.ts';
import { freshId } from '../contract/drafts.ts';
import { temporaryDir } from './temporary-dir.ts';

const sealed = (stream: string, revision: number, recordedAt = 1000): SealedEvent => {
  const id = freshId();
  const bytes = Buffer.from(JSON.stringify({ id, subject: stream, streamrev: String(revision), time: new Date(recordedAt).toISOString() }));
  return { stream, revision, id, recordedAt, bytes, leaf: leafHash(bytes) };
};

const given = (t: Test) => {
  const dir = temporaryDir();
  const path = join(dir.path, 'log.sqlite');
  const log = openLogFile(path);
  t.teardown(() => {
    log.close();
    dir.remove();
  });
  return { dir: dir.path, path, log };
};

await test('an empty log', (t) => {
  const { log } = given(t);
  t.same(log.head(), { position: 0, recordedAt: null });
  t.same(log.readAll(0, 10), []);
  t.equal(log.positionAt(Number.MAX_SAFE_INTEGER), 0);
  t.equal(log.leaves(0, 0).length, 0);
  t.equal(log.streamHead('task-1'), undefined);
  t.equal(log.meta('remote-position'), undefined);
  t.end();
});

await test('events and the meta beside them are written in one transaction, or not at all', (t) => {
  const { log } = given(t);
  const [a, b, c] = [sealed('task-1', 0), sealed('task-1', 1), sealed('task-2', 0)];
  const written = log.write(({ append, setMeta }) => {
    setMeta('remote-position', '40');
    return [a, b].map((event) => append(event));
  });
  t.same(
    written.map(({ position, id }) => [position, id]),
    [
      [1, a.id],
      [2, b.id],
    ],
  );

  const undone = new Error('the sequencer lost its lease');
  t.throws(
    () =>
      log.write(({ append, setMeta }) => {
        append(c);
        append(sealed('task-1', 2));
        setMeta('remote-position', '90');
        t.equal(log.head().position, 4, 'what is appended is seen inside');
        t.match(log.streamHead('task-1'), { revision: 2 });
        t.match(log.streamHead('task-2'), { revision: 0 });
        throw undone;
      }),
    undone,
  );
  t.same(log.head(), { position: 2, recordedAt: 1000 });
  t.equal(log.meta('remote-position'), '40');
  t.equal(log.streamHead('task-2'), undefined, 'no head is remembered of what was undone');
  t.match(log.streamHead('task-1'), { revision: 1, leaf: b.leaf });
  t.equal(log.write(({ append }) => append(c)).position, 3, 'the position is given again');
  t.same(
    log.readAll(0, 10).map(({ id }) => id),
    [a.id, b.id, c.id],
  );
  t.end();
});

await test('what does not follow is refused by the file itself', (t) => {
  const { log } = given(t);
  log.write(({ append }) => append(sealed('task-1', 0)));
  const refuses = (event: SealedEvent, why: string): void =>
    void t.throws(() => log.write(({ append }) => append(event)), /must follow/u, why);
  refuses(sealed('task-1', 0), 'a revision again');
  refuses(sealed('task-1', 2), 'a revision left out');
  refuses(sealed('task-2', 1), 'a stream that begins late');
  refuses(sealed('task-1', 1, 999), 'recorded before the event before it');
  t.throws(() => log.write(({ append }) => append({ ...sealed('task-1', 1), leaf: Buffer.alloc(31) })), /CHECK/u, 'a leaf that is no hash');
  t.equal(log.head().position, 1);
  t.end();
});

await test('no program can change or delete an event or a stream', (t) => {
  const { path, log } = given(t);
  log.write(({ append }) => [sealed('task-1', 0), sealed('task-1', 1), sealed('task-2', 0)].map((event) => append(event)));
  const before = log.readAll(0, 10);
  const other = new DatabaseSync(path);
  const event = "x'00000000000000000000000000000000', 2000, zeroblob(32), x'7b7d'";
  for (const [sql, message] of [
    ['UPDATE event SET bytes = zeroblob(2) WHERE position = 2', /never changed/u],
    ['UPDATE event SET position = 9 WHERE position = 3', /never changed/u],
    ['DELETE FROM event WHERE position = 3', /never deleted/u],
    ['DELETE FROM event', /never deleted/u],
    [`INSERT OR REPLACE INTO event VALUES (3, 2, 0, ${event})`, /must follow/u],
    [`INSERT OR REPLACE INTO event VALUES (4, 2, 0, ${event})`, /must follow/u],
    [`INSERT OR IGNORE INTO event VALUES (9, 2, 1, ${event})`, /must follow/u],
    ["UPDATE stream SET name = 'task-9' WHERE id = 1", /never changed/u],
    ["INSERT OR REPLACE INTO stream VALUES (1, 'task-9')", /named once/u],
    ["INSERT OR REPLACE INTO stream VALUES (9, 'task-1')", /named once/u],
    ['DELETE FROM stream', /never deleted/u],
  ] as const)
    t.throws(() => other.exec(sql), { message }, sql);
  other.close();
  t.same(log.readAll(0, 10), before);
  t.end();
});

await test('a reader follows what the writer appends, and cannot write', (t) => {
  const { path, log } = given(t);
  const reader = openLogFile(path, { readOnly: true });
  t.teardown(() => reader.close());
  t.equal(reader.streamHead('task-1'), undefined);
  for (const revision of [0, 1, 2]) {
    const { leaf } = log.write(({ append }) => append(sealed('task-1', revision)));
    t.same(reader.streamHead('task-1'), { ...log.streamHead('task-1') });
    t.same(reader.streamHead('task-1')?.leaf, leaf);
    t.same(reader.head(), log.head());
  }
  t.throws(() => reader.write(({ append }) => append(sealed('task-1', 3))), /readonly/u);
  t.equal(log.head().position, 3);
  t.end();
});

await test('only a log that this program knows is opened', (t) => {
  const { dir } = given(t);
  const made = (name: string, sql: string): string => {
    const path = join(dir, name);
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
    return path;
  };
  const newer = join(dir, 'newer.sqlite');
  openLogFile(newer).close();
  made('newer.sqlite', 'PRAGMA user_version = 2');
  t.throws(() => openLogFile(newer), {
    message: `${newer} has schema version 2; this program knows versions up to 1. Use the newer program that wrote it`,
  });
  t.throws(() => openLogFile(newer, { readOnly: true }), /schema version 2/u);

  const foreign = made('foreign.sqlite', 'CREATE TABLE t (a)');
  t.throws(() => openLogFile(foreign), { message: `${foreign} is not an event log` });
  const db = new DatabaseSync(foreign);
  t.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'delete', 'and it was left alone');
  db.close();

  const text = join(dir, 'text.sqlite');
  writeFileSync(text, 'no database at all, but some text that is long enough to be read as a header of one');
  t.throws(() => openLogFile(text), /not a database/u);
  t.throws(() => openLogFile(join(dir, 'missing.sqlite'), { readOnly: true }), /unable to open/u, 'a reader makes nothing');
  t.end();
});

await test('every commit reaches the disk', (t) => {
  // Held by the connection, so it is asked of the one the log has made.
  // oxlint-disable-next-line typescript/unbound-method -- capture calls it on its receiver
  const prepared = t.capture(DatabaseSync.prototype, 'prepare', DatabaseSync.prototype.prepare);
  given(t);
  const connection = prepared()[0]?.receiver;
  if (!(connection instanceof DatabaseSync)) throw new Error('the log opened nothing');
  t.equal(connection.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
  t.equal(connection.prepare('PRAGMA synchronous').get()?.['synchronous'], 2, 'FULL');
  t.end();
});
