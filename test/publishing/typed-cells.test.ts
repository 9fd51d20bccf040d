import ExcelJs from 'exceljs';
import * as fc from 'fast-check';
import { test } from 'tap';
import { dayCell, decimalCell, isTyped, wallCell } from '../../src/publishing/sheets/typed.ts';
import { shownIn } from '../support/shown-cell.ts';

/** Days and figures as numbers of a workbook: what a program shows of them is what was written. */

const shown = async (texts: readonly string[], cellOf: (text: string) => ReturnType<typeof dayCell>): Promise<readonly string[]> => {
  const book = new ExcelJs.Workbook();
  const sheet = book.addWorksheet('x');
  for (const [at, text] of texts.entries()) {
    const value = cellOf(text);
    const cell = sheet.getCell(at + 1, 1);
    if (isTyped(value)) Object.assign(cell, { value: value.number, numFmt: value.format });
    else cell.value = value;
  }
  const read = new ExcelJs.Workbook();
  await read.xlsx.load(await book.xlsx.writeBuffer());
  const [back] = read.worksheets;
  return back === undefined ? [] : texts.map((_, at) => shownIn(back.getCell(at + 1, 1)));
};

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const day = fc.integer({ min: 0, max: 60_000 }).map((days) => Temporal.PlainDate.from('1900-03-01').add({ days }).toString());

await test('a day is shown as it is written, and so is a time of it, 24:00 too', async (t) => {
  const time = fc.oneof(
    fc.constant('24:00'),
    fc.tuple(fc.nat(23), fc.nat(59)).map(([hours, minutes]) => `${twoDigits(hours)}:${twoDigits(minutes)}`),
  );
  const [days, walls] = [fc.sample(day, 200), fc.sample(fc.tuple(day, time), 200).map((parts) => parts.join(' '))];
  t.same(await shown(days, dayCell), days);
  t.same(await shown(walls, wallCell), walls);
  t.ok(days.map(dayCell).every(isTyped) && walls.map(wallCell).every(isTyped), 'all of them as numbers');
  const midnight = wallCell('2023-02-28 24:00');
  t.equal(isTyped(midnight) && midnight.number, 44_985, 'due at the end of the day, it sorts by its day');
});

await test('a decimal keeps its places, and what a number would not keep stays a text', async (t) => {
  const decimals = ['0', '7', '2.40', '-0.5', '1400', '123456789.123', '0.000001'];
  t.same(await shown(decimals, decimalCell), decimals);
  t.ok(decimals.map(decimalCell).every(isTyped));
  for (const text of ['007', '1e5', '+1', '-0', '1,400', '12345678901234567', '', ' 1', '=1', '１'])
    t.equal(decimalCell(text), text, `${text} stays a text`);
  for (const text of ['2023-02-30', '1899-12-31', '12000-01-01', 'soon']) t.equal(dayCell(text), text);
});
