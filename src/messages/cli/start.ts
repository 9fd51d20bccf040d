import { messages } from '../message.ts';

export const cliStart = messages({
  'cli.mend-auth-jwks': {
    en: "{$why}: mend it, or set AUTH_JWKS to a file or URL with your issuer's keys",
    zh: '{$why}：请修复，或将 AUTH_JWKS 设为含有签发方密钥的文件或网址',
  },
  'cli.personal-data-settled': {
    en: 'personal data of {$orphans} commands that were never recorded and {$erased} erasures is removed',
    zh: '已清除从未记录的 {$orphans} 个命令和 {$erased} 次删除所涉的个人信息',
  },
  'cli.personal-data-not-settled': { en: 'personal data could not be settled: {$why}', zh: '未能清理个人信息：{$why}' },
  'cli.service-is-starting': { en: 'the service is starting', zh: '服务正在启动' },
  'cli.seed-refused': { en: 'the directive could not be imported: {$why}', zh: '无法导入该文件：{$why}' },
  'cli.log-empty-not-known': { en: 'whether the log is empty is not known yet', zh: '尚不知日志是否为空' },
  'cli.seed-being-imported': { en: 'the directive is being imported', zh: '正在导入文件' },
  'cli.outbox-cannot-be-opened': {
    en: [
      '{$path} cannot be opened ({$why}): put it right, or remove it and make the subscriptions again. ',
      'What was due before is not sent then',
    ],
    zh: '无法打开 {$path}（{$why}）：请修复，或者将其删除并重新建立订阅。此前到期的内容届时不再发送',
  },
  'cli.directory-of-a-replica': {
    en: "{$dataDir} is the directory of a cluster's replica: set EVENTSTORE_URL",
    zh: '{$dataDir} 是集群副本的目录：请设置 EVENTSTORE_URL',
  },
  'cli.stops-without-answer': { en: 'the service stops, and the cluster has not answered', zh: '服务正在停止，而集群没有应答' },
  'cli.directory-of-an-embedded-log': {
    en: '{$dataDir} holds an embedded log: duban migrate brings it into a cluster',
    zh: '{$dataDir} 含有内置日志：用 duban migrate 可将其迁入集群',
  },
  'cli.cluster-is-not-secured': {
    en: 'the cluster is not secured: whoever reaches it may write to it and delete from it',
    zh: '集群未加保护：凡能连接者都可写入和删除',
  },
  'cli.contradiction-not-recorded': {
    en: 'what the cluster contradicts could not be recorded in its log: {$why}',
    zh: '集群的自相矛盾之处未能记入其日志：{$why}',
  },
  'cli.mirror-being-filled': { en: 'the mirror is being filled from the cluster', zh: '正在从集群填充镜像' },
  'cli.mirror-behind': { en: 'the mirror has not caught up with the cluster yet', zh: '镜像尚未跟上集群' },
  'cli.template-cannot-be-used': { en: 'NOTICE_TEMPLATE {$path} cannot be used: {$why}', zh: '无法使用 NOTICE_TEMPLATE {$path}：{$why}' },
  'cli.log-lost-its-end': {
    en: [
      'the log in log.sqlite ends at {$head}, but the views were made from {$seen} events of it: the log ',
      'has lost its end. Put the lost events back with duban restore --from <bundle>, or a backup in the ',
      'place of the directory; if the log is an older copy, put there on purpose, remove views.sqlite',
    ],
    zh: [
      '日志（log.sqlite）止于 {$head}，而视图由其 {$seen} 个事件生成：',
      '日志丢失了末尾。请用 duban restore --from <导出包> 补回丢失的事件，',
      '或用备份替换该目录；如果该日志是有意放入的较旧副本，请删除 views.sqlite',
    ],
  },
  'cli.log-is-not-whole': { en: 'the log is not whole: {$why}', zh: '日志不完整：{$why}' },
  'cli.views-halted-at': { en: 'the views halted at @{$position}: {$reason}', zh: '视图停止于 @{$position}：{$reason}' },
  'cli.ledger-does-not-sign': { en: 'the ledger does not sign: {$why}', zh: '存证账本不签名：{$why}' },
  'cli.ledger-waits': { en: 'the ledger waits: {$why}', zh: '存证账本在等待：{$why}' },
  'cli.views-are-behind': { en: 'the views are {$lag} events behind', zh: '视图落后 {$lag} 个事件' },
  'cli.views-halted': { en: 'the views halted: {$why}', zh: '视图已停止：{$why}' },
  'cli.rebuilding-views': { en: 'rebuilding the views', zh: '重建视图' },
  'cli.log-not-all-here': { en: 'the log is not all here yet: {$reasons}', zh: '日志尚未全部到位：{$reasons}' },
  'cli.from-the-issuer': { en: 'from the issuer that AUTH_JWKS names', zh: '由 AUTH_JWKS 所指的签发方签发' },
  'cli.clock-is-ahead': { en: "this machine's clock is {$span} ahead of the cluster's", zh: '本机时钟比集群快 {$span}' },
  'cli.clock-is-behind': { en: "this machine's clock is {$span} behind the cluster's", zh: '本机时钟比集群慢 {$span}' },
});
