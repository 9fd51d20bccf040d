import { sameBytes } from '../tlog/bytes.ts';
import type { MarkKeeper, SignedMark } from '../store/signed-mark.ts';
import type { PinnedCheckpoint } from './agreement.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * A store of checkpoints that is missing, or younger than what was signed, is no beginning: whoever signs on without it
 * has forgotten what he promised.
 */

type Book = Pick<CheckpointStore, 'last' | 'at'>;

const WAYS_ON = say('ledger.ways-on');

const lackIn = (book: Book, marked: SignedMark): Message | undefined => {
  const last = book.last();
  if (last === undefined) return say('ledger.holds-no-checkpoint');
  if (last.size < marked.size) return say('ledger.last-checkpoint-is-of', { size: last.size });
  const same = book.at(marked.size);
  return same === undefined || sameBytes(same.root, marked.root) ? undefined : say('ledger.holds-another-checkpoint');
};

/** Why nothing may be signed under a name with this store of checkpoints; undefined where it may. */
export const lostBook = (options: {
  readonly marked: SignedMark | undefined;
  readonly book: Book;
  readonly origin: string;
  /** The name that the log says it goes on under, where it was restarted. */
  readonly restartedAs: string | undefined;
  readonly pinned: readonly PinnedCheckpoint[];
}): Message | undefined => {
  const { marked, book, origin, restartedAs, pinned } = options;
  if (marked === undefined) return undefined;
  if (marked.origin !== origin)
    return restartedAs === origin ? undefined : say('ledger.signed-as-another', { signed: marked.origin, origin, ways: WAYS_ON });
  const lack = lackIn(book, marked);
  // Who keeps as large a checkpoint stands in for the store: the tree must agree with it before anything is signed.
  if (lack === undefined || pinned.some(({ size }) => size >= marked.size)) return undefined;
  return say('ledger.signed-further', { size: marked.size, origin, lack, ways: WAYS_ON });
};

/** Where the program died between store and mark, or kept none yet. */
export const renewMark = (mark: MarkKeeper, book: Book, origin: string): void => {
  const [marked, last] = [mark.read(), book.last()];
  if (last === undefined) return;
  if (marked === undefined || marked.origin !== origin || marked.size < last.size) mark.write({ origin, ...last });
};
