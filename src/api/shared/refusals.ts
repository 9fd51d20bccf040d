import { fieldProblem, problem, type Problem } from '../../http/routes.ts';
import { say } from '../../messages/message.ts';

/** Refusals that calls of several features give. */

export const unknownDirective = (directive: string): Problem =>
  fieldProblem('directive-unknown', '/directive', say('api.shared.no-directive-known', { directive }));

export const unknownTask = (): Problem => problem('task-unknown', say('api.shared.there-no-such-task-or-none'));
