import type { Profile } from '../profile.ts';
import type { Made } from './draft.ts';

/** With which profile a document is to be read: the last that a person gave, or the one that it was sent with. */
export const profileFor = (sentWith: Profile | null, corrections: readonly Made[]): Profile | null =>
  corrections.findLast(({ correction }) => correction.profile !== undefined)?.correction.profile ?? sentWith;
