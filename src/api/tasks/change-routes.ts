import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { asRecorded, leaderChange, reassignment, taskAmendment } from '../shared/task-bodies.ts';
import { byTask } from '../shared/parameters.ts';
import { unknownTask } from '../shared/refusals.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import { dayOf, resolveParties } from '../../application/tasks/decision-context.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** What the office changes of a task: who carries it, who leads, what is printed of it. */

export const changeRoutes = (kit: Kit, services: Services): void => {
  const { act, contextReader, onTask } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reassignments',
    summary: wording('api.tasks.give-task-to-others-from-day'),
    tags: TAGS,
    refuses: ['task-unknown', 'task-closed', 'party-unknown', 'duplicate-party', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byTask,
    body: reassignment,
    run: async ({ params: { id: task }, body: { assignees, effectiveFrom, ...why }, meta }) => {
      const context = await contextReader().of(task, undefined);
      if (context === undefined) return unknownTask();
      const does = {
        type: 'Reassign',
        assignees: resolveParties(context.roster, assignees),
        effectiveFrom: effectiveFrom ?? dayOf(meta, context),
        ...why,
      } as const;
      return onTask(task, await act(task, does, meta, context.loaded));
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/leaders',
    summary: wording('api.tasks.change-responsible-leaders'),
    tags: TAGS,
    refuses: ['task-unknown', 'task-closed'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byTask,
    body: leaderChange,
    run: async ({ params: { id: task }, body: { leaders = [], ...said }, meta }) =>
      onTask(task, await act(task, { type: 'ChangeLeaders', leaders, ...said }, meta)),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/amendments',
    summary: wording('api.tasks.correct-what-printed-task-from-day'),
    description: wording('api.tasks.say-only-what-to-be-otherwise'),
    tags: TAGS,
    refuses: ['task-unknown', 'task-closed', 'date-order', 'nothing-changed'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byTask,
    body: taskAmendment,
    run: async ({ params: { id: task }, body: { reason, authority, effectiveFrom, measurements, ...to }, meta }) => {
      const context = await contextReader().of(task, undefined);
      if (context === undefined) return unknownTask();
      const title = to.title ?? (to.text && titleOf(to.text));
      const does = {
        type: 'Amend',
        to: { ...to, ...(title !== undefined && { title }), ...(measurements && { measurements: asRecorded(measurements) }) },
        effectiveFrom: effectiveFrom ?? dayOf(meta, context),
        reason,
        authority,
      } as const;
      return onTask(task, await act(task, does, meta, context.loaded));
    },
  });
};
