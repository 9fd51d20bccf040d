import { LRUCache } from 'lru-cache';
import { instantMillis } from '../kernel/clock.ts';
import type { Decider } from '../kernel/decider.ts';
import type { Catalogue, DomainEvent } from '../kernel/event.ts';
import type { EventStore, ExpectedRevision, StreamEvent } from '../store/event-store.ts';

/** States of streams, folded from the log and kept, so that a load reads what is new alone. */

/** What a stream's state takes: a decider without its rules. */
export type Folding<State, Event> = Pick<Decider<State, never, Event>, 'initial' | 'evolve'>;

export type Loaded<State> = { readonly state: State; readonly revision: ExpectedRevision };

export type Recorded = { readonly id: string; readonly type: string; readonly position: number | null };

export type DoneCommand = { readonly digest: string; readonly events: readonly Recorded[]; readonly revision: number };

/** A stream's folded state and the keyed commands it holds, by their correlation. Immutable but for `done`, which only grows. */
export type Folded<State> = Loaded<State> & { readonly done: Map<string, DoneCommand> };

export type StreamStates<Event extends DomainEvent> = {
  /**
   * What is kept, and what is newer.
   * @param certain  whether the log itself is asked, and not only what this process was delivered of it
   */
  readonly load: <State, Own extends Event>(folding: Folding<State, Own>, stream: string, certain: boolean) => Promise<Folded<State>>;
  /** The newest state that is kept, if it is at least as new as the one that was loaded. */
  readonly since: <State, Own extends Event>(
    folding: Folding<State, Own>,
    stream: string,
    loaded: Loaded<State>,
  ) => Folded<State> | undefined;
  readonly keep: <State, Own extends Event>(folding: Folding<State, Own>, stream: string, folded: Folded<State>) => void;
  readonly forget: (stream: string) => void;
};

const KEPT_STREAMS = 5_000;

type Kept = { readonly evolve: unknown; readonly folded: Folded<unknown> };

const reaches = (one: Loaded<unknown>, other: Loaded<unknown>): boolean =>
  other.revision === 'none' || (one.revision !== 'none' && one.revision >= other.revision);

const remember = (done: Map<string, DoneCommand>, event: StreamEvent): void => {
  const { correlation, requestdigest, type } = event.envelope;
  if (requestdigest === undefined) return;
  const known = done.get(correlation);
  if (known?.events.some(({ id }) => id === event.id) === true) return; // a read beside the append saw it first
  done.set(correlation, {
    digest: requestdigest,
    events: [...(known?.events ?? []), { id: event.id, type, position: event.position }],
    revision: event.revision,
  });
};

export const createStreamStates = <Event extends DomainEvent>(
  store: Pick<EventStore, 'readStream' | 'readKnown'>,
  catalogue: Pick<Catalogue<Event>, 'fromWire'>,
): StreamStates<Event> => {
  const cache = new LRUCache<string, Kept>({ max: KEPT_STREAMS });

  const kept = <State, Own extends Event>({ evolve }: Folding<State, Own>, stream: string): Folded<State> | undefined => {
    const found = cache.get(stream);
    // The state was folded by this very function, so it is of its type.
    return found?.evolve === evolve ? (found.folded as Folded<State>) : undefined;
  };
  const keep: StreamStates<Event>['keep'] = ({ evolve }, stream, folded) => void cache.set(stream, { evolve, folded });

  return {
    load: async <State, Own extends Event>(folding: Folding<State, Own>, stream: string, certain: boolean): Promise<Folded<State>> => {
      const known: Folded<State> = kept(folding, stream) ?? { state: folding.initial, revision: 'none', done: new Map() };
      const from = known.revision === 'none' ? 0 : known.revision + 1;
      const newer = certain ? await store.readStream(stream, from) : store.readKnown(stream, from);
      let { state, revision }: Loaded<State> = known;
      for (const event of newer) {
        // A stream holds the events of its own kind alone.
        const { type, data, receivedat } = event.envelope;
        state = folding.evolve(state, catalogue.fromWire(type, data) as Own, instantMillis(receivedat));
        revision = event.revision;
        remember(known.done, event);
      }
      const folded = { state, revision, done: known.done };
      const meanwhile = kept(folding, stream);
      if (meanwhile === undefined || !reaches(meanwhile, folded)) keep(folding, stream, folded);
      return folded;
    },
    since: (folding, stream, loaded) => {
      const folded = kept(folding, stream);
      return folded !== undefined && reaches(folded, loaded) ? folded : undefined;
    },
    keep,
    forget: (stream) => void cache.delete(stream),
  };
};
