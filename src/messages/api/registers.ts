import { messages } from '../message.ts';

export const apiRegisters = messages({
  'api.registers.first-day-on-which-no-longer': {
    en: 'The first day on which it no longer holds; null while it does.',
    zh: '不再有效的第一天；仍然有效的为 null。',
  },
  'api.registers.named-or-member-collective-named-unit': {
    en: 'Named, or a member of a collective named; of a unit that was merged, the one that took it over.',
    zh: '被点名的单位，或被点名的集合称谓的成员；已并入其他单位的，为承接的单位。',
  },
  'api.registers.collectives-whose-members-not-recorded': {
    en: 'Collectives whose members are not recorded.',
    zh: '成员未录入的集合称谓。',
  },
  'api.registers.first-day-new-assignees-null-for': {
    en: 'The first day of the new assignees; null for other changes, which hold from their receipt.',
    zh: '新责任单位生效的第一天；其他变更自收到时生效的为 null。',
  },
  'api.registers.civil-days-from-change-to-old': {
    en: 'Civil days from the change to the old deadline; negative after it.',
    zh: '从变更到原时限的天数；时限之后为负数。',
  },
  'api.registers.claimed-and-verified-by-same-sender': { en: 'Claimed and verified by the same sender.', zh: '由同一人申请并核实。' },
  'api.registers.issued-notices-period-that-name-unit': {
    en: 'Issued notices of the period that name the unit; empty: it was spared.',
    zh: '该期已印发且点名该单位的通报；为空表示未被通报。',
  },
  'api.registers.whole-days-between-receipt-and-record': { en: 'Whole days between receipt and record.', zh: '从收到到记录的整天数。' },
  'api.registers.who-carried-task-from-day-to': { en: 'Who carried a task, from day to day', zh: '任务逐日由谁承担' },
  'api.registers.as-known-at-asof-assignments-members': {
    en: [
      'As known at `asOf`: assignments, the members of collectives and mergers put together. On whose authority it ',
      'changed stands in /v1/changes.',
    ],
    zh: '以 `asOf` 时所知为准：汇总交办、集合称谓的成员和单位合并。变更的依据见 /v1/changes。',
  },
  'api.registers.who-changed-unit-leader-or-deadline': {
    en: 'Who changed unit, leader or deadline, when, why, on whose authority, how long before the old deadline',
    zh: '何时、为何、依据什么变更了责任单位、责任领导或时限，距原时限多少天',
  },
  'api.registers.completion-claims-with-their-evidence-against': {
    en: 'Completion claims with their evidence against their verification; self-verified ones are marked',
    zh: '办结申请的依据与审核情况对照；自报自核的予以标出',
  },
  'api.registers.entries-from-papers-that-were-received': {
    en: 'Entries from papers that were received before they were recorded',
    zh: '收到之后才补录的纸质材料',
  },
  'api.registers.units-alike-in-lateness-and-which': {
    en: 'Units alike in lateness, and which of them were circulated',
    zh: '逾期情况相同的单位，以及其中哪些被通报',
  },
  'api.registers.one-that-names-null-where-settles': {
    en: 'The one that it names; null where it settles every duty of its period.',
    zh: '所指明的报送要求；完成该期全部要求的为 null。',
  },
  'api.registers.null-unit-owes-no-report-on': {
    en: 'null: the unit owes no report on this task for the period.',
    zh: 'null 表示该单位该期不欠本任务的报告。',
  },
  'api.registers.how-often-office-has-sent-back': { en: 'How often the office has sent it back.', zh: '督查机构退回的次数。' },
  'api.registers.tasks-for-which-overdue': { en: 'Tasks for which it is overdue.', zh: '已逾期的任务。' },
  'api.registers.tasks-for-which-can-still-come': { en: 'Tasks for which it can still come in time.', zh: '仍可按时报送的任务。' },
  'api.registers.tasks-for-which-has-come-in': {
    en: 'Tasks for which it has come, in time or late: what the unit has sent leaves out the others.',
    zh: '已报送的任务，不论按时或逾期：单位所报未涉及其余任务。',
  },
  'api.registers.null-does-not-carry-task-on': {
    en: 'null: it does not carry the task on the day.',
    zh: 'null 表示该单位当日不承担本任务。',
  },
  'api.registers.one-unit-says-that-task-behind': {
    en: 'One unit says that the task is behind, another that it is not.',
    zh: '一个单位称任务滞后，另一单位称未滞后。',
  },
  'api.registers.who-still-owes-this-periods-report': {
    en: 'Who still owes this period’s report, for which tasks, and when they were last reminded',
    zh: '哪些单位还欠本期报告、涉及哪些任务、最近何时催办',
  },
  'api.registers.with-kind-deadline-who-still-owes': {
    en: ['With `kind=deadline`: who still owes the completion of what falls due in the period. A unit sees what it owes ', 'itself.'],
    zh: '带 `kind=deadline` 时：本期到期的任务还有哪些单位未完成。单位只看到本单位所欠。',
  },
  'api.registers.reports-period-late-sent-back-accepted': {
    en: 'Reports of a period: late, sent back, accepted, amended after the due day',
    zh: '一期的报告：逾期、退回、认可、截止日后更正',
  },
  'api.registers.what-each-unit-says-task-for': {
    en: 'What each unit says of a task for a period, side by side',
    zh: '各单位就一项任务一期所报内容的对照',
  },
  'api.registers.tasks-which-for-period-one-unit': {
    en: 'Tasks of which, for a period, one unit says that they are behind and another that they are not',
    zh: '同一期中一个单位称滞后、另一单位称未滞后的任务',
  },
  'api.registers.extensions-asked-in-time-or-too': {
    en: 'Extensions: asked in time or too late, granted, refused, pending',
    zh: '延期：按时或逾期申请，同意、不同意、待决定',
  },
  'api.registers.unit-sees-what-has-asked-for': { en: 'A unit sees what it has asked for itself.', zh: '单位只看到本单位申请的。' },
  'api.registers.position-or-last-position-recorded-at': {
    en: '`@<position>`, or the last position recorded at or before an RFC 3339 instant.',
    zh: '`@<position>`，或某一 RFC 3339 时刻及以前记录的最后位置。',
  },
  'api.registers.what-changed-between-two-moments-tasks': {
    en: 'What changed between two moments: the tasks touched, field by field',
    zh: '两个时刻之间的变化：所涉任务，逐字段列出',
  },
  'api.registers.beyond-what-known': { en: 'is beyond what is known: @{$position}', zh: '超出所知范围：@{$position}' },
  'api.registers.more-than-events-before-to': {
    en: 'is more than {$maxDiff} events before `to`',
    zh: '在 `to` 之前超过 {$maxDiff} 个事件',
  },
});
