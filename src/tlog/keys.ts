import type { KeyObject } from 'node:crypto';
import { signCosignature, verifyCosignature } from './cosignature.ts';
import { exportSeed, generatePrivateKey, importPrivateKey, importPublicKey, publicKeyOf, signEd25519, verifyEd25519 } from './ed25519.ts';
import type { Signer, Verifier } from './note.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';
import { encodeKeyMaterial, keyLabel, parseKeyParts, verifierKey } from './verifier-key.ts';
import type { KeyType, VerifierKey, VerifierKeyRefusal } from './verifier-key.ts';

/** A key pair with its name and type; the private half stays in node:crypto and is not printed by accident. */
export type NoteKey = VerifierKey & { readonly privateKey: KeyObject };

const noteKey = (name: string, type: KeyType, privateKey: KeyObject): NoteKey => ({
  ...verifierKey(name, type, publicKeyOf(privateKey)),
  privateKey,
});

/** A new key. Throws RangeError on a name that is empty or has spaces or '+'. */
export const generateKey = (name: string, type: KeyType): NoteKey => noteKey(name, type, generatePrivateKey());

const PRIVATE_PREFIX = 'PRIVATE+KEY+';

/**
 * The contents of a private key file: `PRIVATE+KEY+<name>+<hex id>+<base64 of type and seed>`, as Go's sumdb notes
 * write it, and a newline. The id is that of the public key.
 */
export const formatPrivateKey = (key: NoteKey): string =>
  `${PRIVATE_PREFIX}${keyLabel(key)}+${encodeKeyMaterial(key.type, exportSeed(key.privateKey))}\n`;

/** Reads what `formatPrivateKey` writes, with or without the newline. */
export const parsePrivateKey = (file: string): Result<NoteKey, VerifierKeyRefusal> => {
  const line = file.endsWith('\n') ? file.slice(0, -1) : file;
  if (!line.startsWith(PRIVATE_PREFIX)) return refuse('bad-key');
  const parts = parseKeyParts(line.slice(PRIVATE_PREFIX.length));
  if (!parts.ok) return parts;
  const { name, keyId, type, raw } = parts.value;
  const key = noteKey(name, type, importPrivateKey(raw));
  return key.keyId === keyId ? ok(key) : refuse('key-id-mismatch');
};

type Verify = Verifier['verify'];

const VERIFY: Readonly<Record<KeyType, (plain: Verify) => Verify>> = {
  ed25519: (plain) => plain,
  cosignature: (plain) => (text, signature) => verifyCosignature(text, signature, plain),
};

/** What checks a key's signatures, by its type. */
export const verifierOf = ({ name, keyId, type, publicKey }: VerifierKey): Verifier => {
  const imported = importPublicKey(publicKey);
  return { name, keyId, verify: VERIFY[type]((message, signature) => verifyEd25519(message, imported, signature)) };
};

/** Signs notes. Throws RangeError on a key of another type: it would sign what its id does not say. */
export const noteSigner = ({ name, keyId, type, privateKey }: NoteKey): Signer => {
  if (type !== 'ed25519') throw new RangeError(`${keyLabel({ name, keyId })} is not a key for notes`);
  return { name, keyId, sign: (text) => signEd25519(text, privateKey) };
};

/** Cosigns checkpoints as of a time, in whole seconds since 1970. Throws RangeError on a key of another type. */
export const cosigner = ({ name, keyId, type, privateKey }: NoteKey, time: number): Signer => {
  if (type !== 'cosignature') throw new RangeError(`${keyLabel({ name, keyId })} is not a key for cosignatures`);
  return { name, keyId, sign: (text) => signCosignature(text, time, (message) => signEd25519(message, privateKey)) };
};
