import { messages } from '../message.ts';

export const applicationCommon = messages({
  'application.more-than-bytes': { en: 'more than {$limit} bytes', zh: '超过 {$limit} 字节' },
  'application.changes-faster-than-command-can-be': {
    en: '{$stream} changes faster than a command can be decided',
    zh: '{$stream} 变化太快，来不及作出决定',
  },
  'application.this-idempotency-key-came-with-another': {
    en: 'this Idempotency-Key came with another request before',
    zh: '此 Idempotency-Key 曾用于另一请求',
  },
  'application.event-would-take-bytes-at-most': {
    en: 'the event would take {$bytes} bytes; at most {$maxEventBytes} are allowed',
    zh: '该事件将占 {$bytes} 字节，至多允许 {$maxEventBytes} 字节',
  },
  'application.event-that-commits-to': { en: 'Of the event that commits to it.', zh: '关联该内容的事件的编号。' },
  'application.as-stands-in-event': { en: 'As it stands in the event.', zh: '与事件中所载一致。' },
  'application.what-belongs-to': { en: 'What it belongs to.', zh: '所属的内容。' },
  'application.whose': { en: 'Whose it is.', zh: '所属的单位。' },
  'application.that-event': { en: 'Of that event.', zh: '该事件的位置。' },
  'application.absent-was-not-erased-and-not': {
    en: '`absent`: it was not erased, and is not here either, as in a copy of the data directory that left it out.',
    zh: '`absent` 表示未曾删除，但也不在此处，例如未随数据目录一并复制。',
  },
  'application.person-or-several-where-units-contacts': {
    en: 'A person, or several where it is a unit’s contacts; null where it is not held.',
    zh: '一名人员；单位的联系人可有多名；不在此处的为 null。',
  },
  'application.hex-sha-256-32-bytes-and': {
    en: 'Hex. SHA-256 of its 32 bytes and the canonical JSON of the value is the commitment.',
    zh: '十六进制。其 32 个字节与该值的规范 JSON 一并计算的 SHA-256 即为承诺值。',
  },
  'application.event-that-erased': { en: 'Of the event that erased it.', zh: '作出删除的事件的编号。' },
  'application.when-that-reached-office': { en: 'When that reached the office.', zh: '督查机构收到的时间。' },
  'application.act-that-erased-null-where-none': {
    en: 'The act that erased it; null where none did.',
    zh: '作出删除的行为；未删除的为 null。',
  },
  'application.list-revoked-tokens-cannot-be-read': {
    en: 'the list of revoked tokens cannot be read: {$error}',
    zh: '无法读取已吊销令牌的清单：{$error}',
  },
  'application.size-in-bytes': { en: 'is {$size}, in bytes', zh: '为 {$size} 字节' },
  'application.media-type-by-bytes': { en: 'is {$type}, by the bytes', zh: '按其字节为 {$type}' },
});
