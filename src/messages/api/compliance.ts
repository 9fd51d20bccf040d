import { messages } from '../message.ts';

export const apiCompliance = messages({
  'api.compliance.letter-file': { en: 'reminder_{$who}_{$period}', zh: '{$who}{$period}催办单' },
  'api.compliance.number-last-plan-on-task': { en: 'The number of its last plan on the task.', zh: '其在本任务上最后一份方案的序号。' },
  'api.compliance.when-that-was-sent-back-or': { en: 'When that was sent back or accepted.', zh: '退回或认可该方案的时间。' },
  'api.compliance.that-plan': { en: 'Of that plan.', zh: '该方案的。' },
  'api.compliance.last-figure-reported-null-where-none': {
    en: 'The last figure reported; null where none was.',
    zh: '最近报告的数值；没有报告的为 null。',
  },
  'api.compliance.null-nothing-was-measured-or-comparator': {
    en: 'null: nothing was measured, or the comparator needs a person’s judgement.',
    zh: 'null 表示没有填报，或者该比较方式须由人判断。',
  },
  'api.compliance.null-tasks-that-have-no-theme': {
    en: 'null: the tasks that have no theme, or no leader.',
    zh: 'null 表示没有主题或没有责任领导的任务。',
  },
  'api.compliance.by-which-rule-which-version-policy': {
    en: 'By which rule, of which version of the policy, how many of the tasks are judged.',
    zh: '按哪一条规则、哪一版报送规则判断了多少任务。',
  },
  'api.compliance.what-measured-tasks-by-state-newest': {
    en: 'What is measured of the tasks, by state of its newest figure.',
    zh: '任务的各项指标，按最近数值的状态。',
  },
  'api.compliance.by-state-over-all-pages-and': {
    en: 'By state, over all pages and whatever state is asked for.',
    zh: '按状态，涵盖全部各页，不论查询哪种状态。',
  },
  'api.compliance.who-owes-plan-and-how-far': { en: 'Who owes a plan, and how far it is', zh: '应报方案的单位及其进度' },
  'api.compliance.owed-by-every-unit-that-carries': {
    en: 'Owed by every unit that carries a task in a role that reports. The notice names no day, so none is ever late.',
    zh: '承担任务且其角色须报送的单位，都应报送。文件没有规定日期，因此不会逾期。',
  },
  'api.compliance.where-each-task-stands-ahead-on': {
    en: 'Where each task stands: ahead, on track, behind, done',
    zh: '各任务的工作状态：提前、正常、滞后、已完成',
  },
  'api.compliance.by-rule-policy-that-judges-last': {
    en: 'By the rule of the policy that judges the last report, with its numerators.',
    zh: '按判断最近报告的报送规则，并给出分子。',
  },
  'api.compliance.how-far-work-has-come-by': {
    en: 'How far the work has come, by theme, unit, leader or kind: ahead, on track, behind, done, unknown',
    zh: '按主题、单位、责任领导或类别统计的工作进展：提前、正常、滞后、已完成、不明',
  },
  'api.compliance.with-numerators-and-rules-that-judged': {
    en: [
      'With the numerators and the rules that judged. A task stands in the group of each unit that leads or answers ',
      'for it, and of each of its leaders, or posts where unnamed.',
    ],
    zh: '附分子和判定规则。任务归入每个牵头或负责单位的组，以及每位责任领导的组；未列姓名的，归入其职务的组。',
  },
  'api.compliance.what-measured-what-was-last-reported': {
    en: 'What is measured, what was last reported of it and by whom, and whether that attains the target',
    zh: '各项指标、最近由谁报告的数值，以及是否达到目标',
  },
  'api.compliance.one-line-for-each-who-reported': {
    en: 'One line for each who reported a figure; one without a figure where nobody did.',
    zh: '每个报告数值的单位一行；没有单位报告的，一行不带数值。',
  },
  'api.compliance.one-that-binds': { en: 'The one that binds.', zh: '实际适用的时限。' },
  'api.compliance.required-for-what-owed-every-period': {
    en: 'is required where what is owed every period is asked for',
    zh: '查询每期报送的事项时，必须填写报送期',
  },
  'api.compliance.no-period-reports': { en: 'is no period of {$asked} reports', zh: '不是 {$asked} 报送的报送期' },
  'api.compliance.no-duty-demands': { en: 'no duty demands {$of}', zh: '没有报送要求涉及 {$of}' },
  'api.compliance.as-if-this-version-directives-policy': {
    en: ['As if this version of the directive’s policy had always been in force. By default the one in force at each due ', 'instant.'],
    zh: '假定该文件的这一版规则自始生效。默认按各截止时刻的现行版本。',
  },
  'api.compliance.has-no-policy': { en: '{$directive} has no policy {$version}', zh: '{$directive} 没有第 {$version} 版规则' },
  'api.compliance.who-owed-which-report-by-when': {
    en: 'Who owed which report by when, and whether it came',
    zh: '各单位应何时报送哪些报告，是否已报送',
  },
  'api.compliance.names-directive-or-task-unit-sees': {
    en: 'Names a directive or a task. A unit sees its own.',
    zh: '指明文件或任务。单位只看到本单位的。',
  },
  'api.compliance.version-one-directives-policy-name-directive': {
    en: 'is a version of one directive’s policy: name the directive, or a task',
    zh: '是某一文件的规则版本：请指明文件或任务',
  },
  'api.compliance.due-board-period': { en: 'The due board of a period', zh: '一期的报送情况' },
  'api.compliance.what-could-not-be-counted-because': {
    en: ['What could not be counted because the members of a collective are not recorded is named. A unit sees its own ', 'line.'],
    zh: '因集合称谓的成员未录入而无法统计的，逐一列明。单位只看到本单位的一行。',
  },
  'api.compliance.policies-that-judged': { en: 'Of the policies that judged.', zh: '判断所依据的各版报送规则。' },
  'api.compliance.units-year-one-line-period-with': {
    en: 'A unit’s year: one line a period, with numerators',
    zh: '一个单位的全年情况：每期一行，附分子',
  },
  'api.compliance.tasks-that-leads-or-answers-for': {
    en: 'Of the tasks that it leads or answers for on the day.',
    zh: '当日由其牵头或负责的任务的。',
  },
  'api.compliance.no-unit-that-you-may-see': { en: 'no unit {$unit} that you may see', zh: '没有您有权查看的单位 {$unit}' },
  'api.compliance.tasks-by-their-own-deadline-done': {
    en: 'Tasks by their own deadline: done in time, done late, overdue, open',
    zh: '按任务自身时限：按时完成、逾期完成、逾期未完成、进行中',
  },
  'api.compliance.what-directive-leaves-open-no-leader': {
    en: 'What a directive leaves open: no leader, no deadline, unresolved collective, never acknowledged, no plan',
    zh: '文件遗留的问题：无责任领导、无时限、集合称谓未明确、未签收、无方案',
  },
  'api.compliance.task-by-printed-number-and-title': {
    en: 'The task by its printed number and title.',
    zh: '以印制的序号和标题表示的任务。',
  },
  'api.compliance.last-day-in-time': { en: 'The last day in time.', zh: '按时的最后一天。' },
  'api.compliance.who-issued-what-owed-under-whom': {
    en: 'Who issued what it is owed under: whom the unit answers.',
    zh: '所依据文件的发文机关：单位应向其报送。',
  },
  'api.compliance.missing-or-not-yet-due-by': {
    en: 'Missing or not yet due, by the day on which they are due.',
    zh: '未报送或未到期的，按截止日排列。',
  },
  'api.compliance.those-not-yet-due-within-days': {
    en: 'Of those not yet due, within the days of the policy: their light is yellow.',
    zh: '未到期的事项中，在规则规定的天数内到期的：亮黄灯。',
  },
  'api.compliance.what-unit-still-owes-for-period': {
    en: 'What a unit still owes for a period; as .docx or .html the letter that asks for it',
    zh: '一个单位一期尚欠的事项；.docx 或 .html 为催办单',
  },
});
