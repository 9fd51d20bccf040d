import { passage, SAID_NOTHING, together, type Passage } from '../parts/clauses.ts';
import { leaderOfHeading } from '../parts/leaders.ts';
import { shown } from '../words/folded.ts';
import { raw, sectionOf, type BodyPart, type Place } from './body-part.ts';
import { numberOf } from './item-nodes.ts';
import { isNote } from '../words/noise.ts';
import { dayOfHeading } from './heading-gives.ts';
import { NOTHING, wholeOf } from './node-reads.ts';
import { printedAs } from './numbering.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Node } from './tree.ts';
import { say } from '../../messages/message.ts';

/** A heading: what it gives to all that stands under it, its prose, and items among its paragraphs that have no number. */

/** The first sentence of a heading, as printed, and what follows it. */
const headingOf = (paragraph: Paragraph): { readonly name: string; readonly rest: Passage } => {
  const full = paragraph.folded.indexOf('。', paragraph.marker?.length ?? 0);
  const end = full < 0 ? paragraph.folded.length : full;
  const printed =
    paragraph.marker?.length === 0 ? printedAs(paragraph.marker) + paragraph.text.slice(0, end) : paragraph.text.slice(0, end);
  return { name: shown(printed), rest: passage(wholeOf(paragraph), Math.min(paragraph.folded.length, end + 1)) };
};

/** The place under a heading: its words, and the leaders that it names for what stands there. */
const placeUnder = (node: Node, paragraph: Paragraph, { path, leaders, due }: Place, part: BodyPart): Place => {
  const { context, mark, asides, reads } = part;
  const { own, labels } = reads.of(node);
  const { name, rest } = headingOf(paragraph);
  const within = [...path, name];
  const said = [...own.pieces.map((piece) => piece.said), ...labels.values()];
  const named = said.flatMap((each) => each.leaders);
  if (named.length > 0) context.raise('leader-of-heading', paragraph.address, say('finding.the-leaders-of-the-heading-are-taken'), false);
  const leader = leaderOfHeading(paragraph.folded.slice(paragraph.marker?.length ?? 0).trim());
  if (leader !== null)
    context.raise(
      'leader-of-heading',
      paragraph.address,
      say('finding.of-the-heading-is-taken-for-every', { name: leader.name ?? '', title: leader.title ?? '' }),
      false,
    );
  mark(paragraph, 'heading');
  if (rest.folded.trim() !== '')
    asides.push({
      text: shown(rest.text),
      folded: rest.folded.trim(),
      address: rest.address,
      refs: [],
      section: within.join('/'),
      after: null,
    });
  return {
    path: within,
    leaders: [...leaders, ...named, ...(leader === null ? [] : [leader])],
    due: dayOfHeading(paragraph, context) ?? due,
  };
};

/** Paragraphs under a heading that are items without a number of their own, and those that are none. */
const takePlain = (node: Node, within: Place, part: BodyPart): void => {
  const { context, reads, items, mark, aside } = part;
  const { path } = within;
  const { plain, labels } = reads.of(node);
  const own = numberOf(node);
  const carrying = node.groups.reduce((sum, group) => sum + group.plain.filter((each) => (plain.get(each)?.parties ?? 0) > 0).length, 0);
  let count = 0;
  for (const group of node.groups)
    for (const [index, each] of group.plain.entries()) {
      const { pieces, parties } = plain.get(each) ?? NOTHING;
      const isLast = index === group.plain.length - 1;
      if (parties === 0 && !(group.labels.length > 0 && isLast)) {
        aside(each, sectionOf(path), null);
        continue;
      }
      const isOnly = carrying === 1 && pieces.length === 1 && node.children.length === 0;
      for (const piece of pieces) {
        count += 1;
        const number = own === '' ? String(count) : isOnly ? own : `${own}-${count}`;
        const isGuess = context.profile.itemMarker === null;
        context.raise('item-unnumbered', each.address, say('finding.an-item-without-a-number-of-its', { number }), isGuess);
        const said = [piece.said, ...(isLast ? group.labels.map((label) => labels.get(label) ?? SAID_NOTHING) : [])];
        const place = isOnly ? { ...within, path: path.slice(0, -1) } : within;
        items.push(raw(number, piece.text, together(said), place, each.refs, path.at(-1) ?? ''));
        mark(each, 'item', number);
      }
    }
};

const takeLabels = (node: Node, { path }: Place, { context, reads, mark, aside }: BodyPart): void => {
  const { leadsOnly } = reads.of(node);
  for (const { plain, labels } of node.groups)
    for (const each of labels) {
      // 备注: is a label of an item, and a note where none stands before it.
      if (plain.length === 0 && isNote(each.folded)) {
        aside(each, sectionOf(path), null);
        continue;
      }
      if (plain.length === 0 && !leadsOnly)
        context.raise('part-unread', each.address, say('finding.belongs-to-no-item', { text: shown(each.text) }), true);
      mark(each, leadsOnly ? 'leader' : plain.length === 0 ? 'unread' : 'parties');
    }
};

/** The place that what is numbered under the heading stands at. */
export const visitHeading = (node: Node, place: Place, part: BodyPart): Place => {
  const within = node.paragraph === null ? place : placeUnder(node, node.paragraph, place, part);
  takePlain(node, within, part);
  takeLabels(node, within, part);
  return within;
};
