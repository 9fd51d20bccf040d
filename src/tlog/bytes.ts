const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF in the text: decoding must lose nothing, or signatures would be checked over other bytes.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The same bytes seen as a Buffer, not a copy: for what only Buffer can do fast. */
const viewed = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);

/** Strict: undefined unless the bytes are valid UTF-8, so that encoding the text again gives the same bytes. */
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

export const encodeBase64 = (bytes: Uint8Array): string => viewed(bytes).toString('base64');

/** Strict RFC 4648 §4: only the one encoding that `encodeBase64` would write, padding and unused bits included. */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined;
};

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const NEWLINE = 0x0a;

/** No ASCII control character but the newline (C2SP signed-note, Format). */
export const isPlainText = (bytes: Uint8Array): boolean => bytes.every((byte) => byte >= 0x20 || byte === NEWLINE);

/** Where the first or the last empty line begins: the position of the newline before it, or -1. */
export const firstBlankLine = (bytes: Uint8Array): number => viewed(bytes).indexOf('\n\n');
export const lastBlankLine = (bytes: Uint8Array): number => viewed(bytes).lastIndexOf('\n\n');
