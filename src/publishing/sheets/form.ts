import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { cellText, writtenText } from './cell-text.ts';
import { layOut } from './page-layout.ts';
import { HEAD_ROWS, printedOn } from './print-setup.ts';
import { HIGHEST, rowHeight } from './row-height.ts';
import { FONT, FONT_SIZE } from './text-width.ts';
import { openWorkbook } from './workbook.ts';

/** A sheet that people fill in: some columns stay as they are, others take what they say; a hidden page says what it is. */

export type FormColumn = {
  readonly heading: string;
  /** In figures: of a column that is filled in; of another the most that it takes. */
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
export const FIRST_ROW = HEAD_ROWS + 1;

const GREY = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEFEFEF' } } as const;
const LINE = { style: 'thin', color: { argb: 'FF808080' } } as const;
const CENTRED = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;
const WRAPPED = { vertical: 'middle', wrapText: true } as const;
const BOX = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;

/** Points: three lines, of what a unit writes. */
const ROOM_TO_WRITE = 51;

/** The bytes of the file. Cells hold text, so that none is run. */
export const formFile = async ({ name, title, kept, filled, rows, stamp }: Form): Promise<Uint8Array> => {
  const columns = [...kept, ...filled];
  const layout = layOut(
    columns.flatMap(({ heading, width, hidden = false }, at) => {
      if (hidden) return [];
      const isKept = at < kept.length;
      return [
        {
          heading,
          texts: isKept ? rows.map((row) => row[at] ?? '') : [],
          most: width,
          least: isKept ? undefined : width,
          isFiltered: false,
        },
      ];
    }),
  );
  const places = columns.map(({ hidden = false }, at) =>
    hidden ? -1 : columns.slice(0, at).filter((each) => each.hidden !== true).length,
  );
  const seen = places.map((place) => layout.widths[place] ?? 0);
  const out = new PassThrough();
  const bytes = buffer(out);
  const workbook = openWorkbook(out);
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: HEAD_ROWS }], ...printedOn(layout, 'zh') });
  sheet.columns = columns.map(({ width, hidden = false }, at) => ({ width: hidden ? width : (seen[at] ?? width), hidden }));
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getCell(1, 1).value = writtenText(cellText(title));
  Object.assign(sheet.getCell(1, 1), {
    font: { name: FONT, size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle' },
  });
  sheet.getRow(1).height = 30;
  sheet.getRow(FIRST_ROW - 1).height = rowHeight(
    columns.map(({ heading }) => heading),
    seen,
  );
  for (const [at, { heading }] of columns.entries()) {
    const cell = sheet.getCell(FIRST_ROW - 1, at + 1);
    Object.assign(cell, { value: heading, font: { name: FONT, size: FONT_SIZE, bold: true }, alignment: CENTRED, border: BOX, fill: GREY });
  }
  for (const [index, row] of rows.entries()) {
    sheet.getRow(FIRST_ROW + index).height = Math.min(HIGHEST, Math.max(ROOM_TO_WRITE, rowHeight(row.map(cellText), seen)));
    for (const at of columns.keys()) {
      const cell = sheet.getCell(FIRST_ROW + index, at + 1);
      const choices = filled[at - kept.length]?.choices;
      const isKept = at < kept.length;
      Object.assign(cell, {
        font: { name: FONT, size: FONT_SIZE },
        border: BOX,
        alignment: WRAPPED,
        numFmt: '@',
        protection: { locked: isKept },
      });
      if (isKept) Object.assign(cell, { value: writtenText(cellText(row[at] ?? '')), fill: GREY });
      if (choices !== undefined) {
        cell.dataValidation = { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`], showErrorMessage: true };
      }
    }
  }
  // Without a password: whoever must may lift it, and what was changed is seen when the sheet comes back.
  await sheet.protect('', { formatColumns: true, formatRows: true, autoFilter: true, sort: true });
  const hidden = workbook.addWorksheet(STAMP_SHEET, { state: 'veryHidden' });
  for (const [key, value] of Object.entries(stamp)) hidden.addRow([key, writtenText(cellText(value))]);
  await workbook.commit();
  return new Uint8Array(await bytes);
};
