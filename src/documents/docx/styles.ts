import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts';

/** What a paragraph's style says of headings and lists; each style goes on from the one that it is based on. */

export type ParagraphStyle = {
  /** 0 to 8, as the file counts; 9 is body text. */
  readonly outline: number | undefined;
  readonly list: string | undefined;
  readonly level: number | undefined;
};

const NOTHING: ParagraphStyle = { outline: undefined, list: undefined, level: undefined };

const figure = (value: string | undefined): number | undefined => (value !== undefined && /^\d$/u.test(value) ? Number(value) : undefined);

/** Of a style's or a paragraph's own properties. */
export const propertiesOf = (pPr: XmlElement | undefined): ParagraphStyle => {
  const numPr = childOf(pPr, 'numPr');
  return {
    outline: figure(childOf(pPr, 'outlineLvl')?.attributes['val']),
    list: childOf(numPr, 'numId')?.attributes['val'],
    level: figure(childOf(numPr, 'ilvl')?.attributes['val']),
  };
};

export const onTopOf = (own: ParagraphStyle, below: ParagraphStyle): ParagraphStyle => ({
  outline: own.outline ?? below.outline,
  list: own.list ?? below.list,
  level: own.level ?? below.level,
});

/** `undefined` asks for the style of paragraphs that name none. */
export const readParagraphStyles = (bytes: Uint8Array | undefined, part: string): ((id: string | undefined) => ParagraphStyle) => {
  if (bytes === undefined) return () => NOTHING;
  const styles = childrenOf(parseXml(bytes, part), 'style').filter(({ attributes }) => attributes['type'] === 'paragraph');
  const byId = new Map(styles.map((style) => [style.attributes['styleId'] ?? '', style]));
  const usual = styles.find(({ attributes }) => attributes['default'] === '1')?.attributes['styleId'];
  const found = new Map<string, ParagraphStyle>();
  const of = (id: string, depth: number): ParagraphStyle => {
    const known = found.get(id);
    const style = byId.get(id);
    if (known !== undefined || style === undefined || depth > 20) return known ?? NOTHING;
    const base = childOf(style, 'basedOn')?.attributes['val'];
    const own = propertiesOf(childOf(style, 'pPr'));
    const made = base === undefined ? own : onTopOf(own, of(base, depth + 1));
    found.set(id, made);
    return made;
  };
  return (id) => (id === undefined && usual === undefined ? NOTHING : of(id ?? usual ?? '', 0));
};
