import type { Address } from '../../documents/source.ts';
import type { ReadDeadline, ReadMilestone } from '../document-reading.ts';
import { endOfTerm } from './terms.ts';
import { shown } from '../words/folded.ts';
import { BODY, NOBODY, PENDING } from '../words/bodies.ts';
import type { Context } from './context.ts';
import { daysOf, type Day } from './days.ts';
import { say } from '../../messages/message.ts';

export type Deadlines = { readonly deadline: ReadDeadline | null; readonly milestones: readonly ReadMilestone[] };
export const NO_DEADLINES: Deadlines = { deadline: null, milestones: [] };

type Kind = ReadDeadline['kind'];

/** Words that set no day, by what they mean. */
const WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/(?:立行立改|即知即改|立即|即办|马上|即行|随时整改|边查边改|立查立改|当日|即时)/u, 'immediate'],
  [/(?:每(?:年|半年|季度|季|月|周|旬|天|日|学期|学年)|按(?:年|季|季度|月|周|学期)(?:度)?(?:$|推进|完成|开展)|定期|不定期)/u, 'recurring'],
  [/(?:持续|年内持续|全年(?:推进|实施|开展|持续|进行|坚持|落实)|贯穿全年|按(?:时序|序时)?进度|按计划|分阶段|滚动|接续)/u, 'continuous'],
  [/(?:长期|常态化|常年|经常性|日常|永久|一直)/u, 'standing'],
];
const WHOLE_YEAR = /^(?:20\d{2}年?)?(?:全年|本年度|年度内|当年|20\d{2}年度?|全年度)(?:内|完成)?$/u;

const kindOf = ({ precision, bounded }: Day): Kind => (precision === 'day' || (precision === 'month' && bounded) ? 'date' : 'period');

const fromDay = (day: Day, printed: string): ReadDeadline => ({ printed, date: day.date, kind: kindOf(day), precision: day.precision });

/** What the form of a day leaves to a person. */
const doubts = (day: Day, printed: string, address: Address, { raise, year }: Context): void => {
  if (day.date === null)
    raise(
      'deadline-unread',
      address,
      say(year === null ? 'finding.no-day-or-no-year' : 'finding.is-no-day-of-the-calendar', { text: printed }),
      true,
    );
  else if (day.yearCarried) raise('year-guessed', address, say('finding.has-no-year-read-as', { printed, date: day.date }), false);
};

/** A cell or a label that holds nothing but a deadline, or several steps with their days. */
export const deadlineOfCell = (text: string, foldedText: string, address: Address, context: Context): Deadlines => {
  const { raise, year } = context;
  const printed = shown(text).replace(/[。;,]+$/u, '');
  const cell = foldedText.trim().replace(/[。;,]+$/u, '');
  if (cell === '') return NO_DEADLINES;
  if (NOBODY.test(cell) || PENDING.test(cell)) {
    raise('deadline-no-date', address, say('finding.no-deadline-is-set', { printed }), PENDING.test(cell));
    return NO_DEADLINES;
  }
  if (WHOLE_YEAR.test(cell)) {
    raise('deadline-guessed', address, say('finding.read-as-the-end-of-the-year', { printed }), false);
    const own = /20\d{2}/u.exec(cell)?.[0];
    const of = own === undefined ? year : Number(own);
    return { deadline: { printed, date: of === null ? null : `${of}-12-31`, kind: 'period', precision: 'year' }, milestones: [] };
  }
  const all = daysOf(cell, year);
  const word = WORDS.find(([pattern]) => pattern.test(cell));
  // 年内持续推进 sets no day: within the year it goes on.
  const days =
    word !== undefined && (word[1] === 'continuous' || word[1] === 'standing') ? all.filter(({ precision }) => precision !== 'year') : all;
  const [first] = days;
  if (days.length > 1) return stepsOf(text, foldedText, address, context);
  if (
    first !== undefined &&
    (word === undefined || first.bounded) &&
    !/^(?:每|逢)/u.test(cell.slice(cell.lastIndexOf(',', first.start) + 1))
  ) {
    doubts(first, printed, address, context);
    const beside = cell.slice(0, first.start) + cell.slice(first.end);
    if (word !== undefined) raise('deadline-guessed', address, say('finding.names-a-day-and-says-more-the', { printed }), true);
    else if (/[\d、:]/u.test(beside) || (BODY.test(beside) && !/报/u.test(beside)))
      raise('deadline-guessed', address, say('finding.says-more-than-a-day', { printed }), true);
    if (/起|开始|以来/u.test(beside)) raise('deadline-guessed', address, say('finding.may-be-a-beginning-and-no-end', { printed }), true);
    return { deadline: fromDay(first, printed), milestones: [] };
  }
  if (word !== undefined) {
    raise('deadline-no-date', address, say('finding.names-no-day', { printed }), false);
    return { deadline: { printed, date: null, kind: word[1], precision: 'year' }, milestones: [] };
  }
  if (/\d+\s*(?:个)?(?:工作日|日|天|个月|月|周)(?:以内|之内|内)/u.test(cell)) {
    const end = context.issued === null ? null : endOfTerm(cell, context.issued);
    if (end !== null && context.issued !== null) {
      const values = { printed, issued: context.issued, date: end };
      raise('deadline-guessed', address, say('finding.counts-from-the-day-of-the-document', values), true);
      return { deadline: { printed, date: end, kind: 'period', precision: 'day' }, milestones: [] };
    }
    raise('deadline-no-date', address, say('finding.counts-from-a-day-that-is-not', { printed }), true);
    return { deadline: { printed, date: null, kind: 'period', precision: 'day' }, milestones: [] };
  }
  raise('deadline-unread', address, say('finding.is-no-deadline-that-is-known', { printed }), true);
  return { deadline: { printed, date: null, kind: 'period', precision: 'year' }, milestones: [] };
};

