import * as fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { forkNode, searchPath } from '../../src/projecting/interval.ts';
import { defineProjection, tableOf, type AnyProjection } from '../../src/projecting/projection.ts';
import { startProjector } from '../../src/projecting/projector.ts';
import { openViews, type Views } from '../../src/projecting/views.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { close, given, handled, openToyViews, put, silences } from './fixture.ts';
import { assertEqualToReplay, histories } from './model.ts';
import { actTable, seenTable, shelfTable, thingTable, toyCatalogue, toyProjection, type ToyEvent } from './toy.ts';
import { english } from '../support/english.ts';

/** Projects the log in batches of these sizes, over and over. */
const projectAll = (views: Views, store: EventStore, sizes: readonly number[] = [1000]): void => {
  for (let turn = 0; views.position() < store.head().position; turn += 1)
    views.writer.project(store.readAll(views.position(), sizes[turn % sizes.length] ?? 1));
};

const rebuilt = async (views: Views, store: EventStore): Promise<void> => {
  const projector = startProjector({ store, views, onError: () => undefined });
  await projector.rebuild();
  await projector.close();
};

await test('as of any position the views are what a replay up to it gives, whatever the batches, and after reopening', async (t) => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(histories(24), sizes, sizes, async (history, some, others) => {
      const log = given();
      try {
        await log.append(...history.map((acts) => handled(...acts)));
        const views = log.views();
        projectAll(views, log.store, some);
        assertEqualToReplay(views, history);
        const digest = views.digest();
        views.close();

        const reopened = log.views();
        assertEqualToReplay(reopened, history);

        const batchedOtherwise = log.views({}, 'other.sqlite');
        projectAll(batchedOtherwise, log.store, others);
        return batchedOtherwise.digest() === digest;
      } finally {
        await log.end();
      }
    }),
    { numRuns: 40 },
  );
  t.pass();
});

await test('a rebuild gives what the life gave, and a second the same again', async (t) => {
  await fc.assert(
    fc.asyncProperty(histories(40), async (history) => {
      const log = given();
      try {
        await log.append(...history.map((acts) => handled(...acts)));
        const views = log.views();
        projectAll(views, log.store, [3]);
        const digest = views.digest();
        for (let times = 0; times < 2; times += 1) {
          await rebuilt(views, log.store);
          assertEqualToReplay(views, history);
          if (views.digest() !== digest) return false;
        }
        return true;
      } finally {
        await log.end();
      }
    }),
    { numRuns: 4 },
  );
  t.pass();
});

await test('the interval tree finds a version at a position exactly when it holds there', (t) => {
  const bounds = fc
    .oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 2 ** 31 - 40, max: 2 ** 31 + 40 }), fc.integer({ min: 1, max: 2 ** 45 }))
    .chain((from) =>
      fc.record({
        from: fc.constant(from),
        to: fc.integer({ min: from + 1, max: from + 2 ** 34 }).map((to) => (to % 3 === 0 ? from + 1 + (to % 64) : to)),
      }),
    );
  const near = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(bounds, near, fc.double({ min: 0, max: 1, noNaN: true }), near, ({ from, to }, offset, share, beyond) => {
      const position = Math.max(1, Math.round(from + share * (to - from)) + offset);
      const head = Math.max(position, to) + Math.abs(beyond);
      const { left, right } = searchPath(position, head);
      const node = forkNode(from, to);
      const found = Number(left.includes(node) && to > position) + Number(right.includes(node) && from <= position);
      return from <= node && node < to && found === Number(from <= position && position < to);
    }),
    { numRuns: 5000 },
  );
  t.match(searchPath(5, 9), { left: [4, 5], right: [8, 6] });
  t.equal(forkNode(5, 8), 6, 'of 5, 6 and 7, two divides 6');
  t.equal(forkNode(5, 10), 8);
  t.end();
});

