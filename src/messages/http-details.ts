import { messages } from './message.ts';

export const httpDetails = messages({
  'http.role-may-not-do-this': { en: 'role {$role} may not do this', zh: '{$role}不得办理此事项' },
  'http.no-unit-registered-so-token-speaks': {
    en: 'no unit {$unit} is registered, so its token speaks for nobody',
    zh: '没有登记单位 {$unit}，其令牌不代表任何单位',
  },
  'http.token-not-signed-by': { en: 'the token is not signed by {$algorithms}', zh: '令牌不是以 {$algorithms} 签名的' },
  'http.token-does-not-say-which-key': { en: 'the token does not say which key signed it (kid)', zh: '令牌没有写明由哪个密钥签名（kid）' },
  'http.token-not-one-that-this-service': { en: 'the token is not one that this service can verify', zh: '本服务无法验证该令牌' },
  'http.token-was-revoked': { en: 'the token was revoked', zh: '令牌已吊销' },
  'http.send-authorization-bearer-and-token': { en: 'send Authorization: Bearer and a token', zh: '请发送 Authorization: Bearer 及令牌' },
  'http.authorization-not-bearer-and-token': { en: 'Authorization is not Bearer and a token', zh: 'Authorization 不是 Bearer 加令牌' },
  'http.body-not-valid-utf-8': { en: 'the body is not valid UTF-8', zh: '请求正文不是合格的 UTF-8' },
  'http.must-be-json-object': { en: 'must be a JSON object', zh: '应为 JSON 对象' },
  'http.stands-twice-in-object': { en: 'stands twice in its object', zh: '在其对象中出现了两次' },
  'http.body-not-json': { en: 'the body is not JSON ({$why})', zh: '请求正文不是合格的 JSON（解析程序称：{$why}）' },
  'http.body-not-json-at': {
    en: 'the body is not JSON from line {$line}, character {$character} on ({$why})',
    zh: '请求正文不是合格的 JSON，错在第 {$line} 行第 {$character} 个字符处（解析程序称：{$why}）',
  },
  'http.body-ends-early': {
    en: 'the body ends before its JSON does ({$why})',
    zh: '请求正文的 JSON 不完整，中途即止（解析程序称：{$why}）',
  },
  'http.content-coding-not-supported': { en: 'the content coding {$coding} is not supported', zh: '不支持内容编码 {$coding}' },
  'http.json-in-not-supported-send-utf': {
    en: 'JSON in {$charset} is not supported; send UTF-8',
    zh: '不支持 {$charset} 编码的 JSON，请以 UTF-8 发送',
  },
  'http.not-supported-here': { en: '{$headers} is not supported here', zh: '此处不支持 {$headers}' },
  'http.body-without-media-type': { en: 'a body without a media type', zh: '没有媒体类型的请求正文' },
  'http.send-if-match-with-etag-what': {
    en: 'send If-Match with the ETag of what you decided on',
    zh: '请以所依据版本的 ETag 作为 If-Match 发送',
  },
  'http.this-makes-subject-there-no-revision': {
    en: 'this makes its subject: there is no revision to match yet',
    zh: '此请求新建其对象，尚无版本可供匹配',
  },
  'http.what-url-names-does-not-exist': { en: 'what the URL names does not exist', zh: '网址所指的对象不存在' },
  'http.revision': { en: 'the revision is {$current}', zh: '当前版本为 {$current}' },
  'http.stands-in-body-where-that-json': { en: 'stands in the body, where that is JSON', zh: '正文为 JSON 时，此项写在正文中' },
  'http.done-before-or-nothing-to-change': {
    en: 'Done before, or nothing to change: the first answer again.',
    zh: '此前已办理，或者没有变化：再次给出首次的答复。',
  },
  'http.form-answer-more-than-accept-says': {
    en: 'The form of the answer; more than `Accept` it says what is wanted.',
    zh: '答复的形式；与 `Accept` 不一致时以此为准。',
  },
  'http.this-given-as': { en: 'this is given as {$kinds}', zh: '此处提供 {$kinds}' },
  'http.idempotency-key-not-1-to-255': {
    en: 'Idempotency-Key is not 1 to 255 visible ASCII characters, in double quotes or bare',
    zh: 'Idempotency-Key 不是 1 至 255 个可见 ASCII 字符（加双引号或不加均可）',
  },
  'http.private-key': { en: 'is a private key', zh: '是私钥' },
  'http.for-not-for-signatures': { en: 'is for {$use}, not for signatures', zh: '用途为 {$use}，不是签名' },
  'http.not-for-verifying': { en: 'is not for verifying', zh: '不能用于验证' },
  'http.neither-ed25519-nor-rsa': { en: 'is neither Ed25519 nor RSA', zh: '既不是 Ed25519 也不是 RSA' },
  'http.for-not-for': { en: 'is for {$alg}, not for {$alg2}', zh: '适用于 {$alg}，不是 {$alg2}' },
  'http.jwk-not-well-formed': { en: 'is not well-formed', zh: '格式不合要求' },
  'http.has-bits-and-least': { en: 'has {$bits} bits, and {$minRsaBits} are the least', zh: '只有 {$bits} 位，至少应有 {$minRsaBits} 位' },
  'http.not-json': { en: 'is not JSON', zh: '不是 JSON' },
  'http.no-json-web-key-set-object': {
    en: 'is no JSON Web Key Set: an object with a list of keys',
    zh: '不是 JSON Web Key Set：应为含有密钥列表的对象',
  },
  'http.no-json-web-key': { en: 'is no JSON Web Key', zh: '不是 JSON Web Key' },
  'http.key': { en: 'key {$name} {$found}', zh: '密钥 {$name} {$found}' },
  'http.holds-no-key-that-verifies-eddsa': { en: 'holds no key that verifies EdDSA or RS256', zh: '不含可验证 EdDSA 或 RS256 的密钥' },
  'http.auth-jwks': { en: 'AUTH_JWKS: {$name} {$cause}', zh: 'AUTH_JWKS：{$name} {$cause}' },
  'http.auth-jwks-2': { en: 'AUTH_JWKS: {$name} {$found}', zh: 'AUTH_JWKS：{$name} {$found}' },
  'http.auth-jwks-was-not-read-yet': { en: 'AUTH_JWKS: {$name} was not read yet', zh: 'AUTH_JWKS：{$name} 尚未读取' },
  'http.keys-that-verify-tokens-too-old': {
    en: 'the keys that verify tokens are too old; {$failure}',
    zh: '用于验证令牌的密钥过旧；{$failure}',
  },
  'http.keys-that-verify-tokens-could-not': { en: 'the keys that verify tokens could not be read', zh: '无法读取用于验证令牌的密钥' },
  'http.does-not-answer-within-s': { en: 'it does not answer within {$timeoutMillis} s', zh: '{$timeoutMillis} 秒内没有应答' },
  'http.cannot-be-read': { en: 'cannot be read: {$error}', zh: '无法读取：{$error}' },
  'http.cannot-be-fetched': { en: 'cannot be fetched: {$error}', zh: '无法取得：{$error}' },
  'http.answers': { en: 'answers {$status}', zh: '应答状态为 {$status}' },
  'http.url-has-more-than-characters': { en: 'the URL has more than {$most} characters', zh: '网址超过 {$most} 个字符' },
  'http.has-more-than-members-and-items': { en: 'has more than {$jsonMembers} members and items', zh: '成员和元素超过 {$jsonMembers} 个' },
  'http.nested-deeper-than-levels': { en: 'is nested deeper than {$jsonDepth} levels', zh: '嵌套超过 {$jsonDepth} 层' },
  'http.has-sent-more-than-requests-within': {
    en: '{$whose} has sent more than {$max} requests within a minute',
    zh: '{$whose}一分钟内发送的请求超过 {$max} 个',
  },
  'http.this-subject': { en: 'this subject', zh: '该用户' },
  'http.this-address': { en: 'this address', zh: '该地址' },
  'http.requests-heard-ms-late-nothing-more': {
    en: 'requests are heard {$value} ms late: nothing more is begun',
    zh: '请求迟至 {$value} 毫秒后才得到处理，暂不受理新的请求',
  },
  'http.this-subject-follows-log-times-already': {
    en: 'this subject follows the log {$own} times already, as often as it may',
    zh: '该用户已有 {$own} 个连接在跟随日志，已达上限',
  },
  'http.log-followed-times-as-often-as': {
    en: 'the log is followed {$count} times, as often as it can be',
    zh: '已有 {$count} 个连接在跟随日志，已达上限',
  },
  'http.too-many-reads-one-subject-wait': { en: 'too many reads of one subject wait', zh: '同一用户排队等待的读取过多' },
  'http.too-many-reads-wait': { en: 'too many reads wait', zh: '排队等待的读取过多' },
  'http.nobody-waits-for-answer-any-more': { en: 'nobody waits for the answer any more', zh: '已无人等待该答复' },
  'http.cursor-next-page-null-on-last': {
    en: '`cursor` of the next page; null on the last one.',
    zh: '下一页的 `cursor`；最后一页为 null。',
  },
  'http.items-all-pages-together-left-out': {
    en: 'Items of all pages together; left out where they are not counted without being read.',
    zh: '各页条目总数；须逐条读取才能计数的不给出。',
  },
  'http.page-as-known-at-basis-position': {
    en: 'A page, as known at `basis.position`, judged at `basis.at`; a file holds the whole list.',
    zh: '一页内容，以 `basis.position` 时所知为准，按 `basis.at` 的时刻判断；文件则为整个列表。',
  },
  'http.vanished-while-was-made': { en: '{$path} vanished while it was made', zh: '{$path} 在生成过程中消失' },
  'http.role-unit-needs-unit': { en: 'role unit needs a unit', zh: '角色 unit 须有单位' },
  'http.role-has-no-unit': { en: 'role {$role} has no unit', zh: '角色 {$role} 没有单位' },
  'http.accept-datetime-not-http-date-such': {
    en: 'Accept-Datetime is not an HTTP date such as "Wed, 01 Mar 2023 00:00:00 GMT"',
    zh: 'Accept-Datetime 不是 HTTP 日期，如 "Wed, 01 Mar 2023 00:00:00 GMT"',
  },
  'http.when-happened-as-sender-says-recorded': {
    en: 'When it happened, as the sender says. Recorded, never judged on.',
    zh: '发送者所称的发生时间。只作记录，不作判断依据。',
  },
  'http.when-paper-reached-office-where-enters': {
    en: 'When the paper reached the office, where it enters one. Needs `basis`.',
    zh: '督查机构录入纸质材料时，收到该材料的时间。须同时填写 `basis`。',
  },
  'http.paper-from-which-office-enters-this': { en: 'The paper from which the office enters this.', zh: '督查机构据以录入的纸质材料。' },
  'http.unit-whose-act-office-enters-unit': {
    en: 'The unit whose act the office enters. A unit need not name itself; it may name one that was merged into it.',
    zh: '督查机构代为录入的单位。单位自己办理的不必填写；可填写已并入本单位的单位。',
  },
  'http.another-unit-than-that-token': { en: 'is another unit than that of the token', zh: '不是令牌所代表的单位' },
  'http.set-by-server-only-office-enters': {
    en: 'is set by the server; only the office enters papers',
    zh: '由服务器设定；只有督查机构可录入纸质材料',
  },
  'http.offices-where-enters-paper': { en: "is the office's, where it enters a paper", zh: '仅供督查机构录入纸质材料时填写' },
  'http.required-where-office-enters-what-unit': {
    en: 'is required where the office enters what a unit says',
    zh: '督查机构代单位录入时必须填写',
  },
  'http.paper-entry-names-unit-and-paper': { en: 'a paper entry names the unit and the paper', zh: '录入纸质材料须注明单位和所依据的材料' },
  'http.required-where-receivedat-set': { en: 'is required where receivedAt is set', zh: '填写 receivedAt 时必须填写' },
  'http.later-than-now': { en: 'is later than now', zh: '晚于当前时间' },
  'http.must-be-whole-number': { en: 'must be a whole number', zh: '应为整数' },
  'http.must-be-1-to': { en: 'must be 1 to {$maxLimit}', zh: '应在 1 至 {$maxLimit} 之间' },
  'http.items-in-page-1-to-by': {
    en: 'Items in a page: 1 to {$maxLimit}, {$defaultLimit} by default.',
    zh: '每页条数：1 至 {$maxLimit}，默认 {$defaultLimit}。',
  },
  'http.next-page-before-with-same-filters': {
    en: '`next` of the page before, with the same filters.',
    zh: '上一页的 `next`，筛选条件须相同。',
  },
  'http.not-one-that-this-list-gave': { en: 'is not one that this list gave', zh: '不是本列表给出的' },
  'http.was-given-for-other-filters': { en: 'was given for other filters', zh: '是按其他筛选条件给出的' },
  'http.must-be-number-from-1': { en: 'must be a number from 1', zh: '应为从 1 起的序号' },
  'http.must-be-position': { en: 'must be a position', zh: '应为位置' },
  'http.if-match-not-list-entity-tags': {
    en: 'If-Match is not a list of entity tags, such as "12", nor *',
    zh: 'If-Match 既不是形如 "12" 的实体标签列表，也不是 *',
  },
  'http.must-be-1-to-200-printable': { en: 'must be 1 to 200 printable characters', zh: '应为 1 至 200 个可打印字符' },
  'http.version-time-that-accept-datetime-names': {
    en: 'The version of the time that `Accept-Datetime` names.',
    zh: '`Accept-Datetime` 所指时刻的版本。',
  },
  'http.as-known-at-basis-position-judged': {
    en: 'As known at `basis.position`, judged at `basis.at`.',
    zh: '以 `basis.position` 时所知为准，按 `basis.at` 的时刻判断。',
  },
  'http.at': { en: '{$reason}: at {$position} of {$head}', zh: '{$reason}：已到位置 {$position}，日志止于 {$head}' },
  'http.beyond-log-which-ends-at': { en: 'is beyond the log, which ends at {$position}', zh: '超出日志，日志止于 {$position}' },
  'http.position-cannot-be-read-yet-views': {
    en: 'position {$position} cannot be read yet; the views are at {$position2}',
    zh: '位置 {$position} 尚不能读取；视图才到位置 {$position2}',
  },
  'http.position-not-in-log-this-replica': {
    en: 'position {$position} is not in the log of this replica yet, which ends at {$position2}',
    zh: '位置 {$position} 尚未进入本副本的日志，其日志止于 {$position2}',
  },
  'http.what-if-none-match-names-still': { en: 'What `If-None-Match` names still holds.', zh: '`If-None-Match` 所指的答复仍然有效。' },
  'http.what-was-known-all-events-up': {
    en: 'What was known: all events up to this position of the log.',
    zh: '所知范围：截至日志此位置的全部事件。',
  },
  'http.when-event-at-this-position-was': {
    en: 'When the event at this position was recorded; null before the first.',
    zh: '此位置的事件记录的时间；第一个事件之前为 null。',
  },
  'http.civil-day-at': { en: 'The civil day of `at`.', zh: '`at` 所在的日期。' },
  'http.moment-judged-asof-position-on-at': {
    en: 'The moment judged. `asOf=@<position>&on=<at>` gives the same answer again.',
    zh: '判断所依据的时刻。`asOf=@<position>&on=<at>` 再次得到同一答复。',
  },
  'http.zone-office-in-which-days-begin': {
    en: 'The zone of the office, in which its days begin and end.',
    zh: '督查机构所在的时区，以此确定一日的起止。',
  },
  'http.moment-had-not-come-what-will': {
    en: 'The moment had not come: what will still be recorded until then is not known.',
    zh: '该时刻尚未到来：届时之前还会记录什么，现在不可知。',
  },
  'http.zone-one-directive-that-about-where': {
    en: 'The zone of the one directive that it is about, where that is another: of its due days.',
    zh: '所涉唯一文件的时区与督查机构不同时，该文件的时区：截止日以此为准。',
  },
  'http.must-be-position-or-rfc-3339': {
    en: 'must be @<position> or an RFC 3339 date-time with an offset, {$years}',
    zh: '应为 @<position>，或带时差的 RFC 3339 日期时间（{$years}）',
  },
  'http.what-was-known-position-or-last': {
    en: ['What was known: `@<position>`, or the last position recorded at or before an RFC 3339 instant. The newest by ', 'default.'],
    zh: '所知范围：`@<position>`，或某一 RFC 3339 时刻及以前记录的最后位置。默认为最新。',
  },
  'http.must-be-civil-date-yyyy-mm': {
    en: 'must be a civil date, YYYY-MM-DD, or an RFC 3339 date-time with an offset, {$years}',
    zh: '应为日期 YYYY-MM-DD，或带时差的 RFC 3339 日期时间（{$years}）',
  },
  'http.moment-judged-rfc-3339-instant-or': {
    en: [
      "The moment judged: an RFC 3339 instant, or a civil day in the office's time zone, which stands for its last ",
      'instant and today for now. By default the moment of `asOf`, or now.',
    ],
    zh: '判断所依据的时刻：RFC 3339 时刻；或督查机构时区的日期，指该日最后一刻，当日则指现在。默认为 `asOf` 的时刻，或现在。',
  },
  'http.waits-at-most-5-s-until': {
    en: [
      "Waits, at most 5 s, until this position can be read: the `position` of a command's answer. A sender's own ",
      'commands are waited for without it.',
    ],
    zh: '等到此位置可以读取为止，至多 5 秒：命令答复中的 `position`。发送者自己的命令无须填写即会等待。',
  },
  'http.in-future-what-will-be-known': { en: 'is in the future: what will be known is not known', zh: '在将来：将来才知道的，现在不可知' },
  'http.belongs-to-another-asof-or-on': { en: 'belongs to another asOf or on', zh: '属于另一个 asOf 或 on' },
  'http.token-does-not-say-when-expires': {
    en: 'the token does not say when it expires (exp, in whole seconds)',
    zh: '令牌没有写明何时到期（exp，整秒）',
  },
  'http.token-has-expired': { en: 'the token has expired', zh: '令牌已过期' },
  'http.token-does-not-say-when-was': {
    en: 'the token does not say when it was issued (iat, in whole seconds)',
    zh: '令牌没有写明何时签发（iat，整秒）',
  },
  'http.token-says-that-issued-in-future': {
    en: 'the token says that it is issued in the future (iat)',
    zh: '令牌的签发时间在将来（iat）',
  },
  'http.nbf-token-no-whole-number-seconds': { en: 'the nbf of the token is no whole number of seconds', zh: '令牌的 nbf 不是整秒数' },
  'http.token-not-good-yet-nbf': { en: 'the token is not good yet (nbf)', zh: '令牌尚未生效（nbf）' },
  'http.token-good-for-s-and-s': {
    en: 'the token is good for {$exp} s, and {$maxTtl} s are the most (exp, iat)',
    zh: '令牌有效期为 {$exp} 秒，至多 {$maxTtl} 秒（exp、iat）',
  },
  'http.token-not-issuer-that-this-service': {
    en: 'the token is not of the issuer that this service believes (iss)',
    zh: '令牌不是本服务所信任的签发方签发的（iss）',
  },
  'http.token-not-meant-for-this-service': { en: 'the token is not meant for this service (aud)', zh: '令牌不是给本服务的（aud）' },
  'http.token-does-not-say-sub-role': {
    en: 'the token does not say sub, role, and unit for role unit, or has no plain jti',
    zh: '令牌没有写明 sub、role，以及 role 为 unit 时的 unit，或者 jti 不合要求',
  },
  'http.does-not-hold-ed25519-private-key-2': { en: 'does not hold an Ed25519 private key (JWK)', zh: '其中没有 Ed25519 私钥（JWK）' },
});
