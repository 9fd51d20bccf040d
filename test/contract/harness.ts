import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import type { Clock } from '../../src/kernel/clock.ts';
import { leafHash } from '../../src/tlog/hash.ts';
import type { EventStore, StoredEvent, StreamEvent } from '../../src/store/event-store.ts';
import { freshStream, settableClock } from './drafts.ts';

export type StoreUnderTest = {
  readonly store: EventStore;
  /** Closes the store and opens the same log again, with the same clock. */
  readonly reopen: () => Promise<EventStore>;
  /** Closes whatever is open and removes what was made. */
  readonly destroy: () => Promise<void>;
};

export type ContractOptions = {
  /**
   * When an append's position is known: with its answer, or only once the store has sequenced what its cluster
   * holds. In the latter case an answer may say null, and reads of the log are waited for.
   */
  readonly positions?: 'at-once' | 'later';
};

export type Given = {
  readonly t: Test;
  readonly store: EventStore;
  readonly clock: ReturnType<typeof settableClock>;
  readonly reopen: () => Promise<EventStore>;
  /** The log's head before the test. */
  readonly base: number;
  /** Epoch milliseconds: what the clock says at first, later than anything recorded before. */
  readonly start: number;
  /** A stream that nobody has used. */
  readonly stream: string;
  /** The log after `base`, once it has so many events. */
  readonly logged: (count: number, from?: EventStore) => Promise<readonly StoredEvent[]>;
  /** Positions as an append answered them. */
  readonly samePositions: (actual: readonly (number | null)[], expected: readonly number[], message: string) => void;
  readonly positions: 'at-once' | 'later';
};

/** Declares one sentence of the contract: a test with a store of its own. */
export type Contract = (sentence: string, run: (given: Given) => Promise<void>) => void;

const EARLIEST = Date.UTC(2023, 2, 30, 8, 15);
/** Not a measure of speed: what has not happened by then is taken as never going to happen. */
const NEVER_MS = 20_000;

export const eventually = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + NEVER_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await sleep(2);
  }
};

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);
export const positionsOf = (events: readonly StoredEvent[]): number[] => events.map(({ position }) => position);
export const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);
export const hex = (bytes: Uint8Array): string => bytes.toHex();

/** Each event hashes to its leaf, and names the one before it in its stream. */
export const checkLinks = (stream: readonly StreamEvent[]): void => {
  let before: StreamEvent | undefined;
  for (const [index, event] of stream.entries()) {
    const where = `${event.stream}@${event.revision}`;
    if (event.revision !== index) throw new Error(`${where}: follows ${index - 1}`);
    if (event.envelope.streamrev !== String(index)) throw new Error(`${where}: streamrev is ${event.envelope.streamrev}`);
    if (hex(leafHash(event.bytes)) !== hex(event.leaf)) throw new Error(`${where}: its leaf is not the hash of its bytes`);
    if (event.envelope.prevleaf !== (before && hex(before.leaf))) throw new Error(`${where}: prevleaf does not name the event before`);
    if (event.envelope.id !== event.id || event.envelope.subject !== event.stream)
      throw new Error(`${where}: its bytes name another event`);
    before = event;
  }
};

export const contractFor =
  (name: string, makeStore: (clock: Clock) => Promise<StoreUnderTest>, { positions = 'at-once' }: ContractOptions): Contract =>
  (sentence, run) =>
    void test(`${name}: ${sentence}`, async (t) => {
      const clock = settableClock(EARLIEST);
      const { store, reopen, destroy } = await makeStore(clock);
      t.teardown(destroy);
      const { position: base, recordedAt } = store.head();
      const start = Math.max(EARLIEST, (recordedAt ?? 0) + 1000);
      clock.set(start);
      await run({
        t,
        store,
        clock,
        reopen,
        base,
        start,
        positions,
        stream: freshStream(),
        logged: async (count, from = store) => {
          if (positions === 'later') await eventually(`${count} events sequenced`, () => from.head().position >= base + count);
          t.equal(from.head().position, base + count, 'the head counts every event');
          return from.readAll(base, count + 1);
        },
        samePositions: (actual, expected, message) => {
          const known = positions === 'later' ? actual.map((position, index) => position ?? expected[index]) : actual;
          t.same(known, expected, message);
        },
      });
    });
