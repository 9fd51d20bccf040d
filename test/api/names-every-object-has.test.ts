import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import { ACTS_AT } from '../support/acts.ts';
import { openWorld, temporaryDir, type Answer, type Headers, type World } from '../support/app.ts';
import { documentOf, exampleOf, type Document, type Operation, type Parameter } from '../support/openapi.ts';

/**
 * A client may call things as JavaScript calls what every object, list or function has: `constructor`, `__proto__`,
 * `entries`. To the service they are names like others: where nothing has the name, the answer is the one that any unknown
 * name gets, and where something has it, it is found, kept and built again.
 */

const NAMES: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  'at',
  'concat',
  'entries',
  'fill',
  'keys',
  'length',
  'values',
  'with',
  'get',
  'size',
  'apply',
  'call',
  'caller',
  'name',
  'prototype',
];
/** Those that an id may be. */
const IDS = NAMES.filter((name) => /^[a-z0-9][a-z0-9-]*$/u.test(name));

/** Parameters that every read takes: two names are enough for each. */
const EVERYWHERE = new Set(['asOf', 'on', 'minPosition', 'limit', 'cursor', 'accept-datetime', 'if-none-match']);

type Parts = { readonly method: string; readonly path: string; readonly operation: Operation; readonly parameters: readonly Parameter[] };

const partsOf = (document: Document): readonly Parts[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(() => path !== '/v1/log/stream')
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation,
        parameters: (operation.parameters ?? []).map((each) =>
          each.$ref === undefined ? each : (document.components['parameters']?.[each.$ref.split('/').at(-1) ?? ''] as Parameter),
        ), // as the document has it
      })),
  );

type Asked = { readonly place: string; readonly of: (name: string) => { readonly url: string; readonly headers: Headers } };

/** The example of an operation with one of its parameters called by another name. */
const askedBy = ({ path, operation, parameters }: Parts): readonly Asked[] => {
  const { headers } = exampleOf(path, operation);
  const given = new Map(parameters.filter(({ example }) => example !== undefined).map(({ name, example }) => [name, String(example)]));
  return parameters.map(({ name: changed, in: where }) => ({
    place: `${where} ${changed}`,
    of: (name) => {
      const values = new Map([...given, [changed, name]]);
      const query = parameters.filter((each) => each.in === 'query' && values.has(each.name));
      const filled = path.replaceAll(/\{(\w+)\}/gu, (_, part: string) => encodeURIComponent(values.get(part) ?? 'nowhere'));
      return {
        url: `${filled}?${new URLSearchParams(query.map((each) => [each.name, values.get(each.name) ?? ''])).toString()}`,
        headers: where === 'header' ? { ...headers, [changed.toLowerCase()]: name } : headers,
      };
    },
  }));
};

/** All but what differs from request to request, with one name in the place of another. */
const told = ({ status, text }: Answer, control: string, name: string): string =>
  `${status} ${text.replaceAll(/"requestId":"[^"]*"/gu, '').replaceAll(control, name)}`;

/** Names of the same kind that nothing has: a name may be no id, a word that is none of a list, and so on. */
const likeIt = (name: string): string => (IDS.includes(name) ? 'no-such-name' : name.startsWith('_') ? '_no_such_name' : 'noSuchName');

await test('an unknown name gets one answer, whatever JavaScript calls by it', async (t) => {
  const world = await openWorld(t, { at: '2024-03-05T09:00:00+08:00' });
  const document = await documentOf(world);
  for (const { method, path, operation } of partsOf(document).filter((each) => each.method !== 'GET')) {
    const { url, headers, body } = exampleOf(path, operation);
    await world.office.send(method, url, body, headers);
    world.clock.advance(10);
  }
  await world.settled();
  let asked = 0;
  for (const each of partsOf(document).filter(({ method }) => method === 'GET')) {
    for (const { place, of } of askedBy(each)) {
      const controls = new Map<string, Answer>();
      const sender = each.operation['x-sent-as'] === 'admin' ? world.admin : world.office;
      const ask = (name: string): Promise<Answer> => {
        const { url, headers } = of(name);
        asked += 1;
        return sender.send('GET', url, undefined, headers);
      };
      for (const name of EVERYWHERE.has(place.split(' ')[1] ?? '') ? ['constructor', '__proto__'] : NAMES) {
        const control = likeIt(name);
        const expected = controls.get(control) ?? (await ask(control));
        controls.set(control, expected);
        const answer = told(await ask(name), control, name);
        if (answer !== told(expected, control, name)) t.equal(answer, told(expected, control, name), `GET ${each.path}, ${place}: ${name}`);
      }
    }
  }
  t.ok(asked > 5_000, `${asked} requests`);
});

