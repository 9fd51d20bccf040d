import { messages } from '../message.ts';

export const apiSnapshots = messages({
  'api.snapshots.version-judging-rules': { en: 'Version of the judging rules.', zh: '判定规则的版本。' },
  'api.snapshots.no-snapshot-was-taken': { en: 'no snapshot {$snapshot} was taken', zh: '没有快照 {$snapshot}' },
  'api.snapshots.record-compliance-at-position-day-with': {
    en: 'Record compliance at (position, day) with its digest',
    zh: '将某位置、某日的报送情况列入记录，附摘要',
  },
  'api.snapshots.has-not-come-what-will-be': {
    en: 'has not come: what will be known then is not known',
    zh: '尚未到来：届时的情况现在不可知',
  },
  'api.snapshots.no-directive-known-at': {
    en: 'no directive {$directive} is known at @{$position}',
    zh: '在 @{$position} 处没有文件 {$directive}',
  },
  'api.snapshots.no-report-owed-for': { en: 'no report is owed for {$of}', zh: '{$of} 没有应报送的事项' },
  'api.snapshots.snapshots-taken': { en: 'Snapshots taken', zh: '已有的快照' },
  'api.snapshots.snapshot-same-bytes-for-ever': { en: 'A snapshot: the same bytes for ever', zh: '一份快照：字节永不改变' },
  'api.snapshots.digest-lower-case-hex-sha-256': {
    en: '`digest` is the lower-case hex SHA-256 of the RFC 8785 bytes of `body`.',
    zh: '`digest` 为 `body` 按 RFC 8785 所得字节的 SHA-256，小写十六进制。',
  },
  'api.snapshots.recompute-snapshot-from-log': { en: 'Recompute a snapshot from the log', zh: '由日志重新计算快照' },
  'api.snapshots.replays-every-event-up-to-position': {
    en: 'Replays every event up to its position, without the views. Records nothing.',
    zh: '不用视图，重放截至其位置的全部事件。不作任何记录。',
  },
  'api.snapshots.position-cannot-be-read-yet': { en: 'position {$position} cannot be read yet', zh: '位置 {$position} 尚不能读取' },
});
