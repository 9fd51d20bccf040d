import { sameJson } from '../../kernel/json.ts';
import { ownValue } from '../../kernel/own-value.ts';
import type { EventOf } from '../../kernel/event.ts';
import { termsOf } from '../../domain/tasks/deadline-terms.ts';
import { postsOf } from '../../domain/tasks/leaders.ts';
import type { TaskAssigned } from '../../domain/tasks/events.ts';
import type { Task } from '../../domain/tasks/state.ts';
import type { AssignTask } from './assign.ts';
import type { LedgerField } from './ledger-sheet.ts';

/**
 * Whether a row says of a task what is so already: as it was assigned, or as it has become by acts since. A ledger that
 * was given out and comes back unchanged says nothing new, whatever was decided before it was given out.
 */

export type Founded = EventOf<typeof TaskAssigned>['data'];

type Known = { readonly founded: Founded; readonly now: Task; readonly said: ReadonlySet<LedgerField> };

const parties = (all: readonly { readonly role: string; readonly party: string }[]): readonly object[] =>
  all.map(({ role, party }) => ({ role, party }));

const AS_FOUNDED = ['directive', 'kind', 'parent', 'effectiveFrom'] as const;
/** What is printed of it may have been amended since. */
const AS_PRINTED = ['number', 'title', 'text', 'measurements'] as const;

/** Fields that the row says and that are otherwise. */
export const differing = (row: AssignTask, { founded, now, said }: Known): readonly LedgerField[] => {
  const one = (field: LedgerField, isTrue: boolean): readonly LedgerField[] => (isTrue || !said.has(field) ? [] : [field]);
  const isSo = (test: (task: Founded | Task) => boolean): boolean => [founded, now].some(test);
  const terms = termsOf(row);
  return [
    ...AS_FOUNDED.flatMap((field) => one(field, sameJson(row[field], ownValue(founded, field)))),
    ...AS_PRINTED.flatMap((field) =>
      one(
        field,
        isSo((each) => sameJson(row[field], each[field])),
      ),
    ),
    ...one(
      'theme',
      isSo(({ theme }) => theme?.name === row.theme?.name),
    ),
    ...one(
      'themeNumber',
      isSo(({ theme }) => theme?.number === row.theme?.number),
    ),
    ...one(
      'group',
      isSo(({ group }) => group?.name === row.group?.name),
    ),
    ...one(
      'groupNumber',
      isSo(({ group }) => group?.number === row.group?.number),
    ),
    ...one(
      'assignees',
      [founded, ...now.assignments].some(({ assignees }) => sameJson(parties(assignees), parties(row.assignees))),
    ),
    ...one(
      'leaderPosts',
      isSo((each) => sameJson(postsOf(each), postsOf(row))),
    ),
    ...one('deadline', row.deadline === founded.deadline || row.deadline === now.deadline),
    ...one(
      'deadlineTerms',
      isSo((each) => sameJson(termsOf(each), terms)),
    ),
  ];
};
