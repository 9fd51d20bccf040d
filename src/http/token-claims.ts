import type { JWTPayload } from 'jose';
import { principal, type Principal } from './principal.ts';
import { say, type Message } from '../messages/message.ts';

/** What the claims of a token (RFC 7519 §4.1) must say, once its signature is known to be good. */
export type TokenRules = {
  /** `iss`; any, or none, unless given. */
  readonly issuer?: string | undefined;
  /** One of `aud`; any, or none, unless given. */
  readonly audience?: string | undefined;
  /** Seconds from `iat` to `exp`, at most. */
  readonly maxTtl: number;
  /** Seconds by which the issuer's clock may be ahead of this one, for `nbf` and `iat`. `exp` is taken at its word. */
  readonly clockSkew: number;
};

const DAY = 86_400;

/** Of an issuer's tokens, unless set: whoever issues them can issue a new one. In seconds, as all of these. */
export const ISSUED_TTL = DAY;
/** Of any token: `duban token` makes them as long as this, for a script that is to live from one year's notice to the next. */
export const LONGEST_TTL = 366 * DAY;
export const CLOCK_SKEW = 60;
export const LARGEST_SKEW = 3600;

/** Epoch seconds after which no token is good that is good at some time `now` (epoch ms), whatever the settings. */
export const lastExpiry = (now: number): number => Math.ceil(now / 1000) + LARGEST_SKEW + LONGEST_TTL;

export const LOCAL_RULES: TokenRules = { maxTtl: LONGEST_TTL, clockSkew: CLOCK_SKEW };

/** The last second of the year 9999. */
const LAST_SECOND = 253_402_300_799;

const isSecond = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_SECOND;

const names = (audience: JWTPayload['aud'], wanted: string): boolean =>
  Array.isArray(audience) ? audience.includes(wanted) : audience === wanted;

export type Verified = {
  readonly principal: Principal;
  /** Epoch seconds. */
  readonly exp: number;
};

/** Who it speaks for and until when, or what is wrong with it. `now` in epoch milliseconds. */
export const claimsOf = (payload: JWTPayload, { issuer, audience, maxTtl, clockSkew }: TokenRules, now: number): Verified | Message => {
  const { exp, iat, nbf } = payload;
  const latest = now / 1000 + clockSkew;
  if (!isSecond(exp)) return say('http.token-does-not-say-when-expires');
  if (now >= exp * 1000) return say('http.token-has-expired');
  if (!isSecond(iat)) return say('http.token-does-not-say-when-was');
  if (iat > latest) return say('http.token-says-that-issued-in-future');
  if (nbf !== undefined && !isSecond(nbf)) return say('http.nbf-token-no-whole-number-seconds');
  if (nbf !== undefined && nbf > latest) return say('http.token-not-good-yet-nbf');
  if (exp - iat > maxTtl) return say('http.token-good-for-s-and-s', { exp: exp - iat, maxTtl });
  if (issuer !== undefined && payload.iss !== issuer) return say('http.token-not-issuer-that-this-service');
  if (audience !== undefined && !names(payload.aud, audience)) return say('http.token-not-meant-for-this-service');
  const claims = principal.safeParse(payload);
  return claims.success ? { principal: claims.data, exp } : say('http.token-does-not-say-sub-role');
};
