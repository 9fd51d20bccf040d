import { z } from 'zod';
import { civilDate } from '../../kernel/calendar.ts';
import { wordsOf } from '../../kernel/finding.ts';
import { date, id, line, type ValueOf } from '../../kernel/schema.ts';
import { command, type Kit, list, page, problem, query } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import type { Meta } from '../../application/handler.ts';
import { rosterDecider, type RosterCommand } from '../../domain/roster/decide.ts';
import { rosterActs } from '../../domain/roster/events.ts';
import { unitIsFound } from '../../domain/roster/finding.ts';
import { membersOn, ROSTER_STREAM, type Membership, type Unit } from '../../domain/roster/state.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { nameOn, type Facts } from '../../domain/compliance/facts.ts';
import type { At } from '../../application/tasks/read.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Roster'] as const;
const EVERYONE = ['office', 'unit', 'auditor', 'admin'] as const;
const KEEPERS = ['office', 'admin'] as const;

const unitAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.string().nullable(),
    aliases: z.array(z.string()),
    names: z
      .array(z.strictObject({ name: z.string(), from: date.nullable(), to: date.nullable() }))
      .meta({ description: wording('api.roster.every-name-had-by-civil-days') }),
    mergedInto: z.strictObject({ unit: z.string(), from: date }).nullable(),
  })
  .meta({ id: 'Unit' });

const collectiveAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    members: z
      .array(z.string())
      .nullable()
      .meta({ description: wording('api.roster.units-on-day-judged-null-where') }),
    memberships: z.array(z.strictObject({ from: date, members: z.array(z.string()) })),
  })
  .meta({ id: 'Collective' });

/** A unit as it stood: under the names that had been given by then. */
const shown = ({ id: unit, kind, aliases, mergedInto }: Unit, stood: Pick<Facts, 'units'>, { moment }: At): ValueOf<typeof unitAnswer> => ({
  id: unit,
  name: nameOn(stood, unit, moment.day()),
  kind,
  aliases,
  names: (stood.units.get(unit)?.names ?? []).map(({ name, from, to }) => ({ name, from, to })),
  mergedInto: mergedInto && { unit: mergedInto.unit, from: mergedInto.from },
});

/** Statements by their day; of two for one day the later stands. */
const overTime = (memberships: readonly Membership[]): ValueOf<typeof collectiveAnswer>['memberships'] =>
  [...new Map(memberships.map(({ from, members }) => [from, { from, members }])).values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));

const byId = { params: z.strictObject({ id }) };

