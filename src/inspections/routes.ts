import { z } from 'zod';
import { inspections } from '../../projections/inspections.ts';
import { civilDate } from '../kernel/calendar.ts';
import { attachment, date, id, line } from '../kernel/schema.ts';
import type { Meta } from '../handling/handler.ts';
import { numberOf } from '../handling/numbered.ts';
import { command, list, ordinal, page, problem, query, unitOf, type Kit, type Problem } from '../http/routes.ts';
import { directiveFolding, directiveStream } from '../directives/state.ts';
import { tableOf } from '../projecting/projection.ts';
import { ROSTER_STREAM, rosterFolding } from '../roster/state.ts';
import type { Services } from '../services.ts';
import { taskFolding, taskStream } from '../tasks/state.ts';
import { inspectionDecider, type InspectionCommand } from './decide.ts';
import { inspectionFolding, inspectionStream, type Inspection } from './state.ts';

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
    openedOn: z.string(),
    findings: z.array(z.strictObject({ n: z.int(), unit: z.string(), task: z.string().nullable(), text: z.string() })),
    conclusion: z.strictObject({ text: z.string(), deliveredTo: z.array(z.string()), issuedOn: z.string() }).nullable(),
    rectifications: z.array(
      z.strictObject({
        n: z.int(),
        finding: z.int(),
        unit: z.string(),
        text: z.string(),
        due: z.string().nullable(),
        state: z.enum(['ordered', 'reported', 'returned', 'verified']),
      }),
    ),
    open: z.int().meta({ description: 'Rectifications ordered and not verified.' }),
    revision: z.int(),
  })
  .meta({ id: 'Inspection' });

const byId = { params: z.strictObject({ id }) };
const byNumber = { params: z.strictObject({ id, n: ordinal }) };
const attachments = z.array(attachment).max(50).optional();

