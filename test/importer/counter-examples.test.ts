import { test } from 'tap';
import { readDocument } from '../../src/importer/read-document.ts';
import { daysOf } from '../../src/importer/parts/days.ts';
import { figureOf } from '../../src/importer/parts/goals.ts';
import { quantitiesIn } from '../../src/importer/parts/quantities.ts';
import { labelsOf } from '../../src/importer/words/labels.ts';
import { folded } from '../../src/importer/words/folded.ts';
import { EMPTY_PROFILE } from '../../src/importer/profile.ts';
import { markerOf, styleOf } from '../../src/importer/shape/numbering.ts';
import { sourceOf } from './cases.ts';

/** What looks like a form that the reader knows and is none: each rule's other side, in the words of another office. */

const HEAD = '河州市人民政府办公室关于明确2025年重点工作的通知\n河政办〔2025〕7号\n';
const END = '\n河州市人民政府办公室\n2025年1月31日\n';
const read = async (lines: string) => readDocument(await sourceOf(new TextEncoder().encode(`${HEAD}${lines}${END}`), 'notice.txt'));
const first = async (lines: string) => (await read(lines)).items[0];
const names = (item: Awaited<ReturnType<typeof first>>): readonly string[] =>
  item?.assignees.map(({ role, name }) => `${role} ${name}`) ?? [];

await test('square brackets hold parties, or a label, or a name of something', async (t) => {
  t.equal(folded('【市教育局、市财政局】'), '(市教育局、市财政局)');
  t.equal(folded('【牵头单位】市教育局'), '【牵头单位】市教育局');
  t.equal(folded('字体：【大】【中】【小】'), '字体:【大】【中】【小】');
  t.equal(folded('河政办[2025]7号'), '河政办[2025]7号');
});

await test('a label in round brackets is followed by names at once; a role in brackets stands behind a name', async (t) => {
  const labels = (text: string) => labelsOf(folded(text), EMPTY_PROFILE).map(({ name }) => name);
  t.same(labels('〔责任领导〕龚勇〔牵头单位〕区交通局'), ['责任领导', '牵头单位']);
  t.same(labels('市教育局〔牵头单位〕、市财政局〔配合单位〕'), []);
  const item = await first('1.新建学校3所。（市教育局（牵头单位）、市财政局（配合单位））');
  t.same(names(item), ['lead 市教育局', 'cooperating 市财政局']);
});

await test('a number that counts matters is none of a quantity', async (t) => {
  t.equal(markerOf(folded('事项1：加快建设'))?.style, '事项一');
  t.not(markerOf('项目1.5亿元')?.style, '事项一');
  t.equal(styleOf('（一）'), '(一)');
  t.equal(styleOf('1．'), '1.');
});

await test('a holiday bounds a deadline only where 前 follows, and its name may be a part of another', async (t) => {
  const dates = (text: string) => daysOf(folded(text), 2025).map(({ date }) => date);
  t.same(dates('“五一”前见效'), ['2025-04-30']);
  t.same(dates('2026年元旦前'), ['2025-12-31']);
  t.same(dates('元旦前'), ['2025-12-31']);
  t.same(dates('改造五一路前期管网'), []);
  t.same(dates('六一儿童节慰问'), []);
  t.same(dates('春节前'), [], 'a day of the moon’s calendar is not known here');
});

await test('到2027年 at the beginning of a sentence sets a horizon; within one it is a term', async (t) => {
  const item = async (text: string) => (await first(`1.${text}（市教育局负责）`))?.deadline?.date ?? null;
  t.equal(await item('优化布局，到2027年学位增加2万个。'), '2027-12-31');
  t.equal(await item('将优惠政策延长到2027年。'), null);
});

await test('who is named before the work does it, and a noun with 牵头的 names nobody', async (t) => {
  const lead = await first('（一）由市住建局牵头，市财政局、市城管局配合，加快易涝点改造。');
  t.same(names(lead), ['lead 市住建局', 'cooperating 市财政局', 'cooperating 市城管局']);
  t.equal(lead?.text, '加快易涝点改造。');
  const noun = await first('1.由市财政局牵头的项目要加快进度。（市教育局负责）');
  t.same(names(noun), ['responsible 市教育局']);
  t.match(noun?.text, '由市财政局牵头的项目');
});

await test('a group and what it does is no name of a group', async (t) => {
  const item = await first('1.规范停车。（市城管局牵头，各企业落实主体责任）');
  t.same(names(item), ['lead 市城管局', 'responsible 各企业']);
  const strange = await read('1.规范停车。\n责任单位：市城管局、各企业按照要求推进整改');
  t.notOk(strange.items[0]?.assignees.some(({ name }) => name.includes('整改')));
  t.ok(strange.findings.some(({ kind, blocks }) => kind === 'name-unresolved' && blocks));
});

