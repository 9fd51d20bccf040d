import { messages } from '../message.ts';

export const verifyingEntries = messages({
  'verifying.recorded-before-one-before-it': {
    en: 'was recorded {$by} ms before an event that comes before it',
    zh: '比排在其前的一个事件早 {$by} 毫秒记录',
  },
  'verifying.recorded-before-cosigned': {
    en: 'says it was recorded at {$time}, but the {$size} events before it were cosigned at {$cosigned}',
    zh: '称记录于 {$time}，但其前 {$size} 个事件已于 {$cosigned} 联署',
  },
  'verifying.recorded-after-vouched-for': {
    en: 'says it was recorded at {$time}, but it was vouched for among the first {$size} at {$vouched}',
    zh: '称记录于 {$time}，但其属于前 {$size} 个事件，已于 {$vouched} 得到证实',
  },
  'verifying.recorded-after-this-audit': {
    en: 'says it was recorded at {$time}, which is {$span} after this audit, at {$now}',
    zh: '称记录于 {$time}，比本次核验（{$now}）晚 {$span}',
  },
  'verifying.no-uuid': { en: 'has no id that is a UUID', zh: '没有作为 UUID 的 id' },
  'verifying.tile-of-another-length': { en: 'has {$bytes} bytes, not {$expected}', zh: '有 {$bytes} 字节，应为 {$expected} 字节' },
  'verifying.hash-is-not-of-the-entry': { en: 'hash {$n} is not that of the entry', zh: '第 {$n} 个哈希值不是该条目的' },
  'verifying.its-data': { en: 'its data', zh: '其数据' },
  'verifying.does-not-fit-type': { en: 'is no {$type}: {$place}: {$why}', zh: '不是 {$type}：{$place}：{$why}' },
  'verifying.does-not-fit': { en: 'does not fit', zh: '不符合' },
  'verifying.prevleaf-is-not-the-hash-before': {
    en: 'its prevleaf is not the hash of the event before it',
    zh: 'prevleaf 不是其前一事件的哈希值',
  },
  'verifying.no-event-of-its-stream-before': {
    en: 'is revision {$revision}, but no event of its stream comes before it',
    zh: '是第 {$revision} 版，但所在事件流中其前没有事件',
  },
  'verifying.no-cloud-event': { en: 'is no CloudEvents 1.0 event with JSON data', zh: '不是带 JSON 数据的 CloudEvents 1.0 事件' },
  'verifying.no-id': { en: 'has no id', zh: '没有 id' },
  'verifying.no-type-with-version': { en: 'has no type with a version', zh: '没有带版本号的 type' },
  'verifying.no-subject': { en: 'has no subject', zh: '没有 subject' },
  'verifying.no-source': { en: 'has no source /duban/<incarnation>', zh: '没有 /duban/<incarnation> 形式的 source' },
  'verifying.no-decimal-streamrev': { en: 'has no streamrev that is a decimal number', zh: '没有十进制数的 streamrev' },
  'verifying.no-time-in-utc': { en: 'has no time in UTC with milliseconds', zh: '没有以 UTC 表示并精确到毫秒的 time' },
  'verifying.prevleaf-is-no-text': { en: 'has a prevleaf that is no text', zh: 'prevleaf 不是文本' },
  'verifying.first-yet-with-prevleaf': {
    en: 'is the first of its stream, yet has a prevleaf',
    zh: '是所在事件流的第一个事件，却有 prevleaf',
  },
  'verifying.not-first-yet-without-prevleaf': {
    en: 'is not the first of its stream, yet has no prevleaf',
    zh: '不是所在事件流的第一个事件，却没有 prevleaf',
  },
  'verifying.replica-is-no-name': { en: 'has a replica that is no name', zh: 'replica 不是名称' },
  'verifying.no-data': { en: 'has no data', zh: '没有 data' },
  'verifying.not-utf-8': { en: 'is not UTF-8', zh: '不是 UTF-8' },
  'verifying.is-not-json': { en: 'is not JSON', zh: '不是 JSON' },
  'verifying.is-no-json-object': { en: 'is no JSON object', zh: '不是 JSON 对象' },
  'verifying.not-well-formed-unicode': { en: 'has text that is not well-formed Unicode', zh: '含有不合格的 Unicode 文本' },
  'verifying.not-in-canonical-form': {
    en: 'is not in its RFC 8785 form from character {$n} on',
    zh: '从第 {$n} 个字符起不是 RFC 8785 的规范形式',
  },
  'verifying.tile-not-of-tiles-below': { en: 'does not hold the hashes of the tiles below it', zh: '不是下层各分片的哈希值' },
  'verifying.id-of-another': { en: 'has the id of the event at position {$before}', zh: '与第 {$before} 位事件的编号相同' },
  'verifying.source-follows-without-restart': {
    en: 'follows {$incarnation}, but no LedgerRestarted says so',
    zh: '接在 {$incarnation} 之后，但没有 LedgerRestarted 事件说明',
  },
  'verifying.another-revision-before': {
    en: 'is revision {$revision}, but the one before it is {$before}',
    zh: '是第 {$revision} 版，而其前一事件是第 {$before} 版',
  },
});
