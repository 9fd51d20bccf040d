import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { sha256Hex } from '../kernel/canonical.ts';
import { principalOf } from './access.ts';
import type { Kit } from './kit.ts';
import type { Language } from './negotiate.ts';
import type { RouteNotes } from './openapi-document.ts';
import { isAny, namesTag, revisionTag } from './preconditions.ts';
import { audienceOf, type Principal } from './principal.ts';
import { Problem } from './problem.ts';
import { JSON_TYPE, splitUrl } from './route.ts';
import type { Span } from '../kernel/moment.ts';
import type { Asked, Basis, FixedBasis, Moment } from './time-travel.ts';
import { wording } from '../messages/standing.ts';

/** One read on its way: at which moment, for whom, and how its answer may be kept. */
export type Reading = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
  readonly moment: Moment;
  /** The media type of the answer. */
  readonly type: string;
  /** Of an answer for people, which `Accept-Language` chose. */
  readonly language?: Language | undefined;
  /** It says more than what follows from its position and moment: there is no URL under which it stays. */
  readonly passes?: true;
};

/** A read of the present sees all of it, with the reader's own commands; one of a time that is named sees that time. */
export const travelAs = async (kit: Kit, principal: Principal | null, asked: Asked): Promise<Moment | Problem> => {
  if (asked.asOf !== undefined || asked.pinned !== undefined) return kit.travel(asked);
  const late = await kit.reaching.present();
  if (late !== undefined) return late;
  const own = principal === null ? 0 : kit.ownCommands.lastOf(principal);
  return kit.travel({ ...asked, minPosition: Math.max(asked.minPosition ?? 0, own) });
};

export const beginReading = async (
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  form: Pick<Reading, 'type' | 'language'> = { type: 'application/json' },
): Promise<Reading> => {
  const principal = principalOf(request);
  const moment = await travelAs(kit, principal, asked);
  if (moment instanceof Problem) throw moment;
  return { request, reply, principal, moment, ...form };
};

export const READING_NOTES: Omit<RouteNotes, 'problems'> = {
  parameters: ['IfNoneMatch'],
  headers: { ETag: 'ETag', 'Content-Location': 'ContentLocation', 'Cache-Control': 'CacheControl' },
  bodyOptional: false,
  empty: { 304: wording('http.what-if-none-match-names-still') },
};

const TIME_NAMES = new Set(['asOf', 'on', 'minPosition']);

/** Its path, and its query string without what is said of time. */
const timeless = (url: string): readonly [path: string, parts: readonly string[]] => {
  const [path, query] = splitUrl(url);
  return [path, query.split('&').filter((part) => part !== '' && !TIME_NAMES.has(part.split('=', 1)[0] ?? ''))];
};

/** The URL under which this very answer stays: with its position and moment. */
const lastingUrl = (url: string, { position, at }: Basis): string => {
  const [path, others] = timeless(url);
  return `${path}?${[...others, `asOf=@${position}`, `on=${at}`].join('&')}`;
};

const IMMUTABLE = 'private, max-age=31536000, immutable';

/** Who asks, and the form that was chosen, `vary.ts` names. */
const setHeaders = ({ request, reply, moment, language, passes }: Reading, tag: string): void => {
  reply.header('etag', tag).header('cache-control', moment.final && passes !== true ? IMMUTABLE : 'private, no-cache');
  if (passes !== true) reply.header('content-location', lastingUrl(request.url, moment.basis));
  if (language !== undefined) reply.header('vary', 'accept-language');
};

const notModified = (reading: Reading, tag: string): FastifyReply => {
  setHeaders(reading, tag);
  return reading.reply.code(304).send();
};

/** What is asked, whenever: two readers of one scope who ask it at one position and moment get one answer. */
const question = ({ request, principal, type, language, moment: { basis } }: Reading): readonly unknown[] => [
  ...timeless(request.url),
  audienceOf(principal),
  type,
  language ?? null,
  basis.timeZone,
  basis.forecast ?? false,
];

const hashed = (parts: readonly unknown[]): string => sha256Hex(JSON.stringify(parts)).slice(0, 32);

/** A tag made from all that a lasting answer depends on: comparing it needs no answer. */
const lastingTag = (reading: Reading): string => {
  const { position, at } = reading.moment.basis;
  return `"${hashed([question(reading), position, at])}"`;
};

