import { withoutBlanks } from './folded.ts';
import type { Profile } from '../profile.ts';

/** What a label or the heading of a column says of what stands beside or under it. */
export type Field = 'lead' | 'cooperating' | 'responsible' | 'leader' | 'deadline' | 'milestone' | 'frequency' | 'assigned-on' | 'extra';

export const isRole = (field: string): field is 'lead' | 'cooperating' | 'responsible' =>
  field === 'lead' || field === 'cooperating' || field === 'responsible';

const WHO = ['单位', '部门', '科室', '处室', '股室', '机构', '站所', '部室', '镇街', '企业', '村(社区)', '村(居)', '村', '社区'];
const of = (...stems: string[]): readonly string[] => stems.flatMap((stem) => WHO.map((who) => stem + who));

const WORDS: Readonly<Record<Field, readonly string[]>> = {
  lead: [
    ...of('牵头', '牵头责任', '责任牵头', '主办', '主责', '主要责任', '第一责任', '牵头负责', '牵头承办', '主要负责'),
    '牵头',
    '主办',
    '主要责任',
    '主责',
  ],
  cooperating: [
    ...of(
      '配合',
      '协办',
      '协同',
      '协同配合',
      '参与',
      '参加',
      '协助',
      '会办',
      '会同',
      '配合责任',
      '责任配合',
      '责任(配合)',
      '协同责任',
      '参与配合',
      '配合参与',
    ),
    '配合',
    '协办',
    '协同配合',
    '会办',
    '参与',
    '协同',
    '协助',
  ],
  responsible: [
    ...of('包抓', '包保', '包联', '帮扶', '监管责任', '监管', '属地', '属地责任', '主体责任', '行业主管', '主管', '推进', '执行'),
    ...of('责任', '承办', '实施', '落实', '整改', '整改责任', '分办', '责任落实', '落实责任', '具体责任', '任务', '完成'),
    '责任主体',
    '实施主体',
    '承办',
    '责任',
    '分办',
    '落实',
  ],
  leader: [
    ...[
      '主管',
      '分管',
      '牵头',
      '责任',
      '包抓',
      '包保',
      '挂钩',
      '联系',
      '包联',
      '督办',
      '挂牌',
      '牵头市',
      '牵头县',
      '牵头区',
      '分管市',
      '分管县',
      '分管区',
      '责任市',
      '责任县',
      '责任区',
      '市',
      '县',
      '区',
      '局',
      '市级',
      '县级',
      '区级',
      '主要',
      '挂点',
      '协管',
      '镇',
      '包案',
      '包村',
      '包片',
      '领办',
      '领衔',
      '驻村',
      '分管院',
      '分管校',
      '分管局',
      '分管公司',
      '分管集团',
      '牵头省',
      '责任省',
      '分管省',
      '省',
      '省级',
      '州级',
      '牵头州',
      '院',
      '校',
      '公司',
    ].map((stem) => `${stem}领导`),
    ...['主要', '第一', '直接', '具体', '整改', '牵头', '分管', '单位', '科室', '部门', ''].map((stem) => `${stem}责任人`),
    ...['主要', '分管', '单位', '具体', '项目', '科室', '部门', ''].map((stem) => `${stem}负责人`),
    '责任领导及职务',
    '牵头人',
    '领办人',
    '承办人',
    '经办人',
    '包案人',
    '包保人',
    '包村干部',
    '驻村干部',
    '联系人(领导)',
  ],
  deadline: [
    '完成时限',
    '完成时间',
    '完成期限',
    '完成日期',
    '拟完成时限',
    '计划完成时间',
    '办结时限',
    '办理时限',
    '办结时间',
    '办结日期',
    '整改时限',
    '整改期限',
    '整改完成时限',
    '时限',
    '时限要求',
    '时间要求',
    '完成时限要求',
    '截止时间',
    '截止日期',
    '时间节点',
    '完成节点',
    '期限',
    '办理期限',
    '答复时限',
    '时间',
    '工作时限',
    '要求完成时间',
    '销号时限',
    '落实时限',
    '预计完成时间',
    '竣工时间',
    '竣工日期',
    '计划竣工时间',
    '预计竣工时间',
    '拟竣工时间',
    '竣(完)工时间',
    '完工时间',
    '计划完工时间',
    '建成时间',
    '投用时间',
    '投产时间',
    '要求办结时间',
    '要求办结时限',
    '办复时限',
    '反馈时限',
    '目标完成时间',
    '整改完成时间',
    '整改到位时间',
  ],
  milestone: [
    '进度安排',
    '时间安排',
    '工作进度',
    '阶段目标',
    '序时进度',
    '进度计划',
    '节点安排',
    '进度要求',
    '形象进度',
    '节点目标',
    '推进计划',
    '阶段安排',
    '实施步骤',
    '工作节点',
    '年度进度',
    '时序进度',
    '计划安排',
    '开工时间',
    '开工日期',
    '计划开工时间',
    '预计开工时间',
    '拟开工时间',
    '启动时间',
    '进度目标',
    '完成进度要求',
    '推进安排',
  ],
  frequency: [
    '反馈频次',
    '报送频次',
    '报告频次',
    '反馈周期',
    '报送周期',
    '反馈要求',
    '报送要求',
    '报告周期',
    '反馈频率',
    '报送频率',
    '督办频次',
    '调度频次',
    '频次',
  ],
  'assigned-on': ['交办日期', '交办时间', '下达时间', '下达日期', '交办日', '立项时间', '立项日期'],
  extra: [
    '工作目标',
    '目标任务',
    '主要内容',
    '工作内容',
    '建设内容',
    '工作措施',
    '主要措施',
    '整改措施',
    '推进措施',
    '具体措施',
    '工作举措',
    '年度目标',
    '整改目标',
    '资金来源',
    '总投资',
    '备注',
    '联系电话',
    '联系人',
    '联系方式',
    '工作标准',
    '成效',
    '督办单位',
    '督导单位',
    '监督单位',
    '验收标准',
    '存在问题',
    '问题',
    '完成情况',
    '进展情况',
    '办理情况',
    '整改情况',
    '建设地点',
    '建设规模',
    '年度计划',
    '年度投资',
    '建设单位',
    '提案人',
    '提案者',
    '建议人',
    '代表姓名',
    '领衔代表',
    '提出人',
    '依据',
    '交办依据',
    '来源',
  ],
};

