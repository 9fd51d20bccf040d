import { z } from 'zod';
import { date, line, period, timeZone, type ValueOf } from '../../kernel/schema.ts';

/**
 * What the letter of a circulation notice is written from: counts and names of one snapshot, nothing computed later. They
 * stand in the event with which it is issued, so that its words can be made again from the log.
 */

const counts = z.strictObject({ name: line(120), onTime: z.int(), late: z.int(), missing: z.int(), awaiting: z.int() });
export type UnitCounts = ValueOf<typeof counts>;

const namedFault = z.strictObject({
  unit: line(120),
  /** As the document prints it: `第12项“狠抓项目扩投资”`. */
  task: line(400),
  period: line(10),
  /** null: nothing was received. */
  daysLate: z.int().nullable(),
});
/** A report or deadline that a notice names a unit for. */
export type NamedFault = ValueOf<typeof namedFault>;

export const noticeFacts = z.strictObject({
  /** null: the notice is a draft. */
  number: line(120).nullable(),
  issuedOn: date.nullable(),
  title: line(300),
  directive: z.strictObject({ title: line(300), number: line(120), issuer: line(120) }),
  period: period.nullable(),
  /** The moment judged, epoch ms, and the office's zone. */
  at: z.int(),
  timeZone,
  /** Of everyone who owed something, in the order of the snapshot. */
  units: z.array(counts),
  faults: z.array(namedFault),
  /** What another reader's copy leaves out: lines about other units. */
  isExtract: z.boolean(),
});
export type NoticeFacts = ValueOf<typeof noticeFacts>;

/** What had fallen due of what is not with the office. */
export const dueOf = ({ onTime, late, missing }: Pick<UnitCounts, 'onTime' | 'late' | 'missing'>): number => onTime + late + missing;
