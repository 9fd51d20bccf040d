import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type Test } from 'tap';
import { writeLog } from '../bench/logs.ts';
import { reportingOffice } from '../bench/synthetic.ts';
import { seededDir, temporaryDir } from '../support/app.ts';
import { startProgram, startServer, tokenFor } from '../support/process.ts';

/**
 * Clients that connect again at once while the service stops: each hears what became of what it sent, or is refused in
 * words, or finds nobody there.
 */

type Outcome = {
  readonly key: string;
  /** Of an answer. */
  readonly status?: number;
  readonly closes?: boolean;
  readonly retryAfter?: string | undefined;
  readonly body?: { readonly code?: string; readonly position?: number };
  /** Of none: the system's word, and whether the connection had been used before. */
  readonly failed?: string | undefined;
  readonly kept?: boolean;
};

const post = async (url: string, token: string, key: string, agent: Agent | false): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const sent = request(`${url}/v1/units`, {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
  });
  const fail = (error: NodeJS.ErrnoException): void => resolve({ key, failed: error.code, kept: sent.reusedSocket });
  sent.once('error', fail);
  sent.once('response', (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    answer.once('error', fail);
    answer.once('end', () =>
      resolve({
        key,
        status: answer.statusCode ?? 0,
        closes: answer.headers.connection === 'close',
        retryAfter: answer.headers['retry-after'],
        body: JSON.parse(text) as object, // a problem or the answer to a command
      }),
    );
  });
  sent.end(JSON.stringify({ id: `dan-wei-${key}`, name: `单位${key}` }));
  return promise;
};

/** Sends without pause, whatever it hears, until nobody listens any more. */
const stubborn = async (url: string, token: string, n: number, keeps: boolean, heard: Outcome[]): Promise<void> => {
  const agent = keeps ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
  for (let count = 0; ; count += 1) {
    const outcome = await post(url, token, `${n}-${count}`, agent);
    heard.push(outcome);
    if (outcome.failed === 'ECONNREFUSED') break;
  }
  if (agent !== false) agent.destroy();
};

const CLIENTS = 24;

const unitsIn = async (t: Test, dataDir: string, office: string): Promise<ReadonlySet<string>> => {
  const again = await startServer(t, dataDir, { SEED: 'none' });
  const log = await fetch(`${again.url}/v1/log/events?after=0`, {
    headers: { authorization: `Bearer ${office}`, accept: 'application/x-ndjson' },
  });
  const events = (await log.text())
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly data: { readonly unit?: string } });
  const units = new Set(events.flatMap(({ type, data }) => (type.startsWith('UnitRegistered') ? (data.unit ?? []) : [])));
  await again.kill('SIGTERM');
  return units;
};

/** What every outcome of a stop must be. */
const judge = async (t: Test, heard: readonly Outcome[], dataDir: string, office: string): Promise<void> => {
  // On a connection that both keep a client cannot tell whether the other end is just closing it: then nothing was done,
  // which the last sentence holds, and it is sent again.
  const failed = heard.filter(({ failed: code, kept }) => code !== undefined && code !== 'ECONNREFUSED' && kept !== true);
  t.same(failed, [], `of ${heard.length} none was cut off on a connection that was accepted`);
  const refused = heard.filter(({ status }) => status === 503);
  t.same(
    refused.filter(({ closes, retryAfter, body }) => body?.code === 'shutting-down' && !(closes === true && Number(retryAfter) > 0)),
    [],
    'who is refused is told when to come again, and that the connection closes',
  );
  const units = await unitsIn(t, dataDir, office);
  const isThere = ({ key }: Outcome): boolean => units.has(`dan-wei-${key}`);
  t.same(
    heard.filter((outcome) => outcome.status === 201 && !isThere(outcome)),
    [],
    'what was acknowledged is there',
  );
  t.same(
    heard.filter((outcome) => outcome.status !== 201 && outcome.status !== 200 && isThere(outcome)),
    [],
    'and nothing is that was not',
  );
};

for (const [name, keeps] of [
  ['kept connections', true],
  ['a new connection for each request', false],
] as const)
  await test(`SIGTERM under load of clients with ${name}, which come again at once`, async (t) => {
    const dataDir = await seededDir(t);
    const server = await startServer(t, dataDir);
    const office = await tokenFor(dataDir, { role: 'office' });
    const heard: Outcome[] = [];
    const clients = Array.from({ length: CLIENTS }, (_, n) => stubborn(server.url, office, n, keeps, heard));
    while (heard.length < 5 * CLIENTS) await sleep(5);
    t.match(await server.kill('SIGTERM'), { code: 0, signal: null });
    await Promise.all(clients);
    t.ok(
      heard.some(({ status, body }) => status === 503 && body?.code === 'shutting-down'),
      'who came again was refused in words',
    );
    await judge(t, heard, dataDir, office);
  });

await test('SIGTERM while it imports and while it rebuilds', async (t) => {
  const empty = temporaryDir(t);
  const large = temporaryDir(t);
  writeLog(large, reportingOffice({ directives: 2, tasks: 100, carriers: 3, units: 120 }).take(20_000));
  for (const [dataDir, seed, says] of [
    [empty, 'notice', /the log is empty: importing/u],
    [large, 'none', /rebuilding the views/u],
  ] as const) {
    const server = startProgram(t, ['serve'], { DATA_DIR: dataDir, PORT: '0', SEED: seed });
    const [, url = ''] = await server.says(/"msg":"listening on (http:\/\/[^"]+)"/u);
    await server.says(says);
    const office = await tokenFor(dataDir, { role: 'office' });
    const heard: Outcome[] = [];
    const clients = Array.from({ length: CLIENTS }, (_, n) => stubborn(url, office, n, n % 2 === 0, heard));
    while (heard.length < 2 * CLIENTS) await sleep(5);
    t.match(await server.kill('SIGTERM'), { code: 0, signal: null });
    await Promise.all(clients);
    await judge(t, heard, dataDir, office);
  }
});
