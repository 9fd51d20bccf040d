import { messages } from '../message.ts';

/** What a report of an audit says around its findings. */
export const verifyingReport = messages({
  'verifying.place-and-detail': { en: '{$place}: {$detail}', zh: '{$place}：{$detail}' },
  'verifying.fault': { en: '{$at}{$check}: {$place}: {$detail}', zh: '{$at}{$check}：{$place}：{$detail}' },
  'verifying.unknown': { en: 'unknown', zh: '未知' },
  'verifying.nothing': { en: 'nothing', zh: '无' },

  'verifying.row-log': { en: 'log', zh: '日志' },
  'verifying.row-trust': { en: 'trust', zh: '信任依据' },
  'verifying.row-key': { en: 'key', zh: '密钥' },
  'verifying.row-tree': { en: 'tree', zh: '树' },
  'verifying.row-checkpoints': { en: 'checkpoints', zh: '检查点' },
  'verifying.row-remembered': { en: 'remembered', zh: '曾记住' },
  'verifying.row-restart': { en: 'restart', zh: '账本另起' },
  'verifying.row-published': { en: 'published', zh: '已公布' },
  'verifying.row-stream': { en: 'stream', zh: '事件流' },
  'verifying.row-task': { en: 'task', zh: '任务' },
  'verifying.row-remark': { en: 'remark', zh: '说明' },
  'verifying.row-fault': { en: 'FAULT', zh: '问题' },

  'verifying.log-from': { en: '{$origin}, from {$source}', zh: '{$origin}，来自{$source}' },
  'verifying.trust-policy': { en: 'the keys of the policy', zh: '规则所列的密钥' },
  'verifying.trust-remembered': { en: 'the keys remembered from last time', zh: '上次记住的密钥' },
  'verifying.trust-first-use': {
    en: 'the keys that lie beside the log: this is the first time it is seen here, so compare them with what its office publishes',
    zh: '日志旁所附的密钥：此处首次见到该日志，请与督查机构公布的密钥核对',
  },
  'verifying.trust-file': {
    en: 'the keys in the file: compare them with what the office publishes',
    zh: '文件中的密钥：请与督查机构公布的密钥核对',
  },
  'verifying.tree': { en: '{$size} events in {$streams} streams', zh: '{$size} 个事件，{$streams} 个事件流' },
  'verifying.tree-with-root': {
    en: '{$size} events in {$streams} streams, root {$root}',
    zh: '{$size} 个事件，{$streams} 个事件流，根 {$root}',
  },
  'verifying.checkpoints': { en: '{$clauses}', zh: '{$clauses}' },
  'verifying.anchored': { en: 'anchored through {$size} at {$time}', zh: '至第 {$size} 个事件已得到见证（{$time}）' },
  'verifying.stamped': { en: 'time-stamped through {$size} at {$time}', zh: '至第 {$size} 个事件已加盖时间戳（{$time}）' },
  'verifying.remembered-size': { en: 'a checkpoint of size {$size}', zh: '规模为 {$size} 的检查点' },
  'verifying.restart': { en: '@{$position}, before that {$from}: {$reason}', zh: '@{$position}，此前为 {$from}：{$reason}' },
  'verifying.restart-with-loss': {
    en: '@{$position}, before that {$from}, of which {$first} to {$last} are lost: {$reason}',
    zh: '@{$position}，此前为 {$from}，其中第 {$first} 至 {$last} 位已丢失：{$reason}',
  },
  'verifying.published': {
    en: '{$snapshots} snapshots and {$notices} notices computed again',
    zh: '重新计算了 {$snapshots} 份快照和 {$notices} 份通报',
  },
  'verifying.stream': { en: '{$name}: positions {$positions}', zh: '{$name}：位置 {$positions}' },
  'verifying.stream-without-events': { en: '{$name}: no events', zh: '{$name}：没有事件' },
  'verifying.and-more': { en: 'and {$n} more', zh: '另有 {$n} 项' },
  'verifying.verified': { en: 'verified', zh: '验证通过' },
  'verifying.not-verified': { en: 'NOT VERIFIED', zh: '验证未通过' },
  'verifying.not-verified-for': { en: 'NOT VERIFIED: {$fault}', zh: '验证未通过：{$fault}' },

  'verifying.task': {
    en: '{$task} of {$origin}: {$events} events, the last at position {$position}',
    zh: '{$origin} 的 {$task}：{$events} 个事件，最后一个在位置 {$position}',
  },
  'verifying.task-in-log': {
    en: '{$task} of {$origin}: {$events} events, the last at position {$position} of {$size}',
    zh: '{$origin} 的 {$task}：{$events} 个事件，最后一个在位置 {$position}（共 {$size}）',
  },

  'verifying.checking-events': { en: 'checking events', zh: '核验事件' },
  'verifying.replaying': { en: 'replaying', zh: '重放' },
  'verifying.restoring': { en: 'restoring', zh: '恢复' },
  'verifying.evidence': {
    en: [
      "Two checkpoints of {$origin} that cannot both be true. The log's own key signed each of them.\n\n",
      'By the second one, the first {$size} events have the root\n{$root}\n',
      'which is not the root that the first one states for this size.\n',
    ],
    zh: [
      '{$origin} 的两个检查点不可能同时属实，而两者均由该日志自己的密钥签名。\n\n',
      '按第二个检查点，前 {$size} 个事件的根为\n{$root}\n',
      '与第一个检查点所写的该规模的根不同。\n',
    ],
  },
});
