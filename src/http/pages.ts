import { z } from 'zod';
import { digestOf } from '../kernel/canonical.ts';
import { FIRST_MILLIS, LAST_MILLIS } from '../kernel/schema.ts';
import { wholeFrom } from './parameters.ts';
import { fieldProblem, type Problem } from './problem.ts';
import { splitUrl } from './route.ts';
import { say, type Message } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';

/**
 * Lists in pages that never shift: a cursor holds the position and moment of the first page, the key of the last item
 * given, and a digest of the filters, so that it goes on with the same question or not at all.
 */

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 500;

const WHOLE = /^(?:0|[1-9]\d{0,14})$/u;

export const listParameters = {
  limit: z
    .string()
    .regex(WHOLE, wording('http.must-be-whole-number'))
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, wording('http.must-be-1-to', { maxLimit: MAX_LIMIT }))
    .optional()
    .meta({
      ...wholeFrom(1, MAX_LIMIT),
      description: wording('http.items-in-page-1-to-by', { maxLimit: MAX_LIMIT, defaultLimit: DEFAULT_LIMIT }),
    }),
  cursor: z.string().max(4000).optional().describe(wording('http.next-page-before-with-same-filters')),
} as const satisfies z.ZodRawShape;

/** What a list gives from: `after` is the key of the last item of the page before, undefined on the first page. */
export type Paging<Key> = { readonly limit: number; readonly after: Key | undefined };

/** One page, and the key of its last item where more follows. */
export type Page<Item, Key> = {
  readonly items: readonly Item[];
  readonly next: Key | null;
  /** Items of all pages, where the list was made whole anyway: nothing is read only to be counted. */
  readonly total?: number | undefined;
};

/** A page of rows read from a key on: give `limit + 1` of them, so that it shows whether more follows. */
export const cut = <Row, Key>(rows: readonly Row[], limit: number, keyOf: (row: Row) => Key): Page<Row, Key> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
};

/** A page of a list that was computed whole, in its order. Keys are unique in it. */
export const page = <Item>(
  items: readonly Item[],
  { limit, after }: Paging<string>,
  keyOf: (item: Item) => string,
): Page<Item, string> | Problem => {
  const total = items.length;
  if (after === undefined) return { ...cut(items, limit, keyOf), total };
  const last = items.findIndex((item) => keyOf(item) === after);
  // At one position and moment the list is the same on every page, so only a made-up cursor names what is not in it.
  if (last === -1) return badCursor();
  return { ...cut(items.slice(last + 1, last + 2 + limit), limit, keyOf), total };
};

/** `Link` to the next page (RFC 8288): the URL asked for, with `name` saying where to go on. */
export const nextLink = (url: string, name: 'cursor' | 'after', next: string | number): Readonly<Record<'link', string>> => {
  const [path, query] = splitUrl(url);
  const parameters = new URLSearchParams(query);
  parameters.set(name, String(next));
  return { link: `<${path.replaceAll('>', '%3E')}?${parameters.toString()}>; rel="next"` };
};

const badCursor = (message: Message = say('http.not-one-that-this-list-gave')): Problem =>
  fieldProblem('invalid-input', '/cursor', message);

/** The digest says that a cursor is used with the filters it was given for; it keeps no secret. */
export const filtersDigest = (path: string, filters: object): string => digestOf({ path, filters }).slice(0, 16);

/** `at` in epoch ms. */
export type Cursor<Key> = { readonly position: number; readonly at: number; readonly key: Key; readonly filters: string };

const wire = z.tuple([z.int().min(0), z.int().min(FIRST_MILLIS).max(LAST_MILLIS), z.unknown(), z.string()]);

export const writeCursor = ({ position, at, key, filters }: Cursor<unknown>): string =>
  Buffer.from(JSON.stringify([position, at, key, filters])).toString('base64url');

const decoded = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

export const readCursor = <Key extends z.ZodType>(text: string, key: Key, filters: string): Cursor<z.infer<Key>> | Problem => {
  const parts = wire.safeParse(decoded(text));
  if (!parts.success) return badCursor();
  const [position, at, after, digest] = parts.data;
  const known = key.safeParse(after);
  if (!known.success) return badCursor();
  return digest === filters ? { position, at, key: known.data, filters } : badCursor(say('http.was-given-for-other-filters'));
};
