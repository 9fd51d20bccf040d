import type { Test } from 'tap';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/kernel/clock.ts';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { openEventStoreDbStore, type EventStoreDbStore } from '../../src/store/eventstoredb.ts';
import type { Timing } from '../../src/store/eventstoredb/timing.ts';
import { eventually } from '../contract/store.ts';
import { startDouble, type Double } from '../support/eventstoredb-double.ts';
import { temporaryDir } from './temporary-dir.ts';

/** Tries and pauses in quick succession, but time enough for an answer on a busy machine. */
export const QUICK: Timing = {
  appendDeadline: 10_000,
  retryFor: 1_500,
  positionsWithin: 10_000,
  readIdle: 10_000,
  pauseFrom: 5,
  pauseTo: 40,
  confirmWithin: 10_000,
  silence: 60_000,
  lostFor: 0,
  absence: 200,
  pulseEvery: 50,
  pulseWithin: 10_000,
  pulseLost: 20_000,
  clockWarning: Infinity, // the clocks of tests are where the tests put them
  clockMost: Infinity,
};

/** For what never answers. Where it is too short for a busy machine, a try more is made. */
export const IMPATIENT = { appendDeadline: 300, readIdle: 300, confirmWithin: 500 } satisfies Partial<Timing>;

export type OpenOptions = {
  /** Stores of one name share a mirror, one after the other. */
  readonly mirror?: string;
  readonly clock?: Clock;
  readonly timing?: Partial<Timing>;
  /** More of the connection string. */
  readonly query?: string;
};

/** A real server in place of the double, where one is named. It need not be empty. */
export const realUrl = process.env['EVENTSTORE_URL'];

export type Stores = {
  readonly pathOf: (mirror: string) => string;
  /** Opens a store. It is closed with the test, if not before. */
  readonly open: (options?: OpenOptions) => Promise<EventStoreDbStore>;
};

export type Given = Stores & { readonly double: Double };

const storesOn = (t: Test, url: string, defaults: Partial<Timing>): Stores => {
  const dir = temporaryDir();
  const stores: EventStoreDbStore[] = [];
  t.teardown(async () => {
    await Promise.all(stores.map((store) => store.close()));
    dir.remove();
  });
  const pathOf = (mirror: string): string => join(dir.path, `${mirror}.sqlite`);
  return {
    pathOf,
    open: async ({ mirror = 'mirror', clock = systemClock, timing = {}, query = '' } = {}) => {
      const store = await openEventStoreDbStore({
        url: url + query,
        streamPrefixes: STREAM_PREFIXES,
        path: pathOf(mirror),
        clock,
        timing: { ...defaults, ...timing },
      });
      stores.push(store);
      return store;
    },
  };
};

/** A cluster of the double's, and stores on it. */
export const givenCluster = async (t: Test, { nodes = 1 }: { readonly nodes?: number } = {}): Promise<Given> => {
  const double = await startDouble({ nodes });
  const stores = storesOn(t, double.url, QUICK);
  t.teardown(double.close);
  return { double, ...stores };
};

/** Stores on a real server, with the deadlines of production. */
export const givenServer = (t: Test, url: string): Stores => storesOn(t, url, {});

export const untilReady = async (store: EventStoreDbStore): Promise<EventStoreDbStore> => {
  await eventually('the mirror has caught up', () => store.ready().ready);
  return store;
};

/** What of a log every replica has alike. */
export const factsOf = (store: EventStoreDbStore): readonly unknown[] =>
  store
    .readAll(0, Number.MAX_SAFE_INTEGER)
    .map(({ position, stream, revision, id, recordedAt, leaf }) => [position, stream, revision, id, recordedAt, leaf.toHex()]);
