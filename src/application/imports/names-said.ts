import type { Correction, CorrectionSent } from '../../domain/imports/events.ts';
import type { Draft } from '../../importer/draft/draft.ts';
import { allOf } from '../../importer/draft/items.ts';
import { foldText } from '../../kernel/json.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { say } from '../../messages/message.ts';

/**
 * The names in a correction, as the document has them. A person types 各乡镇（街道）办事处 as it is printed, and the reader has
 * 各乡镇(街道)办事处: both are one name, and nothing else may come of it than of the reader's own.
 */

type Kind = 'unit' | 'collective';
type Named = { readonly name: string; readonly kind: Kind; readonly printed?: string | undefined };

/** The document's own form of a name; undefined where it has none, or the words stand for several. */
type Own = (name: string, kind: Kind) => string | undefined;

const keyOf = (name: string, kind: Kind): string => `${kind} ${foldText(name)}`;

/** By the name itself, by one like it but for widths, brackets and blanks, or by what is printed in its place. */
const known = (names: readonly Named[]): Own => {
  const exact = new Set(names.map(({ name, kind }) => `${kind} ${name}`));
  const alike = new Map<string, string>();
  const printed = new Map<string, string | undefined>();
  for (const { name, kind, printed: form } of names) {
    if (!alike.has(keyOf(name, kind))) alike.set(keyOf(name, kind), name);
    if (form === undefined) continue;
    const key = keyOf(form, kind);
    printed.set(key, !printed.has(key) || printed.get(key) === name ? name : undefined);
  }
  return (name, kind) => (exact.has(`${kind} ${name}`) ? name : (alike.get(keyOf(name, kind)) ?? printed.get(keyOf(name, kind))));
};

const partiesIn = ({ items }: Draft): readonly Named[] => allOf(items).flatMap(({ assignees }) => assignees);

type ItemsSaid = NonNullable<CorrectionSent['items']>;

const fieldsOf = (said: ItemsSaid[number]) => ('add' in said ? said.add : 'set' in said ? said.set : undefined);

/** Parties that a person gives to items, under the names that the document has for them. */
export const withOwnNames = (said: ItemsSaid, draft: Draft): ItemsSaid => {
  const own = known(partiesIn(draft));
  const met = <Fields extends { readonly assignees?: readonly Named[] | undefined }>(fields: Fields): Fields =>
    fields.assignees === undefined
      ? fields
      : { ...fields, assignees: fields.assignees.map((each) => ({ ...each, name: own(each.name, each.kind) ?? each.name })) };
  return said.map((each) => ('add' in each ? { ...each, add: met(each.add) } : 'set' in each ? { ...each, set: met(each.set) } : each));
};

type Decisions = Pick<Correction, 'units' | 'collectives'>;

/**
 * What is said of units and collectives, under the document's own names; or the first name that it does not have.
 * `drafts`: as it stands, and as it is read with the profile that the correction brings.
 */
export const namesResolved = (
  { units, collectives }: Pick<CorrectionSent, 'units' | 'collectives'>,
  items: ItemsSaid,
  drafts: readonly Draft[],
): Decisions | { readonly ok: false; readonly refusal: Refusal } => {
  const own = known([...drafts.flatMap(partiesIn), ...items.flatMap((said) => fieldsOf(said)?.assignees ?? [])]);
  const strange = (pointer: string, name: string) => ({
    ok: false as const,
    refusal: { code: 'item-unknown' as const, detail: say('application.imports.name-not-in-document', { name }), pointer },
  });
  const unit = units?.findIndex(({ name }) => own(name, 'unit') === undefined) ?? -1;
  if (unit >= 0) return strange(`/units/${unit}/name`, units?.[unit]?.name ?? '');
  const collective = collectives?.findIndex(({ name }) => own(name, 'collective') === undefined) ?? -1;
  if (collective >= 0) return strange(`/collectives/${collective}/name`, collectives?.[collective]?.name ?? '');
  return {
    ...(units && { units: units.map((each) => ({ ...each, name: own(each.name, 'unit') ?? each.name })) }),
    ...(collectives && { collectives: collectives.map((each) => ({ ...each, name: own(each.name, 'collective') ?? each.name })) }),
  };
};
