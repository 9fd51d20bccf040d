import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerKind, Usage } from './server.ts';

export type StartedServer = {
  readonly url: string;
  /** Ms from opening the data directory until its views held all of the log. */
  readonly caughtUpAfter: number;
  /** CPU time of that, µs. */
  readonly caughtUpCpu: number;
  /** CPU time of its process so far, µs. */
  readonly cpu: () => Promise<number>;
  /** MiB of it in memory, now and at most. */
  readonly memory: () => Promise<{ readonly now: number; readonly most: number }>;
  readonly stop: () => Promise<void>;
};

const MIB = 1024 * 1024;

/** Starts `server.ts` in a process of its own, its request log discarded. `BENCH_CPU_PROF` names a directory for V8 profiles of it. */
export const startServer = async (kind: ServerKind): Promise<StartedServer> => {
  const profiles = process.env['BENCH_CPU_PROF'];
  const child = fork(new URL('server.ts', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv:
      profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${kind.kind}-${Date.now()}.cpuprofile`],
  });
  const exited = once(child, 'exit');
  // The casts are the edge between processes: these are what `server.ts` sends.
  const answer = async <Answer>(): Promise<Answer> => {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [Answer | number | null];
    if (typeof message !== 'object' || message === null) throw new Error(`the server ended with code ${String(message)}`);
    return message;
  };
  child.send(kind);
  const usage = async (): Promise<Usage> => {
    const next = answer<Usage>();
    child.send('usage');
    return next;
  };
  type Started = { readonly port: number; readonly caughtUpAfter: number; readonly caughtUpCpu: number };
  const { port, caughtUpAfter, caughtUpCpu } = await answer<Started>();
  return {
    url: `http://127.0.0.1:${port}`,
    caughtUpAfter,
    caughtUpCpu,
    cpu: async () => (await usage()).cpu,
    memory: async () => {
      const { memory, most } = await usage();
      return { now: memory / MIB, most: most / MIB };
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
};
