import type { SnapshotBody } from './body.ts';

/** A snapshot's obligations as a table for a spreadsheet: RFC 4180, and a byte order mark, without which Excel takes it for GBK. */

export type Language = 'en' | 'zh';

/** In the order of the table. The English headings are the names of the fields. */
const COLUMNS = {
  period: '报送期',
  kind: '类别',
  unit: '单位编号',
  name: '单位名称',
  task: '任务编号',
  taskKind: '任务类型',
  due: '截止时间',
  receivedAt: '收到时间',
  state: '状态',
  daysLate: '逾期天数',
  onTheDay: '截止当日收到',
  report: '报告编号',
  dueRule: '截止规则',
  policy: '规则版本',
} as const;

const isColumn = (name: string): name is keyof typeof COLUMNS => Object.hasOwn(COLUMNS, name);
const columns = Object.keys(COLUMNS).filter(isColumn);

/** What a spreadsheet would run: a formula's first character, full width too, whatever stands unseen before it. */
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A cell of RFC 4180; what a spreadsheet would run is shown as text. */
const cell = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const BYTE_ORDER_MARK = '\uFEFF';

export const snapshotCsv = ({ obligations }: Pick<SnapshotBody, 'obligations'>, language: Language): string => {
  const headings = language === 'en' ? columns : columns.map((column) => COLUMNS[column]);
  const rows = [headings, ...obligations.map((obligation) => columns.map((column) => cell(obligation[column])))];
  return `${BYTE_ORDER_MARK}${rows.map((row) => `${row.join(',')}\r\n`).join('')}`;
};

/** The file that it is saved as; the English name is ASCII. */
export const snapshotFileName = (
  { directive, period, basis }: Pick<SnapshotBody, 'directive' | 'period' | 'basis'>,
  language: Language,
): string => `${[language === 'en' ? 'compliance' : '报送情况', directive, ...(period === null ? [] : [period]), basis.on].join('_')}.csv`;
