import { messages } from '../message.ts';

export const apiLog = messages({
  'api.log.must-be-whole-number-from-1': { en: 'must be a whole number from 1', zh: '应为从 1 起的整数' },
  'api.log.cloudevents': { en: 'Of CloudEvents.', zh: 'CloudEvents 的版本。' },
  'api.log.id-event': { en: 'Id of the event.', zh: '事件编号。' },
  'api.log.log-that-was-written-to': { en: 'The log that it was written to.', zh: '事件写入的日志。' },
  'api.log.type-and-version-taskreassigned-v1': {
    en: 'Type and version, `TaskReassigned.v1`.',
    zh: '类型和版本，如 `TaskReassigned.v1`。',
  },
  'api.log.stream': { en: 'The stream.', zh: '事件流。' },
  'api.log.when-was-recorded': { en: 'When it was recorded.', zh: '记录时间。' },
  'api.log.data': { en: 'Of `data`.', zh: '`data` 的类型。' },
  'api.log.who-acted-as-verified-token-says': { en: 'Who acted: as the verified token says.', zh: '行为人：以经验证的令牌为准。' },
  'api.log.when-sender-says-happened': { en: 'When the sender says it happened.', zh: '发送者所称的发生时间。' },
  'api.log.when-reached-office': { en: 'When it reached the office.', zh: '督查机构收到的时间。' },
  'api.log.paper-from-which-office-entered': { en: 'The paper from which the office entered it.', zh: '督查机构据以录入的纸质材料。' },
  'api.log.one-for-all-events-command': { en: 'One for all events of a command.', zh: '同一命令的各事件共用一个。' },
  'api.log.event-that-caused': { en: 'The event that caused it.', zh: '引起该事件的事件。' },
  'api.log.sha-256-command-where-had-idempotency': {
    en: 'SHA-256 of the command, where it had an idempotency key.',
    zh: '命令的 SHA-256（带有幂等键的）。',
  },
  'api.log.revision-in-stream-from-0': { en: 'Revision in its stream, from "0".', zh: '在其事件流中的版本，从 "0" 起。' },
  'api.log.leaf-hash-streams-event-before-hex': {
    en: 'Leaf hash of the stream’s event before it, hex.',
    zh: '同一事件流中前一事件的叶哈希，十六进制。',
  },
  'api.log.what-says': { en: 'What it says.', zh: '事件的内容。' },
  'api.log.event-as-stored-text-rfc-8785': {
    en: 'The event as stored: its text is the RFC 8785 form that is hashed.',
    zh: '所存的事件：其文本即计算哈希所用的 RFC 8785 形式。',
  },
  'api.log.rfc-6962-leaf-hash-stored-bytes': {
    en: 'RFC 6962 leaf hash of the stored bytes, base64.',
    zh: '所存字节的 RFC 6962 叶哈希，base64。',
  },
  'api.log.after-next-page-null-where-no': {
    en: '`after` of the next page; null where no event follows now.',
    zh: '下一页的 `after`；其后目前没有事件的为 null。',
  },
  'api.log.last-position-log': { en: 'The last position of the log.', zh: '日志的最后位置。' },
  'api.log.events-as-stored-in-order': { en: 'Events as stored, in order', zh: '按顺序排列的所存事件' },
  'api.log.with-accept-application-x-ndjson-exact': {
    en: 'With `Accept: application/x-ndjson` the exact bytes that are hashed, one event a line, up to the end of the log.',
    zh: '带 `Accept: application/x-ndjson` 时给出计算哈希所用的原始字节，每行一个事件，直到日志末尾。',
  },
  'api.log.taskreassigned-or-one-version-taskreassigned-v1': {
    en: '`TaskReassigned`, or one version of it: `TaskReassigned.v1`.',
    zh: '`TaskReassigned`，或其某一版本 `TaskReassigned.v1`。',
  },
  'api.log.rfc-8785-bytes-one-event-line': { en: 'RFC 8785 bytes of one event a line', zh: '每行一个事件的 RFC 8785 字节' },
  'api.log.events-given-as-application-json-or': {
    en: 'events are given as application/json or application/x-ndjson',
    zh: '事件以 application/json 或 application/x-ndjson 提供',
  },
  'api.log.no-event-type-this-log': { en: 'is no event type of this log', zh: '不是本日志的事件类型' },
  'api.log.must-be-1-to': { en: 'must be 1 to {$maxLimit}', zh: '应在 1 至 {$maxLimit} 之间' },
  'api.log.events-as-they-recorded-server-sent': {
    en: 'Events as they are recorded (server-sent events)',
    zh: '随记录推送的事件（server-sent events）',
  },
  'api.log.id-position-client-that-comes-back': {
    en: '`id` is the position: a client that comes back with Last-Event-ID misses nothing. `after` starts elsewhere.',
    zh: '`id` 为位置：带 Last-Event-ID 重新连接的客户端不会遗漏。从他处开始用 `after`。',
  },
  'api.log.stored-events-event-type-data-bytes': {
    en: 'Stored events; `event` is the type, `data` the bytes that are hashed',
    zh: '所存事件；`event` 为类型，`data` 为计算哈希所用的字节',
  },
  'api.log.not-position': { en: 'is not a position', zh: '不是位置' },
  'api.log.one-event-as-stored': { en: 'One event as stored', zh: '一个所存事件' },
  'api.log.unit-gets-what-it-sent': {
    en: 'A unit gets those that it sent itself, to check its receipts by.',
    zh: '单位可取得其自行提交的事件，用以核验回执。',
  },
  'api.log.no-event-this-id-in-log': { en: 'no event of this id is in the log', zh: '日志中没有此编号的事件' },
});
