import { openEvent, type Draft, type Envelope } from '../kernel/envelope.ts';
import { UUID_PATTERN } from '../kernel/ids.ts';
import { say, type Text } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * The port to the log. Two adapters keep it, and one contract suite states what both must do: exact expected
 * revisions only; event ids fixed before the first try; a retry of the same ids at the same revision is a
 * success with the first answer; nothing is ever updated or deleted. Whatever reads it throws `LogDamaged` where the
 * file does not hold what was recorded.
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

/** An event as a stream's reader gets it: without position where a cluster holds it but this replica has not sequenced it yet. */
export type StreamEvent = Omit<StoredEvent, 'position'> & { readonly position: number | null };

/** What an append gives; also the first answer again, where the same ids were appended before. */
export type Appended = {
  /** Revision of the last event appended. */
  readonly revision: number;
  /** One for each event; null where a cluster holds it but this replica has not sequenced it yet. */
  readonly positions: readonly (number | null)[];
  readonly duplicate: boolean;
};

/**
 * A name that has one use for ever, whatever stream that is on: what must happen once although nobody knows beforehand
 * where. It is no part of the log.
 */
export type Claim = {
  /** A UUID in lower case. */
  readonly name: string;
  /** At most 255 characters. */
  readonly use: string;
};

/** Positions of the log's end; 0 and null in an empty log. */
export type Head = { readonly position: number; readonly recordedAt: number | null };

export type EventStore = {
  /**
   * Appends all events or none, acknowledged only when durable. `checkAppend` says what a caller must keep to. With a
   * claim nothing is appended where its name has another use; where nothing was appended the name may have its use all
   * the same.
   * @throws WrongRevision  the stream is at another revision, and does not hold these ids after the expected one
   * @throws NameTaken  the claimed name has another use
   * @throws EventTooLarge  an event is over the limit; nothing is written
   * @throws StoreUnavailable  not known to be written: retry with the same ids
   */
  readonly append: (stream: string, expected: ExpectedRevision, events: readonly Draft[], claim?: Claim) => Promise<Appended>;
  /**
   * A stream's events from a revision on (inclusive, default 0), up to its end; empty where there is none. Includes
   * every append to it that was ever acknowledged: on a cluster the leader is asked.
   * @throws StoreUnavailable  the cluster did not answer
   */
  readonly readStream: (stream: string, fromRevision?: number) => Promise<readonly StreamEvent[]>;
  /**
   * The same as this process has it, without asking anybody: all that it was delivered, and every append that it
   * acknowledged with a position. On a cluster another replica may have appended more; an append after that throws
   * `WrongRevision`.
   */
  readonly readKnown: (stream: string, fromRevision?: number) => readonly StoredEvent[];
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
   * Batches arrive one at a time, never empty; the next waits for the promise of the one before.
   */
  readonly subscribeAll: (afterPosition: number, onEvents: (events: readonly StoredEvent[]) => void | Promise<void>) => Subscription;
  readonly close: () => Promise<void>;
};

export type Subscription = {
  /** Resolves when the callback is no longer running and will not run again: not to be awaited inside it. */
  readonly close: () => Promise<void>;
  /**
   * Resolves once closed; rejects with what the callback threw, after which nothing more is delivered: no event
   * may be skipped. Unhandled, that rejection ends the process rather than leave a reader silently behind.
   */
  readonly ended: Promise<void>;
};

export class WrongRevision extends Told {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(say('store.at-another-revision', { stream, actual, expected }));
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

export class NameTaken extends Told {
  constructor({ name }: Claim) {
    super(say('store.name-has-another-use', { name }));
  }
}

/** The store did not answer for certain; the same ids may be sent again. */
export class StoreUnavailable extends Told {}

/**
 * Nothing can be recorded by this machine's clock: the log holds a record time that is well ahead of it. Nothing is
 * written, and the same ids may be sent again.
 */
export class ClockBehind extends StoreUnavailable {}

/**
 * What the file of the log holds is not what was recorded: nothing is read over it, added to it or signed. `position`
 * where one event is known to be concerned.
 */
export class LogDamaged extends Told {
  readonly position: number | undefined;
  constructor(message: Text, position: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.position = position;
  }
}

/**
 * What every adapter demands of an append, before it is tried.
 * @throws TypeError  a defect of the calling program, not of what its user sent
 */
export const checkAppend = (stream: string, expected: ExpectedRevision, events: readonly Draft[]): void => {
  // Names that start with $ are the system's own in EventStoreDB.
  if (stream === '' || stream.startsWith('$') || !stream.isWellFormed()) throw new TypeError(`not a stream name: ${stream}`);
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) throw new TypeError(`not a revision: ${expected}`);
  if (events.length === 0) throw new TypeError('an append without events');
  const ids = new Set<string>();
  for (const { id, subject } of events) {
    if (!UUID_PATTERN.test(id)) throw new TypeError(`not a UUID in lower case: ${id}`);
    if (ids.has(id)) throw new TypeError(`two events of one append have the id ${id}`);
    if (subject !== stream) throw new TypeError(`an event about ${subject} in stream ${stream}`);
    ids.add(id);
  }
};

// A class, because a getter on a prototype costs a tenth of one defined on every object, and a replay makes millions.
class LazyEvent implements StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly recordedAt: number;
  readonly bytes: Uint8Array;
  readonly leaf: Uint8Array;
  #envelope: Envelope | undefined;

  constructor(parts: Omit<StoredEvent, 'envelope'>, known: Envelope | undefined) {
    this.position = parts.position;
    this.stream = parts.stream;
    this.revision = parts.revision;
    this.id = parts.id;
    this.recordedAt = parts.recordedAt;
    this.bytes = parts.bytes;
    this.leaf = parts.leaf;
    this.#envelope = known;
  }

  get envelope(): Envelope {
    return (this.#envelope ??= openEvent(this.bytes));
  }
}

/** A stored event whose envelope is parsed once, when first asked for, unless it is known. */
export const storedEvent = (parts: Omit<StoredEvent, 'envelope'>, known?: Envelope): StoredEvent => new LazyEvent(parts, known);
