import { itemNumbers } from './lists.ts';
import { attribute, childElements, isElement, isHidden, isShown, textIn, type Element, type Node } from './tree.ts';

/** The text of a page as it flows: lines, where blocks and breaks part it, and tables between them. */

export type Sink = {
  readonly line: (text: string, more: { readonly heading?: number; readonly numbering?: string }) => void;
  readonly table: (table: Element) => void;
  /** A text that the page hides. */
  readonly hidden: (text: string) => void;
  readonly object: (name: string) => void;
};

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary tbody td tfoot ' +
    'th thead tr ul'
  ).split(' '),
);
const OBJECTS = new Set(['img', 'picture', 'iframe', 'frame', 'object', 'embed', 'video', 'audio', 'canvas']);
const BLANKS = /[ \t\n\r\f]+/gu;

/** What a control of a form shows. */
const valueOf = (element: Element): string => {
  const type = (attribute(element, 'type') ?? 'text').toLowerCase();
  if (element.tagName === 'input')
    return ['hidden', 'password', 'checkbox', 'radio', 'image', 'file'].includes(type) ? '' : (attribute(element, 'value') ?? '');
  const options = childElements(element).flatMap((child) => (child.tagName === 'optgroup' ? childElements(child) : [child]));
  const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
  return chosen === undefined ? '' : chosen.childNodes.map((child) => textIn(child) ?? '').join('');
};

/** Reads everything below a node. Table parts are for `table` of the sink alone. */
export const flow = (root: Element, sink: Sink): void => {
  let text = '';
  let heading: number | undefined;
  let numbering: string | undefined;
  const flush = (): void => {
    const shown = text.trim();
    text = '';
    if (shown === '') return;
    const lines = shown.split('\n');
    for (const [at, line] of lines.entries()) {
      if (line.trim() !== '')
        sink.line(
          line,
          at === 0 ? { ...(heading === undefined ? {} : { heading }), ...(numbering === undefined ? {} : { numbering }) } : {},
        );
    }
    numbering = undefined;
  };

  const children = (element: Element, isPre: boolean): void => {
    const numberOf = itemNumbers(element);
    for (const child of element.childNodes) {
      if (isElement(child) && child.tagName === 'li') {
        flush();
        numbering = numberOf(child) ?? undefined;
      }
      visit(child, isPre);
    }
  };

  const visitElement = (element: Element, isPre: boolean): void => {
    const { tagName } = element;
    if (!isShown(element)) return;
    if (OBJECTS.has(tagName)) return sink.object(tagName);
    if (tagName === 'br') {
      text += '\n';
      return;
    }
    if (tagName === 'input' || tagName === 'select') {
      text += valueOf(element);
      return;
    }
    if (tagName === 'table') {
      flush();
      return sink.table(element);
    }
    const isBlock = BLOCKS.has(tagName);
    if (isBlock) flush();
    if (/^h[1-6]$/u.test(tagName)) heading = Number(tagName.charAt(1));
    const before = text.length;
    children(element, isPre || tagName === 'pre' || tagName === 'textarea');
    // Hidden text is told when it is known; what was flushed on the way is told by the block inside.
    if (isHidden(element) && text.slice(before).trim() !== '') sink.hidden(text.slice(before).trim());
    if (isBlock) flush();
    if (/^h[1-6]$/u.test(tagName)) heading = undefined;
  };

  const visit = (node: Node, isPre: boolean): void => {
    const found = textIn(node);
    if (found !== undefined) text += isPre ? found : found.replaceAll(BLANKS, ' ');
    else if (isElement(node)) visitElement(node, isPre);
  };

  children(root, false);
  flush();
};
