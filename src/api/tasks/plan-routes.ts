import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { planBody, sentBack } from '../shared/task-bodies.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** Plans of a task: submitted, sent back, accepted. */

export const planRoutes = (kit: Kit, services: Services): void => {
  const { act, made, onTask, actOnDay } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans',
    summary: wording('api.tasks.submit-plan-milestones-units-own-leader'),
    tags: TAGS,
    refuses: ['task-unknown', 'not-assigned', 'task-closed'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: planBody,
    run: async ({ params: { id: task }, body, unit, ...sent }) =>
      made(task, await actOnDay(task, sent, (onDay) => ({ type: 'SubmitPlan', unit, ...onDay, ...body })), 'plans', 'plans'),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans/:n/return',
    summary: wording('api.tasks.send-plan-back-to-unit'),
    tags: TAGS,
    refuses: ['task-unknown', 'plan-unknown', 'already-decided', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byNumber,
    body: sentBack,
    run: async ({ params: { id: task, n }, body: { reason }, meta }) =>
      onTask(task, await act(task, { type: 'SendBackPlan', n, reason }, meta)),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans/:n/accept',
    summary: wording('api.tasks.accept-plan'),
    tags: TAGS,
    refuses: ['task-unknown', 'plan-unknown', 'already-decided', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byNumber,
    run: async ({ params: { id: task, n }, meta }) => onTask(task, await act(task, { type: 'AcceptPlan', n }, meta)),
  });
};
