import { foldText } from '../../kernel/json.ts';
import { unreachable } from '../../kernel/decider.ts';
import type { RosterEvent } from './events.ts';

/** The roster: units with every name they had, and the members of collectives over civil time. */

/** Every statement says when it was received, epoch ms. */
type Received = { readonly receivedAt: number };

/** A name and the civil days on which it holds: `from` null since ever, `to` null until now. */
export type NameInterval = { readonly name: string; readonly from: string | null; readonly to: string | null } & Received;

/** What a unit was merged into, from a civil day on. */
export type Merger = { readonly unit: string; readonly from: string } & Received;

export type Unit = {
  readonly id: string;
  readonly kind: string | null;
  readonly aliases: readonly string[];
  /** In order of validity; the last one holds. */
  readonly names: readonly NameInterval[];
  readonly mergedInto: Merger | null;
};

/** Members from a civil day on, as stated: statements stand in the order in which they were recorded. */
export type Membership = { readonly from: string; readonly members: readonly string[] } & Received;

export type Collective = { readonly id: string; readonly name: string; readonly memberships: readonly Membership[] };

export type Roster = {
  readonly units: ReadonlyMap<string, Unit>;
  readonly collectives: ReadonlyMap<string, Collective>;
  /** Folded name or alias → unit: a unit is found by any name it ever had. */
  readonly byName: ReadonlyMap<string, string>;
};

export const emptyRoster: Roster = { units: new Map(), collectives: new Map(), byName: new Map() };

/** The name recorded last. A unit is registered with its first. */
const lastName = ({ id, names }: Unit): NameInterval => names.at(-1) ?? { name: id, from: null, to: null, receivedAt: 0 };
export const nameOf = (unit: Unit): string => lastName(unit).name;

/** The unit or the collective that has a name: one name means one party. */
export const bearerOf = ({ byName, collectives }: Pick<Roster, 'byName' | 'collectives'>, name: string): string | undefined => {
  const folded = foldText(name);
  return byName.get(folded) ?? collectives.values().find((each) => foldText(each.name) === folded)?.id;
};

type Of<Type extends RosterEvent['type']> = Extract<RosterEvent, { readonly type: Type }>['data'];

/**
 * The members on a day, by the first statement and those received before an instant: of these the one with the latest
 * day, and of two for one day the later recorded. null where none are recorded for the day.
 */
export const membersOn = (memberships: readonly Membership[], day: string, before = Infinity): readonly string[] | null => {
  let found: Membership | undefined;
  for (const [index, each] of memberships.entries())
    if (each.from <= day && (index === 0 || each.receivedAt < before) && (found === undefined || found.from <= each.from)) found = each;
  return found?.members ?? null;
};

export type Merging = { readonly mergedInto: Omit<Merger, 'receivedAt'> | null };
export type Mergers = ReadonlyMap<string, Merging>;

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

/** A unit as it is registered. */
export const registered = ({ unit: id, name, kind, aliases }: Of<'UnitRegistered'>, receivedAt: number): Unit => ({
  id,
  kind,
  aliases,
  names: [{ name, from: null, to: null, receivedAt }],
  mergedInto: null,
});

/** Renaming ends the name in force on the day the new one begins. */
export const renamed = (unit: Unit, { name, from }: Of<'UnitRenamed'>, receivedAt: number): Unit => {
  const before = [...unit.names.slice(0, -1), { ...lastName(unit), to: from }];
  return { ...unit, names: [...before, { name, from, to: null, receivedAt }] };
};

export const alsoCalled = (unit: Unit, { alias }: Of<'UnitAliasAdded'>): Unit => ({ ...unit, aliases: [...unit.aliases, alias] });

export const merged = (unit: Unit, { into, from }: Of<'UnitsMerged'>, receivedAt: number): Unit => ({
  ...unit,
  mergedInto: { unit: into, from, receivedAt },
});

export const withMembers = (
  collective: Collective,
  { members, from }: Of<'CollectiveMembershipChanged'>,
  receivedAt: number,
): Collective => ({ ...collective, memberships: [...collective.memberships, { from, members, receivedAt }] });

const put = <Value>(map: ReadonlyMap<string, Value>, entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> =>
  new Map([...map, ...entries]);

export const evolveRoster = (roster: Roster, event: RosterEvent, receivedAt: number): Roster => {
  switch (event.type) {
    case 'UnitRegistered': {
      const { unit: id, name, aliases } = event.data;
      return {
        ...roster,
        units: put(roster.units, [[id, registered(event.data, receivedAt)]]),
        byName: put(
          roster.byName,
          [name, ...aliases].map((text) => [foldText(text), id] as const),
        ),
      };
    }
    case 'UnitRenamed': {
      const { unit: id, name } = event.data;
      const unit = roster.units.get(id);
      if (unit === undefined) throw new Error(`UnitRenamed: ${id} was never registered`);
      return {
        ...roster,
        units: put(roster.units, [[id, renamed(unit, event.data, receivedAt)]]),
        byName: put(roster.byName, [[foldText(name), id]]),
      };
    }
    case 'UnitAliasAdded': {
      const { unit: id, alias } = event.data;
      const unit = roster.units.get(id);
      if (unit === undefined) throw new Error(`UnitAliasAdded: ${id} was never registered`);
      return {
        ...roster,
        units: put(roster.units, [[id, alsoCalled(unit, event.data)]]),
        byName: put(roster.byName, [[foldText(alias), id]]),
      };
    }
    case 'UnitsMerged': {
      const { unit: id } = event.data;
      const unit = roster.units.get(id);
      if (unit === undefined) throw new Error(`UnitsMerged: ${id} was never registered`);
      return { ...roster, units: put(roster.units, [[id, merged(unit, event.data, receivedAt)]]) };
    }
    case 'CollectiveDefined': {
      const { collective: id, name } = event.data;
      return { ...roster, collectives: put(roster.collectives, [[id, { id, name, memberships: [] }]]) };
    }
    case 'CollectiveMembershipChanged': {
      const { collective: id } = event.data;
      const collective = roster.collectives.get(id);
      if (collective === undefined) throw new Error(`CollectiveMembershipChanged: ${id} was never defined`);
      return { ...roster, collectives: put(roster.collectives, [[id, withMembers(collective, event.data, receivedAt)]]) };
    }
    default:
      return unreachable(event);
  }
};

/** One roster for the log, in the stream of this name. */
export const ROSTER_STREAM = 'roster';

export const rosterFolding = { initial: emptyRoster, evolve: evolveRoster };
