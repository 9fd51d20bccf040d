/** What a circulation notice is written from: counts and names of one snapshot, nothing computed later. */

export type UnitCounts = {
  readonly name: string;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly awaiting: number;
};

/** A report or deadline that a notice names a unit for. */
export type NamedFault = {
  readonly unit: string;
  /** As the document prints it: `第12项“狠抓项目扩投资”`. */
  readonly task: string;
  readonly period: string;
  /** null: nothing was received. */
  readonly daysLate: number | null;
};

export type NoticeFacts = {
  /** null: the notice is a draft. */
  readonly number: string | null;
  /** YYYY-MM-DD */
  readonly issuedOn: string | null;
  /** As the office named it; null: drafted from the period. */
  readonly title: string | null;
  readonly directive: { readonly title: string; readonly number: string; readonly issuer: string };
  readonly period: string | null;
  /** The moment judged, epoch ms, and the office's zone. */
  readonly at: number;
  readonly timeZone: string;
  /** Of everyone who owed something that had fallen due, in the order of the snapshot. */
  readonly units: readonly UnitCounts[];
  readonly faults: readonly NamedFault[];
  /** What another reader's copy leaves out: lines about other units. */
  readonly isExtract: boolean;
};

/** What had fallen due of what is not with the office. */
export const due = ({ onTime, late, missing }: Pick<UnitCounts, 'onTime' | 'late' | 'missing'>): number => onTime + late + missing;
