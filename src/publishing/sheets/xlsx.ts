import { PassThrough, type Readable } from 'node:stream';
import type ExcelJs from 'exceljs';
import { nowAndThen } from '../../kernel/rests.ts';
import { xmlText } from '../../kernel/xml-text.ts';
import { cellText, writtenText } from './cell-text.ts';
import { colourRules, letters } from './colours.ts';
import { layOut, titleLines } from './page-layout.ts';
import { HEAD_ROWS, printedOn } from './print-setup.ts';
import { HIGHEST, rowHeight } from './row-height.ts';
import type { CellValue, Reader, Sheet } from './sheet.ts';
import { FONT, FONT_SIZE, textWidth } from './text-width.ts';
import { isTyped } from './typed.ts';
import { openWorkbook } from './workbook.ts';

/**
 * A workbook with one sheet, written row by row as the items come: a title, a head that stays and is printed on every
 * page, widths and paper by what the first rows hold, colours by rule. Cells have types, so that no text is ever run as a
 * formula.
 */

/** Figures: columns of words as short as these are centred. */
const SHORT_WORD = 10;

/** So many rows say how wide the columns are. */
const MEASURED = 500;

const BORDER = { style: 'thin', color: { argb: 'FF808080' } } as const;
const BOX = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER } as const;
const CENTRED = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;
const TITLE = { font: { name: FONT, size: 16, bold: true }, alignment: CENTRED };
/** A line of the title, in points. */
const TITLE_LINE = 30;
const HEADING = { font: { name: FONT, size: FONT_SIZE, bold: true }, alignment: CENTRED, border: BOX };

/** The library writes a style once for all cells that are given the same object. */
const stylesOf = (bold: boolean) => {
  const font = { name: FONT, size: FONT_SIZE, bold };
  const box = { font, border: BOX };
  const formats = new Map<string, Partial<ExcelJs.Style>>();
  return {
    text: { ...box, alignment: { vertical: 'middle', wrapText: true } },
    /** Of a row that cannot be as high as its text: it is read from its beginning. */
    long: { ...box, alignment: { vertical: 'top', wrapText: true } },
    centred: { ...box, alignment: CENTRED },
    typed: (format: string) => formats.getOrInsertComputed(format, (numFmt) => ({ ...box, alignment: CENTRED, numFmt })),
  } as const;
};
const PLAIN = stylesOf(false);
const BOLD = stylesOf(true);

const ILLEGAL_IN_NAME = /[*?:\\/[\]]/gu;
const LONGEST_NAME = 31;
/** The format has none at the ends of a name. */
const QUOTES_AROUND = /^'+|'+$/gu;

const nameOf = (title: string): string =>
  xmlText(title.replaceAll(ILLEGAL_IN_NAME, ' ').slice(0, LONGEST_NAME)).replaceAll(QUOTES_AROUND, ' ');

const cellOf = (value: CellValue): CellValue => (typeof value === 'string' ? cellText(value) : value);

/** What a cell shows, to be measured. */
const shownOf = (value: CellValue): string => (value === null ? '' : isTyped(value) ? value.text : String(value));

const writtenAs = (value: CellValue): ExcelJs.CellValue => {
  if (isTyped(value)) return value.number;
  return typeof value === 'string' ? writtenText(value) : value;
};

type Cells = readonly CellValue[];

/** The rows of the table, as they come. */
async function* rowsOf<Item>(
  { columns, split }: Sheet<Item>,
  pages: AsyncIterable<readonly Item[]>,
  reader: Reader,
): AsyncGenerator<Cells> {
  for await (const items of pages)
    for (const item of items) for (const each of split?.(item) ?? [item]) yield columns.map(({ value }) => cellOf(value(each, reader)));
}

