import { z } from 'zod';
import { id } from '../../kernel/schema.ts';
import { assignmentOf } from './assign.ts';
import { assignFromFile, MOST_ROWS, ofRows } from './ledger-file.ts';
import type { Meta, Outcome } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { command, fieldProblem, unitOf, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import type { Loaded } from '../../application/stream-states.ts';
import {
  asRecorded,
  assignBody,
  cancellation,
  claimDecision,
  completionClaim,
  extensionDecision,
  extensionRequest,
  leaderChange,
  planBody,
  reassignment,
  reminder,
  sentBack,
  taskAmendment,
} from '../shared/task-bodies.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { unknownTask } from '../shared/refusals.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { taskActs } from '../../domain/tasks/events.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { createDecisionContextReader, dayOf, resolveParties } from '../../application/tasks/decision-context.ts';
import { taskFolding, taskStream, type TaskState } from '../../domain/tasks/state.ts';
import { wording } from '../../messages/standing.ts';
import { say } from '../../messages/message.ts';

/** Acts on a task, all but its reports. */

const TAGS = ['Tasks'] as const;
type Counted = 'plans' | 'extensions' | 'claims';

export const actRoutes = (kit: Kit, services: Services): void => {
  const { handler, store, timeZone } = services;
  const contextReader = () => createDecisionContextReader(handler, timeZone);
  const act = (task: string, does: TaskCommand, meta: Meta, loaded?: Loaded<TaskState>): Promise<Outcome<TaskState>> =>
    handler.handle(taskDecider, taskStream(task), does, meta, loaded);
  const at = (task: string): string => `/v1/tasks/${task}`;
  const onTask = (task: string, outcome: Outcome<TaskState>) => ({ outcome, subject: task, location: at(task) });

  const made = (task: string, outcome: Outcome<TaskState>, counted: Counted, path: string) => {
    const n = String(numberOf(store, outcome) ?? (outcome.kind === 'accepted' ? outcome.state?.[counted].length : 0));
    return { outcome, subject: n, location: `${at(task)}/${path}/${n}` };
  };

  command(kit, {
    method: 'POST',
    url: '/v1/tasks',
    summary: wording('api.tasks.assign-task-by-hand-or-those'),
    description: wording('api.tasks.ledger-xlsx-or-csv-with-columns', { mostRows: MOST_ROWS }),
    tags: TAGS,
    refuses: [
      'task-exists',
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
      directive: id.optional().meta({ description: wording('api.tasks.file-into-which-directive-tasks-go') }),
    }),
    body: assignBody,
    more: ofRows,
    run: async ({ query: { directive: misplaced }, body, meta }) => {
      if (misplaced !== undefined) return fieldProblem('invalid-input', '/directive', say('api.tasks.stands-in-body-where-that-json'));
      const { id: task, directive, parent = null } = body;
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
    run: async ({ params: { id: task }, principal, unit, meta }) => {
      const context = await contextReader().of(task, unitOf(principal));
      if (context === undefined) return unknownTask();
      return onTask(
        task,
        await act(task, { type: 'Acknowledge', unit, day: dayOf(meta, context), parties: context.roster }, meta, context.loaded),
      );
    },
  });

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
    run: async ({ params: { id: task }, body, principal, unit, meta }) => {
      const context = await contextReader().of(task, unitOf(principal));
      if (context === undefined) return unknownTask();
      const outcome = await act(
        task,
        { type: 'SubmitPlan', unit, day: dayOf(meta, context), parties: context.roster, ...body },
        meta,
        context.loaded,
      );
      return made(task, outcome, 'plans', 'plans');
    },
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
    run: async ({ params: { id: task }, body, principal, unit, meta }) => {
      const context = await contextReader().of(task, unitOf(principal));
      if (context === undefined) return unknownTask();
      const outcome = await act(
        task,
        { type: 'RequestExtension', unit, day: dayOf(meta, context), parties: context.roster, ...body },
        meta,
        context.loaded,
      );
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
    run: async ({ params: { id: task }, body: { evidence, attachments }, principal, unit, meta }) => {
      const context = await contextReader().of(task, unitOf(principal));
      if (context === undefined) return unknownTask();
      const does = { type: 'ClaimCompletion', unit, day: dayOf(meta, context), parties: context.roster, evidence, attachments } as const;
      return made(task, await act(task, does, meta, context.loaded), 'claims', 'completion-claims');
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
