import type { RefusalCode } from '../kernel/refusal.ts';

/**
 * Every problem this service answers with: its status, its title, and the page behind its `type` (RFC 9457 §3.1.1).
 *
 * 400 is for what the request itself gets wrong, 409 for what the state forbids, 422 for a reused key. What does
 * not exist is 404 where the URL names it and 400 where a field of the body does: such an entry has both.
 */
export type ProblemType = {
  readonly status: number | { readonly subject: number; readonly field: number };
  readonly title: string;
  readonly explanation: string;
};

const UNKNOWN = { subject: 404, field: 400 } as const;

/** What the domain refuses. A refusal code without an entry does not compile. */
const refusals: Readonly<Record<RefusalCode, ProblemType>> = {
  'unit-unknown': {
    status: UNKNOWN,
    title: 'No such unit',
    explanation: 'The roster holds no unit of this id. GET /v1/units?q= finds a unit by any name it ever had.',
  },
  'collective-unknown': {
    status: UNKNOWN,
    title: 'No such collective',
    explanation: 'No collective of this id is defined. GET /v1/collectives lists them.',
  },
  'directive-unknown': {
    status: UNKNOWN,
    title: 'No such directive',
    explanation: 'No directive of this id was imported or registered.',
  },
  'finding-unknown': {
    status: UNKNOWN,
    title: 'No such finding',
    explanation: 'The directive has no finding of this number. GET /v1/directives/{id}/findings lists them.',
  },
  'policy-unknown': {
    status: UNKNOWN,
    title: 'No such policy',
    explanation: 'The directive has no policy of this version. GET /v1/directives/{id}/policies lists them.',
  },
  'task-unknown': {
    status: UNKNOWN,
    title: 'No such task',
    explanation: 'There is no task of this id, or none that you may see.',
  },
  'report-unknown': {
    status: UNKNOWN,
    title: 'No such report',
    explanation: 'The task has no report of this id. Its history names every report it ever had.',
  },
  'plan-unknown': {
    status: UNKNOWN,
    title: 'No such plan',
    explanation: 'The task has no plan of this number; plans count from 1 per task.',
  },
  'milestone-unknown': {
    status: 400,
    title: 'No such milestone',
    explanation: 'A report names milestones by the titles that the task’s deadline or one of its plans gives them.',
  },
  'claim-unknown': {
    status: UNKNOWN,
    title: 'No such completion claim',
    explanation: 'The task has no completion claim of this number; claims count from 1 per task.',
  },
  'extension-unknown': {
    status: UNKNOWN,
    title: 'No such extension request',
    explanation: 'The task has no extension request of this number; requests count from 1 per task.',
  },
  'snapshot-unknown': {
    status: UNKNOWN,
    title: 'No such snapshot',
    explanation: 'No compliance snapshot of this id was taken.',
  },
  'objection-unknown': {
    status: UNKNOWN,
    title: 'No such objection',
    explanation: 'The notice has no objection of this number; objections count from 1 per notice.',
  },
  'inspection-unknown': {
    status: UNKNOWN,
    title: 'No such inspection',
    explanation: 'There is no inspection of this id, or none that concerns you.',
  },
  'inspection-finding-unknown': {
    status: UNKNOWN,
    title: 'No such finding',
    explanation: 'The inspection has no finding of this number; findings count from 1 per inspection.',
  },
  'rectification-unknown': {
    status: UNKNOWN,
    title: 'No such rectification',
    explanation: 'The inspection ordered no rectification of this number; they count from 1 per inspection.',
  },
  'import-unknown': {
    status: UNKNOWN,
    title: 'No such import',
    explanation: 'No document was sent under this id. GET /v1/imports lists those that were.',
  },
  'item-unknown': {
    status: 400,
    title: 'No such place in the reading',
    explanation: 'Items are named by their key, lines and cells by their address, as GET /v1/imports/{id} shows them.',
  },
  'source-missing': {
    status: 404,
    title: 'The document is not here',
    explanation: 'Its bytes were not kept when it was imported, or are lost or damaged. Send the same document again.',
  },
  'personal-data-unknown': {
    status: UNKNOWN,
    title: 'No such personal data',
    explanation: 'No event of this id commits to personal data, or none that you may see.',
  },
  'notice-unknown': {
    status: UNKNOWN,
    title: 'No such notice',
    explanation: 'There is no circulation notice of this id, or none that names you.',
  },

  'unit-exists': {
    status: 409,
    title: 'The unit exists already',
    explanation: 'A unit of this id is registered. Ids are never given twice; rename the unit instead.',
  },
  'name-taken': {
    status: 409,
    title: 'The name is taken',
    explanation: 'Another unit or collective bears this name, so it would no longer say who is meant.',
  },
  'collective-exists': {
    status: 409,
    title: 'The collective exists already',
    explanation: 'A collective of this id is defined. Its members are changed by PUT /v1/collectives/{id}/members.',
  },
  'directive-exists': {
    status: 409,
    title: 'The directive exists already',
    explanation: 'A directive of this id is registered.',
  },
  'task-exists': {
    status: 409,
    title: 'The task exists already',
    explanation: 'A task of this id was assigned. Its assignees are changed by a reassignment.',
  },
  'already-acknowledged': {
    status: 409,
    title: 'Acknowledged already',
    explanation: 'The unit has acknowledged this assignment before.',
  },
  'already-reported': {
    status: 409,
    title: 'Reported already',
    explanation: 'The unit has reported on this task for this period. A report is changed by amending it, with a reason.',
  },
  'already-claimed': {
    status: 409,
    title: 'Claimed already',
    explanation: 'A completion claim of this task awaits its decision.',
  },
  'already-decided': {
    status: 409,
    title: 'Decided already',
    explanation: 'This was decided before, and a decision is not taken twice.',
  },
  'already-erased': {
    status: 409,
    title: 'Erased already',
    explanation: 'This was erased before. GET /v1/personal-data/{event} names the act.',
  },

  'task-closed': {
    status: 409,
    title: 'The task is closed',
    explanation:
      'A cancelled task takes no further acts, and a completed one none but the reports that it still owes. ' +
      'The office may reopen either, with a reason.',
  },
  'task-suspended': {
    status: 409,
    title: 'The task is suspended',
    explanation: 'While a task is suspended it takes no such act. The office may resume it.',
  },
  'task-not-suspended': {
    status: 409,
    title: 'The task is not suspended',
    explanation: 'Only a suspended task can be resumed.',
  },
  'task-not-closed': {
    status: 409,
    title: 'The task is not closed',
    explanation: 'Only a completed or cancelled task can be reopened.',
  },
  'unit-merged': {
    status: 409,
    title: 'The unit was merged',
    explanation: 'The unit became part of another one and takes no new work; name the unit it was merged into.',
  },
  'report-accepted': {
    status: 409,
    title: 'The report was accepted',
    explanation: 'An accepted report is neither amended nor returned.',
  },
  'report-returned': {
    status: 409,
    title: 'The report was returned',
    explanation: 'A returned report waits for its amendment before anything else happens to it.',
  },
  'extension-pending': {
    status: 409,
    title: 'An extension request is pending',
    explanation: 'The unit has asked for an extension that is not decided yet.',
  },
  'no-deadline': {
    status: 409,
    title: 'The task has no deadline',
    explanation: 'What has no deadline cannot be extended.',
  },
  'notice-issued': {
    status: 409,
    title: 'The notice was issued',
    explanation: 'An issued notice is not changed; it is corrected or withdrawn, with a reason.',
  },
  'notice-not-issued': {
    status: 409,
    title: 'The notice was not issued',
    explanation: 'Only an issued notice can be corrected, withdrawn or objected to.',
  },
  'notice-withdrawn': {
    status: 409,
    title: 'The notice was withdrawn',
    explanation: 'A withdrawn notice takes no further acts.',
  },
  'source-differs': {
    status: 409,
    title: 'The source differs',
    explanation: 'This directive was imported from other bytes. The same bytes twice change nothing; other bytes are another document.',
  },
  'import-open': {
    status: 409,
    title: 'Findings are open',
    explanation:
      'The reading leaves something open that a person must settle, by a correction or by setting it aside with a reason. facts lists it.',
  },
  'import-committed': {
    status: 409,
    title: 'The import is committed',
    explanation:
      'What the document says is in the directive and its tasks; it is changed there, with a reason and on somebody’s authority.',
  },
  'objection-pending': {
    status: 409,
    title: 'An objection is pending',
    explanation: 'The unit has raised an objection that is not answered yet.',
  },
  'inspection-concluded': {
    status: 409,
    title: 'The inspection is concluded',
    explanation: 'After its conclusion an inspection takes no further findings; what follows is rectification.',
  },
  'rectification-closed': {
    status: 409,
    title: 'The rectification is closed',
    explanation: 'A rectification that was verified takes no further acts.',
  },
  'nothing-rectified': {
    status: 409,
    title: 'Nothing is reported as rectified',
    explanation: 'A rectification is verified after the unit has reported it.',
  },
  'policy-missing': {
    status: 409,
    title: 'No policy is in force',
    explanation: 'The directive has no reporting policy for the time of this act; POST /v1/directives/{id}/policies adopts one.',
  },
  'nothing-changed': {
    status: 409,
    title: 'Nothing would change',
    explanation: 'The act names no difference from what is recorded.',
  },
  'calendar-missing': {
    status: 400,
    title: 'The working calendar is missing',
    explanation: 'A due day is to move to the next working day, and the official calendar of that year is not recorded.',
  },

  'not-assigned': {
    status: 400,
    title: 'The unit is not assigned',
    explanation: 'The unit does not carry this task at the time of the act, so it cannot act on it.',
  },
  'not-named': {
    status: 400,
    title: 'The notice does not name the unit',
    explanation: 'An objection or a correction concerns a unit that the notice names.',
  },
  'outside-scope': {
    status: 400,
    title: 'Outside the scope',
    explanation: 'A finding concerns a unit or a task in the scope of the inspection.',
  },
  'period-outside-schedule': {
    status: 400,
    title: 'The period is not owed',
    explanation: 'The reporting policy in force asks for no report of this period.',
  },
  'duty-unknown': {
    status: 400,
    title: 'No such duty',
    explanation: 'A report names a duty that a policy of the directive has for the period, and that asks for no plan.',
  },
  'period-not-begun': {
    status: 400,
    title: 'The period has not begun',
    explanation: 'A report on a period before its first day would be about nothing.',
  },
  'moment-not-come': {
    status: 409,
    title: 'The moment has not come',
    explanation:
      'What is put on record, or made known, is judged at a moment that is over: what will be known by then is not known yet. ' +
      'A forecast can be read by asking for it with `on`.',
  },
  'received-in-future': {
    status: 400,
    title: 'Received in the future',
    explanation: 'receivedAt is the moment a paper reached the office; it cannot be later than now.',
  },
  'occurred-in-future': {
    status: 400,
    title: 'Occurred in the future',
    explanation: 'occurredAt says when the act happened; it cannot be later than now.',
  },
  'basis-missing': {
    status: 400,
    title: 'The basis is missing',
    explanation: 'Where the office enters a paper, or sets receivedAt, it names the document from which it does so.',
  },
  'unit-missing': {
    status: 400,
    title: 'The unit is missing',
    explanation: 'Where the office enters what a unit says, it names the unit.',
  },
  'party-unknown': {
    status: 400,
    title: 'No such unit or collective',
    explanation: 'An assignee is a unit of the roster or a defined collective; the field at fault names neither.',
  },
  'duplicate-party': {
    status: 400,
    title: 'A party stands twice',
    explanation: 'A unit or collective stands at most once among the assignees.',
  },
  'until-not-later': {
    status: 400,
    title: 'The new deadline is not later',
    explanation: 'An extension moves a deadline to a later day.',
  },
  'date-order': {
    status: 400,
    title: 'The dates are out of order',
    explanation: 'A date that begins something stands before the one that ends it, and what answers an act is not before it.',
  },
  'parent-unknown': {
    status: 400,
    title: 'No such parent',
    explanation: 'The parent of a task is a task of the same directive.',
  },
  'answer-missing': {
    status: 400,
    title: 'The finding needs an answer',
    explanation: 'Nothing can be recorded without what it asks for, so no reason sets it aside: correct what it is about.',
  },
  'notice-unreadable': {
    status: 400,
    title: 'The document cannot be read',
    explanation: 'The text does not have the shape of a directive that the importer knows; facts says where reading ended.',
  },
  'event-too-large': {
    status: 413,
    title: 'The event is too large',
    explanation: 'An event of the log holds at most 60 KiB. Long material is filed as an attachment, by its SHA-256.',
  },
};

