import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { sha256Hex } from '../kernel/canonical.ts';
import type { ValueOf } from '../kernel/schema.ts';
import { basisAbout } from './about.ts';
import {
  chosenFrom,
  contentTypeOf,
  fileAnswers,
  formatParameter,
  mediaTypeOf,
  nameFile,
  type Chosen,
  type FileFormats,
  type FileKind,
} from './files.ts';
import type { Kit } from './kit.ts';
import { inTurn } from './limits/reads.ts';
import { mementoHeaders, parseAcceptDatetime, timegateHeaders } from './memento.ts';
import { TAGS } from '../messages/language.ts';
import { languageOf } from './negotiate.ts';
import { namesThen } from './names-then.ts';
import { Problem } from './problem.ts';
import { atOf, type Given, type QueryCall, type QueryWords } from './query-call.ts';
import {
  beginReading,
  type Reading,
  READING_NOTES,
  sendFixed,
  sendMade,
  sendPassing,
  sendStreamed,
  sendSubject,
  unlessKnown,
  withBasis,
} from './reading.ts';
import { checked, JSON_TYPE, noFields, register, splitUrl, type Answers, type NoFields } from './route.ts';
import { OF_READS } from './route-problems.ts';
import { basis, fixedBasis, momentOf, timeParameters, type Asked, type FixedBasis } from './time-travel.ts';
import { wording } from '../messages/standing.ts';

/** A read of one thing. Where the answer has a `revision`, that is its ETag. */
export type QuerySpec<Params extends z.ZodObject, Query extends z.ZodObject, Response extends z.ZodObject> = QueryWords<Params, Query> & {
  /** The body without `basis`, which is added. */
  readonly response: Response;
  /** Files for people, each written from the same body. */
  readonly formats?: FileFormats<ValueOf<Response>>;
  /** Where the versions of the thing are listed: makes its URL a time gate (RFC 7089). */
  readonly timemap?: (params: z.infer<Params>) => string;
  /** For what was fixed once: the basis it was made on, in place of the reader's. Its bytes are the same for ever. */
  readonly fixed?: (body: ValueOf<Response>) => FixedBasis;
  /** Whether it also says what is in no log, and may change while its revision stays. */
  readonly passes?: (body: ValueOf<Response>) => boolean;
  readonly run: (call: QueryCall<Params, Query> & { readonly isThen: boolean }) => Given<ValueOf<Response>>;
};

const toMemento = (kit: Kit, request: FastifyRequest, reply: FastifyReply, timemap: string, wanted: string): FastifyReply => {
  const millis = parseAcceptDatetime(wanted, kit.clock.now().epochMilliseconds);
  if (millis instanceof Problem) throw millis;
  const [path] = splitUrl(request.url);
  return reply
    .code(302)
    .headers(timegateHeaders(path, timemap, kit.log.positionAt(millis)))
    .header('vary', 'accept-datetime')
    .send();
};

const TIME_GATE_NOTES = {
  ...READING_NOTES,
  parameters: [...READING_NOTES.parameters, 'AcceptDatetime' as const],
  headers: { ...READING_NOTES.headers, Location: 'Location' as const },
  empty: { ...READING_NOTES.empty, 302: wording('http.version-time-that-accept-datetime-names') },
};

