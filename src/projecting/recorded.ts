import type { DomainEvent } from '../kernel/event.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { EventReader } from './definitions.ts';
import type { Recorded } from './projection.ts';

/** The event that handlers get. Throws on a type or version that this program does not know. */
export const recorded = (catalogue: EventReader, stored: StoredEvent): Recorded<DomainEvent> => {
  const { envelope } = stored;
  return {
    ...catalogue.fromWire(envelope.type, envelope.data),
    position: stored.position,
    stream: stored.stream,
    revision: stored.revision,
    id: stored.id,
    recordedAt: stored.recordedAt,
    receivedAt: envelope.receivedat,
    occurredAt: envelope.occurredat,
    actor: envelope.actor,
    basis: envelope.basis,
  };
};