export const rosterRoutes = (kit: Kit, { handler, knowledge, timeZone }: Services): void => {
  const act = (does: RosterCommand, meta: Meta) => handler.handle(rosterDecider, ROSTER_STREAM, does, meta);
  const dayOf = (meta: Meta): string => civilDate(meta.receivedAt, timeZone).toString();

  command(kit, {
    method: 'POST',
    url: '/v1/units',
    summary: wording('api.roster.register-unit'),
    tags: TAGS,
    refuses: ['unit-exists', 'collective-exists', 'name-taken'],
    roles: KEEPERS,
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: rosterActs.RegisterUnit.omit({ unit: true }).partial({ kind: true, aliases: true }).extend({ id }),
    run: async ({ body: { id: unit, name, kind, aliases }, meta }) => ({
      outcome: await act({ type: 'RegisterUnit', unit, name, kind: kind ?? null, aliases: aliases ?? [] }, meta),
      subject: unit,
      location: `/v1/units/${unit}`,
    }),
  });

  command(kit, {
    method: 'PATCH',
    url: '/v1/units/:id',
    summary: wording('api.roster.rename-unit-or-merge-into-another'),
    tags: TAGS,
    refuses: ['unit-unknown', 'name-taken', 'unit-merged', 'date-order', { field: 'unit-unknown' }],
    roles: KEEPERS,
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.union([
      rosterActs.RenameUnit.omit({ unit: true }),
      rosterActs.MergeUnit.omit({ unit: true, into: true }).extend({ mergedInto: id }),
    ]),
    run: async ({ params: { id: unit }, body, meta }) => ({
      outcome: await act(
        'name' in body
          ? { type: 'RenameUnit', unit, ...body }
          : { type: 'MergeUnit', unit, into: body.mergedInto, from: body.from, reason: body.reason },
        meta,
      ),
      subject: unit,
      location: `/v1/units/${unit}`,
    }),
  });

  list(kit, {
    url: '/v1/units',
    summary: wording('api.roster.units-found-by-any-name-they'),
    tags: TAGS,
    roles: EVERYONE,
    query: z.strictObject({ q: line(120).optional() }),
    item: unitAnswer,
    run: ({ query: { q }, at, paging }) => {
      const known = knowledge.roster(at.position);
      const stood = rosterAt(known, at.moment);
      const words = wordsOf(q ?? '');
      const units = [...known.units.values()].filter((unit) => unitIsFound(unit, words));
      return page(
        units.map((unit) => shown(unit, stood, at)),
        paging,
        (unit) => unit.id,
      );
    },
  });

  query(kit, {
    url: '/v1/units/:id',
    summary: wording('api.roster.one-unit-with-names-over-time'),
    tags: TAGS,
    refuses: ['unit-unknown'],
    roles: EVERYONE,
    ...byId,
    response: unitAnswer.extend({ revision: z.int().meta({ description: wording('api.roster.roster-what-if-match-takes') }) }),
    run: ({ params: { id: unit }, at }) => {
      const roster = knowledge.roster(at.position);
      const known = roster.units.get(unit);
      if (known === undefined) return problem('unit-unknown', say('api.roster.no-unit-registered', { unit }));
      return { ...shown(known, rosterAt(roster, at.moment), at), revision: knowledge.lastOf(ROSTER_STREAM, at.position)?.revision ?? 0 };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/collectives',
    summary: wording('api.roster.define-name-that-stands-for-several'),
    tags: TAGS,
    refuses: ['collective-exists', 'unit-exists', 'name-taken', 'duplicate-party', { field: 'unit-unknown' }],
    roles: KEEPERS,
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: rosterActs.DefineCollective.pick({ name: true }).extend({ id, members: rosterActs.SetMembers.shape.members.optional() }),
    run: async ({ body: { id: collective, name, members }, meta }) => ({
      outcome: await act({ type: 'DefineCollective', collective, name, members: members ?? null, from: dayOf(meta) }, meta),
      subject: collective,
      location: `/v1/collectives/${collective}`,
    }),
  });

  command(kit, {
    method: 'PUT',
    url: '/v1/collectives/:id/members',
    summary: wording('api.roster.record-who-collective-stands-for-from'),
    tags: TAGS,
    refuses: ['collective-unknown', 'duplicate-party', { field: 'unit-unknown' }],
    roles: KEEPERS,
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: rosterActs.SetMembers.omit({ collective: true })
      .partial({ from: true })
      .extend({ basis: line(500) }),
    run: async ({ params: { id: collective }, body: { members, from }, meta }) => ({
      outcome: await act({ type: 'SetMembers', collective, members, from: from ?? dayOf(meta) }, meta),
      subject: collective,
      location: `/v1/collectives/${collective}`,
    }),
  });

  const collectivesAt = (at: At): readonly ValueOf<typeof collectiveAnswer>[] =>
    [...rosterAt(knowledge.roster(at.position), at.moment).collectives].map(([collective, { name, memberships }]) => ({
      id: collective,
      name,
      members: membersOn(memberships, at.moment.day()),
      memberships: overTime(memberships),
    }));

  list(kit, {
    url: '/v1/collectives',
    summary: wording('api.roster.collectives-and-their-members-on-day'),
    tags: TAGS,
    roles: EVERYONE,
    item: collectiveAnswer,
    run: ({ at, paging }) => page(collectivesAt(at), paging, (collective) => collective.id),
  });

  query(kit, {
    url: '/v1/collectives/:id',
    summary: wording('api.roster.one-collective-and-members-over-time'),
    tags: TAGS,
    refuses: ['collective-unknown'],
    roles: EVERYONE,
    ...byId,
    response: collectiveAnswer.extend({ revision: z.int().meta({ description: wording('api.roster.roster-what-if-match-takes') }) }),
    run: ({ params: { id: collective }, at }) => {
      const known = collectivesAt(at).find((each) => each.id === collective);
      if (known === undefined) return problem('collective-unknown', say('api.roster.no-collective-defined', { collective }));
      return { ...known, revision: knowledge.lastOf(ROSTER_STREAM, at.position)?.revision ?? 0 };
    },
  });
};
