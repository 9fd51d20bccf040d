import { messages } from '../message.ts';

/**
 * What the reader of the parts of an item could not settle: names, days, schedules.
 * The English is what the log knows a finding by: it stays as it is.
 */
export const importerParts = messages({
  'finding.a-report-by-a-day-at-the': {
    en: 'a report by a day at the year’s end is read as that on the year',
    zh: '年末某日前的报告按年度报告读取',
  },
  'finding.a-report-by-one-day-owed-once': { en: 'a report by one day, owed once', zh: '某日前的报告，只报送一次' },
  'finding.an-empty-place-in-the-list': { en: 'an empty place in the list', zh: '名单中有空缺' },
  'finding.by-day-of-which-month-the-report': {
    en: 'by day {$day} of which month the report is on is not said; that before is assumed',
    zh: '没有写明 {$day} 日前所报是哪个月；按上一月',
  },
  'finding.contains-what-names-seldom-contain': { en: 'contains what names seldom contain', zh: '含有名称中少见的字符' },
  'finding.counts-from-the-day-of-the-document': {
    en: '“{$printed}” counts from the day of the document, {$issued}; read as {$date}',
    zh: '“{$printed}”自文件日期 {$issued} 起算；按 {$date} 读取',
  },
  'finding.counts-from-a-day-that-is-not': {
    en: '“{$printed}” counts from a day that is not printed here',
    zh: '“{$printed}”的起算日期未在此处写明',
  },
  'finding.does-not-end-as-the-name-of': { en: 'does not end as the name of a body does', zh: '结尾不像机构名称' },
  'finding.every-half-month-is-read-as-twice': {
    en: 'every half month is read as twice a month, by the 15th and by the end',
    zh: '每半月按每月两次读取：15 日前和月底前',
  },
  'finding.every-ten-days-is-read-as-the': {
    en: 'every ten days is read as the three parts of a month, by the end of each',
    zh: '每十天按上、中、下旬读取，各至旬末',
  },
  'finding.from-which-period-on-is-not-said': { en: 'from which period on is not said', zh: '没有写明从哪一期起' },
  'finding.has-no-role-read-as-responsible': {
    en: '“{$list}” has no role; read as responsible',
    zh: '“{$list}”没有写明角色；按负责单位读取',
  },
  'finding.has-no-year-read-as': { en: '“{$printed}” has no year; read as {$date}', zh: '“{$printed}”没有写明年份；按 {$date} 读取' },
  'finding.holds-a-separator-and-is-one-collective': {
    en: '“{$value}” holds a separator and is one collective',
    zh: '“{$value}”含有分隔符，是一个集合称谓',
  },
  'finding.how-often-to-report-differs-from-item': { en: 'how often to report differs from item to item', zh: '各项的报送频次不同' },
  'finding.in-names-no-day': { en: '“{$text}” in {$name} names no day', zh: '“{$name}”中的“{$text}”没有写明日期' },
  'finding.in-sets-no-day-that-a-schedule': {
    en: '“{$printed}” in “{$text}” sets no day that a schedule can hold',
    zh: '“{$text}”中的“{$printed}”没有写明报送规则可用的日期',
  },
  'finding.is-a-seat-and-names-no-person': { en: '“{$seat}” is a seat and names no person', zh: '“{$seat}”是职务，没有姓名' },
  'finding.is-a-seat-neither-a-person-nor': {
    en: '“{$text}” is a seat: neither a person nor a unit',
    zh: '“{$text}”是职务，既不是人名，也不是单位',
  },
  'finding.is-named-twice-in-one-role-kept': {
    en: '{$name} is named twice in one role; kept once',
    zh: '{$name}在同一角色中出现两次；保留一次',
  },
  'finding.is-neither-a-name-nor-a-title': {
    en: '“{$part}” is neither a name nor a title; not taken',
    zh: '“{$part}”既不是姓名，也不是职务；未采用',
  },
  'finding.is-no-day-of-the-calendar': { en: '“{$text}” is no day of the calendar', zh: '“{$text}”不是历法中的日期' },
  'finding.is-no-deadline-that-is-known': { en: '“{$printed}” is no deadline that is known', zh: '“{$printed}”不是已知的时限写法' },
  'finding.is-no-name-of-a-unit-that': { en: 'is no name of a unit that is known', zh: '不是已知的单位名称' },
  'finding.is-one-more-duty-than-the-that': {
    en: '“{$printed}” is one more duty than the {$MOST_DUTIES} that a schedule holds',
    zh: '“{$printed}”超出报送规则至多 {$MOST_DUTIES} 项要求的上限',
  },
  'finding.is-read-as-responsible': { en: '“{$name}” is read as responsible', zh: '“{$name}”按负责单位读取' },
  'finding.is-taken-as-the-deadline-of-every': {
    en: '“{$sentence}” is taken as the deadline of every item that has none of its own',
    zh: '“{$sentence}”作为所有未写明时限各项的时限',
  },
  'finding.is-the-subject-of-the-text-and': {
    en: '“{$names}” is the subject of the text and is read as responsible',
    zh: '“{$names}”是文字的主语，按负责单位读取',
  },
  'finding.looks-like-a-unit-among-leaders-not': {
    en: '“{$part}” looks like a unit among leaders; not taken',
    zh: '领导之中的“{$part}”似为单位；未采用',
  },
  'finding.looks-like-the-name-of-a-person': { en: 'looks like the name of a person among units', zh: '在单位之中似为人名' },
  'finding.may-be-a-beginning-and-no-end': { en: '“{$printed}” may be a beginning and no end', zh: '“{$printed}”可能是起始而非截止' },
  'finding.may-be-no-report-but-a-deadline': { en: 'may be no report but a deadline of the tasks', zh: '可能不是报送要求，而是任务的时限' },
  'finding.may-be-two-names': { en: 'may be two names', zh: '可能是两个名称' },
  'finding.may-begin-with-a-label-without-its': {
    en: '“{$text}” may begin with a label without its colon',
    zh: '“{$text}”开头可能是缺冒号的标签',
  },
  'finding.names-a-day-and-says-more-the': {
    en: '“{$printed}” names a day and says more; the day is taken',
    zh: '“{$printed}”除日期外还有其他内容；以该日期为准',
  },
  'finding.names-no-day': { en: '“{$printed}” names no day', zh: '“{$printed}”没有写明日期' },
  'finding.names-no-hour-the-end-of-the': { en: '下班 names no hour; the end of the day is assumed', zh: '“下班”没有写明时刻；按当日终了' },
  'finding.no-day-of-the-half-year-is': {
    en: 'no day of the half-year is named; its end is assumed',
    zh: '没有写明半年中的日期；按半年末',
  },
  'finding.no-day-of-the-month-is-named': { en: 'no day of the month is named; its end is assumed', zh: '没有写明每月何日；按月底' },
  'finding.no-day-of-the-quarter-is-named': {
    en: 'no day of the quarter is named; its end is assumed',
    zh: '没有写明季度中的日期；按季末',
  },
  'finding.no-day-of-the-week-is-named': { en: 'no day of the week is named; Friday is assumed', zh: '没有写明星期几；按星期五' },
  'finding.no-deadline-is-set': { en: '“{$printed}”: no deadline is set', zh: '“{$printed}”：未定时限' },
  'finding.no-leader-is-named-yet': { en: '“{$piece}”: no leader is named yet', zh: '“{$piece}”：领导尚未确定' },
  'finding.no-month-of-the-quarter-is-named': {
    en: 'no month of the quarter is named; its last is assumed',
    zh: '没有写明季度中的月份；按季末月',
  },
  'finding.nobody-is-named-yet': { en: '“{$text}”: nobody is named yet', zh: '“{$text}”：责任单位尚未确定' },
  'finding.not-taken': { en: '“{$text}” {$what}; not taken', zh: '“{$text}”{$what}；未采用' },
  'finding.nothing-stands-after': { en: 'nothing stands after {$name}', zh: '“{$name}”之后没有内容' },
  'finding.on-which-quarter-is-not-said-that': {
    en: 'on which quarter is not said; that before is assumed',
    zh: '没有写明报哪个季度；按上一季度',
  },
  'finding.on-which-week-is-not-said-that': { en: 'on which week is not said; that before is assumed', zh: '没有写明报哪一周；按上一周' },
  'finding.one-role-is-named-by-several-labels': {
    en: 'one role is named by several labels; all are taken',
    zh: '同一角色有几个标签；均予采用',
  },
  'finding.read-as': { en: '“{$piece}” read as {$parts}', zh: '“{$piece}”读作{$parts}' },
  'finding.read-as-and': { en: '“{$text}” read as {$unit} and {$name}', zh: '“{$text}”读作{$unit}和{$name}' },
  'finding.read-as-no-leader': { en: '“{$piece}” read as no leader', zh: '“{$piece}”按没有领导读取' },
  'finding.read-as-nobody': { en: '“{$text}” read as nobody', zh: '“{$text}”按没有责任单位读取' },
  'finding.read-as-one-name': { en: '“{$text}” read as one name, {$joined}', zh: '“{$text}”读作一个名称：{$joined}' },
  'finding.read-as-the-end-of-the-year': {
    en: '“{$printed}” read as the end of the year: a person confirms',
    zh: '“{$printed}”按年底读取，请予确认',
  },
  'finding.read-as-the-prefix-of-the-name': {
    en: '“{$text}” read as {$name}: the prefix of the name before it',
    zh: '“{$text}”沿用前一名称的前缀，读作{$name}',
  },
  'finding.read-as-two-and': { en: '“{$text}” read as two, {$left} and {$right}', zh: '“{$text}”读作两个名称：{$left}和{$right}' },
  'finding.read-as-with-the-end-of': {
    en: '“{$short}” read as {$whole}, with the end of {$word}',
    zh: '“{$short}”按“{$word}”的结尾补全，读作{$whole}',
  },
  'finding.says-more-than-a-day': { en: '“{$printed}” says more than a day', zh: '“{$printed}”除日期外还有其他内容' },
  'finding.sets-no-day-for-a-report': { en: '“{$frequency}” sets no day for a report', zh: '“{$frequency}”没有写明报送日期' },
  'finding.sets-no-day-that-is-known': { en: '“{$printed}” sets no day that is known', zh: '“{$printed}”没有写明可以确定的日期' },
  'finding.several-days-in-one-sentence-the-last': {
    en: 'several days in one sentence; the last, {$printed}, is taken as the deadline',
    zh: '一句中有几个日期；以最后的“{$printed}”为时限',
  },
  'finding.several-days-or-terms-in-one-bracket': {
    en: 'several days or terms in one bracket; the last is taken as the deadline',
    zh: '一个括号内有几个日期或期限；以最后一个为时限',
  },
  'finding.speaks-of-reports-and-names-no-day': {
    en: '“{$text}” speaks of reports and names no day',
    zh: '“{$text}”提到报送而没有写明日期',
  },
  'finding.stands-before-what-is-to-be-done': {
    en: '“{$text}” stands before what is to be done and is read as who does it',
    zh: '“{$text}”在工作内容之前，按责任单位读取',
  },
  'finding.stands-without-a-place-or-level-which': {
    en: '“{$text}” stands without a place or level: which one is meant? Kept as printed',
    zh: '“{$text}”没有写明地方或层级：指哪一个？按原文保留',
  },
  'finding.stands-without-a-role-beside-names-that': {
    en: '“{$list}” stands without a role beside names that have one',
    zh: '“{$list}”没有写明角色，而并列的名称写明了',
  },
  'finding.taken-as-a-unit-as-printed': { en: '“{$text}” {$doubt}; taken as a unit as printed', zh: '“{$text}”{$doubt}；按原文作为单位' },
  'finding.the-document-sets-no-schedule-of-reports': { en: 'the document sets no schedule of reports', zh: '文件没有规定报送' },
  'finding.the-in-may-part-who-leads-from': {
    en: 'the ; in “{$list}” may part who leads from who cooperates; only the first leads',
    zh: '“{$list}”中的分号可能用以区分牵头和配合；只将首位作为牵头',
  },
  'finding.the-list-of-parties-ends-in-it': { en: 'the list of parties ends in 等: it is open', zh: '责任单位列举以“等”结尾，未列全' },
  'finding.the-report-is-on-the-period-before': {
    en: '“{$printed}”: the report is on the period before the one in which it is due',
    zh: '“{$printed}”：报告所属期是截止日所在期的前一期',
  },
  'finding.the-steps-do-not-stand-in-the': { en: 'the steps do not stand in the order of their days', zh: '各节点未按日期先后排列' },
  'finding.the-year-of-the-first-month-is': {
    en: 'the year of the first month is not printed; {$year} is taken',
    zh: '首月的年份没有印出；按 {$year} 年',
  },
  'finding.the-year-of-the-schedule-is-not': { en: 'the year of the schedule is not known', zh: '报送规则的年份不明' },
  'finding.what-stands-after-is-read-as-cooperating': {
    en: '“{$names}”: what stands after {$beside} is read as cooperating',
    zh: '“{$names}”：“{$beside}”之后的按配合单位读取',
  },
  'finding.working-days-after-the-quarter-are-counted': {
    en: 'working days after the quarter are counted as days',
    zh: '季度结束后的工作日按自然日计算',
  },
  'schedule.by-date': { en: 'by {$date}', zh: ' {$date} ' },
  'schedule.by-day': { en: 'by day {$n}', zh: ' {$n} 日 ' },
  'schedule.by-day-of-month': { en: 'by day {$n} of month {$month}', zh: '第 {$month} 个月 {$n} 日 ' },
  'schedule.by-working-day': { en: 'by working day {$n}', zh: '第 {$n} 个工作日 ' },
  'schedule.duty': {
    en: '{$name}: a {$asks} {$on}{$span}, {$day}{$of}, until {$cutoff}{$rest}; owed by {$roles} of {$which}',
    zh: '{$name}：{$on}一份{$asks}{$span}，截止{$of}{$day}{$cutoff}{$rest}；由{$which}的{$roles}单位报送',
  },
  'schedule.each': { en: 'for each {$every}', zh: '每{$every}' },
  'schedule.each-ten-days': { en: 'for each ten days', zh: '每旬' },
  'schedule.every-task': { en: 'every task', zh: '每项任务' },
  'schedule.friday': { en: 'on Friday', zh: '星期五 ' },
  'schedule.in-one': { en: ' ({$from})', zh: '（{$from}）' },
  'schedule.in-several': { en: ' from {$from} to {$to}', zh: '（{$from} 至 {$to}）' },
  'schedule.monday': { en: 'on Monday', zh: '星期一 ' },
  'schedule.moved': { en: ', moved from a day of rest to the next working day', zh: '，遇休息日顺延至下一工作日' },
  'schedule.of-that': { en: ' of that very period', zh: '当期' },
  'schedule.of-the-next': { en: ' of the next period', zh: '下一期' },
  'schedule.of-the-nth-next': { en: ' of the {$n}th next period', zh: '其后第 {$n} 期' },
  'schedule.once': { en: 'once', zh: '一次性' },
  'schedule.one-task': { en: '{$count} task ({$tasks})', zh: '{$count} 项任务（{$tasks}）' },
  'schedule.saturday': { en: 'on Saturday', zh: '星期六 ' },
  'schedule.several-tasks': { en: '{$count} tasks ({$tasks})', zh: '{$count} 项任务（{$tasks}）' },
  'schedule.sunday': { en: 'on Sunday', zh: '星期日 ' },
  'schedule.thursday': { en: 'on Thursday', zh: '星期四 ' },
  'schedule.tuesday': { en: 'on Tuesday', zh: '星期二 ' },
  'schedule.wednesday': { en: 'on Wednesday', zh: '星期三 ' },
});
