import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { attachment, date, id, line } from '../../kernel/schema.ts';

/**
 * Stream `inspection-<id>`: what the office looked into, found and ordered. An inspection is at the office's
 * discretion (适时), so it has no due day of its own; only a rectification that was ordered may have one.
 */

const n = z.int().min(1);
const attachments = z.array(attachment).max(50);

/** What the sender of each command says. */
export const inspectionActs = {
  OpenInspection: z.strictObject({
    directive: id,
    title: line(300),
    plan: line(8000),
    team: z.array(line(120)).max(50),
    units: z.array(id).min(1).max(200),
    tasks: z.array(id).max(500),
    openedOn: date,
  }),
  RecordFinding: z.strictObject({ unit: id, task: id.nullable(), text: line(8000), attachments }),
  IssueConclusion: z.strictObject({ text: line(20_000), issuedOn: date }),
  OrderRectification: z.strictObject({ finding: n, text: line(8000), due: date.nullable() }),
  ReportRectification: z.strictObject({ n, unit: id, text: line(8000), attachments }),
  /** `done` false: looked at and not accepted; the unit reports again. */
  VerifyRectification: z.strictObject({ n, done: z.boolean(), text: line(4000) }),
} as const;

export const InspectionOpened = defineEvent('InspectionOpened', 1, inspectionActs.OpenInspection);
export const FindingRecorded = defineEvent('FindingRecorded', 1, inspectionActs.RecordFinding.extend({ n }));
/** Delivered to the units inspected. */
export const ConclusionIssued = defineEvent('ConclusionIssued', 1, inspectionActs.IssueConclusion.extend({ deliveredTo: z.array(id) }));
export const RectificationOrdered = defineEvent('RectificationOrdered', 1, inspectionActs.OrderRectification.extend({ n, unit: id }));
export const RectificationReported = defineEvent('RectificationReported', 1, inspectionActs.ReportRectification);
export const RectificationVerified = defineEvent('RectificationVerified', 1, inspectionActs.VerifyRectification.extend({ unit: id }));

export const inspectionEvents = [
  InspectionOpened,
  FindingRecorded,
  ConclusionIssued,
  RectificationOrdered,
  RectificationReported,
  RectificationVerified,
] as const;
export type InspectionEvent = EventOf<(typeof inspectionEvents)[number]>;
