import type { UNSAID } from '../domain/directives/events.ts';

/**
 * What the importer makes of a directive document: a proposal that a person may accept, and the findings that a person must decide.
 * Nothing here is a fact yet; the directive's commands turn an accepted proposal into events.
 */
export type Role = 'lead' | 'cooperating' | 'responsible';

export type Comparator = 'gte' | 'gt' | 'lte' | 'lt' | 'eq' | 'approx' | 'qualitative';

export type Assignee = {
  readonly role: Role;
  /** The id of a unit or of a collective of the same proposal. */
  readonly party: string;
  readonly kind: 'unit' | 'collective';
};

export type Measurement = {
  /** The noun phrase as printed, in half-width form, such as 地区生产总值. */
  readonly metric: string;
  readonly comparator: Comparator;
  /** A decimal as printed, such as "10.5"; null where the document gives no number. */
  readonly target: string | null;
  /** As printed, with its power of ten, such as "%", "万家", "亿元". */
  readonly unit: string | null;
};

export type ProposedTask = {
  /** `<directive>-<kind>-<number>` */
  readonly id: string;
  readonly kind: 'target' | 'task' | 'item';
  readonly number: number;
  /** The first clause, for lists. */
  readonly title: string;
  /** As printed, without its number and its bracket of units. */
  readonly text: string;
  /** The line in the file, from 1. */
  readonly sourceLine: number;
  /** Null for targets; an item takes its parent's. */
  readonly theme: { readonly number: number; readonly name: string } | null;
  /** `number` is `<theme>.<group>`: groups are counted anew in every theme. */
  readonly group: { readonly number: string; readonly name: string } | null;
  /** The id of the task that an item is a part of. */
  readonly parent: string | null;
  /** In the document's order: a target's responsible, a task's lead then cooperating, an item's responsible then cooperating. */
  readonly assignees: readonly Assignee[];
  /** Names as printed; only an item has any. */
  readonly leaders: readonly string[];
  /** YYYY-MM-DD; only an item has one. */
  readonly deadline: string | null;
  readonly measurements: readonly Measurement[];
};

export type FindingKind =
  | 'collective-unresolved'
  | 'name-unresolved'
  | 'row-differs'
  | 'unit-outside-task'
  | 'comparator-conflict'
  | 'no-leader'
  | 'no-deadline'
  | 'date-order'
  | 'name-drift'
  | 'layout'
  | 'other';

/** Something that the text leaves open. It is reported with its line and never settled by the importer. */
export type Finding = {
  readonly n: number;
  readonly kind: FindingKind;
  /** The id of the task, collective or directive it is about. */
  readonly subject: string;
  readonly line: number;
  readonly detail: string;
};

export type ProposedUnit = {
  readonly id: string;
  readonly name: string;
  /** Only what the name itself says: `county-government`, `development-zone`, `enterprise`. */
  readonly kind: string | null;
};

/** What the directive says of reporting, and for all that it does not say, the readings to start from. */
export type ProposedPolicy = typeof UNSAID & {
  readonly effectiveFrom: string;
  readonly timeZone: 'Asia/Shanghai';
  readonly monthly: { readonly from: string; readonly to: string; readonly day: number };
  readonly annual: { readonly year: number; readonly due: string };
  readonly bound: 'inclusive';
  readonly cutoff: '24:00';
  readonly shift: 'none';
  readonly reporters: { readonly target: readonly Role[]; readonly task: readonly Role[]; readonly item: readonly Role[] };
  readonly decides: 'first-submission';
  readonly completed: 'release';
};

export type Proposal = {
  readonly directive: {
    /** The document number in pinyin: 三政办〔2023〕1号 is `sanzhengban-2023-1`. */
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly issuer: string;
    readonly date: string;
    readonly timeZone: 'Asia/Shanghai';
    /** Lower-case hex over the bytes as they came. */
    readonly sourceSha256: string;
  };
  readonly counts: {
    readonly targets: number;
    readonly themes: number;
    readonly groups: number;
    readonly tasks: number;
    readonly items: number;
    readonly units: number;
    readonly collectives: number;
    readonly tasksWithCooperating: number;
    readonly tasksWithoutCooperating: number;
  };
  /** In the order of their first mention. */
  readonly units: readonly ProposedUnit[];
  readonly collectives: readonly { readonly id: string; readonly name: string }[];
  /** Targets, tasks, items, each in the document's order. */
  readonly tasks: readonly ProposedTask[];
  readonly findings: readonly Finding[];
  readonly policy: ProposedPolicy;
};
