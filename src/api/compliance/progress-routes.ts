import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { progressSheet } from './progress-sheet.ts';
import type { TaskDoc } from '../../../projections/tasks.ts';
import { withRests } from '../../kernel/pieces.ts';
import { id, instant, line, type ValueOf } from '../../kernel/schema.ts';
import { attained } from '../../domain/tasks/attainment.ts';
import { shownLeaders, shownMilestone, standingAnswer, taskAnswer } from '../../application/tasks/answers.ts';
import { measurement, taskKind } from '../../domain/tasks/events.ts';
import {
  directiveAsked,
  cut,
  list,
  ordinal,
  page,
  Problem,
  unitOf,
  type Kit,
  type Principal,
  type Rest,
  unitAsked,
} from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import type { At, TaskFilter } from '../../application/tasks/read.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { nameOn, type Facts } from '../../domain/compliance/facts.ts';
import { plansOwed, type OwedPlan } from '../../domain/compliance/plans.ts';
import {
  measuredInPieces,
  NOTHING_REPORTED,
  standingCounts,
  standingsInPieces,
  type Figure,
  type Measured,
} from '../../domain/compliance/progress.ts';
import { factsShownTo } from '../../domain/visibility.ts';
import { standingCountsAnswer } from '../shared/compliance-answers.ts';
import { strangeLeader, unknownDirective, strangeTask, strangeTheme } from '../shared/refusals.ts';
import { wording } from '../../messages/standing.ts';
import type { Sheet } from '../../publishing/sheets/sheet.ts';

/**
 * How far the work has come: who owes a plan, where each task stands, what was measured. A unit sees its own tasks, and what
 * follows from its own reports.
 */

const TAGS = ['Compliance'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

const named = { task: z.string(), title: z.string(), kind: taskKind, number: z.int().nullable() };

const planState = z.enum(['none', 'submitted', 'returned', 'accepted']);

const planLine = z
  .strictObject({
    ...named,
    unit: z.string(),
    name: z.string(),
    state: planState,
    n: z
      .int()
      .nullable()
      .meta({ description: wording('api.compliance.number-last-plan-on-task') }),
    submittedAt: instant.nullable(),
    decidedAt: instant.nullable().meta({ description: wording('api.compliance.when-that-was-sent-back-or') }),
    milestones: z.array(shownMilestone).meta({ description: wording('api.compliance.that-plan') }),
  })
  .meta({ id: 'OwedPlan' });

const standingLine = z
  .strictObject({
    ...named,
    theme: taskAnswer.shape.theme,
    ...shownLeaders,
    responsible: z.array(z.string()),
    ...standingAnswer.shape,
  })
  .meta({ id: 'StandingLine' });

const measurementState = z.enum(['attained', 'not-attained', 'needs-judgement', 'not-measured']);

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

const countsOf = <State extends string>(states: readonly State[], items: readonly { readonly state: State }[]): Record<State, number> =>
  // The cast gives the entries back the names that Object.fromEntries takes away.
  Object.fromEntries(states.map((state) => [state, items.filter((item) => item.state === state).length])) as Record<State, number>;

/** A count for each state. */
const countsAnswer = <State extends string>(states: readonly State[]): z.ZodObject<Record<State, z.ZodInt>, z.core.$strict> =>
  // The cast as above.
  z.strictObject(Object.fromEntries(states.map((state) => [state, z.int()])) as Record<State, z.ZodInt>);

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

const OF_ALL = { description: wording('api.compliance.by-state-over-all-pages-and') };

const reachedBy = ({ measurement: target }: Measured, figure: Figure | undefined): boolean | null =>
  figure === undefined ? null : attained(target, figure.value);

const stateOf = (figure: Figure | undefined, reached: boolean | null): z.infer<typeof measurementState> => {
  if (figure === undefined) return 'not-measured';
  if (reached === null) return 'needs-judgement';
  return reached ? 'attained' : 'not-attained';
};

/** The name that a unit had at the moment judged. */
const nameAt = (roster: Pick<Facts, 'units' | 'collectives'>, unit: string, { moment }: At): string =>
  nameOn(rosterAt(roster, moment), unit, moment.day());

type Group = { readonly key: string | null; readonly name: string | null };
const NO_GROUP: Group = { key: null, name: null };

export const progressRoutes = (kit: Kit, { knowledge, sightOf, tasks }: Services): void => {
  /** The facts of a directive that the reader may see, with the tasks that a filter leaves, and how each is named. */
  const visible = async (filter: TaskFilter & { readonly directive: string }, principal: Principal, at: At, rest: Rest) => {
    const facts = await withRests(knowledge.factsInPieces(filter.directive, at.position), rest);
    if (facts === undefined) return unknownDirective(filter.directive);
    const scope = unitOf(principal) ?? null;
    const { isOwn } = sightOf(scope, at.position);
    const docs = new Map(tasks.list(filter, at, scope).map((doc) => [doc.facts.id, doc]));
    const strange = docs.size > 0 ? undefined : (strangeTheme(tasks, filter, at, scope) ?? strangeLeader(tasks, filter.leader, scope));
    if (strange !== undefined) return strange;
    const nameOf = (
      task: string,
    ): { readonly task: string; readonly title: string; readonly kind: z.infer<typeof taskKind>; readonly number: number | null } => {
      const doc = docs.get(task);
      if (doc === undefined) throw new Error(`${task} is not among the tasks listed`);
      return { task, title: doc.title, kind: doc.facts.kind, number: doc.number };
    };
    const shown: Facts = { ...factsShownTo(facts, { isOwn }), tasks: [...docs.values()].map((doc) => doc.facts) };
    return { facts: shown, docs, nameOf, isOwn };
  };

  list(kit, {
    url: '/v1/plans',
    summary: wording('api.compliance.who-owes-plan-and-how-far'),
    description: wording('api.compliance.owed-by-every-unit-that-carries'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, unit: unitAsked.optional(), task: id.optional(), state: planState.optional() }),
    item: planLine,
    sheet: sheetOf(planLine, 'plans', { called: { n: 'plan-n' } }),
    more: z.strictObject({ counts: countsAnswer(planState.options).meta(OF_ALL) }),
    run: async ({ query: { directive, unit, task, state }, principal, at, paging, rest }) => {
      const known = await visible({ directive }, principal, at, rest);
      if (known instanceof Problem) return known;
      const strange = strangeTask(tasks, task, at, unitOf(principal) ?? null);
      if (strange !== undefined) return strange;
      const owed = plansOwed(known.facts, at.moment).filter(
        (plan) => known.isOwn(plan.unit) && (unit === undefined || plan.unit === unit) && (task === undefined || plan.task === task),
      );
      const lineOf = ({ task: of, taskKind: _, ...plan }: OwedPlan) => ({ ...known.nameOf(of), ...plan });
      const found = page(
        owed.filter((plan) => state === undefined || plan.state === state).map(lineOf),
        paging,
        (plan) => `${plan.task} ${plan.unit}`,
      );
      return found instanceof Problem ? found : { ...found, more: { counts: countsOf(planState.options, owed) } };
    },
  });

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
      const known = await visible(filter, principal, at, rest);
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
      const known = await visible(filter, principal, at, rest);
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
      const known = await visible(filter, principal, at, rest);
      if (known instanceof Problem) return known;
      const strange = strangeTask(tasks, task, at, unitOf(principal) ?? null);
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
