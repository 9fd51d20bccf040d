import { messages } from '../message.ts';

export const cliUsage = messages({
  'cli.is-expected': { en: '{$missing} is expected', zh: '缺少{$missing}' },
  'cli.is-not-expected': { en: '{$surplus} is not expected', zh: '多余的参数：{$surplus}' },
  'cli.is-required': { en: '{$name} is required', zh: '必须给出 {$name}' },
  'cli.takes-a-task': { en: '--task takes the id of a task', zh: '--task 应为任务编号' },
  'cli.takes-a-connection-string': {
    en: '{$name} takes the connection string of {$whose}, esdb://…',
    zh: '{$name} 应为{$whose}的连接字符串，esdb://…',
  },
  'cli.a-command-is-expected': { en: 'a command is expected', zh: '缺少命令' },
  'cli.is-no-command': { en: '{$name} is no command', zh: '没有命令 {$name}' },
  'cli.is-no-command-but': { en: '{$name} is no command: is {$like} meant?', zh: '没有命令 {$name}：是否指 {$like}？' },
  'cli.how-it-is-called': { en: '`{$about}` shows how it is called', zh: '用法见 `{$about}`' },
  'cli.no-such-option': { en: "'{$option}' is no option of this command", zh: '此命令没有选项 {$option}' },
  'cli.option-value': {
    en: "'{$option}' is given without the value that it takes, or with one that it does not take",
    zh: '选项 {$option} 缺少所需的值，或者带了不应有的值',
  },
  'cli.a-file': { en: 'a file', zh: '文件' },
});
