import { unreachable } from '../src/kernel/decider.ts';
import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import type { InspectionEvent } from '../src/domain/inspections/events.ts';
import { evolveInspection, inspectionStream, type Inspection } from '../src/domain/inspections/state.ts';
import { receiptOf } from './receipt.ts';
import type { Attachment } from '../src/kernel/schema.ts';
import { viewOf } from './view.ts';

/** Inspections as of any position: the state that commands on them are decided on, and every round of rectification. */

/** What a unit reported on a rectification, and what the office made of it. */
export type Round = {
  /** Number of the rectification. */
  readonly n: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly reportedAt: string;
  readonly verdict: { readonly done: boolean; readonly text: string; readonly at: string } | null;
};

export type InspectionDoc = Inspection & { readonly rounds: readonly Round[] };

const tables = {
  inspection: {
    kind: 'versioned',
    key: ['inspection'],
    columns: { inspection: 'text', directive: 'text', doc: json<InspectionDoc>() },
    listedBy: [[], ['directive']],
  },
} as const satisfies Tables;

const roundsAfter = (rounds: readonly Round[], event: Recorded<InspectionEvent>): readonly Round[] => {
  switch (event.type) {
    case 'RectificationReported': {
      const { n, text, attachments } = event.data;
      return [...rounds, { n, text, attachments, reportedAt: event.receivedAt, verdict: null }];
    }
    case 'RectificationVerified': {
      const { n, done, text } = event.data;
      // A report that followed before anybody looked stands for those before it.
      const last = rounds.findLastIndex((round) => round.n === n);
      return rounds.map((round, index) => (index === last ? { ...round, verdict: { done, text, at: event.receivedAt } } : round));
    }
    case 'InspectionOpened':
    case 'FindingRecorded':
    case 'ConclusionIssued':
    case 'RectificationOrdered':
      return rounds;
    default:
      return unreachable(event);
  }
};

const evolve = (event: Recorded<InspectionEvent>, rows: Rows<typeof tables>): void => {
  const inspection = inspectionStream.idOf(event.stream);
  const before = rows.get('inspection', { inspection })?.doc;
  const doc = { ...evolveInspection(before ?? null, event, receiptOf(event)), rounds: roundsAfter(before?.rounds ?? [], event) };
  rows.put('inspection', { inspection, directive: doc.directive, doc });
};

export const inspections = viewOf<InspectionEvent>()({
  name: 'inspections',
  version: 3,
  tables,
  on: {
    InspectionOpened: evolve,
    FindingRecorded: evolve,
    ConclusionIssued: evolve,
    RectificationOrdered: evolve,
    RectificationReported: evolve,
    RectificationVerified: evolve,
  },
});
