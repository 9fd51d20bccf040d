import { messages } from '../message.ts';

/** What a draft leaves open, and what another edition would change. The English is what the log knows a finding by: it stays as it is. */
export const importerDraft = messages({
  'difference.collective-differs': { en: 'collective differs', zh: '集合称谓不同' },
  'difference.collective-resolved': { en: 'collective resolved', zh: '集合称谓已展开' },
  'difference.cooperates-there': { en: '{$names} cooperates in the task and is responsible here', zh: '{$names}在任务中配合，在此负责' },
  'difference.inverted': { en: 'inverted', zh: '主次颠倒' },
  'difference.leads-there': { en: '{$names} leads the task and cooperates here', zh: '{$names}在任务中牵头，在此配合' },
  'difference.narrowed': { en: 'narrowed', zh: '范围缩小' },
  'difference.only-here': { en: 'only here: {$names}', zh: '仅此处有：{$names}' },
  'difference.only-there': { en: 'only in the task: {$names}', zh: '仅任务中有：{$names}' },
  'difference.partly-demoted': { en: 'partly demoted', zh: '部分由牵头改为配合' },
  'difference.promoted': { en: 'promoted', zh: '配合改为负责' },
  'difference.widened': { en: 'widened', zh: '范围扩大' },
  'finding.a-range': { en: 'a range', zh: '某一区间' },
  'finding.about': { en: '{$what}: {$detail}', zh: '{$what}：{$detail}' },
  'finding.against-task': { en: '{$name} against task {$number}: {$detail}', zh: '与任务 {$number} 相比，{$name}：{$detail}' },
  'finding.cell-in-column': { en: '“{$text}” in {$heading} {$what}', zh: '“{$heading}”中的“{$text}”{$what}' },
  'finding.deadlines-print-the-word-for-month-twice': {
    en: 'deadlines print the word for month twice (月月底前), in rows {$where}; read as the end of the month',
    zh: '第 {$where} 行的时限重复印了“月”字（月月底前）；按月底读取',
  },
  'finding.doubt-about': { en: '“{$text}”: {$doubt}', zh: '“{$text}”：{$doubt}' },
  'finding.empty-merged-or-forgotten': {
    en: '{$heading} is empty; “{$text}” of the row above is taken: merged with it, or forgotten?',
    zh: '“{$heading}”为空；沿用上一行的“{$text}”：是合并单元格，还是漏填？',
  },
  'finding.empty-row-above-taken': {
    en: '{$heading} is empty; “{$text}” of the row above is taken',
    zh: '“{$heading}”为空；沿用上一行的“{$text}”',
  },
  'finding.has-characters-that-could-not-be-decoded': {
    en: '“{$text}” has characters that could not be decoded',
    zh: '“{$text}”中有无法解码的字符',
  },
  'finding.is-listed-in-task-and-named-in': {
    en: '{$project} is listed in task {$listedIn} and named in task {$alsoIn} too',
    zh: '“{$project}”列在任务 {$listedIn}，任务 {$alsoIn} 也提到',
  },
  'finding.is-to-lie-within-say-which-bound': {
    en: '{$key}: {$metric} is to lie within {$target}; say which bound is judged: gte, lte, or both apart',
    zh: '{$key}：{$metric} 应在{$target}之内；请说明按哪一端考核：`gte`、`lte`，或两端分别考核',
  },
  'finding.it-bears-no-document-number-say-one': {
    en: 'it bears no document number: say one, or the id that the directive is to have',
    zh: '没有文号：请填写文号，或指定文件编号',
  },
  'finding.its-date-is-not-known-and-its': {
    en: 'its date is not known, and its tasks hold from that day',
    zh: '成文日期不明，而任务自该日起算',
  },
  'finding.its-text-has-more-than-characters': {
    en: '{$key}: its text has more than {$MOST_TEXT} characters',
    zh: '{$key}：文字超过 {$MOST_TEXT} 个字符',
  },
  'finding.its-title-is-not-known': { en: 'its title is not known', zh: '标题不明' },
  'finding.more-of-this-kind-from-here-on': {
    en: '{$count} more of this kind, from here on, are not listed yet',
    zh: '自此处起还有 {$count} 处同类疑点，暂未列出',
  },
  'finding.no-day-is-named-by': { en: '{$key}: no day is named by {$printed}', zh: '{$key}：“{$printed}”没有写明日期' },
  'finding.no-day-or-no-year': {
    en: '“{$text}” is no day of the calendar, or its year is not known',
    zh: '“{$text}”不是历法中的日期，或者年份不明',
  },
  'finding.no-deadline-and-no-row': {
    en: 'no deadline is set: no row of the schedule of items belongs to {$kind} {$number}',
    zh: '没有规定时限：附表中没有属于{$kind} {$number} 的行',
  },
  'finding.no-deadline-of-item': { en: 'no deadline is set', zh: '没有规定时限' },
  'finding.no-id-can-be-made-of-say': { en: 'no id can be made of {$number}: say one', zh: '不能由 {$number} 确定编号：请指定编号' },
  'finding.no-leader-and-no-row': {
    en: 'no leader is named: no row of the schedule of items belongs to {$kind} {$number}',
    zh: '没有列出责任领导：附表中没有属于{$kind} {$number} 的行',
  },
  'finding.no-leader-is-named': { en: 'no leader is named', zh: '没有列出责任领导' },
  'finding.no-report-on-either': {
    en: 'the document asks for no monthly report and no report on the year',
    zh: '文件没有要求月报，也没有要求年度报告',
  },
  'finding.no-report-on-month': { en: 'the document asks for no monthly report', zh: '文件没有要求月报' },
  'finding.no-report-on-year': { en: 'the document asks for no report on the year', zh: '文件没有要求年度报告' },
  'finding.nobody-is-named-who-is-to-do': { en: '{$key}: nobody is named who is to do it', zh: '{$key}：没有列出责任单位' },
  'finding.not-in-the-words-of-task': {
    en: 'not in the words of task {$number}: {$strange}',
    zh: '任务 {$number} 的原文没有下列表述：{$strange}',
  },
  'finding.nothing-was-read-in-it-that-assigns': { en: 'nothing was read in it that assigns anything', zh: '没有读出任何布置任务的内容' },
  'finding.one-item': { en: '{$count} item ({$numbers})', zh: '{$count} 项台账事项（{$numbers}）' },
  'finding.one-target': { en: '{$count} target ({$numbers})', zh: '{$count} 项目标（{$numbers}）' },
  'finding.one-task': { en: '{$count} task ({$numbers})', zh: '{$count} 项任务（{$numbers}）' },
  'finding.row-belongs-to-no-task-clearly-nearest': {
    en: 'row {$row} belongs to no task clearly; nearest: {$near}',
    zh: '第 {$row} 行不能确定属于哪项任务；最接近的是：{$near}',
  },
  'finding.row-belongs-to-task-and-stands-after': {
    en: 'row {$row} belongs to task {$task} and stands after rows of task {$before}',
    zh: '第 {$row} 行属于任务 {$task}，却排在任务 {$before} 的各行之后',
  },
  'finding.several-items': { en: '{$count} items ({$numbers})', zh: '{$count} 项台账事项（{$numbers}）' },
  'finding.several-targets': { en: '{$count} targets ({$numbers})', zh: '{$count} 项目标（{$numbers}）' },
  'finding.several-tasks': { en: '{$count} tasks ({$numbers})', zh: '{$count} 项任务（{$numbers}）' },
  'finding.side-of-conflict': {
    en: '{$kind} {$number} (line {$line}) {$comparator} {$target}',
    zh: '{$kind} {$number}（第 {$line} 行）{$comparator} {$target}',
  },
  'finding.since-the-last-edition-an-act-has': {
    en: 'since the last edition an act has changed {$acted}',
    zh: '上一版之后，办理事项已变更：{$acted}',
  },
  'finding.stands-for-units-that-the-directive-does': {
    en: '{$name} stands for units that the directive does not list; named in {$where}',
    zh: '“{$name}”所指单位文件未列出；见于{$where}',
  },
  'finding.stands-for-unlisted-in-one': {
    en: '{$name} stands for units that the document does not list; named in {$count} item',
    zh: '“{$name}”所指单位文件未列出；见于 {$count} 项',
  },
  'finding.stands-for-unlisted-in-several': {
    en: '{$name} stands for units that the document does not list; named in {$count} items',
    zh: '“{$name}”所指单位文件未列出；见于 {$count} 项',
  },
  'finding.name-is-near-to': {
    en: '“{$name}” is no unit that is known, and its name is near to {$near}: it may be the same',
    zh: '“{$name}”不是已登记的单位，与{$near}名称相近，可能是同一单位',
  },
  'finding.stands-without-after-no-name-that-has': {
    en: '“{$name}” stands without {$namePrefix} after no name that has it; kept as printed',
    zh: '“{$name}”没有“{$namePrefix}”字，之前也没有带此字的名称；按原文保留',
  },
  'finding.task-does-not-name': { en: 'task {$number} does not name {$outside}', zh: '任务 {$number} 没有列出{$outside}' },
  'finding.task-of-its-wording': { en: 'task {$number} ({$share} % of its wording)', zh: '任务 {$number}（文字相同 {$share}%）' },
  'finding.the-deadline-lies-before-the-document-of': {
    en: 'the deadline, {$day}, lies before the document, of {$date}',
    zh: '时限 {$day} 早于成文日期 {$date}',
  },
  'finding.the-new-edition-leaves-it-out-is': {
    en: 'the new edition leaves it out: is it to be cancelled, or to stay?',
    zh: '新版没有此项：应予撤销，还是保留？',
  },
  'finding.the-new-edition-says-nothing-of-reports': { en: 'the new edition says nothing of reports', zh: '新版没有提到报送' },
  'finding.the-number-is-the-same-and-the': {
    en: 'the number is the same, and the text another: it may be another item',
    zh: '序号相同而文字不同：可能是另一事项',
  },
  'finding.the-schedule-has-been-adopted-anew-since': {
    en: 'the schedule has been adopted anew since the document came',
    zh: '文件到达之后，报送规则已另行制定',
  },
  'finding.the-task-is-and-takes-no-other': {
    en: 'the task is {$status}, and takes no other {$closed}',
    zh: '任务现为“{$status}”，不再变更：{$closed}',
  },
  'finding.too-much-prose': {
    en: [
      'the paragraphs that assign nothing take {$total} bytes, and the record holds {$most}: say of those ',
      'that need not stand in it, from here on or before, that they are noise; all of them stay in the ',
      'source',
    ],
    zh: '未布置任务的段落共 {$total} 字节，而记录至多容纳 {$most} 字节：请将此处前后不必录入的段落标为 `noise`；原文中仍全部保留',
  },
  'finding.who-issued-it-is-not-known': { en: 'who issued it is not known', zh: '发文机关不明' },
  'finding.words-in-clause': { en: '“{$words}” in “{$clause}”', zh: '“{$clause}”中的“{$words}”' },
});
