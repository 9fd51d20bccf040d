import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dataFiles } from '../kernel/data-files.ts';
import { openCheckpointStore } from '../ledger/checkpoint-store.ts';
import { openLogFile } from '../store/log-file.ts';
import { markIn } from '../store/signed-mark.ts';

/** Whether a store of checkpoints, which a server may have open, holds one of at least this size. */
const holds = (path: string, size: number): boolean => {
  if (!existsSync(path)) return false;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare('SELECT 1 FROM checkpoint WHERE size >= ? LIMIT 1').get(size) !== undefined;
  } finally {
    db.close();
  }
};

/**
 * The log is copied last, and can speak of a checkpoint that was signed after the others were copied: the copy goes on
 * from those in it. Where the directory itself has lost what its log speaks of, the copy has lost it too.
 */
export const markAsCopied = (dataDir: string, out: string, logName: 'log' | 'mirror'): void => {
  const log = openLogFile(dataFiles(out)[logName]);
  try {
    const mark = markIn(log);
    const marked = mark.read();
    if (marked === undefined || !holds(dataFiles(dataDir).checkpoints, marked.size)) return;
    if (!existsSync(dataFiles(out).checkpoints)) return mark.write(undefined);
    const checkpointStore = openCheckpointStore(out);
    try {
      const last = checkpointStore.last();
      mark.write(last && { origin: marked.origin, ...last });
    } finally {
      checkpointStore.close();
    }
  } finally {
    log.close();
  }
};
