import type { Meta, Outcome } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import { titleOf } from '../../domain/tasks/titles.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { command, unitOf, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import {
  assignBody,
  authorised,
  claimDecision,
  completionClaim,
  extensionDecision,
  extensionRequest,
  leaderChange,
  planBody,
  reassignment,
  reminder,
  withReason,
} from '../shared/task-bodies.ts';
import { byNumber, byTask } from '../shared/parameters.ts';
import { unknownTask } from '../shared/refusals.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { dayOf, resolveParties, type GroundsReader } from '../../application/tasks/decision-context.ts';
import { taskFolding, taskStream, type TaskState } from '../../domain/tasks/state.ts';

/** Acts on a task, all but its reports. */

const TAGS = ['Tasks'] as const;
type Counted = 'plans' | 'extensions' | 'claims';

export const taskActs = (kit: Kit, { handler, store, timeZone }: Services, grounds: GroundsReader): void => {
  const act = (task: string, does: TaskCommand, meta: Meta): Promise<Outcome<TaskState>> =>
    handler.handle(taskDecider, taskStream(task), does, meta);
  const at = (task: string): string => `/v1/tasks/${task}`;
  const onTask = (task: string, outcome: Outcome<TaskState>) => ({ outcome, subject: task, location: at(task) });

  const made = (task: string, outcome: Outcome<TaskState>, counted: Counted, path: string) => {
    const n = String(numberOf(store, outcome) ?? (outcome.kind === 'accepted' ? outcome.state?.[counted].length : 0));
    return { outcome, subject: n, location: `${at(task)}/${path}/${n}` };
  };

  command(kit, {
    method: 'POST',
    url: '/v1/tasks',
    summary: 'Assign a task by hand',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: assignBody,
    run: async ({ body, meta }) => {
      const { id: task, assignees, measurements = [], text, directive, kind, effectiveFrom, ...rest } = body;
      const { state: known } = await handler.load(directiveFolding, directiveStream(directive));
      const parent = rest.parent ?? null;
      const parentTask = parent === null ? null : (await handler.load(taskFolding, taskStream(parent))).state;
      const outcome = await act(
        task,
        {
          type: 'AssignTask',
          task,
          directive,
          directiveKnown: known.status !== 'none',
          kind,
          number: rest.number ?? null,
          title: titleOf(text),
          text,
          sourceLine: null,
          theme: rest.theme ?? null,
          group: rest.group ?? null,
          parent,
          parentKnown: parent === null || parentTask?.directive === directive,
          assignees: resolveParties(await grounds.roster(), assignees),
          leaders: rest.leaders ?? [],
          deadline: rest.deadline ?? null,
          measurements: measurements.map(({ metric, comparator, target, unit }) => ({
            metric,
            comparator,
            target: target ?? null,
            unit: unit ?? null,
          })),
          effectiveFrom: effectiveFrom ?? dayOf(meta, { timeZone: known.timeZone ?? timeZone }),
        },
        meta,
      );
      return onTask(task, outcome);
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/acknowledgements',
    summary: 'Sign for a task',
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    run: async ({ params: { id: task }, principal, unit, meta }) => {
      const known = await grounds.of(task, unitOf(principal));
      if (known === undefined) return unknownTask();
      return onTask(task, await act(task, { type: 'Acknowledge', unit, day: dayOf(meta, known), parties: known.roster }, meta));
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans',
    summary: 'Submit a plan: milestones, the unit’s own leader, measures',
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: planBody,
    run: async ({ params: { id: task }, body, principal, unit, meta }) => {
      const known = await grounds.of(task, unitOf(principal));
      if (known === undefined) return unknownTask();
      const outcome = await act(task, { type: 'SubmitPlan', unit, day: dayOf(meta, known), parties: known.roster, ...body }, meta);
      return made(task, outcome, 'plans', 'plans');
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans/:n/return',
    summary: 'Send a plan back to its unit',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byNumber,
    body: withReason,
    run: async ({ params: { id: task, n }, body: { reason }, meta }) =>
      onTask(task, await act(task, { type: 'SendBackPlan', n, reason }, meta)),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/plans/:n/accept',
    summary: 'Accept a plan',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byNumber,
    run: async ({ params: { id: task, n }, meta }) => onTask(task, await act(task, { type: 'AcceptPlan', n }, meta)),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reassignments',
    summary: 'Give a task to others from a day on',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byTask,
    body: reassignment,
    run: async ({ params: { id: task }, body: { assignees, effectiveFrom, ...why }, meta }) => {
      const known = await grounds.of(task, undefined);
      if (known === undefined) return unknownTask();
      const does = {
        type: 'Reassign',
        assignees: resolveParties(known.roster, assignees),
        effectiveFrom: effectiveFrom ?? dayOf(meta, known),
        ...why,
      } as const;
      return onTask(task, await act(task, does, meta));
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/leaders',
    summary: 'Change the responsible leaders',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byTask,
    body: leaderChange,
    run: async ({ params: { id: task }, body, meta }) => onTask(task, await act(task, { type: 'ChangeLeaders', ...body }, meta)),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/extension-requests',
    summary: 'Ask for a later deadline',
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: extensionRequest,
    run: async ({ params: { id: task }, body, principal, unit, meta }) => {
      const known = await grounds.of(task, unitOf(principal));
      if (known === undefined) return unknownTask();
      const outcome = await act(task, { type: 'RequestExtension', unit, day: dayOf(meta, known), parties: known.roster, ...body }, meta);
      return made(task, outcome, 'extensions', 'extension-requests');
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/extension-requests/:n/decision',
    summary: 'Grant or refuse an extension',
    tags: TAGS,
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
    summary: 'Record that a unit was reminded',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byTask,
    body: reminder,
    run: async ({ params: { id: task }, body: { text, ...reminded }, meta }) => {
      const known = await grounds.of(task, undefined);
      if (known === undefined) return unknownTask();
      const does = { type: 'Remind', day: dayOf(meta, known), parties: known.roster, text: text ?? null, ...reminded } as const;
      return onTask(task, await act(task, does, meta));
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/completion-claims',
    summary: 'Claim completion, with evidence',
    tags: TAGS,
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: completionClaim,
    run: async ({ params: { id: task }, body: { evidence, attachments }, principal, unit, meta }) => {
      const known = await grounds.of(task, unitOf(principal));
      if (known === undefined) return unknownTask();
      const does = { type: 'ClaimCompletion', unit, day: dayOf(meta, known), parties: known.roster, evidence, attachments } as const;
      return made(task, await act(task, does, meta), 'claims', 'completion-claims');
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/completion-claims/:n/decision',
    summary: 'Verify or reject a completion claim',
    tags: TAGS,
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    params: byNumber,
    body: claimDecision,
    run: async ({ params: { id: task, n }, body, meta }) => onTask(task, await act(task, { type: 'DecideClaim', n, ...body }, meta)),
  });

  for (const { path, type, summary, ifMatch } of [
    { path: 'suspension', type: 'Suspend', summary: 'Suspend a task', ifMatch: 'required' },
    { path: 'resumption', type: 'Resume', summary: 'Resume a suspended task', ifMatch: 'honoured' },
    { path: 'cancellation', type: 'Cancel', summary: 'Cancel a task', ifMatch: 'required' },
    { path: 'reopening', type: 'Reopen', summary: 'Reopen a completed or cancelled task', ifMatch: 'honoured' },
  ] as const)
    command(kit, {
      method: 'POST',
      url: `/v1/tasks/:id/${path}`,
      summary,
      tags: TAGS,
      roles: ['office'],
      onBehalfOf: 'office',
      ifMatch,
      params: byTask,
      body: authorised,
      run: async ({ params: { id: task }, body, meta }) => onTask(task, await act(task, { type, ...body }, meta)),
    });
};
