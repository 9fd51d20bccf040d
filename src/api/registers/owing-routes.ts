import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { owingSheet } from './owing-sheet.ts';
import { registers } from '../../../projections/registers.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { instant, period } from '../../kernel/schema.ts';
import { unitLines } from '../../domain/compliance/board.ts';
import { obligationAnswer } from '../shared/compliance-answers.ts';
import { directiveAsked, list, scopeOf, type Kit } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import { strangeKind, unknownDirective } from '../shared/refusals.ts';
import { byIndex, COMPLIANCE, createJudged, EVERYONE, slice } from './shared.ts';
import { wording } from '../../messages/standing.ts';

/** Who still owes the report of a period: what is asked first at the month's end. */

const reminderTable = tableOf(registers, 'reminder');

const tasksNamed = z.array(z.string());
const owing = z
  .strictObject({
    unit: z.string(),
    name: z.string(),
    missing: tasksNamed.meta({ description: wording('api.registers.tasks-for-which-overdue') }),
    notYetDue: tasksNamed.meta({ description: wording('api.registers.tasks-for-which-can-still-come') }),
    settled: tasksNamed.meta({
      description: wording('api.registers.tasks-for-which-has-come-in'),
    }),
    lastReminder: z.strictObject({ at: instant, channel: z.string() }).nullable(),
  })
  .meta({ id: 'Owing' });

export const owingRegister = (kit: Kit, { knowledge, sightOf, views }: Services): void => {
  const judged = createJudged(knowledge);

  list(kit, {
    url: '/v1/owing',
    summary: wording('api.registers.who-still-owes-this-periods-report'),
    description: wording('api.registers.with-kind-deadline-who-still-owes'),
    tags: COMPLIANCE,
    refuses: [{ field: 'directive-unknown' }],
    roles: EVERYONE,
    query: z.strictObject({ directive: directiveAsked, period, kind: obligationAnswer.shape.kind.max(80).optional() }),
    key: byIndex,
    item: owing,
    sheet: owingSheet(sheetOf(owing, 'owing')),
    run: ({ query: { directive, period: of, kind }, principal, at, paging }) => {
      const obligations = judged(directive, at, of, kind === undefined ? undefined : [kind]);
      if (obligations === undefined) return unknownDirective(directive);
      const strange = strangeKind(knowledge, kind, [directive], at.position);
      if (strange !== undefined) return strange;
      const reminders = views
        .appended(reminderTable, { directive, period: of }, { upTo: at.position })
        .filter(({ sent }) => at.moment.reached(instantMillis(sent)));
      const { isOwn } = sightOf(scopeOf(principal), at.position);
      const items = unitLines(obligations)
        .filter(({ unit, missing, notYetDue }) => isOwn(unit) && missing + notYetDue > 0)
        .map(({ unit, name }) => {
          const own = obligations.filter((obligation) => obligation.unit === unit);
          const among = (...states: readonly (typeof own)[number]['state'][]): string[] =>
            own.filter(({ state }) => states.includes(state)).map(({ task }) => task);
          const last = reminders.findLast((reminder) => reminder.unit === unit);
          return {
            unit,
            name,
            missing: among('missing'),
            notYetDue: among('not-yet-due'),
            settled: among('on-time', 'late'),
            lastReminder: last === undefined ? null : { at: last.sent, channel: last.channel },
          };
        });
      return slice(items, paging);
    },
  });
};
