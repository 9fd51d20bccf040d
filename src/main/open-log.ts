import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotOpen } from './cannot-open.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { STREAM_PREFIXES } from '../domain/catalogue.ts';
import type { Measure } from '../kernel/measure.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import { aheadOfClock, clockFault, differenceFault, spanText } from '../kernel/record-time.ts';
import { replicaName } from './cluster/replica-name.ts';
import { recordAnomaly } from '../ledger/source-anomaly.ts';
import { StoreUnavailable, type EventStore } from '../store/event-store.ts';
import type { EventStoreDbStore } from '../store/eventstoredb.ts';
import type { Anomaly } from '../store/eventstoredb/anomaly.ts';
import type { Timing } from '../store/eventstoredb/timing.ts';
import type { MarkKeeper } from '../store/signed-mark.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/** A log that is open, and what only its kind can say. */
export type OpenLog = {
  readonly store: EventStore;
  /** What the ledger signed last, in the log's own file. */
  readonly mark: MarkKeeper;
  /** Whether nobody else adds to it, so that its end here is its end. */
  readonly singleWriter: boolean;
  /** Whether all that the log held when it was opened is here. */
  readonly caughtUp: () => boolean;
  /** Why what is here is only the first part of the log: a mirror that began empty and was never whole. */
  readonly filling: () => Text | undefined;
  /** How far it is in coming here, from a cluster; `behind` where that can be said. */
  readonly progress: () => { readonly position: number; readonly behind: number | undefined } | undefined;
  /** The file of the log, where another thread may read it and so build the views. */
  readonly loadable: string | undefined;
  /** Why what is read here may not be as new as the log, or not to be trusted. */
  readonly notReady: () => readonly Text[];
  /** What in the log contradicts what was recorded, or sequenced from it. */
  readonly anomaly: () => Text | undefined;
  /** Why nothing may be added to it for the time being. */
  readonly objection: () => Text | undefined;
  /** From now on calls to a log that does not answer fail with StoreUnavailable, those under way included. */
  readonly giveUp: () => void;
  /** Why its clock is not to be believed: the log holds times that are well ahead of it. */
  readonly clockFault: () => Text | undefined;
  readonly measures: readonly Measure[];
};

const counter = (name: string, help: string, read: () => number): Measure => ({ kind: 'counter', name, help, read });

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly clock?: Clock;
  /** Events after which a transaction takes no further append. */
  readonly maxBatch?: number;
  /**
   * Appends are acknowledged before they are on disk: only for a log that is made in one go, and made again if that is
   * interrupted.
   */
  readonly relaxedDurability?: boolean;
  /** Ms that the log may be ahead of the clock. For logs in which one past after another is played: no setting leads here. */
  readonly mostAhead?: number;
};

/** @throws CannotOpen  the directory is not that of an embedded log: opened as one, it would begin a second log */
export const openEmbedded = ({ dataDir, clock = systemClock, maxBatch, relaxedDurability, mostAhead }: EmbeddedOptions): OpenLog => {
  const { log, mirror } = dataFiles(dataDir);
  if (existsSync(mirror)) throw new CannotOpen(say('cli.directory-of-a-replica', { dataDir }));
  const store = openSqliteStore({ path: log, clock, maxBatch, relaxedDurability });
  const now = (): number => clock.now().epochMilliseconds;
  return {
    store,
    mark: store.mark,
    singleWriter: true,
    caughtUp: () => true,
    filling: () => undefined,
    progress: () => undefined,
    loadable: undefined,
    notReady: () => [],
    anomaly: () => store.damage()?.told,
    objection: () => undefined, // the store itself takes nothing more
    giveUp: () => undefined, // no commit is waited for long
    clockFault: () => clockFault(store.head().recordedAt, now(), mostAhead),
    measures: [
      {
        kind: 'gauge',
        name: 'duban_clock_behind_seconds',
        help: "By how much the last record time of the log is ahead of this machine's clock; 0 where it is not.",
        read: () => aheadOfClock(store.head().recordedAt, now()) / 1000,
      },
      counter('duban_store_commits_total', 'Transactions that appended events.', () => store.stats().commits),
      counter('duban_store_appends_total', 'Appends acknowledged.', () => store.stats().appends),
    ],
  };
};

export type ClusterOptions = {
  readonly dataDir: string;
  readonly url: string;
  readonly clock?: Clock;
  readonly timing?: Partial<Timing>;
  /** Hears what is wrong with the cluster as it was set up. */
  readonly onWarning?: (message: Text) => void;
};

/** The ledger begins with what the log says of its keys, so a new mirror is given this long to bring it, unless the log is long. */
const FIRST_CATCH_UP_MILLIS = 3_000;
const LONG_LOG = 10_000;
const POLL_MILLIS = 20;

const isLong = (store: EventStoreDbStore): boolean => {
  const { position, behind = 0 } = store.catchingUp() ?? { position: 0 };
  return position + behind >= LONG_LOG;
};

const firstCatchUp = async (store: EventStoreDbStore): Promise<void> => {
  const end = performance.now() + FIRST_CATCH_UP_MILLIS;
  while (!store.ready().ready && performance.now() < end && !isLong(store)) await sleep(POLL_MILLIS);
};

const WATCH_MILLIS = 500;

