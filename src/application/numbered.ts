import type { EventStore } from '../store/event-store.ts';
import type { Outcome } from './handler.ts';

/**
 * The number (`n`) that a command gave to what it made: that of its event, so that a retry which meets a later state
 * still names the first one. Undefined where it is not to be had from the log.
 */
export const numberOf = (store: EventStore, outcome: Outcome<unknown>): number | undefined => {
  const position = outcome.kind === 'accepted' ? outcome.events[0]?.position : undefined;
  const data = position == null ? undefined : store.at(position)?.envelope.data;
  return typeof data === 'object' && data !== null && 'n' in data && typeof data.n === 'number' ? data.n : undefined;
};
