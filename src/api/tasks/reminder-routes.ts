import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { reminder } from '../shared/task-bodies.ts';
import { byTask } from '../shared/parameters.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** That a unit was reminded of a task, as a person says it. */

export const reminderRoutes = (kit: Kit, services: Services): void => {
  const { actOnDay, onTask } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reminders',
    summary: wording('api.tasks.record-that-unit-was-reminded'),
    tags: TAGS,
    refuses: ['task-unknown', 'not-assigned', 'task-closed'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byTask,
    body: reminder,
    run: async ({ params: { id: task }, body: { text, ...reminded }, ...sent }) =>
      onTask(task, await actOnDay(task, sent, (onDay) => ({ type: 'Remind', ...onDay, text: text ?? null, ...reminded }))),
  });
};