const questionAt = (reading: Reading): string => JSON.stringify([question(reading), reading.moment.basis.position]);

/** The answer to a sender that has this one already; undefined where it must be made. */
const unlessKept = (reading: Reading, tag: string): FastifyReply | undefined =>
  namesTag(reading.request.headers['if-none-match'], tag) ? notModified(reading, tag) : undefined;

/** 304 where it is known, before the answer is made, that the sender has it already; otherwise undefined. */
export const unlessKnown = (kit: Kit, reading: Reading): FastifyReply | undefined => {
  const tag = reading.moment.final ? lastingTag(reading) : kit.sentTags.find(questionAt(reading), reading.moment.millis);
  return tag === undefined ? undefined : unlessKept(reading, tag);
};

/** An answer that was made: `content` is all of it that does not say merely when it was asked for, and holds for `lifetime`. */
export type Made = { readonly text: string | Uint8Array; readonly content: string; readonly lifetime: Span | undefined };

/**
 * Sends what was made, or 304 to a sender that has it. What is asked of the present is judged at another moment each
 * time and says so in its basis; its tag is of the content alone, and weak (RFC 9110 §8.8.1), so it matches while
 * nothing but the moment has moved.
 */
export const sendMade = (kit: Kit, reading: Reading, type: string, { text, content, lifetime }: Made): FastifyReply => {
  if (reading.moment.final) return sendKept(reading, lastingTag(reading), type, text);
  const tag = `W/"${hashed([question(reading), content])}"`;
  if (lifetime !== undefined) kit.sentTags.note(questionAt(reading), tag, lifetime);
  return unlessKept(reading, tag) ?? sendKept(reading, tag, type, text);
};

const sendKept = (reading: Reading, tag: string, type: string, text: string | Uint8Array | Readable): FastifyReply => {
  if (isAny(reading.request.headers['if-none-match'])) return notModified(reading, tag);
  setHeaders(reading, tag);
  return reading.reply.header('content-type', type).send(text);
};

/** The text of a JSON object, with `basis` as its last member. */
export const withBasis = (text: string, basis: Basis | FixedBasis): string =>
  `${text.slice(0, -1)}${text === '{}' ? '' : ','}"basis":${JSON.stringify(basis)}}`;

/** A subject's tag is its revision, but the body also shows what the moment makes of it: 304 only for the body sent before. */
export const sendSubject = (kit: Kit, reading: Reading, body: { readonly revision: number }, about: Basis): FastifyReply => {
  const { request, principal, moment } = reading;
  const tag = revisionTag(body.revision);
  const text = JSON.stringify(body);
  const key = `${principal.sub} ${audienceOf(principal)} ${tag} ${moment.basis.forecast ?? false} ${request.url}`;
  if (namesTag(request.headers['if-none-match'], tag) && kit.sent.isSame(key, text)) return notModified(reading, tag);
  if (request.method === 'GET') kit.sent.note(key, text);
  return sendKept(reading, tag, JSON_TYPE, withBasis(text, about));
};

/** Of the present, and for the moment: its tag is weak and of the content, since it may change while the revision stays. */
export const sendPassing = (reading: Reading, text: string, about: Basis): FastifyReply => {
  const passing: Reading = { ...reading, passes: true };
  const tag = `W/"${hashed([question(reading), text])}"`;
  return unlessKept(passing, tag) ?? sendKept(passing, tag, JSON_TYPE, withBasis(text, about));
};

/** What never changes: tagged by its own bytes, and kept by whoever has it. */
export const sendFixed = (reading: Reading, type: string, text: string | Uint8Array): FastifyReply => {
  const fixed: Reading = { ...reading, moment: { ...reading.moment, final: true } };
  const tag = `"${sha256Hex(text).slice(0, 32)}"`;
  return unlessKept(fixed, tag) ?? sendKept(fixed, tag, type, text);
};

/**
 * A file that is written while it is sent. Nothing but the question, the position and the moment make what it says; a
 * workbook's bytes also hold when it was packed.
 */
export const sendStreamed = (reading: Reading, type: string, stream: () => Readable): FastifyReply => {
  const tag = `W/${lastingTag(reading)}`;
  return unlessKept(reading, tag) ?? sendKept(reading, tag, type, stream());
};
