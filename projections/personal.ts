import type { Committed } from '../src/kernel/commitment.ts';
import type { ContactEvent, ErasureEvent, HeldApart } from '../src/domain/personal/events.ts';
import type { TaskEvent } from '../src/domain/tasks/events.ts';
import type { Recorded, Rows, Tables } from '../src/projecting/projection.ts';
import { viewOf } from './view.ts';

/** What is held apart from the log: which events commit to it, whose it is, and what was erased. */

const tables = {
  commitment: {
    kind: 'append-only',
    columns: { commitment: 'text', what: 'text', unit: 'text' },
    indexes: [{ columns: ['commitment'] }],
  },
  erasure: {
    kind: 'append-only',
    columns: { commitment: 'text', reason: 'text', authority: 'text', at: 'text' },
    indexes: [{ columns: ['commitment'] }],
  },
  contacts: { kind: 'versioned', key: ['unit'], columns: { unit: 'text', commitment: 'text' }, listedBy: [] },
} as const satisfies Tables;

type Personal = Rows<typeof tables>;

const note = (rows: Personal, what: HeldApart, unit: string, said: Committed | undefined): void => {
  if (said !== undefined) rows.add('commitment', { commitment: said.commitment, what, unit });
};

type Reporting = Extract<TaskEvent, { readonly type: 'ReportSubmitted' | 'ReportAmended' }>;

export const personal = viewOf<ContactEvent | ErasureEvent | Reporting>()({
  name: 'personal',
  version: 1,
  tables,
  on: {
    ContactsRecorded: ({ data: { unit, contacts } }, rows) => {
      note(rows, 'unit-contacts', unit, contacts);
      rows.put('contacts', { unit, commitment: contacts.commitment });
    },
    ReportSubmitted: ({ data: { unit, contact } }, rows) => note(rows, 'report-contact', unit, contact),
    ReportAmended: ({ data: { unit, changes } }, rows) => note(rows, 'report-contact', unit, changes.contact),
    PersonalDataErased: (event: Recorded<ErasureEvent>, rows) => {
      const { commitment, reason, authority } = event.data;
      rows.add('erasure', { commitment, reason, authority, at: event.receivedAt });
    },
  },
});
