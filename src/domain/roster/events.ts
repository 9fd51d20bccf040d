import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { date, id, line, reason } from '../../kernel/schema.ts';

/** Stream `roster`: the units that can be made responsible, and the names that stand for several of them. */

const name = line(120);
const members = z.array(id).max(500);

/** What the sender of each command says, and of names, what an import has read. */
export const rosterActs = {
  RegisterUnit: z.strictObject({ unit: id, name, kind: line(60).nullable(), aliases: z.array(name).max(20) }),
  RenameUnit: z.strictObject({ unit: id, name, from: date, reason }),
  /** A further name by which it is found; what it is called stays. */
  AddAlias: z.strictObject({ unit: id, alias: name }),
  MergeUnit: z.strictObject({ unit: id, into: id, from: date, reason }),
  /** `members` null: they are not known yet. `from` is the day from which they are. */
  DefineCollective: z.strictObject({ collective: id, name, members: members.nullable(), from: date }),
  SetMembers: z.strictObject({ collective: id, members, from: date }),
  /** What an import found missing: registered together, what is there already is left alone. */
  EnrolNames: z.strictObject({
    units: z.array(z.strictObject({ id, name, kind: line(60).nullable() })),
    collectives: z.array(z.strictObject({ id, name })),
  }),
} as const;

export const UnitRegistered = defineEvent('UnitRegistered', 1, rosterActs.RegisterUnit);
export const UnitRenamed = defineEvent('UnitRenamed', 1, rosterActs.RenameUnit.extend({ before: name }));
export const UnitAliasAdded = defineEvent('UnitAliasAdded', 1, rosterActs.AddAlias);
export const UnitsMerged = defineEvent('UnitsMerged', 1, rosterActs.MergeUnit);
export const CollectiveDefined = defineEvent('CollectiveDefined', 1, rosterActs.DefineCollective.pick({ collective: true, name: true }));
/** Members from a day on; `before` is what was recorded for that day until now. */
export const CollectiveMembershipChanged = defineEvent(
  'CollectiveMembershipChanged',
  1,
  rosterActs.SetMembers.extend({ before: z.array(id).nullable() }),
);

export const rosterEvents = [
  UnitRegistered,
  UnitRenamed,
  UnitAliasAdded,
  UnitsMerged,
  CollectiveDefined,
  CollectiveMembershipChanged,
] as const;

export type RosterEvent = EventOf<(typeof rosterEvents)[number]>;
