import type { Context, Seat } from '../parts/context.ts';
import { folded, shown, withoutBlanks } from '../words/folded.ts';
import { dateOfLine } from './date-line.ts';
import type { Accounts, Line } from './elements.ts';
import { letterheadOf, type Letterhead } from './letterhead.ts';
import { say } from '../../messages/message.ts';

/** Who issued what, under which number and when. */
export type Head = {
  readonly number: string | null;
  readonly title: string | null;
  readonly issuer: string | null;
  readonly date: string | null;
};
export const NO_HEAD: Head = { number: null, title: null, issuer: null, date: null };

const NUMBER = /(\p{Script=Han}{1,14}[([](?:19|20)\d{2}[)\]](?:第\s?)?\d{1,4}[号期])/u;
const NUMBER_LINE =
  /^\(?(?:\p{Script=Han}{1,14}\s?|(?=.{1,12}第))[([](?:19|20)\d{2}[)\]]\s?(?:第\s?)?\d{1,4}\s?[号期]\)?$|^\(?第\s?\d{1,4}\s?[号期]\)?$/u;

export const isNumberLine = (line: string): boolean => NUMBER_LINE.test(line.trim());
export const isAddressees = (line: string): boolean =>
  /^[^。;]{2,200}:$/u.test(line.trim()) && /各|政府|部门|单位|委|局|办|公司|学校|科室/u.test(line);
export const isAttachmentMark = (line: string): boolean => /^附\s*件\s*\d{0,2}\s*(?:[:.].*)?$/u.test(line.trim());

const KINDS =
  '通知|意见|方案|决定|函|批复|通报|报告|公告|办法|计划|要点|台账|清单|分解表|任务表|安排表|一览表|责任书|任务书|汇总表|明细表|' +
  '登记表|计划表|分工表|责任分工|责任分解|任务分解|分工|表|纪要|规划|实事|通告|安排|措施|细则|项目|建议|提案|办理单|交办单|督办单|督查单';
const TITLE = new RegExp(`(?:${KINDS})(?:\\([^()]{1,30}\\))*$`, 'u');
const NUMBER_BEHIND = /\(\p{Script=Han}{1,14}[([]\d{4}[)\]](?:第)?\d{1,4}号\)$/u;
export const isTitle = (line: string): boolean => TITLE.test(line.trim().replace(NUMBER_BEHIND, '')) && !/[。;]/u.test(line);

/** What ends a title beyond doubt. */
const WHOLE = /(?:通知|意见|方案|的函|决定|办法|台账|清单)(?:\(.*\))?$/u;

const MOST_TITLE_LINES = 5;

const ORGANS =
  '人民政府办公室|人民政府办公厅|政府办公室|政府办公厅|人民政府|委员会办公室|委员会|办公室|办公厅|政府|党委|指挥部|领导小组|管委会|管理委员会|政协|人大常委会|人大|纪委监委|纪委|局|厅|委|办|处|中心|院|' +
  '集团|公司|学校|小学|中学|幼儿园|大学|学院|医院|研究院|银行|督查室|工作组|专班|支队|总队|大队|分局|办事处|联合会|协会|总社|部';
const ISSUER = new RegExp(
  `^((?!20\\d{2}).{2,40}?(?:${ORGANS}))(?=关于|印发|转发|20\\d{2}年|批转|督办(?!室)|交办|督查(?!室|局)|重点|办理)`,
  'u',
);
const ORGAN_FIRST = /^(.{1,12}?[省市县区州旗](?:政协|人大常委会|人大|纪委监委|纪委|法院|检察院|总工会))/u;
const PLACED = /^(.{1,12}?(?:街道|[省市县区州旗镇乡]))(?:20\d{2}年|《|关于)/u;
const PLACED_BEFORE = /^(.{1,12}?[省市县区州旗镇乡])(?![省市县区州旗镇乡]).{0,6}20\d{2}年/u;

/** 2025年度白云街道…: a list that begins with its year. */
const PLACED_AFTER = /^20\d{2}年度?(.{1,10}?(?:街道|[省市县区州旗镇乡]))(?![省市县区州旗镇乡级直])/u;

