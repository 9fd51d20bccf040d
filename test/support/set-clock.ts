import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Environment } from './process.ts';
import { temporaryDir } from './app.ts';

/** The clock of a real process, turned while it runs (libfaketime). */

export type SetClock = {
  /** For the process. */
  readonly env: Environment;
  /** By how much its clock is off from now on, in seconds. */
  readonly offBy: (seconds: number) => void;
};

const DIRECTORIES = ['/usr/lib/x86_64-linux-gnu/faketime', '/usr/lib/aarch64-linux-gnu/faketime', '/usr/lib/faketime'];
const LIBRARY = 'libfaketimeMT.so.1';

const libraryPath = (): string | undefined =>
  DIRECTORIES.find((dir) => {
    try {
      return readdirSync(dir).includes(LIBRARY);
    } catch {
      return false;
    }
  });

/** Why there is none on this machine. */
export const NO_FAKETIME = 'libfaketime is not installed (Debian: faketime)';

export const hasFaketime = (): boolean => libraryPath() !== undefined;

export const setClock = (t: Pick<Test, 'teardown'>): SetClock => {
  const library = libraryPath();
  if (library === undefined) throw new Error(NO_FAKETIME);
  const file = join(temporaryDir(t), 'faketime');
  const offBy = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  offBy(0);
  return {
    // Timers and durations go on as they are: only what time it is changes.
    env: { LD_PRELOAD: join(library, LIBRARY), FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', DONT_FAKE_MONOTONIC: '1' },
    offBy,
  };
};
