import { messages } from '../message.ts';

/** By which rule something is due, as it stands beside what is owed (`domain/directives/due-rule.ts`). */
export const domainDueRules = messages({
  'due.own-deadline': { en: "the task's own deadline, inclusive to 24:00 {$zone}", zh: '任务自身时限，当日 24:00 前（{$zone}）' },
  'due.rule': {
    en: '{$which} by {$day}{$later}, {$bound} to {$cutoff} {$zone}{$moved} (policy {$version})',
    zh: '{$which}{$later}{$day}，{$bound}，{$cutoff} 前（{$zone}）{$moved}，第 {$version} 版规则',
  },
  'due.once': { en: 'once', zh: '一次性' },
  'due.each-ten-days': { en: 'each ten days', zh: '每旬' },
  'due.each': { en: 'each {$every}', zh: '每{$every}' },
  'due.next': { en: ' in the period after it', zh: '的下一期' },
  'due.nth-after': { en: ' in the {$nth} period after it', zh: '之后第{$nth}期' },
  'due.date': { en: '{$date}', zh: ' {$date}' },
  'due.weekday': { en: 'its {$nth} day', zh: '第{$nth}天' },
  'due.working-day': { en: 'the {$nth} working day', zh: '第{$nth}个工作日' },
  'due.working-day-of-month': { en: 'the {$nth} working day of its {$month} month', zh: '第{$month}个月第{$nth}个工作日' },
  'due.day-of-ten': { en: 'their {$nth} day', zh: '第{$nth}天' },
  'due.day': { en: 'the {$n}, clamped to its end', zh: ' {$n} 日（不足则为最后一日）' },
  'due.day-of-month': { en: 'the {$n} of its {$month} month, clamped to its end', zh: '第{$month}个月 {$n} 日（不足则为最后一日）' },
  'due.inclusive': { en: 'inclusive', zh: '含当日' },
  'due.exclusive': { en: 'exclusive', zh: '不含当日' },
  'due.moved': { en: ', from a day of rest to the next working day', zh: '，遇休息日顺延至下一工作日' },
  'due.st': { en: '{$n}st', zh: ' {$n} ' },
  'due.nd': { en: '{$n}nd', zh: ' {$n} ' },
  'due.rd': { en: '{$n}rd', zh: ' {$n} ' },
  'due.th': { en: '{$n}th', zh: ' {$n} ' },
});
