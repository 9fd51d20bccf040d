import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'tap';
import { loadDemo } from '../../src/main/commands/demo.ts';
import { openWorld, TIME_ZONE, type Client } from '../support/app.ts';
import { documentOf, exampleOf, type Operation } from '../support/openapi.ts';

/** The examples of the document succeed, when they are sent in its order to the demo year. */

const dataDir = mkdtempSync(join(tmpdir(), 'duban-examples-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
await loadDemo(dataDir, TIME_ZONE);
const world = await openWorld({ teardown: () => undefined }, { dataDir, at: '2024-03-05T09:00:00+08:00', overHttp: true });
const document = await documentOf(world);

/**
 * What no example can do: a line that a witness has signed for the log of this very directory, an id of what was sent from
 * it. And what takes away the thing that later ones read.
 */
const NOT_SENT = [
  'POST /v1/ledger/cosignatures',
  'POST /v1/subscriptions/{id}/deliveries/{delivery}/redeliver',
  'DELETE /v1/subscriptions/{id}',
  'POST /v1/reminders/{id}/resend',
];

const sent = async (client: Client, method: string, path: string, operation: Operation): Promise<number> => {
  const { url, headers, body } = exampleOf(path, operation);
  const answer = await client.send(method, url, body, headers);
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.text}`);
  return answer.status;
};

/** Server-sent events have no end: the first piece is the answer. */
const streamed = async (path: string): Promise<number> => {
  const address = world.app().server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const leaving = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${path}?after=6300`, {
    headers: { authorization: `Bearer ${await world.tokenOf('office')}` },
    signal: leaving.signal,
  });
  leaving.abort();
  return response.status;
};

await test('every operation has an example, and each succeeds in its turn', async (t) => {
  const clients: Readonly<Record<string, Client>> = { office: world.office, admin: world.admin };
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const route = `${method.toUpperCase()} ${path}`;
      const as = operation['x-sent-as'];
      const client = clients[as ?? ''];
      if (client === undefined) {
        t.fail(`${route} has no example`);
        continue;
      }
      t.ok(operation['x-roles'].includes(as ?? ''), `${route} is for ${as}`);
      if (NOT_SENT.includes(route)) continue;
      await world.settled();
      const status = path === '/v1/log/stream' ? await streamed(path) : await sent(client, method.toUpperCase(), path, operation);
      t.ok(status >= 200 && status < 300, `${route}: ${status}`);
      world.clock.advance(1_000);
    }
});

await test('what one of them makes bears the name that the next ones use', async (t) => {
  for (const kind of ['snapshots', 'notices', 'inspections']) {
    const example = document.paths[`/v1/${kind}/{id}`]?.['get']?.parameters?.find(({ name }) => name === 'id')?.example;
    t.equal((await world.auditor.get(`/v1/${kind}/${String(example)}`)).status, 200, kind);
  }
});

await world.close();
