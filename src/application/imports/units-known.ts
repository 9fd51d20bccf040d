import { importStream } from '../../domain/imports/state.ts';
import type { KnownUnit } from '../../importer/draft/near-names.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Knowledge } from '../knowledge.ts';

/**
 * The units that the names of a draft may mean: those of the roster when it was last sent or corrected. What its own commit
 * registers is none of them, so that one that is cut short goes on with the draft that it began with.
 */
export const unitsKnownTo =
  ({ knowledge, store }: { readonly knowledge: Pick<Knowledge, 'roster'>; readonly store: Pick<EventStore, 'readHistory'> }) =>
  (id: string, position: number): readonly KnownUnit[] => {
    const last = store
      .readHistory(importStream(id), position)
      .findLast(({ envelope: { type } }) => /^Import(?:Drafted|Corrected)\./u.test(type));
    if (last === undefined) return [];
    return [...knowledge.roster(last.position).units.values()].flatMap(({ id: unit, names, aliases }) =>
      [...names.map(({ name }) => name), ...aliases].map((name) => ({ id: unit, name })),
    );
  };
