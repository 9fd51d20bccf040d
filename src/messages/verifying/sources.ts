import { messages } from '../message.ts';

export const verifyingSources = messages({
  'verifying.no-json-answered': { en: 'does not answer JSON', zh: '答复的不是 JSON' },
  'verifying.no-checkpoints-answered': { en: 'answers something else than checkpoints', zh: '答复的不是检查点' },
  'verifying.round-in-circles': { en: 'goes round in circles', zh: '循环往复，没有尽头' },
  'verifying.source-server': { en: 'server {$url}', zh: '服务器 {$url}' },
  'verifying.no-stream-of-a-task': { en: 'is not the stream of a task', zh: '不是任务的事件流' },
  'verifying.bundle-does-not-hold': { en: '{$dir} does not hold: {$fault}', zh: '{$dir} 未通过验证：{$fault}' },
  'verifying.nothing-can-be-added': { en: 'nothing can be added to this log: {$why}', zh: '不能向该日志添加任何内容：{$why}' },
  'verifying.another-event-than-the-bundles': {
    en: 'position {$position} of the log is not the event of the bundle: nothing can be added after it',
    zh: '日志第 {$position} 位不是导出包中的事件：其后不能添加任何内容',
  },
  'verifying.place-is-no-checkpoint': { en: '{$place} is no checkpoint', zh: '{$place} 不是检查点' },
  'verifying.bundle-names-no-log': { en: '{$dir} names no log', zh: '{$dir} 没有写明日志名称' },
  'verifying.bundle-is-of-another': {
    en: '{$dir} is a bundle of {$origin}, but this log is {$this}',
    zh: '{$dir} 是 {$origin} 的导出包，而本日志是 {$this}',
  },
  'verifying.nothing-signed-yet': { en: 'has no signed checkpoint yet', zh: '尚无已签名的检查点' },
  'verifying.bundle-of-another-log': {
    en: '{$dir} is a bundle of {$other}, not of {$origin}',
    zh: '{$dir} 是 {$other} 的导出包，不是 {$origin} 的',
  },
  'verifying.bundle-holds-more': {
    en: ['{$dir} holds {$held} events, but {$source} has only {$signed} signed: was it rolled back? The ', 'bundle is left as it is'],
    zh: ['{$dir} 含有 {$held} 个事件，', '而 {$source} 仅有 {$signed} 个已签名：是否被回退？导出包保持原样'],
  },
  'verifying.bundle-left-as-it-was': {
    en: '{$why}. {$dir} is left as it was; duban verify finds out more',
    zh: '{$why}。{$dir} 保持原样；用 duban verify 可进一步查明',
  },
  'verifying.bundle-of-other-events': {
    en: 'the first {$size} events of {$source} are not those that are in {$dir}: {$why}',
    zh: '{$source} 的前 {$size} 个事件与 {$dir} 中的不同：{$why}',
  },
  'verifying.events-do-not-give-the-root': {
    en: 'the events of {$source} do not give the root that was signed for {$size} of them',
    zh: '{$source} 的事件算不出其 {$size} 个事件所签的根',
  },
  'verifying.bundle-of-another-history': {
    en: 'the first {$size} events of {$source} are not those that are in {$dir}',
    zh: '{$source} 的前 {$size} 个事件与 {$dir} 中的不同',
  },
  'verifying.cannot-be-opened': { en: 'cannot be opened: {$why}', zh: '无法打开：{$why}' },
  'verifying.column-says-otherwise': {
    en: 'the column {$column} says {$stated}, the event {$held}',
    zh: '{$column} 列为 {$stated}，事件中为 {$held}',
  },
  'verifying.holds-no-checkpoint': { en: 'holds no checkpoint: nothing was signed yet', zh: '没有检查点：尚未签署任何内容' },
  'verifying.source-data-directory': { en: 'data directory {$dir}', zh: '数据目录 {$dir}' },
  'verifying.names-no-log': { en: 'names no log', zh: '没有写明日志名称' },
  'verifying.names-no-keys': { en: 'names no keys', zh: '没有写明密钥' },
  'verifying.is-missing': { en: 'is missing', zh: '缺失' },
  'verifying.cannot-be-read': { en: 'cannot be read: {$why}', zh: '无法读取：{$why}' },
  'verifying.not-so-many-entries': { en: 'does not hold {$width} entries: {$reason}', zh: '所含条目不是 {$width} 条：{$reason}' },
  'verifying.source-bundle': { en: 'bundle {$dir}', zh: '导出包 {$dir}' },
  'verifying.not-named-after-a-size': { en: 'is not named after the size of a tree', zh: '不是以树的规模命名' },
  'verifying.has-no-events': { en: 'has no events', zh: '没有事件' },
  'verifying.of-no-known-format': { en: 'is of no format known here: {$format}', zh: '格式不为本程序所知：{$format}' },
  'verifying.not-as-format-writes-it': { en: 'is not as {$format} writes it', zh: '不是 {$format} 的写法' },
  'verifying.no-newline-at-end': { en: 'does not end in a newline', zh: '末尾没有换行符' },
  'verifying.there-with-other-bytes': { en: '{$place} is there with other bytes', zh: '{$place} 已存在，但内容不同' },
  'verifying.answers': { en: 'answers {$status}', zh: '答复 {$status}' },
  'verifying.answers-without-token': {
    en: 'answers {$status} (a token of an auditor is needed: --token)',
    zh: '答复 {$status}（需要审计人员的令牌：--token）',
  },
});
