import { fieldProblem, problem, type Problem } from '../../http/routes.ts';

/** Refusals that calls of several features give. */

export const unknownDirective = (directive: string): Problem =>
  fieldProblem('directive-unknown', '/directive', `no directive ${directive} is known`);

export const unknownTask = (): Problem => problem('task-unknown', 'there is no such task, or none that you may see');