/** Every text of a body, at whatever depth, called by this name: one body for each. */
const renamed = (body: unknown, name: string): readonly unknown[] => {
  if (typeof body === 'string') return [name];
  if (Array.isArray(body)) return body.flatMap((item, at) => renamed(item, name).map((made) => body.with(at, made)));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => renamed(value, name).map((made) => ({ ...body, [key]: made })));
};
/** Such a member beside those of a body. */
const withMember = (body: object, name: string): string => `${JSON.stringify(body).slice(0, -1)},${JSON.stringify(name)}:{"admin":true}}`;

await test('a command takes such a name as it takes another, and records nothing else', async (t) => {
  const world = await openWorld(t, { at: '2024-03-05T09:00:00+08:00' });
  const document = await documentOf(world);
  let recorded = 0;
  for (const each of partsOf(document).filter(({ method }) => method !== 'GET')) {
    const { url, headers, body } = exampleOf(each.path, each.operation);
    const whole: unknown = body === undefined || headers['content-type'] !== 'application/json' ? undefined : JSON.parse(body);
    const sender = each.operation['x-sent-as'] === 'admin' ? world.admin : world.office;
    const send = async (of: string, sent: string | undefined, name: string, more: Headers = {}): Promise<number> => {
      const before = world.head();
      const answer = await sender.send(each.method, of, sent, { ...headers, ...more });
      world.clock.advance(10);
      const place = `${each.method} ${of} ${sent?.slice(0, 300)}: ${name}`;
      const unset = answer.text.includes('SMTP_URL is not set'); // nothing can be sent from here, whatever is asked
      if (answer.status >= 500 && !unset) t.fail(`${place}: ${answer.text}`);
      if (answer.status >= 300 && world.head() !== before) t.fail(`${place}: refused, and recorded`);
      for (let at = before + 1; at <= world.head(); at += 1) {
        recorded += 1;
        const event = JSON.stringify(world.duban().services.store.at(at)?.envelope.data);
        if (/native code|\[object|"(?:null|undefined)"/u.test(event)) t.fail(`${place} recorded ${event}`);
      }
      return answer.status;
    };
    for (const name of ['constructor', '__proto__', 'toString', 'entries', 'prototype']) {
      for (const changed of whole === undefined ? [] : renamed(whole, name)) await send(url, JSON.stringify(changed), name);
      if (typeof whole === 'object' && whole !== null && !Array.isArray(whole)) {
        const status = await send(url, withMember(whole, name), name);
        if (status < 400) t.fail(`${each.path}: a member ${name} is let pass`);
      }
      for (const { of } of askedBy(each).filter(({ place }) => place.startsWith('path')))
        await send(of(name).url.split('?')[0] ?? '', body, name);
      await send(url, body, name, { 'idempotency-key': name, 'if-match': name });
    }
    await sender.send(each.method, url, body, headers);
    await world.settled();
  }
  t.ok(recorded > 50, `${recorded} events`);
});

const DIRECTIVE = 'constructor';
const MONTH = '2023-02';

/** An office in which everything that may be is called so. */
const namedOffice = async (world: World): Promise<void> => {
  const post = async (who: World['office'], url: string, body: object, headers: Headers = {}): Promise<string> => {
    const answer = await who.post(url, body, headers);
    if (answer.status !== 201) throw new Error(`${url}: ${answer.text}`);
    await world.settled();
    return answer.body.subject;
  };
  for (const id of IDS) await post(world.office, '/v1/units', { id, name: `__proto__ ${id}`, aliases: [id] });
  await post(world.office, '/v1/collectives', { id: 'has-own', name: 'hasOwnProperty', members: IDS.slice(0, 5) });
  await post(world.office, '/v1/directives', {
    id: DIRECTIVE,
    number: '__proto__',
    title: 'toString',
    issuer: 'constructor',
    date: '2023-01-01',
  });
  await post(world.office, `/v1/directives/${DIRECTIVE}/policies`, {
    effectiveFrom: '2023-01-01',
    duties: ['constructor', 'entries'].map((id) => ({
      id,
      name: '__proto__',
      every: 'month',
      from: '2023-01',
      to: '2023-12',
      due: { day: 25 },
      who: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
    })),
  });
  for (const id of IDS) {
    await post(world.office, '/v1/tasks', {
      id,
      directive: DIRECTIVE,
      kind: 'task',
      text: '__proto__',
      theme: { number: 1, name: '__proto__' },
      group: { number: 'constructor', name: 'valueOf' },
      assignees: [{ role: 'lead', party: id }],
      leaders: ['constructor', '__proto__'],
      effectiveFrom: '2023-01-10',
      deadline: '2023-10-31',
      measurements: [{ metric: '__proto__', comparator: 'gte', target: '60', unit: 'constructor' }],
    });
    const own = world.unit(id);
    await post(own, `/v1/tasks/${id}/plans`, {
      milestones: [{ title: '__proto__', due: '2023-06-30' }],
      leader: 'toString',
      measures: 'constructor',
    });
    await post(own, `/v1/tasks/${id}/reports`, {
      period: MONTH,
      status: 'behind',
      percent: 17,
      narrative: '__proto__',
      milestones: ['__proto__'],
      measurements: [{ metric: '__proto__', value: '5' }],
    });
    await post(own, `/v1/tasks/${id}/reports/${id}-${MONTH}/amendments`, { narrative: 'constructor', reason: '__proto__' });
  }
  await post(world.office, '/v1/snapshots', { directive: DIRECTIVE, period: MONTH });
};

const readAll = async (t: Test, world: World): Promise<ReadonlyMap<string, string>> => {
  const urls = [
    ...IDS.flatMap((id) => [
      `/v1/units/${id}`,
      `/v1/units/${id}/scorecard?year=2023`,
      `/v1/tasks/${id}`,
      `/v1/tasks/${id}/history`,
      `/v1/tasks/${id}/reports/${id}-${MONTH}`,
      `/v1/tasks/${id}/plans/1`,
    ]),
    ...['tasks', 'plans', 'measurements', 'standings', 'obligations'].map((list) => `/v1/${list}?directive=${DIRECTIVE}&limit=500`),
    ...['unit', 'leader', 'theme', 'kind'].map((by) => `/v1/progress?directive=${DIRECTIVE}&by=${by}`),
    `/v1/owing?directive=${DIRECTIVE}&period=${MONTH}`,
    `/v1/compliance?directive=${DIRECTIVE}&period=${MONTH}&kind=constructor`,
    `/v1/reports?directive=${DIRECTIVE}&period=${MONTH}`,
    `/v1/directives/${DIRECTIVE}`,
    '/v1/collectives/has-own',
    '/v1/tasks?q=__proto__&limit=500',
    '/v1/tasks?leader=constructor&limit=500',
    '/v1/tasks?unit=constructor',
    '/v1/log/events?limit=500',
  ];
  const found = new Map<string, string>();
  for (const url of urls) {
    const answer = await world.office.get(url);
    if (answer.status >= 500) t.fail(`${url}: ${answer.text}`);
    found.set(url, `${answer.status} ${answer.text.replaceAll(/"requestId":"[^"]*"/gu, '')}`);
  }
  return found;
};

await test('an office in which everything is called so is kept, built again, taken home and proved', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT, seeded: false });
  await namedOffice(world);
  const before = await readAll(t, world);
  const found = [...before].filter(([, text]) => text.startsWith('200'));
  t.same(
    [...before].filter(([, text]) => !text.startsWith('200')),
    [],
  );
  t.ok(found.length > 6 * IDS.length);
  const ofTask = JSON.parse(before.get('/v1/tasks/constructor')?.slice(4) ?? '');
  t.match(ofTask, {
    id: 'constructor',
    assignees: [{ party: 'constructor' }],
    progress: { percent: 17, lastReport: { unit: 'constructor' } },
  });
  t.match(before.get('/v1/tasks?unit=constructor'), '"id":"constructor"');
  t.notMatch(before.get('/v1/tasks?unit=constructor'), '"id":"entries"');

  await world.duban().projector.rebuild();
  t.same(await readAll(t, world), before, 'after a rebuild');
  await world.restart(() => {
    for (const end of ['', '-wal', '-shm']) rmSync(join(world.dataDir, `views.sqlite${end}`), { force: true });
  });
  t.same(await readAll(t, world), before, 'with views made anew');

  world.duban().services.ledger.seal();
  const out = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir: world.dataDir });
  t.match(await exportBundle(source, out), { size: world.head() });
  source.close();
  const report = await verifyLog({ kind: 'bundle', dir: out }, { memoryOf: undefined, skew: 60_000 });
  t.match(report, { ok: true, size: world.head(), faults: [] });
  t.equal((await world.unit('entries').get('/v1/tasks/constructor')).status, 404, 'and is another unit’s');
});
