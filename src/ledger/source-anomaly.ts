import type { Clock } from '../kernel/clock.ts';
import type { Draft } from '../kernel/envelope.ts';
import { derivedId } from '../kernel/ids.ts';
import { WrongRevision, type EventStore } from '../store/event-store.ts';
import type { Anomaly } from '../store/eventstoredb/anomaly.ts';
import { LEDGER_STREAM, SourceAnomalyDetected } from '../domain/ledger/events.ts';
import { metadataDraft } from './metadata-events.ts';
import { inEnglish } from '../messages/words.ts';

/**
 * A replica that finds the cluster's log contradicting itself records that in the same log. It gives the event no
 * position, since it has stopped sequencing; replicas that have not met the contradiction do, and so do those that
 * start after it was mended.
 */

type Log = Pick<EventStore, 'append' | 'readStream' | 'readHistory' | 'head'>;

const MAX_ATTEMPTS = 5;
const MAX_DETAIL = 2_000;

const draftOf = ({ kind, stream, revision, detail }: Anomaly, log: Log, clock: Clock): Draft => {
  const sequenced =
    revision === null ? undefined : log.readHistory(stream, log.head().position).find((event) => event.revision === revision);
  // Every replica finds the same thing, and finds it again whenever it is started: it is one event.
  const id = derivedId('source-anomaly', kind, stream, String(revision));
  return metadataDraft(
    SourceAnomalyDetected({
      kind,
      stream,
      revision,
      position: sequenced?.position ?? null,
      detail: inEnglish(detail).slice(0, MAX_DETAIL),
    }),
    'duban',
    clock,
    id,
  );
};

/**
 * Appends the event, unless it is there.
 * @throws StoreUnavailable, WrongRevision  where the cluster takes nothing
 * @throws Error  where it is the stream of these events that cannot be trusted
 */
export const recordAnomaly = async (anomaly: Anomaly, log: Log, clock: Clock): Promise<void> => {
  if (anomaly.stream === LEDGER_STREAM) throw new Error('it is in the stream in which it would be recorded');
  const draft = draftOf(anomaly, log, clock);
  for (let attempt = 1; ; attempt += 1) {
    const recorded = await log.readStream(LEDGER_STREAM);
    if (recorded.some(({ id }) => id === draft.id)) return;
    try {
      await log.append(LEDGER_STREAM, recorded.at(-1)?.revision ?? 'none', [draft]);
      return;
    } catch (error) {
      if (!(error instanceof WrongRevision) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
};
