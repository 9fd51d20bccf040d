import { readFileSync } from 'node:fs';
import { draftOf, type Draft } from '../../src/importer/draft/draft.ts';
import { planOf, type Plan, type PlannedFinding, type PlannedTask } from '../../src/importer/draft/plan.ts';
import { EMPTY_PROFILE, profileSchema, type Profile } from '../../src/importer/profile.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { sha256Hex } from '../../src/kernel/canonical.ts';
import { sourceOf } from './cases.ts';

export const seedBytes: Uint8Array = readFileSync(new URL('../../seed/notice.txt', import.meta.url));
export const seedLines: readonly string[] = new TextDecoder().decode(seedBytes).split('\n');
export const seedProfile: Profile = profileSchema.parse(
  JSON.parse(readFileSync(new URL('../../seed/profile.json', import.meta.url), 'utf8')),
);

/** What the office of the small directive has settled once for all its documents. */
export const SMALL_PROFILE: Profile = { ...EMPTY_PROFILE, namePrefix: '市' };

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const draftFrom = async (bytes: Uint8Array, profile: Profile = SMALL_PROFILE): Promise<Draft> =>
  draftOf(readDocument(await sourceOf(bytes, 'notice.txt'), profile), []);

/** What a document would become if it were committed as it was read. */
export const planFrom = async (bytes: Uint8Array, profile?: Profile): Promise<Plan> =>
  planOf(await draftFrom(bytes, profile), sha256Hex(bytes));

export const itemOf = (plan: Plan, kind: PlannedTask['kind'], number: number): PlannedTask => {
  const item = plan.tasks.find((task) => task.kind === kind && task.number === number);
  if (item === undefined) throw new Error(`no ${kind} ${number}`);
  return item;
};

export const kindOf = (plan: Plan, kind: PlannedTask['kind']): readonly PlannedTask[] => plan.tasks.filter((task) => task.kind === kind);

export const findingsOf = (plan: Plan, kind: PlannedFinding['kind']): readonly PlannedFinding[] =>
  plan.findings.filter((finding) => finding.kind === kind);

/** Who carries an item, by name, each with the first letter of the role: `L市科技局 C市财政局`. */
export const partiesOf = (plan: Plan, item: PlannedTask): string => {
  const names = new Map([...plan.units, ...plan.collectives].map(({ id, name }) => [id, name]));
  return item.assignees.map(({ role, party }) => `${role.charAt(0).toUpperCase()}${names.get(party) ?? '?'}`).join(' ');
};

const HEAD = [
  '河州市人民政府办公室关于明确2024年重点工作责任单位的通知',
  '河政办〔2024〕7号',
  '各县(市、区)人民政府,市人民政府各部门:',
  '各责任单位从2024年2月起,每月28日前向市政府报告当月进展情况,11月30日前报告全年落实情况。',
  '一、2024年主要预期目标分解',
];

const CAPTION = [
  '附件:重点项目台账',
  '2024年1月31日',
  '附 件',
  '重点项目台账',
  '序号 | 项目(任务) | 责任领导 | 责任单位 | 配合单位 | 拟完成时限 |',
];

export const TASK = '(1)新建学校3所。(牵头单位:市教育局)';
export const ROW = '1 | 新建学校3所。 | 王小明 | 市教育局 | 市财政局 | 2024年6月月底前 |';

/** A directive of the smallest size, of another city, with the lines given in place of the usual ones. */
export const smallDirective = (
  lines: { readonly targets?: readonly string[]; readonly tasks?: readonly string[]; readonly rows?: readonly string[] } = {},
): string =>
  [
    ...HEAD,
    ...(lines.targets ?? ['1.地区生产总值增长6%。(市发展改革委)']),
    '二、2024年重点工作分工',
    '(一)办好民生实事。让人民满意。',
    '1.提升教育质量。',
    ...(lines.tasks ?? [TASK]),
    ...CAPTION,
    ...(lines.rows ?? [ROW]),
  ].join('\n');

export const smallPlan = (lines: Parameters<typeof smallDirective>[0]): Promise<Plan> => planFrom(bytesOf(smallDirective(lines)));