/** Steps that go through a table; the path handed over is one, of at most 53 nodes. */
const scans = (plan: readonly string[]): readonly string[] =>
  plan.filter((step) => step.startsWith('SCAN') && !step.startsWith('SCAN path VIRTUAL TABLE'));
const sorts = (plan: readonly string[]): readonly string[] => plan.filter((step) => step.includes('TEMP B-TREE'));

await test('no read as of a position goes through a whole table', async (t) => {
  const log = given(t);
  await log.append(handled(put('a', 'x'), put('b', null)), handled(put('a', 'y'), close('b')), ...silences(30), handled(put('a', 'x')));
  const views = log.views();
  projectAll(views, log.store);
  const at = views.position();
  const lists = [{}, { shelf: 'x' }, { shelf: null }, { shelf: 'y', weight: 1 }];
  for (const where of lists) {
    const past = views.plan(thingTable, where, 2);
    t.same(scans(past), []);
    const searches = past.filter((step) => step.startsWith('SEARCH'));
    t.match(searches, [/__left \(.*node=\? AND vt>\?\)/u, /__right \(.*node=\? AND vf<\?\)/u, /__open \(.*vf<\?\)/u]);
    for (const name of Object.keys(where)) t.ok(searches.every((step) => step.includes(`${name}=?`)));
    const head = views.plan(thingTable, where, at);
    t.equal(head.length, 1, 'at the head only open versions are read');
    t.match(head[0], /^SEARCH v USING INDEX toy_thing__\w+__open/u);
  }
  for (const where of [{}, { name: 'a' }, { name: 'a', op: 'put' }, { event: 'e', ordinal: 0 }]) {
    const plan = views.plan(actTable, where, at);
    t.same(scans(plan), []);
    t.same(sorts(plan), [], 'appended rows come in order without a sort');
  }
  const schema = views.writer.definitions.tables.get('toy_thing');
  const lastVersion = schema?.kind === 'versioned' ? schema.lastVersion : '';
  const plan = views
    .database()
    .prepare(`EXPLAIN QUERY PLAN ${lastVersion}`)
    .all(['a', 0, 1])
    .map((step) => step.at(-1));
  t.same(plan, ['SEARCH toy_thing USING INDEX toy_thing__key (name=? AND part=? AND vf<?)']);
});

await test('appended rows are read in order of knowledge or the reverse, by pages that neither repeat nor lose any', async (t) => {
  const log = given(t);
  await log.append(
    handled(put('a', 'x'), put('a', 'y'), put('b', 'x')),
    ...silences(1),
    handled(close('a')),
    handled(put('a', 'x'), put('a', 'x', 2)),
  );
  const views = log.views();
  projectAll(views, log.store);
  const places = (
    where: { readonly name: string } | Record<string, never>,
    options: Parameters<Views['appended']>[2],
  ): readonly (readonly number[])[] => views.appended(actTable, where, options).map(({ position, seq }) => [position, seq]);

  const all = [
    [1, 0],
    [1, 1],
    [3, 0],
    [4, 0],
    [4, 1],
  ];
  t.same(places({ name: 'a' }, { upTo: 4 }), all);
  t.same(places({ name: 'a' }, { upTo: 4, newestFirst: true }), all.toReversed());
  t.same(places({ name: 'a' }, { upTo: 3 }), all.slice(0, 3), 'what became known later is not known yet');
  t.same(places({ name: 'a' }, { upTo: 3, newestFirst: true, limit: 2 }), [
    [3, 0],
    [1, 1],
  ]);
  t.same(places({ name: 'a' }, { upTo: 4, after: 1 }), all.slice(2));
  t.same(places({ name: 'a' }, { upTo: 4, after: 3, newestFirst: true }), [
    [1, 1],
    [1, 0],
  ]);
  t.same(
    places({ name: 'a' }, { upTo: 2, after: 4, newestFirst: true }),
    [
      [1, 1],
      [1, 0],
    ],
    'nor does a later page show it',
  );
  t.same(places({ name: 'a' }, { upTo: 4, limit: 0 }), []);
  t.same(places({}, { upTo: 4 }), [
    [1, 0],
    [1, 1],
    [1, 2],
    [3, 0],
    [4, 0],
    [4, 1],
  ]);
  for (const newestFirst of [false, true]) {
    const pages: (readonly number[])[] = [];
    for (let after: { position: number; seq: number } | undefined; ;) {
      const [row] = views.appended(actTable, { name: 'a' }, { upTo: 4, limit: 1, newestFirst, after });
      if (row === undefined) break;
      pages.push([row.position, row.seq]);
      after = { position: row.position, seq: row.seq };
    }
    t.same(pages, newestFirst ? all.toReversed() : all);
  }
  const [first] = views.appended(actTable, { name: 'a' }, { upTo: 4, limit: 1 });
  t.match(first, { position: 1, seq: 0, name: 'a', op: 'put', earlier: 0, mark: null });
  t.same(
    views.appended(actTable, { event: first?.event ?? '', ordinal: 1 }, { upTo: 4 }).map(({ seq }) => seq),
    [1],
  );
  t.same(views.appended(seenTable, {}, { upTo: 2 }), [
    { position: 1, seq: 0, type: 'ThingsHandled', actor: 'clerk-1' },
    { position: 2, seq: 0, type: 'NothingSaid', actor: 'clerk-1' },
  ]);
  t.same(views.appended('toy_seen', {}, { upTo: 1 }).length, 1, 'a table may be named by its name in SQLite');
});

