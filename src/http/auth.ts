import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import { ALGORITHMS } from './jwks.ts';
import { fixedKeys, type KeySet } from './key-set.ts';
import { publicPart, type LocalKey } from './local-key.ts';
import type { Principal } from './principal.ts';
import { clockBehind, problem, type Problem } from './problem.ts';
import { claimsOf, LOCAL_RULES, type TokenRules } from './token-claims.ts';
import { say, isMessage, type Message, type Text } from '../messages/message.ts';

/** `Authorization: Bearer` (RFC 6750) with a JSON Web Token, from the header to the principal. */

/** Verified tokens that are kept. */
const MAX_TOKENS = 10_000;

/** A principal at once where the token was verified before; rejects with a `Problem`. */
export type Auth = (authorization: string | undefined) => Principal | Promise<Principal>;

export type AuthOptions = {
  readonly keys: KeySet;
  readonly rules: TokenRules;
  readonly clock: Clock;
  /** Whether the token of this `jti` was revoked. */
  readonly isRevoked?: (jti: string) => boolean;
  /** Why the clock is not to be believed; it is unless given. */
  readonly clockFault?: () => Text | undefined;
};

/** RFC 6750 §3: no error code where no token was sent. */
const unauthenticated = (detail: Text, sent: boolean): Problem =>
  problem('unauthenticated', detail, { headers: { 'www-authenticate': sent ? `Bearer error="invalid_token"` : 'Bearer' } });

const reasonOf = (error: unknown): Message => {
  if (error instanceof errors.JOSEAlgNotAllowed) return say('http.token-not-signed-by', { algorithms: { anyOf: ALGORITHMS } });
  if (error instanceof errors.JWKSMultipleMatchingKeys) return say('http.token-does-not-say-which-key');
  return say('http.token-not-one-that-this-service');
};

/** Seconds of tolerance: what a token says of time is judged by `claimsOf`, by the clock of this service. */
const WHENEVER = Number.MAX_SAFE_INTEGER;

/** When a token begins to be good, by its own word; epoch ms. */
const beginningOf = ({ iat = 0, nbf = 0 }: JWTPayload): number => Math.max(iat, nbf) * 1000;

const BEARER = /^Bearer +([\w.~+/-]+=*) *$/iu;

export const createAuth = ({ keys, rules, clock, isRevoked = () => false, clockFault = () => undefined }: AuthOptions): Auth => {
  type Kept = { readonly principal: Principal; readonly until: number; readonly edition: number };
  const kept = new LRUCache<string, Kept>({ max: MAX_TOKENS });

  const payloadOf = async (token: string): Promise<JWTPayload> => {
    try {
      return (await jwtVerify(token, keys.keyOf, { algorithms: [...ALGORITHMS], clockTolerance: WHENEVER })).payload;
    } catch (error) {
      throw error instanceof errors.JOSEError ? unauthenticated(reasonOf(error), true) : error;
    }
  };

  const admitted = (principal: Principal): Principal => {
    if (principal.jti !== undefined && isRevoked(principal.jti)) throw unauthenticated(say('http.token-was-revoked'), true);
    return principal;
  };

  const verify = async (token: string, digest: string): Promise<Principal> => {
    const edition = keys.edition(); // before: what changes meanwhile makes it be verified once more
    const payload = await payloadOf(token);
    const now = clock.now().epochMilliseconds;
    const verified = claimsOf(payload, rules, now);
    if (isMessage(verified)) {
      // A token of the future where the clock is known to be behind: it is the clock that is not good.
      const begins = beginningOf(payload);
      const fault = begins > now && !isMessage(claimsOf(payload, rules, begins)) ? clockFault() : undefined;
      throw fault === undefined ? unauthenticated(verified, true) : clockBehind(fault);
    }
    if (edition !== undefined) kept.set(digest, { principal: verified.principal, until: verified.exp * 1000, edition });
    return admitted(verified.principal);
  };

  return (authorization) => {
    if (authorization === undefined) throw unauthenticated(say('http.send-authorization-bearer-and-token'), false);
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated(say('http.authorization-not-bearer-and-token'), false);
    const digest = hash('sha256', token, 'base64url');
    const known = kept.get(digest);
    if (known !== undefined && known.edition === keys.edition() && clock.now().epochMilliseconds < known.until)
      return admitted(known.principal);
    return verify(token, digest);
  };
};

/** Believes the tokens that a local key has signed. */
export const localAuth = (key: LocalKey, options: Omit<AuthOptions, 'keys' | 'rules'> & { readonly rules?: TokenRules }): Auth =>
  createAuth({ rules: LOCAL_RULES, ...options, keys: fixedKeys([publicPart(key)]) });
