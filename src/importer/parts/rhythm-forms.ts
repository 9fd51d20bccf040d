import type { Duty, Every } from '../../domain/directives/duty.ts';
import { numberOf } from '../words/numerals.ts';
import { say, type Message } from '../../messages/message.ts';

/** The forms in which a sentence says how often: 每周五, 每月5日前, 每季度首月, 次月10日. */

/** What was concluded and not said; NEXT: the report is on the period before, where the words do not say otherwise. */
export type Doubt = Message | typeof NEXT;
export const NEXT = 'NEXT';

/** A rhythm where it stands in a sentence. */
export type When = {
  readonly every: Every;
  readonly due: Omit<Duty['due'], 'cutoff' | 'shift'>;
  readonly start: number;
  readonly end: number;
  readonly doubts: readonly Doubt[];
  readonly nth?: boolean;
  /** One of several days of a period. */
  readonly several?: boolean;
};
type Named = Readonly<Record<string, string | undefined>>;

const number = (text: string | undefined): number => numberOf(text ?? '') ?? 0;
const N = '\\d{1,2}|[一二三四五六七八九十]{1,3}';
const WEEKDAYS = '一二三四五六日天';
const weekday = (letter: string): number => Math.min(7, WEEKDAYS.indexOf(letter) + 1);
const TIME = '(?:\\s?(?:上午|下午|中午|晚上)?\\s?\\d{1,2}(?:时|点|:\\d{2})|下班|上班)?';
const END_OF_MONTH = 31;

type Form = { readonly pattern: RegExp; readonly read: (named: Named) => readonly Omit<When, 'start' | 'end'>[] };

const one = (every: Every, due: When['due'], ...doubts: Doubt[]): readonly Omit<When, 'start' | 'end'>[] => [{ every, due, doubts }];