/** Registers a read of one thing that travels in time. */
export const query = <Response extends z.ZodObject, Params extends z.ZodObject = NoFields, Query extends z.ZodObject = NoFields>(
  kit: Kit,
  spec: QuerySpec<Params, Query, Response>,
): void => {
  const response = spec.response.extend({ basis: spec.fixed === undefined ? basis : fixedBasis });
  const formats: FileFormats<ValueOf<Response>> = spec.formats ?? {};
  const isSubject = 'revision' in spec.response.shape;

  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // The casts of this function: params and query are what the schemas given to the route made of them.
    const { asOf, on, minPosition, format: asked, ...sent } = request.query as Asked & { readonly format?: Chosen };
    const params = request.params as z.infer<Params>;
    const timemap = spec.timemap?.(params);
    const wanted = request.headers['accept-datetime'];
    if (timemap !== undefined && asOf === undefined && typeof wanted === 'string') return toMemento(kit, request, reply, timemap, wanted);

    const chosen = chosenFrom(formats, request, asked);
    const type = mediaTypeOf(chosen);
    const format = chosen === 'json' ? undefined : formats[chosen];
    const spoken = languageOf(request);
    const language = format === undefined && spec.spoken !== true ? undefined : spoken;
    const reading = await beginReading(kit, request, reply, { asOf, on, minPosition }, { type, language });
    const { basis: known } = reading.moment;
    if (timemap !== undefined) reply.headers(mementoHeaders(splitUrl(request.url)[0], timemap, known, asOf !== undefined));

    const tagged = (isSubject && format === undefined) || spec.fixed !== undefined;
    const unmade = tagged ? undefined : unlessKnown(kit, reading);
    if (unmade !== undefined) return unmade;

    const own = await namesThen(kit, reading, asOf, sent);
    const at = atOf(reading);
    const body = await inTurn(kit, request, (rest) =>
      spec.run({
        params,
        query: own as z.infer<Query>,
        principal: reading.principal,
        at,
        isThen: asOf !== undefined,
        rest,
        language: spoken,
      }),
    );
    if (language !== undefined) reply.header('content-language', TAGS[language]);
    if (body instanceof Problem) throw body;
    if (spec.fixed !== undefined) {
      const made = spec.fixed(body);
      checked(kit, response, { ...body, basis: made });
      if (chosen === 'json') return sendFixed(reading, JSON_TYPE, withBasis(JSON.stringify(body), made));
      return sendFile(reading, chosen, body, made);
    }
    const about = basisAbout(kit, known, spec.idNames, params, [own, body]);
    checked(kit, response, { ...body, basis: about });
    // The cast: it is a member of the response's schema.
    if (tagged && format === undefined && asOf === undefined && spec.passes?.(body) === true)
      return sendPassing(reading, JSON.stringify(body), about);
    if (tagged && format === undefined) return sendSubject(kit, reading, body as { readonly revision: number }, about);
    if (format === undefined) {
      const content = JSON.stringify(body);
      return sendMade(kit, reading, JSON_TYPE, { text: withBasis(content, about), content, lifetime: at.moment.holds() });
    }
    return sendFile(reading, chosen as FileKind, body, about); // what is not JSON is a file
  };

  /** What never changes is kept by whoever has it; of the present a file is the newest. */
  const sendFile = async (reading: Reading, kind: FileKind, body: ValueOf<Response>, about: FixedBasis): Promise<FastifyReply> => {
    const format = formats[kind];
    if (format === undefined) throw new Error(`nothing is given as ${kind} here`);
    const { principal, language = 'en' } = reading;
    const { bytes, content } = await format.write(body, {
      principal,
      about,
      language,
      names: kit.namesAt({ position: about.position, moment: momentOf(about) }),
    });
    nameFile(reading, (into) => format.fileName(body, about, into), format.inline);
    const type = contentTypeOf(kind);
    if (typeof bytes !== 'string' && !(bytes instanceof Uint8Array)) return sendStreamed(reading, type, () => bytes);
    if (spec.fixed !== undefined) return sendFixed(reading, type, bytes);
    return sendMade(kit, reading, type, { text: bytes, content: content ?? sha256Hex(bytes), lifetime: undefined });
  };

  const answers: Answers = {
    200: {
      description: wording('http.as-known-at-basis-position-judged'),
      content: { 'application/json': { schema: response }, ...fileAnswers(formats) },
    },
  };
  register(kit, {
    ...spec,
    method: 'GET',
    access: spec.roles,
    negotiated: true,
    query: (spec.query ?? noFields).safeExtend({ ...timeParameters, ...formatParameter(formats) }),
    answers,
    problems: spec.timemap === undefined ? OF_READS : [...OF_READS, 'invalid-header'],
    notes: spec.timemap === undefined ? READING_NOTES : TIME_GATE_NOTES,
    handler,
  });
};
