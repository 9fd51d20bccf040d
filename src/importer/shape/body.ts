import type { Context } from '../parts/context.ts';
import { shown } from '../words/folded.ts';
import { visitHeading } from './body-headings.ts';
import { visitItem } from './body-items.ts';
import { bodyPart, sectionOf, type BodyPart, type Place } from './body-part.ts';
import type { Accounts } from './elements.ts';
import { itemNodes } from './item-nodes.ts';
import { liftLabels } from './lifted-labels.ts';
import { nodeReads } from './node-reads.ts';
import type { Style } from './numbering.ts';
import type { Paragraph } from './paragraphs.ts';
import type { PlacedAside, RawItem } from './raw-item.ts';
import { treeOf, type Node } from './tree.ts';
import { say } from '../../messages/message.ts';

/** What one part of the document assigns, and what it says beside. */
export type Body = {
  readonly items: readonly RawItem[];
  /** Plain paragraphs that stand under a heading or under none. */
  readonly asides: readonly PlacedAside[];
  readonly itemStyles: ReadonlySet<Style>;
};

/** A numbered paragraph that assigns nothing, with all that stands under it. */
const setAside = (node: Node, path: readonly string[], part: BodyPart): void => {
  const { aside } = part;
  if (node.paragraph !== null) aside(node.paragraph, sectionOf(path), null);
  for (const { plain, labels } of node.groups) for (const each of [...plain, ...labels]) aside(each, sectionOf(path), null);
  for (const child of node.children) setAside(child, path, part);
};

export const readBody = (paragraphs: readonly Paragraph[], accounts: Accounts, context: Context): Body => {
  const root = treeOf(paragraphs, context);
  const reads = nodeReads(context);
  liftLabels(root, reads, context);
  const { styles, isOfItems, below } = itemNodes(root, reads, context);
  const part = bodyPart(reads, accounts, context);
  const hasItems = reads.of(root).hasAny || below(root);

  const visit = (node: Node, place: Place): void => {
    const { hasOwn, hasAny, leadsOnly } = reads.of(node);
    const isStyled = isOfItems(node);
    const heading = (): void => {
      const within = visitHeading(node, place, part);
      for (const child of node.children) visit(child, within);
    };
    if (node.paragraph === null || (hasOwn && below(node) && leadsOnly)) heading();
    else if (hasOwn) visitItem(node, place, part.items, part);
    else if (isStyled && hasAny && !below(node)) visitItem(node, place, part.items, part);
    else if (below(node) || hasAny) heading();
    else if (isStyled) visitItem(node, place, part.items, part);
    else {
      const stands = node.children.length === 0 && node.groups.length === 0 && !/。\s*$/u.test(node.paragraph.folded);
      if (hasItems && stands)
        context.raise(
          'prose-set-aside',
          node.paragraph.address,
          say('finding.has-nothing-under-it-and-assigns-nothing', { text: shown(node.paragraph.text).slice(0, 40) }),
          true,
        );
      setAside(node, place.path, part);
    }
  };
  visit(root, { path: [], leaders: [], due: null });
  return { items: part.items, asides: part.asides, itemStyles: styles };
};
