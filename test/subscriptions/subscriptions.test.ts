import { cpSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test, type Test } from 'tap';
import { startSending } from '../../src/main/sending.ts';
import { dataFiles } from '../../src/kernel/data-files.ts';
import { newSecret } from '../../src/sending/signature.ts';
import { backUp } from '../../src/main/backup.ts';
import { handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, temporaryDir, type Answer, type ProblemBody, type World } from '../support/app.ts';
import { startReceiver, receivedIn, until, type Received } from './receiving.ts';

/** Subscriptions: what the office says of them, and what is sent where, in the order and at the time that it should. */

type Subscription = {
  readonly id: string;
  readonly state: string;
  readonly why: string | null;
  readonly readTo: number;
  readonly pending: number;
  readonly dead: number;
  readonly secret?: string | null;
  readonly secretBeforeUntil: string | null;
};
type Deliveries = {
  readonly items: readonly {
    readonly id: string;
    readonly state: string;
    readonly attempts: number;
    readonly answer: string | null;
    readonly subject: string;
  }[];
  readonly next: number | null;
};

const ALLOW = ['127.0.0.1', 'localhost'];

type Sent = World & {
  readonly create: (body: object) => Promise<Subscription>;
  readonly read: (id: string) => Promise<Subscription>;
  readonly deliveries: (id: string, state?: string) => Promise<Deliveries>;
  readonly note: (task: string, channel: string) => Promise<void>;
  readonly send: () => void;
};

/** A world that sends, at the time that the test says it is. */
const sendingWorld = async (t: Test): Promise<Sent> => {
  const opened = await openWorld(t, { webhookAllow: ALLOW });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0)) await each();
  };
  const send = (): void => {
    const { stop: end } = startSending({
      duban: opened.duban(),
      config: { webhookAllow: ALLOW, smtpUrl: undefined, remindEvery: undefined },
      isStarting: () => false,
      onWarning: () => undefined,
    });
    stops.push(end);
  };
  t.teardown(stop);
  send();
  for (const task of ['t-1', 't-2']) await opened.office.post('/v1/tasks', handTask(task));
  const world: Sent = {
    ...opened,
    restart: async (between) => {
      await stop();
      await opened.restart(between);
    },
    send,
    create: async (body) => {
      const answer = await opened.office.post<Subscription>('/v1/subscriptions', body);
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body;
    },
    read: async (id) => (await opened.office.get<Subscription>(`/v1/subscriptions/${id}`)).body,
    deliveries: async (id, state) =>
      (await opened.office.get<Deliveries>(`/v1/subscriptions/${id}/deliveries${state === undefined ? '' : `?state=${state}`}`)).body,
    note: async (task, channel) => {
      const answer = await opened.office.post(
        `/v1/tasks/${task}/reminders`,
        { unit: OWN, period: '2023-02', channel },
        { 'if-match': '*' },
      );
      if (answer.status !== 201) throw new Error(answer.text);
    },
  };
  return world;
};

const channelsOf = (received: readonly Received[]): readonly string[] =>
  received.map(({ body }) => (JSON.parse(body) as { readonly data: { readonly channel: string } }).data.channel);

await test('what is said of a subscription is held to what can be kept', async (t) => {
  const { office, head } = await openWorld(t, { webhookAllow: ALLOW });
  const refused = async (body: object, pointer: string, code = 'invalid-input'): Promise<void> =>
    void t.match(
      await office.post<ProblemBody>('/v1/subscriptions', body),
      { status: 400, body: { code, errors: [{ pointer }] } },
      JSON.stringify(body),
    );
  const url = 'https://oa.example.gov.cn/hooks';
  await refused({ url: 'http://oa.example.gov.cn/hooks' }, '/url');
  await refused({ url: 'https://169.254.169.254/' }, '/url');
  await refused({ url: 'https://user:word@oa.example.gov.cn/' }, '/url');
  await refused({ url, types: ['TaskForgotten'] }, '/types/0');
  await refused({ url, units: [OWN, 'nobody'] }, '/units/1', 'unit-unknown');
  await refused({ url, secret: 'short' }, '/secret');
  await refused({ url, from: head() + 1 }, '/from', 'beyond-the-log');
  await refused({ url, more: 1 }, '/more');
  const secret = newSecret();
  const made: Answer<Subscription> = await office.post('/v1/subscriptions', {
    url,
    secret,
    from: 3,
    types: ['TaskAssigned', 'TaskCancelled.v1'],
    units: [OWN],
  });
  t.match(made, { status: 201, body: { secret, state: 'active', readTo: 3, pending: 0, dead: 0 } });
  t.equal(made.headers['location'], `/v1/subscriptions/${made.body.id}`);
  const shown = await office.get('/v1/subscriptions');
  t.notOk(shown.text.includes(secret), 'a secret is shown once');
  t.match(shown.body, { items: [{ id: made.body.id, units: [OWN] }] });
});

