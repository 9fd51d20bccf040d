import type { Gather } from '../gather.ts';
import type { Address } from '../source.ts';
import { addTable, cellAddress, type GridCell } from '../table-grid.ts';
import { childOf, elements, type XmlElement } from '../xml.ts';
import { paragraphText, type ParagraphText } from './runs.ts';
import type { Numbering } from './numbering.ts';
import { onTopOf, propertiesOf, type ParagraphStyle } from './styles.ts';
import { say } from '../../messages/message.ts';

/** Paragraphs and tables of a document, in order, to lines and rows. */

export type Context = {
  readonly found: Gather;
  readonly numbering: Numbering;
  readonly style: (id: string | undefined) => ParagraphStyle;
  /** What a comment says, by its id. */
  readonly comments: ReadonlyMap<string, string>;
  /** Notes in the order in which the text refers to them. */
  readonly notes: { kind: 'footnote' | 'endnote'; id: string }[];
  readonly counts: { paragraphs: number; tables: number; boxes: number };
};

type Paragraph = ParagraphText & { readonly numbering: string | null; readonly heading: number | undefined };

const readParagraph = (element: XmlElement, { numbering, style }: Context): Paragraph => {
  const pPr = childOf(element, 'pPr');
  const styleId = childOf(pPr, 'pStyle')?.attributes['val'];
  const { outline, list, level } = onTopOf(propertiesOf(pPr), style(styleId));
  const ofStyle = list === undefined || styleId === undefined ? undefined : numbering.levelOfStyle(list, styleId);
  return {
    ...paragraphText(element),
    numbering: list === undefined ? null : numbering.next(list, level ?? ofStyle ?? 0),
    heading: outline === undefined || outline > 8 ? undefined : outline + 1,
  };
};

const remarkParagraph = (paragraph: Paragraph, address: Address, { found, comments, notes }: Context): void => {
  const { inserted, deleted, hidden, struckThrough, objects } = paragraph;
  if (inserted.trim() !== '')
    found.remark('tracked-change', address, say('document.inserted-and-not-yet-accepted-read-as', { inserted: inserted.trim() }));
  if (deleted.trim() !== '')
    found.remark('tracked-change', address, say('document.deleted-and-not-yet-accepted-not-read', { deleted: deleted.trim() }));
  if (hidden.trim() !== '') found.remark('hidden', address, say('document.formatted-as-hidden-read-as-text', { hidden: hidden.trim() }));
  if (struckThrough.trim() !== '') found.remark('other', address, say('document.struck-through', { struckThrough: struckThrough.trim() }));
  for (const object of objects) found.remark('object-left-out', address, say('document.was-not-read', { object }));
  for (const id of paragraph.comments) found.remark('other', address, say('document.a-comment', { text: comments.get(id) ?? '' }));
  notes.push(...paragraph.notes);
};

/** Content controls, alternatives and the like hold blocks and show nothing themselves. */
const WRAPPERS = new Set(['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo', 'smartTag']);

/** Blocks of a container, with what wraps them taken off. */
const blocksOf = (container: XmlElement): readonly XmlElement[] =>
  elements(container).flatMap((child) => {
    if (WRAPPERS.has(child.name)) return blocksOf(child);
    if (child.name === 'AlternateContent') return blocksOf(childOf(child, 'Choice') ?? childOf(child, 'Fallback') ?? child);
    return child.name === 'p' || child.name === 'tbl' || child.name === 'altChunk' ? [child] : [];
  });

const rowsOf = (table: XmlElement): readonly XmlElement[] =>
  elements(table).flatMap((child) => (child.name === 'tr' ? [child] : WRAPPERS.has(child.name) ? rowsOf(child) : []));
const cellsOf = (row: XmlElement): readonly XmlElement[] =>
  elements(row).flatMap((child) => (child.name === 'tc' ? [child] : WRAPPERS.has(child.name) ? cellsOf(child) : []));

const figure = (value: string | undefined, otherwise: number): number =>
  value !== undefined && /^\d{1,3}$/u.test(value) ? Number(value) : otherwise;

const addBoxes = (boxes: readonly XmlElement[], context: Context): void => {
  for (const box of boxes) {
    context.counts.boxes += 1;
    addBlocks(box, context, `text box ${context.counts.boxes}, `);
  }
};

