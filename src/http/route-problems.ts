import type { Access } from './access.ts';
import { problemTypes, statusesOf, type ProblemCode } from './problems.ts';

/** Which problems a call answers with: those of every call of its kind, and those that it names. */

/** A code as it stands for what the URL names, or, in `field`, for what a field of the request does. */
export type Refuses = readonly (ProblemCode | { readonly field: ProblemCode })[];

/** Codes by status. */
export type Problems = ReadonlyMap<number, readonly ProblemCode[]>;

const ofAll: Refuses = [
  'invalid-input',
  'malformed-request',
  'url-too-long',
  'too-many-requests',
  'overloaded',
  'shutting-down',
  'request-timeout',
  'headers-too-large',
  'internal',
];
const ofSenders: Refuses = [
  'unauthenticated',
  'forbidden',
  'too-many-reads',
  'log-damaged',
  'keys-unavailable',
  'views-behind',
  'store-unavailable',
  'clock-behind',
];
const ofUnits: Refuses = ['unit-not-registered'];
const ofBodies: Refuses = ['body-too-large', 'unsupported-media-type'];

/** Of whatever a command writes. */
export const OF_COMMANDS: Refuses = [
  'storage-full',
  'invalid-header',
  'event-too-large',
  'idempotency-key-reused',
  'precondition-failed',
  'too-contended',
  'received-in-future',
  'occurred-in-future',
  'basis-missing',
];
/** Of whatever travels in time. */
export const OF_READS: Refuses = ['as-of-out-of-range', 'beyond-the-log'];

const placed = (refusal: Refuses[number]): readonly [status: number, code: ProblemCode] =>
  typeof refusal === 'string'
    ? [statusesOf(problemTypes[refusal])[0] ?? 500, refusal]
    : [statusesOf(problemTypes[refusal.field]).at(-1) ?? 400, refusal.field];

export type Kind = {
  readonly access: Access;
  readonly takes: 'json' | 'bytes' | 'nothing';
  /** Where `Accept` chooses among several. */
  readonly negotiated: boolean;
  /** Of calls of this kind, and of this one. */
  readonly others: Refuses;
};

export const problemsOf = ({ access, takes, negotiated, others }: Kind): Problems => {
  const all: Refuses = [
    ...ofAll,
    ...(access === 'open' ? [] : ofSenders),
    ...(typeof access !== 'string' && access.includes('unit') ? ofUnits : []),
    ...(takes === 'nothing' ? [] : ofBodies),
    ...(takes === 'json' ? (['malformed-json'] as const) : []),
    ...(negotiated ? (['not-acceptable'] as const) : []),
    ...others,
  ];
  const byStatus = Map.groupBy(all.map(placed), ([status]) => status);
  const statuses = [...byStatus].toSorted(([a], [b]) => a - b);
  return new Map(statuses.map(([status, found]) => [status, [...new Set(found.map(([, code]) => code))]]));
};
