import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLocalKey, mintToken } from '../../../src/http/local-key.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { HARD_PATTERNS, HARD_SHAPES, type HardInput } from './inputs.ts';

/**
 * `npm run bench:import -- --hard`: a mebibyte of each hard input is sent to a server that answers others meanwhile. Seconds
 * to the draft and to reading it, the longest that the server's event loop was held up, and the longest that another reader
 * waited. `--patterns` adds the words of the reader's patterns, said again and again.
 */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

type Sent = { readonly method?: string; readonly body?: Buffer<ArrayBuffer>; readonly headers?: Readonly<Record<string, string>> };
type Asked = (path: string, sent?: Sent) => Promise<Response>;
type Server = { readonly ask: Asked; readonly longestDelay: () => Promise<number>; readonly stop: () => Promise<void> };

const startServer = async (): Promise<Server> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'duban-hard-'));
  const child = fork('src/main/cli.ts', ['serve'], {
    cwd: ROOT,
    silent: true,
    execArgv: ['--import', new URL('delays.ts', import.meta.url).href],
    env: { ...process.env, DATA_DIR: dataDir, SEED: 'none', PORT: '0', LOG_LEVEL: 'info', REQUESTS_PER_MINUTE: '1000000' },
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('its output is not piped');
  let base = '';
  stderr.pipe(process.stderr);
  for await (const line of createInterface({ input: stdout })) {
    base = /listening on (http:\S+?)["\s]/u.exec(`${line} `)?.[1] ?? '';
    if (base !== '') break;
  }
  stdout.resume();
  const token = await mintToken(await loadLocalKey(dataDir), { role: 'office', ttl: 86_400 }, systemClock);
  return {
    ask: (path, { headers = {}, ...sent } = {}) =>
      fetch(`${base}${path}`, { ...sent, headers: { authorization: `Bearer ${token}`, ...headers } }),
    longestDelay: async () => {
      child.send('delay');
      const [millis] = (await once(child, 'message')) as [number]; // the edge between processes
      return millis;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

type Hard = {
  readonly name: string;
  readonly status: number;
  /** Seconds to the answer to `POST`, and to that of `GET`. */
  readonly sent: number;
  readonly read: number;
  /** Milliseconds. */
  readonly delay: number;
  readonly waited: number;
};

const TYPES: ReadonlyMap<string, string> = new Map([
  ['txt', 'text/plain'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
]);

/** What another reader waits at most while something is done, and for how long the loop is held up. */
const meanwhile = async (
  { ask, longestDelay }: Server,
  work: () => Promise<void>,
): Promise<{ readonly delay: number; readonly waited: number }> => {
  const done = new AbortController();
  let waited = 0;
  const probe = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const began = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- one reader asks one thing after another
      await (await ask('/v1/units?limit=1')).arrayBuffer();
      waited = Math.max(waited, performance.now() - began);
      // oxlint-disable-next-line no-await-in-loop -- one reader asks one thing after another
      await sleep(2);
    }
  };
  await longestDelay();
  const probing = probe();
  await work();
  done.abort();
  await probing;
  return { delay: await longestDelay(), waited };
};

const measured = async (server: Server, { name, file, bytes }: HardInput): Promise<Hard> => {
  const body = Buffer.from(bytes());
  let [status, sent, read] = [0, 0, 0];
  const others = await meanwhile(server, async () => {
    const began = performance.now();
    const answer = await server.ask(`/v1/imports?name=${file}`, {
      method: 'POST',
      body,
      headers: { 'content-type': TYPES.get(file.split('.').at(-1) ?? '') ?? '', 'idempotency-key': crypto.randomUUID() },
    });
    await answer.arrayBuffer();
    const half = performance.now();
    const location = answer.headers.get('location');
    if (location !== null) await (await server.ask(location)).arrayBuffer();
    [status, sent, read] = [answer.status, (half - began) / 1000, (performance.now() - half) / 1000];
  });
  return { name, status, sent, read, ...others };
};

export const runHard = async (withPatterns: boolean, names: string | undefined): Promise<void> => {
  const server = await startServer();
  process.stdout.write(
    '| a mebibyte of | answer | POST, s | GET, s | loop held up, ms | others waited, ms |\n| --- | ---: | ---: | ---: | ---: | ---: |\n',
  );
  try {
    // What the machine does to a server that nobody sends anything.
    const alone = await meanwhile(server, () => sleep(3000));
    process.stdout.write(`| nothing, for 3 s | | | | ${alone.delay.toFixed(0)} | ${alone.waited.toFixed(0)} |\n`);
    const inputs = [...HARD_SHAPES, ...(withPatterns ? HARD_PATTERNS : [])].filter(
      ({ name }) => names === undefined || name.includes(names),
    );
    for (const input of inputs) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, so that each has the machine
      const { name, status, sent, read, delay, waited } = await measured(server, input);
      process.stdout.write(
        `| ${[name.replaceAll('|', '\\|'), status, sent.toFixed(2), read.toFixed(2), delay.toFixed(0), waited.toFixed(0)].join(' | ')} |\n`,
      );
    }
  } finally {
    await server.stop();
  }
};
