import { defaultTreeAdapter, parse, type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, type TreeAdapter } from 'parse5';
import { LIMITS, RefusedFile } from '../limits.ts';
import { say } from '../../messages/message.ts';

/** The tree of a page, within bounds: what a page leaves open makes a parser open it again and again. */

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.ChildNode;

const boundedAdapter = (): TreeAdapter<DefaultTreeAdapterMap> => {
  let made = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement: (...given) => {
      made += 1;
      if (made > LIMITS.html.elements)
        throw new RefusedFile('file-too-large', say('document.the-page-has-more-than-elements', { elements: LIMITS.html.elements }));
      return defaultTreeAdapter.createElement(...given);
    },
    onItemPush: () => {
      depth += 1;
      if (depth > LIMITS.html.depth)
        throw new RefusedFile('file-damaged', say('document.the-page-is-nested-more-than-levels', { depth: LIMITS.html.depth }));
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
};

/** Throws `RefusedFile`. */
export const parsePage = (html: string): DefaultTreeAdapterTypes.Document => parse(html, { treeAdapter: boundedAdapter() });

export const isElement = (node: Node): node is Element => defaultTreeAdapter.isElementNode(node);
export const textIn = (node: Node): string | undefined => (defaultTreeAdapter.isTextNode(node) ? node.value : undefined);
export const attribute = ({ attrs }: Element, name: string): string | undefined => attrs.find((each) => each.name === name)?.value;
export const childElements = ({ childNodes }: Element): readonly Element[] => childNodes.filter(isElement);

/** The outermost elements of these names inside, at whatever depth. */
export const outermost = (element: Element, names: RegExp): readonly Element[] =>
  childElements(element).flatMap((child) => (names.test(child.tagName) ? [child] : outermost(child, names)));

const NOT_SHOWN = new Set(['script', 'style', 'head', 'noscript', 'template', 'title', 'meta', 'link', 'datalist', 'rt', 'rp']);
export const isShown = ({ tagName }: Element): boolean => !NOT_SHOWN.has(tagName);

/** By its own attributes; style sheets are not looked into. */
export const isHidden = (element: Element): boolean =>
  attribute(element, 'hidden') !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/iu.test(attribute(element, 'style') ?? '');

const weights = new WeakMap<Element, number>();

/** The characters that an element shows: to weigh one part of a page against another. */
export const weight = (node: Node): number => {
  const text = textIn(node);
  if (text !== undefined) return text.trim().length;
  if (!isElement(node) || !isShown(node)) return 0;
  const known = weights.get(node) ?? node.childNodes.reduce((sum, child) => sum + weight(child), 0);
  weights.set(node, known);
  return known;
};
