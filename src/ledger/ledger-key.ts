import { randomBytes } from 'node:crypto';
import { formatVerifierKey, generateKey, type NoteKey } from '../tlog/index.ts';
import { removeDurably, renameDurably } from '../store/durable-file.ts';
import { KeyUnusable, loadOrMakeKey, readKeyFile } from './key-file.ts';
import { keysInOrder, type KeyStep } from '../domain/ledger/key-steps.ts';
import { say } from '../messages/message.ts';

/**
 * The key that signs checkpoints, and how one follows another. The event in the log is what counts: the next key lies
 * beside the present one, as `<file>.next`, from before the event is written until it has taken its place.
 */

export const nextKeyPath = (path: string): string => `${path}.next`;

/** A name for a log that was given none: unlike any other's, and no host that exists (RFC 6761 §6.3). */
export const ownOrigin = (): string => `duban.localhost/${randomBytes(8).toString('hex')}`;

export type LedgerKeys = {
  /** Signs now. */
  readonly current: NoteKey;
  /** What the event at `position` says comes next: the checkpoint that covers it is signed by both. */
  readonly next: { readonly key: NoteKey; readonly position: number } | undefined;
  /** Verifier keys of this name, oldest first; the last of them signs once it has taken its place. */
  readonly inOrder: readonly string[];
  /** Puts the next key in the place of the current one, for good; where the file is shared, `clearWay` does, later. */
  readonly promote: () => void;
};

/**
 * The key in a file, made (mode 0600) under `newOrigin` where there is none; without such a name the file must be there.
 * A next key that no event speaks of was made in vain, and is removed. Not so where the file is `shared` by replicas:
 * the event may not have come here yet, and each of them needs both keys until its own checkpoint covers it.
 */
export const openLedgerKeys = (
  path: string,
  steps: readonly KeyStep[],
  { newOrigin, shared }: { readonly newOrigin?: string | undefined; readonly shared: boolean },
): LedgerKeys => {
  const current =
    newOrigin === undefined ? readKeyFile(path, 'ed25519') : loadOrMakeKey(path, 'ed25519', () => generateKey(newOrigin, 'ed25519'));
  if (current === undefined) throw new KeyUnusable(say('ledger.signing-key-is-not-there', { path }));
  const prepared = readKeyFile(nextKeyPath(path), 'ed25519');
  const last = steps.at(-1);
  const isNext = prepared !== undefined && last?.to === formatVerifierKey(prepared);
  if (prepared !== undefined && !isNext && !shared) removeDurably(nextKeyPath(path));
  return {
    current,
    next: isNext ? { key: prepared, position: last.position } : undefined,
    inOrder: keysInOrder(steps, formatVerifierKey(current)),
    promote: () => {
      if (!shared) renameDurably(nextKeyPath(path), path);
    },
  };
};

/** Before another next key is made: the last one takes its place if the log speaks of it, and is removed if it does not. */
export const clearWay = (path: string, steps: readonly KeyStep[]): void => {
  const prepared = readKeyFile(nextKeyPath(path), 'ed25519');
  if (prepared === undefined) return;
  if (steps.at(-1)?.to === formatVerifierKey(prepared)) renameDurably(nextKeyPath(path), path);
  else removeDurably(nextKeyPath(path));
};
