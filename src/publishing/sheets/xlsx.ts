import { PassThrough, type Readable } from 'node:stream';
import ExcelJs from 'exceljs';
import { nowAndThen } from '../../kernel/rests.ts';
import { xmlText } from '../../kernel/xml-text.ts';
import { cellText, escapedText } from './cell-text.ts';
import { FONT, rowHeight } from './row-height.ts';
import type { CellValue, Light, Reader, Sheet } from './sheet.ts';

/**
 * A workbook with one sheet, written row by row as the items come: a title, a head that stays and is printed on every
 * page, widths, A4 across, colours by rule. Cells have types, so that no text is ever run as a formula.
 */

const FILL: Readonly<Record<Light, string>> = {
  green: 'FFC6EFCE',
  yellow: 'FFFFEB9C',
  red: 'FFFFC7CE',
  blue: 'FFBDD7EE',
  grey: 'FFD9D9D9',
};

const HEAD_ROW = 2;
/** As the file format numbers papers. */
const A4 = 9;
const BORDER = { style: 'thin', color: { argb: 'FF808080' } } as const;
const CENTRED = { horizontal: 'center', vertical: 'middle' } as const;
const BOX = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER } as const;

const ILLEGAL_IN_NAME = /[*?:\\/[\]]/gu;
const LONGEST_NAME = 31;
/** The format has none at the ends of a name. */
const QUOTES_AROUND = /^'+|'+$/gu;

const nameOf = (title: string): string =>
  xmlText(title.replaceAll(ILLEGAL_IN_NAME, ' ').slice(0, LONGEST_NAME)).replaceAll(QUOTES_AROUND, ' ');

const cellOf = (value: CellValue): CellValue => (typeof value === 'string' ? cellText(value) : value);

/**
 * What the library is given for a cell. It writes a text as the result of a formula, in which only Excel reads an escape;
 * a text with one is written as a text in runs, in which all programs do.
 */
const writtenAs = (value: CellValue): CellValue | ExcelJs.CellRichTextValue => {
  if (typeof value !== 'string') return value;
  const text = escapedText(value);
  return text === value ? value : { richText: [{ text }] };
};

/** Excel's letters: 0 is A, 26 is AA. */
const letters = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`;
};

/** The file as a stream of bytes. Where `pages` fails, so does the stream, and the file is not whole. */
export const xlsxOf = <Item>(sheet: Sheet<Item>, pages: AsyncIterable<readonly Item[]>, reader: Reader): Readable => {
  const out = new PassThrough();
  const { language } = reader;
  const shown = sheet.columns.map(({ width, seen }) => (seen === 'hidden' ? 0 : width));

  const write = async (): Promise<void> => {
    const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
    const worksheet = workbook.addWorksheet(nameOf((sheet.name ?? sheet.title)[language]), {
      views: [{ state: 'frozen', ySplit: HEAD_ROW }],
      pageSetup: {
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}`,
      },
      headerFooter: { oddFooter: '&C&P / &N' },
    });
    Object.assign(worksheet.pageSetup, { paperSize: A4 }); // its type lists it as an enum, which is not there when it runs
    worksheet.columns = sheet.columns.map(({ width, seen }) => ({ width, hidden: seen === 'hidden' }));
    const last = letters(sheet.columns.length - 1);
    worksheet.mergeCells(`A1:${last}1`);
    const title = worksheet.getRow(1);
    title.getCell(1).value = writtenAs(cellOf(sheet.title[language]));
    title.font = { name: FONT, size: 16, bold: true };
    title.alignment = { horizontal: 'center', vertical: 'middle' };
    title.height = 30;
    title.commit();
    const head = worksheet.getRow(HEAD_ROW);
    const headings = sheet.columns.map(({ heading }) => cellOf(heading[language]));
    head.values = headings.map(writtenAs);
    head.font = { name: FONT, bold: true };
    head.height = rowHeight(headings, shown);
    head.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    head.eachCell((cell) => {
      cell.border = BOX;
    });
    head.commit();
    const addRow = (cells: readonly CellValue[], isBold: boolean): void => {
      const row = worksheet.addRow(cells.map(writtenAs));
      row.font = { name: FONT, bold: isBold };
      row.border = BOX;
      row.alignment = { vertical: 'middle', wrapText: true };
      for (const [at, value] of cells.entries()) if (typeof value === 'number') row.getCell(at + 1).alignment = CENTRED;
      row.height = rowHeight(cells, shown);
      row.commit();
    };
    const cellsOf = (item: Item): readonly CellValue[] => sheet.columns.map(({ value }) => cellOf(value(item, reader)));
    let rows = HEAD_ROW;
    const rest = nowAndThen();
    for await (const items of pages) {
      for (const item of items) {
        addRow(cellsOf(item), false);
        rows += 1;
        await rest();
      }
      if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
    }
    if (sheet.total !== undefined && rows > HEAD_ROW) {
      const { item, word } = sheet.total;
      const first = sheet.columns.findIndex(({ seen }) => seen !== 'hidden');
      addRow(cellsOf(item).with(first, word[language]), true);
    }
    if (rows > HEAD_ROW) worksheet.autoFilter = `A${HEAD_ROW}:${last}${rows}`;
    for (const { column: at, light } of rows > HEAD_ROW ? (sheet.counts ?? []) : []) {
      const column = letters(at);
      worksheet.addConditionalFormatting({
        ref: `${column}${HEAD_ROW + 1}:${column}${rows}`,
        rules: [
          {
            type: 'expression',
            priority: 1,
            formulae: [`AND(ISNUMBER($${column}${HEAD_ROW + 1}),$${column}${HEAD_ROW + 1}>0)`],
            style: { fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: FILL[light] } } },
          },
        ],
      });
    }
    if (sheet.lights !== undefined && rows > HEAD_ROW) {
      const column = letters(sheet.lights.column);
      worksheet.addConditionalFormatting({
        ref: `${column}${HEAD_ROW + 1}:${column}${rows}`,
        rules: Object.entries(sheet.lights.of).map(([word, light], index) => ({
          type: 'expression',
          priority: index + 1,
          formulae: [`$${column}${HEAD_ROW + 1}="${xmlText(word).replaceAll('"', '""')}"`],
          style: { fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: FILL[light] } } },
        })),
      });
    }
    worksheet.commit();
    await workbook.commit();
  };
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
};
