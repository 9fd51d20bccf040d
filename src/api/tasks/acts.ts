import type { Meta, Outcome } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import type { Services } from '../../application/services.ts';
import type { Loaded } from '../../application/stream-states.ts';
import type { TaskCommand } from '../../domain/tasks/commands.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { createDecisionContextReader } from '../../application/tasks/decision-context.ts';
import { taskStream, type TaskState } from '../../domain/tasks/state.ts';

/** What all acts on a task have in common: how they are done, and what is answered. */

export const TAGS = ['Tasks'] as const;
type Counted = 'plans' | 'extensions' | 'claims';

export const actsOf = ({ handler, store, timeZone }: Services) => {
  const contextReader = () => createDecisionContextReader(handler, timeZone);
  const act = (task: string, does: TaskCommand, meta: Meta, loaded?: Loaded<TaskState>): Promise<Outcome<TaskState>> =>
    handler.handle(taskDecider, taskStream(task), does, meta, loaded);
  const at = (task: string): string => `/v1/tasks/${task}`;
  const onTask = (task: string, outcome: Outcome<TaskState>) => ({ outcome, subject: task, location: at(task) });

  /** A thing that is counted on a task: the plan, request or claim that was made. */
  const made = (task: string, outcome: Outcome<TaskState>, counted: Counted, path: string) => {
    const n = String(numberOf(store, outcome) ?? (outcome.kind === 'accepted' ? outcome.state?.[counted].length : 0));
    return { outcome, subject: n, location: `${at(task)}/${path}/${n}` };
  };
  return { act, contextReader, made, onTask };
};
