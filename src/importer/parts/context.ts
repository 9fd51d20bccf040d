import type { Address } from '../../documents/source.ts';
import type { Profile } from '../profile.ts';

/** The place that issues the document, and the level of its bodies: 河州 and 市. */
export type Seat = { readonly place: string; readonly level: string };

/** What is raised while a part is read; its number and place in the order come later. */
export type Raised = { readonly kind: FindingKind; readonly address: Address; readonly detail: string; readonly blocks: boolean };

/** What every reader of a part is told: the profile, and where it says what it could not settle. */
export type Context = {
  readonly profile: Profile;
  readonly seat: Seat | null;
  /** The year of days printed without one; null where the document names none. */
  readonly year: number | null;
  readonly raise: (kind: FindingKind, address: Address, detail: string, blocks: boolean) => void;
};

/** Everything that the reader can raise, in the order in which findings of one place stand. */
export const FINDING_KINDS = [
  'source-remark',
  'page-title',
  'number-missing',
  'date-missing',
  'title-missing',
  'issuer-missing',
  'layout',
  'noise-set-aside',
  'lines-joined',
  'profile-guessed',
  'year-guessed',
  'numbering-gap',
  'numbering-restarts',
  'numbering-continues',
  'count-differs',
  'column-guessed',
  'column-unknown',
  'cell-inherited',
  'cell-shifted',
  'cell-misplaced',
  'row-uneven',
  'row-set-aside',
  'item-unnumbered',
  'item-split',
  'label-unknown',
  'label-repeated',
  'no-items',
  'no-parties',
  'party-defaulted',
  'party-excepted',
  'party-pending',
  'party-none',
  'role-guessed',
  'role-other',
  'name-unresolved',
  'name-doubtful',
  'name-joined',
  'name-repeated',
  'prefix-carried',
  'prefix-missing',
  'open-list',
  'collective-unresolved',
  'seat-not-person',
  'leader-pending',
  'leader-unresolved',
  'leader-of-heading',
  'bracket-unread',
  'part-unread',
  'deadline-guessed',
  'deadline-no-date',
  'deadline-unread',
  'milestones',
  'quantity-range',
  'quantity-unread',
  'schedule-none',
  'schedule-guessed',
  'schedule-no-period',
  'schedule-unread',
  'schedule-per-item',
  'row-differs',
  'unit-outside-task',
  'name-drift',
  'comparator-conflict',
  'no-leader',
  'no-deadline',
  'date-order',
  'prose-set-aside',
  'unread',
  'other',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];
