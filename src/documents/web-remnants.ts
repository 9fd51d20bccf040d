import { ownValue } from '../kernel/own-value.ts';

/** What a copied web page leaves in plain text: entities in place of characters. The usual ones, and those with numbers. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  middot: '·',
};

const ENTITY = /&(?:([a-z]{2,6})|#(\d{1,7})|#x([0-9a-f]{1,6}));/giu;

const numbered = (code: number): string | null =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;

/** The text with entities as the characters that they stand for. */
export const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(ENTITY, (printed: string, name?: string, decimal?: string, hex?: string) => {
        if (name !== undefined) return ownValue(ENTITIES, name.toLowerCase()) ?? printed;
        return numbered(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)) ?? printed;
      })
    : text;
