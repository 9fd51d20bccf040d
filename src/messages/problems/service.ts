import { messages } from '../message.ts';

/** What the service cannot do now. */
export const service = messages({
  'problem.request-timeout.title': { en: 'The request took too long', zh: '请求超时' },
  'problem.request-timeout.explanation': { en: 'The request did not arrive completely in time.', zh: '请求未在限定时间内完整到达。' },
  'problem.too-many-requests.title': { en: 'Too many requests', zh: '请求过多' },
  'problem.too-many-requests.explanation': {
    en: [
      'More requests came within a minute than one subject may send, or one address without a valid token. Try again after ',
      'Retry-After seconds.',
    ],
    zh: '一分钟内的请求超过一个用户（或无有效令牌的一个地址）的限额。请在 Retry-After 所示秒数后重试。',
  },
  'problem.too-many-reads.title': { en: 'Too many reads at once', zh: '同时读取过多' },
  'problem.too-many-reads.explanation': {
    en: [
      'As many reads of this subject wait for their turn already as may. Wait for their answers, or try again after ',
      'Retry-After seconds.',
    ],
    zh: '该用户排队等待的读取已达上限。请等候其答复，或在 Retry-After 所示秒数后重试。',
  },
  'problem.too-many-streams.title': { en: 'Too many streams', zh: '跟随连接过多' },
  'problem.too-many-streams.explanation': {
    en: ['This subject follows the log as often as it may. Close a stream that is not read, or try again after Retry-After ', 'seconds.'],
    zh: '该用户跟随日志的连接已达上限。请关闭不再读取的连接，或在 Retry-After 所示秒数后重试。',
  },
  'problem.headers-too-large.title': { en: 'The headers are too large', zh: '请求头过大' },
  'problem.headers-too-large.explanation': {
    en: 'The header section of the request exceeds what is accepted.',
    zh: '请求头总长超过上限。',
  },
  'problem.internal.title': { en: 'Internal error', zh: '内部错误' },
  'problem.internal.explanation': {
    en: [
      'The service failed; its log has the cause under the X-Request-Id of the answer. A command may be sent again with the ',
      'same Idempotency-Key.',
    ],
    zh: '服务出错，原因记在服务日志中，可按答复的 X-Request-Id 查找。命令可用同一 Idempotency-Key 重新发送。',
  },
  'problem.storage-full.title': { en: 'The storage is full', zh: '存储空间已满' },
  'problem.storage-full.explanation': {
    en: 'The disk of this service has no room for the bytes; nothing was kept. Whoever runs the service has to make room.',
    zh: '服务所用磁盘没有空间存放这些字节，未保存任何内容。请运维人员清理空间。',
  },
  'problem.attachment-damaged.title': { en: 'The attachment is damaged', zh: '附件已损坏' },
  'problem.attachment-damaged.explanation': {
    en: [
      'The stored bytes no longer have the digest that names them, so they are not given out. The digest in the log still ',
      'says what they were.',
    ],
    zh: '存储的字节与其摘要不符，因此不予提供。日志中的摘要仍可说明原件是什么。',
  },
  'problem.log-damaged.title': { en: 'The log is damaged', zh: '日志已损坏' },
  'problem.log-damaged.explanation': {
    en: [
      'An event in the log is not the one that was recorded, so nothing is shown of it, recorded after it or signed over it. ',
      'facts.position is its position, where that is known. Whoever runs the service has to restore the log; GET ',
      '/health/ready says more.',
    ],
    zh: '日志中有事件不是当初记录的那一个，因此该事件、其后的记录以及对其的签名均不予提供。facts.position 为其位置（如已知）。请运维人员恢复日志；详见 GET /health/ready。',
  },
  'problem.not-anchored-yet.title': { en: 'Not anchored yet', zh: '尚未锚定' },
  'problem.not-anchored-yet.explanation': {
    en: 'No signed checkpoint covers this yet. Try again after Retry-After seconds.',
    zh: '还没有已签名的检查点涵盖此内容。请在 Retry-After 所示秒数后重试。',
  },
  'problem.views-behind.title': { en: 'The views are behind', zh: '视图尚未跟上' },
  'problem.views-behind.explanation': {
    en: 'What was asked for is not in the views of this replica yet. Try again after Retry-After seconds.',
    zh: '所查内容尚未进入本副本的视图。请在 Retry-After 所示秒数后重试。',
  },
  'problem.overloaded.title': { en: 'Overloaded', zh: '负载过重' },
  'problem.overloaded.explanation': {
    en: ['More is asked of this replica than it can answer in time, so nothing more is begun. Try again after Retry-After ', 'seconds.'],
    zh: '请求超过本副本能及时答复的数量，因此不再开始新的处理。请在 Retry-After 所示秒数后重试。',
  },
  'problem.too-contended.title': { en: 'Too many writers', zh: '写入冲突过多' },
  'problem.too-contended.explanation': {
    en: [
      'The subject changes faster than a command can be decided. Try again after Retry-After seconds, with the same ',
      'Idempotency-Key.',
    ],
    zh: '该对象变化太快，来不及作出决定。请在 Retry-After 所示秒数后用同一 Idempotency-Key 重试。',
  },
  'problem.store-unavailable.title': { en: 'The log is not available', zh: '日志不可用' },
  'problem.store-unavailable.explanation': {
    en: 'The command is not known to be written. Send it again after Retry-After seconds, with the same Idempotency-Key.',
    zh: '不能确认命令是否已写入。请在 Retry-After 所示秒数后用同一 Idempotency-Key 重新发送。',
  },
  'problem.clock-behind.title': { en: 'The clock is not to be believed', zh: '本机时钟不可信' },
  'problem.clock-behind.explanation': {
    en: [
      "The log holds record times that are well ahead of this machine's clock, or that clock differs from the cluster's. Until ",
      'it is put right nothing is recorded, and nothing is read as of now: detail says how far apart they are. A read with ',
      '`asOf=@<position>` is answered.',
    ],
    zh: '日志中的记录时间明显晚于本机时钟，或者本机时钟与集群时钟不一致。纠正之前不作任何记录，也不按当前时刻读取；相差多少见 detail。带 `asOf=@<position>` 的读取仍予答复。',
  },
  'problem.keys-unavailable.title': { en: "The issuer's keys are not available", zh: '取不到签发方的密钥' },
  'problem.keys-unavailable.explanation': {
    en: 'The keys that verify tokens could not be fetched. Try again after Retry-After seconds.',
    zh: '未能取得用于验证令牌的密钥。请在 Retry-After 所示秒数后重试。',
  },
  'problem.shutting-down.title': { en: 'The service is stopping', zh: '服务正在停止' },
  'problem.shutting-down.explanation': {
    en: 'This replica is being stopped. Nothing was done; send it to another one, or again after Retry-After seconds.',
    zh: '本副本正在停止，未作任何处理。请改发其他副本，或在 Retry-After 所示秒数后重试。',
  },
  'problem.not-ready.title': { en: 'Not ready', zh: '尚未就绪' },
  'problem.not-ready.explanation': {
    en: 'This replica should get no requests now; detail says why.',
    zh: '本副本现在不应接受请求；原因见 detail。',
  },
});
