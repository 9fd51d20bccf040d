import { test } from 'tap';
import { openWorld, SEED_DIRECTIVE, type ListBody, type World } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';

/** People know a document by its printed number (文号) and its title. */

const NUMBER = '三政办〔2023〕1号';
const TITLE = '三门峡市人民政府办公室关于明确政府工作报告提出的2023年重点工作责任单位的通知';

const REFUSED = { status: 400, body: { code: 'directive-unknown', errors: [{ pointer: '/directive' }] } };

/** Every read that takes the parameter, with what else it must be asked with. */
const asking = async (world: World): Promise<readonly string[]> => {
  const { paths } = await documentOf(world);
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (get?.parameters?.some(({ name }) => name === 'directive') !== true) return [];
    const others = get.parameters.filter(({ name, required, in: place }) => place === 'query' && (required === true || name === 'period'));
    const asked = others.flatMap(({ name }) => (name === 'directive' ? [] : [`${name}=${name === 'period' ? '2023-01' : 'unit'}&`]));
    return [`${path.replace('{id}', 'shi-ke-ji-ju')}?${asked.join('')}`];
  });
};

await test('a directive is asked for by its printed number or its title, as by its id, wherever one is', async (t) => {
  const world = await openWorld(t);
  const urls = await asking(world);
  t.ok(urls.length > 15 && urls.includes('/v1/tasks?') && urls.includes('/v1/notices?'), urls.join(' '));
  const said = async (url: string, directive: string): Promise<string> => {
    const { status, text } = await world.office.get(`${url}asOf=@500&on=2023-02-01&directive=${encodeURIComponent(directive)}`);
    t.equal(status, 200, `${url} ${directive}: ${text.slice(0, 200)}`);
    return text.replace(/"next":"[^"]*"/u, '');
  };
  for (const url of urls) {
    const byId = await said(url, SEED_DIRECTIVE);
    t.equal(await said(url, NUMBER), byId, url);
  }
  const tasks = await said('/v1/tasks?', SEED_DIRECTIVE);
  for (const name of ['三政办[2023]1号', '三政办（2023）１号', '三政办 〔2023〕 1 号', TITLE])
    t.equal(await said('/v1/tasks?', name), tasks, name);
});

await test('what names no directive is refused wherever one is asked for, and is no empty list', async (t) => {
  const world = await openWorld(t);
  for (const url of await asking(world))
    for (const name of ['nope', '三政办〔2024〕1号'])
      t.match(await world.office.get(`${url}directive=${encodeURIComponent(name)}`), REFUSED, `${url} ${name}`);
  t.match(await world.unit('shi-ke-ji-ju').get('/v1/tasks?directive=nope', { 'accept-language': 'zh-CN' }), {
    ...REFUSED,
    body: { detail: /既不是文件编号（id），也不是文号或标题：可用 GET \/v1\/directives/u },
  });
  for (const wrong of ['directive=', `directive=${SEED_DIRECTIVE}&directive=${SEED_DIRECTIVE}`])
    t.match(
      await world.office.get(`/v1/tasks?${wrong}`),
      { status: 400, body: { code: 'invalid-input', errors: [{ pointer: '/directive' }] } },
      wrong,
    );

  const known = { id: 'new', number: 'abc', title: '新文件', issuer: '市政府', date: '2023-02-01' };
  t.equal((await world.office.post('/v1/directives', known)).status, 201);
  t.match(await world.office.get('/v1/tasks?directive=new'), { status: 200, body: { items: [] } }, 'known, though it says nothing yet');
  await world.settled();
  t.equal((await world.office.get<ListBody<unknown>>('/v1/tasks?directive=abc')).status, 200, 'a number may look like an id');
});

await test('a number that several directives have names none of them, and they are told', async (t) => {
  const world = await openWorld(t, { seeded: false });
  for (const id of ['one', 'two'])
    await world.office.post('/v1/directives', { id, number: '1号', title: `通知${id}`, issuer: '市政府', date: '2023-01-01' });
  await world.settled();
  t.match(await world.office.get(`/v1/tasks?directive=${encodeURIComponent('1号')}`), { ...REFUSED, body: { detail: /one.*two/u } });
  t.equal((await world.office.get(`/v1/tasks?directive=${encodeURIComponent('通知two')}`)).status, 200);
});

await test('a number where an id is taken is refused with the id', async (t) => {
  const world = await openWorld(t);
  const named = (pointer: string) => ({
    status: 400,
    body: { code: 'invalid-input', detail: `${NUMBER} is the directive ${SEED_DIRECTIVE}: here its id is taken`, errors: [{ pointer }] },
  });
  t.match(await world.office.get(`/v1/directives/${encodeURIComponent(NUMBER)}`), named('/id'));
  t.match(await world.office.post('/v1/snapshots', { directive: NUMBER, period: '2023-01' }), named('/directive'));
});
