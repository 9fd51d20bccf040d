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
 * Whether a row says of a task what is so already: as it was assigned, or as it has become by acts of its own. A ledger that
 * was given out and comes back unchanged says nothing new, whatever was decided before it was given out.
 */

export type Founded = EventOf<typeof TaskAssigned>['data'];

type Known = { readonly founded: Founded; readonly now: Task; readonly said: ReadonlySet<LedgerField> };

const parties = (all: readonly { readonly role: string; readonly party: string }[]): readonly object[] =>
  all.map(({ role, party }) => ({ role, party }));

const AS_FOUNDED = ['directive', 'kind', 'number', 'title', 'text', 'parent', 'measurements', 'effectiveFrom'] as const;

/** Fields that the row says and that are otherwise. */
export const differing = (row: AssignTask, { founded, now, said }: Known): readonly LedgerField[] => {
  const one = (field: LedgerField, isSo: boolean): readonly LedgerField[] => (isSo || !said.has(field) ? [] : [field]);
  const terms = termsOf(row);
  return [
    ...AS_FOUNDED.flatMap((field) => one(field, sameJson(row[field], ownValue(founded, field)))),
    ...one('theme', row.theme?.name === founded.theme?.name),
    ...one('themeNumber', row.theme?.number === founded.theme?.number),
    ...one('group', row.group?.name === founded.group?.name),
    ...one('groupNumber', row.group?.number === founded.group?.number),
    ...one(
      'assignees',
      [founded, ...now.assignments].some(({ assignees }) => sameJson(parties(assignees), parties(row.assignees))),
    ),
    ...one(
      'leaderPosts',
      [founded, now].some((each) => sameJson(postsOf(each), postsOf(row))),
    ),
    ...one('deadline', row.deadline === founded.deadline || row.deadline === now.deadline),
    ...one(
      'deadlineTerms',
      [founded, now].some((each) => sameJson(termsOf(each), terms)),
    ),
  ];
};
