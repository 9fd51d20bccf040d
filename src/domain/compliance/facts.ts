import type { AdoptedPolicy } from '../directives/schedule.ts';
import type { Collective, NameInterval, Unit } from '../roster/state.ts';
import type { Assignment } from '../tasks/assignment.ts';
import type { LeaderPost, Measurement, Milestone, PartlyPrinted, ReportBody, TaskKind } from '../tasks/events.ts';

/**
 * What compliance is judged from: facts alone, as known at a position. They come from the views (projections)
 * or from a replay of the log (`replay.ts`); both must be equal, and a test holds them to it.
 * Every fact carries its receipt, and lists stand in the order of recording. All instants are epoch ms.
 */

export type LeadersFact = { readonly posts: readonly LeaderPost[]; readonly receivedAt: number };

export type AcknowledgementFact = { readonly unit: string; readonly receivedAt: number };

/** What changes the deadline: more time granted, or one named by a resumption, a reopening or an amendment. */
export type DeadlineFact = {
  readonly by: 'grant' | 'resumption' | 'reopening' | 'amendment';
  /** null: an amendment takes it away. */
  readonly until: string | null;
  /** The first day on which an amendment holds. */
  readonly effectiveFrom?: string;
  readonly receivedAt: number;
  /** How often the task had been reopened by then, a reopening itself counted in. */
  readonly reopenings: number;
};

/** What is printed of a task otherwise than before, and the first day on which it is. */
export type AmendmentFact = { readonly to: PartlyPrinted; readonly effectiveFrom: string; readonly receivedAt: number };

/** A request for more time, and the receipt of its decision. */
export type RequestFact = { readonly requestedAt: number; readonly decidedAt: number | null };

/** A suspension or cancellation begins a pause; a resumption or reopening ends every one recorded before it. */
export type PauseFact = { readonly begins: boolean; readonly receivedAt: number };

/** A completion claim, and the receipt of its decision. */
export type ClaimFact = { readonly claimedAt: number; readonly decidedAt: number | null };

/** A completion that was verified: when the claim and the verification were received, and when it was undone. */
export type CompletionFact = {
  readonly claimedAt: number;
  readonly verifiedAt: number;
  readonly reopenedAt: number | null;
  /** How often the task had been reopened before it was verified. */
  readonly reopenings: number;
};

/** A plan and what the office made of it, by the receipts. */
export type PlanFact = {
  readonly n: number;
  readonly unit: string;
  readonly submittedAt: number;
  readonly returnedAt: number | null;
  readonly acceptedAt: number | null;
  readonly milestones: readonly Milestone[];
};

export type TaskFacts = {
  readonly id: string;
  readonly directive: string;
  readonly kind: TaskKind;
  readonly number: number | null;
  /** Number of its theme. */
  readonly theme: number | null;
  readonly assignments: readonly Assignment[];
  readonly leaders: readonly LeadersFact[];
  readonly acknowledgements: readonly AcknowledgementFact[];
  readonly originalDeadline: string | null;
  /** Stages of the deadline. */
  readonly milestones: readonly Milestone[];
  readonly deadlines: readonly DeadlineFact[];
  readonly reopenings: number;
  /** By number − 1, before the cut. */
  readonly requests: readonly RequestFact[];
  readonly pauses: readonly PauseFact[];
  /** By number − 1, before the cut. */
  readonly claims: readonly ClaimFact[];
  readonly completions: readonly CompletionFact[];
  readonly plans: readonly PlanFact[];
  readonly measurements: readonly Measurement[];
  /** Absent where there are none, as nearly always. */
  readonly amendments?: readonly AmendmentFact[];
};

/** What a version of a report says that is held against a target, a schedule or a milestone. */
export type StatementFact = {
  readonly status: ReportBody['status'];
  readonly percent: number | null;
  readonly figures: readonly { readonly metric: string; readonly value: string }[];
  /** Titles of milestones reached; absent where it names none, as nearly always. */
  readonly milestones?: readonly string[];
};

/** One version of a report: its receipt, what the office made of it while it was the newest, and what it says. */
export type SubmissionFact = {
  readonly receivedAt: number;
  readonly acceptedAt: number | null;
  /** Sent back; that closes the versions before it too. */
  readonly returnedAt: number | null;
  readonly says: StatementFact;
};

export type ReportFacts = {
  readonly id: string;
  readonly task: string;
  readonly unit: string;
  readonly period: string;
  /** The duty that it settles; every duty of its period where it names none. */
  readonly duty: string | null;
  /** In the order in which they were recorded; the first is the submission, the others are amendments. */
  readonly submissions: readonly SubmissionFact[];
};

export type Facts = {
  readonly directive: string;
  readonly timeZone: string;
  readonly policies: readonly AdoptedPolicy[];
  readonly units: ReadonlyMap<string, Pick<Unit, 'names' | 'mergedInto'>>;
  readonly collectives: ReadonlyMap<string, Pick<Collective, 'name' | 'memberships'>>;
  /** In document order. */
  readonly tasks: readonly TaskFacts[];
  /** By task, in the order of their ids. */
  readonly reports: ReadonlyMap<string, readonly ReportFacts[]>;
};

/** Before every day that is judged. */
const EVER = '0001-01-01';

/** The same facts as if one adopted version had always been in force; undefined where no version has that number. */
export const underPolicy = (facts: Facts, version: number): Facts | undefined => {
  const policy = facts.policies.find((adopted) => adopted.version === version);
  return policy && { ...facts, policies: [{ ...policy, effectiveFrom: EVER }] };
};

/** The name that holds on a day; undefined where there is none at all. */
export const nameIn = (names: readonly NameInterval[], day: string): string | undefined =>
  (names.findLast(({ from }) => from === null || from <= day) ?? names[0])?.name;

/** The name a unit has on a day; its id where the roster does not know it. */
export const nameOn = (facts: Pick<Facts, 'units'>, unit: string, day: string): string =>
  nameIn(facts.units.get(unit)?.names ?? [], day) ?? unit;

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Reports by their task, in the order of their ids. */
export const byTask = (reports: Iterable<ReportFacts>): Facts['reports'] => {
  const grouped = Map.groupBy(reports, ({ task }) => task);
  for (const of of grouped.values()) of.sort((a, b) => compareText(a.id, b.id));
  return grouped;
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
      compareText(a.id, b.id),
  );
