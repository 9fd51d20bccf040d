import type { Address } from '../../documents/source.ts';
import type { ReadDeadline, ReadItem, ReadLeader, ReadMeasurement } from '../document-reading.ts';
import type { Passage, Said } from '../parts/clauses.ts';

/** An item as it stands in the document, before what is concluded from all of them. */
export type RawItem = {
  readonly number: string;
  readonly text: Passage;
  readonly section: string | null;
  readonly kind: ReadItem['kind'];
  readonly said: Said;
  /** Leaders of the headings above it. */
  readonly inherited: readonly ReadLeader[];
  /** The day of the heading it stands under. */
  readonly due?: ReadDeadline | null;
  /** Figures that stand in columns of their own. */
  readonly figures: readonly ReadMeasurement[];
  readonly address: Address;
  /** The lines and cells it was read from. */
  readonly refs: readonly number[];
  readonly children: readonly RawItem[];
};

/** A sentence outside all items, that may set the schedule, a rule or a default. */
export type Aside = { readonly text: string; readonly folded: string; readonly address: Address; readonly refs: readonly number[] };

/** With the heading it stands under and the item it stands behind, where it does. */
export type PlacedAside = Aside & { readonly section: string | null; readonly after: string | null };
