import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type Ended, type Environment, type Server } from '../support/process.ts';
import { ask, tally } from './drill-http.ts';

/** Servers as `npm start` runs them, each a process with a data directory of its own. */

export type Replica = {
  readonly name: string;
  readonly dataDir: string;
  /** Undefined while it does not run. */
  readonly url: () => string | undefined;
  readonly start: () => Promise<void>;
  readonly stop: (signal: NodeJS.Signals) => Promise<Stopped>;
  /** Everything that its processes have logged as an error, and how often; then what came on stderr. */
  readonly complaints: () => Readonly<Record<string, number>>;
  readonly stderr: () => string;
};

export type Stopped = Ended & { readonly millis: number };

/** Processes started here that are to end with the drill, whatever becomes of it. */
export type Life = { readonly teardown: (end: () => Promise<unknown>) => void };

/** pino's. */
const ERROR_LEVEL = 50;

/** An error line with the names of streams taken out, so that what is one kind of error counts as one. */
const complaintOf = (line: string): string | undefined => {
  if (!line.startsWith('{"level":')) return undefined;
  // The cast is the edge: the program's own log.
  const { level, msg, err } = JSON.parse(line) as {
    readonly level: number;
    readonly msg?: string;
    readonly err?: { readonly message?: string };
  };
  if (level < ERROR_LEVEL) return undefined;
  return `${msg ?? ''} [${err?.message ?? ''}]`.replaceAll(/(?:task|directive)-[\w-]+/gu, '…');
};

const completeLines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

export const createReplica = (life: Life, name: string, dataDir: string, env: Environment): Replica => {
  const servers: Server[] = [];
  let running: Server | undefined;
  return {
    name,
    dataDir,
    url: () => running?.url,
    start: async () => {
      const server = await startServer(life, dataDir, env);
      servers.push(server);
      running = server;
    },
    stop: async (signal) => {
      const begun = performance.now();
      const stopping = running;
      running = undefined;
      if (stopping === undefined) throw new Error(`${name} does not run`);
      return { ...(await stopping.kill(signal)), millis: performance.now() - begun };
    },
    complaints: () => tally(servers.flatMap(({ stdout }) => completeLines(stdout()).flatMap((line) => complaintOf(line) ?? []))),
    stderr: () => servers.map(({ stderr }) => stderr()).join(''),
  };
};

/** One office, one log: replicas that share their keys. */
export const shareKeys = (from: Replica, to: Replica): void =>
  cpSync(join(from.dataDir, 'keys'), join(to.dataDir, 'keys'), { recursive: true });

const keysOf = ({ dataDir }: Replica): string => join(dataDir, 'keys');

/** A log goes on under the keys that it has: those of an earlier drill on the same cluster. */
export const takeKeys = (kept: string | undefined, replica: Replica): void => {
  if (kept !== undefined && existsSync(kept)) cpSync(kept, keysOf(replica), { recursive: true });
};
export const keepKeys = (replica: Replica, kept: string | undefined): void => {
  if (kept !== undefined) cpSync(keysOf(replica), kept, { recursive: true });
};

const POLL_MILLIS = 100;

/** @throws Error  it is not ready within that time, and why */
export const untilReady = async ({ name, url }: Replica, seconds: number): Promise<void> => {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const reply = await ask(url(), { path: '/health/ready' });
    if (reply.status === 200) return;
    if (performance.now() > end) throw new Error(`${name} is not ready after ${seconds} s: ${reply.text}`);
    await sleep(POLL_MILLIS);
  }
};

/** A number of its /metrics. */
export const measured = async ({ url }: Replica, name: string): Promise<number> => {
  const { text } = await ask(url(), { path: '/metrics' });
  return Number(new RegExp(String.raw`^${name} (\S+)$`, 'mu').exec(text)?.[1] ?? Number.NaN);
};

/** Waits until all have one head, and the same for a while. Gives it. */
export const untilAlike = async (replicas: readonly Replica[], seconds: number): Promise<number> => {
  const heads = (): Promise<readonly number[]> => Promise.all(replicas.map((replica) => measured(replica, 'duban_log_head_position')));
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const before = await heads();
    await sleep(10 * POLL_MILLIS);
    const after = await heads();
    const all = new Set([...before, ...after]);
    const [head = Number.NaN] = all;
    if (all.size === 1 && !Number.isNaN(head)) return head;
    if (performance.now() > end) throw new Error(`after ${seconds} s the heads are ${after.join(' and ')}`);
  }
};
