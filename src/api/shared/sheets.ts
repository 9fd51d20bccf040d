import type { z } from 'zod';
import { ownValue } from '../../kernel/own-value.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { headingSaid, stateIn, stateSaid, type SheetName } from '../../messages/named.ts';
import { BETWEEN_CLAUSES, inEach, inWords } from '../../messages/words.ts';
import type { CellValue, Column, Light, Sheet } from '../../publishing/sheets/sheet.ts';

/** Lists as sheets: a column for each field of the item, in the reader's language. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `≥`, `≤` … before a target. */
const COMPARATORS: Readonly<Record<string, string>> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=', approx: '≈' };

const COLON: Readonly<Record<Language, string>> = { en: ': ', zh: '：' };

/** Fields that hold a value of a closed list. */
export const OF_STATES: ReadonlySet<string> = new Set([
  'light',
  'state',
  'status',
  'kind',
  'taskKind',
  'role',
  'timeliness',
  'declared',
  'rule',
  'to',
]);

const word = (field: string, value: string, language: Language): string => (OF_STATES.has(field) ? stateIn(value, language) : value);

const textOf = (field: string, value: unknown, language: Language): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return word(field, value, language);
  if (typeof value === 'boolean') return inWords(say(value ? 'cell.yes' : 'cell.no'), language);
  if (Array.isArray(value))
    return value
      .map((each: unknown) => textOf(field, each, language))
      .filter((text) => text !== '')
      .join(BETWEEN_CLAUSES[language]);
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
    .map((field) => `${inWords(headingSaid(field) ?? stateSaid(field), language)}${COLON[language]}${text(field)}`)
    .join(BETWEEN_CLAUSES[language]);
};

/** The value of a field as a cell shows it. */
export const cellOf = (field: string, value: unknown, language: Language): CellValue => {
  if (typeof value === 'number') return value;
  return value === null || value === undefined ? null : textOf(field, value, language);
};

const WIDE = new Set(['text', 'narrative', 'title', 'reason', 'evidence', 'detail', 'assignees', 'measurements', 'standing', 'decision']);

const columnOf = (field: string): Column<object> => ({
  heading: inEach(headingSaid(field) ?? field),
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
    Object.entries(LIGHTS).flatMap(([state, light]) => Object.values(inEach(stateSaid(state))).map((shown) => [shown, light] as const)),
  );

/** The sheet of a list whose items have this schema; fields in the order of their columns, all of the item's unless given. */
export const sheetOf = <Item extends z.ZodObject>(
  item: Item,
  name: SheetName,
  fields: readonly string[] = Object.keys(item.shape),
): Sheet<ValueOf<Item>> => {
  const lit = ['light', 'state', 'status'].find((field) => fields.includes(field));
  const column = lit === undefined ? -1 : fields.indexOf(lit);
  const title = inEach(say(`sheet.${name}`));
  return {
    title,
    fileName: { ...title, en: name },
    columns: fields.map(columnOf),
    ...(column === -1 ? {} : { lights: { column, of: lightWords() } }),
  };
};
