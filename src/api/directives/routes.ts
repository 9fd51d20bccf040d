import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { civilDate } from '../../kernel/calendar.ts';
import { date, id, instant, type ValueOf } from '../../kernel/schema.ts';
import { directives, type DirectiveDoc } from '../../../projections/directives.ts';
import { tableOf } from '../../projecting/projection.ts';
import { command, cut, flag, type Kit, list, page, Problem, problem, query, ordinal, unitOf } from '../../http/routes.ts';
import { dutiesShown } from '../../domain/visibility.ts';
import type { Services } from '../../application/services.ts';
import { numberOf } from '../../application/numbered.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { directiveDecider, policyDecider } from '../../domain/directives/decide.ts';
import { directiveActs, findingKind, importCounts, prose } from '../../domain/directives/events.ts';
import { directiveFolding, directiveStream, policyStream } from '../../domain/directives/state.ts';
import { policyAnswer, policyBody, rulesIn, shownShort } from './policy-forms.ts';

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
      .meta({ description: 'The imported text; null for a directive registered by hand.' }),
    prose: z
      .array(prose.meta({ id: 'Prose' }))
      .meta({ description: 'What the imported text says under a heading without assigning anything.' }),
    revision: z.int(),
  })
  .meta({ id: 'Directive' });
const directiveLine = directiveAnswer.omit({ prose: true }).meta({ id: 'DirectiveLine' });

const findingAnswer = z
  .strictObject({
    n: z.int(),
    kind: findingKind,
    subject: z.string(),
    line: z.int().nullable().meta({ description: 'Of the source, from 1; null where a person raised it.' }),
    address: z.string().optional().meta({ description: 'The place in the source: a line, a cell or a row of a table.' }),
    detail: z.string(),
    raised: z
      .strictObject({ by: z.string(), at: instant })
      .nullable()
      .meta({ description: 'By whom, where it was not the reader of the document.' }),
    decision: z.strictObject({ decision: z.string(), reason: z.string().nullable(), by: z.string(), at: instant }).nullable(),
  })
  .meta({ id: 'Finding' });

const findingSent = z.strictObject({
  task: id.optional().meta({ description: 'The task of the directive that it is about; left out, it is about the directive.' }),
  kind: findingKind.optional().meta({ description: '`other`, unless given.' }),
  address: directiveActs.RaiseFinding.shape.address.unwrap().optional(),
  detail: directiveActs.RaiseFinding.shape.detail,
});

const byId = { params: z.strictObject({ id }) };

export const directiveRoutes = (kit: Kit, { handler, store, views, knowledge, sightOf, timeZone }: Services): void => {
  const unknown = (directive: string): Problem => problem('directive-unknown', `no directive ${directive} is known`);

  command(kit, {
    method: 'POST',
    url: '/v1/directives',
    summary: 'Register a directive by hand',
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
    summary: 'Directives: imported, or registered by hand',
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
    summary: 'A directive',
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
    summary: 'What the import could not settle, and what was decided',
    tags: TAGS,
    refuses: ['directive-unknown'],
    roles: ['office', 'auditor', 'admin'],
    ...byId,
    idNames: 'directive',
    query: z.strictObject({
      kind: findingKind.optional(),
      open: flag.optional().meta({ description: '`true`: only what is not decided.' }),
    }),
    key: z.int(),
    item: findingAnswer,
    sheet: sheetOf(findingAnswer, { title: { en: 'Findings', zh: '文件疑点' }, fileName: { en: 'findings', zh: '文件疑点' } }),
    run: ({ params: { id: directive }, query: { kind, open }, at: { position }, paging: { limit, after } }) => {
      if (knowledge.directive(directive, position) === undefined) return unknown(directive);
      const findings = views
        .asOf(findingTable, { directive }, position)
        .map(({ doc }) => ({ ...doc, raised: doc.raised ?? null }))
        .filter((found) => (kind === undefined || found.kind === kind) && (open === undefined || (found.decision === null) === open))
        .toSorted((a, b) => a.n - b.n);
      const left = findings.filter(({ n }) => n > (after ?? 0));
      return { ...cut(left, limit, ({ n }) => n), total: findings.length };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/directives/:id/findings',
    summary: 'Raise a finding: what the document, or a task of it, leaves open',
    description: 'It is decided as those that its import raised.',
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
    summary: 'Decide a finding',
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
    summary: 'Adopt a reporting schedule and judging rules',
    description: 'The first needs no If-Match; replacing the policy in force does.',
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
        return problem('precondition-required', 'send If-Match with the ETag of the policy in force to replace it');
      return { outcome, subject: directive, location: `/v1/directives/${directive}/policies` };
    },
  });

  list(kit, {
    url: '/v1/directives/:id/policies',
    summary: 'The policies of a directive, by version',
    tags: TAGS,
    refuses: ['directive-unknown'],
    roles: EVERYONE,
    ...byId,
    idNames: 'directive',
    item: policyAnswer,
    run: ({ params: { id: directive }, principal, at: { position }, paging }) => {
      if (knowledge.directive(directive, position) === undefined) return unknown(directive);
      const { mayRead } = sightOf(unitOf(principal) ?? null, position);
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
