import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { registers } from '../../../projections/registers.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { date, instant } from '../../kernel/schema.ts';
import { directiveAsked, list, scopeOf, type Kit } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import { byIndex, COMPLIANCE, dayOf, decidedBy, EVERYONE, slice } from './shared.ts';
import { unknownDirective } from '../shared/refusals.ts';
import { wording } from '../../messages/standing.ts';

/** Extensions: who asked for how long, whether before the deadline, and what was decided. */

const extensionTable = tableOf(registers, 'extension');

const extension = z
  .strictObject({
    task: z.string(),
    n: z.int(),
    unit: z.string(),
    until: date,
    reason: z.string(),
    deadline: date,
    requestedAt: instant,
    askedAfterExpiry: z.boolean(),
    state: z.enum(['requested', 'granted', 'refused']),
    decision: z.strictObject({ until: date.nullable(), reason: z.string(), authority: z.string(), at: instant, by: z.string() }).nullable(),
  })
  .meta({ id: 'ExtensionEntry' });

export const extensionsRegister = (kit: Kit, { knowledge, sightOf, views }: Services): void => {
  list(kit, {
    url: '/v1/extensions',
    summary: wording('api.registers.extensions-asked-in-time-or-too'),
    description: wording('api.registers.unit-sees-what-has-asked-for'),
    tags: COMPLIANCE,
    refuses: [{ field: 'directive-unknown' }],
    roles: EVERYONE,
    query: z.strictObject({ directive: directiveAsked, state: extension.shape.state.optional() }),
    key: byIndex,
    item: extension,
    sheet: sheetOf(extension, 'extensions'),
    run: ({ query: { directive, state }, principal, at: { position, moment }, paging }) => {
      const heading = knowledge.directive(directive, position);
      if (heading === undefined) return unknownDirective(directive);
      const { isOwn } = sightOf(scopeOf(principal), position);
      const items = views
        .asOf(extensionTable, { directive }, position)
        .filter(({ doc }) => isOwn(doc.unit) && moment.reached(instantMillis(doc.requestedAt)))
        .map(({ task, n, doc }) => {
          const stood = decidedBy(doc, 'requested', moment);
          return { task, n, ...stood, askedAfterExpiry: dayOf(doc.requestedAt, heading.timeZone) > doc.deadline };
        })
        .filter((entry) => state === undefined || entry.state === state);
      return slice(items, paging);
    },
  });
};
