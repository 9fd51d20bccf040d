import { chineseDate, chinesePeriod, percent } from './chinese.ts';
import type { Letter, LetterBlock } from './letter.ts';

/** One page for a leader (专报): how many stand how, who is behind, what came about since a month before, what is to be decided. */

export type BriefingFacts = {
  readonly issuer: string;
  /** Null: of the year as a whole. */
  readonly period: string | null;
  /** YYYY-MM-DD, as are all days. */
  readonly date: string;
  readonly on: string;
  readonly since: string;
  readonly tasks: number;
  readonly lights: Readonly<Record<'green' | 'yellow' | 'red' | 'blue' | 'grey', number>>;
  readonly totals: {
    readonly owed: number;
    readonly onTime: number;
    readonly late: number;
    readonly missing: number;
    readonly notYetDue: number;
    readonly awaiting: number;
  };
  /** Those late or missing, the worst first. */
  readonly behind: readonly { readonly name: string; readonly owed: number; readonly late: number; readonly missing: number }[];
  readonly completed: readonly { readonly label: string }[];
  readonly reports: number;
  readonly decisions: readonly {
    readonly kind: 'extension' | 'finding';
    readonly name: string;
    readonly label: string | null;
    readonly text: string;
    readonly until: string | null;
  }[];
};

/** So many fit, with everything else, on one page. */
const MOST_UNITS = 4;
const MOST_DECISIONS = 4;
const MOST_DONE = 2;

const shortened = (text: string, most: number): string =>
  Array.from(text).length > most
    ? `${Array.from(text)
        .slice(0, most - 1)
        .join('')}…`
    : text;

const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
const heading = (text: string): LetterBlock => ({ kind: 'heading', level: 1, text });

const overall = ({ on, tasks, lights, period, totals }: BriefingFacts): string => {
  const { green, yellow, red, blue, grey } = lights;
  const due = totals.onTime + totals.late + totals.missing;
  const scope = period === null ? '全年' : chinesePeriod(period);
  return (
    `截至${chineseDate(on)}，${tasks}项工作中绿灯${green}项、黄灯${yellow}项、红灯${red}项、蓝灯${blue}项、灰灯${grey}项。` +
    `${scope}到期应报送${due}项，按时${totals.onTime}项，逾期${totals.late}项，未报送${totals.missing}项，按时率${percent(totals.onTime, due)}。`
  );
};

const behindTable = ({ behind }: BriefingFacts): readonly LetterBlock[] => {
  if (behind.length === 0) return [paragraph('没有单位逾期或未报送。')];
  const shown = behind.length > MOST_UNITS ? behind.slice(0, MOST_UNITS - 1) : behind;
  const rest = behind.slice(shown.length);
  const sum = (field: 'owed' | 'late' | 'missing'): string => String(rest.reduce((all, unit) => all + unit[field], 0));
  return [
    {
      kind: 'table',
      table: {
        columns: [
          { heading: '责任单位', weight: 6 },
          { heading: '应报送', weight: 2 },
          { heading: '逾期', weight: 2 },
          { heading: '未报送', weight: 2 },
        ],
        rows: [
          ...shown.map(({ name, owed, late, missing }) => [shortened(name, 14), String(owed), String(late), String(missing)]),
          ...(rest.length === 0 ? [] : [[`其余${rest.length}个单位`, sum('owed'), sum('late'), sum('missing')]]),
        ],
      },
    },
  ];
};

const since = ({ since: from, completed, reports }: BriefingFacts): string => {
  const names = completed.slice(0, MOST_DONE).map(({ label }) => shortened(label, 12));
  const done =
    completed.length === 0 ? '没有事项办结' : `办结${completed.length}项（${names.join('、')}${completed.length > MOST_DONE ? '等' : ''}）`;
  return `自${chineseDate(from)}以来，${done}，收到报告${reports}份。`;
};

const decisionsTable = ({ decisions }: BriefingFacts): readonly LetterBlock[] => {
  if (decisions.length === 0) return [paragraph('没有需要决定的事项。')];
  const shown = decisions.length > MOST_DECISIONS ? decisions.slice(0, MOST_DECISIONS - 1) : decisions;
  const rest = decisions.length - shown.length;
  return [
    {
      kind: 'table',
      table: {
        columns: [
          { heading: '责任单位', weight: 3 },
          { heading: '事项', weight: 4.4 },
          { heading: '请示', weight: 5.6 },
        ],
        rows: [
          ...shown.map(({ kind, name, label, text, until }) => [
            shortened(name, 7),
            label === null ? '—' : shortened(label, 11),
            kind === 'extension' ? `申请延期至${until === null ? '—' : chineseDate(until)}` : shortened(`督查问题：${text}`, 13),
          ]),
          ...(rest === 0 ? [] : [['', `其余${rest}项见系统`, '']]),
        ],
      },
    },
  ];
};

export const briefingLetter = (facts: BriefingFacts): Letter => ({
  number: null,
  title: `${facts.period === null ? `${facts.date.slice(0, 4)}年` : chinesePeriod(facts.period)}重点工作情况专报`,
  addressee: null,
  blocks: [
    heading('一、总体情况'),
    paragraph(overall(facts)),
    heading('二、逾期和未报送的单位'),
    ...behindTable(facts),
    heading('三、一个月来的变化'),
    paragraph(since(facts)),
    heading('四、请领导决定的事项'),
    ...decisionsTable(facts),
  ],
  attachments: [],
  signature: null,
  date: chineseDate(facts.on),
});
