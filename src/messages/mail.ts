import { messages } from './message.ts';

/** A reminder as a mail, its subject and its text. */
export const mail = messages({
  'mail.subject': { en: '[Reminder] {$what} ({$number})', zh: '【催办提醒】{$what}（{$number}）' },
  'mail.subject-overdue': { en: '[Overdue] {$what} ({$number})', zh: '【逾期催办】{$what}（{$number}）' },
  'mail.deadline': { en: 'tasks by their deadline', zh: '重点工作办理时限' },
  'mail.duty': { en: '{$duty} for {$period}', zh: '{$period}{$duty}报送' },
  'mail.to': { en: '{$to}:', zh: '{$to}：' },
  'mail.to-be-reported': {
    en: 'Under {$title} ({$number}), {$duty} for {$period} is to be filed in time on what follows. {$standing}',
    zh: '　　根据《{$title}》（{$number}），下列事项应按时报送{$period}{$duty}。{$standing}',
  },
  'mail.to-be-completed': {
    en: 'Under {$title} ({$number}), what follows is to be completed in time. {$standing}',
    zh: '　　根据《{$title}》（{$number}），下列事项应按时完成。{$standing}',
  },
  'mail.overdue': {
    en: 'It was due by {$due}, is now {$days} days late and has not been received: please see to it at once.',
    zh: '截止日为{$due}，现已逾期{$days}天，尚未收到，请尽快办理。',
  },
  'mail.due-today': {
    en: 'It is due today ({$due}) and has not been received: please see to it in time.',
    zh: '截止日为今天（{$due}），尚未收到，请按时办理。',
  },
  'mail.due': {
    en: 'It is due by {$due} and has not been received: please see to it in time.',
    zh: '截止日为{$due}，尚未收到，请按时办理。',
  },
  'mail.tasks-of-unit': { en: '{$name}: {$count} tasks', zh: '{$name}：{$count}项' },
  'mail.more': { en: '… and {$n} more', zh: '……另有{$n}项' },
  'mail.channel': { en: 'e-mail', zh: '电子邮件' },
  'reminder.no-address': { en: 'no address', zh: '没有地址' },
  'reminder.not-in-time': { en: 'not sent in time', zh: '未及时发出' },
  'reminder.sender-ended': { en: 'the process that sent it ended before it had an answer', zh: '发送的进程在收到答复前已结束' },
});
