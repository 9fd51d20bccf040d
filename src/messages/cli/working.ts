import { messages } from '../message.ts';

export const cliWorking = messages({
  'cli.force-anyway': { en: '--force makes the token all the same', zh: '用 --force 仍可签发令牌' },
  'cli.no-log-yet': {
    en: 'there is no log in {$dataDir} yet, so no unit is registered; {$anyway}',
    zh: '{$dataDir} 中尚无日志，因而没有登记任何单位；{$anyway}',
  },
  'cli.none-is-yet': { en: 'none is yet', zh: '尚未登记任何单位' },
  'cli.none-is-near': { en: 'none has an id like it', zh: '没有相近的编号' },
  'cli.nearest-is': { en: 'the nearest is {$id} ({$name})', zh: '最接近的是 {$id}（{$name}）' },
  'cli.no-unit-registered': {
    en: 'no unit {$unit} is registered in {$dataDir}: {$hint}; {$anyway}',
    zh: '{$dataDir} 中没有登记单位 {$unit}：{$hint}；{$anyway}',
  },
  'cli.role-is-one-of': { en: '--role must be one of {$roles}', zh: '--role 应为 {$roles} 之一' },
  'cli.unit-is-required': { en: '--unit is required for role unit', zh: '角色为 unit 时必须给出 --unit' },
  'cli.unit-goes-with-role-unit': { en: '--unit goes with role unit', zh: '--unit 仅用于角色 unit' },
  'cli.unit-is-an-id': {
    en: '--unit must be the id of a unit, small letters, digits and hyphens, not a name; GET /v1/units?q=… finds it',
    zh: '--unit 应为单位编号（小写字母、数字和连字符），不是名称；可用 GET /v1/units?q=… 查找',
  },
  'cli.unit-is-called': {
    en: '--unit must be the id of a unit: that of {$name} is {$id}',
    zh: '--unit 应为单位编号：{$name} 的编号是 {$id}',
  },
  'cli.ttl-is-a-time': { en: '--ttl must be a time such as 30m, 8h or 7d', zh: '--ttl 应为时长，如 30m、8h 或 7d' },
  'cli.ttl-at-most': {
    en: '--ttl must be at most {$seconds}s: the service believes no token for longer',
    zh: '--ttl 至多为 {$seconds}s：服务不接受有效期更长的令牌',
  },
  'cli.local-key-not-believed': {
    en: 'AUTH_JWKS is set: a service with this setting does not believe tokens of the local key',
    zh: '已设置 AUTH_JWKS：有此设置的服务不接受本地密钥签发的令牌',
  },
  'cli.revoke-takes': { en: '--revoke takes a token that has a jti, or its jti', zh: '--revoke 应为带有 jti 的令牌，或其 jti' },
  'cli.revoked-before': { en: '{$jti} was revoked before', zh: '{$jti} 此前已吊销' },
  'cli.reason-goes-with-revoke': { en: '--reason goes with --revoke', zh: '--reason 仅与 --revoke 同用' },
  'cli.revoke-goes-with-reason': { en: '--revoke goes with --reason alone', zh: '--revoke 仅与 --reason 同用' },
  'cli.due-is-required': { en: '--due is required: it sends what is due now', zh: '必须给出 --due：发送现在到期的催办' },
  'cli.smtp-is-not-set': { en: 'SMTP_URL is not set: nothing can be sent', zh: '未设置 SMTP_URL：无法发送' },
  'cli.reminders-may-have-gone': {
    en: 'of {$count} nobody can tell whether they went: GET /v1/reminders?status=unknown lists such, and a person sends them again',
    zh: '{$count}项是否已发出不明：GET /v1/reminders?status=unknown 列出此类催办，须由人再次发送',
  },
  'cli.reminders-did-not-go': { en: '{$count} did not go', zh: '{$count}项未发出' },
  'cli.reminders-have-no-address': {
    en: '{$count} did not go: none of the recipients has an address',
    zh: '{$count}项未发出：收件人均无地址',
  },
  'cli.building-views-beside': { en: 'building the views beside', zh: '另行生成视图' },
  'cli.views-differ': {
    en: 'the views do not hold what the log says: duban rebuild makes them again',
    zh: '视图与日志所载不符：可用 duban rebuild 重建',
  },
  'cli.demo-board': { en: 'annual reports of 2023, as of 2024-01-08', zh: '2023 年度报告，截至 2024 年 1 月 8 日' },
  'cli.demo-year': { en: 'the demo year', zh: '演示年度' },
  'cli.demo-holds-a-log': {
    en: '{$dir} holds a log already; the demo year starts from nothing',
    zh: '{$dir} 已有日志；演示年度须从空目录开始',
  },
  'cli.demo-loaded': {
    en: 'SYNTHETIC DATA: {$events} events of a made-up year in {$dir}, in {$seconds} s',
    zh: '合成数据：虚构的一年，{$events} 个事件，位于 {$dir}，用时 {$seconds} 秒',
  },
  'cli.demo-look': { en: 'look at it:  DATA_DIR={$dir} SEED=none npm start', zh: '查看：  DATA_DIR={$dir} SEED=none npm start' },
  'cli.demo-token': {
    en: 'a token:     DATA_DIR={$dir} npm run -s duban -- token --role auditor',
    zh: ['令牌：', '  DATA_DIR={$dir} npm run -s duban -- token --role auditor'],
  },
  'cli.done-of': { en: '{$what}: {$done} of {$total}', zh: '{$what}：{$done}/{$total}' },
  'cli.importing': { en: 'importing', zh: '导入' },
  'cli.exporting': { en: 'exporting', zh: '导出' },
  'cli.demo-all-units': { en: 'all units', zh: '全部单位' },
  'cli.demo-owed': { en: 'owed', zh: '应报送' },
  'cli.demo-onTime': { en: 'onTime', zh: '按时' },
  'cli.demo-late': { en: 'late', zh: '逾期' },
  'cli.demo-missing': { en: 'missing', zh: '未报送' },
});
