import type { Committed } from '../src/kernel/commitment.ts';
import type { ContactEvent, ErasureEvent, HeldApart } from '../src/domain/personal/events.ts';
import type { TaskEvent } from '../src/domain/tasks/events.ts';
import type { Recorded, Rows, Tables } from '../src/projecting/projection.ts';
import { viewOf } from './view.ts';

/** What is held apart from the log: which events commit to it, whose it is, and what was erased. */

const tables = {
  commitment: {
    kind: 'append-only',
    columns: { event: 'text', commitment: 'text', what: 'text', unit: 'text' },
    indexes: [{ columns: ['event'] }, { columns: ['commitment'] }],
  },
  erasure: {
    kind: 'append-only',
    columns: { commitment: 'text', reason: 'text', authority: 'text', at: 'text' },
    indexes: [{ columns: ['commitment'] }],
  },
  contacts: { kind: 'versioned', key: ['unit'], columns: { unit: 'text', event: 'text' }, listedBy: [] },
} as const satisfies Tables;

type Personal = Rows<typeof tables>;

const note = (rows: Personal, event: string, what: HeldApart, unit: string, said: Committed | undefined): void => {
  if (said !== undefined) rows.add('commitment', { event, commitment: said.commitment, what, unit });
};

type Reporting = Extract<TaskEvent, { readonly type: 'ReportSubmitted' | 'ReportAmended' }>;

export const personal = viewOf<ContactEvent | ErasureEvent | Reporting>()({
  name: 'personal',
  version: 1,
  tables,
  on: {
    ContactsRecorded: ({ id, data: { unit, contacts } }, rows) => {
      note(rows, id, 'unit-contacts', unit, contacts);
      rows.put('contacts', { unit, event: id });
    },
    ReportSubmitted: ({ id, data: { unit, contact } }, rows) => note(rows, id, 'report-contact', unit, contact),
    ReportAmended: ({ id, data: { unit, changes } }, rows) => note(rows, id, 'report-contact', unit, changes.contact),
    PersonalDataErased: (event: Recorded<ErasureEvent>, rows) => {
      const { commitment, reason, authority } = event.data;
      rows.add('erasure', { commitment, reason, authority, at: event.receivedAt });
    },
  },
});
