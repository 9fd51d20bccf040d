import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import { answersFor } from '../../domain/tasks/assignment.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import type { ReportBody } from '../../domain/tasks/events.ts';
import { dayOf, scheduleFor, type ReportContext } from './decision-context.ts';
import { reportId } from '../../domain/tasks/report-id.ts';
import { taskStream, type TaskState } from '../../domain/tasks/state.ts';

/**
 * A report through the handler, alone or in a return. What was due of a unit before it was merged is filed for it by
 * its successor.
 */
export const submitReport = async (
  handler: Handler<DubanEvent>,
  { id, task, loaded, roster, timeZone, policies }: ReportContext,
  asked: {
    readonly unit: string;
    readonly period: string;
    readonly duty?: string | undefined;
    readonly body: ReportBody;
    readonly meta: Meta;
  },
): Promise<{ readonly report: string; readonly outcome: Outcome<TaskState> }> => {
  const { unit, period, duty, body, meta } = asked;
  const scheduled = scheduleFor(policies, { period, duty });
  const day = dayOf(meta, { timeZone });
  const { schedule } = scheduled;
  const owner = schedule === null ? unit : answersFor(task.assignments, unit, { day, dueDays: schedule.dueDays }, roster);
  const does = {
    type: 'SubmitReport',
    unit: owner,
    day,
    parties: roster,
    period,
    duty,
    body,
    ...scheduled,
  } as const;
  return { report: reportId(owner, period, duty), outcome: await handler.handle(taskDecider, taskStream(id), does, meta, loaded) };
};
