import type { Clock } from '../kernel/clock.ts';
import { sha256Hex } from '../kernel/canonical.ts';
import type { Actor } from '../kernel/envelope.ts';
import { derivedId, type Ids } from '../kernel/ids.ts';
import { problem, type Problem } from './problem.ts';
import { say } from '../messages/message.ts';

/** `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a sender's own name for one request and its retries. */

const BARE = /^[\x21-\x7e]{1,255}$/u;
/** A string of RFC 8941 §3.3.3, where `\` escapes itself and `"`. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/u;

/** Quoted and bare are one key. Undefined where none was sent. */
export const parseIdempotencyKey = (header: string | readonly string[] | undefined): string | undefined | Problem => {
  if (header === undefined) return undefined;
  const text = typeof header === 'string' ? header.trim() : '';
  const key = text.startsWith('"') ? QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/gu, '$1') : text;
  if (key === undefined || !BARE.test(key)) return problem('invalid-header', say('http.idempotency-key-not-1-to-255'));
  return key;
};

/** What must be the same in a retry: method, path with its parameters, and the clean body. */
export const fingerprint = (method: string, path: string, query: object, body: unknown): unknown => ({
  method,
  path,
  query,
  body: Buffer.isBuffer(body) ? { sha256: sha256Hex(body) } : body,
});

/**
 * An id for what a command makes, `kind` by `kind`. With a key it derives from sender, request and key, so that a
 * retry makes the same thing; without one it is new each time.
 */
export const newId = (
  sender: { readonly actor: Actor; readonly key: string | undefined; readonly route: string },
  clock: Clock,
  ids: Ids,
  kind: string,
): string =>
  sender.key === undefined
    ? ids.next(clock.now().epochMilliseconds)
    : derivedId('id', sender.actor.sub, sender.actor.unit ?? '', sender.key, sender.route, kind);
