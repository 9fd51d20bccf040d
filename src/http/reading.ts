import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../kernel/canonical.ts';
import { principalOf } from './access.ts';
import type { Kit } from './kit.ts';
import type { RouteNotes } from './openapi-document.ts';
import { isAny, namesTag, revisionTag } from './preconditions.ts';
import { scopeOf, type Principal } from './principal.ts';
import { Problem } from './problem.ts';
import { JSON_TYPE, splitUrl } from './route.ts';
import type { Asked, Basis, Moment } from './time-travel.ts';

/** One read on its way: at which moment, for whom, and how its answer may be kept. */
export type Reading = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
  readonly moment: Moment;
  /** Whether `Accept` chose among several media types. */
  readonly negotiated: boolean;
};

export const beginReading = async (
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  negotiated: boolean,
): Promise<Reading> => {
  const moment = await kit.travel(asked);
  if (moment instanceof Problem) throw moment;
  return { request, reply, principal: principalOf(request), moment, negotiated };
};

export const READING_NOTES: RouteNotes = {
  problems: [400, 401, 403, 404, 500, 503],
  parameters: ['IfNoneMatch'],
  headers: { ETag: 'ETag', 'Content-Location': 'ContentLocation', 'Cache-Control': 'CacheControl' },
  bodyOptional: false,
};

const TIME_NAMES = new Set(['asOf', 'on', 'minPosition']);

/** The URL under which this very answer stays: with its position and day. */
const lastingUrl = (url: string, { position, on }: Basis): string => {
  const [path, query] = splitUrl(url);
  const others = query.split('&').filter((part) => part !== '' && !TIME_NAMES.has(part.split('=', 1)[0] ?? ''));
  return `${path}?${[...others, `asOf=@${position}`, `on=${on}`].join('&')}`;
};

const IMMUTABLE = 'private, max-age=31536000, immutable';

const setHeaders = ({ request, reply, moment, negotiated }: Reading, tag: string): void => {
  reply
    .header('etag', tag)
    .header('cache-control', moment.final ? IMMUTABLE : 'private, no-cache')
    .header('content-location', lastingUrl(request.url, moment.basis))
    .header('vary', negotiated ? 'authorization, accept' : 'authorization');
};

const notModified = (reading: Reading, tag: string): FastifyReply => {
  setHeaders(reading, tag);
  return reading.reply.code(304).send();
};

/** A tag of all that such an answer depends on, so that it is known to hold before the answer is made. */
export const momentTag = ({ request, principal, moment: { basis } }: Reading, type: string): string =>
  `"${sha256Hex(JSON.stringify([basis, request.url, scopeOf(principal), type])).slice(0, 32)}"`;

/** The answer to a sender that has this one already; undefined where it must be made. */
export const unlessKept = (reading: Reading, tag: string): FastifyReply | undefined =>
  namesTag(reading.request.headers['if-none-match'], tag) ? notModified(reading, tag) : undefined;

export const sendKept = (reading: Reading, tag: string, type: string, text: string): FastifyReply => {
  if (isAny(reading.request.headers['if-none-match'])) return notModified(reading, tag);
  setHeaders(reading, tag);
  return reading.reply.header('content-type', type).send(text);
};

/** The text of a JSON object, with `basis` as its last member. */
export const withBasis = (text: string, basis: Basis): string =>
  `${text.slice(0, -1)}${text === '{}' ? '' : ','}"basis":${JSON.stringify(basis)}}`;

/** A subject's tag is its revision, but the body also shows what the day makes of it: 304 only for the body sent before. */
export const sendSubject = (kit: Kit, reading: Reading, body: { readonly revision: number }): FastifyReply => {
  const { request, principal, moment } = reading;
  const tag = revisionTag(body.revision);
  const text = JSON.stringify(body);
  const key = `${principal.sub} ${scopeOf(principal)} ${tag} ${request.url}`;
  if (namesTag(request.headers['if-none-match'], tag) && kit.sent.isSame(key, text)) return notModified(reading, tag);
  if (request.method === 'GET') kit.sent.note(key, text);
  return sendKept(reading, tag, JSON_TYPE, withBasis(text, moment.basis));
};

/** What never changes: tagged by its own bytes, and kept by whoever has it. */
export const sendFixed = (reading: Reading, type: string, text: string): FastifyReply => {
  const fixed: Reading = { ...reading, moment: { ...reading.moment, final: true } };
  const tag = `"${sha256Hex(text).slice(0, 32)}"`;
  return unlessKept(fixed, tag) ?? sendKept(fixed, tag, type, text);
};
