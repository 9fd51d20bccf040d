import { taskStream } from '../../domain/tasks/state.ts';
import { parseWireType } from '../../kernel/event.ts';
import type { StoredEvent } from '../../store/event-store.ts';

/** Which events a subscription is for. */

export type Wanted = {
  /** `TaskReassigned`, or one version of it; all where none is named. */
  readonly types: readonly string[];
  /** All where none is named. */
  readonly units: readonly string[];
};

/** Whether a unit carries a task, or did. */
export type Carries = (unit: string, task: string) => boolean;

const isOfType = (types: readonly string[], type: string): boolean =>
  types.length === 0 || types.includes(type) || types.includes(parseWireType(type)?.type ?? type);

/** By or about the unit, or of a task that it carries. */
const concerns = (
  { stream, envelope: { actor, data } }: Pick<StoredEvent, 'stream' | 'envelope'>,
  unit: string,
  carries: Carries,
): boolean => {
  if (actor.unit === unit) return true;
  if (typeof data === 'object' && data !== null && 'unit' in data && data.unit === unit) return true;
  const task = taskStream.idIn(stream);
  return task !== undefined && carries(unit, task);
};

export const isChosen = (event: Pick<StoredEvent, 'stream' | 'envelope'>, { types, units }: Wanted, carries: Carries): boolean =>
  isOfType(types, event.envelope.type) && (units.length === 0 || units.some((unit) => concerns(event, unit, carries)));
