import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ownValue } from '../kernel/own-value.ts';
import type { ValueOf } from '../kernel/schema.ts';
import { basisAbout } from './about.ts';
import { chosenFrom, fileAnswers, formatParameter, mediaTypeOf, type Chosen } from './files.ts';
import { TAGS } from '../messages/language.ts';
import { languageOf } from './negotiate.ts';
import { pagesFrom, partsInTurn, sendSheet, SHEET_FORMATS, SHEET_PAGE } from './sheet-files.ts';
import type { Sheet } from '../publishing/sheets/sheet.ts';
import type { Kit } from './kit.ts';
import { namesThen } from './names-then.ts';
import { pageTexts } from './limits/page-texts.ts';
import { inTurn } from './limits/reads.ts';
import type { Rest } from './limits/turns.ts';
import { DEFAULT_LIMIT, filtersDigest, listParameters, nextLink, readCursor, writeCursor, type Page, type Paging } from './pages.ts';
import { Problem } from './problem.ts';
import { atOf, type Given, type QueryCall, type QueryWords } from './query-call.ts';
import { beginReading, READING_NOTES, sendMade, unlessKnown, withBasis } from './reading.ts';
import { checked, JSON_TYPE, noFields, register, splitUrl, type NoFields } from './route.ts';
import { OF_READS } from './route-problems.ts';
import { basis, timeParameters, type Asked } from './time-travel.ts';
import { wording } from '../messages/standing.ts';

/** A read of many, in pages. */
export type ListSpec<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Item extends z.ZodType,
  Key extends z.ZodType,
  More extends z.ZodObject,
> = QueryWords<Params, Query> & {
  readonly item: Item;
  /** Members of the answer beside the common ones: what is said of the whole list, the same on every page. */
  readonly more?: More;
  /** The schema of what identifies an item in the order of the list: text unless given. */
  readonly key?: Key;
  /** The whole list as a table for people; by what is asked for, where its columns hang on that. */
  readonly sheet?: Sheet<ValueOf<Item>> | ((query: z.infer<Query>) => Sheet<ValueOf<Item>>);
  /**
   * For a list that `run` makes whole for each of its pages: the same items in the same order, part after part, so that a
   * table of all of them is made once and never held whole. A refusal is thrown before the first part.
   */
  readonly inParts?: (call: QueryCall<Params, Query>) => AsyncIterable<readonly ValueOf<Item>[]>;
  /** Gives a page, by `page` or `cut` of pages.ts. */
  readonly run: (
    call: QueryCall<Params, Query> & { readonly paging: Paging<z.infer<Key>> },
  ) => Given<Page<ValueOf<Item>, z.infer<Key>> & { readonly more?: ValueOf<More> | undefined }>;
};

/** The text of a page but for its basis; `more` are members beside the common ones. */
const listText = (items: readonly string[], next: unknown, more: object): string => {
  const others = JSON.stringify(more).slice(1, -1);
  return `{"items":[${items.join(',')}],"next":${JSON.stringify(next)}${others === '' ? '' : `,${others}`}}`;
};

/** Registers a read of many that travels in time. */
export const list = <
  Item extends z.ZodType,
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Key extends z.ZodType = z.ZodString,
  More extends z.ZodObject = NoFields,
