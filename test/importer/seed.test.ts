import { createHash } from 'node:crypto';
import { test } from 'tap';
import { shortFormOf } from '../../src/domain/directives/short-form.ts';
import { openIn } from '../../src/importer/draft/settling.ts';
import type { PlannedTask } from '../../src/importer/draft/plan.ts';
import { draftFrom, findingsOf, itemOf, kindOf, partiesOf, planFrom, seedBytes, seedLines, seedProfile } from './documents.ts';
import { inEnglish } from '../../src/messages/words.ts';

const plan = await planFrom(seedBytes, seedProfile);
const targets = kindOf(plan, 'target');
const tasks = kindOf(plan, 'task');
const items = kindOf(plan, 'item');
const nameOf = new Map([...plan.units, ...plan.collectives].map(({ id, name }) => [id, name]));

const tally = <T>(values: readonly T[]): ReadonlyMap<T, number> =>
  values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map<T, number>());
/** What the file prints at the place that an item cites. */
const lineOf = ({ sourceLine }: PlannedTask): string => seedLines[(sourceLine ?? 0) - 1] ?? '';
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const roleOf = (item: PlannedTask, role: string) => item.assignees.filter((assignee) => assignee.role === role);
const naming = (group: readonly PlannedTask[], party: string) =>
  group.filter((item) => item.assignees.some((assignee) => assignee.party === party)).map(({ number }) => number);
const numbersOf = (kind: Parameters<typeof findingsOf>[1]): readonly number[] =>
  findingsOf(plan, kind).map(({ subject }) => Number(/\d+$/u.exec(subject)?.[0]));

await test('the directive is named as its text names it', async (t) => {
  t.strictSame(plan.directive, {
    id: 'sanzhengban-2023-1',
    number: '三政办〔2023〕1号',
    title: '三门峡市人民政府办公室关于明确政府工作报告提出的2023年重点工作责任单位的通知',
    issuer: '三门峡市人民政府办公室',
    date: '2023-01-10',
    timeZone: 'Asia/Shanghai',
    sourceSha256: createHash('sha256').update(seedBytes).digest('hex'),
  });
  t.match(plan.directive.sourceSha256, /^82d345ae/u);
});

await test('the reporting schedule is read from line 7', async (t) => {
  t.equal(plan.rules?.effectiveFrom, '2023-01-01');
  t.match(shortFormOf(plan.rules?.duties ?? []), {
    monthly: { from: '2023-01', to: '2023-12', day: 30 },
    annual: { year: 2023, due: '12-25' },
    reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
  });
});

await test('counts', async (t) => {
  t.strictSame(plan.counts, {
    targets: 13,
    themes: 8,
    groups: 35,
    tasks: 99,
    items: 85,
    units: 73,
    collectives: 4,
    tasksWithCooperating: 89,
    tasksWithoutCooperating: 10,
  });
  t.same([targets.length, tasks.length, items.length], [13, 99, 85]);
  const groups = new Map(tasks.map((task) => [task.group?.number, task.theme?.number]));
  t.same([...tally([...groups.values()]).values()], [4, 5, 5, 6, 3, 6, 3, 3], 'groups per theme');
  t.same([...tally(tasks.map((task) => task.theme?.number)).values()], [17, 9, 23, 15, 5, 10, 12, 8], 'tasks per theme');
  t.same(
    tasks.filter((task) => roleOf(task, 'cooperating').length === 0).map(({ number }) => number),
    [12, 24, 39, 41, 52, 53, 54, 55, 56, 63],
  );
});

