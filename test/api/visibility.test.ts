import { t as whole, test } from 'tap';
import { acts, ACTS_AT, OTHER, OWN } from '../support/acts.ts';
import { openWorld, type Answer, type Client, type Headers, type World } from '../support/app.ts';
import { DIRECTIVE, PEER, PERIOD, plant, type Audience, type Planted } from '../support/planted.ts';

/**
 * Nothing of one unit reaches another, over real HTTP. Every text that somebody may write about a unit holds a mark, and
 * every read that the application has registered is asked for, by every way it can be asked: an answer to another unit
 * holds none of them. That the unit itself and an auditor find them shows that the marks are looked for where they are.
 */

type Operation = {
  readonly 'x-roles'?: readonly string[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly required?: boolean }[];
};
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

type Request = { readonly route: string; readonly url: string; readonly headers: Headers };

/** Asked with these beside the usual, since an answer may have other forms. */
const ACCEPTS: Readonly<Record<string, readonly string[]>> = {
  'GET /v1/log/events': ['application/x-ndjson'],
  'GET /v1/snapshots/{id}': ['text/csv'],
  'GET /v1/notices/{id}': ['text/html'],
  'GET /v1/inspections/{id}': ['text/html'],
  'GET /v1/units/{id}/reminder-letter': ['text/html'],
};

/** Every value of every parameter, one at a time beside those that must be given. */
const requestsFor = (path: string, { parameters = [] }: Operation, { values }: Planted): readonly Request[] => {
  const route = `GET ${path}`;
  const subject = Object.keys(values).find((known) => known.startsWith('GET ') && `${route}/`.startsWith(`${known}/`));
  const valuesOf = (name: string): readonly string[] => values[name === 'id' ? (subject ?? name) : name] ?? [];
  let paths: readonly string[] = [path];
  for (const [, name = ''] of path.matchAll(/\{([^}]+)\}/gu)) {
    const given = valuesOf(name);
    if (given.length === 0) throw new Error(`${route}: no value leads to what was planted under {${name}}`);
    paths = paths.flatMap((each) => given.map((value) => each.replace(`{${name}}`, value)));
  }
  const query = parameters.filter(({ in: place }) => place === 'query').map(({ name = '', required = false }) => ({ name, required }));
  const needed = query
    .filter(({ required }) => required)
    .map(({ name }) => {
      const [value] = valuesOf(name);
      if (value === undefined) throw new Error(`${route}: no value for ${name}`);
      return `${name}=${encodeURIComponent(value)}`;
    });
  const variants = [[], ...query.flatMap(({ name }) => valuesOf(name).map((value) => [`${name}=${encodeURIComponent(value)}`]))].map(
    (more) => [...needed.filter((part) => !more.some((other) => other.split('=', 1)[0] === part.split('=', 1)[0])), ...more].join('&'),
  );
  const urls = [...new Set(paths.flatMap((each) => variants.map((variant) => (variant === '' ? each : `${each}?${variant}`))))];
  return urls.flatMap((url) => [
    { route, url, headers: {} },
    ...(ACCEPTS[route] ?? []).map((accept) => ({ route, url, headers: { accept } })),
  ]);
};

const textOf = ({ status, headers, text }: Answer): string => `${status} ${JSON.stringify(headers)} ${text}`;

/** A mark that the request itself names tells nobody anything. */
const marksIn = (text: string, marks: readonly string[], asked = ''): readonly string[] =>
  marks.filter((mark) => text.includes(mark) && !asked.includes(mark));

const marked = async (t: Parameters<typeof openWorld>[0]): Promise<{ world: World; planted: Planted; requests: readonly Request[] }> => {
  const world = await openWorld(t, { at: ACTS_AT, overHttp: true });
  const planted = await plant(world);
  world.clock.advance(60_000); // a receipt needs a checkpoint, and a checkpoint some time since the one before
  const { body } = await world.nobody.get<Document>('/openapi.json');
  const requests = Object.entries(body.paths).flatMap(([path, item]) =>
    item['get'] === undefined || path === '/v1/log/stream' ? [] : requestsFor(path, item['get'], planted),
  );
  return { world, planted, requests };
};

type Found = { readonly marks: ReadonlySet<string>; readonly byRoute: ReadonlyMap<string, ReadonlySet<string>>; readonly answered: number };

