import { messages } from '../message.ts';

export const apiDirectives = messages({
  'api.directives.line-was-not-understood': {
    en: 'line {$line} was not understood: {$expected}',
    zh: '第 {$line} 行未能识读：{$expected}',
  },
  'api.directives.line': { en: 'line {$line}: {$expected}', zh: '第 {$line} 行：{$expected}' },
  'api.directives.read-directive-document-with-commit-true': {
    en: 'Read a directive document; with commit=true append what it assigns',
    zh: '识读交办文件；commit=true 时录入其所交办的内容',
  },
  'api.directives.without-commit-answer-reading-alone-and': {
    en: 'Without commit the answer is the reading alone and nothing is appended. The same bytes twice change nothing.',
    zh: '不带 commit 时只答复识读结果，不录入任何内容。同一份原文重复导入不产生任何变化。',
  },
  'api.directives.this-idempotency-key-came-with-another': {
    en: 'this Idempotency-Key came with another request before',
    zh: '此 Idempotency-Key 曾用于另一请求',
  },
  'api.directives.as-in-short-form-null-where': {
    en: 'As in the short form; null where the duties do not fit it.',
    zh: '按简式；报送要求不能以简式表示的为 null。',
  },
  'api.directives.what-if-match-takes-to-replace': {
    en: 'What If-Match takes to replace the policy in force.',
    zh: '更换现行规则时 If-Match 所用的值。',
  },
  'api.directives.null-no-more-left-out-as': { en: 'null: no more. Left out: as before.', zh: 'null 表示不再要求；不填表示照旧。' },
  'api.directives.short-form-has-monthly-annual-cutoff': {
    en: ['The short form has `monthly`, `annual`, `cutoff`, `shift` and `reporters`; the long form `duties` and ', '`withdrawn`.'],
    zh: '简式有 `monthly`、`annual`、`cutoff`、`shift` 和 `reporters`；详式有 `duties` 和 `withdrawn`。',
  },
  'api.directives.withdrawn-and-duty-too': { en: 'is withdrawn and a duty too', zh: '既被撤销又是报送要求' },
  'api.directives.short-form-and-duties-say-otherwise': {
    en: 'is of the short form, and the duties say otherwise',
    zh: '属于简式，而报送要求另有规定',
  },
  'api.directives.imported-text-null-for-directive-registered': {
    en: 'The imported text; null for a directive registered by hand.',
    zh: '所导入的原文；手工登记的文件为 null。',
  },
  'api.directives.what-imported-text-says-under-heading': {
    en: 'What the imported text says under a heading without assigning anything.',
    zh: '所导入原文中某一标题下未交办任务的内容。',
  },
  'api.directives.place-in-source-line-cell-or': {
    en: 'The place in the source: a line, a cell or a row of a table.',
    zh: '在原文中的位置：行、单元格或表格的行。',
  },
  'api.directives.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'api.directives.register-directive-by-hand': { en: 'Register a directive by hand', zh: '手工登记文件' },
  'api.directives.directives-imported-or-registered-by-hand': {
    en: 'Directives: imported, or registered by hand',
    zh: '交办文件：导入的和手工登记的',
  },
  'api.directives.directive': { en: 'A directive', zh: '一份交办文件' },
  'api.directives.what-import-could-not-settle-and': {
    en: 'What the import could not settle, and what was decided',
    zh: '导入时未能确定的事项，以及所作的决定',
  },
  'api.directives.true-only-what-not-decided': { en: '`true`: only what is not decided.', zh: '`true`：只列尚未决定的。' },
  'api.directives.decide-finding': { en: 'Decide a finding', zh: '对疑点作出决定' },
  'api.directives.adopt-reporting-schedule-and-judging-rules': {
    en: 'Adopt a reporting schedule and judging rules',
    zh: '制定报送安排和判定规则',
  },
  'api.directives.first-needs-no-if-match-replacing': {
    en: 'The first needs no If-Match; replacing the policy in force does.',
    zh: '第一版不需要 If-Match；更换现行规则则需要。',
  },
  'api.directives.send-if-match-with-etag-policy': {
    en: 'send If-Match with the ETag of the policy in force to replace it',
    zh: '更换现行规则，请以其 ETag 作为 If-Match 发送',
  },
  'api.directives.policies-directive-by-version': { en: 'The policies of a directive, by version', zh: '文件的各版报送规则' },
  'api.directives.only-these-tasks-and-those-these': {
    en: 'Only these tasks, and those of these themes; all where it is left out. A unit is told those that it may read.',
    zh: '仅限这些任务和这些主题的任务；不填为全部。单位只看到其有权查看的。',
  },
  'api.directives.source-from-1-null-where-person': {
    en: 'Of the source, from 1; null where a person raised it.',
    zh: '在原文中的行号，从 1 起；由人提出的为 null。',
  },
  'api.directives.by-whom-where-was-not-reader': {
    en: 'By whom, where it was not the reader of the document.',
    zh: '由谁提出；由读取程序提出的没有。',
  },
  'api.directives.task-directive-that-about-left-out': {
    en: 'The task of the directive that it is about; left out, it is about the directive.',
    zh: '所涉的该文件的任务；不填则涉及整个文件。',
  },
  'api.directives.other-unless-given': { en: '`other`, unless given.', zh: '不填为 `other`。' },
  'api.directives.raise-finding-what-document-or-task': {
    en: 'Raise a finding: what the document, or a task of it, leaves open',
    zh: '提出疑点：文件或其任务遗留的问题',
  },
  'api.directives.decided-as-those-that-import-raised': {
    en: 'It is decided as those that its import raised.',
    zh: '与导入时提出的疑点同样作出决定。',
  },
  'api.directives.briefing-summary': {
    en: 'One page for a leader: counts by light, who is behind, what was done, what is to be decided',
    zh: '专报：各灯项数、逾期和未报送的单位、办结情况、请领导决定的事项',
  },
  'api.directives.briefing-description': {
    en: [
      'Written from what is known at the moment; as .docx or .html a page of A4 in the layout of a notice. ',
      'With a period its reports are counted, else all of the directive.',
    ],
    zh: '根据当时的事实写成；.docx 和 .html 为一页 A4，版式同通报。写明报送期的，只统计该期的报告，否则统计文件全部。',
  },
  'api.directives.briefing-file': { en: 'briefing_{$of}', zh: '重点工作情况专报_{$of}' },
  'api.directives.briefing-label': { en: 'By its printed number and title.', zh: '以原文的序号和标题称呼。' },
  'api.directives.briefing-light': { en: 'Tasks with this light.', zh: '该灯的任务数。' },
  'api.directives.briefing-since': { en: 'The day a month before `on`.', zh: '`on` 之前一个月的日期。' },
  'api.directives.briefing-behind': { en: 'Units that are late or missing, the worst first.', zh: '逾期或未报送的单位，最差的在前。' },
  'api.directives.briefing-completed': { en: 'Tasks that were completed after `since`.', zh: '`since` 之后办结的任务。' },
  'api.directives.briefing-reports': { en: 'Reports that came in after `since`.', zh: '`since` 之后收到的报告数。' },
  'api.directives.briefing-decisions': {
    en: 'What awaits a decision: extensions asked for (`until` is the day asked for), and findings of inspections that are not put right.',
    zh: '等待决定的事项：延期申请（`until` 为申请延至的日期），以及尚未整改到位的督查问题。',
  },
  'api.directives.ledger-summary': {
    en: 'The year’s ledger, in the columns of the document, with how each row stands',
    zh: '全年台账：按文件原表的列，并注明每项现状',
  },
  'api.directives.ledger-description': {
    en: [
      'The headings are those of the table in the document, in its order; of one without a table the usual ones. ',
      'A unit sees the tasks that it carries, with its own reports.',
    ],
    zh: '列名和次序与文件原表一致；文件没有表格的，用通常的列。责任单位只看到自己承担的任务和本单位的报告。',
  },
  'api.directives.ledger-kind': {
    en: 'Left out: the items of the ledger, or all tasks where the document has no items.',
    zh: '不填时为台账事项；文件没有台账事项的，为全部任务。',
  },
  'api.directives.ledger-cells': {
    en: 'A text for each of `columns`: what is so now, else what the document prints.',
    zh: '与 `columns` 逐一对应的文字：以现状为准，没有的照原文。',
  },
  'api.directives.ledger-last-report': { en: 'The last that came in; null where none has.', zh: '最近收到的报告；没有的为 null。' },
  'api.directives.ledger-columns': { en: 'The headings, as printed.', zh: '列名，与原文一致。' },
  'api.directives.ledger-heading': { en: 'As the document prints it.', zh: '与原文一致。' },
  'api.directives.ledger-kinds': {
    en: 'What stands in it, as in a profile: `number`, `text`, `leader`, `responsible` and so on.',
    zh: '列的含义，同行文习惯：`number`、`text`、`leader`、`responsible` 等。',
  },
  'api.directives.ledger-day': { en: 'The day judged.', zh: '判定所依据的日期。' },
  'directives.ledger': {
    en: 'Ledger of key work of {$year} ({$number}), as of {$on}',
    zh: '{$year}年重点工作落实台账（{$number}，截至{$on}）',
  },
  'directives.ledger-file': { en: 'ledger_{$number}', zh: '重点工作落实台账_{$number}' },
});
