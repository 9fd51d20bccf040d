import { z } from 'zod';
import { inspections, type InspectionDoc } from '../../../projections/inspections.ts';
import { civilDate } from '../../kernel/calendar.ts';
import { attachment, citedAttachments, type Attachment, date, id, instant, type ValueOf } from '../../kernel/schema.ts';
import type { Meta } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import { directiveAsked, command, list, ordinal, page, problem, query, scopeOf, unitOf, type Kit, Problem } from '../../http/routes.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { tableOf } from '../../projecting/projection.ts';
import { ROSTER_STREAM, rosterFolding } from '../../domain/roster/state.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { ownOf } from '../../domain/visibility.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { inspectionDecider, type InspectionCommand } from '../../domain/inspections/decide.ts';
import { inspectionActs } from '../../domain/inspections/events.ts';
import { inspectionFiles } from './letter-files.ts';
import { inspectionFolding, inspectionStream } from '../../domain/inspections/state.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Inspections'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const inspectionTable = tableOf(inspections, 'inspection');

const inspectionAnswer = z
  .strictObject({
    id: z.string(),
    directive: z.string(),
    title: z.string(),
    plan: z.string(),
    team: z.array(z.string()),
    units: z.array(z.string()),
    tasks: z.array(z.string()),
    openedOn: date,
    findings: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string(),
        task: z.string().nullable(),
        text: z.string(),
        attachments: z.array(attachment),
        state: z
          .enum(['recorded', 'open', 'rectified'])
          .meta({ description: wording('api.inspections.open-rectification-was-ordered-that-not') }),
      }),
    ),
    conclusion: z.strictObject({ text: z.string(), deliveredTo: z.array(z.string()), issuedOn: date }).nullable(),
    rectifications: z.array(
      z.strictObject({
        n: z.int(),
        finding: z.int(),
        unit: z.string(),
        text: z.string(),
        due: date.nullable(),
        state: z.enum(['ordered', 'reported', 'returned', 'verified']),
        rounds: z
          .array(
            z.strictObject({
              text: z.string(),
              attachments: z.array(attachment),
              reportedAt: instant,
              verdict: z.strictObject({ done: z.boolean(), text: z.string(), at: instant }).nullable(),
            }),
          )
          .meta({ description: wording('api.inspections.what-unit-reported-and-what-office') }),
      }),
    ),
    open: z.int().meta({ description: wording('api.inspections.rectifications-ordered-and-not-verified') }),
    revision: z.int(),
  })
  .meta({ id: 'Inspection' });

const byId = { params: z.strictObject({ id }) };
const byNumber = { params: z.strictObject({ id, n: ordinal }) };

type Shown = ValueOf<typeof inspectionAnswer>;
type Finding = Shown['findings'][number];

const findingState = (finding: number, { rectifications }: InspectionDoc): Finding['state'] => {
  const ordered = rectifications.filter((rectification) => rectification.finding === finding);
  if (ordered.length === 0) return 'recorded';
  return ordered.every(({ state }) => state === 'verified') ? 'rectified' : 'open';
};

