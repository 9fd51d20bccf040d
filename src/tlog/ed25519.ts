import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/*
 * Ed25519 (RFC 8032) on the raw encodings that the note formats carry: 32 bytes for a public key, 32 for the seed of a
 * private key, 64 for a signature.
 */

export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** Throws unless it is 32 bytes. */
export const importPublicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType: 'ed25519' });

/** Throws unless it is 32 bytes. */
export const importPrivateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(seed), format: 'raw-private', asymmetricKeyType: 'ed25519' });

export const generatePrivateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

export const exportSeed = (privateKey: KeyObject): Uint8Array => new Uint8Array(privateKey.export({ format: 'raw-private' }));

export const publicKeyOf = (privateKey: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(privateKey).export({ format: 'raw-public' }));

export const signEd25519 = (message: Uint8Array, privateKey: KeyObject): Uint8Array => new Uint8Array(sign(null, message, privateKey));

export const verifyEd25519 = (message: Uint8Array, publicKey: KeyObject, signature: Uint8Array): boolean =>
  signature.length === SIGNATURE_BYTES && verify(null, message, publicKey, signature);