/** Who issues, by the title: what stands before 关于, or before the year of a list. */
export const issuerOf = (title: string): string | null => {
  const plain = folded(title);
  const organ = ISSUER.exec(plain)?.[1] ?? ORGAN_FIRST.exec(plain)?.[1] ?? PLACED.exec(plain)?.[1] ?? PLACED_BEFORE.exec(plain)?.[1];
  if (organ !== undefined) return title.slice(0, organ.length);
  const after = PLACED_AFTER.exec(plain)?.[1];
  return after === undefined ? null : title.slice(plain.indexOf(after), plain.indexOf(after) + after.length);
};

const SEAT = /^(?:中共)?(.{1,12}?)(省|自治区|市|自治州|州|盟|县|区|旗|镇|乡)(?:人民政府|政府|委|局|厅|办|人大|$|\p{Script=Han})/u;
export const seatOf = (issuer: string | null): Seat | null => {
  const [, place = '', level = ''] = SEAT.exec(folded(issuer ?? '')) ?? [];
  return place === '' ? null : { place, level: level === '自治区' ? '区' : level === '自治州' ? '州' : level };
};

/** Keys of the tables that sites and offices set before a document. */
const META: readonly (readonly [RegExp, keyof Head | 'other'])[] = [
  [/^(?:发文字号|文号|文件编号|发文号|文件号|发文文号)$/u, 'number'],
  [/^(?:标题|名称|文件名称|文件标题|公文标题)$/u, 'title'],
  [
    /^(?:发布机构|发文机关|发文单位|制发机关|填表单位|制表单位|制表|填报单位|报送单位|编制单位|交办单位|下达单位|印发单位|印发机关|制定单位|发布单位|甲方)$/u,
    'issuer',
  ],
  [
    /^(?:成文日期|成文时间|发文日期|填表日期|制表日期|制表时间|填报日期|填报时间|填表时间|日期|印发日期|印发时间|交办日期|交办时间|下达日期|下达时间|签订日期|签订时间|发文时间)$/u,
    'date',
  ],
  [
    /^(?:索引号|信息分类|主题分类|主题词|体裁|有效性|公开日期|发布日期|发布时间|关键词|公开方式|公开范围|失效日期|生效日期|内容概述|类别)$/u,
    'other',
  ],
];

export const metaOf = (key: string): keyof Head | 'other' | null =>
  META.find(([pattern]) => pattern.test(withoutBlanks(key).replace(/[:]$/u, '')))?.[1] ?? null;

const NONE = /^(?:无|—|-|\/|暂无|待定|待明确|待补充|未定)?$/u;

/** What pairs of a key and a value say: `发文字号: | 无`, `填表日期:2024.04.08`. Null where the texts are no such pairs. */
export const readMeta = (texts: readonly string[]): Partial<Head> | null => {
  const found: Partial<Record<keyof Head, string | null>> = {};
  let pairs = 0;
  for (let at = 0; at < texts.length; at += 1) {
    const text = texts[at] ?? '';
    const colon = folded(text).indexOf(':');
    const key = colon < 0 ? text : text.slice(0, colon);
    const meta = metaOf(folded(key));
    if (meta === null) {
      const date = dateOfLine(folded(text));
      if (date !== null) found.date ??= date;
      continue;
    }
    const own = colon < 0 ? '' : text.slice(colon + 1).trim();
    const value = own === '' && colon >= 0 ? (texts[at + 1] ?? '').trim() : own;
    if (colon < 0) continue;
    pairs += 1;
    if (meta === 'other' || NONE.test(folded(value))) continue;
    found[meta] ??= meta === 'date' ? dateOfLine(folded(value)) : value;
  }
  return pairs === 0 ? null : found;
};

/** The number that a line or a title holds, as printed. */
export const numberIn = (text: string): string | null => {
  const match = NUMBER.exec(folded(text));
  return match === null ? null : text.slice(match.index, match.index + match[0].length).replace(/\s/gu, '');
};

