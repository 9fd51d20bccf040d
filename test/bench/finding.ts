import { buildApp } from '../../src/api/app.ts';
import { localAuth } from '../../src/http/auth.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp, writeLog } from './logs.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { assignedOffice } from './synthetic.ts';

const TASKS = 10_000;
const OFFICE = { directives: TASKS / 100, tasks: 100, carriers: 3, units: 120 };
const ROUNDS = 9;
const MOST_OF_ALL = 1.5;

/** What a clerk types, and how many tasks it finds. */
const queries = {
  'Chinese that a title has': { q: '第77项', finds: 100 },
  'Chinese that nothing has': { q: '第77项 海港', finds: 0 },
  'syllables of every title': { q: 'zhongdianrenwu', finds: TASKS },
  'initials of a unit': { q: 'd77j', finds: 252 },
  'letters that nothing has': { q: 'haigang', finds: 0 },
} as const;

/** Processor time of this thread, ms. */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export const finding: Benchmark = {
  name: 'finding',
  question: `What words cost: one page of ${TASKS.toLocaleString('en')} tasks by ?q=, against one without`,
  run: async ({ logs }) => {
    const dataDir = logs.empty();
    writeLog(dataDir, assignedOffice(OFFICE));
    const { services, clock, ids, readiness, measures, close } = await openCaughtUp(dataDir);
    const key = await loadLocalKey(dataDir);
    const app = await buildApp({ services, clock, ids, readiness, measures, auth: localAuth(key, { clock }) });
    const authorization = `Bearer ${await mintToken(key, { role: 'auditor', ttl: 86_400 })}`;
    const ask = async (q: string | undefined, finds: number): Promise<number> => {
      const begun = spent();
      const url = `/v1/tasks?limit=1${q === undefined ? '' : `&q=${encodeURIComponent(q)}`}`;
      const answer = await app.inject({ url, headers: { authorization } });
      const took = spent() - begun;
      const { total } = answer.json<{ readonly total: number }>();
      if (total !== finds) throw new Error(`${url}: ${total} tasks, not ${finds}`);
      return took;
    };
    try {
      const all = (): Promise<number> => ask(undefined, TASKS);
      for (let n = 0; n < 3; n += 1) await all();
      const first = await ask('第77项', 100);
      const asked = Object.entries(queries).map(([name, { q, finds }]) => [name, () => ask(q, finds)] as const);
      const variants: Readonly<Record<string, () => Promise<number>>> = { all, ...Object.fromEntries(asked) };
      await interleave(1, variants);
      const measured = await interleave(ROUNDS, variants);
      const without = measured['all'] ?? [];
      const figures: readonly Figure[] = [
        { name: 'without words', value: median(without), unit: 'ms' },
        { name: 'the first search after a start', value: first, unit: 'ms' },
        ...asked.map(([name]): Figure => {
          const value = medianRatio(measured[name] ?? [], without);
          return { name: `${name}, of that`, value, unit: '×', aim: { at: 'most', value: MOST_OF_ALL } };
        }),
      ];
      return figures;
    } finally {
      await app.close();
      await close();
    }
  },
};
