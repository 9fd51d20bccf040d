import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import type { Sink } from '../../src/projecting/definitions.ts';
import { startProjector, type Projector, type ProjectorNote } from '../../src/projecting/projector.ts';
import { openViews, type Views } from '../../src/projecting/views.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { close, given, handled, put, silences, spoilt } from './fixture.ts';
import { actTable, seenTable, shelfTable, thingTable, toyCatalogue, toyProjection, type ToyEvent } from './toy.ts';
import { english } from '../support/english.ts';

/** Its state, and in English why it stands still. */
const told = (projector: Pick<Projector, 'state'>) => {
  const state = projector.state();
  return 'reason' in state ? { ...state, reason: english(state.reason) } : state;
};

/** Five things that wander between shelves, so that versions open and close all along. */
const wandering = (count: number): ToyEvent[] =>
  Array.from({ length: count }, (_, index) =>
    handled(index % 7 === 0 ? close(`thing-${index % 5}`) : put(`thing-${index % 5}`, index % 3 === 0 ? 'x' : 'y', index % 4)),
  );

const projecting = (t: Test, store: EventStore, views: Views): Projector & { readonly errors: readonly unknown[] } => {
  const errors: unknown[] = [];
  const projector = startProjector({ store, views, onError: (error) => errors.push(error) });
  t.teardown(() => projector.close());
  return { ...projector, errors };
};

/** The digest of views that projected the whole log in one go. */
const digestOfLog = (log: ReturnType<typeof given>, file = 'fresh.sqlite'): string => {
  const fresh = log.views({ heal: true }, file);
  fresh.writer.project(log.store.readAll(0, 1_000_000));
  return fresh.digest();
};

await test('the projector follows the log, and those who wait hear when a position is reached', async (t) => {
  const log = given(t);
  await log.append(...wandering(5));
  const views = log.views();
  const soon = views.waitFor(5, 600_000);
  const later = views.waitFor(7);
  const never = views.waitFor(8);
  let subscriptions = 0;
  const subscribeAll: EventStore['subscribeAll'] = (...to) => {
    const subscription = log.store.subscribeAll(...to);
    subscriptions += 1;
    subscription.ended.then(
      () => (subscriptions -= 1),
      (error) => t.fail(String(error)),
    );
    return subscription;
  };
  const projector = projecting(t, { ...log.store, subscribeAll }, views);
  t.equal(projector.lag(), 5);
  t.equal(await soon, true);
  t.equal(projector.lag(), 0);
  t.equal(await views.waitFor(5, 0), true, 'what is reached already is not waited for');
  t.equal(await views.waitFor(6, 1), false, 'the time is over');
  await log.append(...wandering(2));
  t.equal(await later, true);
  await projector.caughtUp();
  t.equal(views.position(), 7);
  t.equal(views.digest(), digestOfLog(log));
  t.same(projector.state(), { state: 'running' });
  await projector.close();
  await log.append(...silences(1));
  await nextTurn();
  t.equal(views.position(), 7, 'a closed projector follows no more');
  t.equal(subscriptions, 0);
  views.close();
  t.equal(await never, false, 'closed views keep nobody waiting');
});

await test('a long catch-up leaves the process its turns', async (t) => {
  const log = given(t);
  await log.append(...silences(3500));
  const views = log.views();
  const allAtOnce: EventStore['subscribeAll'] = (after, onEvents) =>
    log.store.subscribeAll(after + 3499, () => onEvents(log.store.readAll(after, 3500)));
  const projector = projecting(t, { ...log.store, subscribeAll: allAtOnce }, views);
  const positions = new Set<number>();
  const watch = async (): Promise<void> => {
    while (views.position() < 3500) {
      positions.add(views.position());
      await nextTurn();
    }
  };
  await Promise.all([watch(), projector.caughtUp()]);
  t.same([...positions], [0, 1000, 2000, 3000]);
});

