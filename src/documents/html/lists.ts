import { ownValue } from '../../kernel/own-value.ts';
import { formOf } from '../number-forms.ts';
import { attribute, type Element } from './tree.ts';

/** The numbers that a page's lists show before their items. */

const FORMS: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  decimal: 'decimal',
  'decimal-leading-zero': 'decimalZero',
  'lower-alpha': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'lower-latin': 'lowerLetter',
  'upper-latin': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'cjk-ideographic': 'chineseCounting',
  'trad-chinese-informal': 'chineseCounting',
  'simp-chinese-informal': 'chineseCounting',
  'cjk-decimal': 'ideographDigital',
};
const CJK = /cjk|chinese/u;

const styleOf = (element: Element): string | undefined =>
  /list-style(?:-type)?\s*:\s*(?:inside\s+|outside\s+)?([a-z-]+)/iu.exec(attribute(element, 'style') ?? '')?.[1]?.toLowerCase();

const whole = (value: string | undefined): number | undefined =>
  value !== undefined && /^\s*-?\d{1,6}/u.test(value) ? Number.parseInt(value, 10) : undefined;

/** Numbers of the items of one list, in order; null where the list shows none. */
export const itemNumbers = (list: Element): ((item: Element) => string | null) => {
  let count = (whole(attribute(list, 'start')) ?? 1) - 1;
  return (item) => {
    count = whole(attribute(item, 'value')) ?? count + 1;
    const style = styleOf(item) ?? styleOf(list) ?? attribute(list, 'type') ?? '1';
    const form = ownValue(FORMS, style);
    if (list.tagName !== 'ol' || form === undefined || count < 1) return null;
    return `${formOf(form)(count)}${CJK.test(style) ? '、' : '.'}`;
  };
};
