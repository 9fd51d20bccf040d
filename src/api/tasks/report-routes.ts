import { z } from 'zod';
import { id } from '../../kernel/schema.ts';
import { command, fieldProblem, problem, unitOf, type Kit } from '../../http/routes.ts';
import type { Meta, Outcome } from '../../application/handler.ts';
import type { Loaded } from '../../application/stream-states.ts';
import { successorOn } from '../../domain/roster/state.ts';
import type { Services } from '../../application/services.ts';
import { byTask } from '../shared/parameters.ts';
import { unknownTask } from '../shared/refusals.ts';
import { amendment, reportSubmission, sentBack } from '../shared/task-bodies.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { createDecisionContextReader, dayOf } from '../../application/tasks/decision-context.ts';
import { reportIn, taskStream, type TaskState } from '../../domain/tasks/state.ts';
import { submitReport } from '../../application/tasks/submit-report.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** Reports on a task: submitted, amended, sent back, accepted. */

const TAGS = ['Reports'] as const;
const byReport = z.strictObject({ id, reportId: id });

export const reportRoutes = (kit: Kit, { handler, timeZone }: Services): void => {
  const contextReader = () => createDecisionContextReader(handler, timeZone);
  const about = (task: string, report: string, outcome: Outcome<TaskState>) => ({
    outcome,
    subject: report,
    location: `/v1/tasks/${task}/reports/${report}`,
  });
  const act = async (task: string, report: string, does: TaskCommand, meta: Meta, loaded?: Loaded<TaskState>) =>
    about(task, report, await handler.handle(taskDecider, taskStream(task), does, meta, loaded));

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reports',
    summary: wording('api.tasks.report-on-task-for-period'),
    description: wording('api.tasks.late-report-taken-and-judged-late'),
    tags: TAGS,
    refuses: [
      'task-unknown',
      'not-assigned',
      'policy-missing',
      'period-outside-schedule',
      'period-not-begun',
      'duty-unknown',
      'already-reported',
      'milestone-unknown',
      'task-closed',
      { field: 'unit-unknown' },
    ],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byTask,
    body: reportSubmission,
    apart: 'contact',
    run: async ({ params: { id: task }, body: { period, duty, contact: _, ...said }, committed, principal, unit, meta }) => {
      const body = { ...said, ...(committed && { contact: committed }) };
      const contexts = contextReader();
      const [roster, context] = await Promise.all([contexts.roster(), contexts.ofReport(task, unitOf(principal))]);
      if (!roster.units.has(unit)) return fieldProblem('unit-unknown', '/unit', say('api.tasks.no-unit-registered', { unit }));
      if (context === undefined) return unknownTask();
      const { report, outcome } = await submitReport(handler, context, { unit, period, duty, body, meta });
      return about(task, report, outcome);
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reports/:reportId/amendments',
    summary: wording('api.tasks.amend-report-changed-fields-and-why'),
    description: wording('api.tasks.successor-amends-reports-unit-that-has'),
    tags: TAGS,
    refuses: ['task-unknown', 'report-unknown', 'precondition-required', 'nothing-changed', 'milestone-unknown', 'date-order'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    params: byReport,
    body: amendment,
    apart: 'contact',
    run: async ({
      params: { id: task, reportId: report },
      body: { reason, contact: _, ...said },
      committed,
      principal,
      unit,
      meta,
      preconditioned,
    }) => {
      const changes = { ...said, ...(committed && { contact: committed }) };
      const context = await contextReader().of(task, unitOf(principal));
      if (context === undefined) return unknownTask();
      if (principal.role === 'office' && !preconditioned)
        return problem('precondition-required', say('api.tasks.send-if-match-with-etag-task'));
      const reporter = reportIn(context.task, report)?.unit;
      const owner = reporter !== undefined && successorOn(context.roster.units, reporter, dayOf(meta, context)) === unit ? reporter : unit;
      return act(task, report, { type: 'AmendReport', unit: owner, report, changes, reason }, meta, context.loaded);
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reports/:reportId/return',
    summary: wording('api.tasks.send-report-back-to-unit'),
    tags: TAGS,
    refuses: ['task-unknown', 'report-unknown', 'report-accepted', 'report-returned', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byReport,
    body: sentBack,
    run: ({ params: { id: task, reportId: report }, body: { reason }, meta }) =>
      act(task, report, { type: 'SendBackReport', report, reason }, meta),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/tasks/:id/reports/:reportId/accept',
    summary: wording('api.tasks.accept-report'),
    tags: TAGS,
    refuses: ['task-unknown', 'report-unknown', 'report-accepted', 'report-returned', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: byReport,
    run: ({ params: { id: task, reportId: report }, meta }) => act(task, report, { type: 'AcceptReport', report }, meta),
  });
};
