import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import type { StoredEvent } from '../event-store.ts';
import { leafHash } from '../../tlog/hash.ts';
import type { Anomaly, AnomalyKind } from './anomaly.ts';
import { eventAtPosition, eventBefore, later, type KnownEvent } from './known-event.ts';
import type { ReadLimits } from './read-to-end.ts';
import type { RemotePosition } from './remote-event.ts';
import type { Sequencer } from './sequencer.ts';
import { sameBytes } from '../../tlog/bytes.ts';
import { say, type Text } from '../../messages/message.ts';

/**
 * Where to go on in the cluster's log. Before it is followed again it must be seen to be the log that was
 * followed before: a database restored from a backup, or another one, would leave out or repeat events in silence.
 */
export type ResumePoint =
  | { readonly kind: 'from'; readonly position: RemotePosition | 'start' }
  /** The last event sequenced is not there. It may only be that the node asked lags behind. */
  | { readonly kind: 'missing'; readonly anomaly: Anomaly }
  /** Another event is there. */
  | { readonly kind: 'contradicted'; readonly anomaly: Anomaly };

/** What makes the cluster's log another one than that of which `event`, at `place`, was the last sequenced. */
const contradiction = async (
  client: Client,
  place: KnownEvent,
  event: StoredEvent,
  limits: ReadLimits,
): Promise<ResumePoint | undefined> => {
  const anomaly = (kind: AnomalyKind, detail: Text): Anomaly => ({ kind, stream: event.stream, revision: event.revision, detail });
  const found = await eventAtPosition(client, place, limits);
  if (found === undefined)
    return { kind: 'missing', anomaly: anomaly('log-behind', say('store.no-event-at', { place: String(place.commit) })) };
  const same = found.id === event.id && found.bytes !== undefined && sameBytes(leafHash(found.bytes), event.leaf);
  return same
    ? undefined
    : {
        kind: 'contradicted',
        anomaly: anomaly('event-altered', say('store.another-event-at', { place: String(place.commit), id: found.id })),
      };
};

/**
 * After the last event of ours that was sequenced; or after a later one of anybody's that was passed over, if it is
 * still there. A scavenge may have removed that, which costs no more than to scan again.
 */
export const resumePoint = async (
  client: Client,
  sequencer: Pick<Sequencer, 'last' | 'lastSequenced' | 'lastPassedOver'>,
  limits: ReadLimits,
): Promise<ResumePoint> => {
  const [sequenced, last] = [sequencer.lastSequenced(), sequencer.last()];
  if (sequenced !== undefined && last !== undefined) {
    const contradicted = await contradiction(client, sequenced, last, limits);
    if (contradicted !== undefined) return contradicted;
  }
  const furthest = later(sequenced, sequencer.lastPassedOver());
  if (furthest === undefined) return { kind: 'from', position: 'start' };
  const known = furthest === sequenced || (await eventAtPosition(client, furthest, limits))?.id === furthest.id;
  return { kind: 'from', position: known ? furthest : (sequenced ?? 'start') };
};

/** Remembers how far the log was scanned without an event of ours. All of ours before `checkpoint` must be sequenced. */
export const rememberScanned = async (
  client: Client,
  sequencer: Sequencer,
  checkpoint: RemotePosition,
  limits: ReadLimits,
): Promise<void> => {
  const scanned = await eventBefore(client, checkpoint, limits);
  if (scanned !== undefined && later(later(sequencer.lastSequenced(), sequencer.lastPassedOver()), scanned) === scanned)
    sequencer.passOver(scanned);
};
