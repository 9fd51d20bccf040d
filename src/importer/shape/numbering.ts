import { folded } from '../words/folded.ts';
import { numberOf } from '../words/numerals.ts';

/** What begins a numbered line, named by its first number. */
export const STYLES = [
  '第一章',
  '一、',
  '(一)',
  '第一条',
  '第1项',
  '事项一',
  '1.',
  '1、',
  '(1)',
  '1)',
  '①',
  '1.1',
  '【1】',
  '一是',
  '1 ',
  '•',
] as const;
export type Style = (typeof STYLES)[number];

export type Marker = {
  readonly style: Style;
  /** Null for a mark that counts nothing. */
  readonly value: number | null;
  /** The number without its marks, as printed. */
  readonly number: string;
  /** Length of the mark with the blanks after it. */
  readonly length: number;
};

const HAN = '[一二三四五六七八九十百〇零]{1,5}';
const FORMS: readonly (readonly [Style, RegExp])[] = [
  ['第一章', new RegExp(`^第(${HAN}|\\d{1,3})(?:章|节|部分|编)[、:.\\s]*`, 'u')],
  ['第一条', new RegExp(`^第(${HAN})[条款项][、:.\\s]*`, 'u')],
  ['第1项', /^第\s?(\d{1,3})\s?[项条号件][、:.\s]*/u],
  ['事项一', new RegExp(`^(?:事项|任务|项目|问题|议题|实事|工程|课题|议定事项|督办事项)\\s?(${HAN}|\\d{1,3})\\s?[:、.](?!\\d)\\s*`, 'u')],
  ['1.1', /^(?:事项|任务|项目|问题|措施|指标)\s?(\d{1,3}(?:[-—.]\d{1,3}){1,3})\s?[:、.\s]\s*/u],
  ['一、', new RegExp(`^(${HAN})\\s?(?:、|\\.(?!\\d))\\s*`, 'u')],
  ['(一)', new RegExp(`^\\(\\s?(${HAN})\\s?\\)[、.]?\\s*`, 'u')],
  ['一是', /^([一二三四五六七八九十])是[:,]?\s*/u],
  ['1.1', /^(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d%])[.、\s]\s*/u],
  ['1.', /^(\d{1,3})\s?\.(?!\d)\s*/u],
  ['1、', /^(\d{1,3})\s?[、,]\s*/u],
  ['(1)', /^\(\s?(\d{1,3})\s?\)[、.]?\s*/u],
  ['1)', /^(\d{1,3})\)[、.]?\s*/u],
  ['【1】', /^[【[](\d{1,3})[】\]]\s*/u],
  ['①', /^([\u2460-\u2473\u3251-\u325f])[、.]?\s*/u],
  ['1 ', /^(\d{1,3})\s+(?=[\p{Script=Han}“"《〈])(?![年月日])/u],
  ['•', /^([•·●○■□◆◇▲△★☆※✓➢\u25aa]|—{1,2}(?=[\p{Script=Han}“"\d])|-(?=\s\p{Script=Han}))\s*/u],
];

const valueOf = (style: Style, number: string): number | null => {
  if (style === '•') return null;
  if (style === '①') {
    const code = number.codePointAt(0) ?? 0;
    return code >= 0x3251 ? code - 0x3251 + 21 : code - 0x245f;
  }
  return numberOf(style === '1.1' ? number.replace(/^.*[-—.]/u, '') : number);
};

/** The style that a person calls by a first number of it, written narrow or wide: `1.`, `（一）`, `事项一：`. */
export const styleOf = (itemMarker: string): Style | null =>
  STYLES.find((style) => style === itemMarker) ??
  markerOf(`${folded(itemMarker).trim()}:事`)?.style ??
  markerOf(`${folded(itemMarker).trim()} 事`)?.style ??
  null;

/** A number as its style prints it: 二、 of 二. */
export const printedAs = ({ style, number }: Marker): string =>
  style === '①' ? number : style === '•' || number === '' ? '' : style.replace(/[一1]/u, number);

/** The number that a folded line begins with. */
export const markerOf = (text: string): Marker | null => {
  const head = text.slice(0, 16);
  for (const [style, form] of FORMS) {
    const [whole, number] = form.exec(head) ?? [];
    if (whole === undefined || number === undefined) continue;
    const value = valueOf(style, number);
    if (style !== '•' && value === null) continue;
    return { style, value, number, length: whole.length };
  }
  return null;
};
