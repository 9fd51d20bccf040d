import { messages } from '../message.ts';

export const applicationNotices = messages({
  'application.notices.line': { en: 'line {$line}: {$message}', zh: '第 {$line} 行：{$message}' },
});
