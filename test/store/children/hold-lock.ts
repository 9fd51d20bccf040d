import { setImmediate } from 'node:timers/promises';
import { DataDirInUse, lockDataDir } from '../../../src/store/data-lock.ts';

/**
 * Takes the lock of a data directory, keeps no reference to it, collects the garbage and says on stdout how that went.
 * The lock is held until the process ends. Needs `--expose-gc`.
 */
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: hold-lock <dir>');

try {
  lockDataDir(dir);
  await setImmediate(); // what this turn still held is garbage in the next
  if (globalThis.gc === undefined) throw new Error('hold-lock needs --expose-gc');
  globalThis.gc();
  await setImmediate(); // and its finalizers have run
  console.log('locked');
  setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof DataDirInUse)) throw error;
  console.log(error.message);
}
