import { setTimeout as sleep } from 'node:timers/promises';
import { loadLocalKey } from '../../src/http/local-key.ts';
import { mintToken } from '../../src/http/local-key.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp } from './logs.ts';
import { startServer } from './started-server.ts';
import { quantile } from './statistics.ts';
import { JUDGED } from './synthetic.ts';

/** So many that all directives of the log together owe some 100,000 reports and plans. */
const EVENTS = 100_000;
const QUICK_EVENTS = 30_000;
const ROUNDS = 3;
const SAMPLE_EVERY_MS = 20;
const FORMATS = ['csv', 'xlsx'] as const;

type Fetched = { readonly firstByte: number; readonly millis: number; readonly bytes: number; readonly lines: number };

/** Reads an answer as it comes, and keeps nothing of it. */
const fetched = async (url: string, authorization: string): Promise<Fetched> => {
  const begun = performance.now();
  const answer = await fetch(url, { headers: { authorization } });
  if (!answer.ok || answer.body === null) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  let [bytes, lines, firstByte] = [0, 0, 0];
  for await (const chunk of answer.body) {
    firstByte ||= performance.now() - begun;
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  }
  return { firstByte, millis: performance.now() - begun, bytes, lines };
};

/** What the work gives, and the most memory of the server meanwhile, MiB. */
const watched = async <Result>(memory: () => Promise<number>, work: Promise<Result>): Promise<readonly [Result, most: number]> => {
  let most = 0;
  const over = { yet: false };
  const watching = (async () => {
    while (!over.yet) {
      most = Math.max(most, await memory());
      await sleep(SAMPLE_EVERY_MS);
    }
  })();
  try {
    return [await work, most];
  } finally {
    over.yet = true;
    await watching;
  }
};

export const sheets: Benchmark = {
  name: 'sheets',
  question: 'What a sheet of a whole city’s years takes, beside one of a single directive',
  run: async ({ quick, logs, say }) => {
    const dataDir = logs.reporting(quick ? QUICK_EVENTS : EVENTS);
    await (await openCaughtUp(dataDir)).close();
    const authorization = `Bearer ${await mintToken(await loadLocalKey(dataDir), { role: 'auditor', ttl: 86_400 })}`;
    const figures: Figure[] = [];
    for (const format of FORMATS) {
      // A server of its own for each, so that neither has what the other was given.
      const server = await startServer({ kind: 'duban', dataDir });
      try {
        const one = `${server.url}/v1/obligations?directive=${JUDGED.directive}&format=${format}`;
        await fetched(one, authorization); // its library is read, once
        const memories: number[] = [];
        const rounds: Fetched[] = [];
        const inMemory = async (): Promise<number> => (await server.memory()).now;
        const before = await inMemory();
        for (const url of [one, `${server.url}/v1/obligations?format=${format}`]) {
          for (let round = 0; round < ROUNDS; round += 1) {
            const [sheet, most] = await watched(inMemory, fetched(url, authorization));
            rounds.push(sheet);
            memories.push(most - before);
            say(`${format}: ${sheet.lines} lines, ${sheet.bytes} bytes, ${Math.round(sheet.millis)} ms, ${Math.round(most)} MiB at most`);
          }
        }
        const [single, whole] = [rounds.slice(0, ROUNDS), rounds.slice(ROUNDS)];
        const middle = (of: readonly Fetched[], pick: (each: Fetched) => number): number => quantile(of.map(pick), 0.5);
        figures.push(
          ...(format === 'csv' ? [{ name: 'rows of the whole', value: middle(whole, ({ lines }) => lines - 1), unit: 'rows' }] : []),
          { name: `${format}: size`, value: middle(whole, ({ bytes }) => bytes) / 1024 ** 2, unit: 'MiB' },
          { name: `${format}: whole`, value: middle(whole, ({ millis }) => millis), unit: 'ms' },
          { name: `${format}: to its first byte`, value: middle(whole, ({ firstByte }) => firstByte), unit: 'ms' },
          { name: `${format}: memory over that before, a directive`, value: Math.max(...memories.slice(0, ROUNDS)), unit: 'MiB' },
          {
            name: `${format}: memory over that before, the whole`,
            value: Math.max(...memories.slice(ROUNDS)),
            unit: 'MiB',
            aim: { at: 'most', value: 256 },
          },
          { name: `${format}: of one directive’s`, value: middle(single, ({ millis }) => millis), unit: 'ms' },
        );
      } finally {
        await server.stop();
      }
    }
    return figures;
  },
};
