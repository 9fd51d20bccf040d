import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';
import { say, type Message, isMessage } from '../messages/message.ts';

/** Which keys of a JSON Web Key Set (RFC 7517) can verify a token here, and by which algorithm each. */

export const ALGORITHMS = ['EdDSA', 'RS256'] as const;

const MIN_RSA_BITS = 2048;

/** Of another type, or with members of other types, it is no key of ours: that is told as such, and stops nothing. */
const jwk = z.object({
  kty: z.string(),
  kid: z.string().optional(),
  use: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  d: z.unknown().optional(),
});
type AnyJwk = z.infer<typeof jwk>;

/** A key with its algorithm said: a token that names another is not verified by it (RFC 8725 §3.1). */
export type UsableKey = JWK & { readonly alg: (typeof ALGORITHMS)[number] };

/** Of an RSA key; 0 for another, undefined where the key is not well-formed. */
const bitsOf = (key: JWK): number | undefined => {
  try {
    return createPublicKey({ format: 'jwk', key }).asymmetricKeyDetails?.modulusLength ?? 0;
  } catch {
    return undefined;
  }
};

/** What it takes of the key, with its algorithm; undefined where there is none for it here. */
const essence = ({ kty, crv, x, n, e, kid }: AnyJwk): UsableKey | undefined => {
  const named = kid === undefined ? {} : { kid };
  if (kty === 'OKP' && crv === 'Ed25519' && x !== undefined) return { kty, crv, x, alg: 'EdDSA', ...named };
  if (kty === 'RSA' && n !== undefined && e !== undefined) return { kty, n, e, alg: 'RS256', ...named };
  return undefined;
};

/** The key by itself, or why it is of no use. */
const usable = (key: AnyJwk): UsableKey | Message => {
  const { use, key_ops: operations, alg } = key;
  if (key.d !== undefined) return say('http.private-key');
  if (use !== undefined && use !== 'sig') return say('http.for-not-for-signatures', { use });
  if (operations !== undefined && !operations.includes('verify')) return say('http.not-for-verifying');
  const found = essence(key);
  if (found === undefined) return say('http.neither-ed25519-nor-rsa');
  if (alg !== undefined && alg !== found.alg) return say('http.for-not-for', { alg, alg2: found.alg });
  const bits = bitsOf(found);
  if (bits === undefined) return say('http.jwk-not-well-formed');
  return found.alg === 'RS256' && bits < MIN_RSA_BITS ? say('http.has-bits-and-least', { bits, minRsaBits: MIN_RSA_BITS }) : found;
};

/** `faults`: what is wrong with each of the other keys. */
export type KeyReading = { readonly keys: readonly UsableKey[]; readonly faults: readonly Message[] };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The usable keys in the text of a set, of which there is at least one, or what is wrong with it in a few words. */
export const readJwks = (text: string): KeyReading | Message => {
  const value = parsed(text);
  if (value === undefined) return say('http.not-json');
  const set = z.object({ keys: z.array(z.unknown()) }).safeParse(value);
  if (!set.success) return say('http.no-json-web-key-set-object');
  const read = set.data.keys.map((entry, index) => {
    const key = jwk.safeParse(entry);
    const name = JSON.stringify(key.data?.kid ?? index + 1);
    const found = key.success ? usable(key.data) : say('http.no-json-web-key');
    return isMessage(found) ? say('http.key', { name, found }) : found;
  });
  const keys = read.filter((found): found is UsableKey => !isMessage(found));
  const faults = read.filter(isMessage);
  if (keys.length > 0) return { keys, faults };
  return say('http.faults', { faults: { clauses: [say('http.holds-no-key-that-verifies-eddsa'), ...faults] } });
};
