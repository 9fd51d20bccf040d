import { HTTP, type CloudEvent } from 'cloudevents';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { test } from 'tap';
import { seededDir, temporaryDir } from '../support/app.ts';
import { startServer, tokenFor, type Server } from '../support/process.ts';
import { handTask } from '../support/acts.ts';
import { receivedIn, startReceiver, until } from './receiving.ts';

/**
 * The real service, killed at any moment, and a receiver in another process that fails at random: what was acknowledged
 * arrives, at least once; by its id the receiver knows what it has; of one subject nothing overtakes.
 */

const IMPATIENT = 'test/subscriptions/children/serve-impatient.ts';
const TASKS = ['a', 'b', 'c', 'd', 'e', 'f'];
const ROUNDS = 4;

await test('every acknowledged event arrives, in the order of its subject, though both sides fail', async (t) => {
  const dataDir = await seededDir(t);
  const file = join(temporaryDir(t), 'received');
  const receiver = await startReceiver(t, file);
  const env = { WEBHOOK_ALLOW: '127.0.0.1', LOG_LEVEL: 'info' };
  const token = await tokenFor(dataDir, { role: 'office' });
  let server: Server = await startServer(t, dataDir, env, IMPATIENT);
  const send = async (method: string, path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*', ...headers },
      body: JSON.stringify(body),
    });

  for (const name of TASKS) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const made = await fetch(`${server.url}/v1/tasks`, { method: 'POST', headers, body: JSON.stringify(handTask(`t-${name}`)) });
    if (made.status !== 201) throw new Error(await made.text());
  }
  const created = await fetch(`${server.url}/v1/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${receiver.url}/flaky`, types: ['ReminderSent'] }),
  });
  t.equal(created.status, 201);
  const { secret, id } = (await created.json()) as { readonly secret: string; readonly id: string };

  /** What was acknowledged, by event id. */
  const acknowledged = new Set<string>();
  const stopping = new AbortController();
  let asked = 0;
  const writing = async (name: string): Promise<void> => {
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      const later = sleep(40);
      try {
        asked += 1;
        const answer = await send(
          'POST',
          `/v1/tasks/t-${name}/reminders`,
          { unit: 'shi-ke-ji-ju', period: '2023-02', channel: `电话${n}` },
          { 'idempotency-key': `${name}-${n}` },
        );
        if (answer.status === 201)
          for (const event of ((await answer.json()) as { events: { id: string }[] }).events) acknowledged.add(event.id);
        else if (answer.status < 500 && answer.status !== 200) throw new TypeError(`refused: ${answer.status} ${await answer.text()}`);
      } catch (error) {
        if (error instanceof TypeError && error.message.startsWith('refused')) throw error;
        n -= 1; // it was killed: the same again, under the same key
        await sleep(50);
      }
      await later;
    }
  };
  const writers = TASKS.map(writing);
  t.teardown(() => {
    stopping.abort();
  });

  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = receivedIn(file).length;
    await until(`round ${round}: something arrives`, () => receivedIn(file).length > before + 5);
    await sleep(Math.random() * 300);
    t.match(await server.kill('SIGKILL'), { signal: 'SIGKILL' });
    server = await startServer(t, dataDir, env, IMPATIENT);
  }
  await until('enough is acknowledged', () => acknowledged.size > 50);
  stopping.abort();
  await Promise.all(writers);
  t.ok(acknowledged.size > 50, `${acknowledged.size} of ${asked}`);

  const events = (): readonly CloudEvent<unknown>[] =>
    receivedIn(file).map(({ headers, body }) => HTTP.toEvent({ headers, body }) as CloudEvent<unknown>);
  await until('all that was acknowledged arrives', () => acknowledged.isSubsetOf(new Set(events().map((event) => event.id))), 60_000);
  const all = receivedIn(file);
  for (const { headers, body } of all) new Webhook(secret).verify(body, headers);
  t.pass(`${all.length} signatures hold, by the library of the scheme`);

  const ids = new Map<string, string>();
  for (const [index, event] of events().entries()) {
    const webhookId = all[index]?.headers['webhook-id'] ?? '';
    if ((ids.get(webhookId) ?? event.id) !== event.id) t.fail(`${webhookId} is of two events`);
    ids.set(webhookId, event.id);
  }
  t.equal(ids.size, new Set(events().map((event) => event.id)).size, 'an event has one id, however often it comes');
  t.ok(all.length > ids.size, `${all.length - ids.size} came again`);

  for (const name of TASKS) {
    const revisions = events()
      .filter(({ subject }) => subject === `task-t-${name}`)
      .map((event) => Number(event['streamrev']));
    const first = [...new Set(revisions)];
    t.same(
      first,
      first.toSorted((a, b) => a - b),
      `nothing of task-t-${name} overtakes`,
    );
    t.same(
      first,
      first.map((_, index) => (first[0] ?? 0) + index),
      'and none is left out',
    );
  }
  const seen = await fetch(`${server.url}/v1/subscriptions/${id}`, { headers: { authorization: `Bearer ${token}` } });
  t.match(await seen.json(), { state: 'active', dead: 0 });
  const said = server.stdout();
  t.notOk(said.includes(secret) || said.includes(secret.slice(6)), 'the secret is in no log');
  await server.kill('SIGKILL');
});
