import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dataFiles } from '../kernel/data-files.ts';
import { prepareDataDir } from './data-dir.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** Another process works in the data directory. `pid` is what it wrote there, undefined if it has not got to it yet. */
export class DataDirInUse extends Told {
  readonly dir: string;
  readonly pid: number | undefined;
  constructor(dir: string, pid: number | undefined) {
    super(say('store.in-use-by', { dir, holder: pid === undefined ? say('store.another-process') : say('store.process', { pid }) }));
    this.dir = dir;
    this.pid = pid;
  }
}

export type DataLock = { readonly release: () => void };

/** Locks held by this process. A connection that nothing refers to is closed with the garbage, and its lock with it. */
const held = new Set<DatabaseSync>();

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;

const pidIn = (path: string): number | undefined => {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Makes this process the only one in a data directory, which is made if need be. The lock is SQLite's on a file
 * of its own, so the operating system frees it however the process ends, and until then it is held though the
 * caller forgets it. The holder's pid stands in `lock.pid` beside it: reading the locked file itself would let go
 * of the lock (a process that closes any descriptor of a file loses its POSIX locks on it, fcntl(2)).
 * @throws DataDirInUse, PlaceUnusable
 */
export const lockDataDir = (dir: string): DataLock => {
  prepareDataDir(dir);
  const { lock, lockHolder } = dataFiles(dir);
  const db = new DatabaseSync(lock, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw isBusy(error) ? new DataDirInUse(dir, pidIn(lockHolder)) : error;
  }
  held.add(db);
  writeFileSync(lockHolder, `${process.pid}\n`);
  return {
    release: () => {
      if (!db.isOpen) return;
      rmSync(lockHolder, { force: true });
      db.close();
      held.delete(db);
    },
  };
};
