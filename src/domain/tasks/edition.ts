import { fold } from '../../kernel/decider.ts';
import type { Assignee, LeaderPost, Printed, TaskEvent } from './events.ts';
import { postsOf } from './leaders.ts';
import { printedAfter, printedOf } from './printed.ts';
import { evolveTask, type Task, type TaskState } from './state.ts';

/** A task as it stands, beside what the last edition of its document says of it: where they differ, somebody has acted since. */

export type Said = Printed & { readonly assignees: readonly Assignee[]; readonly leaders: readonly LeaderPost[] };

export type Standing = {
  readonly id: string;
  readonly task: Task;
  readonly now: Said;
  readonly said: Said;
  /** It came from a document, and was not assigned by hand. */
  readonly isFromDocument: boolean;
  /** An edition left it out, and a person took it so. */
  readonly isWithdrawn: boolean;
};

export const saidNow = (task: Task): Said => ({
  ...printedOf(task),
  assignees: task.assignments.at(-1)?.assignees ?? [],
  leaders: postsOf(task),
});

type Read = Pick<Standing, 'said' | 'isFromDocument' | 'isWithdrawn'>;

const read = (before: Read | undefined, event: TaskEvent): Read | undefined => {
  if (event.type === 'TaskAssigned') {
    const { data } = event;
    const said = { ...printedOf(data), assignees: data.assignees, leaders: postsOf(data) };
    return { said, isFromDocument: data.source !== undefined || data.sourceLine !== null, isWithdrawn: false };
  }
  if (before === undefined) return undefined;
  if (event.type === 'TaskReopened') return { ...before, isWithdrawn: false };
  const cites = 'source' in event.data && event.data.source !== undefined;
  if (!cites) return before;
  switch (event.type) {
    case 'TaskReassigned':
      return { ...before, said: { ...before.said, assignees: event.data.to } };
    case 'LeaderChanged':
      return { ...before, said: { ...before.said, leaders: postsOf({ leaders: event.data.to, leaderPosts: event.data.posts?.to }) } };
    case 'TaskAmended':
      return { ...before, said: { ...before.said, ...printedAfter(before.said, event.data.to) } };
    case 'TaskCancelled':
      return { ...before, isWithdrawn: true };
    default:
      return before;
  }
};

/** Undefined for a task that was never assigned. */
export const standingOf = (id: string, events: readonly TaskEvent[]): Standing | undefined => {
  const task = fold<TaskState, TaskEvent>(evolveTask, null, events, 0);
  const said = events.reduce<Read | undefined>(read, undefined);
  return task === null || said === undefined ? undefined : { id, task, now: saidNow(task), ...said };
};