const ALL: readonly Field[] = [
  'extra',
  'frequency',
  'assigned-on',
  'milestone',
  'deadline',
  'leader',
  'responsible',
  'cooperating',
  'lead',
];
const FIELDS: ReadonlyMap<string, Field> = new Map(ALL.flatMap((field) => WORDS[field].map((word) => [word, field] as const)));

/** The meaning of a label by the profile and the common words; null for one that nobody knows. */
export const fieldOf = (label: string, profile: Profile): Field | null => {
  const word = withoutBlanks(label);
  for (const role of ['lead', 'cooperating', 'responsible'] as const) if (profile.labels[role].includes(word)) return role;
  return FIELDS.get(word) ?? null;
};

const LONGEST = 14;
const MARKS = /[:】\])为]/u;

export type Label = { readonly start: number; readonly end: number; readonly name: string; readonly field: Field };

/**
 * The known labels of a folded text, in order: `牵头单位:`, `【配合单位】`, `责任 单位:`. A label begins a text or follows a mark or
 * a blank; the longest word before the colon that is a label is taken.
 */
export const labelsOf = (text: string, profile: Profile): readonly Label[] => {
  const labels: Label[] = [];
  for (let at = text.search(MARKS); at >= 0 && at < text.length;) {
    const opening = OPENING.get(text.charAt(at)) ?? '';
    const round = opening === '(' && !isRoundLabel(text, at, labels.length > 0);
    const found = round ? null : opening === '' ? beforeColon(text, at, profile) : within(text, at, opening, profile);
    const label = found !== null && text.charAt(at) === '为' && !namesAfter(found, text, at) ? null : found;
    if (label !== null) labels.push(label);
    const next = text.slice(at + 1).search(MARKS);
    at = next < 0 ? -1 : at + 1 + next;
  }
  return labels;
};