await test('a question that the tables are not made for, or that the views cannot answer yet, is refused', async (t) => {
  const log = given(t);
  await log.append(handled(put('a', 'x')));
  const views = log.views();
  projectAll(views, log.store);
  t.throws(() => views.asOf(thingTable, { shelf: 'x' }, 2), { name: 'RangeError', message: 'no position 2 in views that are at 1' });
  t.throws(() => views.one(thingTable, { name: 'a', part: 0 }, -1), RangeError);
  t.throws(() => views.appended(actTable, {}, { upTo: Number.NaN }), RangeError);
  t.throws(() => views.versions(thingTable, { name: 'a', part: 0 }, 1.5), RangeError);
  // @ts-expect-error: no list by name
  t.throws(() => views.asOf(thingTable, { name: 'a' }, 1), { message: 'toy_thing is not read by name' });
  // @ts-expect-error: half a key
  t.throws(() => views.one(thingTable, { name: 'a' }, 1), { message: 'part is not given' });
  // @ts-expect-error: a number for a text
  t.throws(() => views.asOf(thingTable, { shelf: 1 }, 1), { message: 'shelf is a column of type text?, not for number' });
  // @ts-expect-error: no index on ordinal alone
  t.throws(() => views.appended(actTable, { ordinal: 0 }, { upTo: 1 }), { message: 'toy_act is not read by ordinal' });
  t.throws(() => views.asOf('toy_nothing', {}, 1), { message: 'there is no table toy_nothing' });
  t.throws(() => views.asOf('toy_act', {}, 1), { message: 'toy_act is append-only' });
  t.throws(() => views.appended('toy_thing', {}, { upTo: 1 }), { message: 'toy_thing is versioned' });
});

