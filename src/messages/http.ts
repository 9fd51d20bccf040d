import { messages } from './message.ts';

/** What is said of any request, whatever it is about. */
export const http = messages({
  'http.fault': { en: '{$where} {$what}', zh: '{$where} {$what}' },
  'http.faults': { en: '{$faults}', zh: '{$faults}' },
  'http.more-faults': { en: 'and {$n} more', zh: '另有 {$n} 处' },
  'http.the-body': { en: 'the body', zh: '请求正文' },
  'http.shutting-down': {
    en: 'the service is stopping: it takes no new connections',
    zh: '服务正在停止，不再接受新的连接',
  },
  'http.storage-full': { en: 'the disk has no room for what was sent', zh: '磁盘空间不足，无法保存所发送的内容' },
  'http.no-unit-of-yours': {
    en: 'is no id of a unit, and no name, alias or former name that you may ask by: GET /v1/units?q=… finds units',
    zh: '既不是单位编号，也不是您可用来查询的单位名称、简称或曾用名：可用 GET /v1/units?q=… 查找单位',
  },
  'http.no-such-directive': {
    en: 'is no id, printed number or title of a directive: GET /v1/directives lists them',
    zh: '既不是文件编号（id），也不是文号或标题：可用 GET /v1/directives 列出全部文件',
  },
  'http.several-directives': {
    en: '{$name} is what several directives are called: one of {$ids} is to be named',
    zh: '有多个文件称为 {$name}：请指明其中之一 {$ids}',
  },
  'http.directive-where-an-id-is-taken': {
    en: '{$name} is the directive {$directive}: here its id is taken',
    zh: '{$name} 是文号或标题，此处应填该文件的编号 {$directive}',
  },
  'http.name-where-an-id-is-taken': {
    en: '{$name} is a name of the unit {$unit}: here its id is taken',
    zh: '{$name} 是单位名称，此处应填其编号 {$unit}',
  },
  'http.nothing': { en: 'nothing is here', zh: '此处没有内容' },
  'http.nothing-to-see': { en: 'nothing is here, or nothing that you may see', zh: '此处没有内容，或者您无权查看' },
  'http.views-damaged': { en: 'the file of the views is damaged: they are built again', zh: '视图文件已损坏，正在重建' },
  'http.checkpoints-damaged': {
    en: 'the store of checkpoints is damaged: nothing can be proved before it is restored',
    zh: '检查点存储已损坏，恢复之前无法出具证明',
  },
  'http.log-silent': {
    en: 'the log did not answer; the command is not known to be written',
    zh: '日志没有应答，不能确认命令是否已写入',
  },
  'http.log-damaged': { en: 'the log does not hold what was recorded', zh: '日志的内容与当初记录的不符' },
  'http.too-contended': {
    en: 'the subject changes faster than a command can be decided',
    zh: '该对象变化太快，来不及作出决定',
  },
  'http.event-too-large': {
    en: 'the event would take {$bytes} bytes; at most {$most} are allowed',
    zh: '该事件将占 {$bytes} 字节，至多允许 {$most} 字节',
  },
  'http.failed': { en: 'the service failed; its log has the cause', zh: '服务出错，原因见服务日志' },
  'http.not-well-formed': { en: 'the request is not well-formed', zh: '请求格式不合要求' },
  'http.url-not-encoded': {
    en: 'the URL has bytes that are not ASCII: percent-encode Chinese text in it as UTF-8, as in ?q=%E5%B1%80 for 局',
    zh: '网址中有未经编码的非 ASCII 字节：中文须按 UTF-8 作百分号编码，例如“局”写作 ?q=%E5%B1%80',
  },
  'http.query-not-utf-8': {
    en: 'the query is not percent-encoded UTF-8, as in ?q=%E5%B1%80 for 局; a percent sign is written %25',
    zh: '查询参数不是按 UTF-8 作的百分号编码，例如“局”写作 ?q=%E5%B1%80；百分号本身写作 %25',
  },
  'http.no-http': { en: 'the request is not well-formed HTTP', zh: '请求不是合格的 HTTP 报文' },
  'http.not-in-time': { en: 'the request did not arrive in time', zh: '请求未在限定时间内到达' },
  'http.body-too-large': { en: 'the body is larger than this call takes', zh: '请求正文超过本接口的上限' },
  'http.part-too-long': { en: 'a part of the URL is longer than any id can be', zh: '网址中有一段超过任何编号的长度' },
  'http.media-type': { en: 'the media type of the body is not supported here', zh: '此处不支持该请求正文的媒体类型' },
  'http.other-media-type': { en: 'the body is of another media type', zh: '请求正文是另一种媒体类型' },
  'http.headers-too-large': { en: 'the headers exceed what is accepted', zh: '请求头超过上限' },
  'http.taken-instead': { en: '{$why}; this call takes {$takes}', zh: '{$why}；本接口接受 {$takes}' },
  'http.method': { en: '{$method} is not allowed here', zh: '此处不接受 {$method}' },
  'http.header-twice': { en: 'the header {$name} stands twice', zh: '请求头 {$name} 出现了两次' },
  'http.no-problem-called': { en: 'no problem is called {$code}', zh: '没有名为 {$code} 的问题类型' },
});