/** Whether a folded cell or clause is a deadline by its form. */
export const isDeadline = (text: string, year: number | null): boolean => {
  const cell = text.trim();
  if (cell === '' || cell.length > 40) return false;
  const [day] = daysOf(cell, year);
  return (
    (day !== undefined && (day.start <= 4 || day.bounded)) ||
    WHOLE_YEAR.test(cell) ||
    (cell.length <= 14 && WORDS.some(([word]) => word.test(cell)))
  );
};

/** 请于6月30日前办结并答复: a limit that the head sets for all of it. */
const ASKED =
  /(?:请|务必|须|应当?)[^,。;]{0,12}?(?:于|在)[^,。;]{2,14}(?:前|底|末)(?:全部|全面)?(?:办结|完成(?!情况)|办理完毕|整改到位|落实到位)/u;
const FOR_ALL =
  /(?:均|都|全部|一律|统一).{0,10}?(?:于|在|须|应|要)?.{0,20}?(?:前|底|末|内)(?:全部|全面)?(?:完成|办结|落实到位|完成任务|整改到位)/u;

/** One deadline that a sentence sets for all items: 以上任务均于12月20日前完成. */
export const deadlineForAll = (sentence: string, address: Address, context: Context): ReadDeadline | null => {
  const asked = ASKED.exec(sentence);
  if (sentence.length > 200 || (asked === null && !FOR_ALL.test(sentence))) return null;
  const day = daysOf(sentence, context.year).findLast(
    ({ bounded, end }) => bounded && (asked === null || end <= asked.index + asked[0].length),
  );
  if (day === undefined) return null;
  const printed = sentence.slice(day.start, day.end);
  doubts(day, printed, address, context);
  context.raise('deadline-guessed', address, say('finding.is-taken-as-the-deadline-of-every', { sentence }), true);
  return fromDay(day, printed);
};

const clausesOf = (text: string): readonly { readonly at: number; readonly text: string }[] => {
  const clauses: { at: number; text: string }[] = [];
  for (const clause of text.matchAll(/[^、,;。\n]+/gu)) clauses.push({ at: clause.index, text: clause[0] });
  return clauses;
};

/** Several steps in one text, `6月底前完成基建;8月底前招生`: each with the clause that it opens; the last is the deadline. */
export const stepsOf = (text: string, foldedText: string, address: Address, context: Context): Deadlines => {
  const milestones: ReadMilestone[] = [];
  const days: { readonly day: Day; readonly printed: string }[] = [];
  for (const clause of clausesOf(foldedText)) {
    const found = daysOf(clause.text, context.year);
    for (const [index, day] of found.entries()) {
      const end = found[index + 1]?.start ?? clause.text.length;
      milestones.push({ printed: shown(text.slice(clause.at + day.start, clause.at + end)), date: day.date });
      days.push({ day, printed: shown(text.slice(clause.at + day.start, clause.at + day.end)) });
      doubts(day, shown(text.slice(clause.at + day.start, clause.at + day.end)), address, context);
    }
  }
  const last = days.reduce<(typeof days)[number] | undefined>(
    (latest, each) => (latest === undefined || (each.day.date ?? '') >= (latest.day.date ?? '') ? each : latest),
    undefined,
  );
  if (last === undefined) return NO_DEADLINES;
  if (last !== days.at(-1)) context.raise('date-order', address, say('finding.the-steps-do-not-stand-in-the'), true);
  return { deadline: fromDay(last.day, last.printed), milestones: milestones.length > 1 ? milestones : [] };
};

