import type { Address } from '../../documents/source.ts';
import type { Duty, Every } from '../../domain/directives/duty.ts';
import { duty as dutySchema } from '../../domain/directives/duty.ts';
import { periodAfter } from '../../kernel/periods.ts';
import type { ReadItem } from '../document-reading.ts';
import { folded as fold } from '../words/folded.ts';
import type { Context } from './context.ts';
import { daysOf } from './days.ts';
import { rhythmsIn, type Rhythm } from './rhythms.ts';
import { say, type Message } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';

const TO_WHOM =
  '送|告|市|县|区|省|州|旗|至|上|政府|我|办公室|督查|全年|实施|方案|季度|进|总|国务院|党|中央|集团|公司|学校|医院|局|厅|委|镇|乡|领导';
const REPORTS = new RegExp(`报(?:${TO_WHOM})|上报|反馈|汇报|通报|报.{0,20}(?:督查|督考|督办|办公室|政府|专班|委员会|局|处)`, 'u');
const WHEN = /每|[日底末]前|次月|次年|季度|半年|年底|及时|定期|随时|适时|按月|按季|逐月|月报|季报|周报|[日天]以?内|逢|双月|单月|旬/u;
/** Whether a folded sentence speaks of reports that are owed. */
export const speaksOfReports = (sentence: string): boolean => REPORTS.test(sentence) && WHEN.test(sentence);

/** Days that hang on what is not known here, and rhythms that no period of a schedule has. */
const UNSAID_DAYS = new RegExp(
  [
    '(?:收到|接到|印发|下发|发布|办结|完成|整改|签收|交办|结束|通知)[^,。;]{0,14}?\\d{1,3}(?:个)?(?:工作日|日|天|小时)(?:以内|之内|内)',
    '(?:逢|每)(?:两|双|单|隔|三|四|[2-9])(?:个)?(?:月|周|星期|季度|天|日)',
    '(?:逢|每)?(?:单|双)(?:数)?月',
    '隔(?:周|月|日)',
    '第\\d{1,3}(?:个)?工作日',
  ].join('|'),
  'gu',
);

/** 从2024年2月起: the month from which reports are made. */
const BEGINNING = /(?:从|自)(?:(?<year>20\d{2})年)?(?<month>\d{1,2})月份?(?:\d{1,2}日)?(?:起|开始)/u;

type Beginning = { readonly year: number; readonly month: number };

const beginningOf = (sentence: string, year: number): Beginning | null => {
  const { year: own, month } = BEGINNING.exec(sentence)?.groups ?? {};
  return month === undefined ? null : { year: own === undefined ? year : Number(own), month: Number(month) };
};

const two = (value: number): string => String(value).padStart(2, '0');

