import { test } from 'tap';
import { openWorld, recorded, type World } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';

/** What is issued, registered or called so later changes no answer about what was known before. */

const NUMBER = '三政办〔2023〕1号';
const OF_DIRECTIVES = [NUMBER, 'later', '三政办〔2023〕2号', '后来的通知'];
const OF_LEADERS = ['万战伟', '后来的领导'];
const OF_UNITS = ['市科技局', 'later-unit', '后来的局'];

/** Each read of another time that takes the parameter, with what else it must be asked with, and each value of it. */
const asking = async (world: World, name: string, values: readonly string[]): Promise<readonly string[]> => {
  const { paths } = await documentOf(world);
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const { parameters = [] } = get ?? {};
    const timed = parameters.some(({ name: own, $ref }) => own === 'asOf' || $ref?.endsWith('AsOf') === true);
    const has = (wanted: string): boolean => parameters.some((parameter) => parameter.name === wanted);
    if (!has(name) || !timed) return [];
    const others = [
      ...(has('period') ? ['period=2023-01'] : []),
      ...(name !== 'directive' && has('directive') ? ['directive=sanzhengban-2023-1'] : []),
    ];
    return values.map(
      (value) => `${path.replace('{id}', 'shi-ke-ji-ju')}?${[...others, `${name}=${encodeURIComponent(value)}`].join('&')}`,
    );
  });
};

await test('a name is understood as of the time that is asked about', async (t) => {
  const world = await openWorld(t);
  const then = `asOf=@${world.head()}&on=2023-02-01`;
  const urls = [
    ...(await asking(world, 'directive', OF_DIRECTIVES)),
    ...(await asking(world, 'unit', OF_UNITS)),
    ...(await asking(world, 'leader', OF_LEADERS)),
  ];
  t.ok(urls.length > 80, `${urls.length} reads`);
  const answers = async (): Promise<readonly string[]> =>
    Promise.all(
      urls.map(async (url) => {
        const { status, text } = await world.office.get(`${url}&${then}`);
        return `${url} ${status} ${text}`;
      }),
    );
  const before = await answers();
  const of = (status: number): number => before.filter((answer) => answer.includes(` ${status} `)).length;
  t.ok(of(200) > 20 && of(400) > 60, `${of(200)} understood, ${of(400)} refused`);

  for (const { id, number, title } of [
    { id: 'later', number: '三政办〔2023〕2号', title: '后来的通知' },
    { id: 'also', number: NUMBER, title: '又一份通知' },
  ])
    await recorded(world.office.post('/v1/directives', { id, number, title, issuer: '市政府', date: '2023-02-01' }));
  await recorded(world.office.post('/v1/units', { id: 'later-unit', name: '后来的局' }));
  const leaders = { leaders: ['后来的领导'], reason: '分工调整', authority: '市政府常务会议' };
  await recorded(world.office.post('/v1/tasks/sanzhengban-2023-1-task-1/leaders', leaders, { 'if-match': '*' }));
  await world.settled();
  t.same(await answers(), before);
  t.match(await world.office.get('/v1/tasks?directive=later'), { status: 200 }, 'of now they are known');
  t.match(await world.office.get(`/v1/tasks?unit=${encodeURIComponent('后来的局')}`), { status: 200 });
  t.match(await world.office.get(`/v1/tasks?directive=${encodeURIComponent(NUMBER)}`), {
    status: 400,
    body: { code: 'directive-unknown' },
  });
});
