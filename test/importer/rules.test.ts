import * as fc from 'fast-check';
import { test } from 'tap';
import { titleOf } from '../../src/domain/tasks/titles.ts';
import { idsFor } from '../../src/importer/draft/ids.ts';
import { linkRows } from '../../src/importer/draft/links.ts';
import { drift } from '../../src/importer/draft/name-drift.ts';
import { unitKind } from '../../src/importer/draft/unit-kinds.ts';
import { partiesOf as partiesIn } from '../../src/importer/parts/parties.ts';
import { quantitiesIn, unreadBounds } from '../../src/importer/parts/quantities.ts';
import { kept } from '../../src/messages/kept.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Raised } from '../../src/importer/parts/context.ts';
import { EMPTY_PROFILE } from '../../src/importer/profile.ts';
import { folded } from '../../src/importer/words/folded.ts';
import { bytesOf, findingsOf, itemOf, partiesOf, planFrom, ROW, smallDirective, smallPlan, TASK } from './documents.ts';

const listed = (list: string, namePrefix: string | null = null) => {
  const raised: Raised[] = [];
  const raise = (kind: Raised['kind'], address: string, said: Message, blocks: boolean): void =>
    void raised.push({ kind, address, ...kept(said), blocks });
  const seat = { place: '河州', level: '市' };
  const profile = { ...EMPTY_PROFILE, namePrefix };
  const { assignees, open } = partiesIn(folded(list), () => 'lead', 'line 1', { profile, seat, year: 2024, issued: null, raise });
  return { assignees, open, raised };
};

/** Who a list names: `*` a collective, `?` a unit that a person must look at, `!` what was no name, at the end; and 等 where it is open. */
const units = (list: string): readonly string[] => {
  const { assignees, open, raised } = listed(list);
  const doubted = raised.filter(({ blocks }) => blocks).map(({ detail }) => /“(.*)”/u.exec(detail)?.[1]);
  const strange = raised.filter(({ kind }) => kind === 'name-unresolved').map(({ detail }) => `!${/“(.*)”/u.exec(detail)?.[1] ?? ''}`);
  const names = assignees.map(({ name, kind, printed }) =>
    kind === 'collective' ? `*${name}` : doubted.includes(printed ?? name) ? `${name}?` : name,
  );
  return [...names, ...strange, ...(open ? ['等'] : [])];
};

await test('a list leaves out 市 after a name that has it, and nowhere else', async (t) => {
  t.same(units('市商务局、财政局,住房城乡建设局'), ['市商务局', '市财政局', '市住房城乡建设局']);
  t.same(units('市委外事办、市侨办、台办'), ['市委外事办', '市侨办', '市台办']);
  t.same(units('市总工会、团市委、妇联'), ['市总工会', '团市委', '市妇联']);
  t.same(units('市商务局、市场监管局'), ['市商务局', '市市场监管局'], '市 is part of 市场');
  t.same(
    units('市财政局、人行河州市中心支行、农商行'),
    ['市财政局', '人行河州市中心支行', '农商行?'],
    'the chain is broken by a name of another network',
  );
  t.same(units('湖滨区政府、财政局'), ['湖滨区政府', '财政局?']);
  t.same(units('市财政局 城投公司'), ['市财政局', '城投公司?'], 'a firm may have its own name');
  t.same(units('市文旅集团、湖滨区政府、灵宝市政府、渑池县人民政府、经济开发区管委会、河州海关'), [
    '市文旅集团',
    '湖滨区政府',
    '灵宝市政府',
    '渑池县人民政府',
    '经济开发区管委会',
    '河州海关',
  ]);
  t.same(
    listed('财政局、民政局', '市').assignees.map(({ name }) => name),
    ['市财政局', '市民政局'],
    'where the office has settled what its lists leave out',
  );
});

await test('collectives are kept as collectives', async (t) => {
  t.same(units('市应急局,各县〔市、区〕政府'), ['市应急局', '*各县(市、区)政府']);
  t.same(units('相关县(市、区)政府'), ['*相关县(市、区)政府']);
  t.same(units('各县（市、区）政府'), ['*各县(市、区)政府'], 'full width');
  t.same(units('市安委会成员单位'), ['*市安委会成员单位']);
  t.same(units('市档案局、市委党史方志办等相关部门'), ['市档案局', '市委党史方志办', '*等相关部门'], 'the last name stays a unit');
  t.same(units('各区、县级市政府'), ['*各区、县级市政府'], 'one that holds a separator');
  t.same(units('各县(市)、区人民政府'), ['*各县(市)、区人民政府']);
  t.same(units('相关部门、有关单位、全市各学校'), ['*相关部门', '*有关单位', '*全市各学校']);
});

