import { messages } from '../message.ts';

export const cliKeeping = messages({
  'cli.listen-takes': { en: '--listen takes host:port, such as 127.0.0.1:8100', zh: '--listen 应为主机和端口，如 127.0.0.1:8100' },
  'cli.new-key-takes': {
    en: '--new-key takes a name without spaces and plus signs, such as the domain of the witness',
    zh: '--new-key 应为不含空格和加号的名称，如见证方的域名',
  },
  'cli.key-is-not-replaced': { en: '{$path} exists: a key is not replaced', zh: '{$path} 已存在：不替换密钥' },
  'cli.names-no-log': { en: '{$logs} names no log', zh: '{$logs} 没有写明日志' },
  'cli.listening-on': { en: 'listening on {$bound}', zh: '正在监听 {$bound}' },
  'cli.is-no-address': { en: '{$what} is no address', zh: '{$what} 不是网址' },
  'cli.there-is-no': { en: 'there is no {$what}', zh: '没有 {$what}' },
  'cli.neither-bundle-nor-data': { en: '{$what} is neither a bundle nor a data directory', zh: '{$what} 既不是导出包，也不是数据目录' },
  'cli.letter-cannot-be-read': { en: '--letter {$path} cannot be read: {$why}', zh: '无法读取 --letter {$path}：{$why}' },
  'cli.operand-of-verify': { en: '<bundle, data directory, task file or URL>', zh: '<导出包、数据目录、任务文件或网址>' },
  'cli.skew-takes-seconds': { en: '--skew takes seconds', zh: '--skew 应为秒数' },
  'cli.nothing-signed-yet': { en: 'nothing was signed yet, so there is no key to replace', zh: '尚未签署任何内容，没有可更换的密钥' },
  'cli.restore-first': {
    en: 'the log ends at {$head}, but {$size} events were signed: restore it first',
    zh: '日志止于 {$head}，而已有 {$size} 个事件签名：请先恢复日志',
  },
  'cli.key-cannot-be-changed': { en: 'the key cannot be changed now: {$fault}', zh: '现在不能更换密钥：{$fault}' },
  'cli.give-the-new-key': {
    en: ['Give the new key to the auditors and to the witnesses, who need it beside the old one from the next ', 'checkpoint on.'],
    zh: '请将新密钥交给审计人员和见证方：自下一个检查点起，他们除旧密钥外还需要新密钥。',
  },
  'cli.change-again-later': {
    en: 'Change it again only after every replica has signed with both: the key before is gone then.',
    zh: '须待每个副本都用两把密钥签名之后才可再次更换：届时再前一把密钥不再保留。',
  },
  'cli.bundle-keys-are-believed': {
    en: 'there is no key here to check {$dir} with: its own keys are believed',
    zh: '此处没有可核对 {$dir} 的密钥：采信其自带的密钥',
  },
  'cli.witness-could-not-be-asked': { en: 'witness {$name} could not be asked: {$why}', zh: '无法询问见证方 {$name}：{$why}' },
  'cli.origin-takes-a-name': { en: '--origin takes a name without spaces and plus signs', zh: '--origin 应为不含空格和加号的名称' },
  'cli.nothing-to-go-on-from': {
    en: 'neither a key nor a checkpoint of the old log is here: there is nothing to go on from',
    zh: '此处既没有原日志的密钥，也没有其检查点：无从继续',
  },
  'cli.publish-the-new-key': {
    en: ['Publish the new key: auditors and witnesses take it for a new log, whose first event says what ', 'became of the old one.'],
    zh: '请公布新密钥：审计人员和见证方将其视为新的日志，其第一个事件写明原日志的情况。',
  },
  'cli.from-or-new-incarnation': {
    en: 'either --from <bundle> or --new-incarnation is expected',
    zh: '应给出 --from <导出包> 或 --new-incarnation',
  },
  'cli.embedded-only': { en: 'this works on the embedded log; a cluster keeps its own', zh: '此命令用于内置日志；集群自行保管其日志' },
  'cli.from-takes-a-server': { en: '--from takes the http(s) address of a server', zh: '--from 应为服务器的 http(s) 地址' },
  'cli.building-views': { en: 'building the views', zh: '生成视图' },
  'cli.ledger-key-not-in-copy': {
    en: 'LEDGER_KEY is not in {$dataDir}, and not in the copy',
    zh: 'LEDGER_KEY 不在 {$dataDir} 中，也不在副本中',
  },
  'cli.no-data-directory': { en: '{$dataDir} is no data directory: it holds no log', zh: '{$dataDir} 不是数据目录：其中没有日志' },
  'cli.copy-within': {
    en: '{$out} is in the data directory {$dataDir}: a copy there is lost with it',
    zh: '{$out} 位于数据目录 {$dataDir} 之内：数据目录丢失时副本也会丢失',
  },
  'cli.there-and-not-empty': { en: '{$out} is there already, and not empty', zh: '{$out} 已存在，且不为空' },
});
