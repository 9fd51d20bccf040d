import { unreachable } from '../src/kernel/decider.ts';
import type { DubanEvent } from '../src/domain/catalogue.ts';
import { inspectionStream } from '../src/domain/inspections/state.ts';
import { noticeStream } from '../src/domain/notices/state.ts';
import { isTaskEvent } from '../src/domain/tasks/events.ts';
import { viewOf } from './view.ts';
import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';

/** Finding events in the log: by id, type, stream, unit, and the tasks that they name from outside. */

/** The unit that an event is about: the one that it names, even where a successor acted for it; otherwise the unit that acted. */
const unitOf = (event: Recorded<DubanEvent>): string | null =>
  'unit' in event.data && typeof event.data.unit === 'string' ? event.data.unit : (event.actor.unit ?? null);

/**
 * Tasks that an event of another stream names; what becomes of a notice or an inspection concerns those that it named
 * before. The task's own events are found by their stream.
 */
const mentioned = (event: Recorded<DubanEvent>, namedBefore: (stream: string) => readonly string[]): readonly string[] => {
  if (isTaskEvent(event)) return [];
  switch (event.type) {
    case 'ReturnFiled':
      return event.data.entries.map(({ task }) => task);
    case 'NoticeDrafted':
      return event.data.lines.flatMap(({ late, missing }) => [...late, ...missing].map(({ task }) => task));
    case 'InspectionOpened':
      return event.data.tasks;
    case 'FindingRecorded':
      return event.data.task === null ? [] : [event.data.task];
    case 'FindingRaised':
    case 'FindingRaisedByHand':
      return [event.data.subject];
    case 'NoticeIssued':
    case 'NoticeCorrected':
    case 'NoticeWithdrawn':
    case 'ObjectionRaised':
    case 'ObjectionAnswered':
    case 'ConclusionIssued':
    case 'RectificationOrdered':
    case 'RectificationReported':
    case 'RectificationVerified':
      return namedBefore(event.stream);
    case 'UnitRegistered':
    case 'UnitRenamed':
    case 'UnitAliasAdded':
    case 'UnitsMerged':
    case 'CollectiveDefined':
    case 'CollectiveMembershipChanged':
    case 'DirectiveImported':
    case 'DirectiveIssued':
    case 'DirectiveAmended':
    case 'FindingDecided':
    case 'PolicyAdopted':
    case 'SnapshotTaken':
    case 'ImportDrafted':
    case 'ImportCorrected':
    case 'ImportCommitBegun':
    case 'ImportCommitted':
    case 'KeyRotated':
    case 'LedgerRestarted':
    case 'LegalRemovalRecorded':
    case 'SourceAnomalyDetected':
    case 'ContactsRecorded':
    case 'PersonalDataErased':
    case 'ReminderRulesSet':
    case 'ReminderClaimed':
    case 'ReminderAnswered':
    case 'ReminderMissed':
      return [];
    default:
      return unreachable(event);
  }
};

const tables = {
  event: {
    kind: 'append-only',
    columns: { id: 'text', stream: 'text', revision: 'integer', type: 'text', unit: 'text?' },
    indexes: [{ columns: ['id'] }, { columns: ['stream'] }, { columns: ['type'] }, { columns: ['unit'] }],
  },
  /** What a notice or an inspection has named so far. */
  naming: { kind: 'versioned', key: ['stream'], columns: { stream: 'text', tasks: json<readonly string[]>() }, listedBy: [] },
  mention: { kind: 'append-only', columns: { task: 'text' }, indexes: [{ columns: ['task'] }] },
} as const satisfies Tables;

/** Whether a stream's later events concern the tasks that the earlier ones named. */
const isFollowed = (stream: string): boolean => noticeStream.idIn(stream) !== undefined || inspectionStream.idIn(stream) !== undefined;

const index = (event: Recorded<DubanEvent>, rows: Rows<typeof tables>): void => {
  rows.add('event', { id: event.id, stream: event.stream, revision: event.revision, type: event.type, unit: unitOf(event) });
  const namedBefore = (stream: string): readonly string[] => rows.get('naming', { stream })?.tasks ?? [];
  const names = mentioned(event, namedBefore);
  if (names.length === 0) return;
  const tasks = new Set(names);
  for (const task of tasks) rows.add('mention', { task });
  if (isFollowed(event.stream)) rows.put('naming', { stream: event.stream, tasks: [...new Set([...namedBefore(event.stream), ...tasks])] });
};

export const log = viewOf<never>()({
  name: 'log',
  version: 4,
  tables,
  on: {},
  onEvery: index,
});