await test('a row that does not fit its table is refused before anything is written', async (t) => {
  const log = given(t);
  await log.append(...silences(1));
  type Rows = {
    readonly put: (table: string, row: object) => void;
    readonly close: (table: string, key: object) => void;
    readonly add: (table: string, row: object) => void;
  };
  const fits = { key: 'k', count: 1, note: null, document: {}, bytes: new Uint8Array() };
  const trying = (attempt: (rows: Rows) => void): (() => void) => {
    const projection: AnyProjection = {
      name: 'fit',
      version: 1,
      tables: {
        row: {
          kind: 'versioned',
          key: ['key'],
          columns: { key: 'text', count: 'integer', note: 'text?', document: 'json', bytes: 'blob' },
          listedBy: [],
        },
        added: { kind: 'append-only', columns: { what: 'text' }, indexes: [] },
      },
      on: { NothingSaid: (_event: never, rows: never) => attempt(rows) },
    };
    return () => {
      const views = openViews(':memory:', [projection], toyCatalogue);
      try {
        views.writer.project(log.store.readAll(0, 1));
      } finally {
        views.close();
      }
    };
  };
  t.doesNotThrow(trying((rows) => rows.put('row', fits)));
  const refused: readonly (readonly [(rows: Rows) => void, RegExp])[] = [
    [(rows) => rows.put('row', { key: 'k', count: 1, note: null, document: {} }), /bytes is not given/u],
    [(rows) => rows.put('row', { ...fits, note: undefined }), /note is not given/u],
    [(rows) => rows.put('row', { ...fits, colour: 'red' }), /there is no column colour/u],
    [(rows) => rows.put('row', { ...fits, key: null }), /key is a column of type text, not for null/u],
    [(rows) => rows.put('row', { ...fits, count: true }), /not for boolean/u],
    [(rows) => rows.put('row', { ...fits, count: 1.5 }), /not for number/u],
    [(rows) => rows.put('row', { ...fits, count: 2 ** 53 }), /not for number/u],
    [(rows) => rows.put('row', { ...fits, key: new Date(0) }), /not for object/u],
    [(rows) => rows.put('row', { ...fits, bytes: 'text' }), /not for string/u],
    [(rows) => rows.put('row', { ...fits, document: () => 1 }), /document is a column of type json, not for function/u],
    [(rows) => rows.close('row', fits), /there is no column count/u],
    [(rows) => rows.put('added', { what: 'x' }), /there is no table of versions added/u],
    [(rows) => rows.add('row', fits), /there is no table of appended rows row/u],
    [() => Promise.resolve(), /a handler must not be asynchronous/u],
  ];
  for (const [attempt, message] of refused) t.throws(trying(attempt), { name: 'ProjectionFailed', position: 1, message });
});

const opening =
  (...projections: readonly AnyProjection[]) =>
  () =>
    openViews(':memory:', projections, toyCatalogue).close();