await test('every item keeps its line, and its text as printed there', async (t) => {
  for (const item of plan.tasks) {
    const line = lineOf(item);
    const begin = item.kind === 'target' ? `${item.number}.` : item.kind === 'task' ? `(${item.number})` : `${item.number} | `;
    const after = item.kind === 'target' ? '(' : item.kind === 'task' ? '(牵头单位:' : ' | ';
    const bracketBelow = item.kind === 'task' && item.number === 98;
    t.equal(line.startsWith(begin + item.text + (bracketBelow ? '' : after)), true, item.id);
    t.match(item.id, /^[a-z0-9][a-z0-9-]{0,79}$/u);
    t.equal(item.text.startsWith(item.title.replace(/…$/u, '')), true, item.title);
    t.ok(item.title.length > 3 && item.title.length <= 41, item.title);
  }
  t.equal(itemOf(plan, 'task', 14).text.slice(0, 9), '做大引领性企业。突');
  t.match(itemOf(plan, 'task', 14), {
    title: '做大引领性企业',
    theme: { number: 1, name: '全力稳住经济大盘' },
    group: { number: '1.4', name: '培育主体强支撑' },
  });
  t.match(itemOf(plan, 'task', 99), {
    theme: { number: 8, name: '全力防范重大风险' },
    group: { number: '8.3', name: '严防金融债务风险' },
  });
  t.match(itemOf(plan, 'target', 1), { theme: null, group: null, parent: null, leaders: [], deadline: null });
});

/** The printed names of a bracket or of cells, brackets of collectives made half-width. */
const printedNames = (item: PlannedTask): readonly string[] => {
  const line = lineOf(item).replaceAll('〔', '(').replaceAll('〕', ')');
  if (item.kind === 'item')
    return line
      .split('|')
      .slice(3, -1)
      .join(' ')
      .split(/\s+/u)
      .filter((word) => word !== '' && !/^\d/u.test(word));
  const bracket = item.number === 98 && item.kind === 'task' ? (seedLines[163] ?? '').replaceAll('〔', '(').replaceAll('〕', ')') : line;
  const list = bracket.slice(item.kind === 'task' ? bracket.lastIndexOf('(牵头单位:') + 6 : bracket.lastIndexOf('。(') + 2, -1);
  return list
    .replace(/,配合单位:/u, '、')
    .replaceAll('(市、区)', '(市&区)')
    .replace(/(?<=.)等相关部门/u, '、等相关部门')
    .split(/[、,]/u)
    .map((name) => name.replace('&', '、'));
};

await test('every party stands where it is printed, with 市 restored where the list leaves it out', async (t) => {
  let elided = 0;
  const withElision = new Set<string>();
  for (const item of plan.tasks) {
    const printed = printedNames(item);
    const read = item.assignees.map(({ party }) => nameOf.get(party) ?? '?');
    t.equal(read.length, printed.length, item.id);
    for (const [index, name] of read.entries()) {
      if (name === printed[index]) continue;
      t.equal(name, `市${printed[index] ?? ''}`, item.id);
      elided += 1;
      withElision.add(item.id);
    }
  }
  t.same([elided, withElision.size], [92, 42]);
  t.equal(partiesOf(plan, itemOf(plan, 'target', 10)), 'R市人力资源社会保障局 R市农业农村局 R各县(市、区)政府');
  t.equal(partiesOf(plan, itemOf(plan, 'task', 46)), 'L各县(市、区)政府 L市金渠集团 C市发展改革委 C市金融局');
  t.equal(
    partiesOf(plan, itemOf(plan, 'task', 59)),
    'L市公路事业发展中心 L市城建集团 L湖滨区政府 L陕州区政府 C市财政局 C市自然资源和规划局 C市商务局 C市投资集团 C市住房城乡建设局 C相关县(市、区)政府',
  );
  t.equal(
    partiesOf(plan, itemOf(plan, 'task', 99)),
    'L市总工会 L团市委 L市妇联 L市残联 L市红十字会 L市统计局 L市民族宗教局 L市委外事办 L市侨办 L市台办 L市发展改革委 L市人防办 L市气象局 L市应急局 L市社科联 L市档案局 L市委党史方志办 L等相关部门 C各县(市、区)政府',
  );
  t.equal(partiesOf(plan, itemOf(plan, 'task', 98)), 'L市退役军人局 L市发展改革委 C各县(市、区)政府');
  t.equal(partiesOf(plan, itemOf(plan, 'item', 53)), 'R市城建集团 R市住房城乡建设局 R市城管局 C市自然资源和规划局 C湖滨区政府');
});