export const inspectionRoutes = (kit: Kit, { handler, knowledge, store, views, timeZone }: Services): void => {
  const unknown = (inspection: string): Problem => problem('inspection-unknown', `there is no inspection ${inspection}, or none that concerns you`);
  const act = (inspection: string, does: InspectionCommand, meta: Meta) => handler.handle(inspectionDecider, inspectionStream(inspection), does, meta);
  const at = (inspection: string): string => `/v1/inspections/${inspection}`;
  const today = (meta: Meta): string => civilDate(meta.receivedAt, timeZone).toString();

  /** A unit sees the inspections it is in, and of them its own findings and rectifications. */
  const shown = (inspection: string, doc: Inspection, position: number, unit: string | undefined): z.infer<typeof inspectionAnswer> => {
    const own = <Item extends { readonly unit: string }>(items: readonly Item[]): Item[] => items.filter((item) => unit === undefined || item.unit === unit);
    const rectifications = own(doc.rectifications);
    return {
      id: inspection,
      directive: doc.directive,
      title: doc.title,
      plan: doc.plan,
      team: [...doc.team],
      units: unit === undefined ? [...doc.units] : [unit],
      tasks: [...doc.tasks],
      openedOn: doc.openedOn,
      findings: own(doc.findings),
      conclusion: doc.conclusion && { ...doc.conclusion, deliveredTo: [...doc.conclusion.deliveredTo] },
      rectifications,
      open: rectifications.filter(({ state }) => state !== 'verified').length,
      revision: knowledge.lastOf(inspectionStream(inspection), position)?.revision ?? 0,
    };
  };

  command(kit, {
    method: 'POST',
    url: '/v1/inspections',
    summary: 'Open an inspection with its scope and plan',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'none',
    body: z.strictObject({
      directive: id,
      title: line(300),
      plan: line(8000),
      team: z.array(line(120)).max(50).optional(),
      units: z.array(id).min(1).max(200),
      tasks: z.array(id).max(500).optional(),
      openedOn: date.optional(),
    }),
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
      return { outcome: await act(inspection, does, meta), subject: inspection, location: at(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/findings',
    summary: 'Record a finding, with evidence',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.strictObject({ unit: id, task: id.nullable().optional(), text: line(8000), attachments }),
    run: async ({ params: { id: inspection }, body: { task, attachments: evidence, ...found }, meta }) => {
      const outcome = await act(inspection, { type: 'RecordFinding', task: task ?? null, attachments: evidence ?? [], ...found }, meta);
      return { outcome, subject: String(numberOf(store, outcome) ?? 0), location: at(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/conclusion',
    summary: 'Issue the conclusion to the units inspected',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.strictObject({ text: line(20_000), issuedOn: date.optional() }),
    run: async ({ params: { id: inspection }, body: { text, issuedOn }, meta }) => ({
      outcome: await act(inspection, { type: 'IssueConclusion', text, issuedOn: issuedOn ?? today(meta) }, meta),
      subject: inspection,
      location: at(inspection),
    }),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications',
    summary: 'Order the rectification of a finding',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.strictObject({ finding: z.int().min(1), text: line(8000), due: date.nullable().optional() }),
    run: async ({ params: { id: inspection }, body: { due, ...ordered }, meta }) => {
      const outcome = await act(inspection, { type: 'OrderRectification', due: due ?? null, ...ordered }, meta);
      return { outcome, subject: String(numberOf(store, outcome) ?? 0), location: at(inspection) };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications/:n/reports',
    summary: 'Report what was done about a rectification',
    tags: TAGS,
    roles: ['unit', 'office'],
    acts: 'unit',
    ifMatch: 'honoured',
    ...byNumber,
    body: z.strictObject({ text: line(8000), attachments }),
    run: async ({ params: { id: inspection, n }, body: { text, attachments: evidence }, principal, unit, meta }) => {
      const { state } = await handler.load(inspectionFolding, inspectionStream(inspection));
      if (unitOf(principal) !== undefined && state?.units.includes(unit) !== true) return unknown(inspection);
      return {
        outcome: await act(inspection, { type: 'ReportRectification', n, unit, text, attachments: evidence ?? [] }, meta),
        subject: inspection,
        location: at(inspection),
      };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/inspections/:id/rectifications/:n/verification',
    summary: 'Verify a rectification, or send it back',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'honoured',
    ...byNumber,
    body: z.strictObject({ done: z.boolean(), text: line(4000) }),
    run: async ({ params: { id: inspection, n }, body, meta }) => ({
      outcome: await act(inspection, { type: 'VerifyRectification', n, ...body }, meta),
      subject: inspection,
      location: at(inspection),
    }),
  });

  list(kit, {
    url: '/v1/inspections',
    summary: 'Inspections; a unit sees those it is in',
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: id.optional(), open: z.enum(['true']).optional().meta({ description: 'Only those with rectifications open.' }) }),
    item: inspectionAnswer,
    run: ({ query: { directive, open }, principal, at: { position }, paging }) => {
      const unit = unitOf(principal);
      const rows = directive === undefined ? views.asOf(inspectionTable, {}, position) : views.asOf(inspectionTable, { directive }, position);
      const visible = rows
        .filter(({ doc }) => unit === undefined || doc.units.includes(unit))
        .map(({ inspection, doc }) => shown(inspection, doc, position, unit))
        .filter((inspection) => open === undefined || inspection.open > 0);
      return page(visible, paging, (inspection) => inspection.id);
    },
  });

  query(kit, {
    url: '/v1/inspections/:id',
    summary: 'An inspection: scope, findings, conclusion, rectifications',
    tags: TAGS,
    roles: READERS,
    ...byId,
    response: inspectionAnswer,
    run: ({ params: { id: inspection }, principal, at: { position } }) => {
      const unit = unitOf(principal);
      const doc = views.one(inspectionTable, { inspection }, position)?.doc;
      return doc === undefined || (unit !== undefined && !doc.units.includes(unit)) ? unknown(inspection) : shown(inspection, doc, position, unit);
    },
  });
};