for (const spoiled of [false, true])
  await test(`new views of a long log are built at one go${spoiled ? ', or as far as they can be' : ''}`, async (t) => {
    const log = given(t);
    await log.append(...silences(9_000), ...(spoiled ? [spoilt('throws')] : []), ...wandering(1_000));
    const views = log.views();
    const projector = projecting(t, log.store, views);
    const positions = new Set<number>();
    const watch = async (): Promise<void> => {
      while (projector.lag() > 0 && projector.state().state === 'running') {
        positions.add(views.position());
        await nextTurn();
      }
    };
    const caughtUp = projector.caughtUp();
    caughtUp.catch(() => undefined);
    await watch();
    if (spoiled) {
      await t.rejects(caughtUp, { name: 'ProjectionFailed', position: 9_001 });
      t.equal(views.position(), 9_000, 'what came before is there');
    } else {
      await caughtUp;
      t.same([...positions], [0]);
      t.equal(views.digest(), digestOfLog(log));
    }
    t.notOk(existsSync(`${log.path}.next`));
  });

for (const how of ['throws', 'repeats'] as const)
  await test(`an event that cannot be projected halts the projector there: ${how}`, async (t) => {
    const log = given(t);
    await log.append(handled(put('never moved', 'x')), ...wandering(19));
    const before = digestOfLog(log, 'before.sqlite');
    await log.append(spoilt(how), ...wandering(10));
    const views = log.views();
    const projector = projecting(t, log.store, views);
    await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', position: 21 });
    t.match(told(projector), {
      state: 'halted',
      position: 21,
      reason: how === 'throws' ? 'event 21 cannot be projected: toy: spoilt' : /UNIQUE constraint failed/u,
    });
    t.equal(projector.errors.length, 1);
    t.equal(views.position(), 20, 'what came before is kept');
    t.equal(views.digest(), before, 'and nothing of the event itself');
    t.equal(await views.waitFor(21, 1), false);
    t.match(views.appended(actTable, {}, { upTo: 20, newestFirst: true, limit: 1 }), [{ position: 20 }], 'the views go on answering');
    await t.rejects(projector.rebuild(), { name: 'ProjectionFailed' });
    t.notOk(existsSync(`${log.path}.next`));
    t.equal(views.digest(), before);
    await log.append(...silences(3));
    await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', position: 21 });
    t.equal(projector.lag(), 14);
    await projector.close();
    views.close();

    const healed = log.views({ heal: true });
    t.equal(healed.position(), 20);
    await projecting(t, log.store, healed).caughtUp();
    t.equal(healed.digest(), digestOfLog(log), 'a corrected program goes on from there');
  });

await test('an event of a newer program halts the projector', async (t) => {
  const log = given(t);
  await log.append(...silences(2));
  const { types, fromWire } = toyCatalogue;
  const older = {
    types,
    fromWire: (type: string, data: unknown) => {
      if (type === 'ThingsHandled.v1') throw new Error(`event type ${type} is not known to this version of the program`);
      return fromWire(type, data);
    },
  };
  const views = openViews(log.path, [toyProjection()], older);
  t.teardown(() => views.close());
  await log.append(handled(put('a', 'x')));
  const projector = projecting(t, log.store, views);
  await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', position: 3 });
  t.match(told(projector), { state: 'halted', reason: /ThingsHandled\.v1 is not known/u });
});

await test('a failing store halts the projector; a rebuild ends the halt', async (t) => {
  const log = given(t);
  await log.append(...silences(2));
  let fails = true;
  const subscribeAll: EventStore['subscribeAll'] = (...to) => {
    if (!fails) return log.store.subscribeAll(...to);
    fails = false;
    return { close: async () => undefined, ended: Promise.reject(new Error('the disk is gone')) };
  };
  const views = log.views();
  const projector = projecting(t, { ...log.store, subscribeAll }, views);
  await t.rejects(projector.caughtUp(), { message: 'the disk is gone' });
  t.same(projector.state(), { state: 'halted', position: 1, reason: 'the disk is gone' });
  t.match(projector.errors, [{ message: 'the disk is gone' }]);

  await projector.rebuild();
  t.same(projector.state(), { state: 'running' });
  await log.append(...silences(1));
  await projector.caughtUp();
  t.equal(views.position(), 3, 'and follows again');
});

