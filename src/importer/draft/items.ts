import type { ItemFields } from '../../domain/imports/events.ts';
import type { DocumentReading, ReadDeadline, ReadItem } from '../document-reading.ts';
import type { Made } from './draft.ts';
import { nextKey, withKeys, type Keyed } from './keys.ts';

/** The items of a reading after what people said of them. */

export type DraftItem = Omit<Keyed, 'children'> & {
  /** Who changed it last, or added it; null: as it was read. */
  readonly correctedBy: string | null;
  readonly children: readonly DraftItem[];
};

export type Dropped = {
  readonly key: string;
  readonly text: string;
  readonly address: string;
  readonly reason: string;
  readonly by: string;
};

type Said = { readonly [Field in keyof ItemFields]?: ItemFields[Field] | undefined };

const deadlineSaid = (deadline: NonNullable<ItemFields['deadline']>): ReadDeadline => ({
  printed: deadline.printed,
  date: deadline.date,
  kind: deadline.kind ?? (deadline.date === null ? 'standing' : 'date'),
  precision: deadline.precision ?? 'day',
});

const withFields = <Item extends Omit<ReadItem, 'children'>>(item: Item, said: Said): Item => ({
  ...item,
  number: said.number ?? item.number,
  text: said.text ?? item.text,
  kind: said.kind ?? item.kind,
  section: said.section === undefined ? item.section : said.section,
  assignees: said.assignees ?? item.assignees,
  leaders: said.leaders ?? item.leaders,
  deadline: said.deadline === undefined ? item.deadline : said.deadline && deadlineSaid(said.deadline),
  milestones: said.milestones ?? item.milestones,
  measurements: said.measurements ?? item.measurements,
});

const asRead = (item: Keyed): DraftItem => ({ ...item, correctedBy: null, children: item.children.map(asRead) });

/** Every item with its parts changed by `change`; where that gives null, it is no more. */
const mapped = (items: readonly DraftItem[], change: (item: DraftItem) => DraftItem | null): readonly DraftItem[] =>
  items.flatMap((item) => {
    const changed = change(item);
    return changed === null ? [] : [{ ...changed, children: mapped(changed.children, change) }];
  });

export const allOf = (items: readonly DraftItem[]): readonly DraftItem[] => items.flatMap((item) => [item, ...allOf(item.children)]);

/** Lines that a person has found to go on with an item. */
const withParts = (items: readonly DraftItem[], lines: DocumentReading['lines'], made: readonly Made[]): readonly DraftItem[] => {
  const parts = made.flatMap(({ correction, by }) =>
    (correction.segments ?? []).flatMap(({ address, use, item }) =>
      use === 'item-part' && item !== undefined ? [{ address, item, by }] : [],
    ),
  );
  if (parts.length === 0) return items;
  const textAt = new Map(lines.map(({ address, text }) => [address, text]));
  return mapped(items, (item) =>
    parts
      .filter((part) => part.item === item.key)
      .reduce((whole, { address, by }) => ({ ...whole, text: whole.text + (textAt.get(address) ?? ''), correctedBy: by }), item),
  );
};

const added = (
  fields: Said & Pick<ItemFields, 'number' | 'text' | 'assignees'>,
  address: string,
  by: string,
  taken: readonly string[],
): DraftItem => {
  const item: ReadItem = withFields<ReadItem>(
    {
      number: fields.number,
      text: fields.text,
      kind: 'item',
      section: null,
      assignees: [],
      openList: false,
      leaders: [],
      deadline: null,
      milestones: [],
      measurements: [],
      extra: {},
      address,
      children: [],
    },
    fields,
  );
  const key = nextKey(item.kind, taken);
  return { ...item, key, correctedBy: by, children: [] };
};

export const correctedItems = (
  read: readonly ReadItem[],
  lines: DocumentReading['lines'],
  made: readonly Made[],
): { readonly items: readonly DraftItem[]; readonly dropped: readonly Dropped[] } => {
  let items: readonly DraftItem[] = withParts(withKeys(read).map(asRead), lines, made);
  const dropped: Dropped[] = [];
  for (const { correction, by } of made)
    for (const said of correction.items ?? []) {
      if ('add' in said) {
        const taken = [...allOf(items), ...dropped].map(({ key }) => key);
        items = [...items, added(said.add, said.address ?? 'added by hand', by, taken)];
      } else
        items = mapped(items, (item) => {
          if (item.key !== said.item) return item;
          if ('set' in said) return { ...withFields(item, said.set), correctedBy: by };
          dropped.push({ key: item.key, text: item.text, address: item.address, reason: said.drop, by });
          return null;
        });
    }
  return { items, dropped };
};
