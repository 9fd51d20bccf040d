import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Committed } from '../kernel/commitment.ts';
import { digestOf } from '../kernel/canonical.ts';
import { ownValue } from '../kernel/own-value.ts';
import type { ValueOf } from '../kernel/schema.ts';
import { KeyReused, type Meta, type Outcome } from '../application/handler.ts';
import { unreachable } from '../kernel/decider.ts';
import { principalOf } from './access.ts';
import { citationProblem } from './cited.ts';
import { anyFile, orRowFile, plainText, withFiles, withRowFiles } from './bodies.ts';
import { withCommonFields, type CommandBody } from './command-body.ts';
import { fingerprint, newId, parseIdempotencyKey } from './idempotency.ts';
import type { Held } from '../store/erasable.ts';
import type { Kit } from './kit.ts';
import { attributionOf, commonFields, type OnBehalfOf, type CommonFields } from './on-behalf-of.ts';
import { TAGS } from '../messages/language.ts';
import { languageOf } from './negotiate.ts';
import { parseIfMatch, revisionTag, type IfMatch } from './preconditions.ts';
import { actorOf, type Principal, type Role } from './principal.ts';
import { fieldProblem, notFound, problem, Problem, problemOf, refused } from './problem.ts';
import { OF_COMMANDS } from './route-problems.ts';
import { checked, JSON_TYPE, jsonAnswer, noFields, register, splitUrl, type Method, type NoFields, type RouteWords } from './route.ts';
import { say } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';
import type { Language } from '../messages/language.ts';

export type CommandCall<Params extends z.ZodObject, Query extends z.ZodObject, Body extends CommandBody, Party extends OnBehalfOf> = {
  readonly params: z.infer<Params>;
  readonly query: z.infer<Query>;
  /** Without the common fields: those are in `meta`. */
  readonly body: z.infer<Body>;
  readonly principal: Principal;
  /** The unit whose act it is, by its token or as the office entered it. */
  readonly unit: Party extends 'unit' ? string : undefined;
  readonly meta: Meta;
  /** Of the sender. */
  readonly language: Language;
  /** What the sender calls the body; nothing that decides what it is. */
  readonly contentType: string | undefined;
  /** Whether `If-Match` was sent: for a rule that demands it from some and not from others. */
  readonly preconditioned: boolean;
  /** In place of the field that is held apart, where it was sent: what the event says of it. */
  readonly committed: Committed | undefined;
  /** An id for what the command makes; the same again in a retry with the same idempotency key. */
  readonly newId: (kind: string) => string;
};

export type CommandResult<More extends z.ZodObject = NoFields> =
  /** The handler's outcome, the subject that it is about, and where that is read. */
  | {
      readonly outcome: Outcome<unknown>;
      readonly subject: string;
      readonly location: string;
      readonly more?: ValueOf<More> | undefined;
    }
  /** An answer for which nothing was to be appended. */
  | { readonly preview: object }
  | Problem;

export type CommandSpec<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends CommandBody,
  Party extends OnBehalfOf,
  More extends z.ZodObject,
> = RouteWords & {
  readonly method: Exclude<Method, 'GET' | 'DELETE'>;
  readonly roles: readonly Role[];
  /** On whose behalf it is sent: a unit's, for which the office may enter it from a paper, or the office's. */
  readonly onBehalfOf: Party;
  /** `none` where it makes its subject: then there is no revision to match. */
  readonly ifMatch: 'required' | 'honoured' | 'none';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Bytes, where the default does not fit. */
  readonly bodyLimit?: number;
  /** A field of the body whose value must never come into the log, which commits to it alone (`store/erasable.ts`). */
  readonly apart?: 'contact' | 'contacts';
  /** Members of the answer beside the common ones. */
  readonly more?: More;
  /** The schema of `preview`, where the call can be asked to append nothing. */
  readonly preview?: z.ZodType;
  /** Whether an accepted answer may hold refusals of single things of many: they rest on the log itself then, from the first. */
  readonly manyVerdicts?: boolean;
  readonly run: (call: CommandCall<Params, Query, Body, Party>) => Promise<CommandResult<More>> | CommandResult<More>;
  /** The same of many things, said in a file of rows. Its common fields stand in the query: a file has no place for them. */
  readonly runFile?: (call: FileCall<Params, Query, Party>) => Promise<CommandResult<More>>;
};

