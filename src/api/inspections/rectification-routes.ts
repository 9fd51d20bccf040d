import { citedAttachments } from '../../kernel/schema.ts';
import { command, unitOf, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { inspectionActs } from '../../domain/inspections/events.ts';
import { inspectionFolding, inspectionStream } from '../../domain/inspections/state.ts';
import { wording } from '../../messages/standing.ts';
import { actsOf, byId, byNumber, TAGS, unknownInspection } from './inspection.ts';

/** What was found is to be rectified: ordered, reported, verified or sent back. */

export const rectificationRoutes = (kit: Kit, services: Services): void => {
  const { handler } = services;
  const { made, onInspection } = actsOf(services);

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
    run: ({ params: { id: inspection }, body: { due, ...ordered }, meta }) =>
      made(inspection, { type: 'OrderRectification', due: due ?? null, ...ordered }, meta),
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
      if (unitOf(principal) !== undefined && state?.units.includes(unit) !== true) return unknownInspection(inspection);
      return onInspection(inspection, { type: 'ReportRectification', n, unit, text, attachments: evidence ?? [] }, meta);
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
    run: ({ params: { id: inspection, n }, body, meta }) => onInspection(inspection, { type: 'VerifyRectification', n, ...body }, meta),
  });
};
