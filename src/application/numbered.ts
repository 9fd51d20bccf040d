import type { EventStore } from '../store/event-store.ts';
import type { Outcome } from './handler.ts';

/**
 * The number (`n`) that a command gave to what it made, taken from its event: a retry, which meets a later state, then
 * still names the same thing. Undefined where the event has no position here yet.
 */
export const numberOf = (store: EventStore, outcome: Outcome<unknown>): number | undefined => {
  const position = outcome.kind === 'accepted' ? outcome.events[0]?.position : undefined;
  const data = position == null ? undefined : store.at(position)?.envelope.data;
  return typeof data === 'object' && data !== null && 'n' in data && typeof data.n === 'number' ? data.n : undefined;
};
