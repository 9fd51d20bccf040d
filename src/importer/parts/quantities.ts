import type { ReadMeasurement } from '../document-reading.ts';
import { folded, shown } from '../words/folded.ts';
import { numberOf } from '../words/numerals.ts';
import { daysOf } from './days.ts';
import { SEASON } from './seasons.ts';

type Comparator = ReadMeasurement['comparator'];

const NUM = '\\d+(?:\\.\\d+)?';
const POWERS = '[十百千万亿]{0,2}';
const COUNTED =
  '家|个(?!月|工作日|百分点)|户|套|张|所|人次|人|名|条|件|项|座|处|辆|次|场|批次|批|期|部|台|块|间|栋|幢|片|棵|株|头|只|对|支|册|份|宗|例|起|班|艘|架|门|盏|根|孔|眼|口|村|镇|组|' +
  '篇|门次|场次|车次|班次|轮次|床|泊位|轮|款|枚|幅|课时|学时|个标段|分钟|分(?![之公局行类级批别期解工管两三散布析])';
const MEASURED =
  '个百分点|百分点|个工作日|工作日|%|‰|元|美元|公斤|千克|斤|万吨标准煤|吨标准煤|吨|天|公里|千米|米|亩|公顷|平方米|平方公里|平米|微克/立方米|毫克/升|立方米|立方|千瓦时|千瓦|兆瓦|千伏|万千瓦|' +
  '度|倍|小时|成|公顷次|亩次|(?:[PTGM]B|PFLOPS|EFLOPS|[MG]bps|[kMG]W[hp]?|[PE])(?![A-Za-z])';
/** What a measure is per: 吨标准煤/万元, 人/平方公里; and what else it counts: 套(户), its bracket out of sight as `hidden` puts it. */
const PER = '(?:/[十百千万亿]{0,2}(?:元|人|户|亩|天|日|年|月|小时|升|吨|立方米|平方米|平方公里|公里|千瓦时|千瓦|公顷|次))?';
const ALSO = `(?:\\ue004(?:${COUNTED})\\ue005)?`;
const BOUND = '以上|以内|以下|左右|之内|内(?!部)';

// A digit after a letter, a plus or a point is part of a name: PM10, 1+8; after 第 it is an ordinal. A number without a
// measure word is none either: 国道209, 2023年, 8月底前.
const MEASURE = `${POWERS}(?:${MEASURED}|${COUNTED})${PER}${ALSO}`;
const QUANTITY = new RegExp(
  `(?<![A-Za-z\\d.+第/])(${NUM})(${POWERS}(?:${MEASURED}|${COUNTED})?)(?:(—|-|~|至|到)(${NUM}))?(${MEASURE})(${BOUND})?`,
  'gu',
);
const IS_COUNTED = new RegExp(`(?:${COUNTED})$`, 'u');
const ENDS_IN_MEASURE = new RegExp(`^${POWERS}(?:${MEASURED}|${COUNTED})$`, 'u');
const ENDS_IN_FIGURE = new RegExp(`\\d\\s*${POWERS}(?:${MEASURED}|${COUNTED})(?:${BOUND})?\\s*$`, 'u');
/** 新建学校3所: nothing has to follow. */
export const endsInFigure = (text: string): boolean => ENDS_IN_FIGURE.test(text);

