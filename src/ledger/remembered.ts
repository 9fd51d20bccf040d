import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';
import type { PinnedCheckpoint } from './agreement.ts';
import { readKept, UnknownSigner, type KeptCheckpoint } from './pinned-checkpoints.ts';

/**
 * What somebody keeps of this log (`LEDGER_REMEMBERED`), read as soon as it is known who signed it: a replica that begins knows
 * the keys of today alone, and learns from the log, which has yet to come, which there were before.
 */
export type Remembered = {
  /** The largest of what could be read at the start. */
  readonly pinned: readonly PinnedCheckpoint[];
  /** All that could be read by now, in order of size. */
  readonly kept: () => readonly KeptCheckpoint[];
  /** Why it cannot be held against the log yet; what can be read by now is given to `pin`. */
  readonly unread: (verifierKeys: readonly string[], pin: (one: PinnedCheckpoint) => void) => Text | undefined;
};

/** @throws PlaceUnusable  as `readPinned`; but where the keys may still come, not for a key that is unknown */
export const readRemembered = (
  path: string | undefined,
  origin: string,
  { verifierKeys, mayComeLater }: { readonly verifierKeys: readonly string[]; readonly mayComeLater: boolean },
): Remembered => {
  let triedWith = verifierKeys;
  let unread: Text | undefined;
  let kept: readonly KeptCheckpoint[] = [];

  /** Gives the largest. */
  const tried = (keys: readonly string[], isLater: boolean): readonly PinnedCheckpoint[] => {
    triedWith = keys;
    try {
      kept = readKept(path, origin, keys);
      unread = undefined;
    } catch (error) {
      if (!isLater && !(mayComeLater && error instanceof UnknownSigner)) throw error;
      unread = error instanceof UnknownSigner ? say('ledger.signer-not-known-yet', { file: error.path }) : toldBy(error);
    }
    return kept.slice(-1);
  };

  return {
    pinned: tried(verifierKeys, false),
    kept: () => kept,
    unread: (keys, pin) => {
      if (unread !== undefined && keys.length !== triedWith.length) tried(keys, true).forEach(pin);
      return unread;
    },
  };
};
