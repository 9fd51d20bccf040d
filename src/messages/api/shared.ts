import { messages } from '../message.ts';

export const apiShared = messages({
  'api.shared.no-duty-any-policy-nor': {
    en: 'is no duty of any policy, nor {$deadline}',
    zh: '不是任何规则中的报送要求，也不是 {$deadline}',
  },
  'api.shared.no-theme-numbered': {
    en: 'no task that you may see is of a theme {$theme}',
    zh: '您有权查看的任务中，没有序号为 {$theme} 的主题',
  },
  'api.shared.later-than-to': { en: 'is later than `to`', zh: '晚于 `to`' },
  'api.shared.no-leader-called': {
    en: 'no task that you may see has or had a leader called so, as it is written or as it sounds',
    zh: '您有权查看的任务中，没有也不曾有此姓名、职务或拼音的责任领导',
  },
  'api.shared.no-leader-called-but': {
    en: 'no task that you may see has or had a leader called so: {$near} may be meant',
    zh: '您有权查看的任务中，没有也不曾有此责任领导：是否指 {$near}？',
  },
  'api.shared.id-duty-directives-policies-such-as': {
    en: 'The id of a duty of the directive’s policies, such as `monthly` or `annual`, or `deadline`.',
    zh: '文件规则中某项报送要求的编号，如 `monthly`、`annual`，或 `deadline`。',
  },
  'api.shared.dutys-id-or-deadline': { en: 'The duty’s id, or `deadline`.', zh: '报送要求的编号，或 `deadline`。' },
  'api.shared.exclusive-end-what-in-time-rfc': {
    en: 'Exclusive end of what is in time, RFC 3339 in the zone’s offset.',
    zh: '按时与否的分界时刻（不含该时刻），RFC 3339，带该时区的时差。',
  },
  'api.shared.awaiting-came-in-time-and-office': {
    en: '`awaiting`: it came in time and the office has not decided on it.',
    zh: '`awaiting` 表示按时报送，督查机构尚未决定。',
  },
  'api.shared.civil-days-after-due-day-receipt': {
    en: 'Civil days after the due day: of the receipt, or of the moment judged where nothing came.',
    zh: '截止日之后的天数：至收到之日；未收到的，至判断之日。',
  },
  'api.shared.received-in-time-under-one-reading': {
    en: 'Received in time under one reading of 前 and too late under the other.',
    zh: '“前”字作一种理解为按时、作另一种理解为逾期的。',
  },
  'api.shared.version-policy-that-judged-null-where': {
    en: 'Version of the policy that judged; null where none was in force.',
    zh: '判断所依据的规则版本；没有现行规则的为 null。',
  },
  'api.shared.green-kept-yellow-due-within-policys': {
    en: [
      'green: kept; yellow: due within the policy’s days; red: late or missing; blue: with the office; grey: due ',
      'later, or owed by nobody.',
    ],
    zh: '绿：按时；黄：在规则规定的天数内到期；红：逾期或未报送；蓝：待督查机构核定；灰：尚未临近到期，或无人应报。',
  },
  'api.shared.came-in-time-and-office-has': {
    en: 'Came in time, and the office has not decided on it.',
    zh: '按时报送，督查机构尚未决定。',
  },
  'api.shared.those-owed-received-on-day-itself': {
    en: 'Of those owed, received on the day itself: on time under the inclusive reading only.',
    zh: '应报送的事项中截止当日收到的：只有把“前”理解为包含当日才算按时。',
  },
  'api.shared.owed-ontime-late-missing-notyetdue-awaiting': {
    en: '`owed` = `onTime` + `late` + `missing` + `notYetDue`; `awaiting`, `excused` and `waived` are counted apart.',
    zh: '`owed` = `onTime` + `late` + `missing` + `notYetDue`；`awaiting`、`excused` 和 `waived` 另行计数。',
  },
  'api.shared.could-not-be-counted-members-not': {
    en: 'Could not be counted: its members are not recorded.',
    zh: '无法统计：其成员未录入。',
  },
  'api.shared.unknown-nothing-was-reported-or-rule': {
    en: '`unknown`: nothing was reported, or the rule cannot tell.',
    zh: '`unknown` 表示没有报告，或者规则无法判断。',
  },
  'api.shared.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'api.shared.there-no-such-task-or-none': { en: 'there is no such task, or none that you may see', zh: '没有该任务，或者您无权查看' },
  'api.shared.must-be-names-in-leaderposts-where': {
    en: 'must be the names in leaderPosts, where both are sent',
    zh: '两者都填时，应为 leaderPosts 中的姓名',
  },
  'api.shared.required-or-leaderposts': { en: 'is required, or leaderPosts', zh: '必须填写，或填写 leaderPosts' },
  'api.shared.date-deadline-says-which': { en: 'is a date: deadline says which', zh: '是日期：以 deadline 为准' },
  'api.shared.says-that-there-none-and-deadline': {
    en: 'says that there is none, and deadline names one',
    zh: '表示没有时限，而 deadline 写明了时限',
  },
  'api.shared.who-can-be-asked-about-held': {
    en: 'Who can be asked about it. Held apart from the log.',
    zh: '联系人。与日志分开保存。',
  },
});