/** The lines that the title takes, from the first; `page` is a line before it that repeats it. */
const titleLines = (lines: readonly Line[]): { readonly lines: readonly Line[]; readonly page: Line | null } => {
  const candidates: Line[] = [];
  for (const line of lines) {
    if (candidates.length === 0 && isAttachmentMark(line.folded)) continue;
    if (
      candidates.length >= MOST_TITLE_LINES + 1 ||
      isNumberLine(line.folded) ||
      isAddressees(line.folded) ||
      dateOfLine(line.folded) !== null
    )
      break;
    if (/[。;:]/u.test(line.folded) || line.marker !== null || line.folded.length > 120) break;
    candidates.push(line);
  }
  const text = (part: readonly Line[]): string => part.map((line) => withoutBlanks(line.folded)).join('');
  const [first, ...others] = candidates;
  if (first === undefined) return { lines: [], page: null };
  const whole = withoutBlanks(first.folded);
  for (let count = 1; count <= others.length; count += 1)
    if (text(others.slice(0, count)) === whole) return { lines: others.slice(0, count), page: first };
  const end = candidates.findIndex((line) => isTitle(line.folded));
  if (end < 0) return { lines: [], page: null };
  // A part that ends like a title (关于…重点工作) goes on where a later line ends like one too (责任单位的通知).
  const isWhole = (count: number): boolean => WHOLE.test(text(candidates.slice(0, count)));
  const last = candidates.findLastIndex(
    (line, index) => index > end && isTitle(line.folded) && (index === end + 1 || WHOLE.test(line.folded.trim())),
  );
  return { lines: candidates.slice(0, last > end && !isWhole(end + 1) ? last + 1 : end + 1), page: null };
};

/** What stands first and is marked as a heading, or is short and ends in no mark, where nothing ends as titles do. */
const fallbackTitle = (lines: readonly Line[], raise: Context['raise']): readonly Line[] => {
  const first = lines.find(({ folded: line }) => !isAttachmentMark(line));
  if (first === undefined || first.marker !== null || /[。;:,]/u.test(first.folded) || first.folded.trim().length > 60) return [];
  if (dateOfLine(first.folded) !== null || isNumberLine(first.folded)) return [];
  if (first.heading === null)
    raise(
      'title-missing',
      first.address,
      say('finding.does-not-end-as-titles-do-taken', { text: shown(first.text) }),
      !/20\d{2}/u.test(first.folded),
    );
  return [first];
};

/** Under a letterhead the number stands before the title. */
const belowLetterhead = (lines: readonly Line[], letterhead: Letterhead): readonly Line[] => {
  const below = lines.slice(letterhead.lines.length);
  return below[0] !== undefined && isNumberLine(below[0].folded) ? below.slice(1) : below;
};

/** Title, number and addressees at the top of the lines; how many lines it took. */
export const readTop = (
  lines: readonly Line[],
  accounts: Accounts,
  raise: Context['raise'],
): Head & { readonly taken: ReadonlySet<Line> } => {
  const letterhead = letterheadOf(lines);
  const below = letterhead === null ? lines : belowLetterhead(lines, letterhead);
  const { lines: found, page } = titleLines(below);
  const title = found.length > 0 ? found : fallbackTitle(below, raise);
  const taken = new Set<Line>(title);
  for (const line of letterhead?.lines ?? []) {
    taken.add(line);
    accounts.mark(line.ref, 'noise');
    const values = { text: shown(line.text), noise: say('finding.a-letterhead') };
    raise('noise-set-aside', line.address, say('finding.is-set-aside', values), false);
  }
  for (const { ref } of title) accounts.mark(ref, 'head');
  const [begin, more] = title;
  if (begin !== undefined && more !== undefined)
    raise(
      'lines-joined',
      more.address,
      say('finding.the-title-is-read-over-lines-from', { count: title.length, address: begin.address }),
      false,
    );
  if (page !== null) {
    taken.add(page);
    accounts.mark(page.ref, 'noise');
    raise('page-title', page.address, say('finding.the-title-in-one-line-before-the'), false);
  }
  const numberLine = lines.slice(0, 14).find((line) => isNumberLine(line.folded));
  if (numberLine !== undefined) {
    taken.add(numberLine);
    accounts.mark(numberLine.ref, 'head');
  }
  const joined = title.map(({ text }) => shown(text)).join('');
  const own =
    numberLine === undefined
      ? numberIn(joined)
      : shown(numberLine.text)
          .replace(/^[((](.*)[))]$/u, '$1')
          .replace(/\s/gu, '');
  return { number: own, title: joined === '' ? null : joined, issuer: letterhead?.issuer ?? null, date: null, taken };
};
