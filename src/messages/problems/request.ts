import { messages } from '../message.ts';

/** What is wrong with a request before any rule hears of it. */
export const request = messages({
  'problem.invalid-input.title': { en: 'The input is not valid', zh: '填写内容不合要求' },
  'problem.invalid-input.explanation': {
    en: [
      'errors names each field at fault by a JSON Pointer (RFC 6901) into the body, or `/name` of a path or query parameter. ',
      'Unknown fields and parameters are refused.',
    ],
    zh: 'errors 逐一指明出错字段：以 JSON Pointer（RFC 6901）指向请求正文，或以 `/名称` 指路径参数、查询参数。不认识的字段和参数一律拒收。',
  },
  'problem.malformed-json.title': { en: 'The body is not JSON', zh: '请求正文不是 JSON' },
  'problem.malformed-json.explanation': {
    en: 'A body is one JSON object in UTF-8 (RFC 8259) in which no member name stands twice.',
    zh: '请求正文应为一个 UTF-8 编码的 JSON 对象（RFC 8259），成员名不得重复。',
  },
  'problem.malformed-request.title': { en: 'The request is malformed', zh: '请求格式错误' },
  'problem.malformed-request.explanation': {
    en: 'The request is not well-formed HTTP, or its URL cannot be decoded.',
    zh: '请求不是合格的 HTTP 报文，或者其网址无法解码。',
  },
  'problem.invalid-header.title': { en: 'A header is not valid', zh: '请求头不合要求' },
  'problem.invalid-header.explanation': {
    en: [
      'If-Match is a list of entity tags such as "12", or *. Idempotency-Key holds 1 to 255 visible ASCII characters, in ',
      'double quotes or bare.',
    ],
    zh: 'If-Match 是形如 "12" 的实体标签列表，或 *。Idempotency-Key 为 1 至 255 个可见 ASCII 字符，加双引号或不加均可。',
  },
  'problem.as-of-out-of-range.title': { en: 'asOf is out of range', zh: 'asOf 超出范围' },
  'problem.as-of-out-of-range.explanation': {
    en: [
      'asOf is a position the log has reached, @81234, or an RFC 3339 instant that is not in the future. What will be known ',
      'is not known.',
    ],
    zh: 'asOf 是日志已到达的位置（如 @81234），或不晚于现在的 RFC 3339 时刻。将来才知道的，现在不可知。',
  },
  'problem.beyond-the-log.title': { en: 'The position is beyond the log', zh: '位置超出日志' },
  'problem.beyond-the-log.explanation': {
    en: [
      'The log has not reached this position, so no answer of this log named it. Whoever followed the log and is told this ',
      'follows one that was restored since from an older copy: it has to begin again from what it can prove.',
    ],
    zh: '日志尚未到达此位置，因此本日志从未给出过这一位置。如果您此前一直跟随本日志，说明它已由较旧的备份恢复：请从您能够证明的位置重新开始。',
  },
  'problem.unauthenticated.title': { en: 'No valid token', zh: '没有有效令牌' },
  'problem.unauthenticated.explanation': {
    en: [
      'Send Authorization: Bearer with a JSON Web Token signed by EdDSA or RS256 with a key this service knows, not expired, ',
      'that says sub, role, and unit for role unit.',
    ],
    zh: [
      '请发送 Authorization: Bearer 及 JSON Web Token：由本服务认识的密钥以 EdDSA 或 RS256 签名，未过期，载明 sub、role；role 为 unit ',
      '时还须载明 unit。',
    ],
  },
  'problem.forbidden.title': { en: 'Not allowed', zh: '无此权限' },
  'problem.forbidden.explanation': {
    en: "The role of the token may not do this, and a unit never acts for another. A paper entry is the office's alone.",
    zh: '令牌的角色不得办理此事项，单位也不得代其他单位办理。纸质材料只能由督查机构录入。',
  },
  'problem.unit-not-registered.title': { en: 'The unit is not registered', zh: '单位未登记' },
  'problem.unit-not-registered.explanation': {
    en: [
      'The token is good, and speaks for a unit that the roster does not hold. GET /v1/units?q= finds a unit by any name it ',
      'ever had.',
    ],
    zh: '令牌有效，但所代表的单位不在名册中。可用 GET /v1/units?q= 按单位用过的任何名称查找。',
  },
  'problem.not-found.title': { en: 'Nothing is here', zh: '没有找到' },
  'problem.not-found.explanation': {
    en: 'The URL names nothing, or nothing that you may see.',
    zh: '网址没有对应的内容，或者您无权查看。',
  },
  'problem.method-not-allowed.title': { en: 'The method is not allowed', zh: '不接受此方法' },
  'problem.method-not-allowed.explanation': {
    en: 'The URL exists, and takes the methods named in Allow.',
    zh: '网址存在，可用的方法见 Allow。',
  },
  'problem.not-acceptable.title': { en: 'No such representation', zh: '不提供所要的形式' },
  'problem.not-acceptable.explanation': {
    en: 'None of the media types in Accept is available here.',
    zh: 'Accept 所列的媒体类型，此处都不提供。',
  },
  'problem.precondition-failed.title': { en: 'The revision has changed', zh: '版本已变更' },
  'problem.precondition-failed.explanation': {
    en: ['If-Match names another revision than the current one, which is in currentRevision and ETag. Read again, then decide ', 'again.'],
    zh: 'If-Match 所指不是当前版本；当前版本见 currentRevision 和 ETag。请重新读取后再作决定。',
  },
  'problem.attachment-quota.title': { en: 'The unit has sent as much as it may', zh: '单位的附件已达上限' },
  'problem.attachment-quota.explanation': {
    en: 'What one unit may send as attachments is bounded, in number and in bytes; facts says what it has sent and what it may.',
    zh: '一个单位所能送交的附件，数量和字节数均有限额；facts 列明已送交多少、限额多少。',
  },
  'problem.body-too-large.title': { en: 'The body is too large', zh: '请求正文过大' },
  'problem.body-too-large.explanation': {
    en: 'The body is larger than this call takes. Attachments are filed by their SHA-256, not sent.',
    zh: '请求正文超过本接口的上限。附件以其 SHA-256 存入，不随正文发送。',
  },
  'problem.url-too-long.title': { en: 'The URL is too long', zh: '网址过长' },
  'problem.url-too-long.explanation': {
    en: 'The URL, or a part of it, is longer than any that this service has.',
    zh: '网址或其中一段超过本服务的任何网址。',
  },
  'problem.file-unknown.title': { en: 'No file of a known type', zh: '不认识的文件类型' },
  'problem.file-unknown.explanation': {
    en: 'Text, csv, xlsx, docx and html are read, told apart by their content and not by what they are called.',
    zh: '可读取文本、csv、xlsx、docx 和 html；以内容判断类型，不看文件名。',
  },
  'problem.file-damaged.title': { en: 'The file is damaged', zh: '文件已损坏' },
  'problem.file-damaged.explanation': {
    en: 'It is of a known type, and cannot be read to its end.',
    zh: '文件属于可读取的类型，但不能完整读取。',
  },
  'problem.file-encrypted.title': { en: 'The file is encrypted', zh: '文件已加密' },
  'problem.file-encrypted.explanation': {
    en: 'It is protected by a password. Save it without one and send it again.',
    zh: '文件设有密码。请另存为不设密码的文件后重新送交。',
  },
  'problem.file-too-large.title': { en: 'The file holds too much', zh: '文件内容过多' },
  'problem.file-too-large.explanation': {
    en: 'Its content, unpacked, has more bytes, cells or levels than are read.',
    zh: '解压后的字节数、单元格数或层数超过可读取的上限。',
  },
  'problem.cell-changed.title': { en: 'A cell is not as it was given out', zh: '单元格与发出时不同' },
  'problem.cell-changed.explanation': {
    en: 'What the office says in a sheet stays as it is. Ask for the sheet anew and fill in the columns that are open.',
    zh: '表格中由督查机构填写的部分应保持原样。请重新获取表格，只填写开放的列。',
  },
  'problem.unsupported-media-type.title': { en: 'The media type is not supported', zh: '不支持的媒体类型' },
  'problem.unsupported-media-type.explanation': {
    en: [
      'Bodies are application/json in UTF-8 without content coding; some calls take files, and the import of a document ',
      'text/plain.',
    ],
    zh: '请求正文为 UTF-8 编码、未经压缩的 application/json；有些接口接受文件，导入文件的接口接受 text/plain。',
  },
  'problem.idempotency-key-reused.title': { en: 'The idempotency key was used before', zh: '幂等键已用过' },
  'problem.idempotency-key-reused.explanation': {
    en: 'The same Idempotency-Key came with another request. A key belongs to one request and its retries.',
    zh: '同一 Idempotency-Key 曾用于另一请求。一个键只属于一个请求及其重发。',
  },
  'problem.precondition-required.title': { en: 'If-Match is required', zh: '必须带 If-Match' },
  'problem.precondition-required.explanation': {
    en: [
      'This changes what others rely on, so it says which revision it was decided on: send If-Match with the ETag of the ',
      'subject (RFC 6585 §3).',
    ],
    zh: '此事项会改变他人所依据的内容，须注明依据哪一版本作出：请以该对象的 ETag 作为 If-Match 发送（RFC 6585 §3）。',
  },
});