await test('what is no name is left to a person, never made into a unit', async (t) => {
  t.same(units('市发展改革委、市监察局等部门'), ['市发展改革委', '市监察局', '等']);
  t.same(
    units('市财政局、责任单位:城投集团、民政局'),
    ['市财政局', '民政局?', '!责任单位:城投集团'],
    'nothing is restored after what was not understood',
  );
  t.same(units('示范区管委会等相关县〔市、区〕政府'), ['示范区管委会等相关县(市、区)政府?']);
  t.same(units('市教育局负责、市民政局牵头'), ['!市教育局负责', '!市民政局牵头'], 'a role after the name');
  t.same(units('示范区管委会等灵宝市政府'), ['示范区管委会等灵宝市政府?']);
  t.same(units('市教育局、2024年6月底前完成'), ['市教育局', '!2024年6月底前完成']);
});

await test('two names in one, and one in two', async (t) => {
  t.same(units('市教育局、民政局及财政局'), ['市教育局', '市民政局', '市财政局']);
  t.same(units('湖滨区政府和陕州区政府'), ['湖滨区政府', '陕州区政府']);
  t.same(units('市自然资源和规划局、政务和大数据局'), ['市自然资源和规划局', '市政务和大数据局'], '和 within a name');
  t.same(units('市教育局、、财政局'), ['市教育局', '市财政局']);
  t.match(listed('市教育局、、财政局').raised, [{ kind: 'name-joined', detail: /empty place/u }, { kind: 'prefix-carried' }]);
  t.same(units('市教育 局'), ['市教育局'], 'a stray blank');
});

await test('no list makes a name with a mark in it, of a group or of an open list, that nobody is asked about', async () => {
  const pieces = '市|教育局|各|相关|县|(市、区)|政府|等|部门|:|、|,|全|配合单位:|区| |1|管委会|集团|〔|〕|)|及'.split('|');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12, size: 'max' }), (chosen) => {
      const { assignees, raised } = listed(chosen.join(''));
      const asked = raised.filter(({ blocks }) => blocks).map(({ detail }) => detail);
      return assignees.every(
        ({ kind, name, printed = name }) =>
          kind === 'collective' ||
          /^(?!各|相关|有关)(?:\p{Script=Han}|\([^()]+\))+(?<!等部门)$/u.test(name) ||
          asked.some((detail) => detail.startsWith(`“${printed}”`)),
      );
    }),
    { numRuns: 2000 },
  );
});

await test('a kind only where the name says it', async (t) => {
  t.same(['义马市政府', '陕州区政府', '经济开发区管委会', '市投资集团', '市铁建公司', '市政府国资委', '市科技局', '农商行'].map(unitKind), [
    'county-government',
    'county-government',
    'development-zone',
    'enterprise',
    'enterprise',
    null,
    null,
    null,
  ]);
});

await test('ids are pinyin, unique and of the allowed form', async (t) => {
  t.same(
    [...idsFor(['市科技局', '市旅游局', '人行河州市中心支行', '市重点项目办'])],
    [
      ['市科技局', 'shi-ke-ji-ju'],
      ['市旅游局', 'shi-lv-you-ju'],
      ['人行河州市中心支行', 'ren-hang-he-zhou-shi-zhong-xin-zhi-hang'],
      ['市重点项目办', 'shi-zhong-dian-xiang-mu-ban'],
    ],
  );
  t.same([...idsFor(['市侨办', '市桥办', '市乔办']).values()], ['shi-qiao-ban', 'shi-qiao-ban-2', 'shi-qiao-ban-3'], 'alike in sound');
  const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));
  const name = fc.array(han, { minLength: 1, maxLength: 60, size: 'max' }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), (names) => {
      const ids = [...idsFor(names).values()];
      return new Set(ids).size === names.length && ids.every((id) => /^[a-z0-9][a-z0-9-]{0,79}$/u.test(id));
    }),
    { numRuns: 200 },
  );
});

const said = (text: string) =>
  quantitiesIn(text).map(({ metric, comparator, target, unit }) => `${metric} ${comparator} ${target ?? ''}${unit ?? ''}`);

await test('comparators', async (t) => {
  t.same(said('粮食产量稳定在10亿斤以上。'), ['粮食产量 gte 10亿斤']);
  t.same(said('投诉率不高于0.5%,满意度不少于90%,失业率低于4%。'), ['投诉率 lte 0.5%', '满意度 gte 90%', '失业率 lt 4%']);
  t.same(said('居民消费价格涨幅控制在3%。'), ['居民消费价格涨幅 lte 3%']);
  t.same(said('财政收入增长5%左右'), ['财政收入 approx 5%']);
  t.same(said('培育企业20家，投资１６０亿元以上。'), ['培育企业 eq 20家', '投资 gte 160亿元'], 'full width');
});

