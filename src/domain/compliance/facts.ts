import type { Policy } from '../directives/events.ts';
import type { Membership, Merger, NameInterval } from '../roster/state.ts';
import type { Assignment } from '../tasks/assignment.ts';
import type { Measurement, ReportBody, TaskKind } from '../tasks/events.ts';

/**
 * What compliance is judged from: facts alone, as known at a position. They come from the views (projections)
 * or from a replay of the log (`replay.ts`); both must be equal, and a test holds them to it.
 * All instants are epoch ms.
 */

/** A grant of more time: `grantedAt` is when the office's decision was received. */
export type ExtensionFact = { readonly until: string; readonly grantedAt: number };

/** A span without duty: suspended or cancelled, from a decision's receipt to the one that ended it. */
export type PauseFact = { readonly from: number; readonly to: number | null };

/** A completion that was verified: when the claim and the verification were received, and when it was undone. */
export type CompletionFact = { readonly claimedAt: number; readonly verifiedAt: number; readonly reopenedAt: number | null };

/** A plan and what the office made of it, by the receipts. */
export type PlanFact = {
  readonly unit: string;
  readonly submittedAt: number;
  readonly returnedAt: number | null;
  readonly acceptedAt: number | null;
};

export type TaskFacts = {
  readonly id: string;
  readonly directive: string;
  readonly kind: TaskKind;
  readonly number: number | null;
  readonly assignments: readonly Assignment[];
  readonly originalDeadline: string | null;
  readonly extensions: readonly ExtensionFact[];
  readonly pauses: readonly PauseFact[];
  readonly completions: readonly CompletionFact[];
  /** Receipts of the completion claims, by number − 1. */
  readonly claims: readonly number[];
  /** By number − 1. */
  readonly plans: readonly PlanFact[];
  readonly measurements: readonly Measurement[];
};

/** What a version of a report says that is held against a target or a schedule. */
export type StatementFact = {
  readonly status: ReportBody['status'];
  readonly percent: number | null;
  readonly figures: readonly { readonly metric: string; readonly value: string }[];
};

/** One version of a report: its receipt, the receipt of its acceptance, and what it says. */
export type SubmissionFact = { readonly receivedAt: number; readonly acceptedAt: number | null; readonly says: StatementFact };

export type ReportFacts = {
  readonly id: string;
  readonly task: string;
  readonly unit: string;
  readonly period: string;
  /** In the order in which they were recorded; the first is the submission, the others are amendments. */
  readonly submissions: readonly SubmissionFact[];
};

export type Facts = {
  readonly directive: string;
  readonly timeZone: string;
  readonly policies: readonly Policy[];
  readonly units: ReadonlyMap<string, { readonly names: readonly NameInterval[]; readonly mergedInto: Merger | null }>;
  readonly collectives: ReadonlyMap<string, { readonly name: string; readonly memberships: readonly Membership[] }>;
  readonly tasks: readonly TaskFacts[];
  /** By `reportKey`. */
  readonly reports: ReadonlyMap<string, ReportFacts>;
};

/** Before every day that is judged. */
const EVER = '0001-01-01';

/** The same facts as if one adopted version had always been in force; undefined where no version has that number. */
export const underPolicy = (facts: Facts, version: number): Facts | undefined => {
  const policy = facts.policies.find((adopted) => adopted.version === version);
  return policy && { ...facts, policies: [{ ...policy, effectiveFrom: EVER }] };
};

export const reportKey = (task: string, unit: string, period: string): string => `${task}/${unit}/${period}`;

/** The name a unit has on a day; its id where the roster does not know it. */
export const nameOn = (facts: Pick<Facts, 'units'>, unit: string, day: string): string => {
  const names = facts.units.get(unit)?.names ?? [];
  return (names.findLast(({ from }) => from === null || from <= day) ?? names[0])?.name ?? unit;
};

const KIND_ORDER: Record<TaskKind, number> = { target: 0, task: 1, item: 2 };

/** Document order: targets, tasks, items, each by number, then what has none by id. */
export const inDocumentOrder = <Task extends { readonly id: string; readonly kind: TaskKind; readonly number: number | null }>(
  tasks: readonly Task[],
): readonly Task[] =>
  tasks.toSorted(
    (a, b) =>
      KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
      (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER) ||
      (a.id < b.id ? -1 : 1),
  );
