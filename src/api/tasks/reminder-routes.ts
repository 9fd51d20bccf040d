import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { reminder } from '../shared/task-bodies.ts';
import { byTask } from '../shared/parameters.ts';
import { unknownTask } from '../shared/refusals.ts';
import { dayOf } from '../../application/tasks/decision-context.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** That a unit was reminded of a task, as a person says it. */

export const reminderRoutes = (kit: Kit, services: Services): void => {
  const { act, contextReader, onTask } = actsOf(services);

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
    run: async ({ params: { id: task }, body: { text, ...reminded }, meta }) => {
      const context = await contextReader().of(task, undefined);
      if (context === undefined) return unknownTask();
      const does = { type: 'Remind', day: dayOf(meta, context), parties: context.roster, text: text ?? null, ...reminded } as const;
      return onTask(task, await act(task, does, meta, context.loaded));
    },
  });
};
