import { messages } from '../message.ts';

export const domainReminders = messages({
  'reminders.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'reminders.no-duty-of-the-directive': {
    en: '{$kind} is no duty of the directive, and not `deadline`',
    zh: '{$kind} 不是该文件的报送要求，也不是 `deadline`',
  },
  'reminders.without-calendar-holidays-no-working-day': {
    en: 'without a calendar of holidays no working day can be told',
    zh: '没有节假日历，无法确定工作日',
  },
  'reminders.what-called-no-two-steps-have': { en: 'What it is called; no two steps have the same.', zh: '名称；任何两个步骤不得同名。' },
  'reminders.before-due-day-on-or-after': { en: 'Before the due day, on it, or after it.', zh: '在截止日之前、当日或之后。' },
  'reminders.how-many-days-before-or-after': {
    en: 'How many days before; or after which, and then again, as long as it is missing.',
    zh: '提前几天；或逾期几天，此后只要仍未报送，每隔同样天数。',
  },
  'reminders.how-often-at-most-after-due': {
    en: 'How often at most, after the due day; 5 unless given.',
    zh: '截止日之后至多催办几次；不填为 5 次。',
  },
  'reminders.contacts-unit-leaders-tasks-office': {
    en: 'The contacts of the unit, the leaders of the tasks, the office.',
    zh: '单位的联系人、任务的责任领导、督查机构。',
  },
  'reminders.by-what': { en: 'By what.', zh: '催办的方式。' },
  'reminders.ids-duties-and-deadline-everything-unless': {
    en: 'Ids of duties, and `deadline`; everything unless given.',
    zh: '报送要求的编号，以及 `deadline`；不填为全部。',
  },
  'reminders.does-not-go-with-on': { en: 'does not go with `on`', zh: '不能与 `on` 同时使用' },
  'reminders.required': { en: 'is required', zh: '必须填写' },
  'reminders.goes-with-after-alone': { en: 'goes with `after` alone', zh: '只能与 `after` 同时使用' },
  'reminders.must-be-hh-mm-up-to': { en: 'must be HH:MM, up to 23:59', zh: '应为 HH:MM（时、分），至迟 23:59' },
  'reminders.from-which-time-day-on-hh': {
    en: 'From which time of day on, HH:MM in the zone of the directive.',
    zh: '自当日何时起，HH:MM，按文件的时区。',
  },
  'reminders.by-calendar-policy-days-before-working': {
    en: ['By the calendar of the policy: days before are working days, and what falls on a day of rest is sent on the day ', 'next to it.'],
    zh: '按规则的日历：提前的天数按工作日计，遇休息日的顺延至其后一日发送。',
  },
  'reminders.id-another-step-too': { en: 'is the id of another step too', zh: '也是另一步骤的编号' },
  'reminders.when-each-for-itself-with-none': {
    en: 'When, each for itself; with none nobody is reminded.',
    zh: '各步骤何时催办；没有步骤则不催办任何单位。',
  },
});
