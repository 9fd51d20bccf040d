import { say, type Text } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';
/**
 * What an error of the client means for what was tried. Told by its `type` and `code`, so that the client need
 * not be loaded to ask. Whatever is not known for certain is ambiguous: sending the same ids again is always safe.
 */
export type Failure =
  /** The stream is at another revision. */
  | 'conflict'
  | 'stream-missing'
  | 'stream-deleted'
  /** It will not do better next time. */
  | 'permanent'
  /** It may have been done, or may be done yet. */
  | 'ambiguous';

const BY_TYPE: ReadonlyMap<unknown, Failure> = new Map<unknown, Failure>([
  ['wrong-expected-version', 'conflict'],
  ['stream-not-found', 'stream-missing'],
  ['stream-deleted', 'stream-deleted'],
  ['access-denied', 'permanent'],
  ['invalid-argument', 'permanent'],
  ['maximum-append-size-exceeded', 'permanent'],
  ['unsupported', 'permanent'],
]);

// gRPC status codes: INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED.
const PERMANENT_CODES: ReadonlySet<unknown> = new Set([3, 7, 12, 16]);
const DEADLINE_EXCEEDED = 4;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

/** The gRPC status code of an error, where it has one. */
export const statusOf = (error: unknown): unknown => property(error, 'code');

export const failureOf = (error: unknown): Failure =>
  BY_TYPE.get(property(error, 'type')) ?? (PERMANENT_CODES.has(statusOf(error)) ? 'permanent' : 'ambiguous');

/** The user is not known by this password, or is not allowed. */
export const isAccessDenied = (error: unknown): boolean => property(error, 'type') === 'access-denied';

/** The revision that a conflict tells. */
export const actualRevision = (error: unknown): number | 'none' => {
  const actual = property(error, 'actualVersion');
  return typeof actual === 'bigint' ? Number(actual) : 'none';
};

/** Nothing was heard within the time that this program allows; the client itself would wait for ever. */
export class NoAnswer extends Told {
  constructor(what: Text, millis: number) {
    super(say('store.no-answer-within', { what, millis }));
  }
}

/** What a server said in place of yes, where it is not the client that says so: of the same `type` as the client's. */
export class Refused extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.type = type;
  }
}

/** The node serves nobody for the time being. For the client too, which then looks for another, it is this code that says so. */
export class NodeUnavailable extends Error {
  readonly code = UNAVAILABLE;
  /** As an error of gRPC has it, and the client takes for granted. */
  readonly details: string;
  constructor(details: string) {
    super(details);
    this.name = 'NodeUnavailable';
    this.details = details;
  }
}

/**
 * A conflict with nothing that can be read. A leader refuses appends for the sake of one that waits for its quorum; that
 * one may yet come to nothing, as it does where the leader is deposed. To decide again would be to decide on the same.
 */
export class NotSettled extends Told {
  constructor(stream: string) {
    super(say('store.another-append-not-settled', { stream }));
  }
}

/** The server has no such call: it is older. */
export const isUnimplemented = (error: unknown): boolean => statusOf(error) === UNIMPLEMENTED;

export const isUnanswered = (error: unknown): boolean => error instanceof NoAnswer || statusOf(error) === DEADLINE_EXCEEDED;

/** The client found no node that may serve it. A plain Error, known by its text alone. */
export const isFailedDiscovery = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Failed to discover');

/** One line for a log or a reason. Some errors of the client have no message, only a type. */
export const failureText = (error: unknown): Text => {
  if (error instanceof Told) return error.told;
  const type = property(error, 'type');
  const message = error instanceof Error ? error.message : String(error);
  return [typeof type === 'string' ? type : undefined, message].filter((part) => part !== undefined && part !== '').join(': ');
};