/** Warns whenever the clock begins to differ from the cluster's by more than is usual, and counts how often it did. */
const watchDifference = (difference: () => number, most: number, onWarning: (message: Text) => void) => {
  let differs = false;
  let count = 0;
  const look = (): number => {
    const now = difference();
    const differed = differs;
    differs = Math.abs(now) > most;
    if (!differs || differed) return now;
    count += 1;
    const span = spanText(Math.abs(now));
    onWarning(now > 0 ? say('cli.clock-is-ahead', { span }) : say('cli.clock-is-behind', { span }));
    return now;
  };
  const timer = setInterval(look, WATCH_MILLIS).unref();
  return { look, count: () => count, stop: () => clearInterval(timer) };
};

/** Work that its caller leaves when the signal comes; the work itself goes on. */
const leftAt =
  (signal: AbortSignal) =>
  async <Result>(work: Promise<Result>): Promise<Result> => {
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(new StoreUnavailable(say('cli.stops-without-answer')));
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    try {
      return await Promise.race([work, promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

/**
 * The client of a cluster is loaded only here: it costs the start of an embedded log nothing.
 * @throws CannotOpen  the directory is that of an embedded log; the mirror or the connection string is of no use; the
 * user may take from the log
 */
export const openOnCluster = async ({
  dataDir,
  url,
  clock = systemClock,
  timing = {},
  onWarning = () => undefined,
}: ClusterOptions): Promise<OpenLog> => {
  const { log, mirror } = dataFiles(dataDir);
  const [{ openEventStoreDbStore }, { guardAccess }, { anomalyText }, { DEFAULT_TIMING }] = await Promise.all([
    import('../store/eventstoredb.ts'),
    import('../store/eventstoredb/access-guard.ts'),
    import('../store/eventstoredb/anomaly.ts'),
    import('../store/eventstoredb/timing.ts'),
  ]);
  const found = Promise.withResolvers<Anomaly>();
  if (existsSync(log)) throw new CannotOpen(say('cli.directory-of-an-embedded-log', { dataDir }));
  const open = async () => {
    const guard = await guardAccess({ url, timing: { ...DEFAULT_TIMING, ...timing }, onUnfit: ({ told }) => onWarning(told) });
    try {
      return {
        guard,
        store: await openEventStoreDbStore({
          url,
          streamPrefixes: STREAM_PREFIXES,
          path: mirror,
          clock,
          timing,
          replica: replicaName(dataDir),
          onAnomaly: found.resolve,
        }),
      };
    } catch (error) {
      await guard.close();
      throw error;
    }
  };
  const { guard, store } = await open().catch((cause: unknown) => {
    throw new CannotOpen(toldBy(cause), { cause });
  });
  if (!guard.secure) onWarning(say('cli.cluster-is-not-secured'));
  void found.promise
    .then((anomaly) => recordAnomaly(anomaly, store, clock))
    .catch((error: unknown) => onWarning(say('cli.contradiction-not-recorded', { why: String(error) })));
  const isNew = store.head().position === 0;
  if (isNew && guard.objection() === undefined) await firstCatchUp(store);

  const { clockWarning, clockMost } = { ...DEFAULT_TIMING, ...timing };
  const watching = watchDifference(store.clockDifference, clockWarning, onWarning);
  const wrongClock = (): Text | undefined => differenceFault(watching.look(), clockMost);
  const stopping = new AbortController();
  const orLeft = leftAt(stopping.signal);
  let hasCaughtUp = false;
  const caughtUp = (): boolean => (hasCaughtUp ||= store.ready().ready);
  const anomaly = (): Text | undefined => {
    const contradiction = store.anomaly();
    return contradiction === undefined ? store.damage()?.told : anomalyText(contradiction);
  };
  return {
    store: {
      ...store,
      append: (stream, expected, events, claim) => orLeft(store.append(stream, expected, events, claim)),
      readStream: (stream, fromRevision) => orLeft(store.readStream(stream, fromRevision)),
      close: async () => {
        watching.stop();
        await guard.close();
        await store.close();
      },
    },
    mark: store.mark,
    singleWriter: false,
    caughtUp,
    filling: () => (isNew && !caughtUp() ? say('cli.mirror-being-filled') : undefined),
    progress: () => (caughtUp() ? undefined : store.catchingUp()),
    loadable: mirror,
    notReady: () => [...[guard.objection()].filter((objection) => objection !== undefined), ...store.ready().reasons],
    anomaly,
    objection: () => anomaly() ?? guard.objection() ?? (caughtUp() ? undefined : say('cli.mirror-behind')),
    giveUp: () => stopping.abort(),
    clockFault: wrongClock,
    measures: [
      {
        kind: 'gauge',
        name: 'duban_clock_difference_seconds',
        help: "How far this machine's clock is ahead of the cluster's, negative where it is behind; 0 as long as they may agree.",
        read: () => store.clockDifference() / 1000,
      },
      counter('duban_clock_warnings_total', "How often this machine's clock was found to differ from the cluster's.", watching.count),
      counter('duban_store_appends_total', 'Appends acknowledged.', () => store.stats().appends),
      counter('duban_store_tries_total', 'Tries that appends took.', () => store.stats().tries),
      counter('duban_store_sequenced_total', 'Events of the cluster given a position here.', () => store.stats().sequenced),
      counter('duban_store_subscriptions_total', 'How often the cluster was subscribed to.', () => store.stats().subscriptions),
    ],
  };
};
