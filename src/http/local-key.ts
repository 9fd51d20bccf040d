import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { dataFiles } from '../kernel/data-files.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import { createFile, PRIVATE } from '../store/durable-file.ts';
import { PlaceUnusable, readGivenFile } from '../store/places.ts';
import type { UsableKey } from './jwks.ts';
import type { Role } from './principal.ts';
import { say } from '../messages/message.ts';
import { stateSaid } from '../messages/named.ts';
import { Told } from '../messages/told.ts';

/** The key with which this installation signs its own tokens, where no issuer is configured. */
const localKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string(), kid: z.string() });
export type LocalKey = z.infer<typeof localKey>;

const makeKey = async (): Promise<LocalKey> => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  return localKey.parse({ ...jwk, kid: await calculateJwkThumbprint(localKey.omit({ kid: true, d: true }).parse(jwk)) });
};

const readKey = (path: string): LocalKey | undefined => {
  if (!existsSync(path)) return undefined;
  const text = readGivenFile(path).toString('utf8');
  try {
    return localKey.parse(JSON.parse(text));
  } catch (cause) {
    throw new PlaceUnusable(path, say('http.does-not-hold-ed25519-private-key-2'), { cause });
  }
};

/** The key of a data directory, made (mode 0600) where there is none yet. */
export const loadLocalKey = async (dataDir: string): Promise<LocalKey> => {
  const { tokenKey: path } = dataFiles(dataDir);
  const known = readKey(path);
  if (known !== undefined) return known;
  createFile(path, `${JSON.stringify(await makeKey())}\n`, PRIVATE); // or another process made it meanwhile
  const made = readKey(path);
  if (made === undefined) throw new Told(say('http.vanished-while-was-made', { path }));
  return made;
};

export const publicPart = ({ kty, crv, x, kid }: LocalKey): UsableKey => ({ kty, crv, x, kid, alg: 'EdDSA' });

export type TokenRequest = {
  readonly role: Role;
  /** For role `unit`, and for no other. */
  readonly unit?: string | undefined;
  readonly sub?: string | undefined;
  /** Seconds. */
  readonly ttl: number;
  /** Its own name; a new one unless given. */
  readonly jti?: string | undefined;
  /** What a service that believes one issuer, and tokens meant for it alone, asks for. */
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
};

/** A token signed with the local key. Its `sub` is, unless given, the unit or the role. Throws where role and unit do not fit. */
export const mintToken = async (key: LocalKey, request: TokenRequest, clock: Clock = systemClock): Promise<string> => {
  const { role, unit, sub, ttl, jti = randomUUID(), issuer, audience } = request;
  if ((role === 'unit') !== (unit !== undefined))
    throw new Told(role === 'unit' ? say('http.role-unit-needs-unit') : say('http.role-has-no-unit', { role: stateSaid(role) }));
  const now = Math.floor(clock.now().epochMilliseconds / 1000);
  const claims = {
    role,
    ...(unit === undefined ? {} : { unit }),
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(audience === undefined ? {} : { aud: audience }),
  };
  const signed = new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
    .setSubject(sub ?? unit ?? role)
    .setJti(jti)
    .setIssuedAt(now)
    .setExpirationTime(now + ttl);
  return signed.sign(await importJWK(key, 'EdDSA'));
};