/** 开工时间: a step of the item, and no end of it. */
export const isBeginning = (name: string): boolean => /(?:开工|动工|启动|开始)(?:时间|日期)$/u.test(name);
export const beginning = (name: string, text: string, foldedText: string, address: Address, context: Context): Deadlines => {
  const [day] = daysOf(foldedText, context.year);
  if (day === undefined || day.date === null) {
    if (foldedText.trim() !== '' && !NOBODY.test(foldedText.trim()))
      context.raise('deadline-no-date', address, say('finding.in-names-no-day', { text: shown(text), name }), false);
    return NO_DEADLINES;
  }
  doubts(day, shown(text), address, context);
  return { deadline: null, milestones: [{ printed: `${name} ${shown(text)}`, date: day.date }] };
};

/** Verbs after a bare month that make it the day of an end: 5月开工. */
const ENDS =
  '开工|动工|完工|竣工|建成|完成|投用|投运|启动|招生|选址|开放|试运行|出台|投入|交付|启用|通车|运营|' +
  '达产|投产|印发|制定|上线|落地|验收|入库|形成|报送|开展|实施|达到|封顶|开业|试点|供水|通水|通气|报(?=[送省市县区州政])|上报|出具|提交|印发|公布|发布|挂牌|签约|搬迁|入驻|合龙|贯通|清零|销号|办结|见效|到位';
const DONE = new RegExp(`^(?:份)?(?:前)?(?:全面|全部|基本|正式|陆续|力争|确保|实现|率先|如期)*(?:${ENDS})(?!的)`, 'u');
/** Words before a day that make it no deadline: a policy's term, a beginning, a count since. */
const NOT_BEFORE = /(?:到|至|自|从|截至|截止|延长到|延长至|比|较|同比|以|始于|每年|每|上年|去年)$/u;
/** 于9月底前完成 sets a day, 于9月召开的会议 mentions one. */
const AT = /[在于]$/u;
const NOT_AFTER = /^(?:起|以来|开始|至|到|、|—|-|~|份?(?:的|工作|数据|情况|会议|报告))/u;

/** 上半年淘汰600辆: a part of the year at the beginning of a clause that sets a number. */
const opensEnd = ({ start, end, precision }: Day, text: string): boolean =>
  (precision === 'half-year' || precision === 'quarter') &&
  /(?:^|[,;。\n])\s*$/u.test(text.slice(0, start)) &&
  /^\p{Script=Han}{2,12}\d/u.test(text.slice(end));

/** Where a sentence sets a day: printed with the words that bound it. A mere mention (到年底, 自3月起, 2024年的…) is none. */
export const daysInSentence = (foldedText: string, year: number | null): readonly Day[] =>
  daysOf(foldedText, year).filter((day) => {
    const before = foldedText.slice(Math.max(0, day.start - 6), day.start);
    const after = foldedText.slice(day.end, day.end + 12);
    if (NOT_BEFORE.test(before) || NOT_AFTER.test(after)) return false;
    if (AT.test(before) && !day.bounded && !DONE.test(after)) return false;
    return day.bounded || DONE.test(after) || opensEnd(day, foldedText);
  });

/** The deadline that a sentence sets: of several days the last; the steps before it are milestones. */
export const deadlineInSentence = (text: string, foldedText: string, address: Address, context: Context): Deadlines => {
  const days = daysInSentence(foldedText, context.year);
  if (days.length === 0) return NO_DEADLINES;
  const clauseEnd = (from: number): number => {
    const next = foldedText.slice(from).search(/[、,;。()\n]/u);
    return next < 0 ? foldedText.length : from + next;
  };
  const milestones = days.map((day, index) => ({
    printed: shown(text.slice(day.start, Math.min(clauseEnd(day.end), days[index + 1]?.start ?? foldedText.length))),
    date: day.date,
  }));
  const last = days.reduce((latest, day) => ((day.date ?? '') >= (latest.date ?? '') ? day : latest));
  const printed = shown(text.slice(last.start, last.end));
  for (const day of days) doubts(day, shown(text.slice(day.start, day.end)), address, context);
  if (days.length > 1) context.raise('milestones', address, say('finding.several-days-in-one-sentence-the-last', { printed }), true);
  return { deadline: fromDay(last, printed), milestones: days.length > 1 ? milestones : [] };
};
