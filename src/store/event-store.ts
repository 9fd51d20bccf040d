import { openEvent, type Draft, type Envelope } from '../kernel/envelope.ts';

/**
 * The port to the log. Two adapters keep it, and one contract suite states what both must do: exact expected
 * revisions only; event ids fixed before the first try; a retry of the same ids at the same revision is a
 * success with the first answer; nothing is ever updated or deleted.
 */

/** The revision a stream must have for the append to be made: that of its last event, or `none` before the first. */
export type ExpectedRevision = number | 'none';

/** An event as it stands in the log. */
export type StoredEvent = {
  /** Dense ordinal in the log, from 1; leaf index + 1. */
  readonly position: number;
  readonly stream: string;
  /** Ordinal in the stream, from 0. */
  readonly revision: number;
  readonly id: string;
  /** Epoch milliseconds, monotone in positions. */
  readonly recordedAt: number;
  /** RFC 8785 bytes of the envelope, exactly as hashed. */
  readonly bytes: Uint8Array;
  /** RFC 6962 leaf hash of `bytes`, 32 bytes. */
  readonly leaf: Uint8Array;
  /** Parsed from `bytes` at the first use. */
  readonly envelope: Envelope;
};

/** What an append gives; also the first answer again, where the same ids were appended before. */
export type Appended = {
  /** Revision of the last event appended. */
  readonly revision: number;
  /** One for each event; null where a cluster holds it but this replica has not sequenced it yet. */
  readonly positions: readonly (number | null)[];
  readonly duplicate: boolean;
};

/** Positions of the log's end; 0 and null in an empty log. */
export type Head = { readonly position: number; readonly recordedAt: number | null };

export type EventStore = {
  /**
   * Appends all events or none, acknowledged only when durable.
   * @throws WrongRevision  the stream is at another revision, and does not hold these ids after the expected one
   * @throws EventTooLarge  an event is over the limit; nothing is written
   * @throws StoreUnavailable  not known to be written: retry with the same ids
   */
  readonly append: (stream: string, expected: ExpectedRevision, events: readonly Draft[]) => Promise<Appended>;
  /** A stream's events from a revision on (inclusive, default 0), up to its end; empty where there is none. */
  readonly readStream: (stream: string, fromRevision?: number) => Promise<readonly StoredEvent[]>;
  /** Events after a position in log order, at most `limit`. */
  readonly readAll: (afterPosition: number, limit: number) => readonly StoredEvent[];
  /**
   * A stream's events as sequenced here, up to a position: the history as known then.
   */
  readonly readHistory: (stream: string, upToPosition: number) => readonly StoredEvent[];
  readonly at: (position: number) => StoredEvent | undefined;
  /** Leaf hashes of positions from + 1 … to, 32 bytes each, concatenated. */
  readonly leaves: (from: number, to: number) => Buffer;
  readonly head: () => Head;
  /** The last position recorded at or before an instant (epoch ms); 0 where there is none. */
  readonly positionAt: (millis: number) => number;
  /**
   * Calls `onEvents` with every event after a position, in order, without gap or repetition, until closed.
   * Batches arrive one at a time; the next waits for the promise of the one before.
   */
  readonly subscribeAll: (afterPosition: number, onEvents: (events: readonly StoredEvent[]) => void | Promise<void>) => Subscription;
  readonly close: () => Promise<void>;
};

export type Subscription = { readonly close: () => Promise<void> };

export class WrongRevision extends Error {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
    this.name = 'WrongRevision';
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The store did not answer for certain; the same ids may be sent again. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** A stored event whose envelope is parsed once, when first asked for. */
export const storedEvent = (parts: Omit<StoredEvent, 'envelope'>, known?: Envelope): StoredEvent => {
  let envelope = known;
  return Object.defineProperty({ ...parts }, 'envelope', {
    enumerable: false,
    get: () => (envelope ??= openEvent(parts.bytes)),
  }) as StoredEvent; // defineProperty's type does not show the property it adds
};