export type FileCall<Params extends z.ZodObject, Query extends z.ZodObject, Party extends OnBehalfOf> = Omit<
  CommandCall<Params, Query, NoFields, Party>,
  'body'
> & { readonly bytes: Buffer };

export const recordedEvents = z.array(z.strictObject({ id: z.uuid(), type: z.string(), position: z.int().min(1).nullable() }));

/** What every command answers: what was recorded, where it stands, and the link of its proof. */
export const commandAnswer = z
  .strictObject({
    events: recordedEvents,
    subject: z.string(),
    revision: z.int().min(0),
    /** Null where nothing was recorded, or a cluster has not told this replica yet. */
    position: z.int().min(1).nullable(),
    receipt: z.string().nullable(),
  })
  .meta({ id: 'CommandAnswer' });

/** A revision that no subject is at: `If-Match` with none but weak or foreign tags. */
const NO_REVISION = -1;

const admitted = (mode: 'required' | 'honoured' | 'none', header: string | undefined): IfMatch | undefined => {
  const match = parseIfMatch(header);
  if (match instanceof Problem) throw match;
  if (match === undefined && mode === 'required') throw problem('precondition-required', say('http.send-if-match-with-etag-what'));
  if (match !== undefined && mode === 'none')
    throw problem('precondition-failed', say('http.this-makes-subject-there-no-revision'), { currentRevision: null });
  return match;
};

const mismatch = (current: number | 'none'): Problem =>
  current === 'none'
    ? // RFC 9110 §13.2.1: a precondition does not hide what the answer would be without it
      notFound(say('http.what-url-names-does-not-exist'))
    : problem('precondition-failed', say('http.revision', { current }), {
        currentRevision: current,
        headers: { etag: revisionTag(current) },
      });

/**
 * The handler compares with a single revision. Where `If-Match` names several, it is given the first, or the one that
 * the subject is at if that is among them.
 */
const runMatching = async <Result extends CommandResult<z.ZodObject>>(
  match: IfMatch | undefined,
  run: (expected: number | undefined) => Result | Promise<Result>,
): Promise<Result> => {
  if (match === undefined || match === 'any') return run(undefined);
  let left = match.revisions;
  let expected = left[0] ?? NO_REVISION;
  for (;;) {
    const result = await run(expected);
    if (!('outcome' in result) || result.outcome.kind !== 'revision-mismatch') return result;
    const { current } = result.outcome;
    left = left.filter((revision) => revision !== expected);
    if (typeof current !== 'number' || !left.includes(current)) return result;
    expected = current;
  }
};

/** The unit that a unit's command names in place of itself, where it has taken that one over. */
const predecessorNamed = async (kit: Kit, who: Principal, { unit: named }: CommonFields): Promise<string | undefined> => {
  if (who.role !== 'unit' || named === undefined || named === who.unit) return undefined;
  const may = (): Promise<boolean> => kit.mayActFor(who.unit, named);
  return (await may()) || (await kit.certainly?.(may)) === true ? named : undefined;
};

/** What another replica may have changed: not what is wrong with the service. */
const mayRestOnOldFacts = (result: CommandResult<z.ZodObject>): boolean =>
  result instanceof Problem ? result.status < 500 : 'outcome' in result && result.outcome.kind !== 'accepted';

/** Runs a command on what this replica knows; and once more on what the log itself says, before anything is refused. */
const onTheFacts = async <Result extends CommandResult<z.ZodObject>>(
  { certainly }: Pick<Kit, 'certainly'>,
  manyVerdicts: boolean,
  run: () => Promise<Result>,
): Promise<Result | Problem> => {
  if (certainly === undefined) return run();
  if (manyVerdicts) return certainly(run);
  const result = await run().catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  return mayRestOnOldFacts(result) ? certainly(run) : result;
};

/**
 * Takes the value of a field from a body, and leaves the commitment: the log keeps a digest of what was said, from which
 * nothing may be guessed.
 */
