import type { ReadMeasurement } from '../document-reading.ts';
import { folded } from '../words/folded.ts';
import { quantitiesIn } from './quantities.ts';

/** What an item's row or block says besides its text of what is to be reached: 年度目标, 建设内容, 总投资(万元). */

const GOAL =
  /(?:任务|目标|目标值|指标值|任务数|任务量|建设内容|建设规模|内容及规模|主要内容|工作内容|工作量|整改措施|工作措施|主要措施|推进措施|具体措施|工作举措|主要举措|年度计划|工作要求|任务要求|完成标准|验收标准|预期成果|预期目标|成果要求)$/u;
const WITHOUT_METRIC = /^(?:不少于|不低于|不超过|不高于|至少|达到|超过|突破|约|控制在|力争|[≥≤<>])?\s*\d/u;

export type Goal = { readonly name: string; readonly text: string };

export const goalsIn = (extra: Readonly<Record<string, string>>): readonly Goal[] =>
  Object.entries(extra).flatMap(([name, text]) => (GOAL.test(folded(name).replace(/\([^()]*\)$/u, '')) ? [{ name, text }] : []));

/** The ends that a goal sets; one that begins with its number is that of the item's text: 新增示范企业 | 不少于60家. */
export const endsOf = (text: string, goal: string): readonly ReadMeasurement[] =>
  WITHOUT_METRIC.test(folded(goal).trim()) ? quantitiesIn(text.replace(/[。;；]\s*$/u, '') + goal) : quantitiesIn(goal);

const FIGURE = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/u;
const UNIT_BEHIND = /^(.{2,20})\((?:单位:)?([^()\d]{1,6})\)$/u;
export const MONEY = /(?:投资|资金|金额|产值|营业收入|税收|预算|经费|概算|贷款|债券)(?:额|数|总额)?$/u;

/** Of what a unit above the table is the unit, besides money. */
const COUNTS = /(?:任务|目标|计划|面积|规模|指标|数量|产量|数)$/u;
/** What has been done, or stood before, is no end. */
const DONE = /^(?!.*(?:计划|目标|任务)).*(?:完成|进度|进展|累计|实际|上年|去年|基数|现状|到位|已)/u;

export type Figure = { readonly metric: string; readonly target: string; readonly unit: string | null };

/** A bare number under a heading that measures: its unit stands in the heading or is that of the whole table. */
export const figureOf = (heading: string, cell: string, unit: string | null): Figure | null => {
  const name = folded(heading).trim();
  const number = folded(cell).trim();
  if (!FIGURE.test(number)) return null;
  const [, metric = '', own = ''] = UNIT_BEHIND.exec(name) ?? [];
  const target = number.replaceAll(',', '');
  if (DONE.test(name)) return null;
  if (metric !== '') return quantitiesIn(`数${number}${own}`).length > 0 ? { metric, target, unit: own } : null;
  return MONEY.test(name) || (unit !== null && COUNTS.test(name)) ? { metric: name, target, unit } : null;
};

/** `单位：万元` above a table is the unit of its figures. */
export const unitNote = (text: string): string | null =>
  /^\(?(?:金额|计量|投资)?单位:\s?([十百千万亿]{0,2}(?:美元|元|亩|公顷|吨|平方米|公里|户|人次|人|个|套|件|株|头|千瓦))\)?$/u.exec(
    folded(text).trim(),
  )?.[1] ?? null;
