import { test } from 'tap';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import { openWorld, recorded, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** A name that may be a unit's that is known under another one is asked about, and registered by nobody's leave but a person's. */

type Sent = CommandBody & ProblemBody;
const AT = '2024-02-05T09:00:00+08:00';
const send = async (world: World, ...parties: readonly string[]): Promise<string> => {
  const lines = parties.map((names, index) => `${index + 1}、6月底前新建学校${index + 3}所。(${names})`);
  const notice = ['河州市人民政府办公室关于印发2024年重点工作责任分解的通知', '河政办〔2024〕9号', ...lines, '2024年2月1日'];
  const sent = await world.office.send('POST', '/v1/imports?name=notice.txt', Buffer.from(notice.join('\n')), {
    'content-type': 'text/plain',
  });
  if (sent.status >= 300) throw new Error(sent.text);
  return sent.headers['location'] ?? '';
};
const shown = async (world: World, url: string): Promise<ImportAnswer> => (await world.office.get<ImportAnswer>(url)).body;
const asked = async (world: World, url: string): Promise<readonly string[]> =>
  (await shown(world, url)).findings
    .filter(({ kind, blocks, decision }) => kind === 'name-unresolved' && blocks && decision === null)
    .map(({ address, detail, todo }) => `${address}: ${/“(.*)”.*near to (.*):/u.exec(detail)?.slice(1).join(' = ')} ${todo.length > 0}`);

await test('a new name that is near to a unit of the roster waits for a person, who says which it is', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const register = (id: string, name: string) => recorded(world.office.post('/v1/units', { id, name }));
  await register('wei-jian', '市卫生健康委');
  await register('fa-gai', '市发展改革委');
  await register('wen-lv', '市文化广电旅游局');
  await register('min-zheng', '市民正局');
  await register('gong-an', '市公安局');
  const url = await send(world, '市卫健委、市教育局', '市发展改革委(能源局)、市卫健委', '市文广旅局、市民政局、市公安局交警支队、县卫健委');
  t.same(await asked(world, url), [
    'line 3: 市卫健委 = 市卫生健康委 (wei-jian) true',
    'line 4: 市发展改革委(能源局) = 市发展改革委 (fa-gai) true',
    'line 5: 市文广旅局 = 市文化广电旅游局 (wen-lv) true',
    'line 5: 市民政局 = 市民正局 (min-zheng) true',
  ]);
  t.match(await world.office.post<Sent>(`${url}/commit`, {}), { status: 409, body: { code: 'import-open' } });

  const units = [
    { name: '市卫健委', alias: 'wei-jian' },
    { name: '市发展改革委(能源局)', match: 'fa-gai' },
    { name: '市民政局', register: {} },
  ];
  t.match(await world.office.send<Sent>('PATCH', url, { units }), { status: 201 });
  t.same(await asked(world, url), ['line 5: 市文广旅局 = 市文化广电旅游局 (wen-lv) true']);
  const open = (await shown(world, url)).findings.filter(({ blocks, decision }) => blocks && decision === null);
  const findings = open.map(({ n }) => ({ n, decision: '另一单位', reason: '已核对机构名录' }));
  t.match(await world.office.send<Sent>('PATCH', url, { findings }), { status: 201 });
  t.match(await world.office.post<Sent>(`${url}/commit`, {}), { status: 201 });
  const { items } = (await world.office.get<ListBody<{ readonly name: string }>>('/v1/units?limit=100')).body;
  const names = ['市卫生健康委', '市发展改革委', '市文化广电旅游局', '市民正局', '市公安局'];
  const fresh = ['市教育局', '市文广旅局', '市民政局', '市公安局交警支队', '县卫健委'];
  t.same(items.map(({ name }) => name).toSorted(), [...names, ...fresh].toSorted(), 'no unit is there twice');
  const after = await asked(world, url);
  t.same(after, [], 'what was decided is not asked again once it is recorded');
});

await test('of two new names of one document that are near to each other the shorter is asked about', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await send(world, '市卫生健康委、市住建局', '市卫健委、市住房城乡建设局');
  t.same(await asked(world, url), ['line 3: 市住建局 = 市住房城乡建设局 true', 'line 4: 市卫健委 = 市卫生健康委 true']);
});
