import { defineProjection, json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import type { InspectionEvent } from '../src/inspections/events.ts';
import { evolveInspection, type Inspection } from '../src/inspections/state.ts';

/** Inspections as of any position, in the state that commands on them are decided on. */

const tables = {
  inspection: { kind: 'versioned', key: ['inspection'], columns: { inspection: 'text', directive: 'text', doc: json<Inspection>() }, listedBy: [[], ['directive']] },
} as const satisfies Tables;

const evolve = (event: Recorded<InspectionEvent>, rows: Rows<typeof tables>): void => {
  const inspection = event.stream.slice('inspection-'.length);
  const doc = evolveInspection(rows.get('inspection', { inspection })?.doc ?? null, event);
  rows.put('inspection', { inspection, directive: doc.directive, doc });
};

export const inspections = defineProjection<InspectionEvent>()({
  name: 'inspections',
  version: 1,
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
