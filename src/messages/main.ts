import { messages } from './message.ts';

/** What the command line says. */
export const main = messages({
  'main.language-must': { en: 'must be zh-CN or en', zh: '应为 zh-CN 或 en' },
  'main.views-rebuilt': { en: 'the views are being rebuilt', zh: '视图正在重建' },
  'main.views-halted': { en: 'the views halted: {$reason}', zh: '视图已停止：{$reason}' },
  'main.views-catching-up': { en: 'the views are catching up with the log', zh: '视图正在追赶日志' },
});
