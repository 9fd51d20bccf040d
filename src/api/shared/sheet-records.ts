import { ownValue } from '../../kernel/own-value.ts';
import { say, type Text } from '../../messages/message.ts';
import { headingSaid, isStateCode, stateIn, stateSaid } from '../../messages/named.ts';
import { BETWEEN_CLAUSES, inWords } from '../../messages/words.ts';
import type { Language } from '../../messages/language.ts';
import type { Reader } from '../../publishing/sheets/sheet.ts';

/** What a cell says of a thing that has several fields. */

type Fields = Readonly<Record<string, unknown>>;
/** The words of one of its fields; empty where there are none. */
type WordsOf = (field: string) => string;

/** `≥`, `≤` … before a target. */
const COMPARATORS: Readonly<Record<string, string>> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=', approx: '≈' };

/** As it stands before a target: nothing, where a person compares. */
export const signOf = (comparator: string): string => ownValue(COMPARATORS, comparator) ?? '';

/** In English its code, which programs read. */
export const comparatorIn = (comparator: string, language: Language): string =>
  language === 'en' ? comparator : (ownValue(COMPARATORS, comparator) ?? stateIn(comparator, language));

const COLON: Readonly<Record<Language, string>> = { en: ': ', zh: '：' };

const together = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
const bracketed = (text: string, inside: string): string => (inside === '' ? text : `${text}（${inside}）`);
const share = (percent: string): string => (percent === '' ? '' : `${percent}%`);

type Kind = { readonly of: readonly string[]; readonly words: (words: WordsOf) => string };

/** Things that have a short name of their own, by fields that they have. The first that fits is taken. */
const SHORT: readonly Kind[] = [
  { of: ['printed'], words: (words) => words('printed') },
  {
    of: ['metric'],
    words: (words) => together(words('metric'), `${words('comparator')}${words('target')}${words('unit')}`),
  },
  {
    of: ['name', 'role', 'status'],
    words: (words) => together(`${bracketed(words('name'), words('role'))}${words('status')}`, share(words('percent'))),
  },
  { of: ['name', 'role'], words: (words) => bracketed(words('name'), words('role')) },
  { of: ['party', 'role'], words: (words) => bracketed(words('party'), words('role')) },
  { of: ['name', 'title'], words: (words) => together(words('title'), words('name')) },
  { of: ['name', 'number'], words: (words) => words('name') },
];

/** Those that people are told in few words, and programs by all their fields. */
const FOR_PEOPLE: readonly Kind[] = [
  { of: ['title', 'due', 'state'], words: (words) => bracketed(`${words('title')} ${words('due')}`, words('state')) },
  { of: ['rule', 'declared'], words: (words) => bracketed(words('state'), words('rule')) },
  { of: ['rule', 'tasks'], words: (words) => `${words('rule')} ${words('tasks')}` },
  {
    of: ['lastReport'],
    words: (words) => (words('percent') === '' ? words('lastReport') : bracketed(share(words('percent')), words('lastReport'))),
  },
  { of: ['unit', 'period', 'receivedAt'], words: (words) => together(words('unit'), words('period')) },
  { of: ['name', 'report', 'receivedAt'], words: (words) => together(words('name'), words('receivedAt')) },
  { of: ['name', 'mediaType'], words: (words) => words('name') },
  { of: ['at', 'channel'], words: (words) => bracketed(words('at'), words('channel')) },
];

const kebab = (field: string): string => field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

const BOTH: readonly Kind[] = [...SHORT, ...FOR_PEOPLE];

/** A member that counts is called by the state that it counts. */
const memberSaid = (field: string, value: unknown): Text => {
  const code = kebab(field);
  if (typeof value === 'number' && isStateCode(code)) return stateSaid(code);
  return headingSaid(field) ?? headingSaid(code) ?? stateSaid(code);
};

const isOfKind = (value: Fields, { of }: Kind): boolean => of.every((field) => Object.hasOwn(value, field));

const isCounts = (value: Fields): boolean => Object.values(value).every((held) => typeof held === 'number');

/** Every field with its name; people are told of counts what there is. */
const all = (value: Fields, words: WordsOf, { language, names }: Reader): string =>
  Object.entries(value)
    .filter(([, held]) => (held ?? null) !== null)
    .filter(([, held]) => held !== 0 || names === undefined || !isCounts(value))
    .map(([field, held]) => `${inWords(memberSaid(field, held), language)}${COLON[language]}${words(field)}`)
    .join(BETWEEN_CLAUSES[language]);

export const recordSaid = (value: Fields, words: WordsOf, reader: Reader): string => {
  const { language, names } = reader;
  const { months, of } = value;
  if (typeof months === 'number' && typeof of === 'number' && (names !== undefined || language !== 'en'))
    return inWords(say('cell.elapsed', { months, of }), language);
  const kind = (names === undefined ? SHORT : BOTH).find((each) => isOfKind(value, each));
  return kind === undefined ? all(value, words, reader) : kind.words(words);
};
