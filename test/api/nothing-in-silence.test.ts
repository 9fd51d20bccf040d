import { test } from 'tap';
import { ACTS_AT, OTHER, OWN } from '../support/acts.ts';
import { openWorld, SEED_DIRECTIVE } from '../support/app.ts';
import { documentOf, type Parameter } from '../support/openapi.ts';
import { prepareThings, reads } from '../support/reads.ts';

/** A list that is empty because its filter names nothing looks like one of which all is well. Silence is the worst answer. */

/** What finds, where finding nothing is an answer; and offices that may have written nothing yet. */
const MAY_FIND_NOTHING = ['q', 'issuer'];
/** Of time and of pages: each has tests of its own. */
const OF_ALL = ['asOf', 'on', 'minPosition', 'cursor', 'limit', 'format', 'lang'];

/** Texts of every kind that names nothing, of which a parameter's schema takes some. */
const NOTHING = ['nobody-is-called-so', '查无此物', '99999', '@99999', '2023-02-30', 'constructor', '-1'];

await test('no read passes over what a parameter says: what names nothing, is empty, stands twice or is unknown is refused', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const things = await prepareThings(world);
  const { paths, components } = await documentOf(world);
  const resolved = (parameter: Parameter): Parameter =>
    parameter.$ref === undefined
      ? parameter
      : // The cast: the document's own component, which documents.test holds to the specification.
        (components['parameters']?.[parameter.$ref.split('/').at(-1) ?? ''] as Parameter);
  let tried = 0;
  for (const [route, { url: given, who }] of Object.entries(reads)) {
    const [method = '', path = ''] = route.split(' ');
    const operation = paths[path]?.['get'];
    if (method !== 'GET' || operation === undefined || who === 'open') continue;
    const url = new URL(typeof given === 'string' ? given : given(things), 'http://here');
    const ask = (name: string, ...values: readonly string[]) => {
      const query = new URLSearchParams(url.search);
      query.delete(name);
      for (const value of values) query.append(name, value);
      return world.office.get(`${url.pathname}?${query.toString()}`);
    };
    t.match(await ask('unheardOf', '1'), { status: 400, body: { errors: [{ pointer: '/unheardOf' }] } }, route);
    for (const { name, in: place } of (operation.parameters ?? []).map(resolved)) {
      if (place !== 'query' || OF_ALL.includes(name)) continue;
      const refused = { status: 400, body: { errors: [{ pointer: `/${name}` }] } };
      t.match(await ask(name, '1', '1'), refused, `${route}: ${name} twice`);
      t.match(await ask(name, ''), refused, `${route}: ${name} empty`);
      if (MAY_FIND_NOTHING.includes(name)) continue;
      for (const value of NOTHING) {
        tried += 1;
        t.match(await ask(name, value), refused, `${route}: ${name}=${value}`);
      }
    }
  }
  t.ok(tried > 300, `${tried} values`);
});

await test('a task of which a unit may see nothing is refused as one that there is not', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  await prepareThings(world);
  for (const list of ['plans', 'measurements', 'obligations']) {
    const asked = async (unit: string, task: string) =>
      (await world.unit(unit).get<{ readonly detail: string }>(`/v1/${list}?directive=small&task=${task}`)).body.detail;
    t.equal((await world.unit(OWN).get(`/v1/${list}?directive=small&task=mine`)).status, 200, list);
    t.equal(await asked(OTHER, 'mine'), 'there is no such task, or none that you may see', list);
    t.equal(await asked(OTHER, 'mine'), await asked(OTHER, 'nowhere'), list);
  }
});

await test('a kind is the id of a duty of the directives asked about, and a span of days does not end before it begins', async (t) => {
  const { office } = await openWorld(t, { at: ACTS_AT });
  for (const kind of ['monthly', 'annual', 'deadline']) {
    t.equal((await office.get(`/v1/obligations?directive=${SEED_DIRECTIVE}&period=2023-02&kind=${kind}`)).status, 200, kind);
    t.equal((await office.get(`/v1/owing?directive=${SEED_DIRECTIVE}&period=2023-02&kind=${kind}`)).status, 200, kind);
  }
  const duty = { id: 'weekly', name: '周报', every: 'week', from: '2023-W01', to: '2023-W52', due: { weekday: 5 } };
  await office.post('/v1/directives', { id: 'small', number: '2号', title: '通知', issuer: '市政府', date: '2023-01-01' });
  t.equal((await office.post('/v1/directives/small/policies', { effectiveFrom: '2023-01-01', duties: [duty] })).status, 201);
  t.equal((await office.get('/v1/obligations?directive=small&kind=weekly')).status, 200);
  t.equal((await office.get('/v1/obligations?kind=weekly')).status, 200, 'of all directives, where one has it');
  t.match(await office.get(`/v1/obligations?directive=${SEED_DIRECTIVE}&kind=weekly`), {
    status: 400,
    body: { detail: 'is no duty of any policy, nor deadline', errors: [{ pointer: '/kind' }] },
  });
  t.match(await office.get(`/v1/deadlines?directive=${SEED_DIRECTIVE}&from=2023-07-01&to=2023-06-30`), {
    status: 400,
    body: { detail: 'is later than `to`', errors: [{ pointer: '/from' }] },
  });
});
