import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import { isBackdated } from '../src/domain/backdated.ts';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import { instantMillis } from '../src/kernel/clock.ts';
import type { Attachment } from '../src/kernel/schema.ts';
import { TASK_EFFECTS, typesWith, type ChangeKind } from '../src/domain/tasks/effects.ts';
import type { TaskEvent } from '../src/domain/tasks/events.ts';
import { taskStream } from '../src/domain/tasks/state.ts';
import { known } from './known.ts';
import { each, unseen, viewOf } from './view.ts';

/** Registers across tasks: who changed what on whose authority, extensions, completion claims, reminders, backdated entries. */

/** A change of a task's assignees, leaders or deadline, or of whether it is to be done at all. */
export type ChangeDoc = {
  readonly kind: ChangeKind;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly authority: string;
  readonly by: string;
  readonly receivedAt: string;
  /** The first day of new assignees; null for other changes. */
  readonly effectiveFrom: string | null;
  /** The task's deadline before the change. */
  readonly oldDeadline: string | null;
};

export type ExtensionDoc = {
  readonly unit: string;
  readonly until: string;
  readonly reason: string;
  /** The deadline when it was asked for. */
  readonly deadline: string;
  readonly requestedAt: string;
  readonly state: 'requested' | 'granted' | 'refused';
  readonly decision: {
    readonly until: string | null;
    readonly reason: string;
    readonly authority: string;
    readonly at: string;
    readonly by: string;
  } | null;
};

export type ClaimDoc = {
  readonly unit: string;
  readonly claimedAt: string;
  /** Who claimed: the unit's own client, or the office from a paper. */
  readonly claimedBy: string;
  readonly evidence: string;
  readonly attachments: readonly Attachment[];
  readonly state: 'claimed' | 'verified' | 'rejected';
  readonly decision: { readonly at: string; readonly by: string; readonly reason: string } | null;
};

/** What later events of a task need to know of it. */
type TaskNote = { readonly directive: string; readonly deadline: string | null };

const tables = {
  task: { kind: 'versioned', key: ['task'], columns: { task: 'text', doc: json<TaskNote>() }, listedBy: [] },
  change: {
    kind: 'append-only',
    columns: { directive: 'text', task: 'text', doc: json<ChangeDoc>() },
    indexes: [{ columns: ['directive'] }, { columns: ['task'] }],
  },
  extension: {
    kind: 'versioned',
    key: ['task', 'n'],
    columns: { task: 'text', n: 'integer', directive: 'text', doc: json<ExtensionDoc>() },
    listedBy: [['directive'], ['task']],
  },
  claim: {
    kind: 'versioned',
    key: ['task', 'n'],
    columns: { task: 'text', n: 'integer', directive: 'text', doc: json<ClaimDoc>() },
    listedBy: [['directive'], ['task']],
  },
  reminder: {
    kind: 'append-only',
    columns: { directive: 'text', task: 'text', unit: 'text', period: 'text', channel: 'text', sent: 'text' },
    indexes: [{ columns: ['directive', 'period'] }],
  },
  /** Which attachments are cited, and where. */
  citation: { kind: 'append-only', columns: { sha256: 'text', unit: 'text', task: 'text?' }, indexes: [{ columns: ['sha256'] }] },
  backdated: { kind: 'append-only', columns: { days: 'integer' }, indexes: [] },
} as const satisfies Tables;

type Registers = Rows<typeof tables>;
type Of<Type extends TaskEvent['type']> = Recorded<Extract<TaskEvent, { type: Type }>>;
const CHANGES = typesWith('change');

const taskOf = ({ stream }: { readonly stream: string }): string => taskStream.idOf(stream);

const noteOf = (event: Recorded<TaskEvent>, rows: Registers): TaskNote => known(rows.get('task', { task: taskOf(event) }), event).doc;

/**
 * A change that replaces something names it as `from`, and what takes its place as `to`, or `until` where that is a day;
 * leaders are shown with their posts where they have some.
 * A change of the task as a whole replaces nothing.
 */
const noteChange = (event: Of<(typeof CHANGES)[number]>, rows: Registers): void => {
  const { directive, deadline } = noteOf(event, rows);
  const { data } = event;
  const task = taskOf(event);
  const posts = 'posts' in data ? data.posts : undefined;
  const doc: ChangeDoc = {
    kind: TASK_EFFECTS[event.type].change,
    before: posts?.from ?? ('from' in data ? data.from : null),
    after: posts?.to ?? ('to' in data ? data.to : 'until' in data ? data.until : null),
    reason: data.reason,
    authority: data.authority,
    by: event.actor.sub,
    receivedAt: event.receivedAt,
    effectiveFrom: 'effectiveFrom' in data ? data.effectiveFrom : null,
    oldDeadline: deadline,
  };
  rows.add('change', { directive, task, doc });
  // What sets a task going again, or amends it, may name another deadline, on the same authority.
  const named = 'deadline' in data ? data.deadline : event.type === 'TaskAmended' ? event.data.to.deadline : undefined;
  if (named === undefined || named === deadline) return;
  rows.add('change', { directive, task, doc: { ...doc, kind: 'deadline', before: deadline, after: named } });
  rows.put('task', { task, doc: { directive, deadline: named } });
};