export const inspectionRoutes = (kit: Kit, services: Services): void => {
  const { citations, handler, knowledge, sightOf, store, views, timeZone } = services;
  const unknown = (inspection: string): Problem =>
    problem('inspection-unknown', say('api.inspections.there-no-inspection-or-none-that', { inspection }));
  const act = (inspection: string, does: InspectionCommand, meta: Meta) =>
    handler.handle(inspectionDecider, inspectionStream(inspection), does, meta);
  const pathOf = (inspection: string): string => `/v1/inspections/${inspection}`;
  const today = (meta: Meta): string => civilDate(meta.receivedAt, timeZone).toString();

  /** A unit sees the inspections it is in, and of them its own findings and rectifications; undefined where it is in none. */
  const shown = (inspection: string, doc: InspectionDoc, scope: Scope, position: number): Shown | undefined => {
    const sight = sightOf(scope, position);
    const units = doc.units.filter(sight.isOwn);
    if (units.length === 0) return undefined;
    const rectifications = ownOf(doc.rectifications, sight);
    return {
      id: inspection,
      directive: doc.directive,
      title: doc.title,
      plan: doc.plan,
      team: doc.team,
      units,
      tasks: doc.tasks.filter(sight.mayRead),
      openedOn: doc.openedOn,
      findings: ownOf(doc.findings, sight).map((found) => ({ ...found, state: findingState(found.n, doc) })),
      conclusion: doc.conclusion && { ...doc.conclusion, deliveredTo: doc.conclusion.deliveredTo.filter(sight.isOwn) },
      rectifications: rectifications.map((ordered) => ({
        ...ordered,
        rounds: doc.rounds.filter(({ n }) => n === ordered.n).map(({ n: _, ...round }) => round),
      })),
      open: rectifications.filter(({ state }) => state !== 'verified').length,
      revision: knowledge.lastOf(inspectionStream(inspection), position)?.revision ?? 0,
    };
  };

  /** With the sizes of the bytes that its reader may read. */
  const withSizes = async (inspection: Shown, scope: Scope): Promise<Shown> => {
    const sized = async <Said extends { readonly attachments: readonly Attachment[] }>(said: Said): Promise<Said> => ({
      ...said,
      attachments: await citations.shown(said.attachments, scope),
    });
    const rectified = inspection.rectifications.map(async (ordered) => ({
      ...ordered,
      rounds: await Promise.all(ordered.rounds.map(sized)),
    }));
    return {
      ...inspection,
      findings: await Promise.all(inspection.findings.map(sized)),
      rectifications: await Promise.all(rectified),
    };
  };

  command(kit, {
    method: 'POST',
    url: '/v1/inspections',
    summary: wording('api.inspections.open-inspection-with-scope-and-plan'),
    tags: TAGS,
    refuses: [{ field: 'directive-unknown' }, { field: 'unit-unknown' }, { field: 'task-unknown' }],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: inspectionActs.OpenInspection.partial({ team: true, tasks: true, openedOn: true }),
    run: async ({ body: { team = [], tasks = [], openedOn, ...opened }, meta, newId }) => {
      const { state: directive } = await handler.load(directiveFolding, directiveStream(opened.directive));
      const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
      const known = await Promise.all(tasks.map(async (task) => (await handler.load(taskFolding, taskStream(task))).state !== null));
      const inspection = newId('inspection');
      const does = {
        type: 'OpenInspection',
        ...opened,
        team,
        tasks,
        openedOn: openedOn ?? today(meta),
        directiveKnown: directive.status !== 'none',
        unknownUnits: opened.units.filter((unit) => !roster.units.has(unit)),
        unknownTasks: tasks.filter((_, index) => known[index] === false),
      } as const;
      return { outcome: await act(inspection, does, meta), subject: inspection, location: pathOf(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/findings',
    summary: wording('api.inspections.record-finding-with-evidence'),
    tags: TAGS,
    refuses: ['inspection-unknown', 'inspection-concluded', 'outside-scope', { field: 'task-unknown' }],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: inspectionActs.RecordFinding.partial({ task: true }).extend({ attachments: citedAttachments.optional() }),
    run: async ({ params: { id: inspection }, body: { task, attachments: evidence, ...found }, meta }) => {
      const taskKnown = task == null || (await handler.load(taskFolding, taskStream(task))).state !== null;
      const outcome = await act(
        inspection,
        { type: 'RecordFinding', task: task ?? null, taskKnown, attachments: evidence ?? [], ...found },
        meta,
      );
      return { outcome, subject: String(numberOf(store, outcome) ?? 0), location: pathOf(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/conclusion',
    summary: wording('api.inspections.issue-conclusion-to-units-inspected'),
    tags: TAGS,
    refuses: ['inspection-unknown', 'inspection-concluded'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: inspectionActs.IssueConclusion.partial({ issuedOn: true }),
    run: async ({ params: { id: inspection }, body: { text, issuedOn }, meta }) => ({
      outcome: await act(inspection, { type: 'IssueConclusion', text, issuedOn: issuedOn ?? today(meta) }, meta),
      subject: inspection,
      location: pathOf(inspection),
    }),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications',
    summary: wording('api.inspections.order-rectification-finding'),
    tags: TAGS,
    refuses: ['inspection-unknown', { field: 'inspection-finding-unknown' }, 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: inspectionActs.OrderRectification.partial({ due: true }),
    run: async ({ params: { id: inspection }, body: { due, ...ordered }, meta }) => {
      const outcome = await act(inspection, { type: 'OrderRectification', due: due ?? null, ...ordered }, meta);
      return { outcome, subject: String(numberOf(store, outcome) ?? 0), location: pathOf(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications/:n/reports',
    summary: wording('api.inspections.report-what-was-done-about-rectification'),
    tags: TAGS,
    refuses: ['inspection-unknown', 'rectification-unknown', 'rectification-closed', 'date-order'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    ...byNumber,
    body: inspectionActs.ReportRectification.omit({ n: true, unit: true }).extend({ attachments: citedAttachments.optional() }),
    run: async ({ params: { id: inspection, n }, body: { text, attachments: evidence }, principal, unit, meta }) => {
      const { state } = await handler.load(inspectionFolding, inspectionStream(inspection));
      if (unitOf(principal) !== undefined && state?.units.includes(unit) !== true) return unknown(inspection);
      return {
        outcome: await act(inspection, { type: 'ReportRectification', n, unit, text, attachments: evidence ?? [] }, meta),
        subject: inspection,
        location: pathOf(inspection),
      };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications/:n/verification',
    summary: wording('api.inspections.verify-rectification-or-send-back'),
    tags: TAGS,
    refuses: ['inspection-unknown', 'rectification-unknown', 'rectification-closed', 'nothing-rectified', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byNumber,
    body: inspectionActs.VerifyRectification.omit({ n: true }),
    run: async ({ params: { id: inspection, n }, body, meta }) => ({
      outcome: await act(inspection, { type: 'VerifyRectification', n, ...body }, meta),
      subject: inspection,
      location: pathOf(inspection),
    }),
  });

  list(kit, {
    url: '/v1/inspections',
    summary: wording('api.inspections.inspections-unit-sees-those-in'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({
      directive: directiveAsked.optional(),
      open: z
        .enum(['true'])
        .optional()
        .meta({ description: wording('api.inspections.only-those-with-rectifications-open') }),
    }),
    item: inspectionAnswer,
    run: async ({ query: { directive, open }, principal, at, paging }) => {
      const scope = scopeOf(principal);
      const rows =
        directive === undefined ? views.asOf(inspectionTable, {}, at.position) : views.asOf(inspectionTable, { directive }, at.position);
      const visible = rows
        .flatMap(({ inspection, doc }) => shown(inspection, doc, scope, at.position) ?? [])
        .filter((inspection) => open === undefined || inspection.open > 0);
      const given = page(visible, paging, (inspection) => inspection.id);
      if (given instanceof Problem) return given;
      return { ...given, items: await Promise.all(given.items.map((inspection) => withSizes(inspection, scope))) };
    },
  });

  query(kit, {
    url: '/v1/inspections/:id',
    summary: wording('api.inspections.inspection-scope-findings-conclusion-rectifications-as'),
    tags: TAGS,
    refuses: ['inspection-unknown'],
    roles: READERS,
    ...byId,
    response: inspectionAnswer,
    formats: inspectionFiles(services),
    run: async ({ params: { id: inspection }, principal, at }) => {
      const scope = scopeOf(principal);
      const doc = views.one(inspectionTable, { inspection }, at.position)?.doc;
      const seen = doc && shown(inspection, doc, scope, at.position);
      return seen === undefined ? unknown(inspection) : withSizes(seen, scope);
    },
  });
};
