import { civilDate, monthEnd } from './civil-date.ts';
import { fold, foldBrackets } from '../kernel/text-folding.ts';
import type { Lines } from './lines.ts';
import { read, refuse, type Line, type Read } from './reading.ts';
import { looksStructural } from './structure.ts';
import { isUnitName, type Seat } from './unit-list.ts';

/** `full`: six cells. `shifted`: no cooperating unit, its cell left empty at the end. `short`: that cell left out. */
export type RowShape = 'full' | 'shifted' | 'short';

export type Row = {
  readonly number: number;
  readonly line: Line;
  readonly text: string;
  readonly leaders: readonly string[];
  readonly lists: readonly { readonly role: 'responsible' | 'cooperating'; readonly list: string }[];
  readonly deadline: string;
  /** 12月月底前: the word for month is printed twice. */
  readonly doubledMonth: boolean;
  readonly shape: RowShape;
};

export type ItemsSchedule = {
  /** The date under the directive, YYYY-MM-DD. */
  readonly date: string;
  readonly rows: readonly Row[];
  /** Lines after the table that are not the directive's. */
  readonly after: readonly Line[];
};

const COLUMNS = ['序号', '项目(任务)', '责任领导', '责任单位', '配合单位', '拟完成时限'];
const DEADLINE = /^(\d{4})年(\d{1,2})月(月?)底前$/u;
// A name may have parts, joined by a point.
const LEADER = /^(?=.{2,15}$)\p{Script=Han}+(?:·\p{Script=Han}+)*$/u;

/** The cells between the bars, or null for a line that is no row of a table. */
const cellsOf = (line: Line): readonly string[] | null => {
  const parts = line.text.split(/[|\uFF5C]/u).map((cell) => cell.trim());
  return parts.length > 1 && parts.at(-1) === '' ? parts.slice(0, -1) : null;
};

const words = (cell: string): readonly string[] =>
  fold(cell)
    .split(/\s+/u)
    .filter((word) => word !== '');

/**
 * 序号 | 项目(任务) | 责任领导 | 责任单位 | 配合单位 | 拟完成时限. Where there is no cooperating unit the deadline stands one
 * cell further left (rows 11 38 43 52 77: lines 181 208 213 222 247; row 85: line 255), so the last cell shaped like a
 * deadline is the deadline.
 */
const readRow = (lines: Lines, next: number, number: number, seat: Seat): Read<Row> => {
  const line = lines.at(next);
  const expected = `row ${number} of the schedule of items: ${COLUMNS.join(' | ')} |`;
  const cells = cellsOf(line);
  if (cells === null || cells.length > COLUMNS.length) return refuse(line, expected);
  const [printed = '', text = '', leaderCell = '', responsible = '', cooperating = ''] = cells;
  if (fold(printed) !== String(number)) return refuse(line, expected);
  const at = cells.findLastIndex((cell) => DEADLINE.test(fold(cell)));
  if (at < 0) return refuse(line, `${expected}, with a deadline such as 2023年12月月底前`);
  if ((at !== 4 && at !== 5) || text === '' || responsible === '' || cells.slice(at + 1).some((cell) => cell !== ''))
    return refuse(line, expected);
  const [, year = '', month = '', doubled = ''] = DEADLINE.exec(fold(cells[at] ?? '')) ?? [];
  const deadline = monthEnd(Number(year), Number(month));
  if (deadline === null) return refuse(line, `${expected}, with a month of the calendar`);
  const leaders = words(leaderCell);
  if (leaders.some((name) => !LEADER.test(name) || isUnitName(name, seat)))
    return refuse(line, `${expected}, with names of leaders in the third`);
  const cooperatingList = at === 5 && cooperating !== '' ? [{ role: 'cooperating' as const, list: cooperating }] : [];
  return read(
    {
      number,
      line,
      text,
      leaders,
      lists: [{ role: 'responsible', list: responsible }, ...cooperatingList],
      deadline,
      doubledMonth: doubled !== '',
      shape: at === 5 ? 'full' : cells.length === COLUMNS.length ? 'shifted' : 'short',
    },
    next + 1,
  );
};

const withoutBlanks = (text: string): string => foldBrackets(text).replace(/\s/gu, '');

/** 附件:…, the date, 附 件, the attachment's title again, the columns (lines 166 to 170). */
const readCaption = (lines: Lines, at: number): Read<string> => {
  const announced = lines.at(at);
  const dated = lines.at(at + 1);
  const attachment = lines.at(at + 2);
  const title = lines.at(at + 3);
  const columns = lines.at(at + 4);
  const name = withoutBlanks(announced.text).replace(/^附件:/u, '');
  if (name === '') return refuse(announced, 'the line "附件:" with the title of the schedule of items');
  const [, year = '', month = '', day = ''] = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u.exec(withoutBlanks(dated.text)) ?? [];
  const date = civilDate(Number(year), Number(month), Number(day));
  if (date === null) return refuse(dated, 'the date of the directive, such as 2023年1月10日');
  if (withoutBlanks(attachment.text) !== '附件') return refuse(attachment, 'the line "附 件"');
  if (withoutBlanks(title.text) !== name) return refuse(title, `the schedule's title, ${name}`);
  if (cellsOf(columns)?.map(withoutBlanks).join('|') !== COLUMNS.join('|'))
    return refuse(columns, `the schedule's columns: ${COLUMNS.join(' | ')} |`);
  return read(date, at + 5);
};

export const readItemsSchedule = (lines: Lines, at: number, seat: Seat): Read<ItemsSchedule> => {
  const caption = readCaption(lines, at);
  if (!caption.ok) return caption;
  const rows: Row[] = [];
  let next = caption.next;
  while (rows.length === 0 || lines.at(next).folded.includes('|')) {
    const row = readRow(lines, next, rows.length + 1, seat);
    if (!row.ok) return row;
    rows.push(row.value);
    next = row.next;
  }
  const after: Line[] = [];
  for (; lines.at(next).text !== ''; next += 1) {
    const line = lines.at(next);
    if (looksStructural(line)) return refuse(line, `row ${rows.length + 1} of the schedule of items, or the end of the directive`);
    after.push(line);
  }
  return read({ date: caption.value, rows, after }, next);
};
