import { abbreviates } from '../../kernel/abbreviation.ts';
import { foldText } from '../../kernel/json.ts';
import { syllables } from '../../kernel/pinyin.ts';
import { kept } from '../../messages/kept.ts';
import { say } from '../../messages/message.ts';
import type { ReadFinding } from '../document-reading.ts';
import { levelOf } from '../words/bodies.ts';
import type { Draft } from './draft.ts';
import { entriesOf } from './entries.ts';

/**
 * Names that may be a unit's that is known under another one: a short form of it, with an office of it in brackets, or one
 * that sounds the same. Registered in silence, one unit would be two.
 */

/** A unit of the roster, under one of its names. */
export type KnownUnit = { readonly id: string; readonly name: string };

type Named = {
  readonly name: string;
  readonly id: string | null;
  readonly folded: string;
  readonly level: string | null;
  readonly body: string;
};

const IN_BRACKETS = /\([^()]*\)$/u;

const named = ({ name, id }: { readonly name: string; readonly id: string | null }): Named => {
  const folded = foldText(name);
  const level = levelOf(folded);
  return { name, id, folded, level, body: (level === null ? folded : folded.slice(1)).replace(IN_BRACKETS, '') };
};

/** Short forms begin and end as the whole: only those are held against each other. */
const endsOf = ({ level, body }: Named): string => `${level} ${body.charAt(0)}`;

const soundOf = (name: string): string => syllables(name).join(' ');
/** Beyond, sounds are not compared: the dictionary takes some time for each. */
const MOST_SOUNDS = 2000;

const areNear = (one: Named, other: Named): boolean =>
  one.level !== null &&
  (one.body === other.body ? one.folded !== other.folded : abbreviates(one.body, other.body) || abbreviates(other.body, one.body));

/**
 * Of two that are both new the shorter asks, or the one with an office. A document that has 教育局 and 教育体育局, a whole word
 * more, means two.
 */
const asksOf = (one: Named, other: Named): boolean =>
  one.body === other.body
    ? one.folded.length > other.folded.length
    : one.body.length < other.body.length && !other.body.startsWith(one.body.slice(0, -1));

/** @param known  the roster's units, under every name and alias that each has */
export const nearNames = (
  { items, units: decided }: Pick<Draft, 'items' | 'units'>,
  known: readonly KnownUnit[],
): readonly Omit<ReadFinding, 'n'>[] => {
  const addresses = new Map<string, string>();
  for (const { item, assignees } of entriesOf(items))
    for (const { name, kind } of assignees) if (kind === 'unit' && !addresses.has(name)) addresses.set(name, item.address);
  const registered = known.map(named);
  const exactly = new Set(registered.map(({ folded }) => folded));
  const fresh = [...addresses.keys()].map((name) => named({ name, id: null })).filter(({ folded }) => !exactly.has(folded));
  const all = [...registered, ...fresh];
  const byEnds = Map.groupBy(all, endsOf);
  const bySound = all.length > MOST_SOUNDS ? null : Map.groupBy(all, ({ folded }) => soundOf(folded));
  return fresh.flatMap((one) => {
    if (decided.has(one.name)) return [];
    const near = (byEnds.get(endsOf(one)) ?? []).filter((other) => areNear(one, other) && (other.id !== null || asksOf(one, other)));
    const alike = (bySound?.get(soundOf(one.folded)) ?? []).filter(
      (other) =>
        other.folded !== one.folded && other.folded.length === one.folded.length && (other.id !== null || other.folded < one.folded),
    );
    const units = [...new Set([...near, ...alike].map(({ name, id }) => (id === null ? name : `${name} (${id})`)))];
    if (units.length === 0) return [];
    const said = say('finding.name-is-near-to', { name: one.name, near: units.join('、') });
    return [{ kind: 'name-unresolved', address: addresses.get(one.name) ?? '', ...kept(said), blocks: true }];
  });
};
