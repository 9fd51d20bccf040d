import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { date, id, line, reason } from '../../kernel/schema.ts';

/** Stream `roster`: the units that can be made responsible, and the names that stand for several of them. */

const name = line(120);

export const UnitRegistered = defineEvent(
  'UnitRegistered',
  1,
  z.strictObject({ unit: id, name, kind: line(60).nullable(), aliases: z.array(name).max(20) }),
);

export const UnitRenamed = defineEvent('UnitRenamed', 1, z.strictObject({ unit: id, before: name, name, from: date, reason }));

export const UnitsMerged = defineEvent('UnitsMerged', 1, z.strictObject({ unit: id, into: id, from: date, reason }));

export const CollectiveDefined = defineEvent('CollectiveDefined', 1, z.strictObject({ collective: id, name }));

/** Members from a day on; `before` is what was recorded for that day until now. */
export const CollectiveMembershipChanged = defineEvent(
  'CollectiveMembershipChanged',
  1,
  z.strictObject({ collective: id, before: z.array(id).nullable(), members: z.array(id).max(500), from: date }),
);

export const rosterEvents = [UnitRegistered, UnitRenamed, UnitsMerged, CollectiveDefined, CollectiveMembershipChanged] as const;

export type RosterEvent = EventOf<(typeof rosterEvents)[number]>;