await test('a federation is no verb of joining', async (t) => {
  const item = await first('1.开展助残行动。（市残疾人联合会、市民政局负责）');
  t.same(names(item), ['responsible 市残疾人联合会', 'responsible 市民政局']);
});

await test('a metric loses what only says how surely, and keeps what names it', async (t) => {
  const metrics = (text: string) => quantitiesIn(text).map(({ metric, unit }) => `${metric} ${unit ?? ''}`);
  t.same(metrics('固定资产投资完成85亿元'), ['固定资产投资 亿元']);
  t.same(metrics('年度任务完成80%'), ['年度任务完成 %']);
  t.same(metrics('实施行动计划3个'), ['实施行动计划 个']);
  t.same(metrics('营业收入突破80亿元，同比增长12%以上'), ['营业收入 亿元', '营业收入 %']);
  t.same(metrics('改造户厕200户（其中大湾村80户）'), ['改造户厕 户']);
});

await test('a figure is an end where its heading measures and does not tell what was done', async (t) => {
  t.same(figureOf('总投资（万元）', '38,500', null), { metric: '总投资', target: '38500', unit: '万元' });
  t.same(figureOf('总投资', '38500', '万元'), { metric: '总投资', target: '38500', unit: '万元' });
  t.equal(figureOf('已完成投资（万元）', '120', null), null);
  t.equal(figureOf('联系电话（手机）', '13800000000', null), null);
  t.equal(figureOf('建设性质', '1', '万元'), null);
});

await test('a rhythm that no period has, and a day that hangs on another, wait for a person', async (t) => {
  for (const sentence of [
    '逢双月5日前报送前两个月进展情况',
    '办结后3个工作日内书面反馈结果',
    '收到通知后5个工作日内报送方案，每月25日前报送进展',
  ]) {
    const { findings } = await read(`请各单位${sentence}。\n1.新建学校3所。（市教育局负责）`);
    t.ok(
      findings.some(({ kind, blocks }) => kind === 'schedule-unread' && blocks),
      sentence,
    );
  }
  const { schedule, findings } = await read('请各单位于季度结束后10日内报送上季度进展情况。\n1.新建学校3所。（市教育局负责）');
  t.match(schedule.duties, [{ every: 'quarter', due: { day: 10, offset: 1 } }]);
  t.notOk(findings.some(({ kind }) => kind === 'schedule-unread'));
});

await test('甲方 is who issues only beside a 乙方', async (t) => {
  const { items, findings } = await read('1.新建学校3所。\n牵头单位：市教育局\n甲方：市财政局');
  t.same(names(items[0]), ['lead 市教育局']);
  t.ok(findings.some(({ detail }) => detail.includes('甲方')));
});

await test('a word before a label makes it narrower; a name before it is a name', async (t) => {
  const labels = (text: string) => labelsOf(folded(text), EMPTY_PROFILE).map(({ name, field }) => `${name} ${field}`);
  t.same(labels('领衔督办领导：市长林致远'), ['领衔督办领导 leader']);
  t.same(labels('原定时限：3月底；现要求时限：7月15日前'), ['原定时限 extra', '现要求时限 deadline']);
  const item = await first('1.新建学校3所。\n牵头领导：李建华、孙倩牵头单位：市教育局');
  t.same(
    item?.leaders.map(({ name }) => name),
    ['李建华', '孙倩'],
  );
  t.same(names(item), ['lead 市教育局']);
});

await test('a sentence behind whole labels is its own; a wrapped list of names goes on', async (t) => {
  const own = await read('1.新建学校3所。\n责任单位：市教育局、市财政局\n以上事项均须在8月31日前办结。');
  t.same(names(own.items[0]), ['responsible 市教育局', 'responsible 市财政局']);
  t.equal(own.items[0]?.deadline?.date, '2025-08-31');
  const wrapped = await first('1.新建学校3所。\n责任单位：市教育局、市财\n政局\n完成时限：6月底前');
  t.same(names(wrapped), ['responsible 市教育局', 'responsible 市财政局']);
});

await test('what the office does itself is no report that is owed to it', async (t) => {
  const duties = async (sentence: string) =>
    (await read(`${sentence}。\n1.新建学校3所。（市教育局负责）`)).schedule.duties.map(
      ({ every, due }) => `${every} ${due.day ?? due.weekday ?? ''}`,
    );
  t.same(await duties('督查室每月末汇总进度，各单位于每月27日前报送'), ['month 27']);
  t.same(await duties('各单位于每月27日前汇总报送'), ['month 27']);
});

