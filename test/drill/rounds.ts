import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Check } from '../cluster/drill-checks.ts';
import { seededDir } from '../support/app.ts';
import type { Drill, Outcome } from './drill.ts';

/** Drills, one round after another, each in a directory of its own that is gone when the round held. */

export type Ran = Outcome & { readonly seconds: number; readonly failed: readonly Check[]; readonly dir: string };

/** Numbers from a seed: a round that failed can be run again. */
const numbersFrom = (seed: string): (() => number) => {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32BE() / 2 ** 32;
  };
};

/** A directory with the notice in it, for all rounds. */
export const makeTemplate = (t: Pick<Test, 'teardown'>): Promise<string> => seededDir(t);

/** @param seed  what is random in the round follows from it */
export const runRound = async (drill: Drill, template: string, seed: string): Promise<Ran> => {
  const dir = mkdtempSync(join(tmpdir(), `duban-drill-${drill.name}-`));
  const ends: (() => Promise<unknown>)[] = [];
  const begun = performance.now();
  let outcome: Outcome;
  try {
    outcome = await drill.run({ life: { teardown: (end) => void ends.push(end) }, dir, template, random: numbersFrom(seed) });
  } catch (error) {
    const found = error instanceof Error ? (error.stack ?? error.message) : String(error);
    outcome = { commands: 0, acknowledged: 0, checks: [{ name: 'the round comes to its end', holds: false, found }] };
  }
  const failed = outcome.checks.filter(({ holds }) => !holds);
  if (failed.length > 0) keepDisk(dir);
  // What was begun last ends first: a process before the disk that it writes to.
  for (const end of ends.toReversed()) await Promise.resolve(end()).catch(() => undefined);
  if (failed.length === 0) rmSync(dir, { recursive: true, force: true });
  return { ...outcome, seconds: (performance.now() - begun) / 1000, failed, dir };
};

/** What is on a disk of the round's own would go with it. */
const keepDisk = (dir: string): void => {
  const kept = join(dir, 'kept');
  mkdirSync(kept);
  if (existsSync(join(dir, 'disk')))
    cpSync(join(dir, 'disk'), kept, { recursive: true, force: true, filter: (path) => !path.endsWith('ballast') });
};
