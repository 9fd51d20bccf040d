import { z } from 'zod';
import { personalRecord } from '../../application/personal-data.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { contactsDecider, erasureDecider } from '../../domain/personal/decide.ts';
import { contacts, erasureActs } from '../../domain/personal/events.ts';
import { contactsStream, erasureStream } from '../../domain/personal/state.ts';
import { rosterFolding, ROSTER_STREAM } from '../../domain/roster/state.ts';
import { awaitOwn, command, fieldProblem, plain, problem, scopeOf, type Kit, type Problem } from '../../http/routes.ts';
import { id } from '../../kernel/schema.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Personal data, which the log only commits to. Its values are read here and nowhere else: answers as of a position are
 * the same for ever and kept by whoever has them, and an erased value must be gone.
 */

const TAGS = ['Personal data'] as const;
const READERS = ['office', 'unit'] as const;
const byEvent = z.strictObject({ event: z.uuid().meta({ description: wording('api.personal.id-event-as-command-has-answered') }) });

const unknown = (): Problem => problem('personal-data-unknown', say('api.personal.no-event-this-id-that-you'));

export const personalRoutes = (kit: Kit, { handler, personal, sightOf, views }: Services): void => {
  const isOwn = (scope: Scope, unit: string): boolean => sightOf(scope, views.position()).isOwn(unit);

  command(kit, {
    method: 'POST',
    url: '/v1/contacts',
    summary: wording('api.personal.say-who-can-be-asked-at'),
    description: wording('api.personal.names-telephone-numbers-and-e-mail'),
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'none',
    body: z.strictObject({ contacts }),
    apart: 'contacts',
    refuses: [{ field: 'unit-unknown' }],
    run: async ({ unit, meta, committed }) => {
      const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
      if (!roster.units.has(unit)) return fieldProblem('unit-unknown', '/unit', say('api.personal.no-unit-registered', { unit }));
      if (committed === undefined) return fieldProblem('invalid-input', '/contacts', say('api.personal.required'));
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
    summary: wording('api.personal.who-can-be-asked-at-unit'),
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
    summary: wording('api.personal.what-event-this-id-commits-to'),
    description: wording('api.personal.with-salt-so-that-can-be'),
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
    summary: wording('api.personal.erase-personal-data-on-somebodys-authority'),
    description: wording('api.personal.value-and-salt-gone-once-this'),
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
