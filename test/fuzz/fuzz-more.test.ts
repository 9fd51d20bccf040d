import { test } from 'tap';
import { fuzz } from './fuzz.ts';
import { holds, inRounds, RUNS, SEED } from './rounds.ts';

/** The other half of them, and some by a socket. */

const BY_SOCKET = 500;
/** Far from the seeds of the first half. */
const OTHER_SEED = SEED + 1_000_000;

await test('other requests made from the document are answered as it says', { timeout: 7_200_000 }, (t) => inRounds(t, OTHER_SEED));

await test('and so they are over a socket', { timeout: 7_200_000 }, async (t) => {
  holds(t, await fuzz({ runs: Math.max(BY_SOCKET, Math.floor(RUNS / 10)), seed: OTHER_SEED - 1_000, overHttp: true }));
});
