import { existsSync } from 'node:fs';
import { dataFiles } from '../../kernel/data-files.ts';
import { formatVerifierKey } from '../../tlog/index.ts';
import { readKeyFile } from '../../ledger/key-file.ts';
import { keysInOrder, keySteps } from '../../domain/ledger/key-steps.ts';
import { openCheckpointStore, type CheckpointStore } from '../../ledger/checkpoint-store.ts';
import { metadataEvents } from '../../ledger/metadata-events.ts';
import { lockDataDir } from '../../store/data-lock.ts';
import { openLogFile, type LogFile } from '../../store/log-file.ts';
import type { Config } from '../config.ts';
import { Failed } from './kit.ts';
import { say } from '../../messages/message.ts';

/** A data directory that no server has, for what changes the log or its key. */
export type Offline = {
  readonly log: LogFile;
  readonly checkpointStore: CheckpointStore;
  readonly keyPath: string;
  /** The name under which the log signs, and its verifier keys, oldest first; undefined in a directory that has neither key nor ledger. */
  readonly identity: { readonly origin: string; readonly keys: readonly string[] } | undefined;
};

const identityOf = (log: LogFile, checkpointStore: CheckpointStore, keyPath: string): Offline['identity'] => {
  const key = readKeyFile(keyPath, 'ed25519');
  const origin = checkpointStore.origin() ?? key?.name;
  if (origin === undefined) return undefined;
  const steps = keySteps(metadataEvents(log));
  const present = key === undefined ? checkpointStore.keys().at(-1) : formatVerifierKey(key);
  return { origin, keys: present === undefined ? [] : keysInOrder(steps, present) };
};

/** Throws DataDirInUse where a server has it, and Failed where the log is not in it. */
export const withOffline = async <Result>(
  { dataDir, ledgerKey, eventStoreUrl }: Config,
  work: (offline: Offline) => Result | Promise<Result>,
): Promise<Result> => {
  const files = dataFiles(dataDir);
  if (eventStoreUrl !== undefined || existsSync(files.mirror)) throw new Failed(say('cli.embedded-only'));
  const lock = lockDataDir(dataDir);
  try {
    const log = openLogFile(files.log);
    try {
      const checkpointStore = openCheckpointStore(dataDir);
      try {
        const keyPath = ledgerKey ?? files.ledgerKey;
        return await work({ log, checkpointStore, keyPath, identity: identityOf(log, checkpointStore, keyPath) });
      } finally {
        checkpointStore.close();
      }
    } finally {
      log.close();
    }
  } finally {
    lock.release();
  }
};
