import { messages } from './message.ts';

export const openapi = messages({
  'openapi.page-that-explains-problem': { en: 'A page that explains the problem.', zh: '说明该问题的网页。' },
  'openapi.json-pointer-into-body-or-name': {
    en: 'JSON Pointer into the body, or /name of a parameter.',
    zh: '指向请求正文的 JSON Pointer，或以 /名称 指参数。',
  },
  'openapi.with-412-revision-subject-at': { en: 'With 412: the revision the subject is at.', zh: '状态码为 412 时：该对象的当前版本。' },
  'openapi.what-refusal-rests-on-where-there': {
    en: 'What the refusal rests on, where there is more to say.',
    zh: '拒绝所依据的具体情况（如有）。',
  },
  'openapi.with-5xx-where-services-log-has': {
    en: "With 5xx: where the service's log has the cause.",
    zh: '状态码为 5xx 时：在服务日志中查找原因的编号。',
  },
  'openapi.revision-command-was-decided-on-as': {
    en: 'The revision the command was decided on, as the ETag of the subject: `"12"`.',
    zh: '作出该命令所依据的版本，即该对象的 ETag：`"12"`。',
  },
  'openapi.etag-answer-kept-304-where-still': {
    en: 'The ETag of an answer kept: 304 where it still holds.',
    zh: '已保存答复的 ETag：仍然有效的答 304。',
  },
  'openapi.http-date-leads-to-version-that': {
    en: 'An HTTP date: leads to the version of that time (RFC 7089).',
    zh: 'HTTP 日期：指向该时刻的版本（RFC 7089）。',
  },
  'openapi.name-for-this-request-and-retries': {
    en: 'A name for this request and its retries: the same key and body gives the first answer again.',
    zh: '本请求及其重发的名称：同一键和正文再次得到首次的答复。',
  },
  'openapi.subjects-revision-12-or-tag-answer': {
    en: 'The subject\'s revision, `"12"`, or a tag of the answer.',
    zh: '该对象的版本 `"12"`，或该答复的标签。',
  },
  'openapi.where-that-subject-command-version-time': {
    en: 'Where that is: the subject of a command, the version of a time.',
    zh: '所在之处：命令的对象，或该时刻的版本。',
  },
  'openapi.same-answer-for-ever-with-asof': {
    en: 'The same answer for ever: with the `asOf` and `on` it was given for.',
    zh: '永久不变的同一答复：带有作出该答复的 `asOf` 和 `on`。',
  },
  'openapi.next-page-rel-next-where-there': {
    en: 'The next page, `rel="next"`, where there is one.',
    zh: '下一页，`rel="next"`（如有）。',
  },
  'openapi.immutable-for-explicit-past-asof': {
    en: '`immutable` for an explicit past `asOf`.',
    zh: '指明过去的 `asOf` 时为 `immutable`。',
  },
  'openapi.for': { en: 'For {$roles}.', zh: '适用角色：{$roles}。' },
  'openapi.for-all': { en: 'For all.', zh: '所有人可用。' },
  'openapi.duban': { en: 'Duban (督办)', zh: '督办（Duban）' },
  'openapi.holds-public-offices-to-account-tasks': {
    en: [
      'Holds public offices to account: tasks, reports and their deadlines as events that anyone can replay and ',
      'verify.\n\nWhat holds for all calls stands in docs/http.md. Each call has an example; sent in the order of this ',
      'document to the demo year (`npm run demo`), by the role in `x-sent-as` with the token that `duban token --role ',
      '<role>` gives, all of them succeed.',
    ],
    zh: [
      '面向党政机关督办工作：任务、报告及其时限都是事件，任何人都能重放和验证。\n\n对所有接口通用的规定见 docs/http.md。每个接口都有一个示例；按本文件的顺序发送到演示年度（`npm run demo`），',
      '使用 `x-sent-as` 所示角色、由 `duban token --role <role>` 签发的令牌，全部都能成功。',
    ],
  },
  'openapi.maintainers-duban': { en: 'The maintainers of Duban', zh: '督办（Duban）维护者' },
  'openapi.server-that-gives-this-document': { en: 'The server that gives this document.', zh: '提供本文件的服务器。' },
});
