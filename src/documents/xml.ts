import { SaxesParser } from 'saxes';
import { ownValue } from '../kernel/own-value.ts';
import { decodeText } from './decoding.ts';
import { LIMITS, RefusedFile } from './limits.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * The XML of office files as plain trees, of one element at a time where there are many. Names are without their prefixes,
 * which writers choose as they like. A document type is refused: entities are declared there, and no office file has one.
 */

export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
};

type Growing = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: (XmlElement | string)[] };

const damaged = (detail: Message): RefusedFile => new RefusedFile('file-damaged', detail);

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const localAttributes = (attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]));

type Visit = (element: XmlElement) => void;

/** Calls with each element that `visitFor` wants (outermost first: none is looked for inside of one), in the order of their ends. */
const walk = (bytes: Uint8Array, part: string, visitFor: (name: string, depth: number) => Visit | undefined): void => {
  const parser = new SaxesParser({ position: false, xmlns: false });
  const open: Growing[] = [];
  let visit: Visit | undefined;
  let depth = 0;
  let kept = 0;
  const text = (found: string): void => {
    open.at(-1)?.children.push(found);
  };
  parser.on('doctype', () => {
    throw damaged(say('document.declares-a-document-type-which-office-files', { part }));
  });
  parser.on('error', ({ message }) => {
    throw damaged(say('document.is-no-well-formed-xml', { part, message }));
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('opentag', ({ name: printed, attributes }) => {
    const name = local(printed);
    if (depth === LIMITS.xml.depth) throw damaged(say('document.is-nested-more-than-levels-deep', { part, depth: LIMITS.xml.depth }));
    if (open.length === 0) {
      visit = visitFor(name, depth);
      kept = 0;
    }
    depth += 1;
    if (visit === undefined) return;
    kept += 1;
    if (kept > LIMITS.xml.elements)
      throw new RefusedFile('file-too-large', say('document.has-more-than-elements', { part, elements: LIMITS.xml.elements }));
    const element: Growing = { name, attributes: localAttributes(attributes), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    depth -= 1;
    const element = open.pop();
    if (element === undefined || open.length > 0) return;
    visit?.(element);
    visit = undefined;
  });
  parser.write(decodeText(bytes).text).close();
};

/** Throws `RefusedFile`. */
export const parseXml = (bytes: Uint8Array, part: string): XmlElement => {
  let root: XmlElement | undefined;
  walk(bytes, part, (_name, depth) =>
    depth === 0
      ? (element) => {
          root = element;
        }
      : undefined,
  );
  if (root === undefined) throw damaged(say('document.is-empty', { part }));
  return root;
};

/** Each element of one of these names, without the rest being kept. Throws `RefusedFile`. */
export const eachElement = (bytes: Uint8Array, part: string, visits: Readonly<Record<string, Visit>>): void => {
  walk(bytes, part, (name) => ownValue(visits, name));
};

export const isElement = (node: XmlElement | string): node is XmlElement => typeof node !== 'string';
export const elements = ({ children }: XmlElement): readonly XmlElement[] => children.filter(isElement);
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  elements(element).filter((child) => child.name === name);
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child): child is XmlElement => isElement(child) && child.name === name);

/** All text inside, of whatever depth. */
export const textOf = (element: XmlElement): string => element.children.map((child) => (isElement(child) ? textOf(child) : child)).join('');

/** A switch such as `<w:b/>` or `hidden="1"`: on unless it says otherwise. */
export const isOn = (value: string | undefined): boolean => value !== undefined && !['0', 'false', 'off'].includes(value);
