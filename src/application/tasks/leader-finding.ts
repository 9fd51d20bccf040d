import type { TaskFacts } from '../../domain/compliance/facts.ts';
import type { LeaderPost } from '../../domain/tasks/events.ts';
import { findable, isCalled, isFound, wordsOf } from '../../kernel/finding.ts';
import { foldText } from '../../kernel/json.ts';
import { distance } from '../../kernel/nearest.ts';

/** Leaders are known by what tasks say of them: names, and posts (分管副市长), which may stand without a name. */

const calledIn = (posts: readonly LeaderPost[]): readonly string[] => posts.flatMap(({ name, title }) => [name ?? [], title ?? []].flat());

/** Whether one of the posts is meant: by its whole name or title, as it is written or as it sounds. */
export const isLedBy = (posts: readonly LeaderPost[], asked: string): boolean => calledIn(posts).some((called) => isCalled(called, asked));

/** As many near ones as are told. */
const TOLD = 5;

/**
 * Of a leader whom no task has or had: those who may have been meant, since a part of what they are called is the same, or
 * all but a character. Undefined where some task has or had the one asked for.
 */
export const leadersNear = (tasks: Iterable<Pick<TaskFacts, 'leaders'>>, asked: string): readonly string[] | undefined => {
  const called = new Set<string>();
  for (const { leaders } of tasks) for (const { posts } of leaders) for (const each of calledIn(posts)) called.add(each);
  if ([...called].some((each) => isCalled(each, asked))) return undefined;
  const words = wordsOf(asked);
  const folded = foldText(asked);
  const isNear = (each: string): boolean =>
    isFound(findable([each]), words) || (folded.length > 1 && distance(foldText(each), folded) === 1);
  return [...called].filter(isNear).toSorted().slice(0, TOLD);
};
