import ExcelJs from 'exceljs';
import { cellText, writtenText } from './cell-text.ts';
import { FONT, rowHeight } from './row-height.ts';

/** A sheet that people fill in: some columns stay as they are, others take what they say; a hidden page says what it is. */

export type FormColumn = {
  readonly heading: string;
  readonly width: number;
  /** There for when it comes back, and not seen. */
  readonly hidden?: boolean;
};
export type Form = {
  readonly name: string;
  readonly title: string;
  readonly kept: readonly FormColumn[];
  readonly filled: readonly (FormColumn & { readonly choices?: readonly string[] })[];
  /** The cells of the columns that stay. */
  readonly rows: readonly (readonly string[])[];
  /** By name, on a page that nobody sees. */
  readonly stamp: Readonly<Record<string, string>>;
};

export const STAMP_SHEET = 'duban';
/** The first row that is filled in: above it are the title and the headings. */
export const FIRST_ROW = 3;

const GREY = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEFEFEF' } } as const;
const LINE = { style: 'thin', color: { argb: 'FF808080' } } as const;
const CENTRED = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;
const WRAPPED = { vertical: 'middle', wrapText: true } as const;
/** As the file format numbers papers. */
const A4 = 9;
const BOX = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;

/** The bytes of the file. Cells hold text, so that none is run. */
export const formFile = async ({ name, title, kept, filled, rows, stamp }: Form): Promise<Uint8Array> => {
  const workbook = new ExcelJs.Workbook();
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: FIRST_ROW - 1 }],
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${FIRST_ROW - 1}:${FIRST_ROW - 1}`,
    },
    headerFooter: { oddFooter: '&C&P / &N' },
  });
  Object.assign(sheet.pageSetup, { paperSize: A4 }); // its type lists it as an enum, which is not there when it runs
  const columns = [...kept, ...filled];
  const seen = columns.map(({ width, hidden = false }) => (hidden ? 0 : width));
  sheet.columns = columns.map(({ width, hidden = false }) => ({ width, hidden }));
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getCell(1, 1).value = writtenText(title);
  Object.assign(sheet.getCell(1, 1), {
    font: { name: FONT, size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle' },
  });
  sheet.getRow(1).height = 30;
  for (const [at, { heading }] of columns.entries()) {
    const cell = sheet.getCell(FIRST_ROW - 1, at + 1);
    Object.assign(cell, { value: heading, font: { name: FONT, bold: true }, alignment: CENTRED, border: BOX, fill: GREY });
  }
  for (const [index, row] of rows.entries()) {
    sheet.getRow(FIRST_ROW + index).height = rowHeight(row.map(cellText), seen);
    for (const at of columns.keys()) {
      const cell = sheet.getCell(FIRST_ROW + index, at + 1);
      const choices = filled[at - kept.length]?.choices;
      const isKept = at < kept.length;
      Object.assign(cell, { font: { name: FONT }, border: BOX, alignment: WRAPPED, numFmt: '@', protection: { locked: isKept } });
      if (isKept) Object.assign(cell, { value: writtenText(row[at] ?? ''), fill: GREY });
      if (choices !== undefined) {
        cell.dataValidation = { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`], showErrorMessage: true };
      }
    }
  }
  // Without a password: whoever must may lift it, and what was changed is seen when the sheet comes back.
  await sheet.protect('', { formatColumns: true, formatRows: true, autoFilter: true, sort: true });
  const hidden = workbook.addWorksheet(STAMP_SHEET, { state: 'veryHidden' });
  for (const [key, value] of Object.entries(stamp)) hidden.addRow([key, writtenText(value)]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
