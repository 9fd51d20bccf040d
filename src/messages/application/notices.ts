import { messages } from '../message.ts';

export const applicationNotices = messages({
  'template.stands-alone': { en: '{$name} stands on a line alone', zh: '{$name} 须独占一行' },
  'template.no-such-word': { en: 'there is no {$name}; there are {$names}', zh: '没有 {$name}；可用的有：{$names}' },
  'template.half-open': { en: 'a {$begin} or {$end} without its other half', zh: '{$begin} 或 {$end} 没有配对' },
  'template.no-title': { en: 'no line begins with 标题：', zh: '没有以“标题：”开头的行' },
  'application.notices.line': { en: 'line {$line}: {$message}', zh: '第 {$line} 行：{$message}' },
});