await test('units and collectives', async (t) => {
  const ids = [...plan.units, ...plan.collectives].map(({ id }) => id);
  t.equal(new Set(ids).size, 77);
  for (const id of ids) t.match(id, /^[a-z0-9][a-z0-9-]{0,79}$/u);
  const idOf = new Map([...nameOf].map(([id, name]) => [name, id]));
  t.equal(idOf.get('市科技局'), 'shi-ke-ji-ju');
  t.equal(idOf.get('人行三门峡市中心支行'), 'ren-hang-san-men-xia-shi-zhong-xin-zhi-hang');
  t.equal(idOf.get('三门峡银保监分局'), 'san-men-xia-yin-bao-jian-fen-ju');
  t.equal(idOf.get('农商行'), 'nong-shang-hang');
  t.equal(idOf.get('市文旅集团'), 'shi-wen-lv-ji-tuan');
  t.same(plan.collectives, [
    { id: 'ge-xian-shi-qu-zheng-fu', name: '各县(市、区)政府' },
    { id: 'xiang-guan-xian-shi-qu-zheng-fu', name: '相关县(市、区)政府' },
    { id: 'shi-an-wei-hui-cheng-yuan-dan-wei', name: '市安委会成员单位' },
    { id: 'deng-xiang-guan-bu-men', name: '等相关部门' },
  ]);
  t.same(
    plan.units.slice(0, 3).map(({ name }) => name),
    ['市发展改革委', '市科技局', '市工业和信息化局'],
    'in the order of first mention',
  );
  t.same(
    [...tally(plan.units.map(({ kind }) => kind))],
    [
      [null, 56],
      ['enterprise', 8],
      ['county-government', 6],
      ['development-zone', 3],
    ],
  );
});

const units = (group: readonly PlannedTask[], ...roles: string[]) =>
  new Set(
    group.flatMap((item) => item.assignees.filter(({ kind, role }) => kind === 'unit' && roles.includes(role)).map(({ party }) => party)),
  );

await test('mentions, by section and role', async (t) => {
  t.same(
    [
      units(targets, 'responsible'),
      units(tasks, 'lead', 'cooperating'),
      units(tasks, 'lead'),
      units(tasks, 'cooperating'),
      units(items, 'responsible', 'cooperating'),
      units(items, 'responsible'),
    ].map(({ size }) => size),
    [7, 73, 64, 41, 37, 32],
  );
  const leads = tasks.map((task) => roleOf(task, 'lead').length);
  t.same(
    [...tally(leads)].sort(([a], [b]) => a - b),
    [
      [1, 66],
      [2, 15],
      [3, 8],
      [4, 6],
      [5, 3],
      [18, 1],
    ],
  );
  const cooperating = tasks.map((task) => roleOf(task, 'cooperating').length);
  t.same([sum(leads), sum(cooperating)], [177, 184]);
  const individual = (role: string): number => sum(tasks.map((task) => roleOf(task, role).filter(({ kind }) => kind === 'unit').length));
  t.same([individual('lead'), individual('cooperating')], [174, 123]);
  t.equal(sum(targets.map((target) => target.assignees.filter(({ kind }) => kind === 'unit').length)), 14);
  t.equal(tasks.filter((task) => task.assignees.some(({ kind }) => kind === 'collective')).length, 62);
  t.same(
    tasks.filter((task) => task.assignees.filter(({ kind }) => kind === 'collective').length === 2).map(({ number }) => number),
    [93, 99],
  );
  const onlyCooperating = [...units(tasks, 'cooperating').difference(units([...targets, ...tasks, ...items], 'lead', 'responsible'))].map(
    (id) => nameOf.get(id) ?? '',
  );
  t.same(
    new Set(onlyCooperating),
    new Set(['农商行', '市体育局', '市国资公司', '市天鹅城酒店集团', '市委编办', '市水投集团', '市黄河河务局']),
  );
});

await test('collectives are named where the directive names them', async (t) => {
  const every = 'ge-xian-shi-qu-zheng-fu';
  const concerned = 'xiang-guan-xian-shi-qu-zheng-fu';
  t.same([naming(targets, every).length, naming(tasks, every).length, naming(items, every).length], [13, 52, 25]);
  t.same(naming(tasks, concerned), [35, 36, 37, 38, 39, 40, 58, 59, 67, 69]);
  t.same(naming(items, concerned), [12, 45, 46, 47, 48, 49, 50, 51, 59, 60, 75, 76]);
  const carrying = (party: string) =>
    [...tasks, ...items]
      .filter((item) => item.assignees.some((assignee) => assignee.party === party && assignee.role !== 'cooperating'))
      .map(({ id }) => id);
  t.same(carrying(every), ['sanzhengban-2023-1-task-46', 'sanzhengban-2023-1-item-14']);
  t.same(carrying(concerned), ['sanzhengban-2023-1-task-39']);
  t.same(naming(tasks, 'shi-an-wei-hui-cheng-yuan-dan-wei'), [93]);
  t.same(naming(tasks, 'deng-xiang-guan-bu-men'), [99]);
});

