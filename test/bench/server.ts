import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import { buildApp } from '../../src/api/app.ts';
import { openDuban, openDubanOnCluster } from '../../src/main/duban.ts';
import { localAuth } from '../../src/http/auth.ts';
import { DEFAULT_LIMITS } from '../../src/http/limits/limits.ts';
import { loadLocalKey } from '../../src/http/local-key.ts';
import { createLogger } from '../../src/main/logger.ts';

/**
 * A server in a process of its own, started by `startServer`: the application on a data directory, as `duban serve`
 * runs it, or a bare Fastify that parses a JSON body and answers given bytes. It says on which port it listens, and
 * what it has cost whenever it is asked.
 */

export type ServerKind =
  | {
      readonly kind: 'duban';
      readonly dataDir: string;
      /** Of a cluster that has the log; the directory then holds its mirror. */
      readonly cluster?: string;
      readonly maxBatch?: number;
      readonly unproven?: boolean;
      readonly manyStreams?: boolean;
    }
  | { readonly kind: 'bare'; readonly status: number; readonly body: string };

/** CPU time of the process so far, µs, and bytes of it in memory, now and at most. */
export type Usage = { readonly cpu: number; readonly memory: number; readonly most: number };

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** From opening the data directory until its views held all of the log: ms, and CPU time in µs. */
let caughtUpAfter = 0;
let caughtUpCpu = 0;

const duban = async ({ dataDir, cluster, maxBatch, unproven = false, manyStreams = false }: Extract<ServerKind, { kind: 'duban' }>) => {
  const logger = createLogger('info');
  const common = {
    dataDir,
    timeZone: 'Asia/Shanghai',
    unproven,
    onError: (error: unknown) => {
      throw error;
    },
  };
  const begun = performance.now();
  const before = cpu();
  const opened =
    cluster === undefined
      ? openDuban({ ...common, ...(maxBatch === undefined ? {} : { maxBatch }) })
      : await openDubanOnCluster({ ...common, url: cluster });
  while (!opened.caughtUp()) await sleep(20);
  await opened.projector.caughtUp();
  caughtUpAfter = performance.now() - begun;
  caughtUpCpu = cpu() - before;
  const { services, clock, ids, readiness, measures } = opened;
  const auth = localAuth(await loadLocalKey(dataDir), { clock, isRevoked: services.revocations.isRevoked });
  const streams = { ...DEFAULT_LIMITS.streams, ...(manyStreams ? { atOnce: 1_000, atOnceOfOne: 1_000 } : {}) };
  return buildApp({ services, clock, ids, readiness, measures, auth, logger, limits: { ...DEFAULT_LIMITS, streams } });
};

const bare = ({ status, body }: Extract<ServerKind, { kind: 'bare' }>) => {
  const app = fastify();
  app.all('/*', (_request, reply) => reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body));
  return app;
};

// The casts are the edge between processes: `startServer` alone starts this one, and what it sends first is the kind.
const [kind] = (await once(process, 'message')) as [ServerKind];
const app = kind.kind === 'duban' ? await duban(kind) : bare(kind);
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.on('message', () => {
  process.send?.({
    cpu: cpu(),
    memory: process.memoryUsage.rss(),
    most: process.resourceUsage().maxRSS * 1024,
  } satisfies Usage);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: typeof address === 'object' ? address?.port : undefined, caughtUpAfter, caughtUpCpu });