await test('a retry under the same key makes no second one, and shows no secret', async (t) => {
  const { office } = await openWorld(t, { webhookAllow: ALLOW });
  const send = (): Promise<Answer<Subscription>> =>
    office.post('/v1/subscriptions', { url: 'https://oa.example.gov.cn/hooks' }, { 'idempotency-key': 'one' });
  const [first, again] = [await send(), await send()];
  t.match([first.status, again.status], [201, 200]);
  t.equal(first.body.id, again.body.id);
  t.type(first.body.secret, 'string');
  t.equal(again.body.secret, null);
});

await test('a key that comes again with another request is refused, before and after a restart, and nothing is changed', async (t) => {
  const world = await openWorld(t, { webhookAllow: ALLOW });
  const url = 'https://oa.example.gov.cn/hooks';
  const send = (body: object, key = 'one') =>
    world.office.post<Subscription & ProblemBody>('/v1/subscriptions', body, { 'idempotency-key': key });
  const { id } = (await send({ url, types: ['TaskAssigned'] })).body;
  const others = [
    { url: `${url}/2`, types: ['TaskAssigned'] },
    { url },
    { url, types: ['TaskAssigned'], from: 3 },
    { url: 'http://no.example/' },
  ];
  const refused = async (): Promise<void> => {
    for (const other of others)
      t.match(await send(other), { status: 422, body: { code: 'idempotency-key-reused' } }, JSON.stringify(other));
  };
  await refused();
  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { types: ['TaskCancelled'] });
  await world.restart();
  await refused();
  t.match(
    await send({ types: ['TaskAssigned'], url }),
    { status: 200, body: { id, types: ['TaskCancelled'] } },
    'a retry is none of these',
  );
  t.equal((await send({ url }, 'two')).status, 201, 'another key is another one');
});

await test('a secret is exchanged: for a day both sign', async (t) => {
  const world = await openWorld(t, { webhookAllow: ALLOW });
  const { office, clock } = world;
  const made = (await office.post<Subscription>('/v1/subscriptions', { url: 'https://oa.example.gov.cn/hooks' })).body;
  const changed = await office.send<Subscription>('PATCH', `/v1/subscriptions/${made.id}`, { rotateSecret: true });
  t.equal(changed.status, 200);
  t.not(changed.body.secret, made.secret);
  t.type(changed.body.secretBeforeUntil, 'string');
  clock.advance(86_400_001);
  t.match((await office.get<Subscription>(`/v1/subscriptions/${made.id}`)).body, { secretBeforeUntil: null });
});

await test('events of these types and units arrive; others do not', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  await world.settled();
  await world.create({ url: `${receiver.url}/notes`, types: ['ReminderSent'], units: [OWN] });
  await world.create({ url: `${receiver.url}/others`, types: ['ReminderSent'], units: [OTHER] });
  await world.create({ url: `${receiver.url}/tasks`, types: ['TaskAssigned.v1'], units: [OWN] });
  await world.note('t-1', '电话');
  await world.office.post('/v1/tasks', handTask('t-3'));
  await until('two arrive', () => receivedIn(file).length === 2);
  await world.note('t-2', '短信');
  await until('and a third', () => receivedIn(file).length === 3);
  const at = (path: string): readonly string[] =>
    receivedIn(file)
      .filter((each) => each.path === path)
      .map(({ body }) => (JSON.parse(body) as { type: string; subject: string }).subject);
  t.same(at('/notes'), ['task-t-1', 'task-t-2']);
  t.same(at('/others'), []);
  t.same(at('/tasks'), ['task-t-3'], 'a task that a unit carries concerns it');
});

