import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, isPlainText, lastBlankLine, sameBytes } from './bytes.ts';
import { ok, refuse } from './result.ts';
import type { Result } from './result.ts';
import { isKeyName, keyLabel } from './verifier-key.ts';
import type { KeyIdentity } from './verifier-key.ts';

/** One signature line; `bytes` are what follows the key id. */
export type Signature = KeyIdentity & { readonly bytes: Uint8Array };

/** A text that ends in a newline, and who is said to have signed it (C2SP signed-note). */
export type Note = { readonly text: string; readonly signatures: readonly Signature[] };

/** Checks signatures of one key; `text` is the UTF-8 of a note's text. */
export type Verifier = KeyIdentity & { readonly verify: (text: Uint8Array, signature: Uint8Array) => boolean };

/** Signs with one key. */
export type Signer = KeyIdentity & { readonly sign: (text: Uint8Array) => Uint8Array };

// The specification asks for a limit and for at least 16 signatures; these bound the work that a stranger can cause.
export const MAX_NOTE_BYTES = 1024 * 1024;
export const MAX_SIGNATURES = 100;

export type NoteRefusal = 'note-too-large' | 'not-plain-text' | 'no-signature-block' | 'bad-signature-line' | 'too-many-signatures';

export type OpenRefusal = NoteRefusal | 'ambiguous-key' | 'bad-signature' | 'no-known-signature';

const KEY_ID_BYTES = 4;

const isSameKey = (a: KeyIdentity, b: KeyIdentity): boolean => a.name === b.name && a.keyId === b.keyId;

/** `— <name> <base64 of key id and signature>`, without its newline. */
const parseSignatureLine = (line: string): Signature | undefined => {
  const [, name, encoded] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) return undefined;
  const bytes = decodeBase64(encoded);
  if (bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes: bytes.subarray(KEY_ID_BYTES) };
};

/** Signature lines as they end a note, or as a witness answers them: one or more, each with its newline. */
export const parseSignatures = (
  block: string,
): Result<readonly Signature[], 'no-signature-block' | 'bad-signature-line' | 'too-many-signatures'> => {
  const lines = block.split('\n');
  if (lines.pop() !== '' || lines.length === 0) return refuse('no-signature-block');
  if (lines.length > MAX_SIGNATURES) return refuse('too-many-signatures');
  const signatures: Signature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) return refuse('bad-signature-line', `signature line ${signatures.length + 1}`);
    signatures.push(signature);
  }
  return ok(signatures);
};

/** The note without any trust in it: the text must be ignored until `openNote` has found a known key's signature. */
export const parseNote = (bytes: Uint8Array): Result<Note, NoteRefusal> => {
  if (bytes.length > MAX_NOTE_BYTES) return refuse('note-too-large');
  if (!isPlainText(bytes)) return refuse('not-plain-text');
  // The text may have empty lines of its own: the last one is what separates it from the signatures.
  const split = lastBlankLine(bytes);
  if (split < 0) return refuse('no-signature-block');
  const text = decodeUtf8(bytes.subarray(0, split + 1));
  const block = decodeUtf8(bytes.subarray(split + 2));
  if (text === undefined || block === undefined) return refuse('not-plain-text');
  const signatures = parseSignatures(block);
  return signatures.ok ? ok({ text, signatures: signatures.value }) : signatures;
};

export const formatSignature = ({ name, keyId, bytes }: Signature): string => {
  const id = new Uint8Array(KEY_ID_BYTES);
  new DataView(id.buffer).setUint32(0, keyId);
  return `\u2014 ${name} ${encodeBase64(concatBytes(id, bytes))}\n`;
};

/** The bytes that `parseNote` reads back. Throws RangeError on what it would refuse. */
export const formatNote = ({ text, signatures }: Note): Uint8Array => {
  const bytes = encodeUtf8(`${text}\n${signatures.map(formatSignature).join('')}`);
  if (!text.endsWith('\n') || !text.isWellFormed()) throw new RangeError('the text of a note is well-formed and ends in a newline');
  const parsed = parseNote(bytes);
  if (!parsed.ok) throw new RangeError(`not a note: ${parsed.reason}`);
  return bytes;
};

/** One signer's line over a note's text. */
export const signText = (text: string, { name, keyId, sign }: Signer): Signature => ({ name, keyId, bytes: sign(encodeUtf8(text)) });

/** A note signed by all signers; their lines come after those it had already, and replace those of the same keys. */
export const signNote = (note: Note, signers: readonly Signer[]): Note => ({
  text: note.text,
  signatures: [
    ...note.signatures.filter((signature) => !signers.some((signer) => isSameKey(signer, signature))),
    ...signers.map((signer) => signText(note.text, signer)),
  ],
});

/** A note that known keys have signed; `signatures` are theirs, and what strangers signed is left out. */
export type OpenedNote = Note & { readonly unknown: readonly Signature[] };

/**
 * The note, if at least one known key signed it and none of them badly (C2SP signed-note, Signatures): a bad signature
 * of a known key refuses the whole note, a signature of an unknown key is set aside. Every signature is checked, also a
 * key's second one; the same line twice counts once.
 */
export const openNote = (bytes: Uint8Array, verifiers: readonly Verifier[]): Result<OpenedNote, OpenRefusal> => {
  const parsed = parseNote(bytes);
  return parsed.ok ? checkSignatures(parsed.value, verifiers) : parsed;
};

/** What `openNote` does once the bytes are parsed. */
export const checkSignatures = (
  { text, signatures }: Note,
  verifiers: readonly Verifier[],
): Result<OpenedNote, Exclude<OpenRefusal, NoteRefusal>> => {
  const message = encodeUtf8(text);
  const good: Signature[] = [];
  const unknown: Signature[] = [];
  for (const signature of signatures) {
    const [verifier, another] = verifiers.filter((known) => isSameKey(known, signature));
    if (another !== undefined) return refuse('ambiguous-key', keyLabel(signature));
    if (verifier !== undefined && !verifier.verify(message, signature.bytes)) return refuse('bad-signature', keyLabel(signature));
    const heard = verifier === undefined ? unknown : good;
    if (!heard.some((other) => isSameKey(other, signature) && sameBytes(other.bytes, signature.bytes))) heard.push(signature);
  }
  return good.length > 0 ? ok({ text, signatures: good, unknown }) : refuse('no-known-signature');
};
