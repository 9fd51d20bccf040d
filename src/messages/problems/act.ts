import { messages } from '../message.ts';

/** What an act itself gets wrong. */
export const act = messages({
  'problem.calendar-missing.title': { en: 'The working calendar is missing', zh: '缺少工作日历' },
  'problem.calendar-missing.explanation': {
    en: 'A due day is to move to the next working day, and the official calendar of that year is not recorded.',
    zh: '截止日应顺延至下一工作日，但尚未录入该年度的法定工作日历。',
  },
  'problem.not-assigned.title': { en: 'The unit is not assigned', zh: '不是责任单位' },
  'problem.not-assigned.explanation': {
    en: 'The unit does not carry this task at the time of the act, so it cannot act on it.',
    zh: '办理此事项时该单位不承担本任务，因此不能办理。',
  },
  'problem.not-named.title': { en: 'The notice does not name the unit', zh: '通报未点名该单位' },
  'problem.not-named.explanation': {
    en: 'An objection or a correction concerns a unit that the notice names.',
    zh: '异议和更正只能针对通报点名的单位。',
  },
  'problem.outside-scope.title': { en: 'Outside the scope', zh: '超出督查范围' },
  'problem.outside-scope.explanation': {
    en: 'A finding concerns a unit or a task in the scope of the inspection.',
    zh: '督查发现的问题应涉及督查范围内的单位或任务。',
  },
  'problem.period-outside-schedule.title': { en: 'The period is not owed', zh: '该期无须报送' },
  'problem.period-outside-schedule.explanation': {
    en: 'The reporting policy in force asks for no report of this period.',
    zh: '现行的报送规则不要求报送这一期。',
  },
  'problem.period-not-begun.title': { en: 'The period has not begun', zh: '报送期尚未开始' },
  'problem.period-not-begun.explanation': {
    en: 'A report on a period before its first day would be about nothing.',
    zh: '在报送期第一天之前报告该期，无内容可报。',
  },
  'problem.received-in-future.title': { en: 'Received in the future', zh: '收到时间在将来' },
  'problem.received-in-future.explanation': {
    en: 'receivedAt is the moment a paper reached the office; it cannot be later than now.',
    zh: 'receivedAt 是督查机构收到纸质材料的时间，不得晚于当前时间。',
  },
  'problem.occurred-in-future.title': { en: 'Occurred in the future', zh: '发生时间在将来' },
  'problem.occurred-in-future.explanation': {
    en: 'occurredAt says when the act happened; it cannot be later than now.',
    zh: 'occurredAt 是事项发生的时间，不得晚于当前时间。',
  },
  'problem.basis-missing.title': { en: 'The basis is missing', zh: '缺少依据' },
  'problem.basis-missing.explanation': {
    en: 'Where the office enters a paper, or sets receivedAt, it names the document from which it does so.',
    zh: '督查机构代为录入纸质材料，或填写 receivedAt 时，须注明所依据的文件。',
  },
  'problem.unit-missing.title': { en: 'The unit is missing', zh: '缺少单位' },
  'problem.unit-missing.explanation': {
    en: 'Where the office enters what a unit says, it names the unit.',
    zh: '督查机构代单位录入时，须注明单位。',
  },
  'problem.duplicate-party.title': { en: 'A party stands twice', zh: '单位重复' },
  'problem.duplicate-party.explanation': {
    en: 'A unit or collective stands at most once among the assignees.',
    zh: '同一单位或集合称谓在责任单位中至多出现一次。',
  },
  'problem.until-not-later.title': { en: 'The new deadline is not later', zh: '新时限未推后' },
  'problem.until-not-later.explanation': { en: 'An extension moves a deadline to a later day.', zh: '延期应把完成时限改到更晚的日期。' },
  'problem.date-order.title': { en: 'The dates are out of order', zh: '日期先后颠倒' },
  'problem.date-order.explanation': {
    en: 'A date that begins something stands before the one that ends it, and what answers an act is not before it.',
    zh: '开始日期应早于结束日期，答复不得早于所答复的事项。',
  },
  'problem.answer-missing.title': { en: 'The finding needs an answer', zh: '疑点须予解答' },
  'problem.answer-missing.explanation': {
    en: 'Nothing can be recorded without what it asks for, so no reason sets it aside: correct what it is about.',
    zh: '此疑点不解答就无法录入，因此不能只说明理由而搁置：请更正其所指的内容。',
  },
  'problem.notice-unreadable.title': { en: 'The document cannot be read', zh: '无法识读文件' },
  'problem.notice-unreadable.explanation': {
    en: 'The text does not have the shape of a directive that the importer knows; facts says where reading ended.',
    zh: '文件的样式不是导入程序所认识的交办文件；facts 指明读到何处为止。',
  },
  'problem.event-too-large.title': { en: 'The event is too large', zh: '事件过大' },
  'problem.event-too-large.explanation': {
    en: 'An event of the log holds at most 60 KiB. Long material is filed as an attachment, by its SHA-256.',
    zh: '日志中一个事件至多 60 KiB。篇幅较长的材料请作为附件存入，以其 SHA-256 引用。',
  },
});
