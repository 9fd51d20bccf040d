import type { FanOut } from '../fan-out.ts';
import type { LogFile } from '../log-file.ts';
import { StoreUnavailable, type StoredEvent } from '../event-store.ts';
import { anomalyText, type Anomaly } from './anomaly.ts';
import { createArrivals, type Arrivals } from './arrivals.ts';
import { continuityOf, type Sequenced } from './continuity.ts';
import { knownEvent, knownEventText, parseKnownEvent, type KnownEvent } from './known-event.ts';
import type { RemoteEvent } from './remote-event.ts';

/** The source contradicts the log: what was asked cannot be done before a person has decided. */
export class SourceContradiction extends StoreUnavailable {
  readonly anomaly: Anomaly;
  constructor(anomaly: Anomaly) {
    super(anomalyText(anomaly));
    this.name = 'SourceContradiction';
    this.anomaly = anomaly;
  }
}

/**
 * Gives the cluster's events their positions: each the next one, in the order of the cluster's log, so that every
 * replica gives the same. Only this writes the mirror.
 */
export type Sequencer = {
  /**
   * One transaction: the events and how far the cluster's log was followed.
   * @throws SourceContradiction  what came before the contradiction is sequenced, and nothing will be any more
   * @throws Error  the mirror cannot be written
   */
  readonly sequence: (events: readonly RemoteEvent[]) => void;
  /** Remembers that nothing of ours stands up to an event of anybody's. */
  readonly passOver: (event: KnownEvent) => void;
  readonly lastSequenced: () => KnownEvent | undefined;
  readonly lastPassedOver: () => KnownEvent | undefined;
  /** Stops sequencing for good. The first anomaly stays. */
  readonly stop: (anomaly: Anomaly) => SourceContradiction;
  readonly anomaly: () => Anomaly | undefined;
  readonly arrival: Arrivals['arrival'];
  readonly sequenced: Sequenced;
  /** The last event sequenced. */
  readonly last: () => StoredEvent | undefined;
  readonly stats: () => SequencerStats;
  /** Nobody waits any more. */
  readonly close: () => void;
};

export type SequencerStats = { readonly sequenced: number; readonly repeated: number };

const LAST_SEQUENCED = 'remote-event';
const PASSED_OVER = 'remote-passed-over';

/** @param onStop  hears of the anomaly that stopped it, once */
export const createSequencer = (log: LogFile, fanOut: FanOut, onStop: (anomaly: Anomaly) => void): Sequencer => {
  const { announce, arrival, end } = createArrivals(log);
  let last = log.at(log.head().position);
  let stopped: SourceContradiction | undefined;
  let stats: SequencerStats = { sequenced: 0, repeated: 0 };

  const sequenced: Sequenced = {
    streamHead: log.streamHead,
    eventAt: (stream, revision) => log.readStream(stream, revision, 1).find((event) => event.revision === revision),
  };

  const stop = (anomaly: Anomaly): SourceContradiction => {
    if (stopped !== undefined) return stopped;
    stopped = new SourceContradiction(anomaly);
    end();
    onStop(anomaly);
    return stopped;
  };

  /** Appends up to the first contradiction, which it gives. */
  const write = (
    events: readonly RemoteEvent[],
  ): { readonly appended: readonly StoredEvent[]; readonly repeated: number; readonly anomaly?: Anomaly } =>
    log.write(({ append, setMeta }) => {
      const appended: StoredEvent[] = [];
      let known: KnownEvent | undefined;
      let recordedAt = last?.recordedAt ?? 0;
      let repeated = 0;
      let anomaly: Anomaly | undefined;
      for (const event of events) {
        const continuity = continuityOf(event, sequenced, recordedAt);
        if (continuity.kind === 'anomaly') {
          ({ anomaly } = continuity);
          break;
        }
        if (continuity.kind === 'known') repeated += 1;
        else {
          const stored = append(continuity.event, continuity.envelope);
          ({ recordedAt } = stored);
          appended.push(stored);
          known = knownEvent(event);
        }
      }
      if (known !== undefined) setMeta(LAST_SEQUENCED, knownEventText(known));
      return { appended, repeated, ...(anomaly === undefined ? {} : { anomaly }) };
    });

  return {
    sequenced,
    sequence: (events) => {
      if (stopped !== undefined) throw stopped;
      const { appended, repeated, anomaly } = write(events);
      last = appended.at(-1) ?? last;
      stats = { sequenced: stats.sequenced + appended.length, repeated: stats.repeated + repeated };
      announce(appended);
      fanOut.publish(appended);
      if (anomaly !== undefined) throw stop(anomaly);
    },
    passOver: (event) => log.write(({ setMeta }) => setMeta(PASSED_OVER, knownEventText(event))),
    lastSequenced: () => parseKnownEvent(log.meta(LAST_SEQUENCED)),
    lastPassedOver: () => parseKnownEvent(log.meta(PASSED_OVER)),
    stop,
    anomaly: () => stopped?.anomaly,
    arrival,
    last: () => last,
    stats: () => stats,
    close: end,
  };
};
