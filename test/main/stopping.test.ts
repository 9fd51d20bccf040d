import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test, type Test } from 'tap';
import { writeLog } from '../bench/logs.ts';
import { reportingOffice } from '../bench/synthetic.ts';
import { seededDir, temporaryDir } from '../support/app.ts';
import { freePort, startProgram, startServer, tokenFor, type Program } from '../support/process.ts';

/** Told to stop, the service stops soon in whatever state it is, and everybody hears what became of what they sent. */

/** Connections that never end are closed after 4 s; at 8 s the process would say that it could not stop. */
const GRACE_MILLIS = 7_500;

const stops = async (t: Test, program: Program, signal: NodeJS.Signals, words: string): Promise<void> => {
  const begun = performance.now();
  t.match(await program.kill(signal), { code: 0, signal: null }, words);
  const took = performance.now() - begun;
  t.ok(took < GRACE_MILLIS, `${words}: after ${Math.round(took)} ms`);
  t.equal(program.stderr(), '', words);
};

type Sent = { readonly key: string; readonly closes: boolean; readonly status: number; readonly position: number };

/** One request of a client that keeps its connection. */
const post = async (url: string, agent: Agent, token: string, key: string): Promise<Sent> => {
  const body = JSON.stringify({ id: `dan-wei-${key}`, name: `单位${key}` });
  const sent = request(url, {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  sent.once('error', (error) => reject(Object.assign(error, { reused: sent.reusedSocket })));
  sent.once('response', (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    answer.once('error', reject);
    answer.once('end', () => {
      const { position = 0 } = JSON.parse(text) as { readonly position?: number };
      resolve({ key, closes: answer.headers.connection === 'close', status: answer.statusCode ?? 0, position });
    });
  });
  sent.end(body);
  return promise;
};

const CLIENTS = 40;

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  await test(`${signal}: clients that keep their connections get their last answers, and are told that they are the last`, async (t) => {
    const dataDir = await seededDir(t);
    const server = await startServer(t, dataDir);
    const office = await tokenFor(dataDir, { role: 'office' });
    const answered: Sent[] = [];
    const lost: string[] = [];
    let last = 0;
    const client = async (n: number): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let count = 0; ; count += 1)
        try {
          const sent = await post(`${server.url}/v1/units`, agent, office, `${n}-${count}`);
          answered.push(sent);
          if (sent.closes) {
            last += 1;
            agent.destroy();
            return; // and goes to another server, or comes back later
          }
          if (n % 2 === 0) await sleep(20); // half of them are idle for a while between two requests
        } catch (error) {
          const { code, reused } = error as NodeJS.ErrnoException & { readonly reused?: boolean }; // what `post` rejects with
          lost.push(`${code} on a ${reused === true ? 'kept' : 'new'} connection`);
          return;
        }
    };
    const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(idle, 'connect');
    const idleEnd = once(idle, 'close');
    const clients = Array.from({ length: CLIENTS }, (_, n) => client(n));
    while (answered.length < 4 * CLIENTS) await sleep(5);
    const stream = await fetch(`${server.url}/v1/log/stream`, { headers: { authorization: `Bearer ${office}` } });
    await stops(t, server, signal, 'under load, with an idle connection and an open stream');
    await Promise.all(clients);
    await idleEnd;
    await stream.text();
    t.same(lost, [], `of ${answered.length} requests none was left without an answer`);
    t.equal(last, CLIENTS, 'each client was told with its last answer that the connection closes');
    t.same(new Set(answered.map(({ status }) => status)), new Set([201]));

    await t.test('and what was acknowledged is there', async (tt) => {
      const again = await startServer(tt, dataDir);
      const log = await fetch(`${again.url}/v1/log/events?after=508`, {
        headers: { authorization: `Bearer ${office}`, accept: 'application/x-ndjson' },
      });
      const units = (await log.text())
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { readonly data: { readonly unit?: string } }).data.unit);
      tt.same(
        answered.filter(({ key, position }) => units[position - 509] !== `dan-wei-${key}`),
        [],
      );
      await stops(tt, again, signal, 'idle');
    });
  });

await test('a request that never ends and a reader that stalls do not hold it up for longer than the grace', async (t) => {
  const dataDir = await seededDir(t);
  const server = await startServer(t, dataDir);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST /v1/units HTTP/1.1\r\nhost: duban\r\ncontent-type: application/json\r\ncontent-length: 100\r\n');
  socket.write(`authorization: Bearer ${await tokenFor(dataDir, { role: 'office' })}\r\n\r\n{"unit":`);
  await fetch(`${server.url}/health/live`);
  await stops(t, server, 'SIGTERM', 'with half a request');
});

await test('before it has started, while it imports, while it rebuilds: it stops', async (t) => {
  const empty = temporaryDir(t);
  const unstarted = startProgram(t, ['serve'], { DATA_DIR: empty, PORT: '0' });
  await sleep(400); // the modules are being loaded, or the directory opened
  const { code, signal } = await unstarted.kill('SIGTERM');
  t.ok(code === 0 || signal === 'SIGTERM', `unstarted: ${code} ${signal}`);

  const importing = startProgram(t, ['serve'], { DATA_DIR: empty, PORT: '0' });
  await importing.says(/the log is empty: importing|going on with/u);
  await stops(t, importing, 'SIGTERM', 'importing');
  const done = await startServer(t, empty);
  const read = await fetch(`${done.url}/v1/tasks?limit=500`, {
    headers: { authorization: `Bearer ${await tokenFor(empty, { role: 'office' })}` },
  });
  t.equal(((await read.json()) as { readonly items: readonly object[] }).items.length, 197, 'the import went on at the next start');
  await stops(t, done, 'SIGINT', 'serving');

  const large = temporaryDir(t);
  writeLog(large, reportingOffice({ directives: 2, tasks: 100, carriers: 3, units: 120 }).take(25_000));
  const rebuilding = startProgram(t, ['serve'], { DATA_DIR: large, PORT: '0', SEED: 'none' });
  await rebuilding.says(/rebuilding the views/u);
  await sleep(300);
  t.notMatch(rebuilding.stdout(), /the views are rebuilt/u);
  await stops(t, rebuilding, 'SIGTERM', 'rebuilding');
  rmSync(join(large, 'views.sqlite'), { force: true });
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  await test(`${signal} to npm start stops the server`, async (t) => {
    const dataDir = await seededDir(t);
    const port = await freePort();
    const npm = spawn('npm', ['start'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', HOME: temporaryDir(t), DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(npm, 'close');
    let said = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const live = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/health/live`).then(
        () => true,
        () => false,
      );
    while (!(await live())) await sleep(20);
    npm.kill(signal);
    await ended;
    t.match(said, new RegExp(`${signal}: stopping[^]*"stopped"`, 'u'));
    t.notOk(await live(), 'the port is free');
    const again = await startServer(t, dataDir, { PORT: String(port) });
    await stops(t, again, signal, 'and so is the directory');
  });
