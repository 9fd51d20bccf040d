import type { ReadFinding } from '../document-reading.ts';

/**
 * How the reader came to what it read. The draft shows it, for a person who holds the draft against the document; once
 * the draft is committed there is nothing left of it to decide, so the directive has no finding of it.
 */
const NOTES = new Set([
  'source-remark',
  'lines-joined',
  'profile-guessed',
  'year-guessed',
  'numbering-restarts',
  'numbering-continues',
  'column-guessed',
  'cell-inherited',
  'row-uneven',
  'item-unnumbered',
  'item-split',
  'party-defaulted',
  'party-excepted',
  'role-guessed',
  'prefix-carried',
  'leader-of-heading',
  'deadline-guessed',
  'milestones',
  'schedule-guessed',
  'schedule-no-period',
  'schedule-per-item',
]);

type Raised = Pick<ReadFinding, 'kind' | 'blocks'> & { readonly raisedBy?: string };
export const isNote = ({ kind, blocks, raisedBy }: Raised): boolean => !blocks && raisedBy === undefined && NOTES.has(kind);
