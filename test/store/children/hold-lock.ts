import { DataDirInUse, lockDataDir } from '../../../src/store/data-lock.ts';

/** Takes the lock of a data directory and holds it until the process ends; says on stdout how that went. */
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: hold-lock <dir>');

try {
  lockDataDir(dir);
  console.log('locked');
  setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof DataDirInUse)) throw error;
  console.log(error.message);
}
