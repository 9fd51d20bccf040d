import { passage, SAID_NOTHING, together, type Passage, type Said } from '../parts/clauses.ts';
import { shown } from '../words/folded.ts';
import { labelsOf } from '../words/labels.ts';
import { raw, sectionOf, type BodyPart, type Place } from './body-part.ts';
import type { Dissected } from './dissect.ts';
import { numberOf } from './item-nodes.ts';
import { assigns, NOTHING } from './node-reads.ts';
import type { Paragraph } from './paragraphs.ts';
import type { RawItem } from './raw-item.ts';
import type { Node } from './tree.ts';
import { say } from '../../messages/message.ts';

/** A numbered paragraph that is an item, with the paragraphs, labels and parts that stand under it. */

const joinTexts = (parts: readonly Passage[]): Passage => ({
  address: parts[0]?.address ?? '',
  text: parts.map(({ text }) => text).join(''),
  folded: parts.map(({ folded }) => folded).join(''),
});

/** Several brackets in one paragraph: the sentence before the first is its heading where it stands alone. */
const several = (node: Node, paragraph: Paragraph, own: Dissected, place: Place, { items, context, mark }: BodyPart): void => {
  const number = numberOf(node);
  const [first] = own.pieces;
  if (first === undefined) return;
  const stop = first.text.folded.indexOf('。');
  const titled = stop > 0 && stop <= 20 && stop < first.text.folded.length - 1;
  const name = titled ? `${shown(paragraph.text.slice(0, paragraph.marker?.length ?? 0))}${first.text.text.slice(0, stop)}` : null;
  const within = name === null ? place : { ...place, path: [...place.path, name] };
  const pieces = titled ? [{ ...first, text: passage(first.text, stop + 1) }, ...own.pieces.slice(1)] : own.pieces;
  for (const [index, piece] of pieces.entries()) items.push(raw(`${number}-${index + 1}`, piece.text, piece.said, within, paragraph.refs));
  context.raise(
    'item-unnumbered',
    paragraph.address,
    say('finding.one-paragraph-holds-items-without-numbers-called', { count: pieces.length, number }),
    false,
  );
  mark(paragraph, 'item', `${number}-1`);
};

/** An item while its paragraphs are gone through. */
type Open = {
  readonly number: string;
  readonly place: Place;
  /** Its own paragraph says who is to do it. */
  readonly isAssigned: boolean;
  readonly texts: Passage[];
  readonly said: Said[];
  readonly refs: number[];
  /** Items without a number that stand among its paragraphs. */
  readonly extra: RawItem[];
  /** Something said of it so far names somebody. */
  named: boolean;
};

const take = (item: Open, said: readonly Said[]): void => {
  item.said.push(...said);
  item.named ||= said.some(assigns);
};

/** `continues`: labels stand behind it, so it may go on with the text of the item. */
const takePlain = (item: Open, each: Paragraph, { pieces, parties }: Dissected, continues: boolean, part: BodyPart): void => {
  const { number, place } = item;
  const { mark, context } = part;
  if (parties === 1 && !item.isAssigned && !item.named) {
    // The bracket of units stands on a line of its own, or the text goes on to it.
    item.texts.push(...pieces.map(({ text }) => text));
    take(
      item,
      pieces.map((piece) => piece.said),
    );
    mark(each, 'parties', number);
    item.refs.push(...each.refs);
    const isText = pieces.some(({ text }) => text.folded !== '');
    context.raise('layout', each.address, say('finding.the-units-of-stand-on-a-line', { number }), isText);
  } else if (parties > 0) {
    for (const piece of pieces) {
      const called = `${number}-${item.extra.length + 2}`;
      context.raise('item-unnumbered', each.address, say('finding.an-item-without-a-number-called', { called }), true);
      item.extra.push(raw(called, piece.text, piece.said, place, each.refs));
    }
    mark(each, 'item', number);
  } else if (continues) {
    item.texts.push(...pieces.map(({ text }) => text));
    mark(each, 'item-part', number);
    item.refs.push(...each.refs);
    context.raise('lines-joined', each.address, say('finding.read-as-a-part-of-the-text', { number }), false);
  } else part.aside(each, sectionOf(place.path), number);
};

const useOf = (said: Said): 'item-part' | 'deadline' | 'leader' | 'parties' => {
  if (!assigns(said)) return said.deadline === null ? 'item-part' : 'deadline';
  return said.leaders.length > 0 ? 'leader' : 'parties';
};

/** A label that stands once more under one item is perhaps that of another, whose number is missing. */
const labelsAgain = (node: Node, number: string, { context }: BodyPart): void => {
  const known = new Set<string>();
  for (const each of node.groups.flatMap((group) => group.labels)) {
    const name = labelsOf(each.folded, context.profile)[0]?.name ?? '';
    if (known.has(name)) context.raise('label-repeated', each.address, say('finding.stands-again-under-item', { name, number }), true);
    known.add(name);
  }
};

export const visitItem = (node: Node, place: Place, into: RawItem[], part: BodyPart): void => {
  const { paragraph } = node;
  if (paragraph === null) return;
  const { own, plain, labels } = part.reads.of(node);
  const number = numberOf(node);
  if (own.parties >= 2 && node.children.length === 0) return several(node, paragraph, own, place, part);
  part.mark(paragraph, 'item', number);
  const item: Open = {
    number,
    place,
    isAssigned: own.parties > 0,
    texts: own.pieces.map(({ text }) => text),
    said: [],
    refs: [...paragraph.refs],
    extra: [],
    named: false,
  };
  take(
    item,
    own.pieces.map((piece) => piece.said),
  );
  labelsAgain(node, number, part);
  for (const group of node.groups) {
    const continues = !item.isAssigned && group.labels.length > 0;
    for (const each of group.plain) takePlain(item, each, plain.get(each) ?? NOTHING, continues, part);
    for (const each of group.labels) {
      const said = labels.get(each) ?? SAID_NOTHING;
      take(item, [said]);
      part.mark(each, useOf(said), number);
      item.refs.push(...each.refs);
    }
  }
  if (item.isAssigned && node.children.length > 0)
    part.context.raise(
      'layout',
      node.children[0]?.paragraph?.address ?? '',
      say('finding.parts-stand-behind-the-units-of', { number }),
      false,
    );
  if (node.children.length === 1)
    part.context.raise(
      'layout',
      node.children[0]?.paragraph?.address ?? '',
      say('finding.a-single-part-stands-under', { number }),
      node.groups.some((group) => group.labels.length > 0),
    );
  const text = joinTexts(item.texts);
  if (text.folded.trim() === '')
    part.context.raise('part-unread', paragraph.address, say('finding.says-nothing-of-what-is-to-be', { number }), true);
  const children: RawItem[] = [];
  for (const child of node.children) visitItem(child, place, children, part);
  into.push({ ...raw(number, text, together(item.said), place, item.refs, shown(paragraph.text)), children });
  for (const each of item.extra) into.push(each);
};
