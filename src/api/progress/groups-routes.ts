import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { progressSheet } from './groups-sheet.ts';
import type { TaskDoc } from '../../../projections/tasks.ts';
import { withRests } from '../../kernel/pieces.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import { standingAnswer } from '../../application/tasks/answers.ts';
import { taskKind } from '../../domain/tasks/events.ts';
import { directiveAsked, list, page, Problem, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { measuredInPieces, NOTHING_REPORTED, standingCounts, standingsInPieces } from '../../domain/compliance/progress.ts';
import { standingCountsAnswer } from '../shared/compliance-answers.ts';
import { wording } from '../../messages/standing.ts';
import type { Sheet } from '../../publishing/sheets/sheet.ts';
import { createSeen, nameAt, READERS, TAGS } from './seen.ts';
import { countsAnswer, countsOf } from './counts.ts';
import { measurementState, reachedBy, stateOf } from './measured.ts';

/** How far the work has come, by theme, unit, leader or kind. */

const progressGroup = z
  .strictObject({
    key: z
      .string()
      .nullable()
      .meta({ description: wording('api.compliance.null-tasks-that-have-no-theme') }),
    name: z.string().nullable(),
    tasks: z.int(),
    standings: standingCountsAnswer,
    rules: z
      .array(z.strictObject({ rule: standingAnswer.shape.rule.unwrap(), policy: standingAnswer.shape.policy, tasks: z.int() }))
      .meta({ description: wording('api.compliance.by-which-rule-which-version-policy') }),
    measurements: countsAnswer(measurementState.options).meta({
      description: wording('api.compliance.what-measured-tasks-by-state-newest'),
    }),
  })
  .meta({ id: 'ProgressGroup' });

const progressBy = z.enum(['theme', 'unit', 'leader', 'kind']);

/** What the groups of each kind are called, and the tasks that are in none. */
const GROUPS = {
  theme: { heading: 'theme-name', none: 'no-theme' },
  unit: { heading: 'name', none: 'no-parties' },
  leader: { heading: 'leader-name', none: 'no-leader' },
  kind: { heading: 'kind-name', none: 'unknown' },
} as const satisfies Readonly<Record<z.infer<typeof progressBy>, object>>;

const groupSheet = (by: z.infer<typeof progressBy>): Sheet<ValueOf<typeof progressGroup>> =>
  progressSheet(sheetOf(progressGroup, 'progress', { called: { name: GROUPS[by].heading } }), GROUPS[by].none);

type Group = { readonly key: string | null; readonly name: string | null };
const NO_GROUP: Group = { key: null, name: null };

export const progressGroupRoutes = (kit: Kit, services: Services): void => {
  const { tasks } = services;
  const seen = createSeen(services);

  list(kit, {
    url: '/v1/progress',
    summary: wording('api.compliance.how-far-work-has-come-by'),
    description: wording('api.compliance.with-numerators-and-rules-that-judged'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, by: progressBy, kind: taskKind.optional() }),
    item: progressGroup,
    sheet: ({ by }) => groupSheet(by),
    run: async ({ query: { by, ...filter }, principal, at, paging, rest }) => {
      const known = await seen(filter, principal, at, rest);
      if (known instanceof Problem) return known;
      const all = await withRests(standingsInPieces(known.facts, at.moment), rest);
      const figures = Map.groupBy(await withRests(measuredInPieces(known.facts, at.moment), rest), ({ task }) => task);
      const groupsOf = (doc: TaskDoc): readonly Group[] => {
        if (by === 'theme') return [doc.theme === null ? NO_GROUP : { key: String(doc.theme.number), name: doc.theme.name }];
        if (by === 'kind') return [{ key: doc.facts.kind, name: doc.facts.kind }];
        if (by === 'unit')
          return tasks
            .answerable(doc, at)
            .filter(known.isOwn)
            .map((unit) => ({ key: unit, name: nameAt(known.facts, unit, at) }));
        const leaders = tasks.leaders(doc, at).leaderPosts.flatMap(({ name, title }) => name ?? title ?? []);
        return leaders.length === 0 ? [NO_GROUP] : leaders.map((leader) => ({ key: leader, name: leader }));
      };
      const placed = [...known.docs].flatMap(([task, doc]) => groupsOf(doc).map((group) => ({ task, group })));
      const groups = [...Map.groupBy(placed, ({ group }) => group.key).values()].map((members) => {
        const own = members.map(({ task }) => all.get(task) ?? NOTHING_REPORTED);
        const rules = Map.groupBy(
          own.filter(({ rule }) => rule !== null),
          ({ rule, policy }) => `${rule} ${policy}`,
        );
        return {
          key: members[0]?.group.key ?? null,
          name: members[0]?.group.name ?? null,
          tasks: members.length,
          standings: standingCounts(own),
          rules: [...rules.values()].flatMap((judged) => {
            const [first] = judged;
            return first?.rule == null ? [] : [{ rule: first.rule, policy: first.policy, tasks: judged.length }];
          }),
          measurements: countsOf(
            measurementState.options,
            members
              .flatMap(({ task }) => figures.get(task) ?? [])
              .map((of) => ({ state: stateOf(of.figures.at(-1), reachedBy(of, of.figures.at(-1))) })),
          ),
        };
      });
      return page(groups, paging, ({ key }) => key ?? '');
    },
  });
};
