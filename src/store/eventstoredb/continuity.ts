import { instantMillis } from '../../kernel/clock.ts';
import { openEvent, type Envelope } from '../../kernel/envelope.ts';
import { sameBytes } from '../../tlog/bytes.ts';
import { leafHash } from '../../tlog/hash.ts';
import type { SealedEvent, StreamHead } from '../log-file.ts';
import type { Anomaly, AnomalyKind } from './anomaly.ts';
import type { RemoteEvent } from './remote-event.ts';
import { say, type Text } from '../../messages/message.ts';

/** The part of the log that is needed to tell whether the next event continues it. */
export type Sequenced = {
  readonly streamHead: (stream: string) => StreamHead | undefined;
  /** The event at a revision, where it was sequenced. */
  readonly eventAt: (stream: string, revision: number) => { readonly id: string; readonly leaf: Uint8Array } | undefined;
};

export type Continuity =
  | { readonly kind: 'next'; readonly event: SealedEvent; readonly envelope: Envelope }
  /** It was sequenced before, the same: delivery is at least once. */
  | { readonly kind: 'known' }
  | { readonly kind: 'anomaly'; readonly anomaly: Anomaly };

const TOMBSTONE = '$streamDeleted';

const anomaly = (kind: AnomalyKind, { stream, revision }: RemoteEvent, detail: Text): Continuity => ({
  kind: 'anomaly',
  anomaly: { kind, stream, revision, detail },
});

/** What of an envelope places it, if that is what the bytes hold. */
const envelopeOf = (bytes: Uint8Array): { readonly envelope: Envelope; readonly recordedAt: number } | undefined => {
  try {
    const envelope = openEvent(bytes);
    return { envelope, recordedAt: instantMillis(envelope.time) };
  } catch {
    return undefined;
  }
};

/**
 * An event that its bytes place where it stands: its stream, its revision, its id. `recordedAt` is what they
 * say; undefined where they say something else.
 */
export const unsealed = ({
  stream,
  revision,
  id,
  bytes,
}: RemoteEvent): { readonly event: SealedEvent; readonly envelope: Envelope } | undefined => {
  const opened = bytes && envelopeOf(bytes);
  if (bytes === undefined || opened === undefined) return undefined;
  const { envelope, recordedAt } = opened;
  if (envelope.id !== id || envelope.subject !== stream || envelope.streamrev !== String(revision)) return undefined;
  return { event: { stream, revision, id, recordedAt, bytes, leaf: leafHash(bytes) }, envelope };
};

/**
 * Whether an event continues the log as sequenced. `notBefore` (epoch ms) is the recorded-at of the event before
 * it: what is written stays as it is, but in the log time never goes back.
 */
export const continuityOf = (remote: RemoteEvent, log: Sequenced, notBefore: number): Continuity => {
  const { stream, revision, bytes } = remote;
  if (remote.type === TOMBSTONE)
    return { kind: 'anomaly', anomaly: { kind: 'stream-removed', stream, revision: null, detail: say('store.stream-deleted-for-good') } };

  const head = log.streamHead(stream);
  const next = head === undefined ? 0 : head.revision + 1;
  if (revision < next) {
    const held = log.eventAt(stream, revision);
    const same = held !== undefined && bytes !== undefined && held.id === remote.id && sameBytes(leafHash(bytes), held.leaf);
    return same ? { kind: 'known' } : anomaly('event-altered', remote, say('store.another-was-sequenced', { id: held?.id }));
  }
  if (revision > next)
    return head === undefined
      ? anomaly('late-start', remote, say('store.nothing-before-it'))
      : anomaly('revision-gap', remote, say('store.follows-revision', { revision: head.revision }));

  const opened = unsealed(remote);
  if (opened === undefined)
    return anomaly('foreign-event', remote, say('store.not-written-for-place', { type: remote.type, id: remote.id }));
  const { event, envelope } = opened;
  const before = head?.leaf.toHex();
  if (envelope.prevleaf !== before)
    return anomaly(
      'broken-link',
      remote,
      say('store.names-another-before', { event: envelope.prevleaf ?? say('store.no-event'), none: before ?? 'none' }),
    );
  return { kind: 'next', event: { ...event, recordedAt: Math.max(event.recordedAt, notBefore) }, envelope };
};
