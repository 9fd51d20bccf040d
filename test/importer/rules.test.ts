import * as fc from 'fast-check';
import { test } from 'tap';
import { idsFor } from '../../src/importer/ids.ts';
import { linkRows } from '../../src/importer/links.ts';
import { measurementsOf } from '../../src/importer/measurements.ts';
import { drift } from '../../src/importer/name-drift.ts';
import { titleOf } from '../../src/domain/tasks/titles.ts';
import { readUnits, unitKind } from '../../src/importer/unit-list.ts';
import { bytesOf, findingsOf, itemOf, partiesOf, proposalOf, ROW, smallDirective, smallProposal, TASK } from './documents.ts';

const seat = { place: '河州', level: '市' };
const units = (list: string, form: 'body' | 'schedule' = 'body') =>
  readUnits(list, form, seat).map((mention) => {
    if (mention.kind === 'unresolved') return `!${mention.printed}`;
    if (mention.kind === 'collective') return `*${mention.name}`;
    return mention.doubt === null ? mention.name : `${mention.name}?`;
  });

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
  t.same(units('城投公司'), ['城投公司?'], 'no name before it');
  t.same(units('市财政局 城投公司', 'schedule'), ['市财政局', '城投公司?'], 'the schedule of items leaves nothing out');
  t.same(units('市文旅集团、湖滨区政府、灵宝市政府、渑池县人民政府、经济开发区管委会、河州海关'), [
    '市文旅集团',
    '湖滨区政府',
    '灵宝市政府',
    '渑池县人民政府',
    '经济开发区管委会',
    '河州海关',
  ]);
});

await test('collectives are kept as collectives', async (t) => {
  t.same(units('市应急局,各县〔市、区〕政府'), ['市应急局', '*各县(市、区)政府']);
  t.same(units('相关县(市、区)政府'), ['*相关县(市、区)政府']);
  t.same(units('各县（市、区）政府'), ['*各县(市、区)政府'], 'full width');
  t.same(units('市安委会成员单位'), ['*市安委会成员单位']);
  t.same(units('市档案局、市委党史方志办等相关部门'), ['市档案局', '市委党史方志办', '*等相关部门'], 'the last name stays a unit');
});

await test('forms of other directives are left to a person, never made into a unit', async (t) => {
  t.same(units('各区、县级市政府'), ['!各区', '!县级市政府']);
  t.same(units('各县(市)、区人民政府'), ['!各县(市)', '!区人民政府']);
  t.same(units('市发展改革委、市监察局等部门'), ['市发展改革委', '!市监察局等部门']);
  t.same(
    units('市财政局、责任单位:城投集团、民政局'),
    ['市财政局', '!责任单位:城投集团', '民政局?'],
    'nothing is restored after what was not understood',
  );
  t.same(units('示范区管委会等相关县〔市、区〕政府'), ['!示范区管委会等相关县(市、区)政府']);
  t.same(units('相关部门、有关单位、全市各学校'), ['!相关部门', '!有关单位', '!全市各学校']);
  t.same(units('市教育局负责、市民政局牵头'), ['!市教育局负责', '!市民政局牵头'], 'a role after the name');
  t.same(units('市教育局、民政局及财政局'), ['市教育局', '!民政局及财政局']);
  t.same(units('示范区管委会等灵宝市政府'), ['!示范区管委会等灵宝市政府']);
  t.same(units('湖滨区政府和陕州区政府'), ['!湖滨区政府和陕州区政府']);
  t.same(units('市自然资源和规划局、政务和大数据局'), ['市自然资源和规划局', '市政务和大数据局'], '和 within a name');
  t.same(units('市教育局、2024年6月底前完成'), ['市教育局', '!2024年6月底前完成']);
  t.same(units('市教育局、、财政局'), ['市教育局', '!', '财政局?']);
  t.same(units('市教育 局'), ['!市教育 局'], 'a stray blank');
  t.match(readUnits('责任单位:城投集团', 'body', seat), [{ why: 'contains a colon' }]);
});

