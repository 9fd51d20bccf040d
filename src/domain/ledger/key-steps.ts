import { unreachable } from '../../kernel/decider.ts';
import { ledgerEvents, type LedgerEvent } from './events.ts';

/** What the log says of its own keys. */

/** An event of the log about itself, and where it stands. */
export type MetadataEvent = { readonly position: number; readonly type: string; readonly data: unknown };

export type KeyStep =
  | { readonly kind: 'rotated'; readonly position: number; readonly from: string; readonly to: string }
  | { readonly kind: 'restarted'; readonly position: number; readonly origin: string; readonly to: string };

/** Undefined where data does not fit the schema of its type, or the type is none of the log's own. */
const ledgerEvent = ({ type, data }: MetadataEvent): LedgerEvent | undefined => {
  const parsed = ledgerEvents.find((definition) => definition.type === type)?.schema.safeParse(data);
  return parsed?.success === true ? ({ type, data: parsed.data } as LedgerEvent) : undefined; // data that the type's own schema let through
};

const stepOf = (position: number, event: LedgerEvent): readonly KeyStep[] => {
  switch (event.type) {
    case 'KeyRotated':
      return [{ kind: 'rotated', position, from: event.data.from, to: event.data.to }];
    case 'LedgerRestarted':
      return [{ kind: 'restarted', position, origin: event.data.origin, to: event.data.key }];
    case 'LegalRemovalRecorded':
    case 'SourceAnomalyDetected':
      return [];
    default:
      return unreachable(event);
  }
};

/** The changes of key that the log records, oldest first. Data that does not fit its schema is none. */
export const keySteps = (events: readonly MetadataEvent[]): readonly KeyStep[] =>
  events.flatMap((stored) => {
    const event = ledgerEvent(stored);
    return event === undefined ? [] : stepOf(stored.position, event);
  });

/** Verifier keys of the log's present name, oldest first; `present` where none was ever changed. */
export const keysInOrder = (steps: readonly KeyStep[], present: string): readonly string[] => {
  let keys: readonly string[] = [];
  for (const step of steps) {
    if (step.kind === 'restarted') keys = [step.to];
    else keys = [...(keys.length === 0 ? [step.from] : keys), step.to];
  }
  return keys.length === 0 ? [present] : keys;
};
