import autocannon, { type PreparedRequest, type Result } from 'autocannon';

export type { PreparedRequest };

const PATIENCE_SECONDS = 60;

export type Load = {
  /** Requests answered a second, from the first answer to the last. */
  readonly rate: number;
  /** Milliseconds from a request to its answer. */
  readonly latencies: readonly number[];
};

/**
 * Sends every request once, over `connections` connections that each wait for an answer before the next, in the
 * order given. Throws unless all are answered with `status`.
 */
export const load = async (url: string, connections: number, requests: readonly PreparedRequest[], status: number): Promise<Load> => {
  // Each connection has its own part, dealt out in turn, so that what is sent at one time stands together in the list.
  const parts = Array.from({ length: connections }, (_, part) => requests.filter((__, n) => n % connections === part));
  const latencies: number[] = [];
  let first = 0;
  let last = 0;
  let part = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const run = autocannon(
    {
      url,
      connections,
      amount: requests.length,
      sampleInt: 50,
      timeout: PATIENCE_SECONDS,
      setupClient: (client) => {
        client.setRequests(parts[part] ?? []);
        part += 1;
      },
    },
    (error, result) => (error === null ? resolve(result) : reject(error)),
  );
  run.on('response', (_client: unknown, _status: number, _bytes: number, millis: number) => {
    last = performance.now();
    if (first === 0) first = last;
    latencies.push(millis);
  });
  const { errors, timeouts, statusCodeStats } = await promise;
  if (errors > 0 || timeouts > 0 || statusCodeStats[status]?.count !== requests.length)
    throw new Error(`not all requests were answered with ${status}: ${JSON.stringify({ errors, timeouts, statusCodeStats })}`);
  return { rate: ((requests.length - 1) / (last - first)) * 1000, latencies };
};
