import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { cancellation } from '../shared/task-bodies.ts';
import { byTask } from '../shared/parameters.ts';
import { taskActs } from '../../domain/tasks/events.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** Whether a task goes on: suspended, resumed, cancelled, reopened. */

export const statusRoutes = (kit: Kit, services: Services): void => {
  const { act, onTask } = actsOf(services);

  for (const { path, type, summary, ifMatch, refuses } of [
    {
      path: 'suspension',
      type: 'Suspend',
      summary: wording('api.tasks.suspend-task'),
      ifMatch: 'required',
      refuses: ['task-closed', 'task-suspended'],
    },
    {
      path: 'resumption',
      type: 'Resume',
      summary: wording('api.tasks.resume-suspended-task'),
      ifMatch: 'honoured',
      refuses: ['task-not-suspended', 'date-order'],
    },
    { path: 'cancellation', type: 'Cancel', summary: wording('api.tasks.cancel-task'), ifMatch: 'required', refuses: ['task-closed'] },
    {
      path: 'reopening',
      type: 'Reopen',
      summary: wording('api.tasks.reopen-completed-or-cancelled-task'),
      ifMatch: 'honoured',
      refuses: ['task-not-closed', 'date-order'],
    },
  ] as const)
    command(kit, {
      method: 'POST',
      url: `/v1/tasks/:id/${path}`,
      summary,
      tags: TAGS,
      refuses: ['task-unknown', ...refuses],
      roles: ['office'],
      onBehalfOf: 'office',
      ifMatch,
      params: byTask,
      body: type === 'Cancel' ? cancellation : taskActs[type],
      run: async ({ params: { id: task }, body, meta }) => onTask(task, await act(task, { type, ...body }, meta)),
    });
};
