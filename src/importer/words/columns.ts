import { ownValue } from '../../kernel/own-value.ts';
import type { Profile } from '../profile.ts';
import { folded, withoutBlanks } from './folded.ts';
import { fieldOf } from './labels.ts';

/** What the heading of a column says of what stands under it. */
export type Column = NonNullable<Profile['columns']>[string];

const WHO = '(?:单位|部门|科室|处室|股室|机构|站所|部室|镇街|企业|村(?:\\(社区\\)|\\(居\\))?|社区)';

const DEADLINES =
  '时限|期限|完成时间|完成日期|办结时间|办结日期|截止时间|截止日期|时间节点|完成节点|时间要求|答复时间|整改时间|销号时间|' +
  '竣工时间|竣工日期|竣\\(完\\)工时间|完工时间|建成时间|投用时间|投产时间|办结时限|工期|截止|截止期';

const FORMS: readonly (readonly [RegExp, Column])[] = [
  [/^(?:序号|编号|项号|编码|号|No\.?|NO\.?|任务编号|项目编号|事项编号|提案号|建议号|案号|问题编号|件号|.{1,4}(?:编号|序号))$/u, 'number'],
  [
    /^(?:第?[一二三四1-4]季度?|[上下]半年|\d{1,2}(?:[-—~至到]\d{1,2})?月(?:底|末)?(?:前)?)(?:.{0,6}(?:进度|目标|任务|计划|节点|安排))?$/u,
    'milestone',
  ],
  [/(?:交办|下达|立项|转办|收件)(?:日期|时间|日)$/u, 'assigned-on'],
  [/(?:反馈|报送|报告|上报|督办|调度)(?:频次|频率|周期|要求)$|^频次$/u, 'frequency'],
  [/(?:类别|分类|领域|板块|类型|大项|所属.*|专项|系列|方面|一级指标|项目类别|任务类别|重点领域)$/u, 'section'],
  [/(?:开工|启动|开始|起始)(?:时间|日期)$/u, 'milestone'],
  [/^(?:责任|任务|职责)分工$|(?:单位|部门|科室|处室)(?:及|和|\/|、|\()(?:责任人|负责人|人员)\)?$/u, 'responsible'],
  [/(?:协助|配合|协办)人$/u, 'cooperating'],
  [/(?:领导|责任人|负责人|领办人|承办人|经办人|局长|包案人|包保人|包村干部|驻村干部)(?:及职务|及电话|姓名)?$/u, 'leader'],
  [new RegExp(`(?:配合|协办|协同|参与|参加|协助|会办|会同)(?:责任)?${WHO}?$|^责任\\(配合\\)单位$`, 'u'), 'cooperating'],
  [new RegExp(`(?:牵头|主办|主责|主要责任|第一责任)(?:责任)?${WHO}?(?:\\(.{1,6}\\))?$`, 'u'), 'lead'],
  [
    new RegExp(`(?:责任|承办|实施|落实|整改|分办|完成|执行|负责|包抓|包保|包联|帮扶)(?:责任|落实)?(?:${WHO}|主体)(?:\\(.{1,6}\\))?$`, 'u'),
    'responsible',
  ],
  [new RegExp(`(?:${DEADLINES})(?:要求)?(?:\\(.{1,8}\\))?$|^(?:时间|完成时间.*)$`, 'u'), 'deadline'],
  [/(?:进度|节点|阶段|时序)(?:安排|计划|目标|要求)$/u, 'milestone'],
];

/** The ranks of columns that may hold what is to be done: the first there is is the item's text. */
const TEXTS: readonly RegExp[] = [
  /^(?:(?:具体|重点|主要|年度|工作|目标|督查|督办|任务|分解)*(?:任务|事项)(?:内容|名称|清单|及要求)?|项目\(任务\)|重点工作|督查事项|督办事项|工作|交办事项|承诺事项)$/u,
  /(?:整改措施|整改任务|整改内容|整改要求)/u,
  /(?:案由|题目|标题|建议标题|提案标题|提案题目|建议名称|提案名称|提案内容|建议内容)/u,
  /(?:内容|要求|工作任务|举措|措施|工作要点)$/u,
  /(?:项目|工程|实事|指标|目标|名称)(?:名称|内容)?$/u,
  /(?:问题|意见|建议|诉求)/u,
  /^(?:县\(市、区\)|县\(区\)|县区|市县|乡镇|乡\(镇\)|镇街|镇\(街道\)|地区|区域|村名|村\(社区\)|单位名称)$/u,
];

/** Before every rank: the office's own word. */
export const OWN = -1;

/** A person may write a heading of the profile full-width, or with blanks, as it is printed. */
const byFoldedHeading = (name: string, { columns }: Profile): Column | undefined =>
  Object.entries(columns ?? {}).find(([heading]) => withoutBlanks(folded(heading)).replace(/[:*]/gu, '') === name)?.[1];

/** One of several columns of the same: 责任单位1, 配合单位(二), 责任单位③. */
const NTH = /^(.{2,}(?:单位|部门|科室|领导|责任人|负责人))\(?[1-9一二三①-⑨]\)?$/u;
const nthOf = (name: string): Column | undefined => {
  const one = NTH.exec(name)?.[1];
  return one === undefined ? undefined : FORMS.find(([pattern]) => pattern.test(one))?.[1];
};

/** The column that a heading names; text columns by their rank. Null for a heading that nobody knows. */
export const columnOf = (heading: string, profile: Profile): { readonly column: Column; readonly rank: number } | null => {
  const name = withoutBlanks(heading).replace(/[::*]/gu, '');
  const own = ownValue(profile.columns ?? {}, name) ?? ownValue(profile.columns ?? {}, heading) ?? byFoldedHeading(name, profile);
  if (own !== undefined) return { column: own, rank: OWN };
  if (name === '' || name.length > 30) return null;
  const form = FORMS.find(([pattern]) => pattern.test(name))?.[1] ?? nthOf(name);
  if (form !== undefined) return { column: form, rank: 0 };
  const rank = TEXTS.findIndex((pattern) => pattern.test(name));
  if (rank >= 0) return { column: 'text', rank };
  const field = fieldOf(name, profile);
  return field === null ? null : { column: field, rank: 0 };
};

/** The day that a column of steps stands for, as a folded phrase: 一季度, 上半年, 6月. */
export const isStep = (heading: string): boolean => /^(?:第?[一二三四1-4]季度?|[上下]半年|\d{1,2}(?:[-—~至到]\d{1,2})?月)/u.test(heading);
