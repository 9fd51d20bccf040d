import type ExcelJs from 'exceljs';
import { inWords } from '../../messages/words.ts';
import { say } from '../../messages/message.ts';
import type { Layout, Paper } from './page-layout.ts';
import type { Language } from './sheet.ts';
import { FONT } from './text-width.ts';

/** How a worksheet is printed, as the library takes it. */

/** Title and headings: they stay in view, and stand on every page. */
export const HEAD_ROWS = 2;

/** As the file format numbers papers. */
const PAPERS: Readonly<Record<Paper, number>> = { A4: 9, A3: 8 };
const MILLIMETRES = 25.4;

/** Printed at 11 points and shrunk with the sheet, as all that it says. */
const footer = (language: Language): string => `&C&"${FONT},Regular"&11${inWords(say('sheet-page.footer'), language)}`;

type Printed = Pick<ExcelJs.AddWorksheetOptions, 'pageSetup' | 'headerFooter'>;

export const printedOn = ({ paper, margin, scale }: Omit<Layout, 'widths'>, language: Language): Printed => {
  const side = margin / MILLIMETRES;
  const pageSetup = {
    orientation: 'landscape',
    ...(scale === undefined ? { fitToPage: true, fitToWidth: 1, fitToHeight: 0 } : { fitToPage: false, scale }),
    margins: { left: side, right: side, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    printTitlesRow: `1:${HEAD_ROWS}`,
  } as const;
  Object.assign(pageSetup, { paperSize: PAPERS[paper] }); // its type lists it as an enum, which is not there when it runs
  return { pageSetup, headerFooter: { oddFooter: footer(language) } };
};