// Civil Code art. 1259: 以上, 以下, 以内 include the number, 超过 does not. 达到 is to reach it.
const BOUNDS: ReadonlyMap<string, Comparator> = new Map([
  ['以上', 'gte'],
  ['以内', 'lte'],
  ['之内', 'lte'],
  ['内', 'lte'],
  ['以下', 'lte'],
  ['左右', 'approx'],
]);
const COMPARISONS: readonly (readonly [RegExp, Comparator])[] = [
  [/≥\s?$/u, 'gte'],
  [/≤\s?$/u, 'lte'],
  [/[>]\s?$/u, 'gt'],
  [/[<]\s?$/u, 'lt'],
  [/(?:不低于|不少于|不小于|至少|达到|达|高于或等于)(?:全省平均|约)?$/u, 'gte'],
  [/(?:不超过|不高于|不大于|控制在|不多于|至多|压缩至|压缩到|缩短至|缩短到|压减至|压减到)$/u, 'lte'],
  [/(?:超过|突破|高于|大于|超)$/u, 'gt'],
  [/(?:低于|小于|少于)$/u, 'lt'],
  [/(?:压缩|缩短|压减|降低).{1,20}(?:至|到)$/u, 'lte'],
  [/(?:约|大约|近)$/u, 'approx'],
];
const COMPARING =
  '不低于|不少于|不小于|至少|达到|达|不超过|不高于|不大于|不多于|至多|控制在|稳定在|保持在|超过|突破|高于|大于|超|低于|小于|少于|约|大约|近|' +
  '提高到|提升到|增加到|增长到|扩大到|提高至|提升至|增加至|增长至|扩大至|增至|升至|提至|降至|控制到|压降至|压降到|压缩至|压缩到|缩短至|缩短到|压减至|下降到|降低到|减少到|压减到';
const COMPARISON_WORDS = new RegExp(`(?:${COMPARING}|[≥≤<>]\\s?)$`, 'u');
const REACHED = /(?:提高|提升|增加|增长|下降|降低|减少|压减|扩大)(?:到|至)$/u;

/** 各 gives each of several metrics the same number, 分别 gives them one number each, in order. */
const DISTRIBUTION = /(各|分别)$/u;

const ADVERBS = /^(?:、|其中:?|全年|年内|确保|力争|争取|推动|推进|完成|实现|开展|全市|全县|全区)+/u;
const CHANGE = /(?:增长|提高)$/u;
/** What the change is measured against: 同比下降, 比上年增长. */
const AGAINST = /(?:同比|环比|比上年|较上年|比去年|较去年|比上年度|较上年度)(?=\p{Script=Han}{0,4}$)/u;
/** How surely it is to be reached: 地区生产总值力争增长6%. */
const HOW_SURELY = /(?:力争|争取|确保|预计|努力)$/u;
const NEW = '新增';

/** 4300家企业实现上云, 42家乡镇敬老院转化为…: what becomes of the counted things is said after them. */
const OUTCOME = /实现|转化为/u;

const comparatorOf = (before: string, bound: string | undefined): Comparator =>
  BOUNDS.get(bound ?? '') ?? COMPARISONS.find(([word]) => word.test(before))?.[1] ?? 'eq';

/** Without the words that only say how, and without a day at its beginning: 9月底前新建学校 is 新建学校. */
const nounPhrase = (before: string): string => {
  const [day] = daysOf(before, 2000);
  const undated =
    day !== undefined && (day.start === 0 || /^(?:在|于|、|力争|确保|到|截至)+$/u.test(before.slice(0, day.start)))
      ? before.slice(day.end)
      : before.replace(SEASON, '').replace(/^(?:到|至)?20\d{2}年(?:底|末)?前?/u, '');
  const bare = undated
    .replace(COMPARISON_WORDS, '')
    .replace(/(?:由|从)[^由从]{1,16}$/u, (from) => (/\d/u.test(from) ? '' : from))
    .replace(ADVERBS, '')
    .replace(AGAINST, '')
    .replace(/(?<=.{4})(?:至|到)$/u, '');
  const unchanged = bare.replace(CHANGE, '');
  return (unchanged.length > 2 || bare === unchanged ? unchanged : bare).replace(HOW_SURELY, '').trim();
};

/** 高新技术企业和科技型中小企业 is two; a 新增 before the first is said of both. */
const partsOf = (metrics: string): readonly string[] => {
  const lead = metrics.startsWith(NEW) ? NEW : '';
  return metrics
    .slice(lead.length)
    .split(/[和、]/u)
    .map((part) => lead + part);
};

/** “四上企业”新增400家、总数突破2200家: the total is of what was new before it. */
const withOmittedHead = (metric: string, previous: string): string =>
  metric.startsWith('总数') && previous.endsWith(NEW) ? previous.slice(0, -NEW.length) + metric : metric;

