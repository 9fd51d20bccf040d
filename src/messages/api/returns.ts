import { messages } from '../message.ts';

export const apiReturns = messages({
  'api.returns.where-stands-in-sheet': { en: 'Where it stands, in a sheet.', zh: '在表格中所处的位置。' },
  'api.returns.duty-that-entry-names': { en: 'The duty that the entry names.', zh: '该条所指明的报送要求。' },
  'api.returns.why-was-refused-last-part-problems': {
    en: 'Why it was refused: the last part of a problem’s type.',
    zh: '拒绝的原因：问题类型的最后一段。',
  },
  'api.returns.task-has-changed': { en: 'the task has changed', zh: '任务已有变更' },
  'api.returns.this-idempotency-key-came-with-another': {
    en: 'this Idempotency-Key came with another report before',
    zh: '此 Idempotency-Key 曾用于另一报告',
  },
  'api.returns.no-unit-registered': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'api.returns.task-stands-twice-in-this-return': { en: 'the task stands twice in this return', zh: '该任务在此次报送中出现了两次' },
  'api.returns.there-no-such-task-or-none': { en: 'there is no such task, or none that you may see', zh: '没有该任务，或者您无权查看' },
  'api.returns.file-units-reports-one-period-together': {
    en: 'File a unit’s reports of one period together',
    zh: '一并报送一个单位一期的各项报告',
  },
  'api.returns.every-entry-gets-own-verdict-filing': {
    en: [
      'Every entry gets its own verdict. Filing again goes on where the first left off; nothing is reported twice. The ',
      'sheet of GET /v1/returns/template, filled in, is taken as it is: a row that was filled in is an entry, and one ',
      'whose protected cells were changed is refused.',
    ],
    zh: '每一条各有结论。再次报送从中断处继续，不会重复报送。GET /v1/returns/template 的表格填好后可直接送交：填写过的行即为一条；受保护的单元格有改动的行予以拒绝。',
  },
  'api.returns.this-not-sheet-v1-returns-template': {
    en: 'this is not the sheet of /v1/returns/template: its hidden page is missing',
    zh: '这不是 /v1/returns/template 的表格：缺少隐藏页',
  },
  'api.returns.sheet-was-given-out-for': { en: 'the sheet was given out for {$unit}', zh: '该表格是发给 {$unit} 填写的' },
  'api.returns.no-row-sheet-filled-in': { en: 'no row of the sheet is filled in', zh: '表格中没有填写任何一行' },
  'api.returns.units-return-period-as-sheet-to': {
    en: 'A unit’s return of a period as a sheet to be filled in and sent back',
    zh: '一个单位一期的报送表，供填写后送回',
  },
  'api.returns.row-for-each-report-that-owes': {
    en: 'A row for each report that it owes. What the office says in it is protected; the office names the unit.',
    zh: '所欠报告每项一行。由督查机构填写的部分受保护；督查机构获取时须指明单位。',
  },
  'api.returns.sheet': { en: 'The sheet', zh: '报送表' },
  'api.returns.required-only-unit-has-returns-own': {
    en: 'is required: only a unit has returns of its own',
    zh: '必须填写：只有单位才有自己的报送表',
  },
  'api.returns.no-unit-that-you-may-see': { en: 'no unit {$unit} that you may see', zh: '没有您有权查看的单位 {$unit}' },
});
