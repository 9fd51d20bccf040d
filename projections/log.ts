import type { DubanEvent } from '../src/catalogue.ts';
import { defineProjection, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';

/** Finding events in the log: by id, type, stream, unit, and the tasks that they name from outside. */

/** The unit that an event is about: that which it names, even where a successor acted for it, or the one that acted. */
const unitOf = (event: Recorded<DubanEvent>): string | null =>
  'unit' in event.data && typeof event.data.unit === 'string' ? event.data.unit : (event.actor.unit ?? null);

/** Tasks that an event of another stream names. The task's own events are found by their stream. */
const mentioned = (event: Recorded<DubanEvent>): readonly string[] => {
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
      return [event.data.subject];
    default:
      return []; // the others name no task outside their own stream
  }
};

const tables = {
  event: {
    kind: 'facts',
    columns: { id: 'text', stream: 'text', revision: 'integer', type: 'text', unit: 'text?' },
    indexes: [{ columns: ['id'] }, { columns: ['stream'] }, { columns: ['type'] }, { columns: ['unit'] }],
  },
  mention: { kind: 'facts', columns: { task: 'text' }, indexes: [{ columns: ['task'] }] },
} as const satisfies Tables;

const index = (event: Recorded<DubanEvent>, rows: Rows<typeof tables>): void => {
  rows.add('event', { id: event.id, stream: event.stream, revision: event.revision, type: event.type, unit: unitOf(event) });
  for (const task of new Set(mentioned(event))) rows.add('mention', { task });
};

export const log = defineProjection<DubanEvent>()({
  name: 'log',
  version: 2,
  tables,
  on: {},
  onEvery: index,
});
