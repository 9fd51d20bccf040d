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
import { membersOn, nameOf, rosterFolding, type Roster } from './state.ts';

export type RosterCommand = CommandsOf<typeof rosterActs>;

type Rule<Type extends RosterCommand['type']> = Decide<Roster, OfType<RosterCommand, Type>, RosterEvent>;

/** The first of a name and its aliases that another unit than `by` has. */
const nameTaken = (roster: Roster, [name, ...aliases]: readonly [string, ...string[]], by?: string): Decision<never> | undefined => {
  const fields = [{ name, pointer: '/name' }, ...aliases.map((alias, index) => ({ name: alias, pointer: `/aliases/${index}` }))];
  const taken = fields.find((field) => (roster.byName.get(foldText(field.name)) ?? by) !== by);
  return taken && reject('name-taken', `${taken.name} is a name of ${roster.byName.get(foldText(taken.name))}`, { pointer: taken.pointer });
};

const unknownMember = (roster: Roster, members: readonly string[]): Decision<never> | undefined => {
  const index = members.findIndex((unit) => !roster.units.has(unit));
  if (index >= 0) return reject('unit-unknown', `no unit ${members[index]} is registered`, { pointer: `/members/${index}` });
  const twice = members.findIndex((unit, at) => members.indexOf(unit) !== at);
  if (twice >= 0) return reject('duplicate-party', `${members[twice]} is named twice`, { pointer: `/members/${twice}` });
  return undefined;
};

const registerUnit: Rule<'RegisterUnit'> = (roster, { unit, name, kind, aliases }) => {
  if (roster.units.has(unit)) return reject('unit-exists', `a unit ${unit} is registered already`, { pointer: '/id' });
  if (roster.collectives.has(unit)) return reject('collective-exists', `${unit} is the id of a collective`, { pointer: '/id' });
  return nameTaken(roster, [name, ...aliases]) ?? accept(UnitRegistered({ unit, name, kind, aliases }));
};

const renameUnit: Rule<'RenameUnit'> = (roster, { unit: id, name, from, reason }) => {
  const unit = roster.units.get(id);
  if (unit === undefined) return reject('unit-unknown', `no unit ${id} is registered`);
  const current = unit.names.at(-1);
  if (nameOf(unit) === name) return accept();
  if (current?.from != null && from <= current.from)
    return reject('date-order', `its present name holds from ${current.from}; a new one must begin later`, { pointer: '/from' });
  return nameTaken(roster, [name], id) ?? accept(UnitRenamed({ unit: id, before: nameOf(unit), name, from, reason }));
};

const addAlias: Rule<'AddAlias'> = (roster, { unit, alias }) => {
  if (!roster.units.has(unit)) return reject('unit-unknown', `no unit ${unit} is registered`);
  const bearer = roster.byName.get(foldText(alias));
  if (bearer === unit) return accept();
  return bearer === undefined ? accept(UnitAliasAdded({ unit, alias })) : reject('name-taken', `${alias} is a name of ${bearer}`);
};

const mergeUnit: Rule<'MergeUnit'> = (roster, { unit: id, into, from, reason }) => {
  const unit = roster.units.get(id);
  if (unit === undefined) return reject('unit-unknown', `no unit ${id} is registered`);
  const target = roster.units.get(into);
  if (target === undefined) return reject('unit-unknown', `no unit ${into} is registered`, { pointer: '/mergedInto' });
  if (into === id || target.mergedInto !== null)
    return reject('unit-merged', `${into} cannot take over: it is ${into === id ? 'the unit itself' : 'merged itself'}`, {
      pointer: '/mergedInto',
    });
  if (unit.mergedInto !== null) return reject('unit-merged', `${id} was merged into ${unit.mergedInto.unit} from ${unit.mergedInto.from}`);
  return accept(UnitsMerged({ unit: id, into, from, reason }));
};

const defineCollective: Rule<'DefineCollective'> = (roster, { collective, name, members, from }) => {
  if (roster.collectives.has(collective))
    return reject('collective-exists', `a collective ${collective} is defined already`, { pointer: '/id' });
  if (roster.units.has(collective)) return reject('unit-exists', `${collective} is the id of a unit`, { pointer: '/id' });
  const defined = CollectiveDefined({ collective, name });
  if (members === null) return accept(defined);
  return (
    unknownMember(roster, members) ?? accept<RosterEvent>(defined, CollectiveMembershipChanged({ collective, before: null, members, from }))
  );
};

const setMembers: Rule<'SetMembers'> = (roster, { collective: id, members, from }) => {
  const collective = roster.collectives.get(id);
  if (collective === undefined) return reject('collective-unknown', `no collective ${id} is defined`);
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
