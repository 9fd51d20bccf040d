import { messages } from '../message.ts';

export const domainDirectives = messages({
  'directives.known-already-from': {
    en: '{$directive} is known already, from {$sourceSha256}',
    zh: '{$directive} 此前已录入，来源为{$sourceSha256}',
  },
  'directives.entry-by-hand': { en: 'an entry by hand', zh: '手工录入' },
  'directives.another-text': { en: 'another text', zh: '另一份原文' },
  'directives.directive-exists-already': { en: 'a directive {$directive} exists already', zh: '文件 {$directive} 已存在' },
  'directives.being-imported': { en: '{$directive} is being imported', zh: '{$directive} 正在导入' },
  'directives.no-such-directive': { en: 'no such directive', zh: '没有该文件' },
  'directives.has-no-finding': { en: 'it has no finding {$n}', zh: '该文件没有第 {$n} 号疑点' },
  'directives.finding-decided-already': { en: 'finding {$n} is decided already', zh: '第 {$n} 号疑点已有决定' },
  'directives.last-period-lies-before-first': { en: 'the last period of {$id} lies before the first', zh: '{$id} 的最后一期早于第一期' },
  'directives.reaches-over-more-than-periods': {
    en: '{$id} reaches over more than {$maxPeriods} periods',
    zh: '{$id} 跨越的期数超过 {$maxPeriods} 期',
  },
  'directives.falls-due-after-last-year': {
    en: '{$id} would fall due after the year {$lastYear}',
    zh: '{$id} 的截止日晚于 {$lastYear} 年',
  },
  'directives.without-calendar-holidays-no-working-day': {
    en: 'without a calendar of holidays no working day can be told',
    zh: '没有节假日历，无法确定工作日',
  },
  'directives.due-day-must-be-looked-up': {
    en: 'a due day must be looked up in {$year}, of which the calendar says nothing',
    zh: '需要查定 {$year} 年的截止日，而日历中没有该年度',
  },
  'directives.due-by-when-period-has-not': {
    en: '{$id} of {$before} is due by {$day} {$cutoff}, when the period has not begun',
    zh: '{$id} 的 {$before} 期截止于 {$day} {$cutoff}，此时该期尚未开始',
  },
  'directives.first-policy-demands-at-least-one': {
    en: 'the first policy demands at least one report',
    zh: '第一版规则至少应要求一项报送',
  },
  'directives.duty-this-policy-or-none': {
    en: '{$withdrawn} is a duty of this policy, or of none',
    zh: '{$withdrawn} 是本规则中的报送要求，或者不存在',
  },
  'directives.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'directives.version-holds-from-later-version-cannot': {
    en: 'version {$version} holds from {$effectiveFrom}; a later version cannot hold from before',
    zh: '第 {$version} 版自 {$effectiveFrom} 起生效；后一版不得早于该日生效',
  },
  'directives.must-be-mm-dd': { en: 'must be MM-DD', zh: '应为 MM-DD（月-日）' },
  'directives.does-not-go-with-every': { en: 'does not go with every {$of}', zh: '不能用于报送周期为“{$of}”的要求' },
  'directives.must-be-yyyy-mm-dd': { en: 'must be YYYY-MM-DD', zh: '应为 YYYY-MM-DD（年-月-日）' },
  'directives.due-day-named-once': { en: 'the due day is named once', zh: '截止日只能指定一次' },
  'directives.does-not-go-with-every-and': {
    en: 'does not go with every {$of} and this due day',
    zh: '不能用于报送周期为“{$of}”且如此规定截止日的要求',
  },
  'directives.has-months': { en: 'a {$of} has {$monthsIn} months', zh: '报送周期“{$of}”只有 {$monthsIn} 个月' },
  'directives.must-be-0-owed-once': { en: 'must be 0: it is owed once', zh: '应为 0：只报送一次' },
  'directives.counts-working-days-month-or-week': {
    en: 'counts working days of a month or week, and names the day',
    zh: '只能按月或周数工作日，并须指明第几个工作日',
  },
  'directives.period-that-begins-with-owed-once': {
    en: 'is the period that it begins with: it is owed once',
    zh: '是其起始的那一期：只报送一次',
  },
  'directives.no': { en: 'is no {$of}', zh: '应为“{$of}”形式的报送期' },
  'directives.name-what-owed-without-policy': {
    en: 'is the name of what is owed without a policy',
    zh: '是保留的名称，指规则之外的应报事项',
  },
  'directives.id-another-duty-too': { en: 'is the id of another duty too', zh: '也是另一项报送要求的编号' },
  'directives.must-be-saturday-or-sunday-make': {
    en: 'must be a Saturday or Sunday: a make-up day is a day of rest that is worked',
    zh: '应为星期六或星期日：调休上班日是需要上班的休息日',
  },
  'directives.names-day-both-as-holiday-and': {
    en: 'names a day both as a holiday and as a make-up day',
    zh: '把同一天既列为节假日又列为调休上班日',
  },
  'directives.holds-at-most-20-years': { en: 'holds at most 20 years', zh: '至多可有 20 个年度' },
  'directives.directive-has-no-task': { en: 'the directive has no task {$subject}', zh: '该文件没有任务 {$subject}' },
  'directives.no-directive-in-force': { en: 'no directive {$directive} is in force', zh: '没有现行文件 {$directive}' },
});
