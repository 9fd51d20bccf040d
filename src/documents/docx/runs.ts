import { ownValue } from '../../kernel/own-value.ts';
import { childOf, elements, isElement, isOn, textOf, type XmlElement } from '../xml.ts';
import { say, type Message } from '../../messages/message.ts';

/** What a paragraph shows and what hangs on it. */
export type ParagraphText = {
  /** Line feeds are breaks that the writer set. */
  readonly text: string;
  /** Contents of text boxes that are anchored here. */
  readonly boxes: readonly XmlElement[];
  readonly inserted: string;
  readonly deleted: string;
  readonly hidden: string;
  readonly struckThrough: string;
  /** Ids of comments and notes, in order. */
  readonly comments: readonly string[];
  readonly notes: readonly { readonly kind: 'footnote' | 'endnote'; readonly id: string }[];
  /** Pictures, embedded files, charts. */
  readonly objects: readonly Message[];
};

type Found = { -readonly [Key in keyof ParagraphText]: ParagraphText[Key] extends readonly (infer Each)[] ? Each[] : ParagraphText[Key] };
type Mode = { readonly isInserted: boolean; readonly isHidden: boolean; readonly isStruck: boolean };

const CHARACTERS: Readonly<Record<string, string>> = { tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };
/** Instructions of fields, deleted text, properties, readings above characters: nothing of these is shown. */
const NOT_SHOWN = new Set([
  'instrText',
  'delInstrText',
  'delText',
  'rPr',
  'pPr',
  'sdtPr',
  'sdtEndPr',
  'rt',
  'rubyPr',
  'fldData',
  'pPrChange',
]);
const OBJECTS: Readonly<Record<string, Message>> = {
  pic: say('document.a-picture'),
  imagedata: say('document.a-picture'),
  OLEObject: say('document.an-embedded-object'),
  chart: say('document.a-chart'),
  relIds: say('document.a-diagram'),
  altChunk: say('document.an-embedded-document'),
};

const isSet = (properties: XmlElement | undefined, name: string): boolean => {
  const element = childOf(properties, name);
  return element !== undefined && isOn(element.attributes['val'] ?? '1');
};

/** Symbols by their fonts are outside of any text; a ticked and an empty box are what offices use them for. */
const symbol = ({ attributes }: XmlElement): string => {
  const code = Number.parseInt(attributes['char'] ?? '', 16);
  if (!/wingdings/iu.test(attributes['font'] ?? '')) return code > 0x1f && code < 0xd800 ? String.fromCharCode(code) : '□';
  return { 0xfe: '☑', 0x52: '☑', 0xa8: '☐', 0x6f: '☐', 0xfc: '✓', 0x6c: '●' }[code & 0xff] ?? '□';
};

const deletedTextOf = (element: XmlElement): string =>
  elements(element)
    .map((child) => (child.name === 'delText' || child.name === 't' ? textOf(child) : deletedTextOf(child)))
    .join('');

const collect = (element: XmlElement, mode: Mode, found: Found): void => {
  const take = (text: string): void => {
    found.text += text;
    if (mode.isInserted) found.inserted += text;
    if (mode.isHidden) found.hidden += text;
    if (mode.isStruck) found.struckThrough += text;
  };
  const into = (child: XmlElement, more: Partial<Mode> = {}): void => collect(child, { ...mode, ...more }, found);
  for (const child of element.children) {
    if (!isElement(child)) {
      if (element.name === 't') take(child);
      continue;
    }
    const { name, attributes } = child;
    const id = attributes['id'] ?? '';
    if (NOT_SHOWN.has(name)) continue;
    const character = ownValue(CHARACTERS, name);
    const object = ownValue(OBJECTS, name);
    if (character !== undefined) take(character);
    else if (object !== undefined) found.objects.push(object);
    else if (name === 'sym') take(symbol(child));
    else if (name === 'txbxContent') found.boxes.push(child);
    else if (name === 'commentReference') found.comments.push(id);
    else if (name === 'footnoteReference') found.notes.push({ kind: 'footnote', id });
    else if (name === 'endnoteReference') found.notes.push({ kind: 'endnote', id });
    else if (name === 'del' || name === 'moveFrom') found.deleted += deletedTextOf(child);
    else if (name === 'ins' || name === 'moveTo') into(child, { isInserted: true });
    else if (name === 'AlternateContent') into(childOf(child, 'Choice') ?? childOf(child, 'Fallback') ?? child);
    else if (name === 'r') {
      const properties = childOf(child, 'rPr');
      into(child, { isHidden: isSet(properties, 'vanish'), isStruck: isSet(properties, 'strike') || isSet(properties, 'dstrike') });
    } else into(child);
  }
};

export const paragraphText = (paragraph: XmlElement): ParagraphText => {
  const found: Found = {
    text: '',
    boxes: [],
    inserted: '',
    deleted: '',
    hidden: '',
    struckThrough: '',
    comments: [],
    notes: [],
    objects: [],
  };
  collect(paragraph, { isInserted: false, isHidden: false, isStruck: false }, found);
  return found;
};
