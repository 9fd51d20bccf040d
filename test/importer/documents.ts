import { readFileSync } from 'node:fs';
import type { Finding, FindingKind, Proposal, ProposedTask } from '../../src/importer/proposal.ts';
import { readDirective } from '../../src/importer/read-directive.ts';

export const seedBytes: Uint8Array = readFileSync(new URL('../../seed/notice.txt', import.meta.url));
export const seedLines: readonly string[] = new TextDecoder().decode(seedBytes).split('\n');

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const proposalOf = (bytes: Uint8Array): Proposal => {
  const read = readDirective(bytes);
  if (!read.ok) throw new Error(`refused at line ${read.problem.line}: ${read.problem.text}; expected ${read.problem.expected}`);
  return read.proposal;
};

export const problemOf = (bytes: Uint8Array): { readonly line: number; readonly text: string; readonly expected: string } => {
  const read = readDirective(bytes);
  if (read.ok) throw new Error('was not refused');
  return read.problem;
};

export const itemOf = (proposal: Proposal, kind: ProposedTask['kind'], number: number): ProposedTask => {
  const item = proposal.tasks.find((task) => task.kind === kind && task.number === number);
  if (item === undefined) throw new Error(`no ${kind} ${number}`);
  return item;
};

export const kindOf = (proposal: Proposal, kind: ProposedTask['kind']): readonly ProposedTask[] =>
  proposal.tasks.filter((task) => task.kind === kind);

export const findingsOf = (proposal: Proposal, kind: FindingKind): readonly Finding[] =>
  proposal.findings.filter((finding) => finding.kind === kind);

/** Who carries an item, by name, each with the first letter of the role: `L市科技局 C市财政局`. */
export const partiesOf = (proposal: Proposal, item: ProposedTask): string => {
  const names = new Map([...proposal.units, ...proposal.collectives].map(({ id, name }) => [id, name]));
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

export const smallProposal = (lines: Parameters<typeof smallDirective>[0]): Proposal => proposalOf(bytesOf(smallDirective(lines)));
