import { imports } from '../../../projections/imports.ts';
import { log } from '../../../projections/log.ts';
import { tasks } from '../../../projections/tasks.ts';
import { directiveStream } from '../../domain/directives/state.ts';
import { importIdOf, importStream } from '../../domain/imports/state.ts';
import { tableOf, type AppendedOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Reissues } from './reissue.ts';

/** Commits that have begun and are not at their end, as the views have it. */

const eventTable = tableOf(log, 'event');
const importTable = tableOf(imports, 'import');
const taskTable = tableOf(tasks, 'task');

/** The event by which a commit was accepted. */
export type Beginning = Pick<AppendedOf<typeof log.tables.event>, 'id' | 'stream' | 'revision' | 'position'>;

export type Unfinished = {
  /** Of the import. */
  readonly id: string;
  readonly sha256: string;
  readonly directive: string;
  /** Read and appended in one call, without a draft. */
  readonly isAtOnce: boolean;
  readonly beginning: Beginning;
};

export type UnfinishedCommits = {
  /** In the order in which they began. */
  readonly list: () => readonly Unfinished[];
  /** Another one whenever a step of it has come into the log, whoever took it. */
  readonly mark: (of: Unfinished) => string;
};

/** How many tasks of a directive come from a document. */
export const tasksFrom = (
  views: Pick<Views, 'asOf'>,
  { sha256, directive }: Pick<Unfinished, 'sha256' | 'directive'>,
  position: number,
): number => views.asOf(taskTable, { directive }, position).filter(({ doc }) => doc.source?.sha256 === sha256).length;

export const createUnfinished = (deps: {
  readonly views: Views;
  readonly knowledge: Pick<Knowledge, 'directive' | 'lastOf'>;
  readonly reissues: Pick<Reissues, 'changedBetween'>;
}): UnfinishedCommits => {
  const { views, knowledge, reissues } = deps;
  /** By their streams; those that have ended are dropped, and no event is read twice. */
  const begun = new Map<string, Beginning>();
  let readTo = 0;

  const read = (position: number): void => {
    if (position <= readTo) return;
    const added = ['ImportCommitBegun', 'DirectiveImported'].flatMap((type) =>
      views.appended(eventTable, { type }, { after: readTo, upTo: position }),
    );
    for (const { id, stream, revision, position: at } of added.toSorted((one, other) => one.position - other.position))
      begun.set(stream, { id, stream, revision, position: at });
    readTo = position;
  };

  const importAt = (id: string, position: number) => views.one(importTable, { import: id }, position)?.doc;

  const unfinishedAt = (beginning: Beginning, position: number): Unfinished | undefined => {
    const id = importStream.idOf(beginning.stream);
    const doc = importAt(id, position);
    if (doc?.state !== 'committing' || doc.directive === null) return undefined;
    return { id, sha256: doc.sha256, directive: doc.directive, isAtOnce: false, beginning };
  };

  const atOnceAt = (beginning: Beginning, position: number): Unfinished | undefined => {
    const directive = directiveStream.idOf(beginning.stream);
    const doc = knowledge.directive(directive, position);
    if (doc?.status !== 'importing' || doc.source === null) return undefined;
    const { sha256 } = doc.source;
    return { id: importIdOf(sha256), sha256, directive, isAtOnce: true, beginning };
  };

  return {
    list: () => {
      const position = views.position();
      read(position);
      return [...begun].flatMap(([stream, beginning]) => {
        const isDraft = importStream.idIn(stream) !== undefined;
        const found = isDraft ? unfinishedAt(beginning, position) : atOnceAt(beginning, position);
        if (found === undefined) begun.delete(stream);
        // The directive of a draft that is being committed: the draft's own commit goes on with it.
        else if (found.isAtOnce && importAt(found.id, position)?.state === 'committing') return [];
        return found ?? [];
      });
    },
    mark: (of) => {
      const position = views.position();
      const { id, directive } = of;
      const base = importAt(id, position)?.reissue?.base;
      const last = knowledge.lastOf(directiveStream(directive), position)?.position;
      if (base !== undefined) return `${last} ${reissues.changedBetween(directive, base, position).length}`;
      return `${last} ${tasksFrom(views, of, position)}`;
    },
  };
};
