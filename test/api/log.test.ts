import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'tap';
import canonicalize from 'canonicalize';
import { buildApp } from '../../src/api/app.ts';
import { parseTlogProof } from '../../src/tlog/index.ts';
import { ACTS_AT, asPaper, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ProblemBody, type World } from '../support/app.ts';

/** What an auditor reads: the log byte for byte, its proofs, and what happened to a task. */

type LogItem = {
  readonly position: number;
  readonly leafHash: string;
  readonly event: { readonly [attribute: string]: unknown } & {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
};
type LogPage = { readonly items: readonly LogItem[]; readonly next: number | null; readonly head: number };

const TASK = `${SEED_DIRECTIVE}-target-3`;

/** RFC 6962 §2.1: a leaf is hashed behind a zero byte. Written here again, as an auditor would. */
const leafHash = (bytes: string | Buffer): string => createHash('sha256').update('\0').update(bytes).digest('base64');
const nodeHash = (left: Buffer, right: Buffer): Buffer => createHash('sha256').update('\x01').update(left).update(right).digest();

const pages = async (world: World, filter: string, limit = 100): Promise<readonly LogItem[]> => {
  const items: LogItem[] = [];
  for (let after = 0; ;) {
    const { status, body, text } = await world.auditor.get<LogPage>(`/v1/log/events?after=${after}&limit=${limit}${filter}`);
    if (status !== 200) throw new Error(text);
    items.push(...body.items);
    if (body.next === null) return items;
    if (body.next <= after) throw new Error(`a page that goes nowhere: ${body.next}`);
    after = body.next;
  }
};

/** Some acts of every kind that a history tells of. */
const work = async (world: World): Promise<{ readonly notice: string }> => {
  const url = `/v1/tasks/${TASK}`;
  await world.unit(OWN).post(`${url}/acknowledgements`, { occurredAt: '2023-04-10T08:00:00+08:00' });
  await world.office.post(`${url}/reports`, { ...asPaper({ period: '2023-02', ...REPORT }), receivedAt: '2023-02-27T09:00:00+08:00' });
  await world.unit(OWN).post(`${url}/reports/${OWN}-2023-02/amendments`, { percent: 45, reason: '数据更正' });
  await world.unit(OWN).post('/v1/returns', { period: '2023-03', entries: [{ task: TASK, ...REPORT }] });
  await world.office.post(
    `${url}/reassignments`,
    { assignees: [{ role: 'responsible', party: OTHER }], effectiveFrom: '2023-05-15', reason: '职责调整', authority: '纪要' },
    { 'if-match': '*' },
  );
  await world.office.post(`${url}/reminders`, { unit: OWN, period: '2023-04', channel: '电话' });
  await world.settled();
  const { body: snapshot } = await world.office.post('/v1/snapshots', { directive: SEED_DIRECTIVE, period: '2023-01' });
  const { body: notice } = await world.office.post('/v1/notices', { snapshot: snapshot.subject });
  const { body: inspection } = await world.office.post('/v1/inspections', {
    directive: SEED_DIRECTIVE,
    title: '督查',
    plan: '现场',
    units: [OWN],
    tasks: [TASK],
  });
  await world.office.post(`/v1/inspections/${inspection.subject}/findings`, { unit: OWN, task: TASK, text: '台账不全' });
  return { notice: notice.subject };
};

await test('the log as it is stored, byte for byte', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await work(world);
  const { store } = world.duban().services;
  const stored = store.readAll(0, 10_000);
  const items = await pages(world, '', 97);
  t.equal(items.length, stored.length);
  const text =
    (await world.auditor.get('/v1/log/events?limit=500')).text + (await world.auditor.get('/v1/log/events?limit=500&after=500')).text;
  for (const [index, { position, leafHash: leaf, event }] of items.entries()) {
    const bytes = Buffer.from(stored[index]?.bytes ?? []);
    const wrong = [
      position !== index + 1 && 'position',
      leaf !== leafHash(bytes) && 'leaf',
      canonicalize(event) !== bytes.toString() && 'event',
      !text.includes(bytes.toString()) && 'bytes',
    ].filter((fault) => fault !== false);
    if (wrong.length > 0) t.fail(`@${position}: ${wrong.join(', ')}`);
  }
  const lines = await world.auditor.get('/v1/log/events', { accept: 'application/x-ndjson' });
  t.match(lines.headers['content-type'], 'application/x-ndjson');
  t.ok(lines.text.endsWith('\n'));
  t.same(
    lines.text.slice(0, -1).split('\n').map(leafHash),
    items.map((item) => item.leafHash),
    'every line is a leaf',
  );
  const some = await world.auditor.get('/v1/log/events?after=500&limit=3', { accept: 'application/x-ndjson' });
  t.same(
    some.text.slice(0, -1).split('\n').map(leafHash),
    items.slice(500, 503).map((item) => item.leafHash),
  );
  const beyond = await world.auditor.get<LogPage>(`/v1/log/events?after=${world.head()}`);
  t.match(beyond.body, { items: [], next: null, head: world.head() }, 'the end itself is no position beyond it');
  const one = items.at(-1);
  t.match((await world.auditor.get(`/v1/log/events/${one?.event.id}`)).body, one);
  t.equal((await world.auditor.get('/v1/log/events/00000000-0000-4000-8000-000000000000')).status, 404);

  await t.test('each event links to the one before it in its stream', (tt) => {
    const last = new Map<string, { readonly revision: number; readonly leaf: string }>();
    for (const { leafHash: leaf, event } of items) {
      const before = last.get(event.subject);
      const linked =
        event['streamrev'] === String(before === undefined ? 0 : before.revision + 1) &&
        event['prevleaf'] === (before && Buffer.from(before.leaf, 'base64').toString('hex'));
      if (!linked) tt.fail(`${event.subject} ${String(event['streamrev'])}`);
      last.set(event.subject, { revision: Number(event['streamrev']), leaf });
    }
    tt.ok(last.size > 100);
    tt.end();
  });
});

