import { z } from 'zod';
import { inspections, type InspectionDoc } from '../../../projections/inspections.ts';
import type { Attachment } from '../../kernel/schema.ts';
import { directiveAsked, list, page, query, scopeOf, type Kit, Problem } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { ownOf } from '../../domain/visibility.ts';
import { inspectionFiles } from './letter-files.ts';
import { inspectionStream } from '../../domain/inspections/state.ts';
import { wording } from '../../messages/standing.ts';
import { byId, TAGS, unknownInspection } from './inspection.ts';
import { findingState, inspectionAnswer, type Shown } from './answer.ts';

/** Inspections as they are read: by the office whole, by a unit as far as it is in them. */

const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const inspectionTable = tableOf(inspections, 'inspection');

export const readRoutes = (kit: Kit, services: Services): void => {
  const { citations, knowledge, sightOf, views } = services;

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
      return seen === undefined ? unknownInspection(inspection) : withSizes(seen, scope);
    },
  });
};