await test('no list makes a name with a mark in it, or of an open list', async () => {
  const piece = fc.constantFrom(
    '市',
    '教育局',
    '各',
    '相关',
    '县',
    '(市、区)',
    '政府',
    '等',
    '部门',
    ':',
    '、',
    ',',
    '全',
    '配合单位:',
    '区',
    ' ',
    '1',
    '管委会',
    '集团',
    '〔',
    '〕',
    ')',
    '及',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12, size: 'max' }), fc.constantFrom('body' as const, 'schedule' as const), (pieces, form) => {
      for (const mention of readUnits(pieces.join(''), form, seat)) {
        if (mention.kind === 'unit' && !/^(?!各|相关|有关|全)\p{Script=Han}+(?<!等部门)$/u.test(mention.name)) return false;
      }
      return true;
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
  measurementsOf(text).map(({ metric, comparator, target, unit }) => `${metric} ${comparator} ${target ?? ''}${unit ?? ''}`);

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
  const semicolon = smallProposal({ tasks: ['(1)新建学校3所。(牵头单位:市教育局、民政局;配合单位:市财政局)'] });
  t.equal(partiesOf(semicolon, itemOf(semicolon, 'task', 1)), 'L市教育局 L市民政局 C市财政局');

  const strange = smallProposal({ tasks: ['(1)新建学校3所。(牵头单位:市教育局,配合单位:市监察局等部门、各乡镇)'] });
  t.equal(partiesOf(strange, itemOf(strange, 'task', 1)), 'L市教育局');
  t.same(
    findingsOf(strange, 'name-unresolved').map(({ subject, line }) => [subject, line]),
    [
      ['hezhengban-2024-7-task-1', 10],
      ['hezhengban-2024-7-task-1', 10],
    ],
  );
  t.same(
    strange.units.map(({ name }) => name),
    ['市发展改革委', '市教育局', '市财政局'],
    'no invented unit; 市财政局 is from the row',
  );

  const twice = smallProposal({ tasks: ['(1)新建学校3所。(牵头单位:市教育局、教育局)'] });
  t.equal(partiesOf(twice, itemOf(twice, 'task', 1)), 'L市教育局');
  t.match(findingsOf(twice, 'other'), [{ detail: /市教育局 is named twice/u }]);

  const unlinked = smallProposal({ rows: ['1 | 办好运动会。 | 王小明 | 市体育局 | 市财政局 | 2024年6月月底前 |'] });
  t.match(itemOf(unlinked, 'item', 1), { parent: null, theme: null, group: null, deadline: '2024-06-30' });
  t.match(findingsOf(unlinked, 'other'), [{ subject: 'hezhengban-2024-7-item-1', line: 16, detail: /no task clearly/u }]);
  t.same(findingsOf(unlinked, 'row-differs'), [], 'nothing to compare it with');

  const leaderless = smallProposal({ rows: ['1 | 新建学校3所。 |  | 市教育局 |  | 2024年2月底前 |'] });
  t.match(itemOf(leaderless, 'item', 1), { leaders: [], deadline: '2024-02-29' });
  t.same(
    findingsOf(leaderless, 'no-leader').map(({ subject }) => subject),
    ['hezhengban-2024-7-target-1', 'hezhengban-2024-7-item-1'],
  );
  t.same(findingsOf(leaderless, 'row-differs'), [], '市教育局 alone, there and here');
  t.same(findingsOf(leaderless, 'name-unresolved'), [], 'an empty cell names nobody');
  t.same(findingsOf(leaderless, 'layout'), [], 'neither a shifted row nor a doubled month');

  const overdue = smallProposal({ rows: ['1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2023年12月底前 |'] });
  t.equal(itemOf(overdue, 'item', 1).deadline, '2023-12-31', 'as printed');
  t.match(findingsOf(overdue, 'date-order'), [{ subject: 'hezhengban-2024-7-item-1', line: 16, detail: /2023-12-31.*2024-01-31/u }]);
  const onTheDay = smallProposal({ rows: ['1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2024年1月底前 |'] });
  t.same(findingsOf(onTheDay, 'date-order'), []);

  const named = smallProposal({ rows: [ROW.replace('王小明', '阿依古丽·买买提 欧阳修文')] });
  t.same(itemOf(named, 'item', 1).leaders, ['阿依古丽·买买提', '欧阳修文']);

  const widened = smallProposal({ rows: [ROW.replace('市教育局', '市教育局 市体育局')] });
  t.match(findingsOf(widened, 'row-differs'), [{ detail: /^widened against task 1: only here: 市体育局、市财政局$/u }]);
  t.match(findingsOf(widened, 'unit-outside-task'), [{ detail: 'task 1 does not name 市体育局、市财政局' }]);

  const below = smallProposal({ targets: ['1.地区生产总值增长6%。', '(市发展改革委)'] });
  t.equal(partiesOf(below, itemOf(below, 'target', 1)), 'R市发展改革委');
  t.same(
    findingsOf(below, 'layout').map(({ line }) => line),
    [7, 17],
    'the bracket, and the doubled month',
  );

  const wide = proposalOf(bytesOf(smallDirective().replace('(一)办好民生实事', '（一）办好１０件实事')));
  t.equal(itemOf(wide, 'task', 1).theme?.name, '办好１０件实事', 'as printed');

  const conflicting = smallProposal({
    targets: ['1.绿化率超过40%。(市林业局)', '2.绿化率41%。(市林业局)'],
    tasks: ['(1)提升环境,全年绿化率达到40%。(牵头单位:市林业局)', TASK.replace('(1)', '(2)')],
  });
  t.same(
    findingsOf(conflicting, 'comparator-conflict').map(({ subject, detail }) => [subject, detail]),
    [['hezhengban-2024-7-target-1', '绿化率: target 1 (line 6) > 40%; task 1 (line 11) ≥ 40%']],
  );
});
