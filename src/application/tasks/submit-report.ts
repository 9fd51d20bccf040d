import type { DubanEvent } from '../../domain/catalogue.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import { answersFor } from '../../domain/tasks/assignment.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import type { ReportBody } from '../../domain/tasks/events.ts';
import { dayOf, scheduleFor, type GroundsReader } from './decision-context.ts';
import { reportId } from '../../domain/tasks/report-id.ts';
import { taskStream, type TaskState } from '../../domain/tasks/state.ts';

/**
 * A report through the handler, alone or in a return. Undefined where `reader` may not know of the task. What was due
 * of a unit before it was merged is filed for it by its successor.
 */
export const submitReport = async (
  handler: Handler<DubanEvent>,
  grounds: GroundsReader,
  asked: {
    readonly task: string;
    /** The unit that sends it, undefined where the office enters it. */
    readonly reader: string | undefined;
    readonly unit: string;
    readonly period: string;
    readonly body: ReportBody;
    readonly meta: Meta;
  },
): Promise<{ readonly report: string; readonly outcome: Outcome<TaskState> } | undefined> => {
  const { task, reader, unit, period, body, meta } = asked;
  const known = await grounds.of(task, reader);
  if (known === undefined) return undefined;
  const scheduled = scheduleFor(await grounds.policies(known.task.directive), period);
  const day = dayOf(meta, known);
  const owner =
    scheduled.schedule === null ? unit : answersFor(known.task.assignments, unit, { day, dueDay: scheduled.schedule.dueDay }, known.roster);
  const does = {
    type: 'SubmitReport',
    unit: owner,
    day,
    parties: known.roster,
    period,
    body,
    ...scheduled,
  } as const;
  return { report: reportId(owner, period), outcome: await handler.handle(taskDecider, taskStream(task), does, meta) };
};
