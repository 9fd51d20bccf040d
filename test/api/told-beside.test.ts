import { test } from 'tap';
import { ACTS_AT, OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE, type ListBody, type ProblemBody } from '../support/app.ts';
import { prepareThings } from '../support/reads.ts';

/** What a client is told beside the answer: where the next page is, how many there are, where a path went, what is taken. */

const world = await openWorld({ teardown: () => undefined }, { at: ACTS_AT });
const { office, auditor, nobody } = world;
await prepareThings(world);

type Counted = ListBody<{ readonly id: string }> & { readonly total?: number };

/** The URL of a `Link` to the next page. */
const linked = (link: string | undefined): string | undefined => /^<([^>]+)>; rel="next"$/u.exec(link ?? '')?.[1];

await test('following Link leads through every page of a list, and total counts them on each', async (t) => {
  const whole = await world.all<{ readonly id: string }>(auditor, `/v1/tasks?directive=${SEED_DIRECTIVE}&q=%E5%B8%82`);
  const found: string[] = [];
  let pages = 0;
  for (let url: string | undefined = `/v1/tasks?directive=${SEED_DIRECTIVE}&q=%E5%B8%82&limit=20`; url !== undefined; pages += 1) {
    const page = await auditor.get<Counted>(url);
    t.equal(page.body.total, whole.length);
    found.push(...page.body.items.map(({ id }) => id));
    t.equal(linked(page.headers['link']) === undefined, page.body.next === null, 'a link as long as there is a next page');
    url = linked(page.headers['link']);
  }
  t.ok(pages > 2);
  t.same(
    found,
    whole.map(({ id }) => id),
  );
});

await test('pages of the log are linked as well, by the position to go on after', async (t) => {
  const page = await auditor.get<{ readonly next: number }>('/v1/log/events?limit=3');
  t.equal(linked(page.headers['link']), '/v1/log/events?limit=3&after=3');
  const last = await auditor.get(`/v1/log/events?after=${world.head() - 1}`);
  t.equal(last.headers['link'], undefined, 'the last one links to nothing');
});

await test('a list says its total where it was made whole, and is silent where nothing was read only to be counted', async (t) => {
  for (const url of [
    '/v1/units',
    '/v1/directives',
    `/v1/obligations?directive=${SEED_DIRECTIVE}`,
    `/v1/directives/${SEED_DIRECTIVE}/findings`,
  ]) {
    const all = await world.all(auditor, url);
    t.equal((await auditor.get<Counted>(`${url}${url.includes('?') ? '&' : '?'}limit=1`)).body.total, all.length, url);
  }
  t.equal((await auditor.get<Counted>('/v1/backdated')).body.total, undefined, 'papers are read a page at a time');
});

await test('the directives are listed to whoever may read each of them', async (t) => {
  for (const client of [office, auditor, world.unit(OWN)]) {
    const { body } = await client.get<Counted>('/v1/directives');
    t.same(
      body.items.map(({ id }) => id),
      [SEED_DIRECTIVE, 'small'],
    );
    for (const directive of body.items)
      t.match((await client.get<object>(`/v1/directives/${directive.id}`)).body, directive, 'and each as it is shown by itself');
  }
  t.equal((await auditor.get<Counted>('/v1/directives?asOf=@0')).body.total, 0, 'as known then');
});

await test('a unit is told what it owes itself, and what it has asked for, and nothing of others', async (t) => {
  type Owing = ListBody<{ readonly unit: string }>;
  const owing = `/v1/owing?directive=${SEED_DIRECTIVE}&period=2023-03`;
  const everybody = await auditor.get<Owing>(owing);
  t.ok(everybody.body.items.length > 20);
  const own = await world.unit(OWN).get<Owing>(owing);
  t.same(
    own.body.items,
    everybody.body.items.filter(({ unit }) => unit === OWN),
  );
  t.equal(own.body.items.length, 1);
  const asked = '/v1/extensions?directive=small';
  t.equal((await world.unit(OWN).get<Owing>(asked)).body.items.length, 1);
  t.same((await world.unit('hu-bin-qu-zheng-fu').get<Owing>(asked)).body.items, [], 'another unit sees none of it');
});

await test('a slash at the end leads to where the path is, with its parameters', async (t) => {
  const moved = await office.send('GET', '/v1/tasks/?limit=1');
  t.match(moved, { status: 308, headers: { location: '/v1/tasks?limit=1' }, text: '' });
  t.match(await office.send('POST', '/v1/units/', { id: 'x' }), { status: 308, headers: { location: '/v1/units' } }, 'a command too');
  t.match(await nobody.send('GET', '/problems//'), { status: 308, headers: { location: '/problems' } });
  t.equal((await nobody.send('GET', '/v1/nothing/')).status, 404, 'what is not there is nowhere else');
  t.equal((await nobody.send('GET', '//example.org/')).status, 404, 'nor does it lead out of here');
});

await test('a wrong media type is answered with the one that is taken or given', async (t) => {
  const wrong = await office.send<ProblemBody>('POST', '/v1/units', '<unit/>', { 'content-type': 'application/xml' });
  t.match(wrong, { status: 415, headers: { accept: 'application/json' }, body: { detail: /application\/json/u } });
  const notice = await office.send<ProblemBody>('POST', '/v1/directives/import', {});
  t.match(notice, { status: 415, headers: { accept: 'text/plain' }, body: { detail: /text\/plain/u } });
  const picture = await auditor.get<ProblemBody>('/v1/log/events', { accept: 'image/png' });
  t.match(picture, { status: 406, body: { detail: /application\/json or application\/x-ndjson/u } });
});

await test('a wrong method is answered with those that are taken', async (t) => {
  const wrong = await office.send<ProblemBody>('DELETE', '/v1/tasks/anything');
  t.match(wrong, { status: 405, headers: { allow: 'GET, HEAD' } });
});

await world.close();
