import { formatVerifierKey, keyLabel, openNote, verifierOf, type NoteKey } from '../tlog/index.ts';
import type { LedgerKeys } from './ledger-key.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/** Whose signatures a checkpoint bears: the key of the moment, and with it for once the one that follows it. */
export type Signers = {
  /** The name of the log, which all its keys have. */
  readonly origin: string;
  /** Oldest first. */
  readonly verifierKeys: () => readonly string[];
  /** Who signs a size. */
  readonly of: (size: number) => readonly NoteKey[];
  /** What they signed is written down: from the next on a follower among them signs alone. */
  readonly signed: (signers: readonly NoteKey[]) => void;
  /** Others have signed what was written down: as if these keys had. */
  readonly inherited: () => void;
  /** Looks whether the log names another key meanwhile. */
  readonly look: () => void;
  /** Why there is nobody to sign. */
  readonly fault: () => Text | undefined;
};

const faultOf = ({ current, next, inOrder }: LedgerKeys, checkpointStore: CheckpointStore): Message | undefined => {
  const origin = checkpointStore.origin();
  const named = inOrder.at(next === undefined ? -1 : -2);
  if (named !== undefined && named !== formatVerifierKey(current))
    return say('ledger.another-key-signs', { named, current: formatVerifierKey(current) });
  if (origin !== undefined && origin !== current.name) return say('ledger.signs-for-another-log', { name: current.name, origin });
  const last = checkpointStore.last();
  const known = [current, ...(next === undefined ? [] : [next.key])];
  if (last === undefined || openNote(last.note, known.map(verifierOf)).ok) return undefined;
  return say('ledger.did-not-sign-last', { key: keyLabel(current) });
};

/** @param reread  the keys, where they may be others than before; `isMissing` says that those known are not the right ones */
export const createSigners = (
  first: LedgerKeys,
  checkpointStore: CheckpointStore,
  reread: (isMissing: boolean) => LedgerKeys | undefined = () => undefined,
): Signers => {
  const origin = first.current.name;
  let keys = first;
  let fault: Message | undefined;

  const promote = (): void => {
    if (keys.next === undefined) return;
    keys.promote();
    keys = { ...keys, current: keys.next.key, next: undefined };
  };

  /** A crash can come between the checkpoint that both signed and the move of the new key. */
  const promoteSigned = (): void => {
    const last = checkpointStore.last();
    if (last !== undefined && keys.next !== undefined && openNote(last.note, [verifierOf(keys.next.key)]).ok) promote();
  };

  const take = (found: LedgerKeys): void => {
    keys = found;
    fault = faultOf(keys, checkpointStore);
    if (checkpointStore.origin() === undefined) checkpointStore.setOrigin(origin);
    if (fault === undefined) checkpointStore.setKeys(keys.inOrder);
    promoteSigned();
  };
  take(first);

  return {
    origin,
    verifierKeys: () => keys.inOrder,
    of: (size) => [keys.current, ...(keys.next !== undefined && size >= keys.next.position ? [keys.next.key] : [])],
    signed: (signers) => {
      if (keys.next !== undefined && signers.includes(keys.next.key)) promote();
    },
    inherited: promoteSigned,
    look: () => {
      const found = reread(fault !== undefined);
      if (found !== undefined) take(found);
    },
    fault: () => fault,
  };
};
