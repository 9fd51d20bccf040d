import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { test } from 'tap';
import { createKeyedMutex } from '../../src/kernel/keyed-mutex.ts';

/** Work that ends when it is told to. */
const work = (log: string[], name: string) => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    run: (): Promise<string> => {
      log.push(name);
      return promise;
    },
    end: () => resolve(name),
    fail: (error: Error) => reject(error),
  };
};

await test('work under one key is done one after another, in the order asked, and keys do not wait for each other', async (t) => {
  const works = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(3), fails: fc.boolean() }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(works, async (asked) => {
      const mutex = createKeyedMutex();
      const busy = new Set<string>();
      const begun: number[] = [];
      const ended = await Promise.allSettled(
        asked.map(({ key, turns, fails }, index) =>
          mutex(key, async () => {
            if (busy.has(key)) throw new Error(`two at once under ${key}`);
            busy.add(key);
            begun.push(index);
            for (let turn = 0; turn < turns; turn += 1) await nextTurn();
            busy.delete(key);
            if (fails) throw new Error('as asked');
            return index;
          }),
        ),
      );
      t.same(
        ended.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason))),
        asked.map(({ fails }, index) => (fails ? 'Error: as asked' : index)),
      );
      for (const key of ['a', 'b', 'c']) {
        const inOrder = asked.flatMap((each, index) => (each.key === key ? [index] : []));
        t.same(
          begun.filter((index) => asked[index]?.key === key),
          inOrder,
        );
      }
    }),
    { numRuns: 50 },
  );
});

await test('work that nothing waits behind begins at once, and so does work under another key', async (t) => {
  const mutex = createKeyedMutex();
  const log: string[] = [];
  const [first, second, other] = [work(log, 'first'), work(log, 'second'), work(log, 'other')];
  const running = [mutex('a', first.run), mutex('a', second.run), mutex('b', other.run)];
  t.same(log, ['first', 'other']);
  first.end();
  await running[0];
  await nextTurn();
  t.same(log, ['first', 'other', 'second']);
  second.end();
  other.end();
  t.same(await Promise.all(running), ['first', 'second', 'other']);
});

await test('a failure that is shared is that of everyone who waits behind, and of nobody who comes later', async (t) => {
  const mutex = createKeyedMutex((error) => error instanceof RangeError);
  const log: string[] = [];
  const [first, second, third, own] = [work(log, 'first'), work(log, 'second'), work(log, 'third'), work(log, 'own')];
  const waiting = Promise.allSettled([mutex('a', first.run), mutex('a', second.run), mutex('a', third.run)]);
  const apart = mutex('b', own.run);
  const down = new RangeError('down');
  first.fail(down);
  t.same(
    await waiting,
    [1, 2, 3].map(() => ({ status: 'rejected', reason: down })),
  );
  t.same(log, ['first', 'own'], 'none of those behind did its work');
  own.end();
  t.equal(await apart, 'own');
  const later = work(log, 'later');
  later.end();
  t.equal(await mutex('a', later.run), 'later');

  const [failing, after] = [work(log, 'failing'), work(log, 'after')];
  const both = Promise.allSettled([mutex('a', failing.run), mutex('a', after.run)]);
  failing.fail(new TypeError('its own fault'));
  after.end();
  t.match(await both, [{ status: 'rejected' }, { status: 'fulfilled', value: 'after' }], 'any other failure is its own');
});
