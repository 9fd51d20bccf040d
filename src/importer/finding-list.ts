import type { ReadFinding } from './document-reading.ts';
import { FINDING_KINDS } from '../domain/directives/events.ts';
import { kept } from '../messages/kept.ts';
import type { Context, Raised } from './parts/context.ts';
import type { Element } from './shape/elements.ts';

const RANKS: ReadonlyMap<string, number> = new Map(FINDING_KINDS.map((kind, rank) => [kind, rank]));

/** What was raised so far; the same of one place once. */
export type Findings = { readonly raise: Context['raise']; readonly all: () => readonly ReadFinding[] };

/** Findings in the order of the document's lines, whenever they were raised. */
export const findingsFor = (elements: readonly Element[]): Findings => {
  const raised: Raised[] = [];
  const seen = new Set<string>();
  return {
    raise: (kind, address, said, blocks) => {
      const about = kept(said);
      const key = `${kind} ${address} ${about.detail}`;
      if (seen.has(key)) return;
      seen.add(key);
      // What is about the whole document stands at its beginning.
      raised.push({ kind, address: address === '' ? (elements[0]?.address ?? '') : address, ...about, blocks });
    },
    all: () => {
      const places = new Map<string, number>();
      const addresses = elements.flatMap((element): readonly { readonly address: string }[] =>
        element.kind === 'line' ? [element] : [element, ...element.cells],
      );
      for (const [index, { address }] of addresses.entries()) if (!places.has(address)) places.set(address, index);
      return raised
        .map((finding) => ({ finding, place: places.get(finding.address) ?? 0, rank: RANKS.get(finding.kind) ?? 0 }))
        .toSorted((a, b) => a.place - b.place || a.rank - b.rank)
        .map(({ finding }, index) => ({ n: index + 1, ...finding }));
    },
  };
};
