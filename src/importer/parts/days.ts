import { ownValue } from '../../kernel/own-value.ts';
import { civilDate, monthEnd } from '../civil-date.ts';
import type { ReadDeadline } from '../document-reading.ts';
import { numberOf } from '../words/numerals.ts';

/** Days as documents print them, found in a folded text. */

export type Precision = ReadDeadline['precision'];

export type Day = {
  readonly start: number;
  readonly end: number;
  /** The last day that the words name, YYYY-MM-DD; null where the calendar does not have it or no year is known. */
  readonly date: string | null;
  readonly precision: Precision;
  /** 前, 底, 末 or 内 says that it is a bound and no mere mention. */
  readonly bounded: boolean;
  /** The year was not printed. */
  readonly yearCarried: boolean;
};

type Named = Readonly<Record<string, string | undefined>>;
type Found = Omit<Day, 'start' | 'end'>;
type Form = { readonly pattern: RegExp; readonly read: (named: Named, year: number | null) => Found | null };

const N = '\\d{1,2}|[一二三四五六七八九十]{1,3}';
/** A year that no plan of an office has: nothing is made of it, and no other year is put in its place. */
const FAR = '(?<far>(?!19|20)\\d{4})年';
const YEAR = `(?:(?<year>20\\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年|${FAR}|(?<near>今年|本年|当年|明年|次年|翌年))?`;
const UNTIL = '(?<until>以前|之前|前|以内|之内|内|为止|止)?';

const number = (text: string | undefined): number => numberOf(text ?? '') ?? 0;

const yearOf = ({ year, far, near }: Named, base: number | null): { readonly year: number | null; readonly carried: boolean } => {
  if (far !== undefined) return { year: null, carried: false };
  if (year !== undefined) return { year: number(year), carried: false };
  const later = near === '明年' || near === '次年' || near === '翌年' ? 1 : 0;
  return { year: base === null ? null : base + later, carried: true };
};

const lastDay = (year: number | null, month: number): string | null => (year === null ? null : monthEnd(year, month));

const PART_DAYS: Readonly<Record<string, number>> = { 上旬: 10, 中旬: 20, 初: 10, 中: 20 };
const HALF: Readonly<Record<string, number>> = { 上: 6, 下: 12 };

