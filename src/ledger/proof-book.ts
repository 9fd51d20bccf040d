import { sameBytes } from '../tlog/bytes.ts';
import type { MarkKeeper, SignedMark } from '../store/signed-mark.ts';
import type { PinnedCheckpoint } from './agreement.ts';
import type { CheckpointStore } from './checkpoint-store.ts';

/**
 * A store of checkpoints that is missing, or younger than what was signed, is no beginning: whoever signs on without it
 * has forgotten what he promised.
 */

type Book = Pick<CheckpointStore, 'last' | 'at'>;

const WAYS_ON =
  'Put the newest ledger.sqlite back in its place; or duban restore --from <bundle>, with a bundle of this log; or set LEDGER_REMEMBERED ' +
  'to a checkpoint of at least that size that somebody kept; or go on under another name with duban restore --new-incarnation';

const lackIn = (book: Book, marked: SignedMark): string | undefined => {
  const last = book.last();
  if (last === undefined) return 'the store ledger.sqlite holds none of its checkpoints';
  if (last.size < marked.size) return `the last checkpoint in ledger.sqlite is of size ${last.size}`;
  const same = book.at(marked.size);
  return same === undefined || sameBytes(same.root, marked.root)
    ? undefined
    : 'the store ledger.sqlite holds another checkpoint of that size';
};

/** Why nothing may be signed under a name with this store of checkpoints; undefined where it may. */
export const lostBook = (options: {
  readonly marked: SignedMark | undefined;
  readonly book: Book;
  readonly origin: string;
  /** The name that the log says it goes on under, where it was restarted. */
  readonly restartedAs: string | undefined;
  readonly pinned: readonly PinnedCheckpoint[];
}): string | undefined => {
  const { marked, book, origin, restartedAs, pinned } = options;
  if (marked === undefined) return undefined;
  if (marked.origin !== origin)
    return restartedAs === origin ? undefined : `this log was signed as ${marked.origin} so far, and not as ${origin}. ${WAYS_ON}`;
  const lack = lackIn(book, marked);
  // Who keeps as large a checkpoint stands in for the store: the tree must agree with it before anything is signed.
  if (lack === undefined || pinned.some(({ size }) => size >= marked.size)) return undefined;
  return `this log was signed up to size ${marked.size} as ${origin}, but ${lack}. ${WAYS_ON}`;
};

/** Where the program died between store and mark, or kept none yet. */
export const renewMark = (mark: MarkKeeper, book: Book, origin: string): void => {
  const [marked, last] = [mark.read(), book.last()];
  if (last === undefined) return;
  if (marked === undefined || marked.origin !== origin || marked.size < last.size) mark.write({ origin, ...last });
};
