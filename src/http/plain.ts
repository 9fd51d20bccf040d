import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReadOnly } from '../kernel/schema.ts';
import type { Access } from './access.ts';
import { withByteStreams, byteStream, type plainText } from './bodies.ts';
import type { Kit } from './kit.ts';
import { inTurn } from './limits/reads.ts';
import type { Rest } from './limits/turns.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';
import {
  assertStrict,
  checked,
  JSON_TYPE,
  noFields,
  register,
  type Answers,
  type Method,
  type NoFields,
  type RouteWords,
} from './route.ts';

export type PlainAnswer<Response> = {
  /** 200 unless given. */
  readonly status?: number;
  /** `Cache-Control` is `no-store` unless given here. */
  readonly headers?: Readonly<Record<string, string>>;
} & ({ readonly json: ReadOnly<Response> } | { readonly type: string; readonly content: string | Uint8Array | Readable });

type PlainBody = z.ZodObject | typeof plainText | typeof byteStream;

/** A call that appends nothing and does not travel in time: the log itself, proofs, a check. */
export type PlainSpec<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends PlainBody,
  Response extends z.ZodType,
> = RouteWords & {
  readonly method: Method;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyLimit?: number;
  /** The JSON answer. */
  readonly response?: Response;
  /** What it reads: the views at present, unless it is what was never in them, or what it waits for itself. */
  readonly reads?: 'present' | 'elsewhere';
  /** Of a call that takes a body: whether it computes for so long that it waits for its turn, as all others do. */
  readonly isLong?: boolean;
  /** Whether a retry under the same `Idempotency-Key` finds what the first one made. */
  readonly keyed?: boolean;
  /** Good statuses other than 200 alone. */
  readonly statuses?: readonly number[];
  /** Other media types it answers with, and what they hold. */
  readonly produces?: Readonly<Record<string, string>>;
  readonly run: (call: {
    readonly params: z.infer<Params>;
    readonly query: z.infer<Query>;
    readonly body: z.infer<Body>;
    /** Null on open routes. */
    readonly principal: Principal | null;
    readonly request: FastifyRequest;
    /** To be awaited between two pieces of a long work. */
    readonly rest: Rest;
  }) => PlainAnswer<z.infer<Response>> | Problem | Promise<PlainAnswer<z.infer<Response>> | Problem>;
};

const NO_REST: Rest = () => undefined;

/** For HEAD: Fastify reads a stream through only to throw it away, and one without end for ever. */
const unread = (content: string | Uint8Array | Readable): string | Uint8Array | Readable => {
  if (!(content instanceof Readable)) return content;
  content.destroy();
  return Readable.from([]);
};

/** Registers a call of any other kind, behind the same doors. */
export const plain = <
  Response extends z.ZodType = NoFields,
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Body extends PlainBody = NoFields,
>(
  kit: Kit,
  spec: PlainSpec<Params, Query, Body, Response>,
): void => {
  const takesBody = spec.method !== 'GET' && spec.method !== 'DELETE';
  const body = takesBody ? (spec.body ?? noFields) : undefined;
  if (body !== undefined && 'shape' in body) assertStrict(spec.url, body);

  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // The casts: these are what the schemas given to the route made of them.
    const params = request.params as z.infer<Params>;
    const query = request.query as z.infer<Query>;
    const sent = request.body as z.infer<Body>;
    const run = (rest: Rest) => spec.run({ params, query, body: sent, principal: request.principal, request, rest });
    // What is sent takes its time to arrive, and keeps nobody else waiting.
    const answer = await (takesBody && spec.isLong !== true ? run(NO_REST) : inTurn(kit, request, run));
    if (answer instanceof Problem) throw answer;
    reply.code(answer.status ?? 200);
    if (answer.headers !== undefined) reply.headers(answer.headers);
    if (!('json' in answer))
      return reply.header('content-type', answer.type).send(request.method === 'HEAD' ? unread(answer.content) : answer.content);
    checked(kit, spec.response, answer.json);
    return reply.header('content-type', JSON_TYPE).send(JSON.stringify(answer.json));
  };

  const json = spec.response === undefined ? {} : { 'application/json': { schema: spec.response } };
  const others = Object.entries(spec.produces ?? {}).map(
    ([type, description]) => [type, { schema: z.string().describe(description) }] as const,
  );
  const content = { ...json, ...Object.fromEntries(others) };
  const answers: Answers = Object.fromEntries(
    (spec.statuses ?? [200]).map((status) => [status, { description: STATUS_CODES[status] ?? '', content }]),
  );
  const route = {
    ...spec,
    body,
    answers,
    present: spec.access !== 'open' && spec.reads !== 'elsewhere',
    problems: [],
    notes: {
      parameters: spec.keyed === true ? (['IdempotencyKey'] as const) : [],
      headers: {},
      bodyOptional: body !== undefined && 'shape' in body && body.safeParse({}).success,
    },
    handler,
  };
  if (body === byteStream) withByteStreams(kit.app, (app) => register({ ...kit, app }, route));
  else register(kit, route);
};
