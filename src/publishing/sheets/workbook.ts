import type { Writable } from 'node:stream';
import ExcelJs from 'exceljs';
import { FONT, FONT_SIZE } from './text-width.ts';

/**
 * A workbook that is written as it is made. Its own font, by whose figures widths are counted, is the one that its cells are
 * in: with the library's, Calibri, columns would be wider or narrower by what a computer shows in its place.
 */
export const openWorkbook = (stream: Writable): ExcelJs.stream.xlsx.WorkbookWriter => {
  const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  // The library has no option for it: the first of its styles' fonts is the workbook's own, and Calibri where there is none.
  const { styles } = workbook as unknown as { readonly styles: { readonly model: { readonly fonts: string[] } } };
  styles.model.fonts.push(`<font><sz val="${FONT_SIZE}"/><name val="${FONT}"/></font>`);
  return workbook;
};
