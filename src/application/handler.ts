import { LRUCache } from 'lru-cache';
import { AsyncLocalStorage } from 'node:async_hooks';
import { digestOf } from '../kernel/canonical.ts';
import { instantMillis, instantText, type Clock } from '../kernel/clock.ts';
import type { Decider } from '../kernel/decider.ts';
import { EventTooLarge, MAX_EVENT_BYTES, type Actor, type Draft } from '../kernel/envelope.ts';
import type { Catalogue, DomainEvent } from '../kernel/event.ts';
import { derivedId, type Ids } from '../kernel/ids.ts';
import { createKeyedMutex } from '../kernel/keyed-mutex.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { NameTaken, StoreUnavailable, WrongRevision, type Claim, type EventStore, type ExpectedRevision } from '../store/event-store.ts';
import { createStreamStates, type DoneCommand, type Folded, type Folding, type Loaded, type Recorded } from './stream-states.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * The one way in for commands: load the stream's state, decide (pure), append with the expected revision.
 * Where the state was loaded already for the command's other facts, it is not loaded again: an append refuses what was
 * decided on too old a state, and then it is.
 *
 * What is loaded is what this process knows of the log. Where other processes add to it that may be a moment old. Nothing
 * wrong is recorded of it, for then the append is refused and the log itself is asked; but a refusal must not rest on it,
 * so whoever gets one runs the command again inside `certainly`.
 *
 * A retry is recognised in the log itself: the ids of a command's events derive from (sender, idempotency key,
 * stream), so whoever loads the stream sees that it was done and answers as the first time. A command without
 * an expected revision that loses a race is decided again on the new state. What makes its subject has one name for the
 * sender's key besides, claimed with the append, since two subjects stand on two streams.
 */

export type Meta = {
  readonly actor: Actor;
  /** When it reached the office. */
  readonly receivedAt: Temporal.Instant;
  readonly occurredAt?: Temporal.Instant | undefined;
  readonly basis?: string | undefined;
  readonly causation?: string | undefined;
  /**
   * The sender's key and the command's body, from which a retry is told from a reuse. `once` is a name for what has one
   * effect alone, whichever stream it begins: without it a reuse is seen on the same stream only.
   */
  readonly idempotency?: { readonly key: string; readonly body: unknown; readonly once?: string | undefined } | undefined;
  /** `If-Match`: the revision the sender has seen; `none` for a command that only begins its stream. */
  readonly expected?: ExpectedRevision | undefined;
};

export type Outcome<State> =
  /** `replayed`: it had been done before; these are the first answer's events. */
  | {
      readonly kind: 'accepted';
      readonly events: readonly Recorded[];
      readonly revision: number;
      readonly state: State;
      readonly replayed: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'revision-mismatch'; readonly current: ExpectedRevision }
  | { readonly kind: 'key-reused' };

/**
 * Whether the sender's idempotency key was used on a stream before, for the same command or for another one; `new`
 * where no key was sent.
 */
export type KeyUse = 'new' | 'done' | 'reused';