await test('leaders and deadlines of the schedule of items', async (t) => {
  t.same(Object.fromEntries(tally(items.map(({ deadline }) => String(deadline)))), {
    '2023-04-30': 1,
    '2023-06-30': 2,
    '2023-08-31': 1,
    '2023-10-31': 1,
    '2023-12-31': 80,
  });
  t.same(
    items.filter(({ deadline }) => deadline !== '2023-12-31').map(({ number, deadline }) => [number, deadline]),
    [
      [9, '2023-06-30'],
      [50, '2023-04-30'],
      [51, '2023-10-31'],
      [75, '2023-08-31'],
      [85, '2023-06-30'],
    ],
  );
  t.same(Object.fromEntries(tally(items.flatMap(({ leaders }) => leaders))), {
    万战伟: 36,
    秦迎军: 11,
    卫祥玉: 10,
    杨红忠: 14,
    吴海燕: 8,
    孙淑芳: 10,
  });
  t.same(Object.fromEntries(tally(items.filter(({ leaders }) => leaders.length === 1).flatMap(({ leaders }) => leaders))), {
    万战伟: 35,
    秦迎军: 10,
    卫祥玉: 8,
    杨红忠: 12,
    吴海燕: 7,
    孙淑芳: 10,
  });
  t.same(
    items.filter(({ leaders }) => leaders.length > 1).map(({ number, leaders }) => [number, ...leaders]),
    [
      [5, '万战伟', '秦迎军'],
      [75, '杨红忠', '卫祥玉', '吴海燕'],
      [76, '杨红忠', '卫祥玉'],
    ],
  );
  t.same(
    items.filter((item) => roleOf(item, 'cooperating').length === 0).map(({ number }) => number),
    [11, 38, 43, 52, 77, 85],
  );
  t.same(
    items.filter((item) => roleOf(item, 'responsible').length > 1).map(({ number }) => number),
    [5, 6, 9, 20, 49, 50, 53, 75, 76, 77],
  );
});

const numbers = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?/gu) ?? [];

// Read by hand, row by row.
const PARENTS = [
  1, 1, 2, 3, 3, 3, 4, 6, 9, 11, 12, 14, 14, 15, 15, 16, 17, 18, 22, 23, 25, 26, 32, 32, 33, 33, 34, 35, 35, 36, 36, 36, 37, 37, 38, 38, 39,
  39, 40, 40, 40, 43, 43, 44, 58, 58, 59, 59, 59, 59, 59, 59, 60, 65, 65, 65, 65, 66, 67, 69, 71, 71, 71, 73, 73, 73, 75, 75, 79, 79, 79,
  80, 81, 82, 82, 82, 85, 88, 88, 89, 89, 89, 90, 90, 9,
];

await test('every row is found its task', async (t) => {
  t.same(
    items.map(({ parent }) => parent),
    PARENTS.map((number) => `sanzhengban-2023-1-task-${number}`),
  );
  t.equal(new Set(items.map(({ parent }) => parent)).size, 46);
  for (const item of items) {
    const parent = plan.tasks.find(({ id }) => id === item.parent);
    t.same([item.theme, item.group], [parent?.theme, parent?.group], item.id);
    t.same(
      numbers(item.text).filter((number) => !numbers(parent?.text ?? '').includes(number)),
      [],
      `${item.id} has no number of its own`,
    );
  }
});

const said = (item: PlannedTask) =>
  item.measurements.map(({ metric, comparator, target, unit }) => `${metric} ${comparator} ${target ?? ''}${unit ?? ''}`);