await test('the log by type, task and unit', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await work(world);
  const whole = await pages(world, '', 500);
  const positions = (items: readonly LogItem[]): readonly number[] => items.map(({ position }) => position);
  const says =
    (unit: string) =>
    ({ event }: LogItem): boolean =>
      event.data['unit'] === unit || (event['actor'] as { readonly unit?: string }).unit === unit; // an actor is an object in every event
  const expect = async (filter: string, admits: (item: LogItem) => boolean): Promise<void> => {
    const found = positions(await pages(world, filter, 3));
    t.ok(found.length > 0, filter);
    t.same(found, positions(whole.filter(admits)), filter);
    const lines = await world.auditor.get(`/v1/log/events?${filter.slice(1)}`, { accept: 'application/x-ndjson' });
    t.equal(lines.text.split('\n').length - 1, found.length, `${filter} as lines`);
  };
  await expect('&type=ReportSubmitted', ({ event }) => event.type === 'ReportSubmitted.v1');
  await expect('&type=ReportSubmitted.v1', ({ event }) => event.type === 'ReportSubmitted.v1');
  await expect(`&unit=${OWN}`, says(OWN));
  await expect(`&unit=${OWN}&type=ReportAmended`, (item) => says(OWN)(item) && item.event.type === 'ReportAmended.v1');
  const history = await world.all<{ readonly position: number }>(world.auditor, `/v1/tasks/${TASK}/history`);
  const touching = new Set(history.map(({ position }) => position));
  await expect(`&task=${TASK}`, ({ position }) => touching.has(position));
  await expect(`&task=${TASK}&unit=${OWN}`, (item) => touching.has(item.position) && says(OWN)(item));
  await expect(`&task=${TASK}&type=NoticeDrafted`, ({ event }) => event.type === 'NoticeDrafted.v1');
  t.same(await pages(world, '&type=ReportSubmitted.v9'), []);
  t.match(await world.auditor.get('/v1/log/events?unit=nobody'), { status: 400, body: { errors: [{ pointer: '/unit' }] } });
});

