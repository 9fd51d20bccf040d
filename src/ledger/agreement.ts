import type { Hash } from '../tlog/index.ts';
import { sameBytes } from '../tlog/bytes.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/** A checkpoint of this log that somebody keeps: the tree must hold it before anything more is signed. */
export type PinnedCheckpoint = {
  /** Who keeps it, for a person to read. */ readonly by: Text;
  readonly size: number;
  readonly root: Hash;
};

/** `wait`: the tree has not come so far yet, but the log has. */
export type Agreement = 'agrees' | 'wait' | { readonly contradiction: Text };

/** The log's tree at the moment: its end, what of it is hashed, and the root of any part of that. */
export type Tree = { readonly head: number; readonly size: number; readonly root: (size: number) => Hash };

const agreementOf = ({ by, size, root }: PinnedCheckpoint, tree: Tree): Agreement => {
  if (size > tree.head) {
    const [from, { head }] = [tree.head + 1, tree];
    return {
      contradiction:
        from === size
          ? say('ledger.position-is-missing', { from, by, size, head })
          : say('ledger.positions-are-missing', { from, by, size, head }),
    };
  }
  if (size > tree.size) return 'wait';
  if (sameBytes(root, tree.root(size))) return 'agrees';
  return { contradiction: say('ledger.not-those-of-checkpoint', { size, by }) };
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
export const lackOf = (kept: Iterable<PinnedCheckpoint>, head: number): Message | undefined => {
  for (const { by, size } of kept)
    if (size > head) {
      const from = head + 1;
      return from === size
        ? say('ledger.position-is-lacking', { from, by, size, head })
        : say('ledger.positions-are-lacking', { from, by, size, head });
    }
  return undefined;
};
