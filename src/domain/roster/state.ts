import { foldText } from '../../kernel/json.ts';
import { unreachable } from '../../kernel/decider.ts';
import type { RosterEvent } from './events.ts';

/** The roster: units with every name they had, and the members of collectives over civil time. */

export type NameInterval = { readonly name: string; readonly from: string | null; readonly to: string | null };

/** What a unit was merged into, from a civil day on. */
export type Merger = { readonly unit: string; readonly from: string };

export type Unit = {
  readonly id: string;
  readonly kind: string | null;
  readonly aliases: readonly string[];
  /** In order of validity; the last one holds. */
  readonly names: readonly NameInterval[];
  readonly mergedInto: Merger | null;
};

/** Members from a civil day on, ordered by that day; a later statement for the same day replaces the earlier. */
export type Membership = { readonly from: string; readonly members: readonly string[] };

export type Collective = { readonly id: string; readonly name: string; readonly memberships: readonly Membership[] };

export type Roster = {
  readonly units: ReadonlyMap<string, Unit>;
  readonly collectives: ReadonlyMap<string, Collective>;
  /** Folded name or alias → unit: a unit is found by any name it ever had. */
  readonly byName: ReadonlyMap<string, string>;
};

export const emptyRoster: Roster = { units: new Map(), collectives: new Map(), byName: new Map() };

export const nameOf = (unit: Unit): string => unit.names.at(-1)?.name ?? unit.id;

/** The members on a day; null where none are recorded for it. */
export const membersOn = (memberships: readonly Membership[], day: string): readonly string[] | null =>
  memberships.findLast(({ from }) => from <= day)?.members ?? null;

export type Mergers = ReadonlyMap<string, { readonly mergedInto: Merger | null }>;

/** Who has taken over a unit by a civil day, through every merger after the first; itself while it stands. */
export const successorOn = (units: Mergers, unit: string, day: string): string => {
  let current = unit;
  // A unit merges only into one that stands, and only once, so no chain comes back to its beginning.
  for (let merger = units.get(current)?.mergedInto; merger != null && merger.from <= day; merger = units.get(current)?.mergedInto)
    current = merger.unit;
  return current;
};

/** Whether `unit` is, or has taken over, `other`, on whatever day. */
export const standsFor = (units: Mergers, unit: string, other: string): boolean => {
  for (let current: string | undefined = other; current !== undefined; current = units.get(current)?.mergedInto?.unit)
    if (current === unit) return true;
  return false;
};

/** Adds a statement in order of its day. */
export const withMembership = (memberships: readonly Membership[], added: Membership): readonly Membership[] =>
  [...memberships.filter(({ from }) => from !== added.from), added].sort((a, b) => (a.from < b.from ? -1 : 1));

/** Renaming ends the name in force on the day the new one begins. */
export const withName = (names: readonly NameInterval[], name: string, from: string): readonly NameInterval[] => {
  const last = names.at(-1);
  return last === undefined ? [{ name, from, to: null }] : [...names.slice(0, -1), { ...last, to: from }, { name, from, to: null }];
};

const put = <Value>(map: ReadonlyMap<string, Value>, entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> =>
  new Map([...map, ...entries]);

export const evolveRoster = (roster: Roster, event: RosterEvent): Roster => {
  switch (event.type) {
    case 'UnitRegistered': {
      const { unit: id, name, kind, aliases } = event.data;
      const unit: Unit = { id, kind, aliases, names: [{ name, from: null, to: null }], mergedInto: null };
      return {
        ...roster,
        units: put(roster.units, [[id, unit]]),
        byName: put(
          roster.byName,
          [name, ...aliases].map((text) => [foldText(text), id] as const),
        ),
      };
    }
    case 'UnitRenamed': {
      const { unit: id, name, from } = event.data;
      const unit = roster.units.get(id);
      if (unit === undefined) throw new Error(`UnitRenamed: ${id} was never registered`);
      return {
        ...roster,
        units: put(roster.units, [[id, { ...unit, names: withName(unit.names, name, from) }]]),
        byName: put(roster.byName, [[foldText(name), id]]),
      };
    }
    case 'UnitsMerged': {
      const { unit: id, into, from } = event.data;
      const unit = roster.units.get(id);
      if (unit === undefined) throw new Error(`UnitsMerged: ${id} was never registered`);
      return { ...roster, units: put(roster.units, [[id, { ...unit, mergedInto: { unit: into, from } }]]) };
    }
    case 'CollectiveDefined': {
      const { collective: id, name } = event.data;
      return { ...roster, collectives: put(roster.collectives, [[id, { id, name, memberships: [] }]]) };
    }
    case 'CollectiveMembershipChanged': {
      const { collective: id, members, from } = event.data;
      const collective = roster.collectives.get(id);
      if (collective === undefined) throw new Error(`CollectiveMembershipChanged: ${id} was never defined`);
      const memberships = withMembership(collective.memberships, { from, members });
      return { ...roster, collectives: put(roster.collectives, [[id, { ...collective, memberships }]]) };
    }
    default:
      return unreachable(event);
  }
};

/** One roster for the log, in the stream of this name. */
export const ROSTER_STREAM = 'roster';

export const rosterFolding = { initial: emptyRoster, evolve: evolveRoster };
