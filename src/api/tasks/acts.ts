import { Problem, unitOf, type Principal } from '../../http/routes.ts';
import type { Meta, Outcome } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import type { Services } from '../../application/services.ts';
import type { Loaded } from '../../application/stream-states.ts';
import type { OnDay, TaskCommand } from '../../domain/tasks/commands.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { createDecisionContextReader, dayOf } from '../../application/tasks/decision-context.ts';
import { taskStream, type TaskState } from '../../domain/tasks/state.ts';
import { unknownTask } from '../shared/refusals.ts';

/** What all acts on a task have in common: how they are done, and what is answered. */

export const TAGS = ['Tasks'] as const;
type Counted = 'plans' | 'extensions' | 'claims';

export const actsOf = ({ handler, store, timeZone }: Services) => {
  const act = (task: string, does: TaskCommand, meta: Meta, loaded?: Loaded<TaskState>): Promise<Outcome<TaskState>> =>
    handler.handle(taskDecider, taskStream(task), does, meta, loaded);

  const contextReader = () => createDecisionContextReader(handler, timeZone);

  /** An act that is judged by its day and the parties of that day; a problem where the sender's unit may not know of the task. */
  const actOnDay = async (
    task: string,
    { principal, meta }: { readonly principal: Principal; readonly meta: Meta },
    does: (onDay: OnDay) => TaskCommand,
  ): Promise<Outcome<TaskState> | Problem> => {
    const context = await contextReader().of(task, unitOf(principal));
    if (context === undefined) return unknownTask();
    return act(task, does({ day: dayOf(meta, context), parties: context.roster }), meta, context.loaded);
  };

  const at = (task: string): string => `/v1/tasks/${task}`;
  const onTask = (task: string, outcome: Outcome<TaskState> | Problem) =>
    outcome instanceof Problem ? outcome : { outcome, subject: task, location: at(task) };

  /** A thing that is counted on a task: the plan, request or claim that was made. */
  const made = (task: string, outcome: Outcome<TaskState> | Problem, counted: Counted, path: string) => {
    if (outcome instanceof Problem) return outcome;
    const n = String(numberOf(store, outcome) ?? (outcome.kind === 'accepted' ? outcome.state?.[counted].length : 0));
    return { outcome, subject: n, location: `${at(task)}/${path}/${n}` };
  };
  return { act, contextReader, made, onTask, actOnDay };
};
