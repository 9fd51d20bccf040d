import type { Period } from '../../kernel/calendar.ts';
import { digestOf } from '../../kernel/canonical.ts';
import { totalsOf, unitLines, versionsUsed, type Totals, type UnitLine } from '../compliance/board.ts';
import type { Facts } from '../compliance/facts.ts';
import { judge, JUDGE_VERSION, type Excluded, type Obligation } from '../compliance/judge.ts';

/**
 * What a snapshot shows: compliance at (position, day), nothing of who took it or when, so that one taken today
 * of an old position equals the one taken then.
 */
export type SnapshotBody = {
  readonly directive: string;
  readonly period: Period | null;
  readonly judge: number;
  readonly basis: { readonly position: number; readonly recordedAt: string | null; readonly on: string; readonly timeZone: string };
  readonly policyVersions: readonly number[];
  readonly totals: Totals;
  readonly units: readonly UnitLine[];
  readonly excludedCollectives: readonly Excluded[];
  readonly obligations: readonly Obligation[];
};

export const snapshotBody = (facts: Facts, period: Period | null, basis: SnapshotBody['basis']): SnapshotBody => {
  const { obligations, excluded } = judge(facts, {
    on: basis.on,
    period: period ?? undefined,
    kinds: ['monthly', 'annual', 'deadline'],
  });
  return {
    directive: facts.directive,
    period,
    judge: JUDGE_VERSION,
    basis,
    policyVersions: versionsUsed(obligations),
    totals: totalsOf(obligations),
    units: unitLines(obligations),
    excludedCollectives: excluded,
    obligations,
  };
};

/** Lower-case hex SHA-256 of the body's RFC 8785 bytes. */
export const snapshotDigest = (body: SnapshotBody): string => digestOf(body);
