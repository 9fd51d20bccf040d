import { messages } from '../message.ts';

export const applicationReturns = messages({
  'application.returns.text': { en: '{$row} {$detail}', zh: '{$row} {$detail}' },
  'application.returns.must-be-one': { en: 'must be one of {$statusWords}', zh: '应为下列之一：{$statusWords}' },
  'application.returns.must-be-whole-number-from-0': { en: 'must be a whole number from 0 to 100', zh: '应为 0 至 100 的整数' },
  'application.returns.must-not-be-empty': { en: 'must not be empty', zh: '不能为空' },
  'application.returns.must-name-each-figure-as-with': {
    en: 'must name each figure as 指标：数值 (what is measured: its value), with a semicolon between them',
    zh: '各项数据应写作“指标：数值”，以分号隔开',
  },
  'application.returns.in-row-that-sheet-did-not': {
    en: '{$address} is in a row that the sheet did not have',
    zh: '{$address} 所在的行不是表格发出时就有的',
  },
  'application.returns.not-heading-that-sheet-was-given': {
    en: '{$firstRow} is not the heading that the sheet was given out with',
    zh: '{$firstRow} 不是表格发出时的列标题',
  },
  'application.returns.cell-changed': { en: '{$changed} is not as the sheet was given out', zh: '{$changed} 与表格发出时不同' },
  'application.returns.cells-changed': { en: '{$changed} are not as the sheet was given out', zh: '{$changed} 与表格发出时不同' },
});
