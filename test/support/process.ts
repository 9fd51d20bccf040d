import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { loadLocalKey, mintToken, type TokenRequest } from '../../src/http/local-key.ts';

/** The program as those who run it have it: `node src/main/cli.ts`, its settings by environment, its exit codes and output. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

/** Of the test's own environment only what any process needs: what a test runner adds to it is not for the program. */
const environment = (more: Environment): Environment => ({
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url)),
  ...more,
});

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Program = {
  readonly pid: number | undefined;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>;
  /** Resolves once stdout matches; rejects where the program ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
};

/** A program that does not outlive its test. */
export const startProgram = (
  t: Pick<Test, 'teardown'>,
  args: readonly string[],
  env: Environment,
  /** Another than the command line. */
  program = 'src/main/cli.ts',
): Program => {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: ROOT,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const heard = new EventTarget();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => {
      said[stream] += text;
      heard.dispatchEvent(new Event('said'));
    });
  }
  // `close` rather than `exit`: then all that it wrote has been read.
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    heard.dispatchEvent(new Event('said'));
    return { code: code as number | null, signal: signal as NodeJS.Signals | null }; // what the event carries
  });
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let over = false;
  void ended.then(() => {
    over = true;
  });
  return {
    pid: child.pid,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    says: async (pattern) => {
      for (;;) {
        const match = pattern.exec(said.stdout);
        if (match !== null) return match;
        if (over) throw new Error(`the program ended without saying ${pattern}\n${said.stdout}\n${said.stderr}`);
        await once(heard, 'said');
      }
    },
  };
};

export const freePort = async (host = '127.0.0.1'): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

export type Server = Program & { readonly url: string };

const NOT_YET = /the service is starting|not known yet|being imported|the views are/u;

/** It listens before it can answer; what else may keep it from being ready is for the test. */
const untilAnswering = async (url: string): Promise<void> => {
  while (NOT_YET.test(await (await fetch(`${url}/health/ready`)).text())) await sleep(10);
};

/** The service on any free port, once it can answer. */
export const startServer = async (
  t: Pick<Test, 'teardown'>,
  dataDir: string,
  env: Environment = {},
  /** Another than the command line, that serves all the same. */
  by?: string,
): Promise<Server> => {
  const program = startProgram(t, ['serve'], { DATA_DIR: dataDir, PORT: '0', ...env }, by);
  const [, url = ''] = await program.says(/"msg":"listening on (http:\/\/[^"]+)"/u);
  await untilAnswering(url);
  return { ...program, url };
};

export type Ran = Ended & { readonly stdout: string; readonly stderr: string };

/** One command, to its end. */
export const runProgram = async (t: Pick<Test, 'teardown'>, args: readonly string[], env: Environment): Promise<Ran> => {
  const program = startProgram(t, args, env);
  const ended = await program.ended;
  return { ...ended, stdout: program.stdout(), stderr: program.stderr() };
};

/** A token of the directory's own key, without a program started for it. */
export const tokenFor = async (dataDir: string, request: Omit<TokenRequest, 'ttl'>): Promise<string> =>
  mintToken(await loadLocalKey(dataDir), { ttl: 3600, ...request });
