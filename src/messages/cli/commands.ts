import { messages } from '../message.ts';

/** What `duban help` says: how each command is called, and what it does. Names of commands and options are in no language. */
export const cliCommands = messages({
  'cli.duban': { en: 'duban <command>', zh: 'duban <命令>' },

  'cli.use.serve': { en: 'serve', zh: 'serve' },
  'cli.does.serve': {
    en: 'listen; settings by environment (HOST, PORT, DATA_DIR, SEED, AUTH_JWKS, LOG_LEVEL, …)',
    zh: '启动服务；由环境变量设置（HOST、PORT、DATA_DIR、SEED、AUTH_JWKS、LOG_LEVEL 等）',
  },
  'cli.use.import': {
    en: [
      'import <file> [--profile <file>] [--commit] [--reason <text>] [--authority <text>] ',
      '[--effective-from <day>] [--take <line>]… [--leave <line>]…',
    ],
    zh: 'import <文件> [--profile <文件>] [--commit] [--reason <理由>] [--authority <依据>] [--effective-from <日期>] [--take <行>]… [--leave <行>]…',
  },
  'cli.does.import': {
    en: [
      'read a document into a draft in DATA_DIR and show it; with --commit append what it says. ',
      'Exit code 3 where a person must settle something first. The same bytes twice change nothing',
    ],
    zh: '将一份文件读成 DATA_DIR 中的草稿并显示；带 --commit 则记录其内容。须先由人确认时退出码为 3。同一文件重复导入不产生变化',
  },
  'cli.use.token': {
    en: 'token --role <role> [--unit <id>] [--sub <name>] [--ttl 8h] [--force]',
    zh: 'token --role <角色> [--unit <编号>] [--sub <名称>] [--ttl 8h] [--force]',
  },
  'cli.does.token': {
    en: 'print a token signed with the local key; roles: office, unit, auditor, admin',
    zh: '输出由本地密钥签名的令牌；角色：office、unit、auditor、admin',
  },
  'cli.use.token-revoke': { en: 'token --revoke <token or jti> [--reason <text>]', zh: 'token --revoke <令牌或 jti> [--reason <理由>]' },
  'cli.does.token-revoke': {
    en: 'make a token good for nothing, at every server that shares the keys of DATA_DIR',
    zh: '吊销令牌，对共用 DATA_DIR 密钥的所有服务器生效',
  },
  'cli.use.rebuild': { en: 'rebuild [--check]', zh: 'rebuild [--check]' },
  'cli.does.rebuild': {
    en: ['build the views again from the log; with --check beside those in use, and say where these ', 'differ: exit code 1 where they do'],
    zh: '由日志重建视图；带 --check 则另行生成并指出与现用视图的差异，有差异时退出码为 1',
  },
  'cli.use.demo': { en: 'demo [--dir <dir>]', zh: 'demo [--dir <目录>]' },
  'cli.does.demo': {
    en: 'load a synthetic year into a data directory of its own',
    zh: '在单独的数据目录中载入虚构的一年',
  },
  'cli.use.export': {
    en: 'export --out <dir> [--from <url>] [--token <jwt>]',
    zh: 'export --out <目录> [--from <网址>] [--token <jwt>]',
  },
  'cli.does.export': {
    en: 'copy the log and its proofs into a bundle, or bring a bundle up to date; from DATA_DIR or a server',
    zh: '将日志及其证明复制为导出包，或更新已有的导出包；来自 DATA_DIR 或服务器',
  },
  'cli.use.export-task': {
    en: 'export --task <id> --out <file> [--from <url>] [--token <jwt>]',
    zh: 'export --task <编号> --out <文件> [--from <网址>] [--token <jwt>]',
  },
  'cli.does.export-task': {
    en: "one task's history in a file that can be verified alone",
    zh: '将一项任务的历史写成可单独验证的文件',
  },
  'cli.use.verify': {
    en: [
      'verify <bundle | data directory | task file | url> [--policy <file>] [--state <dir>] [--skew <seconds>] ',
      '[--task <id>] [--letter <file.docx>]… [--tsa-ca <certificates>] [--token <jwt>] [--json]',
    ],
    zh: [
      'verify <导出包 | 数据目录 | 任务文件 | 网址> [--policy <文件>] [--state <目录>] [--skew <秒>] ',
      '[--task <编号>] [--letter <文件.docx>]… [--tsa-ca <证书>] [--token <jwt>] [--json]',
    ],
  },
  'cli.does.verify': {
    en: 'prove or disprove a log without trusting it; exit code 1 where it does not hold',
    zh: '无须信任日志即可证明其属实与否；不属实时退出码为 1',
  },
  'cli.use.witness': {
    en: 'witness --listen <host:port> --key <file> --logs <policy> --state <file> [--new-key <name>]',
    zh: 'witness --listen <主机:端口> --key <文件> --logs <规则> --state <文件> [--new-key <名称>]',
  },
  'cli.does.witness': { en: 'cosign the checkpoints of other logs', zh: '为其他日志的检查点联署' },
  'cli.use.restore': { en: 'restore --from <bundle> [--policy <file>]', zh: 'restore --from <导出包> [--policy <文件>]' },
  'cli.does.restore': {
    en: 'add the events that DATA_DIR has lost, byte for byte',
    zh: '逐字节补回 DATA_DIR 丢失的事件',
  },
  'cli.use.restart': {
    en: 'restore --new-incarnation --reason <text> --authority <text> [--origin <name>] [--checkpoint <file>]',
    zh: 'restore --new-incarnation --reason <理由> --authority <依据> [--origin <名称>] [--checkpoint <文件>]',
  },
  'cli.does.restart': { en: 'go on under another name after a loss for good', zh: '在无法挽回的丢失之后以另一名称继续' },
  'cli.use.remind': { en: 'remind --due [--dry-run]', zh: 'remind --due [--dry-run]' },
  'cli.does.remind': {
    en: [
      'send the reminders that are due, once; with --dry-run show them. ',
      'Exit code 3 where one did not go, may ',
      'have gone, or has no address',
    ],
    zh: '发送到期的催办，每项一次；带 --dry-run 则只显示。有未发出、是否发出不明或没有地址的，退出码为 3',
  },
  'cli.use.backup': {
    en: 'backup --out <dir> [--with-keys] [--with-personal]',
    zh: 'backup --out <目录> [--with-keys] [--with-personal]',
  },
  'cli.does.backup': {
    en: 'copy DATA_DIR, in use or not, into a directory that can take its place',
    zh: '将 DATA_DIR（无论是否在用）复制到可取代它的目录',
  },
  'cli.use.migrate': { en: 'migrate --from <dir> --to <url>', zh: 'migrate --from <目录> --to <网址>' },
  'cli.does.migrate': {
    en: "copy an embedded log into a cluster of KurrentDB; the directory is a replica's from then on",
    zh: '将内置日志复制到 KurrentDB 集群；该目录此后为副本的目录',
  },
  'cli.use.setup-eventstore': {
    en: 'setup-eventstore --admin <url> [--user duban] [--group duban] [--replace]',
    zh: 'setup-eventstore --admin <网址> [--user duban] [--group duban] [--replace]',
  },
  'cli.does.setup-eventstore': {
    en: 'make the user (password: DUBAN_PASSWORD) who may add to a cluster and not take from it',
    zh: '建立可向集群追加而不能删减的用户（密码：DUBAN_PASSWORD）',
  },
  'cli.use.rotate-key': { en: 'rotate-key --reason <text> --authority <text>', zh: 'rotate-key --reason <理由> --authority <依据>' },
  'cli.does.rotate-key': { en: 'replace the key that signs checkpoints', zh: '更换签署检查点的密钥' },
});
