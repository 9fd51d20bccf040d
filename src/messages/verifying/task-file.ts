import { messages } from '../message.ts';

export const verifyingTaskFile = messages({
  'verifying.later-events-only-the-log-shows': {
    en: 'that no later event of the task is left out, only the whole log can show',
    zh: '是否遗漏该任务此后的事件，只有整个日志才能证明',
  },
  'verifying.other-streams-not-in-file': {
    en: [
      'what stands in other streams is not in the file: the directive and its policy, the roster, notices ',
      'and inspections that name the task; nor were the witnesses’ clocks compared',
    ],
    zh: '其他事件流的内容不在本文件中：文件及其规则、单位名册、点名该任务的通报和督查；也未与见证方的时钟比对',
  },
  'verifying.event-of-another-subject': { en: 'is one of {$subject}', zh: '属于 {$subject}' },
  'verifying.holds-no-event': { en: 'holds no event', zh: '不含任何事件' },
  'verifying.leads-to-another-log': {
    en: 'leads to a checkpoint of {$stated}, not of {$origin}',
    zh: '指向 {$stated} 的检查点，不是 {$origin} 的',
  },
  'verifying.last-event-not-proved': {
    en: 'the last event is not proved to be in the tree: {$reason}{$detail}',
    zh: '未能证明最后一个事件在树中：{$reason}{$detail}',
  },
});
