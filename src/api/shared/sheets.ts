import type { z } from 'zod';
import { ownValue } from '../../kernel/own-value.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import type { CellValue, Column, Language, Light, Sheet, Words } from '../../publishing/sheets/sheet.ts';
import { HEADINGS, OF_STATES, STATES } from './sheet-words.ts';

/** Lists as sheets: a column for each field of the item, in the reader's language. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `≥`, `≤` … before a target. */
const COMPARATORS: Readonly<Record<string, string>> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=', approx: '≈' };

const SEPARATOR = { en: '; ', zh: '；' } as const;
const COLON = { en: ': ', zh: '：' } as const;

const word = (field: string, value: string, language: Language): string =>
  language === 'zh' && OF_STATES.has(field) ? (ownValue(STATES, value) ?? value) : value;

const textOf = (field: string, value: unknown, language: Language): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return word(field, value, language);
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value
      .map((each: unknown) => textOf(field, each, language))
      .filter((text) => text !== '')
      .join(SEPARATOR[language]);
  return isRecord(value) ? ofRecord(value, language) : JSON.stringify(value);
};

/** What a person calls a thing that has several fields. */
const ofRecord = (value: Readonly<Record<string, unknown>>, language: Language): string => {
  const text = (field: string): string => textOf(field, ownValue(value, field), language);
  if ('printed' in value && typeof value['printed'] === 'string') return text('printed');
  if ('metric' in value)
    return `${text('metric')} ${ownValue(COMPARATORS, String(value['comparator'])) ?? ''}${text('target')}${text('unit')}`.trim();
  if ('name' in value && 'role' in value) return `${text('name')}（${text('role')}）`;
  if ('name' in value && 'title' in value) return [text('title'), text('name')].filter((part) => part !== '').join(' ');
  if ('name' in value && 'number' in value) return text('name');
  return Object.keys(value)
    .filter((field) => (ownValue(value, field) ?? null) !== null)
    .map(
      (field) =>
        `${language === 'zh' ? (ownValue(HEADINGS, field) ?? ownValue(STATES, field) ?? field) : field}${COLON[language]}${text(field)}`,
    )
    .join(SEPARATOR[language]);
};

const cellOf = (field: string, value: unknown, language: Language): CellValue => {
  if (typeof value === 'number') return value;
  return value === null || value === undefined ? null : textOf(field, value, language);
};

const WIDE = new Set(['text', 'narrative', 'title', 'reason', 'evidence', 'detail', 'assignees', 'measurements', 'standing', 'decision']);

const columnOf = (field: string): Column<object> => ({
  heading: { en: field, zh: ownValue(HEADINGS, field) ?? field },
  width: WIDE.has(field) ? 40 : 16,
  // The cast: fields are those of the item's schema.
  value: (item, language) => cellOf(field, ownValue(item as Readonly<Record<string, unknown>>, field), language),
});

const LIGHTS: Readonly<Record<string, Light>> = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  blue: 'blue',
  grey: 'grey',
  completed: 'green',
  attained: 'green',
  accepted: 'green',
  late: 'red',
  behind: 'red',
  'not-attained': 'red',
  claimed: 'blue',
  requested: 'blue',
  suspended: 'grey',
  cancelled: 'grey',
};

/** The words that a cell may hold in either language, and their colours. */
const lightWords = (): Readonly<Record<string, Light>> =>
  Object.fromEntries(
    Object.entries(LIGHTS).flatMap(([state, light]) =>
      [state, ownValue(STATES, state)].flatMap((shown) => (shown === undefined ? [] : [[shown, light] as const])),
    ),
  );

export type SheetNames = {
  readonly title: Words;
  /** Without the kind of file; the English one in ASCII. */
  readonly fileName: Words;
  /** Fields in the order of their columns; all of the item's unless given. */
  readonly fields?: readonly string[];
};

/** The sheet of a list whose items have this schema. */
export const sheetOf = <Item extends z.ZodObject>(
  item: Item,
  { title, fileName, fields = Object.keys(item.shape) }: SheetNames,
): Sheet<ValueOf<Item>> => {
  const lit = ['light', 'state', 'status'].find((field) => fields.includes(field));
  const column = lit === undefined ? -1 : fields.indexOf(lit);
  return {
    title,
    fileName,
    columns: fields.map(columnOf),
    ...(column === -1 ? {} : { lights: { column, of: lightWords() } }),
  };
};
