import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { civilDate } from '../../kernel/calendar.ts';
import { date, id, instant, type ValueOf } from '../../kernel/schema.ts';
import { directives, type DirectiveDoc } from '../../../projections/directives.ts';
import { tableOf } from '../../projecting/projection.ts';
import { command, cut, flag, type Kit, list, page, Problem, problem, query, ordinal, scopeOf } from '../../http/routes.ts';
import { dutiesShown } from '../../domain/visibility.ts';
import type { Services } from '../../application/services.ts';
import { numberOf } from '../../application/numbered.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { directiveDecider, policyDecider } from '../../domain/directives/decide.ts';
import { directiveActs, findingKind, importCounts, prose } from '../../domain/directives/events.ts';
import { directiveFolding, directiveStream, policyStream } from '../../domain/directives/state.ts';
import { policyAnswer, policyBody, rulesIn, shownShort } from './policy-forms.ts';
import { keptIn } from '../../messages/kept.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Directives'] as const;
const EVERYONE = ['office', 'unit', 'auditor', 'admin'] as const;
const findingTable = tableOf(directives, 'finding');

const directiveAnswer = z
  .strictObject({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    issuer: z.string(),
    date,
    timeZone: z.string(),
    status: z.enum(['importing', 'issued']),
    source: z
      .strictObject({ sha256: z.string(), importer: z.string(), counts: importCounts })
      .nullable()
      .meta({ description: wording('api.directives.imported-text-null-for-directive-registered') }),
    prose: z.array(prose.meta({ id: 'Prose' })).meta({ description: wording('api.directives.what-imported-text-says-under-heading') }),
    revision: z.int(),
  })
  .meta({ id: 'Directive' });
const directiveLine = directiveAnswer.omit({ prose: true }).meta({ id: 'DirectiveLine' });

const findingAnswer = z
  .strictObject({
    n: z.int(),
    kind: findingKind,
    subject: z.string(),
    line: z
      .int()
      .nullable()
      .meta({ description: wording('api.directives.source-from-1-null-where-person') }),
    address: z
      .string()
      .optional()
      .meta({ description: wording('api.directives.place-in-source-line-cell-or') }),
    detail: z.string(),
    raised: z
      .strictObject({ by: z.string(), at: instant })
      .nullable()
      .meta({ description: wording('api.directives.by-whom-where-was-not-reader') }),
    decision: z.strictObject({ decision: z.string(), reason: z.string().nullable(), by: z.string(), at: instant }).nullable(),
  })
  .meta({ id: 'Finding' });

const findingSent = z.strictObject({
  task: id.optional().meta({ description: wording('api.directives.task-directive-that-about-left-out') }),
  kind: findingKind.optional().meta({ description: wording('api.directives.other-unless-given') }),
  address: directiveActs.RaiseFinding.shape.address.unwrap().optional(),
  detail: directiveActs.RaiseFinding.shape.detail,
});

const byId = { params: z.strictObject({ id }) };