>(
  kit: Kit,
  spec: ListSpec<Params, Query, Item, Key, More>,
): void => {
  const response = z.strictObject({
    items: z.array(spec.item),
    next: z.string().nullable().describe(wording('http.cursor-next-page-null-on-last')),
    total: z.int().min(0).optional().describe(wording('http.items-all-pages-together-left-out')),
    ...spec.more?.shape,
    basis,
  });
  const keySchema = spec.key ?? z.string();
  const { sheet } = spec;
  const formats = sheet === undefined ? {} : SHEET_FORMATS;

  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // The casts of this function: params, query and key are what the schemas given to the route made of them.
    const {
      asOf,
      on,
      minPosition,
      limit = DEFAULT_LIMIT,
      cursor,
      format,
      ...sent
    } = request.query as Asked & { readonly limit?: number; readonly cursor?: string; readonly format?: Chosen };
    const params = request.params as z.infer<Params>;
    const filters = filtersDigest(splitUrl(request.url)[0], sent);
    const from = cursor === undefined ? undefined : readCursor(cursor, keySchema, filters);
    if (from instanceof Problem) throw from;

    const chosen = chosenFrom(formats, request, format);
    const spoken = languageOf(request);
    const language = chosen === 'json' && spec.spoken !== true ? undefined : spoken;
    const form = { type: mediaTypeOf(chosen), language };
    const reading = await beginReading(kit, request, reply, { asOf, on, minPosition, pinned: from }, form);
    const unmade = unlessKnown(kit, reading);
    if (unmade !== undefined) return unmade;

    const own = await namesThen(kit, reading, asOf, sent);
    const at = atOf(reading);
    const call = { params, query: own as z.infer<Query>, principal: reading.principal, at, language: spoken };
    const pageAt = async (
      paging: Paging<z.infer<Key>>,
      rest: Rest,
    ): Promise<Page<ValueOf<Item>, z.infer<Key>> & { readonly more?: ValueOf<More> | undefined }> => {
      const made = await spec.run({ ...call, paging, rest });
      if (made instanceof Problem) throw made;
      return made;
    };
    if (chosen !== 'json' && sheet !== undefined) {
      const sheetPage = async (after: z.infer<Key> | undefined) =>
        inTurn(kit, request, (rest) => pageAt({ limit: SHEET_PAGE, after }, rest));
      const inTurns = (make: (rest: Rest) => AsyncIterable<readonly ValueOf<Item>[]>) =>
        partsInTurn(make, async (work) => inTurn(kit, request, work));
      // The first page before the head of the answer: what is refused is refused as a problem, not as half a file.
      const { inParts } = spec;
      const pages =
        inParts === undefined ? pagesFrom(await sheetPage(undefined), sheetPage) : await inTurns((rest) => inParts({ ...call, rest }));
      const asked: Readonly<Record<string, unknown>> = {
        ...own,
        ...(spec.idNames === 'directive' && { directive: ownValue(params, 'id') }),
      };
      const text = (name: string): string | undefined => {
        const given = ownValue(asked, name);
        return typeof given === 'string' ? given : undefined;
      };
      const about = { directive: text('directive'), unit: text('unit'), period: text('period') };
      const table = typeof sheet === 'function' ? sheet(call.query) : sheet;
      return sendSheet(reading, table, chosen, pages, { names: kit.namesAt(at), about });
    }
    if (language !== undefined) reply.header('content-language', TAGS[language]);
    const after = from?.key as z.infer<Key> | undefined;
    const [given, texts] = await inTurn(kit, request, async (rest) => {
      const whole = await pageAt({ limit, after }, rest);
      const fitting = await pageTexts(whole.items, kit.limits.pageBytes, rest);
      return [fitting.length === whole.items.length ? whole : await pageAt({ limit: fitting.length, after }, rest), fitting] as const;
    });
    const next = given.next === null ? null : writeCursor({ position: at.position, at: at.moment.at, key: given.next, filters });
    const body = { items: given.items, next, ...(given.total === undefined ? {} : { total: given.total }), ...given.more };
    if (next !== null) reply.headers(nextLink(request.url, 'cursor', next));
    const about = basisAbout(kit, reading.moment.basis, spec.idNames, params, [own]);
    checked(kit, response, { ...body, basis: about });
    // The cursor holds the moment as well: of the content it is the key.
    return sendMade(kit, reading, JSON_TYPE, {
      text: withBasis(listText(texts, next, { total: given.total, ...given.more }), about),
      content: listText(texts, given.next, { total: given.total, ...given.more }),
      lifetime: at.moment.holds(),
    });
  };

  register(kit, {
    ...spec,
    method: 'GET',
    access: spec.roles,
    negotiated: true,
    query: (spec.query ?? noFields).safeExtend({ ...timeParameters, ...listParameters, ...formatParameter(formats) }),
    answers: {
      200: {
        description: wording('http.page-as-known-at-basis-position'),
        content: { 'application/json': { schema: response }, ...fileAnswers(formats) },
      },
    },
    problems: OF_READS,
    notes: { ...READING_NOTES, headers: { ...READING_NOTES.headers, Link: 'Link' } },
    handler,
  });
};
