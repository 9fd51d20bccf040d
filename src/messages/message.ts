import type { Catalogue } from './catalogue.ts';

/**
 * What is to be said to a person, not yet in any language: the key of a message and the values that it names. Rules and
 * readers make these; words are put to them at the edge, where it is known who reads (`words.ts`).
 */

/** Lines that make one text: long messages stand in several. */
export type Written = string | readonly string[];
export type Entry = { readonly en: Written; readonly zh: Written };
export type Entries = Readonly<Record<string, Entry>>;

type Joined<Given> = Given extends string
  ? Given
  : Given extends readonly [infer First extends string, ...infer Rest extends readonly string[]]
    ? `${First}${Joined<Rest>}`
    : '';

/** `unit` and `period` of `{$unit} has reported on {$period}`: written as in Unicode MessageFormat 2. */
type NamesIn<Given extends string> = Given extends `${string}{$${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<Given extends Written> = NamesIn<Joined<Given>>;

/** The entry where both languages name the same values; otherwise the names that only one has. */
type Alike<Each extends Entry> = [NamesOf<Each['en']>] extends [NamesOf<Each['zh']>]
  ? [NamesOf<Each['zh']>] extends [NamesOf<Each['en']>]
    ? Each
    : { readonly missingInEnglish: Exclude<NamesOf<Each['zh']>, NamesOf<Each['en']>> }
  : { readonly missingInChinese: Exclude<NamesOf<Each['en']>, NamesOf<Each['zh']>> };

/** A part of the catalogue. One language without the other, or with other values, does not compile. */
export const messages = <const Part extends Entries>(part: Part & { readonly [Key in keyof Part]: Alike<Part[Key]> }): Part => part;

export type MessageKey = keyof Catalogue;

/** A civil day, shown as each language writes days. */
export type Day = { readonly day: string };
/** A number of things, with the separators of each language. */
export type Count = { readonly count: number };
/** Sentences after each other: `; ` stands between them, in Chinese `；`. */
export type Clauses = { readonly clauses: readonly Value[] };
/** One of these: `or` stands between them, in Chinese `或`. */
export type AnyOf = { readonly anyOf: readonly Value[] };
/** A list is shown with the separators of each language, and what is absent not at all. */
export type Value = string | number | null | undefined | Message | Day | Count | Clauses | AnyOf | readonly Value[];

export type Message = { readonly key: MessageKey; readonly values: Readonly<Record<string, Value>> };

/** A message; or a text that stands as it is in every language, such as what a person wrote or another program said. */
export type Text = Message | string;

type ValuesOf<Key extends MessageKey> = [NamesOf<Catalogue[Key]['en']>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<NamesOf<Catalogue[Key]['en']>, Value>>];

/** Keys of messages that name no values. */
export type PlainKey = {
  readonly [Key in MessageKey]: [NamesOf<Catalogue[Key]['en']>] extends [never] ? Key : never;
}[MessageKey];

/** The message of this key, with a value for each name in it. */
export const say = <Key extends MessageKey>(key: Key, ...[values]: ValuesOf<Key>): Message => ({ key, values: values ?? {} });

export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'key' in value && 'values' in value;
