import { accept, decideBy, reject, type CommandsOf, type Decide, type Decider, type Decision, type OfType } from '../../kernel/decider.ts';
import { foldText } from '../../kernel/json.ts';
import {
  CollectiveDefined,
  CollectiveMembershipChanged,
  UnitAliasAdded,
  UnitRegistered,
  UnitRenamed,
  UnitsMerged,
  type rosterActs,
  type RosterEvent,
} from './events.ts';
import { bearerOf, membersOn, nameOf, rosterFolding, type Roster } from './state.ts';
import { say } from '../../messages/message.ts';

export type RosterCommand = CommandsOf<typeof rosterActs>;

type Rule<Type extends RosterCommand['type']> = Decide<Roster, OfType<RosterCommand, Type>, RosterEvent>;

/** The first of a name and its aliases that another than `by` has. */
const nameTaken = (roster: Roster, [name, ...aliases]: readonly [string, ...string[]], by?: string): Decision<never> | undefined => {
  const fields = [{ name, pointer: '/name' }, ...aliases.map((alias, index) => ({ name: alias, pointer: `/aliases/${index}` }))];
  const taken = fields.find((field) => (bearerOf(roster, field.name) ?? by) !== by);
  return (
    taken && reject('name-taken', say('roster.name', { name: taken.name, name2: bearerOf(roster, taken.name) }), { pointer: taken.pointer })
  );
};

const unknownMember = (roster: Roster, members: readonly string[]): Decision<never> | undefined => {
  const index = members.findIndex((unit) => !roster.units.has(unit));
  if (index >= 0)
    return reject('unit-unknown', say('roster.no-unit-registered', { members: members[index] }), { pointer: `/members/${index}` });
  const twice = members.findIndex((unit, at) => members.indexOf(unit) !== at);
  if (twice >= 0)
    return reject('duplicate-party', say('roster.named-twice', { members: members[twice] }), { pointer: `/members/${twice}` });
  return undefined;
};

const registerUnit: Rule<'RegisterUnit'> = (roster, { unit, name, kind, aliases }) => {
  if (roster.units.has(unit)) return reject('unit-exists', say('roster.unit-registered-already', { unit }), { pointer: '/id' });
  if (roster.collectives.has(unit)) return reject('collective-exists', say('roster.id-collective', { unit }), { pointer: '/id' });
  return nameTaken(roster, [name, ...aliases]) ?? accept(UnitRegistered({ unit, name, kind, aliases }));
};

const renameUnit: Rule<'RenameUnit'> = (roster, { unit: id, name, from, reason }) => {
  const unit = roster.units.get(id);
  if (unit === undefined) return reject('unit-unknown', say('roster.no-unit-registered-2', { id }));
  const current = unit.names.at(-1);
  if (nameOf(unit) === name) return accept();
  if (current?.from != null && from <= current.from)
    return reject('date-order', say('roster.present-name-holds-from-new-one', { from: current.from }), { pointer: '/from' });
  return nameTaken(roster, [name], id) ?? accept(UnitRenamed({ unit: id, before: nameOf(unit), name, from, reason }));
};

const addAlias: Rule<'AddAlias'> = (roster, { unit, alias }) => {
  if (!roster.units.has(unit)) return reject('unit-unknown', say('roster.no-unit-registered-3', { unit }));
  const bearer = bearerOf(roster, alias);
  if (bearer === unit) return accept();
  return bearer === undefined ? accept(UnitAliasAdded({ unit, alias })) : reject('name-taken', say('roster.name-2', { alias, bearer }));
};

const mergeUnit: Rule<'MergeUnit'> = (roster, { unit: id, into, from, reason }) => {
  const unit = roster.units.get(id);
  if (unit === undefined) return reject('unit-unknown', say('roster.no-unit-registered-2', { id }));
  const target = roster.units.get(into);
  if (target === undefined) return reject('unit-unknown', say('roster.no-unit-registered-4', { into }), { pointer: '/mergedInto' });
  if (into === id || target.mergedInto !== null)
    return reject(
      'unit-merged',
      say('roster.cannot-take-over', { into, into2: into === id ? say('roster.unit-itself') : say('roster.merged-itself') }),
      {
        pointer: '/mergedInto',
      },
    );
  if (unit.mergedInto !== null)
    return reject('unit-merged', say('roster.was-merged-into-from', { id, unit: unit.mergedInto.unit, from: unit.mergedInto.from }));
  return accept(UnitsMerged({ unit: id, into, from, reason }));
};

const defineCollective: Rule<'DefineCollective'> = (roster, { collective, name, members, from }) => {
  if (roster.collectives.has(collective))
    return reject('collective-exists', say('roster.collective-defined-already', { collective }), { pointer: '/id' });
  if (roster.units.has(collective)) return reject('unit-exists', say('roster.id-unit', { collective }), { pointer: '/id' });
  const taken = nameTaken(roster, [name]);
  if (taken !== undefined) return taken;
  const defined = CollectiveDefined({ collective, name });
  if (members === null) return accept(defined);
  return (
    unknownMember(roster, members) ?? accept<RosterEvent>(defined, CollectiveMembershipChanged({ collective, before: null, members, from }))
  );
};

const setMembers: Rule<'SetMembers'> = (roster, { collective: id, members, from }) => {
  const collective = roster.collectives.get(id);
  if (collective === undefined) return reject('collective-unknown', say('roster.no-collective-defined', { id }));
  const before = membersOn(collective.memberships, from);
  const same = before !== null && before.length === members.length && before.every((unit, index) => unit === members[index]);
  if (same) return accept();
  return unknownMember(roster, members) ?? accept(CollectiveMembershipChanged({ collective: id, before, members, from }));
};

const enrolNames: Rule<'EnrolNames'> = (roster, { units, collectives }) => {
  const newUnits = units.filter(({ id, name }) => !roster.units.has(id) && !roster.byName.has(foldText(name)));
  const newCollectives = collectives.filter(({ id }) => !roster.collectives.has(id));
  return accept<RosterEvent>(
    ...newUnits.map(({ id, name, kind }) => UnitRegistered({ unit: id, name, kind, aliases: [] })),
    ...newCollectives.map(({ id, name }) => CollectiveDefined({ collective: id, name })),
  );
};

export const rosterDecider: Decider<Roster, RosterCommand, RosterEvent> = {
  ...rosterFolding,
  decide: decideBy<Roster, RosterCommand, RosterEvent>({
    RegisterUnit: registerUnit,
    RenameUnit: renameUnit,
    AddAlias: addAlias,
    MergeUnit: mergeUnit,
    DefineCollective: defineCollective,
    SetMembers: setMembers,
    EnrolNames: enrolNames,
  }),
};
