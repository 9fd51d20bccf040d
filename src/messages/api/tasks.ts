import { messages } from '../message.ts';

export const apiTasks = messages({
  'api.tasks.sign-for-task': { en: 'Sign for a task', zh: '签收任务' },
  'api.tasks.submit-plan-milestones-units-own-leader': {
    en: 'Submit a plan: milestones, the unit’s own leader, measures',
    zh: '报送落实方案：时间节点、单位责任人、主要措施',
  },
  'api.tasks.send-plan-back-to-unit': { en: 'Send a plan back to its unit', zh: '将方案退回单位' },
  'api.tasks.accept-plan': { en: 'Accept a plan', zh: '认可方案' },
  'api.tasks.give-task-to-others-from-day': { en: 'Give a task to others from a day on', zh: '自某日起将任务改派给其他单位' },
  'api.tasks.change-responsible-leaders': { en: 'Change the responsible leaders', zh: '变更责任领导' },
  'api.tasks.ask-for-later-deadline': { en: 'Ask for a later deadline', zh: '申请延长时限' },
  'api.tasks.grant-or-refuse-extension': { en: 'Grant or refuse an extension', zh: '对延期申请作出决定' },
  'api.tasks.record-that-unit-was-reminded': { en: 'Record that a unit was reminded', zh: '记录催办' },
  'api.tasks.claim-completion-with-evidence': { en: 'Claim completion, with evidence', zh: '申请办结，附完成依据' },
  'api.tasks.verify-or-reject-completion-claim': { en: 'Verify or reject a completion claim', zh: '审核办结申请' },
  'api.tasks.suspend-task': { en: 'Suspend a task', zh: '中止任务' },
  'api.tasks.resume-suspended-task': { en: 'Resume a suspended task', zh: '恢复已中止的任务' },
  'api.tasks.cancel-task': { en: 'Cancel a task', zh: '撤销任务' },
  'api.tasks.reopen-completed-or-cancelled-task': { en: 'Reopen a completed or cancelled task', zh: '重新启动已办结或已撤销的任务' },
  'api.tasks.tasks-as-known-at-position-judged': {
    en: 'Tasks as known at a position, judged on a day',
    zh: '任务列表：以某位置所知为准，按某日判断',
  },
  'api.tasks.carried-by-this-unit-by-name': {
    en: 'Carried by this unit, named itself or as a member of a collective: its id, or a name, an alias or a former name of it.',
    zh: '由该单位承担的，不论点名或作为集合称谓的成员：单位编号，或其名称、简称、曾用名。',
  },
  'api.tasks.with-deadline-before-this-day': { en: 'With a deadline before this day.', zh: '时限早于该日的。' },
  'api.tasks.words-of-title-text-and-carriers': {
    en: [
      'Words, all of which are found in the title, the text or the names of who carries it; in titles and names by pinyin (kejiju) ',
      'or initials (kjj) too.',
    ],
    zh: '以空格分开的词，须全部见于任务的标题、文字或承担单位的名称；标题和名称也可用全拼（如 kejiju）或拼音首字母（如 kjj）查找。',
  },
  'api.tasks.task-as-known-at-position-judged': {
    en: 'A task as known at a position, judged on a day',
    zh: '一项任务：以某位置所知为准，按某日判断',
  },
  'api.tasks.versions-task-as-rfc-7089-timemap': {
    en: 'The versions of a task, as an RFC 7089 TimeMap',
    zh: '任务的各个版本，RFC 7089 TimeMap 形式',
  },
  'api.tasks.get-v1-tasks-id-with-accept': {
    en: 'GET /v1/tasks/{id} with Accept-Datetime leads to the version of that time.',
    zh: '带 Accept-Datetime 的 GET /v1/tasks/{id} 指向该时刻的版本。',
  },
  'api.tasks.original-time-gate-and-mementos-rfc': {
    en: 'Original, time gate and mementos (RFC 6690, RFC 7089 §5)',
    zh: '原件、时间门和各版本（RFC 6690、RFC 7089 §5）',
  },
  'api.tasks.report-with-versions': { en: 'A report with its versions', zh: '一份报告及其各版本' },
  'api.tasks.task-has-no-report': { en: 'the task has no report {$reportId}', zh: '该任务没有报告 {$reportId}' },
  'api.tasks.one-tasks-plans-and-whether-milestones': {
    en: 'One of the task’s plans, and whether its milestones are kept',
    zh: '任务的一份方案，以及其节点是否按时',
  },
  'api.tasks.task-has-none-numbered': { en: 'the task has none numbered {$n}', zh: '该任务没有第 {$n} 号' },
  'api.tasks.every-event-that-touches-task-with': {
    en: 'Every event that touches a task, with what it changed; a unit sees its own and what is said to it',
    zh: '涉及任务的全部事件及其变更；单位看到本单位的，以及发给本单位的',
  },
  'api.tasks.report-on-task-for-period': { en: 'Report on a task for a period', zh: '报送一项任务一期的报告' },
  'api.tasks.late-report-taken-and-judged-late': {
    en: 'A late report is taken and judged late. A second one for the same period is refused: amend the first.',
    zh: '逾期报告照收，按逾期判断。同一期的第二份报告不收：请更正第一份。',
  },
  'api.tasks.no-unit-registered': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'api.tasks.amend-report-changed-fields-and-why': { en: 'Amend a report: the changed fields and why', zh: '更正报告：所改字段及理由' },
  'api.tasks.successor-amends-reports-unit-that-has': {
    en: [
      'A successor amends the reports of a unit that it has taken over. The office, which enters an amendment from a ',
      'paper, sends If-Match.',
    ],
    zh: '承接单位更正其所承接单位的报告。督查机构据纸质材料录入更正时，须带 If-Match。',
  },
  'api.tasks.send-if-match-with-etag-task': {
    en: 'send If-Match with the ETag of the task that the amendment was decided on',
    zh: '请以作出更正所依据的任务 ETag 作为 If-Match 发送',
  },
  'api.tasks.send-report-back-to-unit': { en: 'Send a report back to its unit', zh: '将报告退回单位' },
  'api.tasks.accept-report': { en: 'Accept a report', zh: '认可报告' },
  'api.tasks.one-extension-request': { en: 'One of the task’s extension requests', zh: '任务的一件延期申请' },
  'api.tasks.one-completion-claim': { en: 'One of the task’s completion claims', zh: '任务的一件办结申请' },
  'api.tasks.assign-task-by-hand-or-those': {
    en: 'Assign a task by hand, or those of a ledger',
    zh: '手工交办一项任务，或按台账交办各项任务',
  },
  'api.tasks.ledger-xlsx-or-csv-with-columns': {
    en: [
      'A ledger is an .xlsx or .csv with the columns that GET /v1/tasks gives, under the headings of either language ',
      'and in any order: a task for each row, at most {$mostRows}, and a verdict on each. The same file again changes ',
      'nothing.',
    ],
    zh: [
      '台账为 .xlsx 或 .csv，各列与 GET /v1/tasks 所给的一致，列标题用任一语言，次序不限：每行一项任务，至多 {$mostRows} 行，逐行给出结论。',
      '同一文件再次送交不产生任何变化。',
    ],
  },
  'api.tasks.file-into-which-directive-tasks-go': {
    en: 'Of a file: into which directive its tasks go, whatever its rows say; their ids follow.',
    zh: '送交文件时：其任务归入哪一文件，不论各行如何填写；其编号随之确定。',
  },
  'api.tasks.stands-in-body-where-that-json': { en: 'stands in the body, where that is JSON', zh: '正文为 JSON 时，此项写在正文中' },
  'api.tasks.correct-what-printed-task-from-day': {
    en: 'Correct what is printed of a task, from a day on',
    zh: '自某日起更正任务所载内容',
  },
  'api.tasks.say-only-what-to-be-otherwise': {
    en: [
      'Say only what is to be otherwise. What had fallen due before `effectiveFrom` stays judged as it was. `title` ',
      'follows from `text` where it is left out.',
    ],
    zh: '只填写须变更的内容。`effectiveFrom` 之前已到期的仍按原内容判断。不填 `title` 的，依 `text` 确定。',
  },
  'api.tasks.row-in-file': { en: 'The row in the file.', zh: '在文件中的行。' },
  'api.tasks.task': { en: 'Of the task.', zh: '任务的。' },
  'api.tasks.one-that-assigned-where-this-call': {
    en: 'The one that assigned it, where this call did.',
    zh: '作出交办的事件（由本次调用交办的）。',
  },
  'api.tasks.why-was-refused-last-part-problems': {
    en: 'Why it was refused: the last part of a problem’s type.',
    zh: '拒绝的原因：问题类型的最后一段。',
  },
  'api.tasks.which-column-at-fault-as-file': { en: 'Which column is at fault, as the file calls it.', zh: '出错的列，按文件中的列名。' },
  'api.tasks.where-that-stands': { en: 'Where that stands.', zh: '所在位置。' },
  'api.tasks.file-what-became-each-row-in': {
    en: 'Of a file: what became of each row, in its order.',
    zh: '送交文件时：各行的结果，按其顺序。',
  },
  'api.tasks.file-columns-that-say-what-became': {
    en: 'Of a file: columns that say what became of tasks, which no ledger that is sent back decides.',
    zh: '送交文件时：表示任务办理结果的列，送回的台账不能决定其内容。',
  },
  'api.tasks.ledger-has-no-column': { en: 'the ledger has no column {$missing}', zh: '台账中没有 {$missing} 列' },
  'api.tasks.no-row-stands-under-headings': { en: 'no row stands under the headings', zh: '列标题下没有任何一行' },
  'api.tasks.ledger-has-rows-at-most-taken': {
    en: 'the ledger has {$length} rows; at most {$mostRows} are taken at once',
    zh: '台账有 {$length} 行；一次至多 {$mostRows} 行',
  },
});