await test('measurable ends', async (t) => {
  const measured = [...targets, ...tasks].flatMap(({ measurements }) => measurements);
  const inTasks = tasks.filter(({ measurements }) => measurements.length > 0);
  t.same(
    [targets, inTasks].map((group) => sum(group.map(({ measurements }) => measurements.length))),
    [13, 44],
  );
  t.same(
    inTasks.map(({ number }) => number),
    [1, 2, 14, 15, 16, 17, 18, 22, 25, 26, 43, 44, 69, 75, 80, 81, 82, 88, 90],
  );
  t.same(Object.fromEntries(tally(measured.map(({ comparator }) => comparator))), {
    gte: 20,
    eq: 20,
    gt: 9,
    lte: 3,
    approx: 2,
    qualitative: 3,
  });
  t.same(
    targets.filter(({ measurements: [first] }) => first?.comparator === 'qualitative').map(({ number }) => number),
    [7, 10, 13],
  );
  for (const { target, unit, comparator } of measured) {
    t.equal(comparator === 'qualitative', target === null);
    if (target !== null) t.match(target, /^\d+(?:\.\d+)?$/u);
    t.equal(target === null, unit === null);
  }
  t.same(said(itemOf(plan, 'target', 1)), ['地区生产总值 gte 7%']);
  t.same(said(itemOf(plan, 'target', 9)), ['城镇调查失业率 lte 5.5%']);
  t.same(said(itemOf(plan, 'target', 12)), ['居民消费价格涨幅 approx 3%'], '控制在3%左右');
  t.same(said(itemOf(plan, 'target', 7)), ['进出口总值 qualitative ']);
  t.same(
    said(itemOf(plan, 'task', 14)),
    [
      '中原黄金产值 gt 600亿元',
      '国投金城冶金 gt 300亿元',
      '汇盛铜业、金渠集团等企业 gt 100亿元',
      '产值超百亿元企业 gte 10家',
      '超10亿元企业 gte 40家',
    ],
    '百亿 and 10亿 are thresholds',
  );
  t.same(said(itemOf(plan, 'task', 15)), [
    '“四上企业”新增 eq 400家',
    '“四上企业”总数 gt 2200家',
    '规模以上工业企业新增 eq 200家',
    '规模以上工业企业总数 gt 700家',
  ]);
  t.same(said(itemOf(plan, 'task', 18)).slice(0, 2), ['新增高新技术企业 eq 50家', '新增科技型中小企业 eq 50家'], '各50家');
  t.same(said(itemOf(plan, 'item', 60)), ['农民合作社 gt 4600家', '家庭农场 gt 4200家'], '分别突破4600家、4200家');
  t.same(said(itemOf(plan, 'task', 75)), [
    'PM10年平均浓度 lte 78微克/立方米',
    'PM2.5年平均浓度 lte 45微克/立方米',
    '空气质量优良天数 gte 249天',
    '国家和省考核主要河流断面水质达标率 eq 100%',
  ]);
  t.same(said(itemOf(plan, 'item', 24)), [], 'the size of a project is no target');
  t.same(said(itemOf(plan, 'item', 2)), [], 'the number of projects is no target');
});

await test('findings are numbered in the order of lines, and are about something of the plan', async (t) => {
  t.same(
    plan.findings.map(({ n }) => n),
    plan.findings.map((_, index) => index + 1),
  );
  t.same(
    plan.findings.map(({ line }) => line),
    plan.findings.map(({ line }) => line).toSorted((a, b) => a - b),
  );
  const known = new Set([plan.directive.id, ...plan.collectives.map(({ id }) => id), ...plan.tasks.map(({ id }) => id)]);
  t.same(
    plan.findings.filter(({ subject }) => !known.has(subject)),
    [],
  );
});

await test('a finding for each thing that the directive leaves open', async (t) => {
  t.same(
    findingsOf(plan, 'collective-unresolved').map(({ subject, line }) => [subject, line]),
    [
      ['ge-xian-shi-qu-zheng-fu', 9],
      ['xiang-guan-xian-shi-qu-zheng-fu', 72],
      ['shi-an-wei-hui-cheng-yuan-dan-wei', 157],
      ['deng-xiang-guan-bu-men', 165],
    ],
  );
  t.match(findingsOf(plan, 'collective-unresolved')[1]?.detail, '10 tasks (35-40, 58-59, 67, 69), 12 items (12, 45-51, 59-60, 75-76)');
  t.match(findingsOf(plan, 'name-unresolved'), [{ subject: 'sanzhengban-2023-1-task-43', line: 82, detail: /农商行/u }]);
  t.equal(findingsOf(plan, 'name-unresolved').length, 1);
  const gapped = [...targets.map(({ id }) => id), ...tasks.filter(({ number }) => !PARENTS.includes(number ?? 0)).map(({ id }) => id)];
  t.equal(gapped.length, 13 + 53);
  t.same(
    findingsOf(plan, 'no-leader').map(({ subject }) => subject),
    gapped,
  );
  t.same(
    findingsOf(plan, 'no-deadline').map(({ subject }) => subject),
    gapped,
  );
});

