import { canonicalBytes } from './canonical.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** The largest event, in bytes of its canonical JSON: a tlog-tiles entry holds 65,535, and some room stays free. */
export const MAX_EVENT_BYTES = 60 * 1024;

export type ActorRole = 'office' | 'unit' | 'auditor' | 'admin' | 'system';

/** Who acted: `sub` of the token, the role it acted in, and the unit it spoke for. */
export type Actor = { readonly sub: string; readonly role: ActorRole; readonly unit?: string };

/**
 * An event ready to be appended: all but what only the append knows (revision, previous leaf, recorded-at).
 * Attribute names are lower case without separators, as CloudEvents 1.0 §3.1 demands.
 */
export type Draft = {
  readonly id: string;
  /** Type and version, `TaskReassigned.v1`. */
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  readonly actor: Actor;
  /** When the sender says it happened: RFC 3339 ms UTC. Claimed, never trusted. */
  readonly occurredat?: string;
  /** When it reached the office: RFC 3339 ms UTC. Timeliness is judged on this. */
  readonly receivedat: string;
  /** The paper document from which the office entered it. */
  readonly basis?: string;
  /** The command that caused it: one id for all its events. */
  readonly correlation: string;
  /** The event that caused it, where one did. */
  readonly causation?: string;
  /** SHA-256 (hex) of the command's canonical body, where an idempotency key was sent: tells a retry from a reuse. */
  readonly requestdigest?: string;
  readonly data: unknown;
};

/** A stored event: a CloudEvents 1.0 object whose RFC 8785 bytes are what is hashed, exported and verified. */
export type Envelope = Draft & {
  readonly specversion: '1.0';
  /** `/duban/<incarnation>`: the log it was written to. */
  readonly source: string;
  readonly datacontenttype: 'application/json';
  /** Recorded-at: RFC 3339 ms UTC, monotone in the log. */
  readonly time: string;
  /** Revision in its stream, from "0". A string: CloudEvents integers have 32 bits. */
  readonly streamrev: string;
  /** Hex leaf hash of the stream's event before it; absent on the first. A stream's history links itself. */
  readonly prevleaf?: string;
  /** Which of a cluster's replicas recorded it, by whose clock `time` is; absent where one process alone writes the log. */
  readonly replica?: string;
};

export type Place = {
  readonly source: string;
  readonly time: string;
  readonly revision: number;
  readonly prevLeaf: string | undefined;
  readonly replica?: string | undefined;
};

export class EventTooLarge extends Told {
  readonly bytes: number;
  constructor(bytes: number) {
    super(say('kernel.event-takes-bytes-allowed', { bytes, maxEventBytes: MAX_EVENT_BYTES }));
    this.bytes = bytes;
  }
}

/** The bytes of a draft at its place. Throws `EventTooLarge`. */
export const sealEvent = (draft: Draft, place: Place): { readonly envelope: Envelope; readonly bytes: Buffer } => {
  const envelope: Envelope = {
    ...draft, // first, so that nothing a draft happens to carry stands in for what only the place knows
    specversion: '1.0',
    source: place.source,
    datacontenttype: 'application/json',
    time: place.time,
    streamrev: String(place.revision),
    ...(place.prevLeaf === undefined ? {} : { prevleaf: place.prevLeaf }),
    ...(place.replica === undefined ? {} : { replica: place.replica }),
  };
  const bytes = canonicalBytes(envelope);
  if (bytes.length > MAX_EVENT_BYTES) throw new EventTooLarge(bytes.length);
  return { envelope, bytes };
};

/** The envelope of stored bytes. */
// The cast is the edge between bytes and types: only `sealEvent` writes them; `duban verify` trusts nothing of it.
export const openEvent = (bytes: Uint8Array): Envelope =>
  JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Envelope;
