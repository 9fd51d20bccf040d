import type { FastifyReply } from 'fastify';
import { KeyReused, TooContended } from '../application/handler.ts';
import { TAGS, type Language } from '../messages/language.ts';
import { isMessage, say, type PlainKey, type Text, type Value } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';
import { inWords } from '../messages/words.ts';
import { languageOf } from './negotiate.ts';
import { hasCode } from '../kernel/error-code.ts';
import { EventTooLarge, MAX_EVENT_BYTES } from '../kernel/envelope.ts';
import type { Json } from '../kernel/json.ts';
import type { Fact, Refusal } from '../kernel/refusal.ts';
import { ClockBehind, LogDamaged, StoreUnavailable } from '../store/event-store.ts';
import { Gone, TooManyWaiting } from './limits/turns.ts';
import { FileDamaged, saysFull } from '../kernel/sqlite-errors.ts';
import { problemTypes, statusOf, typeUri, type ProblemCode } from './problems.ts';

/** Where the input is at fault: a JSON Pointer into the body, or `/name` of a path or query parameter. */
export type InputError = { readonly pointer: string; readonly message: Text };

type More = {
  readonly errors?: readonly InputError[];
  readonly facts?: Fact;
  /** The revision the subject is at; null where it does not exist yet. */
  readonly currentRevision?: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong inside: for the log, never for the answer. */
  readonly cause?: unknown;
};

/** An answer that is not the one asked for. A route returns it; what runs before a route throws it. */
export class Problem extends Told {
  readonly code: ProblemCode;
  readonly status: number;
  readonly more: More;
  constructor(code: ProblemCode, detail: Text, more: More = {}) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.status = statusOf(problemTypes[code], more.errors !== undefined && more.errors.length > 0);
    this.more = more;
  }
}

export const problem = (code: ProblemCode, detail: Text, more?: More): Problem => new Problem(code, detail, more);

/** One field is at fault. */
export const fieldProblem = (code: ProblemCode, pointer: string, message: Text): Problem =>
  new Problem(code, message, { errors: [{ pointer, message }] });

const MAX_ERRORS = 50;
const MAX_NAMED = 3;

export const invalidInput = (errors: readonly InputError[]): Problem => {
  const named: readonly Value[] = errors
    .slice(0, MAX_NAMED)
    .map(({ pointer, message }) => say('http.fault', { where: pointer === '' ? say('http.the-body') : pointer, what: message }));
  const more = errors.length > MAX_NAMED ? [say('http.more-faults', { n: errors.length - MAX_NAMED })] : [];
  return new Problem('invalid-input', say('http.faults', { faults: { clauses: [...named, ...more] } }), {
    errors: errors.slice(0, MAX_ERRORS),
  });
};

export const notFound = (detail: Text = say('http.nothing-to-see')): Problem => new Problem('not-found', detail);

/** The answer to a command that a rule refuses: what the body names is 400, what the URL names 404. */
export const refused = ({ code, detail, pointer, facts }: Refusal): Problem =>
  new Problem(code, detail, {
    ...(pointer === undefined ? {} : { errors: [{ pointer, message: detail }] }),
    ...(facts === undefined ? {} : { facts }),
  });

export const retryLater = (code: ProblemCode, detail: Text, seconds: number, cause?: unknown): Problem =>
  new Problem(code, detail, { headers: { 'retry-after': String(seconds) }, cause });

/** Nobody can say what time it is: the clock and the log contradict each other. */
export const clockBehind = (detail: Text, cause?: unknown): Problem => retryLater('clock-behind', detail, 2, cause);

/** Views are built again at once; the checkpoints only somebody can put back. */
const damaged: Readonly<Record<FileDamaged['file'], (cause: FileDamaged) => Problem>> = {
  views: (cause) => retryLater('views-behind', say('http.views-damaged'), 1, cause),
  checkpoints: (cause) => retryLater('not-ready', say('http.checkpoints-damaged'), 60, cause),
};

/** A file, or a database beside the log, found no room: what was to be kept there is not. */
const isFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT') || saysFull(error);

