import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'tap';
import { systemClock } from '../../src/kernel/clock.ts';
import { EventTooLarge, type Draft } from '../../src/kernel/envelope.ts';
import {
  WrongRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type StoredEvent,
  type StreamEvent,
} from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { draft, freshId } from '../contract/drafts.ts';
import { checkLinks, eventually } from '../contract/store.ts';
import { temporaryDir } from './temporary-dir.ts';

/** The port, as short as it can be said: one array. */
type Held = { readonly stream: string; readonly revision: number; readonly id: string; readonly data: unknown };
type Append = { readonly stream: string; readonly expected: ExpectedRevision; readonly events: readonly Draft[] };
type Answer = Appended | { readonly wrongRevision: ExpectedRevision } | { readonly tooLarge: true };

const ofStream = (log: readonly Held[], stream: string): readonly Held[] => log.filter((event) => event.stream === stream);
const tooLarge = ({ data }: Draft): boolean => JSON.stringify(data).length > 60 * 1024;
const positionOf = (log: readonly Held[], event: Held): number => log.indexOf(event) + 1;

const appendToModel = (log: Held[], { stream, expected, events }: Append): Answer => {
  const held = ofStream(log, stream);
  const next = expected === 'none' ? 0 : expected + 1;
  if (next === held.length) {
    if (events.some(tooLarge)) return { tooLarge: true };
    log.push(...events.map(({ id, data }, index) => ({ stream, revision: next + index, id, data })));
    return {
      revision: next + events.length - 1,
      positions: events.map((_, index) => log.length - events.length + index + 1),
      duplicate: false,
    };
  }
  const there = held.slice(next, next + events.length);
  if (there.length === events.length && there.every(({ id }, index) => id === events[index]?.id))
    return { revision: next + events.length - 1, positions: there.map((event) => positionOf(log, event)), duplicate: true };
  return { wrongRevision: held.length === 0 ? 'none' : held.length - 1 };
};

const appendToStore = async (store: EventStore, { stream, expected, events }: Append): Promise<Answer> => {
  try {
    return await store.append(stream, expected, events);
  } catch (error) {
    if (error instanceof WrongRevision) return { wrongRevision: error.actual };
    if (error instanceof EventTooLarge) return { tooLarge: true };
    throw error;
  }
};

const STREAMS = ['task-a', 'task-b', 'return-c'];

/** An append as a choice, made concrete against what the model holds when it is its turn. */
const choice = fc.record({
  stream: fc.constantFrom(...STREAMS),
  /** How far the expected revision is from the actual one. */
  distance: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: -4, max: 2 }) }),
  count: fc.integer({ min: 1, max: 3 }),
  /** How many of its ids are those already there after the expected revision: 3 make it a retry. */
  kept: fc.oneof(fc.constant(3), fc.integer({ min: 0, max: 2 })),
  data: fc.oneof({ weight: 9, arbitrary: fc.string({ unit: 'grapheme' }) }, { weight: 1, arbitrary: fc.constant('x'.repeat(61 * 1024)) }),
});
type Choice = typeof choice extends fc.Arbitrary<infer Value> ? Value : never;

const concrete = (log: readonly Held[], { stream, distance, count, kept, data }: Choice): Append => {
  const held = ofStream(log, stream);
  const next = Math.max(0, held.length + distance);
  const events = Array.from({ length: count }, (_, index) =>
    draft(stream, { id: (index < kept ? held[next + index]?.id : undefined) ?? freshId(), data: { text: data, index } }),
  );
  return { stream, expected: next === 0 ? 'none' : next - 1, events };
};

const heldBy = (events: readonly StreamEvent[]): Held[] =>
  events.map(({ stream, revision, id, envelope }) => ({ stream, revision, id, data: envelope.data }));

const kindOf = (answer: Answer): 'appended' | 'repeated' | 'wrong' | 'tooLarge' => {
  if ('wrongRevision' in answer) return 'wrong';
  if ('tooLarge' in answer) return 'tooLarge';
  return answer.duplicate ? 'repeated' : 'appended';
};

/** Every way to read the log agrees with the model. */
const compareLog = async (store: EventStore, model: readonly Held[]): Promise<void> => {
  const log = store.readAll(0, model.length + 1);
  assert.deepEqual(heldBy(log), model);
  assert.deepEqual(
    log.map(({ position }) => position),
    model.map((_, index) => index + 1),
  );
  const middle = Math.floor(model.length / 2);
  for (const stream of STREAMS) {
    const events = await store.readStream(stream);
    checkLinks(events);
    assert.deepEqual(heldBy(events), ofStream(model, stream));
    assert.deepEqual(heldBy(store.readHistory(stream, middle)), ofStream(model.slice(0, middle), stream));
  }
};

/** Appends of one round are sent without waiting, so that they share a transaction; after it the log may be opened again. */
const rounds = fc.array(fc.record({ appends: fc.array(choice, { minLength: 1, maxLength: 12 }), reopen: fc.boolean() }), { maxLength: 4 });

await test('any interleaving of appends and retries gives the answers and the log of the model', async (t) => {
  const met = { appended: 0, repeated: 0, wrong: 0, tooLarge: 0 };
  const dir = temporaryDir();
  t.teardown(dir.remove);
  let logs = 0;
  await fc.assert(
    fc.asyncProperty(rounds, async (chosen) => {
      const path = join(dir.path, `log-${(logs += 1)}.sqlite`);
      const model: Held[] = [];
      const delivered: StoredEvent[] = [];
      const open = () => {
        const opened = openSqliteStore({ path, clock: systemClock });
        opened.subscribeAll(delivered.length, (events) => void delivered.push(...events));
        return opened;
      };
      let store = open();
      try {
        for (const { appends, reopen } of chosen) {
          const round = appends.map((each) => {
            const append = concrete(model, each);
            return { append, expected: appendToModel(model, append) };
          });
          const answers = await Promise.all(round.map(({ append }) => appendToStore(store, append)));
          assert.deepEqual(
            answers,
            round.map(({ expected }) => expected),
          );
          for (const answer of answers) met[kindOf(answer)] += 1;
          if (reopen) {
            await store.close();
            store = open();
          }
        }
        await compareLog(store, model);
        await eventually('all is delivered', () => delivered.length >= model.length);
        assert.deepEqual(heldBy(delivered), model);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 50 },
  );
  t.ok(Math.min(...Object.values(met)) >= 10, `every kind of answer was met: ${JSON.stringify(met)}`);
});