await test('what happened to a task, with what each event changed', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { notice } = await work(world);
  type Item = {
    readonly position: number;
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly actor: { readonly sub: string; readonly role: string; readonly unit?: string };
    readonly occurredAt: string | null;
    readonly receivedAt: string;
    readonly backdated: boolean;
    readonly basis: string | null;
    readonly changes: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
    readonly leafHash: string;
  };
  const items = await world.all<Item>(world.auditor, `/v1/tasks/${TASK}/history`, 4);
  t.same(
    items.map(({ position }) => position),
    items.map(({ position }) => position).toSorted((a, b) => a - b),
    'in order',
  );
  const types = items.map(({ type }) => type.replace('.v1', ''));
  for (const type of [
    'TaskAssigned',
    'AssignmentAcknowledged',
    'ReportSubmitted',
    'ReportAmended',
    'ReturnFiled',
    'TaskReassigned',
    'ReminderSent',
    'NoticeDrafted',
    'InspectionOpened',
    'FindingRecorded',
  ])
    t.ok(types.includes(type), `${type} touches it`);
  const find = (type: string): Item | undefined => items.find((item) => item.type === `${type}.v1`);
  const change = (type: string, path: string) => find(type)?.changes.find((each) => each.path === path);

  t.match(find('AssignmentAcknowledged'), {
    actor: { role: 'unit', unit: OWN },
    occurredAt: '2023-04-10T00:00:00.000Z',
    backdated: false,
    basis: null,
  });
  t.same(change('AssignmentAcknowledged', '/status'), { path: '/status', before: 'assigned', after: 'acknowledged' });
  t.match(
    find('ReportSubmitted'),
    { actor: { role: 'office', unit: OWN }, receivedAt: '2023-02-27T01:00:00.000Z', backdated: true, basis: '来文第7号' },
    'a paper that was entered later',
  );
  t.same(change('ReportAmended', `/reports/${OWN}-2023-02/body/percent`), {
    path: `/reports/${OWN}-2023-02/body/percent`,
    before: 40,
    after: 45,
  });
  t.match(change('TaskReassigned', '/assignees'), {
    before: [{ party: OWN }, { party: 'ge-xian-shi-qu-zheng-fu' }],
    after: [{ party: OTHER }],
  });
  t.same(find('ReminderSent')?.changes, [], 'a reminder changes nothing');
  t.equal(find('NoticeDrafted')?.subject, `notice-${notice}`);
  t.ok(
    find('TaskAssigned')?.changes.every(({ before }) => before === null),
    'the first event changes everything from nothing',
  );
  const log = await pages(world, '', 500);
  for (const { position, id, leafHash: leaf } of items) t.match(log[position - 1], { event: { id }, leafHash: leaf });

  const backdated = await world.all<{ readonly position: number; readonly days: number; readonly basis: string }>(
    world.auditor,
    '/v1/backdated',
  );
  t.match(backdated, [{ position: find('ReportSubmitted')?.position, days: 42, basis: '来文第7号' }]);
  const changes = await world.all<object>(world.auditor, `/v1/changes?directive=${SEED_DIRECTIVE}`);
  t.match(changes, [{ task: TASK, kind: 'assignees', reason: '职责调整', authority: '纪要' }]);
  const early = await world.all<Item>(world.auditor, `/v1/tasks/${TASK}/history?asOf=@${find('ReportAmended')?.position}`);
  t.same(early, items.slice(0, types.indexOf('ReportAmended') + 1), 'as was known before');
});

await test('a task’s versions by their times (RFC 7089)', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const url = `/v1/tasks/${TASK}`;
  const texts: string[] = [];
  const asked: string[] = [];
  for (const unit of [OWN, 'hu-bin-qu-zheng-fu', 'yi-ma-shi-zheng-fu']) {
    await world.unit(unit).post(`${url}/acknowledgements`, {});
    await world.settled();
    texts.push((await world.auditor.get(`${url}?asOf=@${world.head()}`)).text);
    asked.push(new Date(world.clock.now().epochMilliseconds).toUTCString());
    world.clock.advance(86_400_000);
  }
  for (const [index, datetime] of asked.entries()) {
    const gate = await world.auditor.get(url, { 'accept-datetime': datetime });
    t.match(gate, { status: 302, headers: { vary: /accept-datetime/u, link: /rel="original timegate".*rel="timemap"/u } });
    const memento = await world.auditor.get(gate.headers['location'] ?? '');
    t.equal(memento.text, texts[index], datetime);
    t.equal(memento.headers['memento-datetime'], datetime);
  }
  const map = await world.auditor.get(`${url}/timemap`);
  t.match(map, { status: 200, headers: { 'content-type': /^application\/link-format/u } });
  const mementos = [...map.text.matchAll(/<([^>]+)>;rel="[^"]*memento";datetime="([^"]+)"/gu)].map(([, where = '', datetime = '']) => ({
    where,
    datetime,
  }));
  t.equal(mementos.length, 4, 'as assigned, and after each signature');
  t.same(
    mementos.slice(1).map(({ datetime }) => datetime),
    asked,
  );
  for (const [index, { where }] of mementos.slice(1).entries()) t.equal((await world.auditor.get(where)).text, texts[index]);
  t.match(await world.auditor.get<ProblemBody>(url, { 'accept-datetime': 'yesterday' }), { status: 400, body: { code: 'invalid-header' } });
});

