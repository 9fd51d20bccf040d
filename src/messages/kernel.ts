import { messages } from './message.ts';

export const kernel = messages({
  'kernel.answers-more-than-bytes': { en: 'it answers more than {$maxBytes} bytes', zh: '答复超过 {$maxBytes} 字节' },
  'kernel.must-be-64-lower-case-hex': { en: 'must be 64 lower-case hex digits', zh: '应为 64 位小写十六进制数字' },
  'kernel.sha-256-salt-and-canonical-json': {
    en: 'SHA-256 of a salt and the canonical JSON of what is held apart from the log.',
    zh: '盐值与另行保存的内容的规范 JSON 一并计算的 SHA-256。',
  },
  'kernel.event-takes-bytes-allowed': {
    en: 'the event takes {$bytes} bytes, {$maxEventBytes} are allowed',
    zh: '该事件占 {$bytes} 字节，允许 {$maxEventBytes} 字节',
  },
  'kernel.event-type-not-known-to-this': {
    en: 'event type {$type} is not known to this version of the program',
    zh: '本程序版本不认识事件类型 {$type}',
  },
  'kernel.not-well-formed-unicode-lone-surrogate': {
    en: 'is not well-formed Unicode (lone surrogate)',
    zh: '不是合格的 Unicode 文本（含孤立代理项）',
  },
  'kernel.contains-nul-character': { en: 'contains a NUL character', zh: '含有 NUL 字符' },
  'kernel.has-more-than-combining-marks-in': {
    en: 'has more than {$maxMarks} combining marks in a row',
    zh: '连续的组合附加符号超过 {$maxMarks} 个',
  },
  'kernel.shows-nothing-all-characters-invisible': {
    en: 'shows nothing: all its characters are invisible',
    zh: '没有可见内容：所有字符均不可见',
  },
  'kernel.nested-deeper-than-levels': { en: 'is nested deeper than {$maxDepth} levels', zh: '嵌套超过 {$maxDepth} 层' },
  'kernel.must-be-integer-within-2-53': {
    en: 'must be an integer within ±(2^53 − 1); send large or exact numbers as decimal strings',
    zh: '应为 ±(2^53 − 1) 以内的整数；较大或须精确的数请以十进制文本发送',
  },
  'kernel.not-allowed-member-name': { en: 'is not an allowed member name', zh: '不是允许的成员名' },
  'kernel.name-another-member-in-nfc': { en: 'is the name of another member in NFC', zh: '与另一成员名按 NFC 相同' },
  'kernel.not-json-value': { en: 'is not a JSON value ({$value})', zh: '不是 JSON 值（{$value}）' },
  'kernel.what-answers-was-received-only-at': {
    en: 'what it answers was received only at {$answered}',
    zh: '所答复的事项于 {$answered} 收到，答复不得早于该时刻',
  },
  'kernel.last-event-log-was-recorded-at': {
    en: [
      "the last event of the log was recorded at {$last}, which is {$ahead} ahead of this machine's clock ({$now}). ",
      'Set the clock right; if it is right now, it was ahead when that event was recorded: restore a backup from ',
      'before, or wait until that time has come',
    ],
    zh: '日志中最后一个事件记录于 {$last}，比本机时钟（{$now}）快 {$ahead}。请校正时钟；如时钟现已正确，则是记录该事件时时钟偏快：请恢复此前的备份，或者等到该时刻之后',
  },
  'kernel.must-match-z0-9-z0-9': {
    en: [
      'must match ^[a-z0-9][a-z0-9-]{0,79}$: an id, of small letters, digits and hyphens, is no name; ',
      'GET /v1/units?q=… finds units, GET /v1/tasks?q=… tasks',
    ],
    zh: '应为编号，不是名称：小写字母、数字和连字符，1 至 80 个，不以连字符开头；单位编号可用 GET /v1/units?q=… 查找，任务编号可用 GET /v1/tasks?q=… 查找',
  },
  'kernel.small-letters-digits-and-hyphens-1': {
    en: 'Small letters, digits and hyphens; 1 to 80.',
    zh: '小写字母、数字和连字符，1 至 80 个。',
  },
  'kernel.must-be-civil-date-yyyy-mm': { en: 'must be a civil date, YYYY-MM-DD', zh: '应为日期，YYYY-MM-DD（年-月-日）' },
  'kernel.period-forms': {
    en: 'a month (2023-03), quarter (2023-Q1), half-year (2023-H1), year (2023), ISO week (2023-W07) or ten days (2023-03-T1)',
    zh: '月（2023-03）、季度（2023-Q1）、半年（2023-H1）、年（2023）、ISO 周（2023-W07）或旬（2023-03-T1）',
  },
  'kernel.must-be-rfc-3339-date-time': { en: 'must be an RFC 3339 date-time with an offset', zh: '应为带时差的 RFC 3339 日期时间' },
  'kernel.must-be-iana-time-zone': { en: 'must be an IANA time zone', zh: '应为 IANA 时区名称' },
  'kernel.must-be-hh-mm-or-24': { en: 'must be HH:MM, or 24:00 for the end of the day', zh: '应为 HH:MM（时、分），一日之终为 24:00' },
  'kernel.must-be-decimal-number-such-as': { en: 'must be a decimal number, such as "2.4"', zh: '应为十进制数，如 "2.4"' },
  'kernel.must-be-media-type': { en: 'must be a media type', zh: '应为媒体类型' },
  'kernel.span-day': { en: '{$n} days', zh: '{$n} 天' },
  'kernel.span-hour': { en: '{$n} hours', zh: '{$n} 小时' },
  'kernel.span-minute': { en: '{$n} minutes', zh: '{$n} 分钟' },
  'kernel.span-second': { en: '{$n} seconds', zh: '{$n} 秒' },
  'kernel.span-ms': { en: '{$n} ms', zh: '{$n} 毫秒' },
  'kernel.must-be-year': { en: 'must be a year', zh: '应为年份' },
  'kernel.must-be-month-yyyy-mm': { en: 'must be a month, YYYY-MM', zh: '应为月份，YYYY-MM' },
  'kernel.years-0001-to-9998': { en: 'of the years 0001 to 9998', zh: '0001 至 9998 年之间' },
  'kernel.must-not-be-finer-than-nanosecond': { en: 'must not be finer than a nanosecond', zh: '精度不得高于纳秒' },
  'kernel.must-be': { en: 'must be {$years}', zh: '应在 {$years}' },
  'kernel.clock-ahead': {
    en: "this machine's clock is {$span} ahead of the cluster's. Set it right: nothing is recorded by it, nor read as of now",
    zh: '本机时钟比集群快 {$span}。请校正：按此时钟不作任何记录，也不按当前时刻读取',
  },
  'kernel.clock-behind': {
    en: "this machine's clock is {$span} behind the cluster's. Set it right: nothing is recorded by it, nor read as of now",
    zh: '本机时钟比集群慢 {$span}。请校正：按此时钟不作任何记录，也不按当前时刻读取',
  },
});
