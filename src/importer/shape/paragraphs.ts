import type { Context } from '../parts/context.ts';
import { shown } from '../words/folded.ts';
import { leaderOf } from '../parts/leaders.ts';
import { isDeadline } from '../parts/deadlines.ts';
import { namesOf } from '../parts/names.ts';
import { isRole, labelsOf } from '../words/labels.ts';
import { bracketsOf } from './brackets.ts';
import { LONGEST_LINE, type Line } from './elements.ts';
import { markerOf, STYLES, type Marker, type Style } from './numbering.ts';
import { isDateLine } from './date-line.ts';
import { isAttachmentMark } from './head.ts';
import { isDayHeading } from './heading-gives.ts';
import { say } from '../../messages/message.ts';

/** A paragraph: a line, or several that were wrapped, or a part of one that holds two. */
export type Paragraph = {
  readonly text: string;
  readonly folded: string;
  readonly address: string;
  readonly refs: readonly number[];
  readonly marker: Marker | null;
  readonly heading: number | null;
};

const ENDS = /[。;:!?…”」》】.)]$/u;
const CONTINUES = /^\s*[,、;。)”」》】%]/u;
const LONG = 24;
/** No paragraph is wrapped over more lines. */
const MOST_LINES = 60;
/** 乙方于每季度末月25日前: a day without what is to be done by it. */
const UNFINISHED = /\d.{0,6}(?:前|内|起|[年月日])$|(?:于|将|和|及|与|并|向|\d)$/u;
/** 实。…: the last letters of a sentence. */
const ENDS_ABOVE = /^\s*\p{Script=Han}{1,3}[。;,]/u;
/** 甲方:, 督导单位: — no word that goes on with the line above. */
const LIKE_A_LABEL = /^\s*\p{Script=Han}{2,8}:/u;
/** A sentence of its own: 以上事项均须在8月31日前办结。 */
const SENTENCE = /^[^、,;(]{2}.{10,}。\s*$/u;
const HEADING = /^[^,,。;;、\d()]{1,24}$/u;

/** Whether a line goes on from an unfinished one, and whether nothing else can be meant. */
const joins = (before: Paragraph, next: Line, context: Context): 'surely' | 'perhaps' | 'names' | 'no' => {
  if (before.folded.length + next.folded.length > LONGEST_LINE || next.heading !== null || before.heading !== null) return 'no';
  if (next.folded.trim() === '' || isDateLine(next.folded) || isAttachmentMark(next.folded)) return 'no';
  if (before.refs.length >= MOST_LINES) return 'no';
  const { open } = bracketsOf(before.folded);
  const tail = open === null ? '' : before.folded.slice(open);
  const closes = bracketsOf(`(${next.folded}`).brackets[0]?.end;
  if (CONTINUES.test(next.folded) && next.marker === null) return 'surely';
  if (open !== null && tail.length < 400 && closes !== undefined && bracketsOf(next.folded).brackets.every(({ end }) => end !== closes - 1))
    return 'surely';
  if (next.marker !== null || labelsOf(next.folded, context.profile)[0]?.start === next.folded.length - next.folded.trimStart().length)
    return 'no';
  if (open !== null && tail.length < 400) return 'perhaps';
  if (isLeaderLine(next.folded)) return 'no';
  if ((LIKE_A_LABEL.test(next.folded) || SENTENCE.test(next.folded)) && isWholeLabel(before, context)) return 'no';
  if (goesOnWithNames(before, next, context)) return 'names';
  if (ENDS.test(before.folded.trimEnd())) return 'no';
  const body = before.folded.slice(before.marker?.length ?? 0).trim();
  const labelled = labelsOf(before.folded, context.profile).length > 0;
  if (body.length >= LONG) return 'surely';
  if (labelled || /[,;]/u.test(body)) return 'perhaps';
  return (before.marker !== null && !HEADING.test(body)) || UNFINISHED.test(body) || ENDS_ABOVE.test(next.folded) ? 'perhaps' : 'no';
};

/** 副市长蓝天: a line that holds nothing but a leader, with name and title. */
export const isLeaderLine = (folded: string): boolean => {
  const word = folded.trim().replace(/\s+/gu, '').replace(/同志$/u, '');
  const leader = word.length > 24 || /[。;:,]/u.test(word) ? null : leaderOf(word);
  return leader?.name != null && leader.title !== null;
};

/** A heading without a number: the leader of what is numbered below it, or the day until when. */
const LEADER_HEADING: Marker = { style: '第一章', value: null, number: '', length: 0 };
const withLeaderHeadings = (paragraphs: readonly Paragraph[]): readonly Paragraph[] =>
  paragraphs.map((paragraph, index) => {
    const next = paragraphs[index + 1];
    const leads =
      paragraph.marker === null &&
      next !== undefined &&
      next.marker !== null &&
      (isLeaderLine(paragraph.folded) || isDayHeading(paragraph));
    return leads ? { ...paragraph, marker: LEADER_HEADING } : paragraph;
  });

/** A label and what stands behind it, which leaves nothing open: 牵头单位:市教育局, 时限:6月底前. */
const isWholeLabel = ({ folded, refs }: Paragraph, { profile, year }: Context): boolean => {
  const [label, more] = labelsOf(folded, profile);
  if (label === undefined || more !== undefined || refs.length > 1 || folded.slice(0, label.start).trim() !== '') return false;
  if (label.field === 'deadline') return isDeadline(folded.slice(label.end), year);
  if (!isRole(label.field)) return false;
  const { tokens } = namesOf(folded.slice(label.end), profile);
  return tokens.length > 0 && tokens.every((token) => token.kind === 'collective' || (token.kind === 'unit' && token.doubt === null));
};

/** A label with nothing behind it, and names on the lines below: 责任单位: / 市教育局 / 市财政局. */
const goesOnWithNames = (before: Paragraph, next: Line, context: Context): boolean => {
  const label = labelsOf(before.folded, context.profile).at(-1);
  if (label === undefined || !(isRole(label.field) || label.field === 'leader') || next.folded.length > 200) return false;
  const own = before.folded.slice(label.end).trim();
  if (own !== '' && before.refs.length === 1) return false;
  const { tokens } = namesOf(next.folded, context.profile);
  return tokens.length > 0 && tokens.every(({ kind }) => kind !== 'strange' && kind !== 'nobody');
};

const asParagraph = ({ text, folded, address, ref, marker, heading }: Line): Paragraph => ({
  text,
  folded,
  address,
  refs: [ref],
  marker,
  heading,
});

/** `between`: a blank where names follow each other; what was wrapped goes on without one. */
const append = (before: Paragraph, { text, folded, ref }: Line, between: '' | ' '): Paragraph => {
  const lead = folded.length - folded.trimStart().length;
  return {
    ...before,
    text: before.text.trimEnd() + between + text.slice(lead),
    folded: before.folded.trimEnd() + between + folded.slice(lead),
    refs: [...before.refs, ref],
  };
};

const HAN = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const han = (value: number): string => {
  const tens = Math.trunc(value / 10);
  return tens === 0 ? (HAN[value] ?? '') : `${tens === 1 ? '' : (HAN[tens] ?? '')}十${HAN[value % 10] ?? ''}`;
};

/** How the number after the last one of a style would be printed. */
const LITERALS: Readonly<Partial<Record<Style, (value: number) => string>>> = {
  '一、': (value) => `${han(value)}、`,
  '(一)': (value) => `(${han(value)})`,
  '1.': (value) => `${value}.`,
  '1、': (value) => `${value}、`,
  '(1)': (value) => `(${value})`,
  '①': (value) => String.fromCodePoint(0x245f + value),
};
const BREAK = /[。;)!?\s局委办会司府团室院厅处心]$/u;

