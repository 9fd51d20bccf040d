import { fieldProblem, problem, type Problem } from '../../http/routes.ts';
import type { Knowledge } from '../../application/knowledge.ts';
import type { At, TaskReader } from '../../application/tasks/read.ts';
import { DEADLINE } from '../../domain/compliance/obligation.ts';
import { say } from '../../messages/message.ts';

/** Refusals that calls of several features give. */

/** What every directive may be asked about, whatever its policies demand. */
const ALWAYS: readonly string[] = ['monthly', 'annual', DEADLINE];

export const unknownDirective = (directive: string): Problem =>
  fieldProblem('directive-unknown', '/directive', say('api.shared.no-directive-known', { directive }));

/** Why nothing is found of a task: there is none, or none that the reader may see. */
export const strangeTask = (
  { mayRead }: Pick<TaskReader, 'mayRead'>,
  task: string | undefined,
  at: At,
  scope: string | null,
): Problem | undefined =>
  task === undefined || mayRead(task, at, scope)
    ? undefined
    : fieldProblem('task-unknown', '/task', say('api.shared.there-no-such-task-or-none'));

/** Why nothing is found of a kind: no policy of these directives has such a duty. */
export const strangeKind = (
  { policies }: Pick<Knowledge, 'policies'>,
  kind: string | undefined,
  directives: readonly string[],
  position: number,
): Problem | undefined =>
  kind === undefined ||
  ALWAYS.includes(kind) ||
  directives.some((directive) => policies(directive, position).some(({ duties }) => duties.some((duty) => duty.id === kind)))
    ? undefined
    : fieldProblem('invalid-input', '/kind', say('api.shared.no-duty-any-policy-nor', { deadline: DEADLINE }));

/** Why nothing is found of a theme: no task that the reader may see is of it. */
export const strangeTheme = (
  { list }: Pick<TaskReader, 'list'>,
  { theme, directive }: { readonly theme?: number | undefined; readonly directive?: string | undefined },
  at: At,
  scope: string | null,
): Problem | undefined =>
  theme === undefined || list({ theme, directive }, at, scope).length > 0
    ? undefined
    : fieldProblem('invalid-input', '/theme', say('api.shared.no-theme-numbered', { theme: String(theme) }));

export const unknownTask = (): Problem => problem('task-unknown', say('api.shared.there-no-such-task-or-none'));

/** Why nothing is found by a leader: nobody is called so, and an empty list would look like one who has nothing to do. */
export const strangeLeader = (
  { leadersNear }: Pick<TaskReader, 'leadersNear'>,
  leader: string | undefined,
  { position }: At,
  scope: string | null,
): Problem | undefined => {
  const near = leader === undefined ? undefined : leadersNear(leader, position, scope);
  if (near === undefined) return undefined;
  const said = near.length === 0 ? say('api.shared.no-leader-called') : say('api.shared.no-leader-called-but', { near: { anyOf: near } });
  return fieldProblem('invalid-input', '/leader', said);
};
