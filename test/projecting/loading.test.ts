import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { insertsInto } from '../../src/projecting/inserts.ts';
import { lastRows } from '../../src/projecting/last-rows.ts';
import { defineProjection, json, tableOf } from '../../src/projecting/projection.ts';
import { startProjector } from '../../src/projecting/projector.ts';
import { openDatabase } from '../../src/projecting/sql.ts';
import { openViews, type Views } from '../../src/projecting/views.ts';
import { close, given, handled, put, silences } from './fixture.ts';
import { thingTable, toyCatalogue, type ToyEvent } from './toy.ts';

/** What a rebuild does otherwise than life does, and that nobody can tell. */

type Log = ReturnType<typeof given>;

const rebuilt = async (views: Views, { store }: Log): Promise<void> => {
  const projector = startProjector({ store, views, onError: () => undefined });
  await projector.rebuild();
  await projector.close();
};

/** Views that followed the log by batches of a size, and others that were rebuilt from it. */
const bothWays = async (log: Log, batch = 7): Promise<{ readonly lived: Views; readonly made: Views }> => {
  const [lived, made] = [log.views({}, 'lived.sqlite'), log.views({}, 'made.sqlite')];
  while (lived.position() < log.store.head().position) lived.writer.project(log.store.readAll(lived.position(), batch));
  await rebuilt(made, log);
  return { lived, made };
};

const schemaOf = (views: Views) =>
  views.database().prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all([]);

await test('a rebuilt file has the tables and indexes of one that was never rebuilt', async (t) => {
  const log = given(t);
  await log.append(handled(put('a', 'x')), ...silences(3), handled(close('a')));
  const { lived, made } = await bothWays(log);
  t.ok(schemaOf(lived).length > 15);
  t.same(schemaOf(made), schemaOf(lived));
  t.equal(made.digest(), lived.digest());
});

await test('whoever loads in place of this thread need not succeed: then it is done here', async (t) => {
  const log = given(t);
  await log.append(handled(put('a', 'x')), ...silences(3), handled(close('a')));
  const [failed, made] = [log.views({}, 'failed.sqlite'), log.views({}, 'made.sqlite')];
  let asked = 0;
  const projector = startProjector({
    store: log.store,
    views: failed,
    onError: (error) => t.fail(String(error)),
    load: ({ path }) => {
      asked += 1;
      writeFileSync(path, 'half of a file');
      return Promise.reject(new Error('no thread'));
    },
  });
  await projector.rebuild();
  await projector.close();
  await rebuilt(made, log);
  t.equal(asked, 1);
  t.equal(failed.digest(), made.digest());
});

await test('the last row of every key is found again, and others only where hashes are the same', (t) => {
  const keys = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { minLength: 1, maxLength: 3000 });
  fc.assert(
    fc.property(keys, (puts) => {
      const rows = lastRows();
      const model = new Map<string, number>();
      for (const [index, key] of puts.entries()) {
        rows.set(key, index + 1, model.get(key));
        model.set(key, index + 1);
      }
      return (
        [...model].every(([key, row]) => rows.of(key).includes(row)) && new Set([...model.keys()].flatMap(rows.of)).size === model.size
      );
    }),
    { numRuns: 30 },
  );
  const many = lastRows();
  for (let row = 1; row <= 50_000; row += 1) many.set('of one key', row, row === 1 ? undefined : row - 1);
  t.same(many.of('of one key'), [50_000], 'versions before the last leave nothing behind');
  t.same(many.of('of another'), []);
  const names = Array.from({ length: 20_000 }, (_, row) => `task-${row % 100}/unit-${row}`);
  const distinct = lastRows();
  for (const [row, name] of names.entries()) distinct.set(name, row + 1, undefined);
  t.ok(names.flatMap(distinct.of).length < 20_010, 'hardly any key is taken for another');
  t.end();
});

/** Two names that the table of last rows cannot tell apart. */
const namesOfOneHash = (): readonly [string, string] => {
  const rows = lastRows();
  const names: string[] = [];
  for (;;) {
    const name = `thing-${names.length}`;
    const [same] = rows.of(`${name.length}:${name}1:0`);
    if (same !== undefined) return [names[same - 1] ?? '', name];
    names.push(name);
    rows.set(`${name.length}:${name}1:0`, names.length, undefined);
  }
};

/** More keys than are remembered, over more events than are written at once. */
const filling = (first: number): ToyEvent[] =>
  Array.from({ length: 1000 }, (_, event) =>
    handled(...Array.from({ length: 9 }, (_act, act) => put(`filling-${first + event * 9 + act}`, null))),
  );