await test('persons beside units are leaders where the column holds both', async (t) => {
  const rows = (heading: string, cell: string) =>
    `序号,工作任务,${heading},完成时限\n1,新建学校3所,${cell},6月底前\n2,修路5公里,市交通局,8月底前\n`;
  const of = async (heading: string, cell: string) =>
    readDocument(await sourceOf(new TextEncoder().encode(rows(heading, cell)), 'list.csv'));
  const both = await of('责任单位及责任人', '市教育局 王志强');
  t.same(names(both.items[0]), ['responsible 市教育局']);
  t.match(both.items[0]?.leaders, [{ name: '王志强' }]);
  const units = await of('责任单位', '市教育局 王志强');
  t.same(names(units.items[0]), ['responsible 市教育局']);
  t.same(units.items[0]?.leaders, []);
  t.ok(units.findings.some(({ kind, blocks }) => kind === 'name-unresolved' && blocks));
});

await test('a menu ends where a line is none of its entries', async (t) => {
  const page = readDocument(
    await sourceOf(new TextEncoder().encode(`首页\n政务公开\n互动交流\n${HEAD}1.新建学校3所。（市教育局负责）${END}`), 'page.txt'),
  );
  t.equal(page.directive.title, '河州市人民政府办公室关于明确2025年重点工作的通知');
  t.equal(page.lines.filter(({ use }) => use === 'noise').length, 5, 'three entries and the signature');
});

await test('a leader alone on a line leads what is numbered below it, and is no part of the line above', async (t) => {
  const { items } = await read(
    '市长王健\n1.新建学校3所。责任单位：市教育局\n副市长蓝天\n2.修路5公里。责任单位：市交通局、市国资委\n市财政局',
  );
  t.same(
    items.map((item) => [...names(item), ...item.leaders.map(({ name }) => name)]),
    [
      ['responsible 市教育局', '王健'],
      ['responsible 市交通局', 'responsible 市国资委', '蓝天'],
    ],
  );
});

await test('a limit that the head sets is that of the work; with a report it is the report’s', async (t) => {
  const of = async (sentence: string) => {
    const { items, schedule } = await read(`${sentence}。\n1.办理建议。（市教育局负责）`);
    return [items[0]?.deadline?.date ?? null, schedule.duties.length];
  };
  t.same(await of('请于6月30日前办结并答复代表'), ['2025-06-30', 0]);
  t.same(await of('请于6月30日前完成自查并报送总结'), ['2025-06-30', 1]);
  t.same(await of('请于6月30日前报送完成情况'), [null, 1]);
});

await test('a number in words counts where a measure follows and nothing else', async (t) => {
  const ends = (text: string) => quantitiesIn(text).map(({ metric, target, unit }) => `${metric} ${target ?? ''}${unit ?? ''}`);
  t.same(ends('粮食总产量达到八十万吨以上'), ['粮食总产量 80万吨']);
  t.same(ends('办好十件民生实事'), []);
  t.same(ends('开展一次排查'), []);
});

await test('a row with a number in Chinese numerals is a heading where one text fills it', async (t) => {
  const rows = (row: string) => `序号,工作任务,责任单位,完成时限\n${row}\n1,新建学校3所,市教育局,6月底前\n`;
  const of = async (row: string) =>
    readDocument(await sourceOf(new TextEncoder().encode(rows(row)), 'list.csv')).items.map(
      ({ number, section }) => `${number} ${section ?? ''}`,
    );
  t.same(await of('一,民生实事,民生实事,民生实事'), ['1 民生实事']);
  t.same(await of('一,修路5公里,市交通局,8月底前'), ['一 ', '1 ']);
});

await test('who is listed first leads behind a label too, where the head says so and nobody leads by label', async (t) => {
  const rule = '责任单位中排第一的为牵头单位。\n';
  const label = '1.新建学校3所。\n责任单位：市教育局、市财政局';
  t.same(names(await first(rule + label)), ['lead 市教育局', 'responsible 市财政局']);
  t.same(names(await first(label)), ['responsible 市教育局', 'responsible 市财政局']);
  t.same(names(await first(`${rule}${label}\n牵头单位：市发改委`)), ['responsible 市教育局', 'responsible 市财政局', 'lead 市发改委']);
});

await test('a stretch beside an end is no end of its own', async (t) => {
  t.same(
    quantitiesIn('地区生产总值增长6.5%以上，力争7%').map(({ metric, target }) => `${metric} ${target ?? ''}`),
    ['地区生产总值 6.5'],
  );
});

await test('money numbers no rows, and a year with a month is a month where it stands alone', async (t) => {
  const table = '项目名称,计划投资（万元）,竣工时间,责任单位\n污水处理厂扩建,9000,2025.6,县住建局\n产业园,25000,2024年12月,县经信局\n';
  const { items } = readDocument(await sourceOf(new TextEncoder().encode(table), 'list.csv'));
  t.same(
    items.map(({ number, deadline, measurements }) => [number, deadline?.date ?? null, measurements[0]?.target]),
    [
      ['1', '2025-06-30', '9000'],
      ['2', '2024-12-31', '25000'],
    ],
  );
  t.same(daysOf('版本2024.5发布', 2025), []);
});
