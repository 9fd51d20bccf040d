import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { load, type PreparedRequest } from './load.ts';
import { openCaughtUp, writeLog, type Logs } from './logs.ts';
import { OFFICE, reports, tokens } from './reports.ts';
import { startServer, type StartedServer } from './started-server.ts';
import { interleave, median, medianRatio, quantile } from './statistics.ts';
import { assignedOffice } from './synthetic.ts';

const CONNECTIONS = 50;

/** A server on an office of its own, and the reports that it has not had. */
const office = async (logs: Logs, unproven: boolean) => {
  const dataDir = logs.empty();
  writeLog(dataDir, assignedOffice(OFFICE));
  return { next: reports(await tokens(dataDir)), server: await startServer({ kind: 'duban', dataDir, unproven }) };
};

const percent = (part: number): number => part * 100;

/** What the tree and its signatures take of the durable reports a second; leaf hashes are part of the events either way. */
const shareOfWrites = async (quick: boolean, logs: Logs): Promise<readonly Figure[]> => {
  const offices = await Promise.all([office(logs, false), office(logs, true)]);
  // Many short rounds: what else the machine does falls on both alike.
  const size = 3_000;
  const round =
    ({ server, next }: Awaited<ReturnType<typeof office>>) =>
    async () => {
      const part = Array.from({ length: size }, () => {
        const { value, done } = next.next();
        if (done === true) throw new Error('there is nothing left to report on');
        return value;
      });
      const before = await server.cpu();
      const { rate } = await load(server.url, CONNECTIONS, part, 201);
      return { rate, cpu: ((await server.cpu()) - before) / size };
    };
  try {
    const [proven, unproven] = offices;
    const [on, off] = [round(proven), round(unproven)];
    // There and back again, so that neither always comes second.
    const variants = { on, off, offAgain: off, onAgain: on };
    await interleave(1, variants); // warms up
    const measured = await interleave(quick ? 5 : 13, variants);
    const rounds = { proven: [...measured.on, ...measured.onAgain], unproven: [...measured.off, ...measured.offAgain] };
    const of = (name: keyof typeof rounds, figure: 'rate' | 'cpu'): readonly number[] => rounds[name].map((one) => one[figure]);
    return [
      { name: 'durable reports, proven', value: median(of('proven', 'rate')), unit: 'req/s' },
      { name: 'durable reports, unproven', value: median(of('unproven', 'rate')), unit: 'req/s' },
      {
        name: 'share of the ledger',
        value: percent(1 - medianRatio(of('proven', 'rate'), of('unproven', 'rate'))),
        unit: '%',
        aim: { at: 'most', value: 15 },
      },
      { name: 'more CPU of a report', value: percent(medianRatio(of('proven', 'cpu'), of('unproven', 'cpu')) - 1), unit: '%' },
    ];
  } finally {
    await Promise.all(offices.map(({ server }) => server.stop()));
  }
};

/** Receipts of events all over a log, one request at a time. */
const receipts = async (quick: boolean, size: number, logs: Logs): Promise<readonly Figure[]> => {
  const dataDir = logs.reporting(size);
  await (await openCaughtUp(dataDir)).close(); // which signs what there is
  const authorization = `Bearer ${await mintToken(await loadLocalKey(dataDir), { role: 'auditor', ttl: 86_400 })}`;
  const server: StartedServer = await startServer({ kind: 'duban', dataDir });
  try {
    const count = quick ? 1_000 : 5_000;
    // Steps of a prime: no two neighbours share a tile.
    const request = (n: number): PreparedRequest => ({
      method: 'GET',
      path: `/v1/log/events/${derivedId('synthetic', String((n * 611_953) % size))}/proof`,
      headers: { authorization },
    });
    await load(
      server.url,
      1,
      Array.from({ length: 500 }, (_, n) => request(n)),
      200,
    ); // warms up
    const before = await server.cpu();
    const { latencies } = await load(
      server.url,
      1,
      Array.from({ length: count }, (_, n) => request(500 + n)),
      200,
    );
    const cpu = ((await server.cpu()) - before) / count;
    const at = size.toLocaleString('en');
    const aim = { at: 'most', value: 2 } as const;
    return [
      { name: `receipt p50, ${at}`, value: quantile(latencies, 0.5), unit: 'ms', aim },
      { name: `receipt p95, ${at}`, value: quantile(latencies, 0.95), unit: 'ms', aim },
      { name: `receipt p99, ${at}`, value: quantile(latencies, 0.99), unit: 'ms', aim },
      { name: `CPU of a receipt, ${at}`, value: cpu, unit: 'µs' },
    ];
  } finally {
    await server.stop();
  }
};

export const ledger: Benchmark = {
  name: 'ledger',
  question: `What the ledger takes of durable reports at ${CONNECTIONS} connections, and how long a receipt takes, one at a time`,
  run: async ({ quick, sizes, logs }) => [
    ...(await shareOfWrites(quick, logs)),
    ...(await receipts(quick, sizes.at(0) ?? 0, logs)),
    ...(await receipts(quick, sizes.at(-1) ?? 0, logs)),
  ],
};
