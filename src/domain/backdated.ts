/**
 * Whether an entry is backdated: made from a paper (it has a `basis`) that was received well before it was recorded.
 * A command takes a moment and an import some seconds; within a minute of its receipt a paper is entered at once.
 */

const AT_ONCE_MILLIS = 60_000;

/** Instants in epoch ms. */
export const isBackdated = (entry: {
  readonly basis: string | undefined;
  readonly receivedAt: number;
  readonly recordedAt: number;
}): boolean => entry.basis !== undefined && entry.recordedAt - entry.receivedAt > AT_ONCE_MILLIS;
