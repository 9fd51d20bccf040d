import type { Clock } from '../kernel/clock.ts';
import { checkAppend, StoreUnavailable, type Appended, type EventStore, type LogDamaged } from './event-store.ts';
import { anomalyText, type Anomaly } from './eventstoredb/anomaly.ts';
import { createAppender } from './eventstoredb/appender.ts';
import { createClockDifference } from './eventstoredb/clock-difference.ts';
import { createClaims } from './eventstoredb/claims.ts';
import { superviseClients } from './eventstoredb/clients.ts';
import { connectionOf } from './eventstoredb/connection.ts';
import { createKeyedMutex } from '../kernel/keyed-mutex.ts';
import { FILLING_PAGES, openMirror } from './eventstoredb/mirror.ts';
import type { Progress } from './eventstoredb/progress.ts';
import { createSendOnce } from './eventstoredb/send-once.ts';
import { createSequencer } from './eventstoredb/sequencer.ts';
import { createStreamReader } from './eventstoredb/stream-reader.ts';
import { isLogged } from './eventstoredb/stream-names.ts';
import { DEFAULT_TIMING, type Timing } from './eventstoredb/timing.ts';
import { createFanOut } from './fan-out.ts';
import { markIn, type MarkKeeper } from './signed-mark.ts';
import { sourceOf } from './log-source.ts';
import { say, type Text } from '../messages/message.ts';

/**
 * The store on a cluster of EventStoreDB or KurrentDB. Commands write to the cluster and read streams from its
 * leader. Everything else reads a local mirror, in which what the cluster's log delivers is given its positions,
 * the same on every replica, and from which the ledger and the views are made as with the embedded store.
 */
export type EventStoreDbStore = EventStore & {
  /** What in the cluster contradicts the log as sequenced here. Once there is one nothing more is sequenced. */
  readonly anomaly: () => Anomaly | undefined;
  /** What the mirror was found to hold that is not as it was sequenced. */
  readonly damage: () => LogDamaged | undefined;
  readonly mark: MarkKeeper;
  /** Whether what is read here is as new as the cluster's log, and if not why. */
  readonly ready: () => Readiness;
  /** How far it has come in taking in the cluster's log; undefined once that is done, and while nothing comes. */
  readonly catchingUp: () => Progress | undefined;
  /** How far the clock is ahead of the cluster's, negative where it is behind, ms; 0 as long as they may agree. */
  readonly clockDifference: () => number;
  readonly stats: () => EventStoreDbStats;
};

export type Readiness = { readonly ready: boolean; readonly reasons: readonly Text[] };

/** Counted since the store was opened; for metrics. */
export type EventStoreDbStats = {
  /** Appends acknowledged, and the tries it took. */
  readonly appends: number;
  readonly tries: number;
  /** Events given a position, and events delivered again. */
  readonly sequenced: number;
  readonly repeated: number;
  /** How often the subscription was opened. */
  readonly subscriptions: number;
  /** How often a client was replaced. */
  readonly replacedClients: number;
};

/**
 * Opens the store. It does not wait for the cluster: until the mirror has caught up, `ready` says so.
 * @param options.url  connection string, `esdb://…` or `esdb+discover://…`
 * @param options.streamPrefixes  what the names of the log's streams begin with: a database may hold others, which are left alone
 * @param options.path  the mirror's file; the caller holds the data directory's lock (`lockDataDir`)
 * @param options.onAnomaly  hears once of what contradicts the log; the store can still be appended to, and read
 * @param options.source  the incarnation of a log that has no events yet, the same on every replica
 */
