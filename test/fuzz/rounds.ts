import type { Test } from 'tap';
import { fuzz, type Outcome } from './fuzz.ts';

/** Requests in a row, each round in a world of its own: what they record makes the next ones slower. */

/** `FUZZ_RUNS` says how many in all, `FUZZ_SEED` which. Each of the two files of tests sends half of them. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 20_000) / 2;
export const SEED = Number(process.env['FUZZ_SEED'] ?? 2_023);
const ROUND = 10_000;

export const holds = (t: Test, { sent, statuses, succeeded, found, ready }: Outcome): void => {
  for (const { fault, request, seed } of found) t.fail(fault, { request, seed });
  t.equal(ready.status, 200, `ready after ${sent} requests`);
  t.comment(`${sent} requests, ${succeeded.size} operations with a 2xx: ${JSON.stringify([...statuses].toSorted(([a], [b]) => a - b))}`);
  // Otherwise little would have been tried.
  const good = [...statuses].filter(([status]) => status < 400).reduce((sum, [, count]) => sum + count, 0);
  t.ok(good > sent / 10, `${good} of them succeeded`);
};

export const inRounds = async (t: Test, seed: number): Promise<void> => {
  for (let done = 0; done < RUNS; done += ROUND) holds(t, await fuzz({ runs: Math.min(ROUND, RUNS - done), seed: seed + done }));
};
