/** A task's status, and the steps that it can take. What event takes which, the table of effects says (`effects.ts`). */

export type TaskStatus = 'assigned' | 'acknowledged' | 'in-progress' | 'claimed' | 'completed' | 'suspended' | 'cancelled';

export type WithStatus = {
  readonly status: TaskStatus;
  /** What to return to when a suspension ends. */
  readonly suspendedFrom: TaskStatus | null;
};

export type Step = (before: WithStatus) => WithStatus;

export const stays: Step = (before) => before;

export const becomes =
  (status: TaskStatus): Step =>
  () => ({ status, suspendedFrom: null });

/** A step forward for a task that has not come further. While it is suspended, the status to which it will return takes the step. */
const forward = (from: readonly TaskStatus[], to: TaskStatus): Step => {
  const step = (status: TaskStatus): TaskStatus => (from.includes(status) ? to : status);
  return ({ status, suspendedFrom }) => ({ status: step(status), suspendedFrom: suspendedFrom && step(suspendedFrom) });
};

/** The first signature. */
export const signedFor = forward(['assigned'], 'acknowledged');

/** The first work shows that a task is under way. */
export const underWay = forward(['assigned', 'acknowledged'], 'in-progress');

export const suspends: Step = ({ status }) => ({ status: 'suspended', suspendedFrom: status });

export const resumes: Step = ({ suspendedFrom }) => ({ status: suspendedFrom ?? 'in-progress', suspendedFrom: null });
