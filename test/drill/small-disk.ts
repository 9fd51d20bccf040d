import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../../src/kernel/error-code.ts';
import type { Round } from './drill.ts';

/** A file system of its own, small, and in memory. */
export type SmallDisk = {
  readonly path: string;
  /** Leaves so many bytes free, no more. */
  readonly fill: (left: number) => void;
  readonly empty: () => void;
  readonly readOnly: (is: boolean) => void;
};

const mount = (...args: readonly string[]): void => void execFileSync('mount', args, { stdio: 'pipe' });
const unmount = (path: string): void => void execFileSync('umount', ['-l', path], { stdio: 'pipe' });

let able: boolean | undefined;

/** Why there is none here. */
export const noSmallDisk = (): string | undefined => {
  if (able === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'duban-mount-'));
    try {
      mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path);
      unmount(path);
      able = true;
    } catch {
      able = false;
    }
    rmSync(path, { recursive: true, force: true });
  }
  return able ? undefined : 'a file system of memory may not be mounted here: run as root, where mount is permitted';
};

export const smallDisk = ({ life, dir }: Pick<Round, 'life' | 'dir'>, megabytes: number): SmallDisk => {
  const path = join(dir, 'disk');
  mkdirSync(path);
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path);
  life.teardown(async () => unmount(path));
  const ballast = join(path, 'ballast');
  return {
    path,
    fill: (left) => {
      const { bavail, bsize } = statfsSync(path);
      try {
        writeFileSync(ballast, new Uint8Array(Math.max(0, bavail * bsize - left)));
      } catch (error) {
        if (!hasCode(error, 'ENOSPC')) throw error; // somebody else has taken of it meanwhile
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    readOnly: (is) => mount('-o', `remount,${is ? 'ro' : 'rw'}`, path),
  };
};
