import type { Correction, CorrectionSent } from '../../domain/imports/events.ts';
import type { Draft } from '../../importer/draft/draft.ts';
import type { DraftItem } from '../../importer/draft/items.ts';
import type { Refusal } from '../../kernel/refusal.ts';

/** What a person sends about a draft, in the names under which it is recorded; or what it names that the draft has not. */

type Refused = { readonly ok: false; readonly refusal: Refusal };

const unknown = (pointer: string, detail: string): Refused => ({ ok: false, refusal: { code: 'item-unknown', detail, pointer } });

const allOf = (items: readonly DraftItem[]): readonly DraftItem[] => items.flatMap((item) => [item, ...allOf(item.children)]);

/** An item by its key, or by its number or place where these name one alone. */
const keyIn = (items: readonly DraftItem[], named: string): string | undefined => {
  if (items.some(({ key }) => key === named)) return named;
  const found = items.filter(({ number, address }) => number === named || address === named);
  return found.length === 1 ? found[0]?.key : undefined;
};

type Said = NonNullable<CorrectionSent['items']>[number];

const itemsOf = (said: readonly Said[], draft: Draft): readonly Said[] | Refused => {
  const items = allOf(draft.items);
  const resolved: Said[] = [];
  for (const [index, each] of said.entries()) {
    if ('add' in each) {
      resolved.push(each);
      continue;
    }
    const item = keyIn(items, each.item);
    if (item === undefined) return unknown(`/items/${index}/item`, `no item, or more than one, is called ${each.item}`);
    resolved.push({ ...each, item });
  }
  return resolved;
};

const segmentsOf = (said: NonNullable<CorrectionSent['segments']>, draft: Draft): Correction['segments'] | Refused => {
  const addresses = new Set(draft.lines.map(({ address }) => address));
  const items = allOf(draft.items);
  const resolved: NonNullable<Correction['segments']>[number][] = [];
  for (const [index, segment] of said.entries()) {
    if (!addresses.has(segment.address)) return unknown(`/segments/${index}/address`, `nothing stands at ${segment.address}`);
    const item = segment.item === undefined ? undefined : keyIn(items, segment.item);
    if (segment.item !== undefined && item === undefined)
      return unknown(`/segments/${index}/item`, `no item, or more than one, is called ${segment.item}`);
    resolved.push({ ...segment, item });
  }
  return resolved;
};

const findingsOf = (
  said: NonNullable<CorrectionSent['findings']>,
  draft: Draft,
  mustBeAnswered: (finding: { readonly kind: string }) => boolean,
): Correction['findings'] | Refused => {
  const resolved: NonNullable<Correction['findings']>[number][] = [];
  for (const [index, { n, decision, reason }] of said.entries()) {
    const found = draft.findings.find((finding) => finding.n === n);
    const pointer = `/findings/${index}/n`;
    if (found === undefined) return { ok: false, refusal: { code: 'finding-unknown', detail: `it has no finding ${n}`, pointer } };
    if (mustBeAnswered(found))
      return {
        ok: false,
        refusal: { code: 'answer-missing', detail: `finding ${n} is answered by a correction, not set aside: ${found.detail}`, pointer },
      };
    const { kind, address, detail } = found;
    resolved.push({ kind, address, detail, decision, reason });
  }
  return resolved;
};

/** With findings as what they say, and items by their keys. */
export const resolved = (
  { items, segments, findings, ...rest }: CorrectionSent,
  draft: Draft,
  mustBeAnswered: (finding: { readonly kind: string }) => boolean,
): Correction | Refused => {
  const own = items && itemsOf(items, draft);
  if (own !== undefined && 'refusal' in own) return own;
  const placed = segments && segmentsOf(segments, draft);
  if (placed !== undefined && 'refusal' in placed) return placed;
  const settled = findings && findingsOf(findings, draft, mustBeAnswered);
  if (settled !== undefined && 'refusal' in settled) return settled;
  return { ...rest, ...(own && { items: own }), ...(placed && { segments: placed }), ...(settled && { findings: settled }) };
};