/** Counts events and remembers, as a ledger that grows its tree from what it has in memory; fails once it has counted `limit`. */
const counting = (limit: number): Sink => ({
  name: 'count',
  version: 1,
  schema: 'CREATE TABLE count_batch (upto INTEGER PRIMARY KEY, total INTEGER NOT NULL) STRICT',
  open: (db) => {
    let total = Number(db.prepare('SELECT coalesce(max(total), 0) FROM count_batch').get([])?.[0]);
    return {
      apply: (events) => {
        total += events.length;
        db.prepare('INSERT INTO count_batch VALUES (?, ?)').run([events.at(-1)?.position ?? 0, total]);
        if (total > limit) throw new Error('counted enough');
      },
    };
  },
});

const counted = (views: Views) => views.database().prepare('SELECT max(upto), max(total) FROM count_batch').get([]);

/** How many pages the file may have: SQLite then says the same as on a full disk. */
const roomFor = (views: Views, pages: (now: number) => number): void => {
  const now = Number(views.database().prepare('PRAGMA page_count').get([])?.[0]);
  views.database().exec(`PRAGMA max_page_count = ${pages(now)}`);
};

await test('a full disk halts the projector only while it is full', async (t) => {
  const log = given(t);
  await log.append(...wandering(20));
  const views = openViews(log.path, [toyProjection()], toyCatalogue, { sink: counting(Infinity) });
  t.teardown(() => views.close());
  const errors: unknown[] = [];
  const notes: ProjectorNote[] = [];
  const projector = startProjector({
    store: log.store,
    views,
    onError: (error) => errors.push(error),
    onNote: (note) => notes.push(note),
  });
  t.teardown(() => projector.close());
  await projector.caughtUp();

  roomFor(views, (now) => now);
  await log.append(...wandering(3_000));
  await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', message: /full/u });
  t.match(told(projector), { state: 'halted', reason: /database or disk is full/u });
  const position = views.position();
  t.ok(position < 3_020);
  await sleep(1_200);
  t.match(told(projector), { state: 'halted', reason: /database or disk is full/u }, 'it is still full, and still said so');
  t.equal(errors.length, 1, 'once');

  roomFor(views, (now) => now + 10_000);
  t.equal(await views.waitFor(3_020, 20_000), true, 'nobody did anything else');
  t.same(projector.state(), { state: 'running' });
  t.match(notes, [{ kind: 'resumed' }]);
  await log.append(...wandering(5));
  await projector.caughtUp();
  t.same(counted(views), [3_025, 3_025], 'and what a sink remembers is what was written');
  const other = openViews(join(log.dir, 'other.sqlite'), [toyProjection()], toyCatalogue, { sink: counting(Infinity) });
  t.teardown(() => other.close());
  other.writer.project(log.store.readAll(0, 10_000));
  t.equal(views.digest(), other.digest());
});

await test('what only another program can project is not tried again', async (t) => {
  const log = given(t);
  await log.append(...silences(2), spoilt('throws'));
  const views = log.views();
  let tries = 0;
  const projector = startProjector({
    store: {
      ...log.store,
      readAll: (...range) => {
        tries += 1;
        return log.store.readAll(...range);
      },
    },
    views,
    onError: () => undefined,
  });
  t.teardown(() => projector.close());
  await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', position: 3 });
  const before = tries;
  await sleep(1_200);
  t.equal(tries, before);
});

await test('events are neither lost nor projected twice, whatever is handed over', async (t) => {
  const log = given(t);
  await log.append(...wandering(9));
  const views = log.views();
  const { project } = views.writer;
  project(log.store.readAll(0, 4));
  project(log.store.readAll(2, 4));
  t.equal(views.position(), 6);
  project([]);
  project(log.store.readAll(0, 3));
  t.equal(views.position(), 6);
  t.throws(() => project(log.store.readAll(7, 2)), { name: 'ProjectionFailed', position: 7, message: /missing/u });
  t.throws(() => project([...log.store.readAll(6, 1), ...log.store.readAll(8, 1)]), { name: 'ProjectionFailed', message: /missing/u });
  project(log.store.readAll(0, 100));
  t.equal(views.digest(), digestOfLog(log));
});

