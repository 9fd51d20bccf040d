import type { LogFile } from '../log-file.ts';
import { StoreUnavailable, type ExpectedRevision, type StreamEvent } from '../event-store.ts';
import type { Anomaly } from './anomaly.ts';
import type { Clients } from './clients.ts';
import { failureOf } from './failures.ts';
import { unsealed } from './continuity.ts';
import { readToEnd } from './read-to-end.ts';
import type { RemoteEvent } from './remote-event.ts';
import { untilCertain } from './retry.ts';
import type { Sequencer } from './sequencer.ts';
import type { Timing } from './timing.ts';
import { sameBytes } from '../../tlog/bytes.ts';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/**
 * Streams as the cluster's leader has them, for what is decided on them must be fresh. What is sequenced already
 * is read here; of that the leader is asked for the last event alone, which also shows that it is the same stream.
 */
export type StreamReader = {
  /**
   * @throws StoreUnavailable  no certain answer in time, or one that contradicts the log
   */
  readonly read: (stream: string, fromRevision: number) => Promise<readonly StreamEvent[]>;
  /** The cluster's event at a revision; undefined where the stream does not reach it. */
  readonly eventAt: (stream: string, revision: number) => Promise<StreamEvent | undefined>;
  /** The stream's last revision as the cluster has it. */
  readonly lastRevision: (stream: string) => Promise<ExpectedRevision>;
};

/** The leader does not have what is sequenced here: it may be deposed and not know it yet, so it is asked again. */
class NotYetThere extends Told {
  readonly anomaly: Anomaly;
  constructor(anomaly: Anomaly) {
    super(anomaly.detail);
    this.anomaly = anomaly;
  }
}

type Range = { readonly fromRevision: bigint | 'end'; readonly direction?: 'forwards' | 'backwards'; readonly maxCount?: number };

export const createStreamReader = (options: {
  readonly clients: Clients;
  readonly log: LogFile;
  readonly sequencer: Sequencer;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}): StreamReader => {
  const { clients, log, sequencer, timing, signal } = options;

  /** The events of a range; none where there is no such stream, or it was deleted. */
  const fromLeader = async (stream: string, range: Range): Promise<readonly RemoteEvent[]> =>
    clients.use(async (client) => {
      try {
        return await readToEnd(
          say('store.read-stream', { stream }),
          { idle: timing.readIdle, signal },
          client.readStream(stream, { ...range, requiresLeader: true }),
        );
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'stream-missing' || failure === 'stream-deleted') return [];
        throw error;
      }
    });

  const certain = async <Result>(stream: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await untilCertain(say('store.reading', { stream }), timing, signal, work);
    } catch (error) {
      if (error instanceof StoreUnavailable && error.cause instanceof NotYetThere && !signal.aborted)
        throw sequencer.stop(error.cause.anomaly);
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(say('store.reading-refused', { stream }), { cause: error });
    }
  };

  const opened = (remote: RemoteEvent): StreamEvent => {
    const { event, envelope } = unsealed(remote) ?? {};
    if (event !== undefined && envelope !== undefined) return { ...event, position: null, envelope };
    const { stream, revision, id } = remote;
    throw sequencer.stop({ kind: 'foreign-event', stream, revision, detail: say('store.id-not-written-for-place', { id }) });
  };

  /** What follows the last event sequenced here, or a revision beyond; contiguous. */
  const readNewer = async (stream: string, fromRevision: number): Promise<readonly StreamEvent[]> => {
    const last = log.streamHead(stream);
    const overlaps = last !== undefined && fromRevision <= last.revision + 1;
    const start = overlaps ? last.revision : fromRevision;
    const events = (await fromLeader(stream, { fromRevision: BigInt(start) })).map(opened);
    for (const [index, { revision }] of events.entries())
      if (revision !== start + index) {
        const kind = index === 0 && last === undefined ? 'late-start' : 'revision-gap';
        throw sequencer.stop({ kind, stream, revision, detail: say('store.revision-not-there', { revision: start + index }) });
      }
    if (!overlaps) return events;
    const [same, ...newer] = events;
    if (same === undefined)
      throw new NotYetThere({
        kind: 'stream-removed',
        stream,
        revision: null,
        detail: say('store.cluster-lacks-revision', { revision: start }),
      });
    if (!sameBytes(same.leaf, last.leaf))
      throw sequencer.stop({ kind: 'event-altered', stream, revision: start, detail: say('store.another-sequenced-there') });
    return newer;
  };

  return {
    read: async (stream, fromRevision) => {
      const newer = await certain(stream, () => readNewer(stream, fromRevision));
      const newest = newer.at(-1);
      if (newest !== undefined) await sequencer.arrival(stream, newest.revision, 1, timing.positionsWithin);
      const sequenced = log.readStream(stream, fromRevision);
      const unsequenced = newer.filter(({ revision }) => revision > (sequenced.at(-1)?.revision ?? -1));
      return [...sequenced, ...unsequenced];
    },
    eventAt: async (stream, revision) => {
      const [event] = await certain(stream, () => fromLeader(stream, { fromRevision: BigInt(revision), maxCount: 1 }));
      return event?.revision === revision ? opened(event) : undefined;
    },
    lastRevision: async (stream) => {
      const [event] = await certain(stream, () => fromLeader(stream, { fromRevision: 'end', direction: 'backwards', maxCount: 1 }));
      return event?.revision ?? 'none';
    },
  };
};
