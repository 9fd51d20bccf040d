import { unreachable } from '../../kernel/decider.ts';
import type { Attachment } from '../../kernel/schema.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { InspectionEvent } from './events.ts';

export type Finding = {
  readonly n: number;
  readonly unit: string;
  readonly task: string | null;
  readonly text: string;
  readonly attachments: readonly Attachment[];
};

export type Rectification = {
  readonly n: number;
  readonly finding: number;
  readonly unit: string;
  readonly text: string;
  readonly due: string | null;
  readonly state: 'ordered' | 'reported' | 'returned' | 'verified';
};

export type Inspection = {
  readonly directive: string;
  readonly title: string;
  readonly plan: string;
  readonly team: readonly string[];
  readonly units: readonly string[];
  readonly tasks: readonly string[];
  readonly openedOn: string;
  /** By number − 1. */
  readonly findings: readonly Finding[];
  readonly conclusion: { readonly text: string; readonly deliveredTo: readonly string[]; readonly issuedOn: string } | null;
  /** By number − 1. */
  readonly rectifications: readonly Rectification[];
  /** When the unit's last report on each rectification was received, epoch ms; by number − 1. */
  readonly reportedAt: readonly (number | null)[];
};

export type InspectionState = Inspection | null;

const settle = (inspection: Inspection, n: number, state: Rectification['state']): Inspection => ({
  ...inspection,
  rectifications: inspection.rectifications.map((rectification) => (rectification.n === n ? { ...rectification, state } : rectification)),
});

export const evolveInspection = (inspection: InspectionState, event: InspectionEvent, receivedAt: number): Inspection => {
  if (event.type === 'InspectionOpened') return { ...event.data, findings: [], conclusion: null, rectifications: [], reportedAt: [] };
  if (inspection === null) throw new Error(`${event.type} before InspectionOpened`);
  switch (event.type) {
    case 'FindingRecorded':
      return { ...inspection, findings: [...inspection.findings, event.data] };
    case 'ConclusionIssued':
      return { ...inspection, conclusion: event.data };
    case 'RectificationOrdered':
      return {
        ...inspection,
        rectifications: [...inspection.rectifications, { ...event.data, state: 'ordered' }],
        reportedAt: [...inspection.reportedAt, null],
      };
    case 'RectificationReported':
      return {
        ...settle(inspection, event.data.n, 'reported'),
        reportedAt: inspection.reportedAt.with(event.data.n - 1, receivedAt),
      };
    case 'RectificationVerified':
      return settle(inspection, event.data.n, event.data.done ? 'verified' : 'returned');
    default:
      return unreachable(event);
  }
};

export const inspectionStream = streamsNamed('inspection-');

export const inspectionFolding = { initial: null as InspectionState, evolve: evolveInspection };
