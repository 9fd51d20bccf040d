import { messages } from '../message.ts';

export const domainNotices = messages({
  'notices.notice-this-id-was-drafted': { en: 'a notice of this id was drafted', zh: '已起草此编号的通报' },
  'notices.notice-draft': { en: 'the notice is a draft', zh: '通报还是草稿' },
  'notices.notice-was-withdrawn': { en: 'the notice was withdrawn', zh: '通报已撤回' },
  'notices.notice-already': { en: 'the notice is {$status} already', zh: '通报的状态已是“{$status}”' },
  'notices.notice-does-not-name': { en: 'the notice does not name {$unit}', zh: '通报未点名 {$unit}' },
  'notices.objection-awaits-answer': { en: 'an objection of {$unit} awaits its answer', zh: '{$unit} 的异议尚待答复' },
  'notices.notice-has-no-objection': { en: 'the notice has no objection {$n}', zh: '该通报没有第 {$n} 号异议' },
  'notices.objection-answered-already': { en: 'objection {$n} is answered already', zh: '第 {$n} 号异议已答复' },
  'notices.no-such-notice': { en: 'no such notice', zh: '没有该通报' },
});
