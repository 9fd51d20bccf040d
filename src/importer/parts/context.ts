import type { FindingKind } from '../../domain/directives/events.ts';
import type { Address } from '../../documents/source.ts';
import type { Kept } from '../../messages/kept.ts';
import type { Message } from '../../messages/message.ts';
import type { Profile } from '../profile.ts';

/** The place that issues the document, and the level of its bodies: 河州 and 市. */
export type Seat = { readonly place: string; readonly level: string };

/** What is raised while a part is read; its number and place in the order come later. */
export type Raised = { readonly kind: FindingKind; readonly address: Address; readonly blocks: boolean } & Kept;

/** What every reader of a part is told: the profile, and where it says what it could not settle. */
export type Context = {
  readonly profile: Profile;
  readonly seat: Seat | null;
  /** The year of days printed without one; null where the document names none. */
  readonly year: number | null;
  /** The day of the document, YYYY-MM-DD; null where none was found. */
  readonly issued: string | null;
  readonly raise: (kind: FindingKind, address: Address, said: Message, blocks: boolean) => void;
};
