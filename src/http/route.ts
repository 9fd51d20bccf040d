import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from './access.ts';
import { anyFile, besideRowFile, byteStream, FILE_TYPES, OCTET_STREAM, plainText, ROW_FILE_TYPES } from './bodies.ts';
import type { Kit } from './kit.ts';
import type { RouteNotes } from './openapi-document.ts';
import { problemsOf, type Refuses } from './route-problems.ts';

/** What every kind of route has in common: how it is registered and described. */

export type RouteWords = {
  /** With `:name` for parameters. */
  readonly url: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** The chapter of the documentation. */
  readonly tags: readonly [string, ...string[]];
  /** Codes of the problems that this call gives, beside those of every call of its kind. */
  readonly refuses?: Refuses;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const noFields = z.strictObject({});
export type NoFields = typeof noFields;

/** The answers of a route by status: media types and their schemas. */
export type Answers = Readonly<
  Record<number, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>> }>
>;

export const jsonAnswer = (description: string, schema: z.ZodType): Answers[number] => ({
  description,
  content: { 'application/json': { schema } },
});

/** An object schema that drops or keeps unknown fields in silence is a rule forgotten. */
export const assertStrict = (url: string, schema: z.ZodObject): void => {
  if (!(schema.def.catchall instanceof z.ZodNever)) throw new Error(`${url}: the schema must refuse unknown fields; use z.strictObject`);
};

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** `postTasksByIdCompletionClaims` of `POST /v1/tasks/:id/completion-claims`. */
const operationId = (method: string, url: string): string => {
  const words = url
    .replace(/^\/v1/u, '')
    .replaceAll('/:', '/by-')
    .split(/[^A-Za-z0-9]+/u);
  return `${method.toLowerCase()}${words.map(capital).join('')}`;
};

const mediaTypesOf = (body: z.ZodType): readonly string[] => {
  if (body === anyFile) return FILE_TYPES;
  if (besideRowFile(body) !== undefined) return ['application/json', ...ROW_FILE_TYPES];
  return [body === plainText ? 'text/plain' : body === byteStream ? OCTET_STREAM : 'application/json'];
};

export const register = (
  kit: Kit,
  route: RouteWords & {
    readonly method: Method;
    readonly access: Access;
    readonly params?: z.ZodObject | undefined;
    readonly query?: z.ZodObject | undefined;
    readonly body?: z.ZodType | undefined;
    readonly bodyLimit?: number | undefined;
    readonly answers: Answers;
    readonly notes: Omit<RouteNotes, 'problems'>;
    /** Whether `Accept` decides what is answered: where there is more than one form, unless given. */
    readonly negotiated?: boolean;
    /** Of its kind. */
    readonly problems: Refuses;
    /** Made from the views as they are at present: not before they hold what they owe. Otherwise the handler sees to it. */
    readonly present?: boolean;
    readonly handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  },
): void => {
  for (const schema of [route.params, route.query]) if (schema !== undefined) assertStrict(route.url, schema);
  const takes = route.body === undefined ? undefined : mediaTypesOf(route.body);
  const forms = Object.keys(Object.assign({}, ...Object.values(route.answers).map(({ content }) => content))).length;
  const negotiated = route.negotiated ?? forms > 1;
  const namesDirective = route.query !== undefined && Object.hasOwn(route.query.shape, 'directive');
  const problems = problemsOf({
    access: route.access,
    takes: takes === undefined ? (route.method === 'DELETE' ? 'json' : 'nothing') : takes.includes('application/json') ? 'json' : 'bytes',
    negotiated,
    others: [...route.problems, ...(route.refuses ?? []), ...(namesDirective ? [{ field: 'directive-unknown' } as const] : [])],
  });
  kit.app.route({
    method: route.method,
    url: route.url,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    config: { access: route.access, problems, negotiated, ...(takes === undefined ? {} : { takes: takes.join(', ') }) },
    schema: {
      operationId: operationId(route.method, route.url),
      summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      tags: route.tags,
      ...(route.access === 'open' ? { security: [] } : {}),
      ...(typeof route.access === 'string' ? {} : { 'x-roles': route.access }),
      ...(route.params === undefined ? {} : { params: route.params }),
      querystring: route.query ?? noFields,
      ...(takes === undefined ? {} : { body: route.body, consumes: takes }),
      response: route.answers,
      'x-notes': { ...route.notes, problems: [...problems] } satisfies RouteNotes,
    },
    handler: async (request, reply) => {
      const late = route.present === true ? await kit.reaching.present() : route.access === 'open' ? undefined : kit.reaching.begun();
      if (late !== undefined) throw late;
      return route.handler(request, reply);
    },
  });
};

/** Its path and its query string, as sent. */
export const splitUrl = (url: string): readonly [path: string, query: string] => {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
};

/** In tests an answer that its own schema refuses is a failure, not an answer. */
export const checked = (kit: Kit, schema: z.ZodType | undefined, body: unknown): void => {
  if (kit.checkResponses && schema !== undefined) {
    const result = schema.safeParse(body);
    if (!result.success) throw new Error('the answer does not fit its schema', { cause: result.error });
  }
};

export const JSON_TYPE = 'application/json; charset=utf-8';