await test('an event proves itself: inclusion, consistency, receipt', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { body: told } = await world.unit(OWN).post(`/v1/tasks/${TASK}/acknowledgements`, {});
  await work(world);
  await world.settled();
  world.clock.advance(60_000);
  const log = await pages(world, '', 500);
  /** RFC 9162 §2.1.3.2. */
  const rootFrom = (leaf: Buffer, index: number, size: number, hashes: readonly Buffer[]): Buffer => {
    let [fn, sn, root] = [index, size - 1, leaf];
    for (const hash of hashes) {
      if (fn % 2 === 1 || fn === sn) {
        root = nodeHash(hash, root);
        while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
      } else root = nodeHash(root, hash);
      [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    }
    return root;
  };
  type Inclusion = {
    readonly index: number;
    readonly size: number;
    readonly leafHash: string;
    readonly rootHash: string;
    readonly hashes: readonly string[];
  };
  const roots = new Map<number, string>();
  for (const [position, size] of [
    [1, 1],
    [1, 508],
    [256, 508],
    [257, 508],
    [508, 508],
    [told.position, world.head()],
  ] as const) {
    const { body } = await world.unit(OWN).get<Inclusion>(`/v1/ledger/proof/inclusion?position=${position}&size=${size}`);
    t.match(body, { index: position - 1, size, leafHash: log[position - 1]?.leafHash }, `@${position} of ${size}`);
    const root = rootFrom(
      Buffer.from(body.leafHash, 'base64'),
      body.index,
      size,
      body.hashes.map((hash) => Buffer.from(hash, 'base64')),
    );
    t.equal(root.toString('base64'), body.rootHash, `@${position} of ${size}: the path leads to the root`);
    t.equal(roots.get(size) ?? body.rootHash, body.rootHash, 'and there is one root of a size');
    roots.set(size, body.rootHash);
  }
  // Signed now if it was not before, so that the receipt has this one.
  const signed = (await world.unit(OWN).get('/v1/ledger/checkpoint')).text.split('\n');
  const receipt = await world.unit(OWN).get(told.receipt);
  t.match(receipt, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  const proof = parseTlogProof(Buffer.from(receipt.text));
  if (!proof.ok) throw new Error(proof.reason);
  const { index, hashes, checkpoint } = proof.value;
  t.equal(index, told.position - 1);
  const [, size = '', root] = Buffer.from(checkpoint).toString().split('\n');
  t.equal(
    rootFrom(
      Buffer.from(log[index]?.leafHash ?? '', 'base64'),
      index,
      Number(size),
      hashes.map((hash) => Buffer.from(hash)),
    ).toString('base64'),
    root,
    'the receipt leads to its checkpoint',
  );
  t.same(signed.slice(1, 3), [size, root], 'which is the one that everybody gets');
  t.equal(size, String(world.head()));
  t.match(await world.auditor.get<ProblemBody>(`/v1/ledger/proof/inclusion?position=${world.head() + 1}`), {
    status: 400,
    body: { errors: [{ pointer: '/position' }] },
  });
});

/** Reads server-sent events until enough of them came. */
const listen = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  enough: number,
  during: () => Promise<void> = async () => undefined,
): Promise<readonly { readonly id: string; readonly type: string; readonly data: string }[]> => {
  const controller = new AbortController();
  const response = await fetch(url, { headers, signal: controller.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const frames = (): readonly { readonly id: string; readonly type: string; readonly data: string }[] =>
    [...text.matchAll(/^id: (\d+)\nevent: (\S+)\ndata: (.*)\n\n/gmu)].map(([, id = '', type = '', data = '']) => ({ id, type, data }));
  await during();
  while (frames().length < enough) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  controller.abort();
  return frames();
};

await test('the stream gives what is recorded, and goes on where it was left', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const url = `${await world.app().listen({ host: '127.0.0.1', port: 0 })}/v1/log/stream`;
  const authorization = `Bearer ${await world.tokenOf('auditor')}`;
  const acknowledge = (unit: string): Promise<unknown> => world.unit(unit).post(`/v1/tasks/${TASK}/acknowledgements`, {});
  const head = world.head();
  const first = await listen(url, { authorization }, 2, async () => {
    await acknowledge(OWN);
    await acknowledge('hu-bin-qu-zheng-fu');
  });
  t.same(
    first.map(({ id, type }) => `${id} ${type}`),
    [`${head + 1} AssignmentAcknowledged.v1`, `${head + 2} AssignmentAcknowledged.v1`],
    'from now on',
  );
  await acknowledge('yi-ma-shi-zheng-fu'); // while nobody listens
  const resumed = await listen(url, { authorization, 'last-event-id': String(head + 1) }, 3, () =>
    acknowledge('lu-shi-xian-zheng-fu').then(() => undefined),
  );
  t.same(
    resumed.map(({ id }) => Number(id)),
    [head + 2, head + 3, head + 4],
    'nothing missed, nothing twice',
  );
  t.equal(resumed[0]?.data, first[1]?.data);
  const log = await pages(world, '', 500);
  for (const { id, data } of resumed) t.equal(leafHash(data), log[Number(id) - 1]?.leafHash, `@${id}: the bytes of the leaf`);
  const whole = await listen(`${url}?after=0`, { authorization }, world.head());
  t.same(
    whole.map(({ data }) => leafHash(data)),
    log.map((item) => item.leafHash),
    'from the beginning',
  );
  t.match(await world.auditor.get<ProblemBody>('/v1/log/stream', { 'last-event-id': 'x' }), {
    status: 400,
    body: { errors: [{ pointer: '/Last-Event-ID' }] },
  });

  await t.test('and ends when the service does', async (tt) => {
    const begun = Promise.withResolvers<void>();
    const ending = listen(url, { authorization }, 1, () => Promise.resolve(begun.resolve()));
    await begun.promise;
    const began = performance.now();
    await world.close();
    tt.ok(performance.now() - began < 10_000, 'at once, and not when the connection would have timed out');
    tt.same(await ending, []);
  });
});

await test('whoever followed a log that went further is told so, and not left waiting in silence', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const after = world.head() + 1;
  const told = (pointer: string) => ({ status: 400, body: { code: 'beyond-the-log', errors: [{ pointer }] } });
  for (const filter of ['', '&type=ReportSubmitted', `&task=${TASK}`])
    t.match(await world.auditor.get(`/v1/log/events?after=${after}${filter}`), told('/after'));
  t.match(await world.auditor.get(`/v1/log/events?after=${after}`, { accept: 'application/x-ndjson' }), told('/after'));
  t.match(await world.auditor.get(`/v1/log/stream?after=${after}`), told('/after'));
  t.match(await world.auditor.get('/v1/log/stream', { 'last-event-id': String(after) }), told('/Last-Event-ID'));
  const resumed = await world.auditor.send('HEAD', `/v1/log/stream?after=${after}`, undefined, { 'last-event-id': '1' });
  t.equal(resumed.status, 200, 'Last-Event-ID wins');
});

