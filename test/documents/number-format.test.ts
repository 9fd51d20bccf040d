import { test } from 'tap';
import { numberFormat, textFormat } from '../../src/documents/xlsx/format-number.ts';

type Row = readonly [value: number, code: string, shown: string];
const holds = (rows: readonly Row[], is1904 = false): readonly string[] =>
  rows
    .filter(([value, code, shown]) => numberFormat(code, is1904)(value) !== shown)
    .map(([value, code, shown]) => `${value} as ${code}: ${numberFormat(code, is1904)(value)}, not ${shown}`);

await test('a number is shown as its format says', (t) => {
  const rows: readonly Row[] = [
    [0.1 + 0.2, 'General', '0.3'],
    [123456789012, 'General', '123456789012'],
    [0.0000001, 'General', '1E-07'],
    [1234.5, '0', '1235'],
    [1.005, '0.00', '1.01'],
    [-1.005, '0.00', '-1.01'],
    [-0.4, '0', '0'],
    [1234567.891, '#,##0.00', '1,234,567.89'],
    [1234567, '#,##0,', '1,235'],
    [0.5, '#.##', '.5'],
    [3, '0.0#', '3.0'],
    [0.125, '0%', '13%'],
    [12345.678, '0.00E+00', '1.23E+04'],
    [1.25, '# ??/??', '1 1/4'],
    [0.5, '# ?/8', '0.5'],
    [13812345678, '000-0000-0000', '138-1234-5678'],
    [7, '000', '007'],
    [-1234, '#,##0;[Red](#,##0)', '(1,234)'],
    [0, '0;-0;"零"', '零'],
    [5, '[>10]"多于十";"少"', '少'],
    [1234.5, '¥#,##0.0"万元"', '¥1,234.5万元'],
    [1234, '[$¥-804]#,##0', '¥1,234'],
    [105, '[DBNum1]General', '一百〇五'],
    [12, '[DBNum2]General', '拾贰'],
  ];
  t.same(holds(rows), []);
  t.equal(textFormat('@"(办)"')('甲'), '甲(办)');
  t.equal(textFormat('0.00')('甲'), '甲');
  t.end();
});

await test('a day is shown as its format says, from either epoch, the 29 February 1900 that sheets count among them', (t) => {
  const rows: readonly Row[] = [
    [45390, 'yyyy/m/d', '2024/4/8'],
    [45390, 'yyyy"年"m"月"d"日"', '2024年4月8日'],
    [45390, '[$-F800]dddd, mmmm dd, yyyy', '2024年4月8日'],
    [45390, '[DBNum1][$-804]yyyy"年"m"月"d"日"', '二〇二四年四月八日'],
    [45390, 'yyyy.mm.dd', '2024.04.08'],
    [45390, 'aaaa', '星期一'],
    [45390, 'mmm-yy', 'Apr-24'],
    [45390.75, 'yyyy/m/d h:mm AM/PM', '2024/4/8 6:00 PM'],
    [45390.999999, 'yyyy/m/d h:mm', '2024/4/9 0:00'],
    [0.0007, 'mm:ss', '01:00'],
    [1.5, '[h]:mm', '36:00'],
    [59, 'yyyy/m/d', '1900/2/28'],
    [60, 'yyyy/m/d', '1900/2/29'],
    [61, 'yyyy/m/d', '1900/3/1'],
    [-1, 'yyyy/m/d', '-1'],
    [1e9, 'yyyy/m/d', '1000000000'],
  ];
  t.same(holds(rows), []);
  t.same(holds([[43928, 'yyyy-mm-dd aaaa', '2024-04-08 星期一']], true), []);
  t.end();
});
