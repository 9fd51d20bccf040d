import type { Context } from '../parts/context.ts';
import type { NodeReads } from './node-reads.ts';
import { styleOf, type Style } from './numbering.ts';
import type { Node } from './tree.ts';
import { say } from '../../messages/message.ts';

/** Which numbered paragraphs are items, and how an item is called. */

export type ItemNodes = {
  /** How those are numbered that name who is to do them. */
  readonly styles: ReadonlySet<Style>;
  /** Numbered as items are, whoever is to do it. */
  readonly isOfItems: (node: Node) => boolean;
  /** Something under it is an item or names who is to do it. */
  readonly below: (node: Node) => boolean;
};

/** `二(一)`: of numbers that are counted anew under every heading, with the heading's. */
export const numberOf = ({ marker, parent, index }: Node): string => {
  if (marker === null) return '';
  const above = parent?.marker;
  if (marker.style === '(一)' && above?.style === '一、') return `${above.number}(${marker.number})`;
  return marker.number === '' || marker.style === '•'
    ? `${parent?.marker?.number ?? ''}${parent?.marker == null ? '' : '-'}${index + 1}`
    : marker.number;
};

export const itemNodes = (root: Node, reads: NodeReads, context: Context): ItemNodes => {
  const own: Node[] = [];
  const collect = (node: Node): void => {
    if (node.marker !== null && reads.of(node).hasOwn) own.push(node);
    node.children.forEach(collect);
  };
  collect(root);
  const byStyle = Map.groupBy(own, ({ marker }) => marker?.style);
  // A style that a single item has among others may be a misprint.
  for (const [style, [only, ...others]] of byStyle)
    if (others.length === 0 && own.length > 1 && only?.paragraph != null)
      context.raise(
        'layout',
        only.paragraph.address,
        say('finding.is-the-only-item-that-is-numbered', { only: numberOf(only), style: style ?? '' }),
        false,
      );

  const styles = new Set([...byStyle.keys()].filter((style) => style !== undefined));
  const { itemMarker } = context.profile;
  const ofItems = itemMarker === null ? null : styleOf(itemMarker);
  const isOfItems = ({ marker }: Node): boolean =>
    marker !== null && (ofItems === null ? styles.has(marker.style) : marker.style === ofItems);
  const deep = new Map<Node, boolean>();
  const below = (node: Node): boolean => {
    const known = deep.get(node) ?? node.children.some((child) => isOfItems(child) || reads.of(child).hasAny || below(child));
    deep.set(node, known);
    return known;
  };
  return { styles, isOfItems, below };
};
