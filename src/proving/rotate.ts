import type { Clock } from '../kernel/clock.ts';
import { formatVerifierKey, generateKey, type NoteKey } from '../ledger/index.ts';
import type { LogFile } from '../store/log-file.ts';
import { KeyRotated } from './events.ts';
import { nextKeyPath } from './ledger-key.ts';
import { removeKeyFile, writeKeyOnce } from './key-file.ts';
import { appendOwnEvent } from './own-events.ts';

/** Writes the event that replaces a key; both sign the checkpoint that covers it, once the directory is opened again. */
export const rotateKey = (options: {
  readonly log: LogFile;
  readonly keyPath: string;
  readonly current: NoteKey;
  readonly reason: string;
  readonly authority: string;
  readonly clock: Clock;
}): { readonly position: number; readonly key: string } => {
  const { log, keyPath, current, reason, authority, clock } = options;
  const next = generateKey(current.name, 'ed25519');
  const key = formatVerifierKey(next);
  removeKeyFile(nextKeyPath(keyPath));
  writeKeyOnce(nextKeyPath(keyPath), next);
  const position = appendOwnEvent(log, KeyRotated({ from: formatVerifierKey(current), to: key, reason, authority }), log.meta('source') ?? '/duban/1', clock);
  return { position, key };
};