const decideExtension = (event: Of<'ExtensionGranted' | 'ExtensionRefused'>, rows: Registers): void => {
  const key = { task: taskOf(event), n: event.data.n };
  const row = known(rows.get('extension', key), event);
  const { reason, authority } = event.data;
  const granted = event.type === 'ExtensionGranted';
  const decision = { until: granted ? event.data.until : null, reason, authority, at: event.receivedAt, by: event.actor.sub };
  rows.put('extension', { ...row, doc: { ...row.doc, state: granted ? 'granted' : 'refused', decision } });
};

const decideClaim = (event: Of<'CompletionVerified' | 'CompletionRejected'>, rows: Registers): void => {
  const row = known(rows.get('claim', { task: taskOf(event), n: event.data.n }), event);
  const decision = { at: event.receivedAt, by: event.actor.sub, reason: event.data.reason };
  rows.put('claim', { ...row, doc: { ...row.doc, state: event.type === 'CompletionVerified' ? 'verified' : 'rejected', decision } });
};

const cite = (
  rows: Registers,
  attachments: readonly { readonly sha256: string }[] | undefined,
  unit: string,
  task: string | null,
): void => {
  for (const { sha256 } of attachments ?? []) rows.add('citation', { sha256, unit, task });
};

const MILLIS_A_DAY = 86_400_000;

/** An entry from a paper that reached the office before it was recorded. */
const noteBackdated = (event: Recorded<DubanEvent>, rows: Registers): void => {
  if (event.basis === undefined) return; // so it is with nearly every event, and instants take a moment to read
  const receivedAt = instantMillis(event.receivedAt);
  if (isBackdated({ basis: event.basis, receivedAt, recordedAt: event.recordedAt }))
    rows.add('backdated', { days: Math.floor((event.recordedAt - receivedAt) / MILLIS_A_DAY) });
};

export const registers = viewOf<DubanEvent>()({
  name: 'registers',
  version: 3,
  tables,
  on: {
    TaskAssigned: (event, rows) => {
      const { directive, deadline } = event.data;
      rows.put('task', { task: taskOf(event), doc: { directive, deadline } });
    },
    ...each(CHANGES, noteChange),
    ExtensionRequested: (event, rows) => {
      const { n, unit, until, reason, deadline } = event.data;
      const doc: ExtensionDoc = { unit, until, reason, deadline, requestedAt: event.receivedAt, state: 'requested', decision: null };
      rows.put('extension', { task: taskOf(event), n, directive: noteOf(event, rows).directive, doc });
    },
    ExtensionGranted: (event, rows) => {
      noteChange(event, rows);
      decideExtension(event, rows);
      rows.put('task', { task: taskOf(event), doc: { ...noteOf(event, rows), deadline: event.data.until } });
    },
    ExtensionRefused: decideExtension,
    CompletionClaimed: (event, rows) => {
      const { n, unit, evidence, attachments = [] } = event.data;
      const doc: ClaimDoc = {
        unit,
        claimedAt: event.receivedAt,
        claimedBy: event.actor.sub,
        evidence,
        attachments,
        state: 'claimed',
        decision: null,
      };
      rows.put('claim', { task: taskOf(event), n, directive: noteOf(event, rows).directive, doc });
      cite(rows, attachments, unit, taskOf(event));
    },
    CompletionVerified: decideClaim,
    CompletionRejected: decideClaim,
    ReminderSent: (event, rows) => {
      const { unit, period, channel } = event.data;
      rows.add('reminder', {
        directive: noteOf(event, rows).directive,
        task: taskOf(event),
        unit,
        period,
        channel,
        sent: event.receivedAt,
      });
    },
    ReportSubmitted: (event, rows) => cite(rows, event.data.attachments, event.data.unit, taskOf(event)),
    ReportAmended: (event, rows) => cite(rows, event.data.changes.attachments, event.data.unit, taskOf(event)),
    // Evidence of a finding is for the unit that it concerns, not for all who carry the task.
    FindingRecorded: (event, rows) => cite(rows, event.data.attachments, event.data.unit, null),
    RectificationReported: (event, rows) => cite(rows, event.data.attachments, event.data.unit, null),
    ...unseen('AssignmentAcknowledged', 'PlanSubmitted', 'PlanReturned', 'PlanAccepted', 'ReportReturned', 'ReportAccepted'),
    ...unseen('UnitRegistered', 'UnitRenamed', 'UnitAliasAdded', 'UnitsMerged', 'CollectiveDefined', 'CollectiveMembershipChanged'),
    ...unseen(
      'DirectiveImported',
      'FindingRaised',
      'FindingRaisedByHand',
      'FindingDecided',
      'DirectiveIssued',
      'DirectiveAmended',
      'PolicyAdopted',
      'ReturnFiled',
      'SnapshotTaken',
    ),
    ...unseen('NoticeDrafted', 'NoticeIssued', 'NoticeCorrected', 'NoticeWithdrawn', 'ObjectionRaised', 'ObjectionAnswered'),
    ...unseen('InspectionOpened', 'ConclusionIssued', 'RectificationOrdered', 'RectificationVerified'),
    ...unseen('ImportDrafted', 'ImportCorrected', 'ImportCommitBegun', 'ImportCommitted'),
    ...unseen('KeyRotated', 'LedgerRestarted', 'LegalRemovalRecorded', 'SourceAnomalyDetected'),
    ...unseen('ContactsRecorded', 'PersonalDataErased'),
    ...unseen('ReminderRulesSet', 'ReminderClaimed', 'ReminderAnswered', 'ReminderMissed'),
  },
  onEvery: noteBackdated,
});
