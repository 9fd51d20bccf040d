import type { CompletionFact, TaskFacts } from './facts.ts';

/** Whether a task was paused, or done, at an instant (epoch ms), by what had been received when it is judged. */

/** Paused from a suspension or cancellation on, until a resumption or reopening that was recorded after it. */
export const isPausedAt = ({ pauses }: Pick<TaskFacts, 'pauses'>, instant: number): boolean =>
  pauses.findLast(({ receivedAt }) => receivedAt <= instant)?.begins === true;

/** Where a due instant falls into a pause, what is due then is waived. */
export const isWaived = (task: Pick<TaskFacts, 'pauses'>, end: number): boolean => isPausedAt(task, end - 1);

/** The completion that no reopening has undone. */
export const lastingCompletion = ({ completions }: Pick<TaskFacts, 'completions'>): CompletionFact | undefined =>
  completions.findLast(({ reopenedAt }) => reopenedAt === null);

/** Whether a completion stood when something fell due: verified before, and not undone before. */
export const wasCompletedBefore = ({ completions }: Pick<TaskFacts, 'completions'>, end: number): boolean =>
  completions.some(({ verifiedAt, reopenedAt }) => verifiedAt < end && (reopenedAt === null || reopenedAt >= end));
