import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ValueOf } from '../kernel/schema.ts';
import { basisAbout } from './about.ts';
import { savedAs } from './attachment-name.ts';
import type { Kit } from './kit.ts';
import { mementoHeaders, parseAcceptDatetime, timegateHeaders } from './memento.ts';
import { preferred, preferredLanguage, type Language } from './negotiate.ts';
import { problem, Problem } from './problem.ts';
import { atOf, type Given, type QueryCall, type QueryWords } from './query-call.ts';
import { beginReading, type Reading, READING_NOTES, sendFixed, sendMade, sendSubject, unlessKnown, withBasis } from './reading.ts';
import { checked, JSON_TYPE, noFields, register, splitUrl, type Answers, type NoFields } from './route.ts';
import { basis, fixedBasis, timeParameters, type Asked, type FixedBasis } from './time-travel.ts';

/** A read of one thing. Where the answer has a `revision`, that is its ETag. */
export type QuerySpec<Params extends z.ZodObject, Query extends z.ZodObject, Response extends z.ZodObject> = QueryWords<Params, Query> & {
  /** The body without `basis`, which is added. */
  readonly response: Response;
  /** Other media types, by `Accept`: each written from the same body. */
  readonly formats?: Readonly<Record<string, Format<Response>>>;
  /** Where the versions of the thing are listed: makes its URL a time gate (RFC 7089). */
  readonly timemap?: (params: z.infer<Params>) => string;
  /** For what was fixed once: the basis it was made on, in place of the reader's. Its bytes are the same for ever. */
  readonly fixed?: (body: ValueOf<Response>) => FixedBasis;
  readonly run: (call: QueryCall<Params, Query>) => Given<ValueOf<Response>>;
};

/** A file for people, in their language. */
type Format<Response extends z.ZodObject> = {
  readonly write: (body: ValueOf<Response>, at: FixedBasis, language: Language) => string;
  /** What it is saved as; in English in ASCII. */
  readonly fileName: (body: ValueOf<Response>, at: FixedBasis, language: Language) => string;
};

const toMemento = (kit: Kit, request: FastifyRequest, reply: FastifyReply, timemap: string, wanted: string): FastifyReply => {
  const millis = parseAcceptDatetime(wanted, kit.clock.now().epochMilliseconds);
  if (millis instanceof Problem) throw millis;
  const [path] = splitUrl(request.url);
  return reply
    .code(302)
    .headers(timegateHeaders(path, timemap, kit.log.positionAt(millis)))
    .header('vary', 'authorization, accept-datetime')
    .send();
};

/** The text of a file, whose answer says what to save it as. */
const written = <Response extends z.ZodObject>(
  { reply, language = 'en' }: Reading,
  format: Format<Response>,
  body: ValueOf<Response>,
  at: FixedBasis,
): string => {
  reply
    .header('content-language', language)
    .header('content-disposition', savedAs(format.fileName(body, at, 'en'), format.fileName(body, at, language)));
  return format.write(body, at, language);
};

/** Registers a read of one thing that travels in time. */
export const query = <Response extends z.ZodObject, Params extends z.ZodObject = NoFields, Query extends z.ZodObject = NoFields>(
  kit: Kit,
  spec: QuerySpec<Params, Query, Response>,
): void => {
  const response = spec.response.extend({ basis: spec.fixed === undefined ? basis : fixedBasis });
  const formats: Readonly<Record<string, Format<Response> | undefined>> = spec.formats ?? {};
  const offered = ['application/json', ...Object.keys(formats)];
  const negotiated = offered.length > 1;
  const isSubject = 'revision' in spec.response.shape;

  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // The casts of this function: params and query are what the schemas given to the route made of them.
    const { asOf, on, minPosition, ...own } = request.query as Asked;
    const params = request.params as z.infer<Params>;
    const timemap = spec.timemap?.(params);
    const wanted = request.headers['accept-datetime'];
    if (timemap !== undefined && asOf === undefined && typeof wanted === 'string') return toMemento(kit, request, reply, timemap, wanted);

    const type = negotiated ? preferred(request.headers.accept, offered) : offered[0];
    if (type === undefined) throw problem('not-acceptable', `this is given as ${offered.join(' or ')}`);
    const format = formats[type];
    const language = format === undefined ? undefined : preferredLanguage(request.headers['accept-language']);
    const reading = await beginReading(kit, request, reply, { asOf, on, minPosition }, { type, negotiated, language });
    const { basis: known } = reading.moment;
    if (timemap !== undefined) reply.headers(mementoHeaders(splitUrl(request.url)[0], timemap, known, asOf !== undefined));

    const tagged = (isSubject && format === undefined) || spec.fixed !== undefined;
    const unmade = tagged ? undefined : unlessKnown(kit, reading);
    if (unmade !== undefined) return unmade;

    const at = atOf(reading);
    const body = await spec.run({ params, query: own as z.infer<Query>, principal: reading.principal, at });
    if (body instanceof Problem) throw body;
    if (spec.fixed !== undefined) {
      const made = spec.fixed(body);
      checked(kit, response, { ...body, basis: made });
      return format === undefined
        ? sendFixed(reading, JSON_TYPE, withBasis(JSON.stringify(body), made))
        : sendFixed(reading, `${type}; charset=utf-8`, written(reading, format, body, made));
    }
    const about = basisAbout(kit, known, spec.idNames, params, [own, body]);
    checked(kit, response, { ...body, basis: about });
    if (tagged) return sendSubject(kit, reading, body as { readonly revision: number }, about); // it is a member of the response's schema
    if (format === undefined) {
      const content = JSON.stringify(body);
      return sendMade(kit, reading, JSON_TYPE, { text: withBasis(content, about), content, lifetime: at.moment.holds() });
    }
    const text = written(reading, format, body, about);
    return sendMade(kit, reading, `${type}; charset=utf-8`, { text, content: text, lifetime: undefined });
  };

  const others = Object.fromEntries(Object.keys(formats).map((name) => [name, { schema: z.string() }]));
  const answers: Answers = {
    200: {
      description: 'As known at `basis.position`, judged at `basis.at`.',
      content: { 'application/json': { schema: response }, ...others },
    },
  };
  register(kit, {
    ...spec,
    method: 'GET',
    access: spec.roles,
    query: (spec.query ?? noFields).safeExtend(timeParameters),
    answers,
    notes: negotiated ? { ...READING_NOTES, problems: [...READING_NOTES.problems, 406] } : READING_NOTES,
    handler,
  });
};
