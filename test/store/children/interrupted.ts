import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createFile, replaceFile } from '../../../src/store/durable-file.ts';

/**
 * Does one operation on a file, and is interrupted before the call of the file system that it is told: `kill` ends the
 * process without warning, `fail` makes the call throw. Prints the calls made, if it gets so far.
 */

const [operation = '', path = '', content = '', how = '', at = ''] = process.argv.slice(2);
const calls: string[] = [];
/** Of open files. */
const paths = new Map<number, string>();

/** Calls that come after the operation are of no interest: the test runner has its own. */
let over = false;

const enter = (call: string): void => {
  if (over) return;
  calls.push(call);
  if (calls.length !== Number(at)) return;
  if (how === 'kill') process.kill(process.pid, 'SIGKILL');
  else throw new Error(`${call} failed as told`);
};
const nameOf = (file: unknown): string => (typeof file === 'number' ? (paths.get(file) ?? '?') : String(file));

// The casts: each stands for the function whose name it takes, and passes on what it was given.
const { openSync } = fs;
fs.openSync = ((file: string, flags: string, mode?: number) => {
  enter(`open ${file}`);
  const opened = openSync(file, flags, mode);
  paths.set(opened, file);
  return opened;
}) as typeof openSync;
for (const [name, word] of [
  ['writeFileSync', 'write'],
  ['fsyncSync', 'sync'],
  ['closeSync', 'close'],
  ['linkSync', 'link'],
  ['renameSync', 'rename'],
  ['mkdirSync', 'mkdir'],
  ['rmSync', 'rm'],
] as const) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      enter([word, nameOf(args[0]), ...(word === 'link' || word === 'rename' ? [args[1]] : [])].join(' '));
      return original(...args);
    },
  });
}
syncBuiltinESMExports(); // the operations call the functions above from here on

try {
  if (operation === 'create') createFile(path, content);
  else replaceFile(path, content);
} catch (error) {
  if (!String(error).includes('as told')) throw error;
  process.exitCode = 1;
} finally {
  over = true;
}
console.log(JSON.stringify(calls));