export type Handler<Event extends DomainEvent> = {
  readonly handle: <State, Command, Own extends Event>(
    decider: Decider<State, Command, Own>,
    stream: string,
    command: Command,
    meta: Meta,
    /** The stream as it was loaded for this command, in place of a first load. */
    loaded?: Loaded<State>,
  ) => Promise<Outcome<State>>;
  /** A stream's state, for the facts that a command on another stream needs. */
  readonly load: <State, Own extends Event>(folding: Folding<State, Own>, stream: string) => Promise<Loaded<State>>;
  /** Loads a stream and says what the sender's key was used for there: asked first by what appends to several streams. */
  readonly recall: <State, Own extends Event>(
    folding: Folding<State, Own>,
    stream: string,
    meta: Pick<Meta, 'actor' | 'idempotency'>,
  ) => Promise<{ readonly key: KeyUse; readonly loaded: Loaded<State> }>;
  /** Runs work in which whatever is loaded includes every append that was ever acknowledged: the log itself is asked. */
  readonly certainly: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

const KEPT_CLAIMS = 1_000;

/** Races against other replicas are decided again this often before the sender is told to come back. */
const MAX_ATTEMPTS = 16;

type Keyed = { readonly correlation: string; readonly digest: string; readonly claim: Claim | undefined };

/** The name of a keyed command on a stream, the same for its retries, and the digest that tells them from a reuse. */
const keyedBy = ({ actor, idempotency }: Pick<Meta, 'actor' | 'idempotency'>, stream: string): Keyed | undefined => {
  if (idempotency === undefined) return undefined;
  const { key, body, once } = idempotency;
  const digest = digestOf(body);
  return {
    correlation: derivedId('command', actor.sub, actor.unit ?? '', key, stream),
    digest,
    claim: once === undefined ? undefined : { name: derivedId('once', once), use: digest },
  };
};

/** The store keeps refusing although each try saw the newest state: too many writers on one stream. */
export class TooContended extends Told {
  constructor(stream: string) {
    super(say('application.changes-faster-than-command-can-be', { stream }));
  }
}

/** The sender's key came with another request before, on whatever stream: nothing of this command is done. */
export class KeyReused extends Told {
  constructor() {
    super(say('application.this-idempotency-key-came-with-another'));
  }
}

export const createHandler = <Event extends DomainEvent>(deps: {
  readonly store: EventStore;
  readonly catalogue: Catalogue<Event>;
  readonly clock: Clock;
  readonly ids: Ids;
}): Handler<Event> => {
  const { store, catalogue, clock, ids } = deps;
  const states = createStreamStates(store, catalogue);
  const claimed = new LRUCache<string, string>({ max: KEPT_CLAIMS });
  const asking = new AsyncLocalStorage<true>();
  const isAsking = (): boolean => asking.getStore() === true;
  /**
   * Commands on one stream wait for each other: without it, N of them would decide N²/2 times. They wait together for
   * a log that does not answer: one after the other they would wait N times as long to hear the same.
   */
  const oneByOne = createKeyedMutex((error) => error instanceof StoreUnavailable);

  /** A first answer may have been given before its events had their positions here; a retry's has them. */
  const placed = async (stream: string, { events, revision }: DoneCommand): Promise<readonly Recorded[]> => {
    if (events.every(({ position }) => position !== null)) return events;
    const held = await store.readStream(stream, revision - events.length + 1);
    return events.map((event) => ({ ...event, position: event.position ?? held.find(({ id }) => id === event.id)?.position ?? null }));
  };

  const draftsOf = (stream: string, events: readonly Event[], meta: Meta, correlation: string, digest: string | undefined): Draft[] =>
    events.map((event, index) => ({
      id: meta.idempotency === undefined ? ids.next(clock.now().epochMilliseconds) : derivedId(correlation, String(index)),
      ...catalogue.toWire(event),
      subject: stream,
      actor: meta.actor,
      ...(meta.occurredAt === undefined ? {} : { occurredat: instantText(meta.occurredAt) }),
      receivedat: instantText(meta.receivedAt),
      ...(meta.basis === undefined ? {} : { basis: meta.basis }),
      ...(meta.causation === undefined ? {} : { causation: meta.causation }),
      ...(digest === undefined ? {} : { requestdigest: digest }),
      correlation,
    }));

  const decideAndAppend = async <State, Command, Own extends Event>(
    decider: Decider<State, Command, Own>,
    stream: string,
    command: Command,
    meta: Meta,
    loaded: Loaded<State> | undefined,
  ): Promise<Outcome<State>> => {
    const keyed = keyedBy(meta, stream);
    const digest = keyed?.digest;
    const claim = keyed?.claim;
    const correlation = keyed?.correlation ?? ids.next(clock.now().epochMilliseconds);

    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const given: Folded<State> | undefined = attempt === 0 && loaded !== undefined ? states.since(decider, stream, loaded) : undefined;
      const { state, revision, done } = given ?? (await states.load(decider, stream, attempt > 0 || isAsking()));
      const first = done.get(correlation);
      if (first !== undefined) {
        if (first.digest !== digest) return { kind: 'key-reused' };
        return { kind: 'accepted', events: await placed(stream, first), revision: first.revision, state, replayed: true };
      }
      if (meta.expected !== undefined && meta.expected !== revision) return { kind: 'revision-mismatch', current: revision };

      const decision = decider.decide(state, command, meta.receivedAt.epochMilliseconds);
      if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
      const { events } = decision;
      if (events.length === 0)
        return { kind: 'accepted', events: [], revision: revision === 'none' ? 0 : revision, state, replayed: false };

      const drafts = draftsOf(stream, events, meta, correlation, digest);
      // As the log will give them back: a schema trims text, and the state kept must be the one that a replay gives. What
      // cannot be read back must fail here: once it is recorded, nothing after it can be read.
      const after = drafts.reduce(
        (current, { type, data, receivedat }) => decider.evolve(current, catalogue.fromWire(type, data) as Own, instantMillis(receivedat)),
        state,
      );
      try {
        // A command on many streams claims its name with the first of them.
        const isClaimed = claim !== undefined && claimed.get(claim.name) === claim.use;
        const appended = await store.append(stream, revision, drafts, isClaimed ? undefined : claim);
        if (claim !== undefined) claimed.set(claim.name, claim.use);
        const recorded = drafts.map(({ id, type }, index) => ({ id, type, position: appended.positions[index] ?? null }));
        if (digest !== undefined) done.set(correlation, { digest, events: recorded, revision: appended.revision });
        states.keep(decider, stream, { state: after, revision: appended.revision, done });
        return { kind: 'accepted', events: recorded, revision: appended.revision, state: after, replayed: appended.duplicate };
      } catch (error) {
        if (error instanceof EventTooLarge)
          return {
            kind: 'refused',
            refusal: {
              code: 'event-too-large',
              detail: say('application.event-would-take-bytes-at-most', { bytes: error.bytes, maxEventBytes: MAX_EVENT_BYTES }),
            },
          };
        if (error instanceof NameTaken) throw new KeyReused();
        if (!(error instanceof WrongRevision)) throw error;
        states.forget(stream);
      }
    }
    throw new TooContended(stream);
  };

  return {
    handle: (decider, stream, command, meta, loaded) => oneByOne(stream, () => decideAndAppend(decider, stream, command, meta, loaded)),
    load: async (folding, stream) => {
      const { state, revision } = await states.load(folding, stream, isAsking());
      return { state, revision };
    },
    recall: async (folding, stream, meta) => {
      const { state, revision, done } = await states.load(folding, stream, isAsking());
      const keyed = keyedBy(meta, stream);
      const first = keyed && done.get(keyed.correlation);
      return {
        key: first === undefined ? 'new' : first.digest === keyed?.digest ? 'done' : 'reused',
        loaded: { state, revision },
      };
    },
    certainly: (work) => asking.run(true, work),
  };
};