await test('a number is no target by being there', async (t) => {
  t.same(
    said(
      '加快投资15亿元新城医院、投资10.7亿元金属材料等项目建设,推广T50套,召开第3次,实施国道209改线和PM10治理、“1+8”政策,2024年6月底前完成。',
    ),
    [],
  );
  t.same(said('抓好24个创新项目、187个制造业项目,推动康恒园等8个医养项目建设,推动甲校等12个项目实现开工,3个月内实现达标。'), []);
  t.same(said('200家以上。'), [], 'of what?');
  t.same(said('实施100个以上应用项目,推动42家敬老院转化为养老中心。'), ['应用项目 gte 100个', '敬老院转化为养老中心 eq 42家']);
});

await test('an end in words is told, and the name of a plan is none', async (t) => {
  t.same(unreadBounds('实施“倍增计划”和“双倍增、全覆盖”行动。', []), []);
  t.same(unreadBounds('实施“倍增计划”,产值翻一番,实现零死亡。', []), ['翻一番', '实现零死亡']);
});

await test('several metrics in one clause', async (t) => {
  t.same(said('新增甲类企业和乙类企业各50家。'), ['新增甲类企业 eq 50家', '新增乙类企业 eq 50家']);
  t.same(said('合作社、农场分别超过46家、42家。'), ['合作社 gt 46家', '农场 gt 42家']);
  t.same(said('规上企业新增20家、总数突破70家。'), ['规上企业新增 eq 20家', '规上企业总数 gt 70家']);
});

await test('a row belongs to the task whose words it repeats, or to none', async (t) => {
  const tasks = ['加快东环路、西环路等项目建设,让出行便利。', '加快北山公园、南山公园等项目建设,增加绿地。', '做好统计工作。'];
  t.same(linkRows(['做好统计年鉴和档案搬迁。'], tasks)[0]?.task, null, 'near to one alone, but not near enough');
  const links = linkRows(['加快东环路项目建设。', '加快南山公园项目建设。', '加快项目建设。', '办好运动会。', '。'], tasks);
  t.same(
    links.map(({ task }) => task),
    [1, 2, null, null, null],
  );
  t.same(
    links[2]?.nearest.map(({ number }) => number),
    [1, 2],
    'a tie is shown, not decided',
  );
});

await test('drift is what the task does not say', async (t) => {
  const task = '重点加快投资27亿元甲园、投资4亿元乙园等项目建设,规模以上工业企业新增200家。';
  t.same(drift('加快投资4亿元乙园项目建设。', task), [], 'leaving out is no drift');
  t.same(
    drift('加快乙园项目年度任务建设。', task).map(({ words }) => words),
    ['年度任务'],
  );
  t.same(drift('规模以上工业企业新增220家。', task), [{ words: '220', clause: '规模以上工业企业新增220家' }], 'a number of its own');
});

await test('a title is the first clause', async (t) => {
  t.equal(titleOf('黄金产业,巩固优势。'), '黄金产业');
  t.equal(titleOf('打造“山中有城,城中有山”的新格局,以山绿城。'), '打造“山中有城,城中有山”的新格局', 'a comma in quotes ends nothing');
  t.equal(titleOf('办好（一、二，三）期工程。'), '办好（一、二，三）期工程', 'as printed');
  const long = `${'甲'.repeat(20)}、${'乙'.repeat(15)}、${'丙'.repeat(30)}。`;
  t.equal(titleOf(long), `${'甲'.repeat(20)}、${'乙'.repeat(15)}…`);
  t.equal(titleOf('丁'.repeat(60)), `${'丁'.repeat(40)}…`);
});

