import { closeSync, cpSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { openDuban } from '../../src/main/duban.ts';
import { openWorld, TIME_ZONE, type ProblemBody, type World, type WorldOptions } from '../support/app.ts';
import { eventually } from '../ledger/fixture.ts';
import { saidOf, standingReads } from '../support/standing-reads.ts';

/** Files that were damaged outside, while the service runs or not. What can be made again is; nothing false is said meanwhile. */

const PAGE = 8192;

/** Writes over whole pages, but the first, which says what tables there are. */
const overwrite = (path: string, first: number, last = first): void => {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc((last - first + 1) * PAGE, 0xa5), 0, undefined, first * PAGE);
  closeSync(file);
};

const pagesOf = (path: string): number => Math.floor(statSync(path).size / PAGE);

/** The pages that hold the rows of a table, counted from 0. */
const leavesOf = (path: string, table: string): readonly number[] => {
  const db = new DatabaseSync(path, { readOnly: true });
  const pages = db.prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'").all(table);
  db.close();
  if (pages.length === 0) throw new Error(`${table} has no pages`);
  return pages.map(({ pageno }) => Number(pageno) - 1);
};

const viewsIn = (world: World): string => join(world.dataDir, 'views.sqlite');

const open =
  (heard: string[]): NonNullable<WorldOptions['open']> =>
  (dataDir, clock) =>
    openDuban({ dataDir, timeZone: TIME_ZONE, clock, onError: (error) => heard.push(String(error)) });

/** What was known when the notice was imported. */
const READS = standingReads(508);

const answers = async (world: World): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const url of READS) {
    const { status, body } = await world.auditor.send<Readonly<Record<string, unknown>>>('GET', url);
    if (status !== 200) throw new Error(`${url}: ${status}`);
    found.set(url, saidOf(body));
  }
  return found;
};

/** Every read is right or 503, and in the end all are right again, without a hand. */
const heals = async (t: Test, world: World, right: ReadonlyMap<string, string>): Promise<void> => {
  let refused = 0;
  for (let round = 0; round < 2; round += 1) {
    for (const url of READS) {
      const { status, headers, body } = await world.auditor.send<Readonly<Record<string, unknown>> & Partial<ProblemBody>>('GET', url);
      if (status === 503) {
        refused += 1;
        t.match({ headers, body }, { headers: { 'retry-after': '1' }, body: { code: 'views-behind' } }, url);
      } else if (status !== 200 || saidOf(body) !== right.get(url)) t.fail(`${url}: ${status} ${JSON.stringify(body).slice(0, 200)}`);
    }
  }
  t.ok(refused > 0, `${refused} reads were refused`);
  const id = `u-${world.head()}`;
  t.equal((await world.office.post('/v1/units', { id, name: id })).status, 201, 'commands go on');
  await eventually('they are built again', () => world.duban().readiness().ready, 30_000);
  const again = await answers(world);
  for (const url of READS) t.equal(again.get(url), right.get(url), url);
};

await test('views that are found to be damaged at the start, or at a read, are built again', async (t) => {
  const heard: string[] = [];
  const world = await openWorld(t, { open: open(heard) });
  await world.settled();
  const right = await answers(world);
  // Opened anew, so that nothing is kept in memory of what is in the file.
  await world.restart(() => overwrite(viewsIn(world), 2, pagesOf(viewsIn(world)) - 1));
  await heals(t, world, right);
  await t.test('in some pages, which nobody reads at the start', async (tt) => {
    await world.restart(() => leavesOf(viewsIn(world), 'tasks_task').forEach((page) => overwrite(viewsIn(world), page)));
    tt.match(world.duban().readiness(), { ready: true });
    await heals(tt, world, right);
    tt.match(heard.join('\n'), /the file of the views cannot be read: database disk image is malformed/u);
  });
  await t.test('of no database at all', async (tt) => {
    await world.restart(() => overwrite(viewsIn(world), 0));
    await heals(tt, world, right);
  });
});

await test('a row of the views that is no longer what was written is damage too', async (t) => {
  const heard: string[] = [];
  const world = await openWorld(t, { open: open(heard) });
  await world.settled();
  await world.restart(() => {
    const db = new DatabaseSync(viewsIn(world));
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%doc%TEXT%'").all();
    if (tables.length === 0) throw new Error('no table has documents');
    for (const { name } of tables) db.exec(`UPDATE "${String(name)}" SET doc = substr(doc, 2)`);
    db.close();
  });
  t.match(await world.auditor.send('GET', '/v1/tasks'), { status: 503, body: { code: 'views-behind' } });
  await eventually('they are built again', () => world.duban().readiness().ready, 30_000);
  t.match(await world.auditor.send('GET', '/v1/tasks'), { status: 200 });
  t.match(heard.join('\n'), /a row is not as it was written/u);
});

await test('damage in the tree is damage of the views, not of the log', async (t) => {
  const heard: string[] = [];
  const world = await openWorld(t, { open: open(heard) });
  await world.settled();
  world.duban().services.ledger.seal();
  await world.restart(() => {
    const db = new DatabaseSync(viewsIn(world));
    db.exec('UPDATE ledger_tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE id = 0');
    db.close();
  });
  await eventually('it is found', () => heard.some((each) => each.includes('holds another hash at 1 ')), 30_000);
  await eventually('and made again', () => world.duban().readiness().ready, 30_000);
  t.equal(world.duban().services.ledger.contradicted(), false);
  t.equal((await world.auditor.get('/v1/ledger/proof/inclusion?position=1')).status, 200);
});

await test('a damaged store of checkpoints is named, with what to do, and not signed on with', async (t) => {
  const world = await openWorld(t, { open: open([]) });
  await world.settled();
  world.duban().services.ledger.seal();
  const book = join(world.dataDir, 'ledger.sqlite');
  const kept = join(world.dataDir, 'kept');
  await world
    .restart(() => {
      cpSync(book, kept);
      const file = openSync(book, 'r+');
      writeSync(file, Buffer.alloc(statSync(book).size - 4096, 0xa5), 0, undefined, 4096);
      closeSync(file);
    })
    .then(
      () => t.fail('it was opened'),
      (error: unknown) =>
        t.match(error, { name: 'CheckpointsDamaged', message: /ledger\.sqlite is damaged .*newest copy .*duban restore --from/su }),
    );
  cpSync(kept, book);
});

await test('an outbox that is none is told with its path, and what can be done', async (t) => {
  const world = await openWorld(t, { seeded: false });
  await world.close();
  const path = dataFiles(world.dataDir).outboxQueue;
  overwrite(path, 0);
  t.throws(() => openDuban({ dataDir: world.dataDir, timeZone: TIME_ZONE, onError: () => undefined }), {
    name: 'CannotOpen',
    message: /outbox\.sqlite cannot be opened .*remove it/u,
  });
});