/** The problem that anything thrown stands for; what nobody foresaw is `internal` and says nothing of itself. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof ClockBehind) return clockBehind(toldBy(error), error);
  if (error instanceof StoreUnavailable) return retryLater('store-unavailable', say('http.log-silent'), 2, error);
  if (error instanceof FileDamaged) return damaged[error.file](error);
  if (error instanceof LogDamaged)
    return problem('log-damaged', say('http.log-damaged'), {
      ...(error.position === undefined ? {} : { facts: { position: error.position } }),
      cause: error,
    });
  if (error instanceof KeyReused) return problem('idempotency-key-reused', toldBy(error));
  if (error instanceof TooContended) return retryLater('too-contended', say('http.too-contended'), 1, error);
  if (error instanceof TooManyWaiting) return retryLater(error.own ? 'too-many-reads' : 'overloaded', toldBy(error), 1);
  if (error instanceof Gone) return retryLater('overloaded', toldBy(error), 1);
  if (error instanceof EventTooLarge)
    return problem('event-too-large', say('http.event-too-large', { bytes: error.bytes, most: MAX_EVENT_BYTES }));
  if (isFull(error)) return problem('storage-full', say('http.storage-full'), { cause: error });
  const status = statusInside(error);
  const code = status === undefined ? undefined : codeOfStatus[status];
  if (code !== undefined) return problem(code[0], say(code[1]), { cause: error });
  return problem('internal', say('http.failed'), { cause: error });
};

/** What Fastify itself refuses, by the status it gives. */
const codeOfStatus: Readonly<Record<number, readonly [ProblemCode, PlainKey]>> = {
  400: ['malformed-request', 'http.not-well-formed'],
  403: ['not-found', 'http.nothing'], // paths of files that lead out of their folder
  404: ['not-found', 'http.nothing'],
  408: ['request-timeout', 'http.not-in-time'],
  413: ['body-too-large', 'http.body-too-large'],
  414: ['url-too-long', 'http.part-too-long'],
  415: ['unsupported-media-type', 'http.media-type'],
  431: ['headers-too-large', 'http.headers-too-large'],
};

/** Only what Fastify raised, or a client that went away: an error from elsewhere may carry a status of another request. */
const statusInside = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !('statusCode' in error)) return undefined;
  const ours = error.code.startsWith('FST_') || error.code === 'ECONNRESET';
  return ours && typeof error.statusCode === 'number' ? error.statusCode : undefined;
};

/** A fact as JSON: what is a message in it, in words. */
const factIn = (fact: Fact, language: Language): Json => {
  if (typeof fact !== 'object' || fact === null) return fact;
  if (isMessage(fact)) return inWords(fact, language);
  if (Array.isArray(fact)) return fact.map((each: Fact) => factIn(each, language));
  return Object.fromEntries(Object.entries(fact).map(([member, each]) => [member, factIn(each, language)]));
};

export const problemBody = (found: Problem, requestId: string, language: Language): Readonly<Record<string, unknown>> => {
  const { code, status, told, more } = found;
  return {
    type: typeUri(code),
    title: inWords(say(problemTypes[code].title), language),
    status,
    detail: inWords(told, language),
    code,
    ...(more.errors === undefined
      ? {}
      : { errors: more.errors.map(({ pointer, message }) => ({ pointer, message: inWords(message, language) })) }),
    ...(more.currentRevision === undefined ? {} : { currentRevision: more.currentRevision }),
    ...(more.facts === undefined ? {} : { facts: factIn(more.facts, language) }),
    ...(status >= 500 ? { requestId } : {}),
  };
};

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** `no-store`: an error says nothing about what the next request gets. */
/** What an answer refused by: for those who count. */
const sentCodes = new WeakMap<FastifyReply, Problem['code']>();
export const codeSent = (reply: FastifyReply): Problem['code'] | undefined => sentCodes.get(reply);

export const sendProblem = (reply: FastifyReply, found: Problem): FastifyReply => {
  sentCodes.set(reply, found.code);
  if (found.more.headers !== undefined) reply.headers(found.more.headers);
  const language = languageOf(reply.request);
  return reply
    .code(found.status)
    .header('cache-control', 'no-store')
    .header('content-type', PROBLEM_TYPE)
    .header('content-language', TAGS[language])
    .header('vary', 'accept-language')
    .send(JSON.stringify(problemBody(found, reply.request.id, language)));
};
