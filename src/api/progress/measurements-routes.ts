import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { withRests } from '../../kernel/pieces.ts';
import { id, instant } from '../../kernel/schema.ts';
import { measurement, taskKind } from '../../domain/tasks/events.ts';
import { directiveAsked, cut, list, Problem, scopeOf, type Kit, unitAsked } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { measuredInPieces, type Figure, type Measured } from '../../domain/compliance/progress.ts';
import { strangeTask } from '../shared/refusals.ts';
import { wording } from '../../messages/standing.ts';
import { createSeen, nameAt, named, READERS, TAGS } from './seen.ts';
import { countsAnswer, countsOf, OF_ALL } from './counts.ts';
import { measurementState, reachedBy, stateOf } from './measured.ts';

/** What is measured, and what was last reported of it. */

const measurementLine = z
  .strictObject({
    ...named,
    ...measurement.shape,
    value: z
      .string()
      .nullable()
      .meta({ description: wording('api.compliance.last-figure-reported-null-where-none') }),
    period: z.string().nullable(),
    reportedBy: z.strictObject({ unit: z.string(), name: z.string(), report: z.string(), receivedAt: instant }).nullable(),
    attained: z
      .boolean()
      .nullable()
      .meta({ description: wording('api.compliance.null-nothing-was-measured-or-comparator') }),
    state: measurementState,
  })
  .meta({ id: 'MeasurementLine' });

export const measurementRoutes = (kit: Kit, services: Services): void => {
  const { tasks } = services;
  const seen = createSeen(services);

  list(kit, {
    url: '/v1/measurements',
    summary: wording('api.compliance.what-measured-what-was-last-reported'),
    description: wording('api.compliance.one-line-for-each-who-reported'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }],
    roles: READERS,
    query: z.strictObject({
      directive: directiveAsked,
      kind: taskKind.optional(),
      unit: unitAsked.optional(),
      task: id.optional(),
      state: measurementState.optional(),
    }),
    key: z.int().min(0),
    item: measurementLine,
    sheet: sheetOf(measurementLine, 'measurements'),
    more: z.strictObject({ counts: countsAnswer(measurementState.options).meta(OF_ALL) }),
    run: async ({ query: { state, task, ...filter }, principal, at, paging: { limit, after }, rest }) => {
      const known = await seen(filter, principal, at, rest);
      if (known instanceof Problem) return known;
      const strange = strangeTask(tasks, task, at, scopeOf(principal));
      if (strange !== undefined) return strange;
      const unitName = (unit: string): string => nameAt(known.facts, unit, at);
      const lineOf = (of: Measured, figure: Figure | undefined) => {
        const reached = reachedBy(of, figure);
        return {
          ...known.nameOf(of.task),
          ...of.measurement,
          value: figure?.value ?? null,
          period: figure?.period ?? null,
          reportedBy:
            figure === undefined
              ? null
              : { unit: figure.unit, name: unitName(figure.unit), report: figure.report, receivedAt: figure.receivedAt },
          attained: reached,
          state: stateOf(figure, reached),
        };
      };
      const all = await withRests(measuredInPieces(known.facts, at.moment), rest);
      const lines = all
        .filter((of) => task === undefined || of.task === task)
        .flatMap((of) => (of.figures.length === 0 ? [lineOf(of, undefined)] : of.figures.map((figure) => lineOf(of, figure))));
      const chosen = lines.filter((each) => state === undefined || each.state === state).map((each, index) => ({ each, index }));
      const { items, next } = cut(chosen.slice((after ?? -1) + 1), limit, ({ index }) => index);
      return {
        items: items.map(({ each }) => each),
        next,
        total: chosen.length,
        more: { counts: countsOf(measurementState.options, lines) },
      };
    },
  });
};