await test('a process killed within a batch resumes where the batch began', async (t) => {
  const log = given(t);
  await log.append(...wandering(2500));
  await log.store.close();
  const killed = (nth: number) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'killed.ts'), log.dir, 'project', String(nth)], { encoding: 'utf8' });

  t.match(killed(1700), { signal: 'SIGKILL', stderr: '' });
  const store = log.reopenStore();
  const views = log.views();
  t.equal(views.position(), 1000, 'rows and position were written together');
  t.match(views.asOf(shelfTable, {}, 1000), [{ shelf: 'x' }, { shelf: 'y' }]);
  await projecting(t, store, views).caughtUp();
  t.equal(views.position(), 2500);
  t.equal(views.digest(), digestOfLog({ ...log, store }));
});

await test('a process killed within a rebuild leaves the views as they were, and the next rebuild starts clean', async (t) => {
  const log = given(t);
  await log.append(...wandering(2500));
  const views = log.views();
  const projector = projecting(t, log.store, views);
  await projector.caughtUp();
  const digest = views.digest();
  await projector.close();
  views.close();
  await log.store.close();

  const killed = spawnSync(process.execPath, [join(import.meta.dirname, 'killed.ts'), log.dir, 'rebuild', '1200'], { encoding: 'utf8' });
  t.match(killed, { signal: 'SIGKILL', stderr: '' });
  t.ok(existsSync(`${log.path}.next`), 'half a file is left');
  for (const file of ['.next', '.next-wal']) writeFileSync(`${log.path}${file}`, 'rubbish'.repeat(1000));

  const store = log.reopenStore();
  const again = log.views();
  t.equal(again.position(), 2500);
  t.equal(again.digest(), digest);
  await projecting(t, store, again).rebuild();
  t.equal(again.digest(), digest);
  t.notOk(existsSync(`${log.path}.next`));
  t.notOk(existsSync(`${log.path}.next-wal`));
});

await test('while a rebuild runs the views go on answering and following, and readers and waiters go on with the new file', async (t) => {
  const log = given(t);
  await log.append(...wandering(2000));
  const views = log.views();
  const projector = projecting(t, log.store, views);
  await projector.caughtUp();
  const then = views.asOf(thingTable, {}, 1234);

  const waiting = views.waitFor(2400);
  const progress: { readonly events: number; readonly total: number; readonly answered: number }[] = [];
  const answers: string[] = [];
  const done = new AbortController();
  const rebuilding = projector
    .rebuild((events, total) => progress.push({ events, total, answered: answers.length }))
    .finally(() => done.abort());
  t.equal(projector.rebuild(), projector.rebuild(), 'a second call joins the first');
  while (!done.signal.aborted) {
    if (answers.length < 40) await log.append(...wandering(10));
    else await nextTurn();
    answers.push(JSON.stringify(views.asOf(thingTable, {}, 1234)));
  }
  await rebuilding;
  t.ok(
    progress.every(({ answered }, index) => index === 0 || answered > (progress[index - 1]?.answered ?? 0)),
    'with turns between any two batches',
  );
  t.ok(answers.every((answer) => answer === JSON.stringify(then)));
  t.equal(await waiting, true);
  await log.append(...wandering(3));
  await projector.caughtUp();
  t.equal(projector.lag(), 0);
  t.equal(views.digest(), digestOfLog(log));
  t.equal(progress[0]?.events, 1000);
  t.ok(progress.every(({ events, total }) => events <= total));
  t.strictSame(views.asOf(thingTable, {}, 1234), then);
  t.same(projector.errors, []);
});