await test('versions too many to be remembered are found again, also where keys share a hash', async (t) => {
  const log = given(t);
  const [one, other] = namesOfOneHash();
  await log.append(handled(put(one, null, 1), put(other, null, 2), put('closed', null), put('put again', null)), ...filling(0));
  await log.append(handled(put(other, null, 3), close('closed'), close('put again'), put('filling-50', null, 5)), ...filling(9000));
  await log.append(handled(put(one, null, 4), put('put again', null, 9), close('closed'), put('filling-50', null, 5)), ...filling(18_000));
  await log.append(handled(put(other, null, 6), close('put again'), put('closed', null, 7)));
  const { lived, made } = await bothWays(log, 500);
  t.equal(made.digest(), lived.digest());
  const histories = (name: string) =>
    made.versions(thingTable, { name, part: 0 }, made.position()).map(({ from, to, row }) => [from, to, row.weight]);
  t.same(histories(one), [
    [1, 2003, 1],
    [2003, null, 4],
  ]);
  t.same(histories(other), [
    [1, 1002, 2],
    [1002, 3004, 3],
    [3004, null, 6],
  ]);
  t.same(histories('put again'), [
    [1, 1002, 1],
    [2003, 3004, 9],
  ]);
  t.same(histories('closed'), [
    [1, 1002, 1],
    [3004, null, 7],
  ]);
  t.same(histories('filling-50'), [
    [7, 1002, 1],
    [1002, null, 5],
  ]);
});

await test('what a handler gets is what the file holds, whether or not it was just put', async (t) => {
  const log = given(t);
  await log.append(...silences(4));
  const projection = defineProjection<ToyEvent>()({
    name: 'echo',
    version: 1,
    tables: {
      last: {
        kind: 'versioned',
        key: ['one'],
        columns: { one: 'integer', doc: json<{ readonly at: number; readonly not?: undefined }>() },
        listedBy: [],
      },
      got: { kind: 'append-only', columns: { members: 'text' }, indexes: [] },
    },
    on: {
      NothingSaid: ({ position }, rows) => {
        const before = rows.get('last', { one: 1 });
        rows.add('got', { members: Object.keys(before?.doc ?? {}).join() });
        rows.put('last', { one: 1, doc: { at: position, not: undefined } });
        rows.add('got', { members: Object.keys(rows.get('last', { one: 1 })?.doc ?? {}).join() });
      },
    },
  });
  const views = openViews(':memory:', [projection], toyCatalogue);
  t.teardown(() => views.close());
  views.writer.project(log.store.readAll(0, 3));
  views.writer.project(log.store.readAll(3, 1));
  t.same(
    views.appended(tableOf(projection, 'got'), {}, { upTo: 4 }).map(({ members }) => members),
    ['', ...Array.from({ length: 7 }, () => 'at')],
  );
});

await test('rows are inserted in their order, however many there are, and forgotten rows are not', (t) => {
  const db = openDatabase(':memory:');
  db.exec('CREATE TABLE pair (id INTEGER PRIMARY KEY, "group" TEXT) STRICT');
  const inserts = insertsInto(db, 'pair', ['id', 'group']);
  const all = (): readonly unknown[] => db.prepare('SELECT id, "group" FROM pair ORDER BY id').all([]);
  inserts.write();
  let count = 0;
  for (const size of [1, 31, 32, 33, 64, 100]) {
    for (let added = 0; added < size; added += 1) inserts.add([(count += 1)], [`g${count}`]);
    inserts.write();
    inserts.write();
    t.same(
      all(),
      Array.from({ length: count }, (_, index) => [index + 1, `g${index + 1}`]),
    );
  }
  inserts.add([count + 1], ['dropped']);
  inserts.forget();
  inserts.write();
  t.equal(all().length, count);
  inserts.add([count + 1], ['once']);
  inserts.add([count + 1], ['twice']);
  t.throws(() => inserts.write(), /UNIQUE constraint failed/u);
  db.close();
  t.end();
});

await test('half a file that a killed rebuild left is gone when the projector starts', async (t) => {
  const log = given(t);
  await log.append(...silences(600));
  const views = log.views();
  while (views.position() < 600) views.writer.project(log.store.readAll(views.position(), 600));
  const digest = views.digest();
  views.close();
  await log.store.close();
  const killed = spawnSync(process.execPath, [join(import.meta.dirname, 'killed.ts'), log.dir, 'rebuild', '300'], { encoding: 'utf8' });
  t.match(killed, { signal: 'SIGKILL', stderr: '' });
  t.ok(existsSync(`${log.path}.next`));

  const store = log.reopenStore();
  const again = log.views();
  const projector = startProjector({ store, views: again, onError: (error) => t.fail(String(error)) });
  t.notOk(existsSync(`${log.path}.next`));
  t.equal(again.digest(), digest, 'and the views are as they were');
  await projector.rebuild();
  await projector.close();
  t.equal(again.digest(), digest);
});
