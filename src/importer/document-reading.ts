import type { Kept } from '../messages/kept.ts';
import type { Text } from '../messages/message.ts';
import type { Address } from '../documents/source.ts';
import type { Duty } from '../domain/directives/duty.ts';
import type { Profile } from './profile.ts';

/**
 * What the reader makes of any office's document: what it assigns, to whom, until when, what it wants reported, and
 * where every line of it went. Nothing here is a fact yet; a person corrects it and takes it.
 */

export type ReadAssignee = {
  readonly role: 'lead' | 'cooperating' | 'responsible';
  /** In full, with the prefix that it was printed without. */
  readonly name: string;
  readonly kind: 'unit' | 'collective';
  /** As printed, where `name` was completed. */
  readonly printed?: string;
};

/** One of the two may be unknown: a person without a post, a post that no person is named for. */
export type ReadLeader = { readonly name: string | null; readonly title: string | null };

export type ReadDeadline = {
  readonly printed: string;
  /** YYYY-MM-DD, inclusive; null where the words name no day. */
  readonly date: string | null;
  readonly kind: 'date' | 'period' | 'standing' | 'continuous' | 'immediate' | 'recurring';
  readonly precision: 'day' | 'ten-days' | 'month' | 'quarter' | 'half-year' | 'year';
};

export type ReadMilestone = { readonly printed: string; readonly date: string | null };

export type ReadMeasurement = {
  readonly metric: string;
  readonly comparator: 'gte' | 'gt' | 'lte' | 'lt' | 'eq' | 'approx' | 'qualitative' | 'range';
  /** A decimal as printed, `6—6.5` for a range; null where no number stands. */
  readonly target: string | null;
  readonly unit: string | null;
};

export type ReadItem = {
  /** As printed, without its marks: `1`, `一`, `D2024-003`; `二(一)-2` where it has none of its own. */
  readonly number: string;
  /** As printed, without its number and what was read as parties, leaders or deadline in labels and brackets. */
  readonly text: string;
  readonly kind: 'target' | 'task' | 'item';
  /** The headings it stands under, as printed, joined by `/`; null where it stands under none. */
  readonly section: string | null;
  readonly assignees: readonly ReadAssignee[];
  /** The list of parties ends in 等. */
  readonly openList: boolean;
  readonly leaders: readonly ReadLeader[];
  readonly deadline: ReadDeadline | null;
  readonly milestones: readonly ReadMilestone[];
  readonly measurements: readonly ReadMeasurement[];
  /** What else its row or block says, by the name of its column or label: `交办依据`, `备注`. */
  readonly extra: Readonly<Record<string, string>>;
  readonly address: Address;
  readonly children: readonly ReadItem[];
};

/** The schedule of reports: the sentences it stands in, and what was made of them. */
export type ReadSchedule = {
  readonly printed: string | null;
  readonly address: Address | null;
  /** In words, for a person to confirm: one sentence a duty. */
  readonly words: readonly Text[];
  readonly duties: readonly Duty[];
};

export type LineUse =
  | 'heading'
  | 'item'
  | 'item-part'
  | 'parties'
  | 'leader'
  | 'deadline'
  | 'quantity'
  | 'schedule'
  | 'prose'
  | 'head'
  | 'noise'
  | 'unread';

/** A line or a cell, and what became of it. The texts, in order, are the source's. */
export type AccountedLine = {
  readonly address: Address;
  readonly text: string;
  readonly use: LineUse;
  /** The number of the item it went to, where it did. */
  readonly item?: string;
};

export type ReadFinding = {
  /** From 1, in the order of the document. */
  readonly n: number;
  /** kebab-case, from one closed list. */
  readonly kind: string;
  readonly address: Address;
  /** Nothing is committed while it is open and nobody set it aside. */
  readonly blocks: boolean;
} & Kept;

export type DocumentReading = {
  readonly directive: {
    readonly number: string | null;
    readonly title: string | null;
    readonly issuer: string | null;
    readonly date: string | null;
  };
  /** The one it was read with: given, or guessed. */
  readonly profile: Profile;
  readonly items: readonly ReadItem[];
  readonly schedule: ReadSchedule;
  /** Paragraphs under a heading that assign nothing. */
  readonly prose: readonly { readonly section: string; readonly text: string; readonly address: Address }[];
  readonly findings: readonly ReadFinding[];
  readonly lines: readonly AccountedLine[];
};
