import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import { publicPart, type LocalKey } from './local-key.ts';
import { principal, type Principal } from './principal.ts';
import { problem, retryLater, type Problem } from './problem.ts';

/** `Authorization: Bearer` (RFC 6750) with a JSON Web Token, from the header to the principal. */

const ALGORITHMS = ['EdDSA', 'RS256'];

/** A verified token is believed for at most so long, so that a key taken out of the issuer's set stops working. */
const BELIEVED_MILLIS = 10 * 60_000;
const MAX_TOKENS = 10_000;

/** The keys that verify tokens: a JWKS file, the URL of one (fetched when needed, refreshed on rotation), or the local key. */
export type KeySource = { readonly jwks: string } | { readonly local: LocalKey };

/** A principal at once where the token was verified before; rejects with a `Problem`. */
export type Auth = (authorization: string | undefined) => Principal | Promise<Principal>;

/** RFC 6750 §3: no error code where no token was sent. */
const unauthenticated = (detail: string, sent: boolean): Problem =>
  problem('unauthenticated', detail, { headers: { 'www-authenticate': sent ? `Bearer error="invalid_token"` : 'Bearer' } });

const fetchedKeys = (url: string): JWTVerifyGetKey => {
  const keys = createRemoteJWKSet(new URL(url));
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw retryLater('keys-unavailable', 'the keys that verify tokens could not be fetched', 5, error);
    }
  };
};

/** Reads the keys. Throws where a file does not hold a JWKS. */
export const loadKeys = async (source: KeySource): Promise<JWTVerifyGetKey> => {
  if ('local' in source) return createLocalJWKSet({ keys: [publicPart(source.local)] });
  if (/^https?:\/\//u.test(source.jwks)) return fetchedKeys(source.jwks);
  try {
    return createLocalJWKSet(JSON.parse(await readFile(source.jwks, 'utf8')));
  } catch (cause) {
    throw new Error(`AUTH_JWKS: ${source.jwks} does not hold a JSON Web Key Set`, { cause });
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} of the token is not valid`;
  if (error instanceof errors.JOSEAlgNotAllowed) return `the token is not signed by ${ALGORITHMS.join(' or ')}`;
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'the token does not say which key signed it (kid)';
  return 'the token is not one that this service can verify';
};

const BEARER = /^Bearer +([\w.~+/-]+=*) *$/iu;

export const createAuth = (keys: JWTVerifyGetKey, clock: Clock): Auth => {
  const verified = new LRUCache<string, { readonly principal: Principal; readonly until: number }>({ max: MAX_TOKENS });

  const verify = async (token: string, digest: string): Promise<Principal> => {
    const now = clock.now().epochMilliseconds;
    let payload: Awaited<ReturnType<typeof jwtVerify>>['payload'];
    try {
      ({ payload } = await jwtVerify(token, keys, { algorithms: ALGORITHMS, currentDate: new Date(now) }));
    } catch (error) {
      throw error instanceof errors.JOSEError ? unauthenticated(reasonOf(error), true) : error;
    }
    const claims = principal.safeParse(payload);
    if (!claims.success) throw unauthenticated('the token does not say sub, role, and unit for role unit', true);
    const until = Math.min((payload.exp ?? Infinity) * 1000, now + BELIEVED_MILLIS);
    verified.set(digest, { principal: claims.data, until });
    return claims.data;
  };

  return (authorization) => {
    if (authorization === undefined) throw unauthenticated('send Authorization: Bearer and a token', false);
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated('Authorization is not Bearer and a token', false);
    const digest = hash('sha256', token, 'base64url');
    const known = verified.get(digest);
    if (known !== undefined && clock.now().epochMilliseconds < known.until) return known.principal;
    return verify(token, digest);
  };
};
