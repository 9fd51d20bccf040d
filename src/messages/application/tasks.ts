import { messages } from '../message.ts';

export const applicationTasks = messages({
  'application.tasks.what-task-owes-judged-at-moment': {
    en: 'What the task owes, judged at the moment of `basis.at`; what awaits the office is counted apart.',
    zh: '该任务所欠的报送，以 `basis.at` 的时刻判断；等待督查机构处理的另行计数。',
  },
  'application.tasks.units-collective-on-day-null-where': {
    en: 'Units of a collective on the day; null where they are not recorded.',
    zh: '该集合称谓当日所含的单位；未录入的为 null。',
  },
  'application.tasks.unit-into-which-was-merged-by': { en: 'The unit into which it was merged by the day.', zh: '当日已并入的单位。' },
  'application.tasks.names-in-leaderposts': { en: 'The names in leaderPosts.', zh: 'leaderPosts 中的姓名。' },
  'application.tasks.person-post-or-person-by-post': {
    en: 'A person, a post, or a person by the post.',
    zh: '人员、职务，或带职务的人员。',
  },
  'application.tasks.judged-as-docs-judging-md-says': {
    en: 'Judged as docs/judging.md says, rule 7; for a unit by its own reports.',
    zh: '按 docs/judging.md 第 7 条判断；就某一单位而言，以其自己的报告为准。',
  },
  'application.tasks.deadline-as-document-prints': { en: 'The deadline as the document prints it.', zh: '文件所载的时限原文。' },
  'application.tasks.null-nothing-was-reported-or-rule': {
    en: 'null: nothing was reported, or the rule cannot tell.',
    zh: 'null 表示没有报告，或者规则无法判断。',
  },
  'application.tasks.verified-office-verified-completion': {
    en: '`verified`: the office verified its completion.',
    zh: '`verified` 表示督查机构已核实其完成。',
  },
  'application.tasks.version-policy-whose-rule': { en: 'Version of the policy whose rule it is.', zh: '该规则所属的报送规则版本。' },
  'application.tasks.share-year-that-had-passed-at': {
    en: 'The share of the year that had passed at the end of the period.',
    zh: '报送期末时全年时间已过的比例。',
  },
  'application.tasks.where-work-stands-by-last-period': {
    en: 'Where the work stands by the last period reported; the furthest behind where units differ.',
    zh: '截至最近报送期的工作状态；各单位不一致的，取最滞后者。',
  },
  'application.tasks.1-based-line-imported-source': { en: '1-based line of the imported source.', zh: '在导入原文中的行号，从 1 起。' },
  'application.tasks.imported-document-by-digest-and-place': {
    en: 'The imported document, by its digest, and the place in it.',
    zh: '所导入文件的摘要，以及在文件中的位置。',
  },
  'application.tasks.null-comparator-needs-persons-judgement': {
    en: 'null: the comparator needs a person’s judgement.',
    zh: 'null 表示该比较方式须由人判断。',
  },
  'application.tasks.one-that-settles-null-where-settles': {
    en: 'The one that it settles; null where it settles every duty of its period.',
    zh: '所完成的报送要求；null 表示完成该期的全部要求。',
  },
  'application.tasks.task-what-if-match-takes': { en: 'Of the task: what If-Match takes.', zh: '任务的版本：If-Match 即用此值。' },
  'application.tasks.extension-request-or-completion-claim-with': {
    en: 'An extension request or a completion claim, with the events that made it what it is.',
    zh: '延期申请或办结申请，以及形成其现状的各事件。',
  },
  'application.tasks.plan-with-events-that-made-what': {
    en: 'A plan, with the events that made it what it is.',
    zh: '方案，以及形成其现状的各事件。',
  },
  'application.tasks.data-leaves-out-what-unit-may': {
    en: '`data` leaves out what a unit may not see: its bytes are not those of `leafHash`.',
    zh: '`data` 中略去单位无权查看的内容，因此其字节与 `leafHash` 不对应。',
  },
  'application.tasks.rfc-6962-leaf-hash-stored-bytes': {
    en: 'RFC 6962 leaf hash of the stored bytes, base64.',
    zh: '所存字节的 RFC 6962 叶哈希，base64。',
  },
});
