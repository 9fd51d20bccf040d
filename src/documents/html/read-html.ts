import type { Decoded } from '../decoding.ts';
import { gather, type Gather } from '../gather.ts';
import type { Source } from '../source.ts';
import { addTable, cellAddress, rowAddress } from '../table-grid.ts';
import { flow, type Sink } from './flow.ts';
import { gridOf, isLayout, rowsOf } from './page-table.ts';
import { childElements, isElement, parsePage, type Element } from './tree.ts';
import { say } from '../../messages/message.ts';

const FIRST = /^<(?:!doctype\s+html|(?:html|head|meta|title|style|body|table|div|p|span|center|font|h[1-6])(?=[\s/>]))/iu;

/** What may stand before the first tag: a declaration of XML, comments. */
const withoutPreface = (text: string): string => {
  let left = text.trimStart();
  for (let end = 0; end >= 0;) {
    const closing = left.startsWith('<!--') ? '-->' : left.startsWith('<?') ? '>' : null;
    end = closing === null ? -1 : left.indexOf(closing);
    if (closing !== null && end >= 0) left = left.slice(end + closing.length).trimStart();
  }
  return left;
};

/** By its first tag: what is sent as a sheet is often a page with a table. */
export const isPage = (text: string): boolean => FIRST.test(withoutPreface(text.slice(0, 4096)));

type Page = { readonly found: Gather; lines: number; tables: number; pictures: number };

const numbered = (numbering: string | undefined, text: string): string => `${numbering ?? ''}${text}`;

const addTableElement = (table: Element, page: Page): void => {
  if (isLayout(table)) {
    for (const { cells } of rowsOf(table)) for (const { element } of cells) addFlow(element, page);
    return;
  }
  for (const caption of childElements(table).filter(({ tagName }) => tagName === 'caption')) addFlow(caption, page);
  const { found } = page;
  page.tables += 1;
  const number = page.tables;
  const nested: Element[] = [];
  const rows = rowsOf(table);
  const grid = gridOf(rows, (cell, row, column) => {
    const address = cellAddress(number, row, column);
    const lines: string[] = [];
    flow(cell, {
      ...besides(page, () => address),
      line: (text, { numbering }) => void lines.push(numbered(numbering, text)),
      table: (inner) => {
        nested.push(inner);
        found.remark('other', address, say('document.the-cell-holds-a-table-which-is'));
      },
    });
    return lines.join('\n');
  });
  for (const [row, { isHidden }] of rows.entries()) {
    if (isHidden) found.remark('hidden', rowAddress(number, row), say('document.the-row-is-hidden-it-was-read'));
  }
  addTable(found, number, grid);
  for (const inner of nested) addTableElement(inner, page);
};

const besides = (page: Page, address: () => string): Pick<Sink, 'hidden' | 'object'> => ({
  hidden: (text) => page.found.remark('hidden', address(), say('document.hidden-on-the-page-read-as-text', { text: text.slice(0, 200) })),
  object: (name) => {
    if (name === 'img' || name === 'picture') page.pictures += 1;
    else page.found.remark('object-left-out', address(), say('document.what-the-page-embeds-here-was-not', { name }));
  },
});

const addFlow = (element: Element, page: Page): void => {
  flow(element, {
    ...besides(page, () => `line ${page.lines + 1}`),
    line: (text, more) => {
      page.lines += 1;
      page.found.line(`line ${page.lines}`, text, more);
    },
    table: (table) => addTableElement(table, page),
  });
};

/** A page as it is shown: lines are counted as they appear, tables by their order. */
export const readHtml = ({ text, encoding, doubt }: Decoded): Source => {
  const found = gather();
  if (doubt !== null) found.remark('encoding', 'line 1', doubt);
  const page: Page = { found, lines: 0, tables: 0, pictures: 0 };
  for (const node of parsePage(text).childNodes) if (isElement(node)) addFlow(node, page);
  if (page.pictures > 0)
    found.remark('object-left-out', 'line 1', say('document.picture-s-of-the-page-were-not', { pictures: page.pictures }));
  return { type: 'html', mediaType: 'text/html', encoding, blocks: found.blocks, remarks: found.remarks };
};
