import { messages } from '../../message.ts';

/** What a URL names and a query asks. */
export const apiWordsParameters = messages({
  'word.query.profile': {
    en: 'Id of the import whose profile it is read with; left out, it is guessed.',
    zh: '读取所用样式出自哪次导入的编号；不填则自行推断。',
  },
  'word.query.use': { en: 'Of this use alone.', zh: '只列此种用途的。' },
  'word.imports/{id}': { en: 'Id of the import.', zh: '导入记录的编号。' },
  'word.query.q': {
    en: 'Words, all of which are found in its names, former names or aliases, by pinyin (kejiju) or initials (kjj) too.',
    zh: '以空格分开的词，须全部见于单位的名称、曾用名或简称；也可用全拼（如 kejiju）或拼音首字母（如 kjj）查找。',
  },
  'word.query.kind': { en: 'Of this kind alone.', zh: '只列此种类别的。' },
  'word.query.state': { en: 'In this state alone.', zh: '只列此种状态的。' },
  'word.query.status': { en: 'With this status alone.', zh: '只列此种状态的。' },
  'word.query.role': { en: 'Carried in this role.', zh: '只列以此种角色承担的。' },
  'word.query.leader': {
    en: 'With this leader: a whole name or post, as it is written or in pinyin or its initials.',
    zh: '只列由该责任领导负责的：填完整姓名或职务，也可用拼音或拼音首字母。',
  },
  'word.query.theme': { en: 'Of the theme of this number.', zh: '只列此序号的主题的。' },
  'word.query.unit': {
    en: 'Of this unit alone: its id, or a name, an alias or a former name of it.',
    zh: '只列该单位的：单位编号，或其名称、简称、曾用名。',
  },
  'word.query.task': { en: 'Of this task alone.', zh: '只列该任务的。' },
  'word.query.directive': {
    en: 'Of this directive: its id, or its printed number or title.',
    zh: '只列该文件的：填文件编号（id），也可填文号或标题。',
  },
  'word.query.period': { en: 'Of this period.', zh: '只列该期的。' },
  'word.query.from': { en: 'From here on: a civil day, a position or a size.', zh: '自此起：日期、位置或规模。' },
  'word.query.to': {
    en: 'Up to here: a civil day, a position or a size; the newest by default.',
    zh: '至此止：日期、位置或规模；默认为最新。',
  },
  'word.query.by': { en: 'What the groups are of.', zh: '分组的依据。' },
  'word.query.after': { en: 'What follows this position, or size.', zh: '此位置或规模之后的内容。' },
  'word.query.limit': { en: 'Items in a page: 1 to 500, 100 by default.', zh: '每页条数：1 至 500，默认 100。' },
  'word.query.position': { en: 'Position of the event, from 1.', zh: '事件的位置，从 1 起。' },
  'word.query.size': { en: 'Size of the tree; that of the newest checkpoint by default.', zh: '树的规模；默认为最新检查点的规模。' },
  'word.query.commit': { en: '`true`: what was read is appended, and not only shown.', zh: '`true`：不仅显示读取结果，还予以录入。' },
  'word.query.selfVerified': {
    en: '`true`: those alone that one sender claimed and verified.',
    zh: '`true`：只列由同一人申请并核实的。',
  },
  'word.query.timeliness': { en: 'In time, late, or otherwise.', zh: '按时、逾期或其他。' },
  'word.inspections/{id}': { en: 'Id of the inspection.', zh: '督查的编号。' },
  'word.reports/{reportId}': { en: 'Id of the report.', zh: '报告的编号。' },
  'word.findings/{n}': { en: 'Number of the finding, from 1.', zh: '疑点的序号，从 1 起。' },
  'word.plans/{n}': { en: 'Number of the plan, from 1 on each task.', zh: '方案的序号，每项任务从 1 起。' },
  'word.extension-requests/{n}': { en: 'Number of the request, from 1 on each task.', zh: '申请的序号，每项任务从 1 起。' },
  'word.completion-claims/{n}': { en: 'Number of the claim, from 1 on each task.', zh: '申请的序号，每项任务从 1 起。' },
  'word.objections/{n}': { en: 'Number of the objection, from 1 on each notice.', zh: '异议的序号，每份通报从 1 起。' },
  'word.rectifications/{n}': { en: 'Number of the rectification, from 1 on each inspection.', zh: '整改的序号，每次督查从 1 起。' },
  'word.tile/{path}': {
    en: '`<L>/<N>[.p/<W>]`, or `entries/<N>[.p/<W>]` (C2SP tlog-tiles).',
    zh: '`<L>/<N>[.p/<W>]`，或 `entries/<N>[.p/<W>]`（C2SP tlog-tiles）。',
  },
  'word.reminders/{id}': { en: 'Id of the reminder.', zh: '催办的编号。' },
  'word.subscriptions/{id}': { en: 'Id of the subscription.', zh: '订阅的编号。' },
  'word.deliveries/{delivery}': { en: 'Id of the delivery.', zh: '投递的编号。' },
});
