import type { RefusalCode } from '../kernel/refusal.ts';

/**
 * Every problem this service answers with, and its status. Its title, and what the page behind its `type` says (RFC 9457
 * §3.1.1), stand in the catalogue of messages as `problem.<code>.title` and `problem.<code>.explanation`.
 *
 * 400 is for what the request itself gets wrong, 409 for what the state forbids, 422 for a reused key. What does
 * not exist is 404 where the URL names it and 400 where a field of the body does: such an entry has both.
 */
export type Status = number | { readonly subject: number; readonly field: number };

const UNKNOWN = { subject: 404, field: 400 } as const;

/** What the domain refuses. A refusal code without an entry does not compile. */
const refusals: Readonly<Record<RefusalCode, Status>> = {
  'unit-unknown': UNKNOWN,
  'collective-unknown': UNKNOWN,
  'directive-unknown': UNKNOWN,
  'finding-unknown': UNKNOWN,
  'policy-unknown': UNKNOWN,
  'task-unknown': UNKNOWN,
  'report-unknown': UNKNOWN,
  'plan-unknown': UNKNOWN,
  'milestone-unknown': 400,
  'claim-unknown': UNKNOWN,
  'extension-unknown': UNKNOWN,
  'snapshot-unknown': UNKNOWN,
  'objection-unknown': UNKNOWN,
  'inspection-unknown': UNKNOWN,
  'inspection-finding-unknown': UNKNOWN,
  'rectification-unknown': UNKNOWN,
  'import-unknown': UNKNOWN,
  'item-unknown': 400,
  'source-missing': 404,
  'personal-data-unknown': UNKNOWN,
  'notice-unknown': UNKNOWN,
  'unit-exists': 409,
  'name-taken': 409,
  'collective-exists': 409,
  'directive-exists': 409,
  'task-exists': 409,
  'already-acknowledged': 409,
  'already-reported': 409,
  'already-claimed': 409,
  'already-decided': 409,
  'already-erased': 409,
  'task-closed': 409,
  'task-suspended': 409,
  'task-not-suspended': 409,
  'task-not-closed': 409,
  'unit-merged': 409,
  'report-accepted': 409,
  'report-returned': 409,
  'extension-pending': 409,
  'no-deadline': 409,
  'notice-issued': 409,
  'notice-number-taken': 409,
  'notice-not-issued': 409,
  'notice-withdrawn': 409,
  'source-differs': 409,
  'directive-importing': 409,
  'import-open': 409,
  'base-changed': 409,
  'import-committed': 409,
  'objection-pending': 409,
  'inspection-concluded': 409,
  'rectification-closed': 409,
  'nothing-rectified': 409,
  'policy-missing': 409,
  'nothing-changed': 409,
  'calendar-missing': 400,
  'not-assigned': 400,
  'not-named': 400,
  'outside-scope': 400,
  'period-outside-schedule': 400,
  'duty-unknown': 400,
  'period-not-begun': 400,
  'moment-not-come': 409,
  'received-in-future': 400,
  'occurred-in-future': 400,
  'basis-missing': 400,
  'unit-missing': 400,
  'party-unknown': 400,
  'duplicate-party': 400,
  'until-not-later': 400,
  'date-order': 400,
  'parent-unknown': 400,
  'answer-missing': 400,
  'notice-unreadable': 400,
  'event-too-large': 413,
};

/** What goes wrong before or around the domain. */
const transport = {
  'invalid-input': 400,
  'malformed-json': 400,
  'malformed-request': 400,
  'invalid-header': 400,
  'as-of-out-of-range': 400,
  'beyond-the-log': 400,
  unauthenticated: 401,
  forbidden: 403,
  'unit-not-registered': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  'precondition-failed': 412,
  'attachment-quota': 409,
  'body-too-large': 413,
  'url-too-long': 414,
  'file-unknown': 415,
  'file-damaged': 400,
  'file-encrypted': 400,
  'file-too-large': 413,
  'cell-changed': 409,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'precondition-required': 428,
  'too-many-requests': 429,
  'too-many-reads': 429,
  'too-many-streams': 429,
  'headers-too-large': 431,
  internal: 500,
  'storage-full': 507,
  'attachment-damaged': 500,
  'log-damaged': 503,
  'not-anchored-yet': 503,
  'views-behind': 503,
  overloaded: 503,
  'shutting-down': 503,
  'too-contended': 503,
  'store-unavailable': 503,
  'clock-behind': 503,
  'keys-unavailable': 503,
  'not-ready': 503,
} as const satisfies Readonly<Record<string, Status>>;

export type ProblemCode = RefusalCode | keyof typeof transport;

const statuses: Readonly<Record<ProblemCode, Status>> = { ...refusals, ...transport };

/** Of a code without these messages nothing can be said: that does not compile. */
export type ProblemType = {
  readonly status: Status;
  readonly title: `problem.${ProblemCode}.title`;
  readonly explanation: `problem.${ProblemCode}.explanation`;
};

const typeOf = (code: ProblemCode): ProblemType => ({
  status: statuses[code],
  title: `problem.${code}.title`,
  explanation: `problem.${code}.explanation`,
});

// The cast: the keys of a closed record.
export const problemTypes = Object.fromEntries(
  (Object.keys(statuses) as readonly ProblemCode[]).map((code) => [code, typeOf(code)]),
) as Readonly<Record<ProblemCode, ProblemType>>;

/** The statuses a problem can have, the one about the subject first. */
export const statusesOf = ({ status }: Pick<ProblemType, 'status'>): readonly number[] =>
  typeof status === 'number' ? [status] : [status.subject, status.field];

/** Its status here: `atField` where a field of the request is at fault. */
export const statusOf = ({ status }: Pick<ProblemType, 'status'>, atField: boolean): number => {
  if (typeof status === 'number') return status;
  return atField ? status.field : status.subject;
};

export const typeUri = (code: ProblemCode): string => `/problems/${code}`;
