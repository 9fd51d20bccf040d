import { messages } from '../message.ts';

/** What is the matter with the views, and why they are built again. */
export const storeViews = messages({
  'views.cannot-be-read': { en: 'the file of the views cannot be read: {$why}', zh: '无法读取视图文件：{$why}' },
  'views.row-not-as-written': { en: 'a row is not as it was written', zh: '有一行不是写入时的内容' },
  'views.of-another-log': { en: 'the views hold another log than this one', zh: '视图所载的是另一日志' },
  'views.event-cannot-be-projected': { en: 'event {$position} cannot be projected: {$why}', zh: '无法处理第 {$position} 个事件：{$why}' },
  'views.of-other-projections': {
    en: 'the views were built by other projections or other versions of them: {$changes}',
    zh: '视图由其他版本的投影生成：{$changes}',
  },
  'views.laid-out-otherwise': { en: 'the file is laid out otherwise', zh: '文件的布局不同' },
  'views.projection-is-new': { en: '{$name} is new', zh: '{$name} 是新增的' },
  'views.projection-is-gone': { en: '{$name} is gone', zh: '{$name} 已不存在' },
  'views.projection-has-another-version': {
    en: '{$name} was at version {$before}, and is at {$now}',
    zh: '{$name} 原为第 {$before} 版，现为第 {$now} 版',
  },
  'views.tables-have-changed': { en: 'the tables of {$name} have changed', zh: '{$name} 的表已改变' },
  'views.new-or-asked-for': { en: 'they are new, or it was asked for', zh: '视图是新的，或者要求重建' },
});
