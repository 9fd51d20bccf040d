import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Abuse } from './abuser.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { load, type PreparedRequest } from './load.ts';
import { openCaughtUp } from './logs.ts';
import { startServer, type StartedServer } from './started-server.ts';
import { quantile } from './statistics.ts';
import { JUDGED, periodOf } from './synthetic.ts';

const EVENTS = 10_000;
const OTHERS = 10;
const TASKS = 100;
const ROUNDS = 3;
/** For what is asked at first to have its effect. */
const SETTLED_MILLIS = 1_000;

type Kind = Pick<Abuse, 'path' | 'connections' | 'pipelined' | 'reads'>;

const HEAVY = `/v1/obligations?directive=${JUDGED.directive}&limit=500`;
const abuses: Readonly<Record<string, Kind>> = {
  'one connection, 64 heavy reads under way': { path: HEAVY, connections: 1, pipelined: 64, reads: true },
  '200 heavy reads at once': { path: HEAVY, connections: 200, pipelined: 1, reads: true },
  '200 boards at once': {
    path: `/v1/progress?directive=${JUDGED.directive}&by=unit`,
    connections: 200,
    pipelined: 1,
    reads: true,
  },
  '400 streams that nobody reads, all let in': { path: '/v1/log/stream?after=0', connections: 400, pipelined: 1, reads: false },
};

/** Runs `work` while a client of another subject does its worst. */
const beside = async <Result>(abuse: Abuse, work: () => Promise<Result>): Promise<Result> => {
  const child = fork(new URL('abuser.ts', import.meta.url), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  try {
    child.send(abuse);
    await once(child, 'message');
    await sleep(SETTLED_MILLIS);
    return await work();
  } finally {
    child.disconnect();
    await exited;
  }
};

export const abuse: Benchmark = {
  name: 'abuse',
  question: 'How long others wait for their answers while one client takes all it can get',
  run: async ({ quick, logs }) => {
    const dataDir = logs.reporting(EVENTS);
    await (await openCaughtUp(dataDir)).close();
    const key = await loadLocalKey(dataDir);
    const tokenOf = async (sub: string): Promise<string> => `Bearer ${await mintToken(key, { role: 'auditor', sub, ttl: 86_400 })}`;
    const [authorization, greedy] = [await tokenOf('others'), await tokenOf('greedy')];
    const paths = [
      ...Array.from({ length: TASKS }, (_, n) => `/v1/tasks/${JUDGED.task(n)}`),
      ...Array.from({ length: 6 }, (_, n) => `/v1/compliance?directive=${JUDGED.directive}&period=${periodOf(JUDGED.year, n + 1)}`),
      `/v1/tasks?directive=${JUDGED.directive}`,
    ];
    const requests = Array.from({ length: quick ? 1_000 : 3_000 }, (_, n): PreparedRequest => ({
      method: 'GET',
      path: paths[n % paths.length] ?? '/',
      headers: { authorization },
    }));
    const server: StartedServer = await startServer({ kind: 'duban', dataDir, manyStreams: true });
    const p99 = async (): Promise<number> => quantile((await load(server.url, OTHERS, requests, 200)).latencies, 0.99);
    const port = Number(new URL(server.url).port);
    try {
      await p99(); // warms up
      const before = await server.memory();
      const grown: number[] = [];
      const alone: number[] = [];
      const figures: Figure[] = [];
      for (const [name, kind] of Object.entries(abuses)) {
        const ratios: number[] = [];
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const without = await p99();
          const during = await beside({ ...kind, port, authorization: greedy }, async () => {
            const found = await p99();
            if (!kind.reads) grown.push((await server.memory()).now - before.now);
            return found;
          });
          alone.push(without);
          times.push(during);
          ratios.push(during / without);
        }
        figures.push(
          { name: `${name}: p99 of others`, value: quantile(times, 0.5), unit: 'ms' },
          { name: `${name}: of alone`, value: quantile(ratios, 0.5), unit: '×', aim: { at: 'most', value: 5 } },
        );
      }
      return [
        { name: `alone, ${OTHERS} connections: p99`, value: quantile(alone, 0.5), unit: 'ms' },
        ...figures,
        { name: 'memory with those streams, more than before all of it', value: quantile(grown, 1), unit: 'MiB' },
      ];
    } finally {
      await server.stop();
    }
  },
};