await test('what another directive may hold', async (t) => {
  const semicolon = await smallPlan({ tasks: ['(1)新建学校3所。(牵头单位:市教育局、民政局;配合单位:市财政局)'] });
  t.equal(partiesOf(semicolon, itemOf(semicolon, 'task', 1)), 'L市教育局 L市民政局 C市财政局');

  const strange = await smallPlan({ tasks: ['(1)新建学校3所。(牵头单位:市教育局,配合单位:市监察局负责、各乡镇)'] });
  t.equal(partiesOf(strange, itemOf(strange, 'task', 1)), 'L市教育局 C各乡镇');
  t.match(findingsOf(strange, 'name-unresolved'), [{ subject: 'hezhengban-2024-7-task-1', line: 10, detail: /市监察局负责/u }]);
  t.same(
    strange.units.map(({ name }) => name),
    ['市发展改革委', '市教育局', '市财政局'],
    'no invented unit; 市财政局 is from the row',
  );

  const twice = await smallPlan({ tasks: ['(1)新建学校3所。(牵头单位:市教育局、教育局)'] });
  t.equal(partiesOf(twice, itemOf(twice, 'task', 1)), 'L市教育局');
  t.match(findingsOf(twice, 'name-repeated'), [{ detail: /市教育局 is named twice/u }]);

  const below = await smallPlan({ targets: ['1.地区生产总值增长6%。', '(市发展改革委)'] });
  t.equal(partiesOf(below, itemOf(below, 'target', 1)), 'R市发展改革委');
  t.same(
    findingsOf(below, 'layout')
      .filter(({ detail }) => !detail.includes('is the only item'))
      .map(({ line, detail }) => [line, detail.slice(0, 22)]),
    [
      [7, 'the units of 1 stand o'],
      [17, 'deadlines print the wo'],
    ],
  );

  const wide = await planFrom(bytesOf(smallDirective().replace('(一)办好民生实事', '（一）办好１０件实事')));
  t.equal(itemOf(wide, 'task', 1).theme?.name, '办好１０件实事', 'as printed');

  const conflicting = await smallPlan({
    targets: ['1.绿化率超过40%。(市林业局)', '2.绿化率41%。(市林业局)'],
    tasks: ['(1)提升环境,全年绿化率达到40%。(牵头单位:市林业局)', TASK.replace('(1)', '(2)')],
  });
  t.same(
    findingsOf(conflicting, 'comparator-conflict').map(({ subject, detail }) => [subject, detail]),
    [['hezhengban-2024-7-target-1', '绿化率: target 1 (line 6) > 40%; task 1 (line 11) ≥ 40%']],
  );
});

await test('a row of a schedule of items', async (t) => {
  const unlinked = await smallPlan({ rows: ['1 | 办好运动会。 | 王小明 | 市体育局 | 市财政局 | 2024年6月月底前 |'] });
  t.match(itemOf(unlinked, 'item', 1), { parent: null, theme: null, group: null, deadline: '2024-06-30' });
  t.match(findingsOf(unlinked, 'other'), [{ subject: 'hezhengban-2024-7-item-1', line: 16, detail: /no task clearly/u }]);
  t.same(findingsOf(unlinked, 'row-differs'), [], 'nothing to compare it with');

  const leaderless = await smallPlan({ rows: ['1 | 新建学校3所。 |  | 市教育局 |  | 2024年2月底前 |'] });
  t.match(itemOf(leaderless, 'item', 1), { leaders: [], deadline: '2024-02-29' });
  t.same(findingsOf(leaderless, 'row-differs'), [], '市教育局 alone, there and here');
  t.same(findingsOf(leaderless, 'name-unresolved'), [], 'an empty cell names nobody');
  t.same(
    [...findingsOf(leaderless, 'layout'), ...findingsOf(leaderless, 'cell-shifted')].filter(({ line }) => line === 16),
    [],
    'neither a shifted row nor a doubled month',
  );

  const halfLed = await smallPlan({ rows: [ROW, '2 | 新建学校3所。 |  | 市教育局 |  | 2024年2月底前 |'] });
  t.same(
    findingsOf(halfLed, 'no-leader').map(({ subject }) => subject),
    ['hezhengban-2024-7-target-1', 'hezhengban-2024-7-item-2'],
    'where another row names one',
  );

  const overdue = await smallPlan({ rows: ['1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2023年12月底前 |'] });
  t.equal(itemOf(overdue, 'item', 1).deadline, '2023-12-31', 'as printed');
  t.match(findingsOf(overdue, 'date-order'), [{ subject: 'hezhengban-2024-7-item-1', line: 16, detail: /2023-12-31.*2024-01-31/u }]);
  const onTheDay = await smallPlan({ rows: ['1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2024年1月底前 |'] });
  t.same(findingsOf(onTheDay, 'date-order'), []);

  const named = await smallPlan({ rows: [ROW.replace('王小明', '阿依古丽·买买提 欧阳修文')] });
  t.same(itemOf(named, 'item', 1).leaders, ['阿依古丽·买买提', '欧阳修文']);

  const widened = await smallPlan({ rows: [ROW.replace('市教育局', '市教育局 市体育局')] });
  t.match(findingsOf(widened, 'row-differs'), [{ detail: /^widened against task 1: only here: 市体育局、市财政局$/u }]);
  t.match(findingsOf(widened, 'unit-outside-task'), [{ detail: 'task 1 does not name 市体育局、市财政局' }]);
});
