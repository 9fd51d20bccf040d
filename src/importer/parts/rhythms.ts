import type { Every, Duty } from '../../domain/directives/duty.ts';
import { daysOf } from './days.ts';
import { whensIn, type When, NEXT } from './rhythm-forms.ts';
import { say, type Message } from '../../messages/message.ts';

/** How often something is to be reported and by which day, as a sentence says it. */
export type Rhythm = {
  readonly every: Every;
  readonly due: Omit<Duty['due'], 'cutoff' | 'shift'>;
  readonly cutoff: string;
  readonly shift: Duty['due']['shift'];
  readonly asks: Duty['asks'];
  readonly printed: string;
  /** What was concluded and not said. */
  readonly doubts: readonly Message[];
};

const SAYS_LAST: Readonly<Partial<Record<Every, RegExp>>> = {
  week: /上(?:一|个)?(?:周|星期)/u,
  month: /上(?:一|个)?月|前一个?月|前月/u,
  quarter: /上(?:一|个)?季度?|前一季度/u,
  'half-year': /上(?:一|个)?半年度/u,
};
const SAYS_THIS: Readonly<Partial<Record<Every, RegExp>>> = { month: /当月|本月|该月/u, week: /本周|当周/u, quarter: /当季|本季|该季/u };
const EARLY = 10;

/** On which period a report is: that before, where the words say so or the day leaves no other. */
type Period = Omit<When, 'doubts'> & { readonly doubts: readonly Message[] };
const onPeriod = (when: When, topic: string): Period => {
  const { every, due, doubts } = when;
  const isNext = doubts.includes(NEXT);
  const kept = doubts.filter((doubt) => doubt !== NEXT);
  if (SAYS_LAST[every]?.test(topic) === true) return { ...when, due: { ...due, offset: 1 }, doubts: kept };
  if (isNext) return { ...when, doubts: [...kept, say('finding.on-which-quarter-is-not-said-that')] };
  if (
    every === 'month' &&
    due.offset === 0 &&
    (due.day ?? 0) <= EARLY &&
    SAYS_THIS.month?.test(topic) !== true &&
    when.nth !== true &&
    when.several !== true
  )
    return {
      ...when,
      due: { ...due, offset: 1 },
      doubts: [...kept, say('finding.by-day-of-which-month-the-report', { day: due.day ?? 0 })],
    };
  if (every === 'week' && (due.weekday ?? 0) <= 2 && SAYS_THIS.week?.test(topic) !== true)
    return { ...when, due: { ...due, offset: 1 }, doubts: [...kept, say('finding.on-which-week-is-not-said-that')] };
  return { ...when, doubts: kept };
};

const asksOf = (topic: string): Duty['asks'] =>
  /方案|计划|清单|名单|任务书|路线图|台账/u.test(topic) && !/进展|落实情况|完成情况/u.test(topic)
    ? 'plan'
    : /总结/u.test(topic)
      ? 'summary'
      : 'report';

const cutoffOf = (printed: string, doubts: Message[]): string => {
  const [, half, hour, minutes] = /(上午|下午|中午|晚上)?\s?(\d{1,2})(?:时|点|:(\d{2}))/u.exec(printed) ?? [];
  if (hour !== undefined) {
    const late = (half === '下午' || half === '晚上') && Number(hour) < 12 ? 12 : 0;
    return `${String(Number(hour) + late).padStart(2, '0')}:${minutes ?? '00'}`;
  }
  if (/下班前?/u.test(printed)) doubts.push(say('finding.names-no-hour-the-end-of-the'));
  return '24:00';
};

const annual = (monthAndDay: string, offset: number): Pick<Rhythm, 'every' | 'due'> => ({
  every: 'year',
  due: { date: monthAndDay, offset },
});

/** A printed day in a sentence on reports: of the year, of its first half, or once. */
const atDay = (
  date: string,
  topic: string,
  year: number,
): { readonly when: Pick<Rhythm, 'every' | 'due'>; readonly doubts: readonly Message[] } => {
  const later = Number(date.slice(0, 4)) - year;
  const monthAndDay = date.slice(5);
  const asks = asksOf(topic);
  if (asks === 'plan') return { when: { every: 'once', due: { date, offset: 0 } }, doubts: [] };
  const onYear = /全年|年度|年终|一年来|本年/u.test(topic) || (/总结/u.test(topic) && monthAndDay >= '11');
  if (later === 1 || onYear || (monthAndDay >= '11-20' && !/上半年|季度/u.test(topic)))
    return {
      when: annual(monthAndDay, Math.max(0, later)),
      doubts: onYear || later === 1 ? [] : [say('finding.a-report-by-a-day-at-the')],
    };
  return {
    when: { every: 'once', due: { date, offset: 0 } },
    doubts: [
      /报|反馈|送|总结|汇报/u.test(topic) ? say('finding.a-report-by-one-day-owed-once') : say('finding.may-be-no-report-but-a-deadline'),
    ],
  };
};

