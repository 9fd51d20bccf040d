import { civilDate } from '../../kernel/calendar.ts';
import { citedAttachments } from '../../kernel/schema.ts';
import type { Meta } from '../../application/handler.ts';
import { command, type Kit } from '../../http/routes.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { ROSTER_STREAM, rosterFolding } from '../../domain/roster/state.ts';
import type { Services } from '../../application/services.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { inspectionActs } from '../../domain/inspections/events.ts';
import { wording } from '../../messages/standing.ts';
import { actsOf, byId, TAGS } from './inspection.ts';

/** An inspection is opened, what it found is recorded, and its conclusion issued. */

export const inspectingRoutes = (kit: Kit, services: Services): void => {
  const { handler, timeZone } = services;
  const { made, onInspection } = actsOf(services);
  const today = (meta: Meta): string => civilDate(meta.receivedAt, timeZone).toString();

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
      return onInspection(inspection, does, meta);
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
      return made(inspection, { type: 'RecordFinding', task: task ?? null, taskKnown, attachments: evidence ?? [], ...found }, meta);
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
    run: ({ params: { id: inspection }, body: { text, issuedOn }, meta }) =>
      onInspection(inspection, { type: 'IssueConclusion', text, issuedOn: issuedOn ?? today(meta) }, meta),
  });
};