/** The file as a stream of bytes. Where `pages` fails, so does the stream, and the file is not whole. */
export const xlsxOf = <Item>(sheet: Sheet<Item>, pages: AsyncIterable<readonly Item[]>, reader: Reader): Readable => {
  const out = new PassThrough();
  const { language } = reader;
  const { columns } = sheet;
  const isSeen = columns.map(({ seen }) => seen !== 'hidden' && seen !== 'folded');

  const write = async (): Promise<void> => {
    const rows = rowsOf(sheet, pages, reader);
    const measured: Cells[] = [];
    while (measured.length < MEASURED) {
      const { done, value } = await rows.next();
      if (done === true) break;
      measured.push(value);
    }
    const headings = columns.map(({ heading }) => cellText(heading[language]));
    const layout = layOut(
      columns.flatMap(({ width, least }, at) =>
        isSeen[at] === true
          ? [{ heading: headings[at] ?? '', texts: measured.map((cells) => shownOf(cells[at] ?? null)), most: width, least }]
          : [],
      ),
    );
    const widths = isSeen.map((seen, at) => (seen ? (layout.widths[isSeen.slice(0, at).filter(Boolean).length] ?? 0) : 0));

    const isShort = columns.map((_, at) => measured.every((cells) => textWidth(shownOf(cells[at] ?? null)) <= SHORT_WORD));

    const workbook = openWorkbook(out);
    const worksheet = workbook.addWorksheet(nameOf((sheet.name ?? sheet.title)[language]), {
      views: [{ state: 'frozen', ySplit: HEAD_ROWS }],
      properties: { outlineLevelCol: columns.some(({ seen }) => seen === 'folded') ? 1 : 0 },
      ...printedOn(layout, language),
    });
    worksheet.columns = columns.map(({ width, seen }, at) => ({
      width: widths[at] || width,
      hidden: isSeen[at] === false,
      ...(seen === 'folded' ? { outlineLevel: 1 } : {}),
    }));
    const last = letters(columns.length - 1);
    worksheet.mergeCells(`A1:${last}1`);
    const title = worksheet.getRow(1);
    const text = cellText(sheet.title[language]);
    title.getCell(1).value = writtenAs(text);
    title.getCell(1).style = TITLE;
    const across = widths.reduce((sum, width) => sum + width, 0);
    title.height = TITLE_LINE * titleLines(text, across);
    title.commit();

    const addRow = (cells: Cells, styles: ReturnType<typeof stylesOf>): void => {
      const row = worksheet.addRow(cells.map(writtenAs));
      const height = rowHeight(cells.map(shownOf), widths);
      row.height = Math.min(HIGHEST, height);
      const styleOf = (value: CellValue, at: number): Partial<ExcelJs.Style> => {
        if (isTyped(value)) return styles.typed(value.format);
        if (typeof value === 'number' || isShort[at] === true) return styles.centred;
        return height > HIGHEST ? styles.long : styles.text;
      };
      for (const [at, value] of cells.entries()) row.getCell(at + 1).style = styleOf(value, at);
      row.commit();
    };
    const head = worksheet.addRow(headings.map(writtenAs));
    head.height = rowHeight(headings, widths);
    head.eachCell((cell) => void (cell.style = HEADING));
    head.commit();

    let written = HEAD_ROWS;
    const rest = nowAndThen();
    const add = async (cells: Cells): Promise<void> => {
      addRow(cells, PLAIN);
      written += 1;
      await rest();
      if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
    };
    for (const cells of measured) await add(cells);
    for await (const cells of rows) await add(cells);
    if (sheet.total !== undefined && written > HEAD_ROWS) {
      const { item, word } = sheet.total;
      addRow(columns.map(({ value }) => cellOf(value(item, reader))).with(isSeen.indexOf(true), word[language]), BOLD);
    }
    if (written > HEAD_ROWS) {
      worksheet.autoFilter = `A${HEAD_ROWS}:${last}${written}`;
      for (const rules of colourRules(sheet, { first: HEAD_ROWS + 1, last: written })) worksheet.addConditionalFormatting(rules);
    }
    worksheet.commit();
    await workbook.commit();
  };
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
};