const heldFrom = (
  kit: Kit,
  body: Readonly<Record<string, unknown>>,
  field: string | undefined,
  request: string | undefined,
): { readonly held: Held | undefined; readonly said: Readonly<Record<string, unknown>> } => {
  const value = field === undefined ? undefined : ownValue(body, field);
  if (field === undefined || value === undefined) return { held: undefined, said: body };
  const held = kit.hold(value, request);
  return { held, said: { ...body, [field]: { commitment: held.commitment } } };
};

/** What becomes of a value that was held for a command. What throws may have been recorded all the same: then it stays. */
const settled = async <Result extends CommandResult<z.ZodObject>>(held: Held | undefined, work: () => Promise<Result>): Promise<Result> => {
  if (held === undefined) return work();
  const result = await work().catch((error: unknown) => {
    if (error instanceof Problem || error instanceof KeyReused) held.drop();
    throw error;
  });
  if ('outcome' in result && result.outcome.kind === 'accepted' && result.outcome.events.length > 0) held.keep();
  else held.drop();
  return result;
};

type Answered = { readonly status: number; readonly body: object; readonly headers: Readonly<Record<string, string>> };

type Accepted = Extract<Outcome<unknown>, { readonly kind: 'accepted' }>;

const recorded = ({ events, revision, replayed }: Accepted, subject: string, location: string, more: object | undefined): Answered => {
  const last = events.at(-1);
  const receipt = last === undefined ? null : `/v1/log/events/${last.id}/proof`;
  return {
    status: replayed || last === undefined ? 200 : 201,
    body: { events, subject, revision, position: last?.position ?? null, receipt, ...more },
    headers: { etag: revisionTag(revision), location },
  };
};

const answerOf = (result: Exclude<CommandResult<z.ZodObject>, Problem>): Answered => {
  if (!('outcome' in result)) return { status: 200, body: result.preview, headers: {} };
  const { outcome } = result;
  switch (outcome.kind) {
    case 'accepted':
      return recorded(outcome, result.subject, result.location, result.more);
    case 'refused':
      throw refused(outcome.refusal);
    case 'revision-mismatch':
      throw mismatch(outcome.current);
    case 'key-reused':
      throw problemOf(new KeyReused());
    default:
      return unreachable(outcome);
  }
};

/** Registers a command. */
export const command = <
  Party extends OnBehalfOf,
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Body extends CommandBody = NoFields,
  More extends z.ZodObject = NoFields,
