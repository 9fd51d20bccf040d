import type { FindingKind, ImportCounts, PolicyRules, Prose } from '../../domain/directives/events.ts';
import type { Assignee, CitedSource, DeadlineTerms, LeaderPost, Measurement, TaskKind } from '../../domain/tasks/events.ts';
import type { Profile } from '../profile.ts';
import type { Message } from '../../messages/message.ts';
import type { Place } from './places.ts';

/** What a draft becomes: units, tasks and rules as the commands take them, under the ids that they are to have. */

export type PlannedTask = {
  readonly id: string;
  readonly kind: TaskKind;
  readonly number: number | null;
  readonly title: string;
  readonly text: string;
  readonly sourceLine: number | null;
  readonly theme: Place['theme'];
  readonly group: Place['group'];
  readonly parent: string | null;
  /** Parties by the plan's own ids. */
  readonly assignees: readonly Assignee[];
  readonly leaders: readonly string[];
  readonly leaderPosts?: readonly LeaderPost[] | undefined;
  readonly deadline: string | null;
  readonly deadlineTerms?: DeadlineTerms | undefined;
  readonly measurements: readonly Measurement[];
  readonly source?: CitedSource | undefined;
};

export type PlannedUnit = {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  /** The unit of the roster that a person has found it to be; `alias`: and is to be known by this name from now on. */
  readonly is?: { readonly unit: string; readonly alias: boolean } | undefined;
};

export type PlannedFinding = {
  readonly n: number;
  readonly kind: FindingKind;
  readonly subject: string;
  readonly line: number;
  readonly detail: string;
  readonly said?: Message | undefined;
  readonly address?: string | undefined;
};

export type Plan = {
  readonly directive: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly issuer: string;
    readonly date: string;
    readonly timeZone: string;
    readonly sourceSha256: string;
  };
  readonly profile: Profile | null;
  readonly counts: ImportCounts;
  readonly units: readonly PlannedUnit[];
  readonly collectives: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly {
    readonly collective: string;
    readonly members: readonly string[];
    readonly from: string;
    readonly basis: string;
  }[];
  readonly tasks: readonly PlannedTask[];
  readonly findings: readonly PlannedFinding[];
  readonly decisions: readonly { readonly n: number; readonly decision: string; readonly reason: string }[];
  readonly prose: readonly Prose[];
  readonly rules: PolicyRules | null;
};