const OPENING: ReadonlyMap<string, string> = new Map([
  ['】', '【'],
  [']', '['],
  [')', '('],
]);

/** 〔责任领导〕龚勇〔牵头单位〕区交通局: names follow at once, and the first such label begins a text; 市教育局(牵头单位)、… is none. */
const isRoundLabel = (text: string, closing: number, goesOn: boolean): boolean => {
  const start = text.lastIndexOf('(', closing);
  return (
    closing - start > 4 &&
    /^:?[\p{Script=Han}\d“"]/u.test(text.slice(closing + 1)) &&
    (goesOn || start === 0 || /[\s。;,]/u.test(text.charAt(start - 1)))
  );
};

/** 牵头单位为市教育局: a label in a sentence, where a name follows. */
const namesAfter = ({ field, name }: Label, text: string, at: number): boolean =>
  isRole(field) && name.length >= 4 && /^[省市县区州各]\p{Script=Han}{2}/u.test(text.slice(at + 1, at + 4));

/** Labels that a word before them makes narrower: 领衔督办领导, 市级责任单位, 现要求时限. */
const COMPOUND = /(?:单位|部门|领导|责任人|负责人|时限|期限)$/u;
/** What was to hold before: 原定时限. */
const FORMER = /^(?:原|此前|上次|实际)/u;
/** The words that make a label narrower; a name that was joined to it is none of them. */
const QUALIFIER = new RegExp(
  `^(?:${[
    '领衔|市级|县级|区级|省级|州级|镇级|村级|第一|主要|具体|直接|现要求|要求|原定|原计划|原|此前|计划|最终|最后|最迟|拟',
    '属地|行业|重点|承办|整改|落实|任务|项目|分管|包联|联系|挂牌|牵头|督办|办理|反馈|工程|建设|监管|企业|学校|部门|单位|各',
  ].join('|')})+$`,
  'u',
);

/** Where the word begins that a label ends: at the beginning of the text or behind a mark; `start` where what is before it is none. */
const beginsAt = (text: string, start: number): number => {
  let at = start;
  while (at > 0 && /\p{Script=Han}/u.test(text.charAt(at - 1))) at -= 1;
  if (at > 0 && !/[\s;。()》”]/u.test(text.charAt(at - 1))) return start;
  return QUALIFIER.test(text.slice(at, start)) ? at : start;
};

const beforeColon = (text: string, colon: number, profile: Profile): Label | null => {
  const longest = Math.max(0, colon - LONGEST);
  // No word of a label goes over a colon.
  for (let start = longest + text.slice(longest, colon).lastIndexOf(':') + 1; start < colon; start += 1) {
    const before = text.charAt(start - 1);
    if (/\s/u.test(text.charAt(start))) continue;
    const name = text.slice(start, colon);
    const field = fieldOf(name, profile);
    if (field === null) continue;
    // 责任: in 主要责任: is no label of its own; where letters stand right before it, only an unmistakable word is one.
    const whole = beginsAt(text, start);
    if (whole < start && COMPOUND.test(name)) {
      const compound = withoutBlanks(text.slice(whole, colon));
      return { start: whole, end: colon + 1, name: compound, field: FORMER.test(compound) ? 'extra' : field };
    }
    if (before !== '' && /\p{Script=Han}/u.test(before) && withoutBlanks(name).length < 4) continue;
    return { start, end: colon + 1, name: withoutBlanks(name), field };
  }
  return null;
};

const within = (text: string, closing: number, opening: string, profile: Profile): Label | null => {
  const start = text.lastIndexOf(opening, closing);
  if (start < 0 || closing - start > LONGEST) return null;
  const name = withoutBlanks(text.slice(start + 1, closing));
  const field = fieldOf(name, profile);
  const end = text.charAt(closing + 1) === ':' ? closing + 2 : closing + 1;
  return field === null ? null : { start, end, name, field };
};