type Quantity = {
  readonly target: string;
  readonly unit: string;
  readonly bound: string | undefined;
  readonly range: boolean;
  readonly start: number;
  readonly end: number;
};

const quantityOf = (match: RegExpExecArray): Quantity | null => {
  const [whole, first = '', firstUnit = '', dash, second, unit = '', bound] = match;
  const at = { bound, start: match.index, end: match.index + whole.length };
  if (dash === undefined || second === undefined) return { target: first, unit: firstUnit + unit, range: false, ...at };
  // 6%—6.5% repeats its unit or leaves it out; 10个—15人 is no range.
  if (firstUnit !== '' && firstUnit !== unit && !ENDS_IN_MEASURE.test(unit)) return null;
  return { target: `${first}—${second}`, unit, range: true, ...at };
};

/** The quantities of a clause; those with nothing but 、 between them (4600家、4200家) stand together. */
const quantitiesOf = (clause: string): readonly (readonly Quantity[])[] => {
  const groups: Quantity[][] = [];
  for (const match of clause.matchAll(QUANTITY)) {
    const quantity = quantityOf(match);
    if (quantity === null) continue;
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
/** 投资完成85亿元: the verb says nothing of the metric; of 任务完成80% it is the metric. */
const withoutDone = (metric: string, unit: string): string =>
  unit.endsWith('%') || metric.length <= 3 ? metric : metric.replace(/(?:完成|实现)$/u, '');

/** 营业收入突破80亿元,同比增长12%: the change of what was named before. */
const ONLY_CHANGE = /^(?=.)(?:同比|环比|比上年|较上年|年均)*(?:增长|增幅|增速|提高)?$/u;

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

/** `earlier`: the metric of the clause before, of which a mere change speaks. */
const ofClause = (clause: string, earlier: string): readonly ReadMeasurement[] => {
  // Most clauses hold no number, and a text may be nothing but marks that part them.
  if (!/\d/u.test(clause)) return [];
  const found: ReadMeasurement[] = [];
  let from = 0;
  const groups = quantitiesOf(clause);
  for (const [index, group] of groups.entries()) {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const before = clause.slice(from, first.start);
    const next = groups[index + 1]?.[0];
    const after = clause.slice(last.end, next?.start);
    // 由5%提高到8%: the first number is where it stands today.
    if (/(?:由|从)[^由从]*$/u.test(before) && next !== undefined && REACHED.test(after)) continue;
    // (其中…) behind a quantity parts it and is no noun of it.
    const closes = /^(?:的目标|目标)?(?:\ue004[^\ue005]*\ue005)?(?:$|、)/u.test(after);
    if (!closes && !isLeadingTarget(before, last, after)) continue;
    const phrase = nounPhrase(before);
    const [, how] = DISTRIBUTION.exec(phrase) ?? [];
    const metrics = closes ? phrase.replace(DISTRIBUTION, '') : after.replace(/、.*$/u, '').replace(/^的/u, '');
    for (const [metric, { target, unit, bound, range }] of distribute(metrics, how, group, found.at(-1)?.metric ?? '')) {
      // A number of nothing named measures nothing.
      const named = ONLY_CHANGE.test(metric) ? (found.at(-1)?.metric ?? earlier) : withoutDone(metric, unit);
      if (named !== '') found.push({ metric: named, comparator: range ? 'range' : comparatorOf(before, bound), target, unit });
    }
    from = last.end;
  }
  return found;
};

/** 1,200 and 百分之十 written as one number, so that a comma is no end of a clause. */
const plainNumbers = (text: string): string =>
  text
    .replace(SPELT, (printed) => String(numberOf(printed) ?? printed))
    .replace(/(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)/gu, (number) => number.replaceAll(',', ''))
    .replace(/百分之(\d+(?:\.\d+)?)/gu, '$1%')
    .replace(/百分之([一二三四五六七八九十]{1,3})/gu, (printed, numeral: string) => {
      const value = numberOf(numeral);
      return value === null ? printed : `${value}%`;
    });

/** 八十万吨以上, 突破二百亿元: a number in words that a measure follows and nothing else. */
const SPELT = new RegExp(
  `([一二三四五六七八九十百千]{1,7})(?=(?:[万亿]{1,2}(?:${MEASURED}|${COUNTED})|(?<=[十百千])(?:${MEASURED}|${COUNTED}))(?:${BOUND})?(?:[,;。]|$))`,
  'gu',
);

const HIDDEN = ',;。、()\n0123456789.%';
const HIDING = 0xe000;
/** What stands in quotation marks or brackets cuts nothing and measures nothing: its marks and digits are put out of sight. */
const hidden = (text: string): string =>
  text.replace(/[“"「『《][^”"」』》]{0,40}[”"」』》]|\([^()]{0,40}\)/gu, (quoted) =>
    quoted.replace(/[,;。、()\n\d.%]/gu, (mark) => String.fromCharCode(HIDING + HIDDEN.indexOf(mark))),
  );
const seen = (text: string): string => text.replace(/[\ue000-\ue0ff]/gu, (mark) => HIDDEN.charAt(mark.charCodeAt(0) - HIDING));

const clausesOf = (text: string): readonly string[] => hidden(text).split(/[,;。\n]|:(?!\d)/u);

/**
 * The measurable ends that a text sets, in order. What it names but does not aim at is left out: the size of a project
 * (投资15亿元仰韶文化产业园), how many projects there are (24个…项目, 等12个项目), a threshold inside a name (超10亿元企业).
 */
export const quantitiesIn = (text: string): readonly ReadMeasurement[] => {
  const found: ReadMeasurement[] = [];
  let earlier = '';
  for (const clause of clausesOf(plainNumbers(folded(text)))) {
    const read = ofClause(clause, earlier);
    earlier = read.at(-1)?.metric ?? '';
    for (const { metric, unit, ...rest } of read)
      found.push({ ...rest, metric: shown(seen(metric)), unit: unit === null ? null : seen(unit) });
  }
  return found;
};

/** Names of plans: “倍增计划”. */
const QUOTED = /[“"「『《][^”"」』》]{0,40}[”"」』》]/gu;

/** Ends in words: 翻一番, 实现零死亡. */
const WORDED = /翻(?:一|两|三)番|倍增|(?:为|实现|保持)零(?!售|碳|工|距|部)\p{Script=Han}{0,4}/gu;

/** Numbers with a bound (力争4.5%, 80%以上) of which no end could be made. */
export const unreadBounds = (text: string, read: readonly ReadMeasurement[]): readonly string[] => {
  const worded = [...folded(text).replace(QUOTED, '').matchAll(WORDED)].map(([words]) => words);
  const targets = new Set(read.flatMap(({ target }) => (target === null ? [] : target.split('—'))));
  const bounded = clausesOf(plainNumbers(folded(text))).flatMap((clause) =>
    quantitiesOf(clause)
      .flat()
      .filter(
        ({ bound, start, target }) =>
          (bound !== undefined || /(?:力争|争取|至少|不低于|不超过|不少于)$/u.test(clause.slice(0, start))) && !targets.has(target),
      )
      .map(({ start, end }) => clause.slice(start, end)),
  );
  return [...bounded, ...worded];
};

/** An end without a number: 进出口总值保持平稳增长. Its metric is what stands before the predicate. */
export const qualitative = (text: string): ReadMeasurement => ({
  metric: /^(.{1,60}?)(?:保持|与|和.{1,30}同步)/u.exec(folded(text))?.[1] ?? folded(text).replace(/。$/u, ''),
  comparator: 'qualitative',
  target: null,
  unit: null,
});

const KEEPS_PACE = /^(.{2,40}?)(?:保持.{0,12}(?:增长|同步|稳定)|与.{2,20}(?:同步|衔接|相适应))/u;

/** Ends without a number among those of a goal: 居民收入与经济增长同步. */
export const qualitativeIn = (text: string): readonly ReadMeasurement[] =>
  clausesOf(folded(text)).flatMap((clause) => {
    const metric = KEEPS_PACE.exec(clause)?.[1];
    return metric === undefined || /\d/u.test(clause)
      ? []
      : [{ metric: seen(metric), comparator: 'qualitative', target: null, unit: null } as const];
  });