/** 4月15日、7月15日、10月15日及次年1月15日前: the quarters' days. */
const QUARTER_DAYS = ['04', '07', '10', '01'];
const quarterly = (dates: readonly string[]): Pick<Rhythm, 'every' | 'due'> | null => {
  const days = new Set(dates.map((date) => date.slice(8)));
  const months = dates.map((date) => date.slice(5, 7));
  const [day = ''] = days;
  if (days.size !== 1 || months.length < 3 || !months.every((month, at) => QUARTER_DAYS[at] === month)) return null;
  return { every: 'quarter', due: { month: 1, day: Number(day), offset: 1 } };
};

/** 于6月30日前办结并答复代表: the work’s day, and none of a report. */
const isEndOfWork = (behind: string): boolean =>
  /^(?:全部|全面)?(?:办结|完成(?!情况)|答复|办理完毕|整改到位)/u.test(behind) && !/报|反馈|送/u.test(behind);

/** 督查室每月末汇总进度: what the office does itself, and no report that is owed to it. */
const isOthers = (behind: string): boolean =>
  /^.{0,4}?(?:汇总|通报|调度|督查|抽查|召开|督导|检查|会商|研判|晾晒|排名|公示)/u.test(behind) &&
  !/报[送告至]|上报|反馈|报[市县区省]/u.test(behind);

/** 半年总结于7月5日前、全年总结于12月20日前: what the next day is about stands before it, and is none of this one's. */
const behindOf = (text: string): string => text.replace(/[、,][^、,]*[于在]$/u, '');
const beforeFrom = (sentence: string, start: number): number => {
  const comma = sentence.lastIndexOf(',', start) + 1;
  const before = /.*前、/u.exec(sentence.slice(comma, start))?.[0] ?? '';
  return comma + before.length;
};

/** Doubts of a rhythm that names no day. */
const NO_DAY: ReadonlySet<string> = new Set([
  'finding.no-day-of-the-week-is-named',
  'finding.no-day-of-the-month-is-named',
  'finding.no-day-of-the-quarter-is-named',
  'finding.no-day-of-the-half-year-is',
]);

/** The rhythms that a folded sentence on reports sets; `year` is that of days without one. */
export const rhythmsIn = (sentence: string, year: number): readonly Rhythm[] => {
  const all = whensIn(sentence);
  // 每季度的形象进度,于每月28日前报: where one rhythm names its day, one that names none is no rhythm of reports.
  const named = all.filter(({ doubts }) => !doubts.some((doubt) => doubt !== NEXT && NO_DAY.has(doubt.key)));
  const told = named.length > 0 ? named : all;
  const owed = told.filter(({ end }, index) => !isOthers(sentence.slice(end, told[index + 1]?.start)));
  const whens = owed.length > 0 ? owed : told;
  const days = daysOf(sentence, year)
    .filter((day) => day.date !== null && !whens.some((when) => day.start < when.end && when.start < day.end))
    .filter((day) => !/^(?:份)?(?:起|开始|以来)/u.test(sentence.slice(day.end)) && !/(?:每|上|截至)$/u.test(sentence.slice(0, day.start)))
    .filter((day) => day.bounded || day.precision === 'day')
    .filter(({ end }) => !isEndOfWork(/^[^,;]*/u.exec(sentence.slice(end))?.[0] ?? ''));
  const dates = days.map(({ date }) => date ?? '');
  const isQuarterly = quarterly(dates);
  const starts = [...whens, ...days].map(({ start }) => start).sort((a, b) => a - b);
  // What a rhythm is about stands behind it up to the next; of the first also what stands before it.
  const topicOf = ({ start, end }: { readonly start: number; readonly end: number }): string => {
    const next = starts.find((other) => other > start && other >= end) ?? sentence.length;
    return (
      (starts[0] === start ? sentence.slice(0, start) : sentence.slice(beforeFrom(sentence, start), start)) +
      behindOf(sentence.slice(end, next))
    );
  };
  const shift: Rhythm['shift'] = /顺延/u.test(sentence) ? 'next-working-day' : 'none';
  const rhythms: Rhythm[] = whens.map((each) => {
    const topic = topicOf(each);
    const when = onPeriod(each, topic);
    const printed = sentence.slice(when.start, when.end);
    const doubts = [...when.doubts];
    return {
      every: when.every,
      due: when.due,
      cutoff: cutoffOf(printed, doubts),
      shift: when.nth === true ? 'nth-working-day' : shift,
      asks: asksOf(topic),
      printed,
      doubts,
    };
  });
  if (isQuarterly !== null) {
    const printed = sentence.slice(days[0]?.start, days.at(-1)?.end);
    return [...rhythms, { ...isQuarterly, cutoff: '24:00', shift, asks: 'report', printed, doubts: [] }];
  }
  for (const day of days) {
    const topic = topicOf(day);
    const { when, doubts } = atDay(day.date ?? '', topic, year);
    rhythms.push({ ...when, cutoff: '24:00', shift, asks: asksOf(topic), printed: sentence.slice(day.start, day.end), doubts });
  }
  return rhythms;
};
