import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/api/app.ts';
import type { Duban } from '../../src/main/duban.ts';
import { localAuth } from '../../src/http/auth.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { load } from './load.ts';
import { openCaughtUp } from './logs.ts';
import { checkPlans } from './plans.ts';
import { startServer } from './started-server.ts';
import { interleave, median, quantile } from './statistics.ts';
import { carriersOf, JUDGED, periodOf } from './synthetic.ts';

/** A day in the judged year on which half of it has been reported on: positions of that day are old in every log. */
const THEN = { instant: Date.UTC(JUDGED.year, 6, 20), day: `${JUDGED.year}-07-20` } as const;
const MONTHS_THEN = 6;

/** A log that stays open, and what is asked of it. */
type Opened = { readonly duban: Duban; readonly app: FastifyInstance; readonly authorization: string; readonly past: number };

const open = async (dataDir: string): Promise<Opened> => {
  const duban = await openCaughtUp(dataDir);
  const { services, clock, ids, readiness, measures } = duban;
  const key = await loadLocalKey(dataDir);
  const app = await buildApp({ services, clock, ids, readiness, measures, auth: localAuth(key, { clock }) });
  const authorization = `Bearer ${await mintToken(key, { role: 'auditor', ttl: 86_400 })}`;
  return { duban, app, authorization, past: services.store.positionAt(THEN.instant) };
};

const unitAsked = (n: number): string => carriersOf({ directives: 1, tasks: 0, carriers: 3, units: 120 }, 0, n)[0] ?? '';

/** The questions whose cost must not grow with the log; `n` varies what is asked, so that no answer is given twice running. */
const questions = {
  'due board, now': (n: number) => `/v1/compliance?directive=${JUDGED.directive}&period=${periodOf(JUDGED.year, (n % MONTHS_THEN) + 1)}`,
  'due board, then': (n: number, past: number) =>
    `/v1/compliance?directive=${JUDGED.directive}&period=${periodOf(JUDGED.year, (n % MONTHS_THEN) + 1)}` +
    `&asOf=@${past - (n % 100)}&on=${THEN.day}`,
  'one task, then': (n: number, past: number) => `/v1/tasks/${JUDGED.task(n % 100)}?asOf=@${past - (n % 100)}&on=${THEN.day}`,
  'a unit’s obligations, then': (n: number, past: number) =>
    `/v1/obligations?directive=${JUDGED.directive}&unit=${unitAsked(n % 40)}&asOf=@${past - (n % 100)}&on=${THEN.day}`,
} as const;

type Name = keyof typeof questions;
const names = Object.keys(questions) as readonly Name[]; // the record's own keys

/** Milliseconds that each of `count` questions took. */
const time = async ({ app, authorization, past }: Opened, name: Name, from: number, count: number): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let n = from; n < from + count; n += 1) {
    const begun = performance.now();
    const { statusCode, body } = await app.inject({ url: questions[name](n, past), headers: { authorization } });
    took.push(performance.now() - begun);
    if (statusCode !== 200) throw new Error(`${questions[name](n, past)}: ${statusCode} ${body}`);
  }
  return took;
};

const ROUNDS = 6;

export const board: Benchmark = {
  name: 'board',
  question: 'Whether reads of the present and of the past cost the same however long the log is',
  run: async ({ quick, sizes, logs, say }) => {
    const count = quick ? 20 : 50;
    const opened = new Map<number, Opened>();
    try {
      for (const size of sizes) opened.set(size, await open(logs.reporting(size)));
      const largest = opened.get(sizes.at(-1) ?? 0);
      if (largest !== undefined) checkPlans(largest.duban.services.views, largest.past, say);
      const figures: Figure[] = [];
      for (const name of names) {
        let from = 0;
        const variants = Object.fromEntries([...opened].map(([size, each]) => [String(size), () => time(each, name, from, count)]));
        await interleave(1, variants); // warms up
        from = count;
        const measured = await interleave(ROUNDS, variants);
        const p50 = new Map<number, number>();
        for (const size of sizes) {
          const took = measured[String(size)]?.flat() ?? [];
          p50.set(size, median(took));
          figures.push(
            { name: `${name}, ${size.toLocaleString('en')}: p50`, value: median(took), unit: 'ms' },
            { name: `${name}, ${size.toLocaleString('en')}: p95`, value: quantile(took, 0.95), unit: 'ms' },
          );
        }
        const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
        figures.push({
          name: `${name}: ${most.toLocaleString('en')} of ${least.toLocaleString('en')}`,
          value: (p50.get(most) ?? Number.NaN) / (p50.get(least) ?? Number.NaN),
          unit: '×',
          aim: { at: 'most', value: 1.5 },
        });
      }
      return figures;
    } finally {
      for (const { app, duban } of opened.values()) {
        await app.close();
        await duban.close();
      }
    }
  },
};

/** The same board over HTTP, in the largest log. */
export const boardOverHttp: Benchmark = {
  name: 'board-http',
  question: 'The due board over HTTP, in the largest log',
  run: async ({ quick, sizes, logs }) => {
    const dataDir = logs.reporting(sizes.at(-1) ?? 0);
    const log = await open(dataDir);
    await log.app.close();
    await log.duban.close();
    const server = await startServer({ kind: 'duban', dataDir });
    try {
      const { authorization, past } = log;
      const requests = (name: Name) =>
        Array.from({ length: quick ? 300 : 1_000 }, (_, n) => ({
          method: 'GET',
          path: questions[name](n, past),
          headers: { authorization },
        }));
      const variants = {
        'due board, now': () => load(server.url, 10, requests('due board, now'), 200),
        'due board, then': () => load(server.url, 10, requests('due board, then'), 200),
      };
      await interleave(1, variants);
      const measured = await interleave(3, variants);
      return (['due board, now', 'due board, then'] as const).flatMap((name): readonly Figure[] => [
        { name, value: median(measured[name].map(({ rate }) => rate)), unit: 'req/s' },
        {
          name: `${name}: p95, 10 at once`,
          value: quantile(
            measured[name].flatMap(({ latencies }) => latencies),
            0.95,
          ),
          unit: 'ms',
        },
      ]);
    } finally {
      await server.stop();
    }
  },
};
