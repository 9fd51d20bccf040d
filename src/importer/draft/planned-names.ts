import { idsFor } from './ids.ts';
import type { Draft } from './draft.ts';
import type { Entry } from './entries.ts';
import type { Plan, PlannedUnit } from './planned.ts';
import { unitKind } from './unit-kinds.ts';

/** The parties of a draft by the names that it gives them, and the ids that they are to have. */
export type Names = {
  readonly units: readonly PlannedUnit[];
  readonly collectives: Plan['collectives'];
  readonly idOf: (name: string) => string;
};

/** Every name once, in the order of first mention. */
export const namesOf = (entries: readonly Entry[], { units: decided, collectives: known }: Draft): Names => {
  const kinds = new Map<string, 'unit' | 'collective'>();
  for (const { assignees } of entries) for (const { name, kind } of assignees) if (!kinds.has(name)) kinds.set(name, kind);
  for (const name of known.keys()) if (!kinds.has(name)) kinds.set(name, 'collective');
  const ids = idsFor([...kinds.keys()]);
  const units: PlannedUnit[] = [];
  const collectives: { id: string; name: string }[] = [];
  for (const [name, kind] of kinds) {
    const id = ids.get(name) ?? name;
    if (kind === 'collective') {
      collectives.push({ id, name });
      continue;
    }
    const decision = decided.get(name);
    if (decision === undefined) units.push({ id, name, kind: unitKind(name) });
    else if ('register' in decision)
      units.push({
        id: decision.register.id ?? id,
        name,
        kind: decision.register.kind === undefined ? unitKind(name) : decision.register.kind,
      });
    else if ('match' in decision) units.push({ id, name, kind: null, is: { unit: decision.match, alias: false } });
    else units.push({ id, name, kind: null, is: { unit: decision.alias, alias: true } });
  }
  const idByName = new Map([...units, ...collectives].map(({ id, name }) => [name, id]));
  return { units, collectives, idOf: (name) => idByName.get(name) ?? name };
};
