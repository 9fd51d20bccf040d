import type { Benchmark, Figure } from './benchmark.ts';
import { load, type PreparedRequest } from './load.ts';
import { writeLog } from './logs.ts';
import { OFFICE, reports, tokens } from './reports.ts';
import { startServer, type StartedServer } from './started-server.ts';
import { interleave, median, medianRatio, quantile } from './statistics.ts';
import { assignedOffice } from './synthetic.ts';

const CONNECTIONS = 50;

type Round = { readonly rate: number; readonly cpu: number; readonly latencies: readonly number[] };

/** As the answer to a report: the bare server sends bytes of this size. */
const ANSWER = JSON.stringify({
  events: [{ id: '00000000-0000-8000-8000-000000000000', type: 'ReportSubmitted.v1', position: 10_000 }],
  subject: 'dan-wei-000-2023-01',
  revision: 12,
  position: 10_000,
  receipt: '/v1/log/events/00000000-0000-8000-8000-000000000000/proof',
});

export const writes: Benchmark = {
  name: 'writes',
  question: 'Durable reports a second over HTTP, against a bare Fastify POST and against one transaction for each request',
  run: async ({ quick, logs, say }) => {
    const servers: StartedServer[] = [];
    const start = async (kind: Parameters<typeof startServer>[0]): Promise<StartedServer> => {
      const server = await startServer(kind);
      servers.push(server);
      return server;
    };
    /** A server on an office of its own, and the reports that it has not had. */
    const office = async (maxBatch?: number) => {
      const dataDir = logs.empty();
      writeLog(dataDir, assignedOffice(OFFICE));
      const next = reports(await tokens(dataDir));
      const server = await start({ kind: 'duban', dataDir, ...(maxBatch === undefined ? {} : { maxBatch }) });
      return { server, next };
    };
    const round =
      ({ server, next }: { readonly server: StartedServer; readonly next: Iterator<PreparedRequest> }, requests: number) =>
      async (): Promise<Round> => {
        const part = Array.from({ length: requests }, () => {
          const { value, done } = next.next();
          if (done === true) throw new Error('there is nothing left to report on');
          return value;
        });
        const before = await server.cpu();
        const { rate, latencies } = await load(server.url, CONNECTIONS, part, 201);
        return { rate, latencies, cpu: ((await server.cpu()) - before) / requests };
      };
    try {
      const grouped = await office();
      const single = await office(1);
      const plain = { server: await start({ kind: 'bare', status: 201, body: ANSWER }), next: reports(await tokens(logs.empty())) };
      const size = quick ? 4_000 : 12_000;
      const variants = { bare: round(plain, size), duban: round(grouped, size), single: round(single, size / 4) };
      await interleave(1, variants); // warms up
      const measured = await interleave(quick ? 4 : 7, variants);
      const rates = (name: keyof typeof variants): readonly number[] => measured[name].map(({ rate }) => rate);
      const cpus = (name: keyof typeof variants): readonly number[] => measured[name].map(({ cpu }) => cpu);
      const latency = (q: number): number =>
        quantile(
          measured.duban.flatMap(({ latencies }) => latencies),
          q,
        );
      say(`duban ${rates('duban').map(Math.round).join(' ')} req/s`);
      return [
        { name: 'durable reports', value: median(rates('duban')), unit: 'req/s' },
        { name: 'bare POST', value: median(rates('bare')), unit: 'req/s' },
        { name: 'a transaction each', value: median(rates('single')), unit: 'req/s' },
        { name: 'of bare', value: medianRatio(rates('duban'), rates('bare')), unit: '×', aim: { at: 'least', value: 0.35 } },
        { name: 'of a transaction each', value: medianRatio(rates('duban'), rates('single')), unit: '×', aim: { at: 'least', value: 4 } },
        { name: 'latency p50', value: latency(0.5), unit: 'ms' },
        { name: 'latency p99', value: latency(0.99), unit: 'ms' },
        { name: 'CPU of a report', value: median(cpus('duban')), unit: 'µs' },
        { name: 'CPU of a bare POST', value: median(cpus('bare')), unit: 'µs' },
        { name: 'bare CPU of its CPU', value: medianRatio(cpus('bare'), cpus('duban')), unit: '×' },
      ] satisfies readonly Figure[];
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
