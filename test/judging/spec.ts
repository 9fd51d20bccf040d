/**
 * A history of an office before its days and instants are worked out. Days are counted from the first of the base
 * month; instants stand at what falls due, give or take a millisecond, more often than not.
 */

export const UNITS = ['a', 'b', 'c', 'd'] as const;
export const COLLECTIVES = ['all', 'some'] as const;
export const TASKS = ['t1', 't2', 't3'] as const;
export const TITLES = ['开工', '封顶'] as const;
export type Party = (typeof UNITS)[number] | (typeof COLLECTIVES)[number];
export type TaskName = (typeof TASKS)[number];

/**
 * `near`: the instant at which falls due what the act is about. `anchor`: the n-th of all instants at which something
 * falls due. `by` in milliseconds.
 */
export type Moment =
  | { readonly near: true; readonly by: number }
  | { readonly anchor: number; readonly by: number }
  | { readonly day: number; readonly by: number };
/** So many days after the first of the base month; or the last day in time of the n-th of all that is demanded, give or take some. */
export type Day = number | { readonly due: number; readonly by: number };
/** When it reached the office, and how many milliseconds later it was entered: 0 where it was entered at once, and not from a paper. */
export type When = { readonly received: Moment; readonly delay: number };

export type Roles = readonly ('lead' | 'cooperating' | 'responsible')[];
export type Assignees = readonly { readonly role: Roles[number]; readonly party: Party }[];
export type Every = 'month' | 'quarter' | 'half-year' | 'year' | 'week' | 'ten-days' | 'once';

/** What stays the same of a duty from policy to policy. */
export type Rhythm = {
  readonly id: string;
  readonly every: Every;
  readonly asks: 'report' | 'summary' | 'plan';
  readonly roles: Roles;
  readonly tasks: readonly (TaskName | { readonly theme: number })[] | null;
};
/** Of these each rhythm takes what goes with it. */
export type Demand = {
  readonly rhythm: number;
  /** Day of the base that its first period holds, and how many periods follow. */
  readonly first: number;
  readonly more: number;
  readonly day: number;
  readonly weekday: number;
  readonly month: number | null;
  readonly dated: boolean;
  readonly offset: number;
  readonly cutoff: string;
  readonly shift: 'none' | 'next-working-day' | 'nth-working-day';
};
export type PolicySpec = {
  readonly short: boolean;
  readonly effectiveFrom: number;
  readonly zone: string | null;
  readonly bound: 'inclusive' | 'exclusive';
  readonly decides: 'first-submission' | 'first-accepted';
  readonly lateExtensions: 'excuse' | 'ignore' | 'count';
  readonly completed: boolean;
  readonly demands: readonly Demand[];
  readonly withdrawn: readonly number[];
};
export type TaskSpec = {
  readonly kind: 'target' | 'task' | 'item';
  readonly theme: number | null;
  readonly assignees: Assignees;
  readonly effectiveFrom: number;
  readonly deadline: number | null;
  readonly milestones: readonly { readonly title: string; readonly due: number }[];
};

/**
 * One act on a task. `period`: the n-th of all that is demanded; `n`: the n-th plan, request or claim; `until`: days after
 * the task's first deadline.
 */
export type Step =
  | {
      readonly does: 'report' | 'amend' | 'return' | 'accept';
      readonly unit: number;
      readonly period: number;
      /** Whether it names its duty, and a milestone as reached. */
      readonly named: boolean;
      readonly reached: boolean;
    }
  | { readonly does: 'plan'; readonly unit: number; readonly due: Day }
  | { readonly does: 'return-plan' | 'accept-plan' | 'verify' | 'reject'; readonly n: number }
  | { readonly does: 'claim' | 'acknowledge'; readonly unit: number }
  | { readonly does: 'ask-time'; readonly unit: number; readonly until: number }
  | { readonly does: 'grant'; readonly n: number; readonly until: number | null }
  | { readonly does: 'refuse'; readonly n: number }
  | { readonly does: 'suspend' | 'cancel' }
  | { readonly does: 'resume' | 'reopen'; readonly deadline: Day | null }
  | {
      readonly does: 'reprint';
      readonly effectiveFrom: Day;
      /** `undefined`: stays as it is. */
      readonly deadline?: Day | null | undefined;
      readonly milestones?: readonly { readonly title: string; readonly due: Day }[] | undefined;
      readonly theme?: number | null | undefined;
    }
  | { readonly does: 'hand-on'; readonly assignees: Assignees; readonly effectiveFrom: Day };

/** Acts that belong together. Their receipts stand in order, unless `shuffled`. */
export type Story =
  | {
      readonly on: 'task';
      readonly task: TaskName;
      readonly steps: readonly Step[];
      readonly whens: readonly When[];
      readonly shuffled: boolean;
      /** What it happens near to: the n-th of the task's deadline, its milestones and all reports; where null, what it is about. */
      readonly near: number | null;
    }
  | { readonly on: 'policy'; readonly when: When; readonly policy: PolicySpec }
  | {
      readonly on: 'members';
      readonly when: When;
      readonly collective: (typeof COLLECTIVES)[number];
      readonly members: readonly string[];
      readonly from: Day;
    }
  | { readonly on: 'merge'; readonly when: When; readonly unit: string; readonly into: string; readonly from: Day }
  | { readonly on: 'rename'; readonly when: When; readonly unit: string; readonly name: string; readonly from: Day };

export type Spec = {
  /** First of a month. */
  readonly base: string;
  readonly officeZone: string;
  readonly zone: string;
  readonly rhythms: readonly Rhythm[];
  readonly first: { readonly when: When; readonly policy: PolicySpec };
  readonly tasks: readonly { readonly when: When; readonly task: TaskSpec }[];
  readonly stories: readonly Story[];
};
