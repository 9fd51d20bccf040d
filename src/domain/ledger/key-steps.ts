import { KeyRotated, LedgerRestarted } from './events.ts';

/** What the log says of its own keys. */

/** An event of the log about itself, and where it stands. */
export type MetadataEvent = { readonly position: number; readonly type: string; readonly data: unknown };

export type KeyStep =
  | { readonly kind: 'rotated'; readonly position: number; readonly from: string; readonly to: string }
  | { readonly kind: 'restarted'; readonly position: number; readonly origin: string; readonly to: string };

/** The changes of key that the log records, oldest first. Data that does not fit its schema is none. */
export const keySteps = (events: readonly MetadataEvent[]): readonly KeyStep[] =>
  events.flatMap(({ position, type, data }): readonly KeyStep[] => {
    if (type === KeyRotated.type) {
      const rotated = KeyRotated.schema.safeParse(data);
      return rotated.success ? [{ kind: 'rotated', position, from: rotated.data.from, to: rotated.data.to }] : [];
    }
    if (type === LedgerRestarted.type) {
      const restarted = LedgerRestarted.schema.safeParse(data);
      return restarted.success ? [{ kind: 'restarted', position, origin: restarted.data.origin, to: restarted.data.key }] : [];
    }
    return [];
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
