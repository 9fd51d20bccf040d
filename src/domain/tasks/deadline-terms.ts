import type { DeadlineTerms } from './events.ts';

/**
 * What a document says of a deadline, beside the day that is judged: its own words, what they name, how exactly, and the
 * stages on the way.
 */

/** As said, or what follows from the day alone. */
export const termsOf = ({
  deadline,
  deadlineTerms,
}: {
  readonly deadline: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
}): DeadlineTerms => {
  if (deadlineTerms !== undefined) return deadlineTerms;
  return deadline === null
    ? { printed: '', kind: 'none', precision: 'day', milestones: [] }
    : { printed: deadline, kind: 'date', precision: 'day', milestones: [] };
};