/** A store whose last events are read only after the end was reached `times` times, as if they came in just then. */
const growingAtTheEnd = (store: EventStore, hidden: number, times: number): EventStore => {
  let ends = 0;
  const readAll: EventStore['readAll'] = (after, limit) => {
    const shown = ends < times ? store.head().position - hidden - after : limit;
    const events = shown <= 0 ? [] : store.readAll(after, Math.min(shown, limit));
    if (events.length === 0) ends += 1;
    return events;
  };
  return { ...store, readAll };
};

await test('the new file is never behind the one it replaces', async (t) => {
  const log = given(t);
  await log.append(...wandering(30));
  const views = log.views();
  const projector = projecting(t, growingAtTheEnd(log.store, 4, 2), views);
  await projector.caughtUp();
  await projector.rebuild();
  t.equal(views.position(), 30);
  t.equal(views.digest(), digestOfLog(log));
});

for (const [when, last] of [
  ['at the first batch', 1000],
  ['when all are loaded', 2500],
  ['just before the swap', 2504],
] as const)
  await test(`a rebuild given up on closing, ${when}, leaves the views as they were`, async (t) => {
    const log = given(t);
    await log.append(...silences(2490), ...wandering(14));
    const views = log.views();
    const projector = projecting(t, growingAtTheEnd(log.store, 4, 1), views);
    await projector.caughtUp();
    let closed: Promise<void> | undefined;
    let done = 0;
    const closeAt = (events: number): void => {
      done = events;
      if (events === last) closed = projector.close();
    };
    await t.rejects(projector.rebuild(closeAt), { name: 'AbortError' });
    await closed;
    t.equal(done, last, 'at once');
    t.notOk(existsSync(`${log.path}.next`));
    t.equal(views.digest(), digestOfLog(log));
    t.same(projector.errors, []);
  });

await test('views of another log are rebuilt from this one', async (t) => {
  const [one, other] = [given(t), given(t)];
  await one.append(...wandering(12));
  await other.append(...wandering(5));
  const views = one.views();
  const first = projecting(t, one.store, views);
  await first.caughtUp();
  await first.close();
  for (const store of [other.store, one.store]) {
    const projector = projecting(t, store, views);
    t.equal(views.position(), 0, 'foreign rows are not shown');
    t.match(english(views.stale()), /another log/u);
    t.equal(await views.waitFor(store.head().position), true);
    await projector.caughtUp();
    t.equal(views.position(), store.head().position);
    t.equal(views.stale(), undefined);
    await projector.close();
  }
  t.equal(views.digest(), digestOfLog(one));
  await one.append(...silences(1));
  const still = projecting(t, one.store, views);
  t.equal(views.stale(), undefined, 'views that are only behind are not foreign');
  await still.caughtUp();
});

await test('a sink is written with the rows or not at all, and made again by a rebuild', async (t) => {
  const log = given(t);
  await log.append(...wandering(6), spoilt(), ...silences(4));
  const opened = (heal: boolean, limit: number): Views => {
    const views = openViews(log.path, [toyProjection({ heal })], toyCatalogue, { sink: counting(limit) });
    t.teardown(() => views.close());
    return views;
  };
  const halting = async (heal: boolean, limit: number, position: number): Promise<void> => {
    const views = opened(heal, limit);
    const projector = projecting(t, log.store, views);
    await t.rejects(projector.caughtUp(), { name: 'ProjectionFailed', position });
    t.same(counted(views), [position - 1, position - 1]);
    t.equal(views.appended(seenTable, {}, { upTo: views.position() }).length, position - 1);
    await projector.close();
    views.close();
  };
  await halting(true, 3, 4);
  await halting(false, Infinity, 7);

  const healed = opened(true, Infinity);
  const projector = projecting(t, log.store, healed);
  await projector.caughtUp();
  t.same(counted(healed), [11, 11]);
  await projector.rebuild();
  t.same(counted(healed), [11, 11]);
  await projector.close();
  healed.close();
  t.match(english(log.views({ heal: true }).stale()), /other projections/u, 'without its sink a file is another one');
});
