import { messages } from '../message.ts';

export const ledgerTrouble = messages({
  'ledger.another-key-signs': {
    en: 'the log says that {$named} signs for it, but the key here is {$current}',
    zh: '日志写明由 {$named} 签名，而此处的密钥是 {$current}',
  },
  'ledger.signs-for-another-log': {
    en: 'the key signs for {$name}, but this log is {$origin}',
    zh: '该密钥为 {$name} 签名，而本日志是 {$origin}',
  },
  'ledger.did-not-sign-last': {
    en: 'the key {$key} is not the one that signed the last checkpoint; one key follows another by duban rotate-key',
    zh: '密钥 {$key} 不是签署最后一个检查点的密钥；更换密钥须用 duban rotate-key',
  },
  'ledger.path-is-being-read': { en: '{$path} is being read: it cannot be put aside now', zh: '{$path} 正在被读取：现在不能移走' },
  'ledger.source-is-not-numbered': {
    en: "the log's source is {$source}, not /duban/<number>",
    zh: '日志的来源为 {$source}，不是 /duban/<序号>',
  },
  'ledger.no-key-of-old-name': { en: 'no key of the old name is known', zh: '没有原名称的任何密钥' },
  'ledger.changed-is-not-lost': {
    en: [
      'the first {$size} events are not those that were signed: what was changed cannot be passed off as ',
      'lost. Restore the log from a bundle or a backup first',
    ],
    zh: '前 {$size} 个事件不是已签名的那些：被改动的内容不能当作丢失。请先用导出包或备份恢复日志',
  },
  'ledger.is-the-old-name': { en: '{$origin} is the old name', zh: '{$origin} 是原名称' },
  'ledger.ways-on': {
    en: [
      'Put the newest ledger.sqlite back in its place; or duban restore --from <bundle>, with a bundle of ',
      'this log; or set LEDGER_REMEMBERED to a checkpoint of at least that size that somebody kept; or go ',
      'on under another name with duban restore --new-incarnation',
    ],
    zh: [
      '请放回最新的 ledger.sqlite；',
      '或用本日志的导出包执行 duban restore --from <导出包>；',
      '或将 LEDGER_REMEMBERED 设为他人保存的、不小于该规模的检查点；',
      '或用 duban restore --new-incarnation 以另一名称继续',
    ],
  },
  'ledger.holds-no-checkpoint': {
    en: 'the store ledger.sqlite holds none of its checkpoints',
    zh: '存储 ledger.sqlite 中没有其任何检查点',
  },
  'ledger.last-checkpoint-is-of': {
    en: 'the last checkpoint in ledger.sqlite is of size {$size}',
    zh: '存储 ledger.sqlite 中最后的检查点规模为 {$size}',
  },
  'ledger.holds-another-checkpoint': {
    en: 'the store ledger.sqlite holds another checkpoint of that size',
    zh: '存储 ledger.sqlite 中该规模的检查点是另一个',
  },
  'ledger.signed-as-another': {
    en: 'this log was signed as {$signed} so far, and not as {$origin}. {$ways}',
    zh: '本日志此前以 {$signed} 之名签名，而非 {$origin}。{$ways}',
  },
  'ledger.signed-further': {
    en: 'this log was signed up to size {$size} as {$origin}, but {$lack}. {$ways}',
    zh: '本日志曾以 {$origin} 之名签名至规模 {$size}，但{$lack}。{$ways}',
  },
  'ledger.is-no-policy': { en: 'is no policy: {$reason}{$detail}', zh: '不是规则文件：{$reason}{$detail}' },
  'ledger.not-signed-by-this-log': { en: 'is no checkpoint that this log has signed: {$reason}', zh: '不是本日志所签的检查点：{$reason}' },
  'ledger.signer-not-known-yet': {
    en: '{$file} is signed by no key that the log has named so far: nothing is signed before one of them is its signer',
    zh: '{$file} 的签名者不在日志迄今所列的密钥之中：在日志列出之前不签名',
  },
  'ledger.checkpoint-of-another': { en: 'is a checkpoint of {$stated}, not of {$origin}', zh: '是 {$stated} 的检查点，不是 {$origin} 的' },
  'ledger.tree-holds-another-hash': {
    en: 'the tree of the ledger holds another hash at {$position} than what it is made of',
    zh: '存证账本的树在位置 {$position} 处的哈希值与其来源不同',
  },
  'ledger.this-data-directory': { en: 'this data directory', zh: '本数据目录' },
  'ledger.no-quorum-remembers': {
    en: 'no quorum of the witnesses has said yet what it remembers of this log',
    zh: '尚未有法定数量的见证方说明其对本日志的记忆',
  },
  'ledger.signing-key-is-not-there': {
    en: "{$path}: the key that signs this log's checkpoints is not there: bring it, or set LEDGER_KEY to its file",
    zh: '{$path}：签署本日志检查点的密钥不在此处：请将其放入，或将 LEDGER_KEY 设为其文件',
  },
  'ledger.holds-no-signing-key': {
    en: '{$path} does not hold a signing key ({$reason}): bring the right file',
    zh: '{$path} 中没有签名密钥（{$reason}）：请放入正确的文件',
  },
  'ledger.holds-key-for-another': {
    en: '{$path} holds a key for {$held}, not one for {$wanted}',
    zh: '{$path} 中是用于{$held}的密钥，不是用于{$wanted}的',
  },
  'ledger.store-is-damaged': {
    en: [
      'the store ledger.sqlite is damaged ({$why}). Put the newest copy of it back in its place; or move ',
      'it away, and bring the checkpoints back with duban restore --from <bundle>',
    ],
    zh: ['存储 ledger.sqlite 已损坏（{$why}）。请放回其最新的副本；或者将其移走，', '再用 duban restore --from <导出包> 取回检查点'],
  },
  'ledger.not-those-of-checkpoint': {
    en: 'the first {$size} events are not those of the checkpoint of size {$size} that {$by} keeps',
    zh: '前 {$size} 个事件与 {$by} 所保存的规模为 {$size} 的检查点不符',
  },
  'ledger.another-event-than-signed': {
    en: 'position {$position} of the log holds another event than the tree that was signed',
    zh: '日志第 {$position} 位的事件与已签名的树不同',
  },
  'ledger.position-is-missing': {
    en: 'position {$from} is missing: {$by} keeps a checkpoint of size {$size}, but the log ends at {$head}',
    zh: '缺少位置 {$from}：{$by}保存有规模为 {$size} 的检查点，而日志止于 {$head}',
  },
  'ledger.positions-are-missing': {
    en: 'positions {$from} to {$size} are missing: {$by} keeps a checkpoint of size {$size}, but the log ends at {$head}',
    zh: '缺少位置 {$from} 至 {$size}：{$by}保存有规模为 {$size} 的检查点，而日志止于 {$head}',
  },
  'ledger.position-is-lacking': {
    en: ['position {$from} is missing or still to come: {$by} keeps a checkpoint of size {$size}, ', 'but the log here ends at {$head}'],
    zh: '缺少位置 {$from}，或者尚未到达：{$by}保存有规模为 {$size} 的检查点，而此处的日志止于 {$head}',
  },
  'ledger.positions-are-lacking': {
    en: [
      'positions {$from} to {$size} are missing or still to come: {$by} keeps a checkpoint of size {$size}, ',
      'but the log here ends at {$head}',
    ],
    zh: '缺少位置 {$from} 至 {$size}，或者尚未到达：{$by}保存有规模为 {$size} 的检查点，而此处的日志止于 {$head}',
  },
  'ledger.witness': { en: 'witness {$name}', zh: '见证方 {$name}' },
  'ledger.means-ed25519': { en: 'checkpoints', zh: '检查点' },
  'ledger.means-cosignature': { en: 'cosignatures', zh: '联署' },
  'ledger.no-such-size-signed': { en: 'no checkpoint of size {$size} was signed', zh: '没有签署过规模为 {$size} 的检查点' },
  'ledger.not-a-cosignature-line': { en: 'not a cosignature line', zh: '不是联署行' },
});
