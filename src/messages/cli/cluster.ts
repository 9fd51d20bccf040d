import { messages } from '../message.ts';

export const cliCluster = messages({
  'cli.takes-a-name': {
    en: '{$option} takes a name of letters, digits, dots, hyphens and underscores',
    zh: '{$option} 应为由字母、数字、点、连字符和下划线组成的名称',
  },
  'cli.of-an-administrator': { en: 'an administrator', zh: '管理员' },
  'cli.password-of-the-user': { en: 'DUBAN_PASSWORD must hold the password of the user', zh: 'DUBAN_PASSWORD 应为该用户的密码' },
  'cli.user-may-append': {
    en: '{$username} may append to streams and read the log; it may not delete, hide or change anything',
    zh: '{$username} 可以向事件流追加并读取日志；不能删除、隐藏或更改任何内容',
  },
  'cli.migrated': {
    en: [
      '{$dataDir} is now the directory of a replica: start it with EVENTSTORE_URL. A further replica ',
      'starts from its backup, or from nothing, with the same keys',
    ],
    zh: ['{$dataDir} 现为副本的目录：请设置 EVENTSTORE_URL 后启动。', '其他副本可从其备份开始，也可从空目录开始，使用相同的密钥'],
  },
  'cli.cluster-refuses': {
    en: '{$what}: the cluster refuses it ({$status}); --admin must name an administrator and the right password',
    zh: '{$what}：集群拒绝（{$status}）；--admin 应指明管理员及其正确密码',
  },
  'cli.cluster-answers': { en: '{$what}: the cluster answers {$status}{$body}', zh: '{$what}：集群答复 {$status}{$body}' },
  'cli.making-user': { en: 'making the user {$username}', zh: '建立用户 {$username}' },
  'cli.looking-for-user': { en: 'looking for the user {$username}', zh: '查找用户 {$username}' },
  'cli.putting-user-into-group': { en: 'putting the user {$username} into the group {$group}', zh: '将用户 {$username} 加入组 {$group}' },
  'cli.enabling-user': { en: 'enabling the user {$username}', zh: '启用用户 {$username}' },
  'cli.giving-user-its-password': { en: 'giving the user {$username} its password', zh: '设置用户 {$username} 的密码' },
  'cli.no-tls': {
    en: 'a cluster without TLS has no users and no access rules: whoever reaches it may do anything',
    zh: '未使用 TLS 的集群没有用户和访问规则：凡能连接者都可任意操作',
  },
  'cli.access-rules-cannot-be-set': { en: 'the access rules cannot be set: {$why}', zh: '无法设置访问规则：{$why}' },
  'cli.set-but': { en: 'user and rules are set, but {$objection}', zh: '用户和规则已设置，但{$objection}' },
  'cli.somebody-else-writes': {
    en: 'stream {$stream} of the cluster is at revision {$revision}: somebody else writes there',
    zh: '集群的事件流 {$stream} 在第 {$revision} 版：另有他人在写入',
  },
  'cli.run-again': { en: '{$why}. Run it again: it goes on from here', zh: '{$why}。请再次运行：将从此处继续' },
  'cli.appending-refused': { en: 'appending to {$stream} was refused: {$why}', zh: '向 {$stream} 追加被拒绝：{$why}' },
  'cli.no-stream-of-replicas': { en: '{$stream} is no stream that replicas follow', zh: '{$stream} 不是各副本所跟随的事件流' },
  'cli.appending-to': { en: 'appending to {$stream}', zh: '向 {$stream} 追加' },
  'cli.stream-was-deleted': {
    en: 'stream {$stream} of the cluster went on at revision {$last}: it was deleted there once',
    zh: '集群的事件流 {$stream} 从第 {$last} 版继续：该流曾被删除',
  },
  'cli.another-cluster': {
    en: 'the cluster is not the one that the migration began with, or it was changed: {$found}',
    zh: '该集群不是迁移开始时的集群，或者已被改动：{$found}',
  },
  'cli.nothing-comes': { en: 'nothing comes of the cluster any more', zh: '集群不再传来任何内容' },
  'cli.cluster-holds-other-events': {
    en: "the cluster holds other events: at position {$position} its event is not the log's",
    zh: '集群含有其他事件：位置 {$position} 处的事件不是日志中的',
  },
  'cli.cluster-in-use-already': {
    en: 'the cluster holds {$held} events, but the log only {$own}: it is in use already',
    zh: '集群含有 {$held} 个事件，而日志只有 {$own} 个：集群已在使用',
  },
  'cli.log-read-by-another': {
    en: 'all is copied, but {$log} is being read by another program. Run it again when that has ended',
    zh: '已全部复制，但 {$log} 正被另一程序读取。待其结束后再次运行',
  },
  'cli.user-may-not-write': {
    en: ['its user may not write to the cluster and read its whole log, or its password is wrong: run duban ', 'setup-eventstore first'],
    zh: '其用户不能写入集群并读取其全部日志，或者密码有误：请先运行 duban setup-eventstore',
  },
  'cli.log-migrated-already': { en: 'the log of {$dataDir} is migrated already', zh: '{$dataDir} 的日志已迁移' },
  'cli.no-embedded-log': { en: 'there is no embedded log in {$dataDir}', zh: '{$dataDir} 中没有内置日志' },
  'cli.cluster-cannot-be-read': { en: 'what the cluster holds cannot be read', zh: '无法读取集群的内容' },
  'cli.what-was-sent-does-not-come-back': { en: 'what was sent does not come back', zh: '已发送的内容没有返回' },
  'cli.another-root': { en: 'the log of the cluster has another root', zh: '集群日志的根不同' },
  'cli.no-node-answers': { en: 'no node of the cluster answers: {$failures}', zh: '集群没有节点应答：{$failures}' },
  'cli.reading-stream': { en: 'reading {$stream}', zh: '读取 {$stream}' },
  'cli.access-rules-are-there': {
    en: 'the cluster has access rules already, which --replace would replace: {$rules}',
    zh: '集群已有访问规则，用 --replace 可将其替换：{$rules}',
  },
  'cli.comparing': { en: 'comparing', zh: '比对' },
  'cli.sending': { en: 'sending', zh: '发送' },
  'cli.mirror-does-not-come-on': { en: '{$what}: {$reasons}', zh: '{$what}：{$reasons}' },
});
