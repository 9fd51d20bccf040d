import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';

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
const usable = (key: AnyJwk): UsableKey | string => {
  const { use, key_ops: operations, alg } = key;
  if (key.d !== undefined) return 'is a private key';
  if (use !== undefined && use !== 'sig') return `is for ${use}, not for signatures`;
  if (operations !== undefined && !operations.includes('verify')) return 'is not for verifying';
  const found = essence(key);
  if (found === undefined) return 'is neither Ed25519 nor RSA';
  if (alg !== undefined && alg !== found.alg) return `is for ${alg}, not for ${found.alg}`;
  const bits = bitsOf(found);
  if (bits === undefined) return 'is not well-formed';
  return found.alg === 'RS256' && bits < MIN_RSA_BITS ? `has ${bits} bits, and ${MIN_RSA_BITS} are the least` : found;
};

/** `faults`: what is wrong with each of the other keys. */
export type KeyReading = { readonly keys: readonly UsableKey[]; readonly faults: readonly string[] };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The usable keys in the text of a set, of which there is at least one, or what is wrong with it in a few words. */
export const readJwks = (text: string): KeyReading | string => {
  const value = parsed(text);
  if (value === undefined) return 'is not JSON';
  const set = z.object({ keys: z.array(z.unknown()) }).safeParse(value);
  if (!set.success) return 'is no JSON Web Key Set: an object with a list of keys';
  const read = set.data.keys.map((entry, index) => {
    const key = jwk.safeParse(entry);
    const name = JSON.stringify(key.data?.kid ?? index + 1);
    const found = key.success ? usable(key.data) : 'is no JSON Web Key';
    return typeof found === 'string' ? `key ${name} ${found}` : found;
  });
  const keys = read.filter((found) => typeof found !== 'string');
  const faults = read.filter((found) => typeof found === 'string');
  if (keys.length > 0) return { keys, faults };
  return ['holds no key that verifies EdDSA or RS256', ...faults].join('; ');
};
