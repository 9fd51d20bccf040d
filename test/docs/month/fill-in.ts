import ExcelJs from 'exceljs';

/**
 * Fills in a unit's return as a person would in Excel or WPS: what the unit says, in the columns behind what the office
 * said. In the second row it writes a share in words, which is wrong; with `--mend` it puts that right.
 * Usage: <file> [--mend]
 */

const [file = '', mend] = process.argv.slice(2);
const SAID = [
  ['正常', '8', '已下达任务清单，逐月调度，按计划推进。'],
  ['正常', '10', '一季度工作安排已印发，前期工作基本完成。'],
  ['提前', '15', '比计划提前，已完成第一批任务。'],
  ['滞后', '3', '受春节假期影响进度滞后，2月上旬补上。'],
] as const;
const WRONG_ROW = 1;
/** Title and headings stand above. */
const FIRST_ROW = 3;

const workbook = new ExcelJs.Workbook();
await workbook.xlsx.readFile(file);
const sheet = workbook.worksheets[0];
const columns = new Map<unknown, number>();
sheet?.getRow(FIRST_ROW - 1).eachCell((cell, column) => columns.set(cell.value, column));
sheet?.eachRow((row, number) => {
  if (number < FIRST_ROW) return;
  const at = number - FIRST_ROW;
  const [status, share, words] = SAID[at % SAID.length] ?? SAID[0];
  const fill = (heading: string, text: string): void => {
    row.getCell(columns.get(heading) ?? 0).value = text;
  };
  fill('状态', status);
  fill('进度（%）', at === WRONG_ROW && mend === undefined ? '过半' : share);
  fill('进展情况', words);
});
await workbook.xlsx.writeFile(file);