>(
  kit: Kit,
  spec: CommandSpec<Params, Query, Body, Party, More>,
): void => {
  const { schema: inJson, added } = withCommonFields(spec.url, spec.body ?? noFields, spec.onBehalfOf);
  const schema = spec.runFile === undefined ? inJson : orRowFile(inJson);
  const besideFile = spec.runFile === undefined ? [] : Object.keys(commonFields[spec.onBehalfOf]);
  const answer = spec.more === undefined ? commandAnswer : commandAnswer.extend(spec.more.shape);

  const ownPart = (body: Readonly<Record<string, unknown>>): unknown =>
    Object.fromEntries(Object.entries(body).filter(([field]) => !added.includes(field)));

  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const principal = principalOf(request);
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    if (key instanceof Problem) throw key;
    // The casts of this function: params, query and body are what the schemas given to the route made of them.
    const body = request.body as Readonly<Record<string, unknown>> | Buffer;
    const query = request.query as z.infer<Query>;
    const inQuery: CommonFields = Object.fromEntries(Object.entries(query).filter(([name]) => besideFile.includes(name)));
    const [misplaced] = Buffer.isBuffer(body) ? [] : Object.keys(inQuery);
    if (misplaced !== undefined) throw fieldProblem('invalid-input', `/${misplaced}`, say('http.stands-in-body-where-that-json'));
    const common: CommonFields = Buffer.isBuffer(body) ? inQuery : body;
    const predecessor = await predecessorNamed(kit, principal, common);
    const attribution = attributionOf(spec.onBehalfOf, principal, common, kit.clock.now(), (other) => other === predecessor);
    if (attribution instanceof Problem) throw attribution;
    const miscited = Buffer.isBuffer(body) ? undefined : await citationProblem(kit, principal, body);
    if (miscited !== undefined) throw miscited;
    const match = admitted(spec.ifMatch, request.headers['if-match']);

    const [path] = splitUrl(request.url);
    const actor = actorOf(principal, attribution.unit);
    const sender = { actor, key, route: `${request.method} ${path}` };
    const name = key === undefined ? undefined : digestOf([actor, key, sender.route]);
    const { held, said } = Buffer.isBuffer(body) ? { held: undefined, said: body } : heldFrom(kit, body, spec.apart, name);
    const meta: Meta = {
      actor,
      receivedAt: attribution.receivedAt,
      occurredAt: attribution.occurredAt,
      basis: attribution.basis,
      idempotency:
        key === undefined
          ? undefined
          : { key, body: fingerprint(request.method, path, query, said), once: spec.ifMatch === 'none' ? name : undefined },
    };
    const call = {
      params: request.params as z.infer<Params>,
      query,
      body: (Buffer.isBuffer(body) ? body : ownPart(body)) as z.infer<Body>,
      principal,
      language: languageOf(request),
      contentType: request.headers['content-type'],
      committed: held && { commitment: held.commitment },
      preconditioned: match !== undefined,
      unit: attribution.unit as Party extends 'unit' ? string : undefined,
      newId: (kind: string) => newId(sender, kit.clock, kit.ids, kind),
    };
    const { body: _, ...calledBeside } = call;
    const { runFile } = spec;
    const result = await settled(held, async () =>
      onTheFacts(kit, spec.manyVerdicts === true || runFile !== undefined, () =>
        runMatching<CommandResult<z.ZodObject>>(match, (expected) =>
          runFile !== undefined && Buffer.isBuffer(body)
            ? runFile({ ...calledBeside, bytes: body, meta: { ...meta, expected } })
            : spec.run({ ...call, meta: { ...meta, expected } }),
        ),
      ),
    );
    if (result instanceof Problem) throw result;
    const answered = answerOf(result);
    if ('outcome' in result && result.outcome.kind === 'accepted')
      kit.ownCommands.note(principal, result.outcome.events.at(-1)?.position ?? 0);
    checked(kit, 'outcome' in result ? answer : spec.preview, answered.body);
    // Why each part was refused is said in words.
    if (spec.manyVerdicts === true || spec.runFile !== undefined)
      reply.headers({ 'content-language': TAGS[call.language], vary: 'accept-language' });
    return reply.code(answered.status).headers(answered.headers).header('content-type', JSON_TYPE).send(JSON.stringify(answered.body));
  };

  const matches = spec.ifMatch !== 'none';
  const route: Parameters<typeof register>[1] = {
    ...spec,
    ...(spec.runFile === undefined ? {} : { query: (spec.query ?? noFields).extend(commonFields[spec.onBehalfOf]) }),
    access: spec.roles,
    body: schema,
    answers: {
      200: jsonAnswer(
        wording('http.done-before-or-nothing-to-change'),
        spec.preview === undefined ? answer : z.union([answer, spec.preview]),
      ),
      201: jsonAnswer('Recorded.', answer),
    },
    problems: [
      ...OF_COMMANDS,
      ...(spec.onBehalfOf === 'unit' ? (['unit-missing'] as const) : []),
      ...(spec.ifMatch === 'required' ? (['precondition-required'] as const) : []),
      ...(matches ? (['not-found'] as const) : []),
    ],
    notes: {
      parameters: [
        'IdempotencyKey',
        ...(matches ? [spec.ifMatch === 'required' ? ('IfMatchRequired' as const) : ('IfMatch' as const)] : []),
      ],
      headers: { ETag: 'ETag', Location: 'Location' },
      bodyOptional: schema !== plainText && schema !== anyFile && schema.safeParse({}).success,
    },
    handler,
  };
  if (spec.runFile !== undefined) withRowFiles(kit.app, (app) => register({ ...kit, app }, route));
  else if (schema === anyFile) withFiles(kit.app, (app) => register({ ...kit, app }, route));
  else register(kit, route);
};
