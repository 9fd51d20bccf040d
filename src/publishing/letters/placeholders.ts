import { stateIn } from '../../messages/named.ts';
import { chineseDate, chineseMoment, chineseNumber, chinesePeriod, percent } from './chinese.ts';
import type { LetterBlock } from './letter.ts';
import { dueOf, type NamedFault, type NoticeFacts, type UnitCounts } from '../../domain/notices/letter-facts.ts';

/**
 * What a template may ask for. A word stands inside a sentence; a part stands on a line alone and may be several.
 *
 * The words of a notice stand here and in `template.ts`, and not in the catalogue: it is a Chinese document whoever asks for it,
 * laid out by GB/T 9704, and an office may put others in their place. States are called as everywhere.
 */

/** The facts of a notice; in an extract also the names of the units that its reader may read of. Its sums stay those of the notice. */
export type LetterFacts = NoticeFacts & { readonly own?: readonly string[] };

/** An extract of a notice, with the lines about some units. */
export const extractOf = (facts: NoticeFacts, own: readonly string[]): LetterFacts => ({ ...facts, isExtract: true, own });

const isNamedTo = ({ own }: LetterFacts, name: string): boolean => own === undefined || own.includes(name);

type Sum = {
  readonly units: number;
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly awaiting: number;
};

const total = (units: readonly UnitCounts[], of: keyof Omit<UnitCounts, 'name'>): number => units.reduce((sum, unit) => sum + unit[of], 0);

const sumOf = (units: readonly UnitCounts[]): Sum => ({
  units: units.filter((unit) => dueOf(unit) > 0).length,
  due: units.reduce((sum, unit) => sum + dueOf(unit), 0),
  onTime: total(units, 'onTime'),
  late: total(units, 'late'),
  missing: total(units, 'missing'),
  awaiting: total(units, 'awaiting'),
});

const scopeOf = ({ period, at, timeZone }: NoticeFacts): string =>
  period === null ? `截至${chineseMoment(at, timeZone)}` : chinesePeriod(period);

/** The title of a notice to which nobody gave another. */
export const noticeTitle = (period: string | null, on: string): string =>
  `关于${period === null ? `截至${chineseDate(on)}` : chinesePeriod(period)}重点工作进展情况报送的通报`;

/** Words of one sentence. */
export const WORDS = {
  标题: ({ title }: NoticeFacts) => title,
  文号: ({ number }: NoticeFacts) => number ?? '',
  依据: ({ directive }: NoticeFacts) => `《${directive.title}》${directive.number === '' ? '' : `（${directive.number}）`}`,
  期间: scopeOf,
  截止时刻: ({ at, timeZone }: NoticeFacts) => chineseMoment(at, timeZone),
  发文机关: ({ directive }: NoticeFacts) => directive.issuer,
  成文日期: ({ issuedOn }: NoticeFacts) => (issuedOn === null ? '' : chineseDate(issuedOn)),
  单位数: ({ units }: NoticeFacts) => String(sumOf(units).units),
  应报数: ({ units }: NoticeFacts) => String(sumOf(units).due),
  按时数: ({ units }: NoticeFacts) => String(sumOf(units).onTime),
  逾期数: ({ units }: NoticeFacts) => String(sumOf(units).late),
  未报数: ({ units }: NoticeFacts) => String(sumOf(units).missing),
  待核数: ({ units }: NoticeFacts) => String(sumOf(units).awaiting),
  按时率: ({ units }: NoticeFacts) => percent(sumOf(units).onTime, sumOf(units).due),
} as const satisfies Readonly<Record<string, (facts: NoticeFacts) => string>>;

const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
const numbered = (texts: readonly string[]): readonly LetterBlock[] =>
  texts.map((text, index) => paragraph(texts.length === 1 ? text : `（${chineseNumber(index + 1)}）${text}`));

const countsOf = (unit: UnitCounts): string =>
  [
    `应报送${dueOf(unit)}项，按时报送${unit.onTime}项`,
    ...(unit.late > 0 ? [`逾期报送${unit.late}项`] : []),
    ...(unit.missing > 0 ? [`未报送${unit.missing}项`] : []),
  ].join('，');

const longest = (faults: readonly NamedFault[], unit: string, isMissing: boolean): number =>
  Math.max(
    0,
    ...faults.filter((fault) => fault.unit === unit && (fault.daysLate === null) === isMissing).map(({ daysLate }) => daysLate ?? 0),
  );

const keptAll = ({ units }: NoticeFacts): readonly UnitCounts[] =>
  units.filter((unit) => dueOf(unit) > 0 && unit.late + unit.missing === 0);

/** What an extract says of units that it does not name, so that its lines are not taken for all there are. */
const leftOut = (units: number, named: number, what: string): readonly LetterBlock[] =>
  units === 0 ? [] : [paragraph(`${named === 0 ? '共' : '另'}有${units}个单位${what}，从略。`)];

