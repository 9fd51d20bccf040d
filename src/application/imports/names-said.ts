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
type Named = { readonly name: string; readonly kind: Kind };

export type NamesKnown = {
  /** The document's own form of a name, or of one like it but for widths, brackets and blanks. */
  readonly own: (name: string, kind: Kind) => string | undefined;
};

/** What findings ask about stands in these quotes. */
const QUOTED = /“([^“”]+)”/gu;

const known = (names: readonly Named[]): NamesKnown => {
  const forms = new Map<string, string>();
  const key = (name: string, kind: Kind): string => `${kind} ${foldText(name)}`;
  for (const { name, kind } of names) if (!forms.has(key(name, kind))) forms.set(key(name, kind), name);
  const exact = new Set(names.map(({ name, kind }) => `${kind} ${name}`));
  return { own: (name, kind) => (exact.has(`${kind} ${name}`) ? name : forms.get(key(name, kind))) };
};

const partiesIn = ({ items }: Draft): readonly Named[] => allOf(items).flatMap(({ assignees }) => assignees);

/** Of parties, and of what the reader asks whether it is one. */
const namesIn = (draft: Draft): readonly Named[] => [
  ...partiesIn(draft),
  ...draft.findings
    .filter(({ kind }) => kind === 'name-unresolved' || kind === 'name-doubtful' || kind === 'prefix-missing')
    .flatMap(({ detail }) => [...detail.matchAll(QUOTED)].map(([, name = '']) => ({ name, kind: 'unit' as const }))),
];

type ItemsSaid = NonNullable<CorrectionSent['items']>;

const fieldsOf = (said: ItemsSaid[number]) => ('add' in said ? said.add : 'set' in said ? said.set : undefined);

/** Parties that a person gives to items, under the names that the document has for them. */
export const withOwnNames = (said: ItemsSaid, draft: Draft): ItemsSaid => {
  const { own } = known(partiesIn(draft));
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
  const { own } = known([...drafts.flatMap(namesIn), ...items.flatMap((said) => fieldsOf(said)?.assignees ?? [])]);
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
