import { gather, type Gather } from '../gather.ts';
import { partOf } from '../office-package.ts';
import type { Source } from '../source.ts';
import type { Parts } from '../zip.ts';
import { readBesideCells } from './beside-cells.ts';
import { columnLetters } from './cell-reference.ts';
import { gridOf } from './grid.ts';
import { readSheetCells, type SheetCells } from './sheet-cells.ts';
import { readWorkbook } from './workbook.ts';
import { say } from '../../messages/message.ts';

const remarkHidden = (found: Gather, sheet: string, cells: SheetCells, used: ReadonlySet<number>): void => {
  for (const row of cells.hiddenRows) found.remark('hidden', `${sheet}, row ${row}`, say('document.the-row-is-hidden-it-was-read'));
  // A sheet may say the same of a column many times.
  const ranges = [...new Map(cells.hiddenColumns.map((range) => [range.join('-'), range])).values()];
  for (const column of used) {
    if (ranges.some(([from, to]) => column >= from && column <= to))
      found.remark('hidden', `${sheet}, column ${columnLetters(column)}`, say('document.the-column-is-hidden-it-was-read'));
  }
};

const remarkCells = (found: Gather, sheet: string, { withoutResult, withoutText, struckThrough, printed }: SheetCells): void => {
  for (const { place, formula } of withoutResult) {
    found.remark(
      'formula-without-result',
      `${sheet}!${place}`,
      say('document.the-file-has-no-result-for-the', { formula: formula.slice(0, 200) }),
    );
  }
  for (const place of withoutText) found.remark('text-missing', `${sheet}!${place}`, say('document.the-cell-names-a-text-that-is-not'));
  for (const place of struckThrough) found.remark('other', `${sheet}!${place}`, say('document.the-text-is-struck-through'));
  for (const text of printed)
    found.remark('other', sheet, say('document.at-the-head-or-foot-of-printed', { text: text.replaceAll(/&[LCR]/gu, ' ').trim() }));
};

const readSheet = (found: Gather, sheet: string, cells: SheetCells): void => {
  const used = new Set([...cells.rows.values()].flatMap((row) => [...row.keys()]));
  for (const { row, cells: texts } of gridOf(sheet, cells)) found.row(`${sheet}, row ${row}`, sheet, texts);
  if (cells.rows.size === 0) found.remark('empty-sheet', sheet, say('document.the-sheet-has-no-cell-with-a'));
  remarkHidden(found, sheet, cells, used);
  remarkCells(found, sheet, cells);
};

/** The sheets of a workbook in their order, hidden ones among them; macros and what other files hold are never looked at. */
export const readXlsx = async (parts: Parts, main: string): Promise<Source> => {
  const found = gather();
  const { sheets, context, relations } = await readWorkbook(parts, main);
  for (const { name, isHidden, part } of sheets) {
    if (part === null) {
      found.remark('object-left-out', name, say('document.the-sheet-is-a-chart-or-a'));
      continue;
    }
    if (isHidden) found.remark('hidden', name, say('document.the-sheet-is-hidden-it-was-read'));
    readSheet(found, name, readSheetCells(await partOf(parts, part), part, context));
    await readBesideCells(parts, part, name, found);
  }
  if (relations.some(({ type }) => type === 'vbaProject'))
    found.remark('object-left-out', main, say('document.the-macros-of-the-file-were-not'));
  if (relations.some(({ type }) => type === 'externalLink')) {
    found.remark('other', main, say('document.cells-refer-to-other-files-they-were'));
  }
  return {
    type: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    encoding: null,
    blocks: found.blocks,
    remarks: found.remarks,
  };
};
