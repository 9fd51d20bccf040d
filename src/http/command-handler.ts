import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { digestOf } from '../kernel/canonical.ts';
import type { Meta } from '../application/handler.ts';
import { principalOf } from './access.ts';
import { citationProblem } from './cited.ts';
import type { CommandBody } from './command-body.ts';
import { fingerprint, newId, parseIdempotencyKey } from './idempotency.ts';
import type { Kit } from './kit.ts';
import { attributionOf, type Attribution, type OnBehalfOf, type CommonFields } from './on-behalf-of.ts';
import { TAGS } from '../messages/language.ts';
import { languageOf } from './negotiate.ts';
import { actorOf, type Principal } from './principal.ts';
import { fieldProblem, Problem } from './problem.ts';
import { checked, JSON_TYPE, splitUrl } from './route.ts';
import { say } from '../messages/message.ts';
import type { CommandResult, CommandSpec } from './command-spec.ts';
import { admitted, runMatching } from './command-matching.ts';
import { onTheFacts } from './command-facts.ts';
import { heldFrom, settled } from './held-apart.ts';
import { answerOf } from './command-answer.ts';

/** One command as it comes: who sends it and for whom, what is checked before it runs, and what is said afterwards. */

type Said = Readonly<Record<string, unknown>>;

/** The common fields: of the body, or beside a file, which has no place for them, of the query. */
const commonSent = (body: Said | Buffer, query: Said, besideFile: readonly string[]): CommonFields => {
  const inQuery: CommonFields = Object.fromEntries(Object.entries(query).filter(([name]) => besideFile.includes(name)));
  if (Buffer.isBuffer(body)) return inQuery;
  const [misplaced] = Object.keys(inQuery);
  if (misplaced !== undefined) throw fieldProblem('invalid-input', `/${misplaced}`, say('http.stands-in-body-where-that-json'));
  return body;
};

/** The unit that a unit's command names in place of itself, where it has taken that one over. */
const predecessorNamed = async (kit: Kit, who: Principal, { unit: named }: CommonFields): Promise<string | undefined> => {
  if (who.role !== 'unit' || named === undefined || named === who.unit) return undefined;
  const may = (): Promise<boolean> => kit.mayActFor(who.unit, named);
  return (await may()) || (await kit.certainly?.(may)) === true ? named : undefined;
};

const attributed = async (kit: Kit, party: OnBehalfOf, who: Principal, common: CommonFields): Promise<Attribution> => {
  const predecessor = await predecessorNamed(kit, who, common);
  const attribution = attributionOf(party, who, common, kit.clock.now(), (other) => other === predecessor);
  if (attribution instanceof Problem) throw attribution;
  return attribution;
};

/** What a route knows of its commands beside their `CommandSpec`. */
type Shape = {
  /** The common fields that were added to the body: not the feature's own. */
  readonly added: readonly string[];
  /** Those that stand in the query beside a file. */
  readonly besideFile: readonly string[];
  readonly answer: z.ZodType;
};

export const commandHandler = <
  Party extends OnBehalfOf,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends CommandBody,
  More extends z.ZodObject,
>(
  kit: Kit,
  spec: CommandSpec<Params, Query, Body, Party, More>,
  { added, besideFile, answer }: Shape,
) => {
  const { runFile } = spec;
  const manyVerdicts = spec.manyVerdicts === true || runFile !== undefined;
  const ownPart = (body: Said): Said => Object.fromEntries(Object.entries(body).filter(([field]) => !added.includes(field)));

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const principal = principalOf(request);
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    if (key instanceof Problem) throw key;
    // The casts of this function: params, query and body are what the schemas given to the route made of them.
    const body = request.body as Said | Buffer;
    const query = request.query as z.infer<Query>;
    const attribution = await attributed(kit, spec.onBehalfOf, principal, commonSent(body, query, besideFile));
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
      principal,
      language: languageOf(request),
      contentType: request.headers['content-type'],
      committed: held && { commitment: held.commitment },
      preconditioned: match !== undefined,
      unit: attribution.unit as Party extends 'unit' ? string : undefined,
      newId: (kind: string) => newId(sender, kit.clock, kit.ids, kind),
    };
    const result = await settled(held, async () =>
      onTheFacts(kit, manyVerdicts, () =>
        runMatching<CommandResult<z.ZodObject>>(match, (expected) =>
          runFile !== undefined && Buffer.isBuffer(body)
            ? runFile({ ...call, bytes: body, meta: { ...meta, expected } })
            : spec.run({ ...call, body: (Buffer.isBuffer(body) ? body : ownPart(body)) as z.infer<Body>, meta: { ...meta, expected } }),
        ),
      ),
    );
    if (result instanceof Problem) throw result;
    const answered = answerOf(result);
    if ('outcome' in result && result.outcome.kind === 'accepted')
      kit.ownCommands.note(principal, result.outcome.events.at(-1)?.position ?? 0);
    checked(kit, 'outcome' in result ? answer : spec.preview, answered.body);
    // Why each part was refused is said in words.
    if (manyVerdicts) reply.headers({ 'content-language': TAGS[call.language], vary: 'accept-language' });
    return reply.code(answered.status).headers(answered.headers).header('content-type', JSON_TYPE).send(JSON.stringify(answered.body));
  };
};
