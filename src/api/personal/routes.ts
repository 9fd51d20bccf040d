import { z } from 'zod';
import { personalRecord } from '../../application/personal-data.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { contactsDecider, erasureDecider } from '../../domain/personal/decide.ts';
import { contacts, erasureActs } from '../../domain/personal/events.ts';
import { contactsStream, erasureStream } from '../../domain/personal/state.ts';
import { rosterFolding, ROSTER_STREAM } from '../../domain/roster/state.ts';
import { awaitOwn, command, fieldProblem, plain, problem, unitOf, type Kit, type Principal, type Problem } from '../../http/routes.ts';
import { id } from '../../kernel/schema.ts';

/**
 * Personal data, which the log only commits to. Its values are read here and nowhere else: answers as of a position are
 * the same for ever and kept by whoever has them, and an erased value must be gone.
 */

const TAGS = ['Personal data'] as const;
const READERS = ['office', 'unit'] as const;
const byEvent = z.strictObject({ event: z.uuid().meta({ description: 'Id of the event, as its command has answered it.' }) });

const scopeOf = (principal: Principal | null): Scope => (principal === null ? null : (unitOf(principal) ?? null));
const unknown = (): Problem => problem('personal-data-unknown', 'no event of this id that you may see commits to personal data');

export const personalRoutes = (kit: Kit, { handler, personal, sightOf, views }: Services): void => {
  const isOwn = (scope: Scope, unit: string): boolean => sightOf(scope, views.position()).isOwn(unit);

  command(kit, {
    method: 'POST',
    url: '/v1/contacts',
    summary: 'Say who can be asked at a unit, in place of whom it said before',
    description: 'Names, telephone numbers and e-mail addresses are held apart from the log, which commits to them, and can be erased.',
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'none',
    body: z.strictObject({ contacts }),
    apart: 'contacts',
    refuses: [{ field: 'unit-unknown' }],
    run: async ({ unit, meta, committed }) => {
      const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
      if (!roster.units.has(unit)) return fieldProblem('unit-unknown', '/unit', `no unit ${unit} is registered`);
      if (committed === undefined) return fieldProblem('invalid-input', '/contacts', 'is required');
      return {
        outcome: await handler.handle(contactsDecider, contactsStream(unit), { type: 'RecordContacts', unit, contacts: committed }, meta),
        subject: unit,
        location: `/v1/units/${unit}/contacts`,
      };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/units/:id/contacts',
    summary: 'Who can be asked at a unit: for the office and the unit itself',
    tags: TAGS,
    access: READERS,
    params: z.strictObject({ id }),
    refuses: ['personal-data-unknown'],
    response: personalRecord,
    run: async ({ params: { id: unit }, principal }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const found = isOwn(scopeOf(principal), unit) ? personal.contactsOf(unit) : undefined;
      return found === undefined ? unknown() : { json: found };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/personal-data/:event',
    summary: 'What the event of this id commits to: for the office and the unit whose it is',
    description: 'With its salt, so that it can be shown to be what the event commits to.',
    tags: TAGS,
    access: READERS,
    params: byEvent,
    refuses: ['personal-data-unknown'],
    response: personalRecord,
    run: async ({ params: { event }, principal }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const found = personal.find(event);
      return found === undefined || !isOwn(scopeOf(principal), found.unit) ? unknown() : { json: found };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/personal-data/:event/erasure',
    summary: 'Erase personal data, on somebody’s authority',
    description: 'The value and its salt are gone once this is answered. The events that commit to it stay, and so does every proof.',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    params: byEvent,
    refuses: ['personal-data-unknown', 'already-erased'],
    body: erasureActs.ErasePersonalData.pick({ reason: true, authority: true }),
    run: async ({ params: { event }, body, principal, meta }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const known = personal.recorded(event);
      if (known === undefined) return unknown();
      const { commitment, of, unit } = known;
      const does = { type: 'ErasePersonalData', event, commitment, of, unit, ...body } as const;
      const outcome = await handler.handle(erasureDecider, erasureStream(commitment), does, meta);
      // Also where it was erased before: the value may be back from an older copy.
      if (outcome.kind === 'accepted' || (outcome.kind === 'refused' && outcome.refusal.code === 'already-erased'))
        personal.erase(commitment);
      return { outcome, subject: event, location: `/v1/personal-data/${event}` };
    },
  });
};
