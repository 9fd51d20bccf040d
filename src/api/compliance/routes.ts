import { z } from 'zod';
import { lightOf, type Light } from '../../domain/compliance/lights.ts';
import { ownValue } from '../../kernel/own-value.ts';
import { sheetOf } from '../shared/sheets.ts';
import { withRests } from '../../kernel/pieces.ts';
import { periodForm } from '../../kernel/periods.ts';
import { id, period, type ValueOf, yearText } from '../../kernel/schema.ts';
import {
  directiveAsked,
  fieldProblem,
  list,
  ordinal,
  page,
  Problem,
  problem,
  query,
  sheetFormats,
  scopeOf,
  unitOf,
  type Kit,
  type NoFields,
  type QueryCall,
  type Rest,
  unitAsked,
} from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { factsShownTo } from '../../domain/visibility.ts';
import {
  counts,
  excludedAnswer,
  litObligation,
  obligationKind,
  obligationState,
  standingCountsAnswer,
  totalsAnswer,
  unitLineAnswer,
} from '../shared/compliance-answers.ts';
import { unknownDirective, strangeKind, strangeTask } from '../shared/refusals.ts';
import { totalsOf, unitLines, versionsUsed } from '../../domain/compliance/board.ts';
import { nameOn, underPolicy, type Facts } from '../../domain/compliance/facts.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { judgeInPieces } from '../../domain/compliance/judge.ts';
import { DEADLINE, type Obligation } from '../../domain/compliance/obligation.ts';
import { dutiesOf, type AdoptedPolicy } from '../../domain/directives/schedule.ts';
import type { At } from '../../application/tasks/read.ts';
import { answeredFor, standingCounts, standingsInPieces, type Standing } from '../../domain/compliance/progress.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { inEach } from '../../messages/words.ts';

