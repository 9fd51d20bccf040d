import { test } from 'tap';
import { inRounds, SEED } from './rounds.ts';

/**
 * Whatever is asked, of any call, by anybody: never a 5xx but a 503 that says when to try again; every answer is one that the
 * document names and fits its schema; no event without a 2xx and no 2xx without its events; ready afterwards.
 * `npm run fuzz` sends a hundred thousand.
 */

await test('requests made from the document are answered as it says, whoever sends them', { timeout: 7_200_000 }, (t) => inRounds(t, SEED));
