import { docxOf, xlsxOf, type WorkbookParts } from '../../documents/zip-writer.ts';
import { columnLetters } from '../../../src/documents/xlsx/cell-reference.ts';
import type { OfficeDocument, OfficeRow, OfficeTable } from './model.ts';

/** Documents written as the files of Word, of a sheet and of a page; how a text and a table are written is the caller's. */

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A text as runs, a break for each line end. */
export const plainRuns = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<w:r><w:t xml:space="preserve">${escaped(line)}</w:t></w:r>`)
    .join('<w:r><w:br/></w:r>');

const outline = (heading: number): string => `<w:pPr><w:outlineLvl w:val="${heading - 1}"/></w:pPr>`;

export type DocxForm = {
  /** A paragraph's or a cell's text as XML inside of `w:p`. */
  readonly runs?: (text: string) => string;
  /** What is inside of a cell beside its properties. */
  readonly cellBody?: (text: string) => string;
  readonly table?: (xml: string) => string;
  readonly paragraph?: (xml: string, text: string) => string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly before?: string;
  readonly after?: string;
};

export const asDocx = (document: OfficeDocument, form: DocxForm = {}): Uint8Array => {
  const { runs = plainRuns, table: wrapTable = (xml) => xml, paragraph: wrap = (xml) => xml } = form;
  const { cellBody = (text: string) => `<w:p>${runs(text)}</w:p>` } = form;
  const tc = (text: string, across: number, merge: string): string =>
    `<w:tc><w:tcPr>${across > 1 ? `<w:gridSpan w:val="${across}"/>` : ''}${merge}</w:tcPr>${cellBody(text)}</w:tc>`;
  const table = ({ rows }: OfficeTable): string => {
    const open = new Map<number, { left: number; across: number }>();
    const row = (cells: OfficeRow): string => {
      let xml = '';
      for (let column = 0; column < cells.length;) {
        const own = cells[column];
        const above = open.get(column);
        if (own !== null && own !== undefined) {
          if (own.down > 1) open.set(column, { left: own.down - 1, across: own.across });
          xml += tc(own.text, own.across, own.down > 1 ? '<w:vMerge w:val="restart"/>' : '');
          column += own.across;
        } else if (above !== undefined && above.left > 0) {
          above.left -= 1;
          xml += `<w:tc><w:tcPr>${above.across > 1 ? `<w:gridSpan w:val="${above.across}"/>` : ''}<w:vMerge/></w:tcPr><w:p/></w:tc>`;
          column += above.across;
        } else column += 1;
      }
      return `<w:tr>${xml}</w:tr>`;
    };
    return wrapTable(`<w:tbl>${rows.map(row).join('')}</w:tbl>`);
  };
  const body = document.map((block) =>
    block.kind === 'table'
      ? table(block)
      : wrap(`<w:p>${block.heading === undefined ? '' : outline(block.heading)}${runs(block.text)}</w:p>`, block.text),
  );
  return docxOf(`${form.before ?? ''}${body.join('')}${form.after ?? ''}`, form.parts ?? {});
};

export type HtmlForm = {
  readonly text?: (text: string) => string;
  readonly table?: (rows: readonly string[]) => string;
  readonly paragraph?: (html: string) => string;
  readonly page?: (html: string) => string;
};

/** Blanks that a page would run together are written as those that it keeps. */
export const plainHtml = (text: string): string =>
  escaped(text)
    .replaceAll(/ (?= )|\t/gu, '&nbsp;')
    .replaceAll('\n', '<br>');

export const asHtml = (document: OfficeDocument, form: HtmlForm = {}): Uint8Array => {
  const { text = plainHtml, paragraph = (html) => `<p>${html}</p>`, page = (html) => html } = form;
  const { table = (rows: readonly string[]) => `<table>${rows.join('')}</table>` } = form;
  const row = (cells: OfficeRow): string => {
    const tds = cells.map((own) => {
      if (own === null) return '';
      const spans = `${own.across > 1 ? ` colspan="${own.across}"` : ''}${own.down > 1 ? ` rowspan="${own.down}"` : ''}`;
      return `<td${spans}>${text(own.text)}</td>`;
    });
    return `<tr>${tds.join('')}</tr>`;
  };
  const html = document.map((block) => (block.kind === 'table' ? table(block.rows.map(row)) : paragraph(text(block.text)))).join('\n');
  return new TextEncoder().encode(`<!doctype html><html><body>${page(html)}</body></html>`);
};

export type XlsxForm = {
  /** The XML of a cell, without its place: `<c t="…">…</c>` is given as attributes and content. */
  readonly value?: (text: string) => { readonly attributes: string; readonly content: string };
  /** Columns and rows that are left empty before the document. */
  readonly left?: number;
  readonly top?: number;
  readonly rowAttributes?: (row: OfficeRow | null, at: number) => string;
  readonly columns?: string;
  /** Each table on a sheet of its own, with what stands before it. */
  readonly sheetPerTable?: boolean;
  readonly more?: Pick<WorkbookParts, 'styles' | 'strings' | 'more' | 'relations' | 'workbook'>;
  /** Further sheets by their names. */
  readonly sheets?: Readonly<Record<string, string>>;
};

export const inline = (text: string): { readonly attributes: string; readonly content: string } => ({
  attributes: ' t="inlineStr"',
  content: `<is><t xml:space="preserve">${escaped(text)}</t></is>`,
});

export const sheetOf = (document: OfficeDocument, form: XlsxForm = {}): string => {
  const { value = inline, left = 0, top = 0, rowAttributes = () => '' } = form;
  const rows: string[] = [];
  const merges: string[] = [];
  let at = top;
  const c = (text: string, column: number): string => {
    if (text === '') return '';
    const { attributes, content } = value(text);
    return `<c r="${columnLetters(column)}${at}"${attributes}>${content}</c>`;
  };
  for (const block of document) {
    if (block.kind === 'paragraph') {
      at += 1;
      rows.push(`<row r="${at}"${rowAttributes(null, at)}>${c(block.text, left + 1)}</row>`);
      continue;
    }
    for (const cells of block.rows) {
      at += 1;
      const xml = cells.map((own, index) => {
        if (own === null) return '';
        const column = left + index + 1;
        if (own.across > 1 || own.down > 1)
          merges.push(`${columnLetters(column)}${at}:${columnLetters(column + own.across - 1)}${at + own.down - 1}`);
        return c(own.text, column);
      });
      rows.push(`<row r="${at}"${rowAttributes(cells, at)}>${xml.join('')}</row>`);
    }
  }
  const merged = merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `${form.columns ?? ''}<sheetData>${rows.join('')}</sheetData>${merged}`;
};

export const asXlsx = (document: OfficeDocument, form: XlsxForm = {}): Uint8Array =>
  xlsxOf({ sheets: { Sheet1: sheetOf(document, form), ...form.sheets }, ...form.more });