const look = async (client: Client, requests: readonly Request[], marks: readonly string[]): Promise<Found> => {
  const byRoute = new Map<string, Set<string>>();
  let answered = 0;
  for (const { route, url, headers } of requests) {
    const answer = await client.send('GET', url, undefined, headers);
    if (answer.status >= 500) throw new Error(`${url}: ${answer.text}`);
    if (answer.status === 200) answered += 1;
    const found = byRoute.get(route) ?? new Set();
    for (const mark of marksIn(textOf(answer), marks, url)) found.add(mark);
    byRoute.set(route, found);
  }
  return { marks: new Set([...byRoute.values()].flatMap((found) => [...found])), byRoute, answered };
};

const { world, planted, requests } = await marked(whole);
const all = (Object.keys(planted.marks) as Audience[]).flatMap((audience) => planted.marks[audience]); // of its type

await test('the marks are where they are looked for', async (t) => {
  t.ok(all.length > 100);
  t.ok(requests.length > 250);
  const auditor = await look(world.auditor, requests, all);
  t.same(
    [...new Set(all).difference(auditor.marks)].toSorted(),
    [...planted.marks.kept, ...planted.marks.office].toSorted(),
    'an auditor finds all but what is held apart, or the office’s alone',
  );
  const office = await look(world.office, requests, [...planted.marks.kept, ...planted.marks.office]);
  t.same([...office.marks].toSorted(), [...planted.marks.kept, ...planted.marks.office].toSorted(), 'which the office finds');
  for (const route of ['history', 'reports/{reportId}', 'plans/{n}', 'extension-requests/{n}', 'completion-claims/{n}', 'statements'])
    t.ok((auditor.byRoute.get(`GET /v1/tasks/{id}/${route}`)?.size ?? 0) > 2, `at ${route}`);
  for (const route of ['/v1/notices/{id}', '/v1/inspections/{id}', '/v1/log/events', '/v1/ledger/tile/{path}', '/v1/attachments/{sha256}'])
    t.ok((auditor.byRoute.get(`GET ${route}`)?.size ?? 0) > 1, `at ${route}`);

  const own = await look(world.unit(OWN), requests, all);
  const forOwn = [...planted.marks.own, ...planted.marks.both, ...planted.marks.kept];
  t.same([...new Set(forOwn).difference(own.marks)], [], 'the unit finds all that is for it');
  t.same(marksIn([...own.marks].join(' '), [...planted.marks['no-unit'], ...planted.marks.office]), [], 'and no draft');
});

await test('a unit that has nothing to do with it finds none of them', async (t) => {
  const { byRoute, answered } = await look(world.unit(OTHER), requests, all);
  t.ok(answered > 50, 'it is answered: with what is its own, or for all');
  for (const [route, found] of byRoute) t.same([...found], [], route);
});

await test('a unit that carries the same task finds what is said to both, and nothing else', async (t) => {
  const { byRoute, marks } = await look(world.unit(PEER), requests, all);
  for (const [route, found] of byRoute)
    t.same(
      marksIn([...found].join(' '), [...planted.marks.own, ...planted.marks.kept, ...planted.marks['no-unit'], ...planted.marks.office]),
      [],
      route,
    );
  t.same([...new Set(planted.marks.both).difference(marks)], []);
});

await test('a history, the versions and the receipts show the same events', async (t) => {
  const url = '/v1/tasks/marked-shared';
  for (const unit of [OWN, PEER]) {
    const items = await world.all<{ readonly id: string; readonly position: number; readonly subject: string }>(
      world.unit(unit),
      `${url}/history`,
      7,
    );
    const positions = [...(await world.unit(unit).get(`${url}/timemap`)).text.matchAll(/asOf=@(\d+)>/gu)].map(([, at]) => Number(at));
    t.same(
      positions,
      items.filter(({ subject }) => subject === 'task-marked-shared').map(({ position }) => position),
      unit,
    );
    const known = new Set(items.map(({ id }) => id));
    const every = await world.all<{ readonly id: string }>(world.auditor, `${url}/history`);
    t.ok(known.size > 5 && known.size < every.length);
    for (const { id } of every)
      t.equal((await world.unit(unit).get(`/v1/log/events/${id}/proof`)).status, known.has(id) ? 200 : 404, `${unit} ${id}`);
  }
});

