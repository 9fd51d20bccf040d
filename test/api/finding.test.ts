import * as fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { test } from 'tap';
import { handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, recorded, SEED_DIRECTIVE, type Client, type World } from '../support/app.ts';

type Unit = { readonly id: string; readonly name: string; readonly aliases: readonly string[] };
type Task = { readonly id: string; readonly title: string; readonly text: string };
type Listed<Item> = { readonly items: readonly Item[]; readonly total: number };

const found = async (who: Client, list: 'units' | 'tasks', q: string, more = ''): Promise<readonly string[]> => {
  const answer = await who.get<Listed<{ readonly id: string }>>(`/v1/${list}?q=${encodeURIComponent(q)}&limit=500${more}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.items.map(({ id }) => id);
};

/** A bureau that was renamed, with an alias, an office that was merged into it, and tasks of theirs. */
const withBureau = async (world: World, withTasks = true): Promise<void> => {
  const { office } = world;
  const register = (id: string, name: string, aliases: readonly string[] = []) => recorded(office.post('/v1/units', { id, name, aliases }));
  await register('bureau', '市重点ＡＢＣ推进局', ['大数据中心']);
  await register('merged', '市招商服务中心');
  await register('member', '西港区政府');
  const renaming = { name: '市银行监管局', from: '2023-01-11', reason: '机构改革' };
  await recorded(office.send('PATCH', '/v1/units/bureau', renaming));
  await recorded(office.send('PATCH', '/v1/units/merged', { mergedInto: 'bureau', from: '2023-01-11', reason: '机构改革' }));
  await recorded(office.post('/v1/collectives', { id: 'districts', name: '各功能区', members: ['member'] }));
  if (!withTasks) return;
  const give = (id: string, title: string, party: string) =>
    recorded(office.post('/v1/tasks', { ...handTask(id), text: `${title}，做到100%_达标`, assignees: [{ role: 'lead', party }] }));
  await give('of-bureau', '推动5Ｇ“一网通办”提质', 'bureau');
  await give('of-merged', '长安大道绿化', 'merged');
  await give('of-districts', '清洁取暖', 'districts');
  await world.settled();
};

await test('a unit is found by its short form: its characters in their order, from the first to the last', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const names = ['市发展改革委', '市卫生健康委', '市住房城乡建设局', '市公安局交警支队', '市政府办公室', '市市场监管局'];
  for (const [index, name] of names.entries()) await recorded(world.office.post('/v1/units', { id: `u${index}`, name }));
  const short = { 发改委: 'u0', 市发改委: 'u0', 卫健委: 'u1', 住建局: 'u2', 市住建局: 'u2', 市监局: 'u5' };
  for (const [q, id] of Object.entries(short)) t.same(await found(world.office, 'units', q), [id], q);
  for (const q of ['委改发', '改委', '展改委', '发改', '发改局', '发改办', '市委', '公局'])
    t.same(await found(world.office, 'units', q), [], q);
});

await test('a unit is found by its names of all times, its aliases, their sound and their initials', async (t) => {
  const world = await openWorld(t, { seeded: false });
  await withBureau(world, false);
  const ways = {
    'the name': ['市银行监管局', '银行', '监管局 市'],
    'a former name': ['市重点ABC推进局', 'ａｂｃ推进', '推进'],
    'an alias': ['大数据中心', '数据'],
    'words of different names': ['银行　大数据', '监管 abc zhongxin'],
    sound: ['yinhangjianguan', 'Yin Hang', 'yínháng', 'shizhongdianabctuijinju', 'dashuju', 'shi-yin-hang'],
    'another reading': ['yinxing', 'chongdian'],
    initials: ['yhjgj', 'SYHJGJ', 'dsjzx', 'szdabctjj', 'scd'],
    'the id': ['bureau'],
  };
  for (const [way, all] of Object.entries(ways))
    for (const q of all) t.same(await found(world.office, 'units', q), ['bureau'], `${way}: ${q}`);
  for (const q of [
    '财政',
    'caizheng',
    'cz',
    '银行 财政',
    '行银',
    'yinhangj',
    '%',
    '_',
    '银_',
    '银%局',
    "'",
    '"银行"',
    "银行' OR '1'='1",
    '\\',
  ])
    t.same(await found(world.office, 'units', q), [], q);
  t.same(await found(world.office, 'units', 'q'), ['member'], '区 begins with it');
  t.match(await world.office.get(`/v1/units?q=${encodeURIComponent('局'.repeat(200))}`), {
    status: 400,
    body: { code: 'invalid-input', errors: [{ pointer: '/q' }] },
  });
});

await test('a task is found by its title, its text, and every name of who carries it', async (t) => {
  const world = await openWorld(t);
  await withBureau(world);
  const own = '&directive=' + SEED_DIRECTIVE;
  const here = ['of-bureau', 'of-districts', 'of-merged'];
  const foundHere = async (q: string): Promise<readonly string[]> =>
    (await found(world.office, 'tasks', q, own)).filter((id) => here.includes(id)).toSorted();
  const bureau = ['5g', '５Ｇ', '“一网通办”', '5G 提质', 'yiwangtongban', 'ywtb', 'tuidong5g', 'td5g'];
  for (const q of bureau) t.same(await foundHere(q), ['of-bureau'], q);
  for (const q of ['长安大道', 'changan', 'zhangan', 'cadd', 'lvhua', 'zhaoshang', '招商服务', 'szsfwzx', '绿化 招商'])
    t.same(await foundHere(q), ['of-merged'], q);
  for (const q of ['市银行监管局', 'yhjgj', '推进局 大数据', 'abc', '重点ABC', 'zhongdianabc'])
    t.same(await foundHere(q), ['of-bureau', 'of-merged'], `${q}, also of a unit that it took over`);
  for (const q of ['西港区', 'xigangqu', 'xgqzf', '各功能区', 'ggnq', '取暖 西港']) t.same(await foundHere(q), ['of-districts'], q);
  for (const q of ['100%', '%_', '达标']) t.same(await foundHere(q), here, q);
  for (const q of ['100_', '%%', '取暖 银行', 'dabiao', '提质绿化', '"一网通办"', "'"]) t.same(await foundHere(q), [], q);
  t.match(await world.office.get(`/v1/tasks?q=${'a'.repeat(200)}`), { status: 400, body: { errors: [{ pointer: '/q' }] } });
});

await test('a title that was amended is found as it is printed on the day', async (t) => {
  const world = await openWorld(t);
  await withBureau(world);
  const amendment = { title: '东湖整治', effectiveFrom: '2023-02-01', reason: '勘误', authority: '会议纪要' };
  await recorded(world.office.post('/v1/tasks/of-merged/amendments', amendment, { 'if-match': '*' }));
  await world.settled();
  const on = async (day: string, q: string): Promise<boolean> =>
    (await found(world.office, 'tasks', q, `&on=${day}`)).includes('of-merged');
  t.same([await on('2023-01-31', 'donghu'), await on('2023-02-01', 'donghu'), await on('2023-02-01', '东湖')], [false, true, true]);
  t.same([await on('2023-01-31', 'cadd'), await on('2023-02-01', 'cadd')], [true, false]);
});

await test('words lead a unit to no task that it may not read', async (t) => {
  const world = await openWorld(t);
  await withBureau(world);
  const names = ['5G', 'ywtb', 'yiwangtongban', '银行', 'yhjgj', '大数据', '达标'];
  for (const q of names) {
    t.ok((await found(world.unit('bureau'), 'tasks', q)).includes('of-bureau'), q);
    for (const stranger of [OWN, OTHER, 'member']) {
      const { body } = await world.unit(stranger).get<Listed<Task>>(`/v1/tasks?q=${encodeURIComponent(q)}&directive=${SEED_DIRECTIVE}`);
      const readable = await world.all<Task>(world.unit(stranger), '/v1/tasks');
      t.notOk(
        body.items.some(({ id }) => id === 'of-bureau'),
        `${stranger}: ${q}`,
      );
      t.ok(body.items.every(({ id }) => readable.some((task) => task.id === id)) && body.total <= readable.length);
    }
  }
});

await test('whatever is in the directive of the seed is found by each part of its title or name, and by its initials', async (t) => {
  const world = await openWorld(t);
  await world.settled();
  const all = await world.all<Task>(world.office, '/v1/tasks');
  const units = await world.all<Unit>(world.office, '/v1/units');
  t.ok(all.length > 100 && units.length > 50);
  const initials = (text: string): string =>
    pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', v: true, nonZh: 'removed' }).join('');
  const named = [
    ...units.flatMap(({ id, name, aliases }) => [name, ...aliases].map((text) => ({ list: 'units' as const, id, text }))),
    ...all.map(({ id, title }) => ({ list: 'tasks' as const, id, text: title })),
  ];
  const chinese = named.flatMap(({ list, id, text }) =>
    (text.match(/\p{Script=Han}+/gu) ?? []).map((run) => ({ list, id, q: initials(run).slice(0, 120) })),
  );
  for (const { list, id, q } of chinese.filter((_, index) => index % 4 === 0))
    if (!(await found(world.office, list, q)).includes(id)) t.fail(`${id} by ${q}`);
  const part = fc.constantFrom(...named).chain((thing) => {
    const characters = Array.from(thing.text);
    return fc
      .tuple(fc.nat(characters.length - 1), fc.integer({ min: 1, max: 120 }))
      .map(([from, length]) => ({ ...thing, q: characters.slice(from, from + length).join('') }));
  });
  await fc.assert(
    fc.asyncProperty(part, async ({ list, id, q }) => {
      fc.pre(q.trim() !== '');
      return (await found(world.office, list, q)).includes(id);
    }),
    { numRuns: 200 },
  );
});