const addParagraph = (element: XmlElement, context: Context, where: string): void => {
  const paragraph = readParagraph(element, context);
  const { found, counts } = context;
  const lines = paragraph.text.split('\n');
  if (paragraph.text.trim() !== '' || paragraph.numbering !== null) counts.paragraphs += 1;
  const address = `${where}paragraph ${counts.paragraphs}`;
  for (const [at, text] of lines.entries()) {
    const { numbering, heading } = paragraph;
    const first = { ...(heading === undefined ? {} : { heading }), ...(numbering === null ? {} : { numbering }) };
    found.line(at === 0 ? address : `${address}, line ${at + 1}`, text, at === 0 ? first : {});
  }
  remarkParagraph(paragraph, address, context);
  addBoxes(paragraph.boxes, context);
};

/** A table of one cell is a frame around what stands in it. */
const frameOf = (table: XmlElement): XmlElement | undefined => {
  const rows = rowsOf(table);
  const cells = rows.length === 1 ? rows.flatMap(cellsOf) : [];
  return cells.length === 1 ? cells[0] : undefined;
};

/** What a frame inside of a cell holds, itself where it is none. */
const framed = (table: XmlElement): readonly XmlElement[] => {
  const frame = frameOf(table);
  return frame === undefined ? [table] : blocksOf(frame).flatMap((block) => (block.name === 'tbl' ? framed(block) : [block]));
};

/** Where a cell begins and how far it reaches, in columns of the table's grid. */
const addTableBlock = (table: XmlElement, context: Context): void => {
  const { found, counts } = context;
  counts.tables += 1;
  const number = counts.tables;
  const nested: XmlElement[] = [];
  const boxes: XmlElement[] = [];
  const grid: GridCell[][] = [];
  const cellText = (cell: XmlElement, address: Address): string =>
    blocksOf(cell)
      .flatMap((block) => (block.name === 'tbl' ? framed(block) : [block]))
      .map((block) => {
        if (block.name !== 'p') {
          nested.push(block);
          found.remark('other', address, say('document.the-cell-holds-a-table-which-is'));
          return '';
        }
        const paragraph = readParagraph(block, context);
        remarkParagraph(paragraph, address, context);
        boxes.push(...paragraph.boxes);
        return `${paragraph.numbering ?? ''}${paragraph.text}`;
      })
      .filter((text) => text.trim() !== '')
      .join('\n');

  for (const [row, element] of rowsOf(table).entries()) {
    const properties = childOf(element, 'trPr');
    const line: GridCell[] = Array.from({ length: figure(childOf(properties, 'gridBefore')?.attributes['val'], 0) }, () => ({ text: '' }));
    if (childOf(properties, 'del') !== undefined)
      found.remark('tracked-change', `table ${number}, row ${row + 1}`, say('document.the-row-is-deleted-and-not-yet'));
    if (childOf(properties, 'ins') !== undefined)
      found.remark('tracked-change', `table ${number}, row ${row + 1}`, say('document.the-row-is-inserted-and-not-yet'));
    for (const cell of cellsOf(element)) {
      const column = line.length;
      const tcPr = childOf(cell, 'tcPr');
      const merge = childOf(tcPr, 'vMerge');
      const isCovered = merge !== undefined && merge.attributes['val'] !== 'restart';
      const above = grid[row - 1]?.[column];
      const origin = isCovered && above !== undefined ? (above.origin ?? ([row - 1, column] as const)) : undefined;
      const text = cellText(cell, cellAddress(number, row, column));
      line.push(origin === undefined ? { text } : { text, origin });
      for (let across = 1; across < figure(childOf(tcPr, 'gridSpan')?.attributes['val'], 1); across += 1) {
        line.push({ text: '', origin: origin ?? [row, column] });
      }
    }
    grid.push(line);
  }
  addTable(found, number, grid);
  addBoxes(boxes, context);
  for (const block of nested) addBlock(block, context, '');
};

const addBlock = (block: XmlElement, context: Context, where: string): void => {
  if (block.name === 'p') return addParagraph(block, context, where);
  if (block.name === 'altChunk')
    return context.found.remark('object-left-out', `${where}the document`, say('document.a-document-that-is-embedded-in-it'));
  const frame = frameOf(block);
  return frame === undefined ? addTableBlock(block, context) : addBlocks(frame, context, where);
};

/** `where` begins the address of what stands outside of the text's flow: `text box 1, `. */
export const addBlocks = (container: XmlElement, context: Context, where = ''): void => {
  for (const block of blocksOf(container)) addBlock(block, context, where);
};

/** All text of a part's paragraphs, as one line. */
export const plainText = (container: XmlElement): string =>
  elements(container)
    .map((child) => (child.name === 'p' ? paragraphText(child).text : plainText(child)))
    .filter((text) => text.trim() !== '')
    .join(' ');
