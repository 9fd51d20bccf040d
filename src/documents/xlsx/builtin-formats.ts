/**
 * Number formats that a workbook names by their number alone (ECMA-376 part 1, 18.8.30), in the forms of zh-CN: 14 is a
 * day as the office sees it, and 27 to 58 are those of that language.
 */
const YMD = 'yyyy"年"m"月"d"日"';
const YM = 'yyyy"年"m"月"';
const MD = 'm"月"d"日"';
const HM = '上午/下午h"时"mm"分"';
const HMS = '上午/下午h"时"mm"分"ss"秒"';

export const BUILTIN_FORMATS: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: YM,
  28: MD,
  29: MD,
  30: 'm-d-yy',
  31: YMD,
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: HM,
  35: HMS,
  36: YM,
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
  50: YM,
  51: MD,
  52: YM,
  53: MD,
  54: MD,
  55: HM,
  56: HMS,
  57: YM,
  58: MD,
};
