import { keySource } from '../http/key-source.ts';
import { fixedKeys, followKeys, KeysUnusable, type KeySet } from '../http/key-set.ts';
import { loadLocalKey, publicPart } from '../http/local-key.ts';
import { CLOCK_SKEW, ISSUED_TTL, LONGEST_TTL, type TokenRules } from '../http/token-claims.ts';
import { CannotOpen } from './cannot-open.ts';
import type { Config } from './config.ts';
import type { Logger } from './logger.ts';
import { say } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/** Whose tokens are believed, as the settings say. */

type AuthSettings = Pick<Config, 'authJwks' | 'authIssuer' | 'authAudience' | 'authMaxTtl' | 'authClockSkew'>;

export const tokenRules = ({ authJwks, authIssuer, authAudience, authMaxTtl, authClockSkew }: AuthSettings): TokenRules => ({
  issuer: authIssuer,
  audience: authAudience,
  maxTtl: authMaxTtl ?? (authJwks === undefined ? LONGEST_TTL : ISSUED_TTL),
  clockSkew: authClockSkew ?? CLOCK_SKEW,
});

const LOOPBACK = /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/u;

/**
 * The keys of `AUTH_JWKS`; undefined where no issuer is set.
 * @throws CannotOpen  a file that is of no use. A URL that is of none is asked again, and the service not ready until then
 */
export const issuersKeys = async ({ authJwks, authAudience }: AuthSettings, logger: Logger): Promise<KeySet | undefined> => {
  if (authJwks === undefined) return undefined;
  const source = keySource(authJwks);
  if (authAudience === undefined)
    logger.warn('AUTH_JWKS without AUTH_AUDIENCE: a token that its issuer made for another service is good here too');
  if (source.kind === 'url' && source.name.startsWith('http:') && !LOOPBACK.test(source.name))
    logger.warn(`AUTH_JWKS: ${source.name} is read without TLS: whoever is on the way can put keys of their own in place of these`);
  try {
    return await followKeys(source, { onChange: (message) => logger.info(message), onFailure: (message) => logger.error(message) });
  } catch (error) {
    throw error instanceof KeysUnusable ? new CannotOpen(say('cli.mend-auth-jwks', { why: toldBy(error) }), { cause: error }) : error;
  }
};

export const localKeys = async (dataDir: string): Promise<KeySet> => fixedKeys([publicPart(await loadLocalKey(dataDir))]);