await test('what the peer sees of a task is judged from its own part', async (t) => {
  type Shown = {
    readonly progress: object;
    readonly standing: object;
    readonly compliance: { readonly owed: number };
    readonly children: unknown;
  };
  const task = async (client: Client): Promise<Shown> => (await client.get<Shown>('/v1/tasks/marked-shared')).body;
  const [peer, own, office] = [await task(world.unit(PEER)), await task(world.unit(OWN)), await task(world.office)];
  t.match(peer, { progress: { lastReport: null }, standing: { state: null }, children: [] });
  t.match(own, { progress: { percent: 17, lastReport: { unit: OWN } }, standing: { state: 'behind' }, children: ['marked-mine'] });
  t.match(office, { progress: { percent: 17 }, children: ['marked-mine'] });
  t.ok(peer.compliance.owed > 0 && peer.compliance.owed < office.compliance.owed, 'what it owes itself');
  for (const url of ['/v1/plans', '/v1/measurements', '/v1/standings', '/v1/progress?by=unit', `/v1/reports?period=${PERIOD}`]) {
    const { text, status } = await world.unit(PEER).get(`${url}${url.includes('?') ? '&' : '?'}directive=${DIRECTIVE}`);
    t.equal(status, 200, url);
    t.notMatch(text, `"unit":"${OWN}"`, url);
    t.notMatch(text, `"key":"${OWN}"`, url);
  }
});

await test('what an act changed is told without what others had there', async (t) => {
  const peer = world.unit(PEER);
  const planned = await peer.post('/v1/tasks/marked-shared/plans', {
    milestones: [{ title: '过半', due: '2023-06-30' }],
    leader: '王五',
    measures: '配合',
  });
  t.equal(planned.status, 201);
  type Item = { readonly position: number; readonly changes: readonly { readonly path: string }[] };
  const changes = async (client: Client): Promise<Item['changes'] | undefined> => {
    const items = await world.all<Item>(client, '/v1/tasks/marked-shared/history');
    return items.find(({ position }) => position === planned.body.position)?.changes;
  };
  t.same(await changes(peer), [{ path: '/plans', before: [], after: [{ unit: PEER, state: 'submitted' }] }]);
  t.match(await changes(world.office), [{ path: '/plans', before: [{ unit: OWN }, { unit: OWN }] }]);
});

await test('an answer that is kept for one reader is not given to another', async (t) => {
  const url = '/v1/tasks/marked-bare';
  const assignees = [OWN, PEER].map((party) => ({ role: 'lead', party }));
  const bare = { id: 'marked-bare', directive: DIRECTIVE, kind: 'task', text: '共同工作', assignees, effectiveFrom: '2023-01-10' };
  t.equal((await world.office.post('/v1/tasks', bare)).status, 201);
  const reported = await world.unit(OWN).post(`${url}/reports`, { period: PERIOD, status: 'behind', percent: 17, narrative: '滞后' });
  t.equal(reported.status, 201);
  for (const client of [world.office, world.unit(OWN), world.auditor])
    t.match(await client.get(url), { body: { progress: { percent: 17, lastReport: { unit: OWN } } } });
  t.same((await world.unit(PEER).get<{ readonly progress: object }>(url)).body.progress, { lastReport: null });
});

