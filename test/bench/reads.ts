import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { load, type PreparedRequest } from './load.ts';
import { openCaughtUp } from './logs.ts';
import { startServer, type StartedServer } from './started-server.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { JUDGED } from './synthetic.ts';

const CONNECTIONS = 50;
const TASKS = 100;
const EVENTS = 10_000;

type Answer = { readonly body: string; readonly etag: string };

const ask = async (url: string, headers: Readonly<Record<string, string>>): Promise<Answer> => {
  const response = await fetch(url, { headers });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${body}`);
  return { body, etag: response.headers.get('etag') ?? '' };
};

type Round = { readonly rate: number; readonly cpu: number };

export const reads: Benchmark = {
  name: 'reads',
  question: 'Reading a task, a list of 100 and what the reader has already, against a bare Fastify GET that sends the same bytes',
  run: async ({ quick, logs }) => {
    const dataDir = logs.reporting(EVENTS);
    await (await openCaughtUp(dataDir)).close();
    const authorization = `Bearer ${await mintToken(await loadLocalKey(dataDir), { role: 'auditor', ttl: 86_400 })}`;
    const paths = Array.from({ length: TASKS }, (_, n) => `/v1/tasks/${JUDGED.task(n)}`);
    const listPath = `/v1/tasks?directive=${JUDGED.directive}&limit=${TASKS}`;
    const servers: StartedServer[] = [];
    const start = async (kind: Parameters<typeof startServer>[0]): Promise<StartedServer> => {
      const server = await startServer(kind);
      servers.push(server);
      return server;
    };
    const round =
      (server: StartedServer, requests: readonly PreparedRequest[], count: number, status: number) => async (): Promise<Round> => {
        const before = await server.cpu();
        const { rate } = await load(
          server.url,
          CONNECTIONS,
          Array.from({ length: count }, (_, n) => requests[n % requests.length] ?? { method: 'GET', path: '/', headers: {} }),
          status,
        );
        return { rate, cpu: ((await server.cpu()) - before) / count };
      };
    try {
      const duban = await start({ kind: 'duban', dataDir });
      const tasks = await Promise.all(paths.map((path) => ask(`${duban.url}${path}`, { authorization })));
      const list = await ask(`${duban.url}${listPath}`, { authorization });
      const bareOne = await start({ kind: 'bare', status: 200, body: tasks[0]?.body ?? '' });
      const bareList = await start({ kind: 'bare', status: 200, body: list.body });
      const one = paths.map((path): PreparedRequest => ({ method: 'GET', path, headers: { authorization } }));
      const known = paths.map((path, n): PreparedRequest => ({
        method: 'GET',
        path,
        headers: { authorization, 'if-none-match': tasks[n]?.etag ?? '' },
      }));
      const many = [{ method: 'GET', path: listPath, headers: { authorization } }];
      const knownMany = [{ method: 'GET', path: listPath, headers: { authorization, 'if-none-match': list.etag } }];
      const count = quick ? 3_000 : 10_000;
      const variants = {
        bareOne: round(bareOne, one, count, 200),
        one: round(duban, one, count, 200),
        known: round(duban, known, count, 304),
        bareList: round(bareList, many, count / 5, 200),
        list: round(duban, many, count / 40, 200),
        knownList: round(duban, knownMany, count, 304),
      };
      await interleave(2, variants); // warms up
      const measured = await interleave(quick ? 3 : 5, variants);
      const rates = (name: keyof typeof variants): readonly number[] => measured[name].map(({ rate }) => rate);
      const cpu = (name: keyof typeof variants): number => median(measured[name].map((found) => found.cpu));
      const figures: readonly Figure[] = [
        { name: 'one task', value: median(rates('one')), unit: 'req/s' },
        { name: 'bare GET', value: median(rates('bareOne')), unit: 'req/s' },
        { name: 'one task of bare', value: medianRatio(rates('one'), rates('bareOne')), unit: '×' },
        { name: 'not modified', value: median(rates('known')), unit: 'req/s' },
        { name: 'not modified of bare', value: medianRatio(rates('known'), rates('bareOne')), unit: '×' },
        { name: `list of ${TASKS}`, value: median(rates('list')), unit: 'req/s' },
        { name: `bare GET of ${Math.round(list.body.length / 1000)} kB`, value: median(rates('bareList')), unit: 'req/s' },
        { name: `list of ${TASKS} of bare`, value: medianRatio(rates('list'), rates('bareList')), unit: '×' },
        { name: `list of ${TASKS}, not modified`, value: median(rates('knownList')), unit: 'req/s' },
        { name: 'CPU of one task', value: cpu('one'), unit: 'µs' },
        { name: 'CPU of not modified', value: cpu('known'), unit: 'µs' },
        { name: 'CPU of a bare GET', value: cpu('bareOne'), unit: 'µs' },
        { name: `CPU of a list of ${TASKS}`, value: cpu('list'), unit: 'µs' },
      ];
      return figures;
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
