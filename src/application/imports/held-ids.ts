import type { DubanEvent } from '../../domain/catalogue.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { say } from '../../messages/message.ts';
import type { Handler } from '../handler.ts';
import type { UnfinishedCommits } from './unfinished.ts';

/**
 * A document whose commit has begun goes on to its end under the ids that it was accepted with, so until then nobody else is
 * given one of them: neither a task of its directive nor an id that begins as its ids do.
 */
export const whyHeld = async (
  { handler, commits }: { readonly handler: Handler<DubanEvent>; readonly commits: Pick<UnfinishedCommits, 'list'> },
  { task, directive }: { readonly task: string; readonly directive: string },
): Promise<Refusal | undefined> => {
  const isImporting = (await handler.load(directiveFolding, directiveStream(directive))).state.status === 'importing';
  const by = isImporting ? directive : commits.list().find(({ directive: id }) => task.startsWith(`${id}-`))?.directive;
  if (by === undefined) return undefined;
  // What stands is no longer to be given: who sends it again is answered as before.
  if ((await handler.load(taskFolding, taskStream(task))).state !== null) return undefined;
  return {
    code: 'directive-importing',
    detail: say('application.imports.ids-held', { directive: by }),
    pointer: isImporting ? '/directive' : '/id',
  };
};