const TAGS = ['Compliance'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

const periodLine = z.strictObject({ period: z.string(), kind: obligationKind, ...counts });

const board = z.strictObject({
  directive: z.string(),
  period: z.string().nullable(),
  kind: obligationKind,
  policyVersions: z.array(z.int()).meta({ description: wording('api.compliance.policies-that-judged') }),
  totals: totalsAnswer,
  units: z.array(unitLineAnswer),
  excludedCollectives: z.array(excludedAnswer),
});
type Board = ValueOf<typeof board>;

const scorecard = z.strictObject({
  unit: z.string(),
  name: z.string(),
  year: z.string(),
  totals: totalsAnswer,
  standing: standingCountsAnswer.meta({ description: wording('api.compliance.tasks-that-leads-or-answers-for') }),
  periods: z.array(periodLine),
});

const boardSheet = sheetOf(unitLineAnswer, 'due-board');
const scorecardSheet = sheetOf(periodLine, 'scorecard');

/** The two duties that every directive may be asked about, and the form of their periods. */
const SHORT_FORMS: Readonly<Record<string, string | undefined>> = { monthly: 'month', annual: 'year' };

/** The kind that a board shows: the one asked for, or the first duty that demands the period. */
const kindFor = (
  policies: readonly AdoptedPolicy[],
  asked: string | undefined,
  of: string | undefined,
  { moment }: At,
): string | Problem => {
  if (asked === DEADLINE) return asked;
  if (of === undefined) return fieldProblem('invalid-input', '/period', say('api.compliance.required-for-what-owed-every-period'));
  const form = periodForm(of);
  if (asked === undefined) {
    const [first] = dutiesOf(policies, of, moment);
    return first?.due.kind ?? Object.keys(SHORT_FORMS).find((kind) => ownValue(SHORT_FORMS, kind) === form) ?? nobodyDemands(of);
  }
  const duties = policies.flatMap(({ duties: all }) => all.filter(({ id: each }) => each === asked));
  const forms = [ownValue(SHORT_FORMS, asked), ...duties.map(({ from }) => periodForm(from))].filter((each) => each !== undefined);
  if (forms.length === 0) return fieldProblem('invalid-input', '/kind', say('api.shared.no-duty-any-policy-nor', { deadline: DEADLINE }));
  return forms.some((each) => each === form)
    ? asked
    : fieldProblem('invalid-input', '/period', say('api.compliance.no-period-reports', { asked }));
};

const nobodyDemands = (of: string): Problem => fieldProblem('invalid-input', '/period', say('api.compliance.no-duty-demands', { of }));

const policyVersion = ordinal.optional().meta({
  description: wording('api.compliance.as-if-this-version-directives-policy'),
});

/** The facts to be judged under an adopted version, where one is asked for. */
const judgedUnder = (facts: Facts, version: number | undefined): Facts | Problem =>
  version === undefined
    ? facts
    : (underPolicy(facts, version) ??
      fieldProblem('policy-unknown', '/policy', say('api.compliance.has-no-policy', { directive: facts.directive, version })));

const obligationsQuery = z.strictObject({
  directive: directiveAsked.optional(),
  unit: unitAsked.optional(),
  task: id.optional(),
  period: period.optional(),
  kind: obligationKind.optional(),
  state: obligationState.optional(),
  policy: policyVersion,
});

const keyOf = ({ period: of, kind, task, unit }: Obligation): string => `${of} ${kind} ${task} ${unit}`;

export const complianceRoutes = (kit: Kit, { knowledge, sightOf, tasks }: Services): void => {
  /** Whose obligations a unit may see: its own and those of units that it has taken over. */
  const amongOf = (scope: string | undefined, position: number): ((unit: string) => boolean) | undefined =>
    scope === undefined ? undefined : sightOf(scope, position).isOwn;

  /** Of several directives, one after the other. */
  async function* allFacts(directives: readonly string[], position: number, of: string | undefined, rest: Rest): AsyncGenerator<Facts> {
    for (const directive of directives) {
      const facts = await withRests(knowledge.factsInPieces(directive, position, of === undefined ? undefined : [of]), rest);
      if (facts !== undefined) yield facts;
    }
  }

  /** Directive after directive. Throws what is refused, as a Problem. */
  async function* obligationsFor({
    query: { directive, unit, task, period: of, kind, state, policy },
    principal,
    at,
    rest,
  }: QueryCall<NoFields, typeof obligationsQuery>): AsyncGenerator<readonly (Obligation & { readonly light: Light })[]> {
    const { position, moment } = at;
    const scope = unitOf(principal);
    const strange = strangeTask(tasks, task, at, scope ?? null);
    if (strange !== undefined) throw strange;
    if (directive !== undefined && knowledge.directive(directive, position) === undefined) throw unknownDirective(directive);
    if (policy !== undefined && directive === undefined && task === undefined)
      throw fieldProblem('invalid-input', '/policy', say('api.compliance.version-one-directives-policy-name-directive'));
    const strangeOne = strangeKind(knowledge, kind, directive === undefined ? knowledge.directives(position) : [directive], position);
    if (strangeOne !== undefined) throw strangeOne;
    const about = unit ?? scope;
    const question = { at: moment, period: of, unit, among: amongOf(scope, position), kinds: kind === undefined ? undefined : [kind] };
    const known =
      task !== undefined
        ? [tasks.factsOf(task, position)].filter((facts) => directive === undefined || facts.directive === directive)
        : about !== undefined
          ? knowledge.factsOfUnit(about, position, directive)
          : allFacts(directive === undefined ? knowledge.directives(position) : [directive], position, of, rest);
    for await (const each of known) {
      const facts = judgedUnder(each, policy);
      if (facts instanceof Problem) throw facts;
      const { obligations } = await withRests(judgeInPieces(facts, question), rest);
      yield obligations
        .filter((obligation) => state === undefined || obligation.state === state)
        .map((obligation) => ({ ...obligation, light: lightOf(obligation, facts.policies, moment) }));
    }
  }

  list(kit, {
    url: '/v1/obligations',
    summary: wording('api.compliance.who-owed-which-report-by-when'),
    description: wording('api.compliance.names-directive-or-task-unit-sees'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'task-unknown' }, { field: 'policy-unknown' }],
    roles: READERS,
    query: obligationsQuery,
    item: litObligation,
    sheet: sheetOf(litObligation, 'obligations'),
    inParts: obligationsFor,
    run: async ({ paging, ...call }) => page((await Array.fromAsync(obligationsFor(call))).flat(), paging, keyOf),
  });

  query(kit, {
    url: '/v1/compliance',
    summary: wording('api.compliance.due-board-period'),
    description: wording('api.compliance.what-could-not-be-counted-because'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'policy-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, period: period.optional(), kind: obligationKind.optional(), policy: policyVersion }),
    response: board,
    formats: sheetFormats(({ directive, period: of, units, totals }: Board) => ({
      sheet: { ...boardSheet, total: { item: { unit: '', name: '', ...totals }, word: inEach(say('cell.total')) } },
      items: units,
      about: { directive, period: of },
    })),
    run: async ({ query: { directive, period: of, kind: asked, policy }, principal, at, rest }) => {
      const { position, moment } = at;
      // For deadlines alone no report needs to be read.
      const known = await withRests(knowledge.factsInPieces(directive, position, of === undefined ? [] : [of]), rest);
      if (known === undefined) return unknownDirective(directive);
      const facts = judgedUnder(known, policy);
      if (facts instanceof Problem) return facts;
      const kind = kindFor(facts.policies, asked, of, at);
      if (typeof kind !== 'string') return kind;
      const question = { at: moment, period: of, kinds: [kind], among: amongOf(unitOf(principal), position) };
      const { obligations, excluded } = await withRests(judgeInPieces(facts, question), rest);
      return {
        directive,
        period: of ?? null,
        kind,
        policyVersions: versionsUsed(obligations),
        totals: totalsOf(obligations),
        units: unitLines(obligations),
        excludedCollectives: unitOf(principal) === undefined ? excluded : [],
      };
    },
  });

  query(kit, {
    url: '/v1/units/:id/scorecard',
    summary: wording('api.compliance.units-year-one-line-period-with'),
    tags: TAGS,
    refuses: ['unit-unknown'],
    roles: READERS,
    params: z.strictObject({ id }),
    query: z.strictObject({ year: yearText }),
    response: scorecard,
    formats: sheetFormats(({ unit, year, periods }: ValueOf<typeof scorecard>) => ({
      sheet: scorecardSheet,
      items: periods,
      about: { unit, year },
    })),
    run: async ({ params: { id: unit }, query: { year }, principal, at: { position, moment }, rest }) => {
      const sight = sightOf(scopeOf(principal), position);
      const known = knowledge.roster(position).units.get(unit);
      if (known === undefined || !sight.isOwn(unit))
        return problem('unit-unknown', say('api.compliance.no-unit-that-you-may-see', { unit }));
      const all = knowledge.factsOfUnit(unit, position).map((facts) => factsShownTo(facts, sight));
      const found: Obligation[] = [];
      const stood: Standing[] = [];
      for (const facts of all) {
        const { obligations } = await withRests(judgeInPieces(facts, { at: moment, unit }), rest);
        found.push(...obligations.filter((obligation) => obligation.period.startsWith(year)));
        stood.push(...(await withRests(standingsInPieces(answeredFor(facts, unit, moment), moment), rest)).values());
      }
      const standing = standingCounts(stood);
      const groups = Map.groupBy(found, ({ period: of, kind }) => `${of} ${kind}`);
      const periods = [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first === undefined ? [] : [{ period: first.period, kind: first.kind, ...totalsOf(group) }];
      });
      return {
        unit,
        name: nameOn(rosterAt(knowledge.roster(position), moment), unit, moment.day()),
        year,
        totals: totalsOf(found),
        standing,
        periods,
      };
    },
  });
};