/** Where a second item begins within a line: the very next number of a style, behind a mark that ends something. */
const secondStart = (folded: string, from: number, counts: ReadonlyMap<Style, number>): number | null => {
  let first: number | null = null;
  for (const [style, value] of counts) {
    const literal = LITERALS[style]?.(value + 1);
    if (literal === undefined) continue;
    for (let at = folded.indexOf(literal, from + 1); at >= 0; at = folded.indexOf(literal, at + 1)) {
      const bracketed = style === '(一)' || style === '(1)' || style === '①';
      const digits = /\d/u.test(folded.charAt(at - 1)) || (!bracketed && /\d/u.test(folded.charAt(at + literal.length)));
      const after = folded.slice(at + literal.length).trim();
      if (digits || after.length < 2 || !(BREAK.test(folded.slice(0, at)) || bracketed)) continue;
      if (first === null || at < first) first = at;
      break;
    }
  }
  return first;
};

/** Two items that stand in one line, told apart by the number that must come next. */
const split = (whole: Paragraph, counts: Map<Style, number>, context: Context): readonly Paragraph[] => {
  if (whole.marker?.value != null) counts.set(whole.marker.style, whole.marker.value);
  if (/[。;:](?:\([1一]\)|①)/u.test(whole.folded) && whole.marker !== null)
    context.raise(
      'item-split',
      whole.address,
      say('finding.may-hold-parts-that-are-numbered-within', { text: shown(whole.text).slice(0, 20) }),
      true,
    );
  const at = secondStart(whole.folded, whole.marker?.length ?? 0, counts);
  if (at === null) return [whole];
  const folded = whole.folded.slice(at);
  const marker = markerOf(folded);
  if (marker === null) return [whole];
  const rest = { ...whole, text: whole.text.slice(at), folded, marker };
  context.raise('item-split', whole.address, say('finding.is-read-as-an-item-of-its', { text: shown(rest.text).slice(0, 20) }), true);
  return [{ ...whole, text: whole.text.slice(0, at), folded: whole.folded.slice(0, at) }, ...split(rest, counts, context)];
};

/** Lines to paragraphs: wrapped ones joined, joined ones parted; each such step is said. */
export const paragraphsOf = (lines: readonly Line[], context: Context): readonly Paragraph[] => {
  const joined: Paragraph[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const how = before === undefined ? 'no' : joins(before, line, context);
    if (before === undefined || how === 'no') joined.push(asParagraph(line));
    else {
      joined[joined.length - 1] = append(before, line, how === 'names' ? ' ' : '');
      context.raise('lines-joined', line.address, say('finding.read-as-the-rest-of', { address: before.address }), how === 'perhaps');
    }
  }
  const counts = new Map<Style, number>();
  void STYLES;
  return withLeaderHeadings(joined).flatMap((paragraph) => {
    const parts = split(paragraph, counts, context);
    for (const { marker } of parts) if (marker?.value != null) counts.set(marker.style, marker.value);
    return parts;
  });
};
