import { command, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { claimDecision, completionClaim } from '../shared/task-bodies.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, actsOf } from './acts.ts';

/** Completion of a task: claimed, verified or rejected. */

export const completionRoutes = (kit: Kit, services: Services): void => {
  const { act, made, onTask, actOnDay } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/completion-claims',
    summary: wording('api.tasks.claim-completion-with-evidence'),
    tags: TAGS,
    refuses: ['task-unknown', 'not-assigned', 'task-closed', 'task-suspended', 'already-claimed'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: completionClaim,
    run: async ({ params: { id: task }, body: { evidence, attachments }, unit, ...sent }) => {
      const outcome = await actOnDay(task, sent, (onDay) => ({ type: 'ClaimCompletion', unit, ...onDay, evidence, attachments }));
      return made(task, outcome, 'claims', 'completion-claims');
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/completion-claims/:n/decision',
    summary: wording('api.tasks.verify-or-reject-completion-claim'),
    tags: TAGS,
    refuses: ['task-unknown', 'claim-unknown', 'already-decided', 'task-closed', 'task-suspended', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byNumber,
    body: claimDecision,
    run: async ({ params: { id: task, n }, body, meta }) => onTask(task, await act(task, { type: 'DecideClaim', n, ...body }, meta)),
  });
};
