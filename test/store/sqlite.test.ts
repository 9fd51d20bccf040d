import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { systemClock, type Clock } from '../../src/kernel/clock.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { draft, drafts, freshStream } from '../contract/drafts.ts';
import { checkLinks, eventually, storeContract } from '../contract/store.ts';
import { temporaryDir } from './temporary-dir.ts';

storeContract('sqlite', async (clock) => {
  const dir = temporaryDir();
  const open = () => openSqliteStore({ path: join(dir.path, 'log.sqlite'), clock });
  let store = open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    destroy: async () => {
      await store.close();
      dir.remove();
    },
  };
});

const given = (t: Test, clock: Clock = systemClock) => {
  const dir = temporaryDir();
  const path = join(dir.path, 'log.sqlite');
  const store = openSqliteStore({ path, clock });
  t.teardown(async () => {
    await store.close();
    dir.remove();
  });
  return { path, store };
};

await test('appends that arrive together share transactions', async (t) => {
  const { store } = given(t);
  const streams = Array.from({ length: 500 }, freshStream);
  await Promise.all(streams.map((stream) => store.append(stream, 'none', drafts(stream, 2))));
  t.same(store.stats(), { commits: 1, failedCommits: 0, appends: 500, events: 1000 }, '500 appends, one commit');

  await Promise.all(streams.map((stream) => store.append(stream, 1, drafts(stream, 10))));
  t.same(store.stats(), { commits: 4, failedCommits: 0, appends: 1000, events: 6000 }, '5,000 events, three commits of at most 2,000');

  const large = freshStream();
  await Promise.all([store.append(large, 'none', drafts(large, 2500)), store.append(large, 2499, drafts(large, 1))]);
  t.equal(store.stats().commits, 6, 'one that is larger by itself goes alone');

  const stream = streams[0] ?? '';
  await Promise.allSettled([store.append(stream, 0, drafts(stream, 1)), store.append(large, 2499, drafts(large, 1))]);
  t.match(store.stats(), { appends: 1002, events: 8501 }, 'refusals are not counted as appends');
});

await test('an append is answered only when another connection can read it', async (t) => {
  const { store, path } = given(t);
  const reader = openLogFile(path, { readOnly: true });
  t.teardown(() => reader.close());
  const streams = Array.from({ length: 20 }, freshStream);
  await Promise.all(
    streams.map(async (stream) => {
      const { positions } = await store.append(stream, 'none', [draft(stream)]);
      t.equal(reader.at(positions[0] ?? 0)?.stream, stream);
    }),
  );
});

await test('a subscriber gets what was just appended as it is, not read and parsed again', async (t) => {
  const { store } = given(t);
  const stream = freshStream();
  const delivered: unknown[] = [];
  store.subscribeAll(0, (events) => void delivered.push(...events.map(({ envelope }) => envelope.data)));
  const data = [{ n: 0 }, { n: 1 }, { n: 2 }];
  for (const [index, each] of data.entries()) await store.append(stream, index === 0 ? 'none' : index - 1, [draft(stream, { data: each })]);
  await eventually('all are delivered', () => delivered.length === 3);
  // The first may have been read in the log, if it was there before the subscription first looked.
  t.ok(delivered[1] === data[1] && delivered[2] === data[2]);
});

await test('a transaction that cannot be made rejects all its appends, and the store goes on', async (t) => {
  const { store, path } = given(t);
  const stream = freshStream();
  const other = freshStream();
  const first = draft(stream);
  await store.append(stream, 'none', [first]);

  const blocker = new DatabaseSync(path);
  blocker.exec('BEGIN IMMEDIATE');
  const second = draft(stream);
  const answers = await Promise.allSettled([
    store.append(stream, 0, [second]),
    store.append(other, 'none', drafts(other, 3)),
    store.append(stream, 'none', [first]),
    store.append(stream, 7, drafts(stream, 1)),
  ]);
  for (const answer of answers)
    t.match(answer, { status: 'rejected', reason: { name: 'StoreUnavailable', cause: { code: 'ERR_SQLITE_ERROR' } } });
  t.match(store.stats(), { failedCommits: 1, appends: 1 });
  t.equal(store.head().position, 1);
  blocker.exec('ROLLBACK');
  blocker.close();

  t.match(await store.append(stream, 0, [second]), { revision: 1, positions: [2], duplicate: false }, 'the same ids, now');
  t.match(await store.append(other, 'none', drafts(other, 3)), { revision: 2, positions: [3, 4, 5] });
  checkLinks(await store.readStream(stream));
});

await test('a full disk rejects, and when there is room again the same ids are appended', async (t) => {
  // The limit holds for one connection, so the store's own must be found: the first that is made.
  // oxlint-disable-next-line typescript/unbound-method -- capture calls it on its receiver
  const prepared = t.capture(DatabaseSync.prototype, 'prepare', DatabaseSync.prototype.prepare);
  const { store } = given(t);
  const connection = prepared()[0]?.receiver;
  if (!(connection instanceof DatabaseSync)) throw new Error('the store opened nothing');

  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 2));
  connection.exec('PRAGMA max_page_count = 30');
  const large = Array.from({ length: 10 }, () => draft(stream, { data: { text: 'x'.repeat(20_000) } }));
  const other = freshStream();
  const small = drafts(other, 1);
  const full = await Promise.allSettled([store.append(other, 'none', small), store.append(stream, 1, large)]);
  for (const answer of full) t.match(answer, { status: 'rejected', reason: { name: 'StoreUnavailable', cause: { message: /full/u } } });
  t.equal(store.head().position, 2, 'nothing of the batch is there');
  t.same(await store.readStream(other), []);

  t.match(await store.append(other, 'none', small), { revision: 0, positions: [3] }, 'what fits is appended');
  connection.exec('PRAGMA max_page_count = 100000');
  t.match(await store.append(stream, 1, large), { revision: 11, duplicate: false }, 'the rest when there is room');
  checkLinks(await store.readStream(stream));
});

await test('the write-ahead log is moved into the database when nobody appends, and when the store closes', async (t) => {
  const { store, path } = given(t);
  const stream = freshStream();
  await store.append(stream, 'none', drafts(stream, 200));
  const inDatabase = (): number => {
    // Without the -wal file beside it, only what was checkpointed is read.
    const db = new DatabaseSync(`file:${path}?immutable=1`, { readOnly: true });
    const row = db.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'event'").get();
    const events = row?.['tables'] === 0 ? 0 : Number(db.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
    db.close();
    return events;
  };
  t.equal(inDatabase(), 0);
  await eventually('a checkpoint', () => inDatabase() === 200);
  await store.append(stream, 199, drafts(stream, 1));
  await store.close();
  t.equal(existsSync(`${path}-wal`), false);
  t.equal(inDatabase(), 201);
});

await test('a log keeps the source it was made with', async (t) => {
  const dir = temporaryDir();
  t.teardown(dir.remove);
  const path = join(dir.path, 'log.sqlite');
  const sources = async (source?: string): Promise<(string | undefined)[]> => {
    const store = openSqliteStore({ path, clock: systemClock, ...(source === undefined ? {} : { source }) });
    const stream = freshStream();
    await store.append(stream, 'none', [draft(stream)]);
    const all = store.readAll(0, 10).map(({ envelope }) => envelope.source);
    await store.close();
    return all;
  };
  t.same(await sources('/duban/7'), ['/duban/7']);
  t.same(await sources(), ['/duban/7', '/duban/7']);
  await t.rejects(sources('/duban/8'), { message: 'the log is /duban/7, not /duban/8' });
});
