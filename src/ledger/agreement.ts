import type { Hash } from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';

/** A checkpoint of this log that somebody keeps: the tree must hold it before anything more is signed. */
export type PinnedCheckpoint = {
  /** Who keeps it, for a person to read. */ readonly by: string;
  readonly size: number;
  readonly root: Hash;
};

/** `wait`: the tree has not come so far yet, but the log has. */
export type Agreement = 'agrees' | 'wait' | { readonly contradiction: string };

/** The log's tree at the moment: its end, what of it is hashed, and the root of any part of that. */
export type Tree = { readonly head: number; readonly size: number; readonly root: (size: number) => Hash };

const positions = (from: number, to: number): string => (from === to ? `position ${from} is` : `positions ${from} to ${to} are`);

export const agreementOf = ({ by, size, root }: PinnedCheckpoint, tree: Tree): Agreement => {
  if (size > tree.head) {
    const missing = positions(tree.head + 1, size);
    return { contradiction: `${missing} missing: ${by} keeps a checkpoint of size ${size}, but the log ends at ${tree.head}` };
  }
  if (size > tree.size) return 'wait';
  if (sameBytes(root, tree.root(size))) return 'agrees';
  return { contradiction: `the first ${size} events are not those of the checkpoint of size ${size} that ${by} keeps` };
};

/** The first contradiction; or `wait`, where one of them has to; or `agrees`. */
export const agreementOfAll = (kept: Iterable<PinnedCheckpoint>, tree: Tree): Agreement => {
  let found: Agreement = 'agrees';
  for (const pinned of kept) {
    const agreement = agreementOf(pinned, tree);
    if (typeof agreement === 'object') return agreement;
    if (agreement === 'wait') found = agreement;
  }
  return found;
};

/**
 * What a kept checkpoint covers and the log here, which ends at `head`, still lacks. Where others add to the log too,
 * such events may be on their way, so this is asked once they had time to arrive.
 */
export const lackOf = (kept: Iterable<PinnedCheckpoint>, head: number): string | undefined => {
  for (const { by, size } of kept)
    if (size > head) {
      const lacking = positions(head + 1, size);
      return `${lacking} missing or still to come: ${by} keeps a checkpoint of size ${size}, but the log here ends at ${head}`;
    }
  return undefined;
};
