import type { Correcting, Correction, CorrectionSent } from '../../domain/imports/events.ts';
import type { Draft, DraftFinding } from '../../importer/draft/draft.ts';
import { allOf, type DraftItem } from '../../importer/draft/items.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { say, type Message } from '../../messages/message.ts';
import { namesResolved, withOwnNames } from './names-said.ts';

/** What a person sends about a draft, in the names under which it is recorded; or what it names that the draft has not. */

type Refused = { readonly ok: false; readonly refusal: Refusal };

const unknown = (pointer: string, detail: Message): Refused => ({ ok: false, refusal: { code: 'item-unknown', detail, pointer } });

/** An item by its key, or by its number or place where these name one alone. */
const keyIn = (items: readonly DraftItem[], named: string): string | undefined => {
  if (items.some(({ key }) => key === named)) return named;
  const found = items.filter(({ number, address }) => number === named || address === named);
  return found.length === 1 ? found[0]?.key : undefined;
};

/** Whether a line, a cell or an item has this address. */
const isPlace = ({ lines, items }: Draft, address: string): boolean =>
  lines.some((line) => line.address === address || line.address.startsWith(`${address}, cell `)) ||
  allOf(items).some((item) => item.address === address);

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
    if (item === undefined)
      return unknown(`/items/${index}/item`, say('application.imports.no-item-or-more-than-one', { item: each.item }));
    resolved.push({ ...each, item });
  }
  return resolved;
};

const segmentsOf = (said: NonNullable<CorrectionSent['segments']>, draft: Draft): Correction['segments'] | Refused => {
  const addresses = new Set(draft.lines.map(({ address }) => address));
  const items = allOf(draft.items);
  const resolved: NonNullable<Correction['segments']>[number][] = [];
  for (const [index, segment] of said.entries()) {
    if (!addresses.has(segment.address))
      return unknown(`/segments/${index}/address`, say('application.imports.nothing-stands-at', { address: segment.address }));
    const item = segment.item === undefined ? undefined : keyIn(items, segment.item);
    if (segment.item !== undefined && item === undefined)
      return unknown(`/segments/${index}/item`, say('application.imports.no-item-or-more-than-one', { item: segment.item }));
    resolved.push({ ...segment, item });
  }
  return resolved;
};

const findingsOf = (
  said: NonNullable<CorrectionSent['findings']>,
  draft: Draft,
  mustBeAnswered: (finding: DraftFinding) => boolean,
): Correction['findings'] | Refused => {
  const resolved: NonNullable<Correction['findings']>[number][] = [];
  for (const [index, each] of said.entries()) {
    if ('add' in each) continue;
    const { n, decision, reason } = each;
    const found = draft.findings.find((finding) => finding.n === n);
    const pointer = `/findings/${index}/n`;
    if (found === undefined)
      return { ok: false, refusal: { code: 'finding-unknown', detail: say('application.imports.has-no-finding', { n }), pointer } };
    if (mustBeAnswered(found))
      return {
        ok: false,
        refusal: {
          code: 'answer-missing',
          detail: say('application.imports.finding-answered-by-correction-not-set', { n, detail: found.detail }),
          pointer,
        },
      };
    const { kind, address, detail } = found;
    resolved.push({ kind, address, detail, decision, reason });
  }
  return resolved;
};

/** Findings that a person adds: each at the place of what it is about, or at the head of the document. */
const raisedOf = (said: NonNullable<CorrectionSent['findings']>, draft: Draft): Correction['raised'] | Refused => {
  const raised: NonNullable<Correction['raised']>[number][] = [];
  for (const [index, each] of said.entries()) {
    if (!('add' in each)) continue;
    const { item: named, address: placed, kind = 'other', detail, blocks = true } = each.add;
    const pointer = `/findings/${index}/add`;
    if (named !== undefined && placed !== undefined)
      return unknown(`${pointer}/item`, say('application.imports.sent-beside-address-one-says-where'));
    const key = named === undefined ? undefined : keyIn(allOf(draft.items), named);
    const item = allOf(draft.items).find((known) => known.key === key);
    if (named !== undefined && item === undefined)
      return unknown(`${pointer}/item`, say('application.imports.no-item-or-more-than-one-2', { named }));
    const address = placed ?? item?.address ?? draft.lines[0]?.address ?? 'line 1';
    if (placed !== undefined && !isPlace(draft, placed))
      return unknown(`${pointer}/address`, say('application.imports.nothing-stands-at-2', { placed }));
    if (draft.findings.some((known) => known.kind === kind && known.address === address && known.detail === detail))
      return {
        ok: false,
        refusal: { code: 'nothing-changed', detail: say('application.imports.at-that-finding-already', { address }), pointer },
      };
    raised.push({ kind, address, detail, blocks });
  }
  return raised;
};

/** A draft as a correction finds it, and as it is read with the profile that the correction brings. */
type Standing = { readonly draft: Draft; readonly reread: Draft };

/** With findings as what they say, items by their keys, and names as the document has them. */
export const resolved = (
  { items, segments, findings, units, collectives, ...rest }: Correcting,
  { draft, reread }: Standing,
  mustBeAnswered: (finding: DraftFinding) => boolean,
): Correction | Refused => {
  const own = items && itemsOf(withOwnNames(items, draft), draft);
  if (own !== undefined && 'refusal' in own) return own;
  const named = namesResolved({ units, collectives }, own ?? [], [draft, reread]);
  if ('refusal' in named) return named;
  const placed = segments && segmentsOf(segments, draft);
  if (placed !== undefined && 'refusal' in placed) return placed;
  const settled = findings && findingsOf(findings, draft, mustBeAnswered);
  if (settled !== undefined && 'refusal' in settled) return settled;
  const raised = findings && raisedOf(findings, draft);
  if (raised !== undefined && 'refusal' in raised) return raised;
  return {
    ...rest,
    ...named,
    ...(own && { items: own }),
    ...(placed && { segments: placed }),
    ...(settled && settled.length > 0 && { findings: settled }),
    ...(raised && raised.length > 0 && { raised }),
  };
};
