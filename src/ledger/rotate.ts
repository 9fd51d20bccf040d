import type { Clock } from '../kernel/clock.ts';
import { formatVerifierKey, generateKey, type NoteKey } from '../tlog/index.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LogFile } from '../store/log-file.ts';
import { KeyRotated, LEDGER_STREAM, type LedgerEvent } from '../domain/ledger/events.ts';
import { removeDurably } from '../store/durable-file.ts';
import { KeyUnusable, readKeyFile, writeKeyOnce } from './key-file.ts';
import { keySteps } from '../domain/ledger/key-steps.ts';
import { clearWay, nextKeyPath } from './ledger-key.ts';
import { appendMetadataEvent, metadataDraft, metadataEvents } from './metadata-events.ts';
import { say } from '../messages/message.ts';

/** Another key follows the one that signs: it lies beside it before the event that names it is written. */

export type Grounds = { readonly reason: string; readonly authority: string };
/** `position` null: the event is written, and has no position here yet. */
export type Rotated = { readonly position: number | null; readonly key: string };

const nextKey = (keyPath: string, current: NoteKey, grounds: Grounds): { readonly key: string; readonly event: LedgerEvent } => {
  const next = generateKey(current.name, 'ed25519');
  const key = formatVerifierKey(next);
  removeDurably(nextKeyPath(keyPath));
  writeKeyOnce(nextKeyPath(keyPath), next);
  return { key, event: KeyRotated({ from: formatVerifierKey(current), to: key, ...grounds }) };
};

/** In a log that no server has; both sign the checkpoint that covers the event, once the directory is opened again. */
export const rotateKey = ({
  log,
  keyPath,
  current,
  clock,
  ...grounds
}: Grounds & {
  readonly log: LogFile;
  readonly keyPath: string;
  readonly current: NoteKey;
  readonly clock: Clock;
}): Rotated & { readonly position: number } => {
  const { key, event } = nextKey(keyPath, current, grounds);
  return { position: appendMetadataEvent(log, event, log.meta('source') ?? '/duban/1', clock), key };
};

/**
 * For a log that other replicas add to. They share the key file: each reads it when the event arrives, and signs with
 * both keys its first checkpoint that covers the event. The old key is gone once the next change begins, so every
 * replica must have signed by then.
 * @throws StoreUnavailable, WrongRevision  nobody knows whether the event was written, or another was
 */
export const rotateSharedKey = async ({
  store,
  keyPath,
  clock,
  ...grounds
}: Grounds & {
  readonly store: Pick<EventStore, 'append' | 'readStream' | 'readHistory' | 'head'>;
  readonly keyPath: string;
  readonly clock: Clock;
}): Promise<Rotated> => {
  const revision = (await store.readStream(LEDGER_STREAM)).at(-1)?.revision ?? 'none';
  clearWay(keyPath, keySteps(metadataEvents(store)));
  const current = readKeyFile(keyPath, 'ed25519');
  if (current === undefined) throw new KeyUnusable(say('ledger.signing-key-is-not-there', { path: keyPath }));
  const { key, event } = nextKey(keyPath, current, grounds);
  const { positions } = await store.append(LEDGER_STREAM, revision, [metadataDraft(event, 'cli', clock)]);
  return { position: positions[0] ?? null, key };
};
