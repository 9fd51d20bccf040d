import type { ReadDeadline, ReadLeader } from '../document-reading.ts';
import type { Passage, Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { shown } from '../words/folded.ts';
import type { Accounts } from './elements.ts';
import type { NodeReads } from './node-reads.ts';
import type { Paragraph } from './paragraphs.ts';
import type { PlacedAside, RawItem } from './raw-item.ts';

/** What is made of a part of a document while it is gone through. */

export type BodyPart = {
  readonly context: Context;
  readonly reads: NodeReads;
  readonly items: RawItem[];
  readonly asides: PlacedAside[];
  readonly mark: (paragraph: Paragraph, use: Parameters<Accounts['mark']>[1], item?: string) => void;
  readonly aside: (paragraph: Paragraph, section: string | null, after: string | null) => void;
};

/** The headings that something stands under, and the leaders and the day that they name for it. */
export type Place = { readonly path: readonly string[]; readonly leaders: readonly ReadLeader[]; readonly due: ReadDeadline | null };

export const bodyPart = (reads: NodeReads, accounts: Accounts, context: Context): BodyPart => {
  const asides: PlacedAside[] = [];
  return {
    context,
    reads,
    items: [],
    asides,
    mark: ({ refs }, use, item) => {
      for (const ref of refs) accounts.mark(ref, use, item);
    },
    aside: ({ text, folded, address, refs }, section, after) => {
      asides.push({ text: shown(text), folded: folded.trim(), address, refs, section, after });
    },
  };
};

export const sectionOf = (path: readonly string[]): string | null => (path.length === 0 ? null : path.join('/'));

const GOALS = /预期目标|主要目标|发展目标|目标分解|目标任务分解|主要指标/u;

/** `own`: what the item itself says, where it stands under no heading. */
export const raw = (number: string, text: Passage, said: Said, place: Place, refs: readonly number[], own = ''): RawItem => ({
  number,
  text,
  section: sectionOf(place.path),
  kind: GOALS.test(place.path[0] ?? own) ? 'target' : 'task',
  said,
  inherited: place.leaders,
  due: place.due,
  figures: [],
  address: text.address,
  refs,
  children: [],
});
