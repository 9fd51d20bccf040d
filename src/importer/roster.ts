import type { Entries, Named } from './entries.ts';
import { idsFor } from './ids.ts';
import type { Assignee, Proposal, ProposedUnit } from './proposal.ts';
import { unitKind } from './unit-list.ts';

export type Roster = {
  readonly units: readonly ProposedUnit[];
  readonly collectives: Proposal['collectives'];
  readonly assignee: (named: Named) => Assignee;
};

/** Every unit and collective once, in the order of first mention. */
export const rosterOf = ({ targets, tasks, rows }: Entries): Roster => {
  const named = [...targets, ...tasks, ...rows].flatMap((entry) => entry.named);
  const ids = idsFor([...new Set(named.map(({ name }) => name))]);
  const kinds = new Map(named.map(({ name, kind }) => [name, kind]));
  const parties = [...ids].map(([name, id]) => ({ id, name, kind: kinds.get(name) }));
  return {
    units: parties.filter(({ kind }) => kind === 'unit').map(({ id, name }) => ({ id, name, kind: unitKind(name) })),
    collectives: parties.filter(({ kind }) => kind === 'collective').map(({ id, name }) => ({ id, name })),
    assignee: ({ role, kind, name }) => ({ role, party: ids.get(name) ?? name, kind }),
  };
};
