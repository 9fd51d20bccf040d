import { fieldProblem, problem, type Problem } from '../../http/routes.ts';
import type { TaskReader } from '../../application/tasks/read.ts';
import { say } from '../../messages/message.ts';

/** Refusals that calls of several features give. */

export const unknownDirective = (directive: string): Problem =>
  fieldProblem('directive-unknown', '/directive', say('api.shared.no-directive-known', { directive }));

export const unknownTask = (): Problem => problem('task-unknown', say('api.shared.there-no-such-task-or-none'));

/** Why nothing is found by a leader: nobody is called so, and an empty list would look like one who has nothing to do. */
export const strangeLeader = (
  { leadersNear }: Pick<TaskReader, 'leadersNear'>,
  leader: string,
  scope: string | null,
): Problem | undefined => {
  const near = leadersNear(leader, scope);
  if (near === undefined) return undefined;
  const said = near.length === 0 ? say('api.shared.no-leader-called') : say('api.shared.no-leader-called-but', { near: { anyOf: near } });
  return fieldProblem('invalid-input', '/leader', said);
};