const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(`(?<!\\d)(?<year>20\\d{2})(?<sep>[-./])(?<month>\\d{1,2})\\k<sep>(?<day>\\d{1,2})(?!\\d)${UNTIL}`, 'gu'),
    read: ({ year, month, day, until }) => ({
      date: civilDate(number(year), number(month), number(day)),
      precision: 'day',
      bounded: until !== undefined,
      yearCarried: false,
    }),
  },
  {
    // 3—6月, 3月至6月: the end of the last one.
    pattern: new RegExp(
      [
        `(?<![\\d.〇一二三四五六七八九十])${YEAR}\\s?(?:(?<from>${N})(?:月份?)?\\s?[-—~至到]+\\s?(?:20\\d{2}年)?)?`,
        `(?<month>${N})月份?`,
        `(?:(?<day>${N})[日号]|(?<doubled>月)?(?<part>底|末|上旬|中旬|下旬|初|中(?!小|学|心|央|国|期|考)))?${UNTIL}`,
      ].join(''),
      'gu',
    ),
    read: (named, base) => {
      const { month: printed, day, part, until } = named;
      const { year, carried } = yearOf(named, base);
      const month = number(printed);
      const days = day === undefined ? ownValue(PART_DAYS, part ?? '') : number(day);
      const date = days === undefined || year === null ? lastDay(year, month) : civilDate(year, month, days);
      return {
        date,
        precision: day !== undefined ? 'day' : part?.endsWith('旬') === true ? 'ten-days' : 'month',
        bounded: until !== undefined || (part !== undefined && part !== '中' && part !== '初'),
        yearCarried: carried,
      };
    },
  },
  {
    pattern: new RegExp(`${YEAR}第?(?<![一二三四1-4])(?<quarter>[一二三四1-4])季度(?<part>末|底|末月)?${UNTIL}`, 'gu'),
    read: (named, base) => {
      const { year, carried } = yearOf(named, base);
      return {
        date: lastDay(year, number(named['quarter']) * 3),
        precision: 'quarter',
        bounded: named['part'] !== undefined || named['until'] !== undefined,
        yearCarried: carried,
      };
    },
  },
  {
    pattern: new RegExp(`${YEAR}(?<half>[上下])半年(?<part>末|底)?${UNTIL}`, 'gu'),
    read: (named, base) => {
      const { year, carried } = yearOf(named, base);
      return {
        date: lastDay(year, ownValue(HALF, named['half'] ?? '') ?? 0),
        precision: 'half-year',
        bounded: named['part'] !== undefined || named['until'] !== undefined,
        yearCarried: carried,
      };
    },
  },
  {
    pattern: new RegExp(`(?:(?<year>20\\d{2})年?|${FAR}|(?<near>今|本|当|明|次)?年)(?<part>底|末|终|度内|内)${UNTIL}`, 'gu'),
    read: (named, base) => {
      const near = named['near'] === undefined ? undefined : `${named['near']}年`;
      const { year, carried } = yearOf({ ...named, near }, base);
      return { date: lastDay(year, 12), precision: 'year', bounded: true, yearCarried: carried };
    },
  },
  {
    pattern: new RegExp(
      `${YEAR}["“”']?(?<![第二三四五六七八九十〇])(?<holiday>元旦|三八|五一|五四|六一|七一|八一|十一(?!月)|国庆)["“”']?(?:劳动节|国际劳动节|节日|节|假期)?(?:之前|以前|前)`,
      'gu',
    ),
    read: (named, base) => {
      const { year, carried } = yearOf(named, base);
      const holiday = HOLIDAYS.get(named['holiday'] ?? '');
      const date = year === null || holiday === undefined ? null : beforeHoliday(holiday, year, !carried);
      return { date, precision: 'day', bounded: true, yearCarried: carried };
    },
  },
  {
    // 2025.6 alone in a cell is a month; in a sentence it may be any number.
    pattern: /^\s*(?<year>20\d{2})[-./](?<month>0?[1-9]|1[0-2])\s*(?<until>前)?\s*$/gu,
    read: ({ year, month, until }) => ({
      date: lastDay(number(year), number(month)),
      precision: 'month',
      bounded: until !== undefined,
      yearCarried: false,
    }),
  },
  {
    // 到2027年,… sets how far by the end of that year.
    pattern: /(?<=^|[。;,\n])到(?<year>20\d{2})年(?=,|\p{Script=Han})(?!\d|底|末|初|上|下|第|前)/gu,
    read: ({ year }) => ({ date: lastDay(number(year), 12), precision: 'year', bounded: true, yearCarried: false }),
  },
  {
    pattern: /(?<year>20\d{2})年(?<until>前|之前|以前)/gu,
    read: ({ year }) => ({ date: lastDay(number(year) - 1, 12), precision: 'year', bounded: true, yearCarried: false }),
  },
];

/** Holidays that have the same day every year; those of the moon's calendar have none that is known here. */
const HOLIDAYS: ReadonlyMap<string, readonly [month: number, day: number]> = new Map([
  ['元旦', [1, 1]],
  ['三八', [3, 8]],
  ['五一', [5, 1]],
  ['五四', [5, 4]],
  ['六一', [6, 1]],
  ['七一', [7, 1]],
  ['八一', [8, 1]],
  ['十一', [10, 1]],
  ['国庆', [10, 1]],
]);
/** 元旦前 of a year that is not printed is at its end; of a printed one at the end of the year before. */
const beforeHoliday = ([month, day]: readonly [number, number], year: number, printed: boolean): string | null =>
  month === 1 ? civilDate(printed ? year - 1 : year, 12, 31) : day === 1 ? monthEnd(year, month - 1) : civilDate(year, month, day - 1);

/** Every day that a folded text names, in order; of two that overlap, the one that begins first and is longer. */
export const daysOf = (text: string, year: number | null): readonly Day[] => {
  if (!/[年月季日号前]|20\d{2}[-./]/u.test(text)) return [];
  const found = FORMS.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match): readonly Day[] => {
      const day = read(match.groups ?? {}, year);
      return day === null ? [] : [{ start: match.index, end: match.index + match[0].length, ...day }];
    }),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  const days: Day[] = [];
  for (const day of found) if (day.start >= (days.at(-1)?.end ?? 0)) days.push(day);
  return days;
};