await test('HEAD of what has no end ends, and leaves no reader behind', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const { services, clock, ids, readiness } = world.duban();
  let subscriptions = 0;
  let reads = 0;
  const store = {
    ...services.store,
    subscribeAll: (...how: Parameters<typeof services.store.subscribeAll>) => {
      subscriptions += 1;
      return services.store.subscribeAll(...how);
    },
    readAll: (...which: Parameters<typeof services.store.readAll>) => {
      reads += 1;
      return services.store.readAll(...which);
    },
  };
  const auth = () => ({ role: 'auditor', sub: 'auditor' }) as const;
  const app = await buildApp({ services: { ...services, store }, clock, ids, readiness, auth });
  t.teardown(() => app.close());
  const stream = await app.inject({ method: 'HEAD', url: '/v1/log/stream' });
  t.match(stream, { statusCode: 200, payload: '' });
  t.equal(stream.headers['content-type'], 'text/event-stream');
  const lines = await app.inject({ method: 'HEAD', url: '/v1/log/events', headers: { accept: 'application/x-ndjson' } });
  t.match(lines, { statusCode: 200, payload: '' });
  await sleep(20);
  t.equal(subscriptions, 0);
  t.equal(reads, 0);
});

await test('a task by hand has its history too, from its first event', async (t) => {
  const world = await openWorld(t, { seeded: false, at: ACTS_AT });
  await world.office.post('/v1/units', { id: OWN, name: '市科技局' });
  await world.office.post('/v1/directives', { id: 'by-hand', number: '1号', title: '通知', issuer: '市政府办公室', date: '2023-01-01' });
  t.equal((await world.office.post('/v1/tasks', { ...handTask('by-hand-1'), directive: 'by-hand' })).status, 201);
  const items = await world.all<{ readonly type: string; readonly position: number }>(world.unit(OWN), '/v1/tasks/by-hand-1/history');
  t.match(items, [{ type: 'TaskAssigned.v1', position: 3 }]);
});
