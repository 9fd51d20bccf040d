import { messages } from './message.ts';

/** Titles of sheets, each by the name under which its file is saved. */
export const sheets = messages({
  'sheet.backdated': { en: 'Backdated entries', zh: '补录登记' },
  'sheet.changes': { en: 'Changes', zh: '变更登记' },
  'sheet.claims': { en: 'Completion claims', zh: '办结申请' },
  'sheet.contradictions': { en: 'Contradictions', zh: '说法不一致' },
  'sheet.deadlines': { en: 'Deadlines', zh: '时限完成情况' },
  'sheet.due-board': { en: 'Due board', zh: '报送情况一览' },
  'sheet.extensions': { en: 'Extensions', zh: '延期申请' },
  'sheet.findings': { en: 'Findings', zh: '文件疑点' },
  'sheet.like-cases': { en: 'Like cases', zh: '同类情形' },
  'sheet.measurements': { en: 'Measurements', zh: '指标完成情况' },
  'sheet.obligations': { en: 'Obligations', zh: '应报事项' },
  'sheet.owing': { en: 'Who owes', zh: '欠报情况' },
  'sheet.plans': { en: 'Plans', zh: '落实方案' },
  'sheet.progress': { en: 'Progress', zh: '进展情况' },
  'sheet.reminders': { en: 'Reminders', zh: '催办记录' },
  'sheet.reports': { en: 'Reports', zh: '报送登记' },
  'sheet.scorecard': { en: 'Scorecard', zh: '单位报送情况' },
  'sheet.standings': { en: 'Standing', zh: '工作状态' },
  'sheet.tasks': { en: 'Ledger of tasks', zh: '任务台账' },
});

/** What a title says of its table. */
export const sheetTitles = messages({
  'sheet-title.about': { en: '{$title} ({$about})', zh: '{$title}（{$about}）' },
  'sheet-title.as-of': { en: 'as of {$day}', zh: '截至{$day}' },
});

/** At the foot of each page; `&P` and `&N` are filled in by the program that prints. */
export const sheetPages = messages({
  'sheet-page.footer': { en: 'Page &P of &N', zh: '第 &P 页 共 &N 页' },
});

export const cells = messages({
  'cell.yes': { en: 'yes', zh: '是' },
  'cell.no': { en: 'no', zh: '否' },
  'cell.total': { en: 'Total', zh: '合计' },
  'cell.elapsed': { en: '{$months} of {$of} months', zh: '{$months}/{$of}个月' },
  'cell.line': { en: 'line {$n}', zh: '第{$n}行' },
  'cell.paragraph': { en: 'paragraph {$n}', zh: '第{$n}段' },
  'cell.table': { en: 'table {$n}', zh: '表{$n}' },
  'cell.row': { en: 'row {$n}', zh: '第{$n}行' },
  'cell.cell': { en: 'cell {$n}', zh: '第{$n}格' },
});
