import { leafHash, type Hash } from '../tlog/index.ts';
import { uncanonical } from './canonical-form.ts';
import { isJsonObject } from '../kernel/json.ts';
import { isMessage, say, type Message, type Text } from '../messages/message.ts';

/** One entry, looked at for itself: the event it holds must be written in the one canonical way. */

export type Leaf = {
  readonly hash: Hash;
  /** As it stands: whether it is a UUID is seen where ids are collected (`collectIds`). */
  readonly id: string;
  /** With its version, `TaskReassigned.v1`. */
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  readonly revision: number;
  /** As it stands: that it is the hash of the event before it, its stream shows. Undefined for a stream's first event. */
  readonly prevleaf: string | undefined;
  /** Recorded-at, epoch ms. */
  readonly time: number;
  readonly source: string;
  /** Which of a cluster's replicas recorded it. */
  readonly replica: string | undefined;
  readonly data: unknown;
};

export type LeafFault = { readonly hash: Hash; readonly fault: Text };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const REVISION = /^(?:0|[1-9]\d{0,14})$/u;
const TYPE = /^[A-Z][A-Za-z]*\.v[1-9]\d{0,3}$/u;
const SOURCE = /^\/duban\/[1-9]\d{0,8}$/u;

const REPLICA = /^[a-z0-9][a-z0-9-]{0,62}$/u;

const INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/u;
const DATE_LENGTH = 10;

/** The last date that was found to exist: the events of a day stand together. */
let existing = '';

/** Epoch ms of RFC 3339 in UTC with three decimals; undefined for anything else. */
const millisOf = (text: string): number | undefined => {
  if (!INSTANT.test(text)) return undefined;
  const millis = Date.parse(text);
  if (text.startsWith(existing) && existing !== '') return millis;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== text) return undefined;
  existing = text.slice(0, DATE_LENGTH);
  return millis;
};

const matches = (pattern: RegExp, value: unknown): value is string => typeof value === 'string' && pattern.test(value);

const facts = (event: Readonly<Record<string, unknown>>, hash: Hash): Leaf | Message => {
  const { specversion, datacontenttype, id, type, subject, streamrev, prevleaf, time, source, replica, data } = event;
  if (specversion !== '1.0' || datacontenttype !== 'application/json') return say('verifying.no-cloud-event');
  if (typeof id !== 'string') return say('verifying.no-id');
  if (!matches(TYPE, type)) return say('verifying.no-type-with-version');
  if (typeof subject !== 'string' || subject === '') return say('verifying.no-subject');
  if (!matches(SOURCE, source)) return say('verifying.no-source');
  if (!matches(REVISION, streamrev)) return say('verifying.no-decimal-streamrev');
  const millis = typeof time === 'string' ? millisOf(time) : undefined;
  if (millis === undefined) return say('verifying.no-time-in-utc');
  if (prevleaf !== undefined && typeof prevleaf !== 'string') return say('verifying.prevleaf-is-no-text');
  if ((streamrev === '0') !== (prevleaf === undefined))
    return streamrev === '0' ? say('verifying.first-yet-with-prevleaf') : say('verifying.not-first-yet-without-prevleaf');
  if (replica !== undefined && !matches(REPLICA, replica)) return say('verifying.replica-is-no-name');
  if (data === undefined) return say('verifying.no-data');
  return { hash, id, type, subject, revision: Number(streamrev), prevleaf, time: millis, source, replica, data };
};

/** Whether the bytes are JCS(parse(bytes)): then no member stands twice either, for parsing would have lost one. */
export const readLeaf = (bytes: Uint8Array): Leaf | LeafFault => {
  const hash = leafHash(bytes);
  const bad = (reason: Text): LeafFault => ({ hash, fault: reason });
  const text = decode(bytes);
  if (text === undefined) return bad(say('verifying.not-utf-8'));
  const parsed = parse(text);
  if (parsed === undefined) return bad(say('verifying.is-not-json'));
  const wrong = uncanonical(bytes, text, parsed.value);
  if (wrong !== undefined) return bad(wrong);
  if (!isJsonObject(parsed.value)) return bad(say('verifying.is-no-json-object'));
  const found = facts(parsed.value, hash);
  return isMessage(found) ? bad(found) : found;
};
