/** The events of a log as the second judge reads them: raw, in the order of the log. */

type Kind = 'target' | 'task' | 'item';
type Who = Readonly<Record<Kind, readonly string[]>>;
type Shift = 'none' | 'next-working-day' | 'nth-working-day';
type Year = { readonly holidays: readonly string[]; readonly workdays: readonly string[] };
export type Milestone = { readonly title: string; readonly due: string };
export type Assignee = { readonly role: string; readonly party: string; readonly kind: 'unit' | 'collective' };
export type Every = 'month' | 'quarter' | 'half-year' | 'year' | 'week' | 'ten-days' | 'once';

export type Duty = {
  readonly id: string;
  readonly every: Every;
  readonly from: string;
  readonly to: string;
  readonly due: {
    readonly day?: number | undefined;
    readonly weekday?: number | undefined;
    readonly date?: string | undefined;
    readonly month?: number | undefined;
    readonly offset: number;
    readonly cutoff: string;
    readonly shift: Shift;
  };
  readonly who: Who;
  readonly tasks?: readonly (string | { readonly theme: number })[] | null;
  readonly asks: string;
};

/** A policy, in its short form (`monthly`, `annual`) or with its duties. */
export type Policy = {
  readonly version: number;
  readonly effectiveFrom: string;
  readonly timeZone: string;
  readonly bound: 'inclusive' | 'exclusive';
  readonly calendar?: { readonly years: Readonly<Record<string, Year>> } | null;
  readonly decides: 'first-submission' | 'first-accepted';
  readonly lateExtensions?: 'excuse' | 'ignore' | 'count';
  readonly completed?: string;
  readonly duties?: readonly Duty[];
  readonly withdrawn?: readonly string[];
  readonly monthly?: { readonly from: string; readonly to: string; readonly day: number } | null;
  readonly annual?: { readonly year: number; readonly due: string } | null;
  readonly cutoff: string;
  readonly shift: Shift;
  readonly reporters: Who;
};

/** What an amendment says. */
type Amended = {
  readonly deadline?: string | null;
  readonly theme?: { readonly number: number } | null;
  readonly deadlineTerms?: { readonly milestones: readonly Milestone[] } | null;
};

/** What events say. A type of event has its own of these, and of an event only what its type has is read. */
export type Said = Policy & {
  readonly directive: string;
  readonly kind: Kind;
  readonly theme: { readonly number: number } | null;
  readonly assignees: readonly Assignee[];
  readonly to: readonly Assignee[] & Amended;
  readonly deadline?: string | null;
  readonly deadlineTerms?: { readonly milestones: readonly Milestone[] } | null;
  readonly unit: string;
  readonly into: string;
  readonly from: string;
  readonly collective: string;
  readonly members: readonly string[];
  readonly n: number;
  readonly until: string;
  readonly report: string;
  readonly period: string;
  readonly duty?: string | null;
  /** Of a plan what it sets; of a report the titles that it says were reached. */
  readonly milestones?: readonly (Milestone | string)[];
  /** Of an amendment. */
  readonly changes?: { readonly milestones?: readonly string[] };
};

export type Entry = {
  readonly position: number;
  /** Without its version: `TaskReassigned`. */
  readonly type: string;
  readonly stream: string;
  readonly data: Said;
  /** Epoch milliseconds, as `recordedAt`. */
  readonly receivedAt: number;
  readonly recordedAt: number;
};
