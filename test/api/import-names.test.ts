import { test } from 'tap';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import { openWorld, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';

/** Names in a correction are the document's, however wide a person types their brackets. */

const NOTICE = [
  '洛川市民政局',
  '关于分解2027年民政重点任务的通知',
  '洛民〔2027〕3号',
  '各有关单位：',
  '现将任务分解如下。',
  '1.建设养老驿站20个。责任单位：各乡镇（街道）办事处；完成时限：6月底。',
  '各责任单位自2027年1月起每月25日前报送进展。',
  '洛川市民政局',
  '2027年1月5日',
].join('\n');

const MEMBERS = [
  { id: 'east', name: '东关街道办事处' },
  { id: 'west', name: '西河镇人民政府' },
];

type Draft = { readonly url: string; readonly world: World };

const drafted = async (world: World, text = NOTICE): Promise<Draft> => {
  for (const unit of MEMBERS) await world.office.post('/v1/units', unit);
  const sent = await world.office.send('POST', '/v1/imports?name=y.txt', Buffer.from(text), { 'content-type': 'text/plain' });
  return { url: sent.headers['location'] ?? '', world };
};

const patch = ({ url, world }: Draft, body: object) => world.office.send<CommandBody & ProblemBody>('PATCH', url, body);
const shown = async ({ url, world }: Draft): Promise<ImportAnswer> => (await world.office.get<ImportAnswer>(url)).body;

await test('members of a collective are found by its name as it is printed, and owe the reports', async (t) => {
  for (const name of ['各乡镇（街道）办事处', '各乡镇(街道)办事处']) {
    const world = await openWorld(t, { seeded: false, at: '2027-01-06T09:00:00+08:00' });
    const draft = await drafted(world);
    t.equal((await patch(draft, { collectives: [{ name, members: ['east', 'west'], basis: '机构名录' }] })).status, 201);
    t.match(
      (await shown(draft)).collectives,
      [{ name: '各乡镇(街道)办事处', collective: 'ge-xiang-zhen-jie-dao-ban-shi-chu', members: ['east', 'west'] }],
      name,
    );
    t.equal((await shown(draft)).collectives.length, 1, 'it is one collective');
    const committed = await world.office.post(`${draft.url}/commit`, {});
    t.equal(committed.status, 201, committed.text);
    await world.settled();
    const { body } = await world.office.get<ListBody<{ readonly unit: string }>>('/v1/obligations?period=2027-01');
    t.same(body.items.map(({ unit }) => unit).sort(), ['east', 'west'], `${name}: both owe the report for January`);
  }
});

await test('a party that a person types with other widths is the one that the document has', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2027-01-06T09:00:00+08:00' });
  const draft = await drafted(world, NOTICE.replace('6月底。', '6月底。\n2.培训护理员。责任单位：市民政局；完成时限：5月底。'));
  const assignees = [{ role: 'responsible', name: '各乡镇（街道）办事处', kind: 'collective' }];
  t.equal((await patch(draft, { items: [{ item: '2', set: { assignees } }] })).status, 201);
  t.same(
    (await shown(draft)).collectives.map(({ name }) => name),
    ['各乡镇(街道)办事处'],
  );
});

await test('a decision on a name that the document does not have is refused with its field', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2027-01-06T09:00:00+08:00' });
  const draft = await drafted(world);
  const collective = { name: '根本没有的名称', members: ['east'], basis: '机构名录' };
  t.match(await patch(draft, { collectives: [collective] }), {
    status: 400,
    body: { code: 'item-unknown', errors: [{ pointer: '/collectives/0/name' }] },
  });
  t.match(await patch(draft, { units: [{ name: '不存在的单位', match: 'east' }] }), {
    status: 400,
    body: { code: 'item-unknown', errors: [{ pointer: '/units/0/name' }] },
  });
  t.match(await patch(draft, { units: [{ name: '各乡镇(街道)办事处', match: 'east' }] }), { status: 400 }, 'a collective is no unit');

  const assignees = [
    { role: 'responsible', name: '根本没有的名称', kind: 'collective' },
    { role: 'responsible', name: '不存在的单位', kind: 'unit' },
  ];
  const used = { items: [{ item: '1', set: { assignees } }], collectives: [collective], units: [{ name: '不存在的单位', match: 'west' }] };
  t.equal((await patch(draft, used)).status, 201, 'unless the same correction gives it something to do');
  t.match(await shown(draft), { units: [{ state: 'matched', unit: 'west' }], collectives: [{ members: ['east'] }] });
});

await test('a correction may speak of a name that only its own profile finds', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2027-01-06T09:00:00+08:00' });
  const draft = await drafted(world, NOTICE.replace('各乡镇（街道）办事处', '市民政局'));
  const collectives = [{ name: '市民政局', members: ['east'], basis: '机构名录' }];
  t.equal((await patch(draft, { collectives })).status, 400);
  const { profile } = await shown(draft);
  t.equal((await patch(draft, { profile: { ...profile, collectives: ['市民政局'] }, collectives })).status, 201);
});

await test('a party may be named as it is printed, and what was not taken as one is no name to decide on', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2027-01-06T09:00:00+08:00' });
  const draft = await drafted(world, NOTICE.replace('各乡镇（街道）办事处', '省发展改革委、财政厅、王明'));
  const blocking = async () => (await shown(draft)).findings.filter(({ blocks }) => blocks).map(({ kind }) => kind);
  t.same(await blocking(), ['name-unresolved']);
  t.equal((await patch(draft, { units: [{ name: '财政厅', match: 'east' }] })).status, 201);
  t.match(await shown(draft), { units: [{ name: '省发展改革委' }, { name: '省财政厅', state: 'matched', unit: 'east' }] });

  t.match(await patch(draft, { units: [{ name: '王明', match: 'west' }] }), {
    status: 400,
    body: { errors: [{ pointer: '/units/0/name' }] },
  });
  t.same(await blocking(), ['name-unresolved'], 'nothing was lost by it');
  const [item] = (await shown(draft)).items;
  const parties = (item?.assignees ?? []).map(({ role, name, kind }) => ({ role, name, kind }));
  const assignees = [...parties, { role: 'responsible', name: '王明', kind: 'unit' }];
  t.equal((await patch(draft, { items: [{ item: '1', set: { assignees } }], units: [{ name: '王明', match: 'west' }] })).status, 201);
  t.same(await blocking(), []);
});
