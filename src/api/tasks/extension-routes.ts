import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { extensionDecision, extensionRequest } from '../shared/task-bodies.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** More time for a task: asked for, granted or refused. */

export const extensionRoutes = (kit: Kit, services: Services): void => {
  const { act, made, onTask, actOnDay } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/extension-requests',
    summary: wording('api.tasks.ask-for-later-deadline'),
    tags: TAGS,
    refuses: ['task-unknown', 'not-assigned', 'task-closed', 'no-deadline', 'until-not-later', 'extension-pending', 'date-order'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: extensionRequest,
    run: async ({ params: { id: task }, body, unit, ...sent }) => {
      const outcome = await actOnDay(task, sent, (onDay) => ({ type: 'RequestExtension', unit, ...onDay, ...body }));
      return made(task, outcome, 'extensions', 'extension-requests');
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/extension-requests/:n/decision',
    summary: wording('api.tasks.grant-or-refuse-extension'),
    tags: TAGS,
    refuses: ['task-unknown', 'extension-unknown', 'already-decided', 'task-closed', 'no-deadline', 'until-not-later', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byNumber,
    body: extensionDecision,
    run: async ({ params: { id: task, n }, body: { until, ...decision }, meta }) =>
      onTask(task, await act(task, { type: 'DecideExtension', n, until: until ?? null, ...decision }, meta)),
  });
};