/** What goes wrong before or around the domain. */
const transport = {
  'invalid-input': {
    status: 400,
    title: 'The input is not valid',
    explanation:
      'errors names each field at fault by a JSON Pointer (RFC 6901) into the body, or `/name` of a path or query parameter. ' +
      'Unknown fields and parameters are refused.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    explanation: 'A body is one JSON object in UTF-8 (RFC 8259) in which no member name stands twice.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    explanation: 'The request is not well-formed HTTP, or its URL cannot be decoded.',
  },
  'invalid-header': {
    status: 400,
    title: 'A header is not valid',
    explanation:
      'If-Match is a list of entity tags such as "12", or *. ' +
      'Idempotency-Key holds 1 to 255 visible ASCII characters, in double quotes or bare.',
  },
  'as-of-out-of-range': {
    status: 400,
    title: 'asOf is out of range',
    explanation:
      'asOf is a position the log has reached, @81234, or an RFC 3339 instant that is not in the future. What will be known is not known.',
  },
  'beyond-the-log': {
    status: 400,
    title: 'The position is beyond the log',
    explanation:
      'The log has not reached this position, so no answer of this log named it. Whoever followed the log and is told this follows one ' +
      'that was restored since from an older copy: it has to begin again from what it can prove.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid token',
    explanation:
      'Send Authorization: Bearer with a JSON Web Token signed by EdDSA or RS256 with a key this service knows, ' +
      'not expired, that says sub, role, and unit for role unit.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    explanation: "The role of the token may not do this, and a unit never acts for another. A paper entry is the office's alone.",
  },
  'unit-not-registered': {
    status: 403,
    title: 'The unit is not registered',
    explanation:
      'The token is good, and speaks for a unit that the roster does not hold. GET /v1/units?q= finds a unit by any name it ever had.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing is here',
    explanation: 'The URL names nothing, or nothing that you may see.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed',
    explanation: 'The URL exists, and takes the methods named in Allow.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No such representation',
    explanation: 'None of the media types in Accept is available here.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long',
    explanation: 'The request did not arrive completely in time.',
  },
  'precondition-failed': {
    status: 412,
    title: 'The revision has changed',
    explanation:
      'If-Match names another revision than the current one, which is in currentRevision and ETag. Read again, then decide again.',
  },
  'attachment-quota': {
    status: 409,
    title: 'The unit has sent as much as it may',
    explanation: 'What one unit may send as attachments is bounded, in number and in bytes; facts says what it has sent and what it may.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation: 'The body is larger than this call takes. Attachments are filed by their SHA-256, not sent.',
  },
  'url-too-long': {
    status: 414,
    title: 'The URL is too long',
    explanation: 'The URL, or a part of it, is longer than any that this service has.',
  },
  'file-unknown': {
    status: 415,
    title: 'No file of a known type',
    explanation: 'Text, csv, xlsx, docx and html are read, told apart by their content and not by what they are called.',
  },
  'file-damaged': { status: 400, title: 'The file is damaged', explanation: 'It is of a known type, and cannot be read to its end.' },
  'file-encrypted': {
    status: 400,
    title: 'The file is encrypted',
    explanation: 'It is protected by a password. Save it without one and send it again.',
  },
  'file-too-large': {
    status: 413,
    title: 'The file holds too much',
    explanation: 'Its content, unpacked, has more bytes, cells or levels than are read.',
  },
  'cell-changed': {
    status: 409,
    title: 'A cell is not as it was given out',
    explanation: 'What the office says in a sheet stays as it is. Ask for the sheet anew and fill in the columns that are open.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    explanation:
      'Bodies are application/json in UTF-8 without content coding; some calls take files, and the import of a document text/plain.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key was used before',
    explanation: 'The same Idempotency-Key came with another request. A key belongs to one request and its retries.',
  },
  'precondition-required': {
    status: 428,
    title: 'If-Match is required',
    explanation:
      'This changes what others rely on, so it says which revision it was decided on: ' +
      'send If-Match with the ETag of the subject (RFC 6585 §3).',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'More requests came within a minute than one subject may send, or one address without a valid token. ' +
      'Try again after Retry-After seconds.',
  },
  'too-many-reads': {
    status: 429,
    title: 'Too many reads at once',
    explanation:
      'As many reads of this subject wait for their turn already as may. Wait for their answers, or try again after Retry-After seconds.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many streams',
    explanation:
      'This subject follows the log as often as it may. Close a stream that is not read, or try again after Retry-After seconds.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    explanation: 'The header section of the request exceeds what is accepted.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    explanation:
      'The service failed; its log has the cause under the X-Request-Id of the answer. ' +
      'A command may be sent again with the same Idempotency-Key.',
  },
  'storage-full': {
    status: 507,
    title: 'The storage is full',
    explanation: 'The disk of this service has no room for the bytes; nothing was kept. Whoever runs the service has to make room.',
  },
  'attachment-damaged': {
    status: 500,
    title: 'The attachment is damaged',
    explanation:
      'The stored bytes no longer have the digest that names them, so they are not given out. ' +
      'The digest in the log still says what they were.',
  },
  'log-damaged': {
    status: 503,
    title: 'The log is damaged',
    explanation:
      'An event in the log is not the one that was recorded, so nothing is shown of it, recorded after it or signed over it. ' +
      'facts.position is its position, where that is known. Whoever runs the service has to restore the log; GET /health/ready says more.',
  },
  'not-anchored-yet': {
    status: 503,
    title: 'Not anchored yet',
    explanation: 'No signed checkpoint covers this yet. Try again after Retry-After seconds.',
  },
  'views-behind': {
    status: 503,
    title: 'The views are behind',
    explanation: 'What was asked for is not in the views of this replica yet. Try again after Retry-After seconds.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    explanation: 'More is asked of this replica than it can answer in time, so nothing more is begun. Try again after Retry-After seconds.',
  },
  'too-contended': {
    status: 503,
    title: 'Too many writers',
    explanation:
      'The subject changes faster than a command can be decided. Try again after Retry-After seconds, with the same Idempotency-Key.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The log is not available',
    explanation: 'The command is not known to be written. Send it again after Retry-After seconds, with the same Idempotency-Key.',
  },
  'clock-behind': {
    status: 503,
    title: 'The clock is behind the log',
    explanation:
      "The log holds record times that are well ahead of this machine's clock. Until one of them is put right nothing is recorded, and " +
      'nothing is read as of now: detail says how far apart they are. A read with `asOf=@<position>` is answered.',
  },
  'keys-unavailable': {
    status: 503,
    title: "The issuer's keys are not available",
    explanation: 'The keys that verify tokens could not be fetched. Try again after Retry-After seconds.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    explanation: 'This replica should get no requests now; detail says why.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

export type ProblemCode = RefusalCode | keyof typeof transport;

export const problemTypes: Readonly<Record<ProblemCode, ProblemType>> = { ...refusals, ...transport };

/** The statuses a problem can have, the one about the subject first. */
export const statusesOf = ({ status }: ProblemType): readonly number[] =>
  typeof status === 'number' ? [status] : [status.subject, status.field];

/** Its status here: `atField` where a field of the request is at fault. */
export const statusOf = ({ status }: ProblemType, atField: boolean): number => {
  if (typeof status === 'number') return status;
  return atField ? status.field : status.subject;
};

export const typeUri = (code: ProblemCode): string => `/problems/${code}`;
