import type ExcelJs from 'exceljs';

/** How a worksheet is printed, reckoned from the file as the format says it, and not from how it was made. */

const INCH = 25.4;
/** Millimetres across, by the numbers that the format gives papers; the longer side, for these lie across. */
const PAPERS: Readonly<Record<number, number>> = { 8: 420, 9: 297 };
/** Of the workbook's own font, 宋体 at 11 points: a figure has 8 pixels. */
const FIGURE = (8 / 96) * INCH;

export type PrintPage = {
  /** How far it is shrunk: 1 is not at all. */
  readonly scale: number;
  /** The smallest size in which something is printed, in points. */
  readonly points: number;
  readonly paper: number;
};

export const printPage = (sheet: ExcelJs.Worksheet): PrintPage => {
  const { paperSize, margins, fitToPage, fitToWidth, fitToHeight, orientation, scale } = sheet.pageSetup;
  const across = PAPERS[Number(paperSize)];
  if (across === undefined || orientation !== 'landscape') throw new Error(`paper ${paperSize}, ${orientation}`);
  const room = across - ((margins?.left ?? 0.7) + (margins?.right ?? 0.7)) * INCH;
  const widths: number[] = [];
  for (let at = 1; at <= sheet.columnCount; at += 1) {
    const { hidden, width } = sheet.getColumn(at);
    if (!hidden) widths.push(width ?? 8.43);
  }
  const table = widths.reduce((sum, width) => sum + width, 0) * FIGURE;
  if (fitToPage === true && (fitToWidth !== 1 || fitToHeight !== 0)) throw new Error('not as many pages long as it takes');
  const shrunk = fitToPage === true ? Math.min(1, Math.floor((room / table) * 100) / 100) : (scale ?? 100) / 100;
  let smallest = Infinity;
  sheet.eachRow((row) =>
    row.eachCell({ includeEmpty: true }, ({ font }, column) => {
      if (!sheet.getColumn(column).hidden && font?.size !== undefined) smallest = Math.min(smallest, font.size);
    }),
  );
  return { scale: shrunk, points: smallest * shrunk, paper: Number(paperSize) };
};
