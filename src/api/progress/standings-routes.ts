import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { withRests } from '../../kernel/pieces.ts';
import { line } from '../../kernel/schema.ts';
import { shownLeaders, standingAnswer, taskAnswer } from '../../application/tasks/answers.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { directiveAsked, list, ordinal, page, Problem, type Kit, unitAsked } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { NOTHING_REPORTED, standingCounts, standingsInPieces } from '../../domain/compliance/progress.ts';
import { standingCountsAnswer } from '../shared/compliance-answers.ts';
import { wording } from '../../messages/standing.ts';
import { createSeen, named, READERS, TAGS } from './seen.ts';
import { OF_ALL } from './counts.ts';

/** Where each task stands. */

const standingLine = z
  .strictObject({
    ...named,
    theme: taskAnswer.shape.theme,
    ...shownLeaders,
    responsible: z.array(z.string()),
    ...standingAnswer.shape,
  })
  .meta({ id: 'StandingLine' });

export const standingRoutes = (kit: Kit, services: Services): void => {
  const { tasks } = services;
  const seen = createSeen(services);

  list(kit, {
    url: '/v1/standings',
    summary: wording('api.compliance.where-each-task-stands-ahead-on'),
    description: wording('api.compliance.by-rule-policy-that-judges-last'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({
      directive: directiveAsked,
      kind: taskKind.optional(),
      unit: unitAsked.optional(),
      theme: ordinal.optional(),
      leader: line(60).optional(),
      state: z.enum(['ahead', 'on-track', 'behind', 'done', 'unknown']).optional(),
    }),
    item: standingLine,
    sheet: sheetOf(standingLine, 'standings'),
    more: z.strictObject({ counts: standingCountsAnswer.meta(OF_ALL) }),
    run: async ({ query: { state, ...filter }, principal, at, paging, rest }) => {
      const known = await seen(filter, principal, at, rest);
      if (known instanceof Problem) return known;
      const all = await withRests(standingsInPieces(known.facts, at.moment), rest);
      const lines = [...known.docs].map(([task, doc]) => ({
        ...known.nameOf(task),
        theme: doc.theme,
        ...tasks.leaders(doc, at),
        responsible: tasks.answerable(doc, at),
        ...(all.get(task) ?? NOTHING_REPORTED),
      }));
      const found = page(
        lines.filter((standing) => state === undefined || (standing.state ?? 'unknown') === state),
        paging,
        ({ task }) => task,
      );
      return found instanceof Problem ? found : { ...found, more: { counts: standingCounts(all.values()) } };
    },
  });
};