await test('where a row and its task disagree', async (t) => {
  const differences = findingsOf(plan, 'row-differs');
  t.equal(differences.length, 64);
  t.same(Object.fromEntries(tally(differences.map(({ detail }) => detail.replace(/ against.*$/u, '')))), {
    inverted: 30,
    narrowed: 26,
    'collective differs': 3,
    promoted: 2,
    'partly demoted': 2,
    'collective resolved': 1,
  });
  const named = (name: string) =>
    differences.filter(({ detail }) => detail.startsWith(name)).map(({ subject }) => Number(subject.split('-').at(-1)));
  t.same(
    named('inverted'),
    [14, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 39, 40, 41, 54, 55, 56, 57, 65, 66, 69, 70, 71, 80, 81, 82],
  );
  t.same(
    [named('promoted'), named('partly demoted'), named('collective differs'), named('collective resolved')],
    [[5, 6], [53, 64], [12, 75, 76], [38]],
  );
  t.same(numbersOf('unit-outside-task'), [25, 30, 31, 34, 36, 64, 65, 66, 81]);
  t.match(findingsOf(plan, 'unit-outside-task')[0]?.detail, '灵宝市政府');
  t.same(numbersOf('name-drift'), [11, 15, 18, 47, 48]);
  t.same(
    findingsOf(plan, 'comparator-conflict').map(({ subject, line }) => [subject, line]),
    [['sanzhengban-2023-1-target-3', 11]],
  );
  t.match(findingsOf(plan, 'comparator-conflict')[0]?.detail, /> 2\.4%; task 26 \(line 59\) ≥ 2\.4%; item 22 \(line 192\) ≥ 2\.4%/u);
  t.match(findingsOf(plan, 'other'), [
    { subject: 'sanzhengban-2023-1-task-39', detail: /保税物流中心.*task 11/u },
    { subject: 'sanzhengban-2023-1-task-40', detail: /仰韶文化产业园.*task 77/u },
  ]);
  t.equal(findingsOf(plan, 'other').length, 2);
});

await test('what the layout does that it should not', async (t) => {
  const places = (kind: Parameters<typeof findingsOf>[1]) =>
    findingsOf(plan, kind).map(({ subject, line }) => [subject.replace('sanzhengban-2023-1', ''), line]);
  t.same(places('page-title'), [['', 1]]);
  t.same(
    places('cell-shifted'),
    [
      ['-item-11', 181],
      ['-item-38', 208],
      ['-item-43', 213],
      ['-item-52', 222],
      ['-item-77', 247],
      ['-item-85', 255],
    ],
    'a deadline in the cell of who cooperates',
  );
  t.same(
    places('layout'),
    [
      ['', 164],
      ['-item-1', 171],
      ['-item-85', 255],
    ],
    'a bracket on a line of its own, 月月底前, a row out of the order of its task',
  );
  t.same(places('noise-set-aside'), [['', 256]], 'what the web page says below it');
});

await test('its themes keep their prose, and nothing keeps it from being committed unattended', async (t) => {
  t.equal(plan.prose.length, 8);
  t.match(plan.prose[0], {
    section: '二、2023年重点工作分工/(一)全力稳住经济大盘',
    text: /^坚持稳字当头、稳中求进/u,
    address: 'line 23',
  });
  const draft = await draftFrom(seedBytes, seedProfile);
  t.same(openIn(draft), []);
  t.same(
    draft.lines.filter(({ use }) => use === 'unread'),
    [],
  );
  t.equal(draft.schedule.address, 'line 7');
  t.match(draft.schedule.words.map(inEnglish), [/^月报: .*2023-01 to 2023-12, by day 30/u, /^年报: .*2023.*12-25/u]);
});
