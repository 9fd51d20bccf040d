import type { FastifyReply } from 'fastify';
import { KeyReused, TooContended } from '../application/handler.ts';
import { EventTooLarge, MAX_EVENT_BYTES } from '../kernel/envelope.ts';
import type { Json } from '../kernel/json.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { ClockBehind, LogDamaged, StoreUnavailable } from '../store/event-store.ts';
import { Gone, TooManyWaiting } from './limits/turns.ts';
import { FileDamaged } from '../kernel/sqlite-errors.ts';
import { problemTypes, statusOf, typeUri, type ProblemCode } from './problems.ts';

/** Where the input is at fault: a JSON Pointer into the body, or `/name` of a path or query parameter. */
export type InputError = { readonly pointer: string; readonly message: string };

type More = {
  readonly errors?: readonly InputError[];
  readonly facts?: Json;
  /** The revision the subject is at; null where it does not exist yet. */
  readonly currentRevision?: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong inside: for the log, never for the answer. */
  readonly cause?: unknown;
};

/** An answer that is not the one asked for. A route returns it; what runs before a route throws it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly more: More;
  constructor(code: ProblemCode, detail: string, more: More = {}) {
    super(detail, { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = statusOf(problemTypes[code], more.errors !== undefined && more.errors.length > 0);
    this.more = more;
  }
}

export const problem = (code: ProblemCode, detail: string, more?: More): Problem => new Problem(code, detail, more);

/** One field is at fault. */
export const fieldProblem = (code: ProblemCode, pointer: string, message: string): Problem =>
  new Problem(code, message, { errors: [{ pointer, message }] });

const MAX_ERRORS = 50;
const MAX_NAMED = 3;

export const invalidInput = (errors: readonly InputError[]): Problem => {
  const named = errors.slice(0, MAX_NAMED).map(({ pointer, message }) => `${pointer === '' ? 'the body' : pointer} ${message}`);
  const more = errors.length > MAX_NAMED ? [`and ${errors.length - MAX_NAMED} more`] : [];
  return new Problem('invalid-input', [...named, ...more].join('; '), { errors: errors.slice(0, MAX_ERRORS) });
};

export const notFound = (detail = 'nothing is here, or nothing that you may see'): Problem => new Problem('not-found', detail);

/** The answer to a command that a rule refuses: what the body names is 400, what the URL names 404. */
export const refused = ({ code, detail, pointer, facts }: Refusal): Problem =>
  new Problem(code, detail, {
    ...(pointer === undefined ? {} : { errors: [{ pointer, message: detail }] }),
    ...(facts === undefined ? {} : { facts }),
  });

export const retryLater = (code: ProblemCode, detail: string, seconds: number, cause?: unknown): Problem =>
  new Problem(code, detail, { headers: { 'retry-after': String(seconds) }, cause });

/** Nobody can say what time it is: the clock and the log contradict each other. */
export const clockBehind = (detail: string, cause?: unknown): Problem => retryLater('clock-behind', detail, 2, cause);

/** Views are built again at once; the checkpoints only somebody can put back. */
const damaged: Readonly<Record<FileDamaged['file'], (cause: FileDamaged) => Problem>> = {
  views: (cause) => retryLater('views-behind', 'the file of the views is damaged: they are built again', 1, cause),
  checkpoints: (cause) =>
    retryLater('not-ready', 'the store of checkpoints is damaged: nothing can be proved before it is restored', 60, cause),
};

/** The problem that anything thrown stands for; what nobody foresaw is `internal` and says nothing of itself. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof ClockBehind) return clockBehind(error.message, error);
  if (error instanceof StoreUnavailable)
    return retryLater('store-unavailable', 'the log did not answer; the command is not known to be written', 2, error);
  if (error instanceof FileDamaged) return damaged[error.file](error);
  if (error instanceof LogDamaged)
    return problem('log-damaged', 'the log does not hold what was recorded', {
      ...(error.position === undefined ? {} : { facts: { position: error.position } }),
      cause: error,
    });
  if (error instanceof KeyReused) return problem('idempotency-key-reused', error.message);
  if (error instanceof TooContended)
    return retryLater('too-contended', 'the subject changes faster than a command can be decided', 1, error);
  if (error instanceof TooManyWaiting) return retryLater(error.own ? 'too-many-reads' : 'overloaded', error.message, 1);
  if (error instanceof Gone) return retryLater('overloaded', error.message, 1);
  if (error instanceof EventTooLarge)
    return problem('event-too-large', `the event would take ${error.bytes} bytes; at most ${MAX_EVENT_BYTES} are allowed`);
  const status = statusInside(error);
  const code = status === undefined ? undefined : codeOfStatus[status];
  if (code !== undefined) return problem(code[0], code[1], { cause: error });
  return problem('internal', 'the service failed; its log has the cause', { cause: error });
};

/** What Fastify itself refuses, by the status it gives. */
const codeOfStatus: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['malformed-request', 'the request is not well-formed'],
  404: ['not-found', 'nothing is here'],
  408: ['request-timeout', 'the request did not arrive in time'],
  413: ['body-too-large', 'the body is larger than this call takes'],
  414: ['url-too-long', 'a part of the URL is longer than any id can be'],
  415: ['unsupported-media-type', 'the media type of the body is not supported here'],
  431: ['headers-too-large', 'the headers exceed what is accepted'],
};

/** Only what Fastify raised, or a client that went away: an error from elsewhere may carry a status of another request. */
const statusInside = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !('statusCode' in error)) return undefined;
  const ours = error.code.startsWith('FST_') || error.code === 'ECONNRESET';
  return ours && typeof error.statusCode === 'number' ? error.statusCode : undefined;
};

export const problemBody = (found: Problem, requestId: string): Readonly<Record<string, unknown>> => {
  const { code, status, message, more } = found;
  return {
    type: typeUri(code),
    title: problemTypes[code].title,
    status,
    detail: message,
    code,
    ...(more.errors === undefined ? {} : { errors: more.errors }),
    ...(more.currentRevision === undefined ? {} : { currentRevision: more.currentRevision }),
    ...(more.facts === undefined ? {} : { facts: more.facts }),
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
  return reply
    .code(found.status)
    .header('cache-control', 'no-store')
    .header('content-type', PROBLEM_TYPE)
    .send(JSON.stringify(problemBody(found, reply.request.id)));
};
