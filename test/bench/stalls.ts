import { setImmediate as nextTurn } from 'node:timers/promises';
import { seedDocument } from '../../seed/index.ts';
import { buildApp } from '../../src/api/app.ts';
import { localAuth } from '../../src/http/auth.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Role } from '../../src/http/principal.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp } from './logs.ts';
import { JUDGED, periodOf, unitId } from './synthetic.ts';

/** Events of a city's three years. */
const EVENTS = 100_000;
const QUICK_EVENTS = 30_000;
const ROUNDS = 3;
const MOST_MILLIS = 50;

/**
 * The longest stretch between two turns of the event loop while `work` goes on, in ms of the main thread's own
 * processor time: what a busy machine does to it meanwhile does not count, and garbage collection does.
 */
const longestStretch = async (work: () => Promise<void>): Promise<number> => {
  const spent = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = spent();
  let goesOn = true;
  const turn = (): void => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (goesOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  await nextTurn();
  goesOn = false;
  return longest;
};

type Asked = { readonly role: Role; readonly method?: 'POST'; readonly body?: object | string; readonly url: (n: number) => string };

const { directive, year } = JUDGED;
const read = (url: (n: number) => string): Asked => ({ role: 'auditor', url });
const unitOf = (n: number): string => unitId(n % 40);
const XLSX = '&format=xlsx';

const reads: Readonly<Record<string, Asked>> = {
  board: read((n) => `/v1/compliance?directive=${directive}&period=${periodOf(year, (n % 12) + 1)}`),
  'obligations of a directive': read((n) => `/v1/obligations?directive=${directive}&limit=${500 - n}`),
  'obligations as a sheet': read((n) => `/v1/obligations?directive=${directive}&limit=${500 - n}${XLSX}`),
  scorecard: read((n) => `/v1/units/${unitOf(n)}/scorecard?year=${year}`),
  'scorecard as a sheet': read((n) => `/v1/units/${unitOf(n + 5)}/scorecard?year=${year}${XLSX}`),
  plans: read((n) => `/v1/plans?directive=${directive}&limit=${500 - n}`),
  standings: read((n) => `/v1/standings?directive=${directive}&limit=${500 - n}`),
  progress: read((n) => `/v1/progress?directive=${directive}&by=${['unit', 'theme', 'leader'][n % 3]}`),
  measurements: read((n) => `/v1/measurements?directive=${directive}&limit=${500 - n}`),
  deadlines: read((n) => `/v1/deadlines?directive=${directive}&limit=${500 - n}`),
  gaps: read((n) => `/v1/gaps?directive=${directive}&limit=${500 - n}`),
  'tasks, 500': read((n) => `/v1/tasks?limit=${500 - n}`),
  'history of a task': read((n) => `/v1/tasks/${JUDGED.task(n)}/history?limit=500`),
  'the log, 500 events': read((n) => `/v1/log/events?after=${n * 500}&limit=500`),
};

export const stalls: Benchmark = {
  name: 'stalls',
  question: 'For how long one heavy call keeps the process from hearing others',
  run: async ({ quick, logs, say }) => {
    const dataDir = logs.reporting(quick ? QUICK_EVENTS : EVENTS);
    const duban = await openCaughtUp(dataDir);
    const { services, clock, ids, readiness, measures } = duban;
    const key = await loadLocalKey(dataDir);
    const app = await buildApp({ services, clock, ids, readiness, measures, auth: localAuth(key, { clock }) });
    const tokens = {
      auditor: `Bearer ${await mintToken(key, { role: 'auditor', ttl: 86_400 })}`,
      office: `Bearer ${await mintToken(key, { role: 'office', ttl: 86_400 })}`,
    };
    let snapshot = '';
    const ask = async (name: string, { role, method, body, url }: Asked, n: number): Promise<void> => {
      const authorization = role === 'office' ? tokens.office : tokens.auditor;
      const answer = await app.inject({
        method: method ?? 'GET',
        url: url(n),
        headers: { authorization, ...(typeof body === 'string' ? { 'content-type': 'text/plain' } : {}) },
        ...(body === undefined ? {} : { payload: body }),
      });
      if (answer.statusCode >= 300) throw new Error(`${name}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
      if (method === 'POST' && url(n) === '/v1/snapshots') snapshot = answer.json<{ readonly subject: string }>().subject;
    };
    const past = services.store.head().position - 1;
    const acts: Readonly<Record<string, Asked>> = {
      'a snapshot taken': { role: 'office', method: 'POST', body: { directive, asOf: `@${past}` }, url: () => '/v1/snapshots' },
      'a snapshot read': read(() => `/v1/snapshots/${snapshot}`),
      'a snapshot as a sheet': read(() => `/v1/snapshots/${snapshot}?format=xlsx`),
      'a document of 197 tasks committed': {
        role: 'office',
        method: 'POST',
        body: seedDocument().toString('utf8'),
        url: () => '/v1/directives/import?commit=true',
      },
      'a snapshot verified': { role: 'office', method: 'POST', url: () => `/v1/snapshots/${snapshot}/verify` },
    };
    try {
      const figures: Figure[] = [];
      // The library that writes sheets is read at the first one, which takes some 100 ms, once.
      await ask(
        'the first sheet',
        read(() => `/v1/directives/${directive}/findings?format=xlsx`),
        0,
      );
      for (const [name, asked] of Object.entries({ ...reads, ...acts })) {
        const took: number[] = [];
        for (let n = 0; n < ROUNDS; n += 1) took.push(await longestStretch(() => ask(name, asked, n)));
        say(`${name}: ${took.map((millis) => millis.toFixed(0)).join(', ')} ms`);
        figures.push({ name, value: Math.max(...took), unit: 'ms', aim: { at: 'most', value: MOST_MILLIS } });
      }
      return figures;
    } finally {
      await app.close();
      await duban.close();
    }
  },
};
