import { catalogue } from './catalogue.ts';
import { TAGS, type Language } from './language.ts';
import { isMessage, type Entry, type Message, type Text, type Value, type Written } from './message.ts';

/** Messages in the words of a language. */

const joined = (written: Written): string => (typeof written === 'string' ? written : written.join(''));

/** The text of an entry as it is written, with its names. */
export const writtenIn = (entry: Entry, language: Language): string => joined(entry[language]);

export const NAME = /\{\$(\w+)\}/gu;

const counts: Readonly<Record<Language, Intl.NumberFormat>> = { en: new Intl.NumberFormat(TAGS.en), zh: new Intl.NumberFormat(TAGS.zh) };
/** 2023年6月30日; in English texts days stand as in the interface, 2023-06-30. */
const chineseDay = new Intl.DateTimeFormat(TAGS.zh, { dateStyle: 'long', timeZone: 'UTC' });
const BETWEEN: Readonly<Record<Language, string>> = { en: ', ', zh: '、' };
/** What stands between sentences, and between the parts of a cell. */
export const BETWEEN_CLAUSES: Readonly<Record<Language, string>> = { en: '; ', zh: '；' };
const BETWEEN_CHOICES: Readonly<Record<Language, string>> = { en: ' or ', zh: '或' };

const dayIn = (day: string, language: Language): string => {
  const millis = language === 'zh' ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(millis) ? day : chineseDay.format(millis);
};

const valueIn = (value: Value, language: Language): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((each: Value) => valueIn(each, language)).join(BETWEEN[language]);
  if ('anyOf' in value) return value.anyOf.map((each) => valueIn(each, language)).join(BETWEEN_CHOICES[language]);
  if ('clauses' in value) return value.clauses.map((each) => valueIn(each, language)).join(BETWEEN_CLAUSES[language]);
  if ('day' in value) return dayIn(value.day, language);
  if ('count' in value) return counts[language].format(value.count);
  return isMessage(value) ? inWords(value, language) : '';
};

const entries: ReadonlyMap<string, Entry> = new Map(Object.entries(catalogue));

/** Whether this is a message of this catalogue, with all the values that it names; what was recorded may be older. */
export const isSayable = (value: unknown): value is Message => {
  if (!isMessage(value) || typeof value.values !== 'object') return false;
  const entry = entries.get(value.key);
  const values = value.values;
  return entry !== undefined && [...writtenIn(entry, 'en').matchAll(NAME)].every(([, name = '']) => Object.hasOwn(values, name));
};

/** What a message says in a language; a text that is none stays as it is. */
export const inWords = (text: Text, language: Language): string => {
  if (typeof text === 'string') return text;
  const entry = entries.get(text.key);
  if (entry === undefined) throw new Error(`no message is called ${text.key}`);
  const values = new Map(Object.entries(text.values));
  return writtenIn(entry, language).replaceAll(NAME, (_, name: string) => valueIn(values.get(name) ?? '', language));
};

/** What a message says in every language. */
export const inEach = (text: Text): Readonly<Record<Language, string>> => ({ en: inWords(text, 'en'), zh: inWords(text, 'zh') });

/** For the log and for whoever reads the code: both are in English. */
export const inEnglish = (text: Text): string => inWords(text, 'en');