await test('one subject waits for what did not arrive; others go on; the time between two attempts grows', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { id } = await world.create({ url: `${receiver.url}/x?status=500`, types: ['ReminderSent'] });
  await world.note('t-1', 'eins');
  await until('it was tried', () => receivedIn(file).length === 1);
  await world.note('t-1', 'zwei');
  await world.note('t-2', 'drei');
  await until('the other subject was tried', () => receivedIn(file).length === 2);
  t.same(channelsOf(receivedIn(file)), ['eins', 'drei']);
  world.clock.advance(3_900);
  await world.settled();
  t.equal(receivedIn(file).length, 2, 'four seconds are not over');
  world.clock.advance(2_200);
  await until('both are tried again', () => receivedIn(file).length === 4);
  t.same([...channelsOf(receivedIn(file))].sort(), ['drei', 'drei', 'eins', 'eins'], 'the second of the subject waits');
  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { url: `${receiver.url}/x` });
  world.clock.advance(60_000);
  await until('all arrive', async () => (await world.deliveries(id, 'delivered')).items.length === 3);
  const last = channelsOf(receivedIn(file).filter(({ status }) => status === 200));
  t.ok(last.indexOf('eins') < last.indexOf('zwei'), 'in order');
  t.equal((await world.read(id)).pending, 0);
});

await test('Retry-After holds back everything; 410 disables; what is given up waits for a person, and is sent again by id', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { id } = await world.create({ url: `${receiver.url}/x?status=429&header=retry-after%3D600`, types: ['ReminderSent'] });
  await world.note('t-1', 'eins');
  await until('it was tried', () => receivedIn(file).length === 1);
  await world.note('t-2', 'zwei');
  world.clock.advance(590_000);
  await until('it is known', async () => (await world.read(id)).pending === 2);
  t.equal(receivedIn(file).length, 1, 'ten minutes are not over');
  world.clock.advance(11_000);
  await until('one is tried again', () => receivedIn(file).length >= 2);
  await world.office.send('PATCH', `/v1/subscriptions/${id}`, {
    url: `${receiver.url}/x?status=302&header=location%3D/elsewhere`,
    state: 'active',
  });
  world.clock.advance(86_400_000);
  await until('they are given up', async () => (await world.read(id)).dead === 2);
  t.ok(
    receivedIn(file).every(({ path }) => path === '/x'),
    'a redirect is not followed',
  );
  const dead = await world.deliveries(id, 'dead');
  t.match(dead.items[0], { state: 'dead', answer: 'HTTP 302' });
  const metrics = await world.admin.get('/metrics');
  t.equal(metrics.status, 200);

  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { url: `${receiver.url}/x` });
  const [first] = dead.items;
  const again = await world.office.post<{ readonly state: string }>(`/v1/subscriptions/${id}/deliveries/${first?.id ?? ''}/redeliver`);
  t.match(again, { status: 200, body: { state: 'pending', attempts: 0 } });
  await until('it arrives', async () => (await world.deliveries(id, 'delivered')).items.length === 1);
  t.equal(receivedIn(file).at(-1)?.headers['webhook-id'], first?.id, 'under the same id');
  t.equal((await world.office.post(`/v1/subscriptions/${id}/deliveries/${id}/redeliver`)).status, 404);

  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { url: `${receiver.url}/x?status=410` });
  await world.note('t-1', 'drei');
  await until('it is disabled', async () => (await world.read(id)).state === 'disabled');
  t.match(await world.read(id), { why: 'gone', pending: 1 });
  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { url: `${receiver.url}/x`, state: 'active' });
  await until('taken up again, it goes on', async () => (await world.read(id)).pending === 0);
  t.equal((await world.office.send('DELETE', `/v1/subscriptions/${id}`)).status, 200);
  t.equal((await world.office.get(`/v1/subscriptions/${id}`)).status, 404);
});

await test('an answer without end, or none, holds nothing up', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { id } = await world.create({ url: `${receiver.url}/endless`, types: ['ReminderSent'] });
  await world.note('t-1', 'eins');
  await until('the head was enough', async () => (await world.deliveries(id, 'delivered')).items.length === 1);
});