const periodOf = (every: Every, year: number, month: number): string => {
  if (every === 'month') return `${year}-${two(month)}`;
  if (every === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  if (every === 'half-year') return `${year}-H${month > 6 ? 2 : 1}`;
  if (every === 'ten-days') return `${year}-${two(month)}-T1`;
  if (every === 'week') {
    const { yearOfWeek = year, weekOfYear = 1 } = Temporal.PlainDate.from({ year, month, day: 1 }); // the ISO calendar has both
    return yearOfWeek < year ? `${year}-W01` : `${yearOfWeek}-W${two(weekOfYear)}`;
  }
  return String(year);
};

const LAST_WEEK_DAY = 28;
const lastOf = (every: Every, year: number): string => {
  if (every === 'week') return `${year}-W${two(Temporal.PlainDate.from({ year, month: 12, day: LAST_WEEK_DAY }).weekOfYear ?? 52)}`;
  return every === 'ten-days' ? `${year}-12-T3` : periodOf(every, year, 12);
};

const NAMES: Readonly<Record<Every, readonly [id: string, name: string]>> = {
  month: ['monthly', '月报'],
  quarter: ['quarterly', '季报'],
  'half-year': ['half-yearly', '半年报'],
  year: ['annual', '年报'],
  week: ['weekly', '周报'],
  'ten-days': ['ten-daily', '旬报'],
  once: ['once', '专报'],
};

/** The first period owed: from the month that is named, else from the first whole one after the document. */
const firstOf = (rhythm: Rhythm, beginning: Beginning | null, date: string | null, year: number, doubts: Message[]): string => {
  const { every, due } = rhythm;
  if (every === 'year') return String(year);
  if (beginning !== null) {
    const first = periodOf(every, beginning.year, beginning.month);
    // Who reports from February on, on the month before, reports on January first.
    return due.offset > 0 && (every === 'month' || every === 'week' || every === 'ten-days') ? periodAfter(first, -due.offset) : first;
  }
  const ofYear = date !== null && Number(date.slice(0, 4)) === year;
  const month = ofYear ? Number(date.slice(5, 7)) + (date.endsWith('-01') || every === 'quarter' || every === 'half-year' ? 0 : 1) : 1;
  doubts.push(say('finding.from-which-period-on-is-not-said'));
  return periodOf(every, year, Math.min(12, month));
};

const DAYS = [
  'schedule.monday',
  'schedule.tuesday',
  'schedule.wednesday',
  'schedule.thursday',
  'schedule.friday',
  'schedule.saturday',
  'schedule.sunday',
] as const;

const dayOf = (due: Duty['due']): Message => {
  if (due.weekday !== undefined) return say(DAYS[due.weekday - 1] ?? 'schedule.sunday');
  if (due.date !== undefined) return say('schedule.by-date', { date: due.date });
  if (due.shift === 'nth-working-day') return say('schedule.by-working-day', { n: due.day ?? 1 });
  return due.month === undefined
    ? say('schedule.by-day', { n: due.day ?? 1 })
    : say('schedule.by-day-of-month', { n: due.day ?? 1, month: due.month });
};

/** A duty in words, for a person to confirm. */
export const dutySaid = ({ name, every, from, to, due, who, tasks, asks }: Duty): Message => {
  const isOnce = every === 'once';
  return say('schedule.duty', {
    name,
    asks: stateSaid(asks),
    on: isOnce
      ? say('schedule.once')
      : every === 'ten-days'
        ? say('schedule.each-ten-days')
        : say('schedule.each', { every: stateSaid(every) }),
    span: isOnce ? null : from === to ? say('schedule.in-one', { from }) : say('schedule.in-several', { from, to }),
    day: dayOf(due),
    of: isOnce
      ? null
      : due.offset === 0
        ? say('schedule.of-that')
        : due.offset === 1
          ? say('schedule.of-the-next')
          : say('schedule.of-the-nth-next', { n: due.offset }),
    cutoff: due.cutoff,
    rest: due.shift === 'next-working-day' ? say('schedule.moved') : null,
    roles: { anyOf: [...new Set([...who.task, ...who.target, ...who.item])].map(stateSaid) },
    which:
      tasks === undefined
        ? say('schedule.every-task')
        : say(tasks.length === 1 ? 'schedule.one-task' : 'schedule.several-tasks', {
            count: tasks.length,
            tasks: tasks.filter((task) => typeof task === 'string').join(', '),
          }),
  });
};

/** Who reports on a kind of task: those who lead where there are any, and those responsible where nobody leads. */
const reportersOf = (items: readonly ReadItem[], kind: ReadItem['kind'], usual: 'lead' | 'responsible'): Duty['who']['task'] => {
  const carrying = items.filter((item) => item.kind === kind && item.assignees.length > 0);
  if (carrying.length === 0) return [usual];
  const led = carrying.filter(({ assignees }) => assignees.some(({ role }) => role === 'lead')).length;
  if (led === carrying.length) return ['lead'];
  return led === 0 ? ['responsible'] : ['lead', 'responsible'];
};

export const whoReports = (items: readonly ReadItem[]): Duty['who'] => ({
  target: reportersOf(items, 'target', 'responsible'),
  task: reportersOf(items, 'task', 'lead'),
  item: reportersOf(items, 'item', 'responsible'),
});

export type Sentence = { readonly text: string; readonly address: Address };

/** The sentences of a folded text, all at its address. */
export const sentencesOf = ({ folded, address }: { readonly folded: string; readonly address: string }): readonly Sentence[] =>
  folded
    .split(/[。;]/u)
    .map((text) => ({ text: text.trim(), address }))
    .filter(({ text }) => text !== '');

type Owed = { readonly rhythm: Rhythm; readonly from: string; readonly to: string; readonly tasks: readonly string[] | null };

const dutyOf = ({ rhythm, from, to, tasks }: Owed, who: Duty['who'], taken: Set<string>): Duty => {
  const [base, name] = rhythm.asks === 'plan' ? ['plan', '方案'] : NAMES[rhythm.every];
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return {
    id,
    name,
    every: rhythm.every,
    from,
    to,
    due: { ...rhythm.due, cutoff: rhythm.cutoff, shift: rhythm.shift },
    monthEnd: 'clamp',
    who,
    ...(tasks === null ? {} : { tasks: [...tasks] }),
    asks: rhythm.asks,
  };
};

const owedBy = (
  rhythm: Rhythm,
  sentence: string,
  date: string | null,
  year: number,
  tasks: readonly string[] | null,
): { readonly owed: Owed; readonly doubts: readonly Message[] } => {
  const doubts = [...rhythm.doubts];
  if (rhythm.every === 'once') return { owed: { rhythm, from: String(year), to: String(year), tasks }, doubts };
  const from = firstOf(rhythm, beginningOf(sentence, year), date, year, doubts);
  return { owed: { rhythm, from, to: lastOf(rhythm.every, year), tasks }, doubts };
};

/** As many as a policy holds. */
const MOST_DUTIES = 50;

export type PerItem = { readonly frequency: string; readonly address: Address; readonly task: string };

/** The duties that sentences on reports and a column of frequencies set, each understood or raised. */
export const scheduleOf = (
  sentences: readonly Sentence[],
  perItem: readonly PerItem[],
  items: readonly ReadItem[],
  date: string | null,
  context: Context,
): readonly Duty[] => {
  const { raise, year } = context;
  if (sentences.length === 0 && perItem.length === 0)
    raise('schedule-none', '', say('finding.the-document-sets-no-schedule-of-reports'), false);
  const who = whoReports(items);
  const taken = new Set<string>();
  const duties: Duty[] = [];
  if (year === null) {
    for (const { address } of [...sentences, ...perItem])
      raise('schedule-unread', address, say('finding.the-year-of-the-schedule-is-not'), true);
    return [];
  }
  const take = (rhythm: Rhythm, sentence: string, address: Address, tasks: readonly string[] | null): void => {
    if (duties.length >= MOST_DUTIES) {
      raise('schedule-unread', address, say('finding.is-one-more-duty-than-the-that', { printed: rhythm.printed, MOST_DUTIES }), true);
      return;
    }
    const { owed, doubts } = owedBy(rhythm, sentence, date, year, tasks);
    const duty = dutyOf(owed, who, taken);
    if (!dutySchema.safeParse(duty).success) {
      raise('schedule-unread', address, say('finding.sets-no-day-that-is-known', { printed: rhythm.printed }), true);
      return;
    }
    for (const doubt of doubts) raise('schedule-guessed', address, say('finding.doubt-about', { text: rhythm.printed, doubt }), true);
    if (duty.due.offset > 0)
      raise('schedule-guessed', address, say('finding.the-report-is-on-the-period-before', { printed: rhythm.printed }), false);
    duties.push(duty);
  };
  for (const { text, address } of sentences) {
    const rhythms = rhythmsIn(text, year);
    for (const rhythm of rhythms) take(rhythm, text, address, null);
    for (const day of daysOf(text, year))
      if (day.date === null)
        raise('schedule-unread', address, say('finding.is-no-day-of-the-calendar', { text: text.slice(day.start, day.end) }), true);
    for (const [printed] of text.matchAll(UNSAID_DAYS))
      if (!rhythms.some((rhythm) => rhythm.printed.includes(printed) || printed.includes(rhythm.printed)))
        raise('schedule-unread', address, say('finding.in-sets-no-day-that-a-schedule', { printed, text }), true);
    if (rhythms.length === 0) raise('schedule-no-period', address, say('finding.speaks-of-reports-and-names-no-day', { text }), false);
    else if (!/20\d{2}年/u.test(text) && /(?:从|自)\d{1,2}月/u.test(text))
      raise('year-guessed', address, say('finding.the-year-of-the-first-month-is', { year }), false);
  }
  for (const [frequency, rows] of Map.groupBy(perItem, (row) => row.frequency)) {
    const [first] = rows;
    if (first === undefined) continue;
    const rhythms = rhythmsIn(fold(frequency), year);
    if (rhythms.length === 0) raise('schedule-no-period', first.address, say('finding.sets-no-day-for-a-report', { frequency }), false);
    for (const rhythm of rhythms)
      take(
        rhythm,
        frequency,
        first.address,
        rows.map(({ task }) => task),
      );
  }
  const missing = [
    ...(duties.some(({ every }) => every === 'month') ? [] : ['month' as const]),
    ...(duties.some(({ every }) => every === 'year') ? [] : ['year' as const]),
  ];
  if (duties.length > 0 && missing.length > 0 && perItem.length === 0)
    raise(
      'schedule-none',
      sentences[0]?.address ?? '',
      say(`finding.no-report-on-${missing.length === 2 ? 'either' : missing[0] === 'month' ? 'month' : 'year'}`),
      false,
    );
  if (perItem.length > 0)
    raise('schedule-per-item', perItem[0]?.address ?? '', say('finding.how-often-to-report-differs-from-item'), false);
  return duties;
};