export const directiveRoutes = (kit: Kit, { handler, store, views, knowledge, sightOf, timeZone }: Services): void => {
  const unknown = (directive: string): Problem => problem('directive-unknown', say('api.directives.no-directive-known', { directive }));

  command(kit, {
    method: 'POST',
    url: '/v1/directives',
    summary: wording('api.directives.register-directive-by-hand'),
    tags: TAGS,
    refuses: ['directive-exists'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: directiveActs.IssueDirective.omit({ directive: true }).partial({ timeZone: true }).extend({ id }),
    run: async ({ body: { id: directive, timeZone: own, ...heading }, meta }) => ({
      outcome: await handler.handle(
        directiveDecider,
        directiveStream(directive),
        { type: 'IssueDirective', directive, timeZone: own ?? timeZone, ...heading, completesImport: false },
        meta,
      ),
      subject: directive,
      location: `/v1/directives/${directive}`,
    }),
  });

  const revisionOf = (directive: string, position: number): number => knowledge.lastOf(directiveStream(directive), position)?.revision ?? 0;
  const shown = (doc: DirectiveDoc, position: number): ValueOf<typeof directiveAnswer> => ({
    ...doc,
    revision: revisionOf(doc.id, position),
  });

  list(kit, {
    url: '/v1/directives',
    summary: wording('api.directives.directives-imported-or-registered-by-hand'),
    tags: TAGS,
    roles: EVERYONE,
    item: directiveLine,
    run: ({ at: { position }, paging }) => {
      const known = knowledge.directives(position).flatMap((directive) => knowledge.directive(directive, position) ?? []);
      return page(
        known.map(({ prose: _, ...doc }) => ({ ...doc, revision: revisionOf(doc.id, position) })),
        paging,
        (directive) => directive.id,
      );
    },
  });

  query(kit, {
    url: '/v1/directives/:id',
    summary: wording('api.directives.directive'),
    tags: TAGS,
    refuses: ['directive-unknown'],
    roles: EVERYONE,
    ...byId,
    idNames: 'directive',
    response: directiveAnswer,
    run: ({ params: { id: directive }, at: { position } }) => {
      const doc = knowledge.directive(directive, position);
      return doc === undefined ? unknown(directive) : shown(doc, position);
    },
  });

  list(kit, {
    url: '/v1/directives/:id/findings',
    summary: wording('api.directives.what-import-could-not-settle-and'),
    tags: TAGS,
    refuses: ['directive-unknown'],
    roles: ['office', 'auditor', 'admin'],
    ...byId,
    idNames: 'directive',
    query: z.strictObject({
      kind: findingKind.optional(),
      open: flag.optional().meta({ description: wording('api.directives.true-only-what-not-decided') }),
    }),
    key: z.int(),
    item: findingAnswer,
    sheet: sheetOf(findingAnswer, 'findings', { folded: ['line'] }),
    spoken: true,
    run: ({ params: { id: directive }, query: { kind, open }, at: { position }, paging: { limit, after }, language }) => {
      if (knowledge.directive(directive, position) === undefined) return unknown(directive);
      const findings = views
        .asOf(findingTable, { directive }, position)
        .map(({ doc: { said, ...doc } }) => ({
          ...doc,
          detail: keptIn({ detail: doc.detail, said }, language),
          raised: doc.raised ?? null,
        }))
        .filter((found) => (kind === undefined || found.kind === kind) && (open === undefined || (found.decision === null) === open))
        .toSorted((a, b) => a.n - b.n);
      const left = findings.filter(({ n }) => n > (after ?? 0));
      return { ...cut(left, limit, ({ n }) => n), total: findings.length };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/directives/:id/findings',
    summary: wording('api.directives.raise-finding-what-document-or-task'),
    description: wording('api.directives.decided-as-those-that-import-raised'),
    tags: TAGS,
    refuses: ['directive-unknown', { field: 'task-unknown' }],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: findingSent,
    run: async ({ params: { id: directive }, body: { task, kind = 'other', address = null, detail }, meta }) => {
      const subjectKnown = task === undefined || (await handler.load(taskFolding, taskStream(task))).state?.directive === directive;
      const does = { type: 'RaiseFinding', kind, address, detail, subject: task ?? directive, subjectKnown } as const;
      const outcome = await handler.handle(directiveDecider, directiveStream(directive), does, meta);
      const n = numberOf(store, outcome) ?? (outcome.kind === 'accepted' ? outcome.state.findings.size : 0);
      return { outcome, subject: String(n), location: `/v1/directives/${directive}/findings` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/directives/:id/findings/:n/decision',
    summary: wording('api.directives.decide-finding'),
    tags: TAGS,
    refuses: ['directive-unknown', 'finding-unknown', 'already-decided'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: z.strictObject({ id, n: ordinal }),
    body: directiveActs.DecideFinding.omit({ n: true }).extend({ reason: directiveActs.DecideFinding.shape.reason.unwrap().optional() }),
    run: async ({ params: { id: directive, n }, body: { decision, reason }, meta }) => ({
      outcome: await handler.handle(
        directiveDecider,
        directiveStream(directive),
        { type: 'DecideFinding', n, decision, reason: reason ?? null },
        meta,
      ),
      subject: String(n),
      location: `/v1/directives/${directive}/findings`,
    }),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/directives/:id/policies',
    summary: wording('api.directives.adopt-reporting-schedule-and-judging-rules'),
    description: wording('api.directives.first-needs-no-if-match-replacing'),
    tags: TAGS,
    refuses: ['directive-unknown', 'precondition-required', 'date-order', 'calendar-missing', 'nothing-changed'],
    roles: ['office', 'admin'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: policyBody,
    run: async ({ params: { id: directive }, body, meta, preconditioned }) => {
      const { state } = await handler.load(directiveFolding, directiveStream(directive));
      if (state.status === 'none') return unknown(directive);
      const own = body.timeZone ?? state.timeZone ?? timeZone;
      const held = { timeZone: own, effectiveFrom: body.effectiveFrom ?? civilDate(meta.receivedAt, own).toString() };
      const given = rulesIn(body, held);
      if (given instanceof Problem) return given;
      const outcome = await handler.handle(
        policyDecider,
        policyStream(directive),
        { type: 'AdoptPolicy', directive, directiveKnown: true, ...given, onlyFirst: false },
        preconditioned ? meta : { ...meta, expected: 'none' },
      );
      if (outcome.kind === 'revision-mismatch' && !preconditioned)
        return problem('precondition-required', say('api.directives.send-if-match-with-etag-policy'));
      return { outcome, subject: directive, location: `/v1/directives/${directive}/policies` };
    },
  });

  list(kit, {
    url: '/v1/directives/:id/policies',
    summary: wording('api.directives.policies-directive-by-version'),
    tags: TAGS,
    refuses: ['directive-unknown'],
    roles: EVERYONE,
    ...byId,
    idNames: 'directive',
    item: policyAnswer,
    run: ({ params: { id: directive }, principal, at: { position }, paging }) => {
      if (knowledge.directive(directive, position) === undefined) return unknown(directive);
      const { mayRead } = sightOf(scopeOf(principal), position);
      const items = knowledge.policies(directive, position).map(({ receivedAt: _, ...version }) => ({
        ...version,
        duties: dutiesShown(version.duties, mayRead),
        ...shownShort(version.duties),
        revision: version.version - 1,
      }));
      return page(items, paging, ({ version }) => String(version));
    },
  });
};
