import { z } from 'zod';
import { ownValue } from '../../kernel/own-value.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import { dueRuleSaid } from '../../domain/directives/due-rule.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { isStateCode, stateIn, stateSaid, type SheetName } from '../../messages/named.ts';
import { BETWEEN_CLAUSES, inEach, inWords } from '../../messages/words.ts';
import type { CellValue, Light, Reader, Sheet } from '../../publishing/sheets/sheet.ts';
import { dayCell, decimalCell, wallCell } from '../../publishing/sheets/typed.ts';

import { addressIn } from './sheet-addresses.ts';
import { DAYS, FIGURES, placed, type Called } from './sheet-columns.ts';
import { comparatorIn, recordSaid, signOf } from './sheet-records.ts';

/** Lists as sheets: a column for each field of the item, in the reader's language. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  'channel',
]);

const word = (field: string, value: string, language: Language): string => {
  if (field === 'dueRule') return inWords(dueRuleSaid(value), language);
  if (field === 'comparator') return comparatorIn(value, language);
  if (field === 'address') return addressIn(value, language);
  return OF_STATES.has(field) ? stateIn(value, language) : value;
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;

/** To people as a clock on the wall shows it; what is due before midnight is due at 24:00 of the day before. */
const instantIn = (field: string, value: string, { names }: Reader): string => {
  if (names === undefined) return value;
  const at = Temporal.Instant.from(value).toZonedDateTimeISO(names.timeZone);
  const isMidnight = at.hour === 0 && at.minute === 0 && at.second === 0;
  if (field === 'due' && isMidnight) return `${at.toPlainDate().subtract({ days: 1 }).toString()} 24:00`;
  return at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
};

/** Lists of ids, shown as what people call them. */
const TASK_LISTS = new Set(['missing', 'notYetDue', 'settled', 'tasks']);
const UNIT_LISTS = new Set(['responsible']);
/** In a thing with several fields. */
const OF_UNITS = new Set(['unit', 'party']);
/** Whoever sent something: a unit by its name, an account that is called after its role by that role. */
const SENDERS = new Set(['by', 'claimedBy']);
const OF_DUTIES = new Set(['kind', 'duty']);

const named = (field: string, value: string, { names, language }: Reader): string => {
  if (names === undefined) return value;
  if (SENDERS.has(field)) return stateIn(names.unit(value), language);
  if (OF_DUTIES.has(field)) return isStateCode(value) ? value : names.duty(value);
  if (field === 'subject') return names.task(names.unit(names.directive(value)));
  return TASK_LISTS.has(field) ? names.task(value) : UNIT_LISTS.has(field) ? names.unit(value) : value;
};

/** Lists of which people read each entry on a line of its own. */
const ON_LINES = new Set(['statements', 'milestones']);

const textOf = (field: string, value: unknown, reader: Reader): string => {
  const { language } = reader;
  if (value === null || value === undefined) return '';
  if (typeof value === 'string')
    return INSTANT.test(value) ? instantIn(field, value, reader) : word(field, named(field, value, reader), language);
  if (typeof value === 'boolean') return inWords(say(value ? 'cell.yes' : 'cell.no'), language);
  if (Array.isArray(value))
    return value
      .map((each: unknown) => textOf(field, each, reader))
      .filter((text) => text !== '')
      .join(reader.names !== undefined && ON_LINES.has(field) ? '\n' : BETWEEN_CLAUSES[language]);
  return isRecord(value) ? wordsIn(value, reader) : JSON.stringify(value);
};

/** Of a thing with several fields: its ids are names there, for no cell of it is read by its id. */
export const wordsIn = (value: Readonly<Record<string, unknown>>, reader: Reader): string =>
  recordSaid(
    value,
    (field) => {
      const held = ownValue(value, field);
      if (typeof held !== 'string') return textOf(field, held, reader);
      if (field === 'comparator') return signOf(held);
      return reader.names !== undefined && OF_UNITS.has(field) ? reader.names.unit(held) : textOf(field, held, reader);
    },
    reader,
  );

/** For people a day is a day, and a figure a number. */
const typedCell = (field: string, value: string, text: string): CellValue => {
  if (INSTANT.test(value)) return wallCell(text);
  if (DAYS.has(field)) return dayCell(text);
  return FIGURES.has(field) ? decimalCell(text) : text;
};

const cellOf = (field: string, value: unknown, reader: Reader): CellValue => {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return null;
  const text = textOf(field, value, reader);
  return reader.names === undefined || typeof value !== 'string' ? text : typedCell(field, value, text);
};

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
export const lightWords = (): Readonly<Record<string, Light>> =>
  Object.fromEntries(
    Object.entries(LIGHTS).flatMap(([state, light]) => Object.values(inEach(stateSaid(state))).map((shown) => [shown, light] as const)),
  );

/** What a count of is not as it should be, or waits. */
const COUNT_LIGHTS: Readonly<Record<string, Light>> = { late: 'red', missing: 'red', awaiting: 'blue' };

/** What a sheet has otherwise than its item, by fields. */
type Shaping = {
  /** In the order of their columns; all of the item's unless given. */
  readonly fields?: readonly string[];
  /** Headings of columns that are called otherwise than their fields are everywhere. */
  readonly called?: Called;
  /** What nobody reads on paper: folded away, and shown with one click. */
  readonly folded?: readonly string[];
};

/** The sheet of a list whose items have this schema. */
export const sheetOf = <Item extends z.ZodObject>(
  item: Item,
  name: SheetName,
  { fields = Object.keys(item.shape), called = {}, folded = [] }: Shaping = {},
): Sheet<ValueOf<Item>> => {
  const isNumber = (field: string): boolean => ownValue(item.shape, field) instanceof z.ZodNumber;
  const all = placed(fields, { isNumber, cell: cellOf, called, folded });
  const lit = ['light', 'state', 'status'].find((field) => fields.includes(field));
  const column = all.findIndex(({ field }) => field === lit);
  const title = inEach(say(`sheet.${name}`));
  return {
    title,
    fileName: { ...title, en: name },
    columns: all.map(({ column: each }) => each),
    ...(column === -1 ? {} : { lights: { column, of: lightWords() } }),
    counts: all.flatMap(({ field }, at) => {
      const light = isNumber(field) ? ownValue(COUNT_LIGHTS, field) : undefined;
      return light === undefined ? [] : [{ column: at, light }];
    }),
  };
};
