import { z } from 'zod';
import { assignmentOf } from './assign.ts';
import { assignFromFile, MOST_ROWS, ofRows } from './ledger-file.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { directiveAsked, command, fieldProblem, refused, type Kit } from '../../http/routes.ts';
import { whyHeld } from '../../application/imports/held-ids.ts';
import type { Services } from '../../application/services.ts';
import { assignBody } from '../shared/task-bodies.ts';
import { byTask } from '../shared/parameters.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { wording } from '../../messages/standing.ts';
import { say } from '../../messages/message.ts';
import { TAGS, actsOf } from './acts.ts';

/** Tasks are given out, by hand or by a ledger, and signed for. */

export const assignRoutes = (kit: Kit, services: Services): void => {
  const { handler, timeZone } = services;
  const { act, contextReader, onTask, actOnDay } = actsOf(services);

  command(kit, {
    method: 'POST',
    url: '/v1/tasks',
    summary: wording('api.tasks.assign-task-by-hand-or-those'),
    description: wording('api.tasks.ledger-xlsx-or-csv-with-columns', { mostRows: MOST_ROWS }),
    tags: TAGS,
    refuses: [
      'task-exists',
      'directive-importing',
      { field: 'directive-unknown' },
      'parent-unknown',
      'party-unknown',
      'duplicate-party',
      'date-order',
      'file-unknown',
      'file-damaged',
      'file-encrypted',
      'file-too-large',
    ],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    query: z.strictObject({
      directive: directiveAsked.optional().meta({ description: wording('api.tasks.file-into-which-directive-tasks-go') }),
    }),
    body: assignBody,
    more: ofRows,
    run: async ({ query: { directive: misplaced }, body, meta }) => {
      if (misplaced !== undefined) return fieldProblem('invalid-input', '/directive', say('api.tasks.stands-in-body-where-that-json'));
      const { id: task, directive, parent = null } = body;
      const held = await whyHeld(services, { task, directive });
      if (held !== undefined) return refused(held);
      const [{ state: known }, parentTask, roster] = await Promise.all([
        handler.load(directiveFolding, directiveStream(directive)),
        parent === null ? null : handler.load(taskFolding, taskStream(parent)),
        contextReader().roster(),
      ]);
      const parentKnown = parent === null || parentTask?.state?.directive === directive;
      return onTask(task, await act(task, assignmentOf(body, { directive: known, parentKnown, roster, timeZone }, meta), meta));
    },
    runFile: ({ query: { directive }, bytes, meta, language }) => assignFromFile(services, { bytes, directive, meta, language }),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/acknowledgements',
    summary: wording('api.tasks.sign-for-task'),
    tags: TAGS,
    refuses: ['task-unknown', 'not-assigned', 'already-acknowledged', 'task-closed', 'date-order'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    run: async ({ params: { id: task }, unit, ...sent }) =>
      onTask(task, await actOnDay(task, sent, (onDay) => ({ type: 'Acknowledge', unit, ...onDay }))),
  });
};
