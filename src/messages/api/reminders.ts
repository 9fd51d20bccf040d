import { messages } from '../message.ts';

export const apiReminders = messages({
  'api.reminders.by-whom-and-when': { en: 'By whom and when.', zh: '由谁何时设定。' },
  'api.reminders.whose-null-where-about-several-as': {
    en: 'Whose it is; null where it is about several, as one to the office is.',
    zh: '被催办的单位；涉及多个单位的为 null，如发给督查机构的催办。',
  },
  'api.reminders.step-rules-that-follows': { en: 'The step of the rules that it follows.', zh: '所依据的催办规则步骤。' },
  'api.reminders.day-on-which-was-to-be': { en: 'The day on which it was to be sent.', zh: '应发送的日期。' },
  'api.reminders.to-whom': { en: 'To whom.', zh: '发送对象。' },
  'api.reminders.leader-that-goes-to-null-for': {
    en: 'The leader that it goes to; null for others.',
    zh: '发送给的责任领导；其他情形为 null。',
  },
  'api.reminders.claimed-and-no-more-or-unknown': {
    en: [
      '`claimed`: it is under way, three minutes at most. `unknown`: it may have been sent, and is sent again by a person alone. ',
      '`failed`: it did not go, and is tried again. `missed`: its time went by.',
    ],
    zh: '`claimed`：正在发送，至多三分钟。`unknown`：可能已发送，只能由人再次发送。`failed`：未发出，将再次尝试。`missed`：已过时间。',
  },
  'api.reminders.to-how-many-went-addresses-in': {
    en: 'To how many it went; the addresses are in no event.',
    zh: '发送的人数；地址不在任何事件中。',
  },
  'api.reminders.mail': { en: 'Of the mail.', zh: '邮件的。' },
  'api.reminders.as-was-sent': { en: 'As it was sent.', zh: '与所发送的一致。' },
  'api.reminders.what-mail-server-said-or-why': {
    en: 'What the mail server said, or why it was missed.',
    zh: '邮件服务器的答复，或错过的原因。',
  },
  'api.reminders.when-that-was': { en: 'When that was.', zh: '答复或错过的时间。' },
  'api.reminders.say-when-units-reminded-what-they': {
    en: 'Say when units are reminded of what they owe',
    zh: '设定何时就所欠事项催办单位',
  },
  'api.reminders.in-place-what-was-said-before': {
    en: 'In place of what was said before. With no steps nobody is reminded. What was to be sent before that is not sent.',
    zh: '取代此前的设定。没有步骤则不催办任何单位。此前本应发送的不再发送。',
  },
  'api.reminders.when-units-reminded-what-they-owe': { en: 'When units are reminded of what they owe', zh: '何时就所欠事项催办单位' },
  'api.reminders.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'api.reminders.no-reminders-set-for-this-directive': { en: 'no reminders are set for this directive', zh: '该文件没有设定催办' },
  'api.reminders.reminders-sent-not-gone-missed-and': {
    en: 'Reminders: sent, not gone, missed, and those that may have been sent',
    zh: '催办：已发送、未发出、错过，以及可能已发送的',
  },
  'api.reminders.send-reminder-again': { en: 'Send a reminder again', zh: '再次发送催办' },
  'api.reminders.one-that-may-have-been-sent': {
    en: 'One that may have been sent, did not go, or was missed. One that was sent, or is under way, is not sent again.',
    zh: '可能已发送、未发出或错过的催办。已发送或正在发送的不再发送。',
  },
  'api.reminders.smtp-url-not-set-nothing-can': { en: 'SMTP_URL is not set: nothing can be sent', zh: '没有设置 SMTP_URL：无法发送' },
  'api.reminders.no-reminder-has-this-id-or': {
    en: 'no reminder has this id, or nobody of its recipients has an address',
    zh: '没有此编号的催办，或者其收件人均无地址',
  },
});