const overall = (facts: LetterFacts): readonly LetterBlock[] => {
  const sum = sumOf(facts.units);
  const waiting = sum.awaiting === 0 ? '' : `另有${sum.awaiting}项已按时提交、待核定，未计入上述数字。`;
  return [
    paragraph(
      `截至${chineseMoment(facts.at, facts.timeZone)}，${sum.units}个责任单位应报送${sum.due}项，按时报送${sum.onTime}项，逾期报送${sum.late}项，` +
        `未报送${sum.missing}项，按时报送率${percent(sum.onTime, sum.due)}。${waiting}`,
    ),
  ];
};

const allKept = (facts: LetterFacts): readonly LetterBlock[] => {
  const all = keptAll(facts).map(({ name }) => name);
  if (all.length === 0) return [paragraph('没有单位全部按时报送。')];
  const names = all.filter((name) => isNamedTo(facts, name));
  const others = leftOut(all.length - names.length, names.length, '全部按时报送');
  if (names.length === 0) return others;
  return [
    paragraph(names.length === 1 ? `${names[0] ?? ''}全部按时报送。` : `${names.join('、')}等${names.length}个单位全部按时报送。`),
    ...others,
  ];
};

const lateUnits = (facts: LetterFacts): readonly LetterBlock[] => {
  const { units, faults } = facts;
  const all = units.filter(({ late }) => late > 0);
  const texts = all
    .filter(({ name }) => isNamedTo(facts, name))
    .map((unit) => {
      const days = longest(faults, unit.name, false);
      return `${unit.name}，${countsOf(unit)}${days === 0 ? '' : `，最长逾期${days}天`}。`;
    });
  if (all.length === 0) return [paragraph('没有单位逾期报送。')];
  return [...numbered(texts), ...leftOut(all.length - texts.length, texts.length, '逾期报送')];
};

const missingUnits = (facts: LetterFacts): readonly LetterBlock[] => {
  const all = facts.units.filter(({ missing }) => missing > 0);
  const texts = all.filter(({ name }) => isNamedTo(facts, name)).map((unit) => `${unit.name}，${countsOf(unit)}。`);
  if (all.length === 0) return [paragraph('没有单位未报送。')];
  return [...numbered(texts), ...leftOut(all.length - texts.length, texts.length, '未报送')];
};

const countsTable = (facts: LetterFacts): readonly LetterBlock[] => {
  const owing = facts.units.filter((unit) => dueOf(unit) > 0);
  const named = owing.filter(({ name }) => isNamedTo(facts, name));
  const others = owing.filter(({ name }) => !isNamedTo(facts, name));
  const sum = sumOf(owing);
  const numbers = (row: Pick<UnitCounts, 'onTime' | 'late' | 'missing'>): readonly string[] =>
    [dueOf(row), row.onTime, row.late, row.missing].map(String).concat(percent(row.onTime, dueOf(row)));
  return [
    {
      kind: 'table',
      table: {
        columns: [
          { heading: '序号', weight: 1.3 },
          { heading: '责任单位', weight: 5 },
          { heading: '应报送', weight: 1.7 },
          { heading: stateIn('on-time', 'zh'), weight: 1.7 },
          { heading: stateIn('late', 'zh'), weight: 1.7 },
          { heading: stateIn('missing', 'zh'), weight: 1.7 },
          { heading: '按时率', weight: 1.9 },
        ],
        rows: [
          ...named.map((unit, index) => [String(index + 1), unit.name, ...numbers(unit)]),
          ...(others.length === 0 ? [] : [['', `其余${others.length}个单位`, ...numbers(sumOf(others))]]),
          ['', '合计', ...numbers(sum)],
        ],
      },
    },
  ];
};

const faultsTable = (facts: LetterFacts): readonly LetterBlock[] => {
  if (facts.faults.length === 0) return [paragraph('无。')];
  const faults = facts.faults.filter(({ unit }) => isNamedTo(facts, unit));
  const others = facts.faults.length - faults.length;
  const table: LetterBlock = {
    kind: 'table',
    table: {
      columns: [
        { heading: '序号', weight: 1.2 },
        { heading: '责任单位', weight: 2.8 },
        { heading: '事项', weight: 6 },
        { heading: '报送期', weight: 3 },
        { heading: '情况', weight: 1.9 },
      ],
      rows: faults.map(({ unit, task, period, daysLate }, index) => [
        String(index + 1),
        unit,
        task,
        chinesePeriod(period),
        daysLate === null ? stateIn('missing', 'zh') : `${stateIn('late', 'zh')}${daysLate}天`,
      ]),
    },
  };
  return [...(faults.length === 0 ? [] : [table]), ...(others === 0 ? [] : [paragraph(`其他单位的${others}项，从略。`)])];
};

/** Parts of a letter, each on a line of the template that holds nothing else. */
export const PARTS = {
  总体情况: overall,
  全部按时单位: allKept,
  逾期单位: lateUnits,
  未报送单位: missingUnits,
  情况统计表: countsTable,
  事项清单: faultsTable,
} as const satisfies Readonly<Record<string, (facts: LetterFacts) => readonly LetterBlock[]>>;

export type Word = keyof typeof WORDS;
export type Part = keyof typeof PARTS;
export const isWord = (name: string): name is Word => Object.hasOwn(WORDS, name);
export const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);
