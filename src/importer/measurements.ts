import { fold } from '../kernel/text-folding.ts';
import type { Comparator, Measurement } from './proposal.ts';

const POWERS = '[十百千万亿]{0,2}';
const COUNTED = '家|个(?!月)|户|套|张|所|人次|人|名|条|件|项|座|处|辆|次';
const MEASURED = '个百分点|百分点|%|元|公斤|斤|吨|天|公里|亩|平方米|平方公里|微克/立方米|立方米|千瓦时|千瓦|倍';

// A digit after a letter, a plus or a point is part of a name: PM10, 1+8 (lines 128, 50); after 第 it is an ordinal.
// A number without a measure word is none either: 国道209 (line 103), 2023年, 8月底前.
const QUANTITY = new RegExp(`(?<![A-Za-z\\d.+第])(\\d+(?:\\.\\d+)?)(${POWERS}(?:${MEASURED}|${COUNTED}))(以上|以内|以下|左右)?`, 'gu');
const IS_COUNTED = new RegExp(`(?:${COUNTED})$`, 'u');

// Civil Code art. 1259: 以上, 以下, 以内 include the number, 超过 does not. 达到 is to reach it.
const BOUNDS: ReadonlyMap<string, Comparator> = new Map([
  ['以上', 'gte'],
  ['以内', 'lte'],
  ['以下', 'lte'],
  ['左右', 'approx'],
]);
const COMPARISONS: readonly (readonly [RegExp, Comparator])[] = [
  [/(?:不低于|不少于|达到|达)$/u, 'gte'],
  [/(?:不超过|不高于|控制在)$/u, 'lte'],
  [/(?:超过|突破|高于|超)$/u, 'gt'],
  [/低于$/u, 'lt'],
];
const COMPARISON_WORDS = /(?:不低于|不少于|达到|达|不超过|不高于|控制在|稳定在|超过|突破|高于|超|低于)$/u;

/** 各 gives each of several metrics the same number (line 47), 分别 gives them one number each, in order (line 119). */
const DISTRIBUTION = /(各|分别)$/u;

const ADVERBS = /^(?:、|全年|年内|确保|力争|推动|完成|实现|开展)+/u;
const CHANGE = /(?:增长|提高)$/u;
const NEW = '新增';

/** 4300家企业实现上云, 42家乡镇敬老院转化为…: what becomes of the counted things is said after them. */
const OUTCOME = /实现|转化为/u;

const comparatorOf = (before: string, bound: string | undefined): Comparator =>
  BOUNDS.get(bound ?? '') ?? COMPARISONS.find(([word]) => word.test(before))?.[1] ?? 'eq';

const nounPhrase = (before: string): string => before.replace(COMPARISON_WORDS, '').replace(CHANGE, '').replace(ADVERBS, '');

/** 高新技术企业和科技型中小企业 is two; a 新增 before the first is said of both. */
const partsOf = (metrics: string): readonly string[] => {
  const lead = metrics.startsWith(NEW) ? NEW : '';
  return metrics
    .slice(lead.length)
    .split(/[和、]/u)
    .map((part) => lead + part);
};

/** “四上企业”新增400家、总数突破2200家 (line 42): the total is of what was new before it. */
const withOmittedHead = (metric: string, previous: string): string =>
  metric.startsWith('总数') && previous.endsWith(NEW) ? previous.slice(0, -NEW.length) + metric : metric;

type Quantity = {
  readonly target: string;
  readonly unit: string;
  readonly bound: string | undefined;
  readonly start: number;
  readonly end: number;
};

/** The quantities of a clause; those with nothing but 、 between them (4600家、4200家) stand together. */
const quantitiesOf = (clause: string): readonly (readonly Quantity[])[] => {
  const groups: Quantity[][] = [];
  for (const match of clause.matchAll(QUANTITY)) {
    const [whole, target = '', unit = '', bound] = match;
    const quantity = { target, unit, bound, start: match.index, end: match.index + whole.length };
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && clause.slice(last.end, quantity.start) === '、') group.push(quantity);
    else groups.push([quantity]);
  }
  return groups;
};

/** A quantity before its noun is a target when it has a bound or an outcome; else it counts or sizes a project that is named. */
const isLeadingTarget = (before: string, { unit, bound }: Quantity, after: string): boolean =>
  bound !== undefined || (IS_COUNTED.test(unit) && !before.endsWith('等') && OUTCOME.test(after));

/** One metric for each quantity, or each of several metrics with the one quantity. */
const distribute = (
  metrics: string,
  how: string | undefined,
  quantities: readonly Quantity[],
  previous: string,
): readonly (readonly [string, Quantity])[] => {
  const parts = how === undefined ? [] : partsOf(metrics);
  const [first] = quantities;
  if (how === '各' && first !== undefined) return parts.map((part) => [part, first]);
  return quantities.map((quantity, index) => [parts[index] ?? withOmittedHead(metrics, previous), quantity]);
};

const ofClause = (clause: string): readonly Measurement[] => {
  const found: Measurement[] = [];
  let from = 0;
  const groups = quantitiesOf(clause);
  for (const [index, group] of groups.entries()) {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const before = clause.slice(from, first.start);
    const after = clause.slice(last.end, groups[index + 1]?.[0]?.start);
    const closes = after === '' || after.startsWith('、');
    if (!closes && !isLeadingTarget(before, last, after)) continue;
    const phrase = nounPhrase(before);
    const [, how] = DISTRIBUTION.exec(phrase) ?? [];
    const metrics = closes ? phrase.replace(DISTRIBUTION, '') : after.replace(/、.*$/u, '');
    for (const [metric, { target, unit, bound }] of distribute(metrics, how, group, found.at(-1)?.metric ?? '')) {
      // A number of nothing named measures nothing.
      if (metric !== '') found.push({ metric, comparator: comparatorOf(before, bound), target, unit });
    }
    from = last.end;
  }
  return found;
};

/**
 * The measurable ends that a text sets, in order. What it names but does not aim at is left out: the size of a project
 * (投资15亿元仰韶文化产业园), how many projects there are (24个…项目, 等12个项目), a threshold inside a name (超10亿元企业).
 */
export const measurementsOf = (text: string): readonly Measurement[] =>
  fold(text)
    .split(/[,;。]/u)
    .flatMap(ofClause);

/** An end without a number: 进出口总值保持平稳增长 (line 15). Its metric is what stands before the predicate. */
export const qualitative = (text: string): Measurement => ({
  metric: /^(.+?)(?:保持|与)/u.exec(fold(text))?.[1] ?? fold(text).replace(/。$/u, ''),
  comparator: 'qualitative',
  target: null,
  unit: null,
});