await test('nothing tells what is not there from what is another’s', async (t) => {
  const other = world.unit(OTHER);
  const peer = world.unit(PEER);
  /** A path that names what is there, and nothing that is. */
  type Pair = readonly [client: Client, path: string, there: string, nowhere: string];
  const same = async ([client, path, there, nowhere]: Pair, headers: Headers = {}): Promise<void> => {
    const ask = async (name: string): Promise<readonly [number, string]> => {
      const { status, headers: answered, text } = await client.get(path.replace('{}', name), headers);
      const { 'x-request-id': _, 'content-length': __, date: ___, ...others } = answered;
      return [status, `${JSON.stringify(others)} ${text}`.replaceAll(name, '…')];
    };
    const found = await ask(there);
    t.equal(found[0], 404, path);
    t.same(found, await ask(nowhere), path);
  };
  const [[notice = '', draft = ''], [inspection = '']] = [
    planted.values['GET /v1/notices/{id}'] ?? [],
    planted.values['GET /v1/inspections/{id}'] ?? [],
  ];
  const [event = ''] = planted.values['GET /v1/log/events/{id}']?.slice(-1) ?? [];
  const [digest = ''] = planted.values['sha256'] ?? [];
  const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';
  const pairs: readonly Pair[] = [
    ...['', '/history', '/timemap', '/responsibility', `/reports/${OWN}-${PERIOD}`, '/plans/1'].map((path): Pair => [
      other,
      `/v1/tasks/{}${path}`,
      'marked-shared',
      'nowhere',
    ]),
    [peer, '/v1/tasks/marked-shared/reports/{}', `${OWN}-${PERIOD}`, 'no-such-report'],
    ...['plans', 'extension-requests', 'completion-claims'].map((path): Pair => [peer, `/v1/tasks/marked-shared/${path}/{}`, '1', '9']),
    [other, '/v1/notices/{}', notice, NOBODY],
    [peer, '/v1/notices/{}', draft, NOBODY],
    [peer, '/v1/inspections/{}', inspection, NOBODY],
    [other, '/v1/log/events/{}/proof', event, NOBODY],
    [peer, '/v1/log/events/{}', event, NOBODY],
    [peer, '/v1/attachments/{}', digest, '0'.repeat(64)],
    [other, '/v1/units/{}/scorecard?year=2023', OWN, 'nowhere'],
    [other, '/v1/units/{}/reminder-letter?period=2023-03', OWN, 'nowhere'],
  ];
  for (const pair of pairs) {
    await same(pair);
    const { headers } = await world.office.get(pair[1].replace('{}', pair[2]));
    for (const tag of ['*', headers['etag'] ?? '"0"']) await same(pair, { 'if-none-match': tag });
  }
});

await test('a cursor of one reader shows another nothing of it', async (t) => {
  for (const [route, url] of requests.map(({ route: of, url: at }) => [of, at] as const)) {
    if (url.includes('cursor=')) continue;
    const page = await world.unit(OWN).get<{ readonly next?: unknown } | undefined>(`${url}${url.includes('?') ? '&' : '?'}limit=1`);
    const next = page.status === 200 ? page.body?.next : undefined;
    if (typeof next !== 'string') continue;
    const answer = await world.unit(OTHER).get(`${url}${url.includes('?') ? '&' : '?'}limit=1&cursor=${next}`);
    t.same(marksIn(textOf(answer), all, url), [], route);
  }
});

await test('a receipt that is not for a unit is refused at once, also while none could be given', async (t) => {
  const recorded = await world.unit(OWN).post('/v1/tasks/marked-mine/reports', { period: '2023-01', status: 'done', narrative: '补报' });
  const url = `/v1/log/events/${recorded.body.events[0]?.id}/proof`;
  await world.settled();
  const began = performance.now();
  t.equal((await world.unit(OTHER).get(url)).status, 404);
  t.ok(performance.now() - began < 500, 'the wait for a checkpoint would tell that it is there');
});

await test('what is refused says nothing of another’s', async (t) => {
  const [notice = ''] = planted.values['GET /v1/notices/{id}'] ?? [];
  const [inspection = ''] = planted.values['GET /v1/inspections/{id}'] ?? [];
  const paths: Readonly<Record<string, string>> = { tasks: 'marked-shared', notices: notice, inspections: inspection };
  for (const { route, whose } of acts.filter((act) => act.whose === 'unit' && act.route.includes('{id}'))) {
    const [, kind = ''] = /^POST \/v1\/(\w+)\//u.exec(route) ?? [];
    const url = route
      .replace('POST ', '')
      .replace('{id}', paths[kind] ?? '')
      .replace('{reportId}', `${OWN}-${PERIOD}`)
      .replace('{n}', '1');
    for (const client of [world.unit(OTHER), world.unit(PEER)]) {
      const body = { reason: '更正', percent: 1, text: '已改', period: PERIOD, status: 'done', narrative: '已报', until: '2024-01-31' };
      for (const sent of [body, {}]) {
        const answer = await client.post(url, sent);
        t.same(marksIn(textOf(answer), planted.marks.own, url), [], `${whose} ${url}`);
      }
    }
  }
  const amended = async (report: string): Promise<string> =>
    (await world.unit(PEER).post(`/v1/tasks/marked-shared/reports/${report}/amendments`, { percent: 1, reason: '更正' })).text;
  t.equal((await amended(`${OWN}-${PERIOD}`)).replaceAll(`${OWN}-${PERIOD}`, '…'), (await amended('none')).replaceAll('none', '…'));
});
