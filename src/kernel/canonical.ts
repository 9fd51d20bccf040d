import canonicalize from 'canonicalize';
import { hash } from 'node:crypto';

/**
 * RFC 8785 canonical JSON of a plain JSON value: what is stored, hashed and exported.
 * Throws on what the RFC cannot express (lone surrogates, NaN, undefined at the root).
 */
export const canonicalText = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
};

/** The JSON value as its canonical bytes give it back: members in the order of RFC 8785 §3.2.3, none undefined. */
export const inCanonicalOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inCanonicalOrder);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, member]) => [name, inCanonicalOrder(member)]),
  );
};

export const canonicalBytes = (value: unknown): Buffer => Buffer.from(canonicalText(value), 'utf8');

/** Lower-case hex SHA-256 of bytes or of a text's UTF-8. */
export const sha256Hex = (data: Uint8Array | string): string => hash('sha256', data, 'hex');

/** Lower-case hex SHA-256 of a value's canonical bytes: a snapshot's digest, a command's fingerprint. */
export const digestOf = (value: unknown): string => sha256Hex(canonicalText(value));
