import { hash } from 'node:crypto';
import { concatBytes, decodeBase64, encodeBase64, encodeUtf8 } from './bytes.ts';
import { KEY_BYTES } from './ed25519.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';

/**
 * What a key signs (C2SP signed-note, Signature types): `ed25519` (0x01) the text of a note; `cosignature` (0x04) a
 * checkpoint with the time, as witnesses do.
 */
export type KeyType = 'ed25519' | 'cosignature';

const TYPE_BYTES: Readonly<Record<KeyType, number>> = { ed25519: 0x01, cosignature: 0x04 };

/** A name and a 32-bit id: what a signature line says of its key. */
export type KeyIdentity = { readonly name: string; readonly keyId: number };

/** A public key as configured: 32 bytes, with the name and the type that its id commits to. */
export type VerifierKey = KeyIdentity & { readonly type: KeyType; readonly publicKey: Uint8Array };

export type VerifierKeyRefusal = 'bad-key' | 'unsupported-key-type' | 'key-id-mismatch';

/** Not empty, no Unicode space, no '+' (C2SP signed-note, Format). */
export const isKeyName = (name: string): boolean => name.isWellFormed() && /^[^+\p{White_Space}]+$/u.test(name);

const hexId = (keyId: number): string => keyId.toString(16).padStart(8, '0');

/** A key's identity in one string, the beginning of its vkey. */
export const keyLabel = ({ name, keyId }: KeyIdentity): string => `${name}+${hexId(keyId)}`;

/** SHA-256(name || 0x0A || type || public key), its first four bytes as a number. */
const keyIdOf = (name: string, type: KeyType, publicKey: Uint8Array): number =>
  hash('sha256', concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(TYPE_BYTES[type]), publicKey), 'buffer').readUInt32BE(0);

/** Throws RangeError on a name that is none or a key that is not 32 bytes. */
export const verifierKey = (name: string, type: KeyType, publicKey: Uint8Array): VerifierKey => {
  if (!isKeyName(name)) throw new RangeError('a key name is not empty and has neither spaces nor "+"');
  if (publicKey.length !== KEY_BYTES) throw new RangeError(`an Ed25519 key is ${KEY_BYTES} bytes`);
  return { name, keyId: keyIdOf(name, type, publicKey), type, publicKey };
};

/** The type byte and 32 bytes of key, as vkeys and private keys carry them in base64. */
export const encodeKeyMaterial = (type: KeyType, raw: Uint8Array): string =>
  encodeBase64(concatBytes(Uint8Array.of(TYPE_BYTES[type]), raw));

export type KeyParts = KeyIdentity & { readonly type: KeyType; readonly raw: Uint8Array };

/** `<name>+<hex id>+<base64 of type and key>`: what vkeys and private keys have in common. The id is not checked here. */
export const parseKeyParts = (text: string): Result<KeyParts, Exclude<VerifierKeyRefusal, 'key-id-mismatch'>> => {
  const [, name, idText, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  if (name === undefined || idText === undefined || material === undefined || !isKeyName(name)) return refuse('bad-key');
  const bytes = decodeBase64(material);
  if (bytes === undefined || bytes.length === 0) return refuse('bad-key');
  const type = (['ed25519', 'cosignature'] as const).find((known) => TYPE_BYTES[known] === bytes[0]);
  if (type === undefined) return refuse('unsupported-key-type');
  if (bytes.length !== 1 + KEY_BYTES) return refuse('bad-key');
  return ok({ name, keyId: Number.parseInt(idText, 16), type, raw: bytes.subarray(1) });
};

/** A vkey (C2SP signed-note, Verifier keys) of a supported type, whose id is the recommended one. */
export const parseVerifierKey = (vkey: string): Result<VerifierKey, VerifierKeyRefusal> => {
  const parts = parseKeyParts(vkey);
  if (!parts.ok) return parts;
  const { name, keyId, type, raw } = parts.value;
  return keyIdOf(name, type, raw) === keyId ? ok({ name, keyId, type, publicKey: raw }) : refuse('key-id-mismatch');
};

/** Those of a list that are vkeys of a supported type. */
export const verifierKeysOf = (vkeys: readonly string[]): readonly VerifierKey[] =>
  vkeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    return key.ok ? [key.value] : [];
  });

export const formatVerifierKey = (key: VerifierKey): string => `${keyLabel(key)}+${encodeKeyMaterial(key.type, key.publicKey)}`;