await test('a name that leads to this machine is not followed there, whenever it does', async (t) => {
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { createGuard } = await import('../../src/sending/addresses.ts');
  const { createPost } = await import('../../src/sending/post.ts');
  const port = new URL(receiver.url).port;
  // The check of the URL is left out, as if it had led elsewhere when it was made.
  const blind = { ...createGuard([]), refuses: () => undefined };
  const { post, close } = createPost(blind, Date.now);
  t.teardown(close);
  for (const url of [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`])
    t.match(await post(url, {}, '{}'), { kind: 'failed', words: /may not be reached|no answer/u }, url);
  t.same(receivedIn(file), [], 'nothing was sent');
  const open = createPost(createGuard(['localhost']), Date.now);
  t.teardown(open.close);
  t.match(await open.post(`http://localhost:${port}/`, {}, '{}'), { kind: 'answered', status: 200 }, 'and where it is allowed, it is');
});

await test('a copy of the outbox sends nothing until a person has said so', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { id } = await world.create({ url: `${receiver.url}/x`, types: ['ReminderSent'] });
  await world.note('t-1', 'eins');
  await until('it arrives', () => receivedIn(file).length === 1);
  const { outboxQueue } = dataFiles(world.dataDir);
  const copy = `${temporaryDir(t)}/copy.sqlite`;

  await world.restart(() => {
    cpSync(outboxQueue, copy);
  });
  world.send();
  t.match(await world.read(id), { state: 'active' }, 'a restart is none');
  await world.note('t-1', 'zwei');
  await until('it arrives', () => receivedIn(file).length === 2);

  await world.restart(() => {
    rmSync(outboxQueue);
    cpSync(copy, outboxQueue);
  });
  world.send();
  t.match(await world.read(id), { state: 'held', why: 'copied' });
  await world.note('t-2', 'drei');
  t.match(await world.read(id), { state: 'held' });
  t.equal(receivedIn(file).length, 2, 'nothing of what the copy did not know was sent');
  const on = await world.office.send<Subscription>('PATCH', `/v1/subscriptions/${id}`, { state: 'active', from: world.head() - 1 });
  t.match(on.body, { state: 'active', why: null });
  await until('from there on it is', () => receivedIn(file).length === 3);
  t.same(channelsOf(receivedIn(file)), ['eins', 'zwei', 'drei']);
});

await test('after a day and a half of silence, and on another log, it is held too', async (t) => {
  const world = await sendingWorld(t);
  const file = `${temporaryDir(t)}/received`;
  const receiver = await startReceiver(t, file);
  const { id } = await world.create({ url: `${receiver.url}/x`, types: ['ReminderSent'] });
  await world.note('t-1', 'eins');
  await until('it arrives', () => receivedIn(file).length === 1);
  await world.restart(() => world.clock.advance(36 * 3_600_000 + 60_000));
  world.send();
  t.match(await world.read(id), { state: 'held', why: 'silent' });
  await world.office.send('PATCH', `/v1/subscriptions/${id}`, { state: 'active' });
  t.match(await world.read(id), { state: 'active' });

  await world.restart(() => {
    // As if the log had been put back to an older copy and gone on from there otherwise.
    const db = new DatabaseSync(dataFiles(world.dataDir).outboxQueue);
    db.exec("UPDATE subscription SET read_event = '00000000-0000-4000-8000-000000000000'");
    db.close();
  });
  world.send();
  await until('it is held', async () => (await world.read(id)).state === 'held');
  t.match(await world.read(id), { why: 'other-log' });
  t.match(await world.office.send<ProblemBody>('PATCH', `/v1/subscriptions/${id}`, { state: 'active' }), {
    status: 400,
    body: { errors: [{ pointer: '/from' }] },
  });
  t.match(await world.office.send('PATCH', `/v1/subscriptions/${id}`, { state: 'active', from: world.head() }), { status: 200 });
});

await test('a backup has neither subscriptions nor secrets', async (t) => {
  const world = await openWorld(t, { webhookAllow: ALLOW });
  const { secret } = (await world.office.post<Subscription>('/v1/subscriptions', { url: 'https://oa.example.gov.cn/hooks' })).body;
  const out = `${temporaryDir(t)}/copy`;
  await backUp({ dataDir: world.dataDir, out, withKeys: false, onAdvance: () => undefined });
  const { readdirSync, readFileSync } = await import('node:fs');
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const bytes = (() => {
      try {
        return readFileSync(`${out}/${name}`);
      } catch {
        return Buffer.alloc(0); // a directory
      }
    })();
    t.notOk(bytes.includes(secret ?? '?'), name);
  }
});