const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(`每(?:个)?(?:周|星期|礼拜)(?<day>[${WEEKDAYS}])?${TIME}(?:之?前)?`, 'gu'),
    read: ({ day }) =>
      day === undefined
        ? one('week', { weekday: 5, offset: 0 }, say('finding.no-day-of-the-week-is-named'))
        : one('week', { weekday: weekday(day), offset: 0 }),
  },
  {
    pattern: /每半个?月|每月(?:15日|中旬|上半月末?)(?:和|、|及)(?:月底|月末|30日|下半月末?|末)前?/gu,
    read: () => [
      { every: 'month', due: { day: 15, offset: 0 }, doubts: [say('finding.every-half-month-is-read-as-twice')] },
      { every: 'month', due: { day: END_OF_MONTH, offset: 0 }, doubts: [] },
    ],
  },
  {
    pattern: new RegExp(`每(?:个)?旬(?:第?(?<day>${N})[日天]|末|底)?(?:之?前)?`, 'gu'),
    read: ({ day }) => one('ten-days', { day: day === undefined ? END_OF_MONTH : number(day), offset: 0 }),
  },
  {
    pattern: new RegExp(`每(?:个)?月(?:度)?(?:的)?(?:前|第|首)(?<day>${N})个工作日(?:之?[前内])?`, 'gu'),
    read: ({ day }) => [{ every: 'month', due: { day: number(day), offset: 0 }, doubts: [], nth: true }],
  },
  {
    pattern: new RegExp(`(?<next>次月|下个?月|翌月|每次月)(?:的)?(?<day>${N})[日号](?:之?前)?`, 'gu'),
    read: ({ day }) => one('month', { day: number(day), offset: 1 }),
  },
  {
    pattern: new RegExp(
      `(?:每(?:个)?|逐|按)月(?:度)?(?:的)?(?:(?<day>${N})[日号](?<more>(?:[、和及](?:${N})[日号])*)|(?<part>月?底|月?末|上旬|中旬|下旬))?${TIME}(?:之?前|以前)?`,
      'gu',
    ),
    read: ({ day, more, part }) => {
      const days = [day, ...(more ?? '').split(/[、和及]/u)]
        .filter((each) => each !== undefined && each !== '')
        .map((each) => number(each?.replace(/[日号]$/u, '')));
      if (days.length > 1)
        return days.map((each) => ({ every: 'month', due: { day: each, offset: 0 }, doubts: [], nth: false, several: true }));
      if (day !== undefined) return one('month', { day: number(day), offset: 0 });
      if (part?.endsWith('上旬') === true) return one('month', { day: 10, offset: 0 });
      if (part?.endsWith('中旬') === true) return one('month', { day: 20, offset: 0 });
      return one('month', { day: END_OF_MONTH, offset: 0 }, ...(part === undefined ? [say('finding.no-day-of-the-month-is-named')] : []));
    },
  },
  {
    pattern: new RegExp(
      [
        '(?<which>每(?:个)?|次|下(?:一)?(?:个)?|逐|按)季度?',
        '(?:的)?(?:(?<first>第一个月|首月|第1个月|首个月|初)|(?<last>末月|最后一个月|第三个月|第3个月)|(?<end>末|底)|(?<after>结束后|后))?',
        `(?:的)?(?:(?<day>${N})(?:个工作)?[日号天])?(?:之?[前内]|以前)?`,
      ].join(''),
      'gu',
    ),
    read: ({ which, first, last, day, after }) => {
      const next = which?.startsWith('次') === true || which?.startsWith('下') === true;
      if (first !== undefined || after !== undefined || next)
        return one(
          'quarter',
          { month: 1, day: day === undefined ? END_OF_MONTH : number(day), offset: 1 },
          ...(next || after !== undefined ? [] : ([NEXT] as const)),
        );
      if (last !== undefined) return one('quarter', { month: 3, day: day === undefined ? END_OF_MONTH : number(day), offset: 0 });
      if (day !== undefined)
        return one('quarter', { month: 3, day: number(day), offset: 0 }, say('finding.no-month-of-the-quarter-is-named'));
      return one('quarter', { month: 3, day: END_OF_MONTH, offset: 0 }, say('finding.no-day-of-the-quarter-is-named'));
    },
  },
  {
    // 季度结束后10日内; with 每 the form above reads it.
    pattern: new RegExp(
      `(?<!每|个|次|下|逐|按)季(?:度)?(?:结束|终了)(?:之?后)?(?:的)?(?<day>${N})(?<working>个工作)?[日天](?:以内|之内|内|前)`,
      'gu',
    ),
    read: ({ day, working }) =>
      one(
        'quarter',
        { month: 1, day: number(day), offset: 1 },
        ...(working === undefined ? [] : [say('finding.working-days-after-the-quarter-are-counted')]),
      ),
  },
  {
    // 每月结束后5日内, 月度终了后3个工作日内.
    pattern: new RegExp(
      `(?:每(?:个)?)?月(?:度)?(?:结束|终了)(?:之?后)?(?:的)?(?<day>${N})(?<working>个工作)?[日天](?:以内|之内|内|前)`,
      'gu',
    ),
    read: ({ day, working }) => [
      { every: 'month', due: { day: number(day), offset: 1 }, doubts: [], ...(working === undefined ? {} : { nth: true }) },
    ],
  },
  {
    pattern: /每(?:10|十)[天日](?:之?前)?/gu,
    read: () => one('ten-days', { day: END_OF_MONTH, offset: 0 }, say('finding.every-ten-days-is-read-as-the')),
  },
  {
    pattern: /每半年(?:末|底)?(?:之?前)?/gu,
    read: () => one('half-year', { month: 6, day: END_OF_MONTH, offset: 0 }, say('finding.no-day-of-the-half-year-is')),
  },
];

/** The rhythms in a folded text, in order; of those that overlap the first and longest. */
export const whensIn = (text: string): readonly When[] => {
  const all = FORMS.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match) =>
      read(match.groups ?? {}).map((when) => ({ start: match.index, end: match.index + match[0].length, ...when })),
    ),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  const whens: When[] = [];
  for (const when of all) {
    const last = whens.at(-1);
    if (last === undefined || when.start >= last.end || (when.start === last.start && when.end === last.end)) whens.push(when);
  }
  return whens;
};
