import { civilDate, civilMonth } from './civil-date.ts';
import { fold } from '../kernel/text-folding.ts';
import type { Lines } from './lines.ts';
import { read, refuse, type Line, type Read } from './reading.ts';
import { looksStructural } from './structure.ts';
import type { Seat } from './unit-list.ts';

/** From the first line to the heading of section 一: title, number, addressees, and the paragraphs that set the reporting. */
export type Head = {
  /** A line before the directive that repeats its title: the web page's own. */
  readonly pageTitle: Line | null;
  readonly title: string;
  readonly issuer: string;
  readonly seat: Seat;
  readonly number: { readonly printed: string; readonly prefix: string; readonly year: number; readonly serial: number };
  readonly schedule: Schedule;
};

/** 从2023年1月起,每月30日前…,12月25日前报告全年…: the annual report is on the year in which the monthly ones begin. */
export type Schedule = {
  readonly monthly: { readonly from: string; readonly to: string; readonly day: number };
  readonly annual: { readonly year: number; readonly due: string };
};

const TITLE = /^((.+?)([市县区州])人民政府.*?)关于.+的通知$/u;
const TITLE_EXPECTED = 'the title of a directive, "<place>人民政府…关于…的通知"';
const NUMBER = /^(\p{Script=Han}{1,8})[〔[(](\d{4})[〕\])](\d{1,4})号$/u;
const MOST_TITLE_LINES = 6;
const LONGEST_TITLE = 300;

/** A title over one or more lines; where it does not come to its end, its first line is what was not understood. */
const readTitleLines = (lines: Lines, at: number): Read<string> => {
  let title = '';
  for (let next = at; next < at + MOST_TITLE_LINES; next += 1) {
    const line = lines.at(next);
    title += line.text;
    if (line.text === '' || title.length > LONGEST_TITLE || /[。:]/u.test(line.folded) || looksStructural(line)) break;
    if (TITLE.test(fold(title))) return read(title, next + 1);
  }
  return refuse(lines.at(at), TITLE_EXPECTED);
};

const readTitleAgain = (title: string, lines: Lines, at: number): Read<string> => {
  let again = '';
  for (let next = at; ; next += 1) {
    const line = lines.at(next);
    again += line.text;
    if (line.text === '' || !fold(title).startsWith(fold(again))) return refuse(line, 'the document number, or the title again');
    if (again.length === title.length) return read(again, next + 1);
  }
};

/** Lines 1 to 4: the page's title in one line, then the directive's own, wrapped over three. */
const readTitle = (lines: Lines): Read<{ readonly title: string; readonly pageTitle: Line | null }> => {
  const first = readTitleLines(lines, 0);
  if (!first.ok) return first;
  if (NUMBER.test(lines.at(first.next).folded) || first.next > 1) return read({ title: first.value, pageTitle: null }, first.next);
  const again = readTitleAgain(first.value, lines, first.next);
  return again.ok ? read({ title: again.value, pageTitle: lines.at(0) }, again.next) : again;
};

const MONTHLY = /从(\d{4})年(\d{1,2})月起,每月(\d{1,2})日前/u;
const ANNUAL = /(\d{1,2})月(\d{1,2})日前报告全年/u;

const scheduleOf = (paragraph: string): Schedule | null => {
  const monthly = MONTHLY.exec(paragraph)?.slice(1).map(Number);
  const annual = ANNUAL.exec(paragraph)?.slice(1).map(Number);
  const [year = 0, month = 0, day = 0] = monthly ?? [];
  const [dueMonth = 0, dueDay = 0] = annual ?? [];
  // A month's day is clamped to its end, so it need only exist in the longest.
  const firstMonth = civilDate(year, month, 1);
  const due = civilDate(year, dueMonth, dueDay);
  if (firstMonth === null || due === null || day < 1 || day > 31) return null;
  return {
    monthly: { from: civilMonth(year, month), to: civilMonth(year, 12), day },
    annual: { year, due: due.slice('YYYY-'.length) },
  };
};

const SECTION = /^一、/u;
const SCHEDULE_EXPECTED = 'a paragraph with the reporting schedule, "从<年>年<月>月起,每月<日>日前…,<月>月<日>日前报告全年…"';

const readSchedule = (lines: Lines, at: number): Read<Schedule> => {
  let schedule: Schedule | null = null;
  for (let next = at; ; next += 1) {
    const line = lines.at(next);
    if (SECTION.test(line.folded) && schedule !== null) return read(schedule, next);
    if (SECTION.test(line.folded)) return refuse(lines.at(Math.max(at, next - 1)), SCHEDULE_EXPECTED);
    if (line.folded === '' || looksStructural(line)) return refuse(line, 'a paragraph, or the heading of section 一');
    schedule ??= scheduleOf(line.folded);
  }
};

export const readHead = (lines: Lines): Read<Head> => {
  const titled = readTitle(lines);
  if (!titled.ok) return titled;
  const { title, pageTitle } = titled.value;
  const [, issuer = '', place = '', level = ''] = TITLE.exec(fold(title)) ?? [];

  const numberLine = lines.at(titled.next);
  const number = NUMBER.exec(numberLine.folded);
  if (number === null) return refuse(numberLine, 'the document number, such as 三政办〔2023〕1号');
  const [, prefix = '', year = '', serial = ''] = number;

  const addressees = lines.at(titled.next + 1);
  if (!/.:$/u.test(addressees.folded)) return refuse(addressees, 'the addressees, closed by a colon');

  const schedule = readSchedule(lines, titled.next + 2);
  if (!schedule.ok) return schedule;
  return read(
    {
      pageTitle,
      title,
      issuer: title.slice(0, issuer.length),
      seat: { place, level },
      number: { printed: numberLine.text, prefix, year: Number(year), serial: Number(serial) },
      schedule: schedule.value,
    },
    schedule.next,
  );
};