export const openEventStoreDbStore = async (options: {
  readonly url: string;
  readonly streamPrefixes: readonly string[];
  readonly path: string;
  readonly clock: Clock;
  readonly source?: string;
  /** The name of this replica among those of the log, which its events then bear. */
  readonly replica?: string;
  readonly timing?: Partial<Timing>;
  readonly onAnomaly?: (anomaly: Anomaly) => void;
}): Promise<EventStoreDbStore> => {
  const { streamPrefixes } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const module = await import('@eventstore/db-client');
  const connection = connectionOf(module, options.url);
  const log = openMirror(options.path, streamPrefixes);
  log.checkpointEvery(FILLING_PAGES);
  const named = sourceOf(log, options.source);
  const fanOut = createFanOut(log.readAll);
  const closing = new AbortController();
  const { signal } = closing;

  const sequencer = createSequencer(log, fanOut, options.onAnomaly ?? (() => undefined));
  /** A log that came here from elsewhere can have gone on under another name before: its events say which. */
  const source = (): string => sequencer.last()?.envelope.source ?? named;
  // Three clients: each drops its connection when one of its calls fails or is left, the others' calls with it.
  const followers = superviseClients(connection.open);
  const commanders = superviseClients(connection.open);
  const pulses = superviseClients(connection.open);
  const difference = createClockDifference();
  // They bring the client's stubs.
  const [{ startPulse }, { keepFollowing }] = await Promise.all([
    import('./eventstoredb/pulse.ts'),
    import('./eventstoredb/subscription.ts'),
  ]);
  const pulse = startPulse({ clients: pulses, credentials: connection.credentials, timing, onTime: difference.told });
  const subscription = keepFollowing({
    clients: followers,
    sequencer,
    timing,
    streamPrefixes,
    onCaughtUp: () => log.checkpointEvery(),
    onCreated: (created) => difference.told({ from: created, to: undefined, asked: undefined, heard: performance.now() }),
  });
  const reader = createStreamReader({ clients: commanders, log, sequencer, timing, signal });
  const sendOnce = await createSendOnce({ clients: commanders, module, credentials: connection.credentials, timing });
  const claimName = createClaims({ sendOnce, timing, signal });
  const appender = createAppender({
    sendOnce,
    log,
    sequencer,
    reader,
    clock: options.clock,
    source,
    replica: options.replica,
    timing,
    signal,
    onUndelivered: subscription.doubt,
  });

  const oneByOne = createKeyedMutex();
  const pending = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  /** Refused once the store closes, and waited for when it does. */
  const whileOpen = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closed !== undefined) throw new StoreUnavailable(say('store.is-closed'));
    const working = work();
    pending.add(working);
    try {
      return await working;
    } finally {
      pending.delete(working);
    }
  };

  const notReady = (): readonly Text[] => {
    const anomaly = sequencer.anomaly();
    const { caughtUp, lost } = subscription.state();
    const reasons: Text[] = [];
    if (anomaly !== undefined) reasons.push(say('store.cluster-contradicts', { anomaly: anomalyText(anomaly) }));
    else if (!caughtUp)
      reasons.push(lost === undefined ? say('store.mirror-behind') : say('store.mirror-behind-because', { why: lost.why }));
    else if (lost !== undefined && performance.now() - lost.since > timing.lostFor)
      reasons.push(say('store.not-followed', { why: lost.why }));
    const silence = pulse.lost();
    if (silence !== undefined) reasons.push(silence);
    return reasons;
  };

  const shutDown = async (): Promise<void> => {
    closing.abort();
    await Promise.allSettled(pending);
    await Promise.all([subscription.close(), pulse.close()]);
    sequencer.close();
    await Promise.all([fanOut.close(), followers.close(), commanders.close(), pulses.close()]);
    log.close();
  };

  return {
    append: async (stream, expected, events, claim) => {
      checkAppend(stream, expected, events);
      if (!isLogged(streamPrefixes, stream)) throw new TypeError(`not a stream of the log: ${stream}`);
      return whileOpen(() =>
        oneByOne(stream, async (): Promise<Appended> => {
          if (claim !== undefined) await claimName(claim);
          return appender.append(stream, expected, events);
        }),
      );
    },
    readStream: (stream, fromRevision = 0) => whileOpen(() => reader.read(stream, fromRevision)),
    readKnown: (stream, fromRevision = 0) => log.readStream(stream, fromRevision),
    readAll: log.readAll,
    readHistory: log.readHistory,
    at: log.at,
    leaves: log.leaves,
    head: log.head,
    positionAt: log.positionAt,
    subscribeAll: fanOut.subscribe,
    anomaly: sequencer.anomaly,
    damage: log.damage,
    mark: markIn(log),
    ready: () => {
      const reasons = notReady();
      return { ready: reasons.length === 0, reasons };
    },
    catchingUp: subscription.progress,
    clockDifference: () => difference.of(options.clock.now().epochMilliseconds, performance.now()),
    stats: () => ({
      ...appender.stats(),
      ...sequencer.stats(),
      subscriptions: subscription.state().opened,
      replacedClients: followers.replaced() + commanders.replaced(),
    }),
    close: () => (closed ??= shutDown()),
  };
};
