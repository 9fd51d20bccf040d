import { messages } from '../message.ts';

export const apiSubscriptions = messages({
  'api.subscriptions.no-event-type-this-log': { en: 'is no event type of this log', zh: '不是本日志的事件类型' },
  'api.subscriptions.must-be-whsec-and-24-to': {
    en: 'must be whsec_ and 24 to 64 bytes in base64',
    zh: '应为 whsec_ 加 24 至 64 字节的 base64',
  },
  'api.subscriptions.by-which-signed-standard-webhooks-shown': {
    en: 'By which is signed (Standard Webhooks). It is shown once.',
    zh: '签名所用（Standard Webhooks）。只显示一次。',
  },
  'api.subscriptions.position-events-after-sent': { en: 'A position: events after it are sent.', zh: '位置：发送此后的事件。' },
  'api.subscriptions.where-events-sent-https-without-credentials': {
    en: 'Where events are sent: https, without credentials.',
    zh: '事件发送到何处：https，不含凭据。',
  },
  'api.subscriptions.event-types-or-single-versions-them': {
    en: 'Event types, or single versions of them; all where none is named.',
    zh: '事件类型，或其某些版本；不填为全部。',
  },
  'api.subscriptions.events-by-or-about-these-units': {
    en: 'Events by or about these units, and of tasks that they carry; all where none is named.',
    zh: '由这些单位作出或涉及这些单位、以及其所承担任务的事件；不填为全部。',
  },
  'api.subscriptions.active-also-takes-up-again-what': {
    en: '`active` also takes up again what is held or disabled.',
    zh: '`active` 也用于恢复暂停待定或已停用的订阅。',
  },
  'api.subscriptions.another-secret-made-one-before-signs': {
    en: 'Another secret is made. The one before signs too for a day.',
    zh: '另换密钥。此前的密钥仍签名一天。',
  },
  'api.subscriptions.held-what-waits-may-have-been': {
    en: [
      '`held`: what waits may have been sent already, and a person says whether it goes on. `disabled`: its receiver ',
      'wants no more.',
    ],
    zh: '`held`：等待发送的可能已发送，须由人决定是否继续。`disabled`：接收方不再接收。',
  },
  'api.subscriptions.why-does-not-send-outbox-was': {
    en: [
      'Why it does not send: the outbox was copied, or not at work for 36 hours, the log is another one, or the ',
      'receiver answers 410.',
    ],
    zh: '不发送的原因：发件箱是复制的，或 36 小时未工作，日志已是另一份，或接收方答复 410。',
  },
  'api.subscriptions.last-position-log-that-was-looked': {
    en: 'The last position of the log that was looked at for it.',
    zh: '为其查看过的日志最后位置。',
  },
  'api.subscriptions.events-that-to-be-delivered': { en: 'Events that are to be delivered.', zh: '待投递的事件。' },
  'api.subscriptions.events-that-could-not-be-delivered': {
    en: 'Events that could not be delivered, and wait for a person.',
    zh: '无法投递、等待人工处理的事件。',
  },
  'api.subscriptions.sub-token': { en: 'The `sub` of the token.', zh: '令牌的 `sub`。' },
  'api.subscriptions.until-then-secret-before-signs-too': { en: 'Until then the secret before signs too.', zh: '在此之前，原密钥也签名。' },
  'api.subscriptions.shown-in-this-answer-alone-null': {
    en: 'Shown in this answer alone; null where it was shown before.',
    zh: '仅在本次答复中显示；此前已显示的为 null。',
  },
  'api.subscriptions.webhook-id-same-however-often-sent': {
    en: 'The `webhook-id`: the same however often it is sent.',
    zh: '`webhook-id`：无论发送多少次都相同。',
  },
  'api.subscriptions.id-event': { en: 'Id of the event.', zh: '事件编号。' },
  'api.subscriptions.stream-in-which-order-kept': { en: 'The stream, in which order is kept.', zh: '保持先后顺序的事件流。' },
  'api.subscriptions.when-tried-next-null-where-not': {
    en: 'When it is tried next; null where it is not.',
    zh: '下次尝试的时间；不再尝试的为 null。',
  },
  'api.subscriptions.when-was-tried-last': { en: 'When it was tried last.', zh: '最近尝试的时间。' },
  'api.subscriptions.what-came-that-status-or-why': {
    en: 'What came of that: a status, or why there was none.',
    zh: '其结果：状态码，或没有状态码的原因。',
  },
  'api.subscriptions.no-subscription-has-this-id': { en: 'no subscription has this id', zh: '没有此编号的订阅' },
  'api.subscriptions.must-be-whole-number-1-to': { en: 'must be a whole number, 1 to 500', zh: '应为 1 至 500 的整数' },
  'api.subscriptions.must-be-1-to-500': { en: 'must be 1 to 500', zh: '应在 1 至 500 之间' },
  'api.subscriptions.no-unit-registered': { en: 'no unit {$units} is registered', zh: '没有登记单位 {$units}' },
  'api.subscriptions.have-events-sent-to-system-office': {
    en: 'Have events sent to a system of the office',
    zh: '将事件发送给督查机构的其他系统',
  },
  'api.subscriptions.cloudevents-1-0-in-structured-mode': {
    en: [
      'CloudEvents 1.0 in structured mode, signed by the Standard Webhooks scheme, at least once, in order for each ',
      'subject. Begins with what is recorded from now on, or after `from`. With an `Idempotency-Key` a retry makes no ',
      'second one.',
    ],
    zh: [
      'CloudEvents 1.0 结构化方式，按 Standard Webhooks 签名，至少送达一次，同一对象保持先后。自此后所记录的事件起，或自 `from` 之后起。带 ',
      '`Idempotency-Key` 重发不会另建订阅。',
    ],
  },
  'api.subscriptions.who-told-what-recorded-and-how': {
    en: 'Who is told of what is recorded, and how far each has come',
    zh: '所记录的事件通知了哪些系统，各进行到何处',
  },
  'api.subscriptions.one-subscription': { en: 'One subscription', zh: '一个订阅' },
  'api.subscriptions.change-subscription-pause-take-up-again': {
    en: 'Change a subscription, pause it, take it up again, exchange its secret',
    zh: '变更、暂停、恢复订阅，或更换其密钥',
  },
  'api.subscriptions.with-from-goes-on-after-that': {
    en: 'With `from` it goes on after that position, and what waited is not sent.',
    zh: '带 `from` 时自该位置之后继续，此前等待的不再发送。',
  },
  'api.subscriptions.required-log-not-one-that-was': {
    en: 'is required: the log is not the one that was read for this subscription',
    zh: '必须填写：日志不是为本订阅读取过的那一份',
  },
  'api.subscriptions.delete-subscription-with-secret-and-what': {
    en: 'Delete a subscription, with its secret and what was to be delivered',
    zh: '删除订阅，连同其密钥和待投递的内容',
  },
  'api.subscriptions.what-to-be-delivered-was-given': {
    en: 'What is to be delivered, was given up, or was delivered of late',
    zh: '待投递、已放弃或近期已投递的事件',
  },
  'api.subscriptions.after-next-page-null-on-last': {
    en: '`after` of the next page; null on the last one.',
    zh: '下一页的 `after`；最后一页为 null。',
  },
  'api.subscriptions.send-event-again-under-same-id': { en: 'Send an event again, under the same id', zh: '以同一编号再次发送事件' },
  'api.subscriptions.at-once-before-what-waits-subject': {
    en: 'At once, before what waits of its subject: what was given up arrives after what was sent since.',
    zh: '立即发送，先于该对象其他等待的事件：已放弃的事件将晚于其后已发送的事件送达。',
  },
  'api.subscriptions.subscription-has-no-delivery-this-id': {
    en: 'the subscription has no delivery of this id',
    zh: '该订阅没有此编号的投递',
  },
});