await test('a projection that cannot work is refused when the views are opened', (t) => {
  const projection: AnyProjection = { name: 'p', version: 1, tables: {}, on: {} };
  const row = { kind: 'versioned', key: ['a'], columns: { a: 'text', b: 'text?', c: 'json' }, listedBy: [['b'], []] } as const;
  const added = { kind: 'append-only', columns: { a: 'text' }, indexes: [{ columns: ['a'] }] } as const;
  t.doesNotThrow(opening({ ...projection, tables: { row, added } }));
  const refused: readonly (readonly [AnyProjection, RegExp])[] = [
    [{ ...projection, on: { ThingLost: () => undefined } }, /p handles ThingLost, which is no event type/u],
    [{ ...projection, tables: { row: { ...row, key: ['b'] } } }, /p_row: a key has columns, none of them nullable/u],
    [{ ...projection, tables: { row: { ...row, key: [] } } }, /a key has columns/u],
    [{ ...projection, tables: { row: { ...row, key: ['d'] } } }, /d is no text or integer column/u],
    [{ ...projection, tables: { row: { ...row, listedBy: [['c']] } } }, /c is no text or integer column/u],
    [
      {
        ...projection,
        tables: {
          row: {
            ...row,
            listedBy: [
              ['a', 'b'],
              ['b', 'a'],
            ],
          },
        },
      },
      /the same list of columns stands twice/u,
    ],
    [{ ...projection, tables: { row: { ...row, listedBy: [['a', 'a']] } } }, /a column stands twice/u],
    [{ ...projection, tables: { row: { ...row, columns: { ...row.columns, vt: 'integer' } } } }, /vt cannot be a column's name/u],
    [{ ...projection, tables: { row: { ...row, columns: { ...row.columns, 'a"b': 'text' } } } }, /cannot be a column's name/u],
    [{ ...projection, tables: { added: { ...added, indexes: [{ columns: [] }] } } }, /an index without columns/u],
    [{ ...projection, tables: { added: { ...added, columns: {}, indexes: [] } } }, /a table without columns/u],
    [{ ...projection, name: 'P' }, /P cannot be a projection's name/u],
  ];
  for (const [wrong, message] of refused) t.throws(opening(wrong), { name: 'TypeError', message });
  t.throws(opening({ ...projection, tables: { a_b: row } }, { ...projection, name: 'p_a', tables: { b: row } }), /share a name/u);
  t.throws(opening(projection, projection), /share a name/u);
  t.throws(() => tableOf({ name: 'p', tables: { row: undefined as never } }, 'row'), /p has no table row/u);
  t.end();
});

await test('a file built by other projections, or none at all, is stale: it stays as it is, and is rebuilt', async (t) => {
  const log = given(t);
  await log.append(handled(put('a', 'x')), handled(put('a', 'y')));
  const old = log.views();
  t.equal(old.stale(), undefined);
  projectAll(old, log.store);
  old.close();

  const views = log.views({ version: 2 });
  t.match(english(views.stale()), /other projections/u);
  t.equal(views.position(), 0);
  t.same(views.asOf(thingTable, {}, 0), []);
  t.throws(() => views.asOf(thingTable, {}, 1), RangeError);
  views.close();
  const again = log.views();
  t.equal(again.stale(), undefined, 'nobody has touched the old file');
  t.equal(again.position(), 2);
  again.close();

  const stale = log.views({ version: 2 });
  const projector = startProjector({ store: log.store, views: stale, onError: (error) => t.fail(String(error)) });
  t.equal(await stale.waitFor(2), true);
  t.equal(stale.stale(), undefined);
  t.match(stale.asOf(thingTable, { shelf: 'x' }, 1), [{ name: 'a' }]);
  await log.append(handled(put('b', 'x')));
  await projector.caughtUp();
  t.equal(stale.position(), 3, 'and follows the log from there');
  await projector.close();
  stale.close();

  const other = defineProjection<ToyEvent>()({
    ...toyProjection(),
    tables: { ...toyProjection().tables, more: { kind: 'append-only', columns: { what: 'text' }, indexes: [] } },
  });
  const withMore = openViews(log.path, [other], toyCatalogue);
  t.match(english(withMore.stale()), /other projections/u, 'a table more is another definition');
  withMore.close();

  const whole = log.views({ version: 2 });
  whole.writer.project(log.store.readAll(whole.position(), 10));
  await log.append(handled(put('c', 'y')));
  whole.writer.project(log.store.readAll(whole.position(), 10));
  const wal = readFileSync(`${log.path}-wal`);
  whole.close();
  writeFileSync(log.path, 'not a database, but long enough to have been taken for one'.repeat(100));
  writeFileSync(`${log.path}-wal`, wal);
  const unreadable = log.views();
  t.match(english(unreadable.stale()), /cannot be read/u);
  await rebuilt(unreadable, log.store);
  t.match(
    unreadable.asOf(shelfTable, {}, 4),
    [
      { shelf: 'x', things: 1 },
      { shelf: 'y', things: 2 },
    ],
    'what was left beside the old file does not spoil the new',
  );
});

await test('a database that is none of views is never replaced', async (t) => {
  const log = given(t);
  await log.append(...silences(1));
  await log.store.close();
  t.throws(() => openToyViews(join(log.dir, 'log.sqlite')), { message: /log\.sqlite is a database, but none of views/u });
  t.equal(log.reopenStore().head().position, 1);
});

await test('only one at a time has the views open', (t) => {
  const log = given(t);
  const views = log.views();
  t.throws(() => openToyViews(log.path), /locked/u);
  views.close();
  t.doesNotThrow(() => openToyViews(log.path).close());
  t.end();
});
